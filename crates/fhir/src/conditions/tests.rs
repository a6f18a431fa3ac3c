//! From a delivery to what the room tells, in both vocabularies.

use super::*;
use borgerportal_domain::conditions::Overview;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::{Lang, glossary};
use serde_json::{Value, json};

use crate::delivery::Room;
use crate::heads::testing::delivered;

const FSIII: &str = "urn:oid:1.2.208.176.2.21";

fn coded(code: &str) -> Value {
    json!({ "coding": [{ "system": FSIII, "code": code, "display": "what a sender says is not shown" }] })
}

fn condition(id: &str, code: &str, level: Option<&str>) -> Value {
    let mut condition = json!({ "resourceType": "Condition", "id": id, "code": coded(code),
        "subject": { "reference": "Patient/p" }, "recordedDate": "2026-03-01" });
    if let Some(level) = level {
        condition["severity"] = coded(level);
    }
    condition
}

fn observation(id: &str, about: &str, code: &Value, value: &Value, on: &str) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": code, "effectiveDateTime": on,
        "subject": { "reference": "Patient/p" }, "focus": [{ "reference": format!("Condition/{about}") }],
        "valueCodeableConcept": value })
}

fn follow_up(id: &str, about: &str, result: &str, on: &str) -> Value {
    let code = json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "712744002" }] });
    observation(id, about, &code, &coded(result), on)
}

fn goal(about: &str, level: &str) -> Value {
    json!({ "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "startDate": "2026-03-01",
        "subject": { "reference": "Patient/p" }, "addresses": [{ "reference": format!("Condition/{about}") }],
        "description": coded("e182c5dc-9f91-474a-92e8-f62be3d498f4"),
        "target": [{ "detailCodeableConcept": coded(level) }] })
}

/// What the room tells of a delivery, kept and read again.
fn told(resources: &[Value]) -> Overview {
    let items = delivered(resources, Room::Conditions);
    let heads = items.iter().filter_map(|item| {
        let kept = Head::read(&item.entry.as_ref()?.head)?;
        let held = Held { id: ItemId::from_bytes([7; 16]), has_text: false, it: () };
        Some(kept.told(&held, copenhagen_date(item.sort_at), item.stamp.rank.number() == 1))
    });
    Overview::of(heads.collect())
}

fn only(overview: &Overview) -> &borgerportal_domain::conditions::Story {
    let mut stories = overview.stories();
    let story = stories.next().unwrap();
    assert!(stories.next().is_none());
    story
}

#[test]
fn a_uuid_and_a_short_code_are_told_alike() {
    let short =
        told(&[condition("c", "J3.8", Some("B3")), goal("c", "B2"), follow_up("f", "c", "E1", "2026-03-20")]);
    let uuid = told(&[
        condition("c", "51697715-965a-40f3-b4a5-819103bf9d49", Some("d984ad21-48fe-4619-845e-2aa0303048e7")),
        goal("c", "fcc16cb1-41f0-4832-b834-110fba0aaabe"),
        follow_up("f", "c", "9c90b0e5-9c0a-4b72-a18c-76cd6d6c6213", "2026-03-20"),
    ]);
    let story = only(&short);
    assert_eq!(story.condition.it.what, Term::new("J3.8", "Gå"));
    assert_eq!(story.condition.it.area, Term::new("J3", "Mobilitet"));
    assert_eq!(story.condition.it.branch, Branch::Everyday);
    let level = story.condition.it.level.as_ref().unwrap();
    assert_eq!((level.what.label.as_ref(), level.height), ("Moderate begrænsninger", Some(2)), "B3 is 2");
    assert_eq!(story.expected().and_then(|level| level.height), Some(1));
    assert_eq!(
        story.goals[0].it.aim.as_ref().unwrap().label,
        "Tilstand forsvinder, mindskes eller forbliver uændret"
    );
    let other = only(&uuid);
    assert_eq!((&other.condition, &other.goals), (&story.condition, &story.goals));
}

#[test]
fn what_was_noted_on_a_day_is_read_by_its_code() {
    let overview = told(&[
        condition("c", "J1.1", Some("B5")),
        observation("o1", "c", &coded("C"), &coded("C2"), "2026-03-02"),
        observation("o2", "c", &coded("D"), &coded("D2"), "2026-03-02"),
        observation("o3", "c", &coded("B"), &coded("B4"), "2026-03-20"),
        follow_up("o4", "c", "E2", "2026-03-20"),
    ]);
    let story = only(&overview);
    assert_eq!(story.performance.as_ref().unwrap().label, "Udfører dele af");
    assert_eq!(story.meaning.as_ref().unwrap().label, "Oplever begrænsninger");
    let heights: Vec<Option<u8>> =
        story.steps.iter().map(|step| step.level.as_ref().and_then(|level| level.height)).collect();
    assert_eq!(heights, [Some(4), Some(3)]);
    assert_eq!(story.followed_up().unwrap().1.label, "Ændres inden for rammen");
}

