//! Reads a MeMo message back: header, receiver, files and buttons, whoever wrote it. Unknown elements are passed
//! over; a document type, a second receiver, a local time, a UUID that is not version 4 and a CPR number in
//! the notification are refused, and so is what is too large or too deep to be a message.

mod tree;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use borgerportal_domain::{Cpr, Timestamp};
use uuid::Uuid;

use crate::message::{self, Field, NOTIFICATION_MAX, Refused, TEXT_MAX};
use tree::Element;

/// The largest message that is read, in bytes.
pub const BYTES_MAX: usize = 20 << 20;

/// A message as its receiver sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Names the message through every retry.
    pub uuid: Uuid,
    /// The sender's own number.
    pub id: Option<String>,
    /// The sender's word for the kind.
    pub code: Option<String>,
    /// The subject.
    pub label: String,
    /// What a lock screen may show.
    pub notification: Option<String>,
    /// Whether the receiver may answer it.
    pub reply: bool,
    /// Cannot be opted out of.
    pub mandatory: bool,
    /// Its receipt has legal effect.
    pub legal: bool,
    /// Eight digits.
    pub sender_cvr: String,
    /// The sender's name.
    pub sender: String,
    /// Who gets it.
    pub recipient: Cpr,
    /// When it was made.
    pub created_at: Timestamp,
    /// Name of the main document.
    pub document: Option<String>,
    /// The main document's forms, at least one.
    pub files: Vec<ReceivedFile>,
    /// Buttons beside it.
    pub actions: Vec<ReceivedAction>,
}

/// A form of the main document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedFile {
    /// Media type.
    pub mime: String,
    /// File name; not to be used as a path.
    pub name: String,
    /// Two letters.
    pub language: String,
    /// Its bytes, not looked into.
    pub content: Vec<u8>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedAction {
    /// Its text.
    pub label: String,
    /// Its code; the schema allows any text.
    pub code: String,
    /// Where it leads.
    pub url: Option<String>,
    /// When it begins to make sense.
    pub from: Option<Timestamp>,
    /// When it no longer does.
    pub until: Option<Timestamp>,
}

