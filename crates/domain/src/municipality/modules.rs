//! Which areas of the portal a municipality has turned off. It refuses to turn off what a citizen has a right to whatever
//! the municipality says: documents, who has seen the data, and mandates.

use crate::access::Privilege;
use serde::Deserialize;

coded_enum! {
    /// An area that a municipality may turn off.
    pub enum Module {
        /// Tilstande.
        Conditions = "conditions",
        /// Handlingsplaner.
        Plans = "plans",
        /// Hjælpemidler.
        Aids = "aids",
        /// Kalender.
        Calendar = "calendar",
        /// Beskeder.
        Messages = "messages",
        /// Bevillinger.
        Grants = "grants",
    }
}

impl Module {
    /// The area that a privilege is about, if it can be turned off.
    #[must_use]
    pub const fn of(privilege: Privilege) -> Option<Self> {
        match privilege {
            Privilege::ReadConditions => Some(Self::Conditions),
            Privilege::ReadPlans => Some(Self::Plans),
            Privilege::ReadAids | Privilege::ActAids => Some(Self::Aids),
            Privilege::ReadCalendar | Privilege::ActCalendar => Some(Self::Calendar),
            Privilege::ReadMessages | Privilege::ActMessages => Some(Self::Messages),
            Privilege::ReadGrants => Some(Self::Grants),
            Privilege::ReadFrontPage
            | Privilege::ReadDocuments
            | Privilege::ReadOwnActs
            | Privilege::ReadAccessLog
            | Privilege::ReadMandates
            | Privilege::StopMandates
            | Privilege::ManageMandates => None,
        }
    }

    const fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// The areas a municipality has turned off; none unless it says so.
///
/// ```
/// use borgerportal_domain::municipality::{Module, Settings};
/// let settings = Settings::from_toml("municipality = \"0217\"\n[modules]\noff = [\"plans\"]\n")?;
/// assert!(!settings.modules.has(Module::Plans) && settings.modules.has(Module::Calendar));
/// # Ok::<(), borgerportal_domain::municipality::SettingsError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Modules {
    off: u8,
}

impl Modules {
    /// Everything is on.
    pub const ALL: Self = Self { off: 0 };

    /// Whether this area is on.
    #[must_use]
    pub const fn has(self, module: Module) -> bool {
        self.off & module.bit() == 0
    }

    /// Without this area.
    #[must_use]
    pub const fn without(self, module: Module) -> Self {
        Self { off: self.off | module.bit() }
    }
}

/// As it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    off: Vec<Module>,
}

impl From<Written> for Modules {
    fn from(written: Written) -> Self {
        written.off.into_iter().fold(Self::ALL, Self::without)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_off_is_off_and_nothing_else_is() {
        for off in Module::ALL {
            let modules = Modules::ALL.without(*off);
            for one in Module::ALL {
                assert_eq!(modules.has(*one), one != off, "{one:?} without {off:?}");
            }
        }
    }

    #[test]
    fn reading_and_acting_go_together() {
        for act in Privilege::ALL {
            if let Some(reading) = act.reading_half() {
                assert_eq!(Module::of(*act), Module::of(reading), "{act:?}");
            }
        }
    }
}
