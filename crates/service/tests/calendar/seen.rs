//! What stands in a calendar, and for whom.

use crate::act::{Scene, WEDNESDAY, at, in_series, lines, of_type, reading, visit, with_status};
use crate::common::{encounter, labelled, told, wrong};
use borgerportal_both::both;
use borgerportal_domain::calendar::{Act, Standing, VisitType};
use borgerportal_service::calendar::Part;
use borgerportal_store::testing::TestStore;
use serde_json::json;

#[both]
async fn visits_stand_in_order_on_their_danish_day(store: TestStore) {
    let scene = Scene::with(store, |inger| {
        vec![
            visit(inger, "b", WEDNESDAY, 13),
            visit(inger, "a", WEDNESDAY, 8),
            with_status(visit(inger, "c", "2026-11-02", 9), "fulfilled"),
            with_status(visit(inger, "d", "2026-11-12", 9), "cancelled"),
            visit(inger, "late", "2026-11-30", 23),
            visit(inger, "next-month", "2026-12-01", 0),
        ]
    })
    .await;
    let hers = scene.hers().await;
    let expected = [
        "2026-11-02 09:00 done",
        "2026-11-11 08:00 coming",
        "2026-11-11 13:00 coming",
        "2026-11-12 09:00 cancelled_there",
        "2026-11-30 23:00 coming",
    ];
    assert_eq!(hers.lines().await, expected);
    let days = hers.days(WEDNESDAY, WEDNESDAY).await.unwrap();
    assert_eq!(days.rows.len(), 2);
    let first = &days.rows[0];
    assert_eq!((first.visit.kind, first.visit.unit.as_str()), (VisitType::Cleaning, "Hjemmeplejen Nord"));
    assert_eq!(first.look.act, Act::Cancel(at("2026-11-07", 0, 0)), "to and with Friday");
    assert!(days.may_act);
}

#[both]
async fn a_long_list_ends_with_a_whole_day_and_says_where_it_goes_on(store: TestStore) {
    let scene = Scene::with(store, |inger| {
        let on = |id, day, hour| visit(inger, id, day, hour);
        vec![
            on("a", "2026-11-09", 8),
            on("b", WEDNESDAY, 8),
            on("c", WEDNESDAY, 13),
            on("d", "2026-11-12", 8),
            on("e", "2026-11-20", 8),
        ]
    })
    .await;
    let hers = scene.hers().await;
    let part = async |part| {
        let days = hers.part("2026-11-01", "2026-11-30", part).await.unwrap();
        let on: Vec<String> = lines(&days).iter().map(|line| line[8..10].to_owned()).collect();
        (on.join(" "), days.more.map(|day| day.to_string()))
    };
    let more = |day: &str| Some(format!("2026-11-{day}"));
    assert_eq!(part(Part::All).await, ("09 11 11 12 20".to_owned(), None));
    assert_eq!(part(Part::First(1)).await, ("09".to_owned(), more("11")));
    assert_eq!(part(Part::First(2)).await, ("09 11 11".to_owned(), more("12")));
    assert_eq!(part(Part::First(4)).await, ("09 11 11 12".to_owned(), more("20")));
    assert_eq!(part(Part::First(5)).await, ("09 11 11 12 20".to_owned(), None));
    assert_eq!(part(Part::Last(3)).await, ("11 11 12 20".to_owned(), more("09")));
    assert_eq!(part(Part::Last(2)).await, ("12 20".to_owned(), more("11")));
    assert_eq!(part(Part::Last(9)).await, ("09 11 11 12 20".to_owned(), None));
}

#[both]
async fn a_visit_that_is_withdrawn_is_gone_and_one_that_took_place_stands_once(store: TestStore) {
    let scene =
        Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 8), visit(inger, "b", "2026-11-02", 8)])
            .await;
    let mut contact = encounter(&scene.inger, "e");
    contact["status"] = json!("finished");
    contact["period"] = json!({ "start": at("2026-11-02", 8, 5).to_string() });
    contact["appointment"] = json!([{ "reference": "Appointment/b" }]);
    let mut other = contact.clone();
    (other["id"], other["appointment"]) = (json!("f"), json!([]));
    other["period"] = json!({ "start": "2026-11-01" });
    let done = with_status(visit(&scene.inger, "b", "2026-11-02", 8), "fulfilled");
    scene
        .told("2026-11-02T12:00:00Z", &[wrong(visit(&scene.inger, "a", WEDNESDAY, 8)), done, contact, other])
        .await;
    assert_eq!(scene.hers().await.lines().await, ["2026-11-01 00:00 done", "2026-11-02 08:00 done"]);
}

