//! Log-ins that carry privileges of NemLog-in: the same access as by a mandate of our own, for half an hour, and only
//! for what the map names, where the municipality uses it.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Basis, BasisKind, Role};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::mandates::Status;
use borgerportal_identity::oidc::Privileges;
use borgerportal_identity::oiobpp::Unreadable;
use borgerportal_service::sessions::{Intent, Token, begin, finish};
use borgerportal_store::sessions;
use borgerportal_store::testing::TestStore;

const READ: &str = "urn:dk:borgerportal:example:portal:laese";
const ACT: &str = "urn:dk:borgerportal:example:portal:handle";
const CALENDAR: &str = "urn:dk:borgerportal:example:kalender:laese";

/// Helsingør takes what this says; Randers takes its own mandates only.
async fn open(store: TestStore, source: &str) -> Portal {
    Portal::with_packages_and(store, &format!("[access]\nmandate_source = \"{source}\"\n{OPEN}")).await
}

#[expect(clippy::unnecessary_wraps, reason = "as a broker says it, which can also be unreadable")]
fn said(giver: &Somebody, uris: &[&str]) -> Result<Privileges, Unreadable> {
    Ok([(giver.cpr.clone(), uris.iter().map(|&uri| uri.to_owned()).collect())].into())
}

impl Portal {
    /// Through the broker, whose answer says this of mandates. With a token: the same person, anew.
    async fn comes(
        &self,
        who: &Somebody,
        said: Result<Privileges, Unreadable>,
        stepping_up: Option<&Token>,
    ) -> Visitor {
        self.broker.knows_with("it", who, self.now(), |proven| proven.privileges = said);
        let intent = Intent {
            role: Role::Relative,
            municipality: Some(helsingor()),
            back_to: "/personer".to_owned(),
            language: "da",
        };
        let begun = begin(&self.app, intent, stepping_up).await.unwrap();
        let state = begun.to.parse::<url::Url>().unwrap();
        let state = state.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let query = format!("state={state}&code=it");
        let came = finish(&self.app, &query, Some(&begun.browser)).await.unwrap();
        let token = came.token.unwrap_or_else(|| stepping_up.unwrap().clone());
        Visitor { portal: self.clone(), token }
    }
}

impl Visitor {
    async fn basis(&self, journal: JournalId) -> Basis {
        let reach = self.reach().await.unwrap();
        reach.choices.into_iter().find(|choice| choice.journal == journal).unwrap().basis
    }

    /// How many records NemLog-in opens, as the session keeps it.
    async fn kept(&self) -> usize {
        let hash = self.token.hash();
        self.portal.read(move |tx| Ok(sessions::session(tx, &hash)?.unwrap().1.len())).await
    }
}

#[both]
async fn a_login_that_carries_privileges_opens_a_record_for_half_an_hour(store: TestStore) {
    let portal = open(store, "nemlogin").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let visitor = portal.comes(&mette, said(&inger, &[READ]), None).await;
    assert_eq!(visitor.within_reach().await, (vec!["Inger".to_owned()], vec![]));
    let Basis::Claim { until, may_act: false } = visitor.basis(journal).await else {
        panic!("a claim to read")
    };
    let left = until.millis_since(portal.now());
    assert!((29 * 60_000..=30 * 60_000).contains(&left), "{left}");
    assert_eq!(visitor.titles(journal).await, Ok(vec![]));
    portal.minutes_later(29);
    assert_eq!(visitor.titles(journal).await, Ok(vec![]));
    portal.minutes_later(1);
    assert_eq!(visitor.titles(journal).await, Err("access.claim.over Inger Holm".to_owned()));
    assert_eq!(visitor.within_reach().await, (vec![], vec!["Inger access.claim.over".to_owned()]));
    let inger = portal.as_citizen(&inger).await;
    let log = inger.log_page(journal, None).await.unwrap();
    let bases: Vec<_> = log.lines.iter().filter(|line| line.actor == mette.id).map(|one| one.basis).collect();
    assert_eq!(bases, [None, Some(BasisKind::Claim), Some(BasisKind::Claim)], "a refusal has no basis");
    let shown = log.lines.iter().find(|line| line.basis == Some(BasisKind::Claim)).unwrap();
    assert_eq!((shown.role, shown.mandate), (Role::Relative, None), "no mandate of ours");
}

