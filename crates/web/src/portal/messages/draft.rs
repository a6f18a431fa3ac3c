//! The questions before a message is sent. Every answer is kept on the server when it is given; nothing is sent before the
//! last page. What is typed is kept also where the session has ended meanwhile.

use super::show;
use super::{errand_id, item};
use crate::form::Fields;
use crate::pages::messages::{At, CheckPage, DepartmentPage, WritePage};
use crate::pages::{Fault, Frame, Here, paths};
use crate::portal::errand::{self, Answer, asked};
use crate::problem;
use crate::render::{go, page_with};
use crate::session::{Visit, csrf};
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::messages::{About, Draft, Kind, Step};
use borgerportal_i18n::{Lang, Texts};
use borgerportal_service::Problem;
use borgerportal_service::messages::drafts::{self, Loaded};

/// A sentence about a code, at its field.
pub(super) fn fault(lang: Lang, code: &str) -> Fault {
    let field = match code {
        "messages.department.none" => "til",
        "messages.subject.too_long" => "emne",
        code if code.starts_with("attachments.") => "fil",
        _ => "besked",
    };
    Fault { field, words: Texts::of(lang).of_code(code).unwrap_or_default().into() }
}

/// Where in the questions a draft stands.
pub(super) fn at(journal: JournalId, draft: &Draft, step: Step, faults: Vec<Fault>) -> At {
    let Draft { id, kind, answers, .. } = *draft;
    At { journal, draft: Some(id), step, reached: draft.step(), kind, answers, faults }
}

pub(super) const fn status(faults: &[Fault]) -> StatusCode {
    if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// Reads a draft of one's own.
pub(super) async fn load(
    web: &Web,
    visit: &Visit,
    (journal, draft): (&str, &str),
) -> Result<Answer<Loaded>, Problem> {
    let draft = item(draft)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        drafts::load(tx, places, who, (journal, draft))
    })
    .await
}

