//! The grants of a journal: the list, one grant, and the letter with its decision.

use super::errand;
use crate::download::send;
use crate::form::Fields;
use crate::pages::{GrantPage, GrantRow, GrantsPage, Here, Letter, NoComplaint};
use crate::problem;
use crate::render::page;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::municipality::Link;
use borgerportal_domain::time::Date;
use borgerportal_service::Problem;
use borgerportal_service::attachments::File;
use borgerportal_service::grants::{self, Row};

/// `/p/{journal}/grants`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let all = Fields::parse(visit.query.as_bytes()).get("all") == Some("1");
    let answer = errand::read(&web, &visit, &journal, grants::list).await;
    errand::page(&web, &visit, (Here::Grants, &visit.path), answer, |frame, answer| {
        let today = answer.found.today;
        let rows = answer.found.rows.iter().map(|one| row(one, today)).collect();
        page(&GrantsPage { frame, journal: answer.journal, rows, all, today })
    })
    .await
}

/// A row of the list.
pub(crate) fn row(row: &Row, today: Date) -> GrantRow<'_> {
    let Row { id, ref grant, standing, own, read, .. } = *row;
    GrantRow { id, grant, standing, running: own.filter(|_| row.is_running(today)), unread: !read }
}

/// `/p/{journal}/grants/{item}`
pub(crate) async fn grant(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let item = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        grants::grant(tx, places, who, (journal, item))
    });
    errand::page(&web, &visit, (Here::Grants, &visit.path), answer.await, |frame, answer| {
        let (journal, one) = (answer.journal, &answer.found);
        let settings = answer.view.place(&web);
        page(&GrantPage {
            frame,
            journal,
            id: one.row.id,
            grant: &one.row.grant,
            standing: one.row.standing,
            route: one.route,
            deadlines: &one.row.deadlines,
            own: one.row.own,
            newer: one.newer,
            letter: one.letter.map(letter_of),
            no_complaint: one.no_complaint.map(NoComplaint::of),
            guide: settings.and_then(|settings| settings.links.complaint_guide.as_ref()).map(Link::as_str),
            today: one.today,
        })
    })
    .await
}

const fn letter_of(letter: grants::Letter) -> Letter {
    match letter {
        grants::Letter::Document(document) => Letter::Document(document),
        grants::Letter::Here(_) => Letter::Here,
    }
}

/// `/p/{journal}/grants/{item}/letter`
pub(crate) async fn letter(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    match file_of(&web, &visit, &journal, &item).await {
        Ok(file) => send(file),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

async fn file_of(web: &Web, visit: &Visit, journal: &str, item: &str) -> Result<File, Problem> {
    let (token, journal) = errand::asked(visit, journal)?;
    let item = ItemId::parse(item).map_err(|_| Problem::NotFound)?;
    grants::letter(&web.app, token, journal, item).await
}
