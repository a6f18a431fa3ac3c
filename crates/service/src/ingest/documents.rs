//! Documents: what can be read. One that repeats other things (a delivery report) is kept as it came as well,
//! so that it can be put together anew whenever one of its parts is withdrawn, deleted or comes back.

use super::apply::{Place, Work};
use crate::problem::Problem;
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::delivery::{Citizen, DocumentFacts, Incoming, ResourceType, Room, Source as Name};
use borgerportal_fhir::documents::{Remaining, without};
use borgerportal_fhir::gate;
use borgerportal_fhir::order::{Rank, VersionStamp};
use borgerportal_store::binaries;
use borgerportal_store::head::encode;
use borgerportal_store::record::{self, File, Item, KeptVisibility, Source, Writing};
use borgerportal_store::record_parts;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Keeps a document with its files and, if it repeats other things, as it came.
pub(super) fn keep(
    work: &Work<'_>,
    writing: &Writing,
    citizen: &Citizen,
    (incoming, place): (&Incoming, &Place),
) -> Result<(), Problem> {
    let source = work.source(&incoming.source);
    let parts = incoming.parts.iter().map(|part| (part.kind.name(), part.id.as_str()));
    let binaries = incoming.binaries.iter().map(|(_, id)| (binaries::KIND, id.as_str()));
    record_parts::set_parts(work.tx, writing.municipality, (source, place.new), parts.chain(binaries))?;
    let gone = gone(work, writing, source, place)?;
    let Some(incoming) = for_good(incoming, &gone.deleted) else {
        return Ok(writing.clear(work.tx, place.item, true)?);
    };
    let kept = Kept::of(&incoming, came_along(work, citizen, &incoming)?);
    show(work, writing, (&incoming, &gone), (source, place, &kept.files))?;
    if !incoming.parts.is_empty() || !incoming.binaries.is_empty() {
        keep_original(work, writing, place, &kept)?;
    }
    Ok(())
}

/// What the contents of a document are: files that came along, and files that come on their own.
fn came_along(work: &Work<'_>, citizen: &Citizen, incoming: &Incoming) -> Result<Vec<KeptFile>, Problem> {
    let mut all = BTreeMap::new();
    for (number, id) in &incoming.binaries {
        all.insert(*number, KeptFile { binary: Some(id.clone()), content: None });
    }
    for file in &incoming.files {
        let key = (citizen.cpr.expose().to_owned(), file.hash);
        let placed = work.files.get(&key).ok_or(Problem::Away("files"))?;
        let content = KeptContent {
            address: placed.address.clone(),
            media_type: file.kind.content_type().to_owned(),
            size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            words: placed.words.clone(),
        };
        let slot: &mut KeptFile = all.entry(file.number).or_default();
        slot.content = Some(content);
    }
    Ok(all.into_values().collect())
}

/// The files as they are now: the newest of those that come on their own, else what came along; nothing of what was
/// deleted.
fn files_now(
    work: &Work<'_>,
    writing: &Writing,
    document: Source<'_>,
    (kept, gone): (&[KeptFile], &Gone),
) -> Result<Vec<KeptContent>, Problem> {
    let newest = if kept.iter().any(|file| file.binary.is_some()) {
        binaries::of_document(work.tx, writing, document)?
    } else {
        Vec::new()
    };
    let now = |file: &KeptFile| {
        let Some(id) = &file.binary else { return file.content.clone() };
        let own = newest.iter().find(|(name, _)| name == id).map(|(_, content)| KeptContent::of(content));
        let is_gone = || gone.all.iter().any(|name| name.kind == ResourceType::Binary && name.id == *id);
        own.or_else(|| file.content.clone().filter(|_| !is_gone()))
    };
    Ok(kept.iter().filter_map(now).collect())
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
    let files = kept.files.clone();
    let incoming = kept.incoming(document, &known).ok_or(Problem::Away("record"))?;
    let place = Place { item: known.item, known, new: false };
    let gone = gone(work, &owner, document, &place)?;
    if let Some(incoming) = for_good(&incoming, &gone.deleted) {
        show(work, &owner, (&incoming, &gone), (document, &place, &files))?;
        keep_original(work, &owner, &place, &Kept::of(&incoming, files))?;
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
    (incoming, gone): (&Incoming, &Gone),
    (source, place, kept): (Source<'_>, &Place, &[KeptFile]),
) -> Result<(), Problem> {
    let Some(remaining) = without(incoming, &gone.all) else {
        return Ok(writing.clear(work.tx, place.item, true)?);
    };
    let files = files_now(work, writing, source, (kept, gone))?;
    if !place.new {
        writing.drop_files(work.tx, place.item)?;
    }
    for (number, file) in (0_i64..).zip(&files) {
        let row = File { number, address: &file.address, media_type: &file.media_type, size: file.size };
        writing.put_file(work.tx, place.item, &row)?;
    }
    let file_words: String = files.iter().map(|file| file.words.as_str()).collect();
    let facts = &remaining.document;
    let words = gate::may_index(incoming).then(|| words(&remaining, &file_words));
    let changed = (place.known.version > 1).then(|| work.tx.now());
    let head = encode(&head(place.item, facts, !files.is_empty(), changed));
    let item = Item {
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
        head: &head,
        body: &remaining.raw,
        words: words.as_deref(),
    };
    if place.new { Ok(writing.put_new(work.tx, &item)?) } else { Ok(writing.put(work.tx, &item)?) }
}

/// The words it is found by. `fhir` writes title, author and unit before the text; author and unit are kept
/// apart, so that nobody finds out by searching where a protected person is cared for.
fn words(remaining: &Remaining, file_words: &str) -> String {
    let facts = &remaining.document;
    let whereabouts: Vec<&str> =
        [&facts.author, &facts.unit].into_iter().flatten().map(String::as_str).collect();
    let whereabouts = whereabouts.join("\n");
    let text = remaining.search_text.strip_prefix(&facts.title).unwrap_or(&remaining.search_text);
    let text = text.trim_start_matches('\n');
    let text = text.strip_prefix(&whereabouts).unwrap_or(text);
    crate::items::words(&format!("{}\n{text}", facts.title), &whereabouts, file_words)
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
    files: Vec<KeptFile>,
    #[serde(default)]
    binaries: Vec<(usize, String)>,
}

/// One content of a document.
#[derive(Clone, Default, Serialize, Deserialize)]
struct KeptFile {
    /// The file of its own that it is.
    binary: Option<String>,
    /// What came along.
    content: Option<KeptContent>,
}

/// A file that lies where files lie.
#[derive(Clone, Serialize, Deserialize)]
struct KeptContent {
    address: String,
    media_type: String,
    size: i64,
    words: String,
}

impl KeptContent {
    fn of(content: &binaries::Content) -> Self {
        Self {
            address: content.address.clone(),
            media_type: content.media_type.clone(),
            size: content.size,
            words: content.words.clone(),
        }
    }
}

impl Kept {
    fn of(incoming: &Incoming, files: Vec<KeptFile>) -> Self {
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
            files,
            binaries: incoming.binaries.clone(),
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
            entry: None,
            visibility: Visibility::try_from(self.visibility).ok()?,
            search_text: self.search_text,
            raw: self.raw.into_bytes(),
            files: Vec::new(),
            binaries: self.binaries,
            parts: self.parts.into_iter().map(part).collect::<Option<_>>()?,
        })
    }
}
