//! Documents: what can be read. One that repeats other things (a delivery report) is kept as it came as well,
//! so that it can be put together anew whenever one of its parts is withdrawn, deleted or comes back.

use super::apply::{Place, Work};
use crate::problem::Problem;
use borgerportal_domain::documents::{Area, DocumentHead, DocumentType, Visibility};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::delivery::{Citizen, DocumentFacts, Incoming, ResourceType, Room, Source as Name};
use borgerportal_fhir::documents::{Remaining, without};
use borgerportal_fhir::gate;
use borgerportal_fhir::order::{Rank, VersionStamp};
use borgerportal_store::head::encode;
use borgerportal_store::record::{self, File, Item, KeptVisibility, Source, Writing};
use borgerportal_store::record_parts;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Keeps a document with its files and, if it repeats other things, as it came.
pub(super) fn keep(
    work: &Work<'_>,
    writing: &Writing,
    citizen: &Citizen,
    (incoming, place): (&Incoming, &Place),
) -> Result<(), Problem> {
    let source = work.source(&incoming.source);
    let parts = incoming.parts.iter().map(|part| (part.kind.name(), part.id.as_str()));
    record_parts::set_parts(work.tx, writing.municipality, source, parts)?;
    writing.drop_files(work.tx, place.item)?;
    let gone = gone(work, writing, source, place)?;
    let Some(incoming) = for_good(incoming, &gone.deleted) else {
        return Ok(writing.clear(work.tx, place.item, true)?);
    };
    let has_files = !incoming.files.is_empty();
    show(work, writing, (&incoming, &gone.all), (place, has_files))?;
    if !incoming.parts.is_empty() {
        keep_original(work, writing, place, &Kept::of(&incoming, has_files))?;
    }
    for (number, file) in (0_i64..).zip(&incoming.files) {
        let key = (citizen.cpr.expose().to_owned(), file.hash);
        let address = work.files.get(&key).ok_or(Problem::Away("files"))?;
        let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
        let row = File { number, address, media_type: file.kind.content_type(), size };
        writing.put_file(work.tx, place.item, &row)?;
    }
    Ok(())
}

/// Puts a document together anew from how it came, after something happened to one of its parts. When the part
/// was deleted by law, no copy of it stays: neither in how the document came nor in its earlier versions.
pub(super) fn refresh(work: &Work<'_>, document: Source<'_>, after_deletion: bool) -> Result<(), Problem> {
    let municipality = work.sender.municipality;
    let Some(known) = record::known(work.tx, municipality, document)? else { return Ok(()) };
    let rank = Rank::from_number(known.rank).ok_or(Problem::Away("record"))?;
    let Some(owner) = record::open_known(work.tx, municipality, known.citizen)? else { return Ok(()) };
    let Some(original) = owner.original(work.tx, known.item)?.filter(|_| !rank.is_gone()) else {
        return Ok(());
    };
    let kept: Kept = serde_json::from_slice(&original.content).map_err(|_| Problem::Away("record"))?;
    let has_files = kept.has_files;
    let incoming = kept.incoming(document, &known).ok_or(Problem::Away("record"))?;
    let place = Place { item: known.item, known };
    let gone = gone(work, &owner, document, &place)?;
    if let Some(incoming) = for_good(&incoming, &gone.deleted) {
        show(work, &owner, (&incoming, &gone.all), (&place, has_files))?;
        keep_original(work, &owner, &place, &Kept::of(&incoming, has_files))?;
    } else {
        owner.clear(work.tx, place.item, true)?;
    }
    if after_deletion { Ok(owner.drop_history(work.tx, place.item)?) } else { Ok(()) }
}

fn keep_original(work: &Work<'_>, writing: &Writing, place: &Place, kept: &Kept) -> Result<(), Problem> {
    let original = serde_json::to_vec(kept).map_err(|_| Problem::Away("record"))?;
    Ok(writing.keep_original(work.tx, place.item, place.known.version, &original)?)
}

/// Parts of a document that nobody may see any more, and those of them that may not be kept either.
struct Gone {
    all: Vec<Name>,
    deleted: Vec<Name>,
}

fn gone(work: &Work<'_>, writing: &Writing, document: Source<'_>, place: &Place) -> Result<Gone, Problem> {
    let (mut all, mut deleted) = (Vec::new(), Vec::new());
    let written = (writing.citizen, place.known.at);
    for part in record_parts::parts(work.tx, writing.municipality, document, written)? {
        let (kind, id) = part.name;
        let Some(kind) = ResourceType::from_name(&kind).filter(|_| part.gone) else { continue };
        if part.deleted {
            deleted.push(Name::new(kind, id.clone()));
        }
        all.push(Name::new(kind, id));
    }
    Ok(Gone { all, deleted })
}

/// The document without what was deleted by law; nothing if nothing is left.
fn for_good<'i>(incoming: &'i Incoming, deleted: &[Name]) -> Option<Cow<'i, Incoming>> {
    if !incoming.parts.iter().any(|part| deleted.contains(part)) {
        return Some(Cow::Borrowed(incoming));
    }
    let Remaining { raw, search_text, document, parts } = without(incoming, deleted)?;
    let rest = Incoming { raw, search_text, document: Some(document), parts, ..incoming.clone() };
    Some(Cow::Owned(rest))
}

