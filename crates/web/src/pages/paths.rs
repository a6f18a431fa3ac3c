//! Every address of the portal, in one place, so that no template spells one. An address holds opaque
//! ids and codes only: no CPR number, no name, no search word.

pub mod aids;
pub mod calendar;
pub mod mandates;
pub mod messages;

use super::{Filter, Topic};
use borgerportal_domain::access::Role;
use borgerportal_domain::{ItemId, JournalId, MunicipalityCode};
use borgerportal_i18n::Lang;
use std::fmt::Write as _;

/// The choice of role, and the address of the mark before login.
pub const START: &str = "/";
/// The municipality picker; `rolle` says who is logging in.
pub const MUNICIPALITY: &str = "/kommune";
/// The person chooser (GET) and the choice (POST).
pub const PERSONS: &str = "/personer";
/// The profile of whoever is signed in (GET), and what they want to be told of (POST).
pub const PROFILE: &str = "/profil";
/// Sends a code to an e-mail address (POST).
pub const PROFILE_MAIL: &str = "/profil/mail";
/// Forgets the e-mail address (POST).
pub const PROFILE_MAIL_DROP: &str = "/profil/mail/slet";
/// Confirms an address with its code (POST).
pub const PROFILE_CODE: &str = "/profil/kode";
/// Forgets an address that waits for its code (POST).
pub const PROFILE_CODE_DROP: &str = "/profil/kode/fortryd";
/// After log-in: straight on where there is nothing to choose.
pub const WELCOME: &str = "/velkommen";
/// A fresh log-in of a running session (GET).
pub const STEP_UP: &str = "/session/step-up";
/// Log off (POST).
pub const LOG_OFF: &str = "/log-af";
/// The warning before the session ends (GET).
pub const SESSION_WARNING: &str = "/session/warning";
/// After the session ended by itself (GET).
pub const SESSION_ENDED: &str = "/session/ended";
/// Stay logged in (POST).
pub const SESSION_EXTENSION: &str = "/session/extension";
/// Accessibility statement.
pub const ACCESSIBILITY: &str = "/was";
/// Privacy.
pub const PRIVACY: &str = "/privatliv";
/// Cookies.
pub const COOKIES: &str = "/cookies";
/// How to use the portal.
pub const HELP: &str = "/hjaelp";

/// The glossary.
pub const GLOSSARY: &str = "/ordbog";

/// A subject of the glossary.
#[must_use]
pub fn glossary_topic(topic: Topic) -> String {
    format!("{GLOSSARY}/{}", topic.word())
}

/// The word for a role in addresses. Staff do not log in here.
#[must_use]
pub const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Citizen => "borger",
        Role::Parent => "foraelder",
        Role::Relative => "paaroerende",
    }
}

/// The role of a word in an address.
#[must_use]
pub fn role_of(word: &str) -> Option<Role> {
    match word {
        "borger" => Some(Role::Citizen),
        "foraelder" => Some(Role::Parent),
        "paaroerende" => Some(Role::Relative),
        _ => None,
    }
}

/// The person chooser, with a way back to the journal in view.
#[must_use]
pub fn persons_from(journal: JournalId) -> String {
    format!("{PERSONS}?fra={journal}")
}

/// The picker for a role: `/kommune?rolle=borger`.
#[must_use]
pub fn municipality(role: Role) -> String {
    format!("{MUNICIPALITY}?rolle={}", role_word(role))
}

/// All municipalities from A to Å: `/kommune?rolle=borger&vis=alle`.
#[must_use]
pub fn municipality_all(role: Role) -> String {
    format!("{MUNICIPALITY}?rolle={}&vis=alle", role_word(role))
}

/// Starts the login: `/log-paa/0217?rolle=borger`.
#[must_use]
pub fn log_in(code: MunicipalityCode, role: Role) -> String {
    format!("/log-paa/{code}?rolle={}", role_word(role))
}

/// The front page of a journal: `/p/{journal}/`.
#[must_use]
pub fn front(journal: JournalId) -> String {
    format!("/p/{journal}/")
}

/// The document list: `/p/{journal}/documents`.
#[must_use]
pub fn documents(journal: JournalId) -> String {
    format!("/p/{journal}/documents")
}

/// The document list with a filter and, for a later page, an opaque cursor.
#[must_use]
pub fn documents_with(journal: JournalId, filter: &Filter, cursor: Option<&str>) -> String {
    let mut path = documents(journal);
    let mut sign = '?';
    for (name, value) in filter.pairs().into_iter().chain(cursor.map(|cursor| ("cursor", cursor))) {
        // Codes and cursors are letters, digits, `_` and `-`; writing into a String cannot fail.
        let _ = write!(path, "{sign}{name}={value}");
        sign = '&';
    }
    path
}

