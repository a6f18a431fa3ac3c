//! The boxes, and the receipts that wait. A message is in a box once, however often it comes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use borgerportal_domain::Timestamp;
use borgerportal_memo::read::{self, ReceivedSms};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{PostConfig, Resident};
use crate::faults::InForce;
use crate::{Fault, lock};

/// A message as it lies in a box.
#[derive(Clone, Debug)]
pub struct Received {
    /// When it came.
    pub at: Timestamp,
    /// What it says.
    pub memo: read::Received,
}

/// A receipt that waits to be pulled.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) name: String,
    message: Uuid,
    status: &'static str,
    error: Option<&'static str>,
    /// Not seen before this.
    from: Timestamp,
    /// Comes again this often after it was taken.
    repeats: u8,
}

#[derive(Default)]
struct Inside {
    messages: BTreeMap<Uuid, Received>,
    receipts: VecDeque<Waiting>,
    /// How often each message was sent here, taken or not.
    sent: BTreeMap<Uuid, u32>,
    /// What phones have shown, oldest first.
    sms: Vec<ReceivedSms>,
    /// Who is enrolled may change.
    enrolled: BTreeMap<String, bool>,
    /// Who gets no NemSMS.
    without_sms: BTreeSet<String>,
    named: u32,
}

/// The post office. Clones share it.
#[derive(Clone)]
pub struct Post {
    config: Arc<PostConfig>,
    inside: Arc<Mutex<Inside>>,
}

/// What becomes of a message at the counter.
pub(super) enum Counter {
    Taken,
    Known,
    Wrong(String),
}

