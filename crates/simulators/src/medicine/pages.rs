//! The medicine service's pages: who one is, whose cards one may open, and one card. In Danish, with English beside;
//! without script. They refuse to look like the real one, and to name a person by number.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

use super::{May, Patient};
use crate::page::shown;

/// Forms lead back here and nowhere else.
const OWN_FORMS: &str = "; form-action 'self'";

/// What came of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The card is open.
    Looked,
    /// A prescription was asked for.
    Asked,
    /// Only reading was given.
    ReadOnly,
    /// Nothing was given, or not any more.
    NoMandate,
    /// The portal says nothing.
    Away,
}

#[derive(Template)]
#[template(path = "medicine_everybody.html")]
struct Everybody {
    english: bool,
    /// Place and name.
    people: Vec<(usize, String)>,
}

#[derive(Template)]
#[template(path = "medicine_me.html")]
struct Me {
    english: bool,
    place: usize,
    name: String,
    /// Place, name, whether more than reading.
    cards: Vec<(usize, String, bool)>,
}

#[derive(Template)]
#[template(path = "medicine_card.html")]
struct Card {
    english: bool,
    step: Step,
    me: usize,
    my_name: String,
    other: usize,
    name: String,
}

impl Card {
    fn title(&self) -> String {
        let name = &self.name;
        let (da, en) = match self.step {
            Step::Looked => {
                return if self.english {
                    format!("Medicine card of {name}")
                } else {
                    format!("Medicinkort for {name}")
                };
            }
            Step::Asked => ("Der er bedt om en recept", "A prescription was asked for"),
            Step::ReadOnly => ("Du må kun læse", "You may only read"),
            Step::NoMandate => ("Du har ingen fuldmagt", "You have no mandate"),
            Step::Away => ("Portalen svarer ikke", "The portal does not answer"),
        };
        if self.english { en } else { da }.to_owned()
    }
}

pub(super) fn everybody(people: &[Patient], english: bool) -> Response {
    let people = (1..).zip(people).map(|(place, person)| (place, person.name.full())).collect();
    shown(StatusCode::OK, &Everybody { english, people }, OWN_FORMS)
}

pub(super) fn me<'p>(
    (place, person): (usize, &Patient),
    cards: impl Iterator<Item = (usize, &'p Patient, May)>,
    english: bool,
) -> Response {
    let cards = cards.map(|(place, other, may)| (place, other.name.full(), may == May::Write)).collect();
    shown(StatusCode::OK, &Me { english, place, name: person.name.full(), cards }, OWN_FORMS)
}

pub(super) fn card(
    status: StatusCode,
    step: Step,
    ((me, person), (other, card)): ((usize, &Patient), (usize, &Patient)),
    english: bool,
) -> Response {
    let (my_name, name) = (person.name.full(), card.name.full());
    shown(status, &Card { english, step, me, my_name, other, name }, OWN_FORMS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(step: Step, english: bool) -> String {
        let (my_name, name) = ("Mette <b>".to_owned(), "Inger Holm".to_owned());
        Card { english, step, me: 2, my_name, other: 1, name }.render().unwrap()
    }

    #[test]
    fn every_step_has_a_page_of_its_own_in_both_languages() {
        const ALL: [Step; 5] = [Step::Looked, Step::Asked, Step::ReadOnly, Step::NoMandate, Step::Away];
        let mut headings = std::collections::BTreeSet::new();
        for (step, english) in ALL.into_iter().flat_map(|step| [(step, false), (step, true)]) {
            let html = page(step, english);
            let heading = html.split_once("<h1>").unwrap().1.split_once("</h1>").unwrap().0.to_owned();
            assert!(headings.insert(heading), "{step:?}");
            assert_eq!(html.matches("<h1>").count(), 1, "{step:?}");
            assert!(html.contains(if english { "lang=\"en\"" } else { "lang=\"da\"" }), "{step:?}");
            assert!(!html.contains("<b>"), "names are text: {step:?}");
            assert_eq!(
                html.contains("<form"),
                step == Step::Looked,
                "only an open card has something to press"
            );
        }
    }

    #[test]
    fn no_address_holds_a_number_of_a_person() {
        let cpr = borgerportal_domain::Cpr::parse("7205500004").unwrap();
        let name = borgerportal_domain::PersonName { given: "Inger".to_owned(), family: "Holm".to_owned() };
        let people = [Patient { cpr, name }];
        let rows = (1..).zip(&people).map(|(place, person)| (place, person.name.full())).collect();
        let html = Everybody { english: false, people: rows }.render().unwrap();
        assert!(html.contains("href=\"/1\"") && !html.contains("7205500004"), "{html}");
    }
}
