//! MeMo messages: what may be sent, what it looks like on the wire, and what is refused on the way back in.
//! The rules are checked by `xmllint`, which `./test` installs: in our own words, and by the published schema where
//! that lies beside the repository.
#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod reading;
mod sending;
mod sms;

use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_i18n::Lang;
use borgerportal_memo::message::{Action, ActionKind, Draft, File, Format, Message, Refused, Sender};
use borgerportal_memo::xml;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use uuid::Uuid;

const HTML: &str =
    "<!doctype html><html lang=\"da\"><title>Du har en anmodning</title><h1>Ja &amp; nej</h1></html>";
const NOON: i64 = 1_796_116_500;

static INGER: LazyLock<Cpr> = LazyLock::new(|| Cpr::parse("7205500004").unwrap());

fn html<'a>() -> File<'a> {
    File { format: Format::Html, name: "anmodning.html", lang: Lang::Da, content: HTML.as_bytes() }
}

fn pdf<'a>() -> File<'a> {
    File { format: Format::Pdf, name: "anmodning.pdf", lang: Lang::Da, content: b"%PDF-1.7\n%\xf6" }
}

fn button<'a>() -> Action<'a> {
    Action {
        label: "Se anmodningen",
        kind: ActionKind::Selvbetjening,
        url: "https://borgerportal.example/fuldmagter",
        from: Some(Timestamp::from_seconds(NOON)),
        until: Some(Timestamp::from_seconds(NOON).plus_days(14)),
    }
}

fn draft<'a>() -> Draft<'a> {
    Draft {
        uuid: Uuid::parse_str("6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11").unwrap(),
        id: Some("FM-2026-000117"),
        code: "FULDMAGT_ANMODNING",
        label: "Anmodning om fuldmagt",
        notification: Some("Du har en anmodning om fuldmagt i Digital Post."),
        mandatory: false,
        legal: false,
        sender: Sender { cvr: "90000001", label: "Eksempel Kommune" },
        recipient: &INGER,
        created_at: Timestamp::from_seconds(NOON).plus_millis(678),
        document: "Anmodning om fuldmagt",
        files: vec![html()],
        actions: vec![button()],
    }
}

/// A message with one thing changed.
fn refused<'a>(change: impl FnOnce(&mut Draft<'a>)) -> Option<Refused> {
    let mut draft = draft();
    change(&mut draft);
    Message::new(draft).err()
}

fn written<'a>(change: impl FnOnce(&mut Draft<'a>)) -> String {
    let mut draft = draft();
    change(&mut draft);
    xml::write(&Message::new(draft).unwrap())
}

fn kinds() -> Vec<(&'static str, String)> {
    vec![
        ("request", written(|_| {})),
        (
            "notice_without_action",
            written(|draft| {
                draft.id = None;
                draft.code = "";
                draft.notification = None;
                draft.actions = Vec::new();
            }),
        ),
        (
            "letter_as_pdf_and_html",
            written(|draft| {
                draft.label = "Svar på <din> anmodning & mere";
                draft.mandatory = true;
                draft.legal = true;
                draft.files = vec![pdf(), html()];
                draft.actions = vec![
                    Action {
                        kind: ActionKind::Underskriv,
                        label: "Skriv under",
                        from: None,
                        until: None,
                        ..button()
                    },
                    Action { kind: ActionKind::Information, label: "Læs mere", from: None, ..button() },
                ];
            }),
        ),
    ]
}

/// One element a line, so that a reviewer sees what changed.
fn lines(xml: &str) -> String {
    xml.replace("><", ">\n<")
}

/// A file of `tests/samples/memo`.
fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/memo").join(name)
}
