//! May this item be shown to this person? The second rule beside access: access opens a journal, this one
//! takes single items away. It refuses to show what nobody has decided about: an item without a label and
//! without a signed municipal default is hidden.

use super::{Area, Audience, ItemKind, Sensitivity, Visibility};
use crate::access::{Basis, JournalState};
use crate::documents::DocumentType;
use crate::municipality::{InactiveJournal, Policy, PublicationRule, Settings, YouthPolicy};
use crate::time::{Date, Timestamp, copenhagen_midnight};

/// What the rule looks at in an item.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What it is.
    pub kind: ItemKind,
    /// Where it belongs.
    pub area: Area,
    /// The record system it came from, as the municipality names it.
    pub sender: &'a str,
    /// The date on it.
    pub dated: Date,
    /// When it first arrived here.
    pub received_at: Timestamp,
    /// Its labels.
    pub visibility: &'a Visibility,
}

/// For whom, under which policy, and when.
#[derive(Clone, Copy, Debug)]
pub struct Viewing<'a> {
    /// Why the person may be in the journal at all.
    pub basis: &'a Basis,
    /// Whether the subject's address is protected.
    pub protected: bool,
    /// Whether help runs.
    pub journal: JournalState,
    /// Youth and inactive journals.
    pub policy: Policy,
    /// The municipality's defaults for items without a label, in its order.
    pub publication: &'a [PublicationRule],
    /// Now.
    pub now: Timestamp,
}

impl<'a> Viewing<'a> {
    /// With the municipality's own settings.
    #[must_use]
    pub fn new(
        basis: &'a Basis,
        protected: bool,
        journal: JournalState,
        settings: &'a Settings,
        now: Timestamp,
    ) -> Self {
        let publication = settings.publication.as_slice();
        Self { basis, protected, journal, policy: settings.policy(), publication, now }
    }

    /// Whether author and unit stay hidden: they would tell where a protected person lives.
    #[must_use]
    pub fn hides_whereabouts(&self) -> bool {
        self.protected && Viewer::of(self.basis) != Viewer::Citizen
    }
}

coded_enum! {
    /// How an item may be shown.
    pub enum Shown {
        /// All of it.
        Whole = "whole",
        /// Without author and unit, which would tell where a protected person lives.
        WithoutWhereabouts = "without_whereabouts",
    }
}

coded_enum! {
    /// Why an item is not shown. For staff and tests; the person in the portal sees no trace of it.
    pub enum Hidden {
        /// No label and no municipal default.
        NoDecision = "items.no_decision",
        /// Older than the municipality publishes.
        BeforeFromDate = "items.before_from_date",
        /// Not meant for this group.
        NotForYou = "items.not_for_you",
        /// Held until it has been talked through.
        NotYet = "items.not_yet",
        /// Staff have withheld it from this group.
        Withheld = "items.withheld",
        /// Tells about another person.
        ThirdParty = "items.third_party",
        /// A young person may keep it from parents.
        YouthTreatment = "items.youth_treatment",
        /// Too sensitive for a helper.
        Sensitive = "items.sensitive",
        /// The filter for parents of 15–17-year-olds.
        YouthFilter = "items.youth_filter",
        /// Would show where a protected person lives.
        Whereabouts = "items.whereabouts",
        /// The journal is inactive, and only letters are left.
        Inactive = "items.inactive",
    }
}

/// As whom an item is looked at, for the rules here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Viewer {
    Citizen,
    Parent { youth: Option<YouthPolicy> },
    Guardian,
    Helper,
}

impl Viewer {
    const fn of(basis: &Basis) -> Self {
        match basis {
            Basis::Own => Self::Citizen,
            Basis::Custody { youth, .. } => Self::Parent { youth: *youth },
            Basis::Guardianship { .. } => Self::Guardian,
            Basis::Mandate { .. } | Basis::Claim { .. } => Self::Helper,
        }
    }

    const fn is_in(self, audience: Audience) -> bool {
        match self {
            Self::Citizen => audience.citizen,
            Self::Parent { .. } => audience.parent,
            Self::Guardian | Self::Helper => audience.relative,
        }
    }
}

/// Decides whether, and how much of, an item may be shown.
///
/// ```
/// use borgerportal_domain::access::{Basis, JournalState};
/// use borgerportal_domain::documents::DocumentType;
/// use borgerportal_domain::items::*;
/// use borgerportal_domain::municipality::Policy;
/// use borgerportal_domain::{Date, Timestamp};
/// let now = Timestamp::from_seconds(1_763_600_000);
/// let labels = Visibility { audience: Some(Audience::CITIZEN), ..Visibility::default() };
/// let letter = Item {
///     kind: ItemKind::Document(DocumentType::Letter),
///     area: Area::Aids,
///     sender: "nexus",
///     dated: Date::constant(2025, 11, 1),
///     received_at: now,
///     visibility: &labels,
/// };
/// let mut viewing = Viewing {
///     basis: &Basis::Own,
///     protected: false,
///     journal: JournalState::Active,
///     policy: Policy::default(),
///     publication: &[],
///     now,
/// };
/// assert_eq!(may_show(&letter, &viewing), Ok(Shown::Whole));
/// viewing.basis = &Basis::Guardianship { last_day: None };
/// assert_eq!(may_show(&letter, &viewing), Err(Hidden::NotForYou));
/// ```
pub fn may_show(item: &Item<'_>, viewing: &Viewing<'_>) -> Result<Shown, Hidden> {
    let viewer = Viewer::of(viewing.basis);
    let labels = item.visibility;
    inactive(item, viewing)?;
    published(item, viewing, viewer)?;
    withheld(labels, viewer)?;
    sensitive(labels, viewing, viewer)?;
    youth_filter(item, viewer)?;
    Ok(if viewing.hides_whereabouts() { Shown::WithoutWhereabouts } else { Shown::Whole })
}

