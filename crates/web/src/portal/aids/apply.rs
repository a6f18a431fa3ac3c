//! Applying, one question a page: each shows what was answered, keeps what is answered now, and goes on. What is wrong is
//! shown with every answer as it was sent.

use super::{errand_id, fault, item, words, write};
use crate::form::Fields;
use crate::pages::aids::{CheckRow, Details, FileRow, QuestionRow, StepBody, StepPage, Tab, WhyAnswers};
use crate::pages::{Fault, Frame, Here, paths};
use crate::portal::errand::{self, Answer};
use crate::problem;
use crate::render::{go, page_with};
use crate::session::{Visit, sent};
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::aids::{Aim, Answers, ApplyRefusal, Lasting, Occasion, Step, Supplier, Why};
use borgerportal_domain::municipality::AidQuestion;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Texts;
use borgerportal_service::Problem;
use borgerportal_service::aids::{self as service, Attachment, Writing};

/// Begins an application (POST).
pub(crate) async fn begin(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let Some(kind) = fields.get("kind").map(str::to_owned) else {
        let words = Texts::of(visit.lang).get("aids-apply-kind-error").into();
        let faults = vec![Fault { field: "kind-1", words }];
        return super::show(&web, &visit, &journal, Some(Tab::Apply), faults).await;
    };
    let begun = write(&web, &visit, (&journal, "aids.begin"), &fields, move |tx, places, who, journal| {
        Ok(service::begin(tx, places, who, journal, &kind)?.to_string())
    });
    match begun.await {
        Ok(id) => go(&format!("/p/{journal}/aids/apply/{id}/why")),
        Err(Problem::Denied(code)) => {
            let faults = vec![fault(&visit, "kind-1", code)];
            super::show(&web, &visit, &journal, Some(Tab::Apply), faults).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// A page of an application, by its address.
pub(super) type Place = (String, String, String);

async fn read(web: &Web, visit: &Visit, (journal, id): (&str, &str)) -> Result<Answer<Writing>, Problem> {
    let id = item(id)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::draft(tx, places, who, (journal, id))
    })
    .await
}

/// `/p/{journal}/aids/apply/{draft}/{step}`
pub(crate) async fn step(State(web): State<Web>, Path(place): Path<Place>, visit: Visit) -> Response {
    show(&web, &visit, &place, (None, Vec::new())).await
}

pub(super) async fn show(
    web: &Web,
    visit: &Visit,
    (journal, id, step): &Place,
    (sent, faults): (Option<&Fields>, Vec<Fault>),
) -> Response {
    let Some(step) = Step::from_code(step) else {
        return problem::answer(web, visit, Problem::NotFound).await;
    };
    let answer = match read(web, visit, (journal, id)).await {
        // It was sent, perhaps from another page: there it is.
        Err(Problem::NotFound) => return go(&format!("/p/{journal}/aids/applications/{id}")),
        other => other,
    };
    errand::page(web, visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        let (writing, reached) = (&answer.found, answer.found.draft.step());
        if step > reached {
            return go(&paths::aids::step(answer.journal, writing.id, reached));
        }
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let body = body(web, &frame, (writing, step), (sent, &faults));
        let kind = writing.kind.name(words::is_english(&frame)).to_owned();
        let (journal, id) = (answer.journal, writing.id);
        page_with(status, &StepPage { frame, journal, id, kind, step, reached, faults, body })
    })
    .await
}

fn body(
    web: &Web,
    frame: &Frame<'_>,
    (writing, step): (&Writing, Step),
    (sent, faults): (Option<&Fields>, &[Fault]),
) -> StepBody {
    match step {
        Step::Why => StepBody::Why(sent.map_or_else(|| kept_why(writing), why_typed)),
        Step::Details => StepBody::Details(details(frame, writing, (sent, faults))),
        Step::Files => StepBody::Files {
            files: writing.files.iter().map(file_row).collect(),
            needed: writing.draft.needs_papers(&writing.kind),
            errand: errand_id(web),
        },
        Step::Check => {
            let today = copenhagen_date(web.app.clock.now());
            let day = frame.day(&writing.draft.answer_by(&writing.kind, today));
            StepBody::Check {
                rows: rows(frame, writing),
                answer_by: frame.texts().with("aids-check-then-1", &[("day", (&day).into())]),
                errand: errand_id(web),
            }
        }
    }
}

fn kept_why(writing: &Writing) -> WhyAnswers {
    let why = writing.draft.why.as_ref();
    WhyAnswers {
        lasting: why.map(|why| why.lasting),
        need: why.map(|why| why.need.clone()).unwrap_or_default(),
        aims: why.map(|why| why.aims.clone()).unwrap_or_default(),
    }
}

fn why_typed(fields: &Fields) -> WhyAnswers {
    WhyAnswers {
        lasting: fields.get("lasting").and_then(Lasting::from_code),
        need: fields.get("need").unwrap_or_default().to_owned(),
        aims: fields.all("aim").filter_map(Aim::from_code).collect(),
    }
}

