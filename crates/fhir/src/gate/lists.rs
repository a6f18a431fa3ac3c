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
