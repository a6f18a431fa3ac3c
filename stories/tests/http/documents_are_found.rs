//! The list of documents: pages, filters, what this reader has not opened, and a search over all text.

use borgerportal_both::both;
use borgerportal_service::documents::{HITS, PAGE};
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{
    PDF, bundle, document, form, letter, patient, pdf_saying, report, with_form, with_pdf, wrong,
};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, World, rows};
use serde_json::Value;

fn titles(page: &Page) -> Vec<String> {
    rows(page).into_iter().map(|row| row.title).collect()
}

async fn world(store: TestStore, resources: &[Value]) -> (World, borgerportal_stories::Visitor) {
    let (world, record) = World::with_inger(store).await;
    let all: Vec<Value> = [patient(&INGER)].iter().chain(resources).cloned().collect();
    record.delivers(&bundle("transaction", "2026-10-31T10:00:00Z", &all)).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    (world, inger)
}

#[both]
async fn pages_lead_to_older_ones_and_back(store: TestStore) {
    let letters: Vec<Value> = (0..120)
        .map(|number| {
            let date = format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
            letter(&INGER, &format!("d{number}"), &format!("Brev {number:03}"), &date)
        })
        .collect();
    let (_world, inger) = world(store, &letters).await;
    let expected: Vec<String> = (0..120).rev().map(|number| format!("Brev {number:03}")).collect();
    let first = inger.at("/documents").await;
    assert!(first.links().iter().all(|(_, words)| words != "Nyere"));
    let second = inger.browser.get(&first.link("Ældre")).await;
    let third = inger.browser.get(&second.link("Ældre")).await;
    assert!(third.links().iter().all(|(_, words)| words != "Ældre"));
    let all: Vec<String> = [&first, &second, &third].into_iter().flat_map(titles).collect();
    assert_eq!(all, expected, "each once, newest first");
    assert_eq!((titles(&first).len(), titles(&third).len()), (PAGE, 120 - 2 * PAGE));
    let back = inger.browser.get(&third.link("Nyere")).await;
    assert_eq!(titles(&back), titles(&second));
    assert_eq!(titles(&inger.browser.get(&back.link("Nyere")).await), titles(&first));
    let found = inger.search("brev").await;
    assert!(found.words().contains("120 dokumenter om “brev”"), "{}", found.words());
    assert_eq!(titles(&found), expected[..HITS]);
    let more = found.forms().into_iter().find(|form| form.words.contains("Ældre")).unwrap();
    let more = inger.browser.submit(&more, &[]).await;
    assert_eq!(titles(&more), expected[HITS..2 * HITS]);
    let newer = more.forms().into_iter().find(|form| form.words.contains("Nyere")).unwrap();
    assert_eq!(titles(&inger.browser.submit(&newer, &[]).await), expected[..HITS]);
}

#[both]
async fn a_word_that_stands_only_in_a_pdf_is_found_by_the_daughter(store: TestStore) {
    let decision = with_pdf(
        letter(&INGER, "d1", "Svar fra kommunen", "2026-10-01"),
        &pdf_saying("Du kan lade din elscooter op i skuret"),
    );
    let both = with_pdf(letter(&INGER, "d2", "Brev om elscooter", "2026-10-02"), &pdf_saying("elscooter"));
    let scan = with_pdf(letter(&INGER, "d3", "Skannet elscooter", "2026-10-03"), PDF);
    let (world, _) = world(store, &[decision, both, scan]).await;
    world.mandate(&INGER, &METTE).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger").await;
    let found = mette.search("skur").await;
    assert_eq!(titles(&found), ["Svar fra kommunen"]);
    assert!(found.words().contains("Ordet står i den fil"), "{}", found.words());
    let found = mette.search("elscootere").await;
    assert_eq!(titles(&found), ["Skannet elscooter", "Brev om elscooter", "Svar fra kommunen"]);
    assert_eq!(
        found.words().matches("Ordet står i den fil").count(),
        1,
        "a title that says it needs no hint"
    );
    let text = mette.search("HEMMELIGT").await;
    assert_eq!(titles(&text), Vec::<String>::new(), "a file that cannot be read is shown, but adds no words");
}

#[both]
async fn words_of_a_pdf_go_with_the_document(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    let at = |day: u8| format!("2026-10-{day:02}T10:00:00Z");
    let saying = |text: &str| with_pdf(letter(&INGER, "d1", "Brev", "2026-10-01"), &pdf_saying(text));
    record.delivers(&bundle("transaction", &at(1), &[patient(&INGER), saying("rollator")])).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    assert_eq!(titles(&inger.search("rollator").await), ["Brev"]);
    record.delivers(&bundle("transaction", &at(2), &[patient(&INGER), saying("elscooter")])).await;
    assert!(titles(&inger.search("rollator").await).is_empty(), "the file was replaced");
    assert_eq!(titles(&inger.search("elscooter").await), ["Brev"]);
    record.delivers(&bundle("transaction", &at(3), &[patient(&INGER), wrong(saying("elscooter"))])).await;
    assert!(titles(&inger.search("elscooter").await).is_empty(), "withdrawn");
}

