//! The doctor finds what is broken, says what to do, and says nothing of what is not.

use crate::place::{Place, secret};
use borgerportal::doctor::{Finding, State, examine};
use borgerportal_both::both;
use borgerportal_store::keys::KeyRing;
use borgerportal_store::testing::{TestStore, sqlite};
use std::os::unix::fs::PermissionsExt as _;

fn wrong(place: &Place) -> Vec<Finding> {
    examine(&place.config_file()).into_iter().filter(|finding| finding.state == State::Wrong).collect()
}

#[track_caller]
fn only(place: &Place, part: &str, what: &str) {
    let wrong = wrong(place);
    assert!(
        matches!(wrong.as_slice(), [one] if one.part == part && one.what.contains(what) && !one.cure.is_empty()),
        "{wrong:#?}"
    );
}

#[both]
fn a_healthy_installation_has_nothing_wrong(store: TestStore) {
    let place = Place::on(store);
    assert_eq!(wrong(&place), []);
    let all = examine(&place.config_file());
    let parts: Vec<&str> = all.iter().map(|finding| finding.part).collect();
    for part in ["keys", "secrets", "files", "database", "access log", "broker", "custody", "clock"] {
        assert!(parts.contains(&part), "{part}: {parts:?}");
    }
    assert!(place.run(&["doctor"]).0);
}

#[test]
fn a_configuration_that_does_not_read_is_told_with_its_line() {
    let place = Place::on(sqlite());
    place.configure("[metrics]\nlissen = \"x\"\n");
    only(&place, "configuration", "unknown field `lissen`");
    let (well, said) = place.run(&["doctor"]);
    assert!(!well && said.contains("config.toml, line "), "{said}");
}

#[test]
fn keys_that_others_can_read_are_told() {
    let place = Place::on(sqlite());
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(place.file("keys.json"), open).unwrap();
    only(&place, "keys", "open to others");
}

#[test]
fn missing_keys_are_told() {
    let place = Place::on(sqlite());
    std::fs::remove_file(place.file("keys.json")).unwrap();
    let wrong = wrong(&place);
    assert!(wrong.iter().any(|one| one.part == "keys" && one.what.contains("not there")), "{wrong:#?}");
}

#[test]
fn keys_of_another_installation_are_told() {
    let place = Place::on(sqlite());
    let app = borgerportal::installation::open(&place.config()).unwrap();
    // A refused look leaves a line, which is sealed under this installation's keys.
    crate::operating::look_at_nothing(&place, &app);
    assert!(place.runtime.block_on(borgerportal_service::jobs::seal(&app)).unwrap() > 0);
    secret(&place.file("keys.json"), &KeyRing::generate().unwrap());
    only(&place, "key fit", "other keys");
}

#[test]
fn a_database_that_is_not_there_or_behind_is_told() {
    let place = Place::on(sqlite());
    let text = std::fs::read_to_string(place.config_file()).unwrap();
    let moved = text.replace("portal.db", "nowhere.db");
    std::fs::write(place.config_file(), &moved).unwrap();
    only(&place, "database", "is not there");
    let empty = place.folder.parent().unwrap().join("nowhere.db");
    std::fs::write(empty, b"").unwrap();
    only(&place, "database", "is behind: 0001_frame");
    assert!(place.run(&["migrate"]).0);
    assert_eq!(wrong(&place), []);
}

#[test]
fn a_server_that_does_not_answer_is_told() {
    let place = Place::on(sqlite());
    let text = std::fs::read_to_string(place.config_file()).unwrap();
    let line = text.lines().find(|line| line.starts_with("location")).unwrap();
    let elsewhere = text.replace(line, "location = \"postgres://nobody@127.0.0.1:1/none\"");
    std::fs::write(place.config_file(), elsewhere).unwrap();
    only(&place, "database", "cannot be used");
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let place = Place::on(sqlite());
    // A file where the folder should be: this fails for root, too.
    std::fs::write(place.file("files"), b"").unwrap();
    only(&place, "files", "cannot be written");
}

