//! Taking in what a record system delivers. `fhir` has read and judged it; here it is brought together with
//! what is known: newer versions replace older ones, withdrawn things disappear everywhere, and whatever order
//! and however often deliveries arrive, the end is the same. Nothing here shows content to anybody.

mod apply;
mod binaries;
mod documents;
mod journal;
mod pdf;

pub use binaries::sweep;
pub(crate) use pdf::PdfReader;

use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_fhir::delivery::{Citizen, Delivery, DeliveryKind};
use borgerportal_fhir::gate::FileKind;
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::outcome::Rejection;
use borgerportal_store::deliveries::{self, Known};
use borgerportal_store::keys::sha256;
use borgerportal_store::record;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Items of a batch that are written in one go, so that people are not kept waiting.
const SLICE: usize = 40;

/// Who delivers, for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The system client.
    pub id: String,
    /// Its one municipality.
    pub municipality: MunicipalityCode,
}

/// What a delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not known before.
    pub new: u64,
    /// Replaced what was there.
    pub updated: u64,
    /// Said nothing new, or was older.
    pub same: u64,
    /// Deleted by law.
    pub deleted: u64,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.updated += other.updated;
        self.same += other.same;
        self.deleted += other.deleted;
    }
}

/// Why a delivery was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It was refused; nothing of it is stored.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The key was used for another delivery.
    #[error("the key was used for another delivery")]
    KeyReused,
    /// Ours.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// What became of a delivery.
pub struct Taken {
    /// What was read.
    pub delivery: Arc<Delivery>,
    /// What it did; all zero when it had been taken in before.
    pub counts: Counts,
}

/// Reads and takes in one delivery.
pub async fn take(app: &App, sender: &Sender, bytes: &[u8], key: Option<&str>) -> Result<Taken, NotTaken> {
    let delivery = Arc::new(read(bytes, &Limits::default())?);
    let key = key.map(str::to_owned).or_else(|| delivery.identifier.clone());
    let content = sha256(bytes);
    if let Some(counts) = before(app, sender, key.as_deref(), content).await? {
        return Ok(Taken { delivery, counts });
    }
    let files = put_files(app, sender, &delivery).await?;
    let waiting = binaries::put(app, sender, &delivery).await?;
    let counts = apply_all(app, sender, &delivery, (files, waiting)).await?;
    binaries::settle(app, sender, &delivery).await?;
    if let Some(key) = key {
        remember(app, sender, key, content, counts).await?;
    }
    Ok(Taken { delivery, counts })
}

/// The answer to the same delivery, if it came before.
async fn before(
    app: &App,
    sender: &Sender,
    key: Option<&str>,
    content: [u8; 32],
) -> Result<Option<Counts>, NotTaken> {
    let Some(key) = key.map(str::to_owned) else { return Ok(None) };
    let sender = sender.clone();
    let known = app
        .read(move |tx| Ok(deliveries::known(tx, sender.municipality, &sender.id, &key, &content)?))
        .await?;
    match known {
        Known::New => Ok(None),
        Known::Same(answer) => Ok(Some(serde_json::from_str(&answer).unwrap_or_default())),
        Known::Other => Err(NotTaken::KeyReused),
    }
}

async fn remember(
    app: &App,
    sender: &Sender,
    key: String,
    content: [u8; 32],
    counts: Counts,
) -> Result<(), NotTaken> {
    let (sender, answer) = (sender.clone(), serde_json::to_string(&counts).unwrap_or_default());
    let kept = app
        .write(move |tx| {
            let known = (&content, answer.as_str());
            Ok(deliveries::remember(tx, sender.municipality, &sender.id, &key, known)?)
        })
        .await;
    match kept {
        // Two at once under one key: the other one's answer is the same or will be refused next time.
        Ok(()) | Err(Problem::Stale) => Ok(()),
        Err(problem) => Err(problem.into()),
    }
}

/// A file of a delivery that lies where files lie.
#[derive(Clone)]
pub(crate) struct Placed {
    /// Where.
    address: String,
    /// The words it is found by, in stored form.
    words: String,
}

