//! The mandates of the demo, in every state of their life, made by the errands that people use: asked for, given,
//! renewed, on paper, stopped, ended by death, and one request that waits. It refuses to write past a rule.

use super::people::{PEOPLE, Person, find};
use super::relations::Ids;
use super::{ago, seed::noon};
use anyhow::Context as _;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::{MandateId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{DraftKind, Named, Standing, SuspendReason};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_end_of};
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::import::{self, File};
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::requests::{self, Yes};
use borgerportal_service::mandates::{ask, drafts, give, register, renew, stop};
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{App, Problem};
use borgerportal_store::mandates::packages;
use borgerportal_store::sessions::Session;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

const FILES: [&str; 3] = [
    include_str!("packages/catalogue.csv"),
    include_str!("packages/activations.csv"),
    include_str!("packages/map.csv"),
];

const ALL: &[&str] = &["kl.social-og-sundhedsportal.handle"];
const READING: &[&str] = &["kl.social-og-sundhedsportal.laese"];
const CALENDAR_AND_AIDS: &[&str] = &["kl.kalender.laese", "kl.hjaelpemidler.laese"];
const MEDICINE_READ: &[&str] = &["sds.fmk.laese"];
const MEDICINE_ACT: &[&str] = &["sds.fmk.handle"];
const MORE: &[&str] = &["kl.kalender.handle", "kl.hjaelpemidler.handle", "kl.hjaelpemidler.kontakt"];

/// The catalogue, where it is active, and what it opens.
pub(super) async fn catalogue(app: &App) -> anyhow::Result<()> {
    for text in FILES {
        let file = File::read(text)?;
        let imported = app.write(move |tx| import::import(tx, &file, false)).await?;
        imported.map_err(|(line, hint)| anyhow::anyhow!("line {line}: {hint}"))?;
    }
    Ok(())
}

/// Something that somebody does. People by key.
#[derive(Clone, Copy)]
enum Does {
    Gives(&'static str, &'static str, &'static [&'static str]),
    Asks(&'static str, &'static str, &'static [&'static str]),
    SaysYes(&'static str),
    Renews(&'static str, &'static str),
    OnPaper(&'static str, &'static str, &'static [&'static str]),
    Stops(&'static str, &'static str),
    IsDoubted(&'static str, &'static str),
    Dies(&'static str),
}

/// What happened, how many days ago, and the last day where there is one.
fn story(today: Date) -> Vec<(i64, Does, Date)> {
    use Does::{Asks, Dies, Gives, IsDoubted, OnPaper, Renews, SaysYes, Stops};
    let year = today.year();
    let (next_june, new_year) = (Date::constant(year + 1, 6, 30), Date::constant(year, 12, 31));
    let mut story = vec![
        (502, Asks("mette", "edith", ALL), next_june),
        (500, SaysYes("edith"), next_june),
        (420, Gives("inger", "bent", READING), new_year),
        (401, Gives("bent", "mette", ALL), ago(today, 361)),
        (400, Gives("bent", "karen", READING), ago(today, 30)),
        (380, Renews("bent", "mette"), ago(today, -1)),
        (312, Asks("mette", "inger", ALL), next_june),
        (310, SaysYes("inger"), next_june),
        (300, Gives("kaj", "grethe", CALENDAR_AND_AIDS), next_june),
        (270, OnPaper("kaj", "mette", READING), next_june),
        (200, Gives("amir", "samir", ALL), next_june),
        (150, Gives("sara", "maja", MEDICINE_READ), next_june),
        (140, Gives("lone", "maja", MEDICINE_ACT), next_june),
        (95, Gives("inger", "karen", CALENDAR_AND_AIDS), next_june),
        (9, IsDoubted("kaj", "grethe"), ago(today, -21)),
        (3, Stops("amir", "samir"), today),
        (2, Asks("bent", "inger", MORE), next_june),
    ];
    let dead = PEOPLE.iter().filter_map(|person| Some((person.dead_days?, Dies(person.key), today)));
    story.extend(dead);
    story.sort_by_key(|(days, ..)| std::cmp::Reverse(*days));
    story
}

/// Lets all of it happen, each on its day by the clock of `app`, but never after `now`.
pub(super) async fn all(app: &App, ids: &Ids, today: Date, now: Timestamp) -> anyhow::Result<()> {
    for (days, does, last_day) in story(today) {
        app.clock.set(noon(today, days, 0).min(now));
        let ids = ids.clone();
        let happens = move |tx: &Tx<'_>| happen(tx, &ids, does, (today, ago(today, days), last_day));
        app.write(happens).await.with_context(|| format!("a mandate of {days} days ago"))?;
    }
    Ok(())
}

