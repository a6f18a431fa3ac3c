//! The choice of a last day: fixed lengths first, then a day of one's own. It refuses nothing; what was typed
//! stays as it was typed.

use super::super::Frame;
use borgerportal_domain::time::Date;

/// What can be chosen, and what is.
#[derive(Clone, Debug)]
pub struct LastDay {
    /// The first day of what is signed.
    pub first_day: Date,
    /// Fixed choices, the earliest first.
    pub fixed: Vec<Date>,
    /// The last day that may be chosen.
    pub latest: Date,
    /// The value that is chosen: a day of the fixed ones as `2026-06-30`, `own`, `asked`, or nothing.
    pub chosen: String,
    /// Day, month and year as typed.
    pub typed: [String; 3],
}

impl LastDay {
    /// Whether a fixed choice is chosen.
    #[must_use]
    pub fn is_chosen(&self, day: &Date) -> bool {
        self.chosen == day.to_string()
    }

    /// "3 måneder", "1 år", or for what is no whole number of them "Så længe som muligt".
    #[must_use]
    pub fn length(&self, frame: &Frame<'_>, day: &Date) -> String {
        match months(self.first_day, *day) {
            Some(months) if months % 12 == 0 => {
                frame.texts().with("period-years", &[("count", (months / 12).into())])
            }
            Some(months) => frame.texts().with("period-months", &[("count", months.into())]),
            None => frame.say("period-longest").to_owned(),
        }
    }

    /// "Til og med 20. februar 2026"
    #[must_use]
    pub fn until(&self, frame: &Frame<'_>, day: &Date) -> String {
        dated(frame, "period-to", *day)
    }

    /// "Til og med" the last day that may be chosen, as the one who asks has proposed it.
    #[must_use]
    pub fn until_latest(&self, frame: &Frame<'_>) -> String {
        dated(frame, "period-to", self.latest)
    }

    /// "Senest 20. november 2028"
    #[must_use]
    pub fn at_the_latest(&self, frame: &Frame<'_>) -> String {
        dated(frame, "period-latest", self.latest)
    }

    /// "Fx 30 6 2026": a day that may be chosen.
    #[must_use]
    pub fn example(&self, frame: &Frame<'_>) -> String {
        let day = format!("{} {} {}", self.latest.day(), self.latest.month(), self.latest.year());
        frame.texts().with("period-example", &[("day", (&day).into())])
    }
}

fn dated(frame: &Frame<'_>, key: &'static str, day: Date) -> String {
    frame.texts().with(key, &[("date", (&frame.lang.day(day).to_string()).into())])
}

/// Whole months from the first day to the last, both included.
fn months(first: Date, last: Date) -> Option<u32> {
    let after = last.tomorrow().ok()?;
    let months = 12 * (i32::from(after.year()) - i32::from(first.year())) + i32::from(after.month())
        - i32::from(first.month());
    u32::try_from(months).ok().filter(|months| *months > 0 && after.day() == first.day())
}

#[cfg(test)]
mod tests {
    use super::months;

    #[test]
    fn a_length_counts_its_first_and_its_last_day() {
        for (first, last, whole) in [
            ("2026-11-03", "2027-02-02", Some(3)),
            ("2026-11-03", "2027-11-02", Some(12)),
            ("2026-11-03", "2029-11-02", Some(36)),
            ("2026-12-01", "2026-12-31", Some(1)),
            ("2026-11-03", "2027-02-03", None),
            ("2026-11-03", "2026-11-02", None),
            ("2026-11-03", "2026-11-03", None),
        ] {
            assert_eq!(months(first.parse().unwrap(), last.parse().unwrap()), whole, "{first} to {last}");
        }
    }
}
