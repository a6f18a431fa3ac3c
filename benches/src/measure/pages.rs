//! Pages under load: the list on behalf of somebody, one document, a search in a very large record.

use super::Stage;
use crate::client::{Requests, fetch, get, post};
use crate::figures::{Effort, Figure, Runner, interleaved, millis, ratio, spaced};
use crate::generate::Weight;
use crate::portal::Visitor;
use crate::report::Section;
use crate::server::Server;
use anyhow::{Context as _, Result, bail};
use borgerportal_service::documents::PAGE;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// The list of documents: one page of rows, on behalf, logged durably before the answer.
pub(crate) async fn list(stage: &Stage) -> Result<Section> {
    let visitors = stage.visitors(Weight::Typical, 300).await?;
    let path = |visitor: &Visitor| format!("/p/{}/documents", visitor.journal);
    let portal = stage.portal()?;
    let first = visitors.first().context("nobody to visit")?;
    let (status, body) = fetch(portal.address, &get(&path(first), &first.cookie, "identity")).await?;
    let rows = String::from_utf8_lossy(&body).matches("bp-row-link").count();
    if status != 200 || rows != PAGE {
        bail!("the list page answered {status} with {rows} rows");
    }
    let file = stage.body("list", &body)?;
    let (fixed, hand) = (Server::fixed(&file)?, stage.hand(&file)?);
    let ask = |encoding: &str| -> Requests {
        Arc::new(visitors.iter().map(|visitor| get(&path(visitor), &visitor.cookie, encoding)).collect())
    };
    let runners = [
        Runner { server: &fixed, requests: ask("identity") },
        Runner { server: &hand, requests: ask("identity") },
        Runner { server: &portal, requests: ask("identity") },
        Runner { server: &portal, requests: ask("zstd, gzip") },
    ];
    let figures = interleaved(&runners, stage.effort(64)).await?;
    let names = [
        "the same bytes, static",
        "the same query by hand",
        &format!("**list page, {PAGE} rows**"),
        "the same, compressed",
    ];
    Ok(table("List page on behalf, 64 connections", &names, &figures))
}

/// One document with its body.
pub(crate) async fn document(stage: &Stage) -> Result<Section> {
    let visitors = stage.visitors(Weight::Typical, 300).await?;
    let portal = stage.portal()?;
    let mut paths = Vec::new();
    for visitor in visitors.iter().take(60) {
        let list = get(&format!("/p/{}/documents", visitor.journal), &visitor.cookie, "identity");
        let (_, page) = fetch(portal.address, &list).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        let link = page.split("bp-row-link\" href=\"").nth(7).and_then(|rest| rest.split('"').next());
        paths.push((link.context("no row")?.to_owned(), visitor.cookie.clone()));
    }
    let (path, cookie) = paths.first().context("no documents")?;
    let (status, body) = fetch(portal.address, &get(path, cookie, "identity")).await?;
    if status != 200 {
        bail!("the document page answered {status}");
    }
    let fixed = Server::fixed(&stage.body("document", &body)?)?;
    let ask = |encoding: &str| -> Requests {
        Arc::new(paths.iter().map(|(path, cookie)| get(path, cookie, encoding)).collect())
    };
    let runners = [
        Runner { server: &fixed, requests: ask("identity") },
        Runner { server: &portal, requests: ask("identity") },
        Runner { server: &portal, requests: ask("zstd, gzip") },
    ];
    let figures = interleaved(&runners, stage.effort(64)).await?;
    let names = ["the same bytes, static", "**document page**", "the same, compressed"];
    Ok(table("Document page on behalf, 64 connections", &names, &figures))
}

/// Words in all text of 5,000 documents.
pub(crate) async fn search(stage: &Stage) -> Result<Section> {
    let visitors = stage.visitors(Weight::Extreme, 10).await?;
    let portal = stage.portal()?;
    let mut groups: Vec<Vec<Vec<u8>>> = vec![Vec::new(), Vec::new()];
    for visitor in &visitors {
        let path = format!("/p/{}/documents", visitor.journal);
        let (_, page) = fetch(portal.address, &get(&path, &visitor.cookie, "identity")).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        let csrf = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let csrf = csrf.context("no form")?;
        for (group, words) in groups.iter_mut().zip(["k%C3%B8restol+ture", "zebra"]) {
            group.push(search_request(&path, visitor, &format!("csrf={csrf}&q={words}")));
        }
    }
    let some = groups.first().and_then(|group| group.first()).context("nobody to search")?;
    let (status, page) = fetch(portal.address, some).await?;
    let rows = String::from_utf8_lossy(&page).matches("bp-row-link").count();
    if status != 200 || rows == 0 {
        bail!("the search answered {status} with {rows} rows");
    }
    let runners: Vec<Runner<'_>> =
        groups.into_iter().map(|group| Runner { server: &portal, requests: Arc::new(group) }).collect();
    let alone = interleaved(&runners, stage.effort(1)).await?;
    let crowd = interleaved(&runners, stage.effort(8)).await?;
    let names = [
        "**many hits**, one at a time",
        "**no hit**, one at a time",
        "many hits, 8 at once",
        "no hit, 8 at once",
    ];
    let figures: Vec<Figure> = alone.into_iter().chain(crowd).collect();
    let mut section = table("Search in 5,000 documents of one citizen", &names, &figures);
    section.text.push_str(
        "Every search opens the sealed words of all 5,000 documents; there is no index that could leak.\n",
    );
    Ok(section)
}

fn search_request(path: &str, visitor: &Visitor, form: &str) -> Vec<u8> {
    let headers = format!(
        "Cookie: __Host-session={}; lang=da\r\nOrigin: https://portal.example\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: identity\r\n",
        visitor.cookie
    );
    post(&format!("{path}/search"), &headers, form)
}

/// The list page alone, for series over sizes of the data.
pub(crate) async fn list_only(stage: &Stage, portal: &Server) -> Result<Figure> {
    let visitors = stage.visitors(Weight::Typical, 300).await?;
    let ask =
        visitors.iter().map(|one| get(&format!("/p/{}/documents", one.journal), &one.cookie, "identity"));
    let runner = Runner { server: portal, requests: Arc::new(ask.collect()) };
    let effort = Effort { time: stage.effort(64).time.max(Duration::from_secs(1)), ..stage.effort(64) };
    let figures = interleaved(&[runner], effort).await?;
    figures.first().copied().context("no figure")
}

/// The first figure is the floor.
pub(crate) fn table(title: &str, names: &[&str], figures: &[Figure]) -> Section {
    let floor = figures.first().copied().unwrap_or_default();
    let mut text = String::from(
        "| | requests/s (min–max) | ratio to the first | CPU µs/request | CPU ratio | p50 ms | p99 ms | bytes | own memory MiB |\n\
         |---|---|---|---|---|---|---|---|---|\n",
    );
    for (name, figure) in names.iter().zip(figures) {
        let wrong = if figure.wrong > 0 { format!(" ({} wrong)", figure.wrong) } else { String::new() };
        let _ = writeln!(
            text,
            "| {name}{wrong} | {} ({}–{}) | {} | {} | {} | {} | {} | {} | {} |",
            spaced(figure.rate),
            spaced(figure.rates.0),
            spaced(figure.rates.1),
            ratio(figure.rate, floor.rate),
            figure.cpu_us,
            ratio(floor.cpu_us, figure.cpu_us),
            millis(figure.p50_us),
            millis(figure.p99_us),
            spaced(figure.bytes),
            figure.memory_kib / 1024,
        );
    }
    Section { title: title.to_owned(), text }
}
