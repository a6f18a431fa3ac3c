//! Look-ups by authorities: what counts, what never does, and that nobody learns from one who exists.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access_log::{LogLine, ObjectKind};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::{Channel, LookUp, Purpose, RightAccess, Subject};
use borgerportal_domain::municipality::{MandateSource, MunicipalityCode};
use borgerportal_domain::time::Date;
use borgerportal_identity::proof::Answer;
use borgerportal_service::mandates::lookup::{self, Decision, Question};
use borgerportal_store::mandates::lookup as store;
use borgerportal_store::testing::TestStore;

fn question(giver: &Cpr, helper: &Cpr) -> Question {
    Question {
        giver: giver.clone(),
        representative: helper.clone(),
        what: LookUp { subject: Subject::Aids, access: RightAccess::Read, channel: Channel::Contact },
        purpose: Purpose::PhoneCall,
        case: "27.60.12-G01-7-26".to_owned(),
    }
}

impl Portal {
    async fn decide(&self, question: &Question, place: (MunicipalityCode, MandateSource)) -> Decision {
        let question = question.clone();
        self.app.write(move |tx| lookup::decide(tx, place, "cases", &question)).await.unwrap()
    }

    async fn here(&self, question: &Question) -> Answer {
        self.decide(question, (helsingor(), MandateSource::Own)).await.answer
    }
}

#[both]
async fn a_contact_mandate_answers_while_it_lives_and_where_it_is_used(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let asked = question(&inger.cpr, &mette.cpr);
    assert_eq!(portal.here(&asked).await, Answer::No);
    let signed =
        portal.as_citizen(&inger).await.give(named(&mette), &[CONTACT], portal.day(30)).await.unwrap();
    let told = portal.decide(&asked, (helsingor(), MandateSource::Own)).await;
    assert_eq!((told.answer, told.items.len()), (Answer::Yes, 1));
    assert_eq!((told.items[0].package.as_str(), told.items[0].version), (CONTACT, 1));
    assert_eq!(told.valid_until, Some(told.items[0].valid_until));
    assert!(told.list.is_some());
    let backwards = question(&mette.cpr, &inger.cpr);
    assert_eq!(portal.here(&backwards).await, Answer::No, "Inger may not speak for Mette");
    let own_only = |source| (helsingor(), source);
    let national = portal.decide(&asked, own_only(MandateSource::NemLogin)).await;
    assert_eq!((national.answer, national.list), (Answer::Unknown, None), "theirs to say");
    assert_eq!(portal.decide(&asked, own_only(MandateSource::Both)).await.answer, Answer::Yes);
    let nowhere = MunicipalityCode::parse("0101").unwrap();
    let elsewhere = portal.decide(&asked, (nowhere, MandateSource::Own)).await;
    assert_eq!(elsewhere.answer, Answer::No, "the package is not active there");
    portal.as_citizen(&inger).await.stop(signed.mandate, None).await.unwrap();
    assert_eq!(portal.here(&asked).await, Answer::No);
}

#[both]
async fn the_portal_and_the_caseworker_never_answer_for_each_other(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let hers = portal.as_citizen(&inger).await;
    hers.give(named(&mette), &[ACT], portal.day(30)).await.unwrap();
    hers.give(named(&lone), &[CONTACT], portal.day(30)).await.unwrap();
    for subject in Subject::ALL {
        for access in RightAccess::ALL {
            let mut asked = question(&inger.cpr, &mette.cpr);
            asked.what = LookUp { subject: *subject, access: *access, channel: Channel::Contact };
            assert_eq!(portal.here(&asked).await, Answer::No, "{subject:?} {access:?}");
        }
    }
    let speaks = portal.as_relative(&lone).await;
    assert!(speaks.titles(journal).await.is_err(), "who may telephone may not read");
    let mut portal_question = question(&inger.cpr, &lone.cpr);
    portal_question.what.channel = Channel::SelfService;
    assert_eq!(portal.here(&portal_question).await, Answer::No);
    assert_eq!(portal.here(&question(&inger.cpr, &lone.cpr)).await, Answer::Yes);
}

