//! What calendar programs get: the file, addresses without a log-in, and how they are shut.

use crate::act::{Calendar, Scene, WEDNESDAY, visit};
use crate::common::{item, told};
use borgerportal_both::both;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::calendar::{self, Feeds, File, Made, read_feed};
use borgerportal_store::keys::sha256;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;

const PLAIN: File = File { words: false, lang: Lang::Da };
const TELLING: File = File { words: true, lang: Lang::Da };

impl Calendar {
    async fn file(&self, file: File) -> String {
        let (places, journal) = (self.visitor.portal.app.municipalities.clone(), self.journal);
        let read = move |tx: &Tx<'_>, who: &_| {
            calendar::download(tx, &places, who, journal, file).map(|(_, text)| text)
        };
        self.visitor.portal.app.read_as(&self.visitor.token, read).await.unwrap()
    }

    async fn make(&self, address: &str, file: File) -> Result<Made, Problem> {
        let app = &self.visitor.portal.app;
        let (places, journal, hash) = (app.municipalities.clone(), self.journal, sha256(address.as_bytes()));
        let id = app.store.errand_id(app.clock.now()).unwrap();
        let errand =
            move |tx: &Tx<'_>, who: &_| calendar::make_feed(tx, &places, who, (journal, &hash), file);
        app.write_as(&self.visitor.token, ("feed", id), |_| Ok(()), errand).await
    }

    async fn feeds(&self) -> Feeds {
        let (places, journal) = (self.visitor.portal.app.municipalities.clone(), self.journal);
        let read =
            move |tx: &Tx<'_>, who: &_| calendar::feeds(tx, &places, who, journal).map(|(_, feeds)| feeds);
        self.visitor.portal.app.read_as(&self.visitor.token, read).await.unwrap()
    }

    async fn shut(&self, number: usize) {
        let feed = self.feeds().await.feeds[number].id;
        let app = &self.visitor.portal.app;
        let (places, journal) = (app.municipalities.clone(), self.journal);
        let id = app.store.errand_id(app.clock.now()).unwrap();
        let errand = move |tx: &Tx<'_>, who: &_| calendar::drop_feed(tx, &places, who, (journal, feed));
        app.write_as(&self.visitor.token, ("shut", id), |_| Ok(()), errand).await.unwrap();
    }
}

fn value<'f>(file: &'f str, name: &str) -> Vec<&'f str> {
    let start = format!("{name}:");
    file.split("\r\n").filter_map(|line| line.strip_prefix(start.as_str())).collect()
}

#[both]
async fn a_file_says_when_and_not_what_unless_its_reader_wants_it(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let (hers, daughters) = (scene.hers().await, scene.daughters().await);
    let plain = hers.file(PLAIN).await;
    assert_eq!(value(&plain, "DTSTART"), ["20261111T090000Z"]);
    for word in ["Rengøring", "Hjemme", "Inger", "Holm"] {
        assert!(!plain.contains(word), "{word}");
    }
    let telling = hers.file(TELLING).await;
    assert_eq!(value(&telling, "SUMMARY"), ["Rengøring"]);
    assert!(value(&telling, "DESCRIPTION")[0].contains("Hjemmeplejen Nord"));
    assert!(!daughters.file(PLAIN).await.contains("Inger"), "no name that was not chosen");
    assert!(value(&daughters.file(TELLING).await, "SUMMARY")[0].contains("Inger"));
}

