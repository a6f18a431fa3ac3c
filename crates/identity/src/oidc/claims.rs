//! Who it was: from a checked ID token and userinfo to a [`ProvenLogin`]. It refuses a level that is not signed for,
//! identities made for tests, another subject's userinfo, and to guess: no CPR number, birth date or name, no log-in.
//! A list of privileges that cannot be read is none; whoever sent it has still logged in.

use std::collections::{BTreeMap, BTreeSet};

use borgerportal_domain::access::Level;
use borgerportal_domain::{Cpr, Date, PersonName, Timestamp};

use super::token::{self, IdToken, Tokens};
use super::{OidcError, Pending, RelyingParty, level_from_claim};
use crate::json::Claims;
use crate::jws::KeySet;
use crate::oiobpp::{self, Unreadable};
use crate::secret::Secret;

/// URIs of what people let somebody do for them, by their number.
pub type Privileges = BTreeMap<Cpr, BTreeSet<String>>;

/// A person proved who they are. The only thing a session may begin with.
#[derive(Clone)]
pub struct ProvenLogin {
    /// The provider's name for the person; differs from provider to provider.
    pub subject: String,
    pub person_uuid: Option<String>,
    pub cpr: Cpr,
    /// From the provider, never from CPR digits.
    pub birth_on: Date,
    pub name: PersonName,
    pub level: Level,
    /// When the person proved it; the step-up rules count from here.
    pub authenticated_at: Timestamp,
    pub transaction_id: Option<String>,
    /// The means that were used, as the provider calls them.
    pub methods: Vec<String>,
    /// After this no session may be built on the log-in.
    pub session_ends_at: Option<Timestamp>,
    /// The ID token, for ending the provider's session.
    pub logout_hint: Secret,
    /// What others let them do, as the national service says now; nothing where nothing was sent.
    pub privileges: Result<Privileges, Unreadable>,
}

impl std::fmt::Debug for ProvenLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProvenLogin({:?}, rest hidden)", self.level)
    }
}

/// Checks the tokens and what userinfo said. See the module's steps; `now` is the caller's clock.
pub fn prove(
    party: &RelyingParty,
    pending: &Pending,
    keys: &KeySet,
    tokens: &Tokens,
    userinfo: Option<&[u8]>,
    now: Timestamp,
) -> Result<ProvenLogin, OidcError> {
    let id = token::verify(party, pending, keys, &tokens.id_token, now)?;
    right_kind(party, &id.claims)?;
    let level = level(party, &id.claims)?;
    let userinfo = userinfo.map(|bytes| about(&id, bytes)).transpose()?;
    let person = Person { id: &id.claims, userinfo: userinfo.as_ref() };
    let names = &party.claims;
    let cpr = person.text(&names.cpr)?.and_then(|cpr| Cpr::parse(cpr).ok()).ok_or(OidcError::CprMissing)?;
    let birth_on = person.text(&names.birth_date)?.and_then(|date| date.parse().ok());
    Ok(ProvenLogin {
        cpr,
        birth_on: birth_on.ok_or(OidcError::BirthDateMissing)?,
        name: name(party, &person)?,
        person_uuid: person.text(&names.person_uuid)?.map(str::to_owned),
        level,
        authenticated_at: id.authenticated_at,
        transaction_id: id.claims.text(&names.transaction_id)?.map(str::to_owned),
        methods: id.claims.texts("amr")?.into_iter().map(str::to_owned).collect(),
        session_ends_at: id.claims.time(&names.session_expiry)?,
        logout_hint: tokens.id_token.clone(),
        privileges: privileges(&person, &names.privileges),
        subject: id.subject,
    })
}

/// What both sources say of the person; the signed token wins where both speak.
struct Person<'a> {
    id: &'a Claims,
    userinfo: Option<&'a Claims>,
}

impl<'a> Person<'a> {
    fn text(&self, name: &str) -> Result<Option<&'a str>, OidcError> {
        if let Some(text) = self.id.text(name)? {
            return Ok(Some(text));
        }
        Ok(self.userinfo.map(|claims| claims.text(name)).transpose()?.flatten())
    }
}

/// We fulfil no condition, so that a group with one is void.
fn privileges(person: &Person<'_>, name: &str) -> Result<Privileges, Unreadable> {
    let sent = person.text(name).map_err(|_| Unreadable::Malformed)?;
    let groups = sent.map(oiobpp::read_attribute).transpose()?;
    Ok(oiobpp::of_people(&groups.unwrap_or_default(), |_| false))
}

fn about(id: &IdToken, userinfo: &[u8]) -> Result<Claims, OidcError> {
    let claims = Claims::parse(userinfo)?;
    if claims.text("sub")? == Some(&id.subject) { Ok(claims) } else { Err(OidcError::Subject) }
}

fn right_kind(party: &RelyingParty, claims: &Claims) -> Result<(), OidcError> {
    let (allowed, names) = (&party.identities, &party.claims);
    let listed = |list: &[String], value: &str| list.is_empty() || list.iter().any(|entry| entry == value);
    let provider = claims.text(&names.identity_provider)?.unwrap_or_default();
    let kind = claims.text(&names.identity_type)?.unwrap_or_default();
    let environment = claims.text(&names.environment)?;
    // `test` is refused even where kinds are not listed.
    let right_type = if kind == "test" { allowed.accept_test } else { listed(&allowed.types, kind) };
    let right_environment =
        allowed.accept_test || environment.is_none_or(|it| listed(&allowed.environments, it));
    if listed(&allowed.providers, provider) && right_type && right_environment {
        Ok(())
    } else {
        Err(OidcError::IdentityKind)
    }
}

fn level(party: &RelyingParty, claims: &Claims) -> Result<Level, OidcError> {
    let level = match claims.text(&party.claims.level)? {
        Some(stated) => level_from_claim(stated),
        None => party.level_when_unstated,
    };
    let level = level.ok_or(OidcError::LevelMissing)?;
    if level >= party.level_min { Ok(level) } else { Err(OidcError::LevelTooLow) }
}

/// Given and family name where the provider has both; otherwise the last word of the full name is the family name,
/// which is only used for greeting until the register has been asked.
fn name(party: &RelyingParty, person: &Person<'_>) -> Result<PersonName, OidcError> {
    let names = &party.claims;
    let whole = |given: &str, family: &str| PersonName { given: given.to_owned(), family: family.to_owned() };
    if let (Some(given), Some(family)) = (person.text(&names.given_name)?, person.text(&names.family_name)?) {
        return Ok(whole(given, family));
    }
    let full = person.text(&names.name)?.map(str::trim).filter(|full| !full.is_empty());
    let full = full.ok_or(OidcError::NameMissing)?;
    let (given, family) = full.rsplit_once(char::is_whitespace).unwrap_or((full, ""));
    Ok(whole(given.trim_end(), family))
}
