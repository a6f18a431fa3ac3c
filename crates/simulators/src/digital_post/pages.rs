//! The boxes as pages: everybody, one person's box and letters, one message with its files and buttons. In Danish,
//! with English beside; without script. They refuse to look like the real Digital Post, and to name a person by
//! number: people stand in the address by their place in the list.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use borgerportal_domain::Timestamp;
use borgerportal_domain::time::copenhagen;
use serde::Deserialize;
use uuid::Uuid;

use super::Resident;
use super::post::{Post, Received};
use crate::letters::{Letter, letters};
use crate::page::shown;

/// The language of a page.
#[derive(Deserialize)]
pub(super) struct Asked {
    lang: Option<String>,
}

impl Asked {
    fn english(&self) -> bool {
        self.lang.as_deref() == Some("en")
    }
}

#[derive(Template)]
#[template(path = "post_everybody.html")]
struct Everybody {
    english: bool,
    people: Vec<Row>,
    /// How many e-mails came, where there is a mail server.
    mails: Option<usize>,
}

/// Every e-mail that came: a mail server knows addresses and no people.
#[derive(Template)]
#[template(path = "post_mails.html")]
struct AllMails {
    english: bool,
    mails: Vec<MailLine>,
}

struct MailLine {
    to: String,
    subject: String,
    at: String,
    text: Vec<String>,
}

struct Row {
    place: usize,
    name: String,
    enrolled: bool,
    messages: usize,
    letters: usize,
}

#[derive(Template)]
#[template(path = "post_box.html")]
struct PersonBox<'a> {
    english: bool,
    place: usize,
    name: String,
    enrolled: bool,
    messages: Vec<Line>,
    letters: &'a [Letter],
    /// What the phone has shown.
    sms: Vec<String>,
}

struct Line {
    uuid: Uuid,
    label: String,
    /// The language it was written in.
    lang: String,
    sender: String,
    at: String,
}

#[derive(Template)]
#[template(path = "post_message.html")]
struct Message {
    english: bool,
    place: usize,
    name: String,
    uuid: Uuid,
    label: String,
    lang: String,
    notification: String,
    sender: String,
    at: String,
    text: Vec<String>,
    files: Vec<(usize, String)>,
    buttons: Vec<(String, String)>,
}

pub(super) async fn everybody(State(post): State<Arc<Post>>, Query(asked): Query<Asked>) -> Response {
    let all = letters(post.config().letters.as_deref());
    let row = |(place, person): (usize, &Resident)| Row {
        place,
        name: person.name.full(),
        enrolled: post.is_enrolled(person.cpr.expose()).unwrap_or(false),
        messages: post.box_of(person).len(),
        letters: all.iter().filter(|letter| letter.is_to(&person.name.full())).count(),
    };
    let people = (1..).zip(&post.config().people).map(row).collect();
    let mails = post.config().mails.as_ref().map(|mails| mails.received().len());
    boxed(&Everybody { english: asked.english(), people, mails })
}

pub(super) async fn mails(
    State(post): State<Arc<Post>>,
    Query(asked): Query<Asked>,
) -> Result<Response, StatusCode> {
    let mails = post.config().mails.as_ref().ok_or(StatusCode::NOT_FOUND)?;
    let line = |mail: &crate::mail::Received| MailLine {
        to: mail.to.clone(),
        subject: mail.header("Subject").unwrap_or_default().to_owned(),
        at: moment(mail.at),
        text: mail.text().lines().map(str::to_owned).filter(|line| !line.is_empty()).collect(),
    };
    let mails = mails.received().iter().rev().map(line).collect();
    Ok(boxed(&AllMails { english: asked.english(), mails }))
}

fn resident(post: &Post, place: usize) -> Result<&Resident, StatusCode> {
    let found = place.checked_sub(1).and_then(|place| post.config().people.get(place));
    found.ok_or(StatusCode::NOT_FOUND)
}

