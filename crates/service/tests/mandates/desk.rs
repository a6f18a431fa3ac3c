//! What a desk makes of a paper: the boxes of a return page, a no, what a code stands for, and the number that people
//! say on the telephone.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::{Named, RequestStanding};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::mandates::find::{self, Known};
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::mandates::{Signed, packages, paper};
use borgerportal_store::mandates::audit::Fault;
use borgerportal_store::mandates::chain::Broken;
use borgerportal_store::testing::TestStore;

impl Portal {
    async fn ticked(&self, asked: &Asked, boxes: &[&str], last_day: Option<Date>) -> Result<Yes, Problem> {
        let boxes: Vec<String> = boxes.iter().map(|one| (*one).to_owned()).collect();
        let code = asked.code.clone();
        self.app.read(move |tx| paper::ticked(tx, &code, &boxes, last_day)).await
    }

    /// Received and registered, as one.
    async fn registered(&self, asked: &Asked, by: &Somebody, yes: Yes) -> Result<Signed, Problem> {
        let (code, cpr) = (asked.code.clone(), by.cpr.clone());
        let both = move |tx: &borgerportal_store::tx::Tx<'_>| {
            paper::received(tx, &code, &scan(3))?;
            paper::register(tx, &code, (&cpr, &yes), &scan(3))
        };
        self.app.write(both).await
    }

    /// Received and declined, as one, with one page.
    async fn says_no(&self, asked: &Asked) -> Result<(), Problem> {
        let code = asked.code.clone();
        let both = move |tx: &borgerportal_store::tx::Tx<'_>| {
            paper::received(tx, &code, &scan(1))?;
            paper::declined(tx, &code, &scan(1))
        };
        self.app.write(both).await
    }

    async fn found(&self, number: &str) -> Vec<MandateId> {
        let known = Known::read(number).unwrap();
        self.read(move |tx| find::find(tx, known)).await
    }
}

#[both]
async fn a_box_is_known_by_its_place_on_the_page_or_by_its_code(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked = portal.letter(&bent, named(&inger), &[CONTACT, READ, CALENDAR]).await;
    let his = portal.as_citizen(&bent).await;
    let areas = his.look(|tx, who| packages::choices(tx, who, Lang::Da)).await.unwrap();
    let choices: Vec<_> = areas.into_iter().flat_map(|area| area.choices).collect();
    for (place, title) in (1..).zip(&asked.boxes) {
        let yes = portal.ticked(&asked, &[&format!("{place}")], None).await.unwrap();
        let meant = choices.iter().filter(|choice| choice.right.title == *title);
        let meant: Vec<_> = meant.map(|choice| choice.right.version).collect();
        assert!(yes.versions.len() == 1 && yes.versions.iter().all(|one| meant.contains(one)), "{title}");
    }
    let all = portal.ticked(&asked, &[], None).await.unwrap();
    assert_eq!((all.versions.len(), all.last_day), (3, portal.day(90)), "no box and no day: as asked for");
    let same = portal.ticked(&asked, &["1", READ, "2", "3", CALENDAR, CONTACT], None).await.unwrap();
    assert_eq!(same, all);
    for wrong in ["0", "4", "-1", "99999999999999999999", "", "1,2", ACT, "sds.fmk.laese", "Kalender"] {
        let refused = portal.ticked(&asked, &["1", wrong], None).await.unwrap_err();
        assert!(matches!(refused, Problem::Denied("mandates.request.wider")), "{wrong:?}: {refused:?}");
    }
}

#[both]
async fn what_was_ticked_is_what_is_given_and_the_requester_hears_that_it_was_not_all(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked = portal.letter(&bent, named(&inger), &[READ, CONTACT]).await;
    let later = portal.ticked(&asked, &[READ], Some(portal.day(91))).await.unwrap();
    let refused = portal.registered(&asked, &inger, later).await.unwrap_err();
    assert!(matches!(refused, Problem::Denied("mandates.request.wider")), "a later day: {refused:?}");
    let over = portal.ticked(&asked, &[READ], Some(portal.day(-1))).await.unwrap();
    let refused = portal.registered(&asked, &inger, over).await.unwrap_err();
    assert!(matches!(refused, Problem::Denied("mandates.sign.ends_too_early")), "{refused:?}");
    let yes = portal.ticked(&asked, &[READ], Some(portal.day(60))).await.unwrap();
    portal.registered(&asked, &inger, yes).await.unwrap();
    let his = portal.as_citizen(&bent).await.overview().await;
    let [held] = his.received.as_slice() else { panic!("{:?}", his.received) };
    let titles: Vec<&str> = held.items.iter().map(|item| item.right.title.as_str()).collect();
    assert_eq!((titles, held.last_day), (vec!["Social- og sundhedsportal"], portal.day(60)));
    let told = portal.told_to().await.0;
    assert!(told.contains(&"request_approved_in_part → Bent".to_owned()), "{told:?}");
    assert_eq!(portal.audit().await.faults, []);
}

#[both]
async fn an_earlier_day_alone_is_less_than_was_asked_for(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked = portal.letter(&bent, named(&inger), &[READ]).await;
    let yes = portal.ticked(&asked, &[], Some(portal.day(89))).await.unwrap();
    portal.registered(&asked, &inger, yes).await.unwrap();
    assert!(portal.told_to().await.0.contains(&"request_approved_in_part → Bent".to_owned()));
}

