//! The benches, a file each, and the stage they run on: a set of generated data, with sessions and servers.

pub(crate) mod decision;
pub(crate) mod export;
pub(crate) mod ingest;
pub(crate) mod mandates;
pub(crate) mod pages;
pub(crate) mod rooms;
pub(crate) mod scale;
pub(crate) mod start;
pub(crate) mod writes;

use crate::figures::Effort;
use crate::generate::{FULL, Plan, Weight, generate};
use crate::kept;
use crate::portal::{Place, Visitor, sign_in};
use crate::say;
use crate::server::Server;
use anyhow::{Context as _, Result};
use borgerportal_domain::access::Role;
use borgerportal_service::Clock;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Generated data with what was made of it.
pub(crate) struct Stage {
    /// Where it lies.
    pub(crate) place: Place,
    /// What it is.
    pub(crate) plan: Plan,
    /// For files of this run.
    pub(crate) folder: PathBuf,
    /// Small and short: a look, not a figure.
    pub(crate) quick: bool,
    /// How many items there are, and how fast they were made.
    pub(crate) made: crate::generate::Done,
}

impl Stage {
    /// Makes the data.
    pub(crate) async fn build(folder: &Path, place: Place, plan: Plan, quick: bool) -> Result<Self> {
        place.prepare(plan.now)?;
        let store = place.store("generate")?;
        let mut heard = 0;
        let made = generate(&store, plan, |done| {
            if done.millis / 10_000 > heard {
                heard = done.millis / 10_000;
                say::progress(format!(
                    "  {} citizens, {} items, {} s",
                    done.citizens,
                    done.items,
                    done.millis / 1_000
                ));
            }
        });
        let made = made.await?;
        let rate = made.items * 1_000 / made.millis.max(1);
        say::progress(format!("  made {} citizens, {} items, {rate} items/s", made.citizens, made.items));
        Ok(Self { place, plan, folder: folder.to_owned(), quick, made })
    }

    /// Takes the data of this plan that lies there already, or makes it anew after `clear` has made room.
    pub(crate) async fn kept(
        (folder, note): (&Path, &Path),
        place: Place,
        plan: Plan,
        (quick, clear): (bool, impl FnOnce() -> Result<()>),
    ) -> Result<Self> {
        if let Some((plan, made)) = kept::read(note, &plan)? {
            // What has been added to the schema since.
            place.prepare(plan.now)?;
            return Ok(Self { place, plan, folder: folder.to_owned(), quick, made });
        }
        clear()?;
        let stage = Self::build(folder, place, plan, quick).await?;
        kept::write(note, &stage.plan, &stage.made)?;
        Ok(stage)
    }

    /// A plan of this day.
    #[must_use]
    pub(crate) fn plan(citizens: u64, municipalities: usize, thin: bool) -> Plan {
        Plan {
            citizens: citizens.next_multiple_of(2),
            municipalities,
            seed: 1,
            thin,
            full: FULL,
            small: 20,
            now: Clock::system().now(),
        }
    }

    /// Relatives of citizens of a weight, signed in.
    pub(crate) async fn visitors(&self, weight: Weight, limit: usize) -> Result<Vec<Visitor>> {
        let store = self.place.store("bench-sessions")?;
        let citizens = self.plan.some(weight, limit);
        sign_in(&store, &self.plan, (&citizens, Role::Relative), Clock::system().now()).await
    }

    /// The portal on this data.
    pub(crate) fn portal(&self) -> Result<Server> {
        let keys = self.place.keys.display().to_string();
        Server::start(&["serve", "portal", "--location", &self.place.text, "--keys", &keys])
    }

    /// A server that queries by hand.
    pub(crate) fn hand(&self, body: &Path) -> Result<Server> {
        let body = body.to_str().context("a path")?;
        Server::start(&["serve", "hand", "--location", &self.place.text, "--body", body])
    }

    /// Keeps an answer's body for the floor.
    pub(crate) fn body(&self, name: &str, body: &[u8]) -> Result<PathBuf> {
        let file = self.folder.join(format!("{name}.html"));
        std::fs::write(&file, body)?;
        Ok(file)
    }

    /// How long and how often.
    #[must_use]
    pub(crate) fn effort(&self, connections: usize) -> Effort {
        let (millis, rounds) = if self.quick { (500, 3) } else { (2_500, 5) };
        Effort { connections, time: Duration::from_millis(millis), rounds }
    }
}
