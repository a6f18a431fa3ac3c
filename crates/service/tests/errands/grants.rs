//! Grants: what is in force and what was, whom a decision went to and how long each can complain, the letter with it, and
//! what is left when the journal is closed.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Privilege, PrivilegeSet, RefusalCode};
use borgerportal_domain::grants::{Route, Standing};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::time::Date;
use borgerportal_service::Problem;
use borgerportal_service::attachments::File;
use borgerportal_service::grants::{self, Letter, List, One};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde_json::{Value, json};

impl Visitor {
    async fn grants(&self, journal: JournalId) -> Result<List, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &Tx<'_>, who: &_| grants::list(tx, &places, who, journal).map(|(_, list)| list);
        self.portal.app.read_as(&self.token, read).await
    }

    async fn grant(&self, journal: JournalId, item: ItemId) -> Result<One, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read =
            move |tx: &Tx<'_>, who: &_| grants::grant(tx, &places, who, (journal, item)).map(|(_, one)| one);
        self.portal.app.read_as(&self.token, read).await
    }

    async fn letter(&self, journal: JournalId, item: ItemId) -> Result<File, Problem> {
        grants::letter(&self.portal.app, &self.token, journal, item).await
    }
}

/// Title and standing, newest first, or why not.
fn named(list: Result<List, Problem>) -> Result<Vec<String>, String> {
    let word = |row: &grants::Row| format!("{} {}", row.grant.title, row.standing.code());
    list.map(|list| list.rows.iter().map(word).collect()).map_err(|problem| told(&problem))
}

const AT: &str = "2026-11-02T10:00:00Z";

/// A portal with these settings, Inger, and what is delivered about her.
async fn with(
    store: TestStore,
    settings: &str,
    resources: impl FnOnce(&Somebody) -> Vec<Value>,
) -> (Portal, Somebody, JournalId) {
    let portal = Portal::with(store, settings);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mut all = vec![patient(&inger)];
    all.extend(resources(&inger));
    portal.deliver(&bundle("transaction", AT, &all)).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    (portal, inger, journal)
}

fn changed(mut plan: Value, member: &str, value: Value) -> Value {
    plan[member] = value;
    plan
}

#[both]
async fn what_holds_and_what_has_held(store: TestStore) {
    let (portal, inger, journal) = with(store, OPEN, |inger| {
        let now = grant(inger, "now", "Rengøring", &[]);
        let old =
            changed(grant(inger, "old", "Gammel rengøring", &[]), "period", json!({ "start": "2026-04-01" }));
        let no = grant(inger, "no", "Indkøb", &[json!({ "url": "state", "valueCode": "refused" })]);
        let past = json!({ "start": "2026-01-01", "end": "2026-10-31" });
        let later = json!({ "start": "2026-12-01" });
        vec![
            changed(now, "replaces", json!([{ "reference": "CarePlan/old" }])),
            old,
            changed(no, "period", json!({ "start": "2026-03-01" })),
            changed(grant(inger, "past", "Madservice", &[]), "period", past),
            changed(grant(inger, "later", "Tøjvask", &[]), "period", later),
            care_plan(inger, "plan"),
        ]
    })
    .await;
    let own = portal.as_citizen(&inger).await;
    let expected = [
        "Tøjvask coming",
        "Rengøring running",
        "Gammel rengøring replaced",
        "Indkøb refused",
        "Madservice lapsed",
        "Personlig hygiejne running",
    ];
    assert_eq!(named(own.grants(journal).await).unwrap(), expected);
    let rows = own.grants(journal).await.unwrap().rows;
    let (now, old, plan) = (&rows[1], &rows[2], &rows[5]);
    let one = own.grant(journal, old.id).await.unwrap();
    assert_eq!((one.newer, one.route), (Some(now.id), Some(Route::Municipality)));
    assert_eq!(own.grant(journal, plan.id).await.unwrap().route, None, "it only stands in a plan");
    let read: Vec<bool> = own.grants(journal).await.unwrap().rows.iter().map(|row| row.read).collect();
    assert_eq!(read, [false, false, true, false, false, true], "what was opened is read");
}

