//! Log-in, step-up, the end of sessions, log-off; and that an answer of the broker is used once, by the browser
//! that asked.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::oidc::Purpose;
use borgerportal_service::sessions::{self, CameIn, Intent, NotIn, Token, begin, finish};
use borgerportal_service::{Problem, jobs};
use borgerportal_store::sessions::Session;
use borgerportal_store::testing::TestStore;

fn intent(role: Role) -> Intent {
    Intent { role, municipality: Some(helsingor()), back_to: "/p/1/documents".to_owned(), language: "da" }
}

/// The state in the address that the browser was sent to.
fn state(address: &str) -> String {
    let url: url::Url = address.parse().unwrap();
    url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

fn answer(address: &str, code: &str) -> String {
    format!("state={}&code={code}", state(address))
}

impl Portal {
    pub(crate) async fn log_in(&self, who: &Somebody, role: Role) -> CameIn {
        self.broker.knows("it", who, self.now());
        let begun = begin(&self.app, intent(role), None).await.unwrap();
        finish(&self.app, &answer(&begun.to, "it"), Some(&begun.browser)).await.unwrap()
    }

    async fn session(&self, token: &Token) -> Result<Session, Problem> {
        let (hash, limits) = (token.hash(), self.app.limits);
        self.app.read(move |tx| sessions::signed_in(tx, &hash, &limits).map(|who| who.session)).await
    }

    async fn lives(&self, token: &Token) -> bool {
        match self.session(token).await {
            Ok(_) => true,
            Err(Problem::NoSession) => false,
            Err(other) => panic!("{other:?}"),
        }
    }
}

fn refused<T>(answer: Result<T, NotIn>) -> String {
    answer.err().map_or_else(|| "came in".to_owned(), |not| not.to_string())
}

#[both]
async fn a_person_comes_in_where_they_wanted_to_go(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let came = portal.log_in(&inger, Role::Citizen).await;
    assert_eq!((came.back_to.as_str(), came.role), ("/p/1/documents", Role::Citizen));
    let session = portal.session(&came.token.unwrap()).await.unwrap();
    assert_eq!(
        (session.person, session.level, session.municipality),
        (inger.id, Level::Substantial, Some(helsingor()))
    );
    assert_eq!(portal.broker.asked.lock().unwrap().as_slice(), [Purpose::LogIn]);
}

#[both]
async fn somebody_new_is_kept_as_the_log_in_proved_them(store: TestStore) {
    let portal = Portal::open(store);
    let known = portal.person(1001, "Inger", "1943-05-12").await;
    let stranger = Somebody { cpr: cpr_of(1002), ..known };
    let came = portal.log_in(&stranger, Role::Relative).await;
    let token = came.token.unwrap();
    let (first, again) =
        (portal.session(&token).await.unwrap().person, portal.log_in(&stranger, Role::Citizen).await);
    assert_ne!(first, known.id);
    assert_eq!(portal.session(&again.token.unwrap()).await.unwrap().person, first, "and found again");
}

#[both]
async fn every_log_in_has_a_token_of_its_own_and_only_its_hash_is_kept(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let (one, two) = (
        portal.log_in(&inger, Role::Citizen).await.token.unwrap(),
        portal.log_in(&inger, Role::Citizen).await.token.unwrap(),
    );
    assert_ne!(one.for_cookie(), two.for_cookie());
    assert!(one.for_cookie().len() >= 43, "32 bytes of randomness");
    let (a, b) = (portal.session(&one).await.unwrap(), portal.session(&two).await.unwrap());
    assert_ne!(a.csrf, b.csrf);
    let changed = Token::from_cookie(&one.for_cookie().to_uppercase());
    assert!(one.for_cookie().to_uppercase() == one.for_cookie() || !portal.lives(&changed).await);
    assert!(!portal.lives(&Token::from_cookie("")).await);
}

#[both]
async fn an_answer_is_good_once_and_for_the_browser_that_asked(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.broker.knows("it", &inger, portal.now());
    let begun = begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    let query = answer(&begun.to, "it");
    assert!(finish(&portal.app, &query, Some(&begun.browser)).await.is_ok());
    assert_eq!(refused(finish(&portal.app, &query, Some(&begun.browser)).await), "unknown log-in", "twice");

    let (mine, theirs) = (
        begin(&portal.app, intent(Role::Citizen), None).await.unwrap(),
        begin(&portal.app, intent(Role::Citizen), None).await.unwrap(),
    );
    let query = answer(&mine.to, "it");
    assert_eq!(refused(finish(&portal.app, &query, Some(&theirs.browser)).await), "unknown log-in");
    assert_eq!(
        refused(finish(&portal.app, &query, Some(&mine.browser)).await),
        "unknown log-in",
        "it is spent"
    );
    assert_eq!(refused(finish(&portal.app, &answer(&theirs.to, "it"), None).await), "unknown log-in");
    let forged = "state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&code=it";
    assert_eq!(refused(finish(&portal.app, forged, Some(&mine.browser)).await), "unknown log-in");
    assert_eq!(refused(finish(&portal.app, "code=it", Some(&mine.browser)).await), "unknown log-in");
}

#[both]
async fn many_at_once_with_one_answer_get_one_session(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.broker.knows("it", &inger, portal.now());
    let begun = begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    let query = answer(&begun.to, "it");
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let (app, query, browser) = (portal.app.clone(), query.clone(), begun.browser.clone());
            tokio::spawn(async move { finish(&app, &query, Some(&browser)).await.is_ok() })
        })
        .collect();
    let mut came_in = 0;
    for one in tries {
        came_in += usize::from(one.await.unwrap());
    }
    assert_eq!(came_in, 1);
    assert_eq!(portal.store.rows()["session"], 1);
}