pub(super) async fn person_box(
    State(post): State<Arc<Post>>,
    Path(place): Path<usize>,
    Query(asked): Query<Asked>,
) -> Result<Response, StatusCode> {
    let person = resident(&post, place)?;
    let name = person.name.full();
    let line = |one: &Received| Line {
        uuid: one.memo.uuid,
        label: one.memo.label.clone(),
        lang: written_in(one),
        sender: one.memo.sender.clone(),
        at: moment(one.at),
    };
    let all = letters(post.config().letters.as_deref());
    let letters: Vec<Letter> = all.into_iter().filter(|letter| letter.is_to(&name)).collect();
    let messages = post.box_of(person).iter().map(line).collect();
    let enrolled = post.is_enrolled(person.cpr.expose()).unwrap_or(false);
    let sms = post.sms_to(person).into_iter().map(|one| one.text).collect();
    let english = asked.english();
    Ok(boxed(&PersonBox { english, place, name, enrolled, messages, letters: &letters, sms }))
}

fn find(post: &Post, place: usize, uuid: Uuid) -> Result<(&Resident, Received), StatusCode> {
    let person = resident(post, place)?;
    let found = post.box_of(person).into_iter().find(|one| one.memo.uuid == uuid);
    found.map(|one| (person, one)).ok_or(StatusCode::NOT_FOUND)
}

/// The language that a message says of its files; Danish where it has none.
fn written_in(one: &Received) -> String {
    one.memo.files.first().map_or_else(|| "da".to_owned(), |file| file.language.clone())
}

fn parsed(uuid: &str) -> Result<Uuid, StatusCode> {
    Uuid::try_parse(uuid).map_err(|_| StatusCode::NOT_FOUND)
}

pub(super) async fn message(
    State(post): State<Arc<Post>>,
    Path((place, uuid)): Path<(usize, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, StatusCode> {
    let (person, one) = find(&post, place, parsed(&uuid)?)?;
    let memo = &one.memo;
    let plain = memo.files.iter().find(|file| file.mime == "text/plain");
    let text = plain.map(|file| String::from_utf8_lossy(&file.content).into_owned()).unwrap_or_default();
    let files = (0..).zip(&memo.files).filter(|(_, file)| file.mime != "text/plain");
    let here = |url: &str| match &post.config().links {
        Some((from, to)) => {
            url.strip_prefix(from.as_str()).map_or(url.to_owned(), |rest| format!("{to}{rest}"))
        }
        None => url.to_owned(),
    };
    let button = |action: &borgerportal_memo::read::ReceivedAction| {
        action.url.as_deref().map(|url| (action.label.clone(), here(url)))
    };
    Ok(boxed(&Message {
        english: asked.english(),
        place,
        name: person.name.full(),
        uuid: memo.uuid,
        label: memo.label.clone(),
        lang: written_in(&one),
        notification: memo.notification.clone().unwrap_or_default(),
        sender: memo.sender.clone(),
        at: moment(one.at),
        text: text.split("\n\n").map(str::to_owned).filter(|part| !part.trim().is_empty()).collect(),
        files: files.map(|(number, file)| (number, file.name.clone())).collect(),
        buttons: memo.actions.iter().filter_map(button).collect(),
    }))
}

pub(super) async fn file(
    State(post): State<Arc<Post>>,
    Path((place, uuid, number)): Path<(usize, String, usize)>,
) -> Result<Response, StatusCode> {
    let (_, one) = find(&post, place, parsed(&uuid)?)?;
    let found = one.memo.files.get(number).ok_or(StatusCode::NOT_FOUND)?;
    // Never as a page of ours: what a sender wrote does not run here.
    let kind = if found.mime == "application/pdf" { "application/pdf" } else { "text/plain; charset=utf-8" };
    Ok(content(kind, found.content.clone()))
}

pub(super) async fn letter(
    State(post): State<Arc<Post>>,
    Path((place, number)): Path<(usize, String)>,
) -> Result<Response, StatusCode> {
    let name = resident(&post, place)?.name.full();
    let all = letters(post.config().letters.as_deref());
    let found = all.iter().find(|letter| letter.number == number && letter.is_to(&name));
    let path: Option<PathBuf> = found.map(|letter| FilePath::join(&letter.folder, "letter.pdf"));
    let bytes = path.and_then(|path| std::fs::read(path).ok());
    bytes.map(|bytes| content("application/pdf", bytes)).ok_or(StatusCode::NOT_FOUND)
}

fn content(kind: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, "inline"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, bytes).into_response()
}

/// A page of the boxes: no other address stands in for ours.
fn boxed(page: &impl Template) -> Response {
    shown(StatusCode::OK, page, "; base-uri 'none'")
}

fn moment(at: Timestamp) -> String {
    copenhagen(at).strftime("%d.%m.%Y\u{a0}kl.\u{a0}%H.%M").to_string()
}
