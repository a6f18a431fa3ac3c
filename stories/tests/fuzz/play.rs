//! Plays one target: first every seed as it is, then bent ones until the time is over. What leads to an outcome not
//! seen before is bent further. It refuses to lose an input that broke something: a panic's is kept among the
//! seeds, and one that took the whole process with it stands in `target/tmp`.

use crate::mutate::Random;
use borgerportal_stories::how_many;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Nobody waits longer for one input, however busy the machine is.
const PATIENCE: Duration = Duration::from_secs(5);
/// So many inputs are kept to be bent further.
const POOL: usize = 4_000;
/// Nothing longer is bent further.
const LONGEST: usize = 256 << 10;

/// One input made of another; the last argument holds all that are kept.
pub(crate) type Bend<'a> = dyn Fn(&mut Random, &[u8], &[Vec<u8>]) -> Vec<u8> + 'a;

pub(crate) struct Target<'a> {
    pub(crate) name: &'static str,
    /// Well-formed inputs, besides those in the folder of seeds.
    pub(crate) seeds: Vec<Vec<u8>>,
    pub(crate) bend: &'a Bend<'a>,
    /// Reads it and says in a word what came of it; panics where something is not as it should be.
    pub(crate) read: &'a dyn Fn(&[u8]) -> String,
}

impl Target<'_> {
    pub(crate) fn play(self) {
        let seconds = how_many("PORTAL_FUZZ", 5);
        self.play_for(Duration::from_secs(seconds as u64));
    }

    fn play_for(mut self, time: Duration) {
        let from = how_many("PORTAL_FUZZ_SEED", 1) as u64;
        let (started, mut inputs) = (Instant::now(), 0_u64);
        self.seeds.extend(kept(&folder(self.name)));
        assert!(!self.seeds.is_empty(), "{}: there are no seeds", self.name);
        let mut outcomes: BTreeSet<String> = self.seeds.iter().map(|seed| self.try_one(seed)).collect();
        let (mut pool, mut random) = (std::mem::take(&mut self.seeds), Random::from(from));
        while started.elapsed() < time {
            let one = random.of(&pool).clone();
            let input = (self.bend)(&mut random, &one, &pool);
            let outcome = self.try_one(&input);
            inputs += 1;
            if outcomes.insert(outcome) && pool.len() < POOL && input.len() < LONGEST {
                pool.push(input);
            }
        }
        println!(
            "RESULT fuzz {}: {inputs} inputs in {} s from number {from}, {} outcomes, nothing broke",
            self.name,
            time.as_secs(),
            outcomes.len()
        );
    }

    fn try_one(&self, input: &[u8]) -> String {
        let current = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{}", self.name));
        let _ = std::fs::write(&current, input);
        let started = Instant::now();
        let mut tried = catch_unwind(AssertUnwindSafe(|| (self.read)(input)));
        if started.elapsed() > PATIENCE {
            // Once more: perhaps it was the machine that was slow.
            let again = Instant::now();
            tried = catch_unwind(AssertUnwindSafe(|| (self.read)(input)));
            assert!(
                again.elapsed() < PATIENCE,
                "{}: takes {:?}: {}",
                self.name,
                again.elapsed(),
                self.keep(input)
            );
        }
        tried.unwrap_or_else(|panic| {
            println!("{}: kept as {}", self.name, self.keep(input));
            resume_unwind(panic)
        })
    }

    /// Keeps what broke something as a seed.
    fn keep(&self, input: &[u8]) -> String {
        let mut hasher = DefaultHasher::new();
        input.hash(&mut hasher);
        let folder = folder(self.name);
        let path = folder.join(format!("found-{:016x}", hasher.finish()));
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input));
        written.map_or_else(|error| error.to_string(), |()| path.display().to_string())
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds").join(name)
}

/// The files of a folder, in the order of their names.
pub(crate) fn kept(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// A target that breaks at a certain word: the word is found, and what broke it is kept and played first.
#[test]
fn what_breaks_a_target_is_found_and_kept() {
    let broken = || Target {
        name: "example",
        seeds: vec![b"{\"status\":\"final\"}".to_vec()],
        bend: &crate::mutate::json_bytes,
        read: &|input| {
            let text = String::from_utf8_lossy(input);
            assert!(!text.contains("entered-in-error"), "found");
            text.len().to_string()
        },
    };
    let folder = folder("example");
    let found = catch_unwind(|| broken().play_for(Duration::from_mins(1))).is_err();
    let again = catch_unwind(|| broken().play_for(Duration::ZERO)).is_err();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(found && again, "found {found}, played again {again}");
}
