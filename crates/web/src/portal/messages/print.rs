//! A thread as a file that anybody can read: tagged, in reading order.

use super::{opened, show};
use crate::fuldmagt::pdf::{file, headed, now};
use crate::pages::Here;
use crate::pages::messages::by;
use crate::problem;
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_memo::letters::{Thread, Wrote};

/// `/p/{journal}/messages/{message}/pdf`
pub(crate) async fn pdf(
    State(web): State<Web>,
    Path((journal, message)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = match opened(&web, &visit, &journal, &message).await {
        Ok(answer) => answer,
        Err(problem) => return problem::answer(&web, &visit, problem).await,
    };
    let (place, at) = (answer.view.place(&web), now(&web));
    let around = Surroundings::of(&web, Some(&answer.view), place, visit.lang);
    let frame = around.frame(Some(&answer.view), (visit.lang, Here::Messages, &visit.path));
    let page = show::thread(&web, frame, &answer, String::new());
    let who: Vec<String> = page.said.iter().map(|one| by(&frame, &one.by)).collect();
    let named = |one: &crate::pages::messages::Said| one.files.iter().map(|(name, _)| name.clone()).collect();
    let files: Vec<Vec<String>> = page.said.iter().map(named).collect();
    let each = page.said.iter().zip(&who).zip(&files);
    let wrote: Vec<Wrote<'_>> = each
        .map(|((one, who), files)| Wrote { who, at: one.at, text: &one.text, about: &one.about, files })
        .collect();
    let thread = Thread { title: &page.title, with: &page.with, wrote: &wrote, at };
    let printed = headed(&web.site, place, (visit.lang, at.0), |house| thread.print(house));
    file(&web, &visit, "beskeder", printed).await
}
