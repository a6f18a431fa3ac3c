//! Hjælpemidler as record systems send them: an aid on loan is a DeviceUseStatement of a Device, its way to and from the
//! citizen SupplyDeliveries of that Device; one that was granted is a CarePlan of FSIII's branch of aids. It refuses to
//! list Tasks: those that answer an application are heard by [`crate::outgoing`].
//!
//! What the contract adds: `SupplyDelivery.type` from [`DELIVERY_STEP`]; `occurrencePeriod` is the window in which somebody
//! comes; `Device.identifier` from [`HMI`] is the product's number.

use borgerportal_domain::Date;
use borgerportal_domain::aids::{Comes, DeliveryStep, Device, Granted, Lent, Told};
use serde::{Deserialize, Serialize};

use crate::codes::System;
use crate::dates;
use crate::delivery::ResourceType;
use crate::facts::codes;
use crate::heads::Heard;
use crate::json::Node;
use crate::terms::Day;

/// How far an aid on loan is: codes of [`DeliveryStep`].
pub const DELIVERY_STEP: &str = "https://borgerportal.dk/fhir/CodeSystem/delivery-step";
/// Numbers of HMI-basen.
pub const HMI: &str = "https://hmi-basen.dk/hmi-nr";

/// What is kept of a resource of this room.
#[derive(Serialize, Deserialize)]
pub struct Head(Is);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Lent {
        device: Option<String>,
        title: String,
        law: String,
        from: Option<Day>,
        until: Option<Day>,
        step: Option<DeliveryStep>,
    },
    Device {
        name: String,
        title: String,
        hmi: String,
        serial: String,
    },
    Comes {
        device: Option<String>,
        step: DeliveryStep,
        from_ms: Option<i64>,
        until_ms: Option<i64>,
        day: Option<Day>,
    },
    Granted {
        title: String,
        law: String,
        supplier: String,
        from: Option<Day>,
        until: Option<Day>,
        over: bool,
    },
}

/// What the lists of this room keep of a resource, if they have a use for it.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Option<Head> {
    let node = heard.node;
    let is = match heard.source.kind {
        ResourceType::DeviceUseStatement => {
            let (from, until) = period(node.get("timingPeriod"));
            Is::Lent {
                device: heard.name(node.get("device")),
                title: words(node.get("device")),
                law: node
                    .list("reasonCode")
                    .iter()
                    .find_map(|one| one.str("text"))
                    .unwrap_or_default()
                    .to_owned(),
                from,
                until,
                step: state(node.str("status").unwrap_or_default()),
            }
        }
        ResourceType::Device => Is::Device {
            name: heard.source.to_string(),
            title: title(node),
            hmi: named(node, HMI),
            serial: node.str("serialNumber").unwrap_or_default().to_owned(),
        },
        ResourceType::SupplyDelivery => {
            let window = |edge: &str| node.at(&["occurrencePeriod", edge]).and_then(Node::text);
            let at = node.str("occurrenceDateTime").or(window("start"));
            let clock = |text: Option<&str>| text.filter(|text| text.contains('T')).and_then(dates::instant);
            Is::Comes {
                device: heard.name(node.at(&["suppliedItem", "itemReference"])),
                step: codes(node.get("type")).find_map(DeliveryStep::from_code)?,
                from_ms: clock(at).map(borgerportal_domain::Timestamp::millis),
                until_ms: clock(window("end")).map(borgerportal_domain::Timestamp::millis),
                day: at.and_then(dates::day).map(Day),
            }
        }
        ResourceType::CarePlan => planned(node)?,
        ResourceType::Appointment
        | ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::CareTeam
        | ResourceType::ClinicalImpression
        | ResourceType::Communication
        | ResourceType::Condition
        | ResourceType::DocumentReference
        | ResourceType::Encounter
        | ResourceType::EpisodeOfCare
        | ResourceType::Goal
        | ResourceType::Location
        | ResourceType::Observation
        | ResourceType::Organization
        | ResourceType::Patient
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::Procedure
        | ResourceType::Provenance
        | ResourceType::QuestionnaireResponse
        | ResourceType::RelatedPerson
        | ResourceType::ServiceRequest
        | ResourceType::Task => return None,
    };
    Some(Head(is))
}

