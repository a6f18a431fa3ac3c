//! Which crate may know which. The ranks are here and nowhere else; a crate without a rank fails,
//! so that a new crate is a decision and not an accident.

use super::Finding;
use super::tree::{Dependency, Kind, Manifest, Tree};

/// Every crate of the product and its rank. A crate imports only lower ranks.
const RANKS: &[(&str, u8)] = &[
    ("domain", 0),
    ("i18n", 0),
    ("identity", 1),
    ("fhir", 1),
    ("memo", 1),
    ("store", 1),
    ("partners", 1),
    ("service", 2),
    ("web", 3),
    ("simulators", 3),
    ("borgerportal", 4),
];

/// Arrows inside one rank, each with its reason.
const SAME_RANK: &[(&str, &str, &str)] =
    &[("partners", "identity", "a partner's answer is proven by identity, which has no network")];

/// Crates that exist for tests and may be used by tests only.
const FOR_TESTS: &[&str] = &["both"];

fn rank(name: &str) -> Option<u8> {
    RANKS.iter().find(|(known, _)| *known == name).map(|(_, rank)| *rank)
}

/// Every arrow between the product's crates points to a lower rank.
pub(super) fn ranks(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.manifests.iter().filter(|manifest| manifest.is_under("crates")) {
        if FOR_TESTS.contains(&manifest.name.as_str()) {
            continue;
        }
        let Some(own) = rank(&manifest.name) else {
            let why =
                format!("the crate {} has no rank: give it one in xtask/src/tidy/arrows.rs", manifest.name);
            findings.push(Finding::new(&manifest.path, 1, why));
            continue;
        };
        let product = manifest.dependencies.iter().filter(|dependency| dependency.kind != Kind::Dev);
        findings.extend(product.filter_map(|dependency| turned(manifest, own, dependency)));
    }
    findings
}

/// The finding, if this dependency is an arrow that does not point down.
fn turned(manifest: &Manifest, own: u8, dependency: &Dependency) -> Option<Finding> {
    let target = match dependency.own() {
        Some(target) => target,
        None if dependency.package == "borgerportal" => "borgerportal",
        None => return None,
    };
    if SAME_RANK.iter().any(|(from, to, _)| *from == manifest.name && *to == target) {
        return None;
    }
    let why = if FOR_TESTS.contains(&target) {
        format!("{target} is for tests: it belongs under [dev-dependencies]")
    } else {
        match rank(target) {
            Some(other) if other < own => return None,
            Some(other) => format!("{} (rank {own}) imports {target} (rank {other})", manifest.name),
            None => format!("{} imports {target}, which has no rank", manifest.name),
        }
    };
    Some(Finding::new(&manifest.path, dependency.line, why))
}

/// The operator's program must not carry the simulators: the dependency is optional.
pub(super) fn demo(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.manifests.iter().filter(|manifest| manifest.is_under("crates")) {
        for dependency in &manifest.dependencies {
            let always = dependency.kind == Kind::Normal && !dependency.optional;
            if dependency.own() == Some("simulators") && always {
                let why = "simulators must be `optional = true`, switched on by the feature `demo`";
                findings.push(Finding::new(&manifest.path, dependency.line, why));
            }
        }
    }
    findings
}
