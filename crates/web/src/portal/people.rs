//! Whom to look at: the first page after log-in, and the chooser.

use crate::closed;
use crate::form::Fields;
use crate::fuldmagt::elsewhere;
use crate::pages::mandates::Way;
use crate::pages::{ChoiceOf, DeadEnd, Here, Lapsed, PersonChoice, PersonsPage, paths};
use crate::problem;
use crate::render::{go, page_with};
use crate::session::visit::{Surroundings, rights, until};
use crate::session::{View, Visit, csrf};
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::access::{Basis, Role};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::time::{Date, age_on, copenhagen_date};
use borgerportal_service::Problem;
use borgerportal_service::people::{Choice, Reach, reach};

/// Loads whom this person may look at. Nobody is within reach before a municipality is chosen: there the way in
/// begins.
async fn load(web: &Web, visit: &Visit) -> Result<(View, Role, Reach), Response> {
    match load_reach(web, visit).await {
        Ok((view, ..)) if view.municipality.is_none() => Err(go(paths::START)),
        Ok(loaded) => Ok(loaded),
        Err(problem) => Err(problem::answer(web, visit, problem).await),
    }
}

async fn load_reach(web: &Web, visit: &Visit) -> Result<(View, Role, Reach), Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let (places, limits) = (web.app.municipalities.clone(), web.app.limits);
    web.app
        .read_as(token, move |tx, who| {
            let reach = reach(tx, &places, who)?;
            let view = View::without_journal(who, reach.actor.full(), &limits, tx.now());
            Ok((view, who.caller.role, reach))
        })
        .await
}

/// `/velkommen`: after log-in, straight on where there is nothing to choose.
pub(crate) async fn welcome(State(web): State<Web>, visit: Visit) -> Response {
    let (view, role, reach) = match load(&web, &visit).await {
        Ok(loaded) => loaded,
        Err(response) => return response,
    };
    let own = |choice: &&Choice| choice.basis.is_own();
    let fits = |choice: &&Choice| match role {
        Role::Citizen => choice.basis.is_own(),
        Role::Parent => matches!(choice.basis, Basis::Custody { .. }),
        Role::Relative => !choice.basis.is_own() && !matches!(choice.basis, Basis::Custody { .. }),
    };
    if role == Role::Citizen
        && let Some(choice) = reach.choices.iter().find(own)
    {
        return go(&paths::front(choice.journal));
    }
    if reach.choices.iter().any(|choice| fits(&choice)) {
        return show(&web, &visit, &view, (&reach, Shown::Plain));
    }
    let ask =
        elsewhere(&web.app.municipalities).unwrap_or_else(|| paths::mandates::begin(Way::Ask).to_owned());
    let what = match role {
        Role::Citizen if reach.lapsed.iter().any(too_young) => DeadEnd::TooYoung,
        Role::Citizen => return closed::page(&web, &visit, StatusCode::OK).await,
        Role::Parent => DeadEnd::NoChild,
        Role::Relative if !reach.lapsed.is_empty() => {
            return show(&web, &visit, &view, (&reach, Shown::Plain));
        }
        Role::Relative => DeadEnd::NoMandate { ask: Some(&ask) },
    };
    problem::dead_end(&web, &visit, StatusCode::OK, what).await
}

fn too_young(lapsed: &borgerportal_service::people::Lapsed) -> bool {
    lapsed.refusal.kind() == borgerportal_domain::access::RefusalCode::TooYoung
}

/// `/personer[?selv=1][&fra=…]`
pub(crate) async fn chooser(State(web): State<Web>, visit: Visit) -> Response {
    let (view, _, reach) = match load(&web, &visit).await {
        Ok(loaded) => loaded,
        Err(response) => return response,
    };
    let own = reach.choices.iter().find(|choice| choice.basis.is_own());
    match (own, Fields::parse(visit.query.as_bytes()).get("selv") == Some("1")) {
        (Some(own), true) => go(&paths::front(own.journal)),
        (None, true) => show(&web, &visit, &view, (&reach, Shown::NoOwn)),
        (_, false) => show(&web, &visit, &view, (&reach, Shown::Plain)),
    }
}

/// The choice (POST). The journal that was chosen decides for itself who may come in.
pub(crate) async fn choose(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let (view, _, reach) = match load(&web, &visit).await {
        Ok(loaded) => loaded,
        Err(response) => return response,
    };
    if !csrf::is_from_here(&visit.headers, &web.site.public_url) || !view.took(fields.get("csrf")) {
        return problem::answer(&web, &visit, Problem::Stale).await;
    }
    let chosen = fields.get("journal").and_then(|text| JournalId::parse(text).ok());
    match chosen.filter(|id| reach.choices.iter().any(|choice| choice.journal == *id)) {
        Some(journal) => go(&paths::front(journal)),
        None => show(&web, &visit, &view, (&reach, Shown::Unchosen)),
    }
}

/// Why the chooser is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// To choose.
    Plain,
    /// Somebody wanted back to a record of their own, and has none here.
    NoOwn,
    /// Sent without a choice.
    Unchosen,
}

/// The journal the visitor came from: only one they may choose anyway.
fn came_from(visit: &Visit, reach: &Reach) -> Option<JournalId> {
    let fields = Fields::parse(visit.query.as_bytes());
    let journal = JournalId::parse(fields.get("fra")?).ok()?;
    reach.choices.iter().any(|choice| choice.journal == journal).then_some(journal)
}

fn show(web: &Web, visit: &Visit, view: &View, (reach, shown): (&Reach, Shown)) -> Response {
    let today = copenhagen_date(web.app.clock.now());
    let from = came_from(visit, reach);
    let back = from.map(paths::front);
    let names: Vec<String> = reach.choices.iter().map(|choice| choice.name.full()).collect();
    let gone: Vec<String> = reach.lapsed.iter().map(|lapsed| lapsed.name.full()).collect();
    let choices = reach
        .choices
        .iter()
        .zip(&names)
        .map(|(choice, name)| PersonChoice {
            journal: choice.journal,
            name,
            first: choice.name.first(),
            of: of(choice, today),
            chosen: Some(choice.journal) == from,
        })
        .collect();
    let lapsed = reach
        .lapsed
        .iter()
        .zip(&gone)
        .map(|(lapsed, name)| Lapsed { name, why: lapsed.refusal.kind(), since: lapsed.refusal.day() })
        .collect();
    let settings = view.place(web);
    let around = Surroundings::of(web, Some(view), settings, visit.lang);
    let frame = around.frame(Some(view), (visit.lang, Here::Elsewhere, paths::PERSONS));
    let (error, no_own) = (shown == Shown::Unchosen, shown == Shown::NoOwn);
    let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &PersonsPage { frame, choices, lapsed, error, no_own, cancel: back.as_deref() })
}

/// On which basis somebody can be chosen, as the chooser says it.
fn of(choice: &Choice, today: Date) -> ChoiceOf {
    match choice.basis {
        Basis::Own => ChoiceOf::Own,
        Basis::Custody { .. } => {
            ChoiceOf::Child { age: u32::try_from(age_on(choice.birth_on, today)).unwrap_or(0) }
        }
        Basis::Guardianship { .. } => ChoiceOf::Ward { until: until(&choice.basis) },
        Basis::Mandate { may_act, .. } | Basis::Claim { may_act, .. } => {
            ChoiceOf::Giver { rights: rights(may_act), until: until(&choice.basis) }
        }
    }
}
