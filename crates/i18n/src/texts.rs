//! The texts of one language, found by key. The files stand in `locales/<language>/<room>.ftl`; they
//! are embedded, read at first use and never change after that. Asking for a key that does not exist
//! gives the key itself: visible, harmless, and impossible in a build whose tests passed.

use crate::Lang;
use crate::catalogue::{self, Arg, Message};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

macro_rules! rooms {
    ($lang:literal) => {
        &[
            include_str!(concat!("../locales/", $lang, "/common.ftl")),
            include_str!(concat!("../locales/", $lang, "/login.ftl")),
            include_str!(concat!("../locales/", $lang, "/front.ftl")),
            include_str!(concat!("../locales/", $lang, "/documents.ftl")),
            include_str!(concat!("../locales/", $lang, "/conditions.ftl")),
            include_str!(concat!("../locales/", $lang, "/plans.ftl")),
            include_str!(concat!("../locales/", $lang, "/glossary.ftl")),
            include_str!(concat!("../locales/", $lang, "/calendar.ftl")),
            include_str!(concat!("../locales/", $lang, "/access_log.ftl")),
            include_str!(concat!("../locales/", $lang, "/mandates.ftl")),
            include_str!(concat!("../locales/", $lang, "/dead_ends.ftl")),
            include_str!(concat!("../locales/", $lang, "/refusals.ftl")),
            include_str!(concat!("../locales/", $lang, "/about.ftl")),
            include_str!(concat!("../locales/", $lang, "/signing.ftl")),
            include_str!(concat!("../locales/", $lang, "/notices.ftl")),
            include_str!(concat!("../locales/", $lang, "/letters.ftl")),
            include_str!(concat!("../locales/", $lang, "/grants.ftl")),
            include_str!(concat!("../locales/", $lang, "/aids.ftl")),
            include_str!(concat!("../locales/", $lang, "/messages.ftl")),
            include_str!(concat!("../locales/", $lang, "/export.ftl")),
            include_str!(concat!("../locales/", $lang, "/profile.ftl")),
        ]
    };
}

const DA_FILES: &[&str] = rooms!("da");
const EN_FILES: &[&str] = rooms!("en");

static DA: LazyLock<Texts> = LazyLock::new(|| Texts::load(Lang::Da));
static EN: LazyLock<Texts> = LazyLock::new(|| Texts::load(Lang::En));

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    lang: Lang,
    table: HashMap<&'static str, Message, BuildHasherDefault<Words>>,
}

impl Texts {
    /// The texts of a language; read at first use, shared after that.
    #[must_use]
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Da => &DA,
            Lang::En => &EN,
        }
    }

    /// The language of these texts.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// A text without placeholders.
    #[must_use]
    pub fn get(&self, key: &'static str) -> &'static str {
        match self.table.get(key) {
            Some(Message::Plain(text)) => text,
            Some(Message::Pieces(_)) | None => key,
        }
    }

    /// A text with its placeholders filled: `t.with("docs-count", &[("count", 12_u32.into())])`.
    #[must_use]
    pub fn with(&self, key: &'static str, args: &[(&str, Arg<'_>)]) -> String {
        match self.table.get(key) {
            Some(Message::Plain(text)) => (*text).to_owned(),
            Some(Message::Pieces(parts)) => {
                let mut out = String::with_capacity(96);
                catalogue::write(&mut out, self.lang, parts, args);
                out
            }
            None => key.to_owned(),
        }
    }

    /// The sentence of a stable code such as `access.mandate.expired` (in the files dots are dashes).
    /// A code without a sentence gives `None`; the caller then says something went wrong.
    #[must_use]
    pub fn of_code(&self, code: &str) -> Option<&'static str> {
        match self.table.get(code.replace('.', "-").as_str()) {
            Some(Message::Plain(text)) => Some(text),
            Some(Message::Pieces(_)) | None => None,
        }
    }

    /// Every key with its placeholder names, sorted; for the tests of the crates that use the texts.
    #[must_use]
    pub fn contents(&self) -> Vec<(&'static str, Vec<&str>)> {
        let mut all: Vec<_> =
            self.table.iter().map(|(key, message)| (*key, catalogue::names(message))).collect();
        all.sort_unstable();
        all
    }

    fn load(lang: Lang) -> Self {
        let files = match lang {
            Lang::Da => DA_FILES,
            Lang::En => EN_FILES,
        };
        // A file that cannot be read leaves its keys visible on the page; `locales_are_sound` fails.
        let table = catalogue::load(files).unwrap_or_default().into_iter().collect();
        Self { lang, table }
    }
}