/// The page of a question, where the answers before it allow it; else the question that comes first.
pub(super) async fn question(
    web: &Web,
    visit: &Visit,
    step: Step,
    answer: Result<Answer<Loaded>, Problem>,
    page: impl FnOnce(Frame<'_>, &Answer<Loaded>) -> Response,
) -> Response {
    errand::page(web, visit, (Here::Messages, &visit.path), answer, |frame, answer| {
        let draft = &answer.found.draft;
        if draft.reaches(step) {
            return page(frame, answer);
        }
        go(&paths::messages::step(answer.journal, draft.id, draft.step()))
    })
    .await
}

/// What a new message is to be, by the fields of a link or a form.
fn wished(fields: &Fields) -> (Kind, Vec<ItemId>) {
    let kind = fields.get("kind").and_then(Kind::from_code).unwrap_or(Kind::Question);
    (kind, fields.all("about").filter_map(|id| ItemId::parse(id).ok()).collect())
}

/// `/p/{journal}/messages/new?kind=complaint&about={item}`
pub(crate) async fn new(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let fields = Fields::parse(visit.query.as_bytes());
    show_new(&web, &visit, &journal, &fields, Vec::new()).await
}

async fn show_new(web: &Web, visit: &Visit, journal: &str, fields: &Fields, faults: Vec<Fault>) -> Response {
    let (kind, about) = wished(fields);
    let answer = errand::read(web, visit, journal, move |tx, places, who, journal| {
        drafts::before(tx, places, who, journal, &about)
    });
    errand::page(web, visit, (Here::Messages, &visit.path), answer.await, |frame, answer| {
        let (draft, answers) = (None, None);
        let journal = answer.journal;
        let at =
            At { journal, draft, step: Step::Department, reached: Step::Department, kind, answers, faults };
        let chosen = fields.get("til").map(str::to_owned);
        departments(web, (frame, answer), at, (&answer.found, chosen))
    })
    .await
}

fn departments<T>(
    web: &Web,
    (frame, answer): (Frame<'_>, &Answer<T>),
    at: At,
    (about, chosen): (&[About], Option<String>),
) -> Response {
    let about = about.iter().map(|one| (one.item, one.title.clone())).collect();
    let departments = show::departments(web, &frame, answer.view.place(web));
    let status = status(&at.faults);
    page_with(status, &DepartmentPage { frame, at, about, departments, chosen, errand: errand_id(web) })
}

/// Begins a draft (POST).
pub(crate) async fn begin(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let begun = async {
        let (_, id) = asked(&visit, &journal)?;
        let (kind, about) = wished(&fields);
        let department = fields.get("til").map(str::to_owned);
        let wish = drafts::Wish { kind, department, about, answers: None };
        let begin = errand::write(
            &web,
            &visit,
            (&journal, "messages.begin"),
            &fields,
            move |tx, places, who, journal| drafts::begin(tx, places, who, journal, &wish),
        );
        Ok(paths::messages::step(id, begin.await?, Step::Write))
    };
    match begun.await {
        Ok(path) => go(&path),
        Err(Problem::Denied(code)) => {
            let faults = vec![fault(visit.lang, code)];
            show_new(&web, &visit, &journal, &fields, faults).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// `…/drafts/{draft}/department`
pub(crate) async fn department(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    show_department(&web, &visit, (&journal, &draft), Vec::new()).await
}

async fn show_department(web: &Web, visit: &Visit, ids: (&str, &str), faults: Vec<Fault>) -> Response {
    let answer = load(web, visit, ids).await;
    question(web, visit, Step::Department, answer, |frame, answer| {
        let draft = &answer.found.draft;
        let at = at(answer.journal, draft, Step::Department, faults);
        departments(web, (frame, answer), at, (&draft.about, draft.department.clone()))
    })
    .await
}

/// Keeps to whom (POST).
pub(crate) async fn choose(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let department = fields.get("til").map(str::to_owned);
    let kept = async {
        let id = item(&draft)?;
        errand::write(
            &web,
            &visit,
            (&journal, "messages.choose"),
            &fields,
            move |tx, places, who, journal| {
                drafts::choose(tx, places, who, (journal, id), department.as_deref())
            },
        )
        .await
    };
    match kept.await {
        Ok(()) => onward(&journal, &draft, Step::Write),
        Err(Problem::Denied(code)) => {
            show_department(&web, &visit, (&journal, &draft), vec![fault(visit.lang, code)]).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

pub(super) fn onward(journal: &str, draft: &str, step: Step) -> Response {
    match (JournalId::parse(journal), ItemId::parse(draft)) {
        (Ok(journal), Ok(draft)) => go(&paths::messages::step(journal, draft, step)),
        _ => go(paths::PERSONS),
    }
}

/// `…/drafts/{draft}/write`
pub(crate) async fn write(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    show_write(&web, &visit, (&journal, &draft), Vec::new()).await
}

async fn show_write(web: &Web, visit: &Visit, ids: (&str, &str), faults: Vec<Fault>) -> Response {
    let answer = load(web, visit, ids).await;
    question(web, visit, Step::Write, answer, |frame, answer| {
        let Loaded { draft, answered, .. } = &answer.found;
        let page = WritePage {
            to: show::to(web, &frame, answer.view.place(web), (draft, answered.as_ref())),
            at: at(answer.journal, draft, Step::Write, faults),
            about: draft.about.iter().map(|one| one.title.clone()).collect(),
            subject: draft.subject.clone(),
            text: draft.text.clone(),
            frame,
        };
        page_with(status(&page.at.faults), &page)
    })
    .await
}

/// Keeps the words (POST), whatever they are.
pub(crate) async fn save(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let words = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let (subject, text) = (words("emne"), words("besked"));
    let kept = async {
        let (id, subject, text) = (item(&draft)?, subject.clone(), text.clone());
        errand::write(&web, &visit, (&journal, "messages.write"), &fields, move |tx, places, who, journal| {
            drafts::write(tx, places, who, (journal, id), (&subject, &text))
        })
        .await
    };
    match kept.await {
        Ok(_) if fields.get("gem").is_some() => go(&list(&journal)),
        Ok(None) => onward(&journal, &draft, Step::Files),
        Ok(Some(code)) => show_write(&web, &visit, (&journal, &draft), vec![fault(visit.lang, &code)]).await,
        Err(Problem::NoSession) => {
            keep_after_end(&web, &visit, (&journal, &draft), &fields, (subject, text)).await;
            problem::answer(&web, &visit, Problem::NoSession).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// The session ended while somebody was writing: their words are kept, and shown to nobody before they have logged in.
async fn keep_after_end(
    web: &Web,
    visit: &Visit,
    (journal, draft): (&str, &str),
    fields: &Fields,
    words: (String, String),
) {
    let (Ok((token, journal)), Ok(draft)) = (asked(visit, journal), item(draft)) else { return };
    if !csrf::is_from_here(&visit.headers, &web.site.public_url) {
        return;
    }
    let secret = fields.get("csrf").unwrap_or_default().to_owned();
    let fits = move |known: &[u8; 32]| csrf::fits(&secret, known);
    if let Err(problem) = drafts::keep_after_end(&web.app, token, fits, (journal, draft), words).await {
        tracing::debug!(%problem, "words that came after the end of a session were not kept");
    }
}

fn list(journal: &str) -> String {
    JournalId::parse(journal).map_or_else(|_| paths::PERSONS.to_owned(), paths::messages)
}

/// `…/drafts/{draft}/check`
pub(crate) async fn check(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    show_check(&web, &visit, (&journal, &draft)).await
}

async fn show_check(web: &Web, visit: &Visit, ids: (&str, &str)) -> Response {
    let answer = load(web, visit, ids).await;
    question(web, visit, Step::Check, answer, |frame, answer| {
        let Loaded { draft, files, answered } = &answer.found;
        if let Err(no) = Draft::may_say(&draft.subject, &draft.text) {
            let page = format!("{}?error={}", Step::Write.code(), no.code());
            return go(&format!("{}/{page}", paths::messages::draft(answer.journal, draft.id)));
        }
        let page = CheckPage {
            to: show::to(web, &frame, answer.view.place(web), (draft, answered.as_ref())),
            at: at(answer.journal, draft, Step::Check, Vec::new()),
            about: draft.about.iter().map(|one| one.title.clone()).collect(),
            subject: draft.subject.clone(),
            text: draft.text.clone(),
            files: files.iter().map(show::file).collect(),
            errand: errand_id(web),
            frame,
        };
        page_with(StatusCode::OK, &page)
    })
    .await
}

/// Sends it (POST).
pub(crate) async fn send(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let sent = async {
        let (_, place) = asked(&visit, &journal)?;
        let id = item(&draft)?;
        let send = errand::write(
            &web,
            &visit,
            (&journal, "messages.send"),
            &fields,
            move |tx, places, who, journal| {
                borgerportal_service::messages::send(tx, places, who, (journal, id))
            },
        );
        Ok(paths::messages::receipt(place, send.await?.message))
    };
    match sent.await {
        Ok(path) => go(&path),
        // Something has changed since the page was shown: its question says what.
        Err(Problem::Denied("messages.department.none")) => onward(&journal, &draft, Step::Department),
        Err(Problem::Denied(_)) => onward(&journal, &draft, Step::Write),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Throws it away (POST).
pub(crate) async fn drop(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let dropped = async {
        let id = item(&draft)?;
        errand::write(&web, &visit, (&journal, "messages.drop"), &fields, move |tx, places, who, journal| {
            drafts::drop(tx, places, who, (journal, id))
        })
        .await
    };
    match dropped.await {
        Ok(()) => go(&format!("{}?done=dropped", list(&journal))),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Addresses that only a form is sent to: whoever comes back there after a log-in finds the draft.
pub(crate) async fn to_files(Path(parts): Path<Vec<(String, String)>>) -> Response {
    let part =
        |name: &str| parts.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    onward(part("journal"), part("draft"), Step::Files)
}
