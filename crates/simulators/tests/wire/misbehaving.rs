//! Partners that are slow, wrong or gone: what our clients make of it.

use std::time::{Duration, Instant};

use crate::world::{Hands, Setting, World};
use borgerportal_domain::{Cpr, PersonName};
use borgerportal_identity::oidc::{OidcError, Purpose};
use borgerportal_partners::broker::LoginError;
use borgerportal_partners::custody::{CustodyClient, CustodyRegister as _};
use borgerportal_partners::{Absence, HttpConfig, Outgoing, Partner, PartnerError};
use borgerportal_simulators::custody::{self, ChildRecord, Custody, Holder, Register};
use borgerportal_simulators::{Fault, Orders, Running};
use tokio::net::TcpListener;
use url::Url;

fn away(how: Absence) -> LoginError {
    PartnerError::Away { partner: Partner::Broker, how }.into()
}

/// Everybody else in these tests waits for seconds, so that a busy machine is no fault.
fn impatient() -> HttpConfig {
    HttpConfig { answer_ms: 400, ..HttpConfig::for_this_machine() }
}

#[tokio::test]
async fn a_slow_broker_is_away_in_time_wherever_it_is_slow() {
    for path in ["/.well-known", "/jwks", "/token", "/userinfo"] {
        let world = World::of(Setting { http: impatient(), ..Setting::default() }).await;
        world.order(&Orders::of(&[Fault::SlowMs(30_000)]).at(path)).await;
        let began = Instant::now();
        assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), away(Absence::TimedOut), "{path}");
        assert!(began.elapsed() < Duration::from_secs(15), "{path}");
    }
}

#[tokio::test]
async fn a_little_slow_is_not_away() {
    let world = World::new().await;
    world.order(&Orders::of(&[Fault::SlowMs(50)])).await;
    assert!(world.log_in(Purpose::LogIn).await.is_ok());
}

#[tokio::test]
async fn an_ailing_broker_is_away_and_a_refusing_one_is_not() {
    let refused = |status| LoginError::from(PartnerError::Refused { partner: Partner::Broker, status });
    let redirects = PartnerError::Nonsense { partner: Partner::Broker, what: "it redirects" };
    for (status, error) in [
        (503, away(Absence::Status(503))),
        (500, away(Absence::Status(500))),
        (429, away(Absence::Status(429))),
        (403, refused(403)),
        (302, redirects.into()),
    ] {
        let world = World::new().await;
        world.order(&Orders::of(&[Fault::Status(status)]).at("/token")).await;
        assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), error);
    }
}

#[tokio::test]
async fn an_answer_cut_off_is_an_absence() {
    for path in ["/.well-known", "/jwks", "/token", "/userinfo"] {
        let world = World::new().await;
        world.order(&Orders::of(&[Fault::CutOff]).at(path)).await;
        assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), away(Absence::CutOff), "{path}");
    }
}

#[tokio::test]
async fn nonsense_is_an_error_and_never_a_person() {
    for (path, error) in [
        ("/.well-known", OidcError::Metadata),
        ("/jwks", OidcError::Malformed),
        ("/token", OidcError::Malformed),
        ("/userinfo", OidcError::Malformed),
    ] {
        let world = World::new().await;
        world.order(&Orders::of(&[Fault::Nonsense]).at(path)).await;
        assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), error.into(), "{path}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let world = World::of(Setting {
        http: HttpConfig { answer_bytes_max: 64 * 1024, ..HttpConfig::for_this_machine() },
        ..Setting::default()
    })
    .await;
    world.order(&Orders::of(&[Fault::Endless]).at("/userinfo")).await;
    let too_long = PartnerError::Nonsense { partner: Partner::Broker, what: "the answer is too long" };
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), too_long.into());
}

#[tokio::test]
async fn a_broker_that_is_gone_is_away_and_may_come_back() {
    let world = World::new().await;
    let address = world.running.address();
    let World { running, us, hands, browser } = world;
    running.stop().await.unwrap();
    let gone = World { running: unused().await, us, hands, browser };
    assert_eq!(gone.begin(Purpose::LogIn).await.unwrap_err(), away(Absence::Unreachable));
    assert!(TcpListener::bind(address).await.is_ok(), "the port is free again");
}

#[tokio::test]
async fn what_is_known_of_a_broker_outlives_a_short_absence_of_its_documents() {
    let world = World::new().await;
    world.log_in(Purpose::LogIn).await.unwrap();
    world.order(&Orders::of(&[Fault::Status(503)]).at("/.well-known")).await;
    assert!(world.log_in(Purpose::LogIn).await.is_ok());
    world.hands.pass(601);
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), away(Absence::Status(503)));
}

#[tokio::test]
async fn a_fault_may_pass_by_itself() {
    let world = World::new().await;
    world.order(&Orders::of(&[Fault::Status(503)]).at("/jwks").times(1)).await;
    assert!(world.log_in(Purpose::LogIn).await.is_err());
    assert!(world.log_in(Purpose::LogIn).await.is_ok());
}

#[tokio::test]
async fn plain_http_is_not_spoken_unless_allowed() {
    let http = HttpConfig { loopback_http: false, ..HttpConfig::for_this_machine() };
    let world = World::of(Setting { http, ..Setting::default() }).await;
    let not_https = PartnerError::Nonsense { partner: Partner::Broker, what: "the address is not https" };
    assert_eq!(world.begin(Purpose::LogIn).await.unwrap_err(), not_https.into());
}

async fn unused() -> Running {
    custody::serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), Register::default()).unwrap()
}

/// A register with two children of one mother, of whom she has custody of one.
struct Custodial {
    register: Register,
    running: Running,
    us: CustodyClient,
    mother: Cpr,
}

