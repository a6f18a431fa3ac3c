//! The calendar as a file for other programs. Unless its reader chooses otherwise, no word of it tells what help somebody
//! gets, nor who: calendars lie open on tables, and their programs send them on.

use super::{Row, between, question};
use crate::access::{self, Granted};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::calendar::Standing;
use borgerportal_domain::calendar::ical::{self, Event};
use borgerportal_domain::ids::JournalId;
use borgerportal_i18n::{Lang, Texts};
use borgerportal_store::tx::Tx;

/// What the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    /// What a visit is for, where it is, and whose it is.
    pub words: bool,
    /// In which language.
    pub lang: Lang,
}

/// The visits of the last weeks and the months to come, once.
pub fn download<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    file: File,
) -> Result<(Granted<'t>, String), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, LogObject::page(ObjectKind::Calendar)))?;
    let text = written(tx, places, &granted, file)?;
    Ok((granted, text))
}

/// The file, under an access that was granted already.
pub(super) fn written(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    file: File,
) -> Result<String, Problem> {
    let rows = between(tx, places, granted, ical::reach(tx.now()))?;
    let whose = granted.loaded.subject.name.first();
    let whose = Some(whose).filter(|_| file.words && !granted.basis().is_own());
    let events: Vec<Event> = rows.iter().map(|row| event(row, file, whose)).collect();
    Ok(ical::write(Texts::of(file.lang).get("ical-name"), tx.now(), &events))
}

fn event(row: &Row, file: File, whose: Option<&str>) -> Event {
    let texts = Texts::of(file.lang);
    let visit = &row.visit;
    let what = if file.words { what(row, file.lang) } else { texts.get("ical-visit").to_owned() };
    let named = whose.map_or(what.clone(), |name| {
        texts.with("ical-whose", &[("what", (&what).into()), ("name", name.into())])
    });
    let cancelled = matches!(row.look.standing, Standing::CancelledHere | Standing::CancelledThere);
    let summary = if cancelled { texts.with("ical-cancelled", &[("what", (&named).into())]) } else { named };
    let told = |words: &str| if file.words { words.to_owned() } else { String::new() };
    let who = [visit.role.as_str(), visit.unit.as_str()].into_iter().filter(|one| !one.is_empty());
    Event {
        // The item's name is in no address that opens without a log-in.
        uid: format!("{}@borgerportal.dk", row.id),
        sequence: row.sequence,
        changed: row.changed,
        slot: visit.slot,
        cancelled,
        summary,
        place: told(&visit.place),
        description: told(&who.collect::<Vec<_>>().join(", ")),
    }
}

/// What a visit is called: by its type, else as the record system calls it.
#[must_use]
pub fn what(row: &Row, lang: Lang) -> String {
    let texts = Texts::of(lang);
    let kind = texts.of_code(&format!("visit.{}", row.visit.kind.code()));
    kind.map(str::to_owned)
        .or_else(|| Some(row.visit.title.clone()).filter(|title| !title.is_empty()))
        .unwrap_or_else(|| texts.get("visit-plain").to_owned())
}
