//! "Nyt til dig": requests that wait for the citizen's answer, decisions about which there is still time to complain,
//! threads with something unread or without an answer, and the newest documents. It refuses to look into an area that the
//! reader's right does not cover, and to show any of it twice: a message stands in its thread, not among the documents.

use crate::access::{Granted, settings};
use crate::documents::{self, Filter, Page};
use crate::grants::{self, Running};
use crate::mandates;
use crate::messages::{self, Thread};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::ids::RequestId;
use borgerportal_domain::mandates::RequestStanding;
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::Timestamp;
use borgerportal_store::tx::Tx;
use std::cmp::Reverse;

/// Rows that documents fill the list to.
const ROWS: usize = 5;
/// Documents where the list is full without them.
const FEW_DOCUMENTS: usize = 2;
/// Requests at most.
const ASKED: usize = 3;
/// Decisions at most.
const RUNNING: usize = 2;
/// Threads at most: with something unread, and without an answer.
const THREADS: (usize, usize) = (3, 2);

/// Somebody asks the citizen for a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which request.
    pub id: RequestId,
    /// Who asks.
    pub name: PersonName,
    /// The instant it lapses.
    pub answer_by: Timestamp,
}

/// Something that has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum New {
    /// A thread with something that this reader has not opened.
    Thread(Thread),
    /// A document.
    Document(documents::Row),
}

impl New {
    fn at(&self) -> Option<Timestamp> {
        match self {
            Self::Thread(thread) => thread.last().map(|last| last.place.sort_at),
            Self::Document(row) => Some(row.place.sort_at),
        }
    }
}

/// What is new or waits, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latest {
    /// Requests that wait for an answer, the oldest first; for the citizen alone.
    pub asked: Vec<Asked>,
    /// Decisions about which this reader can still complain, the shortest time first.
    pub running: Vec<Running>,
    /// What has come, the newest first.
    pub new: Vec<New>,
    /// Threads without an answer, the last touched first.
    pub waiting: Vec<Thread>,
    /// How many messages this reader has not opened, in all threads.
    pub unread: usize,
}

/// Loads what this reader may read of it; nothing where there is nothing they may.
pub(super) fn load(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    reads: PrivilegeSet,
) -> Result<Option<Latest>, Problem> {
    let areas = [Privilege::ReadDocuments, Privilege::ReadMessages, Privilege::ReadGrants];
    let [documents, messages, grants] = areas.map(|area| reads.contains(area));
    let asked = asked(tx, places, granted)?;
    if asked.is_empty() && !(documents || messages || grants) {
        return Ok(None);
    }
    let running = if grants { grants::running(tx, places, granted, RUNNING)? } else { Vec::new() };
    let threads =
        if messages { messages::latest(tx, places, granted, THREADS)? } else { messages::Latest::default() };
    let mut new: Vec<New> = threads.new.into_iter().map(New::Thread).collect();
    if documents {
        let taken = asked.len() + running.len() + new.len() + threads.waiting.len();
        let most = ROWS.saturating_sub(taken).max(FEW_DOCUMENTS);
        let list = documents::rows(tx, places, granted, (&filter(messages), Page::First), most)?;
        new.extend(list.rows.into_iter().map(New::Document));
        new.sort_by_key(|one| Reverse(one.at()));
    }
    Ok(Some(Latest { asked, running, new, waiting: threads.waiting, unread: threads.unread }))
}

/// Every document; without messages where these stand as threads.
fn filter(as_threads: bool) -> Filter {
    let kinds = DocumentType::ALL.iter().copied().filter(|kind| *kind != DocumentType::Message);
    Filter { kinds: if as_threads { kinds.collect() } else { Vec::new() }, ..Filter::default() }
}

/// Requests that wait for the citizen, where mandates are given here. Nobody else hears of them.
fn asked(tx: &Tx<'_>, places: &Municipalities, granted: &Granted<'_>) -> Result<Vec<Asked>, Problem> {
    let ours = settings(places, granted)?.policy().mandate_source.takes_own();
    if !ours || !granted.basis().is_own() {
        return Ok(Vec::new());
    }
    let open = mandates::open_to(tx, &granted.loaded.actor)?.into_iter();
    let waiting = open.filter(|(kept, _)| kept.request.standing(tx.now()) == RequestStanding::Waiting);
    let waiting = waiting.take(ASKED);
    Ok(waiting.map(|(kept, who)| Asked { id: kept.id, name: who.name, answer_by: kept.answer_by }).collect())
}
