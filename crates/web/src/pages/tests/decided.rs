//! What the giver of a paused or ended mandate reads: why, when it is looked at again, how to complain. What they are told
//! in Digital Post stands on the page.

use super::super::mandates::{MandatePage, Side};
use super::super::samples;
use super::html;
use askama::Template as _;
use borgerportal_domain::mandates::{AnnulReason, Decided, SuspendReason};
use borgerportal_i18n::{Date, Lang};
use std::collections::BTreeSet;

/// What the giver reads of this decision.
fn page(lang: Lang, decided: Decided) -> String {
    let (_, sample) = MandatePage::samples(lang).into_iter().find(|(name, _)| *name == "paused").unwrap();
    let rendered = MandatePage { decided: Some(decided), ..sample }.render().unwrap();
    html::between(&rendered, "bp-panel--warn", "</section>").to_owned()
}

fn all() -> Vec<Decided> {
    let review_on = Date::constant(2026, 1, 31);
    let paused = SuspendReason::ALL
        .iter()
        .flat_map(|&reason| [false, true].map(|overdue| Decided::Paused { reason, review_on, overdue }));
    paused.chain(AnnulReason::ALL.iter().map(|&reason| Decided::Ended { reason })).collect()
}

#[test]
fn every_reason_has_words_of_its_own_and_a_way_to_complain() {
    for (lang, complain, guardianship) in
        [(Lang::Da, "du klage til den kommune", "værgemål"), (Lang::En, "You can complain", "guardianship")]
    {
        let pages: BTreeSet<String> = all().into_iter().map(|one| page(lang, one)).collect();
        assert_eq!(pages.len(), all().len(), "no two reasons read alike");
        for page in pages {
            assert!(page.contains(complain) && page.contains("href=\"tel:+45"), "{page}");
            assert!(page.contains(guardianship) && page.contains("https://familieretshuset.dk/"), "{page}");
        }
    }
}

#[test]
fn no_reason_speaks_of_health_or_blames_anybody() {
    for (lang, words) in [
        (Lang::Da, ["demens", "syg", "helbred", "svækket", "misbrug", "snyd", "mistanke"]),
        (Lang::En, ["dementia", " ill ", "health", "weak", "misuse", "fraud", "suspicion"]),
    ] {
        for decided in all() {
            let page = page(lang, decided).to_lowercase();
            for word in words {
                assert!(!page.contains(word), "{word} in {decided:?}");
            }
        }
    }
}

#[test]
fn a_pause_says_until_when_and_whether_that_is_past() {
    let (reason, review_on) = (SuspendReason::Misuse, Date::constant(2026, 1, 31));
    for (lang, overdue, expected) in [
        (Lang::Da, false, "Kommunen ser på det igen senest"),
        (Lang::Da, true, "Kommunen skulle have set på det igen senest"),
        (Lang::En, false, "The municipality will look at it again by"),
        (Lang::En, true, "The municipality should have looked at it again by"),
    ] {
        let said = page(lang, Decided::Paused { reason, review_on, overdue });
        assert!(said.contains(expected) && said.contains("2026"), "{said}");
    }
    let ended = page(Lang::Da, Decided::Ended { reason: AnnulReason::Misuse });
    assert!(!ended.contains("igen senest"), "what is over is not looked at again");
}

#[test]
fn the_helper_reads_that_it_is_paused_and_no_more() {
    let pages = samples::all(Lang::Da).unwrap();
    let page = pages.iter().find(|page| page.name == "mandates-mandate-suspended").unwrap();
    let (_, sample) =
        MandatePage::samples(Lang::Da).into_iter().find(|(name, _)| *name == "suspended").unwrap();
    assert!(sample.side == Side::Holder && sample.decided.is_none());
    assert!(page.html.contains("sat fuldmagten på pause"));
    for word in ["klage til", "Familieretshuset", "igen senest", "det, du selv vil"] {
        assert!(!page.html.contains(word), "{word}");
    }
}
