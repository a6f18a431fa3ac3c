//! A giver who is old enough for some of what is asked for: the rest is kept back, and yes is yes to what remains.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::RequestId;
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::requests::{self, AnswerView};
use borgerportal_store::testing::TestStore;

impl Visitor {
    async fn asked(&self, request: RequestId) -> AnswerView {
        self.look(move |tx, who| requests::show(tx, who, request, Lang::Da)).await.unwrap()
    }
}

fn titles(rights: &[borgerportal_service::mandates::Right]) -> Vec<&str> {
    rights.iter().map(|right| right.title.as_str()).collect()
}

#[both]
async fn what_somebody_is_too_young_to_give_is_not_part_of_a_yes(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let sofie = portal.person(1, "Sofie", "2010-01-01").await;
    let lone = portal.person(2, "Lone", "1972-08-09").await;
    let hers = portal.as_citizen(&lone).await;
    let request = hers.ask(named(&sofie), &[CALENDAR, ADULTS], portal.day(90)).await.unwrap().request;
    let sofies = portal.as_citizen(&sofie).await;
    let view = sofies.asked(request).await;
    assert_eq!((titles(&view.request.rights), view.closed), (vec!["Kalender og besøg"], None));
    assert!(titles(&view.not_asked).contains(&"Social støtte"), "it is told: {:?}", titles(&view.not_asked));
    assert_eq!(
        sofies.approve(request, &[CALENDAR, ADULTS], portal.day(90)).await.unwrap_err(),
        "mandates.sign.giver_too_young",
        "past the page it is refused all the same"
    );
    sofies.approve(request, &[CALENDAR], portal.day(90)).await.unwrap();
    assert!(
        portal.told_to().await.0.contains(&"request_approved_in_part → Lone".to_owned()),
        "she hears that it was not all"
    );
}

#[both]
async fn who_is_too_young_for_all_of_it_reads_why(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let sofie = portal.person(1, "Sofie", "2010-01-01").await;
    let lone = portal.person(2, "Lone", "1972-08-09").await;
    let asked = portal.as_citizen(&lone).await.ask(named(&sofie), &[ADULTS], portal.day(90)).await.unwrap();
    let view = portal.as_citizen(&sofie).await.asked(asked.request).await;
    assert_eq!(view.closed, Some("mandates.sign.giver_too_young"));
    assert_eq!(titles(&view.request.rights), [] as [&str; 0]);
}
