//! Every route and who stands before it: a table for people to read. What is not opened is closed.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, letter, patient, with_pdf};
use borgerportal_stories::{
    BENT, Browser, HELSINGOR, INGER, JONAS, LONE, METTE, PREBEN, Page, RANDERS, World,
};
use std::fmt::Write as _;

const JOURNAL: [&str; 8] = [
    "/",
    "/menu",
    "/documents",
    "/documents?type=letter",
    "/documents/search",
    "/documents/{item}",
    "/documents/{item}/file",
    "/access-log",
];
const OTHERS: [(&str, &str); 19] = [
    ("GET", "/"),
    ("GET", "/kommune?rolle=borger"),
    ("GET", "/log-paa/0217?rolle=borger"),
    ("GET", "/log-paa/0751?rolle=borger"),
    ("GET", "/log-paa/0217"),
    ("GET", "/log-paa/svar"),
    ("GET", "/velkommen"),
    ("GET", "/personer"),
    ("POST", "/personer"),
    ("GET", "/session/warning"),
    ("POST", "/session/extension"),
    ("GET", "/session/step-up"),
    ("GET", "/session/ended"),
    ("GET", "/hjaelp"),
    ("POST", "/fhir/0217"),
    ("POST", "/oauth/token"),
    ("GET", "/fhir/0217/metadata"),
    ("GET", "/fhir/0751/metadata"),
    ("POST", "/log-af"),
];

/// Status and, where it leads on, the first part of the path it leads to.
fn said(page: &Page) -> String {
    let to = page.location().map(|to| page.url.join(to).unwrap());
    let ours = |to: &url::Url| to.origin() == page.url.origin();
    match to {
        Some(to) if !ours(&to) => format!("{} MitID", page.status),
        Some(to) => {
            let first = to.path().split('/').take(3).collect::<Vec<_>>().join("/");
            format!("{} {}", page.status, if first.starts_with("/p/") { "/p/…" } else { &first })
        }
        None => page.status.to_string(),
    }
}

/// Knocks as this browser's own pages would, with a right secret where there is one.
async fn knock(browser: &Browser, journal: &str, item: &str, rest: &str) -> String {
    let path = format!("{journal}{}", rest.replace("{item}", item));
    if rest.ends_with("/search") {
        let persons = browser.get("/personer").await;
        let csrf = if persons.status == 200 { persons.csrf() } else { String::new() };
        return said(&browser.post(&path, &[("csrf", &csrf), ("q", "brev")]).await);
    }
    said(&browser.get(&path).await)
}

/// The journal of somebody with one letter, and the letter's id.
async fn door(world: &World, visitor: &borgerportal_stories::Visitor) -> (String, String) {
    let journal = world.journal_of(&visitor.person).await;
    let list = visitor.browser.get(&format!("{journal}/documents")).await;
    let item =
        borgerportal_stories::rows(&list).first().map(|row| row.href.rsplit('/').next().unwrap().to_owned());
    (journal, item.unwrap_or_default())
}

#[both]
async fn a_table_of_every_route_and_visitor(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    for person in [&INGER, &BENT, &JONAS] {
        let id = format!("d-{}", person.given);
        let brev = with_pdf(letter(person, &id, "Brev", "2026-10-01"), PDF);
        record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(person), brev])).await;
    }
    world.mandate_until(&INGER, &PREBEN, world.now().plus_days(-1)).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let (ingers, letter) = door(&world, &inger).await;
    let bent = world.log_in_as_citizen(BENT, HELSINGOR).await;
    let (bents, bents_letter) = door(&world, &bent).await;
    world.close_journal(&BENT).await;
    let jonas = world.log_in_as_citizen(JONAS, HELSINGOR).await;
    let (jonas_own, _) = door(&world, &jonas).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let elsewhere = world.log_in_as_relative(METTE, RANDERS).await;
    let as_herself = world.log_in_as_citizen(METTE, HELSINGOR).await;
    let lone = world.log_in_as_relative(LONE, HELSINGOR).await;
    let preben = world.log_in_as_relative(PREBEN, HELSINGOR).await;
    let nobody = world.browser();
    let stranger = (ingers.as_str(), letter.as_str());
    let visitors: [(&str, &Browser, (&str, &str)); 9] = [
        ("Inger, whose it is", &inger.browser, stranger),
        ("Mette, with a mandate", &mette.browser, stranger),
        ("Mette, logged on in Randers", &elsewhere.browser, stranger),
        ("Mette, logged on for herself", &as_herself.browser, stranger),
        ("Preben, mandate ran out", &preben.browser, stranger),
        ("Lone, a stranger", &lone.browser, stranger),
        ("nobody", &nobody, stranger),
        ("Bent, own journal inactive", &bent.browser, (&bents, &bents_letter)),
        ("Jonas, 14, own journal", &jonas.browser, (&jonas_own, &letter)),
    ];
    let mut table = String::new();
    for (name, browser, (journal, item)) in visitors {
        writeln!(table, "{name}").unwrap();
        for rest in JOURNAL {
            writeln!(table, "  /p/…{rest:<24} {}", knock(browser, journal, item, rest).await).unwrap();
        }
    }
    for (name, browser) in
        [("nobody, elsewhere", &nobody), ("Lone, elsewhere, forms without a secret", &lone.browser)]
    {
        writeln!(table, "{name}").unwrap();
        for (method, path) in OTHERS {
            let page = if method == "GET" { browser.get(path).await } else { browser.post(path, &[]).await };
            writeln!(table, "  {method:<4} {path:<28} {}", said(&page)).unwrap();
        }
    }
    insta::assert_snapshot!("closed_doors", table);
}
