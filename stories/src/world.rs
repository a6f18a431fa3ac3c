//! The portal of a story with everything around it. Dropping it stops the server and both simulators.

use crate::browser::Browser;
use crate::cast::{ALMA, EMIL, EVERYBODY, INGER, METTE, Person, SOFIE};
use crate::record_system::RecordSystem;
use crate::visitor::Visitor;
use crate::{HELSINGOR, RANDERS};
use borgerportal_domain::access::{ItemFact, MandateFact, PrivilegeSet};
use borgerportal_domain::ids::{JournalId, MandateId, PersonId};
use borgerportal_domain::mandates::{Channel, Origin, Status, Territory, Validity};
use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use borgerportal_domain::person::PersonFacts;
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::RelyingParty;
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{
    BrokerClient, ClientAuthentication, CustodyClient, Files, HttpConfig, NoScanner, Outgoing,
};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Municipalities, Parts, Problem, Retention};
pub use borgerportal_simulators::Orders;
use borgerportal_simulators::broker::{self, BrokerConfig, Client, ClientProof, Mandated, NemLogin};
use borgerportal_simulators::custody::{self, ChildRecord, Custody, Holder, Register};
use borgerportal_simulators::{Fault, Running};
use borgerportal_store::people::{self, Person as Known};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Conflict, StoreError, mandates, reach, record};
use borgerportal_web::server::{Door, serve};
use borgerportal_web::{Site, router};
use serde_json::json;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::net::TcpListener;
use tokio::sync::watch;
use url::Url;

/// Everybody may see everything that no label forbids.
const OPEN: &str = "[[publication]]\naudience = [\"citizen\", \"parent\", \"relative\"]\n\
     signed_off_by = \"Test\"\nsigned_off_on = 2026-01-01\n";
/// Helsingør has said where people come in person; the other municipality has not.
const COUNTER: &str = "[borgerservice]\naddress = \"Birkedalsvej 27, 3000 Helsingør\"\n";
/// Its nurses answer messages.
const NURSES: &str = "[[department]]\ncode = \"nursing\"\nname_da = \"Hjemmesygeplejen\"\narea = \"nursing\"\n\
     answer_days = 2\nacute_phone = \"49 28 30 00\"\n";
/// Few enough for a story about too many.
pub const DELIVERIES_A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(199);
const CLIENT: &str = "borgerportalen";
const SECRET: &str = "a secret of the stories";

/// A portal with everything around it.
pub struct World {
    pub app: App,
    pub store: TestStore,
    /// What the custody register knows.
    pub register: Register,
    /// What the national mandate service knows.
    pub nemlogin: NemLogin,
    base: Url,
    http: reqwest::Client,
    broker: Running,
    custody: Running,
    visitors: AtomicU32,
    busy: AtomicU32,
    _stop: watch::Sender<bool>,
}

impl World {
    /// Opens the portal on 3 November 2026 at ten o'clock, with nobody in it.
    pub async fn open(store: TestStore) -> Self {
        Self::taking(store, "own").await
    }

    /// The same where both municipalities take mandates from here: `own`, `nemlogin` or `both`.
    pub async fn taking(store: TestStore, source: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let clock = Clock::system();
        clock.set(NOW);
        let outgoing = outgoing();
        let nemlogin = NemLogin::default();
        let broker = start_broker(&clock, &base, nemlogin.clone()).await;
        let (register, custody) = start_register().await;
        let app = App::new(Parts {
            store: store.store(),
            files: Files::in_folder(&store.directory().join("files")).unwrap(),
            clock,
            municipalities: Arc::new(Municipalities::new(
                [HELSINGOR, RANDERS].map(|code| settings(code, source)),
            )),
            broker: Arc::new(broker_client(&outgoing, &broker, &base)),
            custody: Arc::new(custody_client(&outgoing, &custody)),
            scanner: Arc::new(NoScanner),
            tokens: AccessTokens::new(&[[7; 32]]).unwrap(),
            token_audience: format!("{base}oauth/token"),
            limits: Limits::default(),
            retention: Retention::default(),
        });
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(serve(Door::Plain(listener), router(app.clone(), site(&base)), stopped));
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let http = http.http1_only().tls_certs_only([]).build().unwrap();
        let visitors = AtomicU32::new(1);
        Self {
            app,
            store,
            register,
            nemlogin,
            base,
            http,
            broker,
            custody,
            visitors,
            busy: AtomicU32::new(0),
            _stop: stop,
        }
    }

