//! Documents: the list, one document, its file, and a search over all text. Each asks for access, loads one
//! stretch, and lets the item rule drop what this reader may not see before its head is opened.

mod as_helper;
mod file;

pub(crate) use as_helper::as_helper;
pub use file::file;

use crate::access::{self, Granted, Question};
use crate::items::{self, WHEREABOUTS, words};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{FilterKind, LogObject, ObjectKind};
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::{Area, Item, ItemKind, Shown};
use borgerportal_domain::search_text::Query;
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::gate;
use borgerportal_fhir::render::{self, Body, Lang};
use borgerportal_store::attachments::FileRow;
use borgerportal_store::documents::{self as store, Labelled, Listed, Window};
use borgerportal_store::items as kept;
pub use borgerportal_store::items::Place;
use borgerportal_store::tx::Tx;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Rows on a page of the list.
pub const PAGE: usize = 40;
/// Hits on a page of a search: each is opened for its snippet.
pub const HITS: usize = 15;
/// Characters of a snippet.
const SNIPPET: usize = 180;

/// What the reader wants to see of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these types; all if empty.
    pub kinds: Vec<DocumentType>,
    /// Only these areas; all if empty.
    pub areas: Vec<Area>,
    /// Nothing older.
    pub since: Option<Timestamp>,
    /// Only what this reader has not opened.
    pub unread: bool,
}

impl Filter {
    fn lets(&self, one: &Labelled) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&one.kind))
            && (self.areas.is_empty() || self.areas.contains(&one.area))
    }

    /// What the log says of it: kinds of filter, never their values.
    fn logged(&self, paged: bool) -> Vec<FilterKind> {
        let set = [
            (!self.kinds.is_empty(), FilterKind::Type),
            (!self.areas.is_empty(), FilterKind::Area),
            (self.since.is_some(), FilterKind::Period),
            (self.unread, FilterKind::Unread),
            (paged, FilterKind::Page),
        ];
        set.into_iter().filter_map(|(set, kind)| set.then_some(kind)).collect()
    }
}

/// Which page of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The newest.
    First,
    /// What comes after this place, downwards.
    After(Place),
    /// What comes before this place, upwards.
    Before(Place),
}

/// A row with what only this reader knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// What it shows.
    pub head: Arc<DocumentHead>,
    /// This reader has opened it.
    pub read: bool,
    /// Around the words that were searched for.
    pub snippet: Option<Snippet>,
    /// The words that were searched for stand in a file of it, not all of them on its page.
    pub in_file: bool,
}

/// The piece of a document's text around the words that were searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// The words in it, as byte ranges.
    pub marks: Vec<Range<usize>>,
}

impl Snippet {
    fn of(words: &Query, text: &str) -> Option<Self> {
        let found = words.snippet(text, SNIPPET);
        let start = found.range.start;
        let marks = found.highlights.iter().map(|range| range.start - start..range.end - start).collect();
        Some(Self { text: text.get(found.range)?.to_owned(), marks })
            .filter(|snippet| !snippet.marks.is_empty())
    }
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Newest first.
    pub rows: Vec<Row>,
    /// There are newer ones.
    pub newer: bool,
    /// There are older ones.
    pub older: bool,
    /// What this reader has, where the whole list was looked through on the way.
    pub met: Option<Met>,
}

/// Types and areas among the documents that this reader may see: what a filter has a use for. Only what the rule
/// let through is noted, or a choice would tell of what is withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Met {
    /// Each type once.
    pub kinds: BTreeSet<DocumentType>,
    /// Each area once.
    pub areas: BTreeSet<Area>,
}

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits {
    /// Newest first.
    pub rows: Vec<Row>,
    /// How many there are in all.
    pub total: usize,
}

/// One document, opened.
pub struct Document {
    /// Its head.
    pub head: Arc<DocumentHead>,
    /// What can be read on the page.
    pub body: Body,
    /// Its files: media type and size.
    pub files: Vec<FileRow>,
}

