//! "Hvem har set mine data".

use super::errand::{self, Answer};
use crate::form::Fields;
use crate::pages::{AccessLogPage, AccessRow, AccessScope, Asked, Did, Here, Paging, Who};
use crate::render::page as render;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::access_log::{LogLine, Outcome};
use borgerportal_domain::ids::{LogId, PersonId};
use borgerportal_domain::time::copenhagen;
use borgerportal_service::access_log;
use std::collections::BTreeMap;

/// `/p/{journal}/access-log[?cursor=…]`
pub(crate) async fn page(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let before = Fields::parse(visit.query.as_bytes()).get("cursor").and_then(|id| LogId::parse(id).ok());
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let (granted, log) = access_log::page(tx, places, who, journal, before)?;
        Ok((granted, (who.caller.actor, log)))
    });
    errand::page(&web, &visit, (Here::AccessLog, &visit.path), answer.await, |frame, answer| {
        let Answer { journal, found: (reader, log), .. } = answer;
        let mut names: BTreeMap<PersonId, String> =
            log.names.iter().map(|(id, name)| (*id, name.full())).collect();
        // What its systems did, the municipality did: all lines of a page are of one.
        names.extend(log.lines.first().map(|line| (LogLine::NOBODY, line.municipality.full_name())));
        let older = log.older.map(|id| id.to_string());
        render(&AccessLogPage {
            frame,
            journal: *journal,
            scope: if log.everybody { AccessScope::Everybody } else { AccessScope::OwnActs },
            rows: log.lines.iter().map(|line| row(line, *reader, &names)).collect(),
            paging: Paging { newer: None, older: older.as_deref() },
        })
    })
    .await
}

fn row<'a>(line: &'a LogLine, reader: PersonId, names: &'a BTreeMap<PersonId, String>) -> AccessRow<'a> {
    let here = copenhagen(line.at);
    let name = names.get(&line.actor).map_or("", String::as_str);
    AccessRow {
        date: here.date(),
        time: here.time(),
        who: match line.actor {
            LogLine::NOBODY if line.asked.is_some() => Who::System(name),
            LogLine::NOBODY => Who::Staff(name),
            actor if actor == reader => Who::You,
            _ => Who::Person(name),
        },
        basis: line.basis,
        object: line.object.kind,
        title: None,
        did: match line.outcome {
            Outcome::Shown => Did::Saw,
            Outcome::Done => Did::Changed,
            Outcome::Refused(_) => Did::Refused,
        },
        asked: line.asked.as_ref().map(|asked| Asked {
            client: &asked.client,
            purpose: asked.purpose,
            answer: asked.answer,
        }),
    }
}