fn happen(
    tx: &Tx<'_>,
    ids: &Ids,
    does: Does,
    (today, on, last_day): (Date, Date, Date),
) -> Result<(), Problem> {
    let helsingor = MunicipalityCode::parse("0217").ok_or(Problem::NotFound)?;
    let who = |key: &str| ids.get(key).map(|id| signed_in(tx, *id, helsingor)).ok_or(Problem::NotFound);
    let other = |key: &str| person(key).and_then(|other| named(other, today));
    match does {
        Does::Gives(giver, holder, codes) => {
            let who = who(giver)?;
            let draft = draft(tx, &who, (DraftKind::Give, other(holder)?), (codes, last_day))?;
            let shown = give::preview(tx, &who, draft, Lang::Da)?.hash;
            give::sign(tx, &who, draft, &shown, Lang::Da).map(|_| ())
        }
        Does::Asks(requester, giver, codes) => {
            let who = who(requester)?;
            let draft = draft(tx, &who, (DraftKind::Ask, other(giver)?), (codes, last_day))?;
            let shown = ask::preview(tx, &who, draft, Lang::Da)?.hash;
            ask::send(tx, &who, draft, &shown, Lang::Da).map(|_| ())
        }
        Does::SaysYes(giver) => {
            let who = who(giver)?;
            let waiting = borgerportal_service::mandates::overview(tx, &who, Lang::Da, 0)?.waiting;
            let request = waiting.first().ok_or(Problem::NotFound)?;
            let versions = request.rights.iter().map(|right| right.version).collect();
            let yes = Yes { versions, last_day };
            let shown = requests::preview(tx, &who, request.id, &yes, Lang::Da)?.hash;
            requests::approve(tx, &who, request.id, &yes, (&shown, Lang::Da)).map(|_| ())
        }
        Does::Renews(giver, holder) => {
            let who = who(giver)?;
            let old = running(tx, &who, &person(holder)?.name().full())?;
            let shown = renew::preview(tx, &who, old, last_day, Lang::Da)?.hash;
            renew::sign(tx, &who, old, last_day, (&shown, Lang::Da)).map(|_| ())
        }
        Does::OnPaper(giver, holder, codes) => {
            let numbers = (number(person(giver)?, today)?, number(person(holder)?, today)?);
            let yes = Yes { versions: versions(tx, codes)?, last_day };
            let registrar = "Borgerservice".to_owned();
            let paper = Paper { scan: [7; 32], pages: 2, received_on: on, registrar };
            paper::in_own_words(tx, (&numbers.0, &numbers.1), &yes, &paper).map(|_| ())
        }
        Does::Stops(giver, holder) => {
            let who = who(giver)?;
            let running = running(tx, &who, &person(holder)?.name().full())?;
            stop(tx, &who, running, None).map(|_| ())
        }
        Does::IsDoubted(giver, holder) => {
            let running = running(tx, &who(giver)?, &person(holder)?.name().full())?;
            register::suspend(tx, running, SuspendReason::Capacity, copenhagen_end_of(last_day))
        }
        Does::Dies(key) => register::died(tx, *ids.get(key).ok_or(Problem::NotFound)?, on),
    }
}

/// Somebody freshly logged in.
fn signed_in(tx: &Tx<'_>, person: PersonId, municipality: MunicipalityCode) -> SignedIn {
    let now = tx.now();
    let session = Session {
        person,
        role: Role::Citizen,
        municipality: Some(municipality),
        level: Level::Substantial,
        authenticated_at: now,
        created_at: now,
        seen_at: now,
        ends_at: now.plus_minutes(60),
        csrf: [0; 32],
    };
    SignedIn { mandates_are_ours: true, ..SignedIn::of(session, Vec::new(), [0; 32]) }
}

fn person(key: &str) -> Result<&'static Person, Problem> {
    find(key).map_err(|_| Problem::NotFound)
}

fn number(person: &Person, today: Date) -> Result<Cpr, Problem> {
    person.cpr(today).map_err(|_| Problem::NotFound)
}

fn named(person: &Person, today: Date) -> Result<Named, Problem> {
    let cpr = number(person, today)?;
    Named::read(&person.name().full(), cpr.expose(), "").map_err(|_| Problem::NotFound)
}

fn versions(tx: &Tx<'_>, codes: &[&str]) -> Result<BTreeSet<PackageVersionId>, Problem> {
    let all = packages::catalogue(tx)?;
    Ok(all.iter().filter(|entry| codes.contains(&entry.code.as_str())).map(|entry| entry.version).collect())
}

fn draft(
    tx: &Tx<'_>,
    who: &SignedIn,
    (kind, other): (DraftKind, Named),
    (codes, last_day): (&[&str], Date),
) -> Result<borgerportal_domain::DraftId, Problem> {
    let id = drafts::start(tx, who, kind)?;
    drafts::save_person(tx, who, id, &other)?;
    drafts::save_packages(tx, who, id, &versions(tx, codes)?)?;
    drafts::save_period(tx, who, id, last_day)?;
    if kind == DraftKind::Ask {
        drafts::save_sending(tx, who, id, false)?;
    }
    Ok(id)
}

/// The mandate that runs between the giver and somebody of this name.
fn running(tx: &Tx<'_>, who: &SignedIn, holder: &str) -> Result<MandateId, Problem> {
    let given = borgerportal_service::mandates::overview(tx, who, Lang::Da, 0)?.given;
    let runs = given.iter().find(|row| row.other == holder && row.standing == Standing::Active);
    runs.map(|row| row.id).ok_or(Problem::NotFound)
}
