//! What a municipality has decided about its visits: until when they may be cancelled here, which days count, which types
//! are called off by telephone, and how far a clock time may move. It refuses a type that is named twice.

use serde::Deserialize;

use super::contact::Phone;
use crate::calendar::{CancelRule, CutOff, VisitType, WorkingDays};
use crate::time::Holidays;

/// Visits and how they are called off.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Visits {
    days: WorkingDays,
    cut_off: CutOff,
    holidays: Holidays,
    by_phone: Vec<VisitType>,
    exceptions: Vec<Exception>,
    /// The number for calling off, when it is not that of [`super::Support`].
    pub phone: Option<Phone>,
    /// So many minutes may the clock time of a visit move; 0 says nothing about it.
    pub may_move_minutes: u16,
}

/// Another rule for one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    visit: VisitType,
    days: Option<WorkingDays>,
    cut_off_hour: Option<CutOff>,
}

/// A day that is no public holiday by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ClosedDay {
    ConstitutionDay,
    ChristmasEve,
    NewYearsEve,
}

/// As it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    cancel_days: WorkingDays,
    cut_off_hour: CutOff,
    saturdays: bool,
    closed: Vec<ClosedDay>,
    by_phone: Vec<VisitType>,
    exception: Vec<Exception>,
    phone: Option<Phone>,
    may_move_minutes: u16,
}

impl Default for Written {
    fn default() -> Self {
        Self {
            cancel_days: WorkingDays::USUAL,
            cut_off_hour: CutOff::END_OF_DAY,
            saturdays: false,
            closed: vec![ClosedDay::ConstitutionDay, ClosedDay::ChristmasEve, ClosedDay::NewYearsEve],
            // A visit that somebody's health hangs on is talked about, not clicked away.
            by_phone: vec![VisitType::Medicine, VisitType::MedicineDosing, VisitType::Catheter],
            exception: Vec::new(),
            phone: None,
            may_move_minutes: 30,
        }
    }
}

impl TryFrom<Written> for Visits {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { exception: exceptions, by_phone, closed, .. } = written;
        let twice = |at: usize, kind: VisitType| exceptions.iter().take(at).any(|one| one.visit == kind);
        if exceptions.iter().enumerate().any(|(at, one)| twice(at, one.visit)) {
            return Err("two exceptions for one kind of visit: write one");
        }
        if exceptions.iter().any(|one| by_phone.contains(&one.visit)) {
            return Err(
                "a kind of visit that is called off by telephone has no deadline here: leave its exception out",
            );
        }
        let holidays = Holidays {
            constitution_day: closed.contains(&ClosedDay::ConstitutionDay),
            christmas_eve: closed.contains(&ClosedDay::ChristmasEve),
            new_years_eve: closed.contains(&ClosedDay::NewYearsEve),
            saturday_works: written.saturdays,
        };
        Ok(Self {
            days: written.cancel_days,
            cut_off: written.cut_off_hour,
            holidays,
            by_phone,
            exceptions,
            phone: written.phone,
            may_move_minutes: written.may_move_minutes,
        })
    }
}

impl Default for Visits {
    fn default() -> Self {
        // What most municipalities say holds together; a test reads an empty table.
        let usual = Written::default();
        Self {
            days: usual.cancel_days,
            cut_off: usual.cut_off_hour,
            holidays: Holidays::default(),
            by_phone: usual.by_phone,
            exceptions: usual.exception,
            phone: usual.phone,
            may_move_minutes: usual.may_move_minutes,
        }
    }
}

impl Visits {
    /// The rule for a type; nothing for one that is called off by telephone.
    #[must_use]
    pub fn rule(&self, kind: VisitType) -> Option<CancelRule> {
        let exception = self.exceptions.iter().find(|one| one.visit == kind);
        (!self.by_phone.contains(&kind)).then(|| CancelRule {
            days: exception.and_then(|one| one.days).unwrap_or(self.days),
            cut_off: exception.and_then(|one| one.cut_off_hour).unwrap_or(self.cut_off),
            holidays: self.holidays,
        })
    }

    /// The rule for every type that has none of its own.
    #[must_use]
    pub const fn usual(&self) -> CancelRule {
        CancelRule { days: self.days, cut_off: self.cut_off, holidays: self.holidays }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::municipality::Settings;

    fn read(table: &str) -> Result<Visits, (usize, String)> {
        let text = format!("municipality = \"0217\"\n[visits]\n{table}");
        Settings::from_toml(&text).map(|settings| settings.visits).map_err(|error| (error.line, error.hint))
    }

    #[test]
    fn nothing_said_is_what_most_municipalities_do() {
        let usual = read("").unwrap();
        assert_eq!(usual, Visits::default());
        assert_eq!(usual.rule(VisitType::Cleaning), Some(usual.usual()));
        assert_eq!(usual.usual().days.number(), 3);
        assert_eq!(usual.rule(VisitType::Medicine), None, "talked about, not clicked away");
    }

    #[test]
    fn a_type_may_have_its_own_rule_or_be_called_off_by_telephone() {
        let own = read(
            "cancel_days = 2\ncut_off_hour = 12\nsaturdays = true\nclosed = [\"christmas_eve\"]\nby_phone = [\"bath\"]\n\
             phone = \"49 28 28 30\"\n[[visits.exception]]\nvisit = \"cleaning\"\ndays = 1\n\
             [[visits.exception]]\nvisit = \"meals\"\ncut_off_hour = 9\n",
        )
        .unwrap();
        let rule = |kind| own.rule(kind).map(|rule| (rule.days.number(), rule.cut_off));
        let hour = |hour: u16| CutOff::try_from(hour).unwrap();
        for (kind, expected) in [
            (VisitType::Training, Some((2, hour(12)))),
            (VisitType::Cleaning, Some((1, hour(12)))),
            (VisitType::Meals, Some((2, hour(9)))),
            (VisitType::Bath, None),
            (VisitType::Medicine, Some((2, hour(12)))),
        ] {
            assert_eq!(rule(kind), expected, "{kind:?}");
        }
        let holidays = own.usual().holidays;
        assert!(holidays.saturday_works && holidays.christmas_eve && !holidays.new_years_eve);
        assert_eq!(own.phone.map(|phone| phone.dial()).as_deref(), Some("+4549282830"));
    }

    #[test]
    fn mistakes_are_told_with_a_hint() {
        for (table, part) in [
            ("cancel_days = 31\n", "0 to 30"),
            ("cut_off_hour = 0\n", "1 to 24"),
            ("cut_off_hour = 25\n", "1 to 24"),
            ("by_phone = [\"haircut\"]\n", "write one of"),
            ("closed = [\"monday\"]\n", "constitution_day"),
            ("deadline = 3\n", "unknown field"),
            ("[[visits.exception]]\nvisit = \"bath\"\nhours = 3\n", "unknown field"),
            ("[[visits.exception]]\nvisit = \"bath\"\n[[visits.exception]]\nvisit = \"bath\"\n", "write one"),
            ("by_phone = [\"bath\"]\n[[visits.exception]]\nvisit = \"bath\"\n", "telephone"),
        ] {
            let (line, hint) = read(table).unwrap_err();
            assert!(hint.contains(part) && line >= 2, "{table}: line {line}, {hint}");
        }
    }
}
