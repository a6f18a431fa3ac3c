//! The virus scanner: a port that looks at a file before it is kept, and a client for ClamAV's daemon (`INSTREAM`). What
//! the scanner does not say clearly is no answer, and what it cannot see is not clean. Without a scanner every file is
//! "not scanned", which is said and not hidden.

use crate::error::{Absence, Partner, PartnerError};
use async_trait::async_trait;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// What a scanner says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has looked and found nothing.
    Clean,
    /// It has found something. What it is called is for nobody's eyes but the operator's.
    Infected,
    /// Nobody has looked: there is no scanner.
    NotScanned,
}

/// Looks at files.
#[async_trait]
pub trait VirusScanner: Send + Sync {
    /// What it says of this content.
    async fn scan(&self, content: &[u8]) -> Result<Verdict, PartnerError>;
}

/// The default: there is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoScanner;

#[async_trait]
impl VirusScanner for NoScanner {
    async fn scan(&self, _: &[u8]) -> Result<Verdict, PartnerError> {
        Ok(Verdict::NotScanned)
    }
}

/// ClamAV's daemon. Its wire has no encryption: it belongs on this machine or behind the operator's own wall.
#[derive(Clone, Debug)]
pub struct ClamAv {
    address: SocketAddr,
    patience: Duration,
}

/// Bytes sent in one piece.
const PIECE: usize = 64 << 10;
/// The longest answer that is read.
const ANSWER: u64 = 1_024;

impl ClamAv {
    /// At this address.
    #[must_use]
    pub const fn new(address: SocketAddr) -> Self {
        Self { address, patience: Duration::from_secs(15) }
    }

    /// The same with another patience.
    #[must_use]
    pub const fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    async fn ask(&self, content: &[u8]) -> std::io::Result<Vec<u8>> {
        let mut line = TcpStream::connect(self.address).await?;
        line.write_all(b"zINSTREAM\0").await?;
        for piece in content.chunks(PIECE) {
            line.write_u32(u32::try_from(piece.len()).unwrap_or(0)).await?;
            line.write_all(piece).await?;
        }
        line.write_u32(0).await?;
        let mut answer = Vec::new();
        line.take(ANSWER).read_to_end(&mut answer).await?;
        Ok(answer)
    }
}

#[async_trait]
impl VirusScanner for ClamAv {
    async fn scan(&self, content: &[u8]) -> Result<Verdict, PartnerError> {
        let away = |how| PartnerError::Away { partner: Partner::VirusScanner, how };
        let answer = timeout(self.patience, self.ask(content)).await.map_err(|_| away(Absence::TimedOut))?;
        let answer = answer.map_err(|_| away(Absence::Unreachable))?;
        judge(&answer).ok_or(PartnerError::Nonsense { partner: Partner::VirusScanner, what: "answer" })
    }
}

/// "stream: OK" or "stream: Some.Name FOUND", with a zero byte at its end.
fn judge(answer: &[u8]) -> Option<Verdict> {
    let text = std::str::from_utf8(answer.strip_suffix(b"\0").unwrap_or(answer)).ok()?;
    let said = text.trim_end().strip_prefix("stream: ")?;
    if said == "OK" {
        return Some(Verdict::Clean);
    }
    said.ends_with(" FOUND").then_some(Verdict::Infected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    /// A daemon that takes one file, checks that it came whole, and answers this.
    async fn daemon(answer: &'static [u8], size: usize) -> ClamAv {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut line, _) = listener.accept().await.unwrap();
            let mut word = [0; 10];
            line.read_exact(&mut word).await.unwrap();
            assert_eq!(&word, b"zINSTREAM\0");
            let mut came = 0;
            loop {
                let length = usize::try_from(line.read_u32().await.unwrap()).unwrap();
                if length == 0 {
                    break;
                }
                let mut piece = vec![0; length];
                line.read_exact(&mut piece).await.unwrap();
                came += length;
            }
            assert_eq!(came, size);
            line.write_all(answer).await.unwrap();
        });
        ClamAv::new(address).with_patience(Duration::from_secs(2))
    }

    #[tokio::test]
    async fn a_file_is_sent_whole_and_the_answer_believed() {
        let nonsense = Err(PartnerError::Nonsense { partner: Partner::VirusScanner, what: "answer" });
        for (answer, verdict) in [
            (b"stream: OK\0".as_slice(), Ok(Verdict::Clean)),
            (b"stream: Eicar-Test-Signature FOUND\0", Ok(Verdict::Infected)),
            (b"INSTREAM size limit exceeded. ERROR\0", nonsense),
            (b"stream: OK but slow\0", nonsense),
            (b"", nonsense),
            (b"\xff\xfe", nonsense),
        ] {
            let content = vec![7; 150_000];
            let scanner = daemon(answer, content.len()).await;
            assert_eq!(scanner.scan(&content).await, verdict, "{answer:?}");
        }
    }

    #[tokio::test]
    async fn a_scanner_that_is_not_there_is_no_verdict() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let silent = ClamAv::new(address).with_patience(Duration::from_millis(50));
        let away = |how| Err(PartnerError::Away { partner: Partner::VirusScanner, how });
        assert_eq!(silent.scan(b"x").await, away(Absence::TimedOut));
        drop(listener);
        assert_eq!(silent.scan(b"x").await, away(Absence::Unreachable));
        assert_eq!(NoScanner.scan(b"x").await, Ok(Verdict::NotScanned));
    }
}
