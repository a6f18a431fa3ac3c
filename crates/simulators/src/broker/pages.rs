//! The simulator's three pages, in Danish and English, without script. They refuse to look like MitID's own: nobody
//! shall learn to trust a page like this one.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::access::Level;

use super::{Client, TestPerson};
use crate::page::shown;

#[derive(Template)]
#[template(path = "choose.html")]
struct Choose<'a> {
    english: bool,
    /// A step-up: the service wants to know again, now.
    again: bool,
    service: &'a str,
    /// Where the choice is sent: the request's own query, checked again there.
    query: &'a str,
    other_language: String,
    people: Vec<Row<'a>>,
}

struct Row<'a> {
    uuid: &'a str,
    name: String,
    about: &'a str,
    born: String,
    level: &'static str,
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    english: bool,
    title: &'static str,
    text: &'static str,
}

pub(super) fn choose(
    people: &[TestPerson],
    client: &Client,
    query: &str,
    language: &str,
    again: bool,
) -> Response {
    let english = language == "en";
    let rows = people.iter().map(|person| Row {
        uuid: &person.uuid,
        name: person.name.full(),
        about: if english { &person.about_en } else { &person.about_da },
        born: person.birth_on.strftime("%d.%m.%Y").to_string(),
        level: level_name(person.level, english),
    });
    let page = Choose {
        english,
        again,
        service: &client.name,
        query,
        other_language: in_language(query, if english { "da" } else { "en" }),
        people: rows.collect(),
    };
    shown(StatusCode::OK, &page, "")
}

/// The request cannot be trusted: no way back is offered.
pub(super) fn wrong(language: &str) -> Response {
    let english = language == "en";
    let (title, text) = if english {
        (
            "The request cannot be used",
            "The service that sent you here is not known, or asked in a wrong way.",
        )
    } else {
        (
            "Forespørgslen kan ikke bruges",
            "Tjenesten, der sendte dig hertil, er ukendt eller har spurgt forkert.",
        )
    };
    shown(StatusCode::BAD_REQUEST, &Message { english, title, text }, "")
}

pub(super) fn gone() -> Response {
    let text = "Du kan lukke vinduet. You are logged out and may close the window.";
    shown(StatusCode::OK, &Message { english: false, title: "Du er logget af", text }, "")
}

fn level_name(level: Level, english: bool) -> &'static str {
    match (level, english) {
        (Level::Low, false) => "Lav",
        (Level::Low, true) => "Low",
        (Level::Substantial, false) => "Betydelig",
        (Level::Substantial, true) => "Substantial",
        (Level::High, false) => "Høj",
        (Level::High, true) => "High",
    }
}

fn in_language(query: &str, language: &str) -> String {
    let pairs = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "ui_locales");
    let mut changed = url::form_urlencoded::Serializer::new(String::new());
    changed.extend_pairs(pairs).append_pair("ui_locales", language);
    changed.finish()
}
