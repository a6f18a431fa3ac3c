//! Asking: the same receipt whoever was named, no harassment, and nothing signed that was not shown.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{DraftKind, Named, RequestStanding, Step};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::jobs;
use borgerportal_service::mandates::{ask, drafts};
use borgerportal_store::mandates::{chain, evidence, requests};
use borgerportal_store::testing::TestStore;

#[both]
async fn a_husband_asks_and_sees_his_wife_say_yes_to_part(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let receipt =
        portal.as_citizen(&bent).await.ask(named(&inger), &[ACT, CONTACT], portal.day(300)).await.unwrap();
    assert!(receipt.number.starts_with("F-") && receipt.number.len() == 11, "{}", receipt.number);
    assert_eq!(portal.told_to().await, (vec!["mandate_requested → Inger".to_owned()], 0));
    let hers = portal.as_citizen(&inger).await;
    let waiting = hers.overview().await.waiting;
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].other.as_str(), waiting[0].rights.len()), ("Bent Holm", 2));
    assert!(waiting[0].may_answer && !waiting[0].may_withdraw);
    let his = portal.as_relative(&bent).await;
    assert_eq!(his.titles(journal).await, Err("not found".to_owned()), "asking opens nothing");
    hers.approve(receipt.request, &[ACT], portal.day(100)).await.unwrap();
    assert_eq!(his.titles(journal).await, Ok(vec![]), "now he reads, in the session he had");
    let asked = &his.overview().await.asked[0];
    assert_eq!((asked.standing, asked.mandate.is_some()), (RequestStanding::Approved, true));
    let received = &his.overview().await.received[0];
    assert_eq!((received.last_day, received.items.len()), (portal.day(100), 1));
    let (told, _) = portal.told_to().await;
    assert!(told.contains(&"request_approved_in_part → Bent".to_owned()), "{told:?}");
    assert!(told.contains(&"mandate_signed → Inger".to_owned()), "{told:?}");
    hers.stop(received.id, None).await.unwrap();
    assert_eq!(his.titles(journal).await, Err("access.mandate.withdrawn Inger Holm".to_owned()));
}

/// Who may be named: the receipt must not tell them apart.
async fn everybody(portal: &Portal) -> Vec<(&'static str, Named)> {
    let there = portal.person(10, "Inger", "1943-05-12").await;
    let dead = portal.person(11, "Edith", "1930-01-01").await;
    portal.change(&dead, |facts| facts.deceased_on = Some(Date::constant(2026, 1, 1))).await;
    let child = portal.person(12, "Sofie", "2012-01-01").await;
    let protected = portal.person(13, "Rikke", "1980-01-01").await;
    portal.change(&protected, |facts| facts.protected = true).await;
    let other_name = portal.person(14, "Grethe", "1955-01-01").await;
    let unknown = Named::read("Inger Holm", cpr_of(999).expose(), "").unwrap();
    let wrong = Named { name: "Helle Jensen".to_owned(), ..named(&other_name) };
    vec![
        ("there", named(&there)),
        ("dead", named(&dead)),
        ("a child", named(&child)),
        ("protected", named(&protected)),
        ("another name", wrong),
        ("nobody", unknown),
    ]
}

#[both]
async fn nobody_learns_from_asking_whether_a_person_exists(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mut seen = Vec::new();
    for (number, (who, named)) in (100..).zip(everybody(&portal).await) {
        let bent = portal.person(number, "Bent", "1941-02-03").await;
        let his = portal.as_citizen(&bent).await;
        let draft = his.draft(DraftKind::Ask, named.clone(), (&[READ], portal.day(90)), false).await.unwrap();
        let shown = his.look(move |tx, who| ask::preview(tx, who, draft, Lang::Da)).await.unwrap().hash;
        let (receipt, statements) = his
            .write(move |tx, who| {
                let receipt = ask::send(tx, who, draft, &shown, Lang::Da)?;
                let statements: Vec<String> = tx.statements().into_iter().map(str::to_owned).collect();
                Ok((receipt, statements))
            })
            .await
            .unwrap();
        let length = serde_json::to_string(&receipt).unwrap().len();
        let overview = his.overview().await.asked.remove(0);
        assert_eq!(overview.other, named.name, "{who}: only what was typed is shown");
        let row = (overview.standing, overview.answer_by, overview.may_withdraw);
        seen.push((who, (receipt.answer_by, length, row, statements)));
    }
    let (_, first) = &seen[0];
    assert!(first.3.len() > 10, "{:?}", first.3);
    for (who, other) in &seen {
        assert_eq!(other, first, "{who}");
    }
    let (told, nobody) = portal.told_to().await;
    assert_eq!(told.len() + nobody, seen.len(), "as many messages as requests");
    assert_eq!(nobody, 3, "the dead, the child and the wrong name get none: {told:?}");
}