fn planned(node: &Node<'_>) -> Option<Is> {
    let detail = node.list("activity").iter().find_map(|activity| activity.get("detail"))?;
    let (from, until) = period(node.get("period"));
    Some(Is::Granted {
        title: granted(node, detail)?,
        law: law(detail),
        supplier: detail.list("performer").first().map(|one| words(Some(one))).unwrap_or_default(),
        from,
        until,
        over: matches!(node.str("status"), Some("completed" | "revoked")),
    })
}

fn period(period: Option<&Node<'_>>) -> (Option<Day>, Option<Day>) {
    let edge = |name| period.and_then(|period| period.str(name)).and_then(dates::day).map(Day);
    (edge("start"), edge("end"))
}

fn words(reference: Option<&Node<'_>>) -> String {
    reference.and_then(|reference| reference.str("display")).unwrap_or_default().to_owned()
}

/// A statement alone says little of where the aid is: its deliveries say more.
fn state(status: &str) -> Option<DeliveryStep> {
    match status {
        "active" => Some(DeliveryStep::Delivered),
        "intended" => Some(DeliveryStep::Ordered),
        "completed" | "stopped" => Some(DeliveryStep::Returned),
        _ => None,
    }
}

fn title(device: &Node<'_>) -> String {
    let own = device.list("deviceName").iter().find_map(|name| name.str("name"));
    own.or_else(|| device.at(&["type", "text"]).and_then(Node::text)).unwrap_or_default().to_owned()
}

fn named(node: &Node<'_>, system: &str) -> String {
    let ours = node.list("identifier").iter().find(|one| one.str("system") == Some(system));
    ours.and_then(|one| one.str("value")).unwrap_or_default().to_owned()
}

/// What was granted, in the municipality's words, else in those of the code.
fn granted(plan: &Node<'_>, detail: &Node<'_>) -> Option<String> {
    let own = plan.str("title").or_else(|| detail.at(&["code", "text"]).and_then(Node::text));
    let coded =
        || codes(detail.get("code")).find_map(|code| System::Fsiii.concept(code)).map(|one| one.label);
    own.or_else(coded).map(str::to_owned)
}

/// The paragraph that the code stands under.
fn law(detail: &Node<'_>) -> String {
    let concept = codes(detail.get("code")).find_map(|code| System::Fsiii.concept(code));
    let above = concept.and_then(|concept| concept.above()).filter(|above| above.label.starts_with('§'));
    above.map(|above| above.label.to_owned()).unwrap_or_default()
}

impl Head {
    /// Reads a head that was kept.
    pub fn read(kept: &[u8]) -> Option<Self> {
        serde_json::from_slice(kept).ok()
    }

