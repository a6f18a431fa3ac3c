//! The whole way in, over the wire: our relying party and the broker that was built apart from it.

use crate::world::{AFTER, BACK, Setting, World, location};
use borgerportal_identity::Secret;
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_identity::oidc::{Callback, OidcError, Purpose};
use borgerportal_partners::broker::{Broker as _, ClientAuthentication, LoginError};
use borgerportal_partners::{Partner, PartnerError};
use borgerportal_simulators::broker::ClientProof;
use borgerportal_simulators::{Fault, Orders};
use ring::rand::SystemRandom;
use serde_json::json;

fn refused(status: u16) -> LoginError {
    PartnerError::Refused { partner: Partner::Broker, status }.into()
}

#[tokio::test]
async fn the_person_that_was_chosen_comes_in() {
    let world = World::new().await;
    let proven = world.log_in(Purpose::LogIn).await.unwrap();
    assert_eq!(proven.cpr.expose(), "7205500004");
    assert_eq!(
        (proven.name.full(), proven.birth_on.to_string()),
        ("Inger Marie Holm".into(), "1950-05-12".into())
    );
    assert_eq!(proven.authenticated_at, world.hands.now());
    assert_eq!(proven.person_uuid.as_deref(), Some("u-inger"));
    assert_eq!(proven.methods, ["code_app"]);
    assert!(proven.transaction_id.is_some() && proven.session_ends_at.is_some());
}

#[tokio::test]
async fn a_subject_is_the_same_at_every_log_in() {
    let world = World::new().await;
    let first = world.log_in(Purpose::LogIn).await.unwrap();
    let second = world.log_in(Purpose::StepUp).await.unwrap();
    assert_eq!(first.subject, second.subject);
    assert_eq!(first.subject.len(), 36);
}

#[tokio::test]
async fn pressing_cancel_is_told_from_failing() {
    let world = World::new().await;
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = location(&world.browser.post(url.as_str(), &[("cancel", "1")]).await).unwrap();
    let error = world.finish(&back, &pending).await.unwrap_err();
    assert_eq!(error, OidcError::Cancelled.into());
    assert_eq!(error.sentence(), "login.cancelled");
}

#[tokio::test]
async fn a_lying_broker_is_refused() {
    let lies = [
        (Fault::WrongIssuer, OidcError::Issuer),
        (Fault::WrongAudience, OidcError::Audience),
        (Fault::WrongNonce, OidcError::Nonce),
        (Fault::WrongSignature, OidcError::Signature),
        (Fault::WrongSubject, OidcError::Subject),
        (Fault::Expired, OidcError::Expired),
        (Fault::FromTheFuture, OidcError::IssuedAt),
        (Fault::Level("https://data.gov.dk/concept/core/nsis/Low".to_owned()), OidcError::LevelTooLow),
        (Fault::Level("very high indeed".to_owned()), OidcError::LevelMissing),
        (Fault::TestIdentity, OidcError::IdentityKind),
        (Fault::NoAuthTime, OidcError::AuthTimeMissing),
        (Fault::StaleAuthTime, OidcError::AuthTimeStale),
    ];
    let world = World::new().await;
    for (fault, error) in lies {
        world.order(&Orders::of(std::slice::from_ref(&fault))).await;
        assert_eq!(world.log_in(Purpose::StepUp).await.unwrap_err(), error.into(), "{fault:?}");
    }
    world.order(&Orders::default()).await;
    assert!(world.log_in(Purpose::StepUp).await.is_ok());
}

#[tokio::test]
async fn keys_may_rotate_while_somebody_is_at_the_broker() {
    let world = World::new().await;
    world.log_in(Purpose::LogIn).await.unwrap();
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    world.order(&Orders::of(&[Fault::RotateKeys])).await;
    let back = world.choose(&url, "u-inger").await;
    assert!(world.finish(&back, &pending).await.is_ok());
}

#[tokio::test]
async fn keys_are_fetched_again_once_and_then_the_answer_stands() {
    let world = World::new().await;
    world.log_in(Purpose::LogIn).await.unwrap();
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    world.order(&Orders::of(&[Fault::RotateKeys])).await;
    world.order(&Orders::of(&[Fault::Status(503)]).at("/jwks")).await;
    let back = world.choose(&url, "u-inger").await;
    let error = world.finish(&back, &pending).await.unwrap_err();
    assert!(matches!(error, LoginError::Partner(PartnerError::Away { .. })), "{error:?}");
    assert_eq!(error.sentence(), "login.away");
}

#[tokio::test]
async fn a_step_up_is_asked_for_again_although_the_broker_knows_the_person() {
    let world =
        World::of(Setting { broker: |config| config.session_minutes = Some(60), ..Setting::default() }).await;
    let first = world.log_in(Purpose::LogIn).await.unwrap();
    world.hands.pass(120);

    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = location(&world.browser.get(url.as_str()).await).expect("no page for a person it knows");
    let again = world.finish(&back, &pending).await.unwrap();
    assert_eq!(again.authenticated_at, first.authenticated_at, "the old proof, and it says so");

    let (url, pending) = world.begin(Purpose::StepUp).await.unwrap();
    assert!(location(&world.browser.get(url.as_str()).await).is_none(), "the page");
    let back = world.choose(&url, "u-inger").await;
    let fresh = world.finish(&back, &pending).await.unwrap();
    assert_eq!(fresh.authenticated_at, world.hands.now());
}

