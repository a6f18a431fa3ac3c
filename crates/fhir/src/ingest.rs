//! Reads a delivery: bytes in, a [`Delivery`] or a [`Rejection`] out. It takes transaction and batch Bundles
//! and KL's delivery reports (collections, also several of them inside an incremental delivery). A
//! transaction or report is taken in whole or not at all; a batch is judged entry by entry. It refuses to
//! guess whose a resource is, and how old it is.
//!
//! Forbidden content refuses the whole delivery, with one exception that the official guide forces: reports
//! of children's health visits carry weight, length and head size as ordinary entries of their own profiles.
//! Those entries are left out, with a note, and the rest of the report is taken in.

mod envelope;
mod items;
mod owners;

pub(crate) use envelope::is_id;
pub(crate) use items::{is_content, is_open};

use borgerportal_domain::Cpr;

use crate::delivery::{Citizen, Delivery, DeliveryKind, Fate, Source};
use crate::json::{self, JsonFault, Node, Shape};
use crate::outcome::{Issue, Reason, Rejection, Severity};
use crate::people::JournalWord;

/// What a delivery may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body.
    pub bytes: usize,
    /// Entries, those of inner Bundles included.
    pub entries: usize,
    /// Objects and arrays inside each other.
    pub depth: usize,
    /// Bytes of one string, files excepted.
    pub string: usize,
    /// JSON values in all.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 5 << 20, entries: 1_000, depth: 32, string: 256 << 10, values: 400_000 }
    }
}

/// Issues repeated to a sender at most.
const ENOUGH: usize = 50;

/// Reads one delivery.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Delivery, Rejection> {
    if bytes.len() > limits.bytes {
        return Err(Rejection::because(Issue::error(Reason::TooLarge, "").hint("Too many bytes.")));
    }
    let shape = Shape { depth: limits.depth, string: limits.string, values: limits.values };
    let root = json::parse(bytes, &shape).map_err(|error| {
        let reason = match error.kind {
            JsonFault::Encoding | JsonFault::Syntax | JsonFault::Twice => Reason::NotJson,
            JsonFault::Depth | JsonFault::Long | JsonFault::Many => Reason::TooLarge,
        };
        Rejection::because(Issue::error(reason, "").hint(format!("{error}.")))
    })?;
    read_root(&root, limits)
}

fn read_root(root: &Node<'_>, limits: &Limits) -> Result<Delivery, Rejection> {
    let mut sheet = Sheet::open(root)?;
    let envelope = envelope::open(root, limits, &mut sheet)?;
    let mut ledger = Ledger::default();
    for group in &envelope.groups {
        owners::sort_out(group, &mut ledger, &mut sheet);
    }
    let nothing = ledger.citizens.is_empty() && ledger.binaries.is_empty() && envelope.deletions.is_empty();
    if nothing && sheet.fates.iter().all(|fate| !matches!(fate, Fate::Refused(_))) {
        sheet.refuse(0, Issue::error(Reason::NoSubject, "Bundle"));
    }
    let kind = sheet.kind;
    let fates = sheet.close()?;
    let identifier = root.at(&["identifier", "value"]).and_then(Node::text).map(str::to_owned);
    let Ledger { citizens, renames, binaries } = ledger;
    Ok(Delivery { kind, identifier, citizens, binaries, deletions: envelope.deletions, renames, fates })
}

/// What became of each entry of the outer Bundle, while reading.
struct Sheet {
    kind: DeliveryKind,
    fates: Vec<Fate>,
}

impl Sheet {
    fn open(root: &Node<'_>) -> Result<Self, Rejection> {
        let wrong = |reason, at: &str| Err(Rejection::because(Issue::error(reason, at)));
        if root.str("resourceType") != Some("Bundle") {
            let findings = crate::gate::check(root, &crate::path::Path::root("resource"));
            return if findings.is_empty() {
                wrong(Reason::NotADelivery, "resourceType")
            } else {
                Err(Rejection { issues: findings })
            };
        }
        let kind = match root.str("type") {
            Some("transaction") => DeliveryKind::Transaction,
            Some("batch") => DeliveryKind::Batch,
            Some("collection") => DeliveryKind::Report,
            Some("message") => return wrong(Reason::Message, "Bundle.type"),
            Some(_) | None => return wrong(Reason::NotADelivery, "Bundle.type"),
        };
        Ok(Self { kind, fates: vec![Fate::Taken(Vec::new()); root.list("entry").len()] })
    }

    fn is_batch(&self) -> bool {
        self.kind == DeliveryKind::Batch
    }

    fn refuse(&mut self, entry: usize, issue: Issue) {
        if self.fates.is_empty() {
            self.fates.push(Fate::Taken(Vec::new()));
        }
        let Some(fate) = self.fates.get_mut(entry) else { return };
        match fate {
            Fate::Refused(issues) if issues.len() < ENOUGH => issues.push(issue),
            Fate::Refused(_) => {}
            Fate::Taken(_) | Fate::LeftOut(_) => *fate = Fate::Refused(vec![issue]),
        }
    }

    fn leave_out(&mut self, entry: usize, issue: Issue) {
        if let Some(fate @ Fate::Taken(_)) = self.fates.get_mut(entry) {
            *fate = Fate::LeftOut(issue.severity(Severity::Warning));
        }
    }

    fn taken(&mut self, entry: usize, source: Source) {
        if let Some(Fate::Taken(sources)) = self.fates.get_mut(entry) {
            sources.push(source);
        }
    }

    fn is_refused(&self, entry: usize) -> bool {
        matches!(self.fates.get(entry), Some(Fate::Refused(_)))
    }

    /// All or nothing, unless it is a batch.
    fn close(self) -> Result<Vec<Fate>, Rejection> {
        if self.is_batch() {
            return Ok(self.fates);
        }
        let refused = self.fates.iter().filter_map(|fate| match fate {
            Fate::Refused(issues) => Some(issues),
            Fate::Taken(_) | Fate::LeftOut(_) => None,
        });
        let issues: Vec<Issue> = refused.flatten().take(ENOUGH).cloned().collect();
        if issues.is_empty() { Ok(self.fates) } else { Err(Rejection { issues }) }
    }
}

/// What was read so far, by citizen.
#[derive(Default)]
struct Ledger {
    citizens: Vec<Citizen>,
    renames: Vec<crate::delivery::Rename>,
    binaries: Vec<crate::delivery::Binary>,
}

impl Ledger {
    fn citizen(&mut self, cpr: &Cpr) -> usize {
        if let Some(at) = self.citizens.iter().position(|citizen| citizen.cpr == *cpr) {
            return at;
        }
        self.citizens.push(Citizen { cpr: cpr.clone(), words: Vec::new(), items: Vec::new() });
        self.citizens.len() - 1
    }

    fn word(&mut self, citizen: usize, word: JournalWord) {
        if let Some(citizen) = self.citizens.get_mut(citizen) {
            citizen.words.push(word);
        }
    }

    fn item(&mut self, citizen: usize, item: crate::delivery::Incoming) {
        if let Some(citizen) = self.citizens.get_mut(citizen) {
            citizen.items.push(item);
        }
    }
}