#[both]
async fn a_mandate_ends_with_either_life_and_with_its_last_day(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mette = portal.person(9, "Mette", "1975-02-03").await;
    for (number, dies) in [(1, "giver"), (2, "helper"), (3, "nobody")] {
        let giver = portal.person(number, "Inger", "1943-05-12").await;
        let helper = portal.person(number + 3, "Preben", "1966-04-14").await;
        portal.as_citizen(&giver).await.give(named(&helper), &[CONTACT], portal.day(3)).await.unwrap();
        let asked = question(&giver.cpr, &helper.cpr);
        assert_eq!(portal.here(&asked).await, Answer::Yes, "{dies}");
        let dead = match dies {
            "giver" => &giver,
            "helper" => &helper,
            _ => &mette,
        };
        portal.change(dead, |facts| facts.deceased_on = Some(Date::constant(2026, 11, 2))).await;
        assert_eq!(portal.here(&asked).await == Answer::Yes, dies == "nobody", "{dies}");
        if dies == "nobody" {
            portal.days_later(4);
            assert_eq!(portal.here(&asked).await, Answer::No, "its last day has gone");
        }
    }
}

#[both]
async fn nobody_learns_from_a_look_up_whether_a_person_exists(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let dead = portal.person(3, "Edith", "1930-01-01").await;
    portal.change(&dead, |facts| facts.deceased_on = Some(Date::constant(2026, 1, 1))).await;
    let stranger = cpr_of(900);
    let mut seen = Vec::new();
    for (giver, helper) in [
        (&inger.cpr, &mette.cpr),
        (&stranger, &mette.cpr),
        (&inger.cpr, &stranger),
        (&stranger, &cpr_of(901)),
        (&dead.cpr, &mette.cpr),
    ] {
        let asked = question(giver, helper);
        let place = (helsingor(), MandateSource::Own);
        let did = portal.app.write(move |tx| {
            let told = lookup::decide(tx, place, "cases", &asked)?;
            let said = (told.answer == Answer::No, told.items.len(), told.valid_until, told.list);
            let names: Vec<String> = tx.statements().into_iter().map(str::to_owned).collect();
            Ok((said, names))
        });
        seen.push(did.await.unwrap());
    }
    assert_eq!(seen[0].0, (true, 0, None, None));
    assert!(seen[0].1.iter().any(|name| name == "mandates/keep_lookup"), "{:?}", seen[0].1);
    for other in &seen[1..] {
        assert_eq!(*other, seen[0], "the same answer by the same statements");
    }
}

#[both]
async fn the_giver_reads_every_look_up_and_nobody_else_does(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    portal.as_citizen(&inger).await.give(named(&mette), &[CONTACT, READ], portal.day(30)).await.unwrap();
    portal.here(&question(&inger.cpr, &mette.cpr)).await;
    portal.here(&question(&inger.cpr, &cpr_of(900))).await;
    portal.here(&question(&cpr_of(900), &mette.cpr)).await;
    let about = |who: PersonId| portal.read(move |tx| Ok(store::about(tx, who, 10)?));
    let hers = about(inger.id).await;
    assert_eq!(hers.len(), 2);
    assert!(hers.iter().all(|one| one.case == "27.60.12-G01-7-26" && one.purpose == Purpose::PhoneCall));
    assert_eq!(hers.iter().filter(|one| one.ground.is_some()).count(), 1);
    assert_eq!(about(mette.id).await, []);
    assert_eq!(about(LogLine::NOBODY).await.len(), 1, "a question about nobody is kept, too");
    let me = portal.as_citizen(&inger).await;
    assert_eq!(me.look(|tx, who| lookup::about_me(tx, who, 10)).await.unwrap(), hers);
    let lines =
        |log: Vec<LogLine>| log.into_iter().filter(|line| line.object.kind == ObjectKind::LookUp).count();
    assert_eq!(lines(me.log_page(journal, None).await.unwrap().lines), 2);
    let helper = portal.as_relative(&mette).await;
    assert_eq!(
        lines(helper.log_page(journal, None).await.unwrap().lines),
        0,
        "a helper reads her own acts only"
    );
}
