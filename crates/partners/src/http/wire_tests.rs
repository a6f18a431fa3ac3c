//! What a partner can do to us on the wire, and what comes of it. The partner is a few bytes on a socket.

use super::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const PARTNER: Partner = Partner::CustodyRegister;

/// Somebody who reads a request and writes these pieces, with a pause between them, then hangs up.
pub(crate) struct Peer {
    pub(crate) url: Url,
    pub(crate) asked: Arc<AtomicUsize>,
    pub(crate) heard: Arc<std::sync::Mutex<String>>,
}

pub(crate) async fn peer(pieces: Vec<Vec<u8>>, pause_ms: u64) -> Peer {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/x", listener.local_addr().unwrap())).unwrap();
    let (asked, heard) = (Arc::new(AtomicUsize::new(0)), Arc::default());
    let peer = Peer { url, asked: Arc::clone(&asked), heard: Arc::clone(&heard) };
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            asked.fetch_add(1, Ordering::SeqCst);
            let mut request = vec![0; 4096];
            let read = socket.read(&mut request).await.unwrap_or(0);
            *heard.lock().unwrap() = String::from_utf8_lossy(&request[..read]).into_owned();
            for piece in &pieces {
                if socket.write_all(piece).await.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            }
        }
    });
    peer
}

pub(crate) fn outgoing() -> Outgoing {
    let config = HttpConfig {
        answer_ms: 600,
        answer_bytes_max: 1_000,
        connect_ms: 300,
        ..HttpConfig::for_this_machine()
    };
    Outgoing::new(&config).unwrap()
}

