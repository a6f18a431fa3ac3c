//! Importing the catalogue: a file is read whole, compared with what is kept, and written in one errand or not at
//! all. A version that exists is never changed but for its last day; changing a vendor's map compiles every item
//! that was signed anew, so that mandates outlive vendors.

use super::packages::{OUR_SERVICE, opens};
use crate::problem::Problem;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::ids::{PackageId, PackageVersionId};
use borgerportal_domain::mandates::CatalogueEntry;
use borgerportal_domain::mandates::import::{self, ImportError, PackageRow};
use borgerportal_store::mandates::packages::{self as store, Activation, Mapped};
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What an import did or would do, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff {
    /// What is new.
    pub added: Vec<String>,
    /// What becomes different.
    pub changed: Vec<String>,
    /// How many lines say what is kept already.
    pub same: usize,
    /// Items of signed mandates that were compiled anew.
    pub recompiled: u64,
}

/// Why a file that reads was not taken: the line, from 1, and what is wrong. Nothing of it is stored.
pub type Unfit = (usize, String);

/// The same before its line was looked up: the row, from 0.
type UnfitRow = (usize, String);

/// A file of one of the three kinds, which its first line tells.
#[derive(Debug, Clone)]
pub struct File {
    rows: Rows,
    /// The line in which each row stands.
    lines: Vec<usize>,
}

#[derive(Debug, Clone)]
enum Rows {
    /// Packages.
    Catalogue(Vec<PackageRow>),
    /// Where they are active.
    Activations(Vec<import::ActivationRow>),
    /// What they open.
    Map(Vec<import::MapRow>),
}

impl File {
    /// Reads a file of any of the three kinds.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
        let rows = if first.starts_with("municipality;") {
            Rows::Activations(import::activations(text)?)
        } else if first.starts_with("package;") {
            Rows::Map(import::map(text)?)
        } else {
            Rows::Catalogue(import::catalogue(text)?)
        };
        Ok(Self { rows, lines: import::lines_of_rows(text) })
    }
}

/// Compares a file with what is kept and, unless it is only tried, writes the difference.
pub fn import(tx: &Tx<'_>, file: &File, dry_run: bool) -> Result<Result<Diff, Unfit>, Problem> {
    let done = match &file.rows {
        Rows::Catalogue(rows) => catalogue(tx, rows, dry_run),
        Rows::Activations(rows) => activations(tx, rows, dry_run),
        Rows::Map(rows) => map(tx, rows, dry_run),
    };
    Ok(done?.map_err(|(row, hint)| (file.lines.get(row).copied().unwrap_or(1), hint)))
}

fn catalogue(tx: &Tx<'_>, rows: &[PackageRow], dry_run: bool) -> Result<Result<Diff, UnfitRow>, Problem> {
    let known = store::catalogue(tx)?;
    let mut packages: BTreeMap<&str, PackageId> =
        known.iter().map(|entry| (entry.code.as_str(), entry.package)).collect();
    let (mut diff, mut new, mut ends) = (Diff::default(), Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let name = format!("{} {}", row.code, row.number);
        let same = known.iter().find(|entry| entry.code == row.code && entry.number == row.number);
        let Some(kept) = same else {
            let package =
                *packages.entry(row.code.as_str()).or_insert_with(|| PackageId::from_uuid(tx.mint()));
            new.push(entry(row, package, PackageVersionId::from_uuid(tx.mint())));
            diff.added.push(format!("{name}: {}", row.title.da));
            continue;
        };
        let wanted = entry(row, kept.package, kept.version);
        if *kept == wanted {
            diff.same += 1;
        } else if *kept == (CatalogueEntry { last_day: kept.last_day, ..wanted }) {
            let day = row.last_day.map_or("no last day".to_owned(), |day| format!("last day {day}"));
            diff.changed.push(format!("{name}: {day}"));
            ends.push((kept.version, row.last_day));
        } else {
            let hint = format!("{name} is published and never changes; write a new version");
            return Ok(Err((at, hint)));
        }
    }
    if !dry_run {
        new.iter().try_for_each(|entry| store::add(tx, entry))?;
        ends.iter().try_for_each(|(version, day)| store::set_last_day(tx, *version, *day))?;
    }
    Ok(Ok(diff))
}

