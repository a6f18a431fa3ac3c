//! What pages say of a mandate from NemLog-in: where it comes from, until which clock time, and what to do then.

use super::super::samples::mette;
use super::super::{
    Acting, ChoiceOf, DeadEnd, DeadEndPage, Frame, Here, Lapsed, PersonChoice, PersonsPage, Rights, Until,
};
use borgerportal_domain::JournalId;
use borgerportal_domain::access::RefusalCode;
use borgerportal_i18n::{Date, Lang, Time};

const SOON: Until = Until::Clock(Time::constant(0, 5, 0, 0));
const LATE: Until = Until::Day(Date::constant(2026, 6, 30));

fn acting(lang: Lang, rights: Rights, until: Until) -> Frame<'static> {
    let acting = Acting::Relative { name: "Inger Holm", first: "Inger", rights, until };
    Frame { acting, ..mette(lang, Here::Front, rights) }
}

#[test]
fn the_bar_names_nemlogin_and_a_clock_time_and_no_day() {
    for (lang, rights, may, from) in [
        (Lang::Da, Rights::Read, "du må læse til ", " med en fuldmagt fra NemLog-in"),
        (Lang::Da, Rights::ReadAndAct, "du må læse og handle til ", " med en fuldmagt fra NemLog-in"),
        (Lang::En, Rights::Read, "you may read until ", " with a mandate from NemLog-in"),
    ] {
        let clock = lang.clock(Time::constant(0, 5, 0, 0));
        assert_eq!(
            acting(lang, rights, SOON).acting_until(),
            format!("{may}{clock}{from}"),
            "past midnight, too"
        );
        let ours = acting(lang, rights, LATE).acting_until();
        assert!(ours.starts_with(may) && ours.contains("2026") && !ours.contains("NemLog-in"), "{ours}");
    }
}

fn chooser(lang: Lang, lapsed: Vec<Lapsed<'static>>) -> PersonsPage<'static> {
    let frame = Frame { acting: Acting::Own, journal: None, ..mette(lang, Here::Elsewhere, Rights::Read) };
    PersonsPage { frame, choices: Vec::new(), lapsed, error: false, no_own: false, cancel: None }
}

#[test]
fn the_chooser_says_where_a_mandate_comes_from() {
    let page = chooser(Lang::Da, Vec::new());
    let line = |rights, until| {
        let journal = JournalId::from_bytes([1; 16]);
        let of = ChoiceOf::Giver { rights, until };
        page.line(&PersonChoice { journal, name: "Inger Holm", first: "Inger", of, chosen: false })
    };
    assert!(line(Rights::Read, LATE).starts_with("Fuldmagt: læse"));
    assert!(line(Rights::Read, SOON).starts_with("Fuldmagt fra NemLog-in: læse ·"));
    assert!(line(Rights::ReadAndAct, SOON).starts_with("Fuldmagt fra NemLog-in: læse og handle ·"));
}

#[test]
fn what_is_over_is_had_again_by_a_log_in_and_not_by_asking() {
    let lapsed = |why| Lapsed { name: "Inger Holm", why, since: Some(Date::constant(2026, 11, 22)) };
    let page = chooser(Lang::Da, vec![lapsed(RefusalCode::ClaimOver)]);
    assert_eq!(page.log_in_again().as_deref(), Some("/session/step-up?back=/personer"));
    assert!(!page.may_ask_again(), "the mandate is there");
    assert!(!page.reason(&page.lapsed[0]).contains("2026"), "half an hour is no day");
    for why in [RefusalCode::MandateExpired, RefusalCode::SourceNotUsed] {
        let page = chooser(Lang::Da, vec![lapsed(why)]);
        assert_eq!((page.log_in_again(), page.may_ask_again()), (None, true), "{why:?}");
    }
    let both = chooser(Lang::Da, vec![lapsed(RefusalCode::ClaimOver), lapsed(RefusalCode::MandateExpired)]);
    assert!(both.log_in_again().is_some() && both.may_ask_again());
}

#[test]
fn the_page_after_half_an_hour_has_one_way_on_and_it_is_mitid() {
    for lang in Lang::ALL {
        let frame = Frame { journal: None, ..acting(lang, Rights::Read, SOON) };
        let again = "/session/step-up?back=/p/1/documents";
        let page = DeadEndPage { frame, what: DeadEnd::ClaimOver { name: "Inger Holm", again } };
        let next = page.next();
        assert_eq!((next.href.as_ref(), next.mitid), (again, true));
        let words = page.paragraphs().join(" ");
        assert!(
            words.contains("Inger Holm") && words.contains("NemLog-in") && words.contains("30"),
            "{words}"
        );
    }
}