pub(crate) fn answer(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

async fn ask(pieces: Vec<Vec<u8>>, pause_ms: u64) -> Result<Vec<u8>, PartnerError> {
    let (peer, out) = (peer(pieces, pause_ms).await, outgoing());
    out.json(PARTNER, out.get(peer.url)).await
}

fn away(how: Absence) -> PartnerError {
    PartnerError::Away { partner: PARTNER, how }
}

fn nonsense(what: &'static str) -> PartnerError {
    PartnerError::Nonsense { partner: PARTNER, what }
}

#[tokio::test]
async fn an_answer_is_json_of_bounded_size_or_an_error() {
    let json = |body: &str| answer("200 OK\r\ncontent-type: application/json", body);
    assert_eq!(ask(vec![json("{}")], 0).await.unwrap(), b"{}");
    let fhir = answer("201 Created\r\nContent-Type: application/fhir+JSON; charset=utf-8", "[1]");
    assert_eq!(ask(vec![fhir], 0).await.unwrap(), b"[1]");
    let just = "x".repeat(1_000);
    assert_eq!(ask(vec![json(&just)], 0).await.unwrap().len(), 1_000);
    let endless = vec![
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n".to_vec(),
    ];
    let endless =
        [endless, vec![b"80\r\n".iter().chain([b' '; 128].iter()).chain(b"\r\n").copied().collect(); 20]]
            .concat();
    for (pieces, expected) in [
        (vec![json(&"x".repeat(1_001))], nonsense("the answer is too long")),
        (endless, nonsense("the answer is too long")),
        (vec![answer("200 OK\r\ncontent-type: text/html", "<p>{}</p>")], nonsense("not JSON")),
        (vec![answer("200 OK\r\ncontent-type: application/jsonp", "{}")], nonsense("not JSON")),
        (vec![answer("200 OK", "{}")], nonsense("not JSON")),
        (vec![answer("400 Bad Request", "{}")], PartnerError::Refused { partner: PARTNER, status: 400 }),
        (vec![answer("401 Unauthorized", "")], PartnerError::Refused { partner: PARTNER, status: 401 }),
        (vec![answer("404 Not Found", "")], PartnerError::Refused { partner: PARTNER, status: 404 }),
        (vec![answer("429 Too Many Requests", "")], away(Absence::Status(429))),
        (vec![answer("500 Internal Server Error", "")], away(Absence::Status(500))),
        (vec![answer("503 Service Unavailable", "")], away(Absence::Status(503))),
        (vec![answer("304 Not Modified", "")], nonsense("it redirects")),
    ] {
        let shown = String::from_utf8_lossy(&pieces[0]).lines().next().unwrap_or_default().to_owned();
        assert_eq!(ask(pieces, 0).await.unwrap_err(), expected, "{shown}");
    }
}

#[tokio::test]
async fn a_partner_that_breaks_off_or_takes_its_time_is_away() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{".to_vec();
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n".to_vec();
    let drip = [vec![head], vec![b" ".to_vec(); 50]].concat();
    for (pieces, pause_ms, how) in [
        (vec![half], 0, Absence::CutOff),
        (vec![], 0, Absence::CutOff),
        (vec![b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()], 0, Absence::CutOff),
        // Silence, and a byte every so often: the time is for the whole answer, not for the next byte.
        (vec![b"HTTP/1.1 200".to_vec()], 2_000, Absence::TimedOut),
        (drip, 50, Absence::TimedOut),
    ] {
        assert_eq!(ask(pieces, pause_ms).await, Err(away(how)), "{how:?}");
    }
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let out = outgoing();
    let nobody = out.get(Url::parse(&format!("http://{closed}/")).unwrap());
    assert_eq!(out.json(PARTNER, nobody).await, Err(away(Absence::Unreachable)));
}

/// Where it points is never asked: a partner that moves is a change of configuration.
#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = peer(vec![answer("200 OK\r\ncontent-type: application/json", "{}")], 0).await;
    for status in
        ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
    {
        let pieces = vec![answer(&format!("{status}\r\nlocation: {}", other.url), "")];
        assert_eq!(ask(pieces, 0).await.unwrap_err(), nonsense("it redirects"), "{status}");
    }
    assert_eq!(other.asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn nothing_is_sent_in_the_clear_to_another_machine() {
    let out = outgoing();
    for address in
        ["http://192.0.2.1/x", "http://register.example/", "ftp://127.0.0.1/", "http://127.0.0.1.example/"]
    {
        let asked = out.json(PARTNER, out.get(Url::parse(address).unwrap())).await;
        assert_eq!(asked.unwrap_err(), nonsense("the address is not https"), "{address}");
        assert_eq!(out.clock_of(Url::parse(address).unwrap()).await, None);
    }
    let strict =
        Outgoing::new(&HttpConfig { loopback_http: false, ..HttpConfig::for_this_machine() }).unwrap();
    let here = peer(vec![answer("200 OK\r\ncontent-type: application/json", "{}")], 0).await;
    let asked = strict.json(PARTNER, strict.get(here.url)).await;
    assert_eq!(
        (asked.unwrap_err(), here.asked.load(Ordering::SeqCst)),
        (nonsense("the address is not https"), 0)
    );
}

/// A partner learns nothing of one call in the next.
#[tokio::test]
async fn cookies_are_not_kept() {
    let peer = peer(
        vec![answer(
            "200 OK\r\ncontent-type: application/json\r\nset-cookie: a=1\r\nconnection: close",
            "{}",
        )],
        0,
    )
    .await;
    let out = outgoing();
    for _ in 0..2 {
        out.json(PARTNER, out.get(peer.url.clone())).await.unwrap();
        assert!(!peer.heard.lock().unwrap().to_lowercase().contains("cookie"));
    }
    assert_eq!(peer.asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_clock_is_read_from_any_answer_that_has_one() {
    let dated = "404 Not Found\r\ndate: Sun, 22 Nov 2026 00:36:16 GMT";
    for (head, expected) in
        [(dated, Some("2026-11-22T00:36:16Z")), ("200 OK", None), ("200 OK\r\ndate: soon", None)]
    {
        let peer = peer(vec![answer(head, "")], 0).await;
        let read = outgoing().clock_of(peer.url).await.map(|at| at.to_string());
        assert_eq!(read.as_deref(), expected, "{head}");
    }
}
