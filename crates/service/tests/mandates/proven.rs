//! What `log verify` says of mandates: everything people do holds, and whatever is changed behind the portal's back is
//! found, by the chain, by what was signed, or by the log that anchors it.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::{MandateId, RequestId};
use borgerportal_domain::mandates::{AnnulReason, Named, RequestEvent, SuspendReason};
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::jobs;
use borgerportal_service::mandates::{due, register, show};
use borgerportal_store::log_seal::{self, Cursor, Damage};
use borgerportal_store::mandates::audit::{self, Audit, Fault};
use borgerportal_store::mandates::chain::{self, Broken, NOBODY};
use borgerportal_store::mandates::requests as kept_requests;
use borgerportal_store::testing::TestStore;

impl Portal {
    /// Every mandate and request, held against its chain.
    pub(crate) async fn audit(&self) -> Audit {
        let mut audit = Audit::default();
        loop {
            let from = audit.clone();
            match self.read(move |tx| Ok(audit::check_next(tx, &from)?)).await {
                Some(next) => audit = next,
                None => return audit,
            }
        }
    }

    /// The sealed log, held against its chain and signatures.
    pub(crate) async fn sealed(&self) -> Cursor {
        jobs::seal(&self.app).await.unwrap();
        self.checked().await
    }

    async fn checked(&self) -> Cursor {
        let mut cursor = Cursor::default();
        loop {
            let (from, key) = (cursor.clone(), self.store.keys().log_public_key().to_vec());
            match self.read(move |tx| Ok(log_seal::check_next(tx, &key, &from)?)).await {
                Some(next) => cursor = next,
                None => return cursor,
            }
        }
    }

    /// Bytes as this engine writes them.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> String {
        let hex = bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        if self.store.is_sqlite() { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
    }
}

fn helle() -> Named {
    Named::read("Helle Jensen", cpr_of(900).expose(), "").unwrap()
}

#[both]
async fn whatever_people_and_registers_do_can_be_proven(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let mette = portal.person(3, "Mette", "1975-02-03").await;
    let (hers, his) = (portal.as_citizen(&inger).await, portal.as_citizen(&bent).await);
    // Given, stopped in part and then by the helper; renewed, and the old one doubted and trusted again.
    let given = hers.give(named(&mette), &[READ, CALENDAR], portal.day(30)).await.unwrap().mandate;
    let versions = hers.versions().await;
    hers.stop(given, Some(versions[CALENDAR])).await.unwrap();
    hers.renew(given, portal.day(300)).await.unwrap();
    let review = portal.now().plus_days(9);
    portal.write(move |tx| register::suspend(tx, given, SuspendReason::Misuse, review)).await;
    portal.write(move |tx| register::resume(tx, given)).await;
    portal.as_relative(&mette).await.stop(given, None).await.unwrap();
    let other = hers.give(named(&mette), &[CONTACT], portal.day(30)).await.unwrap().mandate;
    portal.write(move |tx| register::annul(tx, other, AnnulReason::Misuse)).await;
    // To a number that nobody has, and that turns out to be somebody else's.
    hers.give(helle(), &[READ], portal.day(300)).await.unwrap();
    // Asked for: taken back, refused, answered in part, lapsed, and without an answer.
    let asked = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    his.take_back(asked).await.unwrap();
    let asked = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    hers.decline(asked).await.unwrap();
    let asked = his.ask(named(&inger), &[READ, CALENDAR], portal.day(90)).await.unwrap().request;
    hers.approve(asked, &[CALENDAR], portal.day(60)).await.unwrap();
    his.ask(helle(), &[READ], portal.day(90)).await.unwrap();
    portal.days_later(40);
    portal.write(|tx| due::lapse(tx).map(|_| ())).await;
    let hers = portal.as_citizen(&inger).await;
    hers.ask(named(&mette), &[READ], portal.day(90)).await.unwrap();
    let died = portal.today();
    let dead = mette.id;
    portal.write(move |tx| register::died(tx, dead, died)).await;
    let audit = portal.audit().await;
    assert_eq!(audit.faults, []);
    let rows = portal.store.rows();
    assert_eq!(audit.checked, rows["mandate"] + rows["mandate_request"]);
    let rights = portal.rights().await;
    assert_eq!((rights.faults, rights.rights), (vec![], rows["mandate_item"]));
    let log = portal.sealed().await;
    assert_eq!((log.damage, log.events), (vec![], rows["mandate_event"]), "every event is anchored");
    assert_eq!(log.lines, i64::try_from(portal.store.log_lines().len()).unwrap());
}

