//! The invented people of the demo. Their CPR numbers are impossible (day + 60), their ages hold on the day the
//! data was made, and each is there for one thing to try. It refuses real names of living cases and real numbers.

use borgerportal_domain::access::Level;
use borgerportal_domain::time::Date;
use borgerportal_domain::{Cpr, PersonName};
use jiff::ToSpan as _;

/// One person and what to try as them.
#[derive(Clone, Copy)]
pub struct Person {
    /// How the demo's other files name them.
    pub key: &'static str,
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) birth: Birth,
    /// The last four characters of the number.
    pub(super) serial: &'static str,
    pub(super) level: Level,
    pub(super) protected: bool,
    /// Dead for so many days.
    pub(super) dead_days: Option<i64>,
    /// As what and where to log in: "Borger · Helsingør". Nothing for those who have no MitID.
    pub log_in: &'static str,
    /// What to try.
    pub try_this: &'static str,
    pub(super) about_da: &'static str,
}

/// When somebody was born, told from the day the data is made.
#[derive(Clone, Copy)]
pub(super) enum Birth {
    /// So many years old, since so many days.
    Years(i16, i16),
    /// Turns so many years tomorrow.
    TurnsTomorrow(i16),
}

impl Birth {
    fn on(self, today: Date) -> Date {
        match self {
            Self::Years(years, days) => {
                today.saturating_sub(i64::from(days).days()).saturating_sub(i64::from(years).years())
            }
            Self::TurnsTomorrow(years) => {
                today.saturating_add(1.day()).saturating_sub(i64::from(years).years())
            }
        }
    }

    const fn age(self) -> i16 {
        match self {
            Self::Years(years, _) => years,
            Self::TurnsTomorrow(years) => years - 1,
        }
    }
}

impl Person {
    /// The name as the register writes it.
    #[must_use]
    pub fn name(&self) -> PersonName {
        PersonName { given: self.given.to_owned(), family: self.family.to_owned() }
    }

    /// How old on the day the data is made.
    #[must_use]
    pub const fn age(&self) -> i16 {
        self.birth.age()
    }

    pub(super) fn birth_on(&self, today: Date) -> Date {
        self.birth.on(today)
    }

    /// The number: day of birth + 60, so that nobody has it.
    pub(super) fn cpr(&self, today: Date) -> anyhow::Result<Cpr> {
        let birth = self.birth_on(today);
        let text = format!(
            "{:02}{:02}{:02}{}",
            birth.day() + 60,
            birth.month(),
            birth.year().rem_euclid(100),
            self.serial
        );
        Ok(Cpr::parse(&text)?)
    }

    /// The person's MitID UUID at the simulated broker.
    pub(super) fn uuid(&self) -> String {
        format!("demo-{}", self.key)
    }
}

/// The person of this key.
pub(super) fn find(key: &str) -> anyhow::Result<&'static Person> {
    PEOPLE.iter().find(|person| person.key == key).ok_or_else(|| anyhow::anyhow!("nobody is called {key}"))
}

const SUBSTANTIAL: Level = Level::Substantial;

/// An adult with nothing special.
const fn person(
    key: &'static str,
    name: (&'static str, &'static str),
    birth: Birth,
    serial: &'static str,
) -> Person {
    Person {
        key,
        given: name.0,
        family: name.1,
        birth,
        serial,
        level: SUBSTANTIAL,
        protected: false,
        dead_days: None,
        log_in: "",
        try_this: "",
        about_da: "",
    }
}

/// What to show of them.
const fn told(
    person: Person,
    log_in: &'static str,
    try_this: &'static str,
    about_da: &'static str,
) -> Person {
    Person { log_in, try_this, about_da, ..person }
}

use Birth::{TurnsTomorrow, Years};

