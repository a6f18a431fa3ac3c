//! Grants as record systems send them: a CarePlan with the extension [`GRANT_DECISION`] is a decision, any other CarePlan
//! of this room is help that stands in a plan, and a Procedure is help that was given. What the plan itself has words for
//! stands there, and the rest in the extension. It refuses prices, statistics codes and the names of caseworkers.
//!
//! | Where | What |
//! |---|---|
//! | `title`, else `activity.detail.code` | what it is |
//! | `category` | the area, from [`crate::DOCUMENT_AREA`]; else the code tells |
//! | `status` | a plan that is `completed` or `revoked` is over, whatever else is said |
//! | `period` | from and to; open when it has no `end` |
//! | `activity.detail.performer.display` | the supplier |
//! | `activity.detail.scheduledTiming.repeat` | `frequency`, `period`, `periodUnit` (d, wk, mo, a); `duration` with `durationUnit` `min` |
//! | `replaces` | the grant that this one changes |
//! | extension `law` (`valueCode`), `section` (`valueString`) | codes of [`Law`]; "§ 83, stk. 1, nr. 1" |
//! | extension `decided` (`valueDate`), `unit` (`valueString`) | when, and which unit decided |
//! | extension `state` (`valueCode`) | codes of [`State`] |
//! | extension `amount` (`valueString`) | any amount that is not minutes and times |
//! | extension `letter` (`valueReference`) | the DocumentReference with the decision |
//! | extension `delivery`, once for each recipient | `recipient` ([`Recipient`]) and `channel` ([`SentBy`]) as `valueCode`, `sent` as `valueDate` |

use borgerportal_domain::Date;
use borgerportal_domain::grants::{
    Decision, Delivery, Every, Frequency, Grant, Ground, Law, Recipient, SentBy, State,
};
use serde::{Deserialize, Serialize};

use crate::GRANT_DECISION;
use crate::dates;
use crate::delivery::ResourceType;
use crate::heads::Heard;
use crate::json::{Node, Value};
use crate::render::label_da;

/// A grant as its room lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its name at the sender: `CarePlan/x`.
    pub name: String,
    /// What was decided, or planned.
    pub grant: Grant,
    /// The name of the document with the decision.
    pub letter: Option<String>,
    /// The names of the grants it changes.
    pub replaces: Vec<String>,
}

/// What lists show of it, sealed beside the row; nothing of what has no name.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Option<impl Serialize + use<>> {
    let was_given = heard.source.kind == ResourceType::Procedure;
    let grant = if was_given { given(heard.node) } else { planned(heard.node) };
    if grant.title.is_empty() {
        return None;
    }
    let decision = decision_of(heard.node);
    let kept = Head {
        name: heard.source.to_string(),
        grant,
        letter: decision.and_then(|one| heard.name(inner(one, "letter")?.get("valueReference"))),
        replaces: heard.node.list("replaces").iter().filter_map(|one| heard.name(Some(one))).collect(),
    };
    Some(Kept::of(kept))
}

/// Reads such a head; nothing of one that is not understood.
pub fn read(head: &[u8]) -> Option<Head> {
    serde_json::from_slice::<Kept>(head).ok().map(Kept::head)
}

/// Help that was given.
fn given(node: &Node<'_>) -> Grant {
    let day = |names: &[&str]| node.at(names).and_then(Node::text).and_then(dates::day);
    let at = day(&["performedDateTime"]);
    let state = match node.str("status") {
        Some("completed") => State::Finished,
        Some("not-done") => State::Dropped,
        Some("stopped") => State::Ceased,
        _ => State::Other,
    };
    Grant {
        title: node.get("code").map(label_da).unwrap_or_default(),
        state,
        from: day(&["performedPeriod", "start"]).or(at),
        to: day(&["performedPeriod", "end"]).or(at),
        supplier: node.list("performer").iter().find_map(|one| text(one.at(&["actor", "display"]))),
        decision: None,
    }
}

/// Help that is to be given, with the decision where there is one.
fn planned(node: &Node<'_>) -> Grant {
    let details = || node.list("activity").iter().filter_map(|activity| activity.get("detail"));
    let label =
        || details().filter_map(|detail| detail.get("code")).map(label_da).find(|name| !name.is_empty());
    let period = |edge| node.at(&["period", edge]).and_then(Node::text).and_then(dates::day);
    let mut performers = details().flat_map(|detail| detail.list("performer"));
    let repeat = details().find_map(|detail| detail.at(&["scheduledTiming", "repeat"]));
    let said = decision_of(node);
    Grant {
        title: text(node.get("title")).or_else(label).unwrap_or_default(),
        state: state(node, said),
        from: period("start"),
        to: period("end"),
        supplier: performers.find_map(|one| text(one.get("display"))),
        decision: said.map(|said| decision(said, repeat)),
    }
}

/// What the plan's status says, and the decision more exactly. What is over stays over.
fn state(node: &Node<'_>, decision: Option<&Node<'_>>) -> State {
    let plan = match node.str("status") {
        Some("draft") if decision.is_some() => State::Applied,
        Some("active" | "on-hold") => State::Granted,
        Some("completed") => State::Finished,
        Some("revoked") => State::Ceased,
        _ => State::Other,
    };
    let told = decision.and_then(|one| inner(one, "state")?.str("valueCode"));
    let told = told.map(|code| State::from_code(code).unwrap_or(State::Other));
    told.filter(|told| told.is_over() || !plan.is_over()).unwrap_or(plan)
}

