//! What is told to the municipality's record system: an errand puts it on its way in its own transaction, so that it
//! goes exactly when the thing it tells of has happened; here it is sent, by any number of nodes any of which may
//! die, under a name by which its receiver knows it a second time. Answers come in by the FHIR door. It refuses to
//! decide what to tell; errands do.

mod files;
mod operate;
mod send;

pub use borgerportal_store::outgoing::{Answer, Told};
pub use operate::{list, queue, retry};
pub use send::send_due;

use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_partners::RecordSystem;
use borgerportal_store::access::Access;
use borgerportal_store::outgoing as store;
use borgerportal_store::tx::Tx;
use std::sync::Arc;
use std::time::Duration;

/// The way to one municipality's record system.
#[derive(Clone)]
pub struct Way {
    /// Whose.
    pub municipality: MunicipalityCode,
    /// The record system.
    pub system: Arc<dyn RecordSystem>,
}

/// How often those that are due are looked for.
const SEND_EVERY: Duration = Duration::from_secs(2);

/// Puts something on its way to the record system, exactly once, in this transaction. Those of one journal arrive in
/// the order they were put.
pub fn tell(tx: &Tx<'_>, access: &Access<'_>, told: &Told) -> Result<(), Problem> {
    Ok(store::put(tx, access, told)?)
}

/// Runs until the task is dropped. Each record system has a task of its own: one that is slow keeps no other waiting.
pub async fn run(app: App, ways: Vec<Way>) {
    let mut tasks = tokio::task::JoinSet::new();
    for way in ways {
        tasks.spawn(send(app.clone(), way));
    }
    // None of them ends by itself.
    tasks.join_all().await;
}

async fn send(app: App, way: Way) {
    let mut sending = tokio::time::interval(SEND_EVERY);
    loop {
        sending.tick().await;
        match send_due(&app, &way).await {
            Ok(0) => {}
            Ok(count) => tracing::debug!(count, "told a record system"),
            Err(problem) => tracing::error!(%problem, "telling a record system failed"),
        }
    }
}
