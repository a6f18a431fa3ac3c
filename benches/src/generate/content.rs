//! One citizen's record, ready to be kept: how many things of each kind, what they are called and what they say.
//! Pure: the same seed, citizen and day give the same bytes.

use super::Plan;
use super::dice::Dice;
use super::words::{QUESTIONS, SENTENCES, TITLES, UNITS};
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::Visibility;
use borgerportal_domain::search_text::indexed;
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_store::head::encode;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// How much there is about a citizen (share of citizens in brackets).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// A few small things and nothing else: only there to fill the tables.
    Thin,
    /// 60 %.
    Light,
    /// 30 %.
    Typical,
    /// 9 %.
    Heavy,
    /// 1 %.
    Extreme,
}

/// Things of each room.
pub(crate) struct Counts {
    pub(crate) documents: u64,
    pub(crate) conditions: u64,
    pub(crate) grants: u64,
    pub(crate) calendar: u64,
}

impl Weight {
    pub(crate) const fn counts(self, small: u64) -> Counts {
        let (documents, conditions, grants, calendar) = match self {
            Self::Thin => (small, 0, 0, 0),
            Self::Light => (15, 4, 4, 2),
            Self::Typical => (120, 15, 20, 25),
            Self::Heavy => (600, 40, 80, 120),
            Self::Extreme => (5_000, 120, 300, 250),
        };
        Counts { documents, conditions, grants, calendar }
    }
}

/// An item as the store will be given it.
pub(crate) struct Made {
    pub(crate) id: ItemId,
    pub(crate) room: &'static str,
    pub(crate) class: &'static str,
    pub(crate) area: &'static str,
    pub(crate) at: Timestamp,
    pub(crate) head: Vec<u8>,
    pub(crate) body: Vec<u8>,
    pub(crate) words: Option<String>,
    pub(crate) visibility: Visibility,
}

/// Sentences as they are indexed: stemming each word of each document anew would be most of the work.
fn stems() -> &'static [String] {
    static STEMS: OnceLock<Vec<String>> = OnceLock::new();
    STEMS.get_or_init(|| SENTENCES.iter().map(|text| indexed(text)).collect())
}

/// All items of a citizen, oldest first in each room.
pub(crate) fn items(plan: &Plan, citizen: u64) -> Vec<Made> {
    let counts = plan.counts(citizen);
    let mut made = Vec::new();
    let rooms = [
        ("calendar", counts.calendar),
        ("conditions", counts.conditions),
        ("documents", counts.documents),
        ("grants", counts.grants),
    ];
    for (room, count) in rooms {
        for number in 0..count {
            let mut dice = Dice::of(plan.seed, 10 + room.len() as u64, citizen << 16 | number);
            // Five years of documents, spread evenly with some disorder in the clock times.
            let age_minutes = (count - number) * 5 * 365 * 1_440 / count.max(1) + dice.below(600);
            let at = plan.now.plus_minutes(-i64::try_from(age_minutes).unwrap_or(0));
            made.push(item(plan, citizen, (room, at), &mut dice));
        }
    }
    made
}

fn item(plan: &Plan, citizen: u64, (room, at): (&'static str, Timestamp), dice: &mut Dice) -> Made {
    let id = ItemId::from_uuid(uuid(at, dice.bytes()));
    let (title, kind, area) = TITLES
        .get(usize::try_from(dice.below(TITLES.len() as u64)).unwrap_or(0))
        .copied()
        .unwrap_or(("Brev", DocumentType::Letter, borgerportal_domain::items::Area::Other));
    let head = DocumentHead {
        id,
        title: title.to_owned(),
        kind,
        area,
        author: None,
        unit: Some(dice.one(UNITS).to_owned()),
        dated: copenhagen_date(at),
        has_pdf: false,
        changed: None,
    };
    let thin = plan.weight(citizen) == Weight::Thin;
    let document = room == "documents";
    let (body, words) = if thin || !document {
        (small_body(title, dice), None)
    } else {
        let (body, mut words) = form(title, dice);
        // Where it came from is found too, but kept apart, as the ingest keeps it.
        words.push('\u{1}');
        words.push_str(&indexed(head.unit.as_deref().unwrap_or_default()));
        (body, Some(words))
    };
    Made {
        id,
        room,
        class: if document { kind.code() } else { "other" },
        area: area.code(),
        at,
        head: encode(&head),
        body: body.into_bytes(),
        words,
        visibility: Visibility::default(),
    }
}

/// A time-ordered id, as the portal would have given.
pub(crate) fn uuid(at: Timestamp, tail: [u8; 10]) -> uuid::Uuid {
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(at.millis()).unwrap_or(0), &tail).into_uuid()
}

/// Under 300 bytes with its head and seals.
fn small_body(title: &str, dice: &mut Dice) -> String {
    format!(
        "{{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[{{\"text\":\"{title}\",\
         \"answer\":[{{\"valueString\":\"{}\"}}]}}]}}",
        dice.one(&["Ja", "Nej", "Efter aftale", "Uændret"])
    )
}

/// A form with 4 to 10 answers of 1 to 4 sentences, and the words it is found by.
fn form(title: &str, dice: &mut Dice) -> (String, String) {
    let mut body = String::with_capacity(2_600);
    let mut words = indexed(title);
    body.push_str("{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[");
    for number in 0..4 + dice.below(7) {
        let question = dice.one(QUESTIONS);
        let comma = if number == 0 { "" } else { "," };
        // Writing to a String does not fail.
        let _ = write!(
            body,
            "{comma}{{\"linkId\":\"{number}\",\"text\":\"{question}\",\"answer\":[{{\"valueString\":\""
        );
        for _ in 0..=dice.below(4) {
            let at = usize::try_from(dice.below(SENTENCES.len() as u64)).unwrap_or(0);
            body.push_str(SENTENCES.get(at).copied().unwrap_or_default());
            body.push(' ');
            words.push_str(stems().get(at).map_or("", |stems| stems.trim_start()));
        }
        body.push_str("\"}]}");
    }
    body.push_str("]}");
    (body, words)
}