#[both]
async fn a_person_who_takes_too_long_or_says_no_is_told_so(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.broker.knows("it", &inger, portal.now());
    let begun = begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    let query = format!("state={}&error=access_denied", state(&begun.to));
    assert_eq!(refused(finish(&portal.app, &query, Some(&begun.browser)).await), "login.cancelled");
    let begun = begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    portal.minutes_later(31);
    assert_eq!(
        refused(finish(&portal.app, &answer(&begun.to, "it"), Some(&begun.browser)).await),
        "login.late"
    );
    assert_eq!(portal.store.rows()["session"], 0);
}

#[both]
async fn a_session_ends_when_it_is_not_used(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let visitor = portal.as_citizen(&inger).await;
    for _ in 0..3 {
        portal.minutes_later(29);
        assert!(visitor.list(journal).await.is_ok(), "use keeps it alive");
    }
    portal.minutes_later(31);
    assert_eq!(visitor.titles(journal).await.unwrap_err(), "no session");
    let lines = portal.store.log_lines().len();
    assert!(visitor.list(journal).await.is_err());
    assert_eq!(portal.store.log_lines().len(), lines, "nobody asked: there is no one to name");
}

#[both]
async fn a_session_ends_whatever_happens_and_with_the_brokers(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let visitor = portal.as_citizen(&inger).await;
    for _ in 0..18 {
        assert!(visitor.list(journal).await.is_ok());
        portal.minutes_later(26);
    }
    assert!(visitor.list(journal).await.is_ok(), "7 hours and 48 minutes");
    portal.minutes_later(13);
    assert_eq!(visitor.titles(journal).await.unwrap_err(), "no session");
    // The broker's own end comes first where it is earlier.
    let end = portal.now().plus_minutes(10);
    portal.broker.knows_with("short", &inger, portal.now(), |proven| proven.session_ends_at = Some(end));
    let begun = begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    let token =
        finish(&portal.app, &answer(&begun.to, "short"), Some(&begun.browser)).await.unwrap().token.unwrap();
    portal.minutes_later(9);
    assert!(portal.lives(&token).await);
    sessions::extend(&portal.app, &token).await.unwrap();
    portal.minutes_later(2);
    assert!(!portal.lives(&token).await, "more time was asked for, but there is no more");
}

#[both]
async fn use_is_written_once_a_minute(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let visitor = portal.as_citizen(&inger).await;
    let seen = async || -> Timestamp { portal.session(&visitor.token).await.unwrap().seen_at };
    let first = seen().await;
    for _ in 0..5 {
        visitor.list(journal).await.unwrap();
    }
    assert_eq!(seen().await, first);
    portal.app.clock.move_by(61_000);
    visitor.list(journal).await.unwrap();
    let second = seen().await;
    assert!(second > first);
    visitor.list(journal).await.unwrap();
    assert_eq!(seen().await, second);
}

