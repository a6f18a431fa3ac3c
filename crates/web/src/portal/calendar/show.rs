//! Visits as their pages say them.

use crate::pages::Frame;
use crate::pages::calendar::{Call, Card, Mark, Offer, words};
use borgerportal_domain::calendar::{Act, Standing, Trouble};
use borgerportal_domain::municipality::Settings;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::{Lang, phone, phone_href};
use borgerportal_service::calendar::{By, Row, what};

/// What every card of a page is made with.
pub(super) struct Saying<'f> {
    pub(super) frame: &'f Frame<'f>,
    pub(super) today: Date,
    pub(super) may_act: bool,
}

/// Whom to call about visits: the municipality's own number for it, else the one on every page.
pub(super) fn call(frame: &Frame<'_>, settings: Option<&Settings>) -> Call {
    match settings.and_then(|settings| settings.visits.phone.as_ref()) {
        Some(own) => Call { number: phone(own.as_str()), href: phone_href(own.as_str()) },
        None => Call { number: frame.phone(), href: frame.phone_href() },
    }
}

/// What there is to know of a visit beside its time, and whom to call where its last line ends with that.
pub(crate) fn notes(
    frame: &Frame<'_>,
    settings: Option<&Settings>,
    (row, today): (&Row, Date),
) -> (Vec<String>, Option<Call>) {
    let (lines, calls) = Saying { frame, today, may_act: false }.lines(row);
    (lines, calls.then(|| call(frame, settings)))
}

/// Who comes and from where.
pub(crate) fn who(row: &Row) -> String {
    let parts = [row.visit.role.as_str(), row.visit.unit.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The word beside a visit.
fn mark(row: &Row) -> Mark {
    match row.look.standing {
        Standing::CancelledHere => Mark::Off,
        Standing::CancelledThere | Standing::Returning => Mark::OffThere,
        Standing::Over | Standing::Done | Standing::Missed => Mark::Past,
        Standing::Coming if row.visit.moved_from.is_some_and(|before| before != row.visit.slot) => {
            Mark::Moved
        }
        Standing::Coming => Mark::Nothing,
    }
}

impl Saying<'_> {
    const fn lang(&self) -> Lang {
        self.frame.lang
    }

    pub(super) fn card(&self, row: &Row) -> Card {
        let visit = &row.visit;
        let (lines, call) = self.lines(row);
        let who = [&visit.role, &visit.unit, &visit.place];
        let times = words::times(self.lang(), &visit.slot);
        Card {
            id: row.id,
            spoken: words::spoken_at(self.lang(), &visit.slot, &times),
            times,
            what: what(row, self.lang()),
            who: who.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
            mark: mark(row),
            lines,
            call,
            offer: self.offer(row),
        }
    }

    /// What there is to know of a visit beside its time, and whether a telephone number follows.
    fn lines(&self, row: &Row) -> (Vec<String>, bool) {
        let (mut lines, mut call) = (Vec::new(), false);
        if let Some(before) = row.visit.moved_from.filter(|_| mark(row) == Mark::Moved) {
            let same = before.day() == row.visit.slot.day();
            let time =
                if same { words::times(self.lang(), &before) } else { words::spoken(self.lang(), &before) };
            lines.push(self.with("visit-before", &[("time", &time)]));
        }
        if let Some((line, with_number)) = self.line(row) {
            lines.push(line);
            call = with_number;
        }
        (lines, call)
    }

    const fn offer(&self, row: &Row) -> Offer {
        match row.look.act {
            Act::Cancel(_) if self.may_act => Offer::Cancel,
            Act::Undo(_) if self.may_act => Offer::Undo,
            Act::Cancel(_) | Act::Undo(_) | Act::TooLate(_) | Act::ByPhone | Act::Nothing => Offer::Nothing,
        }
    }

    /// What there is to know of a visit, and whether a telephone number follows.
    fn line(&self, row: &Row) -> Option<(String, bool)> {
        let say = |key| self.frame.say(key).to_owned();
        if let Some(trouble) = row.look.trouble {
            let key = match trouble {
                Trouble::NotCancelled => "visit-not-cancelled",
                Trouble::NotPutBack => "visit-not-put-back",
            };
            return Some((say(key), true));
        }
        match row.look.standing {
            Standing::CancelledHere => self.who_cancelled(row).map(|line| (line, false)),
            Standing::CancelledThere => Some((say("visit-off-municipality"), false)),
            Standing::Returning => Some((say("visit-returning"), false)),
            Standing::Missed => Some((say("visit-missed"), false)),
            Standing::Over | Standing::Done => None,
            Standing::Coming => match row.look.act {
                Act::Cancel(until) => Some((self.until(until), false)),
                Act::TooLate(_) => Some((say("visit-too-late"), true)),
                Act::ByPhone => Some((say("visit-by-phone"), true)),
                Act::Undo(_) | Act::Nothing => None,
            },
        }
    }

    fn until(&self, end: borgerportal_domain::Timestamp) -> String {
        let (day, clock) = words::until(self.lang(), end);
        let day = words::day_from(self.lang(), day, self.today);
        if words::is_midnight(end) {
            self.with("visit-until-day", &[("day", &day)])
        } else {
            self.with("visit-until-clock", &[("day", &day), ("clock", &clock)])
        }
    }

    fn who_cancelled(&self, row: &Row) -> Option<String> {
        let cancelled = row.cancelled.as_ref()?;
        let day = words::short(self.lang(), copenhagen_date(cancelled.at));
        Some(match &cancelled.by {
            By::Me => self.with("visit-off-me", &[("day", &day)]),
            By::Other(name) => self.with("visit-off-by", &[("day", &day), ("name", name)]),
        })
    }

    fn with(&self, key: &'static str, args: &[(&str, &String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, (*value).into())).collect();
        self.frame.texts().with(key, &args)
    }
}
