//! Personal names in sentences: the genitive, and the part of a name we dare to show. It refuses to
//! guess sex, title or form of address from a name.

use crate::Lang;

/// "Inger" → "Ingers", "Jens" → "Jens’" (Danish: after s, x, z); English: "Inger’s", "Jens’".
#[must_use]
pub fn genitive(lang: Lang, name: &str) -> String {
    let hisses = name.chars().next_back().is_some_and(|c| matches!(c.to_ascii_lowercase(), 's' | 'x' | 'z'));
    let ending = match (lang, hisses) {
        (Lang::Da, false) => "s",
        (Lang::Da, true) => "’",
        (Lang::En, _) if name.ends_with(['s', 'S']) => "’",
        (Lang::En, _) => "’s",
    };
    let mut out = String::with_capacity(name.len() + ending.len());
    out.push_str(name);
    out.push_str(ending);
    out
}

/// The first given name, for headings ("Ingers data"): everything before the first space, else all.
#[must_use]
pub fn first_given_name(given: &str) -> &str {
    given.split_whitespace().next().unwrap_or(given)
}

#[cfg(test)]
mod tests {
    use super::{first_given_name, genitive};
    use crate::Lang;

    #[test]
    fn genitive_follows_the_last_letter() {
        for (name, da, en) in [
            ("Inger", "Ingers", "Inger’s"),
            ("Jens", "Jens’", "Jens’"),
            ("Max", "Max’", "Max’s"),
            ("Fritz", "Fritz’", "Fritz’s"),
            ("Zoë", "Zoës", "Zoë’s"),
            ("LARS", "LARS’", "LARS’"),
        ] {
            assert_eq!(genitive(Lang::Da, name), da);
            assert_eq!(genitive(Lang::En, name), en);
        }
    }

    #[test]
    fn first_name_is_the_first_word() {
        assert_eq!(first_given_name("Anne Marie"), "Anne");
        assert_eq!(first_given_name("Inger"), "Inger");
        assert_eq!(first_given_name(""), "");
    }
}
