//! Writing and sending: what is kept, what is refused, and that one draft is one message, whoever tries how often.

use crate::common::*;
use crate::world::{communication, to_nurses, world};
use borgerportal_both::both;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::messages::{Kind, TEXT_MAX};
use borgerportal_domain::outgoing::OutgoingState;
use borgerportal_service::grants;
use borgerportal_service::messages::drafts::{self, Wish};
use borgerportal_service::messages::{self, Writer};
use borgerportal_service::{Problem, jobs};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde_json::json;

#[both]
async fn a_message_is_kept_at_every_step_and_then_sent(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.ready(it.journal, " Såret væsker.\r\n\r\nKommer I i dag? ").await;
    let list = inger.threads(it.journal).await.unwrap();
    assert_eq!((list.drafts.len(), list.threads.len()), (1, 0), "nobody sees it before it is sent");
    assert_eq!(list.drafts[0].draft.text, "Såret væsker.\n\nKommer I i dag?");
    assert_eq!(inger.send(it.journal, id).await.unwrap().message, id);
    let list = inger.threads(it.journal).await.unwrap();
    assert_eq!((list.drafts.len(), list.threads.len()), (0, 1));
    let first = list.threads[0].first().unwrap();
    assert_eq!(
        (first.head.title.as_str(), first.head.unit.as_str()),
        ("Såret væsker. Kommer I i dag?", "Hjemmesygeplejen")
    );
    let opened = inger.thread(it.journal, id).await.unwrap();
    assert_eq!(opened.said[0].body.text, "Såret væsker.\n\nKommer I i dag?");
    assert_eq!(opened.said[0].way, Some(OutgoingState::Waiting), "it is on its way to the municipality");
    assert_eq!(
        inger.titles(it.journal).await.unwrap(),
        ["Såret væsker. Kommer I i dag?"],
        "it is a document, too"
    );
    assert_eq!(inger.search(it.journal, "væske").await.unwrap().total, 1, "and is found by its words");
}

#[both]
async fn what_a_helper_writes_says_who_wrote_it_and_the_giver_sees_it(store: TestStore) {
    let it = world(store).await;
    let (inger, mette) = (it.portal.as_citizen(&it.inger).await, it.portal.as_relative(&it.mette).await);
    let id = mette.says(it.journal, "Mor er faldet.").await;
    let list = inger.threads(it.journal).await.unwrap();
    let first = list.threads[0].first().unwrap();
    let Writer::Here { person, name, basis } = &first.head.writer else { panic!("{:?}", first.head.writer) };
    assert_eq!((*person, name.as_str(), basis.as_str()), (it.mette.id, "Mette Holm", "mandate"));
    assert!(first.new, "Inger has not seen it");
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["*Mor er faldet."]);
    assert_eq!(inger.reads(it.journal, id).await.unwrap(), ["Mor er faldet."]);
    assert_eq!(
        mette.reads(it.journal, id).await.unwrap(),
        ["Mor er faldet."],
        "nothing is new to who wrote it"
    );
    let log = inger.log(it.journal).await.unwrap();
    assert!(log.contains(&"Mette messages done".to_owned()), "{log:?}");
}

#[both]
async fn sixty_four_at_once_send_one_message(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.ready(it.journal, "Kun én gang").await;
    let before = it.portal.store.rows();
    let tries = (0..64).map(|_| {
        let (inger, journal) = (inger.clone(), it.journal);
        tokio::spawn(async move { inger.send(journal, id).await })
    });
    let mut sent = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(answer) => {
                assert_eq!(answer.message, id);
                sent += 1;
            }
            Err(problem) => assert!(problem.is_busy() || matches!(problem, Problem::Stale), "{problem:?}"),
        }
    }
    assert!(sent >= 1, "at least one hears that it was sent");
    let rows = it.portal.store.rows();
    let more = |table: &str| rows[table] - before[table];
    assert_eq!((more("outgoing"), more("message_writer"), more("message_draft")), (1, 1, -1));
    assert_eq!(more("record_item"), 2, "the message, and the document that it is, too");
    assert_eq!(inger.send(it.journal, id).await.unwrap().message, id, "and who comes late hears the same");
    assert_eq!(it.portal.store.rows()["outgoing"], rows["outgoing"]);
    let log = inger.log(it.journal).await.unwrap();
    assert_eq!(log.iter().filter(|line| line.ends_with("messages done")).count(), 1, "{log:?}");
}

