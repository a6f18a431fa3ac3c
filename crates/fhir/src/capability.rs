//! What the door says of itself: the CapabilityStatement. Only what is true of the ingest side; it refuses
//! to promise reads, searches or formats that are not there.

use borgerportal_domain::Date;
use serde_json::{Value, json};

use crate::delivery::ResourceType;
use crate::ingest::Limits;

/// The statement of one municipality's door. `base` is its full address, `released` the day of this software
/// version.
pub fn statement(base: &str, software_version: &str, released: Date, limits: &Limits) -> Value {
    let types: Vec<&str> = ResourceType::ALL.iter().map(|kind| kind.name()).collect();
    let documentation = format!(
        "Takes in Bundles by POST to the base address: transaction (all or nothing), batch (entry by entry) and, \
         as KL's guides send them, collection (delivery reports, also inside an incremental delivery). At most \
         {} bytes and {} entries. Resource types: {}. Observations only as coded evaluations; files only as PDF, \
         PNG or JPEG. Messages between professionals, measurements and medicine are refused wherever they stand. \
         Versions are ordered by meta.lastUpdated, else Bundle.timestamp, else meta.versionId; at the same time \
         entered-in-error counts. DELETE needs the extension deletion-reason. Nothing can be read here.",
        limits.bytes,
        limits.entries,
        types.join(", "),
    );
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": released.to_string(),
        "kind": "instance",
        "software": { "name": "Borgerportal", "version": software_version },
        "implementation": { "description": "Record door of one municipality", "url": base },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{
            "mode": "server",
            "documentation": documentation,
            "security": {
                "cors": false,
                "service": [{ "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                    "code": "OAuth",
                }] }],
                "description": "OAuth 2.0 client credentials, bound to one municipality.",
            },
            "interaction": [{ "code": "transaction" }, { "code": "batch" }],
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_states_limits_types_and_nothing_that_is_not_there() {
        let released = Date::constant(2026, 11, 21);
        let statement = statement("https://example.dk/fhir/0217", "0.1.0", released, &Limits::default());
        let text = statement.to_string();
        assert_eq!(statement["fhirVersion"], "4.0.1");
        assert!(text.contains("5242880 bytes and 1000 entries"));
        assert!(!text.contains("search-type") && !text.contains("\"read\""));
        insta::assert_snapshot!(serde_json::to_string_pretty(&statement).unwrap());
    }
}
