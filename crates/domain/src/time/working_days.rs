//! Danish working days: which dates are public holidays by law, and how to count back a deadline. It refuses
//! to know local custom: Grundlovsdag, 24 December and working Saturdays are the municipality's own choice
//! and come in as [`Holidays`].

use jiff::ToSpan;

use super::Date;

/// What a municipality counts as closed beyond the statutory holidays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one independent switch per local custom")]
pub struct Holidays {
    /// 5 June counts as closed.
    pub constitution_day: bool,
    /// 24 December counts as closed.
    pub christmas_eve: bool,
    /// 31 December counts as closed.
    pub new_years_eve: bool,
    /// Saturday is a working day.
    pub saturday_works: bool,
}

impl Default for Holidays {
    /// What most town halls do: closed on all three, and on Saturdays.
    fn default() -> Self {
        Self { constitution_day: true, christmas_eve: true, new_years_eve: true, saturday_works: false }
    }
}

impl Holidays {
    /// Whether the municipality works on that day.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let closed = match (day.month(), day.day()) {
            (6, 5) => self.constitution_day,
            (12, 24) => self.christmas_eve,
            (12, 31) => self.new_years_eve,
            _ => false,
        };
        let weekend = match day.weekday() {
            jiff::civil::Weekday::Sunday => true,
            jiff::civil::Weekday::Saturday => !self.saturday_works,
            jiff::civil::Weekday::Monday
            | jiff::civil::Weekday::Tuesday
            | jiff::civil::Weekday::Wednesday
            | jiff::civil::Weekday::Thursday
            | jiff::civil::Weekday::Friday => false,
        };
        !closed && !weekend && !is_public_holiday(day)
    }
}

/// Easter Sunday of the Gregorian year (Meeus, Jones and Butcher).
#[must_use]
pub fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let shift = (golden + 11 * moon + 22 * weekday) / 451;
    let day_of_march = moon + weekday - 7 * shift + 22;
    let march = Date::new(i16::try_from(year).unwrap_or(0), 3, 1).unwrap_or(Date::ZERO);
    march.checked_add((day_of_march - 1).days()).unwrap_or(march)
}

/// Whether the day is a public holiday by law. Store bededag was one until 2023.
#[must_use]
pub fn is_public_holiday(day: Date) -> bool {
    if matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26)) {
        return true;
    }
    // From Maundy Thursday (−3) to Whit Monday (+50): only March to June needs the computation.
    if !matches!(day.month(), 3..=6) {
        return false;
    }
    let after_easter = day.since(easter_sunday(day.year())).map_or(0, |span| span.get_days());
    match after_easter {
        -3 | -2 | 0 | 1 | 39 | 49 | 50 => true,
        26 => day.year() <= 2023,
        _ => false,
    }
}

/// The day that lies `count` whole working days before `day`: "afmeld senest 3 hverdage før". The day itself
/// is not counted, whatever it is. Zero gives the day itself.
///
/// ```
/// use borgerportal_domain::time::{Date, Holidays, working_days_before};
/// let visit = Date::constant(2026, 12, 28); // the Monday after Christmas
/// let last_day = working_days_before(visit, 3, &Holidays::default());
/// assert_eq!(last_day, Date::constant(2026, 12, 21));
/// ```
#[must_use]
pub fn working_days_before(day: Date, count: u16, holidays: &Holidays) -> Date {
    let mut found = day;
    for _ in 0..count {
        loop {
            let Ok(earlier) = found.yesterday() else { return found };
            found = earlier;
            if holidays.is_working_day(found) {
                break;
            }
        }
    }
    found
}

/// The day that lies `count` whole working days after `day`: "svar senest 2 hverdage efter", a letter has arrived. The
/// day itself is not counted, whatever it is. Zero gives the day itself.
#[must_use]
pub fn working_days_after(day: Date, count: u16, holidays: &Holidays) -> Date {
    (0..count).fold(day, |day, _| day.tomorrow().map_or(day, |next| working_day_from(next, holidays)))
}

