//! The national mandate service behind the broker: who has been given what, and the list of privileges that goes with a
//! log-in. It refuses to say from when, until when or on what ground: like the real one, it says only what holds now.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::Cpr;

use crate::faults::InForce;
use crate::{Fault, lock};

/// The claim that carries it; sub-brokers pass the attribute of OIOSAML on under its own name.
pub(super) const CLAIM: &str = "https://data.gov.dk/model/core/eid/privilegesIntermediate";
/// Whoever wants it asks for this.
pub(super) const SCOPE: &str = "nemlogin";

const NEW: &str = "http://digst.dk/oiosaml/basic_privilege_profile";
const OLD: &str = "http://itst.dk/oiosaml/basic_privilege_profile";

/// Somebody lets somebody else do something.
#[derive(Clone, Debug)]
pub struct Mandated {
    pub giver: Cpr,
    pub holder: Cpr,
    /// URIs.
    pub privileges: Vec<String>,
}

/// What the service knows. Clones share it, so that mandates can change while sessions run.
#[derive(Clone, Debug, Default)]
pub struct NemLogin(Arc<Mutex<Vec<Mandated>>>);

impl NemLogin {
    #[must_use]
    pub fn new(mandates: Vec<Mandated>) -> Self {
        Self(Arc::new(Mutex::new(mandates)))
    }

    /// Changes what is known, from the next log-in on.
    pub fn change(&self, change: impl FnOnce(&mut Vec<Mandated>)) {
        change(&mut lock(&self.0));
    }

    /// The list of this holder in base64, or what the faults make of it; nothing where nobody gave anything.
    pub(super) fn list(&self, holder: &Cpr, faults: &InForce) -> Option<String> {
        let known = lock(&self.0);
        let mut by_giver: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in known.iter().filter(|one| one.holder == *holder) {
            let given = by_giver.entry(one.giver.expose()).or_default();
            given.extend(one.privileges.iter().map(String::as_str));
        }
        if by_giver.is_empty() {
            return None;
        }
        let xml = xml(&by_giver, faults);
        let half = xml.floor_char_boundary(xml.len() / 2);
        let sent = if faults.has(&Fault::GarbledPrivileges) { xml.get(..half)? } else { &xml };
        Some(BASE64_STANDARD.encode(sent))
    }
}

fn xml(by_giver: &BTreeMap<&str, Vec<&str>>, faults: &InForce) -> String {
    // As some brokers send it: the root of one version, and a default namespace of another one on its children.
    let default =
        if faults.has(&Fault::MixedPrivileges) { format!(" xmlns=\"{OLD}\"") } else { String::new() };
    let mut xml = format!("<bpp:PrivilegeList xmlns:bpp=\"{NEW}\"{default}>");
    for (giver, privileges) in by_giver {
        // Writing to a String does not fail.
        let _ = write!(xml, "<PrivilegeGroup Scope=\"urn:dk:gov:saml:cprNumberIdentifier:{giver}\">");
        for privilege in privileges {
            let _ = write!(xml, "<Privilege>{}</Privilege>", privilege.replace('&', "&amp;"));
        }
        if faults.has(&Fault::BoundPrivileges) {
            xml.push_str("<Constraint Name=\"urn:dk:kombit:orgUnit\">17</Constraint>");
        }
        xml.push_str("</PrivilegeGroup>");
    }
    xml.push_str("</bpp:PrivilegeList>");
    xml
}
