//! The invariants of ARCHITECTURE.md, as checks. Each has one sentence, and says at which file and
//! line it does not hold. Tidy refuses to fix anything and to know exceptions by file name: a rule
//! that needs one is a rule to change, with an ADR.

mod arrows;
mod house;
mod packages;
mod rooms;
mod sizes;
mod source;
#[cfg(test)]
mod tests;
mod tree;
mod walls;

use crate::say;
use anyhow::{Result, bail};
pub(crate) use packages::count as count_packages;
use std::path::{Path, PathBuf};
use tree::Tree;

/// A place where an invariant does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: PathBuf,
    line: usize,
    why: String,
}

impl Finding {
    fn new(path: &Path, line: usize, why: impl Into<String>) -> Self {
        Self { path: path.to_path_buf(), line, why: why.into() }
    }
}

/// An invariant: the sentence of ARCHITECTURE.md, and the check behind it.
struct Invariant {
    sentence: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

const INVARIANTS: &[Invariant] = &[
    Invariant { sentence: "A crate imports only crates of lower rank.", check: arrows::ranks },
    Invariant {
        sentence: "The simulators are in the program only behind the feature `demo`.",
        check: arrows::demo,
    },
    Invariant { sentence: "A room never imports another room.", check: rooms::imports },
    Invariant { sentence: "A room has the same name in every layer.", check: rooms::names },
    Invariant { sentence: "SQL stands only in store.", check: walls::sql },
    Invariant { sentence: "The engines are named only in store/src/engine.", check: walls::engines },
    Invariant { sentence: "HTTP and HTML are known only in web and the simulators.", check: walls::http },
    Invariant { sentence: "HTTP clients stand only in partners and the simulators.", check: walls::clients },
    Invariant {
        sentence: "domain, i18n, identity, fhir and memo are free of async, files, clock and randomness.",
        check: walls::pure,
    },
    Invariant { sentence: "Only service/src/access.rs grants an Access.", check: house::grants },
    Invariant { sentence: "No citizen data is read without an Access.", check: house::reads },
    Invariant { sentence: "There is no global state.", check: house::globals },
    Invariant { sentence: "Every module says first what it is for.", check: house::paragraphs },
    Invariant { sentence: "No test is ignored.", check: house::ignored },
    Invariant { sentence: "A file has at most 400 lines.", check: sizes::files },
    Invariant { sentence: "A function has at most 70 lines.", check: sizes::functions },
];

/// Checks the tree under `root`, prints each invariant with `ok` or `FAIL`, and fails if one did.
pub(crate) fn run(root: &Path) -> Result<()> {
    let tree = Tree::load(root)?;
    let mut failed = 0_usize;
    for invariant in INVARIANTS {
        let mut findings = (invariant.check)(&tree);
        findings.sort();
        failed += usize::from(!report(invariant.sentence, &findings));
    }
    for (sentence, findings) in packages::check(root)? {
        failed += usize::from(!report(&sentence, &findings));
    }
    say::line(format!("       {}", sizes::test_share(&tree)));
    if failed > 0 {
        bail!("{failed} invariants do not hold");
    }
    Ok(())
}

fn report(sentence: &str, findings: &[Finding]) -> bool {
    let holds = findings.is_empty();
    say::line(format!("{}  {sentence}", if holds { "  ok " } else { "FAIL " }));
    for Finding { path, line, why } in findings {
        say::line(format!("       {}:{line}: {why}", path.display()));
    }
    holds
}
