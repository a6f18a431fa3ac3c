//! Reads a Rust file the way the rules need it: code without comments and strings, the strings by
//! themselves, and which lines are tests. It is a scanner, not a parser: it refuses to understand
//! Rust, and what it cannot tell apart the compiler or clippy must catch.

use std::path::{Path, PathBuf};

/// A string literal and the line it starts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// One Rust file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root of the tree, with `/`.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// The text with comments and the inside of strings blanked; same length, same lines.
    pub(crate) code: String,
    pub(crate) strings: Vec<Literal>,
    /// For each line, whether it belongs to a test.
    test_lines: Vec<bool>,
}

impl Source {
    pub(crate) fn new(path: impl Into<PathBuf>, text: String) -> Self {
        let path = path.into();
        let (code, strings) = scan(&text);
        let mut test_lines = vec![is_test_path(&path); text.lines().count()];
        for marker in ["#[cfg(test)]", "#[test]", "#[both]"] {
            mark(&code, marker, &mut test_lines);
        }
        Self { path, text, code, strings, test_lines }
    }

    pub(crate) fn line_count(&self) -> usize {
        self.test_lines.len()
    }

    pub(crate) fn test_line_count(&self) -> usize {
        self.test_lines.iter().filter(|is_test| **is_test).count()
    }

    /// Whether line `line` (from 1) is part of a test.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        line.checked_sub(1).and_then(|index| self.test_lines.get(index)).copied().unwrap_or(false)
    }

    /// The line (from 1) of a byte offset in `code`.
    pub(crate) fn line_at(&self, offset: usize) -> usize {
        self.code.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }

    /// Lines (from 1) on which `pattern` stands in the code as words of its own.
    pub(crate) fn lines_with(&self, pattern: &str) -> Vec<usize> {
        word_offsets(&self.code, pattern).into_iter().map(|offset| self.line_at(offset)).collect()
    }

    pub(crate) fn is_under(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// Modules that this file declares for tests in files of their own (`#[cfg(test)] mod law;`): the path
    /// of each, without `.rs`.
    pub(crate) fn test_modules(&self) -> Vec<PathBuf> {
        let folder = match self.path.file_stem().and_then(|stem| stem.to_str()) {
            Some("lib" | "main" | "mod") => self.path.parent().unwrap_or(Path::new("")).to_path_buf(),
            _ => self.path.with_extension(""),
        };
        let behind = |marker: &'static str| self.code.match_indices(marker).map(|(at, _)| at + marker.len());
        let declared = FOR_TESTS.into_iter().flat_map(behind).filter_map(|at| {
            let item = self.code.get(at..item_end(&self.code, at))?.split(']').next_back()?.trim();
            let name = item.strip_suffix(';')?.split_once("mod ")?.1;
            Some(folder.join(name.trim()))
        });
        declared.collect()
    }

    /// Whether this file is the module at `path`, which has no `.rs`, or lies in its folder.
    pub(crate) fn is_module(&self, path: &Path) -> bool {
        self.path.with_extension("") == path || self.path.starts_with(path)
    }

    pub(crate) fn be_test(&mut self) {
        self.test_lines.fill(true);
    }
}

/// How a module says that only tests see it. What an operator's program is never built with counts, too.
const FOR_TESTS: [&str; 2] = ["#[cfg(test)]", "#[cfg(any(test,"];

/// Whether a whole file is test code, by where it lies. `testing` is what a crate lends to tests; in the tools it is
/// the program that runs them, which is no test.
pub(crate) fn is_test_path(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let folders = || path.parent().into_iter().flatten().filter_map(|part| part.to_str());
    let lent = !path.starts_with("xtask") && (stem == "testing" || folders().any(|part| part == "testing"));
    lent || stem == "tests"
        || stem.ends_with("_tests")
        || folders().any(|part| matches!(part, "tests" | "stories"))
}

