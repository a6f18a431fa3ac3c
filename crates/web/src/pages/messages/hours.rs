//! Opening hours in words: "mandag–torsdag kl. 8.00–15.30, fredag kl. 8.00–13.00".

use crate::pages::Frame;
use borgerportal_domain::municipality::Hours;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;

/// All stretches of a week.
#[must_use]
pub fn hours_words(lang: Lang, hours: &[Hours]) -> String {
    hours.iter().map(|one| stretch(lang, *one)).collect::<Vec<_>>().join(", ")
}

fn stretch(lang: Lang, hours: Hours) -> String {
    let (first, last) = (lang.weekday(hours.first), lang.weekday(hours.last));
    let days = if hours.first == hours.last { first.to_owned() } else { format!("{first}–{last}") };
    let clock = |time| lang.clock(time).to_string();
    let (from, until) = (clock(hours.from), clock(hours.until));
    // "kl." is said once.
    let until = until.strip_prefix("kl.\u{a0}").or_else(|| until.strip_prefix("kl. ")).unwrap_or(&until);
    format!("{days} {from}–{until}")
}

/// What a closed department says that says nothing itself.
#[must_use]
pub fn closed_until(frame: &Frame<'_>, until: Date) -> String {
    let day = frame.lang.day(until).to_string();
    frame.texts().with("message-closed-until", &[("date", (&day).into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_say_them() {
        let hours = |text: &str| Hours::try_from(text.to_owned()).unwrap();
        let week = [hours("monday-thursday 8.00-15.30"), hours("friday 8.00-13.00")];
        let said = hours_words(Lang::Da, &week).replace('\u{a0}', " ");
        assert_eq!(said, "mandag–torsdag kl. 8.00–15.30, fredag kl. 8.00–13.00");
        assert!(hours_words(Lang::En, &week).starts_with("Monday–Thursday "));
        assert_eq!(hours_words(Lang::Da, &[]), "");
    }
}
