//! MeMo messages: what may be sent, what it looks like on the wire, and what is refused on the way back in.
//! The schema check needs `xmllint` and the official schemas beside the repository; everything else does not.

use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_i18n::Lang;
use borgerportal_memo::message::{
    Action, ActionKind, Draft, Field, File, Format, Message, NOTIFICATION_MAX, Refused, Sender, TEXT_MAX,
};
use borgerportal_memo::read::{self, BYTES_MAX, Received, Unreadable};
use borgerportal_memo::xml;
use proptest::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use uuid::Uuid;

const HTML: &str =
    "<!doctype html><html lang=\"da\"><title>Du har en anmodning</title><h1>Ja &amp; nej</h1></html>";
const NOON: i64 = 1_796_116_500;

static INGER: LazyLock<Cpr> = LazyLock::new(|| Cpr::parse("7205500004").unwrap());

fn html<'a>() -> File<'a> {
    File { format: Format::Html, name: "anmodning.html", lang: Lang::Da, content: HTML.as_bytes() }
}

fn pdf<'a>() -> File<'a> {
    File { format: Format::Pdf, name: "anmodning.pdf", lang: Lang::Da, content: b"%PDF-1.7\n%\xf6" }
}

fn button<'a>() -> Action<'a> {
    Action {
        label: "Se anmodningen",
        kind: ActionKind::Selvbetjening,
        url: "https://borgerportal.example/fuldmagter",
        from: Some(Timestamp::from_seconds(NOON)),
        until: Some(Timestamp::from_seconds(NOON).plus_days(14)),
    }
}

fn draft<'a>() -> Draft<'a> {
    Draft {
        uuid: Uuid::parse_str("6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11").unwrap(),
        id: Some("FM-2026-000117"),
        code: "FULDMAGT_ANMODNING",
        label: "Anmodning om fuldmagt",
        notification: Some("Du har en anmodning om fuldmagt i Digital Post."),
        mandatory: false,
        legal: false,
        sender: Sender { cvr: "90000001", label: "Eksempel Kommune" },
        recipient: &INGER,
        created_at: Timestamp::from_seconds(NOON).plus_millis(678),
        document: "Anmodning om fuldmagt",
        files: vec![html()],
        actions: vec![button()],
    }
}

/// A message with one thing changed.
fn refused<'a>(change: impl FnOnce(&mut Draft<'a>)) -> Option<Refused> {
    let mut draft = draft();
    change(&mut draft);
    Message::new(draft).err()
}

fn written<'a>(change: impl FnOnce(&mut Draft<'a>)) -> String {
    let mut draft = draft();
    change(&mut draft);
    xml::write(&Message::new(draft).unwrap())
}

fn kinds() -> Vec<(&'static str, String)> {
    vec![
        ("request", written(|_| {})),
        (
            "notice_without_action",
            written(|draft| {
                draft.id = None;
                draft.code = "";
                draft.notification = None;
                draft.actions = Vec::new();
            }),
        ),
        (
            "letter_as_pdf_and_html",
            written(|draft| {
                draft.label = "Svar på <din> anmodning & mere";
                draft.mandatory = true;
                draft.legal = true;
                draft.files = vec![pdf(), html()];
                draft.actions = vec![
                    Action {
                        kind: ActionKind::Underskriv,
                        label: "Skriv under",
                        from: None,
                        until: None,
                        ..button()
                    },
                    Action { kind: ActionKind::Information, label: "Læs mere", from: None, ..button() },
                ];
            }),
        ),
    ]
}

/// One element a line, so that a reviewer sees what changed.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<")
}

#[test]
fn every_kind_looks_on_the_wire_as_it_did() {
    for (name, xml) in kinds() {
        insta::assert_snapshot!(name, lines(&xml));
    }
}

