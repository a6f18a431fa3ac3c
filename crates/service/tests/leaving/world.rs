//! Inger has moved from Randers to Helsingør and has a journal in both. Helsingør leaves.

use crate::common::*;
use crate::messages::DEPARTMENTS;
use borgerportal_domain::access::{ItemFact, PrivilegeSet};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::mandates::Territory;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::leaving::{self, Exported, Line, Sink};
use borgerportal_service::{Problem, ingest};
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) const AT: &str = "2026-11-02T10:00:00Z";
pub(crate) const LATER: &str = "2026-11-02T11:00:00Z";

pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) inger: Somebody,
    pub(crate) mette: Somebody,
    pub(crate) karl: Somebody,
}

/// A folder in memory.
#[derive(Default)]
pub(crate) struct Out {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) largest: usize,
}

impl Sink for Out {
    type Error = Problem;

    fn lines(&mut self, file: &str, lines: &[Line]) -> Result<(), Problem> {
        self.largest = self.largest.max(lines.len());
        let kept = self.files.entry(file.to_owned()).or_default();
        for line in lines {
            kept.extend_from_slice(&line.json);
            kept.push(b'\n');
        }
        Ok(())
    }

    fn file(&mut self, file: &str, content: &[u8]) -> Result<(), Problem> {
        assert!(self.files.insert(file.to_owned(), content.to_vec()).is_none(), "written once");
        Ok(())
    }

    fn journal(&mut self) {}
}

impl Out {
    /// The lines of all files of this name, whosever they are.
    pub(crate) fn lines(&self, name: &str) -> Vec<Value> {
        let named = self.files.iter().filter(|(file, _)| file.rsplit('/').next() == Some(name));
        let texts = named.map(|(_, content)| String::from_utf8(content.clone()).unwrap());
        let lines: Vec<String> =
            texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Everything, for looking for what must or must not be in it.
    pub(crate) fn text(&self) -> String {
        self.files.values().map(|content| String::from_utf8_lossy(content)).collect()
    }
}

fn pdf(marker: &str) -> Vec<u8> {
    format!("%PDF-1.7 {marker}").into_bytes()
}

impl World {
    /// Randers alone, with what people have of their own.
    pub(crate) async fn of_randers(store: TestStore) -> Self {
        let portal = Portal::with(store, &format!("{DEPARTMENTS}{OPEN}"));
        let inger = portal.person(1, "Inger", "1944-05-12").await;
        let mette = portal.person(2, "Mette", "1975-05-12").await;
        let karl = portal.person(3, "Karl", "1971-05-12").await;
        let world = Self { portal, inger, mette, karl };
        world.deliver(randers(), AT, &world.record("RANDERS-FØRST", "r")).await;
        world.deliver(randers(), LATER, &world.record("RANDERS-SIDST", "r")).await;
        world.mandate(&world.mette, Territory::All).await;
        world.mandate(&world.karl, Territory::Only(vec![randers()])).await;
        world
    }

    /// The journal that came to Helsingør: letters with files, a message and one that is being written, a mandate for
    /// there alone, somebody whom nobody else knows, and a session.
    pub(crate) async fn and_helsingor(&self) -> JournalId {
        self.deliver(helsingor(), AT, &self.record("HELSINGØR-FØRST", "h")).await;
        self.deliver(helsingor(), LATER, &self.record("HELSINGØR-SIDST", "h")).await;
        let named = json!([{ "given": ["Ukendt"], "family": "Andersen" }]);
        for (number, name) in [(8, Some(named)), (9, None)] {
            let mut unknown = patient_named(&format!("u{number}"), cpr_of(number).expose());
            if let Some(name) = name {
                unknown["name"] = name;
            }
            self.deliver(helsingor(), AT, &[unknown]).await;
        }
        self.mandate(&self.karl, Territory::Only(vec![helsingor()])).await;
        let journal = self.portal.journal_of(&self.inger.cpr, helsingor()).await.unwrap();
        let mette = self.portal.as_relative(&self.mette).await;
        mette.says(journal, "HELSINGØR-BESKED").await;
        mette.ready(journal, "HELSINGØR-KLADDE").await;
        journal
    }

    fn record(&self, marker: &str, id: &str) -> Vec<Value> {
        let inger = &self.inger;
        let brev = with_pdf(letter(inger, id, &format!("{marker} brev"), "2026-09-01"), &pdf(marker));
        vec![
            patient(inger),
            brev,
            with_note(condition(inger, &format!("{id}c")), &format!("{marker} tilstand")),
        ]
    }

    pub(crate) async fn deliver(&self, to: MunicipalityCode, at: &str, resources: &[Value]) {
        let bytes = bundle("transaction", at, resources).to_string();
        let key = format!("{at} {}", resources.last().unwrap()["id"]);
        let taken = ingest::take(&self.portal.app, &sender(to), bytes.as_bytes(), Some(&key)).await;
        assert!(taken.is_ok(), "{:?}", taken.err());
    }

    /// Everything, counting where this says.
    async fn mandate(&self, holder: &Somebody, territory: Territory) {
        let items = vec![ItemFact { territory, ..item(PrivilegeSet::all()) }];
        self.portal.mandate_with(&self.inger, holder, |one| one.items = items).await;
    }

    pub(crate) async fn export(&self, municipality: MunicipalityCode) -> (Out, Exported) {
        let mut out = Out::default();
        let exported = leaving::export(&self.portal.app, municipality, &mut out).await.unwrap();
        (out, exported)
    }

    pub(crate) async fn erase(&self, municipality: MunicipalityCode) -> u64 {
        let (store, clock) = (&self.portal.app.store, &self.portal.app.clock);
        leaving::erase(store, clock, municipality, |_, _| {}).await.unwrap()
    }

    /// The first document of a journal.
    pub(crate) async fn first(&self, reader: &Visitor, journal: JournalId) -> ItemId {
        reader.list(journal).await.unwrap().rows[0].head.id
    }
}
