//! Numbers that look random and are the same every time: splitmix64 under the run's seed. Never for secrets.

/// A stream of numbers for one purpose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The stream of one thing (`index`) for one purpose under a seed.
    pub(crate) const fn of(seed: u64, purpose: u64, index: u64) -> Self {
        Self(mix(seed ^ mix(purpose ^ mix(index))))
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// A number below `end`, or 0 when there is none.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        let high = self.next() as u128 * end as u128;
        (high >> 64) as u64
    }

    /// One of these.
    pub(crate) fn one<T: Copy + Default>(&mut self, all: &[T]) -> T {
        let at = usize::try_from(self.below(all.len() as u64)).unwrap_or(0);
        all.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_be_bytes();
            chunk.copy_from_slice(word.get(..chunk.len()).unwrap_or_default());
        }
        bytes
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream_and_others_another() {
        let roll = |seed, purpose, index| Dice::of(seed, purpose, index).bytes::<20>();
        assert_eq!(roll(1, 2, 3), roll(1, 2, 3));
        assert_ne!(roll(1, 2, 3), roll(2, 2, 3));
        assert_ne!(roll(1, 2, 3), roll(1, 3, 3));
        assert_ne!(roll(1, 2, 3), roll(1, 2, 4));
        let mut dice = Dice::of(7, 7, 7);
        assert!((0..1_000).all(|_| dice.below(10) < 10));
    }
}