/// The files of a delivery, by citizen and hash.
pub(crate) type PlacedFiles = BTreeMap<(String, [u8; 32]), Placed>;

/// Puts every file, sealed under its journal's key, where files lie, before any row names it.
async fn put_files(app: &App, sender: &Sender, delivery: &Arc<Delivery>) -> Result<PlacedFiles, Problem> {
    let mut placed = PlacedFiles::new();
    for (at, citizen) in delivery.citizens.iter().enumerate() {
        if citizen.items.iter().all(|item| item.files.is_empty()) {
            continue;
        }
        let person = open_journal(app, sender, delivery, at).await?;
        for file in citizen.items.iter().flat_map(|item| &item.files) {
            let (place, content, nonce) = (sender.municipality, file.bytes.clone(), app.random()?);
            let (address, sealed) = app
                .read(move |tx| {
                    let writing = record::open_known(tx, place, person)?.ok_or(Problem::NotFound)?;
                    Ok(writing.seal_file(nonce, &content)?)
                })
                .await?;
            app.files.put(&address, sealed).await.map_err(|_| Problem::Away("files"))?;
            let words = words(app, file.kind, &file.bytes).await;
            placed.insert((citizen.cpr.expose().to_owned(), file.hash), Placed { address, words });
        }
    }
    Ok(placed)
}

/// The words of a file; pictures have none.
async fn words(app: &App, kind: FileKind, bytes: &[u8]) -> String {
    if kind == FileKind::Pdf { app.pdfs().words(bytes).await } else { String::new() }
}

/// Makes sure that a citizen and their journal are there.
async fn open_journal(
    app: &App,
    sender: &Sender,
    delivery: &Arc<Delivery>,
    at: usize,
) -> Result<PersonId, Problem> {
    let (sender, delivery, fresh) = (sender.clone(), Arc::clone(delivery), app.random()?);
    let id = app
        .write(move |tx| {
            let citizen = delivery.citizens.get(at).ok_or(Problem::NotFound)?;
            Ok(journal::open(tx, &sender, citizen, &fresh)?.citizen.to_string())
        })
        .await?;
    PersonId::parse(&id).map_err(|_| Problem::NotFound)
}

/// Applies a delivery: a transaction or report in one errand, a batch in slices.
async fn apply_all(
    app: &App,
    sender: &Sender,
    delivery: &Arc<Delivery>,
    files: (PlacedFiles, Vec<String>),
) -> Result<Counts, Problem> {
    let mut counts = Counts::default();
    let files = Arc::new(files);
    for slice in slices(delivery) {
        let (sender, delivery, files) = (sender.clone(), Arc::clone(delivery), Arc::clone(&files));
        let places = Arc::clone(&app.municipalities);
        let fresh: [u8; 32] = app.random()?;
        let done = app
            .write(move |tx| {
                let (files, binaries) = &*files;
                let (sender, delivery) = (&sender, &*delivery);
                let (fresh, places) = (&fresh, &*places);
                apply::Work { tx, sender, delivery, files, binaries, fresh, places }.apply(&slice)
            })
            .await?;
        counts.add(done);
    }
    Ok(counts)
}

/// A stretch of a delivery: items of one citizen, or all.
#[derive(Debug, Clone)]
pub(crate) enum Slice {
    /// The whole delivery.
    All,
    /// Some items of one citizen.
    Items(usize, std::ops::Range<usize>),
    /// Files of their own, deletions and changed numbers.
    Rest,
}

fn slices(delivery: &Delivery) -> Vec<Slice> {
    if delivery.kind != DeliveryKind::Batch {
        return vec![Slice::All];
    }
    let of = |(at, citizen): (usize, &Citizen)| {
        let count = citizen.items.len();
        let starts = (0..count.max(1)).step_by(SLICE);
        starts.map(move |start| Slice::Items(at, start..(start + SLICE).min(count))).collect::<Vec<_>>()
    };
    let mut slices: Vec<Slice> = vec![Slice::Rest];
    slices.extend(delivery.citizens.iter().enumerate().flat_map(of));
    slices
}
