//! Mandates to a wrong number: whoever has it gets nothing and learns nothing, and the giver does not learn whose it is.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Named, Standing};
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::Date;
use borgerportal_service::mandates::register;
use borgerportal_store::testing::TestStore;

fn helle(number: u16) -> Named {
    Named::read("Helle Jensen", cpr_of(number).expose(), "").unwrap()
}

#[both]
async fn giving_twice_tells_nothing_of_whom_the_number_leads_to(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let dead = portal.person(3, "Edith", "1930-01-01").await;
    portal.change(&dead, |facts| facts.deceased_on = Some(Date::constant(2026, 1, 1))).await;
    let misnamed = Named { name: "Helle Jensen".to_owned(), ..named(&mette) };
    let mut seen = Vec::new();
    for (number, other) in (100..).zip([named(&mette), misnamed, named(&dead), helle(900)]) {
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let hers = portal.as_citizen(&inger).await;
        let first = hers.give(other.clone(), &[READ], portal.day(30)).await.unwrap().mandate;
        let same = hers.give(other.clone(), &[READ], portal.day(30)).await.map(|_| ());
        let more = hers.give(other.clone(), &[CALENDAR], portal.day(10)).await.map(|_| ());
        let renewed = hers.renew(first, portal.day(200)).await.map(|_| ());
        let taken = hers.give(other, &[READ], portal.day(300)).await.map(|_| ());
        seen.push((same, more, renewed, taken));
    }
    let overlaps = Err("mandates.sign.overlaps".to_owned());
    assert_eq!(seen, vec![(overlaps.clone(), Ok(()), Ok(()), overlaps); 4]);
}

#[both]
async fn her_front_page_names_whom_she_named_and_no_other(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let hers = portal.as_citizen(&inger).await;
    for other in [named(&mette), helle(900)] {
        for code in [READ, CALENDAR] {
            hers.give(other.clone(), &[code], portal.day(30)).await.unwrap();
        }
    }
    let page = hers.front_page(journal).await.unwrap();
    let names: Vec<_> = page.watchers.iter().map(|one| one.name.full()).collect();
    assert_eq!(names, ["Helle Jensen", "Mette Holm"]);
}

#[both]
async fn a_child_named_by_the_register_of_custody_does_not_get_a_strangers_mandate(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let hers = portal.as_citizen(&inger).await;
    hers.give(helle(900), &[READ], portal.day(300)).await.unwrap();
    let name = PersonName { given: "Sofie".to_owned(), family: "Berg".to_owned() };
    let mut sofie = Somebody { id: mette.id, cpr: cpr_of(900), name, birth_on: Date::constant(2010, 5, 5) };
    portal.register.custody(&mette, &sofie);
    let parent = portal.as_parent(&mette).await;
    borgerportal_service::custody::ask_for(&portal.app, &parent.token).await.unwrap();
    let cpr = cpr_of(900);
    sofie.id = portal.read(move |tx| Ok(borgerportal_store::people::by_cpr(tx, &cpr)?)).await.unwrap();
    let helper = portal.as_relative(&sofie).await;
    assert_eq!(helper.titles(journal).await, Err("not found".to_owned()));
    assert_eq!(helper.overview().await.received.len(), 0);
    assert_eq!(hers.overview().await.given[0].standing, Standing::Active, "she sees no difference");
    hers.stop(hers.overview().await.given[0].id, None).await.unwrap();
    let told = portal.told_to().await.0;
    assert_eq!(told, ["mandate_signed → Inger"], "the child hears of none of it");
}

#[both]
async fn who_gets_a_new_number_gets_what_was_given_to_it_under_their_name(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let hers = portal.as_citizen(&inger).await;
    let to_her = Named::read("Mette Holm", cpr_of(900).expose(), "").unwrap();
    hers.give(to_her, &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&lone).await.give(helle(900), &[READ], portal.day(30)).await.unwrap();
    let old = mette.cpr.clone();
    for _ in 0..2 {
        let old = old.clone();
        portal.write(move |tx| register::number_changed(tx, &old, &cpr_of(900)).map(|_| ())).await;
    }
    let received = portal.as_relative(&mette).await.overview().await.received;
    assert_eq!(received.iter().map(|row| row.other.as_str()).collect::<Vec<_>>(), ["Inger Holm"]);
    assert_eq!(portal.told_to().await.0.iter().filter(|one| *one == "mandate_given → Mette").count(), 1);
    let later = cpr_of(901);
    portal.write(move |tx| register::number_changed(tx, &old, &later).map(|_| ())).await;
    let id = mette.id;
    let known = portal.read(move |tx| Ok(borgerportal_store::people::person(tx, id)?)).await.unwrap();
    assert_eq!(known.cpr, cpr_of(900), "an old number that is past already changes nothing");
}

#[both]
async fn a_giver_reads_the_name_she_typed_when_her_holder_gives_up(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette Marie", "1975-02-03").await;
    let short = Named { name: "Mette Holm".to_owned(), ..named(&mette) };
    let id = portal.as_citizen(&inger).await.give(short, &[READ], portal.day(30)).await.unwrap().mandate;
    portal.as_relative(&mette).await.stop(id, None).await.unwrap();
    let says = portal
        .read(|tx| {
            let listed =
                borgerportal_store::notices::list(tx, borgerportal_domain::notices::State::Queued, 9)?;
            let all = listed.iter().map(|one| borgerportal_store::notices::load(tx, one.id));
            Ok(all.collect::<Result<Vec<_>, _>>()?)
        })
        .await;
    let stopped =
        says.into_iter().flatten().find(|one| one.kind.code() == "mandate_stopped_by_holder").unwrap();
    assert_eq!(stopped.says.other.as_deref(), Some("Mette Holm"));
}