#[test]
fn what_is_written_is_what_is_read() {
    let message = read::read(kinds()[2].1.as_bytes()).unwrap();
    assert_eq!(message.uuid.to_string(), "6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11");
    assert_eq!(message.label, "Svar på <din> anmodning & mere");
    assert_eq!((message.reply, message.mandatory, message.legal), (false, true, true));
    assert_eq!((message.sender_cvr.as_str(), message.sender.as_str()), ("90000001", "Eksempel Kommune"));
    assert_eq!(message.recipient, *INGER);
    assert_eq!(message.created_at, Timestamp::from_seconds(NOON), "milliseconds are dropped");
    let files: Vec<_> =
        message.files.iter().map(|file| (file.mime.as_str(), file.content.as_slice())).collect();
    assert_eq!(files, [("application/pdf", pdf().content), ("text/html", HTML.as_bytes())]);
    let codes: Vec<_> = message.actions.iter().map(|action| action.code.as_str()).collect();
    assert_eq!(codes, ["UNDERSKRIV", "INFORMATION"]);
    assert_eq!(message.actions[1].url.as_deref(), Some("https://borgerportal.example/fuldmagter"));
    assert_eq!(message.actions[1].until, Some(Timestamp::from_seconds(NOON).plus_days(14)));
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

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/identity-post").join(folder);
    path.exists().then_some(path)
}

/// Whether the official schema accepts the message; nothing where the tool or the schema is missing.
fn schema_accepts(xml: &str) -> Option<bool> {
    use std::io::Write as _;
    let schema = shared("memo-1.1/MeMo_core.xsd")?;
    let mut child = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(xml.as_bytes()).ok()?;
    Some(child.wait().ok()?.success())
}

#[test]
fn the_official_schema_accepts_every_kind() {
    for (name, xml) in kinds() {
        assert_ne!(schema_accepts(&xml), Some(false), "{name}:\n{}", lines(&xml));
    }
    // The check can fail: the same message with an element out of order is not valid.
    let turned = kinds()[0].1.replace("<memo:reply>false</memo:reply>", "").replace(
        "<memo:messageType>DIGITALPOST</memo:messageType>",
        "<memo:reply>false</memo:reply><memo:messageType>DIGITALPOST</memo:messageType>",
    );
    assert_ne!(schema_accepts(&turned), Some(true));
}

#[test]
fn the_samples_get_the_verdicts_of_their_source() {
    let Some(folder) = shared("own-samples") else { return };
    let sample = |name: &str| read::read(&std::fs::read(folder.join(name)).unwrap());
    let request = sample("memo-01-mandate-request-to-giver.xml").unwrap();
    assert_eq!(request.code.as_deref(), Some("FULDMAGT_ANMODNING"));
    assert_eq!(request.recipient.expose(), "7205500004");
    assert!(request.files[0].content.starts_with(b"<!DOCTYPE html>"));
    assert_eq!(request.actions[0].label, "Se anmodningen");
    assert_eq!(sample("memo-02-notice-of-new-message.xml").unwrap().actions[0].label, "Læs beskeden");
    assert_eq!(sample("memo-n1-created-local-time.xml"), Err(Unreadable::Form("createdDateTime")));
    assert_eq!(sample("memo-n2-uuid-not-v4.xml"), Err(Refused::Form(Field::Uuid).into()));
    assert_eq!(sample("memo-n3-cpr-in-notification.xml"), Err(Refused::CprLike(Field::Notification).into()));
}

/// The first kind with one piece replaced, as its reader sees it.
fn bent(from: &str, to: &str) -> Result<Received, Unreadable> {
    let xml = written(|_| {});
    assert!(xml.contains(from), "{from}");
    read::read(xml.replacen(from, to, 1).as_bytes())
}

