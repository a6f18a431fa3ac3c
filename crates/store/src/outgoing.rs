//! What is told to record systems: written in the transaction of the errand it tells of, taken by one worker at a
//! time, those of one journal in their order, and kept with every try and every answer. The FHIR transaction is sealed
//! under the journal's key and forgotten once it has arrived; the rest is kept as long as the journal. It refuses to send, and to
//! believe an answer about another journal than the one it came for.

mod operate;

pub use operate::{Listed, Queue, list, queue};

use crate::access::Access;
use crate::error::{Conflict, StoreError};
use crate::keys::Aads;
use crate::record::{self, Writing, column};
use crate::tx::Tx;
use crate::{params, sessions, sql};
use borgerportal_domain::ids::{OutgoingId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::notices::wait_ms;
use borgerportal_domain::outgoing::{Event, OutgoingKind, OutgoingState, Progress, Sending, State};
use borgerportal_domain::time::Timestamp;
use zeroize::Zeroizing;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("outgoing", column)
}

/// What to tell.
#[derive(Clone)]
pub struct Told {
    /// The name under which the record system will know it: new for every errand.
    pub id: OutgoingId,
    /// What it is.
    pub kind: OutgoingKind,
    /// A FHIR Bundle of type transaction, in JSON.
    pub resource: Vec<u8>,
}

/// One of them as its sender needs it.
pub struct Message {
    /// Its name.
    pub id: OutgoingId,
    /// What it is.
    pub kind: OutgoingKind,
    /// The FHIR transaction, and the journal whose files it may name; nothing when it is gone, with its journal's key or
    /// because it has arrived.
    pub resource: Option<(Zeroizing<Vec<u8>>, Writing)>,
    /// Where it is.
    pub sending: Sending,
}

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Where it is now.
    pub sending: Sending,
    /// False when the event changed nothing: it came late, twice or too early.
    pub changed: bool,
}

/// What the record system says became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// About which.
    pub id: OutgoingId,
    /// How far it has come.
    pub progress: Progress,
    /// Why, as a code; empty when it said none.
    pub reason: String,
    /// When it said so.
    pub at: Timestamp,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// How far the record system says it has come; nothing for what only operators need to know.
    pub progress: Option<Progress>,
    /// Whether this is when it arrived there.
    pub arrived: bool,
    /// A code.
    pub why: String,
}

/// Puts it on its way, in the transaction of the errand it tells of. Sent soon after the commit, after those of this
/// journal that were put before.
pub fn put(tx: &Tx<'_>, access: &Access<'_>, told: &Told) -> Result<(), StoreError> {
    let (municipality, citizen) = access.place();
    let sealed = access.key().seal(&aad(municipality, &citizen, told.id), tx.nonce(), &told.resource)?;
    let (id, state) = (told.id.into_bytes(), Sending::NEW.state.code());
    let values = params![municipality, &citizen, &id, told.kind.code(), state, tx.now().millis(), &sealed];
    match tx.execute(sql!("outgoing/put"), values) {
        // Another errand took the same number at the same moment: run again, this one gets the next.
        Err(StoreError::Conflict(Conflict::Taken)) => Err(StoreError::Conflict(Conflict::Busy)),
        put => put.map(|_| ()),
    }
}

/// Where one of this journal's is; nothing when there is none of that name.
pub fn state(tx: &Tx<'_>, access: &Access<'_>, id: OutgoingId) -> Result<Option<OutgoingState>, StoreError> {
    let (municipality, citizen) = access.place();
    tx.one(sql!("outgoing/state"), params![municipality, &citizen, &id.into_bytes()], |row| {
        let at = Timestamp::from_millis(row.int(1)?);
        Ok(match State::from_code(row.text(0)?).ok_or(corrupt("state"))? {
            State::Waiting => OutgoingState::Waiting,
            State::Delivered => OutgoingState::Delivered { at },
            State::Refused => OutgoingState::Refused { at, reason: row.text(2)?.to_owned() },
            State::GivenUp => OutgoingState::GivenUp { at },
        })
    })
}

/// What happened to one of this journal's, in order.
pub fn steps(tx: &Tx<'_>, access: &Access<'_>, id: OutgoingId) -> Result<Vec<Step>, StoreError> {
    let (municipality, citizen) = access.place();
    tx.all(sql!("outgoing/steps"), params![municipality, &citizen, &id.into_bytes()], |row| {
        Ok(Step {
            at: Timestamp::from_millis(row.int(0)?),
            progress: Progress::from_code(row.text(1)?),
            arrived: row.text(1)? == event_code(Event::Taken),
            why: row.text(2)?.to_owned(),
        })
    })
}

/// How many of this municipality wait for a worker now.
pub fn due(tx: &Tx<'_>, municipality: MunicipalityCode) -> Result<i64, StoreError> {
    let values = params![i64::from(municipality.number()), tx.now().millis()];
    Ok(tx.one(sql!("outgoing/due"), values, |row| row.int(0))?.unwrap_or(0))
}

/// Takes up to `most` of this municipality that are due, of each journal the first that waits. Nobody else gets them
/// for `lease_ms`; a worker that dies leaves them to the next.
pub fn claim(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    most: i64,
    lease_ms: i64,
) -> Result<Vec<OutgoingId>, StoreError> {
    let until = tx.now().plus_millis(lease_ms).millis();
    let values = params![until, i64::from(municipality.number()), tx.now().millis(), most];
    tx.all(sql!("outgoing/claim"), values, |row| Ok(OutgoingId::from_uuid(row.id(0)?)))
}

