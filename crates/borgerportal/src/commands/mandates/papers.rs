//! Papers that came in: a letter with its return page, and a mandate in the giver's own words. It refuses to make
//! anything of a paper but what stands on it: no more than was asked for, and all of it or nothing.

use super::super::open;
use super::{date, number};
use crate::command::{OwnWords, ReturnedLetter, Sheets};
use crate::say;
use anyhow::{Context as _, bail};
use borgerportal_domain::Cpr;
use borgerportal_domain::mandates::{DraftRefusal, RequestRefusal, SignRefusal};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::mandates::{Signed, Tx};
use borgerportal_service::{App, Problem};
use borgerportal_store::keys::sha256;

/// What the return page says.
enum Answer {
    /// Yes to these boxes, or to all where none is named, until this day where one is written; signed by whom.
    Yes {
        boxes: Vec<String>,
        last_day: Option<Date>,
        signer: Cpr,
    },
    No,
    /// Nothing that can be registered.
    Deficient,
}

/// `mandates paper`.
pub(super) fn letter(letter: &ReturnedLetter) -> anyhow::Result<()> {
    let last_day = letter.last_day.as_deref().map(date).transpose()?;
    let scan = scan(&letter.sheets)?;
    let answer = match (letter.no, letter.deficient) {
        (true, _) => Answer::No,
        (false, true) => Answer::Deficient,
        (false, false) => Answer::Yes { boxes: letter.only.clone(), last_day, signer: number()? },
    };
    let (app, runtime) = open(&letter.sheets.config)?;
    let (code, paper) = (letter.code.clone(), came(&app, &letter.sheets, scan));
    let done = app.write(move |tx| came_back(tx, &code, &paper, &answer));
    runtime.block_on(done).map_err(explained)?.iter().for_each(print);
    Ok(())
}

/// Received and answered, or neither: a letter with a page missing is not even received, so that it can be called
/// deficient next.
fn came_back(tx: &Tx<'_>, code: &str, paper: &Paper, answer: &Answer) -> Result<Option<Signed>, Problem> {
    let (request, _) = paper::received(tx, code, paper)?;
    match answer {
        Answer::Yes { boxes, last_day, signer } => {
            let yes = paper::ticked(tx, code, boxes, *last_day)?;
            paper::register(tx, code, (signer, &yes), paper).map(Some)
        }
        Answer::No => paper::declined(tx, code, paper).map(|()| None),
        Answer::Deficient => paper::deficient(tx, request).map(|()| None),
    }
}

/// `mandates own-words`.
pub(super) fn own_words(words: &OwnWords) -> anyhow::Result<()> {
    let (last_day, scan) = (date(&words.last_day)?, scan(&words.sheets)?);
    let (giver, holder) = (number()?, number()?);
    let (app, runtime) = open(&words.sheets.config)?;
    let (codes, paper) = (words.rights.clone(), came(&app, &words.sheets, scan));
    let signed = app.write(move |tx| {
        let yes = Yes { versions: paper::offered(tx, &codes)?, last_day };
        paper::in_own_words(tx, (&giver, &holder), &yes, &paper)
    });
    print(&runtime.block_on(signed).map_err(explained)?);
    Ok(())
}

fn scan(sheets: &Sheets) -> anyhow::Result<[u8; 32]> {
    let scan = std::fs::read(&sheets.scan).with_context(|| sheets.scan.display().to_string())?;
    if scan.is_empty() {
        bail!("{}: it is empty", sheets.scan.display());
    }
    Ok(sha256(&scan))
}

fn came(app: &App, sheets: &Sheets, scan: [u8; 32]) -> Paper {
    let received_on = copenhagen_date(app.clock.now());
    Paper { scan, pages: sheets.pages, received_on, registrar: sheets.registrar.clone() }
}

fn print(signed: &Signed) {
    say::line(format!("mandate {} ({})", signed.number, signed.mandate));
}

/// What a desk runs into, with what to do about it.
fn explained(problem: Problem) -> anyhow::Error {
    let Problem::Denied(code) = problem else { return problem.into() };
    let hints = [
        (RequestRefusal::PagesMissing.code(), "pages are missing; say --deficient to send it once more"),
        (
            RequestRefusal::Wider.code(),
            "that is more than was asked for: see the boxes and the last day on the letter",
        ),
        (RequestRefusal::NotTheGiver.code(), "it is signed by somebody else than it was sent to"),
        (RequestRefusal::Closed.code(), "the request has been answered or closed"),
        (DraftRefusal::NotOffered.code(), "no package that is offered today has that code"),
        (SignRefusal::EndsTooEarly.code(), "its last day is over"),
    ];
    let hint = hints.iter().find(|(known, _)| *known == code);
    hint.map_or_else(|| problem.into(), |(_, hint)| anyhow::anyhow!(*hint))
}
