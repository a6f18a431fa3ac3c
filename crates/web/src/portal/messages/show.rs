//! From what the errands gave to what the pages show: names in the reader's language, days and clock times in Denmark.

use crate::pages::messages::{
    By, DepartmentRow, DraftRow, FileRow, ListPage, Mark, ReceiptPage, Said, ThreadPage, ThreadRow, To, Way,
    closed_until, hours_words,
};
use crate::pages::{Frame, paths};
use crate::portal::errand::Answer;
use crate::site::Web;
use borgerportal_domain::ids::{ItemId, JournalId, PersonId};
use borgerportal_domain::messages::Draft;
use borgerportal_domain::municipality::{Closed, Department, Settings};
use borgerportal_domain::outgoing::OutgoingState;
use borgerportal_domain::time::{Date, Holidays, Timestamp, copenhagen, copenhagen_date};
use borgerportal_i18n::{Lang, Time};
use borgerportal_service::attachments::Attachment;
use borgerportal_service::messages::drafts::Begun;
use borgerportal_service::messages::{List, Message, Opened, Says, Thread, Writer};

/// Day and clock time in Denmark.
fn when(at: Timestamp) -> (Date, Time) {
    let here = copenhagen(at);
    (here.date(), here.time())
}

/// A department's name in the reader's language.
fn name(lang: Lang, one: &Department) -> &str {
    match lang {
        Lang::En if !one.name_en.is_empty() => &one.name_en,
        Lang::Da | Lang::En => &one.name_da,
    }
}

fn said(lang: Lang, (da, en): (&str, &str)) -> String {
    let own = match lang {
        Lang::En if !en.is_empty() => en,
        Lang::Da | Lang::En => da,
    };
    own.to_owned()
}

/// What a department says while it is closed.
fn closed(frame: &Frame<'_>, closed: &Closed) -> String {
    let own = said(frame.lang, (&closed.da, &closed.en));
    if !own.is_empty() {
        return own;
    }
    closed_until(frame, closed.until)
}

/// Whom one can write to.
pub(super) fn departments(web: &Web, frame: &Frame<'_>, settings: Option<&Settings>) -> Vec<DepartmentRow> {
    let here = copenhagen(web.app.clock.now());
    let holidays = Holidays::default();
    let row = |one: &Department| DepartmentRow {
        code: one.code.clone(),
        name: name(frame.lang, one).to_owned(),
        about: said(frame.lang, (&one.about_da, &one.about_en)),
        hours: hours_words(frame.lang, &one.hours),
        open: one.is_open(here, &holidays),
        closed: one.closed_on(here.date()).map(|one| closed(frame, one)),
        answer_by: one.answer_by(here.date(), &holidays),
    };
    settings.map(|settings| settings.department.iter().map(row).collect()).unwrap_or_default()
}

/// The department that a message is with, if it still takes messages.
fn department<'s>(settings: Option<&'s Settings>, code: Option<&str>) -> Option<&'s Department> {
    settings?.department.get(code?)
}

/// To whom a draft goes.
pub(super) fn to(
    web: &Web,
    frame: &Frame<'_>,
    settings: Option<&Settings>,
    (draft, answered): (&Draft, Option<&Message>),
) -> To {
    let today = copenhagen_date(web.app.clock.now());
    let code = draft.department.as_deref().or_else(|| answered?.head.department.as_deref());
    let found = department(settings, code);
    let unit = answered.map(|one| one.head.unit.clone()).filter(|unit| !unit.is_empty());
    let acute = found.and_then(|one| one.acute_phone.as_ref()).map(|phone| phone.as_str().to_owned());
    To {
        name: match (found, unit) {
            (Some(one), _) => name(frame.lang, one).to_owned(),
            (None, Some(unit)) => unit,
            (None, None) => frame.say("messages-municipality").to_owned(),
        },
        answer_by: found.map(|one| one.answer_by(today, &Holidays::default())),
        acute: acute.unwrap_or_else(|| frame.support.phone.to_owned()),
        closed: found.and_then(|one| one.closed_on(today)).map(|one| closed(frame, one)),
    }
}

/// A file that goes with a draft.
pub(super) fn file(one: &Attachment) -> FileRow {
    let bytes = u64::try_from(one.file.size).unwrap_or(0);
    FileRow { number: one.number, name: one.name.clone(), bytes }
}

/// The list.
pub(super) fn list<'a>(
    web: &Web,
    frame: Frame<'a>,
    answer: &Answer<List>,
    (page, dropped): (usize, bool),
) -> ListPage<'a> {
    let (found, settings) = (&answer.found, answer.view.place(web));
    let row = |thread: &Thread| thread_row(&frame, settings, (thread, found.reader));
    ListPage {
        journal: answer.journal,
        threads: found.threads.iter().filter_map(row).collect(),
        drafts: found.drafts.iter().map(|one| draft_row(answer.journal, one)).collect(),
        may_write: found.may_write,
        somebody: settings.is_some_and(|settings| !settings.department.is_empty()),
        page,
        more: found.more,
        dropped,
        frame,
    }
}

fn thread_row(
    frame: &Frame<'_>,
    settings: Option<&Settings>,
    (thread, reader): (&Thread, PersonId),
) -> Option<ThreadRow> {
    let (first, last) = (thread.first()?, thread.last()?);
    Some(ThreadRow {
        id: first.place.id,
        title: first.head.title.clone(),
        with: with(frame.lang, settings, thread),
        start: last.head.start.clone(),
        helper: helper(last, reader).map(str::to_owned),
        count: thread.messages.len(),
        last: when(last.place.sort_at),
        mark: mark(thread),
    })
}

