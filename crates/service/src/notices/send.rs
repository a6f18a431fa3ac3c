//! One round of the outbox, and one of receipts. Partners are called outside any transaction; what came of it is
//! written afterwards, one message at a time. A round that is cut off anywhere leaves every message either done or
//! due again, and a message that is sent again is the same message.

use super::{Post, letter, memo};
use crate::app::App;
use crate::problem::Problem;
use crate::rounds;
use borgerportal_domain::ids::NoticeId;
use borgerportal_domain::mandates::RequestStanding;
use borgerportal_domain::notices::{Event, State};
use borgerportal_partners::{Envelope, PartnerError, ReceiptOutcome};
use borgerportal_store::mandates::requests;
use borgerportal_store::notices::{self as store, Message};
use borgerportal_store::tx::Tx;
use std::collections::HashSet;

/// Receipts asked for at once.
const MOST_RECEIPTS: usize = 100;

/// What came of a try: what happened, why, and the letter that was printed.
struct Tried {
    event: Event,
    why: &'static str,
    printed: Option<(String, i64, [u8; 32])>,
}

impl Tried {
    const fn new(event: Event, why: &'static str) -> Self {
        Self { event, why, printed: None }
    }
}

/// Sends what is due, until nothing is. Returns how many messages something happened to.
pub async fn send_due(app: &App, post: &Post) -> Result<u64, Problem> {
    let (node, to) = (app.clone(), post.clone());
    let send = move |id| one(node.clone(), to.clone(), id);
    rounds::until_none_is_due(app, (store::due, store::claim), send).await
}

async fn one(app: App, post: Post, id: NoticeId) -> Result<(), Problem> {
    let Some(found) = app.read(move |tx| Found::load(tx, id)).await? else { return Ok(()) };
    let tried = match (found.drop_because(), found.message.sending.state) {
        (Some(why), _) => Tried::new(Event::Drop, why),
        (None, State::Queued) => by_digital_post(&post, &found.message).await,
        (None, State::LetterQueued) => by_letter(&post, found).await,
        // Something has happened since it was taken, a receipt perhaps.
        (
            None,
            State::Accepted
            | State::Delivered
            | State::Rejected
            | State::GivenUp
            | State::Printed
            | State::Returned
            | State::LetterGivenUp
            | State::Dropped,
        ) => return Ok(()),
    };
    mark(&app, id, tried).await
}

/// A message, with what the request it brings says now.
struct Found {
    message: Message,
    /// The address that the requester typed in place of a number.
    typed: Option<Envelope>,
    /// There is nothing to answer any more.
    is_over: bool,
}

impl Found {
    fn load(tx: &Tx<'_>, id: NoticeId) -> Result<Option<Self>, Problem> {
        let Some(message) = store::load(tx, id)? else { return Ok(None) };
        let request = message.cause.request.filter(|_| message.kind.is_to_the_asked());
        let request = request.map(|id| requests::load(tx, id)).transpose()?.flatten();
        let waits = |kept: &requests::Kept| kept.request.standing(tx.now()) == RequestStanding::Waiting;
        let is_over = message.kind.brings_request() && request.as_ref().is_some_and(|kept| !waits(kept));
        let typed = request.and_then(|kept| letter::typed(&kept.named));
        Ok(Some(Self { message, typed, is_over }))
    }

    /// Why nobody is to be told, if so.
    fn drop_because(&self) -> Option<&'static str> {
        match &self.message.recipient {
            _ if self.is_over => Some("request.over"),
            Some(person) if person.facts.is_dead() => Some("recipient.dead"),
            None if self.typed.is_none() => Some("recipient.unknown"),
            Some(_) | None => None,
        }
    }
}

async fn mark(app: &App, id: NoticeId, tried: Tried) -> Result<(), Problem> {
    let Tried { event, why, printed } = tried;
    let given_up = rounds::mark(app, move |tx| {
        if let Some((code, pages, sha256)) = &printed {
            store::keep_letter(tx, id, code, *pages, sha256)?;
        }
        let after = store::happen(tx, id, event, why)?;
        Ok(after.is_some_and(|after| after.changed && after.sending.state.is_dead()))
    });
    if given_up.await? {
        tracing::error!(notice = %id, why, "given up: see `borgerportal notices list --dead`");
    }
    Ok(())
}

