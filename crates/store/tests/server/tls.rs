//! PostgreSQL on another machine is reached over TLS with a named authority, and not otherwise.

use borgerportal_store::testing::{NOW, postgres};
use borgerportal_store::{Location, migrate};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

#[expect(clippy::disallowed_methods, reason = "the test driver says where the authority lies")]
fn authority() -> String {
    std::env::var("BORGERPORTAL_TEST_POSTGRES_CA").unwrap()
}

fn location(query: &str) -> (Location, borgerportal_store::testing::TestStore) {
    let store = postgres();
    let Location::Postgres(url) = store.location().clone() else { unreachable!() };
    (Location::Postgres(format!("{url}?{query}")), store)
}

#[test]
fn a_server_whose_authority_is_named_is_reached_over_tls() {
    let (location, _store) = location(&format!("sslrootcert={}", authority()));
    assert_eq!(migrate(&location, NOW).unwrap(), Vec::<&str>::new(), "connected, and nothing left to apply");
}

#[test]
fn a_server_under_another_authority_is_not_talked_to() {
    let folder = std::env::temp_dir().join(format!("borgerportal-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let other = folder.join("other.crt");
    let made = std::process::Command::new("openssl")
        .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1".split(' '))
        .args(["-subj", "/CN=other", "-keyout", "/dev/null", "-out"])
        .arg(&other)
        .output()
        .unwrap();
    assert!(made.status.success());
    let (location, _store) = location(&format!("sslrootcert={}", other.display()));
    assert!(migrate(&location, NOW).is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A port that answers the first question of a client, the one for TLS, and keeps all that is said to it.
fn pretender(answer: &'static [u8]) -> (u16, thread::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut heard = vec![0; 8];
        stream.read_exact(&mut heard).unwrap();
        stream.write_all(answer).unwrap();
        let _ = stream.read_to_end(&mut heard);
        heard
    });
    (port, heard)
}

#[test]
fn a_server_that_will_not_do_tls_learns_neither_name_nor_password() {
    for (answer, how) in [
        (&b"N"[..], "says no"),
        (b"", "hangs up"),
        (b"E", "answers like a very old server"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "is another service"),
        // What follows the consent in the same packet was not encrypted: somebody else may have put it there.
        (b"SR\0\0\0\x08\0\0\0\0", "says yes and goes on in the clear"),
    ] {
        let (port, heard) = pretender(answer);
        let address =
            format!("postgres://portal:hemmelig@127.0.0.1:{port}/records?sslrootcert={}", authority());
        assert!(migrate(&Location::Postgres(address), NOW).is_err(), "{how}");
        let heard = heard.join().unwrap();
        assert_eq!(heard[..8], [0, 0, 0, 8, 4, 210, 22, 47], "the question for TLS comes first");
        for secret in ["portal", "hemmelig", "records"] {
            assert!(!heard.windows(secret.len()).any(|part| part == secret.as_bytes()), "{how}: {secret}");
        }
    }
}

#[test]
fn a_server_that_is_somebody_else_is_not_talked_to() {
    let store = postgres();
    let Location::Postgres(url) = store.location().clone() else { unreachable!() };
    // The same server by a name its certificate does not hold.
    let other = url.replace("127.0.0.1", "127.0.0.2").replace("localhost", "127.0.0.2");
    assert_ne!(other, url);
    let error =
        migrate(&Location::Postgres(format!("{other}?sslrootcert={}", authority())), NOW).unwrap_err();
    assert!(error.to_string().starts_with("database: "), "{error}");
}