#[both]
async fn what_cannot_be_sent_is_kept_all_the_same(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.begin(it.journal, to_nurses()).await.unwrap();
    let long = "æ".repeat(TEXT_MAX + 1);
    assert_eq!(inger.write(it.journal, id, &long).await.unwrap().as_deref(), Some("messages.text.too_long"));
    assert_eq!(told(&inger.send(it.journal, id).await.unwrap_err()), "messages.text.too_long");
    let kept = inger.threads(it.journal).await.unwrap().drafts.remove(0).draft.text;
    assert_eq!(kept.chars().count(), TEXT_MAX + 1, "nothing of it is lost");
    assert_eq!(inger.write(it.journal, id, "").await.unwrap().as_deref(), Some("messages.text.empty"));
    for department in [None, Some("garden".to_owned())] {
        let no = inger.begin(it.journal, Wish { department, ..to_nurses() }).await.unwrap_err();
        assert_eq!(told(&no), "messages.department.none");
    }
    assert_eq!(it.portal.store.rows()["outgoing"], 0);
}

#[both]
async fn a_draft_is_its_writers_alone(store: TestStore) {
    let it = world(store).await;
    let (inger, mette) = (it.portal.as_citizen(&it.inger).await, it.portal.as_relative(&it.mette).await);
    let id = mette.ready(it.journal, "Hemmelig kladde").await;
    let journal = it.journal;
    let load = inger.sees(move |tx, places, who| drafts::load(tx, places, who, (journal, id))).await;
    assert_eq!(told(&load.unwrap_err()), "not found");
    assert_eq!(told(&inger.send(journal, id).await.unwrap_err()), "not found");
    assert_eq!(told(&inger.write(journal, id, "Min nu").await.unwrap_err()), "not found");
    assert!(inger.threads(journal).await.unwrap().drafts.is_empty());
    assert_eq!(mette.threads(journal).await.unwrap().drafts[0].draft.text, "Hemmelig kladde");
}

#[both]
async fn who_may_only_read_writes_nothing(store: TestStore) {
    let it = world(store).await;
    let bent = it.portal.person(3, "Bent", "1942-05-12").await;
    it.portal.mandate(&it.inger, &bent).await;
    let visitor = it.portal.as_relative(&bent).await;
    let list = visitor.threads(it.journal).await.unwrap();
    assert!(!list.may_write);
    let no = visitor.begin(it.journal, to_nurses()).await.unwrap_err();
    assert_eq!(told(&no), "access.mandate.read_only Inger Holm");
    let other = it.portal.person(4, "Else", "1942-05-12").await;
    let calendar = item(only(&[Privilege::ReadCalendar]));
    it.portal.mandate_with(&it.inger, &other, |one| one.items = vec![calendar]).await;
    let no = it.portal.as_relative(&other).await.threads(it.journal).await.unwrap_err();
    assert_eq!(told(&no), "access.mandate.not_covered Inger Holm");
}

#[both]
async fn a_mandate_that_ends_meanwhile_sends_nothing(store: TestStore) {
    let it = world(store).await;
    let karen = it.portal.person(5, "Karen", "1970-05-12").await;
    let mandate =
        it.portal.mandate_with(&it.inger, &karen, |one| one.items = vec![item(PrivilegeSet::all())]).await;
    let visitor = it.portal.as_relative(&karen).await;
    let id = visitor.ready(it.journal, "For sent").await;
    it.portal.withdraw(mandate, &it.inger).await;
    let no = visitor.send(it.journal, id).await.unwrap_err();
    assert_eq!(told(&no), "access.mandate.withdrawn Inger Holm");
    assert_eq!(it.portal.store.rows()["outgoing"], 0);
}

