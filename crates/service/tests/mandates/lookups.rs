//! Look-ups by authorities: what counts, what never does, and that nobody learns from one who exists.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access_log::{LogLine, ObjectKind};
use borgerportal_domain::asking::{Asking, LookUpAnswer};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::{Channel, LookUp, Purpose, RightAccess, Subject};
use borgerportal_domain::municipality::{MandateSource, MunicipalityCode};
use borgerportal_domain::time::Date;
use borgerportal_identity::jws::KeySet;
use borgerportal_identity::proof::{Answer, StatusList};
use borgerportal_service::mandates::lookup::{self, Decision, Question};
use borgerportal_store::mandates::lookup as store;
use borgerportal_store::testing::TestStore;

pub(crate) fn question(giver: &Cpr, helper: &Cpr) -> Question {
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

    pub(crate) async fn here(&self, question: &Question) -> Answer {
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

/// A death that has ended no mandate yet, because nobody has told of it but the register, ends its proofs.
#[both]
async fn a_proof_ends_with_either_life_within_a_minute(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let base = "https://portal.test/";
    for (number, dies) in [(1, "giver"), (3, "helper"), (5, "nobody")] {
        let giver = portal.person(number, "Inger", "1943-05-12").await;
        let helper = portal.person(number + 1, "Preben", "1966-04-14").await;
        portal.as_citizen(&giver).await.give(named(&helper), &[CONTACT], portal.day(3)).await.unwrap();
        let asked = question(&giver.cpr, &helper.cpr);
        let (day, place) =
            portal.decide(&asked, (helsingor(), MandateSource::Own)).await.list.expect("a yes has a place");
        let name = format!("{day}-{}", helsingor());
        let withdrawn = async || {
            let keys = lookup::keys(&portal.app).await.unwrap().to_string();
            let list = lookup::status(&portal.app, &name, base).await.unwrap();
            let uri = format!("{base}api/lookup/v1/status/{name}");
            let keys = KeySet::parse(keys.as_bytes()).unwrap();
            StatusList::verify(&list, &keys, &uri, portal.now()).unwrap().has(place)
        };
        portal.minutes_later(1);
        assert!(!withdrawn().await, "{dies}");
        let dead = [("giver", &giver), ("helper", &helper)].into_iter().find(|one| one.0 == dies);
        if let Some((_, dead)) = dead {
            portal.change(dead, |facts| facts.deceased_on = Some(Date::constant(2026, 11, 2))).await;
        }
        assert!(!withdrawn().await, "the list of this minute: {dies}");
        portal.minutes_later(1);
        assert_eq!(withdrawn().await, dies != "nobody", "{dies}");
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

#[both]
async fn the_line_says_which_system_asked_what_for_and_what_it_was_told(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let karen = portal.person(3, "Karen", "1950-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    portal.as_citizen(&inger).await.give(named(&mette), &[CONTACT], portal.day(30)).await.unwrap();
    portal.here(&question(&inger.cpr, &mette.cpr)).await;
    let mut other = question(&inger.cpr, &mette.cpr);
    (other.what.subject, other.purpose) = (Subject::Grants, Purpose::Meeting);
    portal.minutes_later(1);
    portal.decide(&other, (helsingor(), MandateSource::Both)).await;
    let log = portal.as_citizen(&inger).await.log_page(journal, None).await.unwrap().lines;
    let asked: Vec<_> = log.iter().filter(|line| line.asked.is_some()).collect();
    let said = |purpose, answer| Some(Asking { client: "cases".to_owned(), purpose, answer });
    assert_eq!(asked[0].asked, said(Purpose::Meeting, LookUpAnswer::Unknown));
    assert_eq!(asked[1].asked, said(Purpose::PhoneCall, LookUpAnswer::Yes));
    assert!(asked.iter().all(|line| line.journal == journal && line.actor == LogLine::NOBODY));
    // Karen has no journal here: the line says so and is kept all the same, and so is that about nobody.
    portal.here(&question(&karen.cpr, &mette.cpr)).await;
    portal.minutes_later(1);
    portal.here(&question(&cpr_of(900), &mette.cpr)).await;
    let lines = portal.store.log_lines();
    let nowhere = format!("\"journal\":\"{}\"", LogLine::NO_JOURNAL);
    let without: Vec<_> = lines.iter().filter(|line| line.contains(&nowhere)).collect();
    assert_eq!(without.len(), 2);
    assert!(without[0].contains(&format!("\"subject\":\"{}\"", karen.id)));
    assert!(without[1].contains("\"subject\":null"));
    for line in lines.iter().filter(|line| line.contains("\"asked\"")) {
        assert!(line.starts_with("{\"v\":2,") && line.contains("\"role\":\"system\""), "{line}");
        assert!(!line.contains("27.60.12"), "the case is not in the log: {line}");
    }
}

#[both]
async fn look_ups_go_after_two_years_and_their_lines_stay(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.here(&question(&inger.cpr, &mette.cpr)).await;
    portal.days_later(400);
    portal.here(&question(&inger.cpr, &mette.cpr)).await;
    let read = async || {
        let hers = portal.as_citizen(&inger).await;
        hers.look(|tx, who| lookup::about_me(tx, who, 9)).await.unwrap()
    };
    for (later, left) in [(0, 2), (329, 2), (2, 1), (398, 1), (3, 0)] {
        portal.days_later(later);
        borgerportal_service::jobs::sweep(&portal.app).await.unwrap();
        assert_eq!(read().await.len(), left, "after {later} more days");
    }
    let lines = portal.store.log_lines();
    assert_eq!(lines.iter().filter(|line| line.contains("\"asked\"")).count(), 2);
}
