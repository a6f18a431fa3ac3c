//! A load generator of our own, so that the benches run anywhere: keep-alive connections on one thread, each
//! sending its next request when the last was answered. It reads only as much HTTP as it must, because it shares
//! the machine with the server; its own CPU time is not counted.

use anyhow::{Context as _, Result, bail};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What was sent and how long it took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Load {
    /// Answers with the status that was wanted.
    pub(crate) answers: u64,
    /// Other answers.
    pub(crate) wrong: u64,
    /// Bytes received.
    pub(crate) bytes: u64,
    /// How long it went on.
    pub(crate) micros: u64,
    /// Of each answer, sorted.
    pub(crate) latencies: Vec<u32>,
}

impl Load {
    /// Answers a second.
    #[must_use]
    pub(crate) fn rate(&self) -> u64 {
        self.answers * 1_000_000 / self.micros.max(1)
    }

    /// Sends a request and notes what came of it.
    async fn note(&mut self, connection: &mut Connection, request: &[u8]) -> Result<()> {
        let sent = Instant::now();
        let (status, bytes) = connection.ask(request).await?;
        self.latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
        self.bytes += bytes as u64;
        if status == 200 {
            self.answers += 1;
        } else {
            self.wrong += 1;
        }
        Ok(())
    }

    /// The latency that `per_mille` of the answers stayed under, µs.
    #[must_use]
    pub(crate) fn percentile(&self, per_mille: usize) -> u64 {
        let at = self.latencies.len().saturating_sub(1) * per_mille / 1_000;
        self.latencies.get(at).copied().unwrap_or(0).into()
    }
}

/// Requests as bytes, sent round and round.
pub(crate) type Requests = Arc<Vec<Vec<u8>>>;

/// Keeps `connections` busy for a time.
pub(crate) async fn run(
    to: SocketAddr,
    connections: usize,
    requests: &Requests,
    time: Duration,
) -> Result<Load> {
    let started = Instant::now();
    let until = started + time;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..connections {
        let requests = Arc::clone(requests);
        tasks.spawn(async move { one(to, &requests, number * 7_919, until).await });
    }
    gather(tasks, started).await
}

/// Sends each request once, over so many connections.
pub(crate) async fn each(to: SocketAddr, connections: usize, requests: Vec<Vec<u8>>) -> Result<Load> {
    let (started, requests) = (Instant::now(), Arc::new(requests));
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..connections {
        let requests = Arc::clone(&requests);
        tasks.spawn(async move {
            let (mut connection, mut load) = (Connection::open(to).await?, Load::default());
            for request in requests.iter().skip(number).step_by(connections) {
                load.note(&mut connection, request).await?;
            }
            anyhow::Ok(load)
        });
    }
    gather(tasks, started).await
}

async fn gather(mut tasks: tokio::task::JoinSet<Result<Load>>, started: Instant) -> Result<Load> {
    let mut load = Load::default();
    while let Some(done) = tasks.join_next().await {
        let done = done??;
        load.answers += done.answers;
        load.wrong += done.wrong;
        load.bytes += done.bytes;
        load.latencies.extend(done.latencies);
    }
    load.micros = u64::try_from(started.elapsed().as_micros())?;
    load.latencies.sort_unstable();
    Ok(load)
}

async fn one(to: SocketAddr, requests: &[Vec<u8>], first: usize, until: Instant) -> Result<Load> {
    let mut connection = Connection::open(to).await?;
    let (mut load, mut next) = (Load::default(), first);
    while Instant::now() < until {
        let request = requests.get(next % requests.len().max(1)).context("no requests")?;
        next += 1;
        load.note(&mut connection, request).await?;
    }
    Ok(load)
}

/// One answer, whole, for looking at.
pub(crate) async fn fetch(to: SocketAddr, request: &[u8]) -> Result<(u16, Vec<u8>)> {
    let mut connection = Connection::open(to).await?;
    let (status, _) = connection.ask(request).await?;
    Ok((status, connection.body()))
}

struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    head: usize,
}

impl Connection {
    async fn open(to: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 << 10), head: 0 })
    }

    fn body(&self) -> Vec<u8> {
        self.buffer.get(self.head..).unwrap_or_default().to_vec()
    }

    /// Sends and reads one answer: its status and size. The buffer holds it until the next.
    async fn ask(&mut self, request: &[u8]) -> Result<(u16, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.more().await?;
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
        };
        self.head = head;
        let text = std::str::from_utf8(self.buffer.get(..head).unwrap_or_default())?;
        let status = text.get(9..12).context("no status")?.parse()?;
        if let Some(length) = header(text, "content-length: ") {
            let whole = head + length.trim().parse::<usize>()?;
            while self.buffer.len() < whole {
                self.more().await?;
            }
        } else if header(text, "transfer-encoding: ").is_some() {
            while !self.buffer.ends_with(b"\r\n0\r\n\r\n") && !self.buffer.ends_with(b"\r\n\r\n0\r\n\r\n") {
                self.more().await?;
            }
        }
        Ok((status, self.buffer.len()))
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server hung up");
        }
        Ok(())
    }
}

fn header<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let line = |line: &&str| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    text.lines().find(line)?.get(name.len()..)
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// A request of a browser that is signed in.
#[must_use]
pub(crate) fn get(path: &str, cookie: &str, encoding: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: portal.example\r\nCookie: __Host-session={cookie}; lang=da\r\n\
         Accept: text/html\r\nAccept-Encoding: {encoding}\r\n\r\n"
    )
    .into_bytes()
}

/// The same with a body.
#[must_use]
pub(crate) fn post(path: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: portal.example\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentile_is_of_the_sorted_latencies() {
        let load =
            Load { latencies: (1..=1_000).collect(), answers: 1_000, micros: 500_000, ..Load::default() };
        assert_eq!((load.percentile(500), load.percentile(990)), (500, 990));
        assert_eq!(load.rate(), 2_000);
    }

    #[test]
    fn headers_are_found_in_any_case() {
        assert_eq!(header("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n", "content-length: "), Some("12"));
        assert_eq!(header("HTTP/1.1 200 OK\r\n\r\n", "content-length: "), None);
    }
}
