//! What a log-in says of mandates: read like any list of privileges, and never the reason that a log-in fails.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::Cpr;
use serde_json::{Value, json};

use super::log_in;
use crate::oidc::Privileges;
use crate::oiobpp::{Constraint, Group, NAMESPACE_OLD, Scope, Unreadable, write_attribute};

const CLAIM: &str = "https://data.gov.dk/model/core/eid/privilegesIntermediate";
const INGER: &str = "7205500004";
const POUL: &str = "8311380007";

fn cpr(number: &str) -> Cpr {
    Cpr::parse(number).unwrap()
}

fn group(number: &str, uris: &[&str]) -> Group {
    Group::over(Scope::Person(cpr(number)), uris.iter().map(|&uri| uri.to_owned()).collect())
}

fn sent(groups: &[Group]) -> Value {
    json!(write_attribute(groups).unwrap())
}

#[expect(clippy::unnecessary_wraps, reason = "as a log-in says it, which can also be unreadable")]
fn said(people: &[(&str, &[&str])]) -> Result<Privileges, Unreadable> {
    let of =
        |(number, uris): &(&str, &[&str])| (cpr(number), uris.iter().map(|&uri| uri.to_owned()).collect());
    Ok(people.iter().map(of).collect())
}

#[test]
fn most_people_help_nobody() {
    assert_eq!(log_in().proven().unwrap().privileges, Ok(BTreeMap::new()));
    assert_eq!(log_in().told(CLAIM, json!(null)).proven().unwrap().privileges, Ok(BTreeMap::new()));
}

#[test]
fn groups_of_one_giver_are_put_together() {
    let list = sent(&[group(INGER, &["urn:a"]), group(POUL, &["urn:a", "urn:b"]), group(INGER, &["urn:c"])]);
    let expected = said(&[(INGER, &["urn:a", "urn:c"]), (POUL, &["urn:a", "urn:b"])]);
    assert_eq!(log_in().told(CLAIM, list.clone()).proven().unwrap().privileges, expected, "in userinfo");
    assert_eq!(log_in().with(CLAIM, list.clone()).proven().unwrap().privileges, expected, "in the token");
    let other = log_in().with("oio_bpp", list).of_party(|config| {
        config["claims"] = json!({ "privileges": "oio_bpp" });
    });
    assert_eq!(other.proven().unwrap().privileges, expected, "under the name another provider has for it");
}

#[test]
fn the_signed_list_wins_over_the_one_beside_it() {
    let it = log_in()
        .with(CLAIM, sent(&[group(INGER, &["urn:read"])]))
        .told(CLAIM, sent(&[group(INGER, &["urn:read", "urn:act"])]));
    assert_eq!(it.proven().unwrap().privileges, said(&[(INGER, &["urn:read"])]));
}

#[test]
fn a_group_under_a_condition_is_void_and_the_others_stand() {
    let condition = Constraint { name: "urn:dk:kombit:orgUnit".to_owned(), value: "1".to_owned() };
    let bound = Group { constraints: vec![condition], ..group(POUL, &["urn:a"]) };
    let it = log_in().told(CLAIM, sent(&[bound, group(INGER, &["urn:a"])]));
    assert_eq!(it.proven().unwrap().privileges, said(&[(INGER, &["urn:a"])]));
}

#[test]
fn a_company_is_nobody_here() {
    let company = Scope::Other("urn:dk:gov:saml:cvrNumberIdentifier:90000001".to_owned());
    let it = log_in().told(CLAIM, sent(&[Group::over(company, vec!["urn:a".to_owned()])]));
    assert_eq!(it.proven().unwrap().privileges, Ok(BTreeMap::new()));
}

#[test]
fn what_cannot_be_read_is_no_privilege_and_no_reason_to_refuse_a_person() {
    let packed = |xml: &str| json!(BASE64_STANDARD.encode(xml));
    let group = format!("<PrivilegeGroup Scope=\"urn:dk:gov:saml:cprNumberIdentifier:{INGER}\">");
    let body = format!("{group}<Privilege>urn:a</Privilege></PrivilegeGroup>");
    let list =
        |inner: &str| format!("<b:PrivilegeList xmlns:b=\"{NAMESPACE_OLD}\">{inner}</b:PrivilegeList>");
    assert_eq!(
        log_in().told(CLAIM, packed(&list(&body))).proven().unwrap().privileges,
        said(&[(INGER, &["urn:a"])]),
        "the old namespace is read"
    );
    let comment = body.replace("urn:a", "urn:a<!-- -->b");
    for (why, value) in [
        (Unreadable::Malformed, json!(7)),
        (Unreadable::Malformed, json!([list(&body)])),
        (Unreadable::Malformed, json!("")),
        (Unreadable::Base64, json!("<PrivilegeList/>")),
        (Unreadable::Root, packed("<PrivilegeList/>")),
        (Unreadable::Root, packed("<p:PrivilegeList xmlns:p=\"http://elsewhere.example/\"/>")),
        (Unreadable::Doctype, packed(&format!("<!DOCTYPE a>{}", list(&body)))),
        (Unreadable::Interrupted, packed(&list(&comment))),
        (Unreadable::Missing, packed(&list(&body.replace("Scope=", "scope=")))),
        (Unreadable::Element, packed(&list(&format!("{body}<Note/>")))),
        // Two groups in two namespaces, one of them nobody's: the whole list goes.
        (Unreadable::Element, packed(&list(&format!("{body}<x:PrivilegeGroup xmlns:x=\"urn:x\"/>")))),
        (Unreadable::TooLarge, json!("A".repeat(600_000))),
    ] {
        let proven = log_in().told(CLAIM, value).proven().unwrap();
        assert_eq!(proven.privileges, Err(why));
        assert_eq!(proven.cpr, cpr(INGER), "the person is in");
        assert!(!why.to_string().contains(INGER), "{why}");
    }
}
