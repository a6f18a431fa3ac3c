//! An installation for one test: configuration, keys, municipality, database, simulated partners.

use borgerportal::config::{Config, read};
use borgerportal_domain::time::Timestamp;
use borgerportal_simulators::Running;
use borgerportal_simulators::broker::{self, BrokerConfig, Client, ClientProof};
use borgerportal_simulators::custody::{self, Register};
use borgerportal_store::Location;
use borgerportal_store::testing::TestStore;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// A whole installation; the folder goes with it.
pub(crate) struct Place {
    pub(crate) folder: PathBuf,
    pub(crate) runtime: Runtime,
    pub(crate) broker: Option<Running>,
    pub(crate) custody: Option<Running>,
    // Keeps a database of PostgreSQL for as long as the test.
    store: TestStore,
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Place {
    /// On the database of `store`.
    pub(crate) fn on(store: TestStore) -> Self {
        let folder = store.directory().join("installation");
        std::fs::create_dir_all(folder.join("municipalities")).unwrap();
        std::fs::write(folder.join("municipalities/helsingor.toml"), "municipality = \"0217\"\n").unwrap();
        secret(&folder.join("keys.json"), store.key_file());
        secret(&folder.join("client-secret"), "a secret for tests\n");
        let runtime = Runtime::new().unwrap();
        let (broker, custody) = runtime.block_on(partners());
        let place = Self { folder, runtime, broker: Some(broker), custody: Some(custody), store };
        place.configure("");
        place
    }

    /// Writes the configuration, with more at its end.
    pub(crate) fn configure(&self, more: &str) {
        let location = match self.store.location() {
            Location::Sqlite(path) => format!("sqlite:{}", path.display()),
            Location::Postgres(address) => {
                format!("{}\"\npassword_file = \"password", self.without_password(address))
            }
        };
        let (broker, custody) = (self.broker.as_ref().unwrap().base(), self.custody.as_ref().unwrap().base());
        let text = format!(
            "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"http://localhost:8080\"\n\
             [support]\nphone = \"70 20 00 00\"\nhours_da = \"kl. 9\"\nhours_en = \"9\"\nowner = \"Test\"\n\
             mail = \"a@b.example\"\ndpo_mail = \"c@b.example\"\n\
             [store]\nlocation = \"{location}\"\nthreads = 2\nnode = \"test-node\"\n\
             [keys]\nfile = \"keys.json\"\n[files]\nfolder = \"files\"\n\
             [municipalities]\nfolder = \"municipalities\"\n\
             [login]\nclient_secret_file = \"client-secret\"\n\
             [login.provider]\nissuer = \"{broker}\"\nclient_id = \"us\"\n\
             redirect_uri = \"http://localhost:8080/log-paa/svar\"\n\
             [custody]\naddress = \"{custody}{}\"\n\
             [outgoing]\nloopback_http = true\nanswer_ms = 2000\n{more}",
            custody::PATH
        );
        std::fs::write(self.config_file(), text).unwrap();
    }

    /// The password goes where an operator would put it.
    fn without_password(&self, address: &str) -> String {
        let Some((name, password, rest)) = address
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('@'))
            .and_then(|(user, rest)| user.split_once(':').map(|(name, password)| (name, password, rest)))
        else {
            secret(&self.file("password"), "none is needed");
            return address.to_owned();
        };
        secret(&self.file("password"), password);
        format!("postgres://{name}@{rest}")
    }

    pub(crate) fn config_file(&self) -> PathBuf {
        self.folder.join("config.toml")
    }

    pub(crate) fn config(&self) -> Config {
        read(&self.config_file()).unwrap()
    }

    /// How many rows each table of its database has.
    pub(crate) fn rows(&self) -> std::collections::BTreeMap<String, i64> {
        self.store.rows()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The program, with this configuration.
    pub(crate) fn run(&self, arguments: &[&str]) -> (bool, String) {
        came_of(&self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// The same, with these lines typed at its standard input.
    pub(crate) fn typed(&self, arguments: &[&str], lines: &str) -> (bool, String) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that needs no number has not read it; then the pipe may be closed already.
        let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
        came_of(&child.wait_with_output().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_borgerportal"));
        command.args(arguments).arg("--config").arg(self.config_file());
        command
    }
}

/// Whether it went well, and all that was said.
fn came_of(output: &Output) -> (bool, String) {
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said.into_owned())
}

pub(crate) fn secret(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "tests live in the present")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap())
}

async fn partners() -> (Running, Running) {
    let listen = || async { TcpListener::bind("127.0.0.1:0").await.unwrap() };
    let client = Client {
        id: "us".to_owned(),
        name: "Us".to_owned(),
        redirect_uris: vec!["http://localhost:8080/log-paa/svar".to_owned()],
        post_logout_redirect_uris: Vec::new(),
        proof: ClientProof::Secret(borgerportal_identity::Secret::new("a secret for tests".to_owned())),
    };
    let config = BrokerConfig::new(Vec::new(), vec![client], Arc::new(now));
    let broker = broker::serve(listen().await, config).unwrap();
    let custody = custody::serve(listen().await, Register::default()).unwrap();
    (broker, custody)
}