    /// The portal, as the story of Inger begins: registers know everybody, Inger has a record and has given
    /// Mette a mandate.
    pub async fn with_inger(store: TestStore) -> (Self, RecordSystem) {
        let world = Self::open(store).await;
        world.registers_know(&EVERYBODY).await;
        world.mandate(&INGER, &METTE).await;
        let record = world.record_system("nexus", HELSINGOR).await;
        (world, record)
    }

    /// The address of the portal, with a slash at its end.
    #[must_use]
    pub fn base(&self) -> &Url {
        &self.base
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }

    pub fn minutes_later(&self, minutes: i64) {
        self.app.clock.move_by(minutes * 60_000);
    }

    /// A browser nobody has used, with a network address of its own.
    pub fn browser(&self) -> Browser {
        let number = self.visitors.fetch_add(1, Ordering::Relaxed);
        let address = IpAddr::from((0x0a00_0000 + number).to_be_bytes());
        Browser::new(self.http.clone(), self.base.clone(), address.to_string())
    }

    /// Somebody at a browser, not logged on.
    pub fn person(&self, person: Person) -> Visitor {
        Visitor::new(self.browser(), person)
    }

    async fn logged_in(&self, person: Person, role: &str, municipality: &str) -> Visitor {
        let mut visitor = self.person(person);
        visitor.log_in(role, municipality).await;
        assert!(visitor.browser.cookie("__Host-session").is_some(), "{} is in", person.given);
        visitor
    }

    pub async fn log_in_as_citizen(&self, person: Person, municipality: &str) -> Visitor {
        self.logged_in(person, "borger", municipality).await
    }

    pub async fn log_in_as_relative(&self, person: Person, municipality: &str) -> Visitor {
        self.logged_in(person, "paaroerende", municipality).await
    }

    pub async fn log_in_as_parent(&self, person: Person, municipality: &str) -> Visitor {
        self.logged_in(person, "foraelder", municipality).await
    }

    /// A record system, registered.
    pub async fn record_system(&self, id: &str, municipality: &str) -> RecordSystem {
        RecordSystem::register(&self.app, self.browser(), id, municipality).await
    }

    /// From now on the broker misbehaves like this.
    pub async fn broker_does(&self, faults: &[Fault]) {
        self.order(&self.broker, &Orders::of(faults)).await;
    }

    /// From now on the register misbehaves like this.
    pub async fn register_does(&self, faults: &[Fault]) {
        self.order(&self.custody, &Orders::of(faults)).await;
    }

