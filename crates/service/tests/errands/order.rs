//! Any order and any repetition of any deliveries ends the same, as the reference says: made-up series, new ones
//! at every run, the shortest failing one told.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_fhir::state::fold;
use borgerportal_store::testing::TestStore;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::Value;
use std::cell::Cell;

/// Which thing, what happens to it, when (times repeat), and in which report.
type Step = (u8, u8, u8, u8);

fn bundle_of(who: &Somebody, (which, what, when, report_number): Step) -> Value {
    let id = |name: &str| format!("{name}-{}", name_of(who));
    let at = format!("2021-0{}-01T00:00:00Z", when + 1);
    let mut resource = match which {
        0 => condition(who, &id("walk")),
        1 => encounter(who, &id("visit")),
        2 => care_plan(who, &id("wash")),
        3 => form(who, &id("form"), "Sover godt"),
        _ => with_form(document(who, &id("d"), "assessment", "Udredning", "2021-01-01"), &id("form")),
    };
    if which == 2 && what != 3 {
        resource["activity"][0]["detail"]["description"] = "Sådan gør vi".into();
    }
    match what {
        0 => {}
        1 => resource = wrong(resource),
        2 => resource = with_note(resource, &format!("Bemærkning {report_number}")),
        _ => {
            let kind = resource["resourceType"].as_str().unwrap();
            return deletion(&at, &format!("{kind}/{}", resource["id"].as_str().unwrap()));
        }
    }
    let mut resources = vec![patient(who), resource];
    if which == 4 {
        resources.push(form(who, &id("form"), "Sover godt"));
    } else if report_number % 2 == 1 {
        resources.push(condition(who, &id("other")));
    }
    report(&id(&format!("r{report_number}")), &at, &resources)
}

#[both]
fn any_order_and_any_repetition_ends_the_same(store: TestStore) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let portal = Portal::open(store);
    let number = Cell::new(1_000);
    let steps = prop::collection::vec((0u8..5, 0u8..4, 0u8..4, 0u8..3), 1..7);
    let order = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let result = runner.run(&(steps, order), |(steps, order)| {
        number.set(number.get() + 1);
        let ends = async {
            let who = portal.person(number.get(), "Inger", "1943-05-12").await;
            let bundles: Vec<Value> = steps.iter().map(|step| bundle_of(&who, *step)).collect();
            let state = fold(&bundles.iter().map(delivery).collect::<Vec<_>>());
            let mixed = order.iter().map(|at| at.get(&bundles)).chain(bundles.iter().rev());
            for bundle in mixed {
                portal.deliver(bundle).await;
            }
            let reader = portal.as_citizen(&who).await;
            portal.reads_as(&reader, &who.cpr, &state, &format!("{steps:?} {order:?}")).await;
        };
        let ends = std::panic::AssertUnwindSafe(|| runtime.block_on(ends));
        std::panic::catch_unwind(ends).map_err(|_| TestCaseError::fail("ended otherwise"))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