    /// As the room has it.
    #[must_use]
    pub fn told(self) -> Told {
        let day = |day: Option<Day>| -> Option<Date> { day.map(|day| day.0) };
        let instant = |ms: Option<i64>| ms.map(borgerportal_domain::Timestamp::from_millis);
        match self.0 {
            Is::Lent { device, title, law, from, until, step } => {
                Told::Lent(Lent { device, title, law, from: day(from), until: day(until), step })
            }
            Is::Device { name, title, hmi, serial } => Told::Device(Device { name, title, hmi, serial }),
            Is::Comes { device, step, from_ms, until_ms, day: on } => Told::Comes(Comes {
                device,
                step,
                from: instant(from_ms),
                until: instant(until_ms),
                on: day(on),
            }),
            Is::Granted { title, law, supplier, from, until, over } => {
                Told::Granted(Granted { title, law, supplier, from: day(from), until: day(until), over })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::{Delivery, Room};
    use crate::ingest::{Limits, read};
    use serde_json::{Value, json};

    fn delivery(resources: &[Value]) -> Delivery {
        let patient = json!({ "resourceType": "Patient", "id": "p",
            "identifier": [{ "system": crate::CPR, "value": "7205440012" }] });
        let put = |one: &Value| {
            let name = format!("{}/{}", one["resourceType"].as_str().unwrap(), one["id"].as_str().unwrap());
            json!({ "fullUrl": name, "resource": one, "request": { "method": "PUT", "url": name } })
        };
        let entries: Vec<Value> = std::iter::once(&patient).chain(resources).map(put).collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "transaction", "timestamp": "2026-11-03T10:00:00+01:00",
            "entry": entries });
        read(bundle.to_string().as_bytes(), &Limits::default()).unwrap()
    }

    fn told(resources: &[Value]) -> Vec<Told> {
        let delivery = delivery(resources);
        let heads = delivery.citizens[0].items.iter().filter(|item| item.room == Room::Aids);
        heads.filter_map(|item| Head::read(&item.entry.as_ref()?.head)).map(Head::told).collect()
    }

    fn whose() -> Value {
        json!({ "reference": "Patient/p" })
    }

    #[test]
    fn a_loan_its_device_and_its_way_belong_together() {
        let device = json!({ "resourceType": "Device", "id": "d", "patient": whose(), "serialNumber": "R-17",
            "identifier": [{ "system": HMI, "value": "34512" }], "deviceName": [{ "name": "Rollator" }] });
        let lent = json!({ "resourceType": "DeviceUseStatement", "id": "u", "subject": whose(), "status": "active",
            "device": { "reference": "Device/d", "display": "Rollator" }, "timingPeriod": { "start": "2026-09-01" },
            "reasonCode": [{ "text": "Serviceloven § 112" }] });
        let comes = json!({ "resourceType": "SupplyDelivery", "id": "s", "patient": whose(), "status": "in-progress",
            "type": { "coding": [{ "system": DELIVERY_STEP, "code": "on_the_way" }] },
            "suppliedItem": { "itemReference": { "reference": "Device/d" } },
            "occurrencePeriod": { "start": "2026-11-05T09:00:00+01:00", "end": "2026-11-05T12:00:00+01:00" } });
        let told = told(&[device, lent, comes]);
        let [Told::Device(device), Told::Lent(lent), Told::Comes(comes)] = told.as_slice() else {
            panic!("{told:?}")
        };
        assert_eq!((device.hmi.as_str(), device.serial.as_str()), ("34512", "R-17"));
        assert_eq!(lent.device.as_ref(), Some(&device.name));
        assert_eq!(comes.device.as_ref(), Some(&device.name));
        assert_eq!((comes.step, comes.on), (DeliveryStep::OnTheWay, Some(Date::constant(2026, 11, 5))));
        assert!(comes.from < comes.until && comes.from.is_some());
    }

    #[test]
    fn what_was_granted_has_the_paragraph_of_its_code() {
        let plan = json!({ "resourceType": "CarePlan", "id": "c", "subject": whose(), "status": "active", "intent": "plan",
            "period": { "start": "2026-01-01", "end": "2027-12-31" },
            "activity": [{ "detail": { "status": "in-progress", "performer": [{ "display": "Bandagisten" }],
                "code": { "text": "Kompressionsstrømper", "coding": [{ "system": "urn:oid:1.2.208.176.2.21",
                    "code": "6b6bbece-97df-4d9e-8cfe-6b16354ed685" }] } } }] });
        let told = told(&[plan]);
        let [Told::Granted(granted)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(
            (granted.title.as_str(), granted.law.as_str()),
            ("Kompressionsstrømper", "§ 112 i Serviceloven")
        );
        assert_eq!((granted.supplier.as_str(), granted.over), ("Bandagisten", false));
    }

    #[test]
    fn a_step_nobody_knows_and_a_task_are_not_listed() {
        let comes = json!({ "resourceType": "SupplyDelivery", "id": "s", "patient": whose(), "status": "in-progress",
            "type": { "coding": [{ "system": DELIVERY_STEP, "code": "beamed_up" }] } });
        let task = json!({ "resourceType": "Task", "id": "t", "status": "accepted", "intent": "order", "for": whose() });
        assert!(told(&[comes, task]).is_empty());
    }
}
