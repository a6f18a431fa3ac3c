//! What people do in Digital Fuldmagt: log in without choosing a municipality, answer the questions one by one,
//! sign, and look at what came of it.

use crate::browser::Page;
use crate::cast::Person;
use crate::html::{self, Form};
use crate::visitor::Visitor;
use crate::world::World;
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::{Mandate, MandateItem, Origin, Status, Terms, Territory};
use borgerportal_domain::time::{copenhagen_date, days_after};
use borgerportal_service::mandates::import::{self, File};
use borgerportal_store::mandates::{self, Kept, NewItem, packages};

/// The catalogue of the demo: what can be asked for, where it is used, what it opens.
const FILES: [&str; 3] = [
    include_str!("../../crates/borgerportal/src/demo/packages/catalogue.csv"),
    include_str!("../../crates/borgerportal/src/demo/packages/activations.csv"),
    include_str!("../../crates/borgerportal/src/demo/packages/map.csv"),
];

/// A right, by what it is about and what one may do.
pub type Right<'a> = (&'a str, &'a str);

/// The whole of the portal, to read.
pub const READ: Right<'static> = ("Social- og sundhedsportal", "Læse");
/// The whole of the portal, to act.
pub const ACT: Right<'static> = ("Social- og sundhedsportal", "Handle");
/// What opens no document.
pub const CALENDAR: Right<'static> = ("Kalender og besøg", "Læse");

impl World {
    /// From now on there is something to ask for.
    pub async fn offer_packages(&self) {
        for text in FILES {
            let file = File::read(text).unwrap();
            self.write(move |tx| {
                import::import(tx, &file, false)?.map(|_| ()).map_err(|unfit| panic!("{unfit:?}"))
            })
            .await;
        }
    }

    /// A mandate for one package of the catalogue, good for a month.
    pub async fn give(&self, giver: &Person, holder: &Person, package: &'static str) -> MandateId {
        let (giver, holder) = (self.id_of(giver).await, self.id_of(holder).await);
        let id = MandateId::from_uuid(self.app.store.errand_id(self.now()).unwrap().uuid());
        self.write(move |tx| {
            let entry = packages::catalogue(tx)?.into_iter().find(|entry| entry.code == package).unwrap();
            let today = copenhagen_date(tx.now());
            let terms = Terms {
                giver,
                holder,
                origin: Origin::Given,
                first_day: today,
                last_day: days_after(today, 30),
                signed_at: tx.now(),
                supersedes: None,
            };
            let (territory, status) = (Territory::All, Status::SIGNED);
            let item = MandateItem { package: entry.package, version: entry.version, territory, status };
            let mandate = Mandate::restore(id, terms, vec![item]);
            let kept = Kept { mandate, evidence: None, request: None, named: None, addressee: None };
            let new = NewItem { privileges: PrivilegeSet::EMPTY, channel: entry.channel };
            Ok(mandates::keep(tx, &kept, &[new])?)
        })
        .await;
        id
    }

    /// Logged in for mandates alone.
    pub async fn log_in_for_mandates(&self, person: Person) -> Visitor {
        let mut visitor = self.person(person);
        let start = visitor.browser.get("/").await;
        let page = visitor.go_to_broker(&start.link("Bed om eller giv en fuldmagt")).await;
        let page = visitor.arrive(page).await;
        assert_eq!((page.status, page.h1().as_str()), (200, "Fuldmagter"), "{}", page.words());
        visitor
    }
}

/// The value of a right's box on a page.
#[must_use]
pub fn code(page: &Page, (topic, kind): Right<'_>) -> String {
    let html = page.html();
    let group = html::all(&html, "fieldset").find(|group| {
        html::all(group.inner(), "legend").next().is_some_and(|legend| legend.words() == topic)
    });
    let group = group.unwrap_or_else(|| panic!("no {topic}: {}", page.words()));
    let label = html::all(group.inner(), "label").find(|label| label.words().starts_with(kind));
    let label = label.unwrap_or_else(|| panic!("no {kind} of {topic}"));
    let id = label.get("for").unwrap().to_owned();
    let input = html::all(group.inner(), "input").find(|input| input.get("id") == Some(&id)).unwrap();
    input.get("value").unwrap().to_owned()
}

/// The form that is sent to an address with these words in it.
#[must_use]
pub fn form_to(page: &Page, part: &str) -> Form {
    let found = page.forms().into_iter().find(|form| form.action.contains(part));
    found.unwrap_or_else(|| panic!("no form for {part}: {} {}", page.status, page.words()))
}

impl Visitor {
    /// Sends the one form of a question.
    pub async fn reply(&self, page: &Page, changed: &[(&str, &str)]) -> Page {
        let here = page.url.path().to_owned();
        self.browser.submit(&form_to(page, &here), changed).await
    }

    /// Begins asking (`bed-om`) or giving (`giv`); stands at the first question.
    pub async fn begin(&self, way: &str) -> Page {
        let intro = self.browser.get(&format!("/fuldmagter/{way}")).await;
        self.browser.submit(&intro.form(way), &[]).await
    }

    /// Answers who it is and what may be done; stands at how long.
    pub async fn to_period(&self, way: &str, (name, cpr): (&str, &str), rights: &[Right<'_>]) -> Page {
        let page = self.begin(way).await;
        let page = self.reply(&page, &[("navn", name), ("cpr", cpr)]).await;
        let codes: Vec<String> = rights.iter().map(|right| code(&page, *right)).collect();
        let fields: Vec<(&str, &str)> = codes.iter().map(|code| ("valg", code.as_str())).collect();
        self.reply(&page, &fields).await
    }

    /// Answers everything; stands before the signature.
    pub async fn to_check(&self, way: &str, who: (&str, &str), rights: &[Right<'_>]) -> Page {
        let page = self.to_period(way, who, rights).await;
        let page = self.reply(&page, &[]).await;
        if way == "giv" { page } else { self.reply(&page, &[("sending", "digital")]).await }
    }

    /// Asks somebody, or gives to them, and signs; stands at the receipt.
    pub async fn send(&self, way: &str, who: (&str, &str), rights: &[Right<'_>]) -> Page {
        let check = self.to_check(way, who, rights).await;
        assert_eq!(check.h1(), "Tjek dine svar", "{}", check.words());
        self.sign(&check.link("Underskriv med MitID")).await
    }

    /// Opens the page where one signs, and signs; stands at the receipt.
    pub async fn sign(&self, path: &str) -> Page {
        let page = self.browser.visit(path).await;
        self.browser.submit(&form_to(&page, "/underskriv"), &[("forstaaet", "1")]).await
    }
}

impl Person {
    /// Name and number, as somebody types them.
    #[must_use]
    pub fn typed(&self) -> (String, String) {
        (self.full(), self.cpr().expose().to_owned())
    }
}
