//! Messages to people on their way: written in the transaction of the errand they tell of, taken by one worker at
//! a time, and kept with every try and every receipt. What a text may repeat is sealed. It refuses to send, to
//! forget a message that still waits, and to let an event move a message where the rules do not.

mod letters;
mod operate;

pub use letters::{Letter, keep_letter, letter_by_code};
pub use operate::{Listed, Queue, Step, list, queue, steps, sweep};

use crate::error::StoreError;
use crate::people::{self, Person};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{MandateId, NoticeId, PersonId, RequestId};
use borgerportal_domain::notices::{
    Cause, Channels, Event, Notice, NoticeKind, Right, Says, Sending, State, wait_ms,
};
use borgerportal_domain::person::Language;
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("notice", column)
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
struct Sealed {
    other: Option<String>,
    last_day: Option<String>,
    answer_by: Option<String>,
    number: Option<String>,
    items: Vec<(String, String)>,
    code: String,
    /// Danish where it was put before people had a language.
    #[serde(default)]
    language: Option<String>,
}

/// A message as its sender needs it.
#[derive(Debug)]
pub struct Message {
    /// Our name of it.
    pub id: NoticeId,
    /// Its messageUUID: the same on every try.
    pub uuid: Uuid,
    /// Who is told; nothing when nobody is known by that id.
    pub recipient: Option<Person>,
    /// What.
    pub kind: NoticeKind,
    /// About what.
    pub cause: Cause,
    /// What the text may repeat.
    pub says: Says,
    /// The code of a letter: 12 letters and digits nobody can guess.
    pub code: String,
    /// Where it is.
    pub sending: Sending,
    /// When it was put.
    pub at: Timestamp,
}

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Where the message is now.
    pub sending: Sending,
    /// False when the event changed nothing: it came late, twice or too early.
    pub changed: bool,
}

/// Puts a notice into the outbox, in the transaction of the errand it tells of. Sent soon after the commit.
pub fn put(tx: &Tx<'_>, notice: &Notice) -> Result<(), StoreError> {
    let sendings: &[Sending] = match notice.channels {
        Channels::DigitalPost => &[Sending::by_post(false)],
        Channels::LetterToo => &[Sending::by_post(true), Sending::by_letter()],
        Channels::LetterOnly => &[Sending::by_letter()],
    };
    sendings.iter().try_for_each(|sending| put_one(tx, notice, *sending))
}

fn put_one(tx: &Tx<'_>, notice: &Notice, sending: Sending) -> Result<(), StoreError> {
    let id = tx.mint();
    let message = uuid::Builder::from_random_bytes(tx.salt()).into_uuid();
    let says = &notice.says;
    let plain = serde_json::to_vec(&Sealed {
        other: says.other.clone(),
        last_day: says.last_day.map(|day| day.to_string()),
        answer_by: says.answer_by.map(|day| day.to_string()),
        number: says.number.clone(),
        items: says.items.iter().map(|one| (one.title.clone(), one.says.clone())).collect(),
        code: letters::code(tx.salt()),
        language: Some(says.language.code().to_owned()),
    })
    .map_err(|_| corrupt("sealed"))?;
    let sealed = tx.keys().seal_person(&place(id), tx.nonce(), &plain)?;
    let (request, mandate) = bytes(notice.cause);
    tx.execute(
        sql!("notices/put"),
        params![
            id.as_bytes(),
            message.as_bytes(),
            &notice.recipient.into_bytes(),
            notice.kind.code(),
            request.as_ref(),
            mandate.as_ref(),
            sending.state.code(),
            sending.letter_apart,
            tx.now().millis(),
            &sealed,
        ],
    )?;
    Ok(())
}

/// Whether this person was told this about this before.
pub fn was_told(
    tx: &Tx<'_>,
    recipient: PersonId,
    kind: NoticeKind,
    cause: Cause,
) -> Result<bool, StoreError> {
    let causes = tx.all(sql!("notices/told"), params![&recipient.into_bytes(), kind.code()], |row| {
        let (request, mandate) = (row.opt_blob(0)?, row.opt_blob(1)?);
        let (wanted_request, wanted_mandate) = bytes(cause);
        Ok(request == wanted_request.as_ref().map(<[u8; 16]>::as_slice)
            && mandate == wanted_mandate.as_ref().map(<[u8; 16]>::as_slice))
    })?;
    Ok(causes.contains(&true))
}

/// How many messages wait for a worker now.
pub fn due(tx: &Tx<'_>) -> Result<i64, StoreError> {
    let count = tx.one(sql!("notices/due"), params![tx.now().millis()], |row| row.int(0))?;
    Ok(count.unwrap_or(0))
}

/// Takes up to `most` messages that are due, oldest first. Nobody else gets them for `lease_ms`; a worker that
/// dies leaves them to the next.
pub fn claim(tx: &Tx<'_>, most: i64, lease_ms: i64) -> Result<Vec<NoticeId>, StoreError> {
    let until = tx.now().plus_millis(lease_ms).millis();
    tx.all(sql!("notices/claim"), params![until, tx.now().millis(), most], |row| {
        Ok(NoticeId::from_uuid(row.id(0)?))
    })
}

