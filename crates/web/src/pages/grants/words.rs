//! What a grant says, in words: how much, how often, when, how it stands, and what its law is about.

use crate::pages::Frame;
use borgerportal_domain::grants::{Deadline, Every, Frequency, Grant, Meaning, Standing};
use borgerportal_i18n::{Date, DayStyle};

/// "fredag 4. december 2026"
pub(in crate::pages) fn weekday(frame: &Frame<'_>, day: Date) -> String {
    frame.lang.day_as(day, DayStyle::Weekday).to_string()
}

pub(in crate::pages) fn left(frame: &Frame<'_>, deadline: &Deadline, today: Date) -> Option<String> {
    let days = deadline.days_left(today)?;
    Some(frame.texts().with("complaint-left", &[("days", days.into())]))
}

/// "20 minutter, 7 gange om ugen", "2 par om året", or nothing.
pub(in crate::pages) fn amount(frame: &Frame<'_>, grant: &Grant) -> String {
    let Some(decision) = &grant.decision else { return String::new() };
    let minutes = decision
        .minutes
        .map(|minutes| frame.texts().with("grant-minutes", &[("minutes", u32::from(minutes).into())]));
    let often = decision.frequency.map(|one| often(frame, one));
    let parts: Vec<String> = [minutes, often, decision.amount.clone()].into_iter().flatten().collect();
    parts.join(", ")
}

/// "hver dag", "hver 2. uge", "7 gange om ugen", "3 gange på 2 uger"
fn often(frame: &Frame<'_>, Frequency { times, span, every }: Frequency) -> String {
    let (each, many, within) = match every {
        Every::Day => ("grant-every-d", "grant-times-d", "grant-times-in-d"),
        Every::Week => ("grant-every-wk", "grant-times-wk", "grant-times-in-wk"),
        Every::Month => ("grant-every-mo", "grant-times-mo", "grant-times-in-mo"),
        Every::Year => ("grant-every-a", "grant-times-a", "grant-times-in-a"),
    };
    let (times, span) = (u32::from(times), u32::from(span));
    match (times, span) {
        (1, _) => frame.texts().with(each, &[("span", span.into())]),
        (_, 1) => frame.texts().with(many, &[("times", times.into())]),
        (_, _) => frame.texts().with(within, &[("times", times.into()), ("span", span.into())]),
    }
}

/// "fra 1. maj 2026", "til 31. maj 2026", "1. maj 2026–31. maj 2026", or nothing.
pub(in crate::pages) fn period(frame: &Frame<'_>, grant: &Grant) -> String {
    let day = |day: Date| frame.day(&day);
    match (grant.from, grant.to) {
        (None, None) => String::new(),
        (Some(from), None) => frame.texts().with("grant-from", &[("from", (&day(from)).into())]),
        (None, Some(to)) => frame.texts().with("grant-to", &[("to", (&day(to)).into())]),
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => {
            frame.texts().with("grant-from-to", &[("from", (&day(from)).into()), ("to", (&day(to)).into())])
        }
    }
}

pub(in crate::pages) fn standing(frame: &Frame<'_>, standing: Standing) -> &'static str {
    frame.say(match standing {
        Standing::Applied => "standing-applied",
        Standing::Coming => "standing-coming",
        Standing::Running => "standing-running",
        Standing::Refused => "standing-refused",
        Standing::Lapsed => "standing-lapsed",
        Standing::Finished => "standing-finished",
        Standing::Dropped => "standing-dropped",
        Standing::Ceased => "standing-ceased",
        Standing::Replaced => "standing-replaced",
    })
}

pub(in crate::pages) const fn means(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::HomeHelp => "means-home_help",
        Meaning::Reablement => "means-reablement",
        Meaning::Relief => "means-relief",
        Meaning::SocialSupport => "means-social_support",
        Meaning::Training => "means-training",
        Meaning::Maintenance => "means-maintenance",
        Meaning::OwnHelpers => "means-own_helpers",
        Meaning::Companion => "means-companion",
        Meaning::ShelteredWork => "means-sheltered_work",
        Meaning::Activity => "means-activity",
        Meaning::TemporaryHome => "means-temporary_home",
        Meaning::LastingHome => "means-lasting_home",
        Meaning::Aid => "means-aid",
        Meaning::Goods => "means-goods",
        Meaning::Car => "means-car",
        Meaning::HomeChanges => "means-home_changes",
        Meaning::ExtraCosts => "means-extra_costs",
        Meaning::LostEarnings => "means-lost_earnings",
        Meaning::ElderlyCourse => "means-elderly_course",
        Meaning::Nursing => "means-nursing",
        Meaning::TrainingAfterHospital => "means-training_after_hospital",
        Meaning::Prevention => "means-prevention",
    }
}
