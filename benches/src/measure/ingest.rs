//! Delivery reports of a record system, through the FHIR door: read, judged, sealed, indexed and durable before
//! the answer; beside a bare loop that inserts rows as many and as large.

use super::Stage;
use crate::client::{each, fetch, post};
use crate::figures::{median, millis, ratio, spaced};
use crate::floors::inserts::{Rows, bare_loop, count};
use crate::portal;
use crate::report::Section;
use anyhow::{Context as _, Result, bail};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_identity::system_clients::{ProvenClient, Scope};
use borgerportal_service::Clock;
use borgerportal_store::StoreError;
use borgerportal_store::system_clients::{Client, register};
use borgerportal_store::tx::Tx;
use std::fmt::Write as _;

/// The record system of this bench.
pub(crate) const SENDER: &str = "bench";
/// Deliveries under way at once.
const CONNECTIONS: usize = 16;

/// Five rounds of reports.
pub(crate) async fn section(stage: &Stage) -> Result<Section> {
    let token = token(stage).await?;
    let portal = stage.portal()?;
    let reports: u64 = if stage.quick { 200 } else { 1_500 };
    let file = stage.place.text.trim_start_matches("sqlite:").to_owned();
    let first = request(stage, &token, 5 * reports)?;
    let (status, answer) = fetch(portal.address, &first).await?;
    if status != 200 {
        bail!("a report was answered with {status}: {}", String::from_utf8_lossy(&answer));
    }
    let before = count(&file)?;
    let (mut rates, mut cpu, mut latencies) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..5 {
        let requests = (0..reports).map(|number| request(stage, &token, round * reports + number));
        let requests = requests.collect::<Result<Vec<_>>>()?;
        let used = portal.cpu_us()?;
        let load = each(portal.address, CONNECTIONS, requests).await?;
        if load.wrong > 0 {
            bail!("{} reports were refused", load.wrong);
        }
        rates.push(load.rate());
        cpu.push((portal.cpu_us()? - used) / reports);
        latencies.push((load.percentile(500), load.percentile(990)));
    }
    let rows = count(&file)?.minus(&before).over(5 * reports);
    let floor = |together: usize| {
        let floor = stage.folder.join(format!("floor-{together}.db"));
        bare_loop(&stage.place, &floor, (&rows, reports, together))
    };
    let (alone, grouped) = (floor(1)?, floor(CONNECTIONS)?);
    let figures = Figures {
        rate: median(rates.into_iter()),
        cpu_us: median(cpu.into_iter()),
        p50_us: median(latencies.iter().map(|one| one.0)),
        p99_us: median(latencies.iter().map(|one| one.1)),
    };
    Ok(table(&figures, &rows, (alone, grouped)))
}

struct Figures {
    rate: u64,
    cpu_us: u64,
    p50_us: u64,
    p99_us: u64,
}

fn table(figures: &Figures, rows: &Rows, (alone, grouped): (u64, u64)) -> Section {
    let rows = rows.total();
    let mut text = format!(
        "A delivery report with one patient and ten resources, {CONNECTIONS} at once; each becomes {rows} rows. The floor \
         inserts rows of the same sizes into the same tables with their indexes, without reading, judging, sealing or \
         stemming anything.\n\n\
         | | reports/s | rows/s | ratio to the loop in groups | CPU µs/report | p50 ms | p99 ms |\n|---|---|---|---|---|---|---|\n"
    );
    let _ = writeln!(
        text,
        "| bare insert loop, {CONNECTIONS} reports a transaction | {} | {} | 1.000 | | | |",
        spaced(grouped),
        spaced(grouped * rows)
    );
    let _ = writeln!(
        text,
        "| bare insert loop, a transaction each | {} | {} | {} | | | |",
        spaced(alone),
        spaced(alone * rows),
        ratio(alone, grouped)
    );
    let _ = writeln!(
        text,
        "| **delivery reports** | {} | {} | {} | {} | {} | {} |",
        spaced(figures.rate),
        spaced(figures.rate * rows),
        ratio(figures.rate, grouped),
        figures.cpu_us,
        millis(figures.p50_us),
        millis(figures.p99_us)
    );
    Section { title: "Ingest of delivery reports".to_owned(), text }
}