#[both]
async fn a_no_on_paper_is_a_no_like_any_other(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked = portal.letter(&bent, named(&inger), &[READ]).await;
    let code = asked.code.clone();
    let early = portal.app.write(move |tx| paper::declined(tx, &code, &scan(3))).await.unwrap_err();
    assert!(
        matches!(early, Problem::Denied("mandates.request.no_letter")),
        "nothing has come yet: {early:?}"
    );
    portal.says_no(&asked).await.unwrap();
    let (his, hers) = (portal.as_citizen(&bent).await, portal.as_citizen(&inger).await);
    assert_eq!(his.overview().await.asked[0].standing, RequestStanding::Declined);
    let after = hers.overview().await;
    assert_eq!((after.waiting.len(), after.given.len()), (0, 0));
    let told = portal.told_to().await.0;
    let of_the_answer: Vec<&String> =
        told.iter().filter(|one| !one.starts_with("mandate_requested")).collect();
    assert_eq!(of_the_answer, ["request_declined → Bent"]);
    assert_eq!(portal.store.rows()["evidence"], 1, "what Bent signed: nobody signed anything else");
    let again = portal.says_no(&asked).await.unwrap_err();
    assert!(matches!(again, Problem::Denied("mandates.request.closed")), "{again:?}");
    let yes = portal.ticked(&asked, &[], None).await.unwrap();
    let changed = portal.registered(&asked, &inger, yes).await.unwrap_err();
    assert!(matches!(changed, Problem::Denied("mandates.request.closed")), "no is no: {changed:?}");
}

#[both]
async fn who_says_no_on_paper_need_not_be_anybody_we_know(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let whom = Named::read("Inger Holm", "", "Havnegade 1, 3000 Helsingør").unwrap();
    let asked = portal.letter(&bent, whom, &[READ]).await;
    portal.says_no(&asked).await.unwrap();
    assert_eq!(portal.as_citizen(&bent).await.overview().await.asked[0].standing, RequestStanding::Declined);
}

#[both]
async fn a_no_that_comes_too_late_or_after_the_request_was_taken_back_changes_nothing(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let back = portal.letter(&bent, named(&inger), &[READ]).await;
    portal.as_citizen(&bent).await.take_back(back.request).await.unwrap();
    let refused = portal.says_no(&back).await.unwrap_err();
    assert!(matches!(refused, Problem::Denied("mandates.request.closed")), "{refused:?}");
    let his = portal.as_citizen(&bent).await.overview().await;
    assert_eq!(his.asked[0].standing, RequestStanding::Withdrawn);
}

#[both]
async fn a_no_on_paper_is_proven_by_its_scan(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked = portal.letter(&bent, named(&inger), &[READ]).await;
    portal.says_no(&asked).await.unwrap();
    assert_eq!(portal.audit().await.faults, []);
    portal.store.tamper("UPDATE mandate_request SET state = 'lapsed'");
    assert_eq!(portal.audit().await.faults, [(asked.request.uuid(), Fault::State)]);
    portal.store.tamper("UPDATE mandate_request SET state = 'declined'");
    assert_eq!(portal.audit().await.faults, []);
    let other = "8".repeat(64);
    portal
        .store
        .tamper(&format!("UPDATE mandate_event SET detail = '{other}' WHERE event = 'decline_on_paper'"));
    let found = portal.audit().await.faults;
    assert_eq!(found, [(asked.request.uuid(), Fault::Chain(Broken::Commitment(2)))], "another scan");
}

#[both]
async fn a_mandate_is_found_by_its_number_and_by_that_of_its_request(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (his, hers) = (portal.as_citizen(&bent).await, portal.as_citizen(&inger).await);
    let given = hers.give(named(&bent), &[CALENDAR], portal.day(30)).await.unwrap();
    let asked = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap();
    assert_eq!(portal.found(&asked.number).await, [], "nothing has come of it yet");
    let signed = hers.approve(asked.request, &[READ], portal.day(90)).await.unwrap();
    for (number, id) in [
        (&given.number, given.mandate),
        (&given.number.to_lowercase().replace('-', " "), given.mandate),
        (&signed.number, signed.mandate),
        (&asked.number, signed.mandate),
        (&signed.mandate.to_string(), signed.mandate),
    ] {
        assert_eq!(portal.found(number).await, [id], "{number}");
    }
    assert_eq!(portal.found("F-0000-0000").await, []);
}

#[both]
async fn a_code_stands_for_what_is_offered_under_it_today(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let offered = |codes: &[&str]| {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        portal.app.read(move |tx| paper::offered(tx, &codes))
    };
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let chosen = portal.as_citizen(&bent).await.chosen(&[READ, CONTACT]).await;
    assert_eq!(offered(&[READ, CONTACT, READ]).await.unwrap(), chosen);
    for wrong in ["", "1", "kl.social", "KL.KALENDER.LAESE"] {
        let refused = offered(&[READ, wrong]).await.unwrap_err();
        assert!(matches!(refused, Problem::Denied("mandates.draft.not_offered")), "{wrong:?}: {refused:?}");
    }
}
