//! Look-ups by authorities: a caseworker's system asks whether somebody represents somebody in one subject, and gets
//! yes, no or unknown with a proof to keep. The giver sees every one. It refuses to list mandates, to say why the answer
//! is no, and to tell a person nobody knows from one who gave no mandate: the same answer by the same statements.

use super::packages::Catalogue;
use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::access::{Privilege, Role};
use borgerportal_domain::access_log::{LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::asking::Asking;
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::{ItemId, LogId, PersonId};
use borgerportal_domain::mandates::{
    Counting, Covering, LookUp, LookUpAnswer, Mandate, MandateItem, Purpose, covering,
};
use borgerportal_domain::municipality::{MandateSource, MunicipalityCode};
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::jws::{KeyError, SigningKey};
use borgerportal_identity::proof::{self, Answer, PLACES, Place, Proof, Status, StatusList};
use borgerportal_identity::system_clients::SystemCaller;
pub use borgerportal_store::mandates::lookup::Kept;
use borgerportal_store::mandates::lookup::{self as store, Ground, ProofKey};
use borgerportal_store::mandates::{self as mandates};
use borgerportal_store::tx::Tx;
use borgerportal_store::{people, reach};
use ring::rand::SystemRandom;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// How long a proof may be acted on, if the mandate does not end before. Seconds.
const PROOF_S: i64 = 86_400;
const DAY_S: i64 = 86_400;
/// So long a signed list is given out before what its proofs rest on is asked anew. Milliseconds.
const LIST_MS: i64 = 60_000;
/// How often a free place in a list is looked for.
const TRIES: u8 = 32;

/// What a caseworker's system asks.
#[derive(Debug, Clone)]
pub struct Question {
    /// Who may be represented.
    pub giver: Cpr,
    /// By whom.
    pub representative: Cpr,
    /// In what, and how.
    pub what: LookUp,
    /// What for.
    pub purpose: Purpose,
    /// The number of the case, as the authority writes it.
    pub case: String,
}

/// What was decided: everything a proof says, and the same again if the errand is asked for twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its name.
    pub id: ItemId,
    /// The answer.
    pub answer: Answer,
    /// What covers the question.
    pub items: Vec<proof::Item>,
    /// First instant without it, in seconds.
    pub valid_until: Option<i64>,
    /// The day and the place where withdrawal is told.
    pub list: Option<(i64, u32)>,
    /// When, in seconds.
    pub issued: i64,
}

/// The answer with its proof.
pub struct Told {
    /// What was answered, in every detail.
    pub proof: Proof,
    /// The same, signed.
    pub token: String,
}

/// Looks up for this system. `base` is our address, with a slash at its end.
pub async fn look_up(
    app: &App,
    caller: &SystemCaller,
    question: Question,
    base: &str,
) -> Result<Told, Problem> {
    let settings = app.municipalities.get(caller.municipality).ok_or(Problem::NotFound)?;
    let source = settings.policy().mandate_source;
    let key = signing_key(app).await?;
    let (client, place, asked) = (caller.client_id.clone(), caller.municipality, question.clone());
    let decision = app.write(move |tx| decide(tx, (place, source), &client, &asked)).await?;
    let status = decision
        .list
        .map(|(day, idx)| Status { status_list: Place { uri: list_address(base, day, place), idx } });
    let id = decision.id.to_string();
    let proof = Proof {
        issuer: base.to_owned(),
        asker: caller.client_id.clone(),
        about: proof::about(&id, &question.giver, &question.representative),
        decision: id,
        municipality: place.to_string(),
        channel: question.what.channel.code().to_owned(),
        subject: question.what.subject.code().to_owned(),
        access: question.what.access.code().to_owned(),
        purpose: question.purpose.code().to_owned(),
        answer: decision.answer,
        items: decision.items,
        valid_until: decision.valid_until,
        issued: decision.issued,
        expires: decision.issued + PROOF_S,
        status,
    };
    let token = proof.sign(&key, &SystemRandom::new()).map_err(no_key)?;
    Ok(Told { proof, token })
}