#[both]
async fn a_hidden_grant_leaves_no_trace_in_the_one_it_replaced(store: TestStore) {
    let (portal, inger, journal) = with(store, OPEN, |inger| {
        let hidden = labelled(grant(inger, "new", "Ny", &[]), &["audience-citizen"]);
        let new = changed(hidden, "replaces", json!([{ "reference": "CarePlan/old" }]));
        vec![grant(inger, "old", "Gammel", &[]), new]
    })
    .await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    portal.mandate(&inger, &mette).await;
    let (own, relative) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    let mut mine = named(own.grants(journal).await).unwrap();
    mine.sort();
    assert_eq!(mine, ["Gammel replaced", "Ny running"]);
    let seen = relative.grants(journal).await.unwrap();
    assert_eq!(named(Ok(seen.clone())).unwrap(), ["Gammel running"]);
    assert_eq!(relative.grant(journal, seen.rows[0].id).await.unwrap().newer, None);
    let new =
        own.grants(journal).await.unwrap().rows.into_iter().find(|row| row.grant.title == "Ny").unwrap();
    assert!(matches!(relative.grant(journal, new.id).await, Err(Problem::NotFound)));
}

#[both]
async fn everybody_has_the_time_that_their_own_letter_gives(store: TestStore) {
    let settings = format!("{OPEN}[complaints]\nletter_days = 3\n");
    let (portal, inger, journal) = with(store, &settings, |inger| {
        let ways =
            [sent("citizen", "digital_post", "2026-11-02"), sent("representative", "letter", "2026-11-02")];
        vec![grant(inger, "g", "Rengøring", &ways)]
    })
    .await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    portal.mandate(&inger, &mette).await;
    let last_day = async |visitor: Visitor| {
        let row = visitor.grants(journal).await.unwrap().rows.remove(0);
        (row.own.unwrap().last_day, row.deadlines.len())
    };
    let day = |day| Date::constant(2026, 11, day);
    assert_eq!(last_day(portal.as_citizen(&inger).await).await, (day(30), 2));
    assert_eq!(last_day(portal.as_relative(&mette).await).await, (Date::constant(2026, 12, 3), 2));
    // Four weeks and a day later the citizen is late, and the complaint is taken all the same.
    portal.minutes_later(28 * 24 * 60);
    let own = portal.as_citizen(&inger).await;
    let row = own.grants(journal).await.unwrap().rows.remove(0);
    assert_eq!(row.own.unwrap().days_left(Date::constant(2026, 12, 1)), None);
    assert!(row.is_running(Date::constant(2026, 12, 1)), "the helper still has time");
    let one = own.grant(journal, row.id).await.unwrap();
    assert_eq!(one.no_complaint, None);
    let relative = portal.as_relative(&mette).await;
    let one = relative.grant(journal, row.id).await.unwrap();
    assert_eq!(one.no_complaint, Some(RefusalCode::ReadOnly), "a right to read is none to complain");
}

#[both]
async fn the_letter_is_linked_for_those_who_may_read_it(store: TestStore) {
    let (portal, inger, journal) = with(store, OPEN, |inger| {
        let brev = with_pdf(letter(inger, "brev", "Afgørelse", "2026-11-02"), PDF);
        let hidden = labelled(letter(inger, "skjult", "Skjult", "2026-11-02"), &["audience-none"]);
        vec![
            brev,
            hidden,
            grant(inger, "a", "Med brev", &[with_letter("brev")]),
            grant(inger, "b", "Med skjult brev", &[with_letter("skjult")]),
            grant(inger, "c", "Med et brev, der ikke er kommet", &[with_letter("borte")]),
        ]
    })
    .await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    let grants_only = item(PrivilegeSet::EMPTY.with(Privilege::ReadGrants));
    portal.mandate_with(&inger, &mette, |mandate| mandate.items = vec![grants_only]).await;
    let (own, relative) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
    let rows = own.grants(journal).await.unwrap().rows;
    for row in rows {
        let letter = own.grant(journal, row.id).await.unwrap().letter;
        let with_letter = row.grant.title == "Med brev";
        assert_eq!(matches!(letter, Some(Letter::Document(_))), with_letter, "{}", row.grant.title);
        if let Some(Letter::Document(document)) = letter {
            assert_eq!(own.open(journal, document).await.unwrap().head.title, "Afgørelse");
        }
        assert_eq!(relative.grant(journal, row.id).await.unwrap().letter, None, "no right to documents");
        let file = own.letter(journal, row.id).await;
        assert!(matches!(file, Err(Problem::NotFound)), "documents are where they are");
    }
}

