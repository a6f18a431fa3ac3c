//! What no chain of a mandate leads to: rights that stand by themselves or open something else, links without a key, events
//! that no batch holds, and what is forgotten too early.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::time::Timestamp;
use borgerportal_service::jobs;
use borgerportal_service::mandates::packages;
use borgerportal_store::log_seal;
use borgerportal_store::mandates::audit::{self, Audit, Fault};
use borgerportal_store::mandates::chain::Broken;
use borgerportal_store::mandates::requests as kept_requests;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;

impl Portal {
    /// Every right, held against its mandate, the catalogue and the map.
    pub(crate) async fn rights(&self) -> Audit {
        let mut audit = Audit::default();
        loop {
            let from = audit.clone();
            let next = move |tx: &Tx<'_>| Ok(audit::check_rights(tx, &from, &packages::opened(tx)?)?);
            match self.read(next).await {
                Some(next) => audit = next,
                None => return audit,
            }
        }
    }
}

/// A right that somebody who has the database has made, moved or widened. Requests for access are decided by it.
#[both]
async fn a_right_that_no_mandate_gave_is_found(store: TestStore) {
    const COLUMNS: &str = "number, origin, privileges, channel, territory, from_at, until_at, status, package, \
                           package_version";
    let ways = [
        (
            "INSERT INTO mandate_item (holder, giver, mandate, {columns}) \
             SELECT giver, giver, package, {columns} FROM mandate_item WHERE mandate = {id}",
            None,
        ),
        ("UPDATE mandate_item SET holder = giver WHERE mandate = {id}", Some(Fault::Stray)),
        ("UPDATE mandate_item SET giver = holder WHERE mandate = {id}", Some(Fault::Stray)),
        (
            "UPDATE mandate_item SET privileges = 'documents.read grants.read' WHERE mandate = {id}",
            Some(Fault::Opens),
        ),
        ("UPDATE mandate_item SET channel = 'self_service' WHERE mandate = {id}", Some(Fault::Opens)),
        ("UPDATE mandate_item SET package_version = {id} WHERE mandate = {id}", Some(Fault::Opens)),
    ];
    for (change, fault) in ways {
        let portal = Portal::with_packages(store.another()).await;
        let inger = portal.person(1, "Inger", "1943-05-12").await;
        let mette = portal.person(2, "Mette", "1975-02-03").await;
        let hers = portal.as_citizen(&inger).await;
        let id = hers.give(named(&mette), &[CONTACT], portal.day(30)).await.unwrap().mandate;
        hers.give(named(&mette), &[READ, CALENDAR], portal.day(30)).await.unwrap();
        assert_eq!(portal.rights().await.faults, [], "before anybody touched them");
        let id_text = portal.bytes(&id.into_bytes());
        portal.store.tamper(&change.replace("{id}", &id_text).replace("{columns}", COLUMNS));
        let rights = portal.rights().await;
        let (of, found): (Vec<_>, Vec<_>) = rights.faults.into_iter().unzip();
        assert_eq!(found, [fault.unwrap_or(Fault::Stray)], "{change}");
        assert_eq!(of == [id.uuid()], fault.is_some(), "{change}");
        assert_eq!(rights.rights, if fault.is_some() { 3 } else { 4 });
    }
}

/// A vendor's map that changes compiles the rights anew: that is no fault.
#[both]
async fn rights_follow_the_map_and_are_no_fault(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    let map = format!("package;version;service;privilege\n{READ};1;borgerportal;front_page.read\n");
    portal.import(&map).await;
    let rights = portal.rights().await;
    assert_eq!((rights.faults, rights.rights), (vec![], 1));
}

#[both]
async fn a_link_without_a_key_is_found_wherever_it_stands(store: TestStore) {
    for (of, first) in [("", 0), ("AND number = 0", 0), ("AND number = 1", 1)] {
        let portal = Portal::with_packages(store.another()).await;
        let inger = portal.person(1, "Inger", "1943-05-12").await;
        let mette = portal.person(2, "Mette", "1975-02-03").await;
        let hers = portal.as_citizen(&inger).await;
        let id = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
        hers.stop(id, None).await.unwrap();
        let bytes = portal.bytes(&id.into_bytes());
        portal.store.tamper(&format!(
            "UPDATE mandate_event SET hash = NULL, commitment = NULL, node = NULL WHERE mandate = {bytes} {of}"
        ));
        assert_eq!(portal.audit().await.faults, [(id.uuid(), Fault::Chain(Broken::Link(first)))], "{of}");
    }
}

/// Also those of a node that never comes back.
#[both]
async fn events_that_no_batch_holds_are_seen_to_wait(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.sealed().await;
    let waits = || portal.read(|tx| Ok(log_seal::unsealed(tx, log_seal::Whose::OfAll)?));
    assert_eq!(waits().await, (0, None));
    let hers = portal.as_citizen(&inger).await;
    let id = hers.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let since = portal.now().millis();
    portal.sealed().await;
    assert_eq!(waits().await, (0, None));
    hers.stop(id, None).await.unwrap();
    for node in ["another", "aaa", "test-node"] {
        portal
            .store
            .tamper(&format!("UPDATE mandate_event SET batch = NULL, node = '{node}' WHERE number = 1"));
        portal.minutes_later(2);
        portal.store.tamper("DELETE FROM access_log_new");
        let (count, oldest) = waits().await;
        assert!(count == 1 && oldest >= Some(since), "{node}: {oldest:?}");
        let waits = async |whose| jobs::unsealed(&portal.app, whose).await.unwrap().map(Timestamp::millis);
        assert_eq!(waits(jobs::Whose::OfAll).await, oldest);
        let own = oldest.filter(|_| node == "test-node");
        assert_eq!(waits(jobs::Whose::OfThisNode).await, own, "another's makes this node no less fit");
    }
    portal.sealed().await;
    assert_eq!(waits().await, (0, None));
}

/// A mandate may begin long after it was asked for, and is read with what it answers.
#[both]
async fn a_request_is_kept_as_long_as_the_mandate_that_came_of_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let declined = his.ask(named(&inger), &[ACT], portal.day(90)).await.unwrap().request;
    let asked = his.ask(named(&inger), &[READ], portal.day(300)).await.unwrap().request;
    let hers = portal.as_citizen(&inger).await;
    hers.decline(declined).await.unwrap();
    hers.approve(asked, &[READ], portal.day(300)).await.unwrap();
    let kept = || {
        portal
            .read(move |tx| Ok([declined, asked].map(|one| kept_requests::load(tx, one).unwrap().is_some())))
    };
    portal.days_later(5 * 365 + 2);
    jobs::sweep(&portal.app).await.unwrap();
    assert_eq!(kept().await, [false, true], "its mandate ended less than five years ago");
    assert_eq!(portal.audit().await.faults, []);
    portal.days_later(300);
    jobs::sweep(&portal.app).await.unwrap();
    assert_eq!(kept().await, [false, false], "both go on the same day");
}
