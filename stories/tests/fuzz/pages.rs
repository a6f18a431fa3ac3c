//! Addresses, forms, cookies and headers as no browser would send them, from somebody who is logged on and from
//! somebody who is not. Every answer is one of ours, and none holds what they may not see.

use crate::mutate::{Random, text};
use crate::play::Target;
use borgerportal_store::testing::sqlite;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{Browser, HELSINGOR, INGER, METTE, POUL, World};
use reqwest::Method;
use std::cell::Cell;

/// Of Poul, whose record Mette may not see.
const SECRET: &str = "Poulshemmelighed";
const FOUND: [u16; 13] = [200, 303, 400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 429];

/// A request in four lines: method and address, form, cookie, language. `J`, `K` and `D` are Inger's journal, Poul's
/// and a document; `C` is the session's secret.
const SEEDS: [&str; 17] = [
    "GET J/documents?type=letter&area=home_help&period=12m&unread=1\n\n\nda",
    "GET J/documents?cursor=AAAAAZxO2cAAAZLTpAAAAHAAgAAAAAAAyv4A\n\n\nen",
    "GET D\n\n\nda, en;q=0.5",
    "GET D/file\n\n\n",
    "GET K/documents\n\n\n",
    "GET K/access-log?cursor=x\n\n\n",
    "GET /p/x/menu\n\n\n",
    "GET /kommune?rolle=borger&q=hels\n\n\n",
    "GET /log-paa/0217?rolle=paaroerende\n\n\n",
    "GET /log-paa/svar?code=a&state=b&iss=c\n\n__Host-login=x; last=0217.borger\n",
    "GET /sprog/en?back=/p/x\n\nlang=da\n",
    "GET /static/x.css\n\n\n",
    "POST J/documents/search\ncsrf=C&q=brev&type=letter\n\n",
    "POST K/documents/search\ncsrf=C&q=brev\n\n",
    "POST /personer\ncsrf=C&journal=x\n\n",
    "POST /oauth/token\ngrant_type=client_credentials&client_assertion=a.b.c\n\n",
    "POST /fhir/0217\n{\"resourceType\":\"Bundle\"}\n\n",
];

struct Place {
    world: World,
    mette: Browser,
    words: [(&'static str, String); 4],
    turn: Cell<u32>,
}

async fn place() -> Place {
    let (world, record) = World::with_inger(sqlite()).await;
    for (who, title) in [(INGER, "Brev til Inger"), (POUL, SECRET)] {
        let letters = [patient(&who), letter(&who, &format!("d-{}", who.given), title, "2026-10-01")];
        record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &letters)).await;
    }
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let document = mette.documents().await.remove(0).href;
    let csrf = mette.browser.get("/personer").await.csrf();
    let journals = [world.journal_of(&INGER).await, world.journal_of(&POUL).await];
    let [inger, poul] = journals;
    let words = [
        ("J/", format!("{inger}/")),
        ("K/", format!("{poul}/")),
        ("D", document),
        ("csrf=C", format!("csrf={csrf}")),
    ];
    Place { world, mette: mette.browser.copy(), words, turn: Cell::new(0) }
}

/// What may stand in a header.
fn header(line: &str) -> String {
    line.chars().filter(|letter| (' '..='~').contains(letter)).take(2_000).collect()
}

impl Place {
    /// The request a text stands for, sent by Mette and by somebody unknown in turn.
    async fn send(&self, input: &str) -> (u16, String) {
        self.turn.set(self.turn.get() + 1);
        let nobody = self.world.browser();
        let browser = if self.turn.get().is_multiple_of(3) { &nobody } else { &self.mette };
        let mut lines = input.split('\n');
        let mut line = || lines.next().unwrap_or_default();
        let (first, body, cookie, language) = (line(), line(), header(line()), header(line()));
        let (method, address) = first.split_once(' ').unwrap_or(("GET", first));
        let fill = |text: &str| {
            self.words.iter().fold(text.to_owned(), |text, (name, value)| text.replacen(name, value, 1))
        };
        let (address, body) = (fill(address), fill(body));
        let (path, query) =
            address.split_once('?').map_or((&*address, None), |(path, query)| (path, Some(query)));
        let mut url = self.world.base().clone();
        url.set_path(path);
        url.set_query(query);
        let kind =
            if body.starts_with('{') { "application/fhir+json" } else { "application/x-www-form-urlencoded" };
        let site = if body.len() % 5 == 4 { "cross-site" } else { "same-origin" };
        let mut headers =
            vec![("accept-language", language.as_str()), ("content-type", kind), ("sec-fetch-site", site)];
        if !cookie.is_empty() {
            headers.push(("cookie", &cookie));
        }
        let method = Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET);
        let before = browser.copy();
        let page = before.send(method, url.as_str(), &headers, Some(body.into_bytes())).await;
        let text = page.html();
        assert!(FOUND.contains(&page.status), "{} {input:?}", page.status);
        assert!(!text.contains(SECRET), "shows what is not hers: {input:?}");
        let ours = page.header("content-security-policy").is_some() && page.header("cache-control").is_some();
        assert!(ours, "an answer without its headers: {input:?}");
        let abroad = page.location().is_some_and(|to| !to.starts_with('/') && !to.contains("127.0.0.1"));
        assert!(!abroad, "sent elsewhere: {:?} by {input:?}", page.location());
        (page.status, page.title())
    }
}

#[test]
fn addresses_and_forms() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let place = runtime.block_on(place());
    let bend = |random: &mut Random, input: &[u8], others: &[Vec<u8>]| {
        let input = String::from_utf8_lossy(input).into_owned();
        let mut lines: Vec<String> = input.split('\n').map(str::to_owned).collect();
        let which = random.below(lines.len());
        if random.once_in(6) {
            let other = String::from_utf8_lossy(random.of(others).as_slice()).into_owned();
            lines[which] = other.split('\n').nth(which).unwrap_or_default().to_owned();
        } else {
            let (head, rest) = lines[which].split_at(lines[which].len().min(if which == 0 { 4 } else { 0 }));
            lines[which] = format!("{head}{}", text(random, rest)).replace('\n', " ");
        }
        lines.join("\n").into_bytes()
    };
    let read = |input: &[u8]| format!("{:?}", runtime.block_on(place.send(&String::from_utf8_lossy(input))));
    let seeds = SEEDS.map(|seed| seed.as_bytes().to_vec()).to_vec();
    Target { name: "pages", seeds, bend: &bend, read: &read }.play();
}
