//! Makes a compiled style sheet lean: drops the rules whose classes or ids no page names, and turns
//! each `url(…)` into the hashed name. It reads only what dart-sass writes in compressed style (no
//! comments, no stray white space) and refuses to be a CSS parser for anything else.

use anyhow::Result;
use std::collections::BTreeSet;

/// Every run of letters, digits, `-` and `_`: a class used anywhere is among them.
pub(super) fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Drops selectors that name a class outside `used`, rules without selectors, and groups without
/// rules.
pub(super) fn purge(css: &str, used: &BTreeSet<String>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(found) = rest.find(['{', ';']) {
        let (head, tail) = rest.split_at(found);
        if tail.starts_with(';') {
            out.push_str(head);
            out.push(';');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        }
        let Some(end) = closing(tail) else { break };
        let body = tail.get(1..end).unwrap_or_default();
        rule(head, body, used, &mut out);
        rest = tail.get(end + 1..).unwrap_or_default();
    }
    out
}

fn rule(head: &str, body: &str, used: &BTreeSet<String>, out: &mut String) {
    let group = ["@media", "@supports", "@container", "@layer"].iter().any(|name| head.starts_with(name));
    let kept = if group {
        let inner = purge(body, used);
        if inner.is_empty() {
            return;
        }
        out.extend([head, "{", &inner, "}"]);
        return;
    } else if head.starts_with('@') {
        head.to_owned()
    } else {
        selectors(head).into_iter().filter(|one| is_used(one, used)).collect::<Vec<_>>().join(",")
    };
    if !kept.is_empty() && !body.is_empty() {
        out.push_str(&kept);
        out.push('{');
        out.push_str(body);
        out.push('}');
    }
}

/// Splits at commas that stand outside brackets and parentheses.
fn selectors(head: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0_i32, 0, Vec::new());
    for (at, sign) in head.char_indices() {
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(head.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(head.get(start..));
    found
}

/// A selector counts as used when every class it requires is named; what stands in `:not(…)` does
/// not have to be.
fn is_used(selector: &str, used: &BTreeSet<String>) -> bool {
    let mut required = selector;
    let mut kept = String::new();
    while let Some((before, after)) = required.split_once(":not(") {
        kept.push_str(before);
        required = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    kept.push_str(required);
    let bytes = kept.as_bytes();
    kept.match_indices('.').all(|(at, _)| {
        let name: String = kept
            .get(at + 1..)
            .unwrap_or_default()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
            .collect();
        let number =
            name.is_empty() || at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        number || used.contains(&name)
    })
}

/// The position of the brace that closes the one `text` starts with.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' if depth == 1 => return Some(at),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// Replaces each `url(…)` by what `resolve` says.
pub(super) fn link(css: &str, mut resolve: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let (target, tail) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str("url(");
        out.push_str(&resolve(target.trim_matches(['"', '\'']))?);
        out.push(')');
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::{link, purge, words};

    #[test]
    fn keeps_what_a_page_names_and_drops_the_rest() {
        let used = words("<a class=\"button button-primary\">");
        let css = "a{b:c}.button,.gone{d:e}.gone a{f:g}.button:not(.gone){h:i}@media print{.gone{j:k}}@media print{.button-primary{l:m}}@font-face{n:o}p{margin:.5em}";
        assert_eq!(
            purge(css, &used),
            "a{b:c}.button{d:e}.button:not(.gone){h:i}@media print{.button-primary{l:m}}@font-face{n:o}p{margin:.5em}"
        );
    }

    #[test]
    fn keeps_statements() {
        assert_eq!(purge("@layer a;a{b:c}", &words("")), "@layer a;a{b:c}");
    }

    #[test]
    fn links_are_replaced() {
        let linked = link("a{b:url(\"x/y.svg\")}c{d:url(z.woff2)}", |url| Ok(format!("<{url}>"))).unwrap();
        assert_eq!(linked, "a{b:url(<x/y.svg>)}c{d:url(<z.woff2>)}");
    }
}
