//! The front page of a journal, and the menu of small screens.

use super::errand::{self, Answer};
use crate::pages::calendar::Call;
use crate::pages::{Frame, FrontPage, Here, Latest, MenuPage, NextVisit, Until, Watcher};
use crate::portal::calendar::{notes, who as who_comes};
use crate::portal::documents::row;
use crate::portal::messages::{mark, promise, with};
use crate::render::page;
use crate::session::Visit;
use crate::session::visit::{last_day, rights};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::access::{BasisKind, Privilege};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::municipality::Settings;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_service::access::{Question, ask};
use borgerportal_service::calendar;
use borgerportal_service::front_page::{self as service, New};
use borgerportal_service::messages::Thread;

/// `/p/{journal}/`
pub(crate) async fn front_page(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
) -> Response {
    let answer = errand::read(&web, &visit, &journal, service::front_page).await;
    errand::page(&web, &visit, (Here::Front, &visit.path), answer, |frame, answer| {
        let Answer { journal, view, found } = answer;
        let (settings, today) = (view.place(&web), copenhagen_date(web.app.clock.now()));
        let watchers: Vec<_> = found.watchers.iter().map(|one| (one.name.full(), one)).collect();
        let asking = found.news.iter().flat_map(|news| &news.asked);
        let asking: Vec<String> = asking.map(|one| one.name.full()).collect();
        let unread = found.news.as_ref().map_or(0, |news| news.unread);
        page(&FrontPage {
            visits: visits(&frame, settings, (found, today)),
            unread: u32::try_from(unread).unwrap_or(u32::MAX),
            journal: *journal,
            first: view.first_name(),
            reads: found.reads,
            news: found.news.as_ref().map(|news| latest(frame.lang, settings, (news, &asking))),
            watchers: watchers.iter().map(|(name, one)| watcher(name, one)).collect(),
            parents: found.parents,
            today,
            frame,
        })
    })
    .await
}

/// The visits; of the first also what there is to know of it.
fn visits(
    frame: &Frame<'_>,
    settings: Option<&Settings>,
    (found, today): (&service::FrontPage, Date),
) -> Vec<NextVisit> {
    let visit = |(number, row): (usize, &calendar::Row)| {
        let first = number == 0;
        let (lines, call): (Vec<String>, Option<Call>) =
            if first { notes(frame, settings, (row, today)) } else { (Vec::new(), None) };
        NextVisit {
            id: row.id,
            slot: row.visit.slot,
            what: calendar::what(row, frame.lang),
            who: who_comes(row),
            place: if first { row.visit.place.clone() } else { String::new() },
            lines,
            call,
        }
    };
    found.visits.iter().flatten().enumerate().map(visit).collect()
}

fn watcher<'a>(name: &'a str, one: &service::Watcher) -> Watcher<'a> {
    Watcher {
        name,
        basis: BasisKind::Mandate,
        rights: rights(one.may_act),
        until: Until::Day(last_day(one.until)),
    }
}

/// What is new or waits, in its order. `asking` are the names of those who ask.
fn latest<'a>(
    lang: Lang,
    settings: Option<&Settings>,
    (news, asking): (&'a service::Latest, &'a [String]),
) -> Vec<Latest<'a>> {
    let asked = news.asked.iter().zip(asking).map(|(one, name)| Latest::Asked {
        id: one.id,
        name,
        answer_by: last_day(one.answer_by),
    });
    let running = news.running.iter().map(|one| Latest::Running {
        id: one.id,
        title: &one.title,
        deadline: one.deadline,
    });
    let new = news.new.iter().filter_map(|one| match one {
        New::Thread(one) => thread(lang, settings, one),
        New::Document(one) => Some(Latest::Document(row(one))),
    });
    let waiting = news.waiting.iter().filter_map(|one| thread(lang, settings, one));
    asked.chain(running).chain(new).chain(waiting).collect()
}

fn thread<'a>(lang: Lang, settings: Option<&Settings>, one: &'a Thread) -> Option<Latest<'a>> {
    let (first, last) = (one.first()?, one.last()?);
    Some(Latest::Thread {
        id: first.place.id,
        title: &first.head.title,
        with: with(lang, settings, one),
        day: copenhagen_date(last.place.sort_at),
        answer_by: promise(settings, one),
        mark: mark(one),
    })
}

/// `/p/{journal}/menu`: it shows a name, so it is asked for and logged like the front page.
pub(crate) async fn menu(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let object = LogObject::page(ObjectKind::FrontPage);
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let question = Question { journal, privilege: Privilege::ReadFrontPage, object: object.clone() };
        Ok((ask(tx, places, who, &question)?, ()))
    });
    errand::page(&web, &visit, (Here::Menu, &visit.path), answer.await, |frame, _| page(&MenuPage { frame }))
        .await
}