#[both]
async fn the_next_login_says_what_holds_now(store: TestStore) {
    let portal = open(store, "both").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let first = portal.comes(&mette, said(&inger, &[ACT]), None).await;
    assert!(first.basis(journal).await.may_act());
    portal.minutes_later(29);
    let same = portal.comes(&mette, said(&inger, &[READ]), Some(&first.token)).await;
    portal.minutes_later(20);
    assert!(!same.basis(journal).await.may_act(), "what the later login said, not the earlier");
    let same = portal.comes(&mette, Ok(Privileges::new()), Some(&first.token)).await;
    assert_eq!(same.titles(journal).await, Err("not found".to_owned()), "taken back at NemLog-in");
    assert_eq!(same.kept().await, 0);
}

#[both]
async fn what_we_do_not_know_or_use_opens_nothing(store: TestStore) {
    let portal = open(store, "both").await;
    let mette = portal.person(2, "Mette", "1974-06-02").await;
    let (inger, lone, randi) = (
        portal.person(1, "Inger", "1943-05-12").await,
        portal.person(3, "Lone", "1950-01-01").await,
        portal.person(4, "Randi", "1950-01-01").await,
    );
    let journal = portal.journal(&inger, helsingor()).await;
    portal.journal(&randi, randers()).await;
    let stranger = Somebody { cpr: cpr_of(77), ..lone.clone() };
    portal
        .import(
            "package;version;service;privilege\n\
             kl.hjaelpemidler.kontakt;1;nemlogin;urn:dk:borgerportal:example:hjaelpemidler:kontakt\n",
        )
        .await;
    let unreadable: Result<Privileges, Unreadable> = Err(Unreadable::Doctype);
    for (why, said) in [
        ("nothing was said", Ok(Privileges::new())),
        ("it cannot be read", unreadable),
        ("no map names it", said(&inger, &["urn:dk:fmk:view"])),
        ("our own word for it is nobody's URI", said(&inger, &["documents.read"])),
        ("for telephone and counter", said(&inger, &["urn:dk:borgerportal:example:hjaelpemidler:kontakt"])),
        ("there is no record of her", said(&lone, &[READ])),
        ("nobody has that number", said(&stranger, &[READ])),
        ("her municipality takes its own mandates only", said(&randi, &[READ])),
    ] {
        let visitor = portal.comes(&mette, said, None).await;
        assert_eq!(visitor.within_reach().await, (vec![], vec![]), "{why}");
        assert_eq!(visitor.titles(journal).await, Err("not found".to_owned()), "{why}");
        assert_eq!(visitor.kept().await, 0, "{why}");
    }
    let herself = portal.comes(&inger, said(&inger, &[ACT]), None).await;
    assert_eq!(herself.kept().await, 0, "nobody needs leave for their own");
}

#[both]
async fn a_package_that_is_not_used_here_has_a_sentence_of_its_own(store: TestStore) {
    let portal = open(store, "both").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let yesterday = "municipality;package;from;to\n0217;kl.kalender.laese;2020-01-01;2026-11-02\n";
    portal.import(yesterday).await;
    let visitor = portal.comes(&mette, said(&inger, &[CALENDAR]), None).await;
    let (nobody, lapsed) = visitor.within_reach().await;
    assert_eq!((nobody, lapsed), (vec![], vec!["Inger access.mandate.package_inactive".to_owned()]));
    assert!(visitor.front_page(journal).await.is_err());
    let visitor = portal.comes(&mette, said(&inger, &[CALENDAR, READ]), None).await;
    assert_eq!(visitor.titles(journal).await, Ok(vec![]), "the other one is");
}

#[both]
async fn a_uri_of_two_versions_opens_what_both_open(store: TestStore) {
    let portal = open(store, "both").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    portal
        .import(&format!(
            "package;version;service;privilege\n\
             kl.kalender.laese;1;borgerportal;front_page.read\n\
             kl.kalender.laese;1;borgerportal;calendar.read\n\
             kl.kalender.laese;1;nemlogin;{READ}\n"
        ))
        .await;
    let visitor = portal.comes(&mette, said(&inger, &[READ]), None).await;
    assert!(visitor.front_page(journal).await.is_ok());
    assert_eq!(visitor.titles(journal).await, Err("access.mandate.not_covered Inger Holm".to_owned()));
}

const CATALOGUE: &str = "code;version;title_da;title_en;says_da;says_en;area;access;channel;kle;publisher;\
    least_giver_age;usual_days;longest_days;holder_kinds;from;to\n";

