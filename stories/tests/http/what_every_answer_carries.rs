//! What every answer carries and what no address ever holds; the language that is changed on the way; health; and
//! addresses that are none.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, form, letter, patient, with_form, with_pdf};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, Visitor, World, html};
use std::collections::BTreeSet;

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

async fn mette(store: TestStore) -> (World, Visitor) {
    let (world, record) = World::with_inger(store).await;
    let brev = with_pdf(with_form(letter(&INGER, "d1", "Afgørelse til Inger", "2026-10-01"), "f1"), PDF);
    let many = (0..60).map(|n| letter(&INGER, &format!("m{n}"), "Gammelt brev", "2026-08-01"));
    let resources: Vec<_> =
        [patient(&INGER), brev, form(&INGER, "f1", "Hun har et sår")].into_iter().chain(many).collect();
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &resources)).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    (world, mette)
}

fn carries(page: &Page) {
    let at = page.path();
    let is = |name: &str, value: &str| assert_eq!(page.header(name), Some(value), "{name} at {at}");
    let once = |name: &str| page.headers.iter().filter(|(known, _)| known == name).count();
    if page.header("content-type") == Some("application/pdf") {
        is("content-security-policy", "default-src 'none'; sandbox");
    } else {
        is("content-security-policy", CSP);
    }
    is("x-content-type-options", "nosniff");
    is("x-frame-options", "DENY");
    is("referrer-policy", "same-origin");
    is("cross-origin-opener-policy", "same-origin");
    is("cross-origin-resource-policy", "same-origin");
    if at.starts_with("/static/") && page.status == 200 {
        is("cache-control", "public, max-age=31536000, immutable");
    } else {
        is("cache-control", "no-store");
    }
    assert_eq!((once("content-security-policy"), once("cache-control")), (1, 1), "{at}");
    assert_eq!((page.header("server"), page.header("x-powered-by")), (None, None));
}

