//! How much memory the portal needs while whole records are taken away: as data, by one and by several at once, and as
//! volumes to be printed. A record that were gathered before it is sent would show here.

use super::rooms::Rooms;
use crate::client::{each, fetch, get};
use crate::figures::{millis, spaced};
use crate::report::Section;
use crate::server::Server;
use anyhow::{Context as _, Result, bail};
use std::fmt::Write as _;
use std::time::Instant;

/// Who take a record away at once.
const TOGETHER: usize = 8;

/// One thing that was taken away.
struct Row {
    name: String,
    bytes: u64,
    micros: u64,
    /// The most that was resident meanwhile, and what was its own before and after, KiB.
    peak_kib: u64,
    own_kib: (u64, u64),
}

/// Takes records away from a portal that has just started.
pub(crate) async fn section(rooms: &Rooms) -> Result<Section> {
    let portal = rooms.stage.portal()?;
    let first = rooms.visitors.first().context("nobody to visit")?;
    let ask = |path: &str| get(path, &first.cookie, "identity");
    // A page before, so that what every portal has in memory is there.
    let about = format!("/p/{}/export", first.journal);
    let (status, page) = fetch(portal.address, &ask(&about)).await?;
    let volumes = volumes(&String::from_utf8_lossy(&page));
    if status != 200 || volumes.is_empty() {
        bail!("the page of the export answered {status} with {} volumes", volumes.len());
    }
    let data = ask(&format!("{about}/fhir"));
    let one = vec![data.clone()];
    let crowd = rooms.visitors.iter().cycle().take(TOGETHER);
    let crowd =
        crowd.map(|who| get(&format!("/p/{}/export/fhir", who.journal), &who.cookie, "identity")).collect();
    let printed: Vec<_> = volumes.iter().map(|path| ask(path)).collect();
    let rows = [
        taken(&portal, "FHIR Bundle, one reader", (1, one)).await?,
        taken(&portal, &format!("FHIR Bundle, {TOGETHER} readers at once"), (TOGETHER, crowd)).await?,
        taken(&portal, &format!("PDF, {} volumes one after the other", printed.len()), (1, printed)).await?,
    ];
    Ok(table(rooms, &rows))
}

/// The addresses of the printed volumes.
fn volumes(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.contains("/export/pdf")).map(|link| link.replace("&amp;", "&")).collect()
}

async fn taken(portal: &Server, name: &str, (at_once, requests): (usize, Vec<Vec<u8>>)) -> Result<Row> {
    portal.forget_peak()?;
    let (before, begun) = (portal.memory_kib()?.0, Instant::now());
    let load = each(portal.address, at_once, requests).await?;
    if load.wrong > 0 {
        bail!("{name}: {} answers were not 200", load.wrong);
    }
    let micros = crate::figures::micros(begun.elapsed());
    let own_kib = (before, portal.memory_kib()?.0);
    Ok(Row { name: name.to_owned(), bytes: load.bytes, micros, peak_kib: portal.peak_kib()?, own_kib })
}

fn table(rooms: &Rooms, rows: &[Row]) -> Section {
    let mut text = format!(
        "The whole record of a person with {} documents and full rooms, taken away by a relative. Peak is the most memory that \
         was ever resident meanwhile (VmHWM: with the mapped pages of program and data); own is what is the process's alone.\n\n\
         | taken away | MB | seconds | peak resident MiB | own before MiB | own after MiB |\n|---|---|---|---|---|---|\n",
        spaced(u64::try_from(rooms.documents).unwrap_or(0))
    );
    for row in rows {
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            row.name,
            row.bytes / 1_000_000,
            millis(row.micros / 1_000),
            row.peak_kib / 1024,
            row.own_kib.0 / 1024,
            row.own_kib.1 / 1024,
        );
    }
    Section { title: "Memory while a record is taken away".to_owned(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_found_on_the_page_as_it_is_written() {
        let page = "<a href=\"/p/x/export/fhir\">a</a><a href=\"/p/x/export/pdf?from=a&amp;b\">b</a>";
        assert_eq!(volumes(page), ["/p/x/export/pdf?from=a&b"]);
    }
}
