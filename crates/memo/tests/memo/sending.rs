//! What may be sent, and what it looks like on the wire.

use super::*;
use borgerportal_memo::message::{Field, NOTIFICATION_MAX, TEXT_MAX};
use borgerportal_memo::read;
use proptest::prelude::*;
use std::process::{Command, Stdio};

#[test]
fn every_kind_looks_on_the_wire_as_it_did() {
    for (name, xml) in kinds() {
        insta::assert_snapshot!(name, lines(&xml));
    }
}

#[test]
fn a_lock_screen_never_shows_a_cpr_number() {
    let number = "Anmodning til 7205500004 fra Karen";
    assert_eq!(
        refused(|draft| draft.notification = Some(number)),
        Some(Refused::CprLike(Field::Notification))
    );
    assert_eq!(refused(|draft| draft.label = number), Some(Refused::CprLike(Field::Label)));
    assert_eq!(refused(|draft| draft.document = "720550-0004"), Some(Refused::CprLike(Field::Document)));
    assert_eq!(refused(|draft| draft.id = Some("7205500004")), Some(Refused::CprLike(Field::Id)));
    let named = "7205500004.html";
    assert_eq!(refused(|draft| draft.files[0].name = named), Some(Refused::CprLike(Field::FileName)));
    let body = "<p>7205500004</p>";
    assert_eq!(
        refused(|draft| draft.files[0].content = body.as_bytes()),
        Some(Refused::CprLike(Field::FileContent))
    );
    let leak = "https://borgerportal.example/p/7205500004";
    assert_eq!(refused(|draft| draft.actions[0].url = leak), Some(Refused::CprLike(Field::ActionUrl)));
}

#[test]
fn a_refusal_names_the_field_and_not_the_text() {
    let why = refused(|draft| draft.label = "til 720550-0004").unwrap();
    assert_eq!(why.to_string(), "Label holds something like a CPR number");
}

#[test]
fn only_uuids_of_version_4_are_sent() {
    for text in [
        "b81d5a0e-3c6f-1f27-8e94-71a6c0d9f352",
        "0192d5a0-3c6f-7f27-8e94-71a6c0d9f352",
        "b81d5a0e-3c6f-4f27-ce94-71a6c0d9f352",
        "00000000-0000-0000-0000-000000000000",
    ] {
        let uuid = Uuid::parse_str(text).unwrap();
        assert_eq!(refused(|draft| draft.uuid = uuid), Some(Refused::Form(Field::Uuid)), "{text}");
    }
}

#[test]
fn texts_fit_the_schema() {
    let full = "å".repeat(TEXT_MAX);
    let long = "å".repeat(TEXT_MAX + 1);
    assert_eq!(refused(|draft| draft.label = full.as_str()), None, "characters count, not bytes");
    assert_eq!(refused(|draft| draft.label = &long), Some(Refused::TooLong(Field::Label)));
    assert_eq!(refused(|draft| draft.sender.label = &long), Some(Refused::TooLong(Field::SenderLabel)));
    let line = "a".repeat(NOTIFICATION_MAX + 1);
    assert_eq!(
        refused(|draft| draft.notification = Some(&line)),
        Some(Refused::TooLong(Field::Notification))
    );
    assert_eq!(refused(|draft| draft.notification = Some(&line[1..])), None);
    for blank in ["", " ", "\u{a0}"] {
        assert_eq!(refused(|draft| draft.label = blank), Some(Refused::Empty(Field::Label)), "{blank:?}");
        assert_eq!(refused(|draft| draft.sender.label = blank), Some(Refused::Empty(Field::SenderLabel)));
        assert_eq!(
            refused(|draft| draft.notification = Some(blank)),
            Some(Refused::Empty(Field::Notification))
        );
        assert_eq!(refused(|draft| draft.actions[0].label = blank), Some(Refused::Empty(Field::ActionLabel)));
    }
}

#[test]
fn hidden_characters_are_refused() {
    for text in ["a\0b", "a\nb", "a\u{1b}[0m", "a\u{202e}b", "a\u{feff}b", "a\u{fffe}b"] {
        assert_eq!(refused(|draft| draft.label = text), Some(Refused::NotPlain(Field::Label)), "{text:?}");
    }
}

#[test]
fn senders_are_eight_digits() {
    for digits in ["", "9000001", "900000011", "DK900001", "9000 001", "٩٠٠٠٠٠٠١"] {
        assert_eq!(
            refused(|draft| draft.sender.cvr = digits),
            Some(Refused::Form(Field::SenderCvr)),
            "{digits}"
        );
    }
}

#[test]
fn buttons_lead_to_https_as_written() {
    for url in [
        "http://borgerportal.example/",
        "//borgerportal.example/",
        "/fuldmagter",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:/borgerportal.example/x",
        "https://inger@borgerportal.example/",
        "https://a:b@borgerportal.example/",
        "https://borgerportal.example/../x",
        "https://BORGERPORTAL.example/x",
        "https://borgerportal.example:443/x",
        "https://borgerportal.example/å",
        " https://borgerportal.example/x",
        "https://",
    ] {
        assert_eq!(
            refused(|draft| draft.actions[0].url = url),
            Some(Refused::Form(Field::ActionUrl)),
            "{url}"
        );
    }
    for url in ["https://borgerportal.example", "https://borgerportal.example/", "https://b.example/a?b=c#d"]
    {
        assert_eq!(refused(|draft| draft.actions[0].url = url), None, "{url}");
    }
    let long = format!("https://borgerportal.example/{}", "a".repeat(TEXT_MAX));
    assert_eq!(refused(|draft| draft.actions[0].url = &long), Some(Refused::TooLong(Field::ActionUrl)));
}

