//! Whether a person, record, document or mandate exists cannot be told by status, headers or size by somebody who
//! may not know. The time it takes is measured next door.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, labelled, letter, patient, with_pdf};
use borgerportal_stories::{Browser, HELSINGOR, INGER, LONE, METTE, POUL, Page, World};

/// Well formed, and nobody's.
const NOBODYS: &str = "/p/0192d3a4-0000-7000-8000-00000000beef";
const NOTHING: &str = "0192d3a4-0000-7000-8000-00000000cafe";
const JOURNAL: [&str; 7] = [
    "/",
    "/menu",
    "/documents",
    "/documents?cursor=AAAAAZxO2cAAAZLTpAAAAHAAgAAAAAAAyv4A",
    "/documents/{item}",
    "/documents/{item}/file",
    "/access-log",
];

/// What somebody outside can compare: the page without the secret, which is new each time, and without the address
/// that was asked for, which the asker knows.
fn seen(page: &Page, asked: &[&str]) -> (u16, Vec<(String, String)>, usize, String) {
    let headers = page.headers.iter().filter(|(name, _)| name != "date").cloned().collect();
    let secrets: Vec<String> =
        page.forms().into_iter().flat_map(|form| form.fields).map(|(_, value)| value).collect();
    let mut html = page.html();
    for secret in
        secrets.iter().map(String::as_str).filter(|value| value.len() > 60).chain(asked.iter().copied())
    {
        html = html.replace(secret, "*");
    }
    (page.status, headers, page.body.len(), html)
}

async fn compare(browser: &Browser, there: &str, not_there: &str, asked: &[&str]) {
    let (one, other) = (browser.get(there).await, browser.get(not_there).await);
    assert_eq!(one.status, 404, "{there}");
    assert_eq!(seen(&one, asked), seen(&other, asked), "{there}");
}

struct Doors {
    world: World,
    /// `/p/…` of Inger and of Poul.
    journals: [String; 2],
    /// A document that relatives may not see, and one they may.
    withheld: String,
    shown: String,
}

async fn doors(store: TestStore) -> Doors {
    let (world, record) = World::with_inger(store).await;
    let secret = with_pdf(letter(&INGER, "d1", "Til Inger alene", "2026-10-01"), PDF);
    let open = with_pdf(letter(&INGER, "d2", "Til alle", "2026-10-02"), PDF);
    let secret = labelled(secret, &["withheld-from-relative"]);
    record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &[patient(&INGER), secret, open])).await;
    let pouls = letter(&POUL, "d3", "Brev", "2026-10-02");
    record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &[patient(&POUL), pouls])).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let id = |title: &str, rows: &[borgerportal_stories::DocumentRow]| {
        let row = rows.iter().find(|row| row.title == title).unwrap_or_else(|| panic!("{rows:?}"));
        row.href.rsplit('/').next().unwrap().to_owned()
    };
    let rows = inger.documents().await;
    let journals = [world.journal_of(&INGER).await, world.journal_of(&POUL).await];
    Doors { journals, withheld: id("Til Inger alene", &rows), shown: id("Til alle", &rows), world }
}

#[both]
async fn a_journal_that_is_not_mine_looks_like_none(store: TestStore) {
    let it = doors(store).await;
    let lone = it.world.log_in_as_relative(LONE, HELSINGOR).await;
    let asked = [it.journals[0].as_str(), NOBODYS];
    for rest in JOURNAL {
        let rest = rest.replace("{item}", &it.shown);
        compare(&lone.browser, &format!("{}{rest}", it.journals[0]), &format!("{NOBODYS}{rest}"), &asked)
            .await;
    }
    let csrf = lone.browser.get("/personer").await.csrf();
    let fields = [("csrf", csrf.as_str()), ("q", "brev")];
    let one = lone.browser.post(&format!("{}/documents/search", it.journals[0]), &fields).await;
    let other = lone.browser.post(&format!("{NOBODYS}/documents/search"), &fields).await;
    assert_eq!((one.status, seen(&one, &asked)), (404, seen(&other, &asked)));
    let choose =
        |journal: &str| [("csrf".to_owned(), csrf.clone()), ("journal".to_owned(), journal[3..].to_owned())];
    let mut chosen = Vec::new();
    for journal in asked {
        let fields = choose(journal);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        chosen.push(seen(&lone.browser.post("/personer", &fields).await, &asked));
    }
    assert_eq!(chosen[0].0, 422);
    assert_eq!(chosen[0], chosen[1]);
}

#[both]
async fn a_document_i_may_not_see_looks_like_none(store: TestStore) {
    let it = doors(store).await;
    let mut mette = it.world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    assert_eq!(mette.titles().await, ["Til alle"]);
    let asked = [it.withheld.as_str(), NOTHING];
    for rest in ["", "/file"] {
        let at = |item: &str| format!("{}/documents/{item}{rest}", it.journals[0]);
        compare(&mette.browser, &at(&it.withheld), &at(NOTHING), &asked).await;
    }
    let elsewhere = format!("{}/documents/{}", it.journals[1], it.shown);
    assert_eq!(mette.browser.get(&elsewhere).await.status, 404, "Inger's letter in another's journal");
    let found = borgerportal_stories::rows(&mette.search("alene").await);
    assert_eq!(found, [], "nor by searching");
    let log = it.world.log_in_as_citizen(INGER, HELSINGOR).await.log().await;
    assert!(log.iter().any(|line| line.starts_with("Mette Holm ")), "{log:?}");
}
