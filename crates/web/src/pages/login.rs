//! The way in: who one logs in for, and in which municipality. Every page of it works before
//! anything is known about the visitor.

use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::MunicipalityCode;
use borgerportal_domain::access::Role;

/// `/`
#[derive(Clone, Debug, Template)]
#[template(path = "login/roles.html")]
pub struct RoleChoicePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// FMK-online, where medicine is.
    pub fmk_url: &'a str,
    /// Where a mandate is asked for; without it the help page explains.
    pub mandate_url: Option<&'a str>,
}

/// A door of the first page.
#[derive(Clone, Debug)]
pub struct Door {
    /// Where it leads.
    pub href: String,
    /// The icon's name.
    pub icon: &'static str,
    /// "Mig selv"
    pub words: &'static str,
    /// "Som borger. …"
    pub line: &'static str,
}

impl RoleChoicePage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("login-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The three doors.
    #[must_use]
    pub fn doors(&self) -> [Door; 3] {
        let door = |role, icon, words, line| Door {
            href: paths::municipality(role),
            icon,
            words: self.frame.say(words),
            line: self.frame.say(line),
        };
        [
            door(Role::Citizen, "person", "role-citizen", "role-citizen-line"),
            door(Role::Parent, "parent", "role-parent", "role-parent-line"),
            door(Role::Relative, "persons", "role-relative", "role-relative-line"),
        ]
    }

    /// Where the help about mandates stands.
    #[must_use]
    pub fn mandate_help(&self) -> String {
        format!("{}#fuldmagt", paths::HELP)
    }
}

/// What is said about a municipality in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MunicipalityNote {
    /// Chosen the last time on this device.
    LastUsed,
    /// Uses Borgerportalen.
    Here,
    /// Uses something else; the link leads to a page that says so.
    Elsewhere,
}

/// A municipality one can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MunicipalityHit<'a> {
    /// Its code.
    pub code: MunicipalityCode,
    /// "Helsingør Kommune"
    pub name: &'a str,
    /// What is said about it.
    pub note: MunicipalityNote,
}

/// What the list is the answer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Searched<'a> {
    /// Nothing yet: the last used, or none.
    Nothing,
    /// Words: the ones that fit, the last used first.
    For(&'a str),
    /// All, from A to Å.
    Everything,
}

/// `/kommune`
#[derive(Clone, Debug, Template)]
#[template(path = "login/municipality.html")]
pub struct MunicipalityPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Who is logging in.
    pub role: Role,
    /// What the list is the answer to.
    pub searched: Searched<'a>,
    /// The list.
    pub hits: Vec<MunicipalityHit<'a>>,
}

impl MunicipalityPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("municipality-title")
    }

    /// Never wrong: nothing found is an answer.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The question, for the role.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say(match self.role {
            Role::Citizen => "municipality-question-citizen",
            Role::Parent => "municipality-question-parent",
            Role::Relative => "municipality-question-relative",
        })
    }

    /// The words in the field.
    #[must_use]
    pub fn query(&self) -> &str {
        match self.searched {
            Searched::For(query) => query,
            Searched::Nothing | Searched::Everything => "",
        }
    }

    /// The role's word for the hidden field.
    #[must_use]
    pub fn role_word(&self) -> &'static str {
        paths::role_word(self.role)
    }

    /// "2 kommuner passer til “fj”"
    #[must_use]
    pub fn count(&self) -> String {
        match self.searched {
            Searched::Nothing => String::new(),
            Searched::For(query) => self
                .frame
                .texts()
                .with("municipality-found", &[("count", self.hits.len().into()), ("query", query.into())]),
            Searched::Everything => {
                self.frame.texts().with("municipality-all-count", &[("count", self.hits.len().into())])
            }
        }
    }

    /// Whether all are listed.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.searched == Searched::Everything
    }

    /// The list of all.
    #[must_use]
    pub fn all_path(&self) -> String {
        paths::municipality_all(self.role)
    }

    /// Where a municipality leads.
    #[must_use]
    pub fn hit_path(&self, hit: &MunicipalityHit<'_>) -> String {
        paths::log_in(hit.code, self.role)
    }

    /// What is said about it; nothing in the long list, unless it stands out.
    #[must_use]
    pub fn note(&self, hit: &MunicipalityHit<'_>) -> &'static str {
        match hit.note {
            MunicipalityNote::LastUsed => self.frame.say("municipality-last"),
            MunicipalityNote::Here => self.frame.say("municipality-here"),
            MunicipalityNote::Elsewhere => self.frame.say("municipality-elsewhere"),
        }
    }
}
