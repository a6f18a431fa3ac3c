//! The head of a document as bytes: the few fields that a list row shows, read without a parser. Version 1:
//! `1, flags, changed at (i64), then title, author and unit, each u16 length + UTF-8`.

use crate::error::StoreError;
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::time::{Date, Timestamp};

const VERSION: u8 = 1;
const PDF: u8 = 1;
const CHANGED: u8 = 2;
const AUTHOR: u8 = 4;
const UNIT: u8 = 8;

/// What lies under the seal of `record_item.head`: a document's head without its id, type, area and date.
#[must_use]
pub fn encode(head: &DocumentHead) -> Vec<u8> {
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let flags = flag(head.has_pdf, PDF)
        | flag(head.changed.is_some(), CHANGED)
        | flag(head.author.is_some(), AUTHOR)
        | flag(head.unit.is_some(), UNIT);
    let mut bytes = vec![VERSION, flags];
    bytes.extend(head.changed.map_or(0, Timestamp::millis).to_be_bytes());
    for text in [Some(&head.title), head.author.as_ref(), head.unit.as_ref()] {
        put_text(&mut bytes, cut(text.map_or("", String::as_str)));
    }
    bytes
}

/// What a head says, besides what stands in columns of its own.
pub(crate) struct Plain<'a> {
    pub(crate) title: &'a str,
    pub(crate) author: Option<&'a str>,
    pub(crate) unit: Option<&'a str>,
    pub(crate) has_pdf: bool,
    pub(crate) changed: Option<Timestamp>,
}

pub(crate) fn decode(bytes: &[u8]) -> Result<Plain<'_>, StoreError> {
    read(bytes).ok_or(StoreError::corrupt("record_item", "head"))
}

fn read(bytes: &[u8]) -> Option<Plain<'_>> {
    let ([version, flags], rest) = bytes.split_first_chunk::<2>()?;
    if *version != VERSION {
        return None;
    }
    let (changed, rest) = rest.split_first_chunk::<8>()?;
    let (title, rest) = text(rest)?;
    let (author, rest) = text(rest)?;
    let (unit, _) = text(rest)?;
    let has = |flag: u8| flags & flag != 0;
    Some(Plain {
        title,
        author: has(AUTHOR).then_some(author),
        unit: has(UNIT).then_some(unit),
        has_pdf: has(PDF),
        changed: has(CHANGED).then(|| Timestamp::from_millis(i64::from_be_bytes(*changed))),
    })
}

/// Appends a text as [`text`] reads it; what does not fit into a u16 length is cut off between characters.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    let text = text.get(..text.floor_char_boundary(usize::from(u16::MAX))).unwrap_or_default();
    bytes.extend(u16::try_from(text.len()).unwrap_or(0).to_be_bytes());
    bytes.extend(text.as_bytes());
}

/// A u16 length and its UTF-8 from the front of the bytes, and what is left of them.
pub(crate) fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    let (text, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// At most 300 bytes, cut between characters: a list row shows no more, the document keeps all.
fn cut(text: &str) -> &str {
    let end = text.floor_char_boundary(300);
    text.get(..end).unwrap_or(text)
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A date as the column keeps it: days since 1970.
pub(crate) fn days(date: Date) -> i64 {
    i64::from((date - EPOCH).get_days())
}

/// A date from its column.
pub(crate) fn date(days: i64) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::documents::DocumentType;
    use borgerportal_domain::ids::ItemId;
    use borgerportal_domain::items::Area;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_head_comes_back_as_it_went(title in ".{0,120}", author in proptest::option::of(".{0,40}"),
            day in -40_000_i64..80_000, changed in proptest::option::of(any::<i64>()), has_pdf: bool) {
            let dated = date(day).unwrap();
            let head = DocumentHead {
                id: ItemId::from_bytes([1; 16]), title: title.clone(), kind: DocumentType::Letter,
                area: Area::Nursing, author: author.clone(), unit: None, dated, has_pdf,
                changed: changed.map(Timestamp::from_millis),
            };
            let bytes = encode(&head);
            let plain = decode(&bytes).unwrap();
            prop_assert_eq!(plain.title, cut(&title));
            prop_assert_eq!(plain.author, author.as_deref().map(cut));
            prop_assert_eq!(plain.unit, None);
            prop_assert_eq!((days(dated), plain.has_pdf), (day, has_pdf));
            prop_assert_eq!(plain.changed.map(Timestamp::millis), changed);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(&bytes);
        }
    }
}
