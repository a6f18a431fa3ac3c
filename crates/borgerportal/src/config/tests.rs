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
    let headers = [format!("[{name}]"), format!("[[{name}]]")];
    EXAMPLE
        .lines()
        .skip_while(|line| !headers.iter().any(|header| line == header))
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
        ("mail", fields::<Mail>()),
        ("record_system", fields::<RecordSystem>()),
        ("outgoing", fields::<Outgoing>()),
        ("session", fields::<Session>()),
        ("retention", fields::<Retention>()),
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
    assert!(with("# scanner", "scanner").files.scanner.is_some());
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

/// The record system of the example once more.
const TWICE: &str = "[[record_system]]\nmunicipality = \"0217\"\naddress = \"https://a.example\"\n\
     token_address = \"https://a.example\"\nclient_id = \"x\"\nprivate_key_file = \"x\"\nprivate_key_id = \"x\"\n\
     [outgoing]\n";

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
        ("[outgoing]\n", TWICE, "stands twice"),
        ("user = \"borgerportal\"\n", "", "belong together"),
        ("security = \"starttls\"", "security = \"none\"", "without TLS"),
        ("from_address = \"svar-ikke@", "from_address = \"", "e-mail address"),
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

/// The example with something done to one of its lines, for every line that holds a key: number from 1, key, text.
fn each_key(change: impl Fn(&str, &str) -> String) -> Vec<(usize, &'static str, String)> {
    let keys = EXAMPLE.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && line.contains(" = "));
    let with = |(at, line): (usize, &'static str)| {
        let key = line.split(" = ").next().unwrap_or_default();
        let changed = change(key, line);
        let lines =
            EXAMPLE.lines().enumerate().map(|(other, same)| if other == at { &*changed } else { same });
        (at + 1, key, lines.collect::<Vec<_>>().join("\n"))
    };
    keys.map(with).collect()
}

fn refused(text: &str) -> ConfigError {
    parse(Path::new("portal.toml"), text).unwrap_err()
}

#[test]
fn a_value_of_the_wrong_kind_stops_at_its_line_and_is_not_repeated() {
    let changed = each_key(|key, _| format!("{key} = {{ hemmeligt = 1 }}"));
    assert!(changed.len() > 60, "{}", changed.len());
    for (line, key, text) in changed {
        let error = refused(&text);
        assert_eq!(error.line, Some(line), "{key}: {error}");
        assert!(!error.hint.is_empty() && !error.hint.contains('\n'), "{key}: {error}");
    }
}

#[test]
fn a_key_that_stands_twice_stops_at_the_second() {
    for (line, key, text) in each_key(|_, line| format!("{line}\n{line}")) {
        let error = refused(&text);
        assert_eq!((error.line, error.hint.as_str()), (Some(line + 1), "duplicate key"), "{key}");
    }
}

#[test]
fn what_must_be_said_is_asked_for_by_name_and_the_rest_has_a_default() {
    let mut needed = Vec::new();
    for (_, key, text) in each_key(|key, _| format!("# {key}")) {
        if let Err(error) = parse(Path::new("portal.toml"), &text) {
            assert_eq!(error.hint, format!("missing field `{key}`"));
            needed.push(key);
        }
    }
    assert_eq!(
        needed.join(" "),
        "listen public_url certificate key phone hours_da hours_en owner mail dpo_mail location file folder folder \
         issuer client_id redirect_uri address address system_file sender_cvr sender_name folder addresses \
         return_address host from_name from_address municipality address token_address client_id private_key_file private_key_id"
    );
}

#[test]
fn a_key_nobody_knows_stops_in_every_section() {
    let headers = EXAMPLE.lines().enumerate().filter(|(_, line)| line.starts_with('['));
    let mut sections = 0;
    for (at, header) in headers {
        let lines = EXAMPLE.lines().enumerate();
        let with = lines.flat_map(|(other, line)| [Some(line), (other == at).then_some("lokation = 1")]);
        let error = refused(&with.flatten().collect::<Vec<_>>().join("\n"));
        // Two sections are lists of names that we do not choose; in them the value is what does not fit.
        let free = ["[log.parts]", "[login.provider.parameters]"].contains(&header);
        let hint = if free { "invalid type" } else { "unknown field `lokation`, expected" };
        assert!(error.hint.starts_with(hint) || free, "{header}: {error}");
        assert_eq!(error.line, Some(at + 2), "{header}: {error}");
        sections += 1;
    }
    assert!(sections > 15, "{sections}");
}

