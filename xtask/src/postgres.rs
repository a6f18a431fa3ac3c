//! A PostgreSQL of one's own for as long as a test run lasts, made from Debian's binaries in a
//! temporary folder. It listens on this machine only, wants a password, and is gone afterwards. It
//! refuses to touch an installed cluster. As root it runs under the user `postgres`, because
//! PostgreSQL refuses to be root.

mod pair;

pub(crate) use pair::Pair;

use crate::say;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::Read as _;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Where the tests find the server.
pub(crate) const URL_VARIABLE: &str = "BORGERPORTAL_TEST_POSTGRES";

/// Where the tests find the authority behind its certificate.
pub(crate) const AUTHORITY_VARIABLE: &str = "BORGERPORTAL_TEST_POSTGRES_CA";

const USER: &str = "borgerportal";
const CERTIFICATE: &str = "server.crt";
const KEY: &str = "server.key";
const FOLDER_PREFIX: &str = "borgerportal-postgres-";
const START_PATIENCE: Duration = Duration::from_mins(1);

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Options {
    /// Leave out fsync: faster, and no proof of durability
    #[arg(long)]
    pub(crate) no_fsync: bool,
    /// Port on 127.0.0.1; a free one when left out
    #[arg(long)]
    pub(crate) port: Option<u16>,
    /// Most connections at once
    #[arg(long, default_value_t = 300)]
    pub(crate) connections_max: u16,
}

impl Default for Options {
    fn default() -> Self {
        Self { no_fsync: false, port: None, connections_max: 300 }
    }
}

/// Starts a server, says how to reach it, and keeps it until it ends or the terminal says so.
pub(crate) fn serve(options: &Options) -> Result<()> {
    let mut cluster = Cluster::start(options)?;
    say::line(format!("export {URL_VARIABLE}={}", cluster.url()));
    say::line(format!("export {AUTHORITY_VARIABLE}={}", cluster.authority().display()));
    say::progress("PostgreSQL runs until Ctrl-C.");
    cluster.server.wait()?;
    Ok(())
}

/// A running server. Dropping it stops the server and removes its folder.
pub(crate) struct Cluster {
    folder: PathBuf,
    url: String,
    server: Child,
}