#[both]
async fn taking_back_tells_nothing_either(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let mut all = Vec::new();
    for (number, (who, named)) in (100..).zip(everybody(&portal).await) {
        let bent = portal.person(number, "Bent", "1941-02-03").await;
        let his = portal.as_citizen(&bent).await;
        let request = his.ask(named, &[READ], portal.day(90)).await.unwrap().request;
        let statements = his.write(move |tx, who| {
            ask::withdraw(tx, who, request)?;
            Ok(tx.statements().into_iter().map(str::to_owned).collect::<Vec<_>>())
        });
        all.push((who, statements.await.unwrap()));
        assert_eq!(his.take_back(request).await, Err("mandates.request.closed".to_owned()), "twice");
    }
    for (who, statements) in &all {
        assert_eq!(statements, &all[0].1, "{who}");
    }
}

#[both]
async fn asking_the_same_twice_is_told_whether_or_not_there_is_anybody(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    for (number, (who, named)) in (100..).zip(everybody(&portal).await) {
        let bent = portal.person(number, "Bent", "1941-02-03").await;
        let his = portal.as_citizen(&bent).await;
        his.ask(named.clone(), &[READ], portal.day(90)).await.unwrap();
        let again = his.ask(named.clone(), &[READ], portal.day(80)).await;
        assert_eq!(again, Err("mandates.ask.asked_already".to_owned()), "{who}");
        assert!(
            his.ask(named.clone(), &[READ, CALENDAR], portal.day(80)).await.is_ok(),
            "{who}: other rights"
        );
        portal.days_later(40);
        let fresh = portal.as_citizen(&bent).await;
        assert!(fresh.ask(named, &[READ], portal.day(90)).await.is_ok(), "{who}: the first has lapsed");
        portal.days_later(-40);
    }
}

#[both]
async fn a_busy_target_is_spared_and_the_requester_hears_nothing_of_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    for number in 100..121 {
        let stranger = portal.person(number, "Lone", "1972-08-09").await;
        let receipt = portal.as_citizen(&stranger).await.ask(named(&inger), &[READ], portal.day(90)).await;
        assert!(receipt.is_ok());
    }
    assert_eq!(portal.as_citizen(&inger).await.overview().await.waiting.len(), 20);
    assert_eq!(portal.told_to().await.1, 1, "the last went to nobody");
}

