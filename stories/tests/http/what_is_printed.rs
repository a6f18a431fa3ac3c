//! What people print and send back says where to: the counter their municipality has set down, or, where nobody
//! has chosen one, whom to ask. Read as `pdftotext` reads it, which `./test` installs.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::mandates::READ;
use borgerportal_stories::{HELSINGOR, INGER, LONE, PREBEN, Page, RANDERS, World};
use std::io::Write as _;
use std::process::{Command, Stdio};

const COUNTER: &str = "Helsingør Kommune Birkedalsvej 27 3000 Helsingør";

/// The words of a PDF, with one space between them.
pub(crate) fn printed(page: &Page) -> String {
    assert!(page.status == 200 && page.body.starts_with(b"%PDF"), "{} {}", page.status, page.words());
    let mut reader = Command::new("pdftotext");
    reader.args(["-enc", "UTF-8", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = reader.spawn().unwrap_or_else(|why| panic!("pdftotext (Debian: poppler-utils): {why}"));
    child.stdin.take().unwrap().write_all(&page.body).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[both]
async fn the_form_says_where_it_goes_or_whom_to_ask(store: TestStore) {
    let (world, _) = World::with_inger(store).await;
    let paper = "/fuldmagter/papir";
    let at_home = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let said = printed(&at_home.browser.get(paper).await);
    assert!(said.contains(COUNTER), "at its head: {said}");
    assert!(said.contains("adressen her: Helsingør Kommune, Birkedalsvej 27, 3000 Helsingør"), "{said}");
    let passing = world.browser().get(paper).await;
    let no_place = world.log_in_for_mandates(PREBEN).await.browser.get(paper).await;
    for page in [passing, no_place] {
        let said = printed(&page);
        assert!(said.contains("ring til 12 34 56 78 og spørg hvorhen"), "{said}");
        assert!(!said.contains("adressen her"), "no address is promised that is not there: {said}");
    }
    let elsewhere = world.log_in_as_relative(LONE, RANDERS).await;
    let said = printed(&elsewhere.browser.get(paper).await);
    assert!(said.contains("Randers Kommune") && !said.contains("Birkedalsvej"), "{said}");
    assert!(!said.contains("adressen her"), "{said}");
}

#[both]
async fn receipts_and_copies_bear_the_same_head(store: TestStore) {
    let (world, _) = World::with_inger(store).await;
    world.offer_packages().await;
    let mother = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let (name, cpr) = LONE.typed();
    let receipt = mother.send("giv", (&name, &cpr), &[READ]).await;
    let said = printed(&mother.browser.get(&receipt.link("Hent kvittering")).await);
    assert!(said.contains(COUNTER) && said.contains("Lone Krogh"), "{said}");
    let (name, cpr) = PREBEN.typed();
    let asked = mother.send("bed-om", (&name, &cpr), &[READ]).await;
    let said = printed(&mother.browser.get(&asked.link("Hent kvittering")).await);
    assert!(said.contains(COUNTER) && said.contains("Preben Holm"), "{said}");
    assert!(!said.contains(&cpr), "no number on paper: {said}");
    let given_to = world.log_in_for_mandates(LONE).await;
    let hers = given_to.browser.get("/fuldmagter").await.link("Se mere");
    let said = printed(&given_to.browser.get(&format!("{hers}/pdf")).await);
    assert!(
        said.contains("Kommunerne") && !said.contains("Birkedalsvej"),
        "she chose no municipality: {said}"
    );
}