#[both]
async fn a_letter_that_went_back_and_forth_can_be_proven(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let request =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let happens = |event: RequestEvent| {
        portal.write(move |tx| {
            let kept = kept_requests::load(tx, request)?.unwrap();
            let after = kept.request.after(&event, tx.now()).unwrap();
            Ok(kept_requests::record(tx, request, &after, &event)?)
        })
    };
    happens(RequestEvent::LetterReturned { registrar: NOBODY }).await;
    happens(RequestEvent::Deficient { registrar: NOBODY, answer_by: portal.now().plus_days(44) }).await;
    happens(RequestEvent::LetterReturned { registrar: NOBODY }).await;
    let wanted = portal.read(move |tx| Ok(kept_requests::load(tx, request)?.unwrap().request.wanted)).await;
    let mandate = MandateId::from_bytes([7; 16]);
    happens(RequestEvent::Register { registrar: NOBODY, giver: inger.id, agreed: wanted, mandate }).await;
    assert_eq!(portal.audit().await.faults, []);
    let id = portal.bytes(&request.into_bytes());
    portal.store.tamper(&format!("UPDATE mandate_request SET mandate = evidence WHERE id = {id}"));
    assert_eq!(portal.audit().await.faults, [(request.uuid(), Fault::State)]);
}

/// What is done to a mandate that its giver has stopped, and what is found.
const WAYS: [(&str, Fault); 23] = [
    // Its state.
    ("UPDATE mandate_item SET status = 'running', status_at = NULL WHERE mandate = {id}", Fault::State),
    ("UPDATE mandate_item SET status = 'renounced' WHERE mandate = {id}", Fault::State),
    ("UPDATE mandate_item SET status_at = status_at + 1 WHERE mandate = {id}", Fault::State),
    ("UPDATE mandate_item SET status = 'lost' WHERE mandate = {id}", Fault::Unreadable),
    // What was signed.
    ("UPDATE mandate SET last_day = '2030-01-01' WHERE id = {id}", Fault::Signed),
    ("UPDATE mandate SET signed_at = signed_at - 1 WHERE id = {id}", Fault::Signed),
    ("UPDATE mandate SET named = NULL WHERE id = {id}", Fault::Signed),
    ("UPDATE mandate SET evidence = id WHERE id = {id}", Fault::Signed),
    ("UPDATE mandate_item SET package_version = mandate WHERE mandate = {id}", Fault::Signed),
    ("UPDATE mandate_item SET territory = '0217' WHERE mandate = {id}", Fault::Signed),
    ("DELETE FROM evidence WHERE id = (SELECT evidence FROM mandate WHERE id = {id})", Fault::Signed),
    (
        "UPDATE evidence SET sealed = sha256 WHERE id = (SELECT evidence FROM mandate WHERE id = {id})",
        Fault::Evidence,
    ),
    ("UPDATE mandate_item SET until_at = until_at + 1 WHERE mandate = {id}", Fault::Items),
    ("UPDATE mandate_item SET origin = 'paper' WHERE mandate = {id}", Fault::Items),
    (
        "UPDATE mandate_item SET holder = {id} WHERE mandate = {id}; UPDATE mandate SET holder = {id} WHERE id = {id}",
        Fault::Holder,
    ),
    ("DELETE FROM mandate WHERE id = {id}", Fault::Gone),
    // Its events.
    ("DELETE FROM mandate_event WHERE mandate = {id}", Fault::Chain(Broken::Numbers)),
    (
        "UPDATE mandate_event SET number = 5 WHERE mandate = {id} AND number = 1",
        Fault::Chain(Broken::Numbers),
    ),
    (
        "UPDATE mandate_event SET event = 'renounce' WHERE mandate = {id} AND number = 1",
        Fault::Chain(Broken::Link(1)),
    ),
    (
        "UPDATE mandate_event SET hash = NULL, commitment = NULL WHERE mandate = {id} AND number = 1",
        Fault::Chain(Broken::Link(1)),
    ),
    (
        "UPDATE mandate_event SET actor = mandate WHERE mandate = {id} AND number = 1",
        Fault::Chain(Broken::Commitment(1)),
    ),
    (
        "UPDATE mandate_event SET salt = NULL WHERE mandate = {id} AND number = 0",
        Fault::Chain(Broken::Commitment(0)),
    ),
    // As if its people had been forgotten.
    (
        "UPDATE mandate_event SET salt = NULL, item = NULL, detail = NULL, actor = {nobody} WHERE mandate = {id}",
        Fault::Chain(Broken::Commitment(0)),
    ),
];