impl Cluster {
    pub(crate) fn start(options: &Options) -> Result<Self> {
        let programs = Programs::find()?;
        sweep();
        let folder = std::env::temp_dir().join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        programs.hand_over(&folder)?;
        let password = password()?;
        programs.initialise(&folder, &password)?;
        programs.certify(&folder)?;
        let port = options.port.map_or_else(free_port, Ok)?;
        let log = folder.join("log");
        let mut server = programs.command("postgres", &folder);
        server.args(settings(options, &folder, port)).stdout(Stdio::null()).stderr(fs::File::create(&log)?);
        let server = server.spawn().context("could not start postgres")?;
        let url = format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self { folder, url, server };
        cluster.wait(&programs, port, &log)?;
        Ok(cluster)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Its certificate, which is its own authority.
    pub(crate) fn authority(&self) -> PathBuf {
        self.folder.join(CERTIFICATE)
    }

    /// Waits until the server takes connections; it says why if it gave up.
    fn wait(&mut self, programs: &Programs, port: u16, log: &Path) -> Result<()> {
        let started = Instant::now();
        loop {
            let mut ready = programs.command("pg_isready", &self.folder);
            let ready = ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]).status()?;
            if ready.success() {
                return Ok(());
            }
            let ended = self.server.try_wait()?.is_some();
            if ended || started.elapsed() > START_PATIENCE {
                bail!("PostgreSQL did not start:\n{}", fs::read_to_string(log).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, files are left whole.
        let _ = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Removes what earlier runs left when they were killed; their servers died with them.
fn sweep() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(pid) = name.strip_prefix(FOLDER_PREFIX) else { continue };
        if !Path::new("/proc").join(pid).exists() {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn settings(options: &Options, folder: &Path, port: u16) -> Vec<String> {
    let mut arguments = vec!["-D".to_owned(), folder.join("data").display().to_string()];
    let durable = if options.no_fsync { "off" } else { "on" };
    for setting in [
        "listen_addresses=127.0.0.1".to_owned(),
        format!("port={port}"),
        format!("unix_socket_directories={}", folder.display()),
        format!("max_connections={}", options.connections_max),
        format!("fsync={durable}"),
        format!("synchronous_commit={durable}"),
        format!("full_page_writes={durable}"),
        "shared_buffers=128MB".to_owned(),
        "timezone=UTC".to_owned(),
        "log_min_messages=fatal".to_owned(),
        "ssl=on".to_owned(),
        format!("ssl_cert_file={}", folder.join(CERTIFICATE).display()),
        format!("ssl_key_file={}", folder.join(KEY).display()),
    ] {
        arguments.extend(["-c".to_owned(), setting]);
    }
    arguments
}

/// A port nobody listens on now.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// 128 random bits in hex: other users of this machine are not guests of this server.
fn password() -> Result<String> {
    let mut bytes = [0_u8; 16];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// PostgreSQL's programs, and the user they run as.
struct Programs {
    folder: PathBuf,
    /// The user and group to become, when this process is root.
    become_user: Option<(u32, u32)>,
}

impl Programs {
    /// The newest version under `/usr/lib/postgresql`, where Debian puts them, else those on the PATH.
    fn find() -> Result<Self> {
        let version = |path: &PathBuf| {
            let name = path.parent()?.file_name()?.to_str()?;
            name.parse::<u32>().ok()
        };
        let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let folders = installed.map(|entry| entry.path().join("bin"));
        let newest = folders.filter(|bin| bin.join("initdb").exists()).max_by_key(version);
        let on_path = || {
            let path = std::env::var_os("PATH")?;
            std::env::split_paths(&path).find(|bin| bin.join("initdb").exists())
        };
        let folder = newest.or_else(on_path);
        let folder =
            folder.context("no PostgreSQL found: `apt-get install postgresql`, or put initdb on the PATH")?;
        let become_user =
            if id(&["-u"])? == 0 { Some((id(&["-u", "postgres"])?, id(&["-g", "postgres"])?)) } else { None };
        Ok(Self { folder, become_user })
    }

    /// Gives a folder to the user who will use it.
    fn hand_over(&self, folder: &Path) -> Result<()> {
        if let Some((user, group)) = self.become_user {
            chown(folder, Some(user), Some(group))?;
        }
        Ok(())
    }

    /// One of PostgreSQL's programs, as the right user. It ends when this process does, however that ends.
    fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = Command::new("setpriv");
        if let Some((user, group)) = self.become_user {
            command.arg(format!("--reuid={user}")).arg(format!("--regid={group}")).arg("--clear-groups");
        }
        command.arg("--pdeathsig=INT").arg("--").arg(self.folder.join(program));
        command.current_dir(folder).env_remove("PGDATA").env_remove("PGHOST").env_remove("PGPORT");
        command
    }

    /// A certificate for this address that is its own authority, good for a day: tests reach the server over TLS.
    fn certify(&self, folder: &Path) -> Result<()> {
        let output = Command::new("openssl")
            .args("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1".split(' '))
            .args(["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-out")
            .arg(folder.join(CERTIFICATE))
            .arg("-keyout")
            .arg(folder.join(KEY))
            .output()
            .context("openssl makes the server's certificate: `apt-get install openssl`")?;
        ensure!(output.status.success(), "openssl: {}", String::from_utf8_lossy(&output.stderr));
        fs::set_permissions(folder.join(KEY), fs::Permissions::from_mode(0o600))?;
        self.hand_over(&folder.join(KEY))?;
        self.hand_over(&folder.join(CERTIFICATE))
    }

    fn initialise(&self, folder: &Path, password: &str) -> Result<()> {
        let file = folder.join("password");
        fs::write(&file, password)?;
        self.hand_over(&file)?;
        let data = folder.join("data");
        let mut initdb = self.command("initdb", folder);
        initdb.arg("-D").arg(&data).arg("--pwfile").arg(&file);
        initdb.args(["-U", USER, "--auth-local=trust", "--auth-host=scram-sha-256"]);
        initdb.args(["--encoding=UTF8", "--locale=C", "--no-sync"]);
        let output = initdb.output().context("setpriv (Debian: util-linux) starts PostgreSQL's programs")?;
        fs::remove_file(&file)?;
        ensure!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }
}

fn id(arguments: &[&str]) -> Result<u32> {
    let output = Command::new("id").args(arguments).output().context("id")?;
    ensure!(output.status.success(), "there is no user `postgres` to run PostgreSQL as");
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The server answers with its password, refuses without, and leaves nothing behind.
    #[test]
    fn a_cluster_lives_as_long_as_its_value() {
        let cluster = Cluster::start(&Options { no_fsync: true, ..Options::default() }).unwrap();
        let psql = |url: &str| {
            let mut command = Command::new("psql");
            command.args(["-w", "-At", "-c", "SHOW max_connections", url]).output().unwrap()
        };
        let url = cluster.url().to_owned();
        assert_eq!(String::from_utf8_lossy(&psql(&url).stdout).trim(), "300");
        let (head, tail) = url.split_once('@').unwrap();
        let (open, _) = head.rsplit_once(':').unwrap();
        assert!(!psql(&format!("{open}@{tail}")).status.success(), "let in without a password");
        let folder = cluster.folder.clone();
        drop(cluster);
        assert!(!folder.exists());
        assert!(!psql(&url).status.success());
    }
}