/// Puts what remains of a document into list, page and search; nothing at all if nothing is worth reading.
fn show(
    work: &Work<'_>,
    writing: &Writing,
    (incoming, gone): (&Incoming, &[Name]),
    (place, has_files): (&Place, bool),
) -> Result<(), Problem> {
    let Some(remaining) = without(incoming, gone) else {
        return Ok(writing.clear(work.tx, place.item, true)?);
    };
    let facts = &remaining.document;
    let words = gate::may_index(incoming).then(|| words(&remaining));
    let changed = (place.known.version > 1).then(|| work.tx.now());
    Ok(writing.put(
        work.tx,
        &Item {
            id: place.item,
            kind: Room::Documents.code(),
            sort_at: incoming.sort_at,
            class: facts.kind.code(),
            area: facts.area.code(),
            dated: facts.dated,
            received_at: place.known.received_at,
            visibility: &incoming.visibility,
            sender: &work.sender.id,
            state: if incoming.stamp.rank == Rank::Ended { "ended" } else { "active" },
            version: place.known.version,
            head: &encode(&head(place.item, facts, has_files, changed)),
            body: &remaining.raw,
            words: words.as_deref(),
        },
    )?)
}

/// The words it is found by. `fhir` writes title, author and unit before the text; author and unit are kept
/// apart, so that nobody finds out by searching where a protected person is cared for.
fn words(remaining: &Remaining) -> String {
    let facts = &remaining.document;
    let whereabouts: Vec<&str> =
        [&facts.author, &facts.unit].into_iter().flatten().map(String::as_str).collect();
    let whereabouts = whereabouts.join("\n");
    let text = remaining.search_text.strip_prefix(&facts.title).unwrap_or(&remaining.search_text);
    let text = text.trim_start_matches('\n');
    let text = text.strip_prefix(&whereabouts).unwrap_or(text);
    crate::documents::words(&format!("{}\n{text}", facts.title), &whereabouts)
}

fn head(id: ItemId, facts: &DocumentFacts, has_pdf: bool, changed: Option<Timestamp>) -> DocumentHead {
    DocumentHead {
        id,
        title: facts.title.clone(),
        kind: facts.kind,
        area: facts.area,
        author: facts.author.clone(),
        unit: facts.unit.clone(),
        dated: facts.dated,
        has_pdf,
        changed,
    }
}

/// A document as it came, kept beside what may be shown of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    title: String,
    kind: String,
    area: String,
    author: Option<String>,
    unit: Option<String>,
    dated: String,
    file_missing: bool,
    sort_at: i64,
    visibility: KeptVisibility,
    search_text: String,
    raw: String,
    parts: Vec<(String, String)>,
    has_files: bool,
}

impl Kept {
    fn of(incoming: &Incoming, has_files: bool) -> Self {
        let facts = incoming.document.as_ref();
        let text = |pick: fn(&DocumentFacts) -> &str| facts.map(pick).unwrap_or_default().to_owned();
        Self {
            title: text(|facts| &facts.title),
            kind: text(|facts| facts.kind.code()),
            area: text(|facts| facts.area.code()),
            author: facts.and_then(|facts| facts.author.clone()),
            unit: facts.and_then(|facts| facts.unit.clone()),
            dated: facts.map(|facts| facts.dated.to_string()).unwrap_or_default(),
            file_missing: facts.is_some_and(|facts| facts.file_missing),
            sort_at: incoming.sort_at.millis(),
            visibility: (&incoming.visibility).into(),
            search_text: incoming.search_text.clone(),
            raw: String::from_utf8_lossy(&incoming.raw).into_owned(),
            parts: incoming.parts.iter().map(|part| (part.kind.name().to_owned(), part.id.clone())).collect(),
            has_files,
        }
    }

    fn incoming(self, source: Source<'_>, known: &record::Known) -> Option<Incoming> {
        let part = |(kind, id): (String, String)| Some(Name::new(ResourceType::from_name(&kind)?, id));
        Some(Incoming {
            source: Name::new(ResourceType::from_name(source.kind)?, source.id),
            room: Room::Documents,
            stamp: VersionStamp {
                version: known.at,
                rank: Rank::from_number(known.rank)?,
                hash: known.content_hash,
            },
            sort_at: Timestamp::from_millis(self.sort_at),
            document: Some(DocumentFacts {
                title: self.title,
                kind: DocumentType::from_code(&self.kind)?,
                area: Area::from_code(&self.area)?,
                author: self.author,
                unit: self.unit,
                dated: self.dated.parse::<Date>().ok()?,
                file_missing: self.file_missing,
            }),
            visibility: Visibility::try_from(self.visibility).ok()?,
            search_text: self.search_text,
            raw: self.raw.into_bytes(),
            files: Vec::new(),
            parts: self.parts.into_iter().map(part).collect::<Option<_>>()?,
        })
    }
}