#[both]
async fn whatever_is_changed_behind_the_portals_back_is_found(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let nobody = portal.bytes(&[0; 16]);
    let mut expected = Vec::new();
    for (number, (change, fault)) in (10..).zip(WAYS) {
        // Another giver each time: twenty gifts a day are enough for one.
        let giver = portal.person(number, "Inger", "1943-05-12").await;
        let hers = portal.as_citizen(&giver).await;
        let id = hers.give(named(&inger), &[READ], portal.day(30)).await.unwrap().mandate;
        hers.stop(id, None).await.unwrap();
        expected.push((id, change, fault));
    }
    assert_eq!(portal.audit().await.faults, [], "before anybody touched them");
    for (id, change, _) in &expected {
        let change = change.replace("{id}", &portal.bytes(&id.into_bytes())).replace("{nobody}", &nobody);
        portal.store.tamper(&change);
    }
    let found = portal.audit().await.faults;
    for (id, change, fault) in &expected {
        let of_it: Vec<_> = found.iter().filter(|one| one.0 == id.uuid()).map(|one| one.1).collect();
        assert_eq!(of_it, [*fault], "{change}");
    }
    assert_eq!(found.len(), expected.len());
}

/// A mandate that was stopped, and the stop taken away with its event: nothing that is left says so, but the log does.
#[both]
async fn a_stop_that_was_undone_without_a_trace_is_missing_in_the_log(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    hers.stop(id, None).await.unwrap();
    assert_eq!(portal.sealed().await.damage, []);
    let bytes = portal.bytes(&id.into_bytes());
    portal.store.tamper(&format!(
        "DELETE FROM mandate_event WHERE mandate = {bytes} AND number = 1; \
         UPDATE mandate_item SET status = 'running', status_at = NULL WHERE mandate = {bytes}"
    ));
    assert_eq!(portal.audit().await.faults, [], "the chain alone cannot know that it was longer");
    let damage = portal.checked().await.damage;
    assert_eq!(damage, [Damage::Lines("test-node".to_owned(), 1)]);
}

/// The same with every other way of taking an event from the log.
#[both]
async fn no_event_leaves_the_log_unseen(store: TestStore) {
    for change in [
        "DELETE FROM mandate_event; DELETE FROM mandate_item; DELETE FROM mandate",
        "UPDATE mandate_event SET hash = NULL, commitment = NULL",
        "UPDATE mandate_event SET batch = NULL",
        "UPDATE mandate_event SET batch = 2",
        "UPDATE mandate_event SET node = 'another'",
        "UPDATE mandate_event SET number = number + 1",
        "UPDATE log_batch SET lines = lines + 1",
    ] {
        let portal = Portal::with_packages(store.another()).await;
        let inger = portal.person(1, "Inger", "1943-05-12").await;
        let mette = portal.person(2, "Mette", "1975-02-03").await;
        let hers = portal.as_citizen(&inger).await;
        hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
        assert_eq!(portal.sealed().await.damage, []);
        portal.store.tamper(change);
        let damage = portal.checked().await.damage;
        assert!(damage.contains(&Damage::Lines("test-node".to_owned(), 1)), "{change}: {damage:?}");
    }
}

#[both]
async fn who_was_meant_is_proven_and_the_giver_reads_nothing_of_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(helle(), &[READ], portal.day(300)).await.unwrap().mandate;
    let before = hers.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    // The number is Sofie's, not Helle's: the mandate is nobody's from now on.
    let cpr = cpr_of(900);
    let stub = portal.read(move |tx| Ok(borgerportal_store::people::by_cpr(tx, &cpr)?)).await.unwrap();
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let name = PersonName { given: "Sofie".to_owned(), family: "Berg".to_owned() };
    let sofie = Somebody { id: mette.id, cpr: cpr_of(900), name, birth_on: Date::constant(2010, 5, 5) };
    portal.register.custody(&mette, &sofie);
    let parent = portal.as_parent(&mette).await;
    borgerportal_service::custody::ask_for(&portal.app, &parent.token).await.unwrap();
    let holder = portal
        .read(move |tx| Ok(borgerportal_store::mandates::load(tx, id)?.unwrap().mandate.terms().holder))
        .await;
    assert_ne!(holder, stub, "it was given another holder");
    assert_eq!(portal.audit().await.faults, []);
    let after = hers.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    assert_eq!(after, before, "the giver sees no difference");
    // Back to the stranger, without a link: found.
    let (bytes, stranger) = (portal.bytes(&id.into_bytes()), portal.bytes(&stub.into_bytes()));
    portal.store.tamper(&format!(
        "UPDATE mandate_item SET holder = {stranger} WHERE mandate = {bytes}; \
         UPDATE mandate SET holder = {stranger} WHERE id = {bytes}"
    ));
    assert_eq!(portal.audit().await.faults, [(id.uuid(), Fault::Holder)]);
}

