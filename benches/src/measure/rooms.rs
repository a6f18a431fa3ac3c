//! Every list page and the front page of people who get much help, beside the list of documents in the same run. Their
//! records came through the FHIR door, as a record system delivers them. It refuses to measure a page that shows nothing.

use super::Stage;
use super::ingest::{delivery, token};
use crate::client::{Requests, each, fetch, get};
use crate::figures::{Figure, Runner, interleaved, millis, ratio, spaced};
use crate::generate::{Plan, Record};
use crate::portal::{Place, Visitor, sign_in};
use crate::report::Section;
use crate::{Options, say};
use anyhow::{Context as _, Result, bail};
use borgerportal_domain::access::Role;
use borgerportal_service::Clock;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Deliveries under way at once on the embedded engine; on PostgreSQL those of one person would stand in each other's way.
const CONNECTIONS: usize = 4;

/// A page: what it is called, its address behind the journal's, and a word that only data brings there.
const PAGES: [(&str, &str, &str); 11] = [
    ("documents (the measure)", "/documents", "bp-row-link"),
    ("front page", "/", "Morgenpleje"),
    ("conditions", "/conditions", "Spise"),
    ("plans", "/plans", "Bostøtte"),
    ("grants", "/grants", "Rengøring hver 14. dag"),
    ("aids", "/aids", "Rollator"),
    ("calendar, week", "/calendar", "Morgenpleje"),
    ("calendar, day", "/calendar/day", "Morgenpleje"),
    ("calendar, list", "/calendar/list", "Morgenpleje"),
    ("messages", "/messages", "Hjemmesygeplejen"),
    ("glossary", "/ordbog", "bp-"),
];

/// So many people with such records, in one municipality, and their stage.
pub(super) async fn people(
    (folder, place, quick): (&Path, Place, bool),
    (people, documents): (u64, usize),
) -> Result<(Stage, Vec<u64>)> {
    let connections = if place.text.starts_with("sqlite:") { CONNECTIONS } else { 1 };
    // Two more, of whom one is made full in another way: they are not asked for.
    let plan = Plan { full: 1, small: 0, ..Stage::plan(people + 2, 1, true) };
    say::progress(format!("{people} people with all rooms full and {documents} documents"));
    let stage = Stage::build(folder, place, plan, quick).await?;
    let citizens: Vec<u64> = (2..people + 2).collect();
    let (portal, token) = (stage.portal()?, token(&stage).await?);
    for citizen in &citizens {
        let cpr = stage.plan.cpr(*citizen)?;
        let record = Record { number: *citizen, cpr: &cpr, now: stage.plan.now, documents };
        let requests: Vec<_> = record.deliveries().iter().map(|text| delivery(&token, text)).collect();
        let first = requests.first().context("nothing to deliver")?;
        let (status, answer) = fetch(portal.address, first).await?;
        let load = each(portal.address, connections, requests).await?;
        if status != 200 || load.wrong > 0 {
            bail!("a delivery was answered with {status}: {}", String::from_utf8_lossy(&answer));
        }
    }
    Ok((stage, citizens))
}

/// People with full records, and their relatives signed in.
pub(crate) struct Rooms {
    /// Where they live.
    pub(crate) stage: Stage,
    /// Their relatives.
    pub(crate) visitors: Vec<Visitor>,
    /// Documents of each.
    pub(crate) documents: usize,
}

impl Rooms {
    /// Makes them.
    pub(crate) async fn build(options: &Options) -> Result<Self> {
        let (count, documents) = if options.quick { (4, 500) } else { (24, 5_000) };
        let place = Place::new(&format!("sqlite:{}", options.folder.join("rooms.db").display()), None)?;
        let around = (options.folder.as_path(), place, options.quick);
        let (stage, citizens) = people(around, (count, documents)).await?;
        let store = stage.place.store("bench-sessions")?;
        let asked = (citizens.as_slice(), Role::Relative);
        let visitors = sign_in(&store, &stage.plan, asked, Clock::system().now()).await?;
        Ok(Self { stage, visitors, documents })
    }
}

/// All pages, in turn.
pub(crate) async fn section(rooms: &Rooms) -> Result<Section> {
    let portal = rooms.stage.portal()?;
    let first = rooms.visitors.first().context("nobody to visit")?;
    let (mut runners, mut empty) = (Vec::new(), Vec::new());
    for (name, page, word) in PAGES {
        let asked = get(&path(first, page), &first.cookie, "identity");
        let (status, body) = fetch(portal.address, &asked).await?;
        if status != 200 || !String::from_utf8_lossy(&body).contains(word) {
            empty.push(format!("{name} answered {status} without {word}"));
        }
        runners.push(Runner { server: &portal, requests: ask(rooms, page) });
    }
    if !empty.is_empty() {
        bail!("{}", empty.join("; "));
    }
    let figures = interleaved(&runners, rooms.stage.effort(64)).await?;
    Ok(table(rooms, &figures))
}

fn path(visitor: &Visitor, page: &str) -> String {
    if page == "/ordbog" { page.to_owned() } else { format!("/p/{}{page}", visitor.journal) }
}

fn ask(rooms: &Rooms, page: &str) -> Requests {
    let ask = |visitor: &Visitor| get(&path(visitor, page), &visitor.cookie, "identity");
    Arc::new(rooms.visitors.iter().map(ask).collect())
}

fn table(rooms: &Rooms, figures: &[Figure]) -> Section {
    let mut text = format!(
        "{} relatives of people who get much help, 64 connections, in turn with the list of documents. Each person has 40 \
         conditions with goals and follow-ups, 3 plans with goals, 20 grants, 200 visits, 60 threads of two messages, 20 aids \
         and {} documents, delivered through the FHIR door. Aim: at most 1.5 times the CPU of the list of documents.\n\n\
         | page | CPU µs/request | of the list of documents | requests/s | p50 ms | p99 ms | bytes |\n|---|---|---|---|---|---|---|\n",
        rooms.visitors.len(),
        spaced(u64::try_from(rooms.documents).unwrap_or(0)),
    );
    let measure = figures.first().copied().unwrap_or_default();
    for ((name, ..), figure) in PAGES.iter().zip(figures) {
        let wrong = if figure.wrong > 0 { format!(" ({} wrong)", figure.wrong) } else { String::new() };
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "| {name}{wrong} | {} | {} | {} | {} | {} | {} |",
            figure.cpu_us,
            ratio(figure.cpu_us, measure.cpu_us),
            spaced(figure.rate),
            millis(figure.p50_us),
            millis(figure.p99_us),
            spaced(figure.bytes),
        );
    }
    Section { title: "Every list page and the front page".to_owned(), text }
}
