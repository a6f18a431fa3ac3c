//! The main menu: the areas that this municipality has, and of a closed journal those that are left.

use super::{Closed, Frame, Here};
use crate::pages::paths;
use borgerportal_domain::municipality::Module;
use std::borrow::Cow;

/// An entry of the menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// Which page.
    pub here: Here,
    /// Where it leads.
    pub href: String,
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// The words.
    pub words: Cow<'static, str>,
    /// Whether it is the page in view.
    pub current: bool,
}

impl Frame<'_> {
    /// The menu: address, words, icon, whether this is the page.
    #[must_use]
    pub fn menu(&self) -> Vec<MenuItem> {
        let Some(journal) = self.journal else { return Vec::new() };
        let whose = self.say_whose("nav-documents", "nav-documents-other");
        let mut items = vec![
            self.item(Here::Front, paths::front(journal), "home", self.say("nav-front").into()),
            self.item(Here::Documents, paths::documents(journal), "folder-open", whose),
        ];
        for (module, here, path, icon, words) in [
            (Module::Aids, Here::Aids, paths::aids(journal), "aids", "nav-aids"),
            (Module::Calendar, Here::Calendar, paths::calendar(journal), "calendar-month", "nav-calendar"),
            (Module::Messages, Here::Messages, paths::messages(journal), "forum", "nav-messages"),
            (Module::Grants, Here::Grants, paths::grants(journal), "checklist", "nav-grants"),
        ] {
            if self.modules.has(module) && self.is_left(module) {
                items.push(self.item(here, path, icon, self.say(words).into()));
            }
        }
        // Nobody comes to somebody else's mandates: they are the signed-in person's own.
        if self.is_own() {
            let mandates = paths::mandates::MANDATES.to_owned();
            items.push(self.item(Here::Mandates, mandates, "how-to-reg", self.say("nav-mandates").into()));
        }
        items
    }

    /// What the phones' menu page has besides the menu: who has seen the data.
    #[must_use]
    pub fn more(&self) -> Option<MenuItem> {
        let words = self.say_whose("nav-access-log", "nav-access-log-other");
        Some(self.item(Here::AccessLog, paths::access_log(self.journal?), "visibility", words))
    }

    /// The few of the menu that stand at the foot of a phone's screen.
    #[must_use]
    pub fn short_cuts(&self) -> Vec<MenuItem> {
        let mut items = self.menu();
        let short = |item: &MenuItem| matches!(item.here, Here::Front | Here::Calendar | Here::Messages);
        items.retain(short);
        items
    }

    fn item(&self, here: Here, href: String, icon: &'static str, words: Cow<'static, str>) -> MenuItem {
        MenuItem { here, href, icon, words, current: self.here == here }
    }

    /// Whether an area is left of a journal that is closed, perhaps.
    fn is_left(&self, module: Module) -> bool {
        module == Module::Grants || !matches!(self.closed, Some(Closed::Letters | Closed::Shut))
    }
}
