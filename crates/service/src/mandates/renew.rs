//! Renewing: a new mandate that is signed like any other and takes over the moment the old one ends. Only what
//! still runs and is still offered is renewed, in the version of today.

use super::packages::{Catalogue, compiled, to_sign, versions};
use super::rows::{MandateRow, mandate_row, may_renew};
use super::show::{mine, successor};
use super::signing::{self, Kind, SignedText, Words};
use super::stop::happen;
use super::{Signed, me_making, me_signing, number, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::{
    CatalogueEntry, DraftRefusal, Mandate, MandateEvent, MandateRefusal, Origin, Part, Party, Periods,
    Standing, Terms,
};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::person::PersonFacts;
use borgerportal_domain::time::{Date, days_after};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{self as store, Kept};
use borgerportal_store::people::{self, Person};
use borgerportal_store::tx::Tx;

/// The mandate with the last days that can be chosen. Denied: `mandates.not_renewable`,
/// `mandates.draft.not_offered`.
pub fn show(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    lang: Lang,
) -> Result<(MandateRow, Periods), Problem> {
    me_making(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let old = Old::load(tx, who, mandate, &catalogue)?;
    let row = mandate_row(tx, &catalogue, (&old.kept.mandate, old.other.clone(), Party::Giver), None, lang);
    Ok((row, old.periods()))
}

/// What is to be renewed.
struct Old<'c> {
    kept: Kept,
    entries: Vec<&'c CatalogueEntry>,
    holder: PersonFacts,
    other: String,
}

impl<'c> Old<'c> {
    fn load(
        tx: &Tx<'_>,
        who: &SignedIn,
        mandate: MandateId,
        catalogue: &'c Catalogue,
    ) -> Result<Self, Problem> {
        let (kept, side) = mine(tx, who, mandate)?;
        let next = successor(tx, &kept.mandate)?;
        if side != Party::Giver || !may_renew(&kept.mandate, next, tx.now()) {
            return Err(MandateRefusal::NotRenewable.into());
        }
        let validity = kept.mandate.terms().validity();
        let runs = kept
            .mandate
            .items()
            .iter()
            .filter(|item| item.status.standing(&validity, tx.now()) == Standing::Active);
        let entries: Vec<_> = runs.filter_map(|item| catalogue.newest_of(item.package)).collect();
        if entries.is_empty() {
            return Err(DraftRefusal::NotOffered.into());
        }
        let holder = people::person(tx, kept.mandate.terms().holder)?;
        let name = kept.named.clone().or_else(|| holder.as_ref().map(|holder| holder.name.full()));
        // A holder who is nobody stays nobody: their giver is not to learn it now either.
        let nobody = PersonFacts {
            id: kept.mandate.terms().holder,
            birth_on: Date::constant(1900, 1, 1),
            deceased_on: None,
            protected: false,
        };
        let holder = holder.map_or(nobody, |holder| holder.facts);
        Ok(Self { kept, entries, holder, other: name.unwrap_or_default() })
    }

    /// The day after the old one's last day.
    fn first_day(&self) -> Date {
        days_after(self.kept.mandate.terms().last_day, 1)
    }

    fn periods(&self) -> Periods {
        Periods::of(self.entries.iter().copied(), self.first_day())
    }

    fn sign(&self, tx: &Tx<'_>, me: &Person, last_day: Date) -> Result<Mandate, Problem> {
        let old = self.kept.mandate.terms();
        let terms = Terms {
            origin: Origin::Renewed,
            first_day: self.first_day(),
            last_day,
            signed_at: tx.now(),
            supersedes: Some(self.kept.mandate.id()),
            ..*old
        };
        super::people::may_sign(tx, old.giver)?;
        let existing = super::people::to_the_same(tx, old.giver, (old.holder, self.kept.addressee))?;
        let id = MandateId::from_uuid(tx.mint());
        Ok(Mandate::sign(id, terms, &to_sign(&self.entries), (&me.facts, &self.holder), &existing)?)
    }

    fn text(&self, catalogue: &Catalogue, (me, signed): (&Person, &Mandate), lang: Lang) -> SignedText {
        let words = Words {
            kind: Kind::Renew,
            me: &me.name.full(),
            other: &self.other,
            named: None,
            versions: &versions(&self.entries),
            first_day: signed.terms().first_day,
            last_day: signed.terms().last_day,
            lang,
        };
        signing::text(catalogue, &words)
    }
}

/// The text that the giver signs. It holds from the day after the old one's last day.
pub fn preview(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    last_day: Date,
    lang: Lang,
) -> Result<SignedText, Problem> {
    let me = me_making(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let old = Old::load(tx, who, mandate, &catalogue)?;
    let signed = old.sign(tx, &me, last_day)?;
    Ok(old.text(&catalogue, (&me, &signed), lang))
}

/// Signs it, after a fresh log-in.
pub fn sign(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    last_day: Date,
    (shown, lang): (&str, Lang),
) -> Result<Signed, Problem> {
    let me = me_signing(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let old = Old::load(tx, who, mandate, &catalogue)?;
    let signed = old.sign(tx, &me, last_day)?;
    let evidence = signing::sign(tx, who, old.text(&catalogue, (&me, &signed), lang), shown)?;
    let (id, from) = (signed.id(), signed.terms().validity().from);
    let items = compiled(tx, &old.entries)?;
    let told = super::people::told_holder(tx, &old.kept)?;
    let kept = Kept { mandate: signed, evidence: Some(evidence), request: None, ..old.kept.clone() };
    store::keep(tx, &kept, &items)?;
    happen(tx, &old.kept.mandate, Part::Whole, MandateEvent::SuccessorSigned { from })?;
    let my_name = me.name.full();
    let says =
        |other| tell::Says { other, last_day: Some(last_day), number: number(id.uuid()), answer_by: None };
    let sent = (Cause::mandate(id), Channels::DigitalPost);
    tell::tell(tx, told, NoticeKind::MandateRenewed, sent, says(&my_name))?;
    tell::tell(tx, me.facts.id, NoticeKind::MandateSigned, sent, says(&old.other))?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}
