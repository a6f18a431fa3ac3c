//! What a grant says, in words, on its page and on paper: how much, how often, when, how it stands, by which law, and what
//! that is about.

use borgerportal_domain::grants::{Deadline, Every, Frequency, Grant, Law, Meaning, Standing};
use borgerportal_i18n::{Date, DayStyle, Lang, Texts};

/// "fredag 4. december 2026"
pub(in crate::pages) fn weekday(lang: Lang, day: Date) -> String {
    lang.day_as(day, DayStyle::Weekday).to_string()
}

pub(in crate::pages) fn left(lang: Lang, deadline: &Deadline, today: Date) -> Option<String> {
    let days = deadline.days_left(today)?;
    Some(Texts::of(lang).with("complaint-left", &[("days", days.into())]))
}

/// "20 minutter, 7 gange om ugen", "2 par om året", or nothing.
pub(in crate::pages) fn amount(lang: Lang, grant: &Grant) -> String {
    let Some(decision) = &grant.decision else { return String::new() };
    let minutes = decision
        .minutes
        .map(|minutes| Texts::of(lang).with("grant-minutes", &[("minutes", u32::from(minutes).into())]));
    let often = decision.frequency.map(|one| often(lang, one));
    let parts: Vec<String> = [minutes, often, decision.amount.clone()].into_iter().flatten().collect();
    parts.join(", ")
}

/// "hver dag", "hver 2. uge", "7 gange om ugen", "3 gange på 2 uger"
fn often(lang: Lang, Frequency { times, span, every }: Frequency) -> String {
    let (each, many, within) = match every {
        Every::Day => ("grant-every-d", "grant-times-d", "grant-times-in-d"),
        Every::Week => ("grant-every-wk", "grant-times-wk", "grant-times-in-wk"),
        Every::Month => ("grant-every-mo", "grant-times-mo", "grant-times-in-mo"),
        Every::Year => ("grant-every-a", "grant-times-a", "grant-times-in-a"),
    };
    let (times, span) = (u32::from(times), u32::from(span));
    match (times, span) {
        (1, _) => Texts::of(lang).with(each, &[("span", span.into())]),
        (_, 1) => Texts::of(lang).with(many, &[("times", times.into())]),
        (_, _) => Texts::of(lang).with(within, &[("times", times.into()), ("span", span.into())]),
    }
}

/// "fra 1. maj 2026", "til 31. maj 2026", "1. maj 2026–31. maj 2026", or nothing.
pub(in crate::pages) fn period(lang: Lang, grant: &Grant) -> String {
    let day = |day: Date| lang.day(day).to_string();
    match (grant.from, grant.to) {
        (None, None) => String::new(),
        (Some(from), None) => Texts::of(lang).with("grant-from", &[("from", (&day(from)).into())]),
        (None, Some(to)) => Texts::of(lang).with("grant-to", &[("to", (&day(to)).into())]),
        (Some(from), Some(to)) if from == to => day(from),
        (Some(from), Some(to)) => {
            Texts::of(lang).with("grant-from-to", &[("from", (&day(from)).into()), ("to", (&day(to)).into())])
        }
    }
}

pub(in crate::pages) fn standing(lang: Lang, standing: Standing) -> &'static str {
    Texts::of(lang).get(match standing {
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

/// "serviceloven § 83, stk. 1, nr. 1"
fn law(lang: Lang, grant: &Grant) -> Option<String> {
    let ground = grant.decision.as_ref()?.ground.as_ref()?;
    let law = match ground.law {
        Law::Service => "law-serviceloven",
        Law::Elderly => "law-aeldreloven",
        Law::Health => "law-sundhedsloven",
        Law::Child => "law-barnets_lov",
        Law::Other => return Some(ground.section.clone()).filter(|section| !section.is_empty()),
    };
    Some([Texts::of(lang).get(law), &ground.section].join(" ").trim().to_owned())
}

/// What is known of a grant beside its name and how it stands: what each thing is called, and what it is.
pub(crate) fn facts(lang: Lang, grant: &Grant) -> Vec<(&'static str, String)> {
    let say = |key| Texts::of(lang).get(key);
    let decision = grant.decision.as_ref();
    let meaning = decision.and_then(|one| one.ground.as_ref()?.meaning());
    let facts = [
        ("grant-amount", Some(amount(lang, grant)).filter(|amount| !amount.is_empty())),
        ("grant-period", Some(period(lang, grant)).filter(|period| !period.is_empty())),
        ("grant-supplier", grant.supplier.clone()),
        ("grant-law", law(lang, grant)),
        ("grant-meaning", meaning.map(|meaning| say(means(meaning)).to_owned())),
        ("grant-decided", decision.and_then(|one| one.decided).map(|day| lang.day(day).to_string())),
        ("grant-unit", decision.and_then(|one| one.unit.clone())),
    ];
    facts.into_iter().filter_map(|(name, words)| Some((say(name), words?))).collect()
}

const fn means(meaning: Meaning) -> &'static str {
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