#[test]
fn partners_that_are_away_are_told() {
    let mut place = Place::on(sqlite());
    let (broker, custody) = (place.broker.take().unwrap(), place.custody.take().unwrap());
    place.runtime.block_on(async {
        broker.stop().await.unwrap();
        custody.stop().await.unwrap();
    });
    let wrong = wrong(&place);
    let parts: Vec<&str> = wrong.iter().map(|finding| finding.part).collect();
    assert_eq!(parts, ["broker", "custody"], "{wrong:#?}");
}

#[test]
fn an_issuer_that_is_written_otherwise_is_told() {
    let place = Place::on(sqlite());
    let text = std::fs::read_to_string(place.config_file()).unwrap();
    let base = place.broker.as_ref().unwrap().base();
    std::fs::write(place.config_file(), text.replace(&base, &base.replace("127.0.0.1", "localhost")))
        .unwrap();
    only(&place, "broker", "cannot be used");
}

#[test]
fn an_empty_secret_and_a_bad_municipality_are_told() {
    let place = Place::on(sqlite());
    secret(&place.file("client-secret"), "\n");
    only(&place, "login secret", "is empty");
    secret(&place.file("client-secret"), "x");
    std::fs::write(place.file("municipalities/b.toml"), "municipality = \"0217\"\n\n[acess]\n").unwrap();
    only(&place, "municipalities", "b.toml, line 3");
}

/// What an installation can have wrong beside its database, each with the part that is named and what is said.
#[test]
fn each_broken_part_is_named_with_a_cure() {
    let post = "[digital_post]\naddress = \"https://post.example/apis/v1/\"\nsystem_file = \"system\"\n\
                sender_cvr = \"90000001\"\nsender_name = \"Test\"\nlinks = \"https://portal.example/\"\n\
                certificate = \"post.pem\"\nkey = \"post-key.pem\"\n\
                [print]\nfolder = \"letters\"\naddresses = \"https://cpr.example/\"\nreturn_address = [\"A\"]\n";
    let tls = "[server.tls]\ncertificate = \"chain.pem\"\nkey = \"key.pem\"\n";
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let place = Place::on(sqlite());
    for (more, files, part, what) in [
        (tls, &[][..], "tls", "chain.pem: No such file"),
        (tls, &[("chain.pem", "x"), ("key.pem", "x")], "tls", "[server.tls]"),
        (tls, &[("chain.pem", broken), ("key.pem", "")], "tls", "[server.tls]"),
        (post, &[], "post", "post.pem: cannot be read"),
        (post, &[("post.pem", broken), ("post-key.pem", "x")], "post", "certificate and key cannot be used"),
        ("authorities_file = \"ca.pem\"\n", &[], "outgoing", "ca.pem: cannot be read"),
        ("authorities_file = \"ca.pem\"\n", &[("ca.pem", "")], "outgoing", "certificate is not PEM"),
        (
            "authorities_file = \"ca.pem\"\n",
            &[("ca.pem", "no certificate")],
            "outgoing",
            "certificate is not PEM",
        ),
        ("proxy = \"ftp://proxy.example\"\n", &[], "outgoing", "the proxy's address cannot be used"),
    ] {
        place.configure(more);
        for (name, text) in files {
            secret(&place.file(name), text);
        }
        only(&place, part, what);
        let (well, said) = place.run(&["doctor"]);
        assert!(!well && said.contains(&format!("WRONG  {part}")) && said.contains("1 wrong."), "{said}");
        for (name, _) in files {
            std::fs::remove_file(place.file(name)).unwrap();
        }
    }
}

#[test]
fn secrets_that_others_can_read_are_each_told() {
    let place = Place::on(sqlite());
    let open = std::fs::Permissions::from_mode(0o640);
    std::fs::set_permissions(place.file("client-secret"), open).unwrap();
    let told: Vec<String> = wrong(&place).into_iter().map(|one| one.cure).collect();
    assert!(matches!(told.as_slice(), [cure] if cure.starts_with("chmod 600 ")), "{told:?}");
}