/// Eight bytes at a time: the keys are ours and short, so a hash that resists chosen keys would only cost time.
#[derive(Debug, Default)]
struct Words(u64);

impl Hasher for Words {
    fn write(&mut self, bytes: &[u8]) {
        for word in bytes.chunks(8) {
            let word = word.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn finish(&self) -> u64 {
        // The table takes its place from the low bits and its tag from the high ones: mixed once more.
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::{DA_FILES, EN_FILES, Texts, Words};
    use crate::{Lang, catalogue};
    use std::hash::{Hash as _, Hasher as _};

    #[test]
    fn locales_are_sound() {
        for files in [DA_FILES, EN_FILES] {
            if let Err(why) = catalogue::load(files) {
                panic!("{}", why.0);
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let (da, en) = (Texts::of(Lang::Da).contents(), Texts::of(Lang::En).contents());
        let lost: Vec<_> = da.iter().filter(|entry| !en.contains(entry)).collect();
        let strange: Vec<_> = en.iter().filter(|entry| !da.contains(entry)).collect();
        assert!(lost.is_empty() && strange.is_empty(), "only da: {lost:?}\nonly en: {strange:?}");
        assert!(!da.is_empty());
    }

    #[test]
    fn unsupported_fluent_is_refused() {
        for file in [
            "a = { NUMBER($n) }",
            "a = { b }",
            "a = x\na = y",
            "a = { -none }",
            "a {",
            "a =",
            "a =\n    .label = x",
            "-t = { $n }\na = { -t }",
            "a = { $n ->\n    [1.5] half\n   *[other] many\n }",
            "a = { $n ->\n    [-1] less\n   *[other] many\n }",
            "a = { \"x\" ->\n   *[other] many\n }",
            "a = { $n ->\n    [one] one\n }",
        ] {
            let leaked: &'static str = Box::leak(file.to_owned().into_boxed_str());
            assert!(catalogue::load(&[leaked]).is_err(), "{file}");
        }
    }

    #[test]
    fn plurals_and_words_choose_a_branch() {
        let file = "n = { $n ->\n    [0] none\n    [one] one\n   *[other] { $n } many\n }\nw = { $r ->\n    [a] A\n   *[b] B\n }";
        let messages = catalogue::load(&[file]).expect("sound");
        let say = |key: &str, args: &[(&str, catalogue::Arg<'_>)]| {
            let catalogue::Message::Pieces(parts) = &messages[key] else { panic!("{key}") };
            let mut out = String::new();
            catalogue::write(&mut out, Lang::Da, parts, args);
            out
        };
        assert_eq!(say("n", &[("n", 0_u32.into())]), "none");
        assert_eq!(say("n", &[("n", 1_u32.into())]), "one");
        assert_eq!(say("n", &[("n", 1200_u32.into())]), "1.200 many");
        assert_eq!(say("n", &[("n", u64::MAX.into())]), "18.446.744.073.709.551.615 many");
        // A word does not choose a plural, and what was not given chooses the default.
        assert_eq!(say("n", &[("n", "one".into())]), "one many");
        assert_eq!(say("n", &[("n", "0".into())]), "0 many");
        assert_eq!(say("n", &[]), " many");
        assert_eq!(say("w", &[("r", 1_u32.into())]), "B");
        assert_eq!(say("w", &[("r", "A".into())]), "B", "codes are case-sensitive");
        assert_eq!(say("w", &[("r", "a".into())]), "A");
        assert_eq!(say("w", &[("r", "x".into())]), "B");
    }

    #[test]
    fn keys_do_not_fall_on_each_other() {
        let hash = |key: &str| {
            let mut hasher = Words::default();
            key.hash(&mut hasher);
            hasher.finish()
        };
        let keys = Texts::of(Lang::Da).contents();
        let mut buckets: Vec<u64> = keys.iter().map(|(key, _)| hash(key) % 4096).collect();
        buckets.sort_unstable();
        buckets.dedup();
        // Spread by chance over 4,096 places, some n²/8192 of n keys share one; twice as many would be a pattern.
        let shared = keys.len() - buckets.len();
        assert!(shared <= keys.len() * keys.len() / 4096, "{shared} of {} keys share a place", keys.len());
        assert_ne!(hash("dead-away-1"), hash("dead-away-2"));
        assert_ne!(hash("log-saw"), hash("log-saw-"));
    }

    #[test]
    fn an_unknown_key_shows_itself() {
        assert_eq!(Texts::of(Lang::Da).get("no-such-key"), "no-such-key");
        assert_eq!(Texts::of(Lang::Da).of_code("no.such.code"), None);
    }
}