/// Registers the record system and gives it a token, as its signed assertion would.
pub(super) async fn token(stage: &Stage) -> Result<String> {
    let store = stage.place.store("bench-clients")?;
    let now = Clock::system().now();
    let municipality = MunicipalityCode::new(217).context("Helsingør")?;
    let client =
        Client { id: SENDER.to_owned(), municipality, jwks: "{\"keys\":[]}".to_owned(), scopes: None };
    let write = move |tx: &Tx<'_>| -> Result<(), StoreError> { register(tx, &client) };
    store.write(now, store.errand_id(now)?, write).await?;
    let proven = ProvenClient {
        client_id: SENDER.to_owned(),
        municipality,
        scopes: Scope::parse_list("system/*.cruds")?,
        jti: "1".to_owned(),
        keep_jti_until: now,
    };
    let token = portal::tokens(&store)?.issue(&proven, now).context("no token")?;
    Ok(token.expose().to_owned())
}

fn request(stage: &Stage, token: &str, number: u64) -> Result<Vec<u8>> {
    let cpr = stage.plan.cpr(number % stage.plan.citizens)?;
    Ok(delivery(token, &report(cpr.expose(), number)))
}

/// A delivery to the FHIR door of Helsingør.
pub(super) fn delivery(token: &str, body: &str) -> Vec<u8> {
    let headers = format!(
        "Authorization: Bearer {token}\r\nContent-Type: application/fhir+json\r\nAccept-Encoding: identity\r\n"
    );
    post("/fhir/0217", &headers, body)
}

/// A report such as home care sends after a visit.
fn report(cpr: &str, number: u64) -> String {
    let day = 1 + number % 28;
    let mut text = format!(
        "{{\"resourceType\":\"Bundle\",\"id\":\"report-{number}\",\"type\":\"collection\",\
         \"timestamp\":\"2026-10-{day:02}T10:00:00+01:00\",\"entry\":[{{\"resource\":{{\"resourceType\":\"Patient\",\
         \"id\":\"p{number}\",\"identifier\":[{{\"use\":\"official\",\"system\":\"urn:oid:1.2.208.176.1.2\",\
         \"value\":\"{cpr}\"}}]}}}}"
    );
    let subject = format!("\"subject\":{{\"reference\":\"Patient/p{number}\"}}");
    for part in 0..6 {
        let _ = write!(
            text,
            ",{{\"resource\":{{\"resourceType\":\"Condition\",\"id\":\"c{number}-{part}\",{subject},\
             \"code\":{{\"coding\":[{{\"system\":\"urn:oid:1.2.208.176.2.21\",\"code\":\"J3.{}\"}}]}},\
             \"severity\":{{\"coding\":[{{\"system\":\"urn:oid:1.2.208.176.2.21\",\"code\":\"B3\"}}]}},\
             \"recordedDate\":\"2026-10-{day:02}\",\"clinicalStatus\":{{\"coding\":[{{\"code\":\"active\"}}]}},\
             \"note\":[{{\"text\":\"Borgeren går sikkert med rollator indendørs, men har brug for støtte på trappen.\"}}]}}}}",
            1 + part
        );
    }
    for part in 0..2 {
        let _ = write!(
            text,
            ",{{\"resource\":{{\"resourceType\":\"CarePlan\",\"id\":\"l{number}-{part}\",{subject},\"status\":\"active\",\
             \"intent\":\"plan\",\"period\":{{\"start\":\"2026-10-{day:02}\"}},\"activity\":[{{\"detail\":{{\
             \"status\":\"in-progress\",\"code\":{{\"coding\":[{{\"system\":\"urn:oid:1.2.208.176.2.21\",\
             \"code\":\"H1.{}\"}}]}}}}}}]}}}}",
            1 + part
        );
        let _ = write!(
            text,
            ",{{\"resource\":{{\"resourceType\":\"Encounter\",\"id\":\"e{number}-{part}\",{subject},\"status\":\"planned\",\
             \"period\":{{\"start\":\"2026-10-{day:02}\"}},\"class\":{{\
             \"system\":\"http://terminology.hl7.org/CodeSystem/v3-ActCode\",\"code\":\"HH\"}},\"type\":[{{\"coding\":[{{\
             \"system\":\"http://fhir.kl.dk/term/CodeSystem/CareSocialCodes\",\
             \"code\":\"9f03dfbb-7a97-45a5-94db-d4c3501714a9\"}}]}}]}}}}"
        );
    }
    text.push_str("]}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_reads_as_json_with_eleven_entries() {
        let report: serde_json::Value = serde_json::from_str(&report("6105440001", 3)).unwrap();
        assert_eq!(report["entry"].as_array().unwrap().len(), 11);
    }
}
