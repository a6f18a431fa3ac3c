//! Asking somebody for a mandate. Whoever was named, and whether or not there is such a person: the same work is
//! done and the same receipt comes back.

use super::packages::Catalogue;
use super::rows::{RequestRow, asked_row};
use super::signing::{self, Kind, SignedText};
use super::{Receipt, drafts, me, me_making, me_signing, number, people, requests, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, PersonId, RequestId};
use borgerportal_domain::mandates::{
    Agreed, AskRefusal, Before, DraftKind, Request, RequestEvent, RequestLimits, may_ask, may_ask_again,
};
use borgerportal_domain::notices::{Cause, NoticeKind};
use borgerportal_domain::time::{Timestamp, copenhagen_date, copenhagen_end_of, days_after};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{drafts as kept_drafts, requests as store};
use borgerportal_store::tx::Tx;

/// So many days a request waits for its answer.
pub const ANSWER_DAYS: u32 = 30;

/// Under this age nobody is asked.
const LEAST_AGE: i32 = 15;

/// The text that the requester signs. Denied: `mandates.draft.not_yet`, `.not_offered`.
pub fn preview(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, lang: Lang) -> Result<SignedText, Problem> {
    let me = me_making(tx, who)?.name.full();
    let (draft, catalogue) = (drafts::find(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Ask), &catalogue)?;
    Ok(signing::of_draft(tx, &catalogue, Kind::Ask, (&me, &named), (&entries, last_day), lang))
}

/// The instant at which a request of today lapses: midnight after the last day to answer.
pub(super) fn answer_by(now: Timestamp) -> Timestamp {
    copenhagen_end_of(days_after(copenhagen_date(now), i64::from(ANSWER_DAYS)))
}

/// Sends it, after a fresh log-in. `shown` is [`SignedText::hash`] of what stood on the page. Denied:
/// `mandates.ask.oneself`, `.asked_already`, `.too_many_open`, `.too_often`; they are only ever about the requester's own.
pub fn send(
    tx: &Tx<'_>,
    who: &SignedIn,
    draft: DraftId,
    shown: &str,
    lang: Lang,
) -> Result<Receipt, Problem> {
    let me = me_signing(tx, who)?;
    let (draft, catalogue) = (drafts::find(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Ask), &catalogue)?;
    let text =
        signing::of_draft(tx, &catalogue, Kind::Ask, (&me.name.full(), &named), (&entries, last_day), lang);
    let found = people::find(tx, &named, LEAST_AGE)?;
    let wanted = Agreed { items: draft.packages.clone(), last_day };
    let sides = (found.is_somebody.then_some(found.id), store::addressee(tx, &named));
    let mut request = Request::sent(me.facts.id, sides, wanted, answer_by(tx.now()));
    may_ask_again(&before(tx, me.facts.id)?, request.addressee, tx.now())?;
    let mut recipient = found.id;
    match may_ask(&request, &existing(tx, me.facts.id, found.id)?, &RequestLimits::default(), tx.now()) {
        Ok(()) => {}
        // Not to be told: a request to nobody goes out instead.
        Err(AskRefusal::TargetBusy) => {
            request.target = None;
            recipient = PersonId::from_uuid(tx.mint());
        }
        Err(refusal) => return Err(refusal.into()),
    }
    let evidence = signing::sign(tx, who, text, shown)?;
    let id = RequestId::from_uuid(tx.mint());
    let (by_letter, sent_at) = (draft.sends_letter(), tx.now());
    let ways = tell::ways(named.cpr.is_some(), by_letter);
    let kept =
        store::Kept { id, request, named, by_letter, sent_at, answer_by: answer_by(sent_at), evidence };
    store::send(tx, &kept)?;
    let says = tell::Says {
        other: &me.name.full(),
        last_day: Some(last_day),
        answer_by: Some(kept.answer_by),
        number: number(id.uuid()),
    };
    tell::tell(tx, recipient, NoticeKind::MandateRequested, (Cause::request(id), ways), says)?;
    kept_drafts::drop(tx, who.caller.actor, draft.id)?;
    Ok(Receipt {
        request: id,
        number: number(id.uuid()),
        sent_at: sent_at.millis(),
        answer_by: kept.answer_by.millis(),
    })
}

/// What this person asked for before.
fn before(tx: &Tx<'_>, requester: PersonId) -> Result<Vec<Before>, Problem> {
    let before = |kept: store::Kept| Before {
        addressee: Some(kept.request.addressee),
        at: kept.sent_at,
        is_open: kept.request.standing(tx.now()).is_open(),
    };
    Ok(store::of_requester(tx, requester)?.into_iter().map(before).collect())
}

/// Every request of the requester and every open one to the target. The requester's own that have lapsed are
/// noted as such on the way, so that the same can be asked again.
fn existing(tx: &Tx<'_>, requester: PersonId, target: PersonId) -> Result<Vec<Request>, Problem> {
    let mut all = Vec::new();
    for kept in store::of_requester(tx, requester)? {
        let request = match kept.request.after(&RequestEvent::Lapse, tx.now()) {
            Ok(_) => requests::lapse(tx, &kept)?,
            Err(_) => kept.request,
        };
        all.push(request);
    }
    let to_target = store::standing_to(tx, target)?.into_iter();
    all.extend(to_target.filter(|request| request.requester != requester));
    Ok(all)
}

/// The receipt again, for the one who asked.
pub fn receipt(tx: &Tx<'_>, who: &SignedIn, request: RequestId, lang: Lang) -> Result<RequestRow, Problem> {
    me(tx, who)?;
    let kept = mine(tx, who, request)?;
    Ok(asked_row(tx, &Catalogue::load(tx)?, &kept, lang))
}

/// Takes it back. Denied: `mandates.request.closed`, `.deadline_passed`, `.being_registered`.
pub fn withdraw(tx: &Tx<'_>, who: &SignedIn, request: RequestId) -> Result<(), Problem> {
    let me = me(tx, who)?;
    let kept = mine(tx, who, request)?;
    let event = RequestEvent::Withdraw { by: me.facts.id };
    let after = kept.request.after(&event, tx.now())?;
    store::record(tx, kept.id, &after, &event)?;
    tell::taken_back(tx, &kept, &me.name.full())
}

fn mine(tx: &Tx<'_>, who: &SignedIn, request: RequestId) -> Result<store::Kept, Problem> {
    let kept = store::load(tx, request)?.filter(|kept| kept.request.requester == who.caller.actor);
    kept.ok_or(Problem::NotFound)
}
