//! A municipality that leaves: its journals on their way out, a page at a time, and then nothing of it. The operator does it,
//! for the municipality; nobody who is signed in can. It refuses to know where what leaves is put, and to hold more than a
//! page of it.

mod erase;

pub use erase::erase;

use crate::app::App;
use crate::hex::hex;
use crate::problem::Problem;
use borgerportal_domain::ids::{ItemId, LogId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_store::keys::sha256;
pub use borgerportal_store::leaving::Line;
use borgerportal_store::leaving::{self as store, FileLine, Journal, NOBODY, Part};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Journals that are asked for at once.
const PAGE: i64 = 100;
/// People whose names are asked for at once.
const NAMES: usize = 200;

/// Where what leaves is put.
pub trait Sink {
    /// Why it could not be.
    type Error: From<Problem>;

    /// Adds lines to a file. Those of one file come one after the other.
    fn lines(&mut self, file: &str, lines: &[Line]) -> Result<(), Self::Error>;

    /// Puts a whole file.
    fn file(&mut self, file: &str, content: &[u8]) -> Result<(), Self::Error>;

    /// One more journal is out.
    fn journal(&mut self);
}

/// What came of an export, beside what the sink counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exported {
    /// Journals.
    pub journals: u64,
    /// Journals whose key is gone: nothing of them can be opened.
    pub keyless: u64,
    /// Files that a row names and that do not lie where they should.
    pub missing: u64,
}

/// An export under way.
struct Export<'a, S> {
    app: &'a App,
    municipality: MunicipalityCode,
    sink: &'a mut S,
    named: BTreeSet<PersonId>,
    done: Exported,
}

/// Takes out everything of a municipality.
pub async fn export<S: Sink>(
    app: &App,
    municipality: MunicipalityCode,
    sink: &mut S,
) -> Result<Exported, S::Error> {
    let mut export = Export { app, municipality, sink, named: BTreeSet::new(), done: Exported::default() };
    let mut after = NOBODY;
    loop {
        let page = export.read(move |tx| Ok(store::citizens(tx, municipality, after, PAGE)?)).await?;
        let Some(last) = page.last() else { break };
        after = *last;
        for citizen in page {
            export.journal(citizen).await?;
        }
    }
    export.log().await?;
    export.lookups().await?;
    export.names().await?;
    Ok(export.done)
}