fn file_row(file: &Attachment) -> FileRow {
    FileRow { number: file.number, name: file.name.clone(), size: size(file.file.size) }
}

/// "1,2 MB"; small files are told in kB.
fn size(bytes: i64) -> String {
    let tenths = bytes / (1 << 20) * 10 + bytes % (1 << 20) * 10 / (1 << 20);
    if tenths == 0 {
        format!("{} kB", (bytes / 1024).max(1))
    } else {
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

/// The page of details: what was sent, or else what is kept.
fn details(frame: &Frame<'_>, writing: &Writing, (sent, faults): (Option<&Fields>, &[Fault])) -> Details {
    let kept = writing.draft.answers.as_ref();
    let wrong = sent.and_then(|fields| {
        let answers = answers_typed(fields, writing)?;
        answers.check(&writing.kind).err().and_then(|(refusal, about)| Some((refusal, about?.code.clone())))
    });
    let question = |question: &AidQuestion| {
        let english = words::is_english(frame);
        let pick = |da: &String, en: &String| if english && !en.is_empty() { en.clone() } else { da.clone() };
        let answer = match sent {
            Some(fields) => fields.get(&format!("q-{}", question.code)).map(str::to_owned),
            None => kept.and_then(|kept| kept.answers.get(&question.code).cloned()),
        };
        let wrong = wrong.as_ref().filter(|(_, code)| !faults.is_empty() && *code == question.code);
        QuestionRow {
            code: question.code.clone(),
            words: pick(&question.da, &question.en),
            options: question
                .option
                .iter()
                .map(|option| (option.code.clone(), pick(&option.da, &option.en)))
                .collect(),
            optional: question.optional,
            answer: answer.unwrap_or_default(),
            wrong: wrong.and_then(|(refusal, _)| frame.texts().of_code(refusal.code()).map(str::to_owned)),
        }
    };
    let (supplier, supplier_name) = match (sent, kept.map(|kept| &kept.supplier)) {
        (Some(fields), _) => {
            let typed = |name| fields.get(name).unwrap_or_default().to_owned();
            (typed("supplier"), typed("supplier-name"))
        }
        (None, Some(Supplier::Municipality)) => ("municipality".to_owned(), String::new()),
        (None, Some(Supplier::Own(name))) => ("own".to_owned(), name.clone()),
        (None, None) => (String::new(), String::new()),
    };
    let occasion = match sent {
        Some(fields) => fields.get("occasion").and_then(Occasion::from_code),
        None => kept.map(|kept| kept.occasion),
    };
    Details {
        occasion,
        questions: writing.kind.question.iter().map(question).collect(),
        supplier,
        supplier_name,
    }
}

/// What was answered, once the two questions are that everybody is asked.
fn answers_typed(fields: &Fields, writing: &Writing) -> Option<Answers> {
    let supplier = match fields.get("supplier") {
        Some("municipality") => Supplier::Municipality,
        Some("own") => Supplier::Own(fields.get("supplier-name").unwrap_or_default().trim().to_owned()),
        _ => return None,
    };
    let answer = |question: &AidQuestion| {
        let typed = fields.get(&format!("q-{}", question.code)).unwrap_or_default().trim().to_owned();
        (!typed.is_empty()).then(|| (question.code.clone(), typed))
    };
    Some(Answers {
        occasion: fields.get("occasion").and_then(Occasion::from_code)?,
        answers: writing.kind.question.iter().filter_map(answer).collect(),
        supplier,
    })
}

/// Everything once more, in the page's language.
fn rows(frame: &Frame<'_>, writing: &Writing) -> Vec<CheckRow> {
    let line = |what: &str, says: String, change| CheckRow { what: what.to_owned(), says, change };
    let say = |key| frame.say(key);
    let mut rows =
        vec![line(say("aids-check-kind"), writing.kind.name(words::is_english(frame)).to_owned(), None)];
    if let Some((full, _)) = frame.acting.other() {
        rows.push(line(say("aids-check-for"), full.to_owned(), None));
    }
    for said in service::said(&writing.draft, &writing.kind) {
        let step =
            if matches!(said.code.as_str(), "lasting" | "need" | "aims") { Step::Why } else { Step::Details };
        let (what, says) = (words::word(frame, &said.question), words::word(frame, &said.answer));
        rows.push(line(what, says.to_owned(), Some(step)));
    }
    let files: Vec<&str> = writing.files.iter().map(|file| file.name.as_str()).collect();
    let files = if files.is_empty() { say("aids-check-no-files").to_owned() } else { files.join(", ") };
    rows.push(line(say("aids-check-files"), files, Some(Step::Files)));
    if let Some(visitor) = frame.visitor {
        rows.push(line(say("aids-check-by"), visitor.name.to_owned(), None));
    }
    rows
}

/// Keeps the answers of a page, or sends the application from the last one (POST).
pub(crate) async fn save(
    State(web): State<Web>,
    Path(place): Path<Place>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let kept = match Step::from_code(&place.2) {
        Some(Step::Why) => save_why(&web, &visit, &place, &fields).await,
        Some(Step::Details) => save_details(&web, &visit, &place, &fields).await,
        Some(Step::Files) => files_seen(&web, &visit, &place, &fields).await,
        Some(Step::Check) => return send(&web, &visit, &place, &fields).await,
        None => Err(Problem::NotFound),
    };
    match kept {
        Ok(Ok(step)) => go(&format!("/p/{}/aids/apply/{}/{step}", place.0, place.1)),
        Ok(Err(faults)) => show(&web, &visit, &place, (Some(&fields), faults)).await,
        Err(Problem::NotFound) => go(&format!("/p/{}/aids/applications/{}", place.0, place.1)),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// The next step, or what is to be mended.
type Kept = Result<Result<String, Vec<Fault>>, Problem>;

async fn save_why(web: &Web, visit: &Visit, (journal, id, _): &Place, fields: &Fields) -> Kept {
    let typed = why_typed(fields);
    let Some(lasting) = typed.lasting else {
        return Ok(Err(vec![fault(visit, "lasting-1", ApplyRefusal::LastingMissing.code())]));
    };
    let why = Why { lasting, need: typed.need.trim().to_owned(), aims: typed.aims };
    if let Err(refusal) = why.check() {
        let field = if refusal == ApplyRefusal::AimMissing { "aim-1" } else { "need" };
        return Ok(Err(vec![fault(visit, field, refusal.code())]));
    }
    let id = item(id)?;
    let kept = write(web, visit, (journal, "aids.why"), fields, move |tx, places, who, journal| {
        service::save_why(tx, places, who, (journal, id), &why)
    });
    kept.await.map(Ok)
}

async fn save_details(web: &Web, visit: &Visit, (journal, id, _): &Place, fields: &Fields) -> Kept {
    let writing = read(web, visit, (journal, id)).await?.found;
    let Some(answers) = answers_typed(fields, &writing) else {
        let first = fields.get("occasion").and_then(Occasion::from_code).is_none();
        let (field, refusal) = if first {
            ("occasion-1", ApplyRefusal::OccasionMissing)
        } else {
            ("supplier-1", ApplyRefusal::SupplierMissing)
        };
        return Ok(Err(vec![fault(visit, field, refusal.code())]));
    };
    if let Err((refusal, about)) = answers.check(&writing.kind) {
        // A question of the municipality is told at its own place; the list above leads to the form.
        let field = if about.is_some() { "indhold" } else { "supplier-1" };
        return Ok(Err(vec![fault(visit, field, refusal.code())]));
    }
    let id = item(id)?;
    let kept = write(web, visit, (journal, "aids.details"), fields, move |tx, places, who, journal| {
        service::save_answers(tx, places, who, (journal, id), &answers)
    });
    kept.await.map(Ok)
}

async fn files_seen(web: &Web, visit: &Visit, (journal, id, _): &Place, fields: &Fields) -> Kept {
    let writing = read(web, visit, (journal, id)).await?.found;
    if writing.draft.needs_papers(&writing.kind) && writing.files.is_empty() {
        return Ok(Err(vec![fault(visit, "file", ApplyRefusal::PapersMissing.code())]));
    }
    let id = item(id)?;
    let kept = write(web, visit, (journal, "aids.files"), fields, move |tx, places, who, journal| {
        service::see_files(tx, places, who, (journal, id))
    });
    kept.await.map(Ok)
}

async fn send(web: &Web, visit: &Visit, place: &Place, fields: &Fields) -> Response {
    let sent = async {
        let (token, journal) = errand::asked(visit, &place.0)?;
        let (errand, may_ask) = sent::form(web, visit, fields)?;
        service::send(&web.app, (token, ("aids.send", errand)), (journal, item(&place.1)?), may_ask).await
    };
    match sent.await {
        Ok(sent) => go(&format!("/p/{}/aids/applications/{}?new=1", place.0, sent.application)),
        Err(Problem::Denied(code)) => {
            let at = match code {
                "aids.apply.papers_missing" => Step::Files,
                "aids.apply.cpr_like" | "aids.apply.need_missing" => Step::Why,
                "aids.apply.answer_missing" | "aids.apply.supplier_missing" => Step::Details,
                _ => Step::Check,
            };
            let field = match at {
                Step::Files => "file",
                Step::Why => "need",
                Step::Details => "supplier-1",
                Step::Check => "indhold",
            };
            let place = (place.0.clone(), place.1.clone(), at.code().to_owned());
            show(web, visit, &place, (None, vec![fault(visit, field, code)])).await
        }
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}
