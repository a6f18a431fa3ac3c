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
    let text = String::from_utf8_lossy(&output.stdout);
    let package = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?))
    };
    Ok(text.lines().filter_map(package).collect())
}

pub(crate) fn count(root: &Path) -> Result<usize> {
    Ok(list(root)?.len())
}

/// The two invariants of the package list, with their findings.
pub(super) fn check(root: &Path) -> Result<Vec<(String, Vec<Finding>)>> {
    let packages = list(root)?;
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
    Ok(vec![(size, too_many.into_iter().collect()), (clean, unwanted)])
}
