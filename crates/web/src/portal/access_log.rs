//! "Hvem har set mine data".

use crate::form::Fields;
use crate::pages::{AccessLogPage, AccessRow, AccessScope, Did, Here, Paging, Who};
use crate::problem;
use crate::render::page as render;
use crate::session::visit::Surroundings;
use crate::session::{View, Visit};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::access_log::{LogLine, Outcome};
use borgerportal_domain::ids::{JournalId, LogId, PersonId};
use borgerportal_domain::time::copenhagen;
use borgerportal_service::Problem;
use borgerportal_service::access_log::{self, Log};
use std::collections::BTreeMap;

/// `/p/{journal}/access-log[?cursor=…]`
pub(crate) async fn page(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    match load(&web, &visit, &journal).await {
        Ok((journal, view, reader, log)) => {
            let names: BTreeMap<PersonId, String> =
                log.names.iter().map(|(id, name)| (*id, name.full())).collect();
            let older = log.older.map(|id| id.to_string());
            let around = Surroundings::of(
                &web,
                Some(&view),
                web.app.municipalities.get(view.municipality),
                visit.lang,
            );
            render(&AccessLogPage {
                frame: around.frame(Some(&view), (visit.lang, Here::AccessLog, &visit.path)),
                journal,
                scope: if log.everybody { AccessScope::Everybody } else { AccessScope::OwnActs },
                rows: log.lines.iter().map(|line| row(line, reader, &names)).collect(),
                paging: Paging { newer: None, older: older.as_deref() },
            })
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

async fn load(web: &Web, visit: &Visit, journal: &str) -> Result<(JournalId, View, PersonId, Log), Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let journal = JournalId::parse(journal).map_err(|_| Problem::NotFound)?;
    let before = Fields::parse(visit.query.as_bytes()).get("cursor").and_then(|id| LogId::parse(id).ok());
    let (places, limits) = (web.app.municipalities.clone(), web.app.limits);
    web.app
        .read_as(token, move |tx, who| {
            let (granted, log) = access_log::page(tx, &places, who, journal, before)?;
            Ok((journal, View::of(who, &granted, &limits, tx.now()), who.caller.actor, log))
        })
        .await
}

fn row<'a>(line: &LogLine, reader: PersonId, names: &'a BTreeMap<PersonId, String>) -> AccessRow<'a> {
    let here = copenhagen(line.at);
    let name = names.get(&line.actor).map_or("", String::as_str);
    AccessRow {
        date: here.date(),
        time: here.time(),
        who: if line.actor == reader { Who::You } else { Who::Person(name) },
        basis: line.basis,
        object: line.object.kind,
        title: None,
        did: match line.outcome {
            Outcome::Shown => Did::Saw,
            Outcome::Done => Did::Changed,
            Outcome::Refused(_) => Did::Refused,
        },
    }
}