#[both]
async fn what_is_not_for_a_helper_is_not_in_their_calendar(store: TestStore) {
    let scene = Scene::with(store, |inger| {
        let own = labelled(visit(inger, "own", WEDNESDAY, 8), &["audience-citizen"]);
        let nobody = labelled(visit(inger, "nobody", WEDNESDAY, 9), &["audience-none"]);
        let social = labelled(
            visit(inger, "social", WEDNESDAY, 10),
            &["audience-citizen", "audience-relative", "social"],
        );
        vec![own, nobody, social, visit(inger, "all", WEDNESDAY, 11)]
    })
    .await;
    assert_eq!(scene.hers().await.lines().await.len(), 3);
    let daughters = scene.daughters().await;
    assert_eq!(daughters.lines().await, ["2026-11-11 11:00 coming"]);
    let hidden = scene.hers().await.first().await;
    let answers = [
        daughters.open(hidden).await.map(|_| ()),
        daughters.cancel(hidden).await.map(|_| ()),
        daughters.undo(hidden).await,
    ];
    for answer in answers {
        assert_eq!(told(&answer.unwrap_err()), "not found");
    }
    assert!(scene.outgoing().await.is_empty());
}

#[both]
async fn who_may_only_read_sees_and_does_nothing(store: TestStore) {
    let scene = Scene::with(store, |inger| vec![visit(inger, "a", WEDNESDAY, 8)]).await;
    let bent = scene.portal.person(1003, "Bent", "1941-01-01").await;
    scene.portal.mandate_with(&scene.inger, &bent, |one| one.items[0].privileges = reading()).await;
    let his = crate::act::Calendar { visitor: scene.portal.as_relative(&bent).await, journal: scene.journal };
    let days = his.days(WEDNESDAY, WEDNESDAY).await.unwrap();
    assert!(!days.may_act && days.rows.len() == 1);
    let refused = his.cancel(days.rows[0].id).await.unwrap_err();
    assert_eq!(told(&refused), "access.mandate.read_only Inger Holm");
    assert_eq!(scene.hers().await.lines().await, ["2026-11-11 08:00 coming"]);
}

#[both]
async fn a_municipality_without_a_calendar_has_none(store: TestStore) {
    let off = "[modules]\noff = [\"calendar\"]\n";
    let scene = Scene::decided(store, off, |inger| vec![visit(inger, "a", WEDNESDAY, 8)]).await;
    assert_eq!(told(&scene.hers().await.days(WEDNESDAY, WEDNESDAY).await.unwrap_err()), "not found");
}

#[both]
async fn each_kind_of_visit_has_the_rule_its_municipality_gave_it(store: TestStore) {
    let own =
        "[visits]\ncancel_days = 2\ncut_off_hour = 12\n[[visits.exception]]\nvisit = \"meals\"\ndays = 1\n";
    let scene = Scene::decided(store, own, |inger| {
        vec![
            visit(inger, "a", WEDNESDAY, 8),
            of_type(visit(inger, "b", WEDNESDAY, 9), "meals"),
            of_type(visit(inger, "c", WEDNESDAY, 10), "medicine"),
            of_type(visit(inger, "d", WEDNESDAY, 11), "something new"),
        ]
    })
    .await;
    let days = scene.hers().await.days(WEDNESDAY, WEDNESDAY).await.unwrap();
    let acts: Vec<Act> = days.rows.iter().map(|row| row.look.act).collect();
    let (monday, tuesday) = (at("2026-11-09", 12, 0), at("2026-11-10", 12, 0));
    assert_eq!(acts, [Act::Cancel(monday), Act::Cancel(tuesday), Act::ByPhone, Act::Cancel(monday)]);
}

#[both]
async fn a_series_is_offered_together_and_nothing_else_with_it(store: TestStore) {
    let scene = Scene::with(store, |inger| {
        let wednesdays = ["2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25", "2027-03-03"];
        let mut all: Vec<_> = (0..)
            .zip(wednesdays)
            .map(|(number, day)| in_series(visit(inger, &format!("s{number}"), day, 8), "cleaning"))
            .collect();
        all.push(in_series(visit(inger, "other", "2026-11-18", 10), "bath"));
        all.push(visit(inger, "single", "2026-11-18", 12));
        all
    })
    .await;
    let hers = scene.hers().await;
    let second = hers.days(WEDNESDAY, WEDNESDAY).await.unwrap().rows[0].id;
    let one = hers.open(second).await.unwrap();
    let days: Vec<String> = one.series.iter().map(|row| row.visit.slot.day().to_string()).collect();
    assert_eq!(days, ["2026-11-18", "2026-11-25"], "of the same series, after it, within two months");
    assert_eq!(one.row.look.standing, Standing::Coming);
}
