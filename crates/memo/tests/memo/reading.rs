//! What is understood, and what is refused on the way in.

use super::*;
use borgerportal_memo::message::Field;
use borgerportal_memo::read::{self, BYTES_MAX, Received, Unreadable};
use proptest::prelude::*;

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
fn the_samples_get_the_verdicts_of_their_source() {
    let sample = |name: &str| read::read(&std::fs::read(sample(name)).unwrap());
    let request = sample("01-mandate-request-to-giver.xml").unwrap();
    assert_eq!(request.code.as_deref(), Some("FULDMAGT_ANMODNING"));
    assert_eq!(request.recipient.expose(), "7205500004");
    assert!(request.files[0].content.starts_with(b"<!DOCTYPE html>"));
    assert_eq!(request.actions[0].label, "Se anmodningen");
    assert_eq!(sample("02-notice-of-new-message.xml").unwrap().actions[0].label, "Læs beskeden");
    assert_eq!(sample("n1-created-local-time.xml"), Err(Unreadable::Form("createdDateTime")));
    assert_eq!(sample("n2-uuid-not-v4.xml"), Err(Refused::Form(Field::Uuid).into()));
    assert_eq!(sample("n3-cpr-in-notification.xml"), Err(Refused::CprLike(Field::Notification).into()));
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
