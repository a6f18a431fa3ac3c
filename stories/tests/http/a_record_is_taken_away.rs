//! The export: all that this reader may see and nothing else, as a FHIR Bundle that another library could read and as a PDF,
//! with a line in the log that says so.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, grant, labelled, letter, patient, with_pdf};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Visitor, World};
use flate2::read::GzDecoder;
use reqwest::Method;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

async fn home(store: TestStore, letters: usize) -> World {
    let (world, record) = World::with_inger(store).await;
    let own = labelled(letter(&INGER, "own", "Kun til Inger", "2026-10-02"), &["audience-citizen"]);
    let nobody = labelled(letter(&INGER, "none", "Til ingen HEMMELIGT", "2026-10-03"), &["audience-none"]);
    let mut all = vec![patient(&INGER), own, nobody, grant(&INGER, "g", "Rengøring", &[])];
    all.extend((0..letters).map(|number| {
        with_pdf(letter(&INGER, &format!("l{number}"), &format!("Brev {number}"), "2026-10-01"), PDF)
    }));
    record.delivers(&bundle("transaction", "2026-10-04T10:00:00Z", &all)).await;
    world
}

async fn data(visitor: &Visitor) -> Value {
    let page = visitor.at("/export/fhir").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("application/fhir+json")));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    serde_json::from_slice(&page.body).unwrap()
}

/// The resources of a type.
fn of<'b>(bundle: &'b Value, kind: &str) -> Vec<&'b Value> {
    let entries = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    entries.filter(|resource| resource["resourceType"] == kind).collect()
}

#[both]
async fn everything_that_may_be_seen_and_nothing_else(store: TestStore) {
    let world = home(store, 120).await;
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let (hers, seen) = (data(&inger).await, data(&mette).await);
    for (bundle, documents) in [(&hers, 121), (&seen, 120)] {
        assert_eq!(of(bundle, "DocumentReference").len(), documents);
        assert_eq!((of(bundle, "CarePlan").len(), of(bundle, "Binary").len()), (1, 120));
        let entries = bundle["entry"].as_array().unwrap();
        let names: BTreeSet<&str> = entries.iter().filter_map(|entry| entry["fullUrl"].as_str()).collect();
        assert_eq!(names.len(), entries.len(), "each once");
        let text = bundle.to_string();
        assert!(
            !text.contains("HEMMELIGT") && !text.contains("audience-"),
            "neither what is hidden nor for whom"
        );
    }
    assert!(hers.to_string().contains("Kun til Inger") && !seen.to_string().contains("Kun til Inger"));
    let log = inger.log().await;
    assert!(
        log.iter().any(|line| line.contains("Mette") && line.contains("hentede hele journalen")),
        "{log:?}"
    );
}

/// A browser asks for it packed, and got no end.
#[both]
async fn a_record_that_is_packed_on_the_way_arrives_whole(store: TestStore) {
    let world = home(store, 120).await;
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    let path = format!("{}/export/fhir", inger.journal());
    let packed = inger.browser.send(Method::GET, &path, &[("accept-encoding", "gzip")], None).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (200, Some("gzip")));
    let mut whole = String::new();
    GzDecoder::new(packed.body.as_slice()).read_to_string(&mut whole).unwrap();
    let bundle: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(of(&bundle, "DocumentReference").len(), 121);
}

#[both]
async fn a_long_record_is_printed_in_volumes_that_hold_everything_once(store: TestStore) {
    let world = home(store, 120).await;
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    let page = inger.at("/export").await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Hent hele journalen"));
    for part in ["Hent PDF, del 1 af 2", "Hent PDF, del 2 af 2"] {
        let pdf = inger.browser.get(&page.link(part)).await;
        assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")));
        assert!(pdf.body.starts_with(b"%PDF-"), "{part}");
    }
    let empty = world.log_in_as_citizen(METTE, HELSINGOR).await;
    let path = format!("{}/export/fhir", world.journal_of(&INGER).await);
    assert_eq!(
        empty.browser.get(&path).await.status,
        200,
        "for whom she may read, whichever door she came by"
    );
}

#[both]
async fn a_right_that_has_ended_opens_no_export(store: TestStore) {
    let world = home(store, 1).await;
    let mandate = world.mandate(&INGER, &METTE).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    assert_eq!(mette.at("/export/fhir").await.status, 200);
    let giver = world.id_of(&INGER).await;
    world.withdraw(mandate, giver).await;
    world.minutes_later(31 * 24 * 60);
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.stand_at(&world.journal_of(&INGER).await);
    for path in ["/export", "/export/fhir", "/export/pdf"] {
        let page = mette.at(path).await;
        assert_eq!(page.status, 403, "{path}");
        assert!(!page.html().contains("Brev 0"), "{path}");
    }
}

/// Lines of the log: one for each stretch of the record that was read.
fn lines(world: &World) -> i64 {
    world.store.rows()["access_log_new"]
}

/// A reader who takes the beginning and then nothing for long: the portal reads no further than what fits into the pipe, and
/// goes on when they do.
#[both]
async fn a_slow_reader_keeps_the_record_where_it_lies(store: TestStore) {
    const LETTERS: usize = 110;
    let (world, record) = World::with_inger(store).await;
    let file = [PDF, &vec![b'x'; 60_000]].concat();
    let letters = |from: usize| {
        (from..from + 22).map(|number| {
            with_pdf(letter(&INGER, &format!("l{number}"), &format!("Brev {number}"), "2026-10-01"), &file)
        })
    };
    for from in (0..LETTERS).step_by(22) {
        let all: Vec<Value> = std::iter::once(patient(&INGER)).chain(letters(from)).collect();
        record.delivers(&bundle("transaction", &format!("2026-10-04T10:{:02}:00Z", from / 22), &all)).await;
    }
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let (path, begun, before) = (format!("{}/export/fhir", inger.journal()), Instant::now(), lines(&world));
    let whole = inger.browser.get(&path).await.body;
    let (took, stretches) = (begun.elapsed(), lines(&world) - before);
    assert!(whole.len() > 8_000_000 && stretches == 3, "{} bytes in {stretches} stretches", whole.len());
    let before = lines(&world);
    let mut slow = ask_slowly(&world, &inger, &path).await;
    let mut text = vec![0; 1_000];
    slow.read_exact(&mut text).await.unwrap();
    // Longer than the whole took: whoever ran ahead would have come to the end.
    tokio::time::sleep(2 * took).await;
    assert!(lines(&world) - before < stretches, "nothing is read that nobody takes");
    slow.read_to_end(&mut text).await.unwrap();
    assert_eq!(lines(&world) - before, stretches);
    let text = String::from_utf8(text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("]}\r\n0\r\n\r\n"), "it arrives whole");
    assert!(text.len() > whole.len());
}

/// Asks with a pipe that holds little.
async fn ask_slowly(world: &World, visitor: &Visitor, path: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(16 << 10).unwrap();
    let to = world.base().socket_addrs(|| None).unwrap()[0];
    let mut stream = socket.connect(to).await.unwrap();
    let cookie = visitor.browser.cookie("__Host-session").unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {to}\r\ncookie: __Host-session={cookie}\r\nx-forwarded-for: 10.9.9.9\r\n\
         connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}
