//! The language people are written to in: what they last chose themselves, whoever causes the message.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::notices::State;
use borgerportal_domain::person::Language;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::language::{self, choose};
use borgerportal_store::notices;
use borgerportal_store::testing::TestStore;

impl Portal {
    async fn reads(&self, person: PersonId) -> Language {
        self.read(move |tx| language::of(tx, person)).await
    }

    /// What waits to be sent: kind, first name, language, and the titles that a letter would repeat.
    async fn spoken(&self) -> Vec<(String, String, Language, Vec<String>)> {
        self.read(|tx| {
            let mut all = Vec::new();
            for listed in notices::list(tx, State::Queued, 99)? {
                let message = notices::load(tx, listed.id)?.unwrap();
                let Some(person) = message.recipient else { continue };
                let titles = message.says.items.into_iter().map(|right| right.title).collect();
                all.push((message.kind.code().to_owned(), person.name.given, message.says.language, titles));
            }
            all.sort();
            Ok(all)
        })
        .await
    }
}

#[both]
async fn everybody_is_written_to_in_their_own_language(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (hers, his) = (portal.as_citizen(&inger).await, portal.as_citizen(&bent).await);
    choose(&portal.app, &hers.token, Lang::En).await.unwrap();
    let request = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let asked = |language, title: &str| {
        ("mandate_requested".to_owned(), "Inger".to_owned(), language, vec![title.to_owned()])
    };
    assert_eq!(
        portal.spoken().await,
        [asked(Language::English, "Social and health portal")],
        "he asked in Danish, she reads English"
    );
    choose(&portal.app, &hers.token, Lang::Da).await.unwrap();
    assert_eq!(
        portal.spoken().await,
        [asked(Language::English, "Social and health portal")],
        "what is on its way does not change: it is the same message on every try"
    );
    choose(&portal.app, &his.token, Lang::En).await.unwrap();
    hers.decline(request).await.unwrap();
    let told = portal.spoken().await;
    let answer = told.iter().find(|one| one.0 == "request_declined").unwrap();
    assert_eq!((answer.1.as_str(), answer.2), ("Bent", Language::English));
}

#[both]
async fn who_never_chose_is_written_to_in_danish_and_the_last_choice_counts(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let (id, hers) = (inger.id, portal.as_citizen(&inger).await);
    assert_eq!(portal.reads(id).await, Language::Danish);
    for (chosen, expected) in [
        (Lang::En, Language::English),
        (Lang::En, Language::English),
        (Lang::Da, Language::Danish),
        (Lang::En, Language::English),
    ] {
        choose(&portal.app, &hers.token, chosen).await.unwrap();
        assert_eq!(portal.reads(id).await, expected);
    }
}

#[both]
async fn nobody_without_a_session_chooses_for_anybody(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let hers = portal.as_citizen(&inger).await;
    portal.minutes_later(31);
    let late = choose(&portal.app, &hers.token, Lang::En).await.unwrap_err();
    assert!(matches!(late, Problem::NoSession), "{late:?}");
    assert_eq!(portal.reads(inger.id).await, Language::Danish);
}
