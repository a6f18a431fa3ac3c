//! Serving and stopping, importing, checking; and what an operator's build is made of.

use crate::place::{Place, now, secret};
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{Level, Privilege, Role};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_identity::jws::SigningKey;
use borgerportal_service::access::{Question, ask};
use borgerportal_service::sessions::Token;
use borgerportal_service::{App, Problem};
use borgerportal_store::people::{Person, save};
use borgerportal_store::sessions::{Session, open};
use borgerportal_store::testing::{TestStore, sqlite};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Somebody asks for a journal that is not there: the refusal is a line of the log.
pub(crate) fn look_at_nothing(place: &Place, app: &App) {
    let token = Token::from_cookie("a token for this test only");
    let (hash, now) = (token.hash(), app.clock.now());
    let municipality = MunicipalityCode::parse("0217").unwrap();
    place.runtime.block_on(async {
        app.write(move |tx| {
            let id = PersonId::from_uuid(tx.mint());
            let facts =
                PersonFacts { id, birth_on: Date::constant(1950, 1, 1), deceased_on: None, protected: false };
            let name = PersonName { given: "A".to_owned(), family: "B".to_owned() };
            save(tx, &Person { facts, name, cpr: Cpr::parse("6101501234").unwrap() })?;
            let session = Session {
                person: id,
                role: Role::Citizen,
                municipality: Some(municipality),
                level: Level::Substantial,
                authenticated_at: now,
                created_at: now,
                seen_at: now,
                ends_at: now.plus_minutes(60),
                csrf: [0; 32],
            };
            Ok(open(tx, &hash, &session)?)
        })
        .await
        .unwrap();
        let places = app.municipalities.clone();
        let refused = app
            .read_as(&token, move |tx, who| {
                let question = Question {
                    journal: JournalId::from_bytes([7; 16]),
                    privilege: Privilege::ReadDocuments,
                    object: LogObject::list(ObjectKind::DocumentList, Vec::new()),
                };
                ask(tx, &places, who, &question).map(|_| ())
            })
            .await;
        assert!(matches!(refused, Err(Problem::NotFound)));
    });
}