#[both]
async fn what_is_long_over_is_forgotten_and_its_events_still_hold(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let asked =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let id = portal.as_citizen(&inger).await.approve(asked, &[READ], portal.day(60)).await.unwrap().mandate;
    let waiting =
        portal.as_citizen(&inger).await.ask(named(&bent), &[ACT], portal.day(90)).await.unwrap().request;
    portal.sealed().await;
    portal.days_later(5 * 365 - 100);
    let young = portal
        .as_citizen(&inger)
        .await
        .give(named(&bent), &[CALENDAR], portal.day(30))
        .await
        .unwrap()
        .mandate;
    jobs::sweep(&portal.app).await.unwrap();
    assert_eq!(portal.store.rows()["mandate"], 2, "five years are not over");
    portal.days_later(200);
    jobs::sweep(&portal.app).await.unwrap();
    let rows = portal.store.rows();
    assert_eq!((rows["mandate"], rows["mandate_item"], rows["mandate_request"]), (1, 1, 1));
    assert_eq!(rows["evidence"], 2, "that of the young one and of the request that waits");
    let is_left = |subject: [u8; 16]| portal.read(move |tx| Ok(chain::links(tx, subject)?));
    for gone in [id.into_bytes(), asked.into_bytes()] {
        let links = is_left(gone).await;
        assert!(links.iter().all(|link| link.actor == NOBODY && link.item.is_none()), "{links:?}");
        assert!(links.iter().all(|link| link.detail.is_empty()), "{links:?}");
        assert_eq!(links.last().unwrap().event, "forgotten");
    }
    for left in [young.into_bytes(), waiting.into_bytes()] {
        assert!(is_left(left).await.iter().any(|link| link.actor == inger.id));
    }
    let audit = portal.audit().await;
    assert_eq!((audit.checked, audit.faults), (4, vec![]));
    assert_eq!(portal.sealed().await.damage, []);
    jobs::sweep(&portal.app).await.unwrap();
    assert_eq!(is_left(id.into_bytes()).await.len(), 2, "forgotten once");
}

#[both]
async fn a_request_that_was_bent_is_found(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let ways = [
        ("UPDATE mandate_request SET last_day = '2030-01-01' WHERE id = {id}", Fault::Signed),
        ("UPDATE mandate_request SET requester = id WHERE id = {id}", Fault::Signed),
        ("UPDATE mandate_request SET addressee = id WHERE id = {id}", Fault::Unreadable),
        ("UPDATE mandate_request SET items = evidence WHERE id = {id}", Fault::Signed),
        ("UPDATE mandate_request SET answer_by = answer_by + 1 WHERE id = {id}", Fault::State),
        ("UPDATE mandate_request SET state = 'declined', state_at = 1 WHERE id = {id}", Fault::State),
        (
            "UPDATE evidence SET sealed = sha256 WHERE id = (SELECT evidence FROM mandate_request WHERE id = {id})",
            Fault::Evidence,
        ),
        ("DELETE FROM mandate_request WHERE id = {id}", Fault::Gone),
    ];
    let mut expected: Vec<(RequestId, &str, Fault)> = Vec::new();
    for (number, (change, fault)) in (10..).zip(ways) {
        let asker = portal.person(number, "Bent", "1941-02-03").await;
        let his = portal.as_citizen(&asker).await;
        let id = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
        expected.push((id, change, fault));
    }
    assert_eq!(portal.audit().await.faults, []);
    for (id, change, _) in &expected {
        portal.store.tamper(&change.replace("{id}", &portal.bytes(&id.into_bytes())));
    }
    let found = portal.audit().await.faults;
    for (id, change, fault) in &expected {
        let of_it: Vec<_> = found.iter().filter(|one| one.0 == id.uuid()).map(|one| one.1).collect();
        assert_eq!(of_it, [*fault], "{change}");
    }
}