impl<S: Sink> Export<'_, S> {
    async fn read<T: Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.app.store.read_heavy(self.app.clock.now(), errand).await
    }

    fn put(&mut self, file: &str, lines: &[Line]) -> Result<(), S::Error> {
        self.named.extend(lines.iter().flat_map(|line| &line.people));
        self.sink.lines(file, lines)
    }

    async fn journal(&mut self, citizen: PersonId) -> Result<(), S::Error> {
        let municipality = self.municipality;
        let Some(journal) = self.read(move |tx| Ok(store::open(tx, municipality, citizen)?)).await? else {
            self.done.keyless += 1;
            return Ok(());
        };
        let folder = format!("citizens/{}", journal.writing.journal);
        let journal = Arc::new(journal);
        self.sink.lines(&format!("{folder}/journal.ndjson"), &[head(&journal)])?;
        for part in Part::ALL {
            let (file, mut after) = (format!("{folder}/{}", part.file()), Some((NO_ITEM, 0)));
            while let Some(from) = after {
                let journal = Arc::clone(&journal);
                let (lines, next) =
                    self.read(move |tx| Ok(store::lines(tx, &journal.writing, part, from)?)).await?;
                self.put(&file, &lines)?;
                after = next;
            }
        }
        let mandates = self.read(move |tx| {
            let mut lines = store::mandates(tx, municipality, citizen)?;
            lines.extend(store::requests(tx, citizen)?);
            Ok(lines)
        });
        let mandates = mandates.await?;
        self.put(&format!("{folder}/mandates.ndjson"), &mandates)?;
        self.files(&journal, &folder).await?;
        self.done.journals += 1;
        self.sink.journal();
        Ok(())
    }

    async fn files(&mut self, journal: &Arc<Journal>, folder: &str) -> Result<(), S::Error> {
        let mut after = (NO_ITEM, -1);
        loop {
            let of = Arc::clone(journal);
            let page = self.read(move |tx| Ok(store::files(tx, &of.writing, after)?)).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = (last.item, last.number);
            for file in page {
                let line = self.file(journal, folder, &file).await?;
                self.sink.lines(&format!("{folder}/files.ndjson"), &[line])?;
            }
        }
    }

    async fn file(
        &mut self,
        journal: &Journal,
        folder: &str,
        FileLine { item, number, file }: &FileLine,
    ) -> Result<Line, S::Error> {
        let content = match self.app.files.get(&file.address).await {
            Ok(sealed) => Some(journal.writing.open_file(&sealed).map_err(Problem::from)?),
            Err(error) if error.retry_helps() => return Err(Problem::Away("files").into()),
            Err(_) => None,
        };
        let name = format!("files/{item}-{number}{}", ending(&file.media_type));
        match &content {
            Some(content) => self.sink.file(&format!("{folder}/{name}"), content)?,
            None => self.done.missing += 1,
        }
        let json = json!({
            "item": item, "number": number, "mediaType": file.media_type, "file": content.as_ref().map(|_| name),
            "bytes": content.as_ref().map(|content| content.len()),
            "sha256": content.as_ref().map(|content| hex(&sha256(content))), "missing": content.is_none(),
        });
        Ok(Line::of(&json, Vec::new()))
    }

    async fn log(&mut self) -> Result<(), S::Error> {
        let (municipality, mut after) = (self.municipality, Some((NOBODY, LogId::from_bytes([0; 16]))));
        while let Some(from) = after {
            let (lines, next) = self.read(move |tx| Ok(store::log_lines(tx, municipality, from)?)).await?;
            self.put("access-log.ndjson", &lines)?;
            after = next;
        }
        Ok(())
    }

    async fn lookups(&mut self) -> Result<(), S::Error> {
        let (municipality, mut after) = (self.municipality, Some(NO_ITEM));
        while let Some(from) = after {
            let (lines, next) = self.read(move |tx| Ok(store::lookups(tx, municipality, from)?)).await?;
            self.put("lookups.ndjson", &lines)?;
            after = next;
        }
        Ok(())
    }

    /// Who stands in all these lines. Their numbers are no matter of the municipality.
    async fn names(&mut self) -> Result<(), S::Error> {
        let all: Vec<PersonId> = std::mem::take(&mut self.named).into_iter().collect();
        for some in all.chunks(NAMES) {
            let some = some.to_vec();
            let lines = self.read(move |tx| {
                let mut lines = Vec::new();
                for id in &some {
                    if let Some(person) = people::person(tx, *id)? {
                        lines.push(Line::of(&json!({ "id": id, "name": person.name.full() }), Vec::new()));
                    }
                }
                Ok(lines)
            });
            let lines = lines.await?;
            self.sink.lines("people.ndjson", &lines)?;
        }
        Ok(())
    }
}

/// Before every item.
const NO_ITEM: ItemId = ItemId::from_bytes([0; 16]);

/// Whose journal it is.
fn head(journal: &Journal) -> Line {
    let (person, facts) = (&journal.person, &journal.person.facts);
    let json = json!({
        "journal": journal.writing.journal, "person": facts.id, "cpr": person.cpr.expose(),
        "given": person.name.given, "family": person.name.family, "born": facts.birth_on.to_string(),
        "died": facts.deceased_on.map(|day| day.to_string()), "protected": facts.protected,
        "opened": journal.opened_at.to_string(), "closedSince": journal.closed_since,
    });
    Line::of(&json, Vec::new())
}

fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => ".pdf",
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        _ => "",
    }
}
