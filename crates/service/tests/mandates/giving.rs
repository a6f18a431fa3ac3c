//! Giving: the holder answers to the name that was typed, or nobody gets anything and nobody is told why.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{Named, Standing};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::ProvenLogin;
use borgerportal_service::mandates::show;
use borgerportal_service::people::keep_proven;
use borgerportal_store::testing::TestStore;

#[both]
async fn a_mandate_given_unasked_works_at_once(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let signed = portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(364)).await.unwrap();
    let hers = portal.as_relative(&mette).await;
    assert_eq!(hers.titles(journal).await, Ok(vec![]));
    let view = hers.look(move |tx, who| show(tx, who, signed.mandate, Lang::Da)).await.unwrap();
    assert_eq!(
        (view.giver.as_str(), view.holder.as_str(), view.history.len()),
        ("Inger Holm", "Mette Holm", 1)
    );
    let text = view.evidence.unwrap().text.unwrap();
    assert!(
        text.contains("Jeg, Inger Holm, giver Mette Holm fuldmagt.") && text.contains("af egen fri vilje"),
        "{text}"
    );
    assert!(!text.contains(mette.cpr.expose()), "{text}");
    let stranger = portal.as_citizen(&portal.person(3, "Lone", "1972-08-09").await).await;
    let theirs = stranger.look(move |tx, who| show(tx, who, signed.mandate, Lang::Da)).await;
    assert_eq!(theirs.unwrap_err(), "not found");
    let (told, _) = portal.told_to().await;
    assert_eq!(told, ["mandate_given → Mette", "mandate_signed → Inger"]);
    let again = portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(10)).await;
    assert_eq!(again.unwrap_err(), "mandates.sign.overlaps");
}

#[both]
async fn nobody_learns_from_giving_whether_a_person_exists(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let dead = portal.person(3, "Edith", "1930-01-01").await;
    portal.change(&dead, |facts| facts.deceased_on = Some(Date::constant(2026, 1, 1))).await;
    let journal = portal.journal(&inger, helsingor()).await;
    let misnamed = Named { name: "Helle Jensen".to_owned(), ..named(&mette) };
    let unknown = Named::read("Helle Jensen", cpr_of(900).expose(), "").unwrap();
    for other in [misnamed, named(&dead), unknown] {
        let hers = portal.as_citizen(&inger).await;
        let name = other.name.clone();
        let signed = hers.give(other, &[READ], portal.day(30)).await.unwrap();
        let row = hers.overview().await.given.into_iter().find(|row| row.id == signed.mandate).unwrap();
        assert_eq!((row.other, row.standing), (name, Standing::Active));
    }
    let his = portal.as_relative(&mette).await;
    assert_eq!(
        his.titles(journal).await,
        Err("not found".to_owned()),
        "a slip of the pen gives nobody anything"
    );
    assert_eq!(his.overview().await.received.len(), 0);
}

fn proven(number: u16, given: &str, family: &str) -> ProvenLogin {
    ProvenLogin {
        cpr: cpr_of(number),
        name: borgerportal_domain::PersonName { given: given.to_owned(), family: family.to_owned() },
        birth_on: Date::constant(1980, 1, 1),
        level: borgerportal_domain::access::Level::Substantial,
        authenticated_at: NOW,
        subject: "test".to_owned(),
        person_uuid: None,
        transaction_id: None,
        methods: Vec::new(),
        session_ends_at: None,
        logout_hint: Secret::new(String::new()),
        privileges: Ok(std::collections::BTreeMap::new()),
    }
}

#[both]
async fn who_is_known_by_number_alone_gets_it_when_they_show_who_they_are(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    let right = Named::read("Helle Jensen", cpr_of(900).expose(), "").unwrap();
    let slip = Named::read("Helle Jensen", cpr_of(901).expose(), "").unwrap();
    for named in [right, slip] {
        hers.give(named, &[READ], portal.day(30)).await.unwrap();
    }
    assert_eq!(
        portal.told_to().await.0,
        ["mandate_signed → Inger", "mandate_signed → Inger"],
        "nobody by name yet"
    );
    let live = vec![Standing::Active];
    for (number, given, family, received) in
        [(900, "Helle Marie", "Jensen", live), (901, "Ole", "Berg", vec![])]
    {
        let id = keep_proven(&portal.app, &proven(number, given, family)).await.unwrap();
        let somebody = Somebody {
            id,
            cpr: cpr_of(number),
            name: proven(number, given, family).name,
            birth_on: Date::constant(1980, 1, 1),
        };
        let rows = portal.as_relative(&somebody).await.overview().await.received;
        assert_eq!(rows.iter().map(|row| row.standing).collect::<Vec<_>>(), received, "{given}");
    }
    let rows = hers.overview().await.given;
    let seen: Vec<_> = rows.iter().map(|row| (row.other.as_str(), row.standing)).collect();
    assert_eq!(seen, [("Helle Jensen", Standing::Active); 2], "she learns of neither whose number it is");
    let (told, _) = portal.told_to().await;
    assert_eq!(told, ["mandate_given → Helle Marie", "mandate_signed → Inger", "mandate_signed → Inger"]);
}

#[both]
async fn nobody_gives_on_what_they_hold(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let journal = portal.journal(&inger, helsingor()).await;
    portal.as_citizen(&inger).await.give(named(&mette), &[ACT], portal.day(30)).await.unwrap();
    portal.as_relative(&mette).await.give(named(&lone), &[ACT], portal.day(30)).await.unwrap();
    assert_eq!(portal.as_relative(&lone).await.titles(journal).await, Err("not found".to_owned()));
    assert_eq!(portal.as_relative(&mette).await.titles(journal).await, Ok(vec![]));
}

#[both]
async fn a_contact_right_never_opens_the_portal(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    portal.as_citizen(&inger).await.give(named(&mette), &[CONTACT], portal.day(30)).await.unwrap();
    let refused = portal.as_relative(&mette).await.titles(journal).await.unwrap_err();
    assert_eq!(refused, "access.mandate.contact_only Inger Holm");
    portal.as_citizen(&inger).await.give(named(&mette), &[CALENDAR], portal.day(30)).await.unwrap();
    let refused = portal.as_relative(&mette).await.titles(journal).await.unwrap_err();
    assert_eq!(refused, "access.mandate.not_covered Inger Holm");
}
