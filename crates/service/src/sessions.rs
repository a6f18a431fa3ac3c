//! Log-in, step-up, session and log-off. What a browser holds is a random token; the store knows its hash. A
//! new token is made at every log-in, and a fresh log-in of a running session keeps the session and moves only
//! the time at which the person proved who they are.

use crate::app::App;
use crate::hex::hex;
use crate::mandates::nemlogin;
use crate::problem::Problem;
use crate::{custody, people};
use borgerportal_domain::access::{Caller, Claim, Role};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::{Ask, Callback, Entropy, Pending, ProvenLogin, Purpose};
use borgerportal_partners::LoginError;
use borgerportal_store::keys::sha256;
use borgerportal_store::news;
use borgerportal_store::sessions::{self as store, LoginAttempt, Session};
use borgerportal_store::tx::Tx;

/// Minutes after the end of a session in which words that were written in it are still kept.
const KEPT_MIN: i64 = 12 * 60;

/// How long sessions live, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without use.
    pub idle_min: i64,
    /// Whatever happens.
    pub absolute_min: i64,
    /// How long before the end the person is warned.
    pub warn_min: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { idle_min: 30, absolute_min: 8 * 60, warn_min: 5 }
    }
}

/// What a browser holds: 32 random bytes. Never written down but in its cookie.
#[derive(Clone)]
pub struct Token(Secret);

impl Token {
    /// As it came in a cookie.
    #[must_use]
    pub fn from_cookie(text: &str) -> Self {
        Self(Secret::new(text.to_owned()))
    }

    /// As it goes into a cookie.
    #[must_use]
    pub fn for_cookie(&self) -> &str {
        self.0.expose()
    }

    /// What the store knows it by.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(self.0.expose().as_bytes())
    }
}

/// A person with a live session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who asks, for the rule.
    pub caller: Caller,
    /// The session.
    pub session: Session,
    /// The hash its token has.
    pub token_hash: [u8; 32],
    /// The register was asked for this request already.
    pub register_asked: bool,
    /// Asking for, giving and renewing mandates is ours (a municipal choice). No until the installation says yes.
    pub mandates_are_ours: bool,
}

impl SignedIn {
    /// Of a session that is live, with what NemLog-in said at its log-in. Whoever makes it asks what else holds.
    #[must_use]
    pub fn of(session: Session, claims: Vec<Claim>, token_hash: [u8; 32]) -> Self {
        let caller = Caller {
            actor: session.person,
            role: session.role,
            municipality: session.municipality,
            level: session.level,
            authenticated_at: session.authenticated_at,
            claims,
        };
        Self { caller, session, token_hash, register_asked: false, mandates_are_ours: false }
    }
}

/// The live session behind a token's hash. Notes that it is in use.
pub fn signed_in(tx: &Tx<'_>, hash: &[u8; 32], limits: &Limits) -> Result<SignedIn, Problem> {
    let who = peek(tx, hash, limits)?;
    store::touch(tx, hash, &who.session);
    Ok(who)
}

/// The same without noting it: looking at the time that is left does not give more of it.
pub fn peek(tx: &Tx<'_>, hash: &[u8; 32], limits: &Limits) -> Result<SignedIn, Problem> {
    let (session, claims) = store::session(tx, hash)?.ok_or(Problem::NoSession)?;
    if tx.now() >= ends_at(&session, limits) {
        return Err(Problem::NoSession);
    }
    Ok(SignedIn::of(session, claims, *hash))
}

/// A session that has ended by itself not long ago: for words that were on their way when it did, and for nothing else.
/// Whoever logged off is not found.
pub(crate) fn ended(tx: &Tx<'_>, hash: &[u8; 32], limits: &Limits) -> Result<SignedIn, Problem> {
    let (session, claims) = store::session(tx, hash)?.ok_or(Problem::NoSession)?;
    let end = ends_at(&session, limits);
    if tx.now() < end || tx.now() >= end.plus_minutes(KEPT_MIN) {
        return Err(Problem::NoSession);
    }
    Ok(SignedIn { register_asked: true, ..SignedIn::of(session, claims, *hash) })
}

/// When a session ends if nothing more happens.
#[must_use]
pub fn ends_at(session: &Session, limits: &Limits) -> Timestamp {
    session.seen_at.plus_minutes(limits.idle_min).min(session.ends_at)
}