#[test]
fn not_relevant_has_a_name_but_no_place_on_the_scale() {
    let overview = told(&[condition("c", "J5.1", Some("B6"))]);
    let level = only(&overview).condition.it.level.as_ref().unwrap();
    assert_eq!((level.what.label.as_ref(), level.height), ("Ikke relevant", None));
}

#[test]
fn areas_and_branches_are_those_of_the_lists() {
    for (code, area, branch) in [
        ("I4.6", "Hud og slimhinder", Branch::Health),
        ("I12", "Udskillelse af affaldsstoffer", Branch::Health),
        ("J2.2", "Praktiske opgaver", Branch::Everyday),
        ("Mobilitet", "Mobilitet", Branch::Aids),
        ("40cbf3ef-9ec0-4795-bb3b-ea7c788b49e2", "Sanser og smerter", Branch::Rehabilitation),
        ("57b8979f-cf46-4312-aafa-3a0dd93aa921", "Sundhedsadfærd", Branch::Prevention),
    ] {
        let overview = told(&[condition("c", code, None)]);
        let it = &only(&overview).condition.it;
        assert_eq!((it.area.label.as_ref(), it.branch), (area, branch), "{code}");
    }
}

#[test]
fn what_no_list_knows_is_called_what_the_sender_calls_it() {
    let mut unknown = condition("c", "J99", None);
    unknown["code"]["coding"][0]["display"] = json!("Noget nyt");
    assert_eq!(only(&told(&[unknown])).condition.it.what, Term::new("", "Noget nyt"));
    let mut free = condition("c", "J1.1", None);
    free["code"] = json!({ "text": "Er i sorg. Det har varet længe." });
    let overview = told(&[free]);
    let condition = &only(&overview).condition;
    assert_eq!(condition.it.what, Term::new("", "Er i sorg"));
    assert!(condition.has_text, "the whole of it can be read");
}

#[test]
fn texts_are_noted_but_not_kept_in_the_head() {
    let mut noted = condition("c", "J1.1", None);
    noted["note"] = json!([{ "text": "HEMMELIGT" }]);
    let overview = told(&[noted]);
    assert!(only(&overview).condition.has_text);
    assert!(!format!("{overview:?}").contains("HEMMELIGT"));
    assert!(!only(&told(&[condition("c", "J1.1", None)])).condition.has_text);
}

#[test]
fn an_ended_condition_is_history_and_a_cancelled_remark_is_nothing() {
    let mut ended = condition("c", "I7.1", None);
    ended["clinicalStatus"] = json!({ "coding": [{ "code": "inactive" }] });
    let mut cancelled = follow_up("f", "c", "E3", "2026-03-02");
    cancelled["status"] = json!("cancelled");
    let overview = told(&[ended, cancelled]);
    assert!(overview.now.is_empty() && overview.before.len() == 1);
    assert_eq!(overview.before[0].followed_up(), None);
}

#[test]
fn a_remark_about_an_area_stands_for_itself() {
    let mut remark =
        observation("o", "c", &coded("J3"), &json!({ "text": "Går tur hver dag" }), "2026-03-02");
    remark.as_object_mut().unwrap().remove("focus");
    let overview = told(&[remark]);
    assert_eq!(overview.information[0].it.what, Term::new("J3", "Mobilitet"));
    assert!(overview.information[0].has_text);
}

/// The lists whose terms this room and the next one show.
fn shown() -> impl Iterator<Item = Concept> {
    let tops = ["I", "J", "B", "C", "D", "E", "F", "Kommunalt_hjaelpemiddelomraade_tilstande"];
    let uuids =
        ["94db6c71", "0fa991ef", "59c107b1", "b3ddc7d7", "e89d317c", "7ac451dc", "b5257b2d", "90479ffa"];
    [System::Fsiii, System::Ffb].into_iter().flat_map(System::concepts).filter(move |concept| {
        let top = concept.top();
        tops.contains(&top.short) || uuids.iter().any(|uuid| top.code.starts_with(uuid))
    })
}

#[test]
fn every_condition_theme_and_level_has_plain_words_in_both_languages() {
    let unexplained: Vec<String> = shown()
        .filter(|concept| glossary::meaning(concept.key()).is_none())
        .map(|concept| format!("{} {}", concept.key(), concept.label))
        .collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    assert_eq!(shown().count(), 353);
    for concept in shown() {
        let meaning = glossary::meaning(concept.key()).unwrap();
        assert_ne!(meaning.text(Lang::Da), concept.label, "a name does not explain itself");
    }
}
