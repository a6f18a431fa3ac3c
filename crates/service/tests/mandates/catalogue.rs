//! The catalogue: what is imported, what survives a new vendor and a move, and what says why it does not.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::Role;
use borgerportal_domain::mandates::{Channel, RightAccess, Subject};
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::packages;
use borgerportal_store::testing::TestStore;

#[both]
async fn an_import_tells_the_difference_and_a_second_one_changes_nothing(store: TestStore) {
    let portal = Portal::open(store);
    let tried = portal.try_import(FILES[0], true).await.unwrap();
    assert_eq!((tried.added.len(), tried.changed.len(), tried.same), (18, 0, 0));
    assert_eq!(portal.import(FILES[0]).await, tried, "trying writes nothing");
    let again = portal.import(FILES[0]).await;
    assert_eq!((again.added.len(), again.changed.len(), again.same), (0, 0, 18));
    let ended =
        FILES[0].replace("2020-01-01;\nkl.beskeder.handle", "2020-01-01;2026-11-30\nkl.beskeder.handle");
    assert_eq!(portal.import(&ended).await.changed, ["kl.beskeder.laese 1: last day 2026-11-30"]);
}

#[both]
async fn what_is_published_never_changes_and_nothing_of_such_a_file_is_stored(store: TestStore) {
    let portal = Portal::open(store);
    portal.import(FILES[0]).await;
    let new = "kl.ny.laese;1;Ny;New;Ny.;New.;grants;read;self_service;;KL;15;365;1096;person;2026-01-01;\n";
    let bent = format!("{}{new}", FILES[0]).replace("Læse beskeder til", "Læse alle beskeder til");
    let (line, hint) = portal.try_import(&bent, false).await.unwrap_err();
    assert_eq!(line, 14);
    assert!(hint.starts_with("kl.beskeder.laese 1 is published"), "{hint}");
    let good = format!("{}{new}", FILES[0]);
    assert_eq!(portal.import(&good).await.added, ["kl.ny.laese 1: Ny"], "the bad file left nothing behind");
}

#[both]
async fn a_file_that_does_not_fit_says_where(store: TestStore) {
    let portal = Portal::open(store);
    portal.import(FILES[0]).await;
    for (text, line, part) in [
        ("municipality;package;from;to\n0217;kl.a;2026-01-01;\n", 2, "no package kl.a"),
        (
            "package;version;service;privilege\nkl.kalender.laese;2;borgerportal;calendar.read\n",
            2,
            "no version 2",
        ),
        (
            "package;version;service;privilege\nkl.kalender.laese;1;borgerportal;calendar.burn\n",
            2,
            "no privilege calendar.burn",
        ),
    ] {
        let (at, hint) = portal.try_import(text, false).await.unwrap_err();
        assert!(at == line && hint.contains(part), "{at} {hint}");
    }
}

#[both]
async fn choices_are_by_area_with_reading_first_and_only_what_somebody_uses(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let bent = portal.person(1, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let areas = his.look(|tx, who| packages::choices(tx, who, Lang::Da)).await.unwrap();
    let subjects: Vec<_> = areas.iter().map(|area| area.subject).collect();
    assert_eq!(subjects, Subject::ALL);
    let aids = areas.iter().find(|area| area.subject == Subject::Aids).unwrap();
    let kinds: Vec<_> = aids.choices.iter().map(|one| (one.right.channel, one.right.access)).collect();
    assert_eq!(
        kinds,
        [
            (Channel::SelfService, RightAccess::Read),
            (Channel::SelfService, RightAccess::Act),
            (Channel::Contact, RightAccess::Read),
        ]
    );
    let social = areas.iter().find(|area| area.subject == Subject::Social).unwrap();
    assert_eq!(social.choices[0].least_giver_age, Some(18));
    let english = his.look(|tx, who| packages::choices(tx, who, Lang::En)).await.unwrap();
    assert_eq!(english[1].choices[0].right.title, "Aids");
    portal.import("code;version;title_da;title_en;says_da;says_en;area;access;channel;kle;publisher;least_giver_age;usual_days;longest_days;holder_kinds;from;to\nkl.ny.laese;1;Ny;New;Ny.;New.;grants;read;self_service;;KL;15;365;1096;person;2026-01-01;\n").await;
    assert!(!his.versions().await.contains_key("kl.ny.laese"), "no municipality has it active");
    portal.import("municipality;package;from;to\n0217;kl.ny.laese;2026-11-04;\n").await;
    assert!(!his.versions().await.contains_key("kl.ny.laese"), "from tomorrow");
    portal.days_later(1);
    assert!(portal.as_citizen(&bent).await.versions().await.contains_key("kl.ny.laese"));
}

#[both]
async fn a_new_vendor_changes_the_map_and_keeps_the_mandates(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let helper = portal.as_relative(&mette).await;
    let head = "package;version;service;privilege\n";
    let gone = portal.import(&format!("{head}{READ};1;elsewhere;urn:all\n")).await;
    assert_eq!(gone.recompiled, 1);
    assert_eq!(helper.titles(journal).await.unwrap_err(), "access.mandate.not_covered Inger Holm");
    let back = portal
        .import(&format!(
            "{head}{READ};1;borgerportal;documents.read\n{READ};1;borgerportal;documents.read\n"
        ))
        .await;
    assert_eq!((back.recompiled, back.changed.len()), (1, 2), "{:?}", back.changed);
    assert_eq!(helper.titles(journal).await, Ok(vec![]), "the same mandate");
    assert_eq!(helper.overview().await.received[0].id, id);
    let acting = portal
        .import(&format!("{head}{READ};1;borgerportal;documents.read\n{READ};1;borgerportal;messages.act\n"))
        .await;
    assert_eq!(acting.recompiled, 0, "a right to read never opens an act, whatever the map says");
}

#[both]
async fn moving_keeps_access_where_the_package_is_active_and_says_why_where_it_is_not(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.journal(&inger, helsingor()).await;
    let moved = portal.journal(&inger, randers()).await;
    portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(300)).await.unwrap();
    let there = portal.as_role(&mette, Role::Relative, randers()).await;
    assert_eq!(there.titles(moved).await, Ok(vec![]), "active there as well");
    portal.import(&format!("municipality;package;from;to\n0730;{READ};2020-01-01;2026-11-03\n")).await;
    assert_eq!(there.titles(moved).await, Ok(vec![]), "to and including the last day");
    portal.days_later(1);
    let there = portal.as_role(&mette, Role::Relative, randers()).await;
    assert_eq!(there.titles(moved).await.unwrap_err(), "access.mandate.package_inactive Inger Holm");
    portal.import(&format!("municipality;package;from;to\n0730;{READ};2026-11-04;\n")).await;
    assert_eq!(there.titles(moved).await, Ok(vec![]), "active again");
}