#[tokio::test]
async fn a_session_older_than_the_service_wants_is_not_used() {
    let world =
        World::of(Setting { broker: |config| config.session_minutes = Some(600), ..Setting::default() })
            .await;
    world.log_in(Purpose::LogIn).await.unwrap();
    world.hands.pass(3601);
    let (url, _) = world.begin(Purpose::LogIn).await.unwrap();
    assert!(location(&world.browser.get(url.as_str()).await).is_none());
}

#[tokio::test]
async fn logging_out_ends_the_brokers_session_and_comes_back() {
    let world =
        World::of(Setting { broker: |config| config.session_minutes = Some(60), ..Setting::default() }).await;
    let proven = world.log_in(Purpose::LogIn).await.unwrap();
    let url = world.us.logout(Some(&proven.logout_hint), world.hands.now()).await.unwrap().unwrap();
    assert_eq!(location(&world.browser.get(url.as_str()).await).unwrap().as_str(), AFTER);
    let (url, _) = world.begin(Purpose::LogIn).await.unwrap();
    assert!(location(&world.browser.get(url.as_str()).await).is_none(), "asked again");
}

#[tokio::test]
async fn a_code_works_once() {
    let world = World::new().await;
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = world.choose(&url, "u-inger").await;
    assert!(world.finish(&back, &pending).await.is_ok());
    assert_eq!(world.finish(&back, &pending).await.unwrap_err(), refused(400));
}

#[tokio::test]
async fn a_code_is_soon_too_old() {
    let world = World::new().await;
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = world.choose(&url, "u-inger").await;
    world.hands.pass(61);
    assert_eq!(world.finish(&back, &pending).await.unwrap_err(), refused(400));
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing_without_the_verifier() {
    let world = World::new().await;
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = world.choose(&url, "u-inger").await;
    let mut thief = serde_json::to_value(&pending).unwrap();
    thief["verifier"] = json!("guessed-guessed-guessed-guessed-guessed-guess");
    let thief = serde_json::from_value(thief).unwrap();
    assert_eq!(world.finish(&back, &thief).await.unwrap_err(), refused(400));
}

#[tokio::test]
async fn an_answer_without_our_state_never_reaches_the_token_endpoint() {
    let world = World::new().await;
    let (url, pending) = world.begin(Purpose::LogIn).await.unwrap();
    let back = world.choose(&url, "u-inger").await;
    let callback = Callback::from_query(&back.query().unwrap().replace("state=", "state=x")).unwrap();
    let error = world.us.finish(&callback, &pending, world.hands.now()).await.unwrap_err();
    assert_eq!(error, OidcError::State.into());
    assert!(world.finish(&back, &pending).await.is_ok(), "the code was not used up");
}

#[tokio::test]
async fn a_wrong_client_secret_is_refused() {
    let wrong = ClientAuthentication::Secret(Secret::new("wrong".to_owned()));
    let world = World::of(Setting { authentication: wrong, ..Setting::default() }).await;
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), refused(401));
}

#[tokio::test]
async fn a_client_may_prove_itself_with_a_key() {
    let with = |registered: &SigningKey, used: SigningKey| Setting {
        proof: ClientProof::Keys(KeySet::from_value(&json!({"keys": [registered.public_jwk()]})).unwrap()),
        authentication: ClientAuthentication::PrivateKey(Box::new(used)),
        ..Setting::default()
    };
    let pem = include_str!("../../../identity/tests/keys/rfc7515-a2-published-rsa.pem");
    let rsa = || SigningKey::from_pem("ours", pem, &SystemRandom::new()).unwrap();
    let other = SigningKey::generate("ours", &SystemRandom::new()).unwrap();
    assert!(World::of(with(&rsa(), rsa())).await.log_in(Purpose::LogIn).await.is_ok());
    assert!(
        World::of(with(&rsa(), rsa().with_pss())).await.log_in(Purpose::LogIn).await.is_err(),
        "alg is pinned"
    );
    assert_eq!(World::of(with(&rsa(), other)).await.log_in(Purpose::LogIn).await.unwrap_err(), refused(401));
}

#[tokio::test]
async fn a_broker_for_tests_is_refused_in_production() {
    let world =
        World::of(Setting { broker: |config| config.environment = "pp".to_owned(), ..Setting::default() })
            .await;
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), OidcError::IdentityKind.into());
    let demo = Setting {
        broker: |config| config.environment = "pp".to_owned(),
        party: |party| party["identities"] = json!({"accept_test": true}),
        ..Setting::default()
    };
    assert!(World::of(demo).await.log_in(Purpose::LogIn).await.is_ok());
}

#[tokio::test]
async fn a_hint_logs_in_without_the_page_when_the_test_wants_that() {
    let world =
        World::of(Setting { broker: |config| config.hint_logs_in = true, ..Setting::default() }).await;
    let (mut url, pending) = world.begin(Purpose::StepUp).await.unwrap();
    url.query_pairs_mut().append_pair("login_hint", "u-mette");
    let back = location(&world.browser.get(url.as_str()).await).unwrap();
    assert!(back.as_str().starts_with(BACK));
    assert_eq!(world.finish(&back, &pending).await.unwrap().name.full(), "Mette Holm");
}
