//! Answering a request: yes, yes to part of it, no. Only the one who was asked ever sees it, and only under the
//! name the requester typed.

use super::packages::{Catalogue, compiled, to_sign, versions};
use super::rows::{RequestRow, Right, waiting_row};
use super::signing::{self, Kind, SignedText, Words};
use super::{Signed, drafts, me, me_making, me_signing, number, people, tell};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{ItemFact, MandateFact, PrivilegeSet};
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, RequestId};
use borgerportal_domain::mandates::{
    Agreed, CatalogueEntry, Channel, Mandate, Origin, Periods, Request, RequestEvent, RequestRefusal,
    SignRefusal, Status, Terms, Territory, Validity,
};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::notices::{Cause, Channels, NoticeKind};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{self as mandates_store, NewItem, requests as store};
use borgerportal_store::people::{Person, person};
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// A request as its giver sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// Who asks for what, until when; `rights` is what they get with a yes to all: without what the giver is too young
    /// to give.
    pub request: RequestRow,
    /// What they do not get: what the giver is too young to give, and what could be asked for in the same areas.
    pub not_asked: Vec<Right>,
    /// Last days that can be chosen instead: never later than what was asked for.
    pub periods: Periods,
    /// Why it cannot be answered with yes, if so: the code of the sentence (`mandates.sign.giver_too_young`,
    /// `mandates.request.closed`, `.deadline_passed`, `.being_registered`).
    pub closed: Option<&'static str>,
}

/// What the giver says yes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yes {
    /// Of the versions asked for.
    pub versions: BTreeSet<PackageVersionId>,
    /// Not later than asked for.
    pub last_day: Date,
}

/// The request, for the one it is addressed to. Everybody else: not found.
pub fn show(tx: &Tx<'_>, who: &SignedIn, request: RequestId, lang: Lang) -> Result<AnswerView, Problem> {
    let me = me(tx, who)?;
    let (kept, requester) = to_me(tx, &me, request)?;
    let catalogue = Catalogue::load(tx)?;
    let entries = catalogue.known(&kept.request.wanted.items)?;
    let doubted = mandates_store::is_doubted(tx, me.facts.id)?.then_some(SignRefusal::Doubted.code());
    let (givable, too_young) = by_age(tx, &me, entries);
    let closed = closed(tx, &me, &kept.request, givable.is_empty()).or(doubted);
    let periods = not_later(drafts::periods(tx, &givable), kept.request.wanted.last_day);
    let mut request = waiting_row(tx, &catalogue, (&kept, requester.name.full()), lang);
    let mut not_given = keep_back(&mut request, &too_young);
    let more = not_asked(tx, &catalogue, &givable, lang)?;
    not_given.extend(more.into_iter().filter(|right| !is_among(&too_young, right)));
    Ok(AnswerView { request, not_asked: not_given, periods, closed })
}

/// The same without what stands around it: who asks for what, until when.
pub fn asked(tx: &Tx<'_>, who: &SignedIn, request: RequestId, lang: Lang) -> Result<RequestRow, Problem> {
    let me = me(tx, who)?;
    let (kept, requester) = to_me(tx, &me, request)?;
    let catalogue = Catalogue::load(tx)?;
    let (_, too_young) = by_age(tx, &me, catalogue.known(&kept.request.wanted.items)?);
    let mut row = waiting_row(tx, &catalogue, (&kept, requester.name.full()), lang);
    keep_back(&mut row, &too_young);
    Ok(row)
}

/// What the giver is old enough to give, and the rest.
fn by_age<'c>(
    tx: &Tx<'_>,
    me: &Person,
    entries: Vec<&'c CatalogueEntry>,
) -> (Vec<&'c CatalogueEntry>, Vec<&'c CatalogueEntry>) {
    let age = me.facts.age_on(copenhagen_date(tx.now()));
    entries.into_iter().partition(|entry| age >= i32::from(entry.least_giver_age))
}

fn is_among(entries: &[&CatalogueEntry], right: &Right) -> bool {
    entries.iter().any(|entry| entry.version == right.version)
}

/// Takes what the giver is too young for out of what a yes gives.
fn keep_back(row: &mut RequestRow, too_young: &[&CatalogueEntry]) -> Vec<Right> {
    row.rights.extract_if(.., |right| is_among(too_young, right)).collect()
}

/// Of the same areas, what a yes to all leaves shut. A part of something that is asked for is not among it:
/// whoever may read everything may read letters.
fn not_asked(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    asked: &[&CatalogueEntry],
    lang: Lang,
) -> Result<Vec<Right>, Problem> {
    let near = |other: &&CatalogueEntry| {
        (other.channel == Channel::SelfService || asks_contact(asked))
            && asked.iter().any(|entry| entry.subject == other.subject)
            && asked.iter().all(|entry| entry.package != other.package)
    };
    let others: Vec<&CatalogueEntry> = catalogue.offered().filter(near).collect();
    let items = compiled(tx, &[asked, &others].concat())?;
    let (asked, items) = items.split_at(asked.len());
    let open = opened(asked.iter().map(|item| (item.channel, item.privileges)));
    let shut = |item: &NewItem| {
        item.channel != Channel::SelfService
            || item.privileges.is_empty()
            || item.privileges.union(open) != open
    };
    let left = others.iter().zip(items).filter(|(_, item)| shut(item));
    Ok(left.filter_map(|(entry, _)| catalogue.right(entry.version, lang)).collect())
}