/// One of them, opened for its sender.
pub fn load(tx: &Tx<'_>, id: OutgoingId) -> Result<Option<Message>, StoreError> {
    tx.one(sql!("outgoing/load"), params![&id.into_bytes()], |row| {
        let journal = journal(tx, row.int(0)?, PersonId::from_uuid(row.id(1)?))?;
        let resource = match journal.zip(row.opt_blob(5)?) {
            Some((journal, sealed)) => {
                let aad = aad(row.int(0)?, &journal.citizen.into_bytes(), id);
                Some((journal.key.open(&aad, sealed).ok_or(corrupt("sealed"))?, journal))
            }
            None => None,
        };
        Ok(Message {
            id,
            kind: OutgoingKind::from_code(row.text(2)?).ok_or(corrupt("kind"))?,
            resource,
            sending: sending(row.text(3)?, row.int(4)?)?,
        })
    })
}

/// Lets something happen to one, and notes it. Returns what came of it; nothing when there is none of that name.
/// `why` is a code.
pub fn happen(tx: &Tx<'_>, id: OutgoingId, event: Event, why: &str) -> Result<Option<Outcome>, StoreError> {
    let Some(place) = place(tx, id)? else { return Ok(None) };
    let step = Happened { event, code: event_code(event), why, at: tx.now() };
    note(tx, &place, &step).map(Some)
}

/// Notes what the record system says became of one that this journal told it. Nothing when this journal told none of
/// that name.
pub fn answered(tx: &Tx<'_>, journal: &Writing, answer: &Answer) -> Result<Option<Outcome>, StoreError> {
    let owner = (i64::from(journal.municipality.number()), journal.citizen.into_bytes());
    let place = place(tx, answer.id)?.filter(|place| (place.municipality, place.citizen) == owner);
    let Some(place) = place else { return Ok(None) };
    let (event, code) = (answer.progress.event(), answer.progress.code());
    note(tx, &place, &Happened { event, code, why: &answer.reason, at: answer.at }).map(Some)
}

/// Where one stands.
struct Place {
    id: [u8; 16],
    municipality: i64,
    citizen: [u8; 16],
    sending: Sending,
}

/// What happened, and the word it is noted by.
struct Happened<'a> {
    event: Event,
    code: &'a str,
    why: &'a str,
    at: Timestamp,
}

fn place(tx: &Tx<'_>, id: OutgoingId) -> Result<Option<Place>, StoreError> {
    tx.one(sql!("outgoing/sending"), params![&id.into_bytes()], |row| {
        Ok(Place {
            id: id.into_bytes(),
            municipality: row.int(0)?,
            citizen: *row.id(1)?.as_bytes(),
            sending: sending(row.text(2)?, row.int(3)?)?,
        })
    })
}

fn note(tx: &Tx<'_>, place: &Place, happened: &Happened<'_>) -> Result<Outcome, StoreError> {
    // An event that changes nothing is noted all the same: answers that repeat themselves are the operator's to see.
    tx.execute(
        sql!("outgoing/step"),
        params![
            place.municipality,
            &place.citizen,
            &place.id,
            happened.at.millis(),
            happened.code,
            happened.why
        ],
    )?;
    let before = place.sending;
    let Ok(after) = before.on(happened.event) else {
        return Ok(Outcome { sending: before, changed: false });
    };
    let next = (after.state == State::Waiting).then(|| {
        let [a, b, ..] = tx.salt();
        let jitter = u32::from(u16::from_be_bytes([a, b]));
        let wait = if after.attempts == 0 { 0 } else { wait_ms(after.attempts, jitter) };
        tx.now().plus_millis(wait).millis()
    });
    // What was never taken is kept for another try; what is there is theirs.
    let keep = matches!(after.state, State::Waiting | State::GivenUp);
    tx.execute(
        sql!("outgoing/move"),
        params![
            &place.id,
            after.state.code(),
            i64::from(after.attempts),
            happened.why,
            happened.at.millis(),
            next,
            keep,
        ],
    )?;
    Ok(Outcome { sending: after, changed: true })
}

const fn event_code(event: Event) -> &'static str {
    match event {
        Event::Taken => "taken",
        Event::Failed => "no_answer",
        Event::Unusable => "unusable",
        // Answers are noted by their own words.
        Event::Accepted => "answered",
        Event::Rejected => "refused",
        Event::TryAgain => "try_again",
    }
}

fn sending(state: &str, attempts: i64) -> Result<Sending, StoreError> {
    let state = State::from_code(state).ok_or(corrupt("state"))?;
    let attempts = u32::try_from(attempts).map_err(|_| corrupt("attempts"))?;
    Ok(Sending { state, attempts })
}

/// The journal a row belongs to; nothing when its key is gone.
fn journal(tx: &Tx<'_>, municipality: i64, citizen: PersonId) -> Result<Option<Writing>, StoreError> {
    let code = sessions::municipality(municipality).ok_or(corrupt("municipality"))?;
    record::open_known(tx, code, citizen)
}

fn aad(municipality: i64, citizen: &[u8; 16], id: OutgoingId) -> Aads {
    Aads::new(municipality, citizen, &id.into_bytes(), column::OUTGOING, 0)
}
