//! Systems that deliver or ask about mandates: they prove themselves with a signed assertion, get a short token, and are looked up again at
//! every use, so that withdrawing one works at once.

use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_identity::Secret;
use borgerportal_identity::jws::KeySet;
use borgerportal_identity::system_clients::{
    ClientError, Deed, MandateScope, RegisteredClient, Scope, SystemCaller, TokenRequest, prove,
};
use borgerportal_store::system_clients::{self as store, Client};
use borgerportal_store::tx::Tx;

/// What a system may of which nothing else is said: deliver.
const SCOPE: &str = "system/*.cruds";

/// Why a record system got no token, or was not let in.
#[derive(Debug, thiserror::Error)]
pub enum NotIn {
    /// Its own doing.
    #[error("{0}")]
    Client(#[from] ClientError),
    /// Ours.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// Registers a record system for one municipality, or changes its keys.
pub async fn register(
    app: &App,
    id: String,
    municipality: MunicipalityCode,
    jwks: String,
) -> Result<(), NotIn> {
    register_with(app, Client { id, municipality, jwks, scopes: None }).await
}

/// The same, saying what it may: `mandates.lookup`, for example. Where nothing is said, what it may stays as it is.
pub async fn register_with(app: &App, client: Client) -> Result<(), NotIn> {
    KeySet::parse(client.jwks.as_bytes()).map_err(|_| ClientError::Assertion)?;
    client.scopes.as_deref().map(Scope::parse_list).transpose()?;
    Ok(app.write(move |tx| Ok(store::register(tx, &client)?)).await?)
}

/// Says what a registered system may from now on, and nothing else: `mandates.lookup`, for example.
pub async fn allow(app: &App, id: String, scopes: String) -> Result<(), NotIn> {
    Scope::parse_list(&scopes)?;
    let change = move |tx: &Tx<'_>| {
        let client = store::client(tx, &id)?.ok_or(Problem::NotFound)?;
        Ok(store::register(tx, &Client { scopes: Some(scopes.clone()), ..client })?)
    };
    Ok(app.write(change).await?)
}

/// Trades an assertion for an access token. An assertion is good for one token.
pub async fn token(app: &App, body: &[u8]) -> Result<Secret, NotIn> {
    let request = TokenRequest::parse(body)?;
    let id = request.client_id().to_owned();
    let known = app.read(move |tx| Ok(store::client(tx, &id)?)).await?;
    let client = registered(known)?;
    let now = app.clock.now();
    let proven = prove(&request, &client, &app.token_audience, now)?;
    let used = (proven.client_id.clone(), proven.jti.clone(), proven.keep_jti_until);
    let first = app.write(move |tx| Ok(store::use_assertion(tx, &used.0, &used.1, used.2)?)).await?;
    if !first {
        return Err(ClientError::Assertion.into());
    }
    Ok(app.tokens.issue(&proven, now).ok_or(ClientError::Assertion)?)
}

/// A client that nobody registered gets the answer of a wrong signature.
fn registered(known: Option<Client>) -> Result<RegisteredClient, ClientError> {
    let client = known.ok_or(ClientError::Assertion)?;
    let keys = KeySet::parse(client.jwks.as_bytes()).map_err(|_| ClientError::Assertion)?;
    let scopes = Scope::parse_list(client.scopes.as_deref().unwrap_or(SCOPE))?;
    Ok(RegisteredClient { id: client.id, municipality: client.municipality, keys, scopes })
}

/// Who holds this token, if they may deliver for this municipality now.
pub async fn caller(app: &App, bearer: &str, municipality: MunicipalityCode) -> Result<SystemCaller, NotIn> {
    let caller = holder(app, bearer).await?;
    let may = caller.municipality == municipality && caller.may("Bundle", Deed::Create);
    if may { Ok(caller) } else { Err(ClientError::Scope.into()) }
}

/// Who holds this token, if they may ask this about mandates now.
pub async fn asker(app: &App, bearer: &str, what: MandateScope) -> Result<SystemCaller, NotIn> {
    let caller = holder(app, bearer).await?;
    if caller.may_about_mandates(what) { Ok(caller) } else { Err(ClientError::Scope.into()) }
}

/// Who holds this token, if they are still registered as they were when they got it.
async fn holder(app: &App, bearer: &str) -> Result<SystemCaller, NotIn> {
    let caller = app.tokens.read(bearer, app.clock.now())?;
    let id = caller.client_id.clone();
    let known = app.read(move |tx| Ok(store::client(tx, &id)?)).await?;
    let client = registered(known).map_err(|_| ClientError::Scope)?;
    let covered = |asked: &Scope| client.scopes.iter().any(|own| own.covers(asked));
    let still = client.municipality == caller.municipality && caller.scopes.iter().all(covered);
    if still { Ok(caller) } else { Err(ClientError::Scope.into()) }
}