    pub(crate) async fn order(&self, whom: &Running, orders: &Orders) {
        let answer = self.http.post(format!("{}/_faults", whom.base())).json(orders).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 204);
    }

    /// Writes something the portal has no page for yet.
    pub async fn write(
        &self,
        change: impl Fn(&Tx<'_>) -> Result<(), Problem> + Clone + Send + Sync + 'static,
    ) {
        loop {
            match self.app.write(change.clone()).await {
                // Too many at once on PostgreSQL: a person is asked to try again, and does.
                Err(Problem::Broken(StoreError::Conflict(Conflict::Busy))) => {
                    self.busy.fetch_add(1, Ordering::Relaxed);
                }
                done => return done.unwrap(),
            }
        }
    }

    /// How often a write had to be tried again, because the database had too many at once.
    #[must_use]
    pub fn times_busy(&self) -> u32 {
        self.busy.load(Ordering::Relaxed)
    }

    /// The CPR register has told of these people.
    pub async fn registers_know(&self, people: &[Person]) {
        for one in people {
            let id = PersonId::from_uuid(self.app.store.errand_id(self.now()).unwrap().uuid());
            let facts = PersonFacts { id, birth_on: one.birth_on(), deceased_on: None, protected: false };
            let known = Known { facts, name: one.name(), cpr: one.cpr() };
            self.write(move |tx| Ok(people::save(tx, &known)?)).await;
        }
    }

    pub async fn id_of(&self, person: &Person) -> PersonId {
        let cpr = person.cpr();
        self.app.read(move |tx| Ok(people::by_cpr(tx, &cpr)?)).await.unwrap().expect("somebody known")
    }

    /// The address of somebody's journal in Helsingør, without a slash at its end.
    pub async fn journal_of(&self, person: &Person) -> String {
        let (id, code) = (self.id_of(person).await, MunicipalityCode::parse(HELSINGOR).unwrap());
        let read = move |tx: &Tx<'_>| Ok(reach::citizens_journal(tx, id, code)?);
        let journal: JournalId = self.app.read(read).await.unwrap().expect("a journal");
        format!("/p/{journal}")
    }

    /// The municipality has closed somebody's journal.
    pub async fn close_journal(&self, person: &Person) {
        let (id, code) = (self.id_of(person).await, MunicipalityCode::parse(HELSINGOR).unwrap());
        self.write(move |tx| {
            let journal = record::open_known(tx, code, id)?.ok_or(Problem::NotFound)?;
            Ok(journal.set_active(tx, Some(borgerportal_domain::time::copenhagen_date(tx.now())))?)
        })
        .await;
    }

    /// A mandate to read everything, signed a month ago and good for another.
    pub async fn mandate(&self, giver: &Person, holder: &Person) -> MandateId {
        self.mandate_until(giver, holder, self.now().plus_days(30)).await
    }

    /// The same until an instant.
    pub async fn mandate_until(&self, giver: &Person, holder: &Person, until: Timestamp) -> MandateId {
        let (giver, holder) = (self.id_of(giver).await, self.id_of(holder).await);
        self.sign(giver, holder, until).await
    }

    /// A mandate to read and to act, good for a month.
    pub async fn mandate_to_act(&self, giver: &Person, holder: &Person) -> MandateId {
        let (giver, holder) = (self.id_of(giver).await, self.id_of(holder).await);
        self.sign_for(giver, holder, self.now().plus_days(30), PrivilegeSet::all()).await
    }

    /// The same to read between people whose ids are known.
    pub async fn sign(&self, giver: PersonId, holder: PersonId, until: Timestamp) -> MandateId {
        self.sign_for(giver, holder, until, PrivilegeSet::all_reading()).await
    }

    async fn sign_for(
        &self,
        giver: PersonId,
        holder: PersonId,
        until: Timestamp,
        privileges: PrivilegeSet,
    ) -> MandateId {
        let now = self.now();
        let id = MandateId::from_uuid(self.app.store.errand_id(now).unwrap().uuid());
        let item = ItemFact {
            status: Status::SIGNED,
            privileges,
            channel: Channel::SelfService,
            territory: Territory::All,
            package_active: true,
        };
        let validity = Validity { from: now.plus_days(-30), until };
        let mandate = MandateFact { id, giver, holder, origin: Origin::Given, validity, items: vec![item] };
        self.write(move |tx| Ok(mandates::sign(tx, &mandate, None)?)).await;
        id
    }

    /// At NemLog-in somebody lets somebody else do this, from their next log-in on.
    pub fn nemlogin_knows(&self, giver: &Person, holder: &Person, uris: &[&str]) {
        let privileges = uris.iter().map(|&uri| uri.to_owned()).collect();
        let mandated = Mandated { giver: giver.cpr(), holder: holder.cpr(), privileges };
        self.nemlogin.change(|known| known.push(mandated));
    }

    /// The giver takes a mandate back. Acknowledged when this returns.
    pub async fn withdraw(&self, mandate: MandateId, giver: PersonId) {
        let status = Status::Withdrawn { at: self.now() };
        self.write(move |tx| Ok(mandates::set_status(tx, mandate, &status, giver).map(|_| ())?)).await;
    }
}

