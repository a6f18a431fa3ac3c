//! What the operator's program is made of, asked of Cargo itself: how many packages, and that no
//! simulator, test tool or second TLS library is among them. It refuses to guess from Cargo.lock,
//! which holds more than is linked.

use super::Finding;
use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

const PACKAGES_MAX: usize = 450;

/// Packages that must not be in the program as operators build it.
const UNWANTED: &[(&str, &str)] = &[
    ("borgerportal-simulators", "simulators are for the demo and for tests"),
    ("borgerportal-both", "a test tool"),
    ("openssl-sys", "TLS is rustls"),
    ("native-tls", "TLS is rustls"),
    ("aws-lc-sys", "all cryptography is ring"),
    ("sqlx-core", "the store speaks to its engines itself"),
];

/// The packages of the program with default features: "name version".
fn list(root: &Path) -> Result<BTreeSet<String>> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let output = Command::new(cargo)
        .args(["tree", "-p", "borgerportal", "-e", "normal", "--prefix", "none", "--locked"])
        .current_dir(root)
        .output()
        .context("cargo tree")?;
    if !output.status.success() {
        bail!("cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(read(&String::from_utf8_lossy(&output.stdout)))
}

/// "name version" of every line, each once: a package may stand in a tree many times.
fn read(tree: &str) -> BTreeSet<String> {
    let package = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?))
    };
    tree.lines().filter_map(package).collect()
}

pub(crate) fn count(root: &Path) -> Result<usize> {
    Ok(list(root)?.len())
}

/// The two invariants of the package list, with their findings.
pub(super) fn check(root: &Path) -> Result<Vec<(String, Vec<Finding>)>> {
    Ok(judge(&list(root)?))
}

fn judge(packages: &BTreeSet<String>) -> Vec<(String, Vec<Finding>)> {
    let lock = Path::new("Cargo.lock");
    let size = format!("The program has at most {PACKAGES_MAX} packages: {}.", packages.len());
    let over = packages.len() > PACKAGES_MAX;
    let too_many = over.then(|| Finding::new(lock, 1, format!("{} packages", packages.len())));
    let mut unwanted = Vec::new();
    for (name, why) in UNWANTED {
        if packages.iter().any(|package| package.split(' ').next() == Some(name)) {
            unwanted.push(Finding::new(lock, 1, format!("{name}: {why}")));
        }
    }
    let clean = "The operator's program holds no simulator, no test tool, no second cryptography.".to_owned();
    vec![(size, too_many.into_iter().collect()), (clean, unwanted)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_counts_once_for_each_of_its_versions() {
        let tree = "borgerportal v0.1.0 (/work/x)\nserde v1.0.2\n\nserde v1.0.2 (*)\nrand v0.8.5\nrand v0.9.1\n[x]\n";
        let names: Vec<String> = read(tree).into_iter().collect();
        assert_eq!(names, ["borgerportal v0.1.0", "rand v0.8.5", "rand v0.9.1", "serde v1.0.2"]);
    }

    #[test]
    fn one_package_too_many_and_each_unwanted_one_fail() {
        let many = |count: usize| (0..count).map(|number| format!("p{number} v1")).collect::<BTreeSet<_>>();
        let wrong = |packages: &BTreeSet<String>| -> Vec<usize> {
            judge(packages).iter().map(|(_, findings)| findings.len()).collect()
        };
        assert_eq!(wrong(&many(PACKAGES_MAX)), [0, 0]);
        assert_eq!(wrong(&many(PACKAGES_MAX + 1)), [1, 0]);
        for (name, why) in UNWANTED {
            let mut packages = many(3);
            packages.insert(format!("{name}-macros v1"));
            assert_eq!(wrong(&packages), [0, 0], "{name} is only part of a name");
            packages.insert(format!("{name} v9"));
            let finding = judge(&packages).remove(1).1.remove(0);
            assert_eq!(finding.why, format!("{name}: {why}"));
        }
    }
}