/// Everybody, in the order of the table.
pub const PEOPLE: &[Person] = &[
    told(
        person("mette", ("Mette", "Holm-Larsen"), Years(51, 130), "1102"),
        "Pårørende · Helsingør, Randers",
        "Read your mother's documents: choose Inger, search \"sår\", open a PDF. Bent's mandate ends tomorrow, \
         Edith's ended with her death. In Randers: uncle Kaj, reading only",
        "Datter. Hjælper sin mor Inger og sin morbror Kaj.",
    ),
    told(
        person("inger", ("Inger", "Holm"), Years(82, 61), "1104"),
        "Borger · Helsingør",
        "Your own record: two years of home care and wounds. See in \"Hvem har set mine data\" that Mette read it. \
         Under \"Fuldmagter\" Bent waits for an answer: look at what he would see, say yes to part of it, then stop it. \
         Your post box, beside the portal, has the messages about it",
        "82 år, KOL og et sår på benet. Hjemmepleje og sygepleje.",
    ),
    told(
        person("bent", ("Bent", "Holm"), Years(84, 200), "1101"),
        "Borger or Pårørende · Helsingør",
        "Your own small record, and your wife Inger's as her helper: some items are withheld from relatives. Mette's \
         mandate from you ends tomorrow: under \"Fuldmagter\" let it go on",
        "Ingers mand. Må læse hendes papirer til nytår.",
    ),
    told(
        person("karen", ("Karen", "Wulff"), Years(73, 17), "1106"),
        "Pårørende · Helsingør",
        "A narrow mandate: Inger's calendar and aids, not her documents. One mandate has expired",
        "Nabo. Må se Ingers kalender og hjælpemidler, ikke dokumenter.",
    ),
    told(
        person("grethe", ("Grethe", "Lund"), Years(71, 300), "1108"),
        "Pårørende · Randers",
        "Guardian (værge) for your brother Kaj in personal matters: no mandate is needed",
        "Værge for sin bror Kaj i personlige forhold.",
    ),
    told(
        person("kaj", ("Kaj", "Lund"), Years(77, 44), "1103"),
        "Borger · Randers",
        "A record with dementia care and day care, read by a guardian and a niece",
        "77 år, demens. Har værge.",
    ),
    told(
        Person { protected: true, ..person("sofie", ("Sofie", "Aabo"), Years(16, 90), "5102") },
        "Borger · Billund",
        "Sixteen: your own record, all of it, also what your parents do not see",
        "16 år, diabetes og samtaleforløb. Ser selv alt.",
    ),
    told(
        person("jonas", ("Jonas", "Aabo"), Years(44, 12), "1105"),
        "Forælder · Billund",
        "Custody: all of Emil (9), a filtered Sofie (16). Their protected address is never shown",
        "Far til Sofie og Emil. Fælles forældremyndighed.",
    ),
    told(
        Person { protected: true, ..person("rikke", ("Rikke", "Aabo"), Years(42, 250), "1112") },
        "Forælder · Billund",
        "The same as Jonas, with a protected name and address of your own",
        "Mor til Sofie og Emil. Har navne- og adressebeskyttelse.",
    ),
    told(
        person("amir", ("Amir", "Haddad"), Years(34, 5), "1107"),
        "Borger · Randers, Helsingør",
        "Two municipalities, two records: social support (VUM) in Randers, aids in Helsingør",
        "34 år, autisme. Bostøtte i Randers, journal også i Helsingør.",
    ),
    told(
        person("samir", ("Samir", "Haddad"), Years(29, 40), "1109"),
        "Pårørende · Randers",
        "A mandate that Amir took back three days ago: you are told, and see nothing",
        "Bror til Amir, som har trukket sin fuldmagt tilbage.",
    ),
    told(
        person("yasmin", ("Yasmin", "Haddad"), Years(61, 80), "1122"),
        "Pårørende · Randers",
        "Your mandate for your son Amir was given at NemLog-in and comes with the log-in: every page says so. After \
         30 minutes you are asked to log in again",
        "Mor til Amir. Har hans fuldmagt fra NemLog-in.",
    ),
    told(
        person("lone", ("Lone", "Friis"), Years(69, 150), "1110"),
        "Borger · Helsingør",
        "An inactive journal: why it is closed, whom to call. A complaint can still be made for 12 days",
        "69 år. Journalen er inaktiv, men en klagefrist løber.",
    ),
    told(
        person("sara", ("Sara", "Dahl"), Years(38, 77), "1114"),
        "Forælder · Helsingør",
        "Custody of Ida (7) with Peter; nothing stops you",
        "Mor til Ida. Deler forældremyndigheden med Peter.",
    ),
    told(
        person("peter", ("Peter", "Dahl"), Years(40, 33), "1111"),
        "Forælder · Helsingør",
        "Custody of Ida, too, but the municipality has blocked you: no access",
        "Far til Ida. Kommunen har spærret hans adgang.",
    ),
    told(
        person("maja", ("Maja", "Vind"), Years(45, 210), "1116"),
        "Forælder · Helsingør",
        "Alma turns 15 and Victor 18 tomorrow: start the demo with `--days 1` and look again. In the medicine service \
         beside the portal: read for Sara and be refused to write, write for Lone",
        "Mor til Victor, Alma og Noah.",
    ),
    told(
        person("thomas", ("Thomas", "Vind"), Years(47, 99), "1113"),
        "Forælder · Helsingør",
        "Father, but custody ended last week: the register says so, and no child is shown",
        "Far, men forældremyndigheden ophørte i sidste uge.",
    ),
    told(
        person("noah", ("Noah", "Vind"), Years(13, 60), "5101"),
        "Borger · Helsingør",
        "Thirteen with MitID: refused, you must be 15",
        "13 år og har MitID.",
    ),
    told(
        person("alma", ("Alma", "Vind"), TurnsTomorrow(15), "5104"),
        "Borger · Helsingør",
        "Refused today, let in tomorrow",
        "Fylder 15 i morgen.",
    ),
    told(
        person("victor", ("Victor", "Vind"), TurnsTomorrow(18), "5103"),
        "Borger · Helsingør",
        "Your own record today and tomorrow; your mother's access ends at midnight",
        "Fylder 18 i morgen.",
    ),
    told(
        person("niels", ("Niels", "Krogh"), Years(58, 8), "1115"),
        "Borger, Pårørende · anywhere",
        "A stranger: no record, no mandate, and the answer tells nothing about anybody. Choose \"Bed om eller giv en \
         fuldmagt\" and ask Inger Holm, Strandvejen 5, 2. tv, 3000 Helsingør, whose number you do not know: the letter \
         to her, with a page to sign, lies beside her post box",
        "Har ingen journal og ingen fuldmagt.",
    ),
    told(
        person("freja", ("Freja", "Storm"), Years(31, 20), "1118"),
        "Borger · Aarhus",
        "Your municipality is not in: the page says so before you log in",
        "Bor i Aarhus, som ikke er med.",
    ),
    told(
        Person { level: Level::Low, ..person("poul", ("Poul", "Ravn"), Years(66, 18), "1117") },
        "Borger · Helsingør",
        "A log-in at a low level of assurance (NSIS Lav): refused",
        "Logger på med for lavt sikringsniveau.",
    ),
    // Without MitID: Edith died last month, Ida and Emil are children.
    Person { dead_days: Some(34), ..person("edith", ("Edith", "Lund"), Years(79, 10), "1120") },
    person("ida", ("Ida", "Dahl"), Years(7, 70), "5106"),
    Person { protected: true, ..person("emil", ("Emil", "Aabo"), Years(9, 45), "5105") },
];
