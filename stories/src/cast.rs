//! Who plays in the stories. Their numbers are ones that nobody can have (day + 60).

use borgerportal_domain::Cpr;
use borgerportal_domain::access::Level;
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::Date;
use borgerportal_simulators::broker::TestPerson;

/// Somebody with a MitID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    pub given: &'static str,
    pub family: &'static str,
    pub birth: &'static str,
    /// The last three digits of the number.
    pub number: u16,
}

const fn person(given: &'static str, family: &'static str, birth: &'static str) -> Person {
    Person { given, family, birth, number: 7 }
}

/// The mother whose record it is.
pub const INGER: Person = person("Inger", "Holm", "1943-05-12");
/// Her daughter, who has her mandate.
pub const METTE: Person = person("Mette", "Holm", "1970-02-03");
/// Another daughter, who has none.
pub const LONE: Person = person("Lone", "Krogh", "1972-08-09");
/// A man whom Mette helps too.
pub const POUL: Person = person("Poul", "Vang", "1939-01-22");
/// A son whose mandate from Inger has run out.
pub const PREBEN: Person = person("Preben", "Holm", "1966-04-14");
/// A man whom the municipality does not help any more.
pub const BENT: Person = person("Bent", "Lund", "1950-09-30");
/// A mother of two.
pub const SOFIE: Person = person("Sofie", "Dahl", "1985-05-12");
/// Her young child.
pub const ALMA: Person = person("Alma", "Dahl", "2018-01-20");
/// Her other child, 18 the day after the stories begin.
pub const EMIL: Person = person("Emil", "Dahl", "2008-11-04");
/// Not fifteen yet, with a record.
pub const JONAS: Person = person("Jonas", "Friis", "2012-06-01");
/// Somebody nobody knows here.
pub const KAREN: Person = person("Karen", "Ny", "1980-12-24");

/// Everybody.
pub const EVERYBODY: [Person; 11] = [INGER, METTE, LONE, POUL, PREBEN, BENT, SOFIE, ALMA, EMIL, JONAS, KAREN];

impl Person {
    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    #[must_use]
    pub fn name(&self) -> PersonName {
        PersonName { given: self.given.to_owned(), family: self.family.to_owned() }
    }

    #[must_use]
    pub fn birth_on(&self) -> Date {
        self.birth.parse().unwrap()
    }

    /// Day + 60; the seventh digit 4 is right for every year of birth from 1937 to 2036.
    #[must_use]
    pub fn cpr(&self) -> Cpr {
        let birth = self.birth_on();
        let (day, month, year) = (birth.day() + 60, birth.month(), birth.year() % 100);
        Cpr::parse(&format!("{day:02}{month:02}{year:02}4{:03}", self.number)).unwrap()
    }

    /// The person's MitID UUID.
    #[must_use]
    pub fn uuid(&self) -> String {
        format!("mitid-{}", self.given.to_lowercase())
    }

    pub(crate) fn with_mitid(&self) -> TestPerson {
        TestPerson {
            cpr: self.cpr(),
            name: self.name(),
            birth_on: self.birth_on(),
            uuid: self.uuid(),
            level: Level::Substantial,
            about_da: String::new(),
            about_en: String::new(),
        }
    }
}
