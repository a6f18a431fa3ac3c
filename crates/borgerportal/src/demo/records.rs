//! The invented records, written as data beside this file: one TOML file a journal. It refuses keys it does not
//! know, so that a slip in a text file is found by a test and not by a guest.

use super::grants::Grant;
use super::messages::Message;
use super::visits::Visit;
use serde::Deserialize;

/// Everything that is delivered about one citizen for one municipality.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// The person's key.
    pub(super) person: String,
    /// Four digits.
    pub(super) municipality: String,
    /// The record system in whose name it comes.
    pub(super) sender: String,
    /// Days ago that the journal was closed.
    pub(super) closed: Option<i64>,
    /// Who may see a document that says nothing itself.
    pub(super) audience: Vec<String>,
    #[serde(default)]
    pub(super) document: Vec<Document>,
    #[serde(default)]
    pub(super) report: Vec<Report>,
    #[serde(default)]
    pub(super) grant: Vec<Grant>,
    #[serde(default)]
    pub(super) social: Vec<Social>,
    #[serde(default)]
    pub(super) visit: Vec<Visit>,
    #[serde(default)]
    pub(super) message: Vec<Message>,
}

/// One version of a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    /// Days ago that it was delivered. The same id again, later, is a new version.
    pub(super) days: i64,
    /// Its id at the sender; made from its place in the file when left out.
    #[serde(default)]
    pub(super) id: String,
    /// Days ago that stand on the document, when not the day of delivery.
    pub(super) dated: Option<i64>,
    pub(super) kind: String,
    pub(super) area: String,
    pub(super) title: String,
    pub(super) unit: Option<String>,
    pub(super) author: Option<String>,
    #[serde(default)]
    pub(super) pdf: bool,
    /// Taken back: entered in error.
    #[serde(default)]
    pub(super) withdrawn: bool,
    /// Without labels: the municipality's own rule decides.
    #[serde(default)]
    pub(super) unlabelled: bool,
    #[serde(default)]
    pub(super) audience: Vec<String>,
    #[serde(default)]
    pub(super) withheld: Vec<String>,
    #[serde(default)]
    pub(super) sensitive: Vec<String>,
    /// Shown from so many days after today.
    pub(super) visible_in: Option<i64>,
    /// Heading and text of each part.
    #[serde(default)]
    pub(super) text: Vec<(String, String)>,
}

/// A delivery report: codes of FSIII.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    /// Days ago.
    pub(super) days: i64,
    /// Code, severity, note.
    #[serde(default)]
    pub(super) conditions: Vec<(String, String, String)>,
    /// Code of the condition, expected level.
    #[serde(default)]
    pub(super) goals: Vec<(String, String)>,
    /// Code of the help, status.
    #[serde(default)]
    pub(super) plans: Vec<(String, String)>,
    /// Code of the condition, result.
    #[serde(default)]
    pub(super) follow_ups: Vec<(String, String)>,
    /// Code of the condition, what was asked (B level, C performance, D meaning), answer.
    #[serde(default)]
    pub(super) remarks: Vec<(String, String, String)>,
    /// Codes of conditions that are withheld from parents.
    #[serde(default)]
    pub(super) withheld: Vec<String>,
}

/// Social case work after VUM 2.0, with the Danish labels of its concepts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Social {
    /// Days ago.
    pub(super) days: i64,
    /// Theme, level of functioning, note.
    #[serde(default)]
    pub(super) themes: Vec<(String, String, String)>,
    /// Target groups.
    #[serde(default)]
    pub(super) targets: Vec<String>,
    /// Need for support, and why.
    pub(super) support: Option<(String, String)>,
    /// Themes, groups and need were found in an assessment.
    #[serde(default)]
    pub(super) assessment: bool,
    #[serde(default)]
    pub(super) goal: Vec<SocialGoal>,
    #[serde(default)]
    pub(super) plan: Vec<SocialPlan>,
    /// Id of the plan, result, what was said.
    #[serde(default)]
    pub(super) follow_ups: Vec<(String, String, String)>,
}

/// A goal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SocialGoal {
    pub(super) id: String,
    /// `wish`, `purpose`, `goal` or `step`.
    kind: String,
    pub(super) text: String,
    pub(super) aim: Option<String>,
    pub(super) level: Option<String>,
    /// Themes.
    #[serde(default)]
    pub(super) about: Vec<String>,
    /// Id of the goal it is a step to.
    pub(super) step_to: Option<String>,
    pub(super) status: String,
    /// How it went.
    pub(super) outcome: Option<String>,
}

impl SocialGoal {
    /// KL's code of its kind.
    pub(super) fn kind(&self) -> &'static str {
        match self.kind.as_str() {
            "wish" => "416fe27d-3ccf-4390-8742-8b52a9d8dc78",
            "purpose" => "424827b1-23aa-4848-962b-56ee47def560",
            "step" => "6746d4af-145a-4bfd-a672-05c0cf11b53b",
            _ => "0bb3daef-538d-45dc-b444-abdbcb63f6bc",
        }
    }
}

/// A plan, or a kind of help that is part of one.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SocialPlan {
    pub(super) id: String,
    #[serde(default)]
    pub(super) text: String,
    pub(super) status: String,
    #[serde(default)]
    pub(super) help: Vec<String>,
    #[serde(default)]
    pub(super) targets: Vec<String>,
    #[serde(default)]
    pub(super) goals: Vec<String>,
    /// Id of the plan it is a part of.
    pub(super) part_of: Option<String>,
}

/// The files, in the order in which they are delivered.
const FILES: &[(&str, &str)] = &[
    ("inger.toml", include_str!("records/inger.toml")),
    ("bent.toml", include_str!("records/bent.toml")),
    ("kaj.toml", include_str!("records/kaj.toml")),
    ("edith.toml", include_str!("records/edith.toml")),
    ("sofie.toml", include_str!("records/sofie.toml")),
    ("emil.toml", include_str!("records/emil.toml")),
    ("amir.toml", include_str!("records/amir.toml")),
    ("amir-helsingor.toml", include_str!("records/amir-helsingor.toml")),
    ("lone.toml", include_str!("records/lone.toml")),
    ("ida.toml", include_str!("records/ida.toml")),
    ("victor.toml", include_str!("records/victor.toml")),
    ("alma.toml", include_str!("records/alma.toml")),
    ("noah.toml", include_str!("records/noah.toml")),
];

/// Reads them all.
pub(super) fn all() -> anyhow::Result<Vec<Record>> {
    FILES.iter().map(|(name, text)| read(name, text)).collect()
}

fn read(name: &str, text: &str) -> anyhow::Result<Record> {
    let mut record: Record = toml::from_str(text).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
    for (number, document) in (1..).zip(&mut record.document) {
        if document.id.is_empty() {
            document.id = format!("{}-{number}", record.person);
        }
        if document.audience.is_empty() && !document.unlabelled {
            document.audience.clone_from(&record.audience);
        }
    }
    for grant in &mut record.grant {
        grant.or_audience(&record.audience);
    }
    for visit in &mut record.visit {
        visit.or_audience(&record.audience);
    }
    for message in &mut record.message {
        message.or_audience(&record.audience);
    }
    Ok(record)
}
