//! Mandates by the number that people read from their page and say on the telephone. It refuses to guess: a number is
//! short, so two mandates may bear it, and then both are told.

use crate::problem::Problem;
use crate::spoken::LETTERS;
use borgerportal_domain::ids::MandateId;
use borgerportal_store::mandates as store;
use borgerportal_store::tx::Tx;

/// How somebody names a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// By its id.
    Id(MandateId),
    /// By its number, or that of the request it came of: the last bytes of the id.
    Number([u8; 5]),
}

impl Known {
    /// As typed by a person at a desk: `F-`, spaces, hyphens and small letters do not matter, and what looks alike is
    /// what it looks like. Nothing where it is neither a number nor an id.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if let Ok(id) = MandateId::parse(text) {
            return Some(Self::Id(id));
        }
        let signs: String = text.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
        let signs = signs.to_ascii_uppercase();
        let number = if signs.len() == 9 { signs.strip_prefix('F')? } else { &signs };
        if number.len() != 8 {
            return None;
        }
        let bits = number.bytes().try_fold(0_u64, |bits, sign| Some(bits << 5 | value(sign)?))?;
        let [_, _, _, bytes @ ..] = bits.to_be_bytes();
        Some(Self::Number(bytes))
    }
}

fn value(sign: u8) -> Option<u64> {
    let sign = match sign {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    LETTERS.iter().zip(0..).find_map(|(letter, value)| (*letter == sign).then_some(value))
}

/// The mandates that are known so: of an id the one, of a number as good as always one or none.
pub fn find(tx: &Tx<'_>, known: Known) -> Result<Vec<MandateId>, Problem> {
    match known {
        Known::Id(id) => Ok(vec![id]),
        Known::Number(bytes) => Ok(store::ending_with(tx, bytes)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spoken::number;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn what_is_no_number_is_not_read_as_one() {
        let id = "0192d3a4-0000-7000-8000-00000000002a";
        assert_eq!(Known::read(id), Some(Known::Id(MandateId::parse(id).unwrap())));
        for text in [
            "",
            "F",
            "F-0000-00000",
            "G-0000-0000",
            "F-0000-000U",
            "F-000æ-000",
            "720544-0012",
            "7205440012",
            "0192D3A4-0000-7000-8000-00000000002A",
        ] {
            assert_eq!(Known::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let bytes = [0x08, 0x42, 0x10, 0x84, 0x20];
        for text in ["F-1111-1110", "f 1111 1110", "11111110", "F-IlI1-ilLo", "  F1111-1110 "] {
            assert_eq!(Known::read(text), Some(Known::Number(bytes)), "{text}");
        }
        // A number may itself begin with F.
        assert_eq!(Known::read("FFFF-FFFF"), Known::read("F-FFFF-FFFF"));
    }

    proptest! {
        #[test]
        fn the_number_of_an_id_is_the_end_of_it(bytes: [u8; 16]) {
            let end: [u8; 5] = bytes[11..].try_into().unwrap();
            prop_assert_eq!(Known::read(&number(Uuid::from_bytes(bytes))), Some(Known::Number(end)));
        }

        #[test]
        fn no_text_is_too_strange_to_be_read(text: String) {
            let _ = Known::read(&text);
        }
    }
}
