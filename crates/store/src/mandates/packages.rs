//! The catalogue of packages, the vendor's map and where each is active. A version is written once; the map and
//! the activations are replaced, and items are compiled anew when a map changes.

use crate::engine::Row;
use crate::error::StoreError;
use crate::sessions::municipality;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::{PackageId, PackageVersionId};
use borgerportal_domain::mandates::{CatalogueEntry, Channel, HolderKind, RightAccess, Subject, Words};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Date;
use std::collections::BTreeSet;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("package_version", column)
}

/// One line of a vendor's map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mapped {
    /// The version.
    pub version: PackageVersionId,
    /// The system.
    pub service: String,
    /// What it opens there: our own privileges by their code, others by their URI.
    pub privilege: String,
}

/// A municipality uses a package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Activation {
    /// Where.
    pub municipality: MunicipalityCode,
    /// Which.
    pub package: PackageId,
    /// First day.
    pub from: Date,
    /// Last day, when one is set.
    pub last_day: Option<Date>,
}

/// Every version of every package, by code and number.
pub fn catalogue(tx: &Tx<'_>) -> Result<Vec<CatalogueEntry>, StoreError> {
    tx.all(sql!("mandates/package_catalogue"), params![], read)
}

/// Keeps a new version, and its package if that is new.
pub fn add(tx: &Tx<'_>, entry: &CatalogueEntry) -> Result<(), StoreError> {
    let package = entry.package.into_bytes();
    tx.execute(sql!("mandates/package_add_package"), params![&package, &entry.code])?;
    let kinds: Vec<&str> = entry.holder_kinds.iter().map(|kind| kind.code()).collect();
    let last_day = entry.last_day.map(|day| day.to_string());
    tx.execute(
        sql!("mandates/package_add"),
        params![
            &entry.version.into_bytes(),
            &package,
            i64::from(entry.number),
            &entry.title.da,
            &entry.title.en,
            &entry.says.da,
            &entry.says.en,
            entry.subject.code(),
            entry.access.code(),
            entry.channel.code(),
            &entry.kle,
            &entry.publisher,
            i64::from(entry.least_giver_age),
            i64::from(entry.usual_days),
            i64::from(entry.longest_days),
            &kinds.join(" "),
            &entry.from.to_string(),
            last_day.as_ref(),
        ],
    )?;
    Ok(())
}

/// Sets or takes away the last day on which a version can be given.
pub fn set_last_day(tx: &Tx<'_>, version: PackageVersionId, day: Option<Date>) -> Result<(), StoreError> {
    let day = day.map(|day| day.to_string());
    tx.execute(sql!("mandates/package_set_last_day"), params![&version.into_bytes(), day.as_ref()])?;
    Ok(())
}

/// The whole map.
pub fn map(tx: &Tx<'_>) -> Result<Vec<Mapped>, StoreError> {
    tx.all(sql!("mandates/package_map"), params![], |row| {
        Ok(Mapped {
            version: PackageVersionId::from_uuid(row.id(0)?),
            service: row.text(1)?.to_owned(),
            privilege: row.text(2)?.to_owned(),
        })
    })
}

/// Replaces what a version opens, and compiles every item that was signed with it anew. Returns how many.
pub fn replace_map(
    tx: &Tx<'_>,
    version: PackageVersionId,
    lines: &[Mapped],
    opens: PrivilegeSet,
) -> Result<u64, StoreError> {
    let id = version.into_bytes();
    tx.execute(sql!("mandates/package_clear_map"), params![&id])?;
    for line in lines {
        tx.execute(sql!("mandates/package_add_to_map"), params![&id, &line.service, &line.privilege])?;
    }
    tx.execute(sql!("mandates/package_compile"), params![&id, &opens.codes()])
}

/// Every activation.
pub fn activations(tx: &Tx<'_>) -> Result<Vec<Activation>, StoreError> {
    tx.all(sql!("mandates/package_activations"), params![], |row| {
        Ok(Activation {
            municipality: municipality(row.int(0)?).ok_or(corrupt("municipality"))?,
            package: PackageId::from_uuid(row.id(1)?),
            from: date(row.text(2)?)?,
            last_day: row.opt_text(3)?.map(date).transpose()?,
        })
    })
}

/// Keeps an activation, new or with another last day.
pub fn activate(tx: &Tx<'_>, activation: &Activation) -> Result<(), StoreError> {
    let last_day = activation.last_day.map(|day| day.to_string());
    tx.execute(
        sql!("mandates/package_activate"),
        params![
            i64::from(activation.municipality.number()),
            &activation.package.into_bytes(),
            &activation.from.to_string(),
            last_day.as_ref(),
        ],
    )?;
    Ok(())
}

fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| corrupt("date"))
}

fn small<T: TryFrom<i64>>(row: &Row<'_>, column: usize) -> Result<T, StoreError> {
    T::try_from(row.int(column)?).map_err(|_| corrupt("number"))
}

fn read(row: &Row<'_>) -> Result<CatalogueEntry, StoreError> {
    let text = |column: usize| Ok::<_, StoreError>(row.text(column)?.to_owned());
    let kinds = row.text(16)?.split_ascii_whitespace().map(HolderKind::from_code);
    Ok(CatalogueEntry {
        version: PackageVersionId::from_uuid(row.id(0)?),
        package: PackageId::from_uuid(row.id(1)?),
        code: text(2)?,
        number: small(row, 3)?,
        title: Words { da: text(4)?, en: text(5)? },
        says: Words { da: text(6)?, en: text(7)? },
        subject: Subject::from_code(row.text(8)?).ok_or(corrupt("subject"))?,
        access: RightAccess::from_code(row.text(9)?).ok_or(corrupt("access"))?,
        channel: Channel::from_code(row.text(10)?).ok_or(corrupt("channel"))?,
        kle: text(11)?,
        publisher: text(12)?,
        least_giver_age: small(row, 13)?,
        usual_days: small(row, 14)?,
        longest_days: small(row, 15)?,
        holder_kinds: kinds.collect::<Option<BTreeSet<_>>>().ok_or(corrupt("holder_kinds"))?,
        from: date(row.text(17)?)?,
        last_day: row.opt_text(18)?.map(date).transpose()?,
    })
}
