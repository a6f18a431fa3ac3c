//! The portal as an operator would start it, on generated data: the real store, router, jobs and partner clients
//! (which call nobody here: sessions are opened straight in the store). It refuses to fake anything that a page
//! goes through.

use crate::generate::{Dice, Plan, municipalities};
use anyhow::{Context as _, Result};
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::RelyingParty;
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{
    BrokerClient, ClientAuthentication, CustodyClient, Files, HttpConfig, NoScanner, Outgoing,
};
use borgerportal_service::sessions::{Limits, Token};
use borgerportal_service::{App, Clock, Municipalities, Parts, Retention};
use borgerportal_store::keys::KeyRing;
use borgerportal_store::sessions::{self, Session};
use borgerportal_store::{Location, Options, Store, StoreError, migrate, reach, tx::Tx};
use borgerportal_web::Site;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Threads that read: what the program itself has when nothing is configured.
const THREADS: usize = 4;

/// Everything that is not labelled may be seen by everybody: otherwise there would be nothing to measure. And somebody can
/// be written to.
const OPEN: &str = "[[publication]]\naudience = [\"citizen\", \"parent\", \"relative\"]\n\
     signed_off_by = \"Test\"\nsigned_off_on = 2026-01-01\n\n\
     [[department]]\ncode = \"nursing\"\nname_da = \"Hjemmesygeplejen\"\narea = \"nursing\"\n";

/// Where data lies, with the keys it was sealed under.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// `sqlite:PATH` or `postgres://…`, as given.
    pub(crate) text: String,
    /// The key file.
    pub(crate) keys: PathBuf,
}

impl Place {
    /// A file beside its key file, or a server.
    pub(crate) fn new(text: &str, keys: Option<&Path>) -> Result<Self> {
        let beside = || text.strip_prefix("sqlite:").map(|path| PathBuf::from(format!("{path}.keys")));
        let keys =
            keys.map(Path::to_path_buf).or_else(beside).context("--keys says where the key file lies")?;
        Ok(Self { text: text.to_owned(), keys })
    }

    pub(crate) fn location(&self) -> Result<Location> {
        Location::parse(&self.text).context("--location is sqlite:PATH or postgres://…")
    }

    /// Brings the database up to date and makes keys where there are none.
    pub(crate) fn prepare(&self, now: Timestamp) -> Result<()> {
        if !self.keys.exists() {
            std::fs::write(&self.keys, KeyRing::generate()?).context("the key file")?;
        }
        let location = self.location()?;
        apart(move || Ok(migrate(&location, now).map(|_| ())?))
    }

    /// Opens it as one node.
    pub(crate) fn store(&self, node: &str) -> Result<Store> {
        let keys = KeyRing::parse(&std::fs::read_to_string(&self.keys).context("the key file")?)?;
        let options = Options { location: self.location()?, threads: THREADS, node: node.to_owned() };
        apart(move || Ok(Store::open(&options, keys)?))
    }
}

/// Engines connect on a thread of their own: PostgreSQL's client does not start inside a runtime.
fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    std::thread::spawn(work).join().ok().context("the thread that connects")?
}

/// The whole portal over a place.
pub(crate) fn app(place: &Place) -> Result<App> {
    let store = place.store("bench")?;
    let outgoing = Outgoing::new(&HttpConfig::for_this_machine())?;
    let party: RelyingParty = serde_json::from_value(serde_json::json!({
        "issuer": "https://broker.example", "client_id": "bench", "redirect_uri": "https://portal.example/back",
    }))?;
    let secret = ClientAuthentication::Secret(Secret::new("secret".to_owned()));
    let custody = CustodyClient::new(outgoing.clone(), "https://register.example/custody".parse()?);
    let settings = |code: MunicipalityCode| {
        Settings::from_toml(&format!("municipality = \"{code}\"\n{OPEN}")).ok().context("settings")
    };
    Ok(App::new(Parts {
        tokens: tokens(&store)?,
        store,
        files: Files::in_memory(),
        clock: Clock::system(),
        municipalities: Arc::new(Municipalities::new(
            municipalities().map(settings).collect::<Result<Vec<_>>>()?,
        )),
        broker: Arc::new(BrokerClient::new(outgoing, party, secret)),
        custody: Arc::new(custody),
        scanner: Arc::new(NoScanner),
        token_audience: "https://portal.example/oauth/token".to_owned(),
        limits: Limits::default(),
        retention: Retention::default(),
    }))
}