#[test]
fn numbers_that_would_stop_the_portal_are_refused() {
    for (from, to, hint) in [
        ("threads = 4", "threads = 0", "threads is a number from 1 to 1000"),
        ("threads = 4", "threads = 1001", "threads is a number from 1 to 1000"),
        ("threads = 4", "threads = -1", "invalid value: integer `-1`"),
        ("connect_ms = 2000", "connect_ms = 0", "connect_ms and answer_ms are from 1 to 60000"),
        ("answer_ms = 5000", "answer_ms = 0", "connect_ms and answer_ms are from 1 to 60000"),
        ("answer_ms = 5000", "answer_ms = 5000000", "connect_ms and answer_ms are from 1 to 60000"),
        ("deliveries_a_minute = 6000", "deliveries_a_minute = 0", "nonzero"),
        ("stop_seconds = 20", "stop_seconds = -20", "invalid value"),
        ("idle_minutes = 30", "idle_minutes = 5", "warn_minutes is less than idle_minutes"),
        ("idle_minutes = 30", "idle_minutes = 9223372036854775807", "at most a day"),
        ("absolute_minutes = 480", "absolute_minutes = 1441", "at most a day"),
        ("absolute_minutes = 480", "absolute_minutes = 0", "positive"),
        ("warn_minutes = 5", "warn_minutes = -5", "positive"),
        ("listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:65536\"", "socket address"),
        ("proxies = [\"127.0.0.1\"]", "proxies = [\"127.0.0.0/8\"]", "IP address"),
        (
            "public_url = \"https://borgerportal.example.dk\"",
            "public_url = \"borgerportal.example.dk\"",
            "URL",
        ),
    ] {
        let said = sensible(from, to);
        assert!(said.contains(hint), "{to}: {said}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let folder = std::env::temp_dir().join(format!("borgerportal-unread-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("config.toml")).unwrap();
    std::fs::write(folder.join("latin1.toml"), b"[support]\nowner = \"F\xe6lles\"\n").unwrap();
    for (name, hint) in [
        ("nowhere.toml", "cannot be read: entity not found"),
        ("config.toml", "cannot be read: is a directory"),
        ("latin1.toml", "cannot be read: invalid data"),
    ] {
        let file = folder.join(name);
        let error = read(&file).unwrap_err();
        assert_eq!(error, ConfigError::whole(&file, hint));
        assert_eq!(error.to_string(), format!("{}: {hint}", file.display()), "no line where there is none");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn where_a_secret_is_missing_its_place_is_named() {
    let folder = std::env::temp_dir().join(format!("borgerportal-nosecret-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("key.pem");
    std::fs::write(&file, "-----BEGIN PRIVATE KEY-----\nhemmelig\n-----END PRIVATE KEY-----\n").unwrap();
    let unset = "BORGERPORTAL_TEST_THIS_IS_NOT_SET".to_owned();
    let login = |change: &dyn Fn(&mut Login)| {
        let mut login = Login { client_secret_file: None, ..example().login };
        change(&mut login);
        secrets::client_authentication(&login).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let keyed = login(&|login| {
        login.private_key_file = Some(file.clone());
        login.private_key_id = Some("k1".to_owned());
    });
    assert!(
        keyed.ends_with("is no private key (P-256 or RSA) in PKCS#8 PEM") && !keyed.contains("hemmelig"),
        "{keyed}"
    );
    let gone = login(&|login| login.client_secret_file = Some(folder.join("gone")));
    assert!(gone.contains("gone: cannot be read: entity not found"), "{gone}");
    let no_variable = login(&|login| login.client_secret_env = Some(unset.clone()));
    assert_eq!(no_variable, format!("environment variable {unset}: is not set, or is empty"));
    assert!(login(&|_| {}).contains("neither a secret nor a private key"));
    let store = |location: &str| {
        let store = Store { location: location.to_owned(), password_file: None, ..example().store };
        secrets::location(&store).err().map(|error| error.to_string()).unwrap_or_default()
    };
    for wrong in ["", "portal.db", "mysql://me@host/db", "postgres://[::1/db"] {
        assert!(store(wrong).contains("write sqlite:PATH or postgres://"), "{wrong}: {}", store(wrong));
    }
    for right in ["sqlite:portal.db", "postgres://me@host/db", "postgresql://me@host:5433/db"] {
        assert_eq!(store(right), "", "{right}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