#[both]
async fn filters_narrow_and_chips_widen_again(store: TestStore) {
    let mut nursing = document(&INGER, "d3", "observation", "Observation af sår", "2026-10-20");
    nursing["category"][0]["coding"][0]["code"] = "nursing".into();
    let resources = [
        letter(&INGER, "d1", "Brev fra i år", "2026-10-01"),
        letter(&INGER, "d2", "Brev fra gamle dage", "2019-03-01"),
        nursing,
    ];
    let (_world, inger) = world(store, &resources).await;
    let list = inger.at("/documents").await;
    let filter = list.forms().into_iter().find(|form| form.method == "get").unwrap();
    let only = async |name: &str, value: &str| titles(&inger.browser.submit(&filter, &[(name, value)]).await);
    assert_eq!(only("type", "letter").await, ["Brev fra i år", "Brev fra gamle dage"]);
    assert_eq!(only("area", "nursing").await, ["Observation af sår"]);
    assert_eq!(only("period", "12m").await, ["Observation af sår", "Brev fra i år"]);
    assert_eq!(only("type", "no_such_type").await.len(), 3, "an unknown code is no filter");
    let narrowed = inger.browser.submit(&filter, &[("type", "letter"), ("period", "12m")]).await;
    assert_eq!(titles(&narrowed), ["Brev fra i år"]);
    let html = narrowed.html();
    let chips = borgerportal_stories::html::all(&html, "a").filter(|tag| tag.has_class("bp-chip"));
    let hrefs: Vec<String> = chips.map(|tag| tag.get("href").unwrap().to_owned()).collect();
    assert_eq!(hrefs.len(), 2);
    assert_eq!(titles(&inger.browser.get(&hrefs[1]).await).len(), 2, "without the period: {hrefs:?}");
    let none = inger.browser.submit(&filter, &[("type", "form")]).await;
    assert!(none.words().contains("Ingen dokumenter passer til det, du har valgt"), "{}", none.words());
}

#[both]
async fn each_reader_has_their_own_unread_marks(store: TestStore) {
    let (world, inger) = world(
        store,
        &[
            letter(&INGER, "d1", "Første brev", "2026-10-01"),
            letter(&INGER, "d2", "Andet brev", "2026-10-02"),
        ],
    )
    .await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    mette.open("Første brev").await;
    let badges = |rows: Vec<borgerportal_stories::DocumentRow>| -> Vec<(String, String)> {
        rows.into_iter().map(|row| (row.title, row.badge)).collect()
    };
    let pair = |title: &str, badge: &str| (title.to_owned(), badge.to_owned());
    let (unread, read) = (pair("Andet brev", "Ulæst"), pair("Første brev", ""));
    assert_eq!(badges(mette.documents().await), [unread.clone(), read]);
    assert_eq!(badges(inger.documents().await), [unread, pair("Første brev", "Ulæst")]);
    assert_eq!(titles(&mette.at("/documents?unread=1").await), ["Andet brev"]);
    assert_eq!(titles(&inger.at("/documents?unread=1").await).len(), 2);
}

#[both]
async fn a_search_reads_everything_and_marks_the_words(store: TestStore) {
    let samtale = with_form(letter(&INGER, "d1", "Samtale om hverdagen", "2026-10-01"), "f1");
    let (_world, inger) = world(
        store,
        &[
            samtale,
            form(&INGER, "f1", "Hun har ondt i såret på foden <script>alert(1)</script>"),
            letter(&INGER, "d2", "Brev om træning", "2026-10-02"),
        ],
    )
    .await;
    let found = inger.search("sår").await;
    let hits = rows(&found);
    assert_eq!((hits.len(), hits[0].title.as_str()), (1, "Samtale om hverdagen"), "{}", found.words());
    assert_eq!(hits[0].marked, ["såret"]);
    assert!(hits[0].snippet.contains("ondt i såret på foden"), "{}", hits[0].snippet);
    assert!(!found.html().contains("<script>alert"), "nothing of a record is markup");
    assert_eq!(rows(&inger.search("SÅR foden").await).len(), 1, "every word, any case");
    assert_eq!(rows(&inger.search("sår træning").await).len(), 0);
    let empty = inger.search(" ").await;
    assert_eq!(empty.status, 422);
    assert!(empty.title().starts_with("Fejl: "), "{}", empty.title());
    assert_eq!(inger.search(&"x".repeat(101)).await.status, 422);
    assert_eq!(inger.search("\"'<>&%;--").await.status, 422);
}

#[both]
async fn what_was_wrong_is_gone_everywhere(store: TestStore) {
    let brev = letter(&INGER, "d1", "Brev til en anden", "2026-10-01");
    let (world, inger) = world(store, std::slice::from_ref(&brev)).await;
    let address = inger.documents().await[0].href.clone();
    let record = world.record_system("nexus", HELSINGOR).await;
    record.delivers(&report("r2", "2026-11-02T10:00:00Z", &[patient(&INGER), wrong(brev)])).await;
    assert_eq!(inger.titles().await, Vec::<String>::new());
    assert_eq!(rows(&inger.search("brev").await), []);
    let page = inger.browser.get(&address).await;
    assert!(!page.words().contains("Brev til en anden"), "{} {}", page.status, page.words());
}
