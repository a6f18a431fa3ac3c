//! FHIR's dates and instants, of any precision, as the portal's, and dates in words. It refuses to guess a
//! time zone for anything but whole days, which are Danish days.

use borgerportal_domain::time::{copenhagen_date, copenhagen_midnight};
use borgerportal_domain::{Date, Timestamp};
use borgerportal_i18n::{DayStyle, Lang};

/// A `dateTime`, `date` or `instant`: years and months count from their first day, days from Danish midnight.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    if text.contains('T') { Timestamp::parse(text) } else { day(text).map(copenhagen_midnight) }
}

/// The Danish day of a `dateTime`, `date` or `instant`.
pub(crate) fn day(text: &str) -> Option<Date> {
    if text.contains('T') {
        return Timestamp::parse(text).map(copenhagen_date);
    }
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |month| number(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| number(day, 2))?;
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn number(text: &str, digits: usize) -> Option<i16> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// `12. februar 2021` or `12 February 2021`, as precise as the text is.
pub(crate) fn words(text: &str, lang: Lang) -> Option<String> {
    let date = day(text)?;
    Some(match text.len() {
        4 => date.year().to_string(),
        7 => lang.day_as(date, DayStyle::Month).to_string(),
        _ => lang.day(date).to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_precision_is_read() {
        let at = |text| instant(text).map(|at| at.to_string());
        assert_eq!(at("2021-02-10T11:14:09Z").as_deref(), Some("2021-02-10T11:14:09Z"));
        assert_eq!(at("2020-12-17T10:09:27.5+01:00").as_deref(), Some("2020-12-17T09:09:27.5Z"));
        assert_eq!(at("2021-07-01").as_deref(), Some("2021-06-30T22:00:00Z"));
        assert_eq!(at("2021-07").as_deref(), Some("2021-06-30T22:00:00Z"));
        assert_eq!(at("2021").as_deref(), Some("2020-12-31T23:00:00Z"));
    }

    #[test]
    fn an_instant_late_in_the_evening_is_the_next_danish_day() {
        assert_eq!(day("2021-02-10T23:30:00Z").unwrap().to_string(), "2021-02-11");
    }

    #[test]
    fn nonsense_is_nothing() {
        for text in
            ["", "2021-13", "2021-02-30", "21-02-03", "2021-2-3", "2021-02-03-04", "T", "2021-02-10T", "æ"]
        {
            assert_eq!((instant(text), day(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn words_are_as_precise_as_the_source() {
        assert_eq!(words("2021-02-12", Lang::Da).unwrap(), "12. februar 2021");
        assert_eq!(words("2021-02-12T23:30:00Z", Lang::En).unwrap(), "13 February 2021");
        assert_eq!(words("2021-02", Lang::Da).unwrap(), "februar 2021");
        assert_eq!(words("2021", Lang::En).unwrap(), "2021");
    }
}
