//! Answers to a sender: what is wrong and where, as OperationOutcome, as the response to a transaction or
//! batch, and as problem details. Every reason has a stable code. It refuses to repeat what was sent: an
//! issue holds a place and a sentence of ours, never a value.

use std::fmt;

use serde_json::{Value, json};

use crate::BASE;

/// How serious an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// For the reader's interest; nothing was refused.
    Information,
    /// Something was left out, the rest stands.
    Warning,
    /// The resource or delivery was refused.
    Error,
}

impl Severity {
    const fn code(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! reasons {
    ($($(#[$meta:meta])* $variant:ident = $code:literal, $issue:literal, $text:literal;)+) => {
        /// Why something was refused or noted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Reason { $($(#[$meta])* $variant),+ }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Stable code, for logs and for senders' programs.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// FHIR's own, coarser code.
            pub const fn issue_type(self) -> &'static str {
                match self { $(Self::$variant => $issue),+ }
            }

            /// One sentence in English.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

reasons! {
    /// Bytes, entries, nesting, string length or number of values.
    TooLarge = "too-large", "too-costly", "The delivery is larger than the limits in the CapabilityStatement.";
    /// One sender, too often.
    TooMany = "too-many", "throttled", "This record system has delivered too often.";
    /// Not JSON, or ambiguous JSON.
    NotJson = "not-json", "structure", "The body is not acceptable JSON.";
    /// Not a Bundle of a kind that is taken in.
    NotADelivery = "not-a-delivery", "structure", "Only a Bundle of type transaction, batch or collection is taken in.";
    /// A Bundle in a Bundle in a Bundle, or one where none belongs.
    Nesting = "nesting", "structure", "Only an incremental delivery holds Bundles, and those hold none.";
    /// An element is missing.
    Missing = "missing", "required", "A required element is missing.";
    /// An element has a wrong form.
    Malformed = "malformed", "value", "The element does not have the form that is required here.";
    /// One id twice in one Bundle.
    Duplicate = "duplicate", "duplicate", "The same resource stands twice in one Bundle.";
    /// Nothing tells how old a version is.
    NoVersion = "no-version", "required", "Neither meta.lastUpdated, Bundle.timestamp nor a numeric meta.versionId tells how old this is.";
    /// A Patient without CPR.
    NoCpr = "no-cpr", "required", "The Patient has no single valid CPR number, so no owner can be found.";
    /// The owner is unknown.
    NoSubject = "no-subject", "not-found", "The resource does not point to a Patient of this Bundle.";
    /// Nobody refers to it.
    Unused = "unused", "informational", "No citizen's resource refers to this one; it was not kept.";
    /// A method other than POST, PUT, DELETE, or one that contradicts the resource.
    Method = "method", "not-supported", "The request of this entry is not supported or contradicts its resource.";
    /// A deletion without a known reason.
    DeletionReason = "deletion-reason", "required", "A deletion needs the extension deletion-reason: fjern, slet or kasser.";
    /// Not on the list of what is taken in.
    NotSupported = "not-supported", "not-supported", "This kind of content is not taken in here.";
    /// Message between professionals.
    Message = "message", "business-rule", "Messages between professionals (MedCom) are never taken in.";
    /// Measurement or laboratory result.
    Measurement = "measurement", "business-rule", "Measurements and laboratory results are never taken in.";
    /// Medicine, vaccination.
    Medicine = "medicine", "business-rule", "Medicine and vaccinations are never taken in.";
    /// A file that is no PDF, PNG or JPEG.
    File = "file", "not-supported", "Files must be PDF, PNG or JPEG, and be what they say they are.";
}

/// One thing wrong, at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How serious.
    pub severity: Severity,
    /// Why.
    pub reason: Reason,
    /// Where: a FHIRPath expression, empty when it is about the whole.
    pub expression: String,
    /// More to say, of ours; empty when the reason says it all.
    pub hint: String,
}

impl Issue {
    /// An error at a place.
    pub fn error(reason: Reason, at: impl fmt::Display) -> Self {
        Self { severity: Severity::Error, reason, expression: at.to_string(), hint: String::new() }
    }

    /// The same with more to say. Never put received text into it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, less serious.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    fn json(&self) -> Value {
        let mut diagnostics = self.reason.sentence().to_owned();
        if !self.hint.is_empty() {
            diagnostics.push(' ');
            diagnostics.push_str(&self.hint);
        }
        let mut issue = json!({
            "severity": self.severity.code(),
            "code": self.reason.issue_type(),
            "details": { "coding": [{ "system": format!("{BASE}/CodeSystem/ingest-reason"), "code": self.reason.code() }] },
            "diagnostics": diagnostics,
        });
        if let (false, Some(members)) = (self.expression.is_empty(), issue.as_object_mut()) {
            members.insert("expression".to_owned(), json!([self.expression]));
        }
        issue
    }
}

/// A delivery that was refused as a whole: nothing of it may be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Why, at least one.
    pub issues: Vec<Issue>,
}

impl Rejection {
    /// Refused for one reason.
    pub fn because(issue: Issue) -> Self {
        Self { issues: vec![issue] }
    }

    /// The HTTP status that fits: 413 too large, 400 unreadable, 422 refused content.
    pub fn status(&self) -> u16 {
        match self.issues.first().map(|issue| issue.reason) {
            Some(Reason::TooLarge) => 413,
            Some(Reason::TooMany) => 429,
            Some(Reason::NotJson) => 400,
            Some(_) | None => 422,
        }
    }

    /// As OperationOutcome JSON.
    pub fn operation_outcome(&self) -> String {
        operation_outcome(&self.issues).to_string()
    }
}

impl fmt::Display for Rejection {
    /// The codes only, for logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused:")?;
        self.issues.iter().try_for_each(|issue| write!(f, " {}", issue.reason.code()))
    }
}

impl std::error::Error for Rejection {}

/// An OperationOutcome. Without issues it says that all went well.
pub fn operation_outcome(issues: &[Issue]) -> Value {
    let all_well =
        json!({ "severity": "information", "code": "informational", "diagnostics": "All taken in." });
    let issues = if issues.is_empty() { vec![all_well] } else { issues.iter().map(Issue::json).collect() };
    json!({ "resourceType": "OperationOutcome", "issue": issues })
}

/// What became of one entry, for [`bundle_response`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryAnswer {
    /// HTTP status of this entry: 200, 201, 204 or 422.
    pub status: u16,
    /// `Type/id`, when something was stored.
    pub location: Option<String>,
    /// What to say about it.
    pub issues: Vec<Issue>,
}