/// What a thread has to say about itself.
pub(crate) fn mark(thread: &Thread) -> Mark {
    let answered = thread.last().is_some_and(Message::is_answer);
    match (thread.messages.iter().rfind(|one| one.new), answered) {
        (Some(new), _) if new.is_answer() => Mark::Answered,
        (Some(_), _) => Mark::New,
        (None, false) => Mark::Waits,
        (None, true) => Mark::Nothing,
    }
}

/// The day by which an answer is promised, where one is waited for.
pub(crate) fn promise(settings: Option<&Settings>, thread: &Thread) -> Option<Date> {
    let last = thread.last().filter(|last| !last.is_answer())?;
    let one = department(settings, last.head.department.as_deref())?;
    Some(one.answer_by(copenhagen_date(last.place.sort_at), &Holidays::default()))
}

/// Who wrote a message for the citizen, if it was another than the reader.
fn helper(one: &Message, reader: PersonId) -> Option<&str> {
    match &one.head.writer {
        Writer::Here { person, name, basis } if *person != reader && basis != "own" => Some(name),
        Writer::For { name } => Some(name),
        Writer::Here { .. } | Writer::Citizen | Writer::Municipality => None,
    }
}

/// The department a thread is with.
pub(crate) fn with(lang: Lang, settings: Option<&Settings>, thread: &Thread) -> String {
    let known = thread.messages.iter().find_map(|one| department(settings, one.head.department.as_deref()));
    let unit = || thread.messages.iter().map(|one| &one.head.unit).find(|unit| !unit.is_empty()).cloned();
    known.map(|one| name(lang, one).to_owned()).or_else(unit).unwrap_or_default()
}

fn draft_row(journal: JournalId, one: &Begun) -> DraftRow {
    let draft = &one.draft;
    DraftRow {
        href: paths::messages::step(journal, draft.id, draft.step()),
        drop: format!("{}/drop", paths::messages::draft(journal, draft.id)),
        title: draft.title(),
        touched: copenhagen_date(one.touched),
    }
}

/// A thread.
pub(super) fn thread<'a>(
    web: &Web,
    frame: Frame<'a>,
    answer: &Answer<Opened>,
    errand: String,
) -> ThreadPage<'a> {
    let (found, settings) = (&answer.found, answer.view.place(web));
    let said: Vec<Said> = said_of(&frame, found);
    ThreadPage {
        journal: answer.journal,
        title: found.thread.first().map(|first| first.head.title.clone()).unwrap_or_default(),
        with: with(frame.lang, settings, &found.thread),
        said,
        may_write: found.may_write,
        errand,
        answer_by: promise(settings, &found.thread),
        now: when(web.app.clock.now()),
        frame,
    }
}

/// The messages of a thread.
pub(super) fn said_of(frame: &Frame<'_>, found: &Opened) -> Vec<Said> {
    let both = found.thread.messages.iter().zip(&found.said);
    both.map(|(message, says)| one_said(frame, (message, says), found.reader)).collect()
}

fn one_said(frame: &Frame<'_>, (message, says): (&Message, &Says), reader: PersonId) -> Said {
    let by = match &message.head.writer {
        Writer::Municipality => By::Municipality(message.head.unit.clone()),
        Writer::Citizen if frame.is_own() => By::You,
        Writer::Citizen => By::Citizen(frame.other_name().to_owned()),
        Writer::Here { person, .. } if *person == reader => By::You,
        Writer::Here { name, basis, .. } if basis == "own" => By::Citizen(name.clone()),
        Writer::For { name } | Writer::Here { name, .. } => By::Helper(name.clone()),
    };
    let size = |number: usize| says.files.get(number).and_then(|file| u64::try_from(file.size).ok());
    let files = says.body.files.iter().enumerate();
    Said {
        id: message.place.id,
        by,
        at: when(message.place.sort_at),
        text: says.body.text.clone(),
        about: says.body.about.clone(),
        files: files.filter_map(|(number, name)| Some((name.clone(), size(number)?))).collect(),
        new: message.new,
        way: says.way.as_ref().map(way),
    }
}

fn way(state: &OutgoingState) -> Way {
    match state {
        OutgoingState::Waiting => Way::Waiting,
        OutgoingState::Delivered { at } => {
            let (day, time) = when(*at);
            Way::Delivered(day, time)
        }
        OutgoingState::Refused { .. } | OutgoingState::GivenUp { .. } => Way::Stopped,
    }
}

/// The receipt of a message of this thread that the reader has sent.
pub(super) fn receipt<'a>(
    web: &Web,
    frame: Frame<'a>,
    answer: &Answer<Opened>,
    id: ItemId,
) -> Option<ReceiptPage<'a>> {
    let found = &answer.found;
    let mut mine = found.thread.messages.iter().filter(|one| one.is_of(found.reader));
    let one = mine.find(|one| one.place.id == id)?;
    let settings = answer.view.place(web);
    let to = department(settings, one.head.department.as_deref());
    let at = when(one.place.sort_at);
    Some(ReceiptPage {
        journal: answer.journal,
        id,
        to: to.map_or_else(
            || {
                Some(one.head.unit.clone())
                    .filter(|unit| !unit.is_empty())
                    .unwrap_or_else(|| frame.say("messages-municipality").to_owned())
            },
            |to| name(frame.lang, to).to_owned(),
        ),
        at,
        title: one.head.title.clone(),
        files: one.head.files,
        answer_by: to.map(|to| to.answer_by(at.0, &Holidays::default())),
        frame,
    })
}