#[test]
fn what_is_not_a_message_is_refused() {
    use Unreadable::{Doctype, Form, Malformed, Missing, TooLarge, Twice, Version};
    let party = "<memo:Recipient><memo:recipientID>6106570008</memo:recipientID><memo:idType>CPR</memo:idType></memo:Recipient>";
    let twice = format!("{party}<memo:Recipient>");
    let deep = format!("<x>{}</x>", "<a>".repeat(20));
    let wide = format!("{}<memo:reply>", "<a/>".repeat(2_100));
    for (from, to, why) in [
        ("<memo:Message ", "<!DOCTYPE x [<!ENTITY e \"x\">]><memo:Message ", Doctype),
        ("<memo:Message ", "<!doctype x><memo:Message ", Doctype),
        ("<memo:Recipient>", twice.as_str(), Twice("Recipient")),
        ("<memo:label>Anm", "<memo:label>x</memo:label><memo:label>Anm", Twice("label")),
        ("memoVersion=\"1.1\"", "memoVersion=\"1.2\"", Version),
        ("memoVersion=\"1.1\" ", "", Version),
        ("https://DigitalPost.dk/MeMo-1", "https://DigitalPost.dk/MeMo-2", Version),
        ("<memo:mandatory>false</memo:mandatory>", "", Missing("mandatory")),
        ("<memo:legalNotification>false", "<memo:legalNotification>nej", Form("legalNotification")),
        ("09:15:00Z", "10:15:00+01:00", Form("createdDateTime")),
        ("09:15:00Z", "09:15:00", Form("createdDateTime")),
        ("09:15:00Z", "25:15:00Z", Form("createdDateTime")),
        ("7205500004", "7205", Form("recipientID")),
        ("<memo:idType>CPR", "<memo:idType>CVR", Form("idType")),
        ("<memo:content>", "<memo:content>*", Form("content")),
        ("Anmodning om", "&e; om", Malformed),
        ("Anmodning om", "& om", Malformed),
        ("</memo:Message>", "", Malformed),
        ("</memo:Message>", "</memo:Message><memo:Message/>", Version),
        ("</memo:Message>", "</memo:Message>x", Malformed),
        ("</memo:Message>", "</memo:Besked>", Malformed),
        ("<memo:reply>", deep.as_str(), TooLarge),
        ("<memo:reply>", wide.as_str(), TooLarge),
    ] {
        assert_eq!(bent(from, to), Err(why), "{from} → {}", to.chars().take(60).collect::<String>());
    }
    assert_eq!(read::read(b""), Err(Malformed));
    assert_eq!(read::read(b"\xff\xfe<"), Err(Malformed));
    assert_eq!(read::read(&vec![b' '; BYTES_MAX + 1]), Err(TooLarge));
}

#[test]
fn what_others_may_write_is_understood() {
    let same = read::read(written(|_| {}).as_bytes());
    assert_eq!(bent("<memo:reply>", "<x:y xmlns:x=\"urn:x\"><x:label>z</x:label></x:y><memo:reply>"), same);
    assert_eq!(bent("<memo:reply>", "<label>of no namespace</label><memo:reply>"), same);
    assert_eq!(bent("Anmodning om fuldmagt", "Anmodning<!-- - --> om <![CDATA[fuldmagt]]>"), same);
    assert_eq!(bent("Anmodning om", "&#65;nmodning&#x20;om"), same);
    assert_eq!(bent("<memo:mandatory>false", "<memo:mandatory>0"), same);
    assert_eq!(bent("<memo:reply>false</memo:reply>", ""), same);
    let with_default_namespace = written(|_| {}).replace("memo:", "").replace("xmlns:memo", "xmlns");
    assert_eq!(read::read(with_default_namespace.replace(":memo=", "=").as_bytes()), same);
    let marked = format!("\u{feff}{}", written(|_| {}));
    assert_eq!(read::read(marked.as_bytes()), same);
}

#[test]
fn a_comment_cannot_split_a_cpr_number() {
    let split = "Du har 720550<!-- x -->0004";
    assert_eq!(
        bent("Du har en anmodning", split),
        Err(Refused::CprLike(Field::Notification).into()),
        "both sides of a comment are one text"
    );
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

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read::read(&bytes).is_err());
    }

    #[test]
    fn a_damaged_message_is_read_or_refused(at in 0_usize..1_800, with in any::<u8>(), cut in 0_usize..40) {
        let mut bytes = written(|_| {}).into_bytes();
        let at = at.min(bytes.len() - 1);
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, [with]);
        let _ = read::read(&bytes);
    }
}
