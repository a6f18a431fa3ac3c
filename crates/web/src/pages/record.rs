//! What the pages of Mine data share: the tabs between them, and how a professional term is said. It refuses to show a
//! term whose name two methods share without the method's name beside it.

use super::{Frame, Topic, paths};
use borgerportal_domain::municipality::Module;
use borgerportal_domain::terms::Term;
use borgerportal_fhir::codes::System;
use borgerportal_i18n::{Lang, glossary};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The pages between which the tabs lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Dokumenter.
    Documents,
    /// Tilstande.
    Conditions,
    /// Handlingsplaner.
    Plans,
}

/// A tab.
#[derive(Clone, Debug)]
pub struct TabLink {
    /// Where it leads.
    pub href: String,
    /// What it says.
    pub words: &'static str,
    /// Whether it is the page in view.
    pub current: bool,
}

/// Names that both Fælles Sprog III and VUM have for something of their own.
static SHARED: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let labels = |system: System| system.concepts().map(|concept| concept.label).collect::<BTreeSet<_>>();
    labels(System::Fsiii).intersection(&labels(System::Ffb)).copied().collect()
});

impl Frame<'_> {
    /// The tabs of Mine data, of those the municipality has; none where there is nothing to choose.
    #[must_use]
    pub fn record_tabs(&self, here: Tab) -> Vec<TabLink> {
        let Some(journal) = self.journal else { return Vec::new() };
        let has = |module: Option<Module>| module.is_none_or(|module| self.modules.has(module));
        let tabs: Vec<TabLink> = [
            (Tab::Documents, None, paths::documents(journal), "tab-documents"),
            (Tab::Conditions, Some(Module::Conditions), paths::conditions(journal), "tab-conditions"),
            (Tab::Plans, Some(Module::Plans), paths::plans(journal), "tab-plans"),
        ]
        .into_iter()
        .filter(|(_, module, ..)| has(*module))
        .map(|(tab, _, href, words)| TabLink { href, words: self.say(words), current: tab == here })
        .collect();
        if tabs.len() > 1 { tabs } else { Vec::new() }
    }

    /// What a term is called in the page's language. What we have no English name for keeps its Danish one.
    #[must_use]
    pub fn term<'t>(&self, term: &'t Term) -> &'t str {
        match self.lang {
            Lang::Da => &term.label,
            Lang::En => glossary::meaning(&term.key).map_or(&term.label, |meaning| meaning.english),
        }
    }

    /// What it means in plain words; nothing for what the glossary has no words for.
    #[must_use]
    pub fn meaning(&self, term: &Term) -> &'static str {
        glossary::meaning(&term.key).map_or("", |meaning| meaning.text(self.lang))
    }

    /// The method of a term whose name two methods share.
    #[must_use]
    pub fn method(&self, term: &Term) -> Option<&'static str> {
        let shared = SHARED.contains(term.label.as_ref());
        shared.then(|| method(&term.key)).flatten()
    }

    /// The professional term behind a name that was translated.
    #[must_use]
    pub fn professional<'t>(&self, term: &'t Term) -> Option<&'t str> {
        (self.term(term) != term.label).then_some(&term.label)
    }

    /// Where the glossary explains this and its neighbours.
    #[must_use]
    pub fn glossary_path(&self, term: &Term) -> Option<String> {
        Topic::of(&term.key)
            .map(|topic| format!("{}#{}", paths::glossary_topic(topic), super::glossary::anchor(&term.key)))
    }
}

/// The method that a term comes from, for the lists that a citizen meets.
#[must_use]
pub(super) fn method(key: &str) -> Option<&'static str> {
    let system = borgerportal_fhir::terms::of_key(key)?.system;
    matches!(system, System::Fsiii | System::Ffb).then(|| system.method())
}

#[cfg(test)]
mod tests {
    use super::super::Here;
    use super::super::samples::{inger, outside};
    use super::*;
    use borgerportal_domain::municipality::Modules;

    #[test]
    fn a_tab_of_what_is_turned_off_is_not_there() {
        let words = |modules| {
            let frame = Frame { modules, ..inger(Lang::Da, Here::Documents) };
            frame.record_tabs(Tab::Plans).iter().map(|tab| (tab.words, tab.current)).collect::<Vec<_>>()
        };
        let all = [("Dokumenter", false), ("Tilstande", false), ("Handlingsplaner", true)];
        assert_eq!(words(Modules::ALL), all);
        assert_eq!(words(Modules::ALL.without(Module::Conditions)), [all[0], all[2]]);
        assert!(words(Modules::ALL.without(Module::Conditions).without(Module::Plans)).is_empty());
        assert!(outside(Lang::Da).record_tabs(Tab::Documents).is_empty());
    }

    #[test]
    fn a_name_that_two_methods_share_says_which_it_is() {
        let frame = inger(Lang::Da, Here::Documents);
        let methods = ["J1", "da3f488f-1742-4d00-b247-a7d47500b36b", "J3.8", "x"]
            .map(|key| frame.method(&Term::new(key, if key == "J3.8" { "Gå" } else { "Egenomsorg" })));
        assert_eq!(methods, [Some("Fælles Sprog III"), Some("Voksenudredningsmetoden (VUM)"), None, None]);
    }

    #[test]
    fn an_english_reader_gets_the_english_name_and_the_danish_term() {
        let (da, en) = (inger(Lang::Da, Here::Documents), inger(Lang::En, Here::Documents));
        let walk = Term::new("J3.8", "Gå");
        assert_eq!((da.term(&walk), da.professional(&walk)), ("Gå", None));
        assert_eq!((en.term(&walk), en.professional(&walk)), ("Walking", Some("Gå")));
        let unknown = Term::new("", "Noget nyt");
        assert_eq!((en.term(&unknown), en.meaning(&unknown)), ("Noget nyt", ""));
    }
}
