//! The record as rows beside the record as `fhir` says it must be: [`State`] is the reference.

use super::{Portal, Visitor, helsingor, sender};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_fhir::delivery::{Delivery, Room};
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::State;
use borgerportal_store::people;
use borgerportal_store::testing::kept::{Kept, kept};
use serde_json::Value;

/// Reads a delivery without taking it in.
#[track_caller]
pub(crate) fn delivery(bundle: &Value) -> Delivery {
    read(bundle.to_string().as_bytes(), &Limits::default())
        .unwrap_or_else(|rejection| panic!("{:?}", rejection.issues))
}

/// A document as a reader has it: title, date, place in the list, text.
pub(crate) type Reading = (String, String, i64, String);

impl Portal {
    /// Everything the record system told of, by type and id.
    pub(crate) async fn kept(&self) -> Vec<Kept> {
        let sender = sender(helsingor());
        self.read(move |tx| Ok(kept(tx, sender.municipality, &sender.id)?)).await
    }

    /// The record must be what the reference says: every version, every body, every owner.
    pub(crate) async fn is_as(&self, state: &State, name: &str) {
        let found = self.kept().await;
        let mut expected = state.kept();
        for row in &found {
            let (source, kept) =
                expected.next().unwrap_or_else(|| panic!("{name}: one too many: {}", row.id));
            let label = format!("{name}: {source}");
            assert_eq!(
                (row.kind.as_str(), row.id.as_str()),
                (source.kind.name(), source.id.as_str()),
                "{label}"
            );
            assert_eq!((row.at, row.rank), (kept.stamp.version, kept.stamp.rank.number()), "{label}");
            let item = kept.item.as_ref().filter(|_| !kept.stamp.rank.is_gone());
            let Some(item) = item else {
                assert_eq!(row.shown, None, "{label} is gone");
                continue;
            };
            let owner = kept.owner.clone().unwrap();
            let remaining = state.documents(&owner).into_iter().find(|(one, _)| one == source);
            let raw = match (&item.document, remaining) {
                (None, _) => Some(item.raw.clone()),
                (Some(_), remaining) => remaining.map(|(_, remaining)| remaining.raw),
            };
            // Supporting facts stand in no list: where they would stand there is not kept up.
            let place = |at: i64| if item.room == Room::Other { 0 } else { at };
            let shown =
                raw.map(|raw| (item.room.code().to_owned(), place(item.sort_at.millis()), text(&raw)));
            assert_eq!(
                row.shown.clone().map(|(room, at, raw)| (room, place(at), text(&raw))),
                shown,
                "{label}"
            );
            let citizen = row.citizen;
            let whose = self.read(move |tx| Ok(people::by_cpr(tx, &owner)?)).await;
            assert_eq!(whose, Some(citizen), "{label} is on another's record");
        }
        assert!(expected.next().is_none(), "{name}: something is missing");
    }

    /// What a citizen reads must be what the reference says, in list, page and search.
    pub(crate) async fn reads_as(&self, reader: &Visitor, cpr: &Cpr, state: &State, name: &str) {
        let mut expected: Vec<Reading> = state
            .documents(cpr)
            .into_iter()
            .map(|(source, remaining)| {
                let at = state.get(&source).unwrap().item.as_ref().unwrap().sort_at;
                let (title, dated) = (remaining.document.title, remaining.document.dated.to_string());
                (title, dated, at.millis(), body(&remaining.raw, Lang::Da).plain())
            })
            .collect();
        expected.sort();
        let Some(journal) = self.journal_of(cpr, helsingor()).await else {
            assert!(expected.is_empty(), "{name}: no journal");
            return;
        };
        let mut found = self.readings(reader, journal).await;
        found.sort();
        assert_eq!(found, expected, "{name}");
        for (title, ..) in &expected {
            let hits = reader.search(journal, &format!("\"{title}\"")).await.unwrap();
            assert!(hits.total >= 1, "{name}: {title} is not found");
        }
    }

    /// All documents of a journal, opened.
    pub(crate) async fn readings(&self, reader: &Visitor, journal: JournalId) -> Vec<Reading> {
        let mut readings = Vec::new();
        for row in reader.list(journal).await.unwrap().rows {
            let opened = reader.open(journal, row.head.id).await.unwrap();
            let at: Timestamp = row.place.sort_at;
            readings.push((
                opened.head.title.clone(),
                opened.head.dated.to_string(),
                at.millis(),
                opened.body.plain(),
            ));
        }
        readings
    }

    /// What one reads in a journal, newest first: title and text.
    pub(crate) async fn texts(&self, reader: &Visitor, journal: JournalId) -> Vec<String> {
        let readings = self.readings(reader, journal).await;
        readings
            .into_iter()
            .map(|(title, _, _, text)| format!("{title}: {}", text.replace('\n', " | ")))
            .collect()
    }
}

fn text(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).into_owned()
}