/// The mandate that a yes to all of it would make today.
pub(crate) struct Given {
    mandate: MandateFact,
    packages: Vec<PackageId>,
    catalogue: Catalogue,
}

impl Given {
    /// What the view would become.
    pub(crate) fn load(tx: &Tx<'_>, who: &SignedIn, view: &AnswerView) -> Result<Self, Problem> {
        let (kept, requester) = to_me(tx, &me(tx, who)?, view.request.id)?;
        let catalogue = Catalogue::load(tx)?;
        let versions = view.request.rights.iter().map(|right| right.version).collect();
        let entries = catalogue.known(&versions)?;
        let item = |item: NewItem| ItemFact {
            status: Status::Running { successor_from: None },
            privileges: item.privileges,
            channel: item.channel,
            territory: Territory::All,
            package_active: false,
        };
        let mandate = MandateFact {
            id: MandateId::from_bytes([0; 16]),
            giver: who.caller.actor,
            holder: requester.facts.id,
            origin: Origin::Requested,
            validity: Validity::days(copenhagen_date(tx.now()), kept.request.wanted.last_day),
            items: compiled(tx, &entries)?.into_iter().map(item).collect(),
        };
        let packages = entries.iter().map(|entry| entry.package).collect();
        Ok(Self { mandate, packages, catalogue })
    }

    /// What it would open in this portal, wherever its packages are in use.
    pub(crate) fn opens(&self) -> PrivilegeSet {
        opened(self.mandate.items.iter().map(|item| (item.channel, item.privileges)))
    }

    /// As the rule would see it in this municipality.
    pub(crate) fn in_place(&self, place: MunicipalityCode) -> MandateFact {
        let mut mandate = self.mandate.clone();
        for (item, package) in mandate.items.iter_mut().zip(&self.packages) {
            item.package_active = self.catalogue.is_active(*package, place);
        }
        mandate
    }
}

/// What rights open together in this portal: those to be used by a caseworker open nothing.
fn opened(items: impl Iterator<Item = (Channel, PrivilegeSet)>) -> PrivilegeSet {
    let ours = items.filter(|(channel, _)| *channel == Channel::SelfService);
    ours.fold(PrivilegeSet::EMPTY, |all, (_, privileges)| all.union(privileges))
}

fn asks_contact(entries: &[&CatalogueEntry]) -> bool {
    entries.iter().any(|entry| entry.channel == Channel::Contact)
}

/// Choices that end no later than what was asked for; that day itself is always one of them.
fn not_later(periods: Periods, wanted: Date) -> Periods {
    let longest = periods.longest.min(wanted);
    let mut choices: Vec<Date> = periods.choices.into_iter().filter(|day| *day < longest).collect();
    choices.push(longest);
    Periods { usual: longest, longest, choices }
}

/// Why yes is not possible, as far as it is known before anything is chosen.
fn closed(tx: &Tx<'_>, me: &Person, request: &Request, too_young: bool) -> Option<&'static str> {
    let all = Agreed { items: request.wanted.items.clone(), last_day: request.wanted.last_day };
    let event =
        RequestEvent::Approve { by: me.facts.id, agreed: all, mandate: MandateId::from_bytes([0; 16]) };
    if let Err(refusal) = request.after(&event, tx.now()) {
        return Some(refusal.code());
    }
    too_young.then_some(SignRefusal::GiverTooYoung.code())
}

/// The request and who sent it, if it is for this person.
fn to_me(tx: &Tx<'_>, me: &Person, id: RequestId) -> Result<(store::Kept, Person), Problem> {
    let mine = |kept: &store::Kept| kept.request.target == Some(me.facts.id) && kept.named.fits(&me.name);
    let kept = store::load(tx, id)?.filter(mine).ok_or(Problem::NotFound)?;
    let requester = person(tx, kept.request.requester)?.ok_or(Problem::NotFound)?;
    Ok((kept, requester))
}

/// The text that the giver signs. Denied: `mandates.request.*`, `mandates.sign.*`.
pub fn preview(
    tx: &Tx<'_>,
    who: &SignedIn,
    request: RequestId,
    yes: &Yes,
    lang: Lang,
) -> Result<SignedText, Problem> {
    let me = me_making(tx, who)?;
    let (kept, requester) = to_me(tx, &me, request)?;
    let catalogue = Catalogue::load(tx)?;
    let answer = Answer::new(tx, (&me, &requester), &kept, yes, &catalogue)?;
    Ok(answer.text(&catalogue, lang))
}

/// A yes that the rules allow.
struct Answer<'a> {
    mandate: Mandate,
    after: Request,
    event: RequestEvent,
    entries: Vec<&'a CatalogueEntry>,
    names: (String, String),
}

