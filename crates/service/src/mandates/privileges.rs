//! Mandates as another service may use them: what a holder may do there for whom, in that service's own words. It
//! refuses contact mandates, what the vendor's map does not name for the service, and to say that a holder is unknown.

use super::lookup::line_of_asking;
use super::packages::Catalogue;
use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::access_log::LogLine;
use borgerportal_domain::asking::{Asking, LookUpAnswer, Purpose};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::mandates::{Channel, Counting, Party};
use borgerportal_domain::municipality::{MandateSource, MunicipalityCode};
use borgerportal_identity::oiobpp::{Group, Scope};
use borgerportal_identity::system_clients::SystemCaller;
use borgerportal_store::mandates::{self as mandates, lookup, packages as map};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;
use std::collections::{BTreeMap, BTreeSet};

/// What this holder may do in the service that asks, now: a group for each giver, each of whom reads that it was told. The map names the service by its
/// client id.
pub async fn of_holder(app: &App, caller: &SystemCaller, holder: Cpr) -> Result<Vec<Group>, Problem> {
    let settings = app.municipalities.get(caller.municipality).ok_or(Problem::NotFound)?;
    let (place, source) = (caller.municipality, settings.policy().mandate_source);
    let service = caller.client_id.clone();
    app.read(move |tx| groups(tx, (place, source), &service, &holder)).await
}

fn groups(
    tx: &Tx<'_>,
    (place, source): (MunicipalityCode, MandateSource),
    service: &str,
    holder: &Cpr,
) -> Result<Vec<Group>, Problem> {
    let holder = people::by_cpr(tx, holder)?.unwrap_or(LogLine::NOBODY);
    let is_dead = people::person(tx, holder)?.is_some_and(|person| person.facts.is_dead());
    let catalogue = Catalogue::load(tx)?.active_in(place);
    let lines = map::map(tx)?;
    let counting = Counting { place, source, now: tx.now() };
    let mut by_giver: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for kept in mandates::of(tx, holder, Party::Holder)?.iter().filter(|_| !is_dead) {
        for item in kept.mandate.items() {
            let usable = catalogue.entry(item.version).is_some_and(|one| one.channel == Channel::SelfService);
            if usable && counting.until(&kept.mandate, item).is_some() {
                let here =
                    lines.iter().filter(|line| line.version == item.version && line.service == service);
                let opened = here.map(|line| line.privilege.as_str());
                by_giver.entry(kept.mandate.terms().giver).or_default().extend(opened);
            }
        }
    }
    let mut groups = Vec::new();
    for (giver, privileges) in by_giver {
        let giver = people::person(tx, giver)?.filter(|person| !person.facts.is_dead());
        if let Some(giver) = giver.filter(|_| !privileges.is_empty()) {
            let privileges = privileges.into_iter().map(str::to_owned).collect();
            let asked =
                Asking { client: service.to_owned(), purpose: Purpose::Service, answer: LookUpAnswer::Yes };
            lookup::tell(tx, line_of_asking(tx, (giver.facts.id, place), asked)?);
            groups.push(Group::over(Scope::Person(giver.cpr), privileges));
        }
    }
    Ok(groups)
}
