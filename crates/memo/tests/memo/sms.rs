//! NemSMS: a header alone, which the published schema accepts, and what is refused.

use crate::sending::lint;
use crate::{INGER, kinds, lines};
use borgerportal_memo::message::{Field, Refused, Sender};
use borgerportal_memo::read::{Unreadable, read, read_sms};
use borgerportal_memo::sms::{Sms, SmsParts};
use borgerportal_memo::xml::write_sms;
use uuid::Uuid;

const TEXT: &str = "Du har nyt i Borgerportalen. Log på: borgerportal.example";

fn parts<'a>() -> SmsParts<'a> {
    SmsParts {
        uuid: Uuid::parse_str("6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11").unwrap(),
        label: "Nyt i Borgerportalen",
        text: TEXT,
        sender: Sender { cvr: "90000001", label: "Eksempel Kommune" },
        recipient: &INGER,
    }
}

fn refused<'a>(change: impl FnOnce(&mut SmsParts<'a>)) -> Option<Refused> {
    let mut parts = parts();
    change(&mut parts);
    Sms::new(parts).err()
}

#[test]
fn it_is_a_header_alone_and_valid() {
    let xml = write_sms(&Sms::new(parts()).unwrap());
    insta::assert_snapshot!(lines(&xml));
    // Our own words for the rules are about messages with a body; the published schema is asked where it is at hand.
    assert!(lint(&xml).into_iter().skip(1).all(|valid| valid));
    let back = read_sms(xml.as_bytes()).unwrap();
    assert_eq!(
        (back.text.as_str(), back.sender.as_str(), &back.recipient),
        (TEXT, "Eksempel Kommune", &*INGER)
    );
}

#[test]
fn neither_is_read_as_the_other() {
    let sms = write_sms(&Sms::new(parts()).unwrap());
    assert_eq!(read(sms.as_bytes()).err(), Some(Unreadable::Missing("MessageBody")));
    for (name, xml) in kinds() {
        assert_eq!(read_sms(xml.as_bytes()).err(), Some(Unreadable::Form("messageType")), "{name}");
    }
    let with_body = sms.replace("</memo:Message>", "<memo:MessageBody/></memo:Message>");
    assert_eq!(read_sms(with_body.as_bytes()).err(), Some(Unreadable::Form("messageType")));
}

#[test]
fn what_does_not_fit_a_lock_screen_is_refused() {
    let full = "å".repeat(160);
    let long = "å".repeat(161);
    assert_eq!(refused(|parts| parts.text = &full), None);
    let line = Field::Notification;
    for (text, why) in [
        (long.as_str(), Refused::TooLong(line)),
        ("", Refused::Empty(line)),
        ("Se 720550-0004", Refused::CprLike(line)),
        ("Log\u{202e}på", Refused::NotPlain(line)),
    ] {
        assert_eq!(refused(|parts| parts.text = text), Some(why), "{text}");
    }
    assert_eq!(refused(|parts| parts.uuid = Uuid::nil()), Some(Refused::Form(Field::Uuid)));
    assert_eq!(refused(|parts| parts.sender.cvr = "9"), Some(Refused::Form(Field::SenderCvr)));
}