/// Who signed for telephone and counter, or for what is not used here any more, has not opened a record, whatever else
/// goes by the same name.
#[both]
async fn a_uri_that_a_package_which_opens_nothing_bears_too_opens_nothing(store: TestStore) {
    let portal = open(store, "both").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let telephone = "kl.hjaelpemidler.kontakt;1;nemlogin";
    let unused = "kl.sundhed-dokumenter.laese;1;borgerportal;front_page.read\n\
                  kl.sundhed-dokumenter.laese;1;borgerportal;documents.read\n\
                  kl.sundhed-dokumenter.laese;1;nemlogin";
    portal
        .import("municipality;package;from;to\n0217;kl.sundhed-dokumenter.laese;2020-01-01;2026-11-02\n")
        .await;
    for (bears, uri) in [(telephone, READ), (unused, ACT)] {
        let alone = portal.comes(&mette, said(&inger, &[uri]), None).await;
        assert_eq!(alone.titles(journal).await, Ok(vec![]), "{uri}: nobody else bears it yet");
        portal.import(&format!("package;version;service;privilege\n{bears};{uri}\n")).await;
        let visitor = portal.comes(&mette, said(&inger, &[uri]), None).await;
        let told = vec!["Inger access.mandate.package_inactive".to_owned()];
        assert_eq!(visitor.within_reach().await, (vec![], told), "{bears}");
        assert!(visitor.titles(journal).await.is_err(), "{bears}");
    }
}

#[both]
async fn who_is_too_young_to_give_or_is_no_person_to_hold_has_opened_nothing(store: TestStore) {
    let portal = open(store, "both").await;
    let mette = portal.person(9, "Mette", "1974-06-02").await;
    let words = "Alt;All;Se alt.;See all.;health;read;self_service;27.36.00;KL";
    portal
        .import(&format!(
            "{CATALOGUE}kl.voksne.laese;1;{words};18;365;1096;person;2020-01-01;\n\
             kl.ansatte.laese;1;{words};15;365;1096;employee organisation;2020-01-01;\n"
        ))
        .await;
    portal
        .import(
            "municipality;package;from;to\n0217;kl.voksne.laese;2020-01-01;\n0217;kl.ansatte.laese;2020-01-01;\n",
        )
        .await;
    portal
        .import(
            "package;version;service;privilege\n\
             kl.voksne.laese;1;borgerportal;front_page.read\n\
             kl.voksne.laese;1;borgerportal;documents.read\n\
             kl.voksne.laese;1;nemlogin;urn:dk:voksne\n\
             kl.ansatte.laese;1;borgerportal;documents.read\n\
             kl.ansatte.laese;1;nemlogin;urn:dk:ansatte\n",
        )
        .await;
    // The clock stands on 3 November 2026.
    for (number, born, uri, kept) in [
        (1, "2008-11-03", "urn:dk:voksne", 1),
        (2, "2008-11-04", "urn:dk:voksne", 0),
        (3, "2008-11-04", READ, 1),
        (4, "1943-05-12", "urn:dk:ansatte", 0),
    ] {
        let giver = portal.person(number, "Inger", born).await;
        let journal = portal.journal(&giver, helsingor()).await;
        let visitor = portal.comes(&mette, said(&giver, &[uri]), None).await;
        assert_eq!(visitor.kept().await, kept, "{born} {uri}");
        assert_eq!(visitor.titles(journal).await.is_ok(), kept == 1, "{born} {uri}");
    }
}

#[both]
async fn the_knob_says_whose_mandates_count(store: TestStore) {
    let portal = open(store, "nemlogin").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let mandate = portal.mandate(&inger, &mette).await;
    let visitor = portal.comes(&mette, Ok(Privileges::new()), None).await;
    assert_eq!(visitor.titles(journal).await, Err("access.mandate.source_not_used Inger Holm".to_owned()));
    let visitor = portal.comes(&mette, said(&inger, &[READ]), None).await;
    assert_eq!(visitor.basis(journal).await.kind(), BasisKind::Claim);
    portal.set_status(mandate, &inger, Status::Withdrawn { at: portal.now() }).await;
    assert_eq!(visitor.titles(journal).await, Ok(vec![]), "the one does not hang on the other");
}

#[both]
async fn where_only_our_own_count_nothing_else_is_kept(store: TestStore) {
    let portal = open(store, "own").await;
    let (inger, mette) =
        (portal.person(1, "Inger", "1943-05-12").await, portal.person(2, "Mette", "1974-06-02").await);
    let journal = portal.journal(&inger, helsingor()).await;
    let visitor = portal.comes(&mette, said(&inger, &[ACT]), None).await;
    assert_eq!((visitor.kept().await, visitor.within_reach().await), (0, (vec![], vec![])));
    portal.mandate(&inger, &mette).await;
    assert_eq!(visitor.basis(journal).await.kind(), BasisKind::Mandate);
}
