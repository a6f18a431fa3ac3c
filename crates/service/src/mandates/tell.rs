//! Telling: a notice in the outbox, in the transaction of what it tells of.

use super::number;
use super::packages::{Catalogue, versions};
use crate::problem::Problem;
use crate::{language, outbox};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::notices::{self, Cause, Channels, Notice, NoticeKind, Right};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::requests::{self, Kept};
use borgerportal_store::tx::Tx;

/// What the text may repeat.
#[derive(Default)]
pub(super) struct Says<'a> {
    /// The other party's name, as the recipient may know it.
    pub(super) other: &'a str,
    pub(super) last_day: Option<Date>,
    /// The instant of the deadline; people read the day before it.
    pub(super) answer_by: Option<Timestamp>,
    pub(super) number: String,
}

/// Puts a notice. A recipient whom nobody is gets none, at the same cost.
pub(super) fn tell(
    tx: &Tx<'_>,
    recipient: PersonId,
    kind: NoticeKind,
    (cause, channels): (Cause, Channels),
    says: Says<'_>,
) -> Result<(), Problem> {
    let language = language::of(tx, recipient)?;
    let says = notices::Says {
        other: Some(says.other.to_owned()).filter(|name| !name.is_empty()),
        last_day: says.last_day,
        answer_by: says.answer_by.map(|at| copenhagen_date(at.plus_millis(-1))),
        number: Some(says.number).filter(|number| !number.is_empty()),
        items: asked_for(tx, kind, cause, language::spoken(language))?,
        language,
    };
    outbox::put(tx, &Notice { recipient, kind, cause, channels, says })?;
    Ok(())
}

/// The rights of a request that waits, in the language of the letter: one that can be signed repeats them.
fn asked_for(tx: &Tx<'_>, kind: NoticeKind, cause: Cause, lang: Lang) -> Result<Vec<Right>, Problem> {
    let Some(request) = cause.request.filter(|_| kind.brings_request()) else { return Ok(Vec::new()) };
    let Some(kept) = requests::load(tx, request)? else { return Ok(Vec::new()) };
    let catalogue = Catalogue::load(tx)?;
    let wanted = versions(&catalogue.known(&kept.request.wanted.items)?);
    let rights = wanted.into_iter().filter_map(|version| catalogue.right(version, lang));
    Ok(rights.map(|right| Right { title: right.title, says: right.says }).collect())
}

/// Tells the one who was asked that there is nothing to answer any more, by the ways the request went.
pub(super) fn taken_back(tx: &Tx<'_>, kept: &Kept, requester: &str) -> Result<(), Problem> {
    let says = Says { other: requester, number: number(kept.id.uuid()), ..Says::default() };
    let ways = ways(kept.named.cpr.is_some(), kept.by_letter);
    tell(tx, asked(kept), NoticeKind::RequestWithdrawn, (Cause::request(kept.id), ways), says)
}

/// Tells the one who asked how it ended. They read the name they typed, and learn no other.
pub(super) fn requester(tx: &Tx<'_>, kept: &Kept, kind: NoticeKind) -> Result<(), Problem> {
    let says = Says { other: &kept.named.name, number: number(kept.id.uuid()), ..Says::default() };
    tell(tx, kept.request.requester, kind, (Cause::request(kept.id), Channels::DigitalPost), says)
}

/// How what is about a request goes to the one who is asked. Without a number there is only the letter.
pub(super) const fn ways(by_number: bool, by_letter: bool) -> Channels {
    match (by_number, by_letter) {
        (false, _) => Channels::LetterOnly,
        (true, true) => Channels::LetterToo,
        (true, false) => Channels::DigitalPost,
    }
}

/// Who gets what is sent about a request: whom it found, or nobody, always by the same id. What is for nobody
/// goes to the address that was typed, if one was, and nowhere else.
pub(super) fn asked(kept: &Kept) -> PersonId {
    kept.request.target.unwrap_or_else(|| PersonId::from_uuid(kept.id.uuid()))
}
