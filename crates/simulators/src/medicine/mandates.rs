//! The question to the portal: a list of privileges for a holder, as data. It refuses a list that is not exactly what
//! schema 1.2 says: it was built apart from the portal's own reader, so that both cannot be wrong in the same way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use borgerportal_domain::Cpr;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::json;

use crate::faults::InForce;
use crate::portal::{Portal, whole};

const SCOPE: &str = "urn:dk:gov:saml:cprNumberIdentifier:";

/// Privileges by the giver's number.
type Given = BTreeMap<String, BTreeSet<String>>;

/// What this holder may do with us, now. An error says which step failed, and no more.
pub(super) async fn privileges(
    portal: &Portal,
    client_id: &str,
    holder: &Cpr,
    faults: &InForce,
) -> Result<Given, &'static str> {
    let asked = portal.post("api/mandates/v1/privileges", client_id, faults).await?;
    let asked = asked.json(&json!({ "holder": holder.expose() }));
    let answer = asked.send().await.map_err(|_| "no answer")?;
    match answer.status().as_u16() {
        200 => read(&whole(answer).await?).ok_or("not a list of privileges"),
        204 => Ok(Given::new()),
        _ => Err("refused"),
    }
}

/// A list exactly as schema 1.2 says: the root in its namespace, everything else in none, no constraint that we would
/// have to understand. One group for each giver.
fn read(xml: &str) -> Option<Given> {
    let mut reader = Reader::from_str(xml);
    let (mut given, mut whom, mut place) = (Given::new(), None::<String>, Vec::<String>::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                match (place.len(), name.as_str()) {
                    (0, "bpp:PrivilegeList") => {
                        attribute(&start, "xmlns:bpp")
                            .filter(|space| space == "http://digst.dk/oiosaml/basic_privilege_profile")?;
                    }
                    (1, "PrivilegeGroup") => {
                        whom = Some(attribute(&start, "Scope")?.strip_prefix(SCOPE)?.to_owned());
                    }
                    (2, "Privilege") => {}
                    _ => return None,
                }
                place.push(name);
            }
            Event::End(_) => {
                place.pop()?;
            }
            Event::Text(text) if place.len() == 3 => {
                let privilege = text.xml10_content().into_owned();
                given.entry(whom.clone()?).or_default().insert(privilege);
            }
            Event::Text(text) if text.xml10_content().trim().is_empty() => {}
            Event::Decl(_) => {}
            Event::Eof => return place.is_empty().then_some(given).filter(|given| !given.is_empty()),
            Event::Text(_)
            | Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => return None,
        }
    }
}

fn attribute(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = start.attributes().find_map(|one| one.ok().filter(|one| one.key.as_ref() == wanted))?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "7205500004";

    fn list(groups: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpp:PrivilegeList \
             xmlns:bpp=\"http://digst.dk/oiosaml/basic_privilege_profile\">{groups}</bpp:PrivilegeList>\n"
        )
    }

    fn group(privileges: &str) -> String {
        format!("<PrivilegeGroup Scope=\"{SCOPE}{NUMBER}\">{privileges}</PrivilegeGroup>")
    }

    #[test]
    fn a_list_is_read_by_giver() {
        let read = read(&list(&group("<Privilege>urn:a</Privilege><Privilege>urn:b</Privilege>"))).unwrap();
        let expected = ["urn:a", "urn:b"].map(str::to_owned).into();
        assert_eq!(read, Given::from([(NUMBER.to_owned(), expected)]));
    }

    #[test]
    fn what_is_not_exactly_a_list_is_refused() {
        let good = list(&group("<Privilege>urn:a</Privilege>"));
        assert!(read(&good).is_some());
        for wrong in [
            list(""),
            list(&group("")),
            list(&group("<Privilege>urn:a</Privilege><Constraint Name=\"urn:x\">1</Constraint>")),
            list(&group("<bpp:Privilege>urn:a</bpp:Privilege>")),
            list(&group("<Privilege>urn:a<!-- --></Privilege>")),
            good.replace("digst.dk", "itst.dk"),
            good.replace("cprNumberIdentifier", "cvrNumberIdentifier"),
            good.replace("Scope", "scope"),
            good.replace("</bpp:PrivilegeList>", ""),
            good.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE a>"),
            "<html>Out for lunch</html>".to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