/// What can be read without opening a file, in stored form.
fn on_page(head: &DocumentHead, text: &str) -> String {
    let whereabouts: Vec<&str> =
        [&head.author, &head.unit].into_iter().flatten().map(String::as_str).collect();
    words(&format!("{}\n{text}", head.title), &whereabouts.join("\n"), "")
}

fn words_without_whereabouts(words: &str) -> &str {
    words.split(WHEREABOUTS).next().unwrap_or_default()
}

fn question(journal: JournalId, object: LogObject) -> Question {
    Question { journal, privilege: Privilege::ReadDocuments, object }
}

/// The item rule for this reader, asked about documents.
struct Rule<'a>(items::Rule<'a>);

impl<'a> Rule<'a> {
    fn of(granted: &'a Granted<'_>, places: &'a Municipalities, now: Timestamp) -> Result<Self, Problem> {
        Ok(Self(items::Rule::of(granted, places, now)?))
    }

    fn shown(&self, one: &Labelled) -> Option<Shown> {
        self.0.shown(&Item {
            kind: ItemKind::Document(one.kind),
            area: one.area,
            sender: &one.sender,
            dated: one.dated,
            received_at: one.received_at,
            visibility: &one.visibility,
        })
    }

    fn lets(&self, one: &Labelled) -> bool {
        self.shown(one).is_some()
    }

    /// Where a protected person is cared for is not told by author or unit either.
    fn trim(&self, one: &Labelled, head: Arc<DocumentHead>) -> Arc<DocumentHead> {
        match self.shown(one) {
            Some(Shown::Whole) => head,
            Some(Shown::WithoutWhereabouts) | None => {
                Arc::new(DocumentHead { author: None, unit: None, ..Arc::unwrap_or_clone(head) })
            }
        }
    }

    /// The part of a document's words that this reader may find it by.
    fn findable<'w>(&self, text: &'w str) -> &'w str {
        if self.0.hides_whereabouts() { words_without_whereabouts(text) } else { text }
    }

    fn rows(&self, listed: Vec<Listed>, read: &BTreeSet<ItemId>) -> Vec<Row> {
        let row = |one: Listed| Row {
            place: one.labelled.place,
            read: read.contains(&one.head.id),
            head: self.trim(&one.labelled, one.head),
            snippet: None,
            in_file: false,
        };
        listed.into_iter().map(row).collect()
    }
}

/// One page of the list.
pub fn list<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    (filter, page): (&Filter, Page),
) -> Result<(Granted<'t>, List), Problem> {
    let object = LogObject::list(ObjectKind::DocumentList, filter.logged(page != Page::First));
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let list = rows(tx, places, &granted, (filter, page), PAGE)?;
    Ok((granted, list))
}

/// The rows of a page, under an access that was granted already.
pub(crate) fn rows(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    (filter, page): (&Filter, Page),
    limit: usize,
) -> Result<List, Problem> {
    let rule = Rule::of(granted, places, tx.now())?;
    let oldest = filter.since.unwrap_or(Timestamp::from_millis(i64::MIN));
    let (from, newer) = match page {
        Page::First => (Place::TOP, false),
        Page::After(place) => (place, false),
        Page::Before(place) => (place, true),
    };
    // One more than is shown tells whether there is another page.
    let window = Window { from, oldest, newer, limit: limit + 1 };
    let opened = opened(tx, granted, filter, oldest)?;
    let met = RefCell::new(Met::default());
    let keep = |one: &Labelled| {
        let seen = rule.lets(one);
        if seen {
            let mut met = met.borrow_mut();
            met.kinds.insert(one.kind);
            met.areas.insert(one.area);
        }
        seen && filter.lets(one) && !opened.contains(&one.place.id)
    };
    let mut listed = store::list(tx, &granted.access, &window, &keep)?;
    let more = listed.len() > limit;
    // From the top to the end, without a row left: nothing was missed, and it cost nothing.
    let whole = page == Page::First && filter.since.is_none() && !more;
    if more && newer {
        listed.remove(0);
    }
    listed.truncate(limit);
    let read = marks(tx, granted, &listed)?;
    let (newer, older) = match page {
        Page::First => (false, more),
        Page::After(_) => (true, more),
        Page::Before(_) => (more, true),
    };
    Ok(List { rows: rule.rows(listed, &read), newer, older, met: whole.then(|| met.into_inner()) })
}

