//! What record systems and log-ins tell of a person reaches what that person gave, got and asked for: a death, a death
//! that was a mistake, a birth date that was wrong.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Named, Standing};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::ingest;
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::mandates::{Tx, show};
use borgerportal_service::people::keep_proven;
use borgerportal_store::people;
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};

/// A report that says this of whoever has the number; the later days are the newer words.
fn says(number: u16, on: u8, more: &Value) -> Value {
    let mut patient = patient_named(&format!("p{number}"), cpr_of(number).expose());
    patient.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    report(&format!("r{number}-{on}"), &format!("2026-09-{on:02}T10:00:00Z"), &[patient])
}

fn died() -> Value {
    json!({ "deceasedDateTime": "2026-08-30" })
}

fn called(given: &str, born: &str) -> Value {
    json!({ "name": [{ "given": [given], "family": "Holm" }], "birthDate": born })
}

/// What was told of endings, in order.
async fn endings(portal: &Portal) -> Vec<String> {
    let told = portal.told_to().await.0;
    let of_ends = ["mandate_ended", "mandate_annulled", "request_annulled", "request_withdrawn"];
    told.into_iter().filter(|one| of_ends.iter().any(|kind| one.starts_with(kind))).collect()
}

async fn delivered_in(portal: &Portal, place: MunicipalityCode, bundle: &Value) {
    ingest::take(&portal.app, &sender(place), bundle.to_string().as_bytes(), None).await.map(|_| ()).unwrap();
}

#[both]
async fn a_delivered_death_ends_everything_of_that_person_once(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let bent = portal.person(3, "Bent", "1941-02-03").await;
    let lone = portal.person(4, "Lone", "1972-08-09").await;
    let given = portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&bent).await.give(named(&inger), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&lone).await.ask(named(&inger), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&inger).await.ask(named(&lone), &[READ], portal.day(30)).await.unwrap();
    portal.deliver(&says(1, 1, &json!({}))).await;
    assert_eq!(endings(&portal).await, [] as [&str; 0], "a living person");
    // Again, in another report, and by somebody else.
    portal.deliver(&says(1, 2, &died())).await;
    portal.deliver(&says(1, 2, &died())).await;
    portal.deliver(&says(1, 3, &died())).await;
    delivered_in(&portal, randers(), &says(1, 4, &died())).await;
    let mettes = portal.as_relative(&mette).await;
    assert_eq!(mettes.overview().await.received[0].standing, Standing::EndedByDeath);
    assert_eq!(portal.as_citizen(&bent).await.overview().await.given[0].standing, Standing::EndedByDeath);
    let hers = portal.as_citizen(&lone).await.overview().await;
    assert_eq!((hers.asked[0].standing.code(), hers.waiting.len()), ("annulled", 0));
    assert_eq!(
        endings(&portal).await,
        [
            "mandate_ended → Bent",
            "mandate_ended → Mette",
            "request_annulled → Lone",
            "request_withdrawn → Lone"
        ]
    );
    let view = mettes.look(move |tx, who| show(tx, who, given.mandate, Lang::Da)).await.unwrap();
    let events: Vec<_> = view.history.iter().map(|one| one.event.as_str()).collect();
    assert_eq!(events, ["death", "signed"]);
}

#[both]
async fn a_death_that_is_taken_back_gives_nothing_back(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    portal.deliver(&says(1, 1, &died())).await;
    let told = endings(&portal).await;
    portal.deliver(&says(1, 2, &json!({ "deceasedBoolean": false }))).await;
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.overview().await.given[0].standing, Standing::EndedByDeath);
    assert_eq!(endings(&portal).await, told, "nobody is told again");
    hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    // Who dies in earnest after that is dead again.
    portal.deliver(&says(1, 3, &died())).await;
    let received = portal.as_relative(&mette).await.overview().await.received;
    assert!(received.iter().all(|row| row.standing == Standing::EndedByDeath));
    assert_eq!(endings(&portal).await.len(), 2 * told.len());
}