impl Post {
    pub(super) fn open(config: PostConfig) -> io::Result<Self> {
        let enrolled = config.people.iter().map(|one| (one.cpr.expose().to_owned(), one.enrolled)).collect();
        let mut inside = Inside { enrolled, ..Inside::default() };
        if let Some(folder) = &config.keep {
            fs::create_dir_all(folder)?;
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                // What does not read was cut off by the end of an earlier run.
                if let Ok(memo) = read::read(&fs::read(&path)?) {
                    inside.messages.insert(memo.uuid, Received { at: memo.created_at, memo });
                }
            }
        }
        Ok(Self { config: Arc::new(config), inside: Arc::new(Mutex::new(inside)) })
    }

    pub(super) fn config(&self) -> &PostConfig {
        &self.config
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        lock(&self.inside)
    }

    /// All messages of a person, newest first.
    #[must_use]
    pub fn box_of(&self, person: &Resident) -> Vec<Received> {
        let inside = self.inside();
        let mine = inside.messages.values().filter(|one| one.memo.recipient == person.cpr);
        let mut mine: Vec<_> = mine.cloned().collect();
        mine.sort_by_key(|one| std::cmp::Reverse((one.at, one.memo.uuid)));
        mine
    }

    /// All messages, by their UUID.
    #[must_use]
    pub fn messages(&self) -> Vec<Received> {
        self.inside().messages.values().cloned().collect()
    }

    /// How often a message was handed in, whatever came of it.
    #[must_use]
    pub fn times_sent(&self, message: Uuid) -> u32 {
        self.inside().sent.get(&message).copied().unwrap_or(0)
    }

    /// From now on this person gets Digital Post, or does not.
    pub fn enrol(&self, person: &Resident, enrolled: bool) {
        self.inside().enrolled.insert(person.cpr.expose().to_owned(), enrolled);
    }

    /// What this person's phone has shown, newest first.
    #[must_use]
    pub fn sms_to(&self, person: &Resident) -> Vec<ReceivedSms> {
        let inside = self.inside();
        inside.sms.iter().rev().filter(|one| one.recipient == person.cpr).cloned().collect()
    }

    /// From now on this person gets NemSMS, or does not. Whoever is known here does until told otherwise.
    pub fn enrol_for_sms(&self, person: &Resident, enrolled: bool) {
        let mut inside = self.inside();
        let cpr = person.cpr.expose().to_owned();
        if enrolled {
            inside.without_sms.remove(&cpr)
        } else {
            inside.without_sms.insert(cpr)
        };
    }

    pub(super) fn gets_sms(&self, cpr: &str) -> bool {
        let inside = self.inside();
        inside.enrolled.contains_key(cpr) && !inside.without_sms.contains(cpr)
    }

    pub(super) fn is_enrolled(&self, cpr: &str) -> Option<bool> {
        self.inside().enrolled.get(cpr).copied()
    }

    /// Takes a message: what is not a MeMo to somebody known, under the UUID it was announced with, is refused.
    pub(super) fn take(&self, announced: Option<Uuid>, bytes: &[u8], faults: &InForce) -> Counter {
        if let Ok(sms) = read::read_sms(bytes) {
            return self.take_sms(announced, sms);
        }
        let memo = match read::read(bytes) {
            Ok(memo) => memo,
            Err(error) => return Counter::Wrong(error.to_string()),
        };
        if announced != Some(memo.uuid) {
            return Counter::Wrong("memo-message-uuid is not the message's".to_owned());
        }
        let uuid = memo.uuid;
        let mut inside = self.inside();
        *inside.sent.entry(uuid).or_default() += 1;
        if inside.messages.contains_key(&uuid) {
            return Counter::Known;
        }
        let Some(enrolled) = inside.enrolled.get(memo.recipient.expose()).copied() else {
            return Counter::Wrong("nobody by that number".to_owned());
        };
        if faults.has(&Fault::Vanish) {
            return Counter::Taken;
        }
        let now = (self.config.clock)();
        let rejected = !enrolled || faults.has(&Fault::RejectMessage);
        let late = faults.find(|fault| if let Fault::LateReceiptS(s) = fault { Some(*s) } else { None });
        inside.named += 1;
        let receipt = Waiting {
            name: format!("r-{}", inside.named),
            message: uuid,
            status: if rejected { "INVALID" } else { "COMPLETED" },
            error: rejected.then_some("recipient.not.registered"),
            from: now.plus_seconds(late.unwrap_or(0)),
            repeats: if faults.has(&Fault::RepeatReceipts) { 2 } else { 0 },
        };
        inside.receipts.push_back(receipt);
        if !rejected {
            inside.messages.insert(uuid, Received { at: now, memo });
            drop(inside);
            self.keep(uuid, bytes);
        }
        Counter::Taken
    }

    /// A NemSMS is shown once, and gives no receipt here.
    fn take_sms(&self, announced: Option<Uuid>, sms: ReceivedSms) -> Counter {
        if announced != Some(sms.uuid) {
            return Counter::Wrong("memo-message-uuid is not the message's".to_owned());
        }
        let mut inside = self.inside();
        *inside.sent.entry(sms.uuid).or_default() += 1;
        if inside.sms.iter().any(|one| one.uuid == sms.uuid) {
            return Counter::Known;
        }
        let cpr = sms.recipient.expose();
        if !inside.enrolled.contains_key(cpr) || inside.without_sms.contains(cpr) {
            return Counter::Wrong("no number for that person".to_owned());
        }
        inside.sms.push(sms);
        Counter::Taken
    }

    fn keep(&self, uuid: Uuid, bytes: &[u8]) {
        if let Some(folder) = &self.config.keep
            && let Err(error) = fs::write(folder.join(format!("{uuid}.xml")), bytes)
        {
            tracing::warn!(%error, "a message is kept only until the simulator stops");
        }
    }

    pub(super) fn waiting(&self, skip: usize, most: usize) -> Vec<String> {
        let now = (self.config.clock)();
        let inside = self.inside();
        let waiting = inside.receipts.iter().filter(|one| one.from <= now);
        waiting.skip(skip).take(most).map(|one| one.name.clone()).collect()
    }

    pub(super) fn receipt(&self, name: &str) -> Option<Value> {
        let inside = self.inside();
        let one = inside.receipts.iter().find(|one| one.name == name)?;
        Some(json!({
            "transactionId": format!("t-{}", one.name),
            "messageUUID": one.message.to_string(),
            "receiptStatus": one.status,
            "errorCode": one.error,
            "timeStamp": one.from.to_string(),
        }))
    }

    /// Takes a receipt away; one that repeats itself goes to the end of the row under a new name.
    pub(super) fn take_receipt(&self, name: &str) -> bool {
        let mut inside = self.inside();
        let Some(at) = inside.receipts.iter().position(|one| one.name == name) else { return false };
        let Some(mut taken) = inside.receipts.remove(at) else { return false };
        if taken.repeats > 0 {
            taken.repeats -= 1;
            inside.named += 1;
            taken.name = format!("r-{}", inside.named);
            inside.receipts.push_back(taken);
        }
        true
    }
}
