//! Mandates on paper: the letter that comes back signed by hand, and a paper in the giver's own words. Registered
//! by staff, with the scan as evidence; from then on a mandate like any other.

use super::packages::{Catalogue, compiled, to_sign};
use super::requests::Yes;
use super::{Signed, number, tell};
use crate::problem::Problem;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::Level;
use borgerportal_domain::ids::{EvidenceId, MandateId, PackageVersionId, PersonId, RequestId};
use borgerportal_domain::mandates::{
    Agreed, DraftRefusal, Mandate, Origin, Request, RequestEvent, RequestRefusal, Terms,
};
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_store::mandates::chain::NOBODY;
use borgerportal_store::mandates::evidence::{self, Evidence, Proof};
use borgerportal_store::mandates::{self as store, requests};
use borgerportal_store::notices::{self, Letter};
use borgerportal_store::people::{self, Person};
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// What came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// SHA-256 of the scan.
    pub scan: [u8; 32],
    /// Pages that came.
    pub pages: u16,
    /// The day it came.
    pub received_on: Date,
    /// Who registers it, as the authority names them.
    pub registrar: String,
}

/// A letter has come back: the request whose code stands on its return page waits to be registered. The pages that
/// are missing are counted; a letter with fewer pages than went out can only be called deficient.
pub fn received(tx: &Tx<'_>, code: &str, paper: &Paper) -> Result<(RequestId, i64), Problem> {
    let (letter, id) = letter(tx, code)?;
    let kept = requests::load(tx, id)?.ok_or(Problem::NotFound)?;
    let event = RequestEvent::LetterReturned { registrar: NOBODY };
    let after = kept.request.after(&event, tx.now())?;
    requests::record(tx, id, &after, &event)?;
    Ok((id, (letter.pages - i64::from(paper.pages)).max(0)))
}

/// A letter that asked for a mandate, and the request it asked for. No other letter can be signed.
fn letter(tx: &Tx<'_>, code: &str) -> Result<(Letter, RequestId), Problem> {
    let letter = notices::letter_by_code(tx, code)?.filter(|letter| letter.kind.brings_request());
    let letter = letter.ok_or(Problem::NotFound)?;
    let request = letter.cause.request.ok_or(Problem::NotFound)?;
    Ok((letter, request))
}

/// What was ticked on the return page of the letter with this code: yes to these boxes, or to all of them where none is
/// named, until this day or until the one that was asked for. Denied: `mandates.request.wider` for what was not asked for.
pub fn ticked(tx: &Tx<'_>, code: &str, boxes: &[String], last_day: Option<Date>) -> Result<Yes, Problem> {
    let (_, request) = letter(tx, code)?;
    let wanted = requests::load(tx, request)?.ok_or(Problem::NotFound)?.request.wanted;
    let last_day = last_day.unwrap_or(wanted.last_day);
    if boxes.is_empty() {
        return Ok(Yes { versions: wanted.items, last_day });
    }
    let catalogue = Catalogue::load(tx)?;
    // As the letter lists them: boxes have no other name.
    let listed = catalogue.known(&wanted.items)?;
    let named = |name: &String| match name.parse::<usize>() {
        Ok(place) => place.checked_sub(1).and_then(|at| listed.get(at)),
        Err(_) => listed.iter().find(|entry| entry.code == *name),
    };
    let version = |name| named(name).map(|entry| entry.version).ok_or(RequestRefusal::Wider);
    Ok(Yes { versions: boxes.iter().map(version).collect::<Result<_, _>>()?, last_day })
}

/// The letter that was received says no: over, and the requester is told as of any other no. Nothing is opened by it, so
/// nobody's number is asked for and no page can be missing; the hash of the scan stands in the request's chain.
pub fn declined(tx: &Tx<'_>, code: &str, paper: &Paper) -> Result<(), Problem> {
    let (_, request) = letter(tx, code)?;
    let kept = requests::load(tx, request)?.ok_or(Problem::NotFound)?;
    let event = RequestEvent::DeclineOnPaper { registrar: NOBODY, scan: paper.scan };
    super::requests::say_no(tx, &kept, &event)
}

/// The letter lacks something: it goes out once more, with a new deadline.
pub fn deficient(tx: &Tx<'_>, request: RequestId) -> Result<(), Problem> {
    let kept = requests::load(tx, request)?.ok_or(Problem::NotFound)?;
    let answer_by = super::ask::answer_by(tx.now());
    let event = RequestEvent::Deficient { registrar: NOBODY, answer_by };
    let after = kept.request.after(&event, tx.now())?;
    requests::record(tx, request, &after, &event)?;
    let requester = people::person(tx, after.requester)?.map(|person| person.name.full());
    let says = tell::Says {
        other: &requester.unwrap_or_default(),
        last_day: Some(after.wanted.last_day),
        answer_by: Some(answer_by),
        number: number(request.uuid()),
    };
    tell::tell(
        tx,
        tell::asked(&kept),
        NoticeKind::PaperDeficient,
        (Cause::request(request), Channels::LetterOnly),
        says,
    )
}