impl<'a> Answer<'a> {
    fn new(
        tx: &Tx<'_>,
        (me, requester): (&Person, &Person),
        kept: &store::Kept,
        yes: &Yes,
        catalogue: &'a Catalogue,
    ) -> Result<Self, Problem> {
        people::may_sign(tx, me.facts.id)?;
        let id = MandateId::from_uuid(tx.mint());
        let agreed = Agreed { items: yes.versions.clone(), last_day: yes.last_day };
        let event = RequestEvent::Approve { by: me.facts.id, agreed, mandate: id };
        let after = kept.request.after(&event, tx.now())?;
        let entries = catalogue.known(&yes.versions)?;
        let terms = Terms {
            giver: me.facts.id,
            holder: requester.facts.id,
            origin: Origin::Requested,
            first_day: copenhagen_date(tx.now()),
            last_day: yes.last_day,
            signed_at: tx.now(),
            supersedes: None,
        };
        let existing = people::to_the_same(tx, terms.giver, (terms.holder, None))?;
        let people = (&me.facts, &requester.facts);
        let mandate = Mandate::sign(id, terms, &to_sign(&entries), people, &existing)?;
        Ok(Self { mandate, after, event, entries, names: (me.name.full(), requester.name.full()) })
    }

    fn text(&self, catalogue: &Catalogue, lang: Lang) -> SignedText {
        let terms = self.mandate.terms();
        let words = Words {
            kind: Kind::Give,
            me: &self.names.0,
            other: &self.names.1,
            named: None,
            versions: &versions(&self.entries),
            first_day: terms.first_day,
            last_day: terms.last_day,
            lang,
        };
        signing::text(catalogue, &words)
    }
}

/// Yes, after a fresh log-in; `shown` is the hash of the text that stood on the page.
pub fn approve(
    tx: &Tx<'_>,
    who: &SignedIn,
    request: RequestId,
    yes: &Yes,
    (shown, lang): (&str, Lang),
) -> Result<Signed, Problem> {
    let me = me_signing(tx, who)?;
    let (kept, requester) = to_me(tx, &me, request)?;
    let catalogue = Catalogue::load(tx)?;
    let answer = Answer::new(tx, (&me, &requester), &kept, yes, &catalogue)?;
    let evidence = signing::sign(tx, who, answer.text(&catalogue, lang), shown)?;
    let id = answer.mandate.id();
    let whole = kept.request.wanted.items == yes.versions && kept.request.wanted.last_day == yes.last_day;
    let items = compiled(tx, &answer.entries)?;
    let signed = mandates_store::Kept {
        mandate: answer.mandate,
        evidence: Some(evidence),
        request: Some(request),
        named: None,
        addressee: None,
    };
    mandates_store::keep(tx, &signed, &items)?;
    store::record(tx, request, &answer.after, &answer.event)?;
    let kind = if whole { NoticeKind::RequestApproved } else { NoticeKind::RequestApprovedInPart };
    let cause = Cause { request: Some(request), mandate: Some(id) };
    let says = |other| tell::Says {
        other,
        last_day: Some(yes.last_day),
        number: number(id.uuid()),
        answer_by: None,
    };
    let sent = (cause, Channels::DigitalPost);
    tell::tell(tx, requester.facts.id, kind, sent, says(&answer.names.0))?;
    tell::tell(tx, me.facts.id, NoticeKind::MandateSigned, sent, says(&answer.names.1))?;
    Ok(Signed { mandate: id, number: number(id.uuid()), signed_at: tx.now().millis() })
}

/// No. No reason is asked for, and no fresh log-in.
pub fn decline(tx: &Tx<'_>, who: &SignedIn, request: RequestId) -> Result<(), Problem> {
    let me = me(tx, who)?;
    let (kept, _) = to_me(tx, &me, request)?;
    say_no(tx, &kept, &RequestEvent::Decline { by: me.facts.id })
}

/// Notes a no, however it came, and tells the requester.
pub(super) fn say_no(tx: &Tx<'_>, kept: &store::Kept, event: &RequestEvent) -> Result<(), Problem> {
    let after = kept.request.after(event, tx.now())?;
    store::record(tx, kept.id, &after, event)?;
    tell::requester(tx, kept, NoticeKind::RequestDeclined)
}

/// Notes that nobody answered in time, and tells the requester.
pub(super) fn lapse(tx: &Tx<'_>, kept: &store::Kept) -> Result<Request, Problem> {
    let early = |refusal| {
        if refusal == RequestRefusal::DeadlineAhead { Problem::Stale } else { Problem::from(refusal) }
    };
    let after = kept.request.after(&RequestEvent::Lapse, tx.now()).map_err(early)?;
    store::record(tx, kept.id, &after, &RequestEvent::Lapse)?;
    tell::requester(tx, kept, NoticeKind::RequestLapsed)?;
    Ok(after)
}
