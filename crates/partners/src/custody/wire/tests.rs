use serde_json::{Value, json};

use super::*;

/// 21 November 2026, 12:00 UTC.
const NOW: Timestamp = Timestamp::from_seconds(1_795_262_400);
const MOTHER: &str = "6408840014";
const FATHER: &str = "7709800015";
const AUNT: &str = "6101700016";

fn emil() -> Value {
    json!({
        "persondata": {
            "personnummer": "7403114013",
            "navn": {"personadresseringsnavn": "Emil Prøvesen", "fornavn": "Emil", "mellemnavn": "Aksel", "efternavn": "Prøvesen"},
            "foedselsdato": {"dato": "2011-03-14"},
            "status": {"status": 1},
        },
        "relationer": {
            "mor": {"personnummer": MOTHER},
            "far": {"personnummer": FATHER},
            "foraeldremyndighed": [
                {"foraeldremyndighedtype": 3, "foraeldremyndighedStartdato": {"dato": "2011-03-14"}},
            ],
        },
    })
}

fn asked(person: &str, records: &[Value]) -> Result<Vec<CustodyOf>, &'static str> {
    children(json!({ "personer": records }).to_string().as_bytes(), &Cpr::parse(person).unwrap(), NOW)
}

fn one(person: &str, change: impl FnOnce(&mut Value)) -> Option<CustodyOf> {
    let mut record = emil();
    change(&mut record);
    asked(person, &[record]).unwrap().pop()
}

#[test]
fn custody_is_read_from_the_custody_block() {
    let emil = one(MOTHER, |_| ()).unwrap();
    assert_eq!(emil.child.expose(), "7403114013");
    assert_eq!(emil.name.full(), "Emil Aksel Prøvesen");
    assert_eq!(emil.birth_on.to_string(), "2011-03-14");
    assert_eq!(emil.from.unwrap().to_string(), "2011-03-14");
    assert_eq!((emil.until, emil.protected), (None, false));
    assert_eq!(format!("{emil:?}"), "CustodyOf(hidden)");
}

#[test]
fn parenthood_is_not_custody() {
    assert_eq!(one(FATHER, |_| ()), None);
    assert_eq!(one(MOTHER, |record| record["relationer"]["foraeldremyndighed"] = json!([])), None);
    assert_eq!(one(MOTHER, |record| record["relationer"] = json!({"mor": {"personnummer": MOTHER}})), None);
}

#[test]
fn others_hold_custody_when_they_are_named() {
    let aunt = |record: &mut Value| {
        record["relationer"]["foraeldremyndighed"] = json!([
            {"foraeldremyndighedtype": 5, "relationPersonnummer": AUNT},
            {"foraeldremyndighedtype": 6},
        ]);
    };
    assert!(one(AUNT, aunt).is_some());
    assert_eq!(one(MOTHER, aunt), None);
}

#[test]
fn a_named_holder_wins_over_the_relation() {
    let named = |record: &mut Value| {
        record["relationer"]["foraeldremyndighed"][0]["relationPersonnummer"] = json!(AUNT);
    };
    assert!(one(AUNT, named).is_some());
    assert_eq!(one(MOTHER, named), None);
}

#[test]
fn dates_are_handed_on_and_an_uncertain_start_is_none() {
    let block = |value: Value| {
        move |record: &mut Value| {
            record["relationer"]["foraeldremyndighed"] = json!([value]);
        }
    };
    let ended =
        one(MOTHER, block(json!({"foraeldremyndighedtype": 3, "foraeldremyndighedSletdato": "2026-11-20"})));
    assert_eq!(ended.unwrap().until.unwrap().to_string(), "2026-11-20");
    let uncertain = json!({"foraeldremyndighedtype": 3,
        "foraeldremyndighedStartdato": {"dato": "2011-03-14", "usikkerhedsmarkering": "*"}});
    assert_eq!(one(MOTHER, block(uncertain)).unwrap().from, None);
}

#[test]
fn the_number_in_force_is_followed_and_superseded_records_are_not() {
    let moved = one(MOTHER, |record| record["persondata"]["gaeldendePersonnummer"] = json!("7403114099"));
    assert_eq!(moved.unwrap().child.expose(), "7403114099");
    for status in [30, 50, 60, 90] {
        assert_eq!(one(MOTHER, |record| record["persondata"]["status"]["status"] = json!(status)), None);
    }
    for status in [1, 3, 7, 20, 70, 80] {
        assert!(one(MOTHER, |record| record["persondata"]["status"]["status"] = json!(status)).is_some());
    }
}

#[test]
fn protection_counts_unless_it_is_clearly_over() {
    let protected = |value: Value| {
        one(MOTHER, |record| record["persondata"]["adressebeskyttelse"] = value).unwrap().protected
    };
    assert!(protected(json!({"startdato": "2026-05-01", "beskyttet": true})));
    assert!(protected(json!({"startdato": "2026-05-01"})));
    assert!(protected(json!({})));
    assert!(protected(json!({"startdato": "2026-05-01", "slutdato": "2026-11-22"})));
    assert!(!protected(json!({"startdato": "2026-05-01", "slutdato": "2026-11-21"})));
    assert!(!protected(json!({"startdato": "2026-11-22"})));
    assert!(!protected(json!({"beskyttet": false})));
}

#[test]
fn children_come_in_the_order_of_birth() {
    let mut younger = emil();
    younger["persondata"]["personnummer"] = json!("7505164018");
    younger["persondata"]["foedselsdato"]["dato"] = json!("2016-05-15");
    let births: Vec<String> =
        asked(MOTHER, &[younger, emil()]).unwrap().iter().map(|child| child.birth_on.to_string()).collect();
    assert_eq!(births, ["2011-03-14", "2016-05-15"]);
    assert_eq!(asked(MOTHER, &[]), Ok(vec![]));
}

#[test]
fn what_cannot_be_read_is_an_error_and_never_an_empty_list() {
    let person = Cpr::parse(MOTHER).unwrap();
    for wrong in ["", "[]", "{}", r#"{"personer":null}"#, r#"{"personer":[{}]}"#, "<html>", "[[]]", " [[]]"] {
        assert!(children(wrong.as_bytes(), &person, NOW).is_err(), "{wrong}");
    }
    let broken = |change: fn(&mut Value)| {
        let mut record = emil();
        change(&mut record);
        asked(MOTHER, &[record]).unwrap_err()
    };
    broken(|record| record["persondata"]["foedselsdato"] = json!(null));
    broken(|record| record["persondata"]["foedselsdato"]["dato"] = json!("14.03.2011"));
    broken(|record| record["persondata"]["personnummer"] = json!("12"));
    broken(|record| record["relationer"]["mor"]["personnummer"] = json!("12"));
    broken(|record| record["relationer"]["foraeldremyndighed"][0]["foraeldremyndighedtype"] = json!(7));
}

#[test]
fn a_name_falls_back_to_the_addressing_name() {
    let named =
        |value: Value| one(MOTHER, |record| record["persondata"]["navn"] = value).unwrap().name.full();
    assert_eq!(named(json!({"personadresseringsnavn": "Emil P."})), "Emil P.");
    assert_eq!(named(json!({"fornavn": "Emil"})), "Emil");
    assert_eq!(named(json!(null)), "");
}
