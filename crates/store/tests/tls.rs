//! PostgreSQL on another machine is reached over TLS with a named authority, and not otherwise.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

use borgerportal_store::testing::{NOW, postgres};
use borgerportal_store::{Location, migrate};

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
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
        ])
        .args(["-subj", "/CN=other", "-keyout", "/dev/null", "-out"])
        .arg(&other)
        .output()
        .unwrap();
    assert!(made.status.success());
    let (location, _store) = location(&format!("sslrootcert={}", other.display()));
    assert!(migrate(&location, NOW).is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
