//! What reading costs. Not part of the ordinary run; see the line below.
//! `cargo test --release -p borgerportal-fhir --test deliveries cost -- --ignored --nocapture`

use std::time::{Duration, Instant};

use borgerportal_fhir::gate;
use borgerportal_fhir::render::{Lang, body};
use serde_json::Value;

use crate::common::*;

/// A report of about 25 kB: as many conditions, goals, grants and visits as the largest official one.
fn large_report() -> Vec<u8> {
    let mut all: Vec<Value> = Vec::new();
    for number in 0..12 {
        all.extend([
            condition(&format!("c{number}")),
            goal(&format!("g{number}")),
            care_plan(&format!("p{number}")),
            encounter(&format!("e{number}")),
        ]);
    }
    let mut bundle = report("large", "2021-02-10T11:14:09Z", &all);
    bundle["meta"] = serde_json::json!({ "profile": ["http://fhir.kl.dk/gateway/StructureDefinition/klgateway-care-delivery-report"] });
    serde_json::to_vec_pretty(&bundle).unwrap()
}

/// The lower quartile: a busy machine only ever adds.
fn quartile(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..301)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[75]
}

#[test]
#[ignore = "measures; meaningful with --release only"]
fn a_large_report_is_read_in_less_than_a_millisecond() {
    let bytes = large_report();
    let delivery = read(&bytes).unwrap();
    let raw = &delivery.citizens[0].items.last().unwrap().raw;
    let reading = quartile(|| drop(read(&bytes).unwrap()));
    let showing = quartile(|| assert!(gate::may_show(raw)));
    let rendering = quartile(|| assert!(!body(raw, Lang::Da).is_empty()));
    println!("{} bytes, {} items: read {reading:?}", bytes.len(), delivery.len());
    println!("{} bytes of report: gate {showing:?}, render {rendering:?}", raw.len());
    assert!(reading < Duration::from_millis(1), "{reading:?}");
}
