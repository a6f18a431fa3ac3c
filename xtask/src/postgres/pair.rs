//! Two servers, of which the second follows the first: a commit on the first is answered when it is on the disk of
//! both. For the proof that losing the first loses nothing. It refuses to fail over by itself: who proves it says when.

use super::{Cluster, Options, Programs, free_port, settings};
use crate::say;
use anyhow::{Context as _, Result, ensure};
use std::fs::{self, File};
use std::io::Write as _;
use std::process::Stdio;

/// How the proof finds the pair: the first server's process, and the command that makes the second the first.
pub(crate) const KILL_VARIABLE: &str = "PORTAL_FAILOVER_KILL";
pub(crate) const PROMOTE_VARIABLE: &str = "PORTAL_FAILOVER_PROMOTE";

/// Both, running. The second lies in the first one's folder and is dropped before it.
pub(crate) struct Pair {
    second: Cluster,
    first: Cluster,
}

impl Pair {
    pub(crate) fn start() -> Result<Self> {
        let options = Options { connections_max: 100, ..Options::default() };
        let first = Cluster::start(&options).context("the first server")?;
        let programs = Programs::find()?;
        let folder = first.folder.join("second");
        fs::create_dir_all(&folder)?;
        programs.hand_over(&folder)?;
        let data = folder.join("data");
        let mut copy = programs.command("pg_basebackup", &folder);
        copy.args(["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "-D"]).arg(&data);
        copy.arg("-d").arg(first.url().replace("/postgres", "/postgres?application_name=second"));
        let copied = copy.output().context("pg_basebackup")?;
        ensure!(copied.status.success(), "pg_basebackup: {}", String::from_utf8_lossy(&copied.stderr));
        programs.certify(&folder)?;
        let (port, log) = (free_port()?, folder.join("log"));
        let mut server = programs.command("postgres", &folder);
        server.args(settings(&options, &folder, port)).stdout(Stdio::null()).stderr(File::create(&log)?);
        let server = server.spawn().context("could not start the second server")?;
        let (head, _) = first.url.rsplit_once(':').context("an address with a port")?;
        let url = format!("{head}:{port}/postgres");
        let mut second = Cluster { folder, url, server };
        second.wait(&programs, port, &log)?;
        let pair = Self { second, first };
        pair.follow(&programs)?;
        Ok(pair)
    }

    /// From now on the first answers a commit when the second has it, too.
    fn follow(&self, programs: &Programs) -> Result<()> {
        let data = self.first.folder.join("data");
        let mut settings = File::options().append(true).open(data.join("postgresql.auto.conf"))?;
        writeln!(settings, "synchronous_standby_names = 'second'")?;
        let mut reload = programs.command("pg_ctl", &self.first.folder);
        let said = reload.args(["reload", "-D"]).arg(&data).output().context("pg_ctl reload")?;
        ensure!(said.status.success(), "pg_ctl reload: {}", String::from_utf8_lossy(&said.stderr));
        say::progress("two PostgreSQL servers: the second has what the first has answered");
        Ok(())
    }

    /// An address that leads to whichever of the two takes writes.
    pub(crate) fn url(&self) -> String {
        let (first, _) = self.first.url.rsplit_once('/').unwrap_or_default();
        let second = self.second.url.rsplit_once('@').map_or("", |(_, place)| place);
        format!("{first},{second}?target_session_attrs=read-write&connect_timeout=2")
    }

    /// What the proof is told by its environment.
    pub(crate) fn orders(&self) -> Result<[(&'static str, String); 2]> {
        let folder = &self.second.folder;
        let mut promote = Programs::find()?.command("pg_ctl", folder);
        promote.args(["promote", "-w", "-D"]).arg(folder.join("data"));
        let words = std::iter::once(promote.get_program()).chain(promote.get_args());
        let promote: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
        Ok([(KILL_VARIABLE, self.first.server.id().to_string()), (PROMOTE_VARIABLE, promote.join(" "))])
    }
}