#[both]
async fn a_visit_that_is_called_off_is_withdrawn_from_other_calendars(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let hers = scene.hers().await;
    let read = async || {
        let file = hers.file(PLAIN).await;
        (value(&file, "STATUS")[0].to_owned(), value(&file, "SEQUENCE")[0].parse::<u32>().unwrap())
    };
    let uid = async || value(&hers.file(PLAIN).await, "UID")[0].to_owned();
    let (before, name) = (read().await, uid().await);
    hers.cancel(hers.first().await).await.unwrap();
    let off = read().await;
    hers.undo(hers.first().await).await.unwrap();
    let again = read().await;
    scene.told("2026-11-03T12:00:00Z", &[visit(&scene.inger, "a", WEDNESDAY, 11)]).await;
    let moved = read().await;
    assert_eq!([&before.0, &off.0, &again.0, &moved.0], ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED"]);
    assert!(before.1 < off.1 && off.1 < again.1 && again.1 < moved.1, "each change counts up");
    assert_eq!(uid().await, name, "the same visit all the while");
}

#[both]
async fn an_address_reads_as_its_owner_may_read_now(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 10)]).await;
    let (hers, daughters) = (scene.hers().await, scene.daughters().await);
    let app = &scene.portal.app;
    for (calendar, address) in [(&hers, "hers"), (&daughters, "daughters")] {
        assert!(calendar.make(address, PLAIN).await.unwrap().is(address));
        assert_eq!(value(&read_feed(app, address).await.unwrap(), "DTSTART").len(), 1);
    }
    assert_eq!(told(&read_feed(app, "nobody's").await.unwrap_err()), "not found");
    assert_eq!(hers.feeds().await.feeds.len(), 1, "nobody sees another's");
    assert!(hers.feeds().await.feeds[0].read_on.is_some());
    let log = hers.visitor.log(scene.journal).await.unwrap();
    assert!(log.contains(&"Mette calendar shown".to_owned()), "a program's reading is its owner's: {log:?}");
    // Withdrawn, shut: from the next reading on.
    let given = scene.portal.mandate_with(&scene.inger, &scene.mette, |_| {}).await;
    scene.portal.withdraw(given, &scene.inger).await;
    read_feed(app, "daughters").await.unwrap();
    scene.portal.store.tamper("UPDATE mandate_item SET status = 'withdrawn', status_at = 1");
    assert_eq!(told(&read_feed(app, "daughters").await.unwrap_err()), "not found");
    hers.shut(0).await;
    assert_eq!(told(&read_feed(app, "hers").await.unwrap_err()), "not found");
    assert!(hers.feeds().await.feeds.is_empty());
}

#[both]
async fn an_address_lies_nowhere_and_a_form_that_is_sent_twice_makes_one(store: TestStore) {
    let scene = Scene::with(store, |_| Vec::new()).await;
    let hers = scene.hers().await;
    let app = &scene.portal.app;
    let id = app.store.errand_id(app.clock.now()).unwrap();
    let mut made = Vec::new();
    for address in ["first-address-of-32-letters-or-so", "second-address"] {
        let (places, journal) = (app.municipalities.clone(), scene.journal);
        let hash = sha256(address.as_bytes());
        let errand =
            move |tx: &Tx<'_>, who: &_| calendar::make_feed(tx, &places, who, (journal, &hash), PLAIN);
        made.push(app.write_as(&hers.visitor.token, ("feed", id), |_| Ok(()), errand).await.unwrap());
    }
    assert!(made[0].is("first-address-of-32-letters-or-so"));
    assert!(made[1].is("first-address-of-32-letters-or-so") && !made[1].is("second-address"));
    assert_eq!(hers.feeds().await.feeds.len(), 1);
    assert!(!scene.portal.store.clear_text().contains("first-address"));
}

#[both]
async fn rights_that_hang_on_a_log_in_get_no_address_and_nobody_gets_many(store: TestStore) {
    let scene = Scene::with(store, |_| Vec::new()).await;
    let hers = scene.hers().await;
    for number in 0..5 {
        hers.make(&format!("address-{number}"), PLAIN).await.unwrap();
    }
    assert_eq!(told(&hers.make("one too many", PLAIN).await.unwrap_err()), "calendar.feed_too_many");
    hers.shut(2).await;
    hers.make("one instead", TELLING).await.unwrap();
    let none = PrivilegeSet::EMPTY.with(Privilege::ReadDocuments);
    let lone = scene.portal.person(1009, "Lone", "1970-02-01").await;
    scene.portal.mandate_with(&scene.inger, &lone, |one| one.items = vec![item(none)]).await;
    let hers = Calendar { visitor: scene.portal.as_relative(&lone).await, journal: scene.journal };
    assert_eq!(
        told(&hers.make("address", PLAIN).await.unwrap_err()),
        "access.mandate.not_covered Inger Holm"
    );
}

#[both]
async fn an_address_that_no_program_reads_is_forgotten(store: TestStore) {
    let scene = Scene::with(store, |_| Vec::new()).await;
    let hers = scene.hers().await;
    hers.make("read", PLAIN).await.unwrap();
    hers.make("unread", PLAIN).await.unwrap();
    scene.portal.app.clock.move_by(100 * 86_400_000);
    read_feed(&scene.portal.app, "read").await.unwrap();
    scene.portal.app.clock.move_by(100 * 86_400_000);
    scene.portal.write(|tx| calendar::sweep(tx).map(|_| ())).await;
    assert_eq!(scene.portal.store.rows()["calendar_feed"], 1);
    read_feed(&scene.portal.app, "read").await.unwrap();
}