fn outgoing() -> Outgoing {
    Outgoing::new(&HttpConfig::for_this_machine()).unwrap()
}

/// What can be applied for.
const AIDS: &str = "[[aids.kind]]\ncode = \"stockings\"\nname_da = \"Kompressionsstrømper\"\n\
     question = [{ code = \"legs\", da = \"Hvilke ben?\", en = \"Which legs?\", option = [\
     { code = \"left\", da = \"Venstre\", en = \"Left\" }, { code = \"both\", da = \"Begge\", en = \"Both\" }] }]\n";

fn settings(code: &str, source: &str) -> Settings {
    let access = format!("[access]\nmandate_source = \"{source}\"\n");
    let (counter, nurses) = if code == HELSINGOR { (COUNTER, NURSES) } else { ("", "") };
    Settings::from_toml(&format!("municipality = \"{code}\"\n{access}{OPEN}{nurses}{counter}{AIDS}")).unwrap()
}

async fn start_broker(clock: &Clock, base: &Url, nemlogin: NemLogin) -> Running {
    let hands = clock.clone();
    let client = Client {
        id: CLIENT.to_owned(),
        name: "Borgerportalen".to_owned(),
        redirect_uris: vec![format!("{base}log-paa/svar")],
        post_logout_redirect_uris: vec![format!("{base}log-af")],
        proof: ClientProof::Secret(Secret::new(SECRET.to_owned())),
    };
    let people = EVERYBODY.iter().map(Person::with_mitid).collect();
    let mut config = BrokerConfig::new(people, vec![client], Arc::new(move || hands.now()));
    "production".clone_into(&mut config.environment);
    config.nemlogin = nemlogin;
    broker::serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), config).unwrap()
}

fn broker_client(outgoing: &Outgoing, broker: &Running, base: &Url) -> BrokerClient {
    let party = json!({ "issuer": broker.base(), "client_id": CLIENT, "scopes": ["openid", "mitid", "ssn", "nemlogin"],
        "redirect_uri": format!("{base}log-paa/svar"), "post_logout_redirect_uri": format!("{base}log-af") });
    let party: RelyingParty = serde_json::from_value(party).unwrap();
    BrokerClient::new(outgoing.clone(), party, ClientAuthentication::Secret(Secret::new(SECRET.to_owned())))
}

/// Sofie has custody of both her children.
async fn start_register() -> (Register, Running) {
    let child = |child: &Person| ChildRecord {
        cpr: child.cpr(),
        name: child.name(),
        birth_on: child.birth_on(),
        dead: false,
        protected: false,
        mother: Some(SOFIE.cpr()),
        father: None,
        custody: vec![Custody { holder: Holder::Mother, from: Some(child.birth_on()), until: None }],
    };
    let register = Register::new(vec![child(&EMIL), child(&ALMA)]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (register.clone(), custody::serve(listener, register).unwrap())
}

fn custody_client(outgoing: &Outgoing, custody: &Running) -> CustodyClient {
    let address = format!("{}{}", custody.base(), custody::PATH);
    CustodyClient::new(outgoing.clone(), Url::parse(&address).unwrap())
}

fn site(base: &Url) -> Site {
    Site {
        public_url: base.clone(),
        support_phone: "12 34 56 78".to_owned(),
        support_hours_da: "på hverdage kl. 9–15".to_owned(),
        support_hours_en: "weekdays 9 am–3 pm".to_owned(),
        fmk_url: "https://fmk-online.dk".to_owned(),
        owner: "Kommunerne".to_owned(),
        mail: "post@example.dk".to_owned(),
        dpo_mail: "dpo@example.dk".to_owned(),
        news_by: borgerportal_domain::news::Channel::ALL.to_vec(),
        trusted_proxies: vec![IpAddr::from([127, 0, 0, 1])],
        deliveries_a_minute: DELIVERIES_A_MINUTE,
        version: "0",
    }
}