/// Search in documents (POST): `/p/{journal}/documents/search`.
#[must_use]
pub fn search(journal: JournalId) -> String {
    format!("/p/{journal}/documents/search")
}

/// One document.
#[must_use]
pub fn document(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/documents/{item}")
}

/// The file of a document.
#[must_use]
pub fn file(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/documents/{item}/file")
}

/// Conditions: `/p/{journal}/conditions`.
#[must_use]
pub fn conditions(journal: JournalId) -> String {
    format!("/p/{journal}/conditions")
}

/// One condition.
#[must_use]
pub fn condition(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/conditions/{item}")
}

/// Action plans: `/p/{journal}/plans`.
#[must_use]
pub fn plans(journal: JournalId) -> String {
    format!("/p/{journal}/plans")
}

/// One plan, goal or assessment.
#[must_use]
pub fn plan(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/plans/{item}")
}

/// Aids and loans: `/p/{journal}/aids`.
#[must_use]
pub fn aids(journal: JournalId) -> String {
    format!("/p/{journal}/aids")
}

/// Visits and appointments: `/p/{journal}/calendar`.
#[must_use]
pub fn calendar(journal: JournalId) -> String {
    format!("/p/{journal}/calendar")
}

/// Messages: `/p/{journal}/messages`.
#[must_use]
pub fn messages(journal: JournalId) -> String {
    format!("/p/{journal}/messages")
}

/// Grants: `/p/{journal}/grants`.
#[must_use]
pub fn grants(journal: JournalId) -> String {
    format!("/p/{journal}/grants")
}

/// The page from which the whole record is taken away.
#[must_use]
pub fn export(journal: JournalId) -> String {
    format!("/p/{journal}/export")
}

/// A volume of it as PDF.
#[must_use]
pub fn export_pdf(journal: JournalId, from: &str) -> String {
    format!("/p/{journal}/export/pdf?from={from}")
}

/// All of it as data.
#[must_use]
pub fn export_data(journal: JournalId) -> String {
    format!("/p/{journal}/export/fhir")
}

/// One grant.
#[must_use]
pub fn grant(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/grants/{item}")
}

/// The letter with a decision, where a closed journal leaves no documents.
#[must_use]
pub fn decision(journal: JournalId, item: ItemId) -> String {
    format!("/p/{journal}/grants/{item}/letter")
}

/// A message that complains about a grant, with the letter where there is one to read.
#[must_use]
pub fn complain(journal: JournalId, grant: ItemId, letter: Option<ItemId>) -> String {
    let letter = letter.map(|letter| format!("&about={letter}")).unwrap_or_default();
    format!("/p/{journal}/messages/new?kind=complaint&about={grant}{letter}")
}

/// Who has seen the data, or what oneself has seen.
#[must_use]
pub fn access_log(journal: JournalId) -> String {
    format!("/p/{journal}/access-log")
}

/// The menu of small screens.
#[must_use]
pub fn menu(journal: JournalId) -> String {
    format!("/p/{journal}/menu")
}

/// Changes the language and comes back to a path of ours.
#[must_use]
pub fn language(lang: Lang, back: &str) -> String {
    format!("/sprog/{}?back={}", lang.code(), in_query(back))
}

/// A fresh log-in that comes back to a path of ours.
#[must_use]
pub fn step_up(back: &str) -> String {
    format!("{STEP_UP}?back={}", in_query(back))
}

/// A path of ours as the value of a field in an address.
#[must_use]
pub fn in_query(path: &str) -> String {
    path.replace('?', "%3F").replace('&', "%26").replace('=', "%3D")
}

#[cfg(test)]
mod tests {
    use super::{in_query, language, role_of, role_word};
    use borgerportal_domain::access::Role;
    use borgerportal_i18n::Lang;

    #[test]
    fn roles_have_one_word_each() {
        for role in [Role::Citizen, Role::Parent, Role::Relative] {
            assert_eq!(role_of(role_word(role)), Some(role));
        }
        assert_eq!(role_of("medarbejder"), None);
    }

    #[test]
    fn a_way_back_keeps_its_own_query() {
        assert_eq!(
            in_query("/p/x/documents?type=letter&period=12m"),
            "/p/x/documents%3Ftype%3Dletter%26period%3D12m"
        );
        assert_eq!(language(Lang::En, "/personer"), "/sprog/en?back=/personer");
    }
}
