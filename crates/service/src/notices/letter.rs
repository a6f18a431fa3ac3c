//! A notice as a letter. A request goes with a page that can be signed and sent back, under a code that names it
//! without a CPR number; every other notice is its text.

use super::words::words;
use super::{Post, memo};
use borgerportal_domain::notices::NoticeKind;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_memo::letters::{AskedLetter, House, Item, Notice, Receiver};
use borgerportal_memo::pdf::Pdf;
use borgerportal_partners::{Envelope, Manifest};
use borgerportal_store::keys::sha256;
use borgerportal_store::notices::Message;
use std::fmt::Write as _;

/// Who sends, as a letter needs it.
pub(super) fn house<'a>(post: &'a Post, lang: Lang, address: &'a [&'a str], message: &Message) -> House<'a> {
    let site = post.links.host_str().unwrap_or_default();
    let date = copenhagen_date(message.at);
    House { lang, name: &post.sender.name, address, phone: &post.sender.phone, site, date }
}

/// The PDF and what the print service must know. The same message gives the same letter. The error is a code.
pub(super) fn write(
    message: &Message,
    envelope: &Envelope,
    post: &Post,
) -> Result<(Manifest, [u8; 32], Vec<u8>), &'static str> {
    let [name, lines @ ..] = envelope.0.as_slice() else { return Err("letter.envelope") };
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let receiver = Receiver { name, address: &lines };
    let code = grouped(&message.code);
    let pdf = print(message, receiver, &code, post)?;
    let hash = sha256(&pdf.bytes);
    let sha256 = hash.iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    let manifest = Manifest {
        number: message.uuid.hyphenated().to_string(),
        pages: u32::try_from(pdf.pages).map_err(|_| "letter.pages")?,
        code,
        sha256,
        envelope: envelope.0.clone(),
    };
    Ok((manifest, hash, pdf.bytes))
}

fn print(message: &Message, receiver: Receiver<'_>, code: &str, post: &Post) -> Result<Pdf, &'static str> {
    let address: Vec<&str> = post.sender.address.iter().map(String::as_str).collect();
    let house = house(post, memo::LANG, &address, message);
    let says = &message.says;
    let asks = matches!(message.kind, NoticeKind::MandateRequested | NoticeKind::MandateRequestedReminder);
    let printed = match (says.other.as_deref(), says.last_day, says.answer_by) {
        (Some(who), Some(last_day), Some(answer_by)) if asks && !says.items.is_empty() => {
            let items: Vec<Item<'_>> =
                says.items.iter().map(|one| Item { title: &one.title, says: &one.says }).collect();
            let reminder = message.kind == NoticeKind::MandateRequestedReminder;
            AskedLetter { receiver, who, items: &items, last_day, answer_by, code, reminder }.print(&house)
        }
        _ => {
            let words = words(memo::LANG, message.kind, message.cause, says);
            let paragraphs: Vec<&str> = words.paragraphs.iter().map(String::as_str).collect();
            let number = says.number.as_deref().unwrap_or_default();
            let receiver = Some(receiver);
            Notice { receiver, title: words.title, paragraphs: &paragraphs, number }.print(&house)
        }
    };
    printed.map_err(|_| "letter.print")
}

/// Four and four, as it is read aloud.
fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_code_is_read_aloud_in_fours() {
        assert_eq!(grouped("K7MP2X9QR4TV"), "K7MP-2X9Q-R4TV");
        assert_eq!(grouped("K7MP2"), "K7MP-2");
        assert_eq!(grouped(""), "");
    }
}
