//! Giving a mandate without being asked. The holder is found by number and must answer to the name that was typed;
//! if not, the mandate stands with nobody as its holder, and its giver gets the same receipt.

use super::packages::{Catalogue, compiled, to_sign};
use super::signing::{self, Kind, SignedText};
use super::{Signed, drafts, me_making, me_signing, number, people, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, MandateId, PersonId};
use borgerportal_domain::mandates::{
    Before, CatalogueEntry, DraftKind, Mandate, Origin, Party, SignRefusal, Terms, may_give_again,
};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{self as store, drafts as kept_drafts, requests::addressee};
use borgerportal_store::people::Person;
use borgerportal_store::tx::Tx;

/// The text that the giver signs, declaration of informed consent included. Denied: `mandates.draft.*`,
/// `mandates.sign.giver_too_young`.
pub fn preview(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, lang: Lang) -> Result<SignedText, Problem> {
    let me = me_making(tx, who)?;
    let (draft, catalogue) = (drafts::find(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Give), &catalogue)?;
    old_enough(tx, &me, &entries)?;
    people::may_sign(tx, me.facts.id)?;
    Ok(signing::of_draft(tx, &catalogue, Kind::Give, (&me.name.full(), &named), (&entries, last_day), lang))
}

fn old_enough(tx: &Tx<'_>, me: &Person, entries: &[&CatalogueEntry]) -> Result<(), Problem> {
    let age = me.facts.age_on(copenhagen_date(tx.now()));
    let too_young = entries.iter().any(|entry| age < i32::from(entry.least_giver_age));
    if too_young { Err(SignRefusal::GiverTooYoung.into()) } else { Ok(()) }
}

/// Signs, after a fresh log-in. Denied: `mandates.sign.*`, `mandates.give.*`; they are only ever about what the giver
/// gave themselves, and to whom they said they did.
pub fn sign(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, shown: &str, lang: Lang) -> Result<Signed, Problem> {
    let me = me_signing(tx, who)?;
    let (draft, catalogue) = (drafts::find(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Give), &catalogue)?;
    people::may_sign(tx, me.facts.id)?;
    let text =
        signing::of_draft(tx, &catalogue, Kind::Give, (&me.name.full(), &named), (&entries, last_day), lang);
    let to = addressee(tx, &named);
    may_give_again(&given(tx, me.facts.id)?, to, tx.now())?;
    let found = people::find(tx, &named, 0)?;
    let id = MandateId::from_uuid(tx.mint());
    let terms = Terms {
        giver: me.facts.id,
        holder: found.id,
        origin: Origin::Given,
        first_day: copenhagen_date(tx.now()),
        last_day,
        signed_at: tx.now(),
        supersedes: None,
    };
    let existing = people::to_the_same(tx, terms.giver, (terms.holder, Some(to)))?;
    let mandate = Mandate::sign(id, terms, &to_sign(&entries), (&me.facts, &found.facts), &existing)?;
    let evidence = signing::sign(tx, who, text, shown)?;
    let items = compiled(tx, &entries)?;
    let (evidence, typed) = (Some(evidence), Some(named.name.clone()));
    let kept = store::Kept { mandate, evidence, request: None, named: typed, addressee: Some(to) };
    store::keep(tx, &kept, &items)?;
    let my_name = me.name.full();
    let says =
        |other| tell::Says { other, last_day: Some(last_day), number: number(id.uuid()), answer_by: None };
    let sent = (Cause::mandate(id), Channels::DigitalPost);
    tell::tell(tx, found.told, NoticeKind::MandateGiven, sent, says(&my_name))?;
    tell::tell(tx, me.facts.id, NoticeKind::MandateSigned, sent, says(&named.name))?;
    kept_drafts::drop(tx, who.caller.actor, draft.id)?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}

/// What this person gave without being asked.
fn given(tx: &Tx<'_>, giver: PersonId) -> Result<Vec<Before>, Problem> {
    let all = store::of(tx, giver, Party::Giver)?;
    let unasked = all.into_iter().filter(|kept| kept.mandate.terms().origin == Origin::Given);
    let before = |kept: store::Kept| Before {
        addressee: kept.addressee,
        at: kept.mandate.terms().signed_at,
        is_open: !kept.mandate.standing(tx.now()).is_over(),
    };
    Ok(unasked.map(before).collect())
}
