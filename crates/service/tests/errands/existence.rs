//! Who may not know cannot tell whether there is anything: the same answer, the same work, the same trace.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Block, Blocked};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::search_text::Query;
use borgerportal_domain::time::Date;
use borgerportal_fhir::render::Lang;
use borgerportal_service::documents::{self, Filter, Page, Place};
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{Municipalities, Problem, access_log, front_page};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

/// What a question about a journal does: the answer in a word, and the statements that were run for it.
type Trace = (String, Vec<&'static str>);

type Ask = fn(&Tx<'_>, &Municipalities, &SignedIn, JournalId, ItemId) -> Result<(), Problem>;

const QUESTIONS: [(&str, Ask); 6] = [
    ("list", |tx, places, who, journal, _| {
        documents::list(tx, places, who, journal, (&Filter::default(), Page::First)).map(|_| ())
    }),
    ("next page", |tx, places, who, journal, _| {
        documents::list(tx, places, who, journal, (&Filter::default(), Page::After(Place::TOP))).map(|_| ())
    }),
    ("document", |tx, places, who, journal, item| {
        documents::document(tx, places, who, (journal, item), Lang::Da).map(|_| ())
    }),
    ("search", |tx, places, who, journal, _| {
        let words = Query::parse("brev");
        documents::search(tx, places, who, journal, (&words, &Filter::default(), 0..20, Lang::Da)).map(|_| ())
    }),
    ("front page", |tx, places, who, journal, _| {
        front_page::front_page(tx, places, who, journal).map(|_| ())
    }),
    ("log", |tx, places, who, journal, _| access_log::page(tx, places, who, journal, None).map(|_| ())),
];

/// Everything one can ask, about this journal and item.
async fn traces(visitor: &Visitor, journal: JournalId, item: ItemId) -> Vec<(&'static str, Trace)> {
    let mut traces = Vec::new();
    for (name, ask) in QUESTIONS {
        let places: Arc<Municipalities> = visitor.portal.app.municipalities.clone();
        let lines = visitor.portal.store.log_lines().len();
        let read = move |tx: &Tx<'_>, who: &SignedIn| {
            let answer = match ask(tx, &places, who, journal, item) {
                Ok(()) => "shown".to_owned(),
                Err(problem) => told(&problem),
            };
            Ok((answer, tx.statements()))
        };
        traces.push((name, visitor.portal.app.read_as(&visitor.token, read).await.unwrap()));
        assert_eq!(visitor.portal.store.log_lines().len(), lines + 1, "{name} leaves one line");
    }
    let file = visitor.file(journal, item).await.err().unwrap();
    traces.push(("file", (told(&file), Vec::new())));
    traces
}

#[both]
async fn a_journal_that_may_not_be_known_looks_like_none(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let stranger = portal.person(1002, "Lone", "1972-08-09").await;
    let brev = with_pdf(letter(&inger, "d1", "Brev", "2026-10-01"), PDF);
    portal.deliver(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&inger), brev])).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let item = portal.as_citizen(&inger).await.list(journal).await.unwrap().rows[0].head.id;
    let visitor = portal.as_relative(&stranger).await;
    let nothing = traces(&visitor, JournalId::from_bytes([9; 16]), ItemId::from_bytes([9; 16])).await;
    for (name, (answer, statements)) in &nothing {
        assert_eq!(answer, "not found", "{name}");
        assert!(*name == "file" || statements.len() >= 3, "{name}: {statements:?}");
    }
    assert_eq!(traces(&visitor, journal, item).await, nothing, "a stranger's");
    // Whatever is special about it, nobody without a relation can tell.
    portal.change(&inger, |facts| facts.protected = true).await;
    assert_eq!(traces(&visitor, journal, item).await, nothing, "a protected person's");
    portal.change(&inger, |facts| facts.deceased_on = Some(Date::constant(2026, 10, 1))).await;
    assert_eq!(traces(&visitor, journal, item).await, nothing, "a dead person's");
    let block = Block { blocked: Blocked::Everybody, from: NOW.plus_days(-1), until: None };
    portal.block(&inger, helsingor(), block).await;
    assert_eq!(traces(&visitor, journal, item).await, nothing, "a blocked one");
    portal.mandate(&inger, &portal.person(1003, "Mette", "1970-01-01").await).await;
    assert_eq!(traces(&visitor, journal, item).await, nothing, "one that somebody else has a mandate for");
}

#[both]
async fn a_document_that_may_not_be_seen_looks_like_none(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    let hidden = labelled(letter(&inger, "d1", "Kun til Inger", "2026-10-01"), &["audience-citizen"]);
    portal.deliver(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&inger), hidden])).await;
    portal.mandate(&inger, &mette).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let item = portal.as_citizen(&inger).await.list(journal).await.unwrap().rows[0].head.id;
    let visitor = portal.as_relative(&mette).await;
    // Asked once before: what was read a moment ago lies in memory, whatever it is that is asked for next.
    traces(&visitor, journal, item).await;
    let (there, nowhere) =
        (traces(&visitor, journal, item).await, traces(&visitor, journal, ItemId::from_bytes([9; 16])).await);
    assert_eq!(there, nowhere);
    let document = there.iter().find(|(name, _)| *name == "document").unwrap();
    assert_eq!(document.1.0, "not found");
    // Another citizen's document under one's own journal is none either.
    let own = portal.journal(&mette, helsingor()).await;
    let at_home = portal.as_citizen(&mette).await;
    assert_eq!(told(&at_home.open(own, item).await.err().unwrap()), "not found");
}

#[both]
async fn the_chooser_tells_nobody_of_a_relation_that_is_none(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    portal.journal(&inger, randers()).await;
    portal.mandate(&inger, &mette).await;
    assert_eq!(portal.as_relative(&mette).await.within_reach().await, (vec![], vec![]), "no journal here");
    portal.journal(&inger, helsingor()).await;
    assert_eq!(portal.as_relative(&mette).await.within_reach().await.0, ["Inger"]);
}