#[both]
async fn a_fresh_log_in_keeps_the_session_and_its_place(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let token = portal.log_in(&inger, Role::Citizen).await.token.unwrap();
    let before = portal.session(&token).await.unwrap();
    portal.minutes_later(20);
    portal.broker.knows_with("again", &inger, portal.now(), |proven| proven.level = Level::High);
    let begun = begin(&portal.app, intent(Role::Citizen), Some(&token)).await.unwrap();
    assert!(begun.to.contains("prompt=login") && begun.to.contains("max_age=0"));
    let came = finish(&portal.app, &answer(&begun.to, "again"), Some(&begun.browser)).await.unwrap();
    assert!(came.token.is_none(), "the browser keeps the token it has");
    assert_eq!(came.back_to, "/p/1/documents");
    let after = portal.session(&token).await.unwrap();
    assert!(after.authenticated_at > before.authenticated_at);
    assert_eq!((after.level, after.ends_at, after.csrf), (Level::High, before.ends_at, before.csrf));
    assert_eq!(portal.store.rows()["session"], 1);
}

#[both]
async fn nobody_else_confirms_a_session(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    let token = portal.log_in(&inger, Role::Citizen).await.token.unwrap();
    let before = portal.session(&token).await.unwrap();
    portal.minutes_later(5);
    portal.broker.knows("her", &mette, portal.now());
    let begun = begin(&portal.app, intent(Role::Citizen), Some(&token)).await.unwrap();
    let came = finish(&portal.app, &answer(&begun.to, "her"), Some(&begun.browser)).await;
    assert_eq!(refused(came), "another person");
    let after = portal.session(&token).await.unwrap();
    assert_eq!((after.person, after.authenticated_at), (inger.id, before.authenticated_at));
    assert_eq!(portal.store.rows()["session"], 1, "nor does she get one of her own");
    // Nor is a session that has ended woken up.
    portal.broker.knows("it", &inger, portal.now());
    let begun = begin(&portal.app, intent(Role::Citizen), Some(&token)).await.unwrap();
    assert!(sessions::log_off(&portal.app, &token).await.unwrap());
    assert_eq!(
        refused(finish(&portal.app, &answer(&begun.to, "it"), Some(&begun.browser)).await),
        "no session"
    );
}

#[both]
async fn logging_off_ends_the_session_for_every_tab(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let (one, other) = (portal.as_citizen(&inger).await, portal.as_citizen(&inger).await);
    assert!(sessions::log_off(&portal.app, &one.token).await.unwrap());
    assert_eq!(one.titles(journal).await.unwrap_err(), "no session");
    assert!(!sessions::log_off(&portal.app, &one.token).await.unwrap(), "twice is no error");
    assert!(other.list(journal).await.is_ok(), "another browser is another session");
}

#[both]
async fn a_parent_is_known_as_one_from_the_log_in_on(store: TestStore) {
    let portal = Portal::open(store);
    let sofie = portal.person(1001, "Sofie", "1985-05-12").await;
    let alma = portal.person(1002, "Alma", "2018-01-01").await;
    portal.journal(&alma, helsingor()).await;
    portal.register.custody(&sofie, &alma);
    let token = portal.log_in(&sofie, Role::Parent).await.token.unwrap();
    let visitor = Visitor { portal: portal.clone(), token };
    assert_eq!(visitor.within_reach().await.0, ["Alma"]);
    // Whose register is away comes in all the same, and sees nobody.
    portal.register.away(true);
    let adam = portal.person(1003, "Adam", "1984-01-01").await;
    let token = portal.log_in(&adam, Role::Parent).await.token.unwrap();
    assert!(Visitor { portal: portal.clone(), token }.within_reach().await.0.is_empty());
}

#[both]
async fn what_has_ended_is_swept(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.log_in(&inger, Role::Citizen).await;
    begin(&portal.app, intent(Role::Citizen), None).await.unwrap();
    jobs::sweep(&portal.app).await.unwrap();
    let rows = portal.store.rows();
    assert_eq!((rows["session"], rows["login_attempt"]), (1, 1), "not before their time");
    portal.app.clock.move_by(9 * 86_400_000);
    jobs::sweep(&portal.app).await.unwrap();
    let rows = portal.store.rows();
    assert_eq!((rows["session"], rows["login_attempt"]), (0, 0));
    // What the sweep itself has answered is left, and gone with the next but one.
    let of_the_sweep = rows["errand"];
    portal.app.clock.move_by(9 * 86_400_000);
    jobs::sweep(&portal.app).await.unwrap();
    let left = portal.store.rows()["errand"];
    assert!(left <= of_the_sweep && left <= 2, "answers of errands are forgotten after a week: {left}");
}
