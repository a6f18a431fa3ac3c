//! Sessions and log-ins under way. Tokens come in as hashes: the store never sees what a browser holds.
//! Idle time is kept at one-minute grain and written together with the log lines of the request.

use crate::error::StoreError;
use crate::session_claims;
use crate::tx::{Touch, Tx};
use crate::{params, sql};
use borgerportal_domain::access::{Claim, Level, Role};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;

/// One signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who signed in.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// Whose records were chosen at log-in; nothing where one came for one's own mandates alone.
    pub municipality: Option<MunicipalityCode>,
    /// How sure the broker was.
    pub level: Level,
    /// When the person last proved who they are.
    pub authenticated_at: Timestamp,
    /// When the session began.
    pub created_at: Timestamp,
    /// Last use, to the minute.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
    /// The secret of its forms.
    pub csrf: [u8; 32],
}

/// A log-in that has been sent to the broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginAttempt {
    /// The hash of the cookie that binds it to one browser.
    pub browser_hash: [u8; 32],
    /// Nonce and PKCE verifier, as `identity` wrote them.
    pub secret: String,
    /// What the person asked to come in as.
    pub role: Role,
    /// Where, if anywhere.
    pub municipality: Option<MunicipalityCode>,
    /// The page to come back to: a path of ours.
    pub back_to: String,
    /// The session (its hash) that wants a fresh log-in.
    pub stepping_up: Option<[u8; 32]>,
    /// When it began.
    pub started_at: Timestamp,
}

/// Keeps a new session.
pub fn open(tx: &Tx<'_>, token_hash: &[u8; 32], session: &Session) -> Result<(), StoreError> {
    tx.execute(
        sql!("sessions/open"),
        params![
            token_hash,
            &session.person.into_bytes(),
            session.role.code(),
            number(session.municipality),
            session.level.code(),
            session.authenticated_at.millis(),
            session.created_at.millis(),
            session.seen_at.millis(),
            session.ends_at.millis(),
            &session.csrf,
        ],
    )?;
    Ok(())
}

/// Keeps what the national service said at the log-in of a session. A session without claims has none to begin with.
pub fn keep_claims(tx: &Tx<'_>, token_hash: &[u8; 32], claims: &[Claim]) -> Result<(), StoreError> {
    let sealed = session_claims::seal(tx, token_hash, claims)?;
    tx.execute(sql!("sessions/keep_claims"), params![token_hash, sealed.as_ref()])?;
    Ok(())
}

/// The session behind a cookie, whether or not it has ended, and what the national service said at its last log-in.
pub fn session(tx: &Tx<'_>, token_hash: &[u8; 32]) -> Result<Option<(Session, Vec<Claim>)>, StoreError> {
    let corrupt = |column| StoreError::corrupt("session", column);
    tx.one(sql!("sessions/session"), params![token_hash], |row| {
        let session = Session {
            person: PersonId::from_uuid(row.id(0)?),
            role: Role::from_code(row.text(1)?).ok_or(corrupt("role"))?,
            municipality: chosen(row.int(2)?).map_err(|()| corrupt("municipality"))?,
            level: Level::from_code(row.text(3)?).ok_or(corrupt("level"))?,
            authenticated_at: Timestamp::from_millis(row.int(4)?),
            created_at: Timestamp::from_millis(row.int(5)?),
            seen_at: Timestamp::from_millis(row.int(6)?),
            ends_at: Timestamp::from_millis(row.int(7)?),
            csrf: row.blob(8)?.try_into().map_err(|_| corrupt("csrf"))?,
        };
        let said = row.opt_blob(9)?;
        let claims = said.map(|said| session_claims::open(tx, token_hash, said, session.authenticated_at));
        Ok((session, claims.transpose()?.unwrap_or_default()))
    })
}

/// Notes that the session is in use; written with this errand's log lines, and only once a minute.
pub fn touch(tx: &Tx<'_>, token_hash: &[u8; 32], session: &Session) {
    if tx.now().millis_since(session.seen_at) >= 60_000 {
        tx.touch(Touch { session: *token_hash, seen_at: tx.now() });
    }
}

/// Says that the session was used now (the person asked for more time).
pub fn extend(tx: &Tx<'_>, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("sessions/touch"), params![token_hash, tx.now().millis()])? == 1)
}

/// The same person proved again who they are. What was said at an earlier log-in no longer counts.
pub fn confirm(
    tx: &Tx<'_>,
    token_hash: &[u8; 32],
    (level, at): (Level, Timestamp),
    claims: &[Claim],
) -> Result<bool, StoreError> {
    let sealed = session_claims::seal(tx, token_hash, claims)?;
    let values = params![token_hash, level.code(), at.millis(), tx.now().millis(), sealed.as_ref()];
    Ok(tx.execute(sql!("sessions/confirm"), values)? == 1)
}

/// Ends a session. True if there was one.
pub fn close(tx: &Tx<'_>, token_hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.execute(sql!("sessions/close"), params![token_hash])? == 1)
}

/// Deletes sessions and log-ins that have ended. Returns how many.
pub fn sweep(tx: &Tx<'_>, ended_before: Timestamp) -> Result<u64, StoreError> {
    let sessions = tx.execute(sql!("sessions/sweep"), params![ended_before.millis()])?;
    Ok(sessions + tx.execute(sql!("sessions/sweep_logins"), params![ended_before.millis()])?)
}

/// Keeps a log-in that is being sent to the broker.
pub fn start_login(tx: &Tx<'_>, state_hash: &[u8; 32], attempt: &LoginAttempt) -> Result<(), StoreError> {
    tx.execute(
        sql!("sessions/start_login"),
        params![
            state_hash,
            &attempt.browser_hash,
            &attempt.secret,
            attempt.role.code(),
            number(attempt.municipality),
            &attempt.back_to,
            attempt.stepping_up.as_ref(),
            attempt.started_at.millis(),
        ],
    )?;
    Ok(())
}

/// Takes a log-in out: it can be used once.
pub fn take_login(tx: &Tx<'_>, state_hash: &[u8; 32]) -> Result<Option<LoginAttempt>, StoreError> {
    let corrupt = |column| StoreError::corrupt("login_attempt", column);
    tx.one(sql!("sessions/take_login"), params![state_hash], |row| {
        let stepping_up = row.opt_blob(5)?.map(<[u8; 32]>::try_from).transpose();
        Ok(LoginAttempt {
            browser_hash: row.blob(0)?.try_into().map_err(|_| corrupt("browser_hash"))?,
            secret: row.text(1)?.to_owned(),
            role: Role::from_code(row.text(2)?).ok_or(corrupt("role"))?,
            municipality: chosen(row.int(3)?).map_err(|()| corrupt("municipality"))?,
            back_to: row.text(4)?.to_owned(),
            stepping_up: stepping_up.map_err(|_| corrupt("stepping_up"))?,
            started_at: Timestamp::from_millis(row.int(6)?),
        })
    })
}

/// Nothing chosen is kept as the number that no municipality has.
fn number(chosen: Option<MunicipalityCode>) -> i64 {
    chosen.map_or(0, |code| i64::from(code.number()))
}

fn chosen(number: i64) -> Result<Option<MunicipalityCode>, ()> {
    if number == 0 { Ok(None) } else { municipality(number).map(Some).ok_or(()) }
}

/// A municipality number of a row.
pub(crate) fn municipality(number: i64) -> Option<MunicipalityCode> {
    u16::try_from(number).ok().and_then(MunicipalityCode::new)
}
