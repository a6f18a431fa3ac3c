//! What an installation is made of, passed down as one value.

use crate::access::Granted;
use crate::ingest::PdfReader;
use crate::mandates::lookup;
use crate::problem::Problem;
use crate::retention::Retention;
use crate::sessions::{Limits, SignedIn, Token};
use crate::{Clock, Municipalities, custody, mandates, sessions};
use borgerportal_domain::ids::{ErrandId, JournalId, PersonId};
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{Broker, CustodyRegister, Files, VirusScanner};
use borgerportal_store::keys::sha256;
use borgerportal_store::tx::Tx;
use borgerportal_store::{Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::Deref;
use std::sync::Arc;

/// The parts of an installation.
pub struct Parts {
    /// Where everything is kept.
    pub store: Store,
    /// Where the contents of files are kept, sealed.
    pub files: Files,
    /// Where the time comes from.
    pub clock: Clock,
    /// Who is in.
    pub municipalities: Arc<Municipalities>,
    /// The log-in.
    pub broker: Arc<dyn Broker>,
    /// Who has custody of whom.
    pub custody: Arc<dyn CustodyRegister>,
    /// Who looks at files before they are kept.
    pub scanner: Arc<dyn VirusScanner>,
    /// Tokens of record systems.
    pub tokens: AccessTokens,
    /// The address of our token endpoint, as record systems are told it.
    pub token_audience: String,
    /// How long sessions live.
    pub limits: Limits,
    /// How long what has served its purpose is kept.
    pub retention: Retention,
}

/// An installation: cheap to clone, used from any task.
#[derive(Clone)]
pub struct App(Arc<Installed>);

/// The parts, and what this process remembers between requests.
struct Installed {
    parts: Parts,
    custody_pause: custody::Pause,
    pdfs: PdfReader,
    status_lists: lookup::Lists,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

/// An errand that reads for somebody who is signed in.
pub trait ReadErrand<T>: Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static {}
impl<T, F: Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static> ReadErrand<T> for F {}

/// An errand that reads about one journal, and hands out the access it read under.
pub trait JournalErrand<T>:
    for<'t> Fn(&'t Tx<'_>, &Municipalities, &SignedIn, JournalId) -> Result<(Granted<'t>, T), Problem>
    + Clone
    + Send
    + 'static
{
}
impl<T, F> JournalErrand<T> for F where
    F: for<'t> Fn(&'t Tx<'_>, &Municipalities, &SignedIn, JournalId) -> Result<(Granted<'t>, T), Problem>
        + Clone
        + Send
        + 'static
{
}

impl App {
    /// From its parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let (custody_pause, pdfs) = (custody::Pause::default(), PdfReader::default());
        let status_lists = lookup::Lists::default();
        Self(Arc::new(Installed { parts, custody_pause, pdfs, status_lists }))
    }

    pub(crate) fn custody_pause(&self) -> &custody::Pause {
        &self.0.custody_pause
    }

    pub(crate) fn pdfs(&self) -> &PdfReader {
        &self.0.pdfs
    }

    pub(crate) fn status_lists(&self) -> &lookup::Lists {
        &self.0.status_lists
    }

    /// Runs a read for the person behind a token: session, facts and data in one snapshot, one hop.
    pub async fn read_as<T: Send + 'static>(
        &self,
        token: &Token,
        errand: impl ReadErrand<T>,
    ) -> Result<T, Problem> {
        self.run_as(token, errand, false).await
    }

    /// The same on the threads for heavy reads.
    pub async fn search_as<T: Send + 'static>(
        &self,
        token: &Token,
        errand: impl ReadErrand<T>,
    ) -> Result<T, Problem> {
        self.run_as(token, errand, true).await
    }

    async fn run_as<T: Send + 'static>(
        &self,
        token: &Token,
        errand: impl ReadErrand<T>,
        heavy: bool,
    ) -> Result<T, Problem> {
        match self.run_once(token, errand.clone(), heavy, false).await {
            Err(Problem::AskRegister) => {
                custody::ask_for(self, token).await?;
                self.run_once(token, errand, heavy, true).await
            }
            answer => answer,
        }
    }

    async fn run_once<T: Send + 'static>(
        &self,
        token: &Token,
        errand: impl ReadErrand<T>,
        heavy: bool,
        register_asked: bool,
    ) -> Result<T, Problem> {
        let (hash, limits, now) = (token.hash(), self.limits, self.clock.now());
        let mandates_are_ours = mandates::are_ours(&self.municipalities);
        let run = move |tx: &Tx<'_>| {
            let who = sessions::signed_in(tx, &hash, &limits)?;
            let who = SignedIn { register_asked, mandates_are_ours, ..who };
            errand(tx, &who)
        };
        if heavy { self.store.read_heavy(now, run).await } else { self.store.read(now, run).await }
    }

    /// Runs a write for the person behind a token, once however often it is asked for. `named` says which errand it is
    /// and carries the id of its form. Who asks and whether they may (`may_ask`) is looked at before a known answer is
    /// given out, and an answer is known only to the person it was given to.
    pub async fn write_as<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        token: &Token,
        named: (&str, ErrandId),
        may_ask: impl Fn(&SignedIn) -> Result<(), Problem> + Send + Sync + 'static,
        errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Result<T, Problem> {
        let (may_ask, errand) = (Arc::new(may_ask), Arc::new(errand));
        match self.write_once(token, named, (may_ask.clone(), errand.clone()), false).await {
            // What somebody took long to write is not lost because the register must be asked again meanwhile.
            Err(Problem::AskRegister) => {
                custody::ask_for(self, token).await?;
                self.write_once(token, named, (may_ask, errand), true).await
            }
            answer => answer,
        }
    }

    async fn write_once<T, A, F>(
        &self,
        token: &Token,
        (name, id): (&str, ErrandId),
        (may_ask, errand): (Arc<A>, Arc<F>),
        register_asked: bool,
    ) -> Result<T, Problem>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        A: Fn(&SignedIn) -> Result<(), Problem> + Send + Sync + 'static,
        F: Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
    {
        let (hash, limits, name) = (token.hash(), self.limits, name.to_owned());
        let mandates_are_ours = mandates::are_ours(&self.municipalities);
        let asker = move |tx: &Tx<'_>| {
            let who = sessions::signed_in(tx, &hash, &limits)?;
            let who = SignedIn { register_asked, mandates_are_ours, ..who };
            may_ask(&who)?;
            Ok((of_person(who.caller.actor, &name, id), who))
        };
        self.store.write_for(self.clock.now(), asker, move |tx, who| errand(tx, who)).await
    }

    /// Runs a read for nobody in particular (jobs, log-ins).
    pub async fn read<T: Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.store.read(self.clock.now(), errand).await
    }

    /// Runs a write for nobody in particular, under a new errand id.
    pub async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Result<T, Problem> {
        let now = self.clock.now();
        let id = self.store.errand_id(now)?;
        self.store.write(now, id, errand).await
    }

    /// Fresh secret bytes.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], StoreError> {
        self.store.random()
    }
}

/// The id under which the answer of a person's errand is kept: another person's, or another errand's, is another.
fn of_person(person: PersonId, errand: &str, id: ErrandId) -> ErrandId {
    // The name stands last: the two before it are always sixteen bytes long.
    let text = [&person.into_bytes()[..], &id.into_bytes(), errand.as_bytes()].concat();
    let hash = sha256(&text);
    ErrandId::from_bytes(std::array::from_fn(|at| hash.get(at).copied().unwrap_or(0)))
}