/// A slip of a digit: the number is somebody else's, whom only a record system knows.
#[both]
async fn a_strangers_death_tells_nothing_to_who_typed_their_number(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let typed = |name: &str| Named::read(name, cpr_of(900).expose(), "").unwrap();
    let hers = portal.as_citizen(&inger).await;
    hers.give(typed("Ulla Ravn"), &[READ], portal.day(30)).await.unwrap();
    hers.ask(typed("Ulla Ravn"), &[READ], portal.day(30)).await.unwrap();
    let mettes = portal.as_citizen(&mette).await;
    mettes.give(typed("Poul Holm"), &[READ], portal.day(30)).await.unwrap();
    mettes.ask(typed("Poul Holm"), &[READ], portal.day(30)).await.unwrap();
    let mut poul = called("Poul", "1939-01-01");
    poul.as_object_mut().unwrap().extend(died().as_object().unwrap().clone());
    portal.deliver(&says(900, 1, &poul)).await;
    let seen = hers.overview().await;
    assert_eq!((seen.given[0].standing, seen.asked[0].standing.code()), (Standing::Active, "waiting"));
    let right = mettes.overview().await;
    assert_eq!(
        (right.given[0].standing, right.asked[0].standing.code()),
        (Standing::EndedByDeath, "annulled")
    );
    assert_eq!(endings(&portal).await, ["mandate_ended → Mette", "request_annulled → Mette"]);
}

/// On paper, so that nobody better than a record system has said when the giver was born.
fn on_paper(tx: &Tx<'_>, holder: u16, yes: &Yes) -> Result<(), borgerportal_service::Problem> {
    let scan = Paper { registrar: "Borgerservice 12".to_owned(), ..scan(1) };
    paper::in_own_words(tx, (&cpr_of(900), &cpr_of(holder)), yes, &scan).map(|_| ())
}

#[both]
async fn a_birth_date_is_corrected_by_who_told_it_and_then_counts(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let mettes = portal.as_relative(&mette).await;
    portal.deliver(&says(900, 1, &called("Sofie", "2008-01-01"))).await;
    let yes = Yes { versions: mettes.chosen(&[READ]).await, last_day: portal.day(30) };
    portal.write(move |tx| on_paper(tx, 2, &yes)).await;
    let standing = async || mettes.overview().await.received[0].standing;
    delivered_in(&portal, randers(), &says(900, 2, &called("Sofie", "2018-01-01"))).await;
    assert_eq!(standing().await, Standing::Active, "another's word does not count");
    portal.deliver(&says(900, 3, &called("Sofie", "2009-01-01"))).await;
    assert_eq!(standing().await, Standing::Active, "still old enough");
    portal.deliver(&says(900, 4, &called("Sofie", "2018-01-01"))).await;
    assert_eq!(standing().await, Standing::Annulled);
    assert_eq!(endings(&portal).await, ["mandate_annulled → Mette", "mandate_annulled → Sofie"]);
}

#[both]
async fn a_log_in_that_proves_another_birth_date_counts_as_well(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let mut sofie = portal.person(3, "Sofie", "2008-01-01").await;
    portal.as_citizen(&sofie).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    sofie.birth_on = Date::constant(2018, 1, 1);
    for _ in 0..2 {
        portal.broker.knows("it", &sofie, portal.now());
        let proven = portal.broker.proven("it");
        assert_eq!(keep_proven(&portal.app, &proven).await.unwrap(), sofie.id);
    }
    let id = sofie.id;
    let known = portal.read(move |tx| Ok(people::person(tx, id)?)).await.unwrap();
    assert_eq!(known.facts.birth_on, sofie.birth_on);
    let received = portal.as_relative(&mette).await.overview().await.received;
    assert_eq!(received[0].standing, Standing::Annulled);
    assert_eq!(endings(&portal).await, ["mandate_annulled → Mette", "mandate_annulled → Sofie"]);
}
