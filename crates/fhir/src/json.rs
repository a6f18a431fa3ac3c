//! Reads JSON into a tree that borrows from the received bytes and remembers where every value stood, so
//! that numbers keep their digits and a resource can be stored exactly as it came. It refuses what lets two
//! readers see different things (a member twice, half a surrogate pair, a raw control character) and what
//! costs too much (nesting, text length, number of values).

mod reader;

use std::borrow::Cow;
use std::fmt;

pub use reader::parse;

/// How large a text may be before it is refused.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Objects and arrays inside each other.
    pub depth: usize,
    /// Bytes of one string. The member `data` (base64) is bound by the size of the whole instead.
    pub string: usize,
    /// Values in the whole text.
    pub values: usize,
}

/// Why a text is not acceptable JSON. Holds a place, never content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// What is wrong.
    pub kind: JsonFault,
    /// Byte offset where reading stopped.
    pub at: usize,
}

/// The kinds of [`JsonError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// Not UTF-8.
    Encoding,
    /// Not JSON.
    Syntax,
    /// A member name stands twice in one object.
    Twice,
    /// Nested too deeply.
    Depth,
    /// A string is too long.
    Long,
    /// Too many values.
    Many,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            JsonFault::Encoding => "the text is not UTF-8",
            JsonFault::Syntax => "the text is not JSON",
            JsonFault::Twice => "a member stands twice in one object",
            JsonFault::Depth => "objects and arrays are nested too deeply",
            JsonFault::Long => "a string is too long",
            JsonFault::Many => "the text holds too many values",
        };
        write!(f, "{what} (byte {})", self.at)
    }
}

/// A value and the bytes it was read from.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    value: Value<'a>,
    /// The source text of this value, as received.
    pub source: &'a str,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, digit for digit.
    Number(&'a str),
    /// A string, with escapes resolved.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object, members in the order received, names unique.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// What it holds.
    pub fn value(&self) -> &Value<'a> {
        &self.value
    }

    /// The member of this name, when this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        self.members().iter().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The members of an object; nothing for anything else.
    pub fn members(&self) -> &[(Cow<'a, str>, Node<'a>)] {
        match &self.value {
            Value::Object(members) => members,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => &[],
        }
    }

    /// The elements of an array; nothing for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::Array(items) => items,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => &[],
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The string member of this name.
    pub fn str(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::text)
    }

    /// The array member of this name; empty when there is none.
    pub fn list(&self, name: &str) -> &[Node<'a>] {
        self.get(name).map_or(&[], Node::items)
    }

    /// The member of this name when it is `true` or `false`.
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Bool(truth) => Some(truth),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Member of member: `node.at(&["period", "start"])`.
    pub fn at(&self, names: &[&str]) -> Option<&Node<'a>> {
        names.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The source without the white space between its parts; every string and number stays as received.
    pub fn compact(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.source.len());
        let (mut inside, mut escaped) = (false, false);
        for &byte in self.source.as_bytes() {
            if !inside && matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                continue;
            }
            out.push(byte);
            let quote = byte == b'"' && !escaped;
            inside ^= quote;
            escaped = inside && byte == b'\\' && !escaped;
        }
        out
    }
}

#[cfg(test)]
mod tests;