/// Everything this reader has opened, where only the unread are wanted.
fn opened(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    filter: &Filter,
    oldest: Timestamp,
) -> Result<BTreeSet<ItemId>, Problem> {
    if !filter.unread {
        return Ok(BTreeSet::new());
    }
    let times = oldest..=Timestamp::from_millis(i64::MAX);
    Ok(kept::read_marks(tx, &granted.access, store::KIND, times)?)
}

fn marks(tx: &Tx<'_>, granted: &Granted<'_>, listed: &[Listed]) -> Result<BTreeSet<ItemId>, Problem> {
    let (Some(newest), Some(oldest)) = (listed.first(), listed.last()) else {
        return Ok(BTreeSet::new());
    };
    let (newest, oldest) = (newest.labelled.place.sort_at, oldest.labelled.place.sort_at);
    Ok(kept::read_marks(tx, &granted.access, store::KIND, oldest..=newest)?)
}

/// Searches all text of all documents this reader may see.
pub fn search<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    (words, filter, window, lang): (&Query, &Filter, Range<usize>, Lang),
) -> Result<(Granted<'t>, Hits), Problem> {
    let mut filters = filter.logged(window.start > 0);
    filters.push(FilterKind::Words);
    let object = LogObject::list(ObjectKind::DocumentSearch, filters);
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let oldest = filter.since.unwrap_or(Timestamp::from_millis(i64::MIN));
    let matcher = words.matcher();
    let found = store::search(tx, &granted.access, oldest, &|text| matcher.matches(rule.findable(text)))?;
    let opened = opened(tx, &granted, filter, oldest)?;
    let keep = |one: &Labelled| filter.lets(one) && rule.lets(one) && !opened.contains(&one.place.id);
    let (hits, total) = store::hits(tx, &granted.access, &found, window, &keep)?;
    let (listed, bodies): (Vec<_>, Vec<_>) = hits.into_iter().map(|hit| (hit.listed, hit.body)).unzip();
    let read = marks(tx, &granted, &listed)?;
    let mut rows = rule.rows(listed, &read);
    for (row, body) in rows.iter_mut().zip(&bodies) {
        if gate::may_show(body) {
            let text = render::body(body, lang).plain();
            row.snippet = Snippet::of(words, &text.replace('\n', " · "));
            row.in_file = row.head.has_pdf && !words.matches(&on_page(&row.head, &text));
        }
    }
    Ok((granted, Hits { rows, total }))
}

/// Opens one document and notes that this reader has.
pub fn document<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
    lang: Lang,
) -> Result<(Granted<'t>, Document), Problem> {
    let object = LogObject::one(ObjectKind::Document, item);
    let granted = access::ask(tx, places, who, &question(journal, object))?;
    let document = open(tx, places, &granted, item)?;
    kept::mark_read(tx, &granted.access, store::KIND, document.labelled.place);
    let rule = Rule::of(&granted, places, tx.now())?;
    let head = rule.trim(&document.labelled, Arc::new(document.head));
    let body = render::body(&document.body, lang);
    Ok((granted, Document { head, body, files: document.files }))
}

/// A document this reader may see; the third gate stands here.
fn open(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<store::Opened, Problem> {
    let rule = Rule::of(granted, places, tx.now())?;
    let opened = store::document(tx, &granted.access, item, &|one| rule.lets(one))?;
    let opened = opened.filter(|opened| gate::may_show(&opened.body));
    if opened.is_none() {
        granted.access.found_nothing(tx);
    }
    opened.ok_or(Problem::NotFound)
}
