//! The tree that makes the access log tamper-evident: leaves are salted commitments of lines, a batch is one
//! Merkle root, and roots are chained. Pure: bytes in, hashes out. Leaf and node hashes have different
//! prefixes, so that a node can never be passed off as a line.

use crate::keys::sha256;

/// A hash of the tree.
pub type Hash = [u8; 32];

/// One step of an inclusion proof: the neighbour, and whether it stands to the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The neighbour's hash.
    pub neighbour: Hash,
    /// True if it comes first.
    pub left: bool,
}

/// The salted commitment of a line. Without the salt it says nothing about the line.
pub fn leaf(salt: &[u8; 16], line: &[u8]) -> Hash {
    let mut bytes = vec![0];
    bytes.extend_from_slice(salt);
    bytes.extend_from_slice(line);
    sha256(&bytes)
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    for (slot, byte) in bytes.iter_mut().skip(1).zip(left.iter().chain(right)) {
        *slot = *byte;
    }
    sha256(&bytes)
}

/// The next level: pairs are hashed, a last one without a neighbour moves up as it is.
fn level(hashes: &[Hash]) -> Vec<Hash> {
    hashes
        .chunks(2)
        .map(|pair| match pair {
            [left, right] => node(left, right),
            [alone] => *alone,
            _ => [0; 32],
        })
        .collect()
}

/// The root of a batch. An empty batch has the hash of nothing.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut hashes = leaves.to_vec();
    while hashes.len() > 1 {
        hashes = level(&hashes);
    }
    hashes.first().copied().unwrap_or_else(|| sha256(&[]))
}

/// The way from one leaf to the root.
pub fn proof(leaves: &[Hash], position: usize) -> Vec<Step> {
    let (mut hashes, mut at, mut steps) = (leaves.to_vec(), position, Vec::new());
    while hashes.len() > 1 {
        if let Some(neighbour) = hashes.get(at ^ 1) {
            steps.push(Step { neighbour: *neighbour, left: at % 2 == 1 });
        }
        hashes = level(&hashes);
        at /= 2;
    }
    steps
}

/// The root that a leaf and its proof lead to.
pub fn climb(leaf: Hash, steps: &[Step]) -> Hash {
    steps.iter().fold(leaf, |hash, step| {
        if step.left { node(&step.neighbour, &hash) } else { node(&hash, &step.neighbour) }
    })
}

/// The chain: this batch's root after all before it.
pub fn chain(previous: &Hash, root: &Hash) -> Hash {
    node(previous, root)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|number| leaf(&[7; 16], &number.to_be_bytes())).collect()
    }

    proptest! {
        #[test]
        fn every_line_of_a_batch_proves_itself(count in 1_usize..70, pick in 0_usize..1000) {
            let leaves = leaves(count);
            let position = pick % count;
            prop_assert_eq!(climb(leaves[position], &proof(&leaves, position)), root(&leaves));
        }

        #[test]
        fn a_changed_line_never_proves_itself(count in 1_usize..70, pick in 0_usize..1000) {
            let leaves = leaves(count);
            let position = pick % count;
            let forged = leaf(&[7; 16], b"forged");
            prop_assert_ne!(climb(forged, &proof(&leaves, position)), root(&leaves));
        }
    }

    #[test]
    fn order_and_count_change_the_root() {
        let three = leaves(3);
        let mut swapped = three.clone();
        swapped.swap(0, 1);
        assert_ne!(root(&three), root(&swapped));
        assert_ne!(root(&three), root(&leaves(4)));
        assert_ne!(root(&[]), root(&leaves(1)));
    }
}