/// A log-in that was begun: where to go, and what the browser must keep meanwhile.
pub struct Begun {
    /// The broker's address.
    pub to: String,
    /// Binds the answer to this browser.
    pub browser: Token,
}

/// What a log-in is for.
#[derive(Debug, Clone)]
pub struct Intent {
    /// As what.
    pub role: Role,
    /// Where; nothing for one's own mandates, which are the same everywhere.
    pub municipality: Option<MunicipalityCode>,
    /// The page to come back to: a path of ours.
    pub back_to: String,
    /// `da` or `en`.
    pub language: &'static str,
}

/// Why a log-in did not come about.
#[derive(Debug, thiserror::Error)]
pub enum NotIn {
    /// The broker, or its answer.
    #[error(transparent)]
    Login(#[from] LoginError),
    /// Ours.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The answer belongs to no log-in of this browser.
    #[error("unknown log-in")]
    Unknown,
    /// Somebody else logged in where one and the same person should prove themself again.
    #[error("another person")]
    AnotherPerson,
}

/// Sends a person to the broker. With `stepping_up` a running session asks its own person to log in anew.
pub async fn begin(app: &App, intent: Intent, stepping_up: Option<&Token>) -> Result<Begun, NotIn> {
    let now = app.clock.now();
    let fresh = || app.random::<32>().map_err(Problem::from);
    let entropy = Entropy { state: fresh()?, nonce: fresh()?, verifier: fresh()? };
    let purpose = if stepping_up.is_some() { Purpose::StepUp } else { Purpose::LogIn };
    let ask = Ask { purpose, at: now, language: intent.language, login_hint: None };
    let (to, pending) = app.broker.begin(&entropy, &ask).await?;
    let browser = new_token(app)?;
    let attempt = LoginAttempt {
        browser_hash: browser.hash(),
        secret: serde_json::to_string(&pending).map_err(|_| Problem::Away("log-in"))?,
        role: intent.role,
        municipality: intent.municipality,
        back_to: intent.back_to,
        stepping_up: stepping_up.map(Token::hash),
        started_at: now,
    };
    let state = sha256(pending.state().expose().as_bytes());
    app.write(move |tx| Ok(store::start_login(tx, &state, &attempt)?)).await?;
    Ok(Begun { to: to.into(), browser })
}

/// A person has come back and is in.
pub struct CameIn {
    /// The new token, or none where a running session was confirmed.
    pub token: Option<Token>,
    /// Where they wanted to go.
    pub back_to: String,
    /// As what.
    pub role: Role,
}

/// Takes the broker's answer. Each answer is used once, and only by the browser that asked.
pub async fn finish(app: &App, query: &str, browser: Option<&Token>) -> Result<CameIn, NotIn> {
    let callback = Callback::from_query(query).map_err(LoginError::from)?;
    let state = callback.state().map(|state| sha256(state.as_bytes())).ok_or(NotIn::Unknown)?;
    let attempt = app.write(move |tx| Ok(store::take_login(tx, &state)?.map(Kept::from))).await?;
    let attempt = attempt.map(LoginAttempt::try_from).ok_or(NotIn::Unknown)?.map_err(|()| NotIn::Unknown)?;
    if browser.map(Token::hash) != Some(attempt.browser_hash) {
        return Err(NotIn::Unknown);
    }
    let pending: Pending = serde_json::from_str(&attempt.secret).map_err(|_| NotIn::Unknown)?;
    let proven = app.broker.finish(&callback, &pending, app.clock.now()).await?;
    let person = people::keep_proven(app, &proven).await?;
    let claims = claimed(app, person, &proven).await?;
    let token = if let Some(session) = attempt.stepping_up {
        confirm(app, (session, person), &proven, claims).await?;
        None
    } else {
        Some(open(app, &attempt, (person, &proven), claims).await?)
    };
    Ok(CameIn { token, back_to: attempt.back_to, role: attempt.role })
}

/// What the national service lets this person do for others, by what their log-in carried.
async fn claimed(app: &App, person: PersonId, proven: &ProvenLogin) -> Result<Vec<Claim>, Problem> {
    let said = match &proven.privileges {
        Ok(said) => said.clone(),
        Err(error) => {
            tracing::warn!(%error, "the privileges of a log-in cannot be read and count as none");
            return Ok(Vec::new());
        }
    };
    if said.is_empty() || !nemlogin::counts_anywhere(&app.municipalities) {
        return Ok(Vec::new());
    }
    let (places, at) = (app.municipalities.clone(), proven.authenticated_at);
    app.read(move |tx| nemlogin::claims(tx, &places, &said, (person, at))).await
}

/// A new session; for a parent the register is asked now.
async fn open(
    app: &App,
    attempt: &LoginAttempt,
    (person, proven): (PersonId, &ProvenLogin),
    claims: Vec<Claim>,
) -> Result<Token, NotIn> {
    let now = app.clock.now();
    let token = new_token(app)?;
    let longest = now.plus_minutes(app.limits.absolute_min);
    let session = Session {
        person,
        role: attempt.role,
        municipality: attempt.municipality,
        level: proven.level,
        authenticated_at: proven.authenticated_at,
        created_at: now,
        seen_at: now,
        ends_at: proven.session_ends_at.map_or(longest, |broker| broker.min(longest)),
        csrf: app.random().map_err(Problem::from)?,
    };
    let hash = token.hash();
    app.write(move |tx| {
        store::open(tx, &hash, &session)?;
        news::came_in(tx, person)?;
        if !claims.is_empty() {
            store::keep_claims(tx, &hash, &claims)?;
        }
        Ok(())
    })
    .await?;
    if attempt.role == Role::Parent {
        custody::ask_for(app, &token).await?;
    }
    Ok(token)
}

/// The same person has proven again who they are.
async fn confirm(
    app: &App,
    (session, person): ([u8; 32], PersonId),
    proven: &ProvenLogin,
    claims: Vec<Claim>,
) -> Result<(), NotIn> {
    let (level, at, limits) = (proven.level, proven.authenticated_at, app.limits);
    let same = app.write(move |tx| {
        let who = signed_in(tx, &session, &limits)?;
        if who.caller.actor != person {
            return Ok(false);
        }
        store::confirm(tx, &session, (level, at), &claims)?;
        Ok(true)
    });
    if same.await? { Ok(()) } else { Err(NotIn::AnotherPerson) }
}

fn new_token(app: &App) -> Result<Token, Problem> {
    let bytes: [u8; 32] = app.random()?;
    Ok(Token(Secret::new(hex(&bytes))))
}

/// Ends the session. True if there was one.
pub async fn log_off(app: &App, token: &Token) -> Result<bool, Problem> {
    let hash = token.hash();
    app.write(move |tx| Ok(store::close(tx, &hash)?)).await
}

/// The person wants more time.
pub async fn extend(app: &App, token: &Token) -> Result<(), Problem> {
    let (hash, limits) = (token.hash(), app.limits);
    app.write(move |tx| {
        signed_in(tx, &hash, &limits)?;
        store::extend(tx, &hash)?;
        Ok(())
    })
    .await
}

/// A log-in attempt as an errand's remembered answer: short lived, and worth nothing without the broker's code.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    browser_hash: [u8; 32],
    secret: String,
    role: String,
    municipality: Option<u16>,
    back_to: String,
    stepping_up: Option<[u8; 32]>,
    started_at: i64,
}

impl From<LoginAttempt> for Kept {
    fn from(attempt: LoginAttempt) -> Self {
        Self {
            browser_hash: attempt.browser_hash,
            secret: attempt.secret,
            role: attempt.role.code().to_owned(),
            municipality: attempt.municipality.map(MunicipalityCode::number),
            back_to: attempt.back_to,
            stepping_up: attempt.stepping_up,
            started_at: attempt.started_at.millis(),
        }
    }
}

impl TryFrom<Kept> for LoginAttempt {
    type Error = ();

    fn try_from(kept: Kept) -> Result<Self, ()> {
        Ok(Self {
            browser_hash: kept.browser_hash,
            secret: kept.secret,
            role: Role::from_code(&kept.role).ok_or(())?,
            municipality: kept.municipality.map(|code| MunicipalityCode::new(code).ok_or(())).transpose()?,
            back_to: kept.back_to,
            stepping_up: kept.stepping_up,
            started_at: Timestamp::from_millis(kept.started_at),
        })
    }
}
