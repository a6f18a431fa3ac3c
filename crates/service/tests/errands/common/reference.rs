//! The record as rows beside the record as `fhir` says it must be: [`State`] is the reference.

use super::{Portal, Visitor, helsingor, sender};
use borgerportal_domain::conditions::{Overview, Story};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{GoalStory, Overview as PlanOverview, PlanStory};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_fhir::delivery::{Delivery, Room};
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::order::Rank;
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::State;
use borgerportal_fhir::{conditions, plans};
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

    /// What Tilstande and Handlingsplaner tell must be what the reference says, whichever engine kept it.
    pub(crate) async fn tells_as(&self, reader: &Visitor, cpr: &Cpr, state: &State, name: &str) {
        let Some(journal) = self.journal_of(cpr, helsingor()).await else { return };
        let nobody = || Held { id: ItemId::from_bytes([0; 16]), has_text: false, it: () };
        let of = |room: Room| {
            let mine = state.kept().filter(move |(_, kept)| kept.owner.as_ref() == Some(cpr));
            let here = mine.filter(|(_, kept)| !kept.stamp.rank.is_gone());
            here.filter_map(|(_, kept)| kept.item.as_ref()).filter(move |item| item.room == room)
        };
        let told = of(Room::Conditions).filter_map(|item| {
            let head = conditions::Head::read(&item.entry.as_ref()?.head)?;
            Some(head.told(nobody(), copenhagen_date(item.sort_at), item.stamp.rank == Rank::Ended))
        });
        let expected = condition_lines(&Overview::of(told.collect()));
        let found = condition_lines(&reader.conditions(journal).await.unwrap());
        assert_eq!(found, expected, "{name}: conditions");
        let told = of(Room::Plans).filter_map(|item| {
            let head = plans::Head::read(&item.entry.as_ref()?.head)?;
            Some(head.told(nobody(), copenhagen_date(item.sort_at)))
        });
        let expected = plan_lines(&PlanOverview::of(told.collect()));
        assert_eq!(plan_lines(&reader.plans(journal).await.unwrap()), expected, "{name}: plans");
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

/// Every condition on a line, without ids: each store mints its own.
fn condition_lines(overview: &Overview) -> Vec<String> {
    let line = |story: &Story| {
        let it = &story.condition.it;
        let steps: Vec<_> =
            story.steps.iter().map(|step| (step.on, &step.level, step.results.len())).collect();
        format!("{} {} {:?} {:?} {steps:?}", it.what.label, it.ended, it.level, story.expected())
    };
    let mut lines: Vec<String> = overview.stories().map(line).collect();
    lines.sort();
    lines
}

/// Every plan and goal on a line.
fn plan_lines(overview: &PlanOverview) -> Vec<String> {
    let plan = |story: &PlanStory| {
        let (parts, goals) = (story.parts.len(), story.goals.len());
        format!("{} {:?} {parts} {goals} {}", story.plan.it.name, story.targets, story.judgements.len())
    };
    let goal = |story: &GoalStory| format!("{} {:?}", story.goal.it.name, story.goal.it.aim);
    let mut lines: Vec<String> = overview.plans.iter().map(plan).collect();
    lines.extend(overview.goals.iter().map(goal));
    lines.sort();
    lines
}

fn text(raw: &[u8]) -> String {
    String::from_utf8_lossy(raw).into_owned()
}
