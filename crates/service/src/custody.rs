//! Custody: asked of the register at every log-in as a parent and again when the answer is older than a
//! quarter of an hour. The register is asked outside any transaction; when it is away, the old answer stands
//! until the rule calls it stale.

use crate::app::App;
use crate::people;
use crate::problem::Problem;
use crate::sessions::{Token, signed_in};
use borgerportal_domain::access::CustodyFact;
use borgerportal_domain::ids::PersonId;
use borgerportal_store::{custody as store, people as store_people};

/// Asks the register about the person behind a token and keeps the answer.
pub async fn ask_for(app: &App, token: &Token) -> Result<(), Problem> {
    let (hash, limits) = (token.hash(), app.limits);
    let person = app
        .read(move |tx| {
            let who = signed_in(tx, &hash, &limits)?;
            store_people::person(tx, who.caller.actor)?.ok_or(Problem::NoSession)
        })
        .await?;
    let now = app.clock.now();
    let children = match app.custody.children_of(&person.cpr, now).await {
        Ok(children) => children,
        Err(error) => {
            tracing::warn!(code = error.code(), "the custody register did not answer");
            return Ok(());
        }
    };
    let holder = person.facts.id;
    app.write(move |tx| {
        let facts = children.iter().map(|child| {
            let person: PersonId = people::keep_child(tx, child)?;
            Ok(CustodyFact {
                holder,
                child: person,
                from: child.from,
                last_day: child.until.and_then(|until| until.yesterday().ok()),
                withheld: false,
                asked_at: now,
            })
        });
        let facts = facts.collect::<Result<Vec<_>, Problem>>()?;
        Ok(store::replace(tx, holder, &facts)?)
    })
    .await
}
