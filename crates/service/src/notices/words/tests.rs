//! Every kind in both languages, as a person reads it; and the lint.

use super::*;
use borgerportal_domain::ids::{MandateId, RequestId};
use borgerportal_domain::person::Language;
use borgerportal_memo::lint::{has_cpr_like, is_plain};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Areas and rights that a mandate may be about, in both languages: none of it stands in a notice.
const TOPICS: [&str; 22] = [
    "helbred",
    "sundhed",
    "sygdom",
    "medicin",
    "demens",
    "hjemmepleje",
    "journal",
    "hjælpemid",
    "plejehjem",
    "genoptræning",
    "handicap",
    "psyk",
    "health",
    "illness",
    "medicine",
    "dementia",
    "care",
    "record",
    "læge",
    "doctor",
    "diagnos",
    "cpr",
];

fn says() -> Says {
    Says {
        other: Some("Bent Holm".to_owned()),
        last_day: Some(Date::constant(2027, 12, 31)),
        answer_by: Some(Date::constant(2026, 12, 1)),
        number: Some("FM-2026-000117".to_owned()),
        language: Language::Danish,
        items: Vec::new(),
    }
}

fn cause(kind: NoticeKind) -> Cause {
    if kind.code().starts_with("mandate_requested") || kind.code().starts_with("request") {
        Cause::request(RequestId::from_bytes([3; 16]))
    } else {
        Cause::mandate(MandateId::from_bytes([4; 16]))
    }
}

/// Every kind, in every language.
fn every() -> impl Iterator<Item = (Lang, NoticeKind, Words)> {
    Lang::ALL.into_iter().flat_map(|lang| {
        NoticeKind::ALL.iter().map(move |kind| (lang, *kind, words(lang, *kind, cause(*kind), &says())))
    })
}

#[test]
fn every_notice_as_it_is_read() {
    let mut out = String::new();
    for (lang, kind, words) in every() {
        let Words { title, line, paragraphs, button, path } = words;
        writeln!(out, "## {} ({})\n{title}\n({line})", kind.code(), lang.code()).unwrap();
        writeln!(out, "{}\n[{button}] {path}\n", paragraphs.join("\n")).unwrap();
    }
    insta::assert_snapshot!("every_notice", out);
}

#[test]
fn no_notice_holds_a_number_of_a_person_or_a_topic() {
    for (lang, kind, words) in every() {
        let all = format!("{} {} {} {}", words.title, words.line, words.paragraphs.join(" "), words.button);
        assert!(!has_cpr_like(&all) && is_plain(&all), "{} {}", kind.code(), lang.code());
        let lower = all.to_lowercase();
        for topic in TOPICS {
            assert!(!lower.contains(topic), "{} {}: {topic}", kind.code(), lang.code());
        }
        assert!(!all.contains('{') && !all.contains("notice-"), "{all}");
    }
}

#[test]
fn title_and_line_name_nobody_and_do_not_tell_yes_from_no() {
    for (lang, kind, words) in every() {
        let seen = format!("{} {}", words.title, words.line);
        assert!(!seen.contains("Bent") && !seen.contains("2026"), "{}", kind.code());
        assert!(words.line.chars().count() <= 160 && words.title.chars().count() <= 256);
        let line = if kind.is_about_mandates() { "notice-line" } else { "notice-portal-line" };
        assert_eq!(
            words.line,
            Texts::of(lang).get(line),
            "the same for all: a lock screen tells them not apart"
        );
    }
    let title = |kind| words(Lang::Da, kind, cause(kind), &says()).title;
    let answers = [
        NoticeKind::RequestApproved,
        NoticeKind::RequestApprovedInPart,
        NoticeKind::RequestDeclined,
        NoticeKind::RequestLapsed,
        NoticeKind::RequestAnnulled,
    ];
    assert!(answers.iter().all(|kind| title(*kind) == title(NoticeKind::RequestApproved)));
}

#[test]
fn nobody_is_called_by_an_empty_name() {
    for other in [None, Some(String::new()), Some("  ".to_owned())] {
        for lang in Lang::ALL {
            for kind in NoticeKind::ALL {
                let words = words(lang, *kind, cause(*kind), &Says { other: other.clone(), ..says() });
                let text = words.paragraphs.join(" ");
                assert!(!text.contains("  ") && !text.contains(" ."), "{text}");
                assert!(text.starts_with(char::is_uppercase), "{text}");
            }
        }
    }
}

#[test]
fn a_message_about_yes_leads_to_the_answer_and_the_others_to_what_they_tell_of() {
    let path = |kind: NoticeKind, cause| words(Lang::Da, kind, cause, &says()).path;
    let request = Cause::request(RequestId::from_bytes([3; 16]));
    let mandate = Cause::mandate(MandateId::from_bytes([4; 16]));
    assert_eq!(
        path(NoticeKind::MandateRequested, request),
        "/fuldmagter/anmodning/03030303-0303-0303-0303-030303030303"
    );
    assert_eq!(path(NoticeKind::RequestDeclined, request), "/fuldmagter", "not the giver's page");
    assert_eq!(path(NoticeKind::MandateGiven, mandate), "/fuldmagter/04040404-0404-0404-0404-040404040404");
    assert_eq!(path(NoticeKind::MandateEnded, Cause::default()), "/fuldmagter");
}

proptest! {
    #[test]
    fn whatever_a_person_is_called_only_the_text_has_it(name in "[A-ZÆØÅ][a-zæøå]{5,12} [A-ZÆØÅ][a-zæøå]{5,12}") {
        for kind in NoticeKind::ALL {
            let words = words(Lang::Da, *kind, cause(*kind), &Says { other: Some(name.clone()), ..says() });
            prop_assert!(!words.title.contains(&name) && !words.line.contains(&name));
            prop_assert!(!words.path.contains(&name) && !words.button.contains(&name));
        }
    }
}