/// Tokens of record systems under the keys of the installation.
pub(crate) fn tokens(store: &Store) -> Result<AccessTokens> {
    AccessTokens::new(&[store.keys().derived(b"access tokens 1")]).context("no key for access tokens")
}

/// What an operator would say of the site.
pub(crate) fn site() -> Result<Site> {
    Ok(Site {
        public_url: "https://portal.example/".parse()?,
        support_phone: "12 34 56 78".to_owned(),
        support_hours_da: "på hverdage kl. 9–15".to_owned(),
        support_hours_en: "on weekdays 9–15".to_owned(),
        fmk_url: "https://www.fmk-online.dk".to_owned(),
        owner: "Kommunerne".to_owned(),
        mail: "portal@example.dk".to_owned(),
        dpo_mail: "dpo@example.dk".to_owned(),
        news_by: borgerportal_domain::news::Channel::ALL.to_vec(),
        trusted_proxies: Vec::new(),
        deliveries_a_minute: NonZeroU32::MAX,
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Somebody signed in, and the journal they may read.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    /// What the browser holds.
    pub(crate) cookie: String,
    /// Who.
    person: (PersonId, Role),
    /// The journal: their own, or that of the one who gave them a mandate.
    pub(crate) journal: JournalId,
}

/// Signs in these citizens' relatives, or the citizens themselves.
pub(crate) async fn sign_in(
    store: &Store,
    plan: &Plan,
    (citizens, role): (&[u64], Role),
    now: Timestamp,
) -> Result<Vec<Visitor>> {
    let mut visitors = Vec::new();
    for chunk in citizens.chunks(500) {
        let (plan, chunk) = (*plan, chunk.to_vec());
        let places = chunk.iter().map(|citizen| plan.municipality(*citizen)).collect::<Result<Vec<_>>>()?;
        let read = move |tx: &Tx<'_>| {
            let one = |(citizen, place): (&u64, &MunicipalityCode)| {
                let giver = plan.person(*citizen);
                let journal = reach::citizens_journal(tx, giver, *place)?;
                let journal = journal.ok_or(StoreError::Away)?;
                let mut dice = Dice::of(plan.seed, 99, *citizen);
                let token =
                    dice.bytes::<32>().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
                let person =
                    if role == Role::Citizen { giver } else { plan.person(Plan::relative(*citizen)) };
                Ok((*place, Visitor { cookie: token, person: (person, role), journal }))
            };
            chunk.iter().zip(&places).map(one).collect::<Result<Vec<_>, StoreError>>()
        };
        let found = store.read(now, read).await?;
        let again = found.clone();
        let write =
            move |tx: &Tx<'_>| again.iter().try_for_each(|(place, visitor)| open(tx, *place, visitor));
        store.write(now, store.errand_id(now)?, write).await?;
        visitors.extend(found.into_iter().map(|(_, visitor)| visitor));
    }
    Ok(visitors)
}

/// Signs one person in for their own mandates: what the browser holds.
pub(crate) async fn sign_in_person(store: &Store, person: PersonId) -> Result<String> {
    let now = Clock::system().now();
    let token = "6d".repeat(32);
    let cookie = token.clone();
    let place = MunicipalityCode::new(217).context("Helsingør")?;
    let write = move |tx: &Tx<'_>| begin(tx, place, &token, (person, Role::Citizen));
    store.write(now, store.errand_id(now)?, write).await?;
    Ok(cookie)
}

fn open(tx: &Tx<'_>, municipality: MunicipalityCode, visitor: &Visitor) -> Result<(), StoreError> {
    begin(tx, municipality, &visitor.cookie, visitor.person)
}

/// A session that has just begun; an earlier one of this token goes.
fn begin(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    cookie: &str,
    (person, role): (PersonId, Role),
) -> Result<(), StoreError> {
    let hash = Token::from_cookie(cookie).hash();
    sessions::close(tx, &hash)?;
    let session = Session {
        person,
        role,
        municipality: Some(municipality),
        level: Level::Substantial,
        authenticated_at: tx.now(),
        created_at: tx.now(),
        seen_at: tx.now(),
        ends_at: tx.now().plus_minutes(480),
        csrf: [3; 32],
    };
    sessions::open(tx, &hash, &session)
}
