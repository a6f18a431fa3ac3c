//! One statement, written once for both engines. The text lies in `sql/<room>/<name>.sql` with `$1…$n` for
//! parameters; SQLite would number `$2` by first appearance, so its copy is rewritten to `?2` once.

use std::sync::OnceLock;

/// A statement from `sql/`, named by its path.
pub struct Sql {
    name: &'static str,
    text: &'static str,
    numbered: OnceLock<String>,
}

impl Sql {
    /// Used by [`sql!`](crate::sql!) alone.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text, numbered: OnceLock::new() }
    }

    /// `room/name`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The text with `$n`, as PostgreSQL takes it.
    pub const fn dollar(&self) -> &'static str {
        self.text
    }

    /// The text with `?n`, as SQLite takes it.
    pub fn question(&self) -> &str {
        self.numbered.get_or_init(|| self.text.replace('$', "?"))
    }
}

/// The statement in `sql/<path>.sql`, as one static.
#[macro_export]
macro_rules! sql {
    ($path:literal) => {{
        static STATEMENT: $crate::sql::Sql = $crate::sql::Sql::new(
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $path, ".sql")),
        );
        &STATEMENT
    }};
}

/// A parameter, borrowed for the length of one call.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// SQL NULL.
    Null,
    /// BIGINT: counts, flags, milliseconds.
    Int(i64),
    /// TEXT.
    Text(&'a str),
    /// BYTEA: ids, hashes, sealed bytes.
    Blob(&'a [u8]),
}

impl std::fmt::Debug for Value<'_> {
    /// Parameters are people's data: a log must never show one.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(hidden)")
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}
impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}
impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Blob(value)
    }
}
impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Blob(value)
    }
}
impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Blob(value)
    }
}
impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Parameters of one call: `params![journal.bytes(), at, "open"]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::sql::Value::from($value)),*] };
}
