//! The reader itself: one pass over the text, recursive but never deeper than allowed. It refuses to repair.

use std::borrow::Cow;

use super::{JsonError, JsonFault, Node, Shape, Value};

/// Reads one JSON text.
pub fn parse<'a>(bytes: &'a [u8], shape: &Shape) -> Result<Node<'a>, JsonError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| JsonError { kind: JsonFault::Encoding, at: error.valid_up_to() })?;
    let mut reader = Reader { text, at: 0, values: 0, shape };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    reader.space();
    let node = reader.node(0, false)?;
    reader.space();
    if reader.at == text.len() { Ok(node) } else { Err(reader.fault(JsonFault::Syntax)) }
}

struct Reader<'a, 's> {
    text: &'a str,
    at: usize,
    values: usize,
    shape: &'s Shape,
}

impl<'a> Reader<'a, '_> {
    fn fault(&self, kind: JsonFault) -> JsonError {
        JsonError { kind, at: self.at }
    }

    fn syntax(&self) -> JsonError {
        self.fault(JsonFault::Syntax)
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn slice(&self, from: usize) -> &'a str {
        self.text.get(from..self.at).unwrap_or_default()
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at +=
            rest.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).unwrap_or(rest.len());
    }

    fn expect(&mut self, byte: u8) -> Result<(), JsonError> {
        if self.peek() != Some(byte) {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(())
    }

    fn node(&mut self, depth: usize, long: bool) -> Result<Node<'a>, JsonError> {
        self.values += 1;
        if self.values > self.shape.values {
            return Err(self.fault(JsonFault::Many));
        }
        let start = self.at;
        let value = match self.peek() {
            Some(b'{') => self.object(depth + 1)?,
            Some(b'[') => self.array(depth + 1)?,
            Some(b'"') => Value::String(self.string(long)?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) | None => return Err(self.syntax()),
        };
        Ok(Node { value, source: self.slice(start) })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, JsonError> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.syntax());
        }
        self.at += word.len();
        Ok(value)
    }

    fn enter(&mut self, depth: usize) -> Result<(), JsonError> {
        if depth > self.shape.depth {
            return Err(self.fault(JsonFault::Depth));
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    /// After an element: true when another follows, false at the closing byte. The white space after that
    /// is not part of the container.
    fn more(&mut self, close: u8) -> Result<bool, JsonError> {
        self.space();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(false);
        }
        self.expect(b',')?;
        self.space();
        Ok(true)
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, JsonError> {
        self.enter(depth)?;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.node(depth, false)?);
            if !self.more(b']')? {
                return Ok(Value::Array(items));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, JsonError> {
        self.enter(depth)?;
        let mut members: Vec<(Cow<'a, str>, Node<'a>)> = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.syntax());
            }
            let name = self.string(false)?;
            self.space();
            self.expect(b':')?;
            self.space();
            let node = self.node(depth, name == "data")?;
            members.push((name, node));
            if !self.more(b'}')? {
                break;
            }
        }
        if has_twice(&members) { Err(self.fault(JsonFault::Twice)) } else { Ok(Value::Object(members)) }
    }

    fn number(&mut self) -> Result<Value<'a>, JsonError> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        match self.peek() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits()?,
            Some(_) | None => return Err(self.syntax()),
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(Value::Number(self.slice(start)))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let rest = self.rest();
        let count = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        self.at += count;
        if count == 0 { Err(self.syntax()) } else { Ok(()) }
    }

    fn string(&mut self, long: bool) -> Result<Cow<'a, str>, JsonError> {
        self.at += 1;
        let start = self.at;
        self.plain()?;
        let text = if self.peek() == Some(b'"') {
            Cow::Borrowed(self.slice(start))
        } else {
            let mut text = self.slice(start).to_owned();
            while self.peek() == Some(b'\\') {
                text.push(self.escape()?);
                let from = self.at;
                self.plain()?;
                text.push_str(self.slice(from));
            }
            Cow::Owned(text)
        };
        if !long && text.len() > self.shape.string {
            return Err(self.fault(JsonFault::Long));
        }
        self.expect(b'"')?;
        Ok(text)
    }

    /// Steps over characters that stand for themselves, up to a quote or a backslash.
    fn plain(&mut self) -> Result<(), JsonError> {
        let stop = self.rest().iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
        self.at += stop.ok_or(self.syntax())?;
        if matches!(self.peek(), Some(b'"' | b'\\')) { Ok(()) } else { Err(self.syntax()) }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.at += 1;
        let byte = self.peek().ok_or(self.syntax())?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return Err(self.syntax()),
        })
    }

    fn unicode(&mut self) -> Result<char, JsonError> {
        let first = self.hex()?;
        if (0xD800..0xDC00).contains(&first) && self.rest().starts_with(b"\\u") {
            self.at += 2;
            let second = self.hex()?;
            if (0xDC00..0xE000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
                return char::from_u32(code).ok_or(self.syntax());
            }
            return Err(self.syntax());
        }
        char::from_u32(first).ok_or(self.syntax())
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let digits = self.text.get(self.at..self.at + 4).ok_or(self.syntax())?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(self.syntax());
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| self.syntax())
    }
}

/// Whether a name stands twice. Small objects are compared pair by pair, large ones by sorting.
fn has_twice(members: &[(Cow<'_, str>, Node<'_>)]) -> bool {
    if members.len() <= 12 {
        return members
            .iter()
            .enumerate()
            .any(|(at, (name, _))| members.iter().skip(at + 1).any(|(other, _)| other == name));
    }
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_ref()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}
