//! Nothing of a municipality any more, in many small transactions. It refuses to ask whether that is right: whoever calls has
//! taken it out of the configuration.

use crate::clock::Clock;
use crate::problem::Problem;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_store::Store;
use borgerportal_store::leaving::{self as store, Table};
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Erases everything of a municipality, a few rows at a time, and says by table how many. Whoever calls has made sure that
/// nobody serves it any more. It may be stopped and begun again.
pub async fn erase(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityCode,
    mut said: impl FnMut(&str, u64),
) -> Result<u64, Problem> {
    write(store, clock, move |tx| Ok(store::begin(tx, municipality)?)).await?;
    let mut after = Some(store::NOBODY);
    while let Some(from) = after {
        after = write(store, clock, move |tx| Ok(store::claim_unnamed(tx, municipality, from)?)).await?;
    }
    let mut all = 0;
    // Once more until nothing is found: what was under way came in meanwhile.
    loop {
        let mut pass = 0;
        for table in &store::TABLES {
            pass += one_table(store, clock, municipality, table, &mut said).await?;
        }
        pass += mandates(store, clock, municipality, &mut said).await?;
        let people = move |tx: &Tx<'_>| Ok(store::forget_people(tx, municipality)?);
        pass += slices(store, clock, ("person", &mut said), people).await?;
        pass += one_table(store, clock, municipality, &store::FILLED, &mut said).await?;
        all += pass;
        if pass == 0 {
            return Ok(all);
        }
    }
}

async fn one_table(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityCode,
    table: &'static Table,
    said: &mut impl FnMut(&str, u64),
) -> Result<u64, Problem> {
    let some = move |tx: &Tx<'_>| Ok(store::slice(tx, municipality, table)?);
    slices(store, clock, (table.name(), said), some).await
}

/// Slice after slice, each in a transaction of its own.
async fn slices(
    store: &Store,
    clock: &Clock,
    (name, said): (&str, &mut impl FnMut(&str, u64)),
    slice: impl Fn(&Tx<'_>) -> Result<store::Slice, Problem> + Copy + Send + Sync + 'static,
) -> Result<u64, Problem> {
    let mut rows = 0;
    loop {
        let (some, more) =
            write(store, clock, move |tx| slice(tx).map(|slice| (slice.rows, slice.more))).await?;
        rows += some;
        if !more {
            break;
        }
    }
    if rows > 0 {
        said(name, rows);
    }
    Ok(rows)
}

/// Mandates that count nowhere else. Finding them reads all of them, so that is no part of a write.
async fn mandates(
    store: &Store,
    clock: &Clock,
    municipality: MunicipalityCode,
    said: &mut impl FnMut(&str, u64),
) -> Result<u64, Problem> {
    let mut gone = 0;
    loop {
        let find = move |tx: &Tx<'_>| Ok::<_, Problem>(store::mandates_only_here(tx, municipality)?);
        let found = store.read_heavy(clock.now(), find).await?;
        if found.is_empty() {
            break;
        }
        gone += found.len() as u64;
        write(store, clock, move |tx| Ok(store::forget_mandates(tx, &found)?)).await?;
    }
    if gone > 0 {
        said("mandate", gone);
    }
    Ok(gone)
}

async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    store: &Store,
    clock: &Clock,
    errand: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, Problem> {
    let now = clock.now();
    store.write(now, store.errand_id(now)?, errand).await
}