/// Every address a page names.
fn addresses(page: &Page) -> BTreeSet<String> {
    let html = page.html();
    let named = |tag: html::Tag<'_>| {
        ["href", "action", "src"]
            .into_iter()
            .filter_map(|name| tag.get(name).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    html::tags(&html).into_iter().flat_map(named).collect()
}

/// Nothing about anybody stands in an address.
fn is_discreet(address: &str) {
    if address.starts_with("tel:") {
        return;
    }
    let small = address.to_lowercase();
    for word in ["inger", "mette", "holm", "sår", "s%c3%a5r", "afg", "brev"] {
        assert!(!small.contains(word), "{word} in {address}");
    }
    let plain: String = address
        .replace("%3D", "=")
        .chars()
        .map(|c| if c.is_ascii_hexdigit() || c == '-' { c } else { ' ' })
        .collect();
    let words = plain.split(' ').filter(|word| uuid_free(word));
    for word in words {
        // A day in the calendar is written as one.
        let digits = if is_day(word) { 0 } else { word.chars().filter(char::is_ascii_digit).count() };
        assert!(digits < 8, "a number like a CPR number in {address}");
    }
}

/// Weeks of a calendar go on for ever, and forms wait to be sent: of those rooms the first page is walked.
fn is_inside_a_room(path: &str) -> bool {
    let rooms = ["/calendar", "/messages", "/aids", "/grants", "/conditions", "/plans", "/export"];
    rooms.iter().any(|room| path.split_once(room).is_some_and(|(_, rest)| !rest.is_empty()))
}

fn is_day(word: &str) -> bool {
    word.parse::<borgerportal_domain::Date>().is_ok()
}

/// Opaque ids and the hashes of files are none of people's business.
fn uuid_free(word: &str) -> bool {
    word.len() != 36 && (word.len() != 16 || word.contains('-'))
}

#[both]
async fn every_page_that_can_be_reached(store: TestStore) {
    let (_world, mette) = mette(store).await;
    let mut waiting: Vec<String> = vec!["/".to_owned(), format!("{}/", mette.journal())];
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let (mut pages, mut documents) = (0, 0);
    while let Some(path) = waiting.pop() {
        let one_of_many = path.contains("/documents/") && !path.ends_with("/file");
        documents += usize::from(one_of_many);
        if one_of_many && documents > 4 || path.starts_with("/log-paa/") || path.starts_with("/sprog/") {
            continue;
        }
        let page = mette.browser.get(&path).await;
        assert!(matches!(page.status, 200 | 303), "{} {path}", page.status);
        carries(&page);
        pages += 1;
        for address in addresses(&page) {
            let ours = address.starts_with('/');
            is_discreet(&address);
            let path = address.split('#').next().unwrap().to_owned();
            let posted = path.ends_with("/search") || path.starts_with("/session/") || path == "/log-af";
            if ours && !posted && !is_inside_a_room(&path) && known.insert(path.clone()) {
                waiting.push(path);
            }
        }
    }
    assert!(pages > 15, "{pages} pages");
    let found = mette.search("sår").await;
    assert_eq!((found.status, found.url.query()), (200, None));
    carries(&found);
    for address in addresses(&found) {
        is_discreet(&address);
    }
}

#[both]
async fn answers_that_are_no_pages_carry_it_too(store: TestStore) {
    let (world, mette) = mette(store).await;
    let nobody = world.browser();
    for path in [
        "/ingenting",
        "/p/",
        "/p/x/documents",
        "/p/../etc/passwd",
        "/static/none.css",
        "/fhir/0217",
        "/fhir/0217/metadata",
        "/health/live",
        "/health/ready",
        "/sprog/xx",
        "/velkommen",
        "/log-paa/svar",
    ] {
        let page = nobody.get(path).await;
        assert!(page.status < 500, "{path}: {}", page.status);
        carries(&page);
    }
    for path in ["/ingenting", "/personer", "/log-af", "/oauth/token", "/fhir/0217", "/documents"] {
        carries(&nobody.post(path, &[("a", "b")]).await);
    }
    let unknown = mette.at("/ingenting").await;
    assert_eq!((unknown.status, unknown.h1().as_str()), (404, "Vi kan ikke finde siden"));
    let huge = "a".repeat(70_000);
    let refused = mette.browser.post("/personer", &[("journal", &huge)]).await;
    assert_eq!(refused.status, 413);
    carries(&refused);
}

#[both]
async fn cookies_are_bound_to_this_site_and_say_nothing(store: TestStore) {
    let world = World::open(store).await;
    let browser = world.browser();
    let begun = browser.get("/log-paa/0217?rolle=paaroerende").await;
    let cookies = begun.cookies();
    let login = cookies.iter().find(|cookie| cookie.starts_with("__Host-login=")).unwrap();
    assert!(login.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=1800"), "{login}");
    let last = "last=0217.paaroerende; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000";
    assert!(cookies.contains(&last) && cookies.len() == 2, "{cookies:?}");
    let language = browser.get("/sprog/en?back=/").await;
    assert_eq!(language.cookies(), ["lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"]);
    for path in ["/", "/kommune?rolle=borger", "/hjaelp", "/ingenting", "/personer"] {
        assert_eq!(browser.get(path).await.cookies(), Vec::<&str>::new(), "{path}");
    }
}

#[both]
async fn other_methods_open_nothing(store: TestStore) {
    let (_world, mette) = mette(store).await;
    let documents = format!("{}/documents", mette.journal());
    for method in
        [reqwest::Method::PUT, reqwest::Method::DELETE, reqwest::Method::PATCH, reqwest::Method::POST]
    {
        let page = mette.browser.send(method.clone(), &documents, &[], None).await;
        assert_eq!((page.status, page.body.len()), (405, 0), "{method}");
        carries(&page);
    }
    let head = mette.browser.send(reqwest::Method::HEAD, &documents, &[], None).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
    carries(&head);
}

#[both]
async fn the_language_changes_and_the_page_stays(store: TestStore) {
    let (_world, mette) = mette(store).await;
    let there = format!("{}/documents?type=letter&period=12m", mette.journal());
    for from in [there, "/kommune?rolle=paaroerende".to_owned(), "/personer".to_owned(), "/hjaelp".to_owned()]
    {
        let danish = mette.browser.get(&from).await;
        let english = mette.browser.visit(&danish.link("English")).await;
        assert_eq!((english.status, english.path()), (200, from.clone()));
        assert!(english.html().contains("<html lang=\"en\">"), "{from}");
        assert_ne!(english.h1(), danish.h1());
        let again = mette.browser.visit(&english.link("Dansk")).await;
        assert_eq!((again.path(), again.h1()), (from, danish.h1()));
    }
    for elsewhere in ["https://evil.example", "//evil.example", "/\\evil", "/log-af"] {
        let back = url::form_urlencoded::byte_serialize(elsewhere.as_bytes()).collect::<String>();
        let page = mette.browser.get(&format!("/sprog/da?back={back}")).await;
        assert_eq!(page.location(), Some("/"), "{elsewhere}");
    }
}

#[both]
async fn health_says_whether_the_log_is_sealed(store: TestStore) {
    let (world, mette) = mette(store).await;
    let browser = world.browser();
    let ready = async || browser.get("/health/ready").await.status;
    assert_eq!((browser.get("/health/live").await.html().as_str(), ready().await), ("ok\n", 200));
    world.minutes_later(6);
    assert_eq!(ready().await, 503, "lines wait for their seal");
    borgerportal_service::jobs::seal(&world.app).await.unwrap();
    assert_eq!(ready().await, 200);
    world.store.refuse_log_lines(true);
    let page = mette.at("/documents").await;
    assert_eq!(
        (page.status, page.h1().as_str()),
        (500, "Der er sket en fejl hos os"),
        "no log line, no page"
    );
    assert!(!page.words().contains("Afgørelse"), "{}", page.words());
    world.store.refuse_log_lines(false);
    assert_eq!(mette.at("/documents").await.status, 200);
}