#[both]
async fn an_answer_goes_to_the_department_of_the_thread(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    it.delivers(communication(
        &it.inger,
        "c1",
        "Hvordan går det?",
        &json!({ "sent": "2026-11-03T08:00:00Z" }),
    ))
    .await;
    let asked = inger.threads(it.journal).await.unwrap().threads[0].first().unwrap().place.id;
    let answer = inger.answers(it.journal, asked, "Det går godt").await;
    assert_eq!(inger.reads(it.journal, answer).await.unwrap(), ["*Hvordan går det?", "Det går godt"]);
    let opened = inger.thread(it.journal, answer).await.unwrap();
    assert_eq!(opened.thread.messages[1].head.unit, "Hjemmesygeplejen");
}

#[both]
async fn words_that_come_after_the_end_of_a_session_are_kept(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.begin(it.journal, to_nurses()).await.unwrap();
    let keep = async |text: &str, secret: [u8; 32]| {
        let words = (String::new(), text.to_owned());
        let fits = move |known: &[u8; 32]| *known == secret;
        drafts::keep_after_end(&it.portal.app, &inger.token, fits, (it.journal, id), words).await
    };
    assert!(matches!(keep("For tidligt", [3; 32]).await, Err(Problem::NoSession)), "the session lives");
    it.portal.minutes_later(31);
    assert!(matches!(inger.write(it.journal, id, "x").await, Err(Problem::NoSession)));
    assert!(matches!(keep("En andens formular", [4; 32]).await, Err(Problem::Stale)));
    keep("Det, jeg nåede", [3; 32]).await.unwrap();
    let again = it.portal.as_citizen(&it.inger).await;
    assert_eq!(again.threads(it.journal).await.unwrap().drafts[0].draft.text, "Det, jeg nåede");
    it.portal.minutes_later(13 * 60);
    assert!(matches!(keep("Meget senere", [3; 32]).await, Err(Problem::NoSession)));
}

#[both]
async fn drafts_nobody_touches_are_forgotten(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    inger.ready(it.journal, "Glemt").await;
    it.portal.minutes_later(6 * 24 * 60);
    jobs::sweep(&it.portal.app).await.unwrap();
    assert_eq!(it.portal.store.rows()["message_draft"], 1);
    it.portal.minutes_later(2 * 24 * 60);
    jobs::sweep(&it.portal.app).await.unwrap();
    assert_eq!(it.portal.store.rows()["message_draft"], 0);
}

#[both]
async fn a_message_about_a_document_names_it_if_the_writer_may_see_it(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let hidden = labelled(letter(&it.inger, "d2", "Skjult brev", "2026-10-02"), &["audience-none"]);
    let resources = [patient(&it.inger), letter(&it.inger, "d1", "Afgørelse", "2026-10-01"), hidden];
    it.portal.deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &resources)).await;
    let letter = inger.list(it.journal).await.unwrap().rows[0].head.id;
    let nothing = borgerportal_domain::ids::ItemId::from_bytes([7; 16]);
    let id = inger.begin(it.journal, Wish { about: vec![nothing, letter], ..to_nurses() }).await.unwrap();
    inger.write(it.journal, id, "Jeg er ikke enig").await.unwrap();
    inger.send(it.journal, id).await.unwrap();
    assert_eq!(inger.thread(it.journal, id).await.unwrap().said[0].body.about, ["Afgørelse"]);
    let _ = messages::PAGE;
}

#[both]
async fn a_complaint_names_the_grant_if_the_writer_may_see_grants(store: TestStore) {
    let it = world(store).await;
    let resources = [patient(&it.inger), grant(&it.inger, "g1", "Rengøring", &[])];
    it.portal.deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &resources)).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let (journal, places) = (it.journal, it.portal.app.municipalities.clone());
    let read =
        move |tx: &Tx<'_>, who: &_| grants::list(tx, &places, who, journal).map(|(_, list)| list.rows[0].id);
    let about = it.portal.app.read_as(&inger.token, read).await.unwrap();
    let complaint = Wish { kind: Kind::Complaint, about: vec![about], ..to_nurses() };
    let id = inger.begin(it.journal, complaint).await.unwrap();
    inger.write(it.journal, id, "Jeg vil gerne klage").await.unwrap();
    inger.send(it.journal, id).await.unwrap();
    assert_eq!(inger.thread(it.journal, id).await.unwrap().said[0].body.about, ["Rengøring"]);
}
