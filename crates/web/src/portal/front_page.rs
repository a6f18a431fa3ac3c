//! The front page of a journal, and the menu of small screens.

use super::errand::{self, Answer};
use crate::pages::{FrontPage, Here, MenuPage, NextVisit, Until, Watcher};
use crate::portal::calendar::who as who_comes;
use crate::portal::documents::row;
use crate::render::page;
use crate::session::Visit;
use crate::session::visit::{last_day, rights};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::access::{BasisKind, Privilege};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_service::access::{Question, ask};
use borgerportal_service::{calendar, front_page};

/// `/p/{journal}/`
pub(crate) async fn front_page(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
) -> Response {
    let answer = errand::read(&web, &visit, &journal, front_page::front_page).await;
    errand::page(
        &web,
        &visit,
        (Here::Front, &visit.path),
        answer,
        |frame, Answer { journal, view, found }| {
            let watchers = found
                .watchers
                .iter()
                .map(|watcher| (watcher.name.full(), watcher.may_act, last_day(watcher.until)))
                .collect::<Vec<_>>();
            let lang = frame.lang;
            let visits = found.visits.iter().flatten().map(|row| NextVisit {
                id: row.id,
                slot: row.visit.slot,
                what: calendar::what(row, lang),
                who: who_comes(row),
            });
            page(&FrontPage {
                frame,
                visits: visits.collect(),
                unread: u32::try_from(found.unread).unwrap_or(u32::MAX),
                journal: *journal,
                first: view.first_name(),
                reads: found.reads,
                news: found.news.as_ref().map(|news| news.rows.iter().map(row).collect()),
                watchers: watchers
                    .iter()
                    .map(|(name, may_act, day)| Watcher {
                        name,
                        basis: BasisKind::Mandate,
                        rights: rights(*may_act),
                        until: Until::Day(*day),
                    })
                    .collect(),
                parents: found.parents,
                today: copenhagen_date(web.app.clock.now()),
            })
        },
    )
    .await
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
