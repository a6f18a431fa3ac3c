//! What the national mandate service said at a log-in, as it lies under the seal of its session: read at every
//! request of that session, and so without a parser. It refuses to keep when it was said: that is when the person
//! proved who they are, and stands in the session.

use crate::error::StoreError;
use crate::head::{put_text, text};
use crate::tx::Tx;
use borgerportal_domain::access::{Claim, PrivilegeSet};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;

const VERSION: u8 = 1;

/// Giver, municipality, place of the set of privileges.
const ENTRY_BYTES: usize = 16 + 2 + 2;

/// Bound to the session: sealed bytes say nothing in another row.
fn place(token_hash: &[u8; 32]) -> Vec<u8> {
    [b"session claims ".as_slice(), token_hash].concat()
}

/// Sealed for its row; nothing where nothing was said.
pub(crate) fn seal(
    tx: &Tx<'_>,
    token_hash: &[u8; 32],
    claims: &[Claim],
) -> Result<Option<Vec<u8>>, StoreError> {
    if claims.is_empty() {
        return Ok(None);
    }
    tx.keys().seal_person(&place(token_hash), tx.nonce(), &encode(claims)).map(Some)
}

/// What was said when the person last proved who they are.
pub(crate) fn open(
    tx: &Tx<'_>,
    token_hash: &[u8; 32],
    sealed: &[u8],
    asserted_at: Timestamp,
) -> Result<Vec<Claim>, StoreError> {
    let plain = tx.keys().open_person(&place(token_hash), sealed).ok();
    plain.and_then(|plain| decode(&plain, asserted_at)).ok_or(StoreError::corrupt("session", "claims"))
}

/// `1, number of sets (u16), each u16 length + codes, then for each claim giver, municipality (u16), its set (u16)`.
/// Who helps hundreds of people does so with a handful of sets.
fn encode(claims: &[Claim]) -> Vec<u8> {
    let mut sets: Vec<PrivilegeSet> = Vec::new();
    let mut entries = Vec::with_capacity(claims.len() * ENTRY_BYTES);
    for claim in claims {
        let known = sets.iter().position(|set| *set == claim.privileges);
        let at = known.unwrap_or_else(|| {
            sets.push(claim.privileges);
            sets.len() - 1
        });
        entries.extend(claim.giver.into_bytes());
        entries.extend(claim.municipality.number().to_be_bytes());
        entries.extend(short(at));
    }
    let mut bytes = vec![VERSION];
    bytes.extend(short(sets.len()));
    for set in &sets {
        put_text(&mut bytes, &set.codes());
    }
    bytes.extend(entries);
    bytes
}

/// A list has at most 2,000 groups: no number here comes near the end of two bytes.
fn short(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes()
}

fn decode(bytes: &[u8], asserted_at: Timestamp) -> Option<Vec<Claim>> {
    let (version, rest) = bytes.split_first()?;
    let (count, mut rest) = rest.split_first_chunk::<2>()?;
    let mut sets = Vec::new();
    for _ in 0..u16::from_be_bytes(*count) {
        let (codes, more) = text(rest)?;
        sets.push(PrivilegeSet::from_codes(codes));
        rest = more;
    }
    let (entries, odd) = rest.as_chunks::<ENTRY_BYTES>();
    if *version != VERSION || !odd.is_empty() {
        return None;
    }
    let claim = |entry: &[u8; ENTRY_BYTES]| {
        let (giver, rest) = entry.split_first_chunk::<16>()?;
        let (municipality, set) = rest.split_first_chunk::<2>()?;
        let set = usize::from(u16::from_be_bytes(set.try_into().ok()?));
        Some(Claim {
            giver: PersonId::from_bytes(*giver),
            municipality: MunicipalityCode::new(u16::from_be_bytes(*municipality))?,
            privileges: *sets.get(set)?,
            asserted_at,
        })
    };
    entries.iter().map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::access::Privilege;
    use proptest::prelude::*;

    const AT: Timestamp = Timestamp::from_millis(1_795_262_400_000);

    fn claim(giver: u8, number: u16, privileges: PrivilegeSet) -> Claim {
        let municipality = MunicipalityCode::new(number).unwrap();
        Claim { giver: PersonId::from_bytes([giver; 16]), municipality, privileges, asserted_at: AT }
    }

    fn claims() -> impl Strategy<Value = Vec<Claim>> {
        let set = prop::sample::subsequence(Privilege::ALL.to_vec(), 0..=Privilege::ALL.len());
        let one = (any::<u8>(), prop::sample::select(vec![101_u16, 217, 730]), set)
            .prop_map(|(giver, number, set)| claim(giver, number, set.into_iter().collect()));
        prop::collection::vec(one, 0..40)
    }

    proptest! {
        #[test]
        fn what_was_said_comes_back_as_it_was_said(claims in claims()) {
            prop_assert_eq!(decode(&encode(&claims), AT), Some(claims));
        }

        #[test]
        fn no_bytes_make_it_panic_or_name_a_set_that_is_not_there(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(&bytes, AT);
        }
    }

    #[test]
    fn what_is_cut_off_goes_on_or_is_of_another_version_says_nothing() {
        let whole = encode(&[claim(1, 217, PrivilegeSet::all()), claim(2, 730, PrivilegeSet::EMPTY)]);
        assert!(decode(&whole, AT).is_some());
        for end in 0..whole.len() {
            let fewer = decode(&whole[..end], AT);
            assert!(fewer.is_none_or(|fewer| fewer.len() < 2), "{end}");
        }
        assert_eq!(decode(&[&whole[..], &[0]].concat(), AT), None);
        assert_eq!(decode(&[&[VERSION + 1], &whole[1..]].concat(), AT), None);
        let mut beyond = whole.clone();
        *beyond.last_mut().unwrap() = 2;
        assert_eq!(decode(&beyond, AT), None, "there are two sets");
    }

    #[test]
    fn hundreds_of_givers_are_a_few_kilobytes() {
        let municipality = MunicipalityCode::new(217).unwrap();
        let of = |number: u16| Claim {
            giver: PersonId::from_bytes(u128::from(number).to_be_bytes()),
            municipality,
            privileges: if number.is_multiple_of(2) {
                PrivilegeSet::all()
            } else {
                PrivilegeSet::all_reading()
            },
            asserted_at: AT,
        };
        let many: Vec<Claim> = (0..900).map(of).collect();
        assert!(encode(&many).len() < 20_000, "{}", encode(&many).len());
        assert_eq!(decode(&encode(&many), AT).unwrap(), many);
    }
}