/// `serve`, and where it listens.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(place: &Place) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let text = std::fs::read_to_string(place.config_file()).unwrap();
        std::fs::write(place.config_file(), text.replace("127.0.0.1:0", &address)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_borgerportal"))
            .args(["serve", "--config"])
            .arg(place.config_file())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, address }
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// What it says once it says `wanted`, or what it says after some seconds without it.
    fn until(&self, path: &str, wanted: &str) -> String {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let said = self.get(path).unwrap_or_default();
            if said.contains(wanted) || Instant::now() > until {
                return said;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn wait_until_ready(&self) {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if self.get("/health/ready").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("not ready in time");
    }

    /// SIGTERM; what it said of itself, and how it ended.
    fn stop(mut self) -> (bool, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (self.child.wait().unwrap().success(), said)
    }
}

#[both]
fn a_node_serves_and_stops_in_order_with_its_log_sealed(store: TestStore) {
    let place = Place::on(store);
    let metrics = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    place.configure(&format!("[metrics]\nlisten = \"{metrics}\"\n"));
    let app = borgerportal::installation::open(&place.config()).unwrap();
    let node = Serving::start(&place);
    node.wait_until_ready();
    assert!(node.get("/health/live").unwrap().starts_with("HTTP/1.1 200"));
    assert!(node.get("/").unwrap().contains("<main"));
    let numbers = Serving { child: Command::new("true").spawn().unwrap(), address: metrics.to_string() };
    let numbers_said = numbers.until("/metrics", "borgerportal_database_up 1");
    assert!(numbers_said.contains("borgerportal_database_up 1"), "{numbers_said}");
    let pauses = numbers.until("/metrics", "borgerportal_mandate_reviews_missed 0");
    assert!(pauses.contains("borgerportal_mandate_reviews_missed 0"), "{pauses}");
    look_at_nothing(&place, &app);
    let (well, said) = node.stop();
    assert!(well, "{said}");
    for line in said.lines() {
        let event: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        assert!(event["level"].is_string());
    }
    assert!(said.contains("\"stopped\""), "{said}");
    let (well, said) = place.run(&["log", "verify"]);
    assert!(well && said.contains("1 lines and 0 events in 1 batches checked"), "{said}");
}

#[test]
fn a_node_does_not_start_on_a_database_that_is_behind_or_an_unknown_key() {
    let place = Place::on(sqlite());
    let text = std::fs::read_to_string(place.config_file()).unwrap();
    std::fs::write(place.config_file(), text.replace("portal.db", "new.db")).unwrap();
    let (well, said) = place.run(&["serve"]);
    assert!(!well && said.contains("run `borgerportal migrate`"), "{said}");
    place.configure("[metrix]\n");
    let (well, said) = place.run(&["serve"]);
    assert!(!well && said.contains("config.toml, line ") && said.contains("metrix"), "{said}");
}

#[test]
fn check_reads_everything_and_starts_nothing() {
    let place = Place::on(sqlite());
    let (well, said) = place.run(&["check"]);
    assert!(well && said.contains("0217 Helsingør Kommune"), "{said}");
    secret(&place.file("keys.json"), "{}");
    let (well, said) = place.run(&["check"]);
    assert!(!well && said.contains("keys.json"), "{said}");
}

#[test]
fn keys_are_made_once_and_for_their_owner_alone() {
    let place = Place::on(sqlite());
    let (well, said) = place.run(&["keys", "init"]);
    assert!(!well && said.contains("not overwritten"), "{said}");
    std::fs::remove_file(place.file("keys.json")).unwrap();
    assert!(place.run(&["keys", "init"]).0);
    assert_eq!(borgerportal::key_file::too_open(&place.file("keys.json")).unwrap(), 0);
    borgerportal::key_file::read(&place.file("keys.json")).unwrap();
}

#[both]
fn a_registered_system_imports_files_by_the_same_door(store: TestStore) {
    let place = Place::on(store);
    let key = SigningKey::generate("k1", &ring::rand::SystemRandom::new()).unwrap();
    let jwks = serde_json::json!({ "keys": [key.public_jwk()] }).to_string();
    std::fs::write(place.file("jwks.json"), jwks).unwrap();
    let register = |id: &str, code: &str, file: &str| {
        let jwks = place.file(file);
        let jwks = jwks.to_str().unwrap();
        place.run(&["client", "register", "--id", id, "--municipality", code, "--jwks", jwks])
    };
    assert!(!register("nexus", "0730", "jwks.json").0, "Randers is not in");
    assert!(!register("nexus", "0217", "config.toml").0, "no JWK set");
    let (well, said) = register("nexus", "0217", "jwks.json");
    assert!(well && said.contains("may deliver for Helsingør Kommune"), "{said}");

    std::fs::write(place.file("right.json"), crate::backup::delivery("letter-1", "Et brev")).unwrap();
    std::fs::write(
        place.file("wrong.json"),
        crate::backup::delivery("x", "y").replace("Patient/p", "Patient/q"),
    )
    .unwrap();
    let import = |client: &str, file: &str| {
        let file = place.file(file);
        place.run(&["import", "--client", client, file.to_str().unwrap()])
    };
    assert!(import("other", "right.json").1.contains("not registered"));
    let (well, said) = import("nexus", "right.json");
    assert!(well && said.contains("new 2, changed 0"), "{said}");
    assert!(import("nexus", "right.json").1.contains("known 2"));
    let (well, said) = import("nexus", "wrong.json");
    assert!(!well && said.contains("1 of 1 files were refused") && said.contains("Bundle.entry"), "{said}");
    assert!(now() > borgerportal_domain::Timestamp::from_millis(0));
}

#[test]
fn an_operators_build_holds_neither_simulators_nor_a_clock_that_moves() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let tree = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args(["tree", "-p", "borgerportal", "-e", "normal", "--prefix", "none", "--locked", "--offline"])
            .args(arguments)
            .current_dir(root)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let operator = tree(&["-f", "{p} [{f}]"]);
    assert!(operator.contains("borgerportal-web"));
    assert!(
        !operator.contains("borgerportal-simulators") && !operator.contains("movable-clock"),
        "{operator}"
    );
    let demo = tree(&["--features", "demo", "-f", "{p} [{f}]"]);
    assert!(demo.contains("borgerportal-simulators") && demo.contains("movable-clock"));
}