#[both]
async fn one_person_asks_twenty_at_a_time(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let bent = portal.person(1, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    for number in 0..20 {
        let name = Named::read("Inger Holm", cpr_of(2000 + number).expose(), "").unwrap();
        his.ask(name, &[READ], portal.day(90)).await.unwrap();
    }
    let one_more = Named::read("Inger Holm", cpr_of(3000).expose(), "").unwrap();
    assert_eq!(his.ask(one_more, &[READ], portal.day(9)).await, Err("mandates.ask.too_many_open".to_owned()));
}

#[both]
async fn what_is_kept_is_byte_for_byte_what_was_shown(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let draft = his.draft(DraftKind::Ask, named(&inger), (&[READ], portal.day(90)), false).await.unwrap();
    let shown = his.look(move |tx, who| ask::preview(tx, who, draft, Lang::En)).await.unwrap();
    assert!(shown.text.contains("I, Bent Holm, ask Inger Holm for a mandate."), "{}", shown.text);
    assert!(!shown.text.contains(inger.cpr.expose()), "no whole CPR number: {}", shown.text);
    let hash = shown.hash.clone();
    let other_language = his.write(move |tx, who| ask::send(tx, who, draft, &hash, Lang::Da)).await;
    assert_eq!(other_language.unwrap_err(), "Stale", "another text than the one that was shown");
    let hash = shown.hash.clone();
    let receipt = his.write(move |tx, who| ask::send(tx, who, draft, &hash, Lang::En)).await.unwrap();
    let kept = portal
        .read(move |tx| {
            let request = requests::load(tx, receipt.request)?.unwrap();
            Ok(evidence::load(tx, request.evidence)?.unwrap())
        })
        .await;
    let evidence::Proof::Digital { text, .. } = &kept.proof else { unreachable!() };
    assert_eq!(text, &shown.text);
    let bytes: Vec<String> = kept.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(bytes.concat(), shown.hash);
    assert_eq!(kept.signer, bent.id);
    assert!((0..60_000).contains(&kept.authenticated_at.millis_since(NOW)), "when he last proved who he is");
    let links = portal.read(move |tx| Ok(chain::verify(tx, receipt.request.into_bytes())?)).await;
    assert_eq!(links, Ok(1));
}

#[both]
async fn signing_needs_a_fresh_log_in_and_looking_does_not(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let draft = his.draft(DraftKind::Ask, named(&inger), (&[READ], portal.day(90)), false).await.unwrap();
    portal.minutes_later(11);
    let shown = his.look(move |tx, who| ask::preview(tx, who, draft, Lang::Da)).await.unwrap().hash;
    let sent = his.write(move |tx, who| ask::send(tx, who, draft, &shown, Lang::Da)).await;
    assert_eq!(sent.unwrap_err(), "access.fresh_login_needed Bent Holm");
    assert_eq!(his.overview().await.asked.len(), 0);
    assert_eq!(his.look(move |tx, who| drafts::load(tx, who, draft)).await.unwrap().step(), Step::Check);
}

#[both]
async fn a_draft_is_its_writers_alone_and_is_swept(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let draft = his.draft(DraftKind::Ask, named(&inger), (&[READ], portal.day(90)), true).await.unwrap();
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.look(move |tx, who| drafts::load(tx, who, draft)).await.unwrap_err(), "not found");
    let changed = hers.write(move |tx, who| drafts::save_sending(tx, who, draft, false).map(|_| ())).await;
    assert_eq!(changed.unwrap_err(), "not found");
    hers.write(move |tx, who| drafts::drop(tx, who, draft)).await.unwrap();
    let mine = his.look(drafts::mine).await.unwrap();
    assert_eq!(
        (mine.len(), mine[0].by_letter, mine[0].person.as_ref().map(|one| one.name.as_str())),
        (1, Some(true), Some("Inger Holm"))
    );
    let oneself = named(&bent);
    let refused = his.write(move |tx, who| drafts::save_person(tx, who, draft, &oneself).map(|_| ())).await;
    assert_eq!(refused.unwrap_err(), "mandates.draft.oneself");
    portal.days_later(8);
    jobs::sweep(&portal.app).await.unwrap();
    let later = portal.as_citizen(&bent).await;
    assert_eq!(later.look(drafts::mine).await.unwrap().len(), 0);
}

#[both]
async fn answers_of_a_draft_are_checked_one_by_one(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let draft = his.write(|tx, who| drafts::start(tx, who, DraftKind::Ask)).await.unwrap();
    let early = portal.day(10);
    let early = his.write(move |tx, who| drafts::save_period(tx, who, draft, early).map(|_| ())).await;
    assert_eq!(early.unwrap_err(), "mandates.draft.not_yet");
    let whom = named(&inger);
    his.write(move |tx, who| drafts::save_person(tx, who, draft, &whom).map(|_| ())).await.unwrap();
    let nothing =
        his.write(move |tx, who| drafts::save_packages(tx, who, draft, &[].into()).map(|_| ())).await;
    assert_eq!(nothing.unwrap_err(), "mandates.draft.nothing_chosen");
    let unsent = his.look(move |tx, who| ask::preview(tx, who, draft, Lang::Da)).await;
    assert_eq!(unsent.unwrap_err(), "mandates.draft.not_yet");
    for (days, answer) in [(-1, "mandates.draft.ends_too_early"), (730, "mandates.draft.too_long")] {
        let tried =
            his.draft(DraftKind::Ask, named(&inger), (&[READ, ADULTS], portal.day(days)), false).await;
        assert_eq!(tried.unwrap_err(), answer);
    }
    let by_address = Named::read("Inger Holm", "", "Havnegade 1, 3000 Helsingør").unwrap();
    let sent = his.ask(by_address.clone(), &[READ], portal.day(30)).await.unwrap();
    let row = his.look(move |tx, who| ask::receipt(tx, who, sent.request, Lang::Da)).await.unwrap();
    assert!(row.by_letter, "an address is reached by letter");
    assert_eq!(
        his.give(by_address, &[READ], portal.day(30)).await.unwrap_err(),
        "mandates.draft.number_needed"
    );
}