fn decision(said: &Node<'_>, repeat: Option<&Node<'_>>) -> Decision {
    let string = |name| inner(said, name).and_then(|one| text(one.get("valueString")));
    let law = inner(said, "law").and_then(|one| one.str("valueCode"));
    let deliveries = said.list("extension").iter().filter(|one| one.str("url") == Some("delivery"));
    Decision {
        ground: law.map(|code| Ground {
            law: Law::from_code(code).unwrap_or(Law::Other),
            section: string("section").unwrap_or_default(),
        }),
        decided: inner(said, "decided").and_then(|one| one.str("valueDate")).and_then(dates::day),
        unit: string("unit"),
        minutes: repeat
            .filter(|one| one.str("durationUnit") == Some("min"))
            .and_then(|one| number(one, "duration")),
        frequency: repeat.and_then(frequency),
        amount: string("amount"),
        deliveries: deliveries.filter_map(delivery).collect(),
    }
}

/// Times in a span; a span that is not said is one.
fn frequency(repeat: &Node<'_>) -> Option<Frequency> {
    let every = Every::from_code(repeat.str("periodUnit")?)?;
    let (times, span) = (number(repeat, "frequency").unwrap_or(1), number(repeat, "period").unwrap_or(1));
    (times > 0 && span > 0).then_some(Frequency { times, span, every })
}

/// A delivery of which anything is not understood would give a wrong day: it is left out, and the page says that the
/// time runs from the day the decision arrived.
fn delivery(node: &Node<'_>) -> Option<Delivery> {
    let code = |name| inner(node, name).and_then(|one| one.str("valueCode"));
    Some(Delivery {
        to: Recipient::from_code(code("recipient")?)?,
        by: SentBy::from_code(code("channel")?)?,
        sent: dates::day(inner(node, "sent")?.str("valueDate")?)?,
    })
}

fn decision_of<'n, 'a>(node: &'n Node<'a>) -> Option<&'n Node<'a>> {
    inner(node, GRANT_DECISION)
}

/// The extension of this name.
fn inner<'n, 'a>(node: &'n Node<'a>, url: &str) -> Option<&'n Node<'a>> {
    node.list("extension").iter().find(|one| one.str("url") == Some(url))
}

fn text(node: Option<&Node<'_>>) -> Option<String> {
    node.and_then(Node::text).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn number(node: &Node<'_>, name: &str) -> Option<u16> {
    match node.get(name)?.value() {
        Value::Number(digits) => digits.parse().ok(),
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A head as it is kept. Codes stand for values and absent fields for nothing, so that older heads stay readable.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    name: String,
    title: String,
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    letter: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<KeptDecision>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct KeptDecision {
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    frequency: Option<(u16, u16, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deliveries: Vec<(String, String, String)>,
}

fn written(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn day(text: Option<String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

impl Kept {
    fn of(head: Head) -> Self {
        let Head { name, grant, letter, replaces } = head;
        Self {
            name,
            title: grant.title,
            state: grant.state.code().to_owned(),
            from: written(grant.from),
            to: written(grant.to),
            supplier: grant.supplier,
            letter,
            replaces,
            decision: grant.decision.map(KeptDecision::of),
        }
    }

    fn head(self) -> Head {
        let grant = Grant {
            title: self.title,
            state: State::from_code(&self.state).unwrap_or(State::Other),
            from: day(self.from),
            to: day(self.to),
            supplier: self.supplier,
            decision: self.decision.map(KeptDecision::decision),
        };
        Head { name: self.name, grant, letter: self.letter, replaces: self.replaces }
    }
}

impl KeptDecision {
    fn of(said: Decision) -> Self {
        let codes =
            |one: &Delivery| (one.to.code().to_owned(), one.by.code().to_owned(), one.sent.to_string());
        Self {
            ground: said.ground.map(|ground| (ground.law.code().to_owned(), ground.section)),
            decided: written(said.decided),
            unit: said.unit,
            minutes: said.minutes,
            frequency: said.frequency.map(|one| (one.times, one.span, one.every.code().to_owned())),
            amount: said.amount,
            deliveries: said.deliveries.iter().map(codes).collect(),
        }
    }

    fn decision(self) -> Decision {
        let delivery = |(to, by, sent): (String, String, String)| {
            let (to, by) = (Recipient::from_code(&to)?, SentBy::from_code(&by)?);
            Some(Delivery { to, by, sent: sent.parse().ok()? })
        };
        let ground = |(law, section): (String, String)| Ground {
            law: Law::from_code(&law).unwrap_or(Law::Other),
            section,
        };
        Decision {
            ground: self.ground.map(ground),
            decided: day(self.decided),
            unit: self.unit,
            minutes: self.minutes,
            frequency: self.frequency.and_then(|(times, span, every)| {
                Some(Frequency { times, span, every: Every::from_code(&every)? })
            }),
            amount: self.amount,
            deliveries: self.deliveries.into_iter().filter_map(delivery).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