/// The letter with this code is in order: what was signed on it becomes a mandate. `giver` is who signed; it must be
/// the person who was asked, where one was found. Denied: `mandates.request.pages_missing`, `.no_letter` before it was
/// received.
pub fn register(
    tx: &Tx<'_>,
    code: &str,
    (giver, yes): (&Cpr, &Yes),
    paper: &Paper,
) -> Result<Signed, Problem> {
    let (letter, request) = letter(tx, code)?;
    if i64::from(paper.pages) < letter.pages {
        return Err(RequestRefusal::PagesMissing.into());
    }
    let kept = requests::load(tx, request)?.ok_or(Problem::NotFound)?;
    let (giver, holder) = (by_number(tx, giver)?, person(tx, kept.request.requester)?);
    let id = MandateId::from_uuid(tx.mint());
    let agreed = Agreed { items: yes.versions.clone(), last_day: yes.last_day };
    let event = RequestEvent::Register { registrar: NOBODY, giver: giver.facts.id, agreed, mandate: id };
    let after = Request { target: Some(giver.facts.id), ..kept.request.after(&event, tx.now())? };
    sign(tx, (id, Some(request)), (&giver, &holder), yes, paper)?;
    requests::record(tx, request, &after, &event)?;
    let whole = kept.request.wanted.items == yes.versions && kept.request.wanted.last_day == yes.last_day;
    let kind = if whole { NoticeKind::RequestApproved } else { NoticeKind::RequestApprovedInPart };
    let says = |other| tell::Says {
        other,
        last_day: Some(yes.last_day),
        number: number(id.uuid()),
        answer_by: None,
    };
    let sent = (Cause { request: Some(request), mandate: Some(id) }, Channels::DigitalPost);
    tell::tell(tx, holder.facts.id, kind, sent, says(&kept.named.name))?;
    tell::tell(tx, giver.facts.id, NoticeKind::MandateSigned, sent, says(&holder.name.full()))?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}

/// What packages with these codes offer today. Denied: `mandates.draft.not_offered` where one offers nothing.
pub fn offered(tx: &Tx<'_>, codes: &[String]) -> Result<BTreeSet<PackageVersionId>, Problem> {
    let catalogue = Catalogue::load(tx)?;
    let version = |code: &String| catalogue.offered().find(|entry| entry.code == *code);
    codes.iter().map(|code| Ok(version(code).ok_or(DraftRefusal::NotOffered)?.version)).collect()
}

/// A paper in the giver's own words, mapped by staff to what the catalogue has.
pub fn in_own_words(
    tx: &Tx<'_>,
    (giver, holder): (&Cpr, &Cpr),
    yes: &Yes,
    paper: &Paper,
) -> Result<Signed, Problem> {
    let (giver, holder) = (by_number(tx, giver)?, by_number(tx, holder)?);
    let id = MandateId::from_uuid(tx.mint());
    sign(tx, (id, None), (&giver, &holder), yes, paper)?;
    let (from, to) = (giver.name.full(), holder.name.full());
    let says = |other| tell::Says {
        other,
        last_day: Some(yes.last_day),
        number: number(id.uuid()),
        answer_by: None,
    };
    let sent = (Cause::mandate(id), Channels::DigitalPost);
    tell::tell(tx, holder.facts.id, NoticeKind::MandateGiven, sent, says(&from))?;
    tell::tell(tx, giver.facts.id, NoticeKind::MandateSigned, sent, says(&to))?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}

fn sign(
    tx: &Tx<'_>,
    (id, request): (MandateId, Option<RequestId>),
    (giver, holder): (&Person, &Person),
    yes: &Yes,
    paper: &Paper,
) -> Result<(), Problem> {
    super::people::may_sign(tx, giver.facts.id)?;
    let catalogue = Catalogue::load(tx)?;
    let entries = catalogue.known(&yes.versions)?;
    let terms = Terms {
        giver: giver.facts.id,
        holder: holder.facts.id,
        origin: Origin::Paper,
        first_day: copenhagen_date(tx.now()),
        last_day: yes.last_day,
        signed_at: tx.now(),
        supersedes: None,
    };
    let existing = super::people::to_the_same(tx, terms.giver, (terms.holder, None))?;
    let people = (&giver.facts, &holder.facts);
    let mandate = Mandate::sign(id, terms, &to_sign(&entries), people, &existing)?;
    let evidence = Evidence {
        id: EvidenceId::from_uuid(tx.mint()),
        proof: Proof::Paper {
            scan: paper.scan,
            registrar: paper.registrar.clone(),
            received_on: paper.received_on,
            pages: paper.pages,
        },
        signer: giver.facts.id,
        level: Level::Low,
        authenticated_at: tx.now(),
        at: tx.now(),
    };
    evidence::keep(tx, &evidence)?;
    let kept = store::Kept { mandate, evidence: Some(evidence.id), request, named: None, addressee: None };
    Ok(store::keep(tx, &kept, &compiled(tx, &entries)?)?)
}

fn by_number(tx: &Tx<'_>, cpr: &Cpr) -> Result<Person, Problem> {
    let id = people::by_cpr(tx, cpr)?.ok_or(Problem::NotFound)?;
    person(tx, id)
}

fn person(tx: &Tx<'_>, id: PersonId) -> Result<Person, Problem> {
    people::person(tx, id)?.ok_or(Problem::NotFound)
}
