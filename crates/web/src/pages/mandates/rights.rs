//! What somebody may do, in words: reading, acting and contacting, sorted by what it is about; and the state
//! of a mandate or request as a badge. The catalogue's own words come in; nothing here knows a package.

use super::super::Frame;
use borgerportal_i18n::Lang;
use std::cmp::Reverse;

/// What a right lets somebody do. The one never answers for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RightKind {
    /// Look.
    Read,
    /// Look and act.
    Act,
    /// Speak and write to the authority about the person.
    Contact,
}

impl RightKind {
    /// "Læse"
    #[must_use]
    pub fn name(self, frame: &Frame<'_>) -> &'static str {
        frame.say(match self {
            Self::Read => "right-read",
            Self::Act => "right-act",
            Self::Contact => "right-contact",
        })
    }

    /// "læse", inside a sentence.
    fn verb(self, frame: &Frame<'_>) -> &'static str {
        frame.say(match self {
            Self::Read => "right-read-verb",
            Self::Act => "right-act-verb",
            Self::Contact => "right-contact-verb",
        })
    }
}

/// A right as the catalogue words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Its value in a form.
    pub code: String,
    /// What it is about: "Borgerportalen".
    pub topic: String,
    /// What one may do.
    pub kind: RightKind,
    /// What that means: "Se det samme som Inger".
    pub says: String,
    /// Chosen, or agreed.
    pub chosen: bool,
}

/// The rights about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic<'r> {
    /// "Borgerportalen"
    pub title: &'r str,
    /// In the catalogue's order.
    pub rights: Vec<&'r Right>,
}

/// A subject area of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// "Sundhed og omsorg"
    pub title: String,
    /// Its rights; those about one thing stand together.
    pub rights: Vec<Right>,
}

impl Area {
    /// The rights by what they are about: first what most can be done with, which is what most people come for.
    #[must_use]
    pub fn topics(&self) -> Vec<Topic<'_>> {
        let mut topics = topics(&self.rights);
        topics.sort_by_key(|topic| Reverse(topic.rights.len()));
        topics
    }

    /// How many are chosen.
    #[must_use]
    pub fn chosen(&self) -> usize {
        self.rights.iter().filter(|right| right.chosen).count()
    }

    /// "Borgerportalen, Hjælpemidler"
    #[must_use]
    pub fn line(&self) -> String {
        self.topics().iter().map(|topic| topic.title).collect::<Vec<_>>().join(", ")
    }
}

/// Rights by what they are about, in the order in which each thing is first named.
#[must_use]
pub(super) fn topics(rights: &[Right]) -> Vec<Topic<'_>> {
    let mut found: Vec<Topic<'_>> = Vec::new();
    for right in rights {
        match found.iter_mut().find(|topic| topic.title == right.topic) {
            Some(topic) => topic.rights.push(right),
            None => found.push(Topic { title: &right.topic, rights: vec![right] }),
        }
    }
    found
}

/// What may be done with one thing: "Borgerportalen", "læse og handle".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicLine<'r> {
    /// What it is about.
    pub title: &'r str,
    /// What may be done with it.
    pub verbs: String,
}

/// Rights by what they are about, a line each.
#[must_use]
pub fn by_topic<'r>(frame: &Frame<'_>, rights: &'r [Right]) -> Vec<TopicLine<'r>> {
    let line = |topic: &Topic<'r>| TopicLine { title: topic.title, verbs: verbs(frame, topic) };
    topics(rights).iter().map(line).collect()
}

/// "læse og handle", "læse, handle og kontakte"
#[must_use]
fn verbs(frame: &Frame<'_>, topic: &Topic<'_>) -> String {
    let mut kinds: Vec<RightKind> = topic.rights.iter().map(|right| right.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let words: Vec<&str> = kinds.into_iter().map(|kind| kind.verb(frame)).collect();
    let and = match frame.lang {
        Lang::Da => " og ",
        Lang::En => " and ",
    };
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
        None => String::new(),
    }
}

/// "Borgerportalen: læse og handle. Fælles Medicinkort: læse"
#[must_use]
pub(super) fn in_short(frame: &Frame<'_>, rights: &[Right]) -> String {
    let line = |line: TopicLine<'_>| format!("{}: {}", line.title, line.verbs);
    by_topic(frame, rights).into_iter().map(line).collect::<Vec<_>>().join(". ")
}

/// What a mandate or a request is worth now, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It gives access now.
    Active,
    /// It begins later.
    Planned,
    /// The municipality has paused it.
    Suspended,
    /// Its last day has passed.
    Expired,
    /// The giver stopped it.
    StoppedByGiver,
    /// The holder stopped it.
    StoppedByHolder,
    /// An authority ended it, or one of the two died. Why is nobody's but theirs.
    Ended,
    /// A newer one took over.
    Replaced,
    /// A request that waits for the reader.
    WaitsForYou,
    /// A request that waits for the other.
    WaitsForOther,
    /// A request that was agreed to.
    Approved,
    /// A request that was declined.
    Declined,
    /// A request that was taken back.
    TakenBack,
    /// A request nobody answered in time.
    Lapsed,
}

impl State {
    /// The word on the badge.
    #[must_use]
    pub fn word(self, frame: &Frame<'_>) -> &'static str {
        frame.say(self.key())
    }

    /// The key of that word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "state-active",
            Self::Planned => "state-planned",
            Self::Suspended => "state-suspended",
            Self::Expired => "state-expired",
            Self::StoppedByGiver | Self::StoppedByHolder => "state-stopped",
            Self::Ended => "state-ended",
            Self::Replaced => "state-replaced",
            Self::WaitsForYou => "state-waits-you",
            Self::WaitsForOther => "state-waits-other",
            Self::Approved => "state-approved",
            Self::Declined => "state-declined",
            Self::TakenBack => "state-taken-back",
            Self::Lapsed => "state-lapsed",
        }
    }

    /// The badge's class: what is live, what wants somebody, what is over.
    #[must_use]
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Active | Self::Approved => "bp-badge-ok",
            Self::WaitsForYou => "bp-badge-call",
            Self::Planned | Self::Suspended | Self::WaitsForOther => "bp-badge-plain",
            Self::Expired
            | Self::StoppedByGiver
            | Self::StoppedByHolder
            | Self::Ended
            | Self::Replaced
            | Self::Declined
            | Self::TakenBack
            | Self::Lapsed => "bp-badge-over",
        }
    }

    /// Whether it still can give access.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Active | Self::Planned | Self::Suspended)
    }
}
