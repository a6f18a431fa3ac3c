//! Renders every sample of every page in both languages and checks what must hold for all of them.

mod decided;
mod html;
mod keys;
mod looks;
mod nemlogin;

use super::samples::{self, Rendered};
use borgerportal_i18n::Lang;
use html::Tag;
use std::collections::BTreeSet;

fn every() -> Vec<Rendered> {
    Lang::ALL.into_iter().flat_map(|lang| samples::all(lang).unwrap()).collect()
}

/// Runs a check on every sample and lists all that fail, not only the first.
fn check(rule: impl Fn(&Rendered, &[Tag<'_>]) -> Vec<String>) {
    let mut wrong = Vec::new();
    for page in every() {
        for fault in rule(&page, &html::tags(&page.html)) {
            wrong.push(format!("{} ({}): {fault}", page.name, page.lang.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn must(holds: bool, fault: &str) -> Vec<String> {
    if holds { Vec::new() } else { vec![fault.to_owned()] }
}

#[test]
fn one_h1_and_headings_in_order() {
    check(|_, tags| {
        let levels: Vec<u32> = tags.iter().filter_map(Tag::heading).collect();
        let main = tags.iter().position(|tag| tag.name == "main").unwrap();
        let first = tags.iter().skip(main).find_map(Tag::heading);
        let jumps = levels.windows(2).any(|pair| pair[1] > pair[0] + 1);
        let mut faults = must(levels.iter().filter(|level| **level == 1).count() == 1, "not exactly one h1");
        faults.extend(must(!jumps, &format!("a heading level is left out: {levels:?}")));
        // An error summary may stand above the h1, as the design has it.
        faults
            .extend(must(first == Some(1) || levels.first() == Some(&2), "main does not start with its h1"));
        faults
    });
}

#[test]
fn landmarks_language_and_title() {
    check(|page, tags| {
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        let named = tags.iter().filter(|tag| tag.name == "nav").all(|tag| tag.get("aria-label").is_some());
        let root = tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.get("lang"));
        let title = html::between(&page.html, "<title>", "</title>");
        let mut faults = must(
            count("main") == 1 && count("header") == 1 && count("footer") == 1,
            "needs one header, main and footer",
        );
        faults.extend(must(named, "a nav without a name"));
        faults.extend(must(root == Some(page.lang.code()), "wrong lang"));
        faults.extend(must(title.ends_with(" – Borgerportalen") && !title.starts_with(" –"), title));
        faults.extend(must(page.html.contains("class=\"skipnav\" href=\"#indhold\""), "no skip link"));
        faults
    });
}

#[test]
fn the_title_says_for_whom_and_whether_something_is_wrong() {
    let title = |name: &str| {
        let page = every().into_iter().find(|page| page.name == name && page.lang == Lang::Da).unwrap();
        html::between(&page.html, "<title>", "</title>").to_owned()
    };
    assert_eq!(title("documents-relative"), "På vegne af Inger Holm – Ingers data – Borgerportalen");
    assert_eq!(title("documents-search-error"), "Fejl: Mine data – Borgerportalen");
    assert_eq!(title("documents-parent"), "På vegne af Jens Emil Holm – Jens’ data – Borgerportalen");
}

#[test]
fn nothing_inline_and_nothing_from_elsewhere() {
    check(|page, tags| {
        let mut faults = Vec::new();
        for tag in tags {
            let handler = tag.attributes.iter().any(|(name, _)| name.starts_with("on") || *name == "style");
            faults.extend(must(!handler, &format!("<{}> has inline code or style", tag.name)));
            faults.extend(must(tag.name != "style", "a style element"));
            faults.extend(must(tag.name != "script" || tag.get("src").is_some(), "an inline script"));
            let loads = ["script", "img", "use", "link", "iframe"].contains(&tag.name);
            let from = tag.get("src").or_else(|| tag.get("href")).unwrap_or("");
            faults.extend(must(
                !loads || from.starts_with("/static/"),
                &format!("{} loads {from:?}", tag.name),
            ));
        }
        faults.extend(must(!page.html.contains("<b>xyz") && !page.html.contains("<script>"), "not escaped"));
        faults
    });
}

#[test]
fn ids_are_unique_and_every_reference_has_its_target() {
    check(|_, tags| {
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        let mut faults = must(known.len() == ids.len(), "an id stands twice");
        for tag in tags {
            for name in ["for", "aria-describedby", "aria-labelledby"] {
                // Several may stand there: a hint and what is wrong.
                for target in tag.get(name).unwrap_or("").split(' ').filter(|target| !target.is_empty()) {
                    faults.extend(must(known.contains(target), &format!("{name}={target}")));
                }
            }
            if let Some(anchor) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                faults.extend(must(known.contains(anchor), &format!("#{anchor} leads nowhere")));
            }
        }
        faults
    });
}

#[test]
fn every_field_has_a_label_and_every_post_a_token() {
    check(|page, tags| {
        let labelled: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("for")).collect();
        let mut faults = Vec::new();
        for tag in tags.iter().filter(|tag| ["input", "select", "textarea"].contains(&tag.name)) {
            let hidden = tag.get("type") == Some("hidden");
            let has = tag.get("id").is_some_and(|id| labelled.contains(id));
            faults.extend(must(hidden || has, &format!("no label: {tag:?}")));
            faults.extend(must(tag.get("placeholder").is_none(), "a placeholder"));
        }
        let posts = page.html.matches("method=\"post\"").count();
        let tokens = page.html.matches("name=\"csrf\" value=\"c3Jm\"").count();
        faults.extend(must(posts == tokens, &format!("{posts} posts, {tokens} tokens")));
        faults
    });
}

#[test]
fn pictures_are_hidden_or_named_and_exist() {
    let sprite = crate::assets::all().iter().find(|asset| asset.name == "icons.svg").unwrap();
    let sprite = std::str::from_utf8(sprite.raw).unwrap();
    check(|_, tags| {
        let mut faults = Vec::new();
        for tag in tags.iter().filter(|tag| tag.name == "svg") {
            let named = tag.get("role") == Some("img") && tag.get("aria-label").is_some();
            faults.extend(must(named || tag.get("aria-hidden") == Some("true"), &format!("{tag:?}")));
        }
        for icon in tags.iter().filter(|tag| tag.name == "use").filter_map(|tag| tag.get("href")) {
            let name = icon.rsplit('#').next().unwrap_or("");
            faults.extend(must(sprite.contains(&format!("id=\"{name}\"")), &format!("no icon {icon}")));
        }
        faults
    });
}

#[test]
fn acting_for_somebody_is_always_said_and_never_called_mine() {
    check(|page, _| {
        let acting = page.html.contains("bp-is-acting");
        let bar = page.html.contains("class=\"bp-acting\"");
        let title = html::between(&page.html, "<title>", "</title>");
        let said = title.starts_with("På vegne af") || title.starts_with("On behalf of");
        let main = html::between(&page.html, "<main", "</main>");
        let mine = ["Mine data", "My data", "dine oplysninger", "din journal", "your record"];
        let wrong = mine.iter().find(|words| acting && main.contains(**words));
        let mut faults = must(acting == bar && acting == said, "frame, bar and title disagree");
        faults.extend(wrong.map(|words| format!("says “{words}” about somebody else")));
        faults
    });
}

#[test]
fn no_menu_leads_nowhere() {
    let paths = [
        "/",
        "/personer",
        "/personer?selv=1",
        "/profil",
        "/profil/mail",
        "/profil/mail/slet",
        "/profil/kode",
        "/profil/kode/fortryd",
        "/velkommen",
        "/kommune",
        "/was",
        "/privatliv",
        "/cookies",
        "/hjaelp",
        "/log-af",
        "/session/extension",
        "/log-paa",
        "/session/warning",
        "/session/step-up",
        "/sprog/da",
        "/sprog/en",
        "/p",
        "/static",
    ];
    check(|_, tags| {
        let ours = tags.iter().filter_map(|tag| tag.get("href").or_else(|| tag.get("action")));
        ours.filter(|path| path.starts_with('/'))
            .filter(|path| {
                let bare = path.split(['?', '#']).next().unwrap_or("");
                let first = bare.split('/').nth(1).unwrap_or("");
                !paths.contains(&bare)
                    && !paths.contains(path)
                    && !["p", "log-paa", "static", "fuldmagter", "ordbog"].contains(&first)
            })
            .map(|path| format!("unknown address {path}"))
            .collect()
    });
}

#[test]
fn pages_are_light() {
    check(|page, _| {
        let mut packed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
        brotli::BrotliCompress(&mut page.html.as_bytes(), &mut packed, &params).unwrap();
        must(packed.len() <= 6_000, &format!("{} bytes packed, {} plain", packed.len(), page.html.len()))
    });
}
