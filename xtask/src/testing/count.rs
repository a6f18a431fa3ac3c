//! Reads how many tests passed and failed from what the test runners print. It refuses to guess: a
//! line it does not know counts nothing, and a run that counts nothing is a failure of the caller.

use std::ops::Add;

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) passed: u32,
    pub(super) failed: u32,
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// nextest: `Summary [ 1.2s] 9 tests run: 6 passed (1 slow), 2 failed, 1 timed out, 3 skipped`.
pub(super) fn nextest(output: &str) -> Count {
    let summary = output.lines().rev().find(|line| line.trim_start().starts_with("Summary ["));
    let counts = summary.and_then(|line| line.split_once("run:")).map_or("", |(_, counts)| counts);
    let failed = ["failed", "timed out", "exec failed"];
    Count { passed: number(counts, "passed"), failed: failed.iter().map(|word| number(counts, word)).sum() }
}

/// cargo test: `test result: ok. 3 passed; 0 failed; 0 ignored; …`, once for each binary.
pub(super) fn cargo_test(output: &str) -> Count {
    let results = output.lines().filter_map(|line| line.trim().strip_prefix("test result:"));
    let counts = results.map(|line| Count { passed: number(line, "passed"), failed: number(line, "failed") });
    counts.fold(Count::default(), Add::add)
}

/// node --test in TAP: `# pass 12`, `# fail 1`, `# cancelled 0`.
pub(super) fn tap(output: &str) -> Count {
    let number = |word: &str| -> u32 {
        let lines = output.lines().filter_map(|line| line.strip_prefix("# ")?.strip_prefix(word));
        lines.filter_map(|rest| rest.trim().parse::<u32>().ok()).sum()
    };
    Count { passed: number("pass "), failed: number("fail ") + number("cancelled ") }
}

/// The number in front of `word`, in a list separated by commas, semicolons or full stops.
fn number(list: &str, word: &str) -> u32 {
    let parts = list.split([',', ';', '.']).map(str::trim);
    let counted = parts.filter_map(|part| {
        let (count, rest) = part.split_once(' ')?;
        let said = rest.split(" (").next().unwrap_or(rest);
        if said == word { count.parse::<u32>().ok() } else { None }
    });
    counted.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextest_counts_every_way_to_fail() {
        let line = "     Summary [   1.234s] 12 tests run: 8 passed (1 slow, 1 flaky), 2 failed, 1 timed out, 1 exec failed, 3 skipped\n";
        assert_eq!(nextest(line), Count { passed: 8, failed: 4 });
        let line = "────\n     Summary [   0.021s] 7 tests run: 7 passed, 0 skipped\n";
        assert_eq!(nextest(line), Count { passed: 7, failed: 0 });
        assert_eq!(nextest("error: could not compile"), Count::default());
    }

    #[test]
    fn tap_counts_what_was_cancelled_as_failed() {
        let lines =
            "ok 1 - logs in\n1..3\n# tests 3\n# suites 0\n# pass 1\n# fail 1\n# cancelled 1\n# skipped 0\n";
        assert_eq!(tap(lines), Count { passed: 1, failed: 2 });
    }

    #[test]
    fn cargo_test_adds_its_binaries() {
        let lines = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n\ntest result: FAILED. 1 passed; 2 failed; 0 ignored\n";
        assert_eq!(cargo_test(lines), Count { passed: 4, failed: 2 });
    }
}
