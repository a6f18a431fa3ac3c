//! A mail server on the real wire: enough of SMTP (RFC 5321) to be handed a mail, without TLS, on this machine. It keeps what
//! it takes and delivers it nowhere, and misbehaves as it is told: the path of an order is the word it is about, as in
//! `/rcpt`. It refuses words in the wrong order, lines and mails without end, and to know whose an address is.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::Timestamp;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::faults::{FaultBox, InForce};
use crate::{Clock, Fault, Orders, lock};

/// The longest line, and the most bytes of one mail.
const LINE: u64 = 4_096;
const MOST_BYTES: usize = 1 << 20;

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Received {
    /// When.
    pub at: Timestamp,
    /// To whom it was handed over, whatever its header says.
    pub to: String,
    /// Header and text as they came.
    pub data: String,
}

impl Received {
    /// A line of its header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = self.data.split("\r\n\r\n").next()?;
        let line = |line: &'_ str| line.split_once(':').is_some_and(|(found, _)| found == name);
        head.lines().find(|one| line(one))?.split_once(':').map(|(_, value)| value.trim())
    }

    /// Its text, as a person reads it.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.data.split_once("\r\n\r\n").map_or("", |(_, text)| text);
        let bytes = match self.header("Content-Transfer-Encoding") {
            Some("base64") => BASE64_STANDARD.decode(text.replace("\r\n", "")).unwrap_or_default(),
            Some("quoted-printable") => unquoted(text),
            _ => text.as_bytes().to_vec(),
        };
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// RFC 2045, 6.7.
fn unquoted(text: &str) -> Vec<u8> {
    let text = text.replace("=\r\n", "");
    let mut pieces = text.split('=');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        bytes.extend(u8::from_str_radix(digits, 16).ok());
        bytes.extend(rest.as_bytes());
    }
    bytes
}

/// What came, and what to do wrong. Clones share it.
#[derive(Clone)]
pub struct Mails {
    received: Arc<Mutex<Vec<Received>>>,
    faults: FaultBox,
    clock: Clock,
}

impl Mails {
    /// Everything that was taken, oldest first.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        lock(&self.received).clone()
    }

    /// What to do wrong from now on.
    pub fn order(&self, orders: Orders) {
        self.faults.order(orders);
    }
}

/// A running mail server. Dropping the handle stops it.
#[derive(Debug)]
pub struct MailServer {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl MailServer {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Takes mail until the handle is dropped.
pub fn serve(listener: TcpListener, clock: Clock) -> io::Result<(MailServer, Mails)> {
    let address = listener.local_addr()?;
    let mails = Mails { received: Arc::default(), faults: FaultBox::default(), clock };
    let shared = mails.clone();
    let task = tokio::spawn(async move {
        // A line that breaks breaks alone.
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, shared.clone()));
        }
    });
    Ok((MailServer { address, task }, mails))
}

/// Who speaks, and how far they have come with one mail.
struct Talk {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
    mails: Mails,
    sender: bool,
    to: Option<String>,
}

async fn talk(stream: TcpStream, mails: Mails) -> io::Result<()> {
    let (read, write) = stream.into_split();
    let mut talk = Talk { read: BufReader::new(read), write, mails, sender: false, to: None };
    talk.say("220 simulated mail server").await?;
    while let Some(line) = talk.line().await? {
        let verb = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        let faults = talk.mails.faults.take(&format!("/{}", verb.to_ascii_lowercase()));
        if !talk.misbehaves(&faults).await? && !talk.answer(&verb, &line, &faults).await? {
            break;
        }
        if faults.has(&Fault::CutOff) {
            break;
        }
    }
    Ok(())
}

impl Talk {
    async fn say(&mut self, words: &str) -> io::Result<()> {
        self.write.write_all(format!("{words}\r\n").as_bytes()).await
    }

    /// The next line without its end; nothing when there is none, or none that ends.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        (&mut self.read).take(LINE).read_line(&mut line).await?;
        Ok(line.strip_suffix("\r\n").map(str::to_owned))
    }

    /// Does what it is told to do wrong. True when that was the answer.
    async fn misbehaves(&mut self, faults: &InForce) -> io::Result<bool> {
        let slow = |fault: &Fault| if let Fault::SlowMs(ms) = fault { Some(*ms) } else { None };
        if let Some(ms) = faults.find(slow) {
            tokio::time::sleep(Duration::from_millis(ms)).await;
        }
        let status = |fault: &Fault| if let Fault::Status(code) = fault { Some(*code) } else { None };
        if let Some(code) = faults.find(status) {
            self.say(&format!("{code} {}", reason(code))).await?;
            return Ok(true);
        }
        if faults.has(&Fault::Nonsense) {
            self.say("Out for lunch").await?;
            return Ok(true);
        }
        Ok(faults.has(&Fault::CutOff))
    }

    /// Answers one word. False when that was the last.
    async fn answer(&mut self, verb: &str, line: &str, faults: &InForce) -> io::Result<bool> {
        match verb {
            "EHLO" => self.say("250-here\r\n250 8BITMIME").await?,
            "HELO" | "NOOP" => self.say("250 well").await?,
            "RSET" => {
                (self.sender, self.to) = (false, None);
                self.say("250 well").await?;
            }
            "MAIL" => {
                self.sender = true;
                self.say("250 well").await?;
            }
            "RCPT" if self.sender => {
                self.to = line.split_once('<').and_then(|(_, rest)| Some(rest.split_once('>')?.0.to_owned()));
                self.say("250 well").await?;
            }
            "DATA" if self.to.is_some() => return self.data(faults).await,
            "RCPT" | "DATA" => self.say("503 not now").await?,
            "QUIT" => {
                self.say("221 bye").await?;
                return Ok(false);
            }
            _ => self.say("500 what?").await?,
        }
        Ok(true)
    }

    /// Takes the mail itself: up to a line with a full stop alone.
    async fn data(&mut self, faults: &InForce) -> io::Result<bool> {
        self.say("354 go on").await?;
        let mut data = String::new();
        loop {
            let Some(line) = self.line().await? else { return Ok(false) };
            if line == "." {
                break;
            }
            data.push_str(line.strip_prefix('.').unwrap_or(&line));
            data.push_str("\r\n");
            if data.len() > MOST_BYTES {
                return Ok(false);
            }
        }
        let (at, to) = ((self.mails.clock)(), self.to.take().unwrap_or_default());
        lock(&self.mails.received).push(Received { at, to, data });
        self.sender = false;
        if faults.has(&Fault::AcceptThenFail) {
            // It has the mail, and the line breaks: the sender cannot know.
            return Ok(false);
        }
        self.say("250 taken").await?;
        Ok(true)
    }
}

/// What a server says with a code.
const fn reason(code: u16) -> &'static str {
    match code {
        550 => "5.1.1 no such user here",
        500.. => "5.7.1 not from you",
        _ => "4.3.0 try again later",
    }
}