fn cpr(text: &str) -> Cpr {
    Cpr::parse(text).unwrap()
}

fn child(number: &str, given: &str, birth: &str, custody: Vec<Custody>) -> ChildRecord {
    ChildRecord {
        cpr: cpr(number),
        name: PersonName { given: given.to_owned(), family: "Prøvesen".to_owned() },
        birth_on: birth.parse().unwrap(),
        dead: false,
        protected: false,
        mother: Some(cpr("6408840014")),
        father: Some(cpr("7709800015")),
        custody,
    }
}

fn held_by(holder: Holder) -> Custody {
    Custody { holder, from: "2011-03-14".parse().ok(), until: None }
}

impl Custodial {
    async fn new() -> Self {
        Self::of(HttpConfig::for_this_machine()).await
    }

    async fn of(http: HttpConfig) -> Self {
        let register = Register::new(vec![
            child("7403114013", "Emil", "2011-03-14", vec![held_by(Holder::Mother)]),
            child("7505164018", "Alma", "2016-05-15", vec![held_by(Holder::Father)]),
        ]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = custody::serve(listener, register.clone()).unwrap();
        let address = Url::parse(&format!("{}{}", running.base(), custody::PATH)).unwrap();
        let us = CustodyClient::new(Outgoing::new(&http).unwrap(), address);
        Self { register, running, us, mother: cpr("6408840014") }
    }

    async fn names(&self, person: &Cpr) -> Result<Vec<String>, PartnerError> {
        let children = self.us.children_of(person, Hands::new().now()).await?;
        Ok(children.iter().map(|child| child.name.given.clone()).collect())
    }

    async fn after(&self, orders: &Orders) -> Result<Vec<String>, PartnerError> {
        let url = format!("{}/_faults", self.running.base());
        let browser = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        assert_eq!(browser.post(url).json(orders).send().await.unwrap().status(), 204);
        self.names(&self.mother).await
    }
}

#[tokio::test]
async fn the_register_tells_custody_and_not_parenthood() {
    let it = Custodial::new().await;
    assert_eq!(it.names(&it.mother).await, Ok(vec!["Emil".to_owned()]));
    assert_eq!(it.names(&cpr("7709800015")).await, Ok(vec!["Alma".to_owned()]));
    assert_eq!(it.names(&cpr("6101700016")).await, Ok(vec![]));
}

#[tokio::test]
async fn a_change_of_custody_shows_at_the_next_question() {
    let it = Custodial::new().await;
    it.register.change(|children| {
        children[0].custody = vec![held_by(Holder::Other(cpr("6101700016")))];
        children[1].custody.push(held_by(Holder::Mother));
        children[1].protected = true;
    });
    assert_eq!(it.names(&it.mother).await, Ok(vec!["Alma".to_owned()]));
    assert_eq!(it.names(&cpr("6101700016")).await, Ok(vec!["Emil".to_owned()]));
    let alma = it.us.children_of(&it.mother, Hands::new().now()).await.unwrap().remove(0);
    assert!(alma.protected && alma.until.is_none());
    it.register.change(|children| children[1].dead = true);
    assert_eq!(it.names(&it.mother).await, Ok(vec![]));
}

#[tokio::test]
async fn a_register_in_trouble_is_never_an_empty_answer() {
    let partner = Partner::CustodyRegister;
    let away = |how| Err(PartnerError::Away { partner, how });
    let it = Custodial::new().await;
    let hasty = Custodial::of(impatient()).await;
    assert_eq!(hasty.after(&Orders::of(&[Fault::SlowMs(30_000)])).await, away(Absence::TimedOut));
    assert_eq!(it.after(&Orders::of(&[Fault::Status(503)])).await, away(Absence::Status(503)));
    assert_eq!(it.after(&Orders::of(&[Fault::CutOff])).await, away(Absence::CutOff));
    let refused = Err(PartnerError::Refused { partner, status: 403 });
    assert_eq!(it.after(&Orders::of(&[Fault::Status(403)])).await, refused);
    let nonsense = Err(PartnerError::Nonsense { partner, what: "not the record of persons" });
    assert_eq!(it.after(&Orders::of(&[Fault::Nonsense])).await, nonsense);
    assert_eq!(it.after(&Orders::default()).await, Ok(vec!["Emil".to_owned()]));
    let Custodial { running, us, mother, .. } = it;
    running.stop().await.unwrap();
    let gone = PartnerError::Away { partner, how: Absence::Unreachable };
    assert_eq!(us.children_of(&mother, Hands::new().now()).await, Err(gone));
}

#[tokio::test]
async fn a_register_that_answers_about_others_gives_nobody_custody() {
    let it = Custodial::new().await;
    let orders = Orders::of(&[Fault::WrongPerson]);
    assert_eq!(it.after(&orders).await, Ok(vec!["Emil".to_owned()]));
    assert_eq!(it.names(&cpr("6101700016")).await, Ok(vec![]));
}

#[tokio::test]
async fn unknown_orders_are_refused() {
    let it = Custodial::new().await;
    let browser = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    for wrong in [r#"{"faults":["slow"]}"#, r#"{"fault":["cut_off"]}"#, "{"] {
        let request =
            browser.post(format!("{}/_faults", it.running.base())).header("content-type", "application/json");
        assert!(request.body(wrong).send().await.unwrap().status().is_client_error(), "{wrong}");
    }
}

#[tokio::test]
async fn a_simulator_is_gone_with_its_handle() {
    let running = unused().await;
    let address = running.address();
    drop(running);
    for _ in 0..100 {
        if TcpListener::bind(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it still listens");
}
