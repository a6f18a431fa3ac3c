//! The few words of our own around the municipality's: headings, states, and names for codes that have none.
//! Refuses everything that a code list says better.

use super::Lang;

macro_rules! words {
    ($($name:ident = $da:literal, $en:literal;)+) => {
        /// A word in both languages.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Word { $($name),+ }

        impl Word {
            pub(super) const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Self::$name, Lang::Da) => $da, (Self::$name, Lang::En) => $en),+ }
            }
        }
    };
}

words! {
    UnknownCode = "Ukendt kode", "Unknown code";
    FollowUp = "Opfølgning", "Follow-up";
    Evaluations = "Vurderinger", "Assessments";
    OwnView = "Borgerens egen vurdering", "The citizen's own view";
    Conditions = "Tilstande", "Conditions";
    Goals = "Mål", "Goals";
    Interventions = "Indsatser", "Help given";
    Done = "Udført", "Carried out";
    Plans = "Planer", "Plans";
    Contacts = "Besøg og kontakter", "Visits and contacts";
    Requests = "Henvendelser og henvisninger", "Requests and referrals";
    Investigation = "Udredning", "Investigation";
    Aids = "Hjælpemidler", "Aids";
    Messages = "Beskeder", "Messages";
    Tasks = "Ansøgninger", "Applications";
    Forms = "Skema", "Form";
    Other = "Andet", "Other";
    Answer = "Svar", "Answer";
    Yes = "Ja", "Yes";
    No = "Nej", "No";
    From = "fra", "from";
    Finding = "Fund ved undersøgelse", "Finding at an examination";
    Expected = "forventet", "expected";
    Registered = "registreret", "recorded";
    Condition = "Tilstand", "Condition";
    Goal = "Mål", "Goal";
    Intervention = "Indsats", "Help";
    Plan = "Plan", "Plan";
    Contact = "Kontakt", "Contact";
    Request = "Henvendelse", "Request";
    Visit = "Besøg", "Visit";
    Attachment = "Vedhæftet fil", "Attached file";
    Active = "i gang", "in progress";
    Ended = "afsluttet", "ended";
    Stopped = "stoppet", "stopped";
    Paused = "på pause", "paused";
    Planned = "planlagt", "planned";
    Finished = "gennemført", "carried out";
    Cancelled = "aflyst", "cancelled";
    Resolved = "ikke længere aktuel", "no longer current";
    NotDone = "ikke udført", "not carried out";
    Home = "i hjemmet", "at home";
    Ambulatory = "fremmøde", "at a clinic";
    Virtual = "på skærm", "on screen";
}

/// Names for codes outside the municipal lists that the official guides use.
pub(super) fn fixed(system: &str, code: &str, lang: Lang) -> Option<&'static str> {
    let word = match (system, code) {
        ("http://snomed.info/sct", "712744002") => Word::FollowUp,
        ("http://snomed.info/sct", "363788007") => Word::Finding,
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "HH") => Word::Home,
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB") => Word::Ambulatory,
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "VR") => Word::Virtual,
        _ => return None,
    };
    Some(word.text(lang))
}

/// A FHIR status as a word. Unknown and unremarkable ones are nothing.
pub(super) fn status(code: &str) -> Option<Word> {
    Some(match code {
        "active" | "in-progress" | "accepted" | "arrived" | "triaged" => Word::Active,
        "completed" | "inactive" => Word::Ended,
        "revoked" | "stopped" | "abandoned" | "rejected" | "failed" => Word::Stopped,
        "on-hold" | "onleave" | "suspended" => Word::Paused,
        "planned" | "proposed" | "booked" | "pending" | "requested" | "intended" => Word::Planned,
        "finished" | "fulfilled" => Word::Finished,
        "cancelled" | "noshow" => Word::Cancelled,
        "resolved" | "remission" => Word::Resolved,
        "not-done" => Word::NotDone,
        _ => return None,
    })
}
