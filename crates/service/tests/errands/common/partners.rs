//! Partners that answer from memory: a broker that logs in whom the test names, and a register of custody that
//! can change its mind or be away. The real wire is tested where the real clients are.

use super::Somebody;
use async_trait::async_trait;
use borgerportal_domain::access::Level;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_domain::{Cpr, PersonName};
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::{
    self, Ask, Callback, Entropy, Metadata, OidcError, Pending, ProvenLogin, RelyingParty,
};
use borgerportal_partners::{Absence, Broker, CustodyOf, CustodyRegister, LoginError, Partner, PartnerError};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use url::Url;

/// A broker: the code in its answer says who logged in.
pub(crate) struct MemoryBroker {
    party: RelyingParty,
    metadata: Metadata,
    people: Mutex<BTreeMap<String, ProvenLogin>>,
    /// What it was asked for, newest last: `LogIn` or `StepUp`.
    pub(crate) asked: Mutex<Vec<oidc::Purpose>>,
}

impl MemoryBroker {
    pub(crate) fn new() -> Self {
        let party: RelyingParty = serde_json::from_value(serde_json::json!({
            "issuer": "https://broker.example", "client_id": "us",
            "redirect_uri": "https://portal.example/back",
        }))
        .unwrap();
        let document = serde_json::json!({
            "issuer": "https://broker.example",
            "authorization_endpoint": "https://broker.example/authorize",
            "token_endpoint": "https://broker.example/token",
            "jwks_uri": "https://broker.example/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        });
        let metadata = Metadata::parse(document.to_string().as_bytes(), &party, false).unwrap();
        Self { party, metadata, people: Mutex::default(), asked: Mutex::default() }
    }

    /// From now on the code `code` means that this person logged in at that time.
    pub(crate) fn knows(&self, code: &str, who: &Somebody, at: Timestamp) {
        self.knows_with(code, who, at, |_| {});
    }

    pub(crate) fn knows_with(
        &self,
        code: &str,
        who: &Somebody,
        at: Timestamp,
        change: impl FnOnce(&mut ProvenLogin),
    ) {
        let mut proven = ProvenLogin {
            subject: code.to_owned(),
            person_uuid: None,
            cpr: who.cpr.clone(),
            birth_on: who.birth_on,
            name: who.name.clone(),
            level: Level::Substantial,
            authenticated_at: at,
            transaction_id: None,
            methods: Vec::new(),
            session_ends_at: None,
            logout_hint: Secret::new("hint".to_owned()),
            privileges: Ok(BTreeMap::new()),
        };
        change(&mut proven);
        self.people.lock().unwrap().insert(code.to_owned(), proven);
    }

    /// What that answer proves.
    pub(crate) fn proven(&self, code: &str) -> ProvenLogin {
        self.people.lock().unwrap()[code].clone()
    }
}

#[async_trait]
impl Broker for MemoryBroker {
    async fn begin(&self, entropy: &Entropy, ask: &Ask<'_>) -> Result<(Url, Pending), LoginError> {
        self.asked.lock().unwrap().push(ask.purpose);
        Ok(oidc::begin(&self.party, &self.metadata, entropy, ask))
    }

    async fn finish(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<ProvenLogin, LoginError> {
        let code = pending.accept(callback, &self.metadata, now)?;
        let known = self.people.lock().unwrap().get(code.expose()).cloned();
        known.ok_or(LoginError::Refused(OidcError::Malformed))
    }

    async fn logout(&self, _: Option<&Secret>, _: Timestamp) -> Result<Option<Url>, LoginError> {
        Ok(None)
    }
}

/// A register of custody.
#[derive(Default)]
pub(crate) struct MemoryRegister {
    children: Mutex<BTreeMap<String, Vec<CustodyOf>>>,
    away: AtomicBool,
    questions: AtomicUsize,
}

impl MemoryRegister {
    /// The parent has custody of the child, without end.
    pub(crate) fn custody(&self, parent: &Somebody, child: &Somebody) {
        self.custody_with(parent, child, |_| {});
    }

    pub(crate) fn custody_with(
        &self,
        parent: &Somebody,
        child: &Somebody,
        change: impl FnOnce(&mut CustodyOf),
    ) {
        let mut custody = CustodyOf {
            child: child.cpr.clone(),
            name: PersonName { ..child.name.clone() },
            birth_on: child.birth_on,
            from: Some(Date::constant(2000, 1, 1)),
            until: None,
            protected: false,
        };
        change(&mut custody);
        let mut children = self.children.lock().unwrap();
        children.entry(parent.cpr.expose().to_owned()).or_default().push(custody);
    }

    /// The parent has custody of nobody any more.
    pub(crate) fn no_custody(&self, parent: &Somebody) {
        self.children.lock().unwrap().remove(parent.cpr.expose());
    }

    pub(crate) fn away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// How often it was asked.
    pub(crate) fn questions(&self) -> usize {
        self.questions.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl CustodyRegister for MemoryRegister {
    async fn children_of(&self, person: &Cpr, _: Timestamp) -> Result<Vec<CustodyOf>, PartnerError> {
        self.questions.fetch_add(1, Ordering::SeqCst);
        if self.away.load(Ordering::SeqCst) {
            return Err(PartnerError::Away { partner: Partner::CustodyRegister, how: Absence::Unreachable });
        }
        Ok(self.children.lock().unwrap().get(person.expose()).cloned().unwrap_or_default())
    }
}
