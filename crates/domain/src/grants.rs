//! Grants: what a municipality has decided about somebody's help, by which law, how much and for how long, and until
//! when one can complain. Also help that only stands in a plan, without a decision. It refuses prices, statistics
//! and the names of caseworkers: none of them is the citizen's.

mod complaint;
mod law;

#[cfg(test)]
mod tests;

pub use complaint::{
    Deadline, Delivery, Recipient, Route, SentBy, deadlines, is_left, is_running, is_shut, own,
};
pub use law::{Ground, Law, Meaning};

use crate::time::Date;

coded_enum! {
    /// What the record system says of it.
    pub enum State {
        /// Ansøgt.
        Applied = "applied",
        /// Bevilget.
        Granted = "granted",
        /// Bestilt.
        Ordered = "ordered",
        /// Afslået.
        Refused = "refused",
        /// Afsluttet.
        Finished = "finished",
        /// Frafaldet.
        Dropped = "dropped",
        /// Ophørt.
        Ceased = "ceased",
        /// Ændret: another decision took its place.
        Replaced = "replaced",
        /// A word of the record system's own.
        Other = "other",
    }
}

coded_enum! {
    /// How it stands on a day: the state, and what the calendar makes of it.
    pub enum Standing {
        /// Waiting for the decision.
        Applied = "applied",
        /// Granted, begins later.
        Coming = "coming",
        /// In force.
        Running = "running",
        /// Said no to.
        Refused = "refused",
        /// Its last day has passed.
        Lapsed = "lapsed",
        /// Brought to its end.
        Finished = "finished",
        /// Given up by the citizen.
        Dropped = "dropped",
        /// Stopped by the municipality.
        Ceased = "ceased",
        /// Changed: a newer one holds.
        Replaced = "replaced",
    }
}

impl Standing {
    /// Whether it belongs to the history.
    #[must_use]
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Applied | Self::Coming | Self::Running)
    }
}

coded_enum! {
    /// The span in which something is repeated.
    pub enum Every {
        /// Dag.
        Day = "d",
        /// Uge.
        Week = "wk",
        /// Måned.
        Month = "mo",
        /// År.
        Year = "a",
    }
}

impl State {
    /// Whether nothing more comes of it.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Refused | Self::Finished | Self::Dropped | Self::Ceased | Self::Replaced)
    }
}

/// How often: `times` in `span` spans, "7 gange om ugen", "1 gang hver 2. uge".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frequency {
    /// So many times,
    pub times: u16,
    /// in so many
    pub span: u16,
    /// of these.
    pub every: Every,
}

/// What was decided about it, where a decision came along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// By which law.
    pub ground: Option<Ground>,
    /// When.
    pub decided: Option<Date>,
    /// The unit that decided.
    pub unit: Option<String>,
    /// Minutes each time. A broad course of help has none.
    pub minutes: Option<u16>,
    /// How often.
    pub frequency: Option<Frequency>,
    /// Any other amount, as the decision says it: "2 par om året".
    pub amount: Option<String>,
    /// How it reached whom.
    pub deliveries: Vec<Delivery>,
}

/// One grant, or help that stands in a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What it is.
    pub title: String,
    /// What the record system says.
    pub state: State,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Who gives the help: a unit or a firm.
    pub supplier: Option<String>,
    /// The decision; nothing where help only stands in a plan.
    pub decision: Option<Decision>,
}

impl Grant {
    /// How it stands on a day. `replaced`: a newer one that holds already names it.
    #[must_use]
    pub fn standing(&self, today: Date, replaced: bool) -> Standing {
        match self.state {
            State::Refused => Standing::Refused,
            State::Finished => Standing::Finished,
            State::Dropped => Standing::Dropped,
            State::Ceased => Standing::Ceased,
            State::Replaced => Standing::Replaced,
            State::Applied | State::Granted | State::Ordered | State::Other if replaced => Standing::Replaced,
            State::Applied => Standing::Applied,
            State::Granted | State::Ordered | State::Other => match (self.from, self.to) {
                (_, Some(to)) if to < today => Standing::Lapsed,
                (Some(from), _) if today < from => Standing::Coming,
                _ => Standing::Running,
            },
        }
    }

    /// Whether it takes the place of an older one by now: it is in force, or has been.
    #[must_use]
    pub fn has_begun(&self, today: Date) -> bool {
        let said_yes = !matches!(self.state, State::Applied | State::Refused | State::Dropped);
        said_yes && self.from.is_none_or(|from| from <= today)
    }

    /// Without what would tell where a protected person is cared for.
    #[must_use]
    pub fn without_whereabouts(self) -> Self {
        let decision = self.decision.map(|decision| Decision { unit: None, ..decision });
        Self { supplier: None, decision, ..self }
    }

    /// How everybody got the decision.
    #[must_use]
    pub fn deliveries(&self) -> &[Delivery] {
        self.decision.as_ref().map_or(&[], |decision| &decision.deliveries)
    }

    /// How one complains about it; nothing where nothing was decided yet.
    #[must_use]
    pub fn route(&self) -> Option<Route> {
        let decision = self.decision.as_ref().filter(|_| self.state != State::Applied)?;
        Some(decision.ground.as_ref().map_or(Route::AsTheLetterSays, |ground| ground.law.route()))
    }
}
