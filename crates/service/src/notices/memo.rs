//! A notice as a Digital Post message: MeMo 1.1 with the text as HTML and as plain text, and a button that leads to
//! the portal. What the rules of messages refuse is not sent.

use super::words::words;
use super::{Post, letter};
use crate::language::spoken;
use borgerportal_i18n::{Lang, Texts};
use borgerportal_memo::letters::Notice;
use borgerportal_memo::message::{Action, ActionKind, Draft, File, Format, Sender};
use borgerportal_memo::{message, xml};
use borgerportal_store::notices::Message;

/// The message on the wire. The same message gives the same bytes, however often it is asked for. The error is a
/// code for operators.
pub(super) fn write(message: &Message, post: &Post) -> Result<Vec<u8>, &'static str> {
    let lang = spoken(message.says.language);
    let words = words(lang, message.kind, message.cause, &message.says);
    let paragraphs: Vec<&str> = words.paragraphs.iter().map(String::as_str).collect();
    let number = message.says.number.as_deref().unwrap_or_default();
    let notice = Notice { receiver: None, title: words.title, paragraphs: &paragraphs, number };
    let recipient = message.recipient.as_ref().ok_or("memo.recipient")?;
    let address: Vec<&str> = post.sender.address.iter().map(String::as_str).collect();
    let house = letter::house(post, lang, &address, message);
    let html = notice.html(&house).map_err(|_| "memo.text")?;
    let plain = words.paragraphs.join("\n\n");
    let url = post.links.join(&words.path).map_err(|_| "memo.link")?;
    let code = message.kind.code().to_ascii_uppercase();
    let kind = if message.kind.wants_answer() { ActionKind::Selvbetjening } else { ActionKind::Information };
    let file = |format, name, content| File { format, name, lang, content };
    let draft = Draft {
        uuid: message.uuid,
        id: Some(number).filter(|number| !number.is_empty()),
        code: &code,
        label: words.title,
        notification: Some(words.line),
        mandatory: false,
        legal: false,
        sender: Sender { cvr: &post.sender.cvr, label: &post.sender.name },
        recipient: &recipient.cpr,
        created_at: message.at,
        document: words.title,
        files: vec![
            file(Format::Html, name(lang, Format::Html), html.as_bytes()),
            file(Format::Text, name(lang, Format::Text), plain.as_bytes()),
        ],
        actions: vec![Action { label: words.button, kind, url: url.as_str(), from: None, until: None }],
    };
    let message = message::Message::new(draft).map_err(|_| "memo.rules")?;
    Ok(xml::write(&message).into_bytes())
}

/// The names of files say nothing either.
fn name(lang: Lang, format: Format) -> &'static str {
    let texts = Texts::of(lang);
    match format {
        Format::Html => texts.get("notice-file-html"),
        Format::Text | Format::Pdf => texts.get("notice-file-text"),
    }
}

#[cfg(test)]
mod tests;
