//! Mine fuldmagter: what waits, what was asked, given and received. A page of each at a time, however many mandates
//! there are and ever were.

use super::packages::Catalogue;
use super::rows::{MandateRow, RequestRow, asked_row, mandate_row, waiting_row};
use super::show::successor;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::mandates::{Party, RequestStanding};
use borgerportal_domain::person::PersonName;
use borgerportal_i18n::Lang;
pub use borgerportal_store::mandates::listed::Count;
use borgerportal_store::mandates::listed::{self, Listed};
use borgerportal_store::mandates::{Kept, requests};
use borgerportal_store::people::{self, Person};
use borgerportal_store::tx::Tx;

/// Mandates on a page of a list.
pub const ON_A_PAGE: usize = 20;
/// Requests of one's own that are shown: at most so many are open.
const ASKED: i64 = 50;

/// A page of everything of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Requests waiting for this person's answer, the oldest first.
    pub waiting: Vec<RequestRow>,
    /// Requests this person sent, open ones first, then the newest.
    pub asked: Vec<RequestRow>,
    /// Given: live ones first by their end, then ended ones, the newest first.
    pub given: Vec<MandateRow>,
    /// Received, in the same order.
    pub received: Vec<MandateRow>,
    /// How many were given and received, on all pages.
    pub counts: (Count, Count),
}

/// Loads a page of it; the first is 0.
pub fn overview(tx: &Tx<'_>, who: &SignedIn, lang: Lang, page: usize) -> Result<Overview, Problem> {
    let me = super::me(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let asked = listed::requests(tx, me.facts.id, ASKED)?;
    let asked = asked.iter().map(|kept| asked_row(tx, &catalogue, kept, lang)).collect();
    let side = |side| side_of(tx, &me, (side, page), &catalogue, lang);
    let count = |side| listed::count(tx, me.facts.id, side);
    Ok(Overview {
        waiting: waiting(tx, &me, &catalogue, lang)?,
        asked,
        given: side(Party::Giver)?,
        received: side(Party::Holder)?,
        counts: (count(Party::Giver)?, count(Party::Holder)?),
    })
}

fn waiting(tx: &Tx<'_>, me: &Person, catalogue: &Catalogue, lang: Lang) -> Result<Vec<RequestRow>, Problem> {
    let row =
        |(kept, requester): &(_, Person)| waiting_row(tx, catalogue, (kept, requester.name.full()), lang);
    Ok(open_to(tx, me)?.iter().map(row).collect())
}

/// Requests for this person under the name that was typed, the oldest first, and who asks; a lapsed one is nobody's any
/// more.
pub(crate) fn open_to(tx: &Tx<'_>, me: &Person) -> Result<Vec<(requests::Kept, Person)>, Problem> {
    let mut open = Vec::new();
    for kept in requests::open_to(tx, me.facts.id)? {
        let lapsed = kept.request.standing(tx.now()) == RequestStanding::Lapsed;
        if lapsed || !kept.named.fits(&me.name) {
            continue;
        }
        if let Some(requester) = people::person(tx, kept.request.requester)? {
            open.push((kept, requester));
        }
    }
    Ok(open)
}

fn side_of(
    tx: &Tx<'_>,
    me: &Person,
    (side, page): (Party, usize),
    catalogue: &Catalogue,
    lang: Lang,
) -> Result<Vec<MandateRow>, Problem> {
    let most = i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX);
    let before = i64::try_from(page).unwrap_or(i64::MAX).saturating_mul(most);
    let mut rows = Vec::new();
    for Listed { kept, other } in listed::mandates(tx, (me.facts.id, side), (most, before))? {
        let name = other_name(&kept, side, other.as_ref().map(PersonName::full));
        let next = successor(tx, &kept.mandate)?;
        rows.push(mandate_row(tx, catalogue, (&kept.mandate, name, side), next, lang));
    }
    rows.sort_by_key(|row| {
        let over = row.standing.is_over();
        let end = row.last_day.since(borgerportal_domain::time::Date::constant(1970, 1, 1));
        let days = end.map_or(0, |span| span.get_days());
        (over, if over { -days } else { days }, row.id)
    });
    Ok(rows)
}

/// The other party's name: as the giver typed it where they did, else as the register has it.
pub(super) fn other_name(kept: &Kept, side: Party, known: Option<String>) -> String {
    match (side, &kept.named) {
        (Party::Giver, Some(named)) => named.clone(),
        (Party::Giver, None) | (Party::Holder, _) => known.unwrap_or_default(),
    }
}
