//! The export: piece by piece, each stretch decided and logged on its own, and never more than this reader may open.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::ids::JournalId;
use borgerportal_service::Problem;
use borgerportal_service::export::{self, At, Bundle};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde_json::{Value, json};

const AT: &str = "2026-11-02T10:00:00Z";

impl Visitor {
    async fn export(&self, journal: JournalId) -> Result<Bundle, Problem> {
        export::bundle(&self.portal.app, &self.token, journal).await
    }

    /// All of it, and how large its largest piece was.
    async fn whole(&self, journal: JournalId) -> Result<(Value, usize), Problem> {
        let (mut bundle, mut all, mut largest) = (self.export(journal).await?, Vec::new(), 0);
        while let Some(piece) = bundle.next().await {
            let piece = piece?;
            largest = largest.max(piece.len());
            all.extend(piece);
        }
        Ok((serde_json::from_slice(&all).unwrap(), largest))
    }

    async fn volumes(&self, journal: JournalId) -> Result<Vec<(At, usize)>, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &Tx<'_>, who: &_| {
            export::volumes(tx, &places, who, journal).map(|(_, volumes)| volumes)
        };
        let volumes = self.portal.app.read_as(&self.token, read).await?;
        Ok(volumes.into_iter().map(|volume| (volume.from, volume.items)).collect())
    }
}

/// Types of the resources, in their order.
fn kinds(bundle: &Value) -> Vec<&str> {
    let entries = bundle["entry"].as_array().unwrap();
    entries.iter().filter_map(|entry| entry["resource"]["resourceType"].as_str()).collect()
}

/// Inger's journal with so many letters, a grant and a condition, and the file of every letter.
async fn home(store: TestStore, settings: &str, letters: usize) -> (Portal, Somebody, JournalId) {
    let portal = Portal::with(store, settings);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |number: usize| {
        let date = format!("2026-{:02}-{:02}", 1 + number / 28 % 10, 1 + number % 28);
        with_pdf(letter(&inger, &format!("l{number}"), &format!("Brev {number}"), &date), PDF)
    };
    let mut all = vec![patient(&inger), grant(&inger, "g", "Rengøring", &[]), condition(&inger, "c")];
    all.extend((0..letters).map(brev));
    portal.deliver(&bundle("transaction", AT, &all)).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    (portal, inger, journal)
}

#[both]
async fn pieces_are_small_and_every_stretch_is_logged(store: TestStore) {
    let (portal, inger, journal) = home(store, OPEN, 120).await;
    let own = portal.as_citizen(&inger).await;
    let (bundle, largest) = own.whole(journal).await.unwrap();
    let count = |wanted: &str| kinds(&bundle).iter().filter(|kind| **kind == wanted).count();
    assert_eq!((count("DocumentReference"), count("Binary")), (120, 120));
    assert_eq!((count("CarePlan"), count("Condition")), (1, 1));
    assert!(largest < 4_000, "{largest} bytes: a piece is one resource or one file");
    let log = own.log(journal).await.unwrap();
    let lines = log.iter().filter(|line| *line == "Inger export shown").count();
    assert_eq!(lines, 3, "a hundred and twenty-two items, fifty at a time: {log:?}");
}

#[both]
async fn a_right_that_ends_ends_the_export(store: TestStore) {
    let (portal, inger, journal) = home(store, OPEN, 70).await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    let mandate = portal.mandate(&inger, &mette).await;
    let mut bundle = portal.as_relative(&mette).await.export(journal).await.unwrap();
    for _ in 0..20 {
        assert!(bundle.next().await.unwrap().is_ok());
    }
    portal.withdraw(mandate, &inger).await;
    let mut broke = None;
    while let Some(piece) = bundle.next().await {
        broke = piece.err();
    }
    let broke = broke.map(|problem| told(&problem));
    assert_eq!(broke.as_deref(), Some("access.mandate.withdrawn Inger Holm"), "at the next stretch");
}

#[both]
async fn volumes_hold_everything_once(store: TestStore) {
    let (portal, inger, journal) = home(store, OPEN, 230).await;
    let own = portal.as_citizen(&inger).await;
    let volumes = own.volumes(journal).await.unwrap();
    assert_eq!(volumes.iter().map(|(_, items)| *items).collect::<Vec<_>>(), [100, 100, 32]);
    let mut names = std::collections::BTreeSet::new();
    for (from, items) in volumes {
        let printed = export::volume(&portal.app, &own.token, journal, from).await.unwrap();
        assert_eq!((printed.items.len(), printed.whose.as_str()), (items, "Inger Holm"));
        names.extend(printed.items.iter().map(|item| item.id));
    }
    assert_eq!(names.len(), 232);
}

#[both]
async fn rooms_that_a_right_does_not_cover_stay_closed(store: TestStore) {
    let (portal, inger, journal) = home(store, OPEN, 1).await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    let grants = item(PrivilegeSet::EMPTY.with(Privilege::ReadGrants));
    portal.mandate_with(&inger, &mette, |mandate| mandate.items = vec![grants]).await;
    let (bundle, _) = portal.as_relative(&mette).await.whole(journal).await.unwrap();
    assert_eq!(kinds(&bundle), ["CarePlan"]);
    let stranger = portal.person(1003, "Karen", "1970-02-01").await;
    assert!(matches!(portal.as_relative(&stranger).await.export(journal).await, Err(Problem::NotFound)));
}

#[both]
async fn whereabouts_of_a_protected_citizen_leave_with_the_citizen_alone(store: TestStore) {
    let (portal, inger, journal) = home(store, OPEN, 1).await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    portal.mandate(&inger, &mette).await;
    portal.change(&inger, |facts| facts.protected = true).await;
    let text = async |visitor: Visitor| visitor.whole(journal).await.unwrap().0.to_string();
    assert!(text(portal.as_citizen(&inger).await).await.contains("Hjemmeplejen Nord"));
    let seen = text(portal.as_relative(&mette).await).await;
    assert!(!seen.contains("Hjemmeplejen Nord") && seen.contains("Rengøring"), "{seen}");
}

#[both]
async fn of_a_closed_journal_leaves_what_is_left(store: TestStore) {
    let closed: Result<&[&str], &str> = Err("access.journal.inactive Inger Holm");
    for (number, (knob, expected)) in (1_000..).zip([
        ("mode = \"locked\"", closed),
        ("mode = \"read_only\"\nmonths = 12", Ok(&["DocumentReference", "Condition", "CarePlan"][..])),
        ("mode = \"letters_only\"", Ok(&["DocumentReference", "CarePlan"][..])),
    ]) {
        let portal = Portal::with(store.clone(), &format!("{OPEN}[inactive_journal]\n{knob}\n"));
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let mut inactive = patient(&inger);
        inactive["active"] = json!(false);
        let resources = [
            inactive,
            letter(&inger, &format!("l{number}"), "Brev", "2026-10-01"),
            grant(&inger, &format!("g{number}"), "Rengøring", &[]),
            condition(&inger, &format!("c{number}")),
        ];
        portal.deliver(&bundle("transaction", AT, &resources)).await;
        let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
        let whole = portal.as_citizen(&inger).await.whole(journal).await;
        let found = whole.as_ref().map(|(bundle, _)| kinds(bundle)).map_err(told);
        assert_eq!(found, expected.map(<[&str]>::to_vec).map_err(str::to_owned), "{knob}");
    }
}
