//! Notices on their way out: takes what errands have put in the outbox, asks at send time who is enrolled, sends by
//! Digital Post or by letter, and keeps the receipts. Any number of nodes may do it at once, and any of them may
//! die: a message keeps its UUID, so its receiver sees it once. It refuses to decide what to tell; errands do.

mod letter;
mod memo;
mod operate;
mod send;
mod words;

pub use operate::{came_back, list, queue, retry, sweep};
pub use send::{keep_receipts, send_due};
pub use words::{Words, words};

use crate::app::App;
use borgerportal_partners::{AddressRegister, DigitalPost, PrintSpool};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// Who sends, as people know them.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Eight digits.
    pub cvr: String,
    /// The name people know.
    pub name: String,
    /// Where letters are sent back to, a line each, without the name.
    pub address: Vec<String>,
    /// Whom to call, as written in Denmark.
    pub phone: String,
}

/// The way out.
#[derive(Clone)]
pub struct Post {
    /// Digital Post.
    pub digital: Arc<dyn DigitalPost>,
    /// Where people live.
    pub addresses: Arc<dyn AddressRegister>,
    /// Letters.
    pub print: PrintSpool,
    /// Who sends.
    pub sender: Sender,
    /// Where links lead to: the portal's address, https.
    pub links: Url,
    /// How often the outbox is looked into, and how often receipts are asked for.
    pub pace: Pace,
}

/// How often.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// The outbox.
    pub send: Duration,
    /// Receipts.
    pub receipts: Duration,
    /// Forgetting.
    pub sweep: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            send: Duration::from_secs(2),
            receipts: Duration::from_secs(30),
            sweep: Duration::from_mins(30),
        }
    }
}

/// Runs until the task is dropped.
pub async fn run(app: App, post: Post) {
    let mut sending = tokio::time::interval(post.pace.send);
    let mut receiving = tokio::time::interval(post.pace.receipts);
    let mut sweeping = tokio::time::interval(post.pace.sweep);
    loop {
        let (job, outcome) = tokio::select! {
            _ = sending.tick() => ("send notices", send_due(&app, &post).await),
            _ = receiving.tick() => ("keep receipts", keep_receipts(&app, &post).await),
            _ = sweeping.tick() => ("forget notices", sweep(&app).await),
        };
        match outcome {
            Ok(0) => {}
            Ok(count) => tracing::debug!(job, count, "done"),
            Err(problem) => tracing::error!(job, %problem, "a job failed"),
        }
    }
}