/// The response Bundle to a transaction or batch, answers in the order of the entries.
pub fn bundle_response(transaction: bool, answers: &[EntryAnswer]) -> String {
    let entries: Vec<Value> = answers
        .iter()
        .map(|answer| {
            let mut response = json!({ "status": answer.status.to_string() });
            if let Some(members) = response.as_object_mut() {
                if let Some(location) = &answer.location {
                    members.insert("location".to_owned(), json!(location));
                }
                if !answer.issues.is_empty() {
                    members.insert("outcome".to_owned(), operation_outcome(&answer.issues));
                }
            }
            json!({ "response": response })
        })
        .collect();
    let kind = if transaction { "transaction-response" } else { "batch-response" };
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries }).to_string()
}

/// Problem details (RFC 9457) for doors that do not speak FHIR. `code` is one of ours.
pub fn problem(status: u16, code: &str, title: &str) -> String {
    json!({ "type": format!("{BASE}/problem/{code}"), "title": title, "status": status, "code": code })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_names_place_reason_and_sentence() {
        let issue =
            Issue::error(Reason::Measurement, "Bundle.entry[3].resource.component").hint("Leave it out.");
        insta::assert_snapshot!(serde_json::to_string_pretty(&operation_outcome(&[issue])).unwrap());
    }

    #[test]
    fn an_issue_about_the_whole_has_no_expression() {
        let text = Rejection::because(Issue::error(Reason::NotJson, "")).operation_outcome();
        assert!(!text.contains("expression"), "{text}");
    }

    #[test]
    fn statuses_follow_the_first_issue() {
        let status = |reason| Rejection::because(Issue::error(reason, "Bundle")).status();
        assert_eq!(status(Reason::TooLarge), 413);
        assert_eq!(status(Reason::TooMany), 429);
        assert_eq!(status(Reason::NotJson), 400);
        assert_eq!(status(Reason::Medicine), 422);
    }

    #[test]
    fn codes_are_unique_and_logs_hold_nothing_else() {
        let mut codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Reason::ALL.len());
        let rejection = Rejection::because(Issue::error(Reason::NoCpr, "Bundle.entry[0]"));
        assert_eq!(rejection.to_string(), "refused: no-cpr");
    }

    #[test]
    fn a_batch_is_answered_entry_by_entry() {
        let answers = [
            EntryAnswer { status: 201, location: Some("Condition/1".to_owned()), issues: vec![] },
            EntryAnswer {
                status: 422,
                location: None,
                issues: vec![Issue::error(Reason::Message, "Bundle.entry[1].resource")],
            },
        ];
        let response: Value = serde_json::from_str(&bundle_response(false, &answers)).unwrap();
        assert_eq!(response["type"], "batch-response");
        assert_eq!(response["entry"][0]["response"]["location"], "Condition/1");
        assert_eq!(response["entry"][1]["response"]["outcome"]["issue"][0]["code"], "business-rule");
    }

    #[test]
    fn problems_carry_their_code() {
        let problem: Value = serde_json::from_str(&problem(403, "wrong-municipality", "Not yours")).unwrap();
        assert_eq!(problem["status"], 403);
        assert_eq!(problem["code"], "wrong-municipality");
    }
}