/// A message, with its recipient if that is somebody.
pub fn load(tx: &Tx<'_>, id: NoticeId) -> Result<Option<Message>, StoreError> {
    tx.one(sql!("notices/load"), params![&id.into_bytes()], |row| {
        let plain = tx.keys().open_person(&place(id.uuid()), row.blob(8)?).map_err(|_| corrupt("sealed"))?;
        let sealed: Sealed = serde_json::from_slice(&plain).map_err(|_| corrupt("sealed"))?;
        let date =
            |text: Option<String>| text.map(|text| text.parse()).transpose().map_err(|_| corrupt("sealed"));
        let id_of = |column: usize| -> Result<Option<[u8; 16]>, StoreError> {
            let bytes = row.opt_blob(column)?;
            bytes.map(|bytes| bytes.try_into().map_err(|_| corrupt("cause"))).transpose()
        };
        let language = sealed.language.as_deref().map_or(Some(Language::Danish), Language::from_code);
        Ok(Message {
            id,
            uuid: row.id(0)?,
            recipient: people::read_opt(tx, row, 9)?,
            kind: NoticeKind::from_code(row.text(1)?).ok_or(corrupt("kind"))?,
            cause: Cause {
                request: id_of(2)?.map(RequestId::from_bytes),
                mandate: id_of(3)?.map(MandateId::from_bytes),
            },
            says: Says {
                other: sealed.other,
                last_day: date(sealed.last_day)?,
                answer_by: date(sealed.answer_by)?,
                number: sealed.number,
                items: sealed.items.into_iter().map(|(title, says)| Right { title, says }).collect(),
                language: language.ok_or(corrupt("sealed"))?,
            },
            code: sealed.code,
            sending: sending(row.text(4)?, row.int(5)?, row.flag(6)?)?,
            at: Timestamp::from_millis(row.int(7)?),
        })
    })
}

/// The message with this messageUUID.
pub fn by_message(tx: &Tx<'_>, uuid: Uuid) -> Result<Option<NoticeId>, StoreError> {
    tx.one(sql!("notices/by_message"), params![uuid.as_bytes()], |row| Ok(NoticeId::from_uuid(row.id(0)?)))
}

/// Lets something happen to a message, and notes it. Returns what came of it; nothing when there is no such message. `why` is a code for operators.
pub fn happen(tx: &Tx<'_>, id: NoticeId, event: Event, why: &str) -> Result<Option<Outcome>, StoreError> {
    let bytes = id.into_bytes();
    let before = tx.one(sql!("notices/sending"), params![&bytes], |row| {
        sending(row.text(0)?, row.int(1)?, row.flag(2)?)
    })?;
    let Some(before) = before else { return Ok(None) };
    // An event that changes nothing is noted all the same: repeated receipts are the operator's to see.
    tx.execute(sql!("notices/step"), params![&bytes, tx.now().millis(), event_code(event), why])?;
    let Ok(after) = before.on(event) else { return Ok(Some(Outcome { sending: before, changed: false })) };
    let next = after.state.is_waiting().then(|| {
        let [a, b, ..] = tx.salt();
        let jitter = u32::from(u16::from_be_bytes([a, b]));
        let wait = if after.attempts == 0 { 0 } else { wait_ms(after.attempts, jitter) };
        tx.now().plus_millis(wait).millis()
    });
    tx.execute(
        sql!("notices/move"),
        params![&bytes, after.state.code(), i64::from(after.attempts), tx.now().millis(), next],
    )?;
    Ok(Some(Outcome { sending: after, changed: true }))
}

const fn event_code(event: Event) -> &'static str {
    match event {
        Event::Taken => "taken",
        Event::NotEnrolled => "not_enrolled",
        Event::Failed => "failed",
        Event::Refused => "refused",
        Event::ReceiptDelivered => "receipt_delivered",
        Event::ReceiptRejected => "receipt_rejected",
        Event::Spooled => "spooled",
        Event::CameBack => "came_back",
        Event::TryAgain => "try_again",
        Event::Drop => "drop",
    }
}

fn sending(state: &str, attempts: i64, letter_apart: bool) -> Result<Sending, StoreError> {
    let state = State::from_code(state).ok_or(corrupt("state"))?;
    let attempts = u32::try_from(attempts).map_err(|_| corrupt("attempts"))?;
    Ok(Sending { state, attempts, letter_apart })
}

/// What the seal of a message is bound to: never the place of a person's.
fn place(id: Uuid) -> Vec<u8> {
    [b"notice".as_slice(), id.as_bytes()].concat()
}

fn bytes(cause: Cause) -> (Option<[u8; 16]>, Option<[u8; 16]>) {
    (cause.request.map(RequestId::into_bytes), cause.mandate.map(MandateId::into_bytes))
}
