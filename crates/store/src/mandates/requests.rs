//! Requests: what was asked never changes, its state does, and every change leaves a link in the chain under the
//! request's own id. The other person is kept as typed, sealed; who was found stands apart and is told to nobody.

use super::chain::Link;
use super::drafts::SealedName;
use super::{chain, evidence, opt_id, seal};
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{from_hex, to_hex};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{EvidenceId, MandateId, PackageVersionId, PersonId, RequestId};
use borgerportal_domain::mandates::{Agreed, Named, Request, RequestAnnulReason, RequestEvent, RequestState};
use borgerportal_domain::time::Timestamp;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("mandate_request", column)
}

/// A request as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name.
    pub id: RequestId,
    /// Who asks whom for what, and what has become of it.
    pub request: Request,
    /// The other person as typed.
    pub named: Named,
    /// A letter is sent, too.
    pub by_letter: bool,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The first deadline; a paper that lacked something may have moved the one in `request`.
    pub answer_by: Timestamp,
    /// What the requester signed.
    pub evidence: EvidenceId,
}

impl Kept {
    /// The code of what has become of it.
    pub(crate) fn state(&self) -> &'static str {
        Columns::of(&self.request.state).code
    }
}

/// The keyed hash of whom a requester named.
#[must_use]
pub fn addressee(tx: &Tx<'_>, named: &Named) -> [u8; 32] {
    tx.keys().keyed_hash(b"addressee", named.addressee().as_bytes())
}

/// Keeps a request that was just sent.
pub fn send(tx: &Tx<'_>, kept: &Kept) -> Result<(), StoreError> {
    let plain = serde_json::to_vec(&SealedName::of(&kept.named)).map_err(|_| corrupt("named"))?;
    let named = seal::close(tx, "mandate_request", kept.id.uuid(), &plain)?;
    let request = &kept.request;
    let target = request.target.map(PersonId::into_bytes);
    let state = Columns::of(&request.state);
    tx.execute(
        sql!("mandates/send_request"),
        params![
            &kept.id.into_bytes(),
            &request.requester.into_bytes(),
            target.as_ref(),
            &request.addressee,
            &named,
            &items(&request.wanted),
            &request.wanted.last_day.to_string(),
            kept.by_letter,
            kept.sent_at.millis(),
            state.answer_by.unwrap_or(kept.answer_by.millis()),
            state.code,
            &kept.evidence.into_bytes(),
        ],
    )?;
    let says = format!("{} {}", kept.answer_by.millis(), sent(tx, kept)?);
    chain::append(tx, kept.id.into_bytes(), (chain::SENT, request.requester), None, &says)
}

/// What was asked, as a hash.
fn sent(tx: &Tx<'_>, kept: &Kept) -> Result<String, StoreError> {
    let (wanted, evidence) = (&kept.request.wanted, evidence::hash_of(tx, kept.evidence)?);
    let requester = kept.request.requester.into_bytes();
    let rest = format!("{} {} {}", wanted.last_day, kept.by_letter, kept.sent_at.millis());
    let says: [&[u8]; 5] = [
        &requester,
        &kept.request.addressee,
        &items(wanted),
        rest.as_bytes(),
        evidence.as_ref().map_or(&[], |hash| hash),
    ];
    Ok(chain::mark(tx, b"mandate request", &says))
}

/// Whether this request is the one that its first link was made for.
pub(super) fn was_sent(tx: &Tx<'_>, kept: &Kept, says: &str) -> Result<bool, StoreError> {
    let said = says.split_once(' ').map(|(_, hash)| hash);
    Ok(said == Some(sent(tx, kept)?.as_str()))
}

/// The request again from what was sent and everything that happened since; nothing where that could not happen. How
/// far a yes went stands in the mandate that came of it.
pub(super) fn replay(kept: &Kept, links: &[Link]) -> Option<Request> {
    let (first, rest) = links.split_first()?;
    let answer_by = Timestamp::from_millis(first.detail.split_once(' ')?.0.parse().ok()?);
    let begun = Request { state: RequestState::Waiting { answer_by }, ..kept.request.clone() };
    rest.iter().try_fold(begun, |request, link| {
        let event = event(&request, link)?;
        request.after(&event, link.at).ok()
    })
}

