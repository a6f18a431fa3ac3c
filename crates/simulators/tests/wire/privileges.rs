//! What the national mandate service says goes with the log-in, over the wire: as sent by the simulator, as read by us.

use crate::world::{Setting, World};
use borgerportal_domain::Cpr;
use borgerportal_identity::oidc::{Privileges, Purpose};
use borgerportal_identity::oiobpp::Unreadable;
use borgerportal_simulators::broker::{Mandated, NemLogin};
use borgerportal_simulators::{Fault, Orders};
use serde_json::json;

const INGER: &str = "7205500004";
const BENT: &str = "7106440003";
const KAJ: &str = "8311380007";

fn mandated(giver: &str, holder: &str, uris: &[&str]) -> Mandated {
    let cpr = |number| Cpr::parse(number).unwrap();
    let privileges = uris.iter().map(|&uri| uri.to_owned()).collect();
    Mandated { giver: cpr(giver), holder: cpr(holder), privileges }
}

fn everything() -> Vec<Mandated> {
    vec![
        mandated(BENT, INGER, &["urn:a", "urn:b?x=1&y=2"]),
        mandated(KAJ, INGER, &["urn:a"]),
        mandated(BENT, INGER, &["urn:c"]),
        mandated(INGER, KAJ, &["urn:a"]),
    ]
}

fn said(people: &[(&str, &[&str])]) -> Privileges {
    let of = |(number, uris): &(&str, &[&str])| {
        (Cpr::parse(number).unwrap(), uris.iter().map(|&uri| uri.to_owned()).collect())
    };
    people.iter().map(of).collect()
}

/// Inger holds two mandates; who asks for the scope is told.
async fn world(scopes: &'static [&'static str]) -> World {
    let asking: fn(&mut serde_json::Value) = if scopes.contains(&"nemlogin") {
        |party| party["scopes"] = json!(["openid", "mitid", "ssn", "nemlogin"])
    } else {
        |_| ()
    };
    let setting = Setting {
        broker: |config| config.nemlogin = NemLogin::new(everything()),
        party: asking,
        ..Setting::default()
    };
    World::of(setting).await
}

#[tokio::test]
async fn a_log_in_brings_what_others_let_the_person_do_and_nothing_they_let_others_do() {
    let world = world(&["nemlogin"]).await;
    let proven = world.log_in(Purpose::LogIn).await.unwrap();
    let expected = said(&[(BENT, &["urn:a", "urn:b?x=1&y=2", "urn:c"]), (KAJ, &["urn:a"])]);
    assert_eq!(proven.privileges, Ok(expected));
}

#[tokio::test]
async fn who_does_not_ask_is_not_told() {
    let world = world(&[]).await;
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap().privileges, Ok(Privileges::new()));
}

#[tokio::test]
async fn a_list_that_was_bent_on_the_way_keeps_nobody_out() {
    let world = world(&["nemlogin"]).await;
    let whole = said(&[(BENT, &["urn:a", "urn:b?x=1&y=2", "urn:c"]), (KAJ, &["urn:a"])]);
    for (fault, expected) in [
        (Fault::GarbledPrivileges, Err(Unreadable::Malformed)),
        (Fault::MixedPrivileges, Ok(whole)),
        (Fault::BoundPrivileges, Ok(Privileges::new())),
    ] {
        world.order(&Orders::of(std::slice::from_ref(&fault))).await;
        let proven = world.log_in(Purpose::StepUp).await.unwrap();
        assert_eq!(proven.privileges, expected, "{fault:?}");
        assert_eq!(proven.cpr.expose(), INGER);
    }
}