/// An inactive journal of which only letters and decisions are left.
fn inactive(item: &Item<'_>, viewing: &Viewing<'_>) -> Result<(), Hidden> {
    let letters_only = match (viewing.journal, viewing.policy.inactive) {
        (JournalState::Inactive { .. }, InactiveJournal::LettersOnly) => true,
        (JournalState::Active, _)
        | (JournalState::Inactive { .. }, InactiveJournal::Locked | InactiveJournal::ReadOnly { .. }) => {
            false
        }
    };
    // A decision stays as long as its letter does.
    let stays = matches!(item.kind, ItemKind::Document(DocumentType::Letter) | ItemKind::Grant);
    if letters_only && !stays { Err(Hidden::Inactive) } else { Ok(()) }
}

/// Audience and date, from the labels or else from the municipality's default.
fn published(item: &Item<'_>, viewing: &Viewing<'_>, viewer: Viewer) -> Result<(), Hidden> {
    let labels = item.visibility;
    let rule = viewing.publication.iter().find(|rule| rule.fits(item.sender, item.kind, item.area));
    let audience = match (labels.audience, rule) {
        (Some(audience), _) => audience,
        (None, Some(rule)) => {
            if rule.from_date.is_some_and(|from| item.dated < from) {
                return Err(Hidden::BeforeFromDate);
            }
            rule.audience
        }
        (None, None) => return Err(Hidden::NoDecision),
    };
    if !viewer.is_in(audience) {
        return Err(Hidden::NotForYou);
    }
    match held_until(item, rule) {
        Some(from) if viewing.now < from => Err(Hidden::NotYet),
        _ => Ok(()),
    }
}

/// From when an item can be seen by whoever it is for: when it arrived, or later where it is held back.
#[must_use]
pub fn shown_from(item: &Item<'_>, publication: &[PublicationRule]) -> Timestamp {
    let rule = publication.iter().find(|rule| rule.fits(item.sender, item.kind, item.area));
    held_until(item, rule).unwrap_or(item.received_at).max(item.received_at)
}

fn held_until(item: &Item<'_>, rule: Option<&PublicationRule>) -> Option<Timestamp> {
    let delayed = rule.and_then(|rule| delayed_until(item.received_at, rule.delay_days));
    item.visibility.visible_from.or(delayed)
}

/// A delay in days ends at midnight in Denmark, so that a whole day's items appear together.
fn delayed_until(received_at: Timestamp, days: u16) -> Option<Timestamp> {
    if days == 0 {
        return None;
    }
    let day = crate::time::copenhagen_date(received_at);
    Some(copenhagen_midnight(day.saturating_add(jiff::Span::new().days(i32::from(days)))))
}

fn withheld(labels: &Visibility, viewer: Viewer) -> Result<(), Hidden> {
    let withheld = match viewer {
        Viewer::Citizen => false,
        Viewer::Parent { .. } => labels.withheld_from_parent,
        Viewer::Guardian | Viewer::Helper => labels.withheld_from_relative,
    };
    if withheld { Err(Hidden::Withheld) } else { Ok(()) }
}

/// What is sensitive is the citizen's own; a guardian and the parents of a child under 15 stand in the
/// citizen's place except where another person or a protected address would be shown.
fn sensitive(labels: &Visibility, viewing: &Viewing<'_>, viewer: Viewer) -> Result<(), Hidden> {
    let is = |one| labels.sensitivities.contains(one);
    if viewer == Viewer::Citizen || labels.sensitivities.is_empty() {
        return Ok(());
    }
    if is(Sensitivity::ThirdParty) {
        return Err(Hidden::ThirdParty);
    }
    if is(Sensitivity::Whereabouts) && viewing.protected {
        return Err(Hidden::Whereabouts);
    }
    match viewer {
        Viewer::Parent { youth: Some(_) } if is(Sensitivity::YouthTreatment) => Err(Hidden::YouthTreatment),
        Viewer::Parent { youth: Some(YouthPolicy::Filtered | YouthPolicy::None) } | Viewer::Helper
            if is(Sensitivity::Social) =>
        {
            Err(Hidden::Sensitive)
        }
        Viewer::Citizen | Viewer::Parent { .. } | Viewer::Guardian | Viewer::Helper => Ok(()),
    }
}

/// What parents of a 15–17-year-old do not see unless the municipality shows everything: the young person's
/// own messages, notes on how they are, and the social area.
fn youth_filter(item: &Item<'_>, viewer: Viewer) -> Result<(), Hidden> {
    let Viewer::Parent { youth: Some(YouthPolicy::Filtered | YouthPolicy::None) } = viewer else {
        return Ok(());
    };
    let private = matches!(item.kind, ItemKind::Document(DocumentType::Message | DocumentType::Observation));
    if private || item.area == Area::Social { Err(Hidden::YouthFilter) } else { Ok(()) }
}
