//! Where a page of a list goes on, as a word in an address. It names a place in a list the reader has just
//! seen; it is no permission, and a wrong one is the first page.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::ItemId;
use borgerportal_domain::Timestamp;
use borgerportal_service::documents::{Page, Place};

/// The word for "what is older than this".
pub(crate) fn after(place: Place) -> String {
    write(0, place)
}

/// The word for "what is newer than this".
pub(crate) fn before(place: Place) -> String {
    write(1, place)
}

fn write(direction: u8, place: Place) -> String {
    let mut bytes = vec![direction];
    bytes.extend(place.sort_at.millis().to_be_bytes());
    bytes.extend(place.id.into_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The page a word leads to.
pub(crate) fn read(word: Option<&str>) -> Page {
    word.and_then(parse).unwrap_or(Page::First)
}

fn parse(word: &str) -> Option<Page> {
    let bytes: [u8; 25] = BASE64_URL_SAFE_NO_PAD.decode(word).ok()?.try_into().ok()?;
    let (direction, rest) = bytes.split_first()?;
    let (sort_at, id) = rest.split_first_chunk::<8>()?;
    let place = Place {
        sort_at: Timestamp::from_millis(i64::from_be_bytes(*sort_at)),
        id: ItemId::from_bytes(id.try_into().ok()?),
    };
    match direction {
        0 => Some(Page::After(place)),
        1 => Some(Page::Before(place)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_found_again_and_no_word_breaks_a_list(
            millis: i64, id: [u8; 16], word in "[A-Za-z0-9_=-]{0,40}",
        ) {
            let place = Place { sort_at: Timestamp::from_millis(millis), id: ItemId::from_bytes(id) };
            prop_assert_eq!(read(Some(&after(place))), Page::After(place));
            prop_assert_eq!(read(Some(&before(place))), Page::Before(place));
            // A word has one reading: what is read is written the same again.
            match read(Some(&word)) {
                Page::First => {}
                Page::After(place) => prop_assert_eq!(after(place), word),
                Page::Before(place) => prop_assert_eq!(before(place), word),
            }
        }
    }

    #[test]
    fn a_cursor_leads_back_and_nonsense_to_the_first_page() {
        let place = Place { sort_at: Timestamp::from_millis(-5), id: ItemId::from_bytes([7; 16]) };
        assert_eq!(read(Some(&after(place))), Page::After(place));
        assert_eq!(read(Some(&before(place))), Page::Before(place));
        for word in ["", "x", "AAAA", "æøå", &after(place)[1..]] {
            assert_eq!(read(Some(word)), Page::First, "{word}");
        }
        assert!(after(place).bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    }
}
