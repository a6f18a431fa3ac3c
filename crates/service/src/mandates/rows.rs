//! What lists and pages show of requests and mandates: plain values, with what may be done now worked out.

use super::number;
use super::packages::Catalogue;
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, RequestId};
use borgerportal_domain::mandates::{
    Channel, Mandate, MandateItem, Origin, Party, RequestStanding, RequestState, RightAccess, Standing,
    Subject,
};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date, days_after};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::requests::Kept as KeptRequest;
use borgerportal_store::tx::Tx;

/// A right in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// The version that was or would be signed: what forms send.
    pub version: PackageVersionId,
    /// Whatever its version.
    pub package: PackageId,
    /// Its title, in the reader's language.
    pub title: String,
    /// What it gives, in one or two sentences.
    pub says: String,
    /// Where it is listed; the title of the area is `mandates-subject-<code>`.
    pub subject: Subject,
    /// Læse or handle.
    pub access: RightAccess,
    /// Portal, or caseworkers.
    pub channel: Channel,
}

/// A right inside a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// What it is.
    pub right: Right,
    /// What it is worth now.
    pub standing: Standing,
    /// When it was ended, if something ended it.
    pub ended_at: Option<Timestamp>,
    /// Whether the reader may stop this one now.
    pub may_stop: bool,
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// The number on the receipt.
    pub number: String,
    /// The other party's full name. For the requester exactly what they typed.
    pub other: String,
    /// What is asked for.
    pub rights: Vec<Right>,
    /// Until and including which day.
    pub last_day: Date,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The instant it lapses.
    pub answer_by: Timestamp,
    /// What it is worth now.
    pub standing: RequestStanding,
    /// A letter is sent, too.
    pub by_letter: bool,
    /// The mandate that came of it.
    pub mandate: Option<MandateId>,
    /// The reader may answer it now (giver).
    pub may_answer: bool,
    /// The reader may take it back now (requester).
    pub may_withdraw: bool,
}

/// A mandate in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRow {
    /// Which.
    pub id: MandateId,
    /// The number on the receipt.
    pub number: String,
    /// The other party's full name.
    pub other: String,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// What it is worth now.
    pub standing: Standing,
    /// When it was ended as a whole by an event, if it was.
    pub ended_at: Option<Timestamp>,
    /// Its rights, in the order of signing.
    pub items: Vec<ItemRow>,
    /// How it came to be.
    pub origin: Origin,
    /// The reader may stop it now.
    pub may_stop: bool,
    /// The reader may renew it now: the giver of a running digital mandate without a successor.
    pub may_renew: bool,
    /// It ends within thirty days and may be renewed.
    pub renewal_due: bool,
    /// The signed successor, if there is one.
    pub successor: Option<MandateId>,
}

/// A request as its requester sees it: the other by the name they typed, never by another.
pub(super) fn asked_row(tx: &Tx<'_>, catalogue: &Catalogue, kept: &KeptRequest, lang: Lang) -> RequestRow {
    let row = request_row(tx, catalogue, kept, lang);
    let may_withdraw = row.standing == RequestStanding::Waiting;
    RequestRow { other: kept.named.name.clone(), may_withdraw, ..row }
}

/// A request as the one who was asked sees it.
pub(super) fn waiting_row(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    (kept, requester): (&KeptRequest, String),
    lang: Lang,
) -> RequestRow {
    let row = request_row(tx, catalogue, kept, lang);
    let may_answer = row.standing == RequestStanding::Waiting;
    RequestRow { other: requester, may_answer, ..row }
}

fn request_row(tx: &Tx<'_>, catalogue: &Catalogue, kept: &KeptRequest, lang: Lang) -> RequestRow {
    let wanted = &kept.request.wanted;
    let entries = catalogue.known(&wanted.items).unwrap_or_default();
    let rights = entries.iter().filter_map(|entry| catalogue.right(entry.version, lang));
    let mandate = match kept.request.state {
        RequestState::Approved { mandate, .. } => Some(mandate),
        RequestState::Waiting { .. }
        | RequestState::ToRegister { .. }
        | RequestState::Declined { .. }
        | RequestState::Withdrawn { .. }
        | RequestState::Lapsed { .. }
        | RequestState::Annulled { .. } => None,
    };
    RequestRow {
        id: kept.id,
        number: number(kept.id.uuid()),
        other: String::new(),
        rights: rights.collect(),
        last_day: wanted.last_day,
        sent_at: kept.sent_at,
        answer_by: kept.answer_by,
        standing: kept.request.standing(tx.now()),
        by_letter: kept.by_letter,
        mandate,
        may_answer: false,
        may_withdraw: false,
    }
}

/// From so many days before its end a mandate can be renewed.
pub(super) const RENEW_FROM_DAYS: i64 = 60;
/// From so many days before its end its giver is reminded.
pub(super) const RENEWAL_DUE_DAYS: i64 = 30;

/// Whether the giver may renew it today.
pub(super) fn may_renew(mandate: &Mandate, successor: Option<MandateId>, now: Timestamp) -> bool {
    let from = days_after(mandate.terms().last_day, -RENEW_FROM_DAYS);
    mandate.may_be_renewed(now) && successor.is_none() && copenhagen_date(now) >= from
}

/// A mandate as this party sees it.
pub(super) fn mandate_row(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    (mandate, other, side): (&Mandate, String, Party),
    successor: Option<MandateId>,
    lang: Lang,
) -> MandateRow {
    let (now, terms) = (tx.now(), mandate.terms());
    let standing = mandate.standing(now);
    let items: Vec<ItemRow> =
        mandate.items().iter().map(|item| item_row(catalogue, mandate, (item, side), now, lang)).collect();
    let may_renew = side == Party::Giver && may_renew(mandate, successor, now);
    let due_from = days_after(terms.last_day, -RENEWAL_DUE_DAYS);
    MandateRow {
        id: mandate.id(),
        number: number(mandate.id().uuid()),
        other,
        first_day: terms.first_day,
        last_day: terms.last_day,
        standing,
        ended_at: items.iter().map(|item| item.ended_at).max().flatten().filter(|_| standing.is_over()),
        items,
        origin: terms.origin,
        may_stop: !standing.is_over(),
        may_renew,
        renewal_due: may_renew && copenhagen_date(now) >= due_from,
        successor,
    }
}

fn item_row(
    catalogue: &Catalogue,
    mandate: &Mandate,
    (item, side): (&MandateItem, Party),
    now: Timestamp,
    lang: Lang,
) -> ItemRow {
    let standing = item.status.standing(&mandate.terms().validity(), now);
    let right = catalogue.right(item.version, lang).unwrap_or_else(|| Right {
        version: item.version,
        package: item.package,
        title: String::new(),
        says: String::new(),
        subject: Subject::Health,
        access: RightAccess::Read,
        channel: Channel::SelfService,
    });
    let may_stop = side == Party::Giver && mandate.items().len() > 1 && !standing.is_over();
    ItemRow { right, standing, ended_at: item.status.ended_at(), may_stop }
}
