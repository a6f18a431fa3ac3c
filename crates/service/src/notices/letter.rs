//! A notice as a letter. A request goes with a page that can be signed and sent back, under a code that names it
//! without a CPR number; every other notice is its text.

use super::Post;
use super::words::words;
use crate::hex::hex;
use crate::language::spoken;
use borgerportal_domain::mandates::Named;
use borgerportal_domain::notices::NoticeKind;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_memo::letters::{AskedLetter, House, Item, Notice, Occasion, Receiver};
use borgerportal_memo::pdf::Pdf;
use borgerportal_partners::{Envelope, Manifest, town};
use borgerportal_store::keys::sha256;
use borgerportal_store::notices::Message;

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
    let sha256 = hex(&hash);
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
    let lang = spoken(message.says.language);
    let house = house(post, lang, &address, message);
    let says = &message.says;
    let asks = message.kind.brings_request();
    let printed = match (says.other.as_deref(), says.last_day, says.answer_by) {
        (Some(who), Some(last_day), Some(answer_by)) if asks && !says.items.is_empty() => {
            let items: Vec<Item<'_>> =
                says.items.iter().map(|one| Item { title: &one.title, says: &one.says }).collect();
            let occasion = if message.kind == NoticeKind::MandateRequestedReminder {
                Occasion::Reminder
            } else if message.kind == NoticeKind::PaperDeficient {
                Occasion::Deficient
            } else {
                Occasion::First
            };
            AskedLetter { receiver, who, items: &items, last_day, answer_by, code, occasion }.print(&house)
        }
        _ => {
            let words = words(lang, message.kind, message.cause, says);
            let paragraphs: Vec<&str> = words.paragraphs.iter().map(String::as_str).collect();
            let number = says.number.as_deref().unwrap_or_default();
            let receiver = Some(receiver);
            Notice { receiver, title: words.title, paragraphs: &paragraphs, number }.print(&house)
        }
    };
    printed.map_err(|_| "letter.print")
}

/// Where a letter goes to whom a requester named by address alone: there, as it was typed. A number leads to the
/// register and nowhere else.
pub(super) fn typed(named: &Named) -> Option<Envelope> {
    let address = named.address.as_deref().filter(|_| named.cpr.is_none())?;
    Some(Envelope(std::iter::once(named.name.clone()).chain(lines(address)).collect()))
}

/// An address that was typed in one line: the postal code begins the last one.
fn lines(address: &str) -> Vec<String> {
    let words: Vec<&str> = address.split(' ').collect();
    let is_code = |word: &&str| {
        let digits = word.strip_prefix("DK-").or(word.strip_prefix("dk-")).unwrap_or(word);
        digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    match words.iter().rposition(is_code).and_then(|at| words.split_at_checked(at)) {
        Some((street @ [_, ..], last)) => {
            vec![street.join(" ").trim_end_matches(',').to_owned(), town(&last.join(" "))]
        }
        _ => vec![town(address)],
    }
}

/// Four and four, as it is read aloud.
fn grouped(code: &str) -> String {
    let signs: Vec<char> = code.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{grouped, lines, typed};
    use borgerportal_domain::mandates::Named;

    #[test]
    fn an_address_in_one_line_has_its_postal_code_on_the_last() {
        for (typed, wanted) in [
            ("Havnegade 1, 2. tv, 3000 Helsingør", ["Havnegade 1, 2. tv", "3000 Helsingør"].as_slice()),
            ("Havnegade 1 8900 Randers C", &["Havnegade 1", "8900 Randers C"]),
            ("Havnegade 1, DK-3000 Helsingør", &["Havnegade 1", "3000 Helsingør"]),
            ("DK-3000 Helsingør", &["3000 Helsingør"]),
            ("Plejehjemmet Solgården", &["Plejehjemmet Solgården"]),
            ("3000 Helsingør", &["3000 Helsingør"]),
            ("Vej 1820, 1799 København V", &["Vej 1820", "1799 København V"]),
        ] {
            assert_eq!(lines(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn who_was_named_by_number_is_never_written_to_at_an_address_somebody_typed() {
        let both = Named::read("Inger Holm", "720544-0012", "Havnegade 1, 3000 Helsingør").unwrap();
        assert_eq!(typed(&both), None);
        let address = Named::read("Inger Holm", "", "Havnegade 1, 3000 Helsingør").unwrap();
        assert_eq!(typed(&address).unwrap().0, ["Inger Holm", "Havnegade 1", "3000 Helsingør"]);
    }

    #[test]
    fn a_code_is_read_aloud_in_fours() {
        assert_eq!(grouped("K7MP2X9QR4TV"), "K7MP-2X9Q-R4TV");
        assert_eq!(grouped("K7MP2"), "K7MP-2");
        assert_eq!(grouped(""), "");
    }
}
