//! The questions, one a page: each shows what was answered, keeps what is answered now, and goes on. What is
//! wrong is shown with every answer as it was sent.

use super::ask::{next, way};
use super::borgerservice::{Help, help};
use super::errand::{self, Mine, page, read, write};
use super::last_day::{Answered, again, answered, shown};
use super::words::{chosen, fault, first, right, rights as in_words, subject};
use crate::form::Fields;
use crate::pages::mandates::{
    Area, At, CheckPage, Fault, LastDay, PeriodStep, PersonStep, RightsStep, SendingStep, Step, pick,
};
use crate::pages::{Frame, paths};
use crate::problem;
use crate::render::{go, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::DraftId;
use borgerportal_domain::mandates::{Draft, Named, NamedRefusal, Periods};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Texts;
use borgerportal_service::Problem;
use borgerportal_service::mandates::{Tx, drafts, packages};
use borgerportal_service::sessions::SignedIn;

type Faults = Vec<Fault>;

/// Reads a draft with what its page needs. A draft has one address: asking is not giving.
async fn load<T: Send + 'static>(
    web: &Web,
    visit: &Visit,
    id: &str,
    load: impl Fn(&Tx<'_>, &SignedIn, DraftId) -> Result<(Draft, T), Problem> + Clone + Send + 'static,
) -> Result<Mine<(Draft, T)>, Problem> {
    let (id, way) = (errand::draft(id)?, way(visit));
    let mine = read(web, visit, move |tx, who| load(tx, who, id)).await?;
    if mine.found.0.kind == way { Ok(mine) } else { Err(Problem::NotFound) }
}

/// Keeps an answer; goes on to the first question without one, or to the list for later.
async fn keep(
    web: &Web,
    visit: &Visit,
    (id, fields): (&str, &Fields),
    save: impl Fn(&Tx<'_>, &SignedIn, DraftId) -> Result<Draft, Problem> + Send + Sync + 'static,
) -> Result<Response, Problem> {
    let draft = errand::draft(id)?;
    let saved = write(web, visit, fields, move |tx, who| {
        save(tx, who, draft).map(|draft| draft.step().code().to_owned())
    });
    let step = saved.await?;
    Ok(if later(fields) { go("/fuldmagter?gjort=gemt") } else { next(way(visit), id, &step) })
}

fn later(fields: &Fields) -> bool {
    fields.get("gem").is_some()
}

fn at(draft: &Draft, step: Step, faults: Faults) -> At {
    At {
        way: draft.kind,
        step,
        reached: draft.step(),
        draft: paths::mandates::draft(draft.kind, &draft.id.to_string()),
        name: draft.person.as_ref().map(|person| first(&person.name)).unwrap_or_default(),
        faults,
    }
}

/// The page of a question, or the first question that comes before it.
fn question(
    draft: &Draft,
    step: Step,
    faults: Faults,
    show: impl FnOnce(StatusCode, At) -> Response,
) -> Response {
    if !draft.reaches(step) {
        return next(draft.kind, &draft.id.to_string(), draft.step().code());
    }
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    show(status, at(draft, step, faults))
}

/// What was wrong with an answer, if the page is to be shown again.
#[expect(clippy::result_large_err, reason = "the error is the answer itself, made once a request")]
fn wrong(
    answer: Result<Response, Problem>,
    fault: impl FnOnce(&'static str) -> Fault,
) -> Result<Faults, Result<Response, Problem>> {
    match answer {
        Err(Problem::Denied(code)) => Ok(vec![fault(code)]),
        other => Err(other),
    }
}

async fn finish(web: &Web, visit: &Visit, answer: Result<Response, Problem>) -> Response {
    match answer {
        Ok(response) => response,
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}

/// `…/{draft}/person`
pub(crate) async fn person(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_person(&web, &visit, &id, None, Vec::new()).await
}

async fn show_person(
    web: &Web,
    visit: &Visit,
    id: &str,
    sent: Option<[String; 3]>,
    faults: Faults,
) -> Response {
    let mine = load(web, visit, id, |tx, who, id| Ok((drafts::load(tx, who, id)?, ()))).await;
    page(web, visit, mine, |frame, mine| {
        let draft = &mine.found.0;
        let [full, cpr, address] = sent.unwrap_or_else(|| kept_person(draft));
        question(draft, Step::Person, faults, |status, at| {
            page_with(status, &PersonStep { frame, at, full, cpr, address })
        })
    })
    .await
}

fn kept_person(draft: &Draft) -> [String; 3] {
    let Some(person) = &draft.person else { return Default::default() };
    let cpr = person.cpr.as_ref().map(|cpr| cpr.expose().to_owned()).unwrap_or_default();
    [person.name.clone(), cpr, person.address.clone().unwrap_or_default()]
}

/// Keeps who the other is (POST).
pub(crate) async fn save_person(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let sent = ["navn", "cpr", "adresse"].map(|name| fields.get(name).unwrap_or_default().to_owned());
    let [name, cpr, address] = &sent;
    let faults = match Named::read(name, cpr, address) {
        Ok(named) => {
            let save = move |tx: &Tx<'_>, who: &SignedIn, id| drafts::save_person(tx, who, id, &named);
            let kept = keep(&web, &visit, (&id, &fields), save).await;
            match wrong(kept, |code| fault(visit.lang, "cpr", code)) {
                Ok(faults) => faults,
                Err(answer) => return finish(&web, &visit, answer).await,
            }
        }
        Err(_) if later(&fields) => return go("/fuldmagter?gjort=gemt"),
        Err(refusals) => {
            refusals.into_iter().map(|one| fault(visit.lang, field_of(one), one.code())).collect()
        }
    };
    show_person(&web, &visit, &id, Some(sent), faults).await
}

const fn field_of(refusal: NamedRefusal) -> &'static str {
    match refusal {
        NamedRefusal::NameMissing | NamedRefusal::NameNotFull | NamedRefusal::NameTooLong => "navn",
        NamedRefusal::NumberInvalid | NamedRefusal::NothingToFindBy => "cpr",
        NamedRefusal::AddressTooLong => "adresse",
    }
}

/// `…/{draft}/rettigheder`
pub(crate) async fn rights(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_rights(&web, &visit, &id, None, Vec::new()).await
}

async fn show_rights(
    web: &Web,
    visit: &Visit,
    id: &str,
    sent: Option<Vec<String>>,
    faults: Faults,
) -> Response {
    let lang = visit.lang;
    let mine = load(web, visit, id, move |tx, who, id| drafts::with_choices(tx, who, id, lang)).await;
    page(web, visit, mine, |frame, mine| {
        let (draft, areas) = &mine.found;
        let is_chosen = |one: &packages::Choice| match &sent {
            Some(codes) => codes.contains(&one.right.version.to_string()),
            None => draft.packages.contains(&one.right.version),
        };
        let rights = |area: &packages::Area| {
            area.choices.iter().map(|one| right(&one.right, is_chosen(one))).collect()
        };
        let area =
            |one: &packages::Area| Area { title: subject(lang, one.subject).to_owned(), rights: rights(one) };
        let areas = areas.iter().map(area).collect();
        question(draft, Step::Rights, faults, |status, at| {
            page_with(status, &RightsStep { frame, at, areas })
        })
    })
    .await
}

/// Keeps what may be done (POST).
pub(crate) async fn save_rights(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let (fields, lang) = (Fields::parse(&body), visit.lang);
    let sent: Vec<String> = fields.all("valg").map(str::to_owned).collect();
    if sent.is_empty() && later(&fields) {
        return go("/fuldmagter?gjort=gemt");
    }
    let codes = sent.clone();
    let save = move |tx: &Tx<'_>, who: &SignedIn, id| {
        let areas = packages::choices(tx, who, lang)?;
        let offered = areas.iter().flat_map(|area| &area.choices).map(|choice| &choice.right);
        drafts::save_packages(tx, who, id, &chosen(offered, &codes))
    };
    let kept = keep(&web, &visit, (&id, &fields), save).await;
    let none = pick(way(&visit), "rights-error-ask", "rights-error-give");
    let faults = wrong(kept, |code| match code {
        "mandates.draft.nothing_chosen" => fault(lang, "valg", none),
        code => fault(lang, "valg", code),
    });
    match faults {
        Ok(faults) => show_rights(&web, &visit, &id, Some(sent), faults).await,
        Err(answer) => finish(&web, &visit, answer).await,
    }
}

/// `…/{draft}/periode`
pub(crate) async fn period(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_period(&web, &visit, &id, None, Vec::new()).await
}

async fn show_period(web: &Web, visit: &Visit, id: &str, sent: Option<&Fields>, faults: Faults) -> Response {
    let today = copenhagen_date(web.app.clock.now());
    let mine = load(web, visit, id, drafts::with_periods).await;
    page(web, visit, mine, |frame: Frame<'_>, mine| {
        let (draft, periods) = &mine.found;
        let last_day: LastDay = match sent {
            Some(fields) => again(periods, today, fields),
            None => shown(periods, today, draft.last_day),
        };
        let faults = faults.into_iter().map(|fault| late(fault, &frame, periods)).collect();
        question(draft, Step::Period, faults, |status, at| {
            page_with(status, &PeriodStep { frame, at, last_day })
        })
    })
    .await
}

/// The sentence for a day too far ahead names the last one that can be chosen.
pub(super) fn late(fault: Fault, frame: &Frame<'_>, periods: &Periods) -> Fault {
    if fault.words != "period-error-late" {
        return fault;
    }
    let day = frame.lang.day(periods.longest).to_string();
    let words = frame.texts().with("period-error-late", &[("date", (&day).into())]);
    Fault { words: words.into(), ..fault }
}

/// What is wrong with an answer that is no day.
pub(super) fn no_day(texts: &'static Texts, answer: &Answered) -> Faults {
    let fault = |field, key| vec![Fault { field, words: texts.get(key).into() }];
    match answer {
        Answered::Nothing => fault("periode", "period-error-none"),
        Answered::Empty => fault("dag", "period-error-empty"),
        Answered::NoSuchDay => fault("dag", "period-error-date"),
        Answered::Day(_) => Vec::new(),
    }
}

/// What is wrong with a day that the rules refuse.
pub(super) fn bad_day(visit: &Visit, code: &'static str) -> Fault {
    match code {
        "mandates.draft.too_long" | "mandates.sign.too_long" | "mandates.request.wider" => {
            Fault { field: "dag", words: "period-error-late".into() }
        }
        code => fault(visit.lang, "dag", code),
    }
}

/// Keeps how long (POST).
pub(crate) async fn save_period(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let faults = match answered(&fields, None) {
        Answered::Day(day) => {
            let save = move |tx: &Tx<'_>, who: &SignedIn, id| drafts::save_period(tx, who, id, day);
            let kept = keep(&web, &visit, (&id, &fields), save).await;
            match wrong(kept, |code| bad_day(&visit, code)) {
                Ok(faults) => faults,
                Err(answer) => return finish(&web, &visit, answer).await,
            }
        }
        Answered::Nothing | Answered::Empty | Answered::NoSuchDay if later(&fields) => {
            return go("/fuldmagter?gjort=gemt");
        }
        no @ (Answered::Nothing | Answered::Empty | Answered::NoSuchDay) => {
            no_day(Texts::of(visit.lang), &no)
        }
    };
    show_period(&web, &visit, &id, Some(&fields), faults).await
}

/// `…/{draft}/sending`
pub(crate) async fn sending(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_sending(&web, &visit, &id, Vec::new()).await
}

async fn show_sending(web: &Web, visit: &Visit, id: &str, faults: Faults) -> Response {
    let mine = load(web, visit, id, |tx, who, id| Ok((drafts::load(tx, who, id)?, ()))).await;
    page(web, visit, mine, |frame, mine| {
        let draft = &mine.found.0;
        let only_letter = draft.person.as_ref().is_some_and(|person| person.cpr.is_none());
        let by_letter = draft.by_letter;
        question(draft, Step::Sending, faults, |status, at| {
            page_with(status, &SendingStep { frame, at, by_letter, only_letter })
        })
    })
    .await
}

/// Keeps how it is sent (POST).
pub(crate) async fn save_sending(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let by_letter = match fields.get("sending") {
        Some("digital") => false,
        Some("brev") => true,
        _ if later(&fields) => return go("/fuldmagter?gjort=gemt"),
        _ => {
            let words = Texts::of(visit.lang).get("sending-error").into();
            let faults = vec![Fault { field: "sending-digital", words }];
            return show_sending(&web, &visit, &id, faults).await;
        }
    };
    let save = move |tx: &Tx<'_>, who: &SignedIn, id| drafts::save_sending(tx, who, id, by_letter);
    let kept = keep(&web, &visit, (&id, &fields), save).await;
    finish(&web, &visit, kept).await
}

/// `…/{draft}/tjek`
pub(crate) async fn check(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let lang = visit.lang;
    let mine = load(&web, &visit, &id, move |tx, who, id| drafts::with_choices(tx, who, id, lang)).await;
    page(&web, &visit, mine, |frame, mine| {
        let (draft, areas) = &mine.found;
        let (Some(person), Some(last_day)) = (&draft.person, draft.last_day) else {
            return next(draft.kind, &draft.id.to_string(), draft.step().code());
        };
        let offered = areas.iter().flat_map(|area| &area.choices).map(|choice| choice.right.clone());
        let picked: Vec<_> = offered.filter(|one| draft.packages.contains(&one.version)).collect();
        let sign = format!("{}/underskriv", paths::mandates::draft(draft.kind, &draft.id.to_string()));
        let by_way = paths::step_up(&sign);
        question(draft, Step::Check, Vec::new(), |status, at| {
            let help = mine.view.place(&web).map(help);
            let page = CheckPage {
                borgerservice: help.as_ref().map(Help::shown),
                known_by: known_by(&frame, person),
                full: person.name.clone(),
                own: mine.view.actor.clone(),
                rights: in_words(&picked),
                last_day,
                by_letter: draft.sends_letter(),
                sign: if mine.fresh { sign } else { by_way },
                frame,
                at,
            };
            page_with(status, &page)
        })
    })
    .await
}

/// Number and address, as typed.
fn known_by(frame: &Frame<'_>, person: &Named) -> Vec<String> {
    let number = person.cpr.as_ref().map(|cpr| {
        let (birth, rest) = cpr.expose().split_at(6);
        let cpr = format!("{birth}-{rest}");
        frame.texts().with("check-cpr", &[("cpr", (&cpr).into())])
    });
    number.into_iter().chain(person.address.clone()).collect()
}
