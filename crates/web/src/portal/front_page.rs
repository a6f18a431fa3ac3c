//! The front page of a journal, and the menu of small screens.

use crate::pages::{FrontPage, Here, MenuPage, Until, Watcher};
use crate::portal::documents::row;
use crate::problem;
use crate::render::page;
use crate::session::visit::{Surroundings, last_day, rights};
use crate::session::{View, Visit};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::access::{BasisKind, Privilege};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_service::Problem;
use borgerportal_service::access::{Question, ask};
use borgerportal_service::front_page;

/// `/p/{journal}/`
pub(crate) async fn front_page(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
) -> Response {
    match load(&web, &visit, &journal).await {
        Ok((journal, view, loaded)) => {
            let watchers = loaded
                .watchers
                .iter()
                .map(|watcher| (watcher.name.full(), watcher.may_act, last_day(watcher.until)))
                .collect::<Vec<_>>();
            let around = surroundings(&web, &view, &visit);
            page(&FrontPage {
                frame: around.frame(Some(&view), (visit.lang, Here::Front, &visit.path)),
                journal,
                first: view.first_name(),
                news: loaded.news.as_ref().map(|news| news.rows.iter().map(row).collect()),
                watchers: watchers
                    .iter()
                    .map(|(name, may_act, day)| Watcher {
                        name,
                        basis: BasisKind::Mandate,
                        rights: rights(*may_act),
                        until: Until::Day(*day),
                    })
                    .collect(),
                parents: loaded.parents,
                today: copenhagen_date(web.app.clock.now()),
            })
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

fn surroundings(web: &Web, view: &View, visit: &Visit) -> Surroundings {
    Surroundings::of(web, Some(view), web.app.municipalities.get(view.municipality), visit.lang)
}

async fn load(
    web: &Web,
    visit: &Visit,
    journal: &str,
) -> Result<(JournalId, View, front_page::FrontPage), Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let journal = JournalId::parse(journal).map_err(|_| Problem::NotFound)?;
    let (places, limits) = (web.app.municipalities.clone(), web.app.limits);
    web.app
        .read_as(token, move |tx, who| {
            let (granted, loaded) = front_page::front_page(tx, &places, who, journal)?;
            Ok((journal, View::of(who, &granted, &limits, tx.now()), loaded))
        })
        .await
}

/// `/p/{journal}/menu`
pub(crate) async fn menu(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    match menu_view(&web, &visit, &journal).await {
        Ok(view) => {
            let around = surroundings(&web, &view, &visit);
            page(&MenuPage { frame: around.frame(Some(&view), (visit.lang, Here::Menu, &visit.path)) })
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

/// The menu shows a name, so it is asked for and logged like the front page.
async fn menu_view(web: &Web, visit: &Visit, journal: &str) -> Result<View, Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let journal = JournalId::parse(journal).map_err(|_| Problem::NotFound)?;
    let (places, limits) = (web.app.municipalities.clone(), web.app.limits);
    let object = LogObject::page(ObjectKind::FrontPage);
    let question = Question { journal, privilege: Privilege::ReadFrontPage, object };
    web.app
        .read_as(token, move |tx, who| {
            let granted = ask(tx, &places, who, &question)?;
            Ok(View::of(who, &granted, &limits, tx.now()))
        })
        .await
}