/// Decides, and leaves what the giver reads. The same statements whoever the two are.
pub fn decide(
    tx: &Tx<'_>,
    (place, source): (MunicipalityCode, MandateSource),
    client: &str,
    question: &Question,
) -> Result<Decision, Problem> {
    let giver = people::by_cpr(tx, &question.giver)?.unwrap_or(LogLine::NOBODY);
    let holder = people::by_cpr(tx, &question.representative)?.unwrap_or(LogLine::NOBODY);
    let dead = [people::person(tx, giver)?, people::person(tx, holder)?];
    let anybody_dead = dead.iter().flatten().any(|person| person.facts.is_dead());
    let catalogue = Catalogue::load(tx)?.active_in(place);
    let between = mandates::between(tx, giver, holder)?;
    let counting = Counting { place, source, now: tx.now() };
    let alive = between.iter().map(|kept| &kept.mandate).filter(|_| !anybody_dead);
    let found = covering(alive.clone(), &question.what, &counting, |version| catalogue.entry(version));
    let answer = LookUpAnswer::of(found.is_some(), source);
    let id = ItemId::from_uuid(tx.mint());
    let ground = found.as_ref().map(|found| ground(tx, place, found)).transpose()?;
    let items = found.as_ref().map(|found| items(&catalogue, alive, found, &counting)).unwrap_or_default();
    let kept = Kept {
        id,
        municipality: place,
        client: client.to_owned(),
        giver,
        question: question.what,
        purpose: question.purpose,
        case: question.case.clone(),
        answer,
        at: tx.now(),
        ground,
    };
    let line = line(tx, &kept)?;
    store::keep(tx, &kept, line)?;
    Ok(Decision {
        id,
        answer: match answer {
            LookUpAnswer::Yes => Answer::Yes,
            LookUpAnswer::No => Answer::No,
            LookUpAnswer::Unknown => Answer::Unknown,
        },
        items,
        valid_until: found.map(|found| found.until.seconds()),
        list: kept.ground.map(|ground| (ground.day, ground.place)),
        issued: tx.now().seconds(),
    })
}

fn items<'m>(
    catalogue: &Catalogue,
    mandates: impl Iterator<Item = &'m Mandate>,
    found: &Covering,
    counting: &Counting,
) -> Vec<proof::Item> {
    let of = |mandate: &Mandate, item: &MandateItem| {
        let entry = catalogue.entry(item.version)?;
        let until = counting.until(mandate, item)?;
        Some(proof::Item {
            package: entry.code.clone(),
            version: entry.number,
            access: entry.access.code().to_owned(),
            valid_until: until.seconds(),
        })
    };
    let mandate = { mandates }.find(|mandate| mandate.id() == found.mandate);
    let named =
        mandate.into_iter().flat_map(|mandate| mandate.items().iter().map(move |item| (mandate, item)));
    named
        .filter(|(_, item)| found.versions.contains(&item.version))
        .filter_map(|(mandate, item)| of(mandate, item))
        .collect()
}

/// A free place in today's list, one that nobody can guess from others.
fn ground(tx: &Tx<'_>, place: MunicipalityCode, found: &Covering) -> Result<Ground, Problem> {
    let day = tx.now().seconds().div_euclid(DAY_S);
    for _ in 0..TRIES {
        let [.., high, low] = tx.mint().into_bytes();
        let free = u32::from(u16::from_be_bytes([high, low])) % PLACES;
        if !store::is_taken(tx, place, day, free)? {
            let versions = found.versions.clone();
            return Ok(Ground { mandate: found.mandate, versions, day, place: free });
        }
    }
    Err(Problem::Away("lookup"))
}

fn line(tx: &Tx<'_>, kept: &Kept) -> Result<LogLine, Problem> {
    let asked = Asking { client: kept.client.clone(), purpose: kept.purpose, answer: kept.answer };
    let line = line_of_asking(tx, (kept.giver, kept.municipality), asked)?;
    let mandate = kept.ground.as_ref().map(|ground| ground.mandate);
    Ok(LogLine { mandate, object: LogObject::one(ObjectKind::LookUp, kept.id), ..line })
}

/// The line that the giver reads: which system asked, what for and what it was told. No person stands in it. It lies in
/// the journal that the giver has in this municipality, where they read it; who has none reads it with their mandates.
pub(super) fn line_of_asking(
    tx: &Tx<'_>,
    (giver, municipality): (PersonId, MunicipalityCode),
    asked: Asking,
) -> Result<LogLine, Problem> {
    let journal = reach::citizens_journal(tx, giver, municipality)?;
    Ok(LogLine {
        id: LogId::from_uuid(tx.mint()),
        at: tx.now(),
        municipality,
        journal: journal.unwrap_or(LogLine::NO_JOURNAL),
        subject: (giver != LogLine::NOBODY).then_some(giver),
        actor: LogLine::NOBODY,
        role: Role::Citizen,
        basis: None,
        mandate: None,
        privilege: Privilege::ReadMandates,
        object: LogObject::page(ObjectKind::LookUp),
        outcome: Outcome::Shown,
        asked: Some(asked),
    })
}

/// Look-ups about the signed-in person, the newest first.
pub fn about_me(tx: &Tx<'_>, who: &crate::sessions::SignedIn, most: i64) -> Result<Vec<Kept>, Problem> {
    super::me(tx, who)?;
    Ok(store::about(tx, who.caller.actor, most)?)
}

/// The public keys that proofs are checked with, a JWK set.
pub async fn keys(app: &App) -> Result<Value, Problem> {
    signing_key(app).await?;
    let keys = app.read(|tx| Ok(store::keys(tx)?)).await?;
    let keys: Vec<Value> = keys.iter().filter_map(|key| serde_json::from_str(&key.jwk).ok()).collect();
    Ok(json!({ "keys": keys }))
}

