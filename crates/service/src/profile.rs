//! A person's own profile: the e-mail address for notices, and of whose record they want to hear when there is something new.
//! It refuses to keep an address that nobody has confirmed with the code sent to it, and to keep a wish about a record that
//! this person may not read now.

use crate::municipalities::Municipalities;
use crate::people::{Choice, reach};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Basis;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::news::{Channel, Kind, MailAddress, NewsRefusal, State, Typed};
use borgerportal_store::news as store;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// What a profile shows.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The confirmed address.
    pub address: Option<MailAddress>,
    /// Its mail server said that there is none of that name.
    pub refused: bool,
    /// An address that waits for its code.
    pub waiting: Option<Waiting>,
    /// The last SMS did not go: Digital Post has no number.
    pub no_number: bool,
    /// Of whom one may want to hear: oneself first.
    pub people: Vec<Wanted>,
}

/// An address that waits for its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// As it was typed.
    pub address: MailAddress,
    /// Its mail server said that there is none of that name.
    pub refused: bool,
    /// The code can still be typed.
    pub open: bool,
}

/// Somebody's record, and how one wants to hear of it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose.
    pub choice: Choice,
    /// By which ways.
    pub channels: Vec<Channel>,
}

impl Wanted {
    /// Whether this way is wanted.
    #[must_use]
    pub fn by(&self, channel: Channel) -> bool {
        self.channels.contains(&channel)
    }
}

/// The profile of whoever is signed in.
pub fn profile(tx: &Tx<'_>, places: &Municipalities, who: &SignedIn) -> Result<Profile, Problem> {
    let me = who.caller.actor;
    let address = store::address(tx, me)?;
    let refused = |kind| -> Result<bool, Problem> {
        Ok(store::last(tx, me, kind)?.is_some_and(|last| last.sending.state == State::Refused))
    };
    let waiting = match store::waiting(tx, me)? {
        Some(one) => Some(Waiting {
            refused: refused(Kind::Code)?,
            open: one.confirmation.is_open(tx.now()),
            address: one.address,
        }),
        None => None,
    };
    let wishes = store::wishes(tx, me)?;
    let of = |journal: JournalId| {
        wishes.iter().filter(|(known, _)| *known == journal).map(|(_, channel)| *channel).collect()
    };
    let people = choices(tx, places, who)?;
    Ok(Profile {
        refused: address.as_ref().is_some_and(|one| one.refused),
        address: address.map(|one| one.address),
        waiting,
        no_number: refused(Kind::Sms)?,
        people: people.into_iter().map(|choice| Wanted { channels: of(choice.journal), choice }).collect(),
    })
}

/// Whose records this person may read now, in the municipality they came to, without leaning on what NemLog-in said at this
/// log-in: nobody is logged in when news comes.
fn choices(tx: &Tx<'_>, places: &Municipalities, who: &SignedIn) -> Result<Vec<Choice>, Problem> {
    let choices = reach(tx, places, who)?.choices;
    Ok(choices.into_iter().filter(|choice| !matches!(choice.basis, Basis::Claim { .. })).collect())
}

/// Sends a code to an address. Denied: `news.address`, `news.too_many_codes`.
pub fn ask_code(tx: &Tx<'_>, who: &SignedIn, typed: &str) -> Result<(), Problem> {
    let address = MailAddress::parse(typed).ok_or(NewsRefusal::Address)?;
    if store::keep_code(tx, who.caller.actor, &address)? {
        Ok(())
    } else {
        Err(NewsRefusal::TooManyCodes.into())
    }
}

/// What came of a code that was typed. It is no refusal: each try is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confirmed {
    /// The address is confirmed.
    Yes,
    /// Not the code; it may be typed again.
    Wrong,
    /// Too late or too often.
    Over,
}

/// Confirms the address that waits, if this is its code.
pub fn confirm(tx: &Tx<'_>, who: &SignedIn, typed: &str) -> Result<Confirmed, Problem> {
    let me = who.caller.actor;
    let Some(waiting) = store::waiting(tx, me)? else { return Ok(Confirmed::Over) };
    Ok(match waiting.confirmation.typed(&waiting.code, typed, tx.now()) {
        Typed::Right => {
            store::confirm(tx, me, &waiting.address)?;
            Confirmed::Yes
        }
        Typed::Wrong => {
            store::note_try(tx, me)?;
            Confirmed::Wrong
        }
        Typed::Over => {
            store::note_try(tx, me)?;
            Confirmed::Over
        }
    })
}

/// Forgets the address that waits for its code.
pub fn forget_code(tx: &Tx<'_>, who: &SignedIn) -> Result<(), Problem> {
    Ok(store::forget_code(tx, who.caller.actor)?)
}

/// Forgets the address, and what was wanted by it.
pub fn drop_address(tx: &Tx<'_>, who: &SignedIn) -> Result<(), Problem> {
    Ok(store::drop_address(tx, who.caller.actor)?)
}

/// Keeps of whose record one wants to hear, and how. Of a record that is not offered here nothing is changed. Denied:
/// `news.no_address`.
pub fn set_wishes(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    wishes: &[(JournalId, Channel)],
) -> Result<(), Problem> {
    let me = who.caller.actor;
    let people = choices(tx, places, who)?;
    let by_mail = |(journal, channel): &(JournalId, Channel)| {
        *channel == Channel::Mail && people.iter().any(|choice| choice.journal == *journal)
    };
    if wishes.iter().any(by_mail) && store::address(tx, me)?.is_none() {
        return Err(NewsRefusal::NoAddress.into());
    }
    for choice in &people {
        let of = |channel: &&Channel| wishes.contains(&(choice.journal, **channel));
        let channels: Vec<Channel> = Channel::ALL.iter().filter(of).copied().collect();
        store::set_wishes(tx, me, choice.journal, &channels)?;
    }
    Ok(())
}
