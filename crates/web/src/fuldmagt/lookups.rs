//! What systems asked about the signed-in person's mandates and were told.

use super::errand::{page, read};
use super::words::subject;
use crate::pages::mandates::{LookUpRow, LookUpsPage};
use crate::render::page as render;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::State;
use axum::response::Response;
use borgerportal_domain::mandates::Channel;
use borgerportal_domain::time::copenhagen;
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::lookup::{Kept, about_me};

/// Rows of the page.
const MOST: u8 = 100;

/// `/fuldmagter/opslag`
pub(crate) async fn lookups(State(web): State<Web>, visit: Visit) -> Response {
    let lang = visit.lang;
    let mine = read(&web, &visit, |tx, who| about_me(tx, who, i64::from(MOST))).await;
    page(&web, &visit, mine, |frame, mine| {
        let rows = mine.found.iter().map(|kept| row(kept, lang)).collect();
        render(&LookUpsPage { frame, rows, most: usize::from(MOST) })
    })
    .await
}

fn row(kept: &Kept, lang: Lang) -> LookUpRow {
    let here = copenhagen(kept.at);
    LookUpRow {
        date: here.date(),
        time: here.time(),
        who: kept.municipality.full_name(),
        client: kept.client.clone(),
        subject: subject(lang, kept.question.subject).to_owned(),
        portal: kept.question.channel == Channel::SelfService,
        purpose: kept.purpose,
        case: kept.case.clone(),
        answer: kept.answer,
        mandate: kept.ground.as_ref().map(|ground| ground.mandate),
    }
}