#[test]
fn times_are_sane_and_in_order() {
    let at = Timestamp::from_seconds;
    for absurd in [at(0), at(946_684_799), at(253_402_300_800), at(i64::MAX), at(i64::MIN)] {
        assert_eq!(refused(|draft| draft.created_at = absurd), Some(Refused::Form(Field::CreatedAt)));
        assert_eq!(
            refused(|draft| draft.actions[0].until = Some(absurd)),
            Some(Refused::Form(Field::ActionTime))
        );
    }
    let backwards = |draft: &mut Draft<'_>| draft.actions[0].until = Some(at(NOON).plus_millis(-1));
    assert_eq!(refused(backwards), Some(Refused::Form(Field::ActionTime)));
}

#[test]
fn files_are_what_they_say() {
    assert_eq!(refused(|draft| draft.files.clear()), Some(Refused::Empty(Field::FileContent)));
    assert_eq!(refused(|draft| draft.files[0].content = b""), Some(Refused::Empty(Field::FileContent)));
    assert_eq!(refused(|draft| draft.files[0].content = b"\xff"), Some(Refused::Form(Field::FileContent)));
    let fake = File { content: b"<html>", ..pdf() };
    assert_eq!(refused(|draft| draft.files[0] = fake), Some(Refused::Form(Field::FileContent)));
    for name in ["x.pdf", "x", ".html", "../x.html", "a/b.html", "a\\b.html", "c:x.html", "x.HTML"] {
        assert_eq!(
            refused(|draft| draft.files[0].name = name),
            Some(Refused::Form(Field::FileName)),
            "{name}"
        );
    }
    let text = File { format: Format::Text, name: "brev.txt", lang: Lang::En, content: b"Hello" };
    let xml = written(|draft| draft.files = vec![text]);
    assert_eq!(read::read(xml.as_bytes()).unwrap().files[0].language, "en");
}

/// What `xmllint` says of a message, by our own rules and, where it is at hand, by the published schema.
pub(crate) fn lint(xml: &str) -> Vec<bool> {
    use std::io::Write as _;
    let published =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/identity-post/memo-1.1/MeMo_core.xsd");
    let by = |schema: &PathBuf| {
        let mut lint = Command::new("xmllint");
        lint.args(["--nonet", "--noout", "--schema"]).arg(schema).arg("-");
        lint.stdin(Stdio::piped()).stderr(Stdio::null());
        let mut child = lint.spawn().unwrap_or_else(|why| panic!("xmllint (Debian: libxml2-utils): {why}"));
        child.stdin.take().unwrap().write_all(xml.as_bytes()).unwrap();
        child.wait().unwrap().success()
    };
    [sample("rules.xsd"), published].iter().filter(|schema| schema.exists()).map(by).collect()
}

#[test]
fn the_rules_accept_every_kind() {
    for (name, xml) in kinds() {
        assert!(lint(&xml).into_iter().all(|valid| valid), "{name}:\n{}", lines(&xml));
    }
    // The check can fail: the same message with an element out of order is not valid.
    let turned = kinds()[0].1.replace("<memo:reply>false</memo:reply>", "").replace(
        "<memo:messageType>DIGITALPOST</memo:messageType>",
        "<memo:reply>false</memo:reply><memo:messageType>DIGITALPOST</memo:messageType>",
    );
    assert!(lint(&turned).into_iter().all(|valid| !valid));
}

#[test]
fn our_words_for_the_rules_say_of_the_samples_what_the_published_schema_says() {
    for (name, valid) in [
        ("01-mandate-request-to-giver", true),
        ("02-notice-of-new-message", true),
        ("n1-created-local-time", false),
        ("n2-uuid-not-v4", false),
        // What may stand in a line that shows on a locked telephone is no matter of form: the reader refuses it.
        ("n3-cpr-in-notification", true),
    ] {
        let xml = std::fs::read_to_string(sample(&format!("{name}.xml"))).unwrap();
        assert!(lint(&xml).into_iter().all(|said| said == valid), "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_is_sent_unchanged_or_refused(label in ".{0,40}", line in ".{0,40}", body in "(?s).{1,80}") {
        let content = File { content: body.as_bytes(), ..html() };
        let draft = Draft {
            label: &label, notification: Some(&line), files: vec![content], ..draft()
        };
        if let Ok(message) = Message::new(draft) {
            let back = read::read(xml::write(&message).as_bytes()).unwrap();
            prop_assert_eq!(back.label, label.trim());
            prop_assert_eq!(back.notification.as_deref(), Some(line.trim()));
            prop_assert_eq!(&back.files[0].content, body.as_bytes());
        }
    }
}

#[test]
fn an_opaque_id_in_a_link_is_no_cpr_number_whatever_its_digits() {
    let id = "https://borgerportal.example/fuldmagter/01010101-0101-7101-8101-010101010101";
    assert_eq!(refused(|draft| draft.actions[0].url = id), None);
    for leak in [
        "https://borgerportal.example/720550-0004",
        "https://borgerportal.example/01010101-0101-7101-8101-010101010101/7205500004",
        "https://borgerportal.example/?x=01010101-0101-7101-8101-010101010101",
    ] {
        assert_eq!(refused(|draft| draft.actions[0].url = leak), Some(Refused::CprLike(Field::ActionUrl)));
    }
}