async fn by_digital_post(post: &Post, message: &Message) -> Tried {
    let Some(recipient) = &message.recipient else {
        return Tried::new(Event::NotEnrolled, "recipient.by_address");
    };
    match post.digital.is_enrolled(&recipient.cpr).await {
        Err(error) => return failed(&error),
        Ok(false) => return Tried::new(Event::NotEnrolled, "post.not_enrolled"),
        Ok(true) => {}
    }
    let bytes = match memo::write(message, post) {
        Ok(bytes) => bytes,
        Err(why) => return Tried::new(Event::Refused, why),
    };
    match post.digital.send(message.uuid, bytes).await {
        Ok(()) => Tried::new(Event::Taken, "post.taken"),
        // It read the message and will not have it. Who we are, and how much we send, are not about the message.
        Err(PartnerError::Refused { status: 400 | 413 | 415 | 422, .. }) => {
            Tried::new(Event::Refused, "post.refused")
        }
        Err(error) => failed(&error),
    }
}

async fn by_letter(post: &Post, Found { message, typed, .. }: Found) -> Tried {
    let envelope = match &message.recipient {
        Some(person) => post.addresses.envelope_of(&person.cpr).await,
        None => Ok(typed),
    };
    let envelope = match envelope {
        Err(error) => return failed(&error),
        Ok(None) => return Tried::new(Event::Refused, "letter.no_address"),
        Ok(Some(envelope)) => envelope,
    };
    // A letter takes many milliseconds to set: not on a thread that others wait for.
    let house = post.clone();
    let set = tokio::task::spawn_blocking(move || letter::write(&message, &envelope, &house)).await;
    let (manifest, sha256, pdf) = match set {
        Ok(Ok(letter)) => letter,
        Ok(Err(why)) => return Tried::new(Event::Refused, why),
        Err(_) => return Tried::new(Event::Refused, "letter.panicked"),
    };
    let printed = Some((manifest.code.clone(), i64::from(manifest.pages), sha256));
    match post.print.put(manifest, pdf).await {
        Ok(()) => Tried { event: Event::Spooled, why: "letter.spooled", printed },
        Err(error) => failed(&error),
    }
}

/// No answer that says what became of it: it is tried again under the same UUID.
fn failed(error: &PartnerError) -> Tried {
    Tried::new(Event::Failed, error.code())
}

/// Keeps the receipts that wait. A receipt is taken away only when it is on disk here, so one may come twice; the
/// second changes nothing. Those that do not read stay where they are, behind them is gone on. Returns how many.
pub async fn keep_receipts(app: &App, post: &Post) -> Result<u64, Problem> {
    let mut kept = 0;
    let mut unread = HashSet::new();
    loop {
        // What was kept is gone from the list: what stands before the next ones are those that do not read.
        let page = unread.len() / MOST_RECEIPTS;
        let names = post.digital.waiting_receipts(page, MOST_RECEIPTS).await.map_err(away)?;
        let is_last = names.len() < MOST_RECEIPTS;
        let new: Vec<String> = names.into_iter().filter(|name| !unread.contains(name)).collect();
        if new.is_empty() {
            break;
        }
        for name in new {
            if keep_receipt(app, post, &name).await? {
                kept += 1;
            } else {
                unread.insert(name);
            }
        }
        if is_last {
            break;
        }
    }
    if !unread.is_empty() {
        tracing::error!(receipts = unread.len(), "receipts that do not read are left where they lie");
    }
    Ok(kept)
}

fn away(error: PartnerError) -> Problem {
    Problem::Away(error.partner().name())
}

/// Keeps one receipt and takes it away. False when it does not read.
async fn keep_receipt(app: &App, post: &Post, name: &str) -> Result<bool, Problem> {
    let receipt = match post.digital.receipt(name).await {
        Ok(receipt) => receipt,
        Err(error) if error.retry_helps() => return Err(away(error)),
        Err(_) => return Ok(false),
    };
    let event = match receipt.outcome {
        ReceiptOutcome::Delivered => Some(Event::ReceiptDelivered),
        ReceiptOutcome::Rejected => Some(Event::ReceiptRejected),
        ReceiptOutcome::Other => None,
    };
    if let Some(event) = event {
        let why = if receipt.code.is_empty() { "receipt".to_owned() } else { receipt.code };
        let uuid = receipt.message;
        app.write(move |tx| match store::by_message(tx, uuid)? {
            Some(id) => Ok(store::happen(tx, id, event, &why)?.is_some()),
            None => Ok(false),
        })
        .await?;
    }
    post.digital.take_receipt(name).await.map_err(away)?;
    Ok(true)
}
