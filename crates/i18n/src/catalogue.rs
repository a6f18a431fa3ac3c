//! Fluent files → messages that can be written without parsing. The part of Fluent that two
//! languages and whole numbers need: text, `{ $placeholder }`, `{ -term }`, and one selector with
//! `[0]`, `[one]`, a word, or the default. Anything else in a file is refused when it is loaded,
//! which a test does for every file, so that a reader never meets a half sentence.

use crate::{Lang, Number};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What a placeholder is filled with.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Text, written as it is; escaping for HTML is the template's work.
    Text(&'a str),
    /// A whole number, written with thousands marks and able to choose a plural.
    Count(u64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Arg<'_> {
    fn from(count: u32) -> Self {
        Self::Count(u64::from(count))
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

/// One message of one language.
#[derive(Debug)]
pub(crate) enum Message {
    Plain(&'static str),
    Pieces(Vec<Piece>),
}

/// A part of a message with placeholders.
#[derive(Debug)]
pub(crate) enum Piece {
    Text(String),
    Var(String),
    Select { on: String, cases: Vec<(Case, Vec<Piece>)>, default: Vec<Piece> },
}

/// What a selector's branch answers to.
#[derive(Debug)]
pub(crate) enum Case {
    Exactly(u64),
    One,
    Word(String),
}

/// Why a file cannot be used; shown only to developers, by the test that loads every file.
#[derive(Debug)]
pub(crate) struct Unusable(pub(crate) String);

/// Reads one language's files. A key that stands twice is refused.
pub(crate) fn load(files: &[&'static str]) -> Result<BTreeMap<&'static str, Message>, Unusable> {
    let mut messages = BTreeMap::new();
    for file in files {
        let resource =
            fluent_syntax::parser::parse(*file).map_err(|(_, errors)| Unusable(format!("{errors:?}")))?;
        let mut terms = BTreeMap::new();
        for entry in &resource.body {
            if let Entry::Term(term) = entry {
                terms.insert(term.id.name, pieces(&term.value, &BTreeMap::new())?);
            }
        }
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let key: &'static str = message.id.name;
            let Some(pattern) = &message.value else { return Err(Unusable(format!("{key} is empty"))) };
            let parts = pieces(pattern, &terms).map_err(|why| Unusable(format!("{key}: {}", why.0)))?;
            if messages.insert(key, settle(parts)).is_some() {
                return Err(Unusable(format!("{key} stands twice")));
            }
        }
    }
    Ok(messages)
}

type Terms = BTreeMap<&'static str, Vec<Piece>>;

fn pieces(pattern: &Pattern<&'static str>, terms: &Terms) -> Result<Vec<Piece>, Unusable> {
    let mut out = Vec::with_capacity(pattern.elements.len());
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => out.push(Piece::Text((*value).to_owned())),
            PatternElement::Placeable { expression } => place(expression, terms, &mut out)?,
        }
    }
    Ok(out)
}

fn place(expression: &Expression<&'static str>, terms: &Terms, out: &mut Vec<Piece>) -> Result<(), Unusable> {
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            out.push(Piece::Var(id.name.to_owned()));
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            out.push(Piece::Text((*value).to_owned()));
        }
        Expression::Inline(InlineExpression::TermReference { id, .. }) => {
            let term = terms.get(id.name).ok_or_else(|| Unusable(format!("no term -{}", id.name)))?;
            for piece in term {
                let Piece::Text(text) = piece else { return Err(Unusable("a term must be plain".into())) };
                out.push(Piece::Text(text.clone()));
            }
        }
        Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
            let (mut cases, mut default) = (Vec::new(), Vec::new());
            for variant in variants {
                let parts = pieces(&variant.value, terms)?;
                match (variant.default, &variant.key) {
                    (true, _) => default = parts,
                    (false, VariantKey::Identifier { name: "one" }) => cases.push((Case::One, parts)),
                    (false, VariantKey::Identifier { name }) => {
                        cases.push((Case::Word((*name).to_owned()), parts));
                    }
                    (false, VariantKey::NumberLiteral { value }) => {
                        let exact = value.parse().map_err(|_| Unusable(format!("[{value}]")))?;
                        cases.push((Case::Exactly(exact), parts));
                    }
                }
            }
            out.push(Piece::Select { on: id.name.to_owned(), cases, default });
        }
        Expression::Inline(_) | Expression::Select { .. } => {
            return Err(Unusable("uses a part of Fluent that is not supported here".into()));
        }
    }
    Ok(())
}

/// A message without placeholders becomes one static text. It is made once per key and language and
/// lives as long as the program, which is why it may be leaked.
fn settle(parts: Vec<Piece>) -> Message {
    let mut plain = String::new();
    for part in &parts {
        let Piece::Text(text) = part else { return Message::Pieces(parts) };
        plain.push_str(text);
    }
    Message::Plain(Box::leak(plain.into_boxed_str()))
}

/// Writes the pieces with their placeholders filled. A placeholder that was not given is written as
/// nothing: the tests, not the reader, find it.
pub(crate) fn write(out: &mut String, lang: Lang, parts: &[Piece], args: &[(&str, Arg<'_>)]) {
    let value = |name: &str| args.iter().find(|(key, _)| *key == name).map(|(_, arg)| *arg);
    for part in parts {
        match part {
            Piece::Text(text) => out.push_str(text),
            Piece::Var(name) => match value(name) {
                Some(Arg::Text(text)) => out.push_str(text),
                Some(Arg::Count(count)) => {
                    // Writing into a String cannot fail.
                    let _ = write!(out, "{}", Number(lang, count));
                }
                None => {}
            },
            Piece::Select { on, cases, default } => {
                write(out, lang, choose(value(on), cases).unwrap_or(default), args);
            }
        }
    }
}

/// Both languages say "one" of exactly 1 among whole numbers; an exact `[0]` goes first.
fn choose<'p>(value: Option<Arg<'_>>, cases: &'p [(Case, Vec<Piece>)]) -> Option<&'p Vec<Piece>> {
    let exact = cases.iter().find(|(case, _)| match (case, value) {
        (Case::Exactly(wanted), Some(Arg::Count(count))) => *wanted == count,
        (Case::Word(wanted), Some(Arg::Text(text))) => wanted == text,
        _ => false,
    });
    let one = || cases.iter().find(|(case, _)| matches!((case, value), (Case::One, Some(Arg::Count(1)))));
    exact.or_else(one).map(|(_, parts)| parts)
}

/// The placeholder names in a message, sorted, each once.
pub(crate) fn names(message: &Message) -> Vec<&str> {
    fn walk<'p>(parts: &'p [Piece], found: &mut Vec<&'p str>) {
        for part in parts {
            match part {
                Piece::Text(_) => {}
                Piece::Var(name) => found.push(name),
                Piece::Select { on, cases, default } => {
                    found.push(on);
                    walk(default, found);
                    for (_, parts) in cases {
                        walk(parts, found);
                    }
                }
            }
        }
    }
    let mut found = Vec::new();
    if let Message::Pieces(parts) = message {
        walk(parts, &mut found);
    }
    found.sort_unstable();
    found.dedup();
    found
}