/// Why a message cannot be read. Names elements, never their text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More bytes, levels or elements than a message has.
    #[error("larger or deeper than a message is")]
    TooLarge,
    /// A document type declaration.
    #[error("a document type is not allowed")]
    Doctype,
    /// Not well-formed XML 1.0 in UTF-8.
    #[error("not well-formed XML")]
    Malformed,
    /// Something other than a MeMo 1.1 message.
    #[error("not a MeMo 1.1 message")]
    Version,
    /// An element that must be there is not.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// An element that may stand once stands twice.
    #[error("{0} stands twice")]
    Twice(&'static str),
    /// An element's text has the wrong form.
    #[error("{0} has the wrong form")]
    Form(&'static str),
    /// The rules of our own messages.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Reads one message.
pub fn read(bytes: &[u8]) -> Result<Received, Unreadable> {
    let root = opened(bytes)?;
    let header = root.one("MessageHeader")?;
    let body = root.one("MessageBody")?;
    let main = body.one("MainDocument")?;
    let sender = identified(header.one("Sender")?, "CVR")?;
    let recipient = identified(header.one("Recipient")?, "CPR")?;
    let received = Received {
        uuid: Uuid::try_parse(header.text("messageUUID")?).map_err(|_| Unreadable::Form("messageUUID"))?,
        id: header.some("messageID")?,
        code: header.some("messageCode")?,
        label: header.text("label")?.to_owned(),
        notification: header.some("notification")?,
        reply: header.some("reply")?.map_or(Ok(false), |word| truth(&word, "reply"))?,
        mandatory: truth(header.text("mandatory")?, "mandatory")?,
        legal: truth(header.text("legalNotification")?, "legalNotification")?,
        sender_cvr: sender.text("senderID")?.to_owned(),
        sender: sender.text("label")?.to_owned(),
        recipient: Cpr::parse(recipient.text("recipientID")?).map_err(|_| Unreadable::Form("recipientID"))?,
        created_at: utc(body.text("createdDateTime")?, "createdDateTime")?,
        document: main.some("label")?,
        files: main.all("File").map(file).collect::<Result<_, _>>()?,
        actions: main.all("Action").map(action).collect::<Result<_, _>>()?,
    };
    if received.files.is_empty() {
        return Err(Unreadable::Missing("File"));
    }
    message::version_four(received.uuid)?;
    message::cvr(&received.sender_cvr)?;
    message::text(Field::Label, &received.label, TEXT_MAX)?;
    if let Some(line) = &received.notification {
        message::text(Field::Notification, line, NOTIFICATION_MAX)?;
    }
    Ok(received)
}

fn opened(bytes: &[u8]) -> Result<Element, Unreadable> {
    if bytes.len() > BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let xml = std::str::from_utf8(bytes).map_err(|_| Unreadable::Malformed)?;
    tree::parse(xml.trim_start_matches('\u{feff}'))
}

/// A NemSMS as Digital Post sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedSms {
    /// Names it through every retry.
    pub uuid: Uuid,
    /// What the phone shows.
    pub text: String,
    /// The sender's name.
    pub sender: String,
    /// Who gets it.
    pub recipient: Cpr,
}

/// Reads one NemSMS. A message of another type, or with a body, is none.
pub fn read_sms(bytes: &[u8]) -> Result<ReceivedSms, Unreadable> {
    let root = opened(bytes)?;
    let header = root.one("MessageHeader")?;
    if header.text("messageType")? != "NEMSMS" || root.all("MessageBody").next().is_some() {
        return Err(Unreadable::Form("messageType"));
    }
    let sender = identified(header.one("Sender")?, "CVR")?;
    let recipient = identified(header.one("Recipient")?, "CPR")?;
    let sms = ReceivedSms {
        uuid: Uuid::try_parse(header.text("messageUUID")?).map_err(|_| Unreadable::Form("messageUUID"))?,
        text: header.text("notification")?.to_owned(),
        sender: sender.text("label")?.to_owned(),
        recipient: Cpr::parse(recipient.text("recipientID")?).map_err(|_| Unreadable::Form("recipientID"))?,
    };
    message::version_four(sms.uuid)?;
    message::text(Field::Notification, &sms.text, NOTIFICATION_MAX)?;
    Ok(sms)
}

fn file(element: &Element) -> Result<ReceivedFile, Unreadable> {
    let packed: String = element.text("content")?.split_ascii_whitespace().collect();
    Ok(ReceivedFile {
        mime: element.text("encodingFormat")?.to_owned(),
        name: element.text("filename")?.to_owned(),
        language: element.text("language")?.to_owned(),
        content: STANDARD.decode(packed).map_err(|_| Unreadable::Form("content"))?,
    })
}

fn action(element: &Element) -> Result<ReceivedAction, Unreadable> {
    let time = |name| element.some(name)?.map(|text| utc(&text, name)).transpose();
    Ok(ReceivedAction {
        label: element.text("label")?.to_owned(),
        code: element.text("actionCode")?.to_owned(),
        url: match element.all("EntryPoint").next() {
            Some(point) => Some(point.text("url")?.to_owned()),
            None => None,
        },
        from: time("startDateTime")?,
        until: time("endDateTime")?,
    })
}

/// The party, if it is named by the kind of number that we understand.
fn identified<'a>(party: &'a Element, kind: &str) -> Result<&'a Element, Unreadable> {
    if party.text("idType")? == kind { Ok(party) } else { Err(Unreadable::Form("idType")) }
}

fn truth(word: &str, name: &'static str) -> Result<bool, Unreadable> {
    match word {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Unreadable::Form(name)),
    }
}

/// An instant that says it is UTC. Local time is refused, although it would name an instant too.
fn utc(text: &str, name: &'static str) -> Result<Timestamp, Unreadable> {
    let instant = text.ends_with('Z').then(|| Timestamp::parse(text)).flatten();
    instant.ok_or(Unreadable::Form(name))
}
