//! What may pass and what gives a forbidden kind away, as plain lists. Refuses nothing by itself.

use crate::outcome::Reason;

/// Resource types that may stand as an entry.
pub(super) const ENTRIES: &[&str] = &[
    "Appointment",
    "Binary",
    "Bundle",
    "CarePlan",
    "CareTeam",
    "ClinicalImpression",
    "Communication",
    "Condition",
    "Device",
    "DeviceUseStatement",
    "DocumentReference",
    "Encounter",
    "EpisodeOfCare",
    "Goal",
    "Location",
    "Observation",
    "Organization",
    "Patient",
    "Practitioner",
    "PractitionerRole",
    "Procedure",
    "Provenance",
    "QuestionnaireResponse",
    "RelatedPerson",
    "ServiceRequest",
    "SupplyDelivery",
    "Task",
];

/// Resource types that may be contained in another: who and where, and the body of a document.
pub(super) const CONTAINED: &[&str] = &[
    "CareTeam",
    "Device",
    "Location",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "QuestionnaireResponse",
    "RelatedPerson",
];

/// Measurements that official reports of children's health visits carry as ordinary entries.
pub(super) const CHILD_GROWTH: &[&str] = &[
    "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-bodyweight",
    "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-bodyheight",
    "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-headcircum",
];

/// What a resource type is, when it is one of the forbidden kinds.
pub(super) fn forbidden_type(name: &str) -> Option<Reason> {
    match name {
        "MessageHeader" | "MessageDefinition" | "CommunicationRequest" => Some(Reason::Message),
        "DiagnosticReport"
        | "Specimen"
        | "Media"
        | "ImagingStudy"
        | "MolecularSequence"
        | "DeviceMetric"
        | "ObservationDefinition"
        | "BodyStructure"
        | "VisionPrescription" => Some(Reason::Measurement),
        "MedicinalProduct" | "SubstanceSpecification" | "NutritionOrder" | "Substance" => {
            Some(Reason::Medicine)
        }
        _ if name.starts_with("Medication") || name.starts_with("Immunization") => Some(Reason::Medicine),
        _ => None,
    }
}

/// Code systems that only forbidden kinds use. Compared in lower case.
pub(super) fn forbidden_system(system: &str) -> Option<Reason> {
    const EXACT: &[(&str, Reason)] = &[
        ("http://loinc.org", Reason::Measurement),
        ("https://loinc.org", Reason::Measurement),
        ("urn:oid:2.16.840.1.113883.6.1", Reason::Measurement),
        ("http://npu-terminology.org", Reason::Measurement),
        ("https://npu-terminology.org", Reason::Measurement),
        ("urn:oid:1.2.208.176.2.1", Reason::Measurement),
        ("urn:iso:std:iso:11073:10101", Reason::Measurement),
        ("urn:oid:2.16.840.1.113883.6.24", Reason::Measurement),
        ("http://www.whocc.no/atc", Reason::Medicine),
        ("https://www.whocc.no/atc", Reason::Medicine),
        ("urn:oid:2.16.840.1.113883.6.73", Reason::Medicine),
        ("http://www.nlm.nih.gov/research/umls/rxnorm", Reason::Medicine),
        ("http://hl7.org/fhir/sid/cvx", Reason::Medicine),
    ];
    EXACT
        .iter()
        .find(|(known, _)| system.trim_end_matches('/').eq_ignore_ascii_case(known))
        .map(|(_, reason)| *reason)
}

/// UCUM units of time: the only quantities that are no measurement (how long a visit is granted, an age).
pub(super) const TIME_UNITS: &[&str] = &["s", "min", "h", "d", "wk", "mo", "a"];

/// Members that carry a measured value or a dose, wherever they stand.
pub(super) fn forbidden_member(name: &str) -> Option<Reason> {
    match name {
        "valueQuantity"
        | "valueSampledData"
        | "valueRange"
        | "valueRatio"
        | "valueDistance"
        | "valueCount"
        | "detailQuantity"
        | "detailRange"
        | "detailRatio"
        | "detailInteger"
        | "component"
        | "referenceRange"
        | "valueSimpleQuantity" => Some(Reason::Measurement),
        "valueDosage"
        | "dosage"
        | "dosageInstruction"
        | "dailyAmount"
        | "productCodeableConcept"
        | "productReference"
        | "medication"
        | "medicationCodeableConcept"
        | "medicationReference"
        | "vaccineCode"
        | "doseAndRate"
        | "doseQuantity" => Some(Reason::Medicine),
        "valueBase64Binary" => Some(Reason::File),
        _ => None,
    }
}