fn event(request: &Request, link: &Link) -> Option<RequestEvent> {
    let (by, agreed) = (link.actor, request.wanted.clone());
    let mandate = || MandateId::parse(&link.detail).ok();
    Some(match link.event.as_str() {
        "approve" => RequestEvent::Approve { by, agreed, mandate: mandate()? },
        "decline" => RequestEvent::Decline { by },
        "withdraw" => RequestEvent::Withdraw { by },
        "lapse" => RequestEvent::Lapse,
        "letter_returned" => RequestEvent::LetterReturned { registrar: by },
        "register" => {
            RequestEvent::Register { registrar: by, giver: request.target?, agreed, mandate: mandate()? }
        }
        "decline_on_paper" => RequestEvent::DeclineOnPaper { registrar: by, scan: scan(&link.detail)? },
        "deficient" => RequestEvent::Deficient {
            registrar: by,
            answer_by: Timestamp::from_millis(link.detail.parse().ok()?),
        },
        "annul" => RequestEvent::Annul { reason: RequestAnnulReason::from_code(&link.detail)? },
        _ => return None,
    })
}

fn scan(hex: &str) -> Option<[u8; 32]> {
    from_hex(hex).ok()?.as_slice().try_into().ok()
}

/// Writes what an event has made of a request, and one link.
pub fn record(tx: &Tx<'_>, id: RequestId, after: &Request, event: &RequestEvent) -> Result<(), StoreError> {
    let state = Columns::of(&after.state);
    let target = after.target.map(PersonId::into_bytes);
    let mandate = state.mandate.map(MandateId::into_bytes);
    tx.execute(
        sql!("mandates/set_request_state"),
        params![
            &id.into_bytes(),
            state.code,
            state.at,
            state.reason,
            mandate.as_ref(),
            state.answer_by,
            target.as_ref(),
        ],
    )?;
    let (actor, detail) = match event {
        RequestEvent::Approve { by, mandate, .. } => (*by, mandate.to_string()),
        RequestEvent::Decline { by } | RequestEvent::Withdraw { by } => (*by, String::new()),
        RequestEvent::LetterReturned { registrar } => (*registrar, String::new()),
        RequestEvent::Register { registrar, mandate, .. } => (*registrar, mandate.to_string()),
        RequestEvent::DeclineOnPaper { registrar, scan } => (*registrar, to_hex(scan)),
        RequestEvent::Deficient { registrar, answer_by } => (*registrar, answer_by.millis().to_string()),
        RequestEvent::Lapse => (chain::NOBODY, String::new()),
        RequestEvent::Annul { reason } => (chain::NOBODY, reason.code().to_owned()),
    };
    chain::append(tx, id.into_bytes(), (event.code(), actor), None, &detail)
}

/// One request.
pub fn load(tx: &Tx<'_>, id: RequestId) -> Result<Option<Kept>, StoreError> {
    tx.one(sql!("mandates/request"), params![&id.into_bytes()], |row| read(tx, row))
}

/// All that this person sent, the newest first.
pub fn of_requester(tx: &Tx<'_>, person: PersonId) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("mandates/requests_sent"), params![&person.into_bytes()], |row| read(tx, row))
}

/// Those to this person that are not answered: waiting or being registered, the oldest first.
pub fn open_to(tx: &Tx<'_>, person: PersonId) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("mandates/requests_to"), params![&person.into_bytes()], |row| read(tx, row))
}

/// All that were ever sent to this person, the oldest first.
pub(crate) fn all_to(tx: &Tx<'_>, person: PersonId) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("leaving/requests"), params![&person.into_bytes()], |row| read(tx, row))
}

/// The same without whom they were typed for: no seal is opened, so that asking somebody takes no longer than asking
/// nobody.
pub fn standing_to(tx: &Tx<'_>, person: PersonId) -> Result<Vec<Request>, StoreError> {
    tx.all(sql!("mandates/requests_to"), params![&person.into_bytes()], request)
}

/// What waits for somebody who was known by a number alone waits for whose number it is now. Nothing that was asked
/// or signed changes. Returns how many.
pub fn readdress(tx: &Tx<'_>, from: PersonId, to: PersonId) -> Result<u64, StoreError> {
    tx.execute(sql!("mandates/readdress_requests"), params![&from.into_bytes(), &to.into_bytes()])
}

/// Waiting requests whose deadline has passed, at most so many, the oldest first.
pub fn past_deadline(tx: &Tx<'_>, most: i64) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("mandates/requests_past"), params![tx.now().millis(), most], |row| read(tx, row))
}

/// Waiting requests with a letter, at most so many: those sent after this instant and request, up to this instant,
/// in that order.
pub fn waiting_with_letter(
    tx: &Tx<'_>,
    (from, until): ((Timestamp, RequestId), Timestamp),
    most: i64,
) -> Result<Vec<Kept>, StoreError> {
    let after = from.1.into_bytes();
    let values = params![from.0.millis(), &after, until.millis(), tx.now().millis(), most];
    tx.all(sql!("mandates/requests_with_letter"), values, |row| read(tx, row))
}

