//! The example explains every key and reads; mistakes stop with their line.

use super::read::parse;
use super::*;
use borgerportal_identity::oidc::{ClaimNames, Identities};
use serde::de::{Deserializer, Error as _, Visitor};
use std::path::Path;

const EXAMPLE: &str = include_str!("../../config.example.toml");

fn example() -> Config {
    parse(Path::new("config.example.toml"), EXAMPLE).unwrap()
}

/// A deserializer that only listens to which fields a structure asks for.
struct Fields<'a>(&'a mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Self::Error::custom("not a structure"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.extend(fields);
        Err(Self::Error::custom("only listening"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn fields<T: serde::de::DeserializeOwned>() -> Vec<&'static str> {
    let mut fields = Vec::new();
    assert!(T::deserialize(Fields(&mut fields)).is_err());
    assert!(!fields.is_empty());
    fields
}

/// The lines of one section of the example, from its header to the next.
fn section(name: &str) -> Vec<&'static str> {
    let header = format!("[{name}]");
    EXAMPLE
        .lines()
        .skip_while(|line| *line != header)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .collect()
}

#[test]
fn every_key_of_every_structure_is_explained_in_the_example() {
    let sections = [
        ("server", fields::<Server>()),
        ("server.tls", fields::<Tls>()),
        ("support", fields::<Support>()),
        ("store", fields::<Store>()),
        ("keys", fields::<Keys>()),
        ("files", fields::<Files>()),
        ("municipalities", fields::<Municipalities>()),
        ("login", fields::<Login>()),
        ("login.provider", fields::<RelyingParty>()),
        ("login.provider.claims", fields::<ClaimNames>()),
        ("login.provider.identities", fields::<Identities>()),
        ("custody", fields::<Custody>()),
        ("digital_post", fields::<DigitalPost>()),
        ("print", fields::<Print>()),
        ("outgoing", fields::<Outgoing>()),
        ("session", fields::<Session>()),
        ("log", fields::<Log>()),
        ("metrics", fields::<Metrics>()),
    ];
    for (name, keys) in &sections {
        let lines = section(name);
        for key in keys {
            let written = lines
                .iter()
                .any(|line| line.starts_with(&format!("{key} =")) || line.starts_with(&format!("# {key} =")));
            let own_section = EXAMPLE.lines().any(|line| line == format!("[{name}.{key}]"));
            assert!(written || own_section, "[{name}] {key} is not in config.example.toml");
        }
    }
    for key in fields::<Config>() {
        assert!(sections.iter().any(|(name, _)| *name == key), "[{key}] is not in this test");
    }
}

#[test]
fn the_example_reads_and_makes_sense() {
    let config = example();
    assert_eq!(config.session.idle_minutes, Session::default().idle_minutes);
    assert_eq!(config.outgoing.answer_ms, Outgoing::default().answer_ms);
    assert_eq!(config.store.threads, 4);
    let folder = std::env::temp_dir().join(format!("borgerportal-example-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    std::fs::write(&file, EXAMPLE).unwrap();
    let config = read(&file).unwrap();
    assert_eq!(config.keys.file, folder.join("secrets/keys.json"), "paths are relative to the file");
    assert_eq!(config.server.tls.unwrap().key, folder.join("tls/key.pem"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn alternatives_that_are_commented_out_read_as_well() {
    let with = |from: &str, to: &str| {
        assert!(EXAMPLE.contains(from), "{from}");
        parse(Path::new("x.toml"), &EXAMPLE.replace(from, to)).unwrap()
    };
    let config = with("# password_env", "password_env");
    assert_eq!(config.store.password_env.as_deref(), Some("BORGERPORTAL_DATABASE_PASSWORD"));
    assert!(with("# client_secret_env", "client_secret_env").login.client_secret_env.is_some());
    assert!(with("# private_key_", "private_key_").login.private_key_id.is_some());
    assert!(
        with("# level_when_unstated", "level_when_unstated").login.provider.level_when_unstated.is_some()
    );
}

#[test]
fn an_unknown_key_stops_with_its_line_and_a_hint() {
    for (from, to, hint) in [
        ("stop_seconds = 20", "stop_secnds = 20", "unknown field `stop_secnds`"),
        ("threads = 4", "threads = \"four\"", "invalid type"),
        ("format = \"json\"", "format = \"yaml\"", "unknown variant `yaml`, expected `json` or `text`"),
        ("listen = \"127.0.0.1:8080\"", "listen = \"8080\"", "socket address"),
        ("level_min = \"Substantial\"", "level_min = \"Enough\"", ""),
    ] {
        let text = EXAMPLE.replace(from, to);
        let line = 1 + EXAMPLE.lines().position(|line| line.starts_with(from)).unwrap();
        let error = parse(Path::new("portal.toml"), &text).unwrap_err();
        assert_eq!(error.line, Some(line), "{error}");
        assert!(error.hint.contains(hint), "{error}");
        assert!(error.to_string().starts_with(&format!("portal.toml, line {line}: ")), "{error}");
    }
}

#[test]
fn a_missing_section_is_named() {
    let text = EXAMPLE.replace("[custody]\n", "[custdy]\n");
    assert!(parse(Path::new("x.toml"), &text).unwrap_err().hint.contains("custdy"));
}

fn sensible(from: &str, to: &str) -> String {
    assert!(EXAMPLE.contains(from), "{from}");
    let folder =
        std::env::temp_dir().join(format!("borgerportal-sense-{}-{}", std::process::id(), from.len()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    std::fs::write(&file, EXAMPLE.replace(from, to)).unwrap();
    let answer = read(&file);
    std::fs::remove_dir_all(folder).unwrap();
    answer.unwrap_err().hint
}

#[test]
fn keys_that_do_not_fit_together_are_refused() {
    for (from, to, part) in [
        ("public_url = \"https://", "public_url = \"http://", "https://"),
        ("client_secret_file = \"secrets/client-secret\"", "", "exactly one"),
        ("# client_secret_env", "client_secret_env", "exactly one"),
        ("warn_minutes = 5", "warn_minutes = 30", "warn_minutes"),
        ("idle_minutes = 30", "idle_minutes = 0", "positive"),
        ("/log-paa/svar\"", "/callback\"", "/log-paa/svar"),
        ("# password_env", "password_env", "password_file"),
        ("sender_cvr = \"90000001\"", "sender_cvr = \"9000000\"", "eight digits"),
        ("# links = \"https://", "links = \"http://", "https://"),
        ("key = \"tls/digital-post-key.pem\"", "", "belong together"),
        (
            "return_address = [\"Fuldmagter\", \"Rådhuspladsen 1\", \"3000 Helsingør\"]",
            "return_address = []",
            "return_address",
        ),
    ] {
        let hint = sensible(from, to);
        assert!(hint.contains(part), "{from}: {hint}");
    }
}

#[test]
fn plain_http_to_the_world_needs_a_proxy() {
    let without_tls = EXAMPLE
        .replace("[server.tls]\n", "")
        .replace("certificate = \"tls/chain.pem\"\n", "")
        .replace("key = \"tls/key.pem\"\n", "")
        .replace("proxies = [\"127.0.0.1\"]", "proxies = []")
        .replace("listen = \"127.0.0.1:8080\"", "listen = \"0.0.0.0:8080\"");
    let folder = std::env::temp_dir().join(format!("borgerportal-open-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    std::fs::write(&file, without_tls).unwrap();
    assert!(read(&file).unwrap_err().hint.contains("nothing does TLS"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_secret_is_read_from_its_file_and_never_from_the_address() {
    let mut config = example();
    let folder = std::env::temp_dir().join(format!("borgerportal-secret-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("password");
    std::fs::write(&file, "p@ss/w:rd\n").unwrap();
    config.store.password_file = Some(file.clone());
    let borgerportal_store::Location::Postgres(address) = secrets::location(&config.store).unwrap() else {
        panic!("PostgreSQL")
    };
    assert!(address.contains("p%40ss%2Fw%3Ard@db.example.dk"), "{address}");
    std::fs::write(&file, " \n").unwrap();
    assert!(secrets::location(&config.store).unwrap_err().to_string().ends_with("is empty"));
    config.store.location = "postgres://me:secret@host/db".to_owned();
    let error = secrets::location(&config.store).unwrap_err().to_string();
    assert!(error.contains("does not belong here") && !error.contains("secret@"), "{error}");
    std::fs::remove_dir_all(folder).unwrap();
}