/// The day itself if the municipality works on it, else the first after it on which it does.
#[must_use]
pub fn working_day_from(day: Date, holidays: &Holidays) -> Date {
    let mut found = day;
    while !holidays.is_working_day(found) {
        let Ok(later) = found.tomorrow() else { return found };
        found = later;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn easter_of_known_years() {
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (2000, 4, 23),
            (2008, 3, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn the_holidays_of_three_years() {
        let holidays = |year: i16| {
            let mut day = date(year, 1, 1);
            let mut found = Vec::new();
            while day.year() == year {
                if is_public_holiday(day) {
                    found.push(day.strftime("%d/%m").to_string());
                }
                day = day.tomorrow().unwrap();
            }
            found.join(" ")
        };
        assert_eq!(
            holidays(2023),
            "01/01 06/04 07/04 09/04 10/04 05/05 18/05 28/05 29/05 25/12 26/12",
            "with store bededag on 5 May"
        );
        assert_eq!(holidays(2024), "01/01 28/03 29/03 31/03 01/04 09/05 19/05 20/05 25/12 26/12");
        assert_eq!(holidays(2026), "01/01 02/04 03/04 05/04 06/04 14/05 24/05 25/05 25/12 26/12");
    }

    /// Gauss' rule, another way to the same Sunday, right for these two centuries.
    fn easter_after_gauss(year: i16) -> Date {
        let year = i32::from(year);
        let (moon, week) = (24, if year < 2100 { 5 } else { 6 });
        let full = (19 * (year % 19) + moon) % 30;
        let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * full + week) % 7;
        let late = sunday == 6 && (full == 29 || full == 28 && year % 19 > 10);
        date(i16::try_from(year).unwrap(), 3, 22) + (full + sunday - if late { 7 } else { 0 }).days()
    }

    /// Ten days a year since store bededag was abolished, on the days of the week that the church says.
    #[test]
    fn every_year_until_2100_has_its_ten_holidays() {
        use jiff::civil::Weekday::{Friday, Monday, Sunday, Thursday};
        for year in 2024..=2100 {
            assert_eq!(easter_sunday(year), easter_after_gauss(year), "{year}");
            let days = date(year, 1, 1).series(1.day()).take_while(|day| day.year() == year);
            let holidays: Vec<_> = days.filter(|day| is_public_holiday(*day)).collect();
            let moving = &holidays[1..8];
            let weekdays: Vec<_> = moving.iter().map(|day| day.weekday()).collect();
            assert_eq!(weekdays, [Thursday, Friday, Sunday, Monday, Thursday, Sunday, Monday], "{year}");
            assert_eq!((moving[6] - moving[0]).get_days(), 53, "{year}: from Maundy Thursday to Whit Monday");
            assert_eq!(holidays.len(), 10, "{year}");
            assert!(holidays.iter().all(|day| !Holidays::default().is_working_day(*day)));
        }
    }

    #[test]
    fn local_custom_is_the_municipalitys_own() {
        let open = Holidays {
            constitution_day: false,
            christmas_eve: false,
            new_years_eve: false,
            saturday_works: true,
        };
        for day in [date(2026, 6, 5), date(2026, 12, 24), date(2026, 12, 31), date(2026, 11, 21)] {
            assert!(open.is_working_day(day), "{day}");
            assert!(!Holidays::default().is_working_day(day), "{day}");
        }
        assert!(!open.is_working_day(date(2026, 12, 25)), "the law stands above custom");
        assert!(!open.is_working_day(date(2026, 11, 22)), "Sunday");
    }

    #[test]
    fn deadlines_over_christmas_and_easter() {
        let usual = Holidays::default();
        assert_eq!(working_days_before(date(2027, 1, 4), 3, &usual), date(2026, 12, 28));
        assert_eq!(working_days_before(date(2026, 4, 7), 3, &usual), date(2026, 3, 30));
        assert_eq!(working_days_before(date(2026, 11, 20), 3, &usual), date(2026, 11, 17));
        assert_eq!(working_days_before(date(2026, 11, 22), 0, &usual), date(2026, 11, 22));
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_between_22_march_and_25_april(year in 1i16..9999) {
            let easter = easter_sunday(year);
            prop_assert_eq!(easter.weekday(), jiff::civil::Weekday::Sunday);
            prop_assert!((3, 22) <= (easter.month(), easter.day()));
            prop_assert!((easter.month(), easter.day()) <= (4, 25));
            prop_assert_eq!(easter.year(), year);
        }

        #[test]
        fn counting_ahead_and_back_meet(offset in 0i32..20_000, count in 1u16..30) {
            let usual = Holidays::default();
            let day = date(2000, 1, 1) + offset.days();
            let later = working_days_after(day, count, &usual);
            prop_assert!(later > day && usual.is_working_day(later));
            let back = working_days_before(later, count, &usual);
            prop_assert!(back == day || (!usual.is_working_day(day) && back < day));
        }

        #[test]
        fn counting_back_passes_exactly_that_many_working_days(offset in 0i32..20_000, count in 0u16..30) {
            let usual = Holidays::default();
            let day = date(2000, 1, 1) + offset.days();
            let deadline = working_days_before(day, count, &usual);
            let passed = deadline.series(1.day()).take_while(|d| *d < day).filter(|d| usual.is_working_day(*d));
            prop_assert_eq!(passed.count(), usize::from(count));
        }
    }
}
