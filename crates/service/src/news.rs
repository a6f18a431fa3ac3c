//! News: whoever asked for it is told that there is something new in a record, by e-mail or SMS, at most once a day until
//! they come. What came is noted in the errand that keeps it; who may know of it is decided anew when it is looked at, by the
//! rule of access and the rule of items. It refuses to say what, where or about whom, and to tell anybody whose right hangs
//! on a log-in.

mod send;
mod tell;
mod words;

pub use borgerportal_store::news::Queue;
pub use send::send_due;
pub use tell::tell_due;

use crate::app::App;
use crate::items::kind;
use crate::municipalities::Municipalities;
use crate::notices::Sender;
use crate::problem::Problem;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::{Area, Item, shown_from};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_fhir::delivery::{Incoming, Room};
use borgerportal_fhir::messages::{self, Writer};
use borgerportal_partners::{DigitalPost, MailServer};
use borgerportal_store::news as store;
use borgerportal_store::record::Writing;
use borgerportal_store::tx::Tx;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The ways out. What there is no way for waits, and is given up in the end.
#[derive(Clone)]
pub struct Ways {
    /// E-mail.
    pub mail: Option<Arc<dyn MailServer>>,
    /// NemSMS, and who sends it.
    pub sms: Option<(Arc<dyn DigitalPost>, Sender)>,
    /// The portal's address.
    pub portal: Url,
}

/// How often news is looked at, and notices that are due.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often old rows are forgotten.
const SWEEP_EVERY: Duration = Duration::from_mins(30);
/// News that nobody has looked at for so long is none.
const NEWS_DAYS: i64 = 2;
/// What became of the last notice is known for so long.
const ALERT_DAYS: i64 = 30;
/// How many codes were asked for is known for so long.
const CODE_DAYS: i64 = 1;

/// Runs until the task is dropped.
pub async fn run(app: App, ways: Ways) {
    let (mut looking, mut sending) = (tokio::time::interval(LOOK_EVERY), tokio::time::interval(LOOK_EVERY));
    let mut sweeping = tokio::time::interval(SWEEP_EVERY);
    loop {
        let (job, outcome) = tokio::select! {
            _ = looking.tick() => ("look at news", tell_due(&app).await),
            _ = sending.tick() => ("tell of news", send_due(&app, &ways).await),
            _ = sweeping.tick() => ("forget news", sweep(&app).await),
        };
        match outcome {
            Ok(0) => {}
            Ok(count) => tracing::debug!(job, count, "done"),
            Err(problem) => tracing::error!(job, %problem, "a job failed"),
        }
    }
}

/// Notes something new that a record system delivered. What a citizen or a helper wrote themselves is none, nor are visits:
/// they come by the dozen, and the calendar has its own ways.
pub(crate) fn arrived(
    tx: &Tx<'_>,
    places: &Municipalities,
    journal: &Writing,
    (sender, id, incoming): (&str, ItemId, &Incoming),
) -> Result<(), Problem> {
    let (Some(settings), true) = (places.get(journal.municipality), is_news(incoming)) else { return Ok(()) };
    let (facts, entry) = (incoming.document.as_ref(), incoming.entry.as_ref());
    let item = Item {
        kind: kind(incoming.room, facts.map_or(incoming.source.kind.name(), |facts| facts.kind.code())),
        area: facts.map(|facts| facts.area).or(entry.map(|entry| entry.area)).unwrap_or(Area::Other),
        sender,
        dated: facts.map_or_else(|| copenhagen_date(incoming.sort_at), |facts| facts.dated),
        received_at: tx.now(),
        visibility: &incoming.visibility,
    };
    Ok(store::note(tx, journal.journal, id, shown_from(&item, &settings.publication))?)
}

/// Notes a message that staff wrote here: it can be read at once.
pub(crate) fn written(tx: &Tx<'_>, journal: JournalId, message: ItemId) -> Result<(), Problem> {
    Ok(store::note(tx, journal, message, tx.now())?)
}

fn is_news(incoming: &Incoming) -> bool {
    if incoming.stamp.rank.is_gone() {
        return false;
    }
    match incoming.room {
        Room::Documents => incoming.document.is_some(),
        Room::Conditions | Room::Plans | Room::Aids | Room::Grants => {
            incoming.entry.as_ref().is_some_and(|entry| !entry.head.is_empty())
        }
        Room::Messages => {
            let head = incoming.entry.as_ref().and_then(|entry| messages::read(&entry.head));
            head.is_some_and(|head| head.writer == Writer::Municipality)
        }
        Room::Calendar | Room::Other => false,
    }
}

/// What is on its way, in numbers.
pub async fn queue(app: &App) -> Result<Queue, Problem> {
    app.read(|tx| Ok(store::queue(tx)?)).await
}

/// Forgets what has served its purpose. Returns how many rows.
pub async fn sweep(app: &App) -> Result<u64, Problem> {
    app.write(|tx| {
        let before = |days: i64| tx.now().plus_days(-days);
        Ok(store::sweep(tx, before(NEWS_DAYS), before(ALERT_DAYS), before(CODE_DAYS))?)
    })
    .await
}
