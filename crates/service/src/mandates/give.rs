//! Giving a mandate without being asked. The holder is found by number and must answer to the name that was typed;
//! if not, the mandate stands with nobody as its holder, and its giver gets the same receipt.

use super::packages::{Catalogue, compiled, to_sign, versions};
use super::signing::{self, Kind, SignedText, Words};
use super::{Signed, drafts, me, me_signing, number, people, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, MandateId};
use borgerportal_domain::mandates::{CatalogueEntry, DraftKind, Mandate, Named, Origin, SignRefusal, Terms};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{self as store, drafts as kept_drafts};
use borgerportal_store::people::Person;
use borgerportal_store::tx::Tx;

/// The text that the giver signs, declaration of informed consent included. Denied: `mandates.draft.*`,
/// `mandates.sign.giver_too_young`.
pub fn preview(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, lang: Lang) -> Result<SignedText, Problem> {
    let me = me(tx, who)?;
    let (draft, catalogue) = (drafts::load(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Give), &catalogue)?;
    old_enough(tx, &me, &entries)?;
    Ok(text(tx, &catalogue, (&me, &named), (&entries, last_day), lang))
}

fn text(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    (me, named): (&Person, &Named),
    (entries, last_day): (&[&CatalogueEntry], Date),
    lang: Lang,
) -> SignedText {
    let words = Words {
        kind: Kind::Give,
        me: &me.name.full(),
        other: &named.name,
        named: Some(named),
        versions: &versions(entries),
        first_day: copenhagen_date(tx.now()),
        last_day,
        lang,
    };
    signing::text(catalogue, &words)
}

fn old_enough(tx: &Tx<'_>, me: &Person, entries: &[&CatalogueEntry]) -> Result<(), Problem> {
    let age = me.facts.age_on(copenhagen_date(tx.now()));
    let too_young = entries.iter().any(|entry| age < i32::from(entry.least_giver_age));
    if too_young { Err(SignRefusal::GiverTooYoung.into()) } else { Ok(()) }
}

/// Signs, after a fresh log-in. Denied: `mandates.sign.*`.
pub fn sign(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, shown: &str, lang: Lang) -> Result<Signed, Problem> {
    let me = me_signing(tx, who)?;
    let (draft, catalogue) = (drafts::load(tx, who, draft)?, Catalogue::load(tx)?);
    let (named, last_day, entries) = drafts::complete(tx, (&draft, DraftKind::Give), &catalogue)?;
    let text = text(tx, &catalogue, (&me, &named), (&entries, last_day), lang);
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
    let existing = store::between(tx, terms.giver, terms.holder)?;
    let existing: Vec<Mandate> = existing.into_iter().map(|kept| kept.mandate).collect();
    let mandate = Mandate::sign(id, terms, &to_sign(&entries), (&me.facts, &found.facts), &existing)?;
    let evidence = signing::sign(tx, who, text, shown)?;
    let items = compiled(tx, &entries)?;
    let kept =
        store::Kept { mandate, evidence: Some(evidence), request: None, named: Some(named.name.clone()) };
    store::keep(tx, &kept, &items)?;
    let my_name = me.name.full();
    let says =
        |other| tell::Says { other, last_day: Some(last_day), number: number(id.uuid()), answer_by: None };
    let sent = (Cause::mandate(id), Channels::DigitalPost);
    tell::tell(tx, found.id, NoticeKind::MandateGiven, sent, says(&my_name))?;
    tell::tell(tx, me.facts.id, NoticeKind::MandateSigned, sent, says(&named.name))?;
    kept_drafts::drop(tx, who.caller.actor, draft.id)?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}