/// Byte offsets of `pattern` where it is not part of a longer word on either side.
pub(crate) fn word_offsets(code: &str, pattern: &str) -> Vec<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts_as_word = pattern.starts_with(is_word);
    let ends_as_word = pattern.ends_with(is_word);
    let mut found = Vec::new();
    for (offset, hit) in code.match_indices(pattern) {
        let before = code.get(..offset).and_then(|head| head.chars().next_back());
        let after = code.get(offset + hit.len()..).and_then(|tail| tail.chars().next());
        if starts_as_word && before.is_some_and(is_word) || ends_as_word && after.is_some_and(is_word) {
            continue;
        }
        found.push(offset);
    }
    found
}

/// Marks the item that follows each `marker` (an attribute) as test lines.
fn mark(code: &str, marker: &str, test_lines: &mut [bool]) {
    for (offset, _) in code.match_indices(marker) {
        let end = item_end(code, offset);
        let line = |at: usize| code.bytes().take(at).filter(|byte| *byte == b'\n').count();
        for flag in test_lines.iter_mut().take(line(end) + 1).skip(line(offset)) {
            *flag = true;
        }
    }
}

/// The offset just behind the item that starts at `start`: its closing brace, or its semicolon.
pub(crate) fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0_usize;
    let mut brackets = 0_usize;
    for (offset, byte) in code.bytes().enumerate().skip(start) {
        match byte {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            b'{' => depth += 1,
            b'}' if depth <= 1 => return offset + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 && brackets == 0 => return offset + 1,
            _ => {}
        }
    }
    code.len()
}

/// What the scanner is inside of.
enum Inside {
    Code,
    LineComment,
    /// Block comments nest.
    BlockComment(usize),
    /// A string that ends with a quote and this many hashes; `raw` strings know no backslash.
    Text {
        raw: bool,
        hashes: usize,
        line: usize,
        text: Vec<u8>,
    },
}

