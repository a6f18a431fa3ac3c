//! Numbers that a person reads from their page and says on the telephone, from the id of what they name.

use uuid::Uuid;

/// Letters and digits of a number, without those that look alike.
pub(crate) const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number that people read: eight letters and digits of the id, without those that look alike.
#[must_use]
pub fn number(id: Uuid) -> String {
    let (_, low) = id.as_u64_pair();
    let letter = |at: u32| {
        let index = usize::try_from(low >> (5 * at) & 31).unwrap_or(0);
        LETTERS.get(index).map_or('0', |byte| char::from(*byte))
    };
    let text: String = (0..8).rev().map(letter).collect();
    let (first, second) = text.split_at(4);
    format!("F-{first}-{second}")
}