#[both]
async fn a_running_deadline_is_never_hidden_by_a_closed_journal(store: TestStore) {
    const INACTIVE: &str = "access.journal.inactive Inger Holm";
    let (running, all) =
        (vec!["Ophør ceased".to_owned()], ["Ophør ceased", "Gammel running"].map(str::to_owned));
    for (number, (knob, days, expected)) in (1_000..).zip([
        ("mode = \"locked\"", 0, Ok(running.clone())),
        ("mode = \"locked\"", 28, Err(INACTIVE)),
        ("mode = \"read_only\"\nmonths = 1", 0, Ok(all.to_vec())),
        ("mode = \"read_only\"\nmonths = 1", 32, Err(INACTIVE)),
        ("mode = \"letters_only\"", 300, Ok(all.to_vec())),
    ]) {
        let portal = Portal::with(store.clone(), &format!("{OPEN}[inactive_journal]\n{knob}\n"));
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let id = |name: &str| format!("{name}{number}");
        let ways = [sent("citizen", "digital_post", "2026-11-02"), with_letter(&id("brev"))];
        let stopped = changed(grant(&inger, &id("g"), "Ophør", &ways), "status", json!("revoked"));
        let old = changed(grant(&inger, &id("o"), "Gammel", &[]), "period", json!({ "start": "2026-01-01" }));
        let brev = with_pdf(letter(&inger, &id("brev"), "Afgørelse", "2026-11-02"), PDF);
        let mut closed = patient(&inger);
        closed["active"] = json!(false);
        portal.deliver(&bundle("transaction", AT, &[closed, brev, stopped, old])).await;
        let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
        portal.minutes_later(days * 24 * 60);
        let own = portal.as_citizen(&inger).await;
        let found = own.grants(journal).await;
        assert_eq!(named(found), expected.map_err(str::to_owned), "{knob} after {days} days");
        if days == 0 {
            let stopped = own.grants(journal).await.unwrap().rows.remove(0);
            let one = own.grant(journal, stopped.id).await.unwrap();
            assert!(one.no_complaint.is_some(), "messages are closed");
            match one.letter {
                Some(Letter::Here(_)) => {
                    let file = own.letter(journal, stopped.id).await.unwrap();
                    assert_eq!((file.content.as_slice(), file.name.as_str()), (PDF, "Ophør"));
                }
                Some(Letter::Document(document)) => assert!(own.open(journal, document).await.is_ok()),
                None => panic!("{knob}: the decision can be read as long as one can complain about it"),
            }
        }
    }
}

#[both]
async fn the_log_says_what_was_shown_of_a_closed_journal(store: TestStore) {
    let settings = format!("{OPEN}[inactive_journal]\nmode = \"locked\"\n");
    let (portal, inger, journal) = with(store, &settings, |inger| {
        vec![grant(inger, "g", "Rengøring", &[sent("citizen", "digital_post", "2026-11-02")])]
    })
    .await;
    let mut closed = patient(&inger);
    closed["active"] = json!(false);
    portal.deliver(&bundle("transaction", "2026-11-02T11:00:00Z", &[closed])).await;
    let own = portal.as_citizen(&inger).await;
    assert_eq!(named(own.grants(journal).await).unwrap(), ["Rengøring running"]);
    portal.minutes_later(40 * 24 * 60);
    let own = portal.as_citizen(&inger).await;
    assert!(own.grants(journal).await.is_err());
    let log = own.log(journal).await.unwrap();
    assert!(log.contains(&"Inger grants access.journal.inactive".to_owned()), "{log:?}");
    assert!(log.contains(&"Inger grants shown".to_owned()), "{log:?}");
}

#[both]
async fn whereabouts_of_a_protected_citizen_stay_hidden_here_too(store: TestStore) {
    let (portal, inger, journal) = with(store, OPEN, |inger| {
        let unit = json!({ "url": "unit", "valueString": "Visitationen Nord" });
        vec![grant(inger, "g", "Rengøring", &[unit])]
    })
    .await;
    let mette = portal.person(1002, "Mette", "1970-02-01").await;
    portal.mandate(&inger, &mette).await;
    portal.change(&inger, |facts| facts.protected = true).await;
    let supplier = async |visitor: Visitor| {
        let row = visitor.grants(journal).await.unwrap().rows.remove(0);
        (row.grant.supplier, row.grant.decision.and_then(|decision| decision.unit), row.standing)
    };
    assert!(supplier(portal.as_citizen(&inger).await).await.0.is_some());
    assert_eq!(supplier(portal.as_relative(&mette).await).await, (None, None, Standing::Running));
}