/// Titles of documents that are made from what is forbidden. Words of their own, compared in lower case.
pub(super) fn forbidden_title(title: &str) -> Option<Reason> {
    const WORDS: &[(&str, Reason)] = &[
        ("medicinkvittering", Reason::Medicine),
        ("medicinkort", Reason::Medicine),
        ("medicinliste", Reason::Medicine),
        ("medicinskema", Reason::Medicine),
        ("medicinordination", Reason::Medicine),
        ("korrespondancemeddelelse", Reason::Message),
        ("korrespondancebrev", Reason::Message),
        ("medcom", Reason::Message),
        ("laboratoriesvar", Reason::Measurement),
        ("måleresultat", Reason::Measurement),
    ];
    let title = title.to_lowercase();
    WORDS.iter().find(|(word, _)| title.contains(word)).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_may_stand_anywhere_is_forbidden() {
        for name in ENTRIES {
            assert_eq!(forbidden_type(name), None, "{name}");
            assert!(ENTRIES.iter().filter(|other| *other == name).count() == 1, "{name} twice");
        }
        for name in CONTAINED {
            assert!(ENTRIES.contains(name), "{name} may be contained, but not come by itself");
            assert!(!["Patient", "Bundle", "Binary", "DocumentReference"].contains(name), "{name}");
        }
    }

    #[test]
    fn whole_families_are_forbidden_by_their_first_word() {
        for (name, reason) in [
            ("Medication", Reason::Medicine),
            ("MedicationRequest", Reason::Medicine),
            ("MedicationKnowledge", Reason::Medicine),
            ("ImmunizationRecommendation", Reason::Medicine),
            ("MedicinalProduct", Reason::Medicine),
            ("MessageHeader", Reason::Message),
            ("CommunicationRequest", Reason::Message),
            ("DiagnosticReport", Reason::Measurement),
            ("DeviceMetric", Reason::Measurement),
        ] {
            assert_eq!(forbidden_type(name), Some(reason), "{name}");
        }
        // Names are those of FHIR to the letter: nothing else is a resource type at all.
        for name in ["", "medication", "Communication", "Device", "Basic", "Parameters", "Observation"] {
            assert_eq!(forbidden_type(name), None, "{name}");
        }
    }

    #[test]
    fn a_code_system_is_known_however_its_address_is_written() {
        for (system, reason) in [
            ("http://loinc.org", Some(Reason::Measurement)),
            ("HTTPS://LOINC.org/", Some(Reason::Measurement)),
            ("http://loinc.org//", Some(Reason::Measurement)),
            ("urn:oid:1.2.208.176.2.1", Some(Reason::Measurement)),
            ("URN:OID:2.16.840.1.113883.6.73", Some(Reason::Medicine)),
            ("http://www.whocc.no/atc/", Some(Reason::Medicine)),
            // The municipal code lists lie beside NPU under the same national number.
            ("urn:oid:1.2.208.176.2.21", None),
            ("urn:oid:1.2.208.176.2.1.1", None),
            ("http://loinc.org.example", None),
            ("http://snomed.info/sct", None),
            ("", None),
        ] {
            assert_eq!(forbidden_system(system), reason, "{system}");
        }
    }

    #[test]
    fn a_title_gives_away_what_a_document_was_made_from() {
        for (title, reason) in [
            ("Medicinkort", Some(Reason::Medicine)),
            ("MEDICINLISTE pr. 3. november", Some(Reason::Medicine)),
            ("Kopi af Korrespondancemeddelelse", Some(Reason::Message)),
            ("MedCom-epikrise", Some(Reason::Message)),
            ("MÅLERESULTATER uge 44", Some(Reason::Measurement)),
            ("Hjælp til medicin", None),
            ("Korrespondance med borgeren", None),
            ("Måltider", None),
            ("", None),
        ] {
            assert_eq!(forbidden_title(title), reason, "{title}");
        }
    }

    #[test]
    fn every_kind_of_value_with_a_number_or_a_dose_is_a_forbidden_member() {
        for unit in ["Quantity", "SampledData", "Range", "Ratio", "SimpleQuantity"] {
            assert_eq!(forbidden_member(&format!("value{unit}")), Some(Reason::Measurement), "{unit}");
        }
        for name in
            ["dosage", "dosageInstruction", "medicationCodeableConcept", "vaccineCode", "doseQuantity"]
        {
            assert_eq!(forbidden_member(name), Some(Reason::Medicine), "{name}");
        }
        assert_eq!(forbidden_member("valueBase64Binary"), Some(Reason::File));
        for name in ["valueCodeableConcept", "valueString", "valueDuration", "value", "Quantity", "note", ""]
        {
            assert_eq!(forbidden_member(name), None, "{name}");
        }
        assert!(TIME_UNITS.iter().all(|unit| !["kg", "mg", "ml", "cm", "mm[Hg]", "Cel", "m"].contains(unit)));
    }
}
