//! What the pages and the style sheet promise each other, and a few pages as they are.

use super::super::samples;
use super::{every, html};
use borgerportal_i18n::Lang;
use std::collections::BTreeSet;

/// Classes that are hooks for meaning, without a rule of their own.
const BARE: &[&str] = &["bp-count-line", "bp-wizard-side", "alert-body", "details-summary-text"];

#[test]
fn every_class_has_a_rule() {
    let sheet = crate::assets::all().iter().find(|asset| asset.name == "app.css").unwrap();
    let sheet = std::str::from_utf8(sheet.raw).unwrap();
    let mut classes = BTreeSet::new();
    for page in every() {
        for tag in html::tags(&page.html) {
            classes.extend(tag.get("class").unwrap_or("").split_whitespace().map(str::to_owned));
        }
    }
    let missing: Vec<&String> = classes
        .iter()
        .filter(|class| !BARE.contains(&class.as_str()))
        .filter(|class| {
            !sheet.match_indices(&format!(".{class}")).any(|(at, found)| {
                let next = sheet[at + found.len()..].chars().next().unwrap_or(' ');
                !(next.is_ascii_alphanumeric() || next == '-' || next == '_')
            })
        })
        .collect();
    assert!(
        missing.is_empty(),
        "no rule for {missing:?}: run `cargo run -p xtask -- assets`, or drop the class"
    );
}

#[test]
fn the_first_visit_is_few_requests() {
    let start = every().into_iter().find(|page| page.name == "start-typical").unwrap();
    let loads: BTreeSet<String> = html::tags(&start.html)
        .iter()
        .filter(|tag| ["script", "link", "use"].contains(&tag.name))
        .filter_map(|tag| tag.get("href").or_else(|| tag.get("src")))
        .map(|href| href.split('#').next().unwrap_or("").to_owned())
        .collect();
    // The page itself, and the second font that the style sheet asks for.
    assert!(loads.len() + 2 <= 8, "{loads:?}");
}

#[test]
fn pages_as_they_are() {
    let pages = samples::all(Lang::Da).unwrap();
    for name in [
        "documents-relative",
        "documents-search",
        "persons-switch",
        "access-log-typical",
        "dead-end-expired",
        "front-relative",
        "front-typical",
        "mandates-mandate-paused",
    ] {
        let page = pages.iter().find(|page| page.name == name).unwrap();
        let main = html::between(&page.html, "<main", "</main>");
        insta::assert_snapshot!(name, without_hashes(main));
    }
}

/// Hashes of assets change with every style; the page does not.
fn without_hashes(text: &str) -> String {
    text.split('"')
        .map(|part| match part.strip_prefix("/static/") {
            Some(file) => format!(
                "/static/{}{}",
                file.split('.').next().unwrap_or(""),
                file.find('#').map_or("", |at| &file[at..])
            ),
            None => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("\"")
}