fn items(wanted: &Agreed) -> Vec<u8> {
    wanted.items.iter().flat_map(|item| item.into_bytes()).collect()
}

struct Columns {
    code: &'static str,
    at: Option<i64>,
    reason: Option<&'static str>,
    mandate: Option<MandateId>,
    answer_by: Option<i64>,
}

impl Columns {
    fn of(state: &RequestState) -> Self {
        let (code, at) = match state {
            RequestState::Waiting { .. } => ("waiting", None),
            RequestState::ToRegister { received_at } => ("to_register", Some(*received_at)),
            RequestState::Approved { at, .. } => ("approved", Some(*at)),
            RequestState::Declined { at } => ("declined", Some(*at)),
            RequestState::Withdrawn { at } => ("withdrawn", Some(*at)),
            RequestState::Lapsed { at } => ("lapsed", Some(*at)),
            RequestState::Annulled { at, .. } => ("annulled", Some(*at)),
        };
        let mut columns =
            Self { code, at: at.map(Timestamp::millis), reason: None, mandate: None, answer_by: None };
        match state {
            RequestState::Waiting { answer_by } => columns.answer_by = Some(answer_by.millis()),
            RequestState::Approved { mandate, .. } => columns.mandate = Some(*mandate),
            RequestState::Annulled { reason, .. } => columns.reason = Some(reason.code()),
            RequestState::ToRegister { .. }
            | RequestState::Declined { .. }
            | RequestState::Withdrawn { .. }
            | RequestState::Lapsed { .. } => {}
        }
        columns
    }
}

fn state(row: &Row<'_>, answer_by: Timestamp) -> Result<RequestState, StoreError> {
    let at = || row.opt_int(11)?.map(Timestamp::from_millis).ok_or(corrupt("state_at"));
    Ok(match row.text(10)? {
        "waiting" => RequestState::Waiting { answer_by },
        "to_register" => RequestState::ToRegister { received_at: at()? },
        "approved" => RequestState::Approved {
            at: at()?,
            mandate: opt_id(row, 13)?.map(MandateId::from_bytes).ok_or(corrupt("mandate"))?,
        },
        "declined" => RequestState::Declined { at: at()? },
        "withdrawn" => RequestState::Withdrawn { at: at()? },
        "lapsed" => RequestState::Lapsed { at: at()? },
        "annulled" => RequestState::Annulled {
            at: at()?,
            reason: RequestAnnulReason::from_code(row.text(12)?).ok_or(corrupt("reason"))?,
        },
        _ => return Err(corrupt("state")),
    })
}

/// What the rules look at, of columns `id, requester, target, addressee, named, items, last_day, by_letter, sent_at,
/// answer_by, state, state_at, reason, mandate`. It opens no seal.
fn request(row: &Row<'_>) -> Result<Request, StoreError> {
    let version =
        |bytes: &[u8]| bytes.try_into().map(PackageVersionId::from_bytes).map_err(|_| corrupt("items"));
    Ok(Request {
        requester: PersonId::from_uuid(row.id(1)?),
        target: opt_id(row, 2)?.map(PersonId::from_bytes),
        addressee: row.blob(3)?.try_into().map_err(|_| corrupt("addressee"))?,
        wanted: Agreed {
            items: row.blob(5)?.chunks(16).map(version).collect::<Result<_, _>>()?,
            last_day: row.text(6)?.parse().map_err(|_| corrupt("last_day"))?,
        },
        state: state(row, answer_by(row)?)?,
    })
}

fn answer_by(row: &Row<'_>) -> Result<Timestamp, StoreError> {
    Ok(Timestamp::from_millis(row.int(9)?))
}

pub(super) fn read(tx: &Tx<'_>, row: &Row<'_>) -> Result<Kept, StoreError> {
    let id = RequestId::from_uuid(row.id(0)?);
    let plain = seal::open(tx, "mandate_request", id.uuid(), row.blob(4)?)?;
    let named: SealedName = serde_json::from_slice(&plain).map_err(|_| corrupt("named"))?;
    Ok(Kept {
        id,
        request: request(row)?,
        named: named.open().ok_or(corrupt("named"))?,
        by_letter: row.flag(7)?,
        sent_at: Timestamp::from_millis(row.int(8)?),
        answer_by: answer_by(row)?,
        evidence: EvidenceId::from_uuid(row.id(14)?),
    })
}
