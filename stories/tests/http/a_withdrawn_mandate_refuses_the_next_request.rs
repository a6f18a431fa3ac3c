//! A withdrawn mandate refuses the very next request of a running session: page, search, PDF and paging link
//! alike, while others read and withdraw at the same time. `PORTAL_TRIES` says how often; the soak says 100,000.

use borgerportal_both::both;
use borgerportal_domain::ids::PersonId;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, letter, patient, with_pdf};
use borgerportal_stories::{
    BENT, HELSINGOR, KAREN, LONE, METTE, POUL, PREBEN, Page, Person, RecordSystem, SOFIE, Visitor, World,
    how_many,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Tries with one mother; then another takes her place, so that the pile of ended mandates stays as in life.
const WITH_ONE_MOTHER: usize = 1_000;
const HELPERS: [Person; 7] = [METTE, LONE, POUL, PREBEN, BENT, SOFIE, KAREN];
const SECRET_TITLE: &str = "Hemmeligt brev";

/// A page, a search, a file and a link to older documents.
struct Ways {
    csrf: String,
    journal: String,
    item: String,
    older: String,
}

impl Ways {
    async fn go(&self, visitor: &Visitor, way: usize) -> Page {
        let browser = &visitor.browser;
        match way % 5 {
            0 => browser.get(&format!("{}/documents", self.journal)).await,
            1 => {
                let form = [("csrf", self.csrf.as_str()), ("q", "hemmeligt")];
                browser.post(&format!("{}/documents/search", self.journal), &form).await
            }
            2 => browser.get(&format!("{}/file", self.item)).await,
            3 => browser.get(&self.older).await,
            _ => browser.get(&self.item).await,
        }
    }
}

fn mother(round: usize) -> Person {
    let number = 100 + u16::try_from(round % 900).unwrap();
    Person { given: "Agnes", family: "Prøve", birth: "1941-02-03", number }
}

async fn deliver(world: &World, record: &RecordSystem, mother: &Person) -> String {
    world.registers_know(&[*mother]).await;
    let many = (0..52).map(|number| {
        let (id, day) = (format!("a{number}-{}", mother.number), number % 28 + 1);
        letter(mother, &id, SECRET_TITLE, &format!("2026-09-{day:02}"))
    });
    let id = format!("pdf-{}", mother.number);
    let newest = with_pdf(letter(mother, &id, SECRET_TITLE, "2026-10-20"), PDF);
    let resources: Vec<_> = [patient(mother), newest].into_iter().chain(many).collect();
    record.delivers(&bundle("transaction", "2026-10-20T10:00:00Z", &resources)).await;
    world.journal_of(mother).await
}

/// Looks around once, as somebody does who keeps the page open.
async fn look_around(visitor: &Visitor, journal: &str) -> Ways {
    let list = visitor.browser.get(&format!("{journal}/documents")).await;
    assert_eq!(list.status, 200, "{}", list.words());
    let (item, older) = (borgerportal_stories::rows(&list)[0].href.clone(), list.link("Ældre"));
    Ways { csrf: list.csrf(), journal: journal.to_owned(), item, older }
}

/// One helper's tries with one mother. Returns how many requests raced the withdrawal and still were shown.
async fn tries(
    world: Arc<World>,
    visitor: Arc<Visitor>,
    (giver, journal): (PersonId, String),
    (from, count): (usize, usize),
) -> usize {
    let (holder, until) = (world.id_of(&visitor.person).await, world.now().plus_days(30));
    let first = world.sign(giver, holder, until).await;
    let ways = look_around(&visitor, &journal).await;
    world.withdraw(first, giver).await;
    let mut raced = 0;
    for number in from..from + count {
        let mandate = world.sign(giver, holder, until).await;
        let before = ways.go(&visitor, number).await;
        assert_eq!(before.status, 200, "with a mandate: {}", before.words());
        let (during, ()) = tokio::join!(ways.go(&visitor, number + 1), world.withdraw(mandate, giver));
        assert!(matches!(during.status, 200 | 403), "{}", during.status);
        raced += usize::from(during.status == 200);
        let after = ways.go(&visitor, number / 5).await;
        assert_eq!(after.status, 403, "try {number}, way {}: {}", number / 5 % 5, after.words());
        let words = after.words();
        assert!(words.contains("Fuldmagten er stoppet af den, der gav den"), "{words}");
        assert!(!words.contains(SECRET_TITLE) && !after.body.starts_with(b"%PDF"));
    }
    raced
}

#[both]
async fn every_way_in_is_closed_at_once(store: TestStore) {
    let engine = if store.is_sqlite() { "sqlite" } else { "postgres" };
    let (world, record) = World::with_inger(store).await;
    let mut visitors = Vec::new();
    for helper in HELPERS {
        visitors.push(Arc::new(world.log_in_as_relative(helper, HELSINGOR).await));
    }
    let (world, all) = (Arc::new(world), how_many("PORTAL_TRIES", 1_000));
    let (mut done, mut round, raced) = (0, 0, AtomicUsize::new(0));
    while done < all {
        let now = WITH_ONE_MOTHER.min(all - done);
        let mother = mother(round);
        let journal = deliver(&world, &record, &mother).await;
        let giver = world.id_of(&mother).await;
        let each = now.div_ceil(HELPERS.len());
        let work = visitors.iter().enumerate().map(|(number, visitor)| {
            let share = (done + number * each, each.min(now.saturating_sub(number * each)));
            tokio::spawn(tries(world.clone(), visitor.clone(), (giver, journal.clone()), share))
        });
        for task in work.collect::<Vec<_>>() {
            raced.fetch_add(task.await.unwrap(), Ordering::Relaxed);
        }
        (done, round) = (done + now, round + 1);
        println!("withdrawal {engine}: {done} of {all} tries");
    }
    println!(
        "RESULT withdrawal {engine}: {done} tries, {} helpers at once, {round} mothers, 0 shown after the \
         acknowledgement, {} of {done} requests that raced it were shown, {} writes were tried again",
        HELPERS.len(),
        raced.load(Ordering::Relaxed),
        world.times_busy()
    );
}
