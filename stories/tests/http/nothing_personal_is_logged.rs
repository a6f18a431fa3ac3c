//! The main job and the life of a mandate, with everything the program says of itself written down: every event of
//! every part at the finest level, and the numbers for monitoring. Nothing of it is about anybody. What goes wrong
//! is told as well, for that is when programs say too much.

use borgerportal_both::both;
use borgerportal_service::system_clients::allow;
use borgerportal_simulators::Fault;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient, pdf_saying, with_pdf};
use borgerportal_stories::mandates::{READ, form_to};
use borgerportal_stories::{EVERYBODY, HELSINGOR, INGER, LONE, METTE, PREBEN, RecordSystem, World};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};
use tracing_subscriber::filter::LevelFilter;

const TITLE: &str = "Brev om genoptræning";
/// Stands in the PDF, and is searched for.
const WORD: &str = "elscooter";
const CASE: &str = "27.60.12-G01-7-26";

/// What one process says of itself: there is one log and one set of numbers in it, whichever engine.
struct Said {
    log: Arc<Mutex<Vec<u8>>>,
    numbers: PrometheusHandle,
}

struct Pen(Arc<Mutex<Vec<u8>>>);

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Said {
    fn listen() -> &'static Self {
        static SAID: OnceLock<Said> = OnceLock::new();
        SAID.get_or_init(|| {
            let log = Arc::new(Mutex::new(Vec::new()));
            let pen = Arc::clone(&log);
            let events = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE);
            events.with_writer(move || Pen(Arc::clone(&pen))).init();
            Self { log, numbers: PrometheusBuilder::new().install_recorder().unwrap() }
        })
    }

    /// The log, then the numbers.
    fn all(&self) -> [String; 2] {
        [String::from_utf8(self.log.lock().unwrap().clone()).unwrap(), self.numbers.render()]
    }
}

/// A daughter finds a letter by a word that stands in its PDF alone; what is not hers or not there is refused.
async fn a_daughter_reads(world: &World, record: &RecordSystem) -> Vec<String> {
    let pdf = pdf_saying(&format!("Din {WORD} er bevilget"));
    let found = with_pdf(letter(&INGER, "d1", TITLE, "2026-10-01"), &pdf);
    record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &[patient(&INGER), found])).await;
    let strange = json!({ "resourceType": INGER.full(), "id": INGER.cpr().expose(), "title": TITLE });
    let refused = record.deliver(&bundle("transaction", "2026-10-04T10:00:00Z", &[strange])).await;
    assert!((400..500).contains(&refused.status), "{}", refused.status);
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    assert!(mette.search(WORD).await.words().contains(TITLE));
    assert!(mette.open(TITLE).await.words().contains(TITLE));
    assert!(mette.pdf(TITLE).await.body.starts_with(b"%PDF"));
    let number = INGER.cpr();
    for lost in ["/fuldmagter/", "/p/", "/", "/p/documents/", "/api/lookup/v1/status/"] {
        let at = format!("{lost}{}?navn=Inger&q={WORD}", number.expose());
        assert_eq!(mette.browser.get(&at).await.status, 404, "{lost}");
    }
    let session = mette.browser.cookie("__Host-session").unwrap();
    mette.log_off().await;
    vec![session]
}

/// A son asks, his mother says no, and gives to her daughter instead, who looks and stops it herself.
async fn a_mandate_lives(world: &World) -> Vec<String> {
    let (name, cpr) = INGER.typed();
    let son = world.log_in_for_mandates(PREBEN).await;
    let receipt = son.send("bed-om", (&name, &cpr), &[READ]).await;
    assert!(son.browser.get(&receipt.link("Hent kvittering")).await.body.starts_with(b"%PDF"));
    let mother = world.log_in_for_mandates(INGER).await;
    let request = mother.browser.get("/fuldmagter").await.link("Se og svar");
    let question = mother.browser.get(&request).await;
    assert!(mother.browser.get(&question.link("Se præcis")).await.words().contains(TITLE));
    let no = mother.reply(&question, &[("svar", "nej")]).await;
    assert!(no.status < 400, "{} {}", no.status, no.words());
    let (name, cpr) = LONE.typed();
    let check = mother.to_check("giv", (&name, &cpr), &[READ]).await;
    let signing = mother.browser.visit(&check.link("Underskriv med MitID")).await;
    let form = form_to(&signing, "/underskriv");
    let not_shown = mother.browser.submit(&form, &[("tekst", name.as_str())]).await;
    assert!((400..500).contains(&not_shown.status), "{}", not_shown.words());
    let given = mother.browser.submit(&form, &[("forstaaet", "1")]).await;
    assert_eq!(given.h1(), "Du har givet Lone Krogh fuldmagt", "{}", given.words());
    let daughter = world.log_in_for_mandates(LONE).await;
    let hers = daughter.browser.get("/fuldmagter").await.link("Se mere");
    let ask = daughter.browser.get(&format!("{hers}/stop")).await;
    assert!(daughter.reply(&ask, &[]).await.words().contains("Du har stoppet fuldmagten"));
    let sessions = [&son, &mother, &daughter].map(|one| one.browser.cookie("__Host-session").unwrap());
    sessions.to_vec()
}

/// A caseworker's system asks, and asks nonsense.
async fn an_authority_asks(world: &World) -> Vec<String> {
    let cases = world.record_system("opslag", HELSINGOR).await;
    allow(&world.app, "opslag".to_owned(), "mandates.lookup".to_owned()).await.unwrap();
    let token = cases.token().await;
    let asked = json!({ "giver": INGER.cpr().expose(), "representative": METTE.cpr().expose(), "subject": "aids",
        "access": "read", "channel": "contact", "purpose": { "code": "phone_call", "case": CASE } });
    let mut nonsense = asked.clone();
    nonsense["subject"] = json!("Inger Holm");
    for (question, status) in [(asked, 200), (nonsense, 400)] {
        let json = [("content-type", "application/json")];
        let page = cases.send("/api/lookup/v1", &token, &json, question.to_string().into_bytes()).await;
        assert_eq!(page.status / 100, status / 100, "{}", page.html());
    }
    vec![token]
}

#[both]
async fn neither_events_nor_numbers_are_about_anybody(store: TestStore) {
    let said = Said::listen();
    let (world, record) = World::with_inger(store).await;
    world.offer_packages().await;
    let mut secrets = a_daughter_reads(&world, &record).await;
    secrets.extend(a_mandate_lives(&world).await);
    secrets.extend(an_authority_asks(&world).await);
    world.broker_does(&[Fault::WrongNonce]).await;
    world.person(LONE).log_in("borger", HELSINGOR).await;

    let [log, numbers] = said.all();
    assert!(log.contains("a delivery was refused"), "it was listened to: {log}");
    assert!(log.contains("a log-in did not come about"), "{log}");
    assert!(numbers.contains("/p/{journal}/documents/search") && numbers.contains("\"other\""), "{numbers}");
    secrets.extend([TITLE, WORD, CASE, "genoptræning", "navn="].map(str::to_owned));
    for person in EVERYBODY {
        let number = person.cpr().expose().to_owned();
        let (birth, serial) = number.split_at(6);
        secrets.extend([format!("{birth}-{serial}"), number.clone(), person.full(), person.uuid()]);
    }
    secrets.extend([INGER, METTE, PREBEN].map(|person| person.given.to_owned()));
    for secret in &secrets {
        for text in [&log, &numbers] {
            let line = text.lines().find(|line| line.contains(secret.as_str()));
            assert_eq!(line, None, "{secret:?} was said");
        }
    }
}