fn entry(row: &PackageRow, package: PackageId, version: PackageVersionId) -> CatalogueEntry {
    CatalogueEntry {
        package,
        version,
        code: row.code.clone(),
        number: row.number,
        title: row.title.clone(),
        says: row.says.clone(),
        subject: row.subject,
        access: row.access,
        channel: row.channel,
        kle: row.kle.clone(),
        publisher: row.publisher.clone(),
        least_giver_age: row.least_giver_age,
        usual_days: row.usual_days,
        longest_days: row.longest_days,
        holder_kinds: row.holder_kinds.clone(),
        from: row.from,
        last_day: row.last_day,
    }
}

fn activations(
    tx: &Tx<'_>,
    rows: &[import::ActivationRow],
    dry_run: bool,
) -> Result<Result<Diff, UnfitRow>, Problem> {
    let (known, catalogue) = (store::activations(tx)?, store::catalogue(tx)?);
    let (mut diff, mut news) = (Diff::default(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let Some(package) = catalogue.iter().find(|entry| entry.code == row.package) else {
            return Ok(Err((at, format!("there is no package {}", row.package))));
        };
        let wanted = Activation {
            municipality: row.municipality,
            package: package.package,
            from: row.from,
            last_day: row.last_day,
        };
        let about = format!("{} {} from {}", row.municipality, row.package, row.from);
        let same_start = |one: &&Activation| {
            (one.municipality, one.package, one.from) == (wanted.municipality, wanted.package, wanted.from)
        };
        match known.iter().find(same_start) {
            Some(kept) if *kept == wanted => {
                diff.same += 1;
                continue;
            }
            Some(_) => diff.changed.push(about),
            None => diff.added.push(about),
        }
        news.push(wanted);
    }
    if !dry_run {
        news.iter().try_for_each(|activation| store::activate(tx, activation))?;
    }
    Ok(Ok(diff))
}

/// A map replaces what was kept for every version it names, and leaves the others alone.
fn map(tx: &Tx<'_>, rows: &[import::MapRow], dry_run: bool) -> Result<Result<Diff, UnfitRow>, Problem> {
    let (known, catalogue) = (store::map(tx)?, store::catalogue(tx)?);
    let mut wanted: BTreeMap<PackageVersionId, (&CatalogueEntry, BTreeSet<Mapped>)> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let fits = |entry: &&CatalogueEntry| entry.code == row.package && entry.number == row.number;
        let Some(entry) = catalogue.iter().find(fits) else {
            return Ok(Err((at, format!("there is no version {} of {}", row.number, row.package))));
        };
        if row.service == OUR_SERVICE && Privilege::from_code(&row.privilege).is_none() {
            return Ok(Err((at, format!("{OUR_SERVICE} has no privilege {}", row.privilege))));
        }
        let mapped =
            Mapped { version: entry.version, service: row.service.clone(), privilege: row.privilege.clone() };
        wanted.entry(entry.version).or_insert_with(|| (entry, BTreeSet::new())).1.insert(mapped);
    }
    let mut diff = Diff::default();
    for (version, (entry, lines)) in &wanted {
        let kept: BTreeSet<Mapped> = known.iter().filter(|line| line.version == *version).cloned().collect();
        if kept == *lines {
            diff.same += lines.len();
            continue;
        }
        let say = |sign: char, line: &Mapped| {
            format!("{} {} {sign} {} {}", entry.code, entry.number, line.service, line.privilege)
        };
        let gone = kept.difference(lines).map(|line| say('-', line));
        let come = lines.difference(&kept).map(|line| say('+', line));
        let to = if kept.is_empty() { &mut diff.added } else { &mut diff.changed };
        to.extend(gone.chain(come));
        if !dry_run {
            let lines: Vec<Mapped> = lines.iter().cloned().collect();
            diff.recompiled += store::replace_map(tx, *version, &lines, opens(&lines, entry))?;
        }
    }
    Ok(Ok(diff))
}