/// The newest key; the first time it is asked for, a new one.
async fn signing_key(app: &App) -> Result<SigningKey, Problem> {
    match app.read(|tx| Ok(store::keys(tx)?.into_iter().next())).await? {
        Some(key) => SigningKey::from_pkcs8(&key.kid, &key.private, &SystemRandom::new()).map_err(no_key),
        None => new_key(app).await,
    }
}

/// A new key, which signs from now on. Earlier ones stay published: what they signed stands in archives and must be
/// checked there for years.
pub async fn new_key(app: &App) -> Result<SigningKey, Problem> {
    let random = SystemRandom::new();
    let kid = app.store.errand_id(app.clock.now())?.to_string();
    let private = SigningKey::generate_pkcs8(&random).map_err(no_key)?;
    let key = SigningKey::from_pkcs8(&kid, &private, &random).map_err(no_key)?;
    let jwk = key.public_jwk().to_string();
    let new = std::sync::Arc::new(ProofKey { kid, jwk, private: private.into() });
    app.write(move |tx| Ok(store::keep_key(tx, &new)?)).await?;
    Ok(key)
}

fn no_key(_: KeyError) -> Problem {
    Problem::Away("proof key")
}

fn list_address(base: &str, day: i64, place: MunicipalityCode) -> String {
    format!("{base}api/lookup/v1/status/{day}-{place}")
}

/// Lists that were signed within the last minute, by day and place: of every municipality here those of three days, and
/// no more. Anybody may ask, so asking must be cheap.
#[derive(Default)]
pub(crate) struct Lists(Mutex<BTreeMap<(i64, MunicipalityCode), (Timestamp, String)>>);

/// The list of this name, signed: which of its proofs no longer hold. What they rest on is asked anew each minute, so
/// that nothing has to remember to withdraw a proof. Not found is a list that cannot exist yet, or no longer matters.
pub async fn status(app: &App, name: &str, base: &str) -> Result<String, Problem> {
    let now = app.clock.now();
    let named = name
        .split_once('-')
        .and_then(|(day, place)| Some((day.parse::<i64>().ok()?, MunicipalityCode::parse(place)?)));
    let (day, place) = named.ok_or(Problem::NotFound)?;
    let today = now.seconds().div_euclid(DAY_S);
    let address = list_address(base, day, place);
    let settings = app.municipalities.get(place).ok_or(Problem::NotFound)?;
    if !(today - 2..=today).contains(&day) || !address.ends_with(name) {
        return Err(Problem::NotFound);
    }
    // Held while a list is made: who asks for the same meanwhile gets that one.
    let mut lists = app.status_lists().0.lock().await;
    lists.retain(|_, (made, _)| (0..LIST_MS).contains(&now.millis_since(*made)));
    if let Some((_, list)) = lists.get(&(day, place)) {
        return Ok(list.clone());
    }
    let signed = sign_list(app, (place, settings.policy().mandate_source), day, &address).await?;
    lists.insert((day, place), (now, signed.clone()));
    Ok(signed)
}

async fn sign_list(
    app: &App,
    of: (MunicipalityCode, MandateSource),
    day: i64,
    address: &str,
) -> Result<String, Problem> {
    let now = app.clock.now();
    let withdrawn = app.store.read_heavy(now, move |tx| withdrawn(tx, of, day)).await?;
    let mut list = StatusList::default();
    for place in &withdrawn {
        list.withdraw(*place);
    }
    let key = signing_key(app).await?;
    list.sign(address, now, &key, &SystemRandom::new()).map_err(no_key)
}

/// A death counts at once, whether or not it has ended the mandate yet.
fn anybody_dead(tx: &Tx<'_>, mandate: &Mandate) -> Result<bool, Problem> {
    let parties = [mandate.terms().giver, mandate.terms().holder];
    for party in parties {
        if people::person(tx, party)?.is_some_and(|person| person.facts.is_dead()) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn withdrawn(
    tx: &Tx<'_>,
    (place, source): (MunicipalityCode, MandateSource),
    day: i64,
) -> Result<Vec<u32>, Problem> {
    let catalogue = Catalogue::load(tx)?.active_in(place);
    let counting = Counting { place, source, now: tx.now() };
    let mut gone = Vec::new();
    for kept in store::listed(tx, place, day)? {
        let Some(ground) = &kept.ground else { continue };
        let mandate = mandates::load(tx, ground.mandate)?.map(|kept| kept.mandate);
        let mandate = match mandate {
            Some(mandate) if !anybody_dead(tx, &mandate)? => Some(mandate),
            _ => None,
        };
        let entry = |version| catalogue.entry(version);
        let now = covering(mandate.iter(), &kept.question, &counting, entry);
        let holds = now.is_some_and(|now| ground.versions.iter().all(|one| now.versions.contains(one)));
        if !holds {
            gone.push(ground.place);
        }
    }
    Ok(gone)
}