/// Splits a file in code (comments and strings blanked) and string literals.
fn scan(text: &str) -> (String, Vec<Literal>) {
    let bytes = text.as_bytes();
    let mut scanner =
        Scanner { bytes, at: 0, line: 1, code: Vec::with_capacity(bytes.len()), literals: Vec::new() };
    let mut inside = Inside::Code;
    while scanner.at < bytes.len() {
        inside = scanner.step(inside);
    }
    (String::from_utf8_lossy(&scanner.code).into_owned(), scanner.literals)
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    line: usize,
    code: Vec<u8>,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Copies `count` bytes to the code, as they are or as blanks; line ends always stay.
    fn take(&mut self, count: usize, keep: bool) {
        for _ in 0..count.min(self.bytes.len() - self.at) {
            let byte = self.peek(0);
            self.line += usize::from(byte == b'\n');
            self.code.push(if keep || byte == b'\n' { byte } else { b' ' });
            self.at += 1;
        }
    }

    fn step(&mut self, inside: Inside) -> Inside {
        match inside {
            Inside::Code => self.step_code(),
            Inside::LineComment => {
                let ends = self.peek(0) == b'\n';
                self.take(1, false);
                if ends { Inside::Code } else { Inside::LineComment }
            }
            Inside::BlockComment(depth) => match (self.peek(0), self.peek(1)) {
                (b'*', b'/') => {
                    self.take(2, false);
                    if depth == 1 { Inside::Code } else { Inside::BlockComment(depth - 1) }
                }
                (b'/', b'*') => {
                    self.take(2, false);
                    Inside::BlockComment(depth + 1)
                }
                _ => {
                    self.take(1, false);
                    Inside::BlockComment(depth)
                }
            },
            Inside::Text { raw, hashes, line, text } => self.step_text(raw, hashes, line, text),
        }
    }

    fn step_text(&mut self, raw: bool, hashes: usize, line: usize, mut text: Vec<u8>) -> Inside {
        if !raw && self.peek(0) == b'\\' {
            text.push(b' ');
            self.take(2, false);
            return Inside::Text { raw, hashes, line, text };
        }
        if self.peek(0) == b'"' && (1..=hashes).all(|ahead| self.peek(ahead) == b'#') {
            self.take(1 + hashes, true);
            self.literals.push(Literal { line, text: String::from_utf8_lossy(&text).into_owned() });
            return Inside::Code;
        }
        text.push(self.peek(0));
        self.take(1, false);
        Inside::Text { raw, hashes, line, text }
    }

    fn step_code(&mut self) -> Inside {
        match (self.peek(0), self.peek(1)) {
            (b'/', b'/') => return Inside::LineComment,
            (b'/', b'*') => {
                self.take(2, false);
                return Inside::BlockComment(1);
            }
            (b'"', _) => {
                self.take(1, true);
                return Inside::Text { raw: false, hashes: 0, line: self.line, text: Vec::new() };
            }
            (b'r', b'"' | b'#') if !self.follows_word() => {
                let hashes = self.bytes.iter().skip(self.at + 1).take_while(|byte| **byte == b'#').count();
                if self.peek(1 + hashes) == b'"' {
                    self.take(2 + hashes, true);
                    return Inside::Text { raw: true, hashes, line: self.line, text: Vec::new() };
                }
                self.take(1, true);
            }
            (b'\'', b'\\') => {
                // An escaped character: blank up to its closing quote.
                let rest = self.bytes.iter().skip(self.at + 3);
                let length = rest.take_while(|byte| **byte != b'\'').count();
                self.take(4 + length, false);
            }
            (b'\'', _) => {
                let length = self.char_length();
                // `'x'` is a character, `'x` a lifetime.
                let is_char = self.peek(1 + length) == b'\'';
                self.take(if is_char { 2 + length } else { 1 }, !is_char);
            }
            _ => self.take(1, true),
        }
        Inside::Code
    }

    /// Whether the byte before is part of a word, so that an `r` here ends an identifier (`br` starts a string).
    fn follows_word(&self) -> bool {
        let before = |back: usize| self.at.checked_sub(back).and_then(|at| self.bytes.get(at)).copied();
        let is_word = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
        if before(1) == Some(b'b') { is_word(before(2)) } else { is_word(before(1)) }
    }

    /// Bytes of the character behind a quote.
    fn char_length(&self) -> usize {
        match self.peek(1) {
            0..0x80 => 1,
            0x80..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("crates/web/src/lib.rs", text.to_owned())
    }

    #[test]
    fn comments_and_strings_are_not_code() {
        let source =
            source("let a = \"axum::x\"; // axum::y\n/* axum::z /* nested */ axum */ let b = 'x';\n");
        assert!(source.lines_with("axum").is_empty(), "{}", source.code);
        assert_eq!(source.strings, [Literal { line: 1, text: "axum::x".to_owned() }]);
        assert_eq!(source.code.len(), source.text.len());
        assert!(source.code.contains("let b ="));
    }

    #[test]
    fn raw_strings_characters_and_lifetimes() {
        let source =
            source("fn f<'a>(x: &'a str) { r#\"a \"quote\" b\"#; '\"'; '\\''; br\"raw\"; 'æ'; for_r; }\n");
        let strings: Vec<_> = source.strings.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(strings, ["a \"quote\" b", "raw"]);
        assert!(source.code.contains("for_r; }"));
        assert!(source.code.contains("fn f<'a>(x: &'a str)"));
    }

    #[test]
    fn words_are_whole() {
        let source = source("use axum_extra::x;\nuse axum::y;\nmy_axum::z;\n");
        assert_eq!(source.lines_with("axum"), [2]);
    }

    #[test]
    fn test_modules_and_test_files_are_tests() {
        let source = source("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
        assert_eq!((1..=6).filter(|line| source.is_test(*line)).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert!(is_test_path(Path::new("crates/store/tests/kill.rs")));
        assert!(is_test_path(Path::new("crates/store/src/testing/postgres.rs")));
        assert!(!is_test_path(Path::new("crates/store/src/documents.rs")));
        assert!(!is_test_path(Path::new("xtask/src/testing/count.rs")), "what runs the tests is no test");
        assert!(is_test_path(Path::new("xtask/src/tidy/tests.rs")));
    }
}
