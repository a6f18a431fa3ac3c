//! MeMo 1.1 on the wire: a checked [`Message`] becomes XML that the published schema accepts. Version 1.2
//! (March 2025) is not written: its schema is not public any more, and a guess at it would be refused or, worse,
//! be understood otherwise than we meant. It gets its own function when the schema can be had.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use borgerportal_domain::{Cpr, Timestamp};
use quick_xml::escape::escape;

use crate::message::{Action, Draft, File, Message, Sender};
use crate::sms::Sms;

/// The namespace of MeMo 1.x.
pub const NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";

/// The message as a UTF-8 XML document, elements in the order of the schema.
#[must_use]
pub fn write(message: &Message<'_>) -> String {
    let draft = message.parts();
    let bytes: usize = draft.files.iter().map(|file| file.content.len()).sum();
    document(2_048 + bytes * 3 / 2, |xml| inside(xml, draft))
}

/// A message with room for so many bytes.
fn document(room: usize, inside: impl FnOnce(&mut Xml)) -> String {
    let mut xml = Xml(String::with_capacity(room));
    xml.0.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<memo:Message xmlns:memo=\"");
    xml.0.push_str(NAMESPACE);
    xml.0.push_str("\" memoVersion=\"1.1\" memoSchVersion=\"1.1.0\">");
    inside(&mut xml);
    xml.0.push_str("</memo:Message>\n");
    xml.0
}

fn inside(xml: &mut Xml, draft: &Draft<'_>) {
    header(xml, draft);
    xml.within("MessageBody", |xml| {
        xml.text("createdDateTime", &utc(draft.created_at));
        xml.within("MainDocument", |xml| {
            xml.text("label", draft.document);
            draft.files.iter().for_each(|one| file(xml, one));
            draft.actions.iter().for_each(|one| action(xml, one));
        });
    });
}

/// A NemSMS as a UTF-8 XML document: a header and nothing else.
#[must_use]
pub fn write_sms(sms: &Sms<'_>) -> String {
    let parts = sms.parts();
    document(1_024, |xml| {
        xml.within("MessageHeader", |xml| {
            xml.text("messageType", "NEMSMS");
            xml.text("messageUUID", &parts.uuid.to_string());
            xml.text("label", parts.label);
            xml.text("notification", parts.text);
            xml.text("mandatory", "false");
            xml.text("legalNotification", "false");
            parties(xml, parts.sender, parts.recipient);
        });
    })
}

fn parties(xml: &mut Xml, sender: Sender<'_>, recipient: &Cpr) {
    xml.within("Sender", |xml| {
        xml.text("senderID", sender.cvr);
        xml.text("idType", "CVR");
        xml.text("label", sender.label);
    });
    xml.within("Recipient", |xml| {
        xml.text("recipientID", recipient.expose());
        xml.text("idType", "CPR");
    });
}

fn header(xml: &mut Xml, draft: &Draft<'_>) {
    xml.within("MessageHeader", |xml| {
        xml.text("messageType", "DIGITALPOST");
        xml.text("messageUUID", &draft.uuid.to_string());
        xml.some("messageID", draft.id.unwrap_or_default());
        xml.some("messageCode", draft.code);
        xml.text("label", draft.label);
        xml.some("notification", draft.notification.unwrap_or_default());
        xml.text("reply", "false");
        xml.text("mandatory", word(draft.mandatory));
        xml.text("legalNotification", word(draft.legal));
        parties(xml, draft.sender, draft.recipient);
    });
}

fn file(xml: &mut Xml, file: &File<'_>) {
    xml.within("File", |xml| {
        xml.text("encodingFormat", file.format.mime());
        xml.text("filename", file.name);
        xml.text("language", file.lang.code());
        xml.0.push_str("<memo:content>");
        STANDARD.encode_string(file.content, &mut xml.0);
        xml.0.push_str("</memo:content>");
    });
}

fn action(xml: &mut Xml, action: &Action<'_>) {
    xml.within("Action", |xml| {
        xml.text("label", action.label);
        xml.text("actionCode", action.kind.code());
        xml.some("startDateTime", &action.from.map(utc).unwrap_or_default());
        xml.some("endDateTime", &action.until.map(utc).unwrap_or_default());
        xml.within("EntryPoint", |xml| xml.text("url", action.url));
    });
}

/// Whole seconds in UTC, as `2026-12-01T09:15:00Z`.
fn utc(at: Timestamp) -> String {
    Timestamp::from_seconds(at.seconds()).to_string()
}

const fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// A document being written. Names are ours, texts are escaped.
struct Xml(String);

impl Xml {
    fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.open("<memo:", name);
        inside(self);
        self.open("</memo:", name);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.within(name, |xml| xml.0.push_str(&escape(text)));
    }

    /// The element, if there is something to say.
    fn some(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    fn open(&mut self, mark: &str, name: &str) {
        self.0.push_str(mark);
        self.0.push_str(name);
        self.0.push('>');
    }
}
