//! What a desk types when a paper has come in, or when somebody reads a number on the telephone.

use crate::place::{Place, now};
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{Caller, Level, PrivilegeSet, Role};
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{
    Channel, DraftKind, Mandate, MandateItem, Named, Origin, Standing, Status, Terms, Territory,
};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::notices::State;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, copenhagen_date, days_after};
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::mandates::{Overview, ask, drafts, overview, paper};
use borgerportal_service::sessions::SignedIn;
use borgerportal_store::mandates::{self, Kept, NewItem};
use borgerportal_store::notices;
use borgerportal_store::people::{self, Person};
use borgerportal_store::sessions::Session;
use borgerportal_store::testing::{TestStore, sqlite};
use borgerportal_store::tx::Tx;

const INGER: &str = "720543-1104";
const BENT: &str = "630241-1105";
const READ: &str = "kl.social-og-sundhedsportal.laese";
const CALENDAR: &str = "kl.kalender.laese";

/// An installation with a catalogue, a scan on its disk, and Inger and Bent.
struct Desk {
    place: Place,
    store: TestStore,
    scan: String,
}

fn id(cpr: &str) -> PersonId {
    PersonId::from_bytes([if cpr == INGER { 1 } else { 2 }; 16])
}

fn day(days: i64) -> Date {
    days_after(copenhagen_date(now()), days)
}

impl Desk {
    fn open(store: TestStore) -> Self {
        let place = Place::on(store.clone());
        for (name, text) in [
            ("catalogue.csv", include_str!("../../src/demo/packages/catalogue.csv")),
            ("activations.csv", include_str!("../../src/demo/packages/activations.csv")),
            ("map.csv", include_str!("../../src/demo/packages/map.csv")),
        ] {
            let file = place.file(name);
            std::fs::write(&file, text).unwrap();
            let (ok, said) = place.run(&["packages", "import", &file.display().to_string()]);
            assert!(ok, "{said}");
        }
        let scan = place.file("scan.pdf");
        std::fs::write(&scan, "a scan").unwrap();
        let desk = Self { scan: scan.display().to_string(), place, store };
        for (cpr, given, born) in [(INGER, "Inger", (1943, 5, 12)), (BENT, "Bent", (1941, 2, 3))] {
            let birth_on = Date::constant(born.0, born.1, born.2);
            let facts = PersonFacts { id: id(cpr), birth_on, deceased_on: None, protected: false };
            let name = PersonName { given: given.to_owned(), family: "Holm".to_owned() };
            let person = Person { facts, name, cpr: Cpr::parse(cpr).unwrap() };
            desk.write(move |tx| Ok(people::save(tx, &person)?));
        }
        desk
    }

    fn write<T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> T {
        let errand_id = self.store.errand_id(now()).unwrap();
        self.place.runtime.block_on(self.store.write::<_, Problem, _>(now(), errand_id, errand)).unwrap()
    }

    /// Bent asks Inger by letter for ninety days: the code on it.
    fn letter(&self, codes: &[&str]) -> String {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        self.write(move |tx| {
            let who = signed_in(tx, id(BENT));
            let draft = drafts::start(tx, &who, DraftKind::Ask)?;
            drafts::save_person(tx, &who, draft, &Named::read("Inger Holm", INGER, "").unwrap())?;
            drafts::save_packages(tx, &who, draft, &paper::offered(tx, &codes)?)?;
            drafts::save_period(tx, &who, draft, day(90))?;
            drafts::save_sending(tx, &who, draft, true)?;
            let shown = ask::preview(tx, &who, draft, Lang::Da)?.hash;
            let sent = ask::send(tx, &who, draft, &shown, Lang::Da)?;
            let letters = notices::list(tx, State::LetterQueued, 9)?;
            let mut code = None;
            for letter in letters {
                let message = notices::load(tx, letter.id)?.unwrap();
                if message.cause.request == Some(sent.request) {
                    notices::keep_letter(tx, letter.id, &message.code, 3, &[1; 32])?;
                    code = Some(message.code);
                }
            }
            Ok(code.unwrap())
        })
    }

    fn overview(&self, of: &str) -> Overview {
        let of = id(of);
        let read = move |tx: &Tx<'_>| overview(tx, &signed_in(tx, of), Lang::Da, 0);
        self.place.runtime.block_on(self.store.read::<_, Problem, _>(now(), read)).unwrap()
    }

    /// `mandates …` with lines typed at its standard input.
    fn types(&self, words: &[&str], lines: &str) -> (bool, String) {
        let (ok, said) = self.place.typed(&[&["mandates"], words].concat(), lines);
        for secret in ["543-1104", "5431104", "241-1105", "2411105", "Inger", "Bent"] {
            assert!(!said.contains(secret), "{words:?} says {said}");
        }
        (ok, said)
    }

    /// `mandates paper …` about the letter with this code.
    fn paper(&self, code: &str, more: &[&str], lines: &str) -> (bool, String) {
        let all = ["paper", "--code", code, "--pages", "3", "--registrar", "Skranke 3", "--scan", &self.scan];
        self.types(&[&all[..], more].concat(), lines)
    }
}

fn signed_in(tx: &Tx<'_>, person: PersonId) -> SignedIn {
    let (now, municipality) = (tx.now(), MunicipalityCode::parse("0217"));
    let (role, level) = (Role::Citizen, Level::Substantial);
    let caller =
        Caller { actor: person, role, municipality, level, authenticated_at: now, claims: Vec::new() };
    let session = Session {
        person,
        role,
        municipality,
        level,
        authenticated_at: now,
        created_at: now,
        seen_at: now,
        ends_at: now.plus_minutes(60),
        csrf: [0; 32],
    };
    SignedIn { caller, session, token_hash: [0; 32], register_asked: false, mandates_are_ours: true }
}

/// The number that the program has said.
fn number_in(said: &str) -> String {
    let number = said.split_whitespace().find(|word| word.starts_with("F-"));
    number.unwrap_or_else(|| panic!("no number in {said}")).to_owned()
}

#[both]
fn what_was_ticked_on_the_return_page_is_registered_and_no_more(store: TestStore) {
    let desk = Desk::open(store);
    let code = desk.letter(&[READ, CALENDAR]);
    let (later, early) = (day(91).to_string(), day(30).to_string());
    for (more, told) in [
        (&["--only", "3"][..], "more than was asked for"),
        (&["--only", "1,kl.hjaelpemidler.kontakt"], "more than was asked for"),
        (&["--only", ""], "more than was asked for"),
        (&["--last-day", &later], "more than was asked for"),
        (&["--last-day", "2026-01-01"], "last day is over"),
        (&["--last-day", "31.12."], "write 2026-01-31"),
    ] {
        let (ok, said) = desk.paper(&code, more, INGER);
        assert!(!ok && said.contains(told), "{more:?}: {said}");
    }
    let (ok, said) = desk.paper(&code, &[], BENT);
    assert!(!ok && said.contains("signed by somebody else"), "{said}");
    assert!(desk.overview(BENT).received.is_empty(), "nothing came of all that");
    let (ok, said) = desk.paper(&code, &["--only", CALENDAR, "--last-day", &early], INGER);
    assert!(ok, "{said}");
    let held = desk.overview(BENT).received;
    assert_eq!((held.len(), held[0].items.len(), held[0].last_day), (1, 1, day(30)));
    assert_eq!((held[0].origin, number_in(&said)), (Origin::Paper, held[0].number.clone()));
    let (ok, said) = desk.paper(&code, &[], INGER);
    assert!(!ok && said.contains("answered or closed"), "{said}");
}

#[both]
fn a_letter_without_a_word_about_parts_is_yes_to_all_of_it(store: TestStore) {
    let desk = Desk::open(store);
    let code = desk.letter(&[READ, CALENDAR]);
    let (ok, said) = desk.paper(&code, &[], INGER);
    assert!(ok, "{said}");
    let held = desk.overview(BENT).received;
    assert_eq!((held[0].items.len(), held[0].last_day), (2, day(90)));
}

#[both]
fn a_no_asks_for_nobodys_number(store: TestStore) {
    let desk = Desk::open(store);
    let code = desk.letter(&[READ]);
    let (ok, said) = desk.paper(&code, &["--no"], "");
    assert!(ok && !said.contains("F-"), "{said}");
    assert_eq!(desk.overview(BENT).asked[0].standing.code(), "declined");
    let (ok, said) = desk.paper(&code, &["--no"], "");
    assert!(!ok && said.contains("answered or closed"), "{said}");
}

#[test]
fn a_no_is_not_yes_to_a_part_and_nothing_empty_is_a_scan() {
    let desk = Desk::open(sqlite());
    let code = desk.letter(&[READ]);
    for more in [
        &["--no", "--only", "1"][..],
        &["--no", "--last-day", "2027-01-01"],
        &["--no", "--deficient"],
        &["--deficient", "--only", "1"],
    ] {
        let (ok, said) = desk.paper(&code, more, INGER);
        assert!(!ok && said.contains("cannot be used with"), "{more:?}: {said}");
    }
    std::fs::write(&desk.scan, "").unwrap();
    let (ok, said) = desk.paper(&code, &["--no"], "");
    assert!(!ok && said.contains("it is empty"), "{said}");
    assert_eq!(desk.overview(BENT).asked[0].standing.code(), "waiting");
}

#[both]
fn a_paper_in_own_words_is_registered_and_found_by_the_number_that_was_said(store: TestStore) {
    let desk = Desk::open(store);
    let last_day = day(100).to_string();
    let words = |rights: &str, lines: &str| {
        let all = ["own-words", "--rights", rights, "--last-day", &last_day, "--pages", "1", "--registrar"];
        desk.types(&[&all[..], &["Skranke 3", "--scan", &desk.scan]].concat(), lines)
    };
    let both = format!("{INGER}\n{BENT}\n");
    let (ok, said) = words("kl.alt", &both);
    assert!(!ok && said.contains("no package that is offered today"), "{said}");
    let (ok, said) = words(READ, INGER);
    assert!(!ok && said.contains("write a CPR number"), "the holder is missing: {said}");
    let (ok, said) = words(&format!("{READ},{CALENDAR}"), &both);
    let number = number_in(&said);
    let held = desk.overview(BENT).received;
    assert_eq!((ok, held.len(), held[0].items.len(), held[0].last_day), (true, 1, 2, day(100)));
    assert_eq!(held[0].number, number);

    let review_by = day(14).to_string();
    let doubts = ["suspend", &number, "--reason", "misuse", "--review-by", &review_by];
    let standing = || desk.overview(BENT).received[0].standing;
    assert!(desk.types(&doubts, "").0);
    assert_eq!(standing(), Standing::Suspended);
    assert!(desk.types(&["resume", &number.to_lowercase()], "").0);
    assert_eq!(standing(), Standing::Active);
    let (ok, said) = desk.types(&["annul", "F-0000-0000", "--reason", "misuse"], "");
    assert!(!ok && said.contains("not found"), "{said}");
    assert!(desk.types(&["annul", &number, "--reason", "misuse"], "").0);
    assert_eq!(standing(), Standing::Annulled);
}

#[both]
fn a_corrected_birth_date_ends_what_a_child_has_given(store: TestStore) {
    let desk = Desk::open(store);
    let code = desk.letter(&[READ]);
    assert!(desk.paper(&code, &[], INGER).0);
    let standing = || desk.overview(BENT).received[0].standing;
    let (ok, said) = desk.types(&["born", "--on", &day(1).to_string()], INGER);
    assert!(!ok && said.contains("born after today"), "{said}");
    assert!(desk.types(&["born", "--on", "1944-05-12"], INGER).0);
    assert_eq!(standing(), Standing::Active, "old enough, whichever day it was");
    let (ok, said) = desk.types(&["born", "--on", &day(-14 * 365).to_string()], INGER);
    assert!(ok, "{said}");
    assert_eq!(standing(), Standing::Annulled);
}

/// Two mandates whose ids end alike have the same number: then neither is chosen.
#[both]
fn a_number_that_two_mandates_have_names_both_and_changes_neither(store: TestStore) {
    let desk = Desk::open(store);
    let mut other = [5; 16];
    other[0] = 6;
    let ids = [[5; 16], other].map(MandateId::from_bytes);
    for (mandate, package) in ids.into_iter().zip([3, 4]) {
        desk.write(move |tx| Ok(mandates::keep(tx, &signed(tx, mandate, package), &[NOTHING])?));
    }
    let number = borgerportal_service::mandates::number(ids[0].uuid());
    let (ok, said) = desk.types(&["annul", &number, "--reason", "misuse"], "");
    assert!(!ok && said.contains("more than one has that number"), "{said}");
    assert!(ids.iter().all(|id| said.contains(&id.to_string())), "{said}");
    let (ok, said) = desk.types(&["annul", &ids[1].to_string(), "--reason", "misuse"], "");
    assert!(ok, "{said}");
    let left = desk.overview(BENT).received.into_iter().map(|row| (row.id, row.standing));
    let mut left: Vec<_> = left.collect();
    left.sort_by_key(|(id, _)| *id);
    assert_eq!(left, [(ids[0], Standing::Active), (ids[1], Standing::Annulled)]);
}

const NOTHING: NewItem = NewItem { privileges: PrivilegeSet::EMPTY, channel: Channel::SelfService };

fn signed(tx: &Tx<'_>, mandate: MandateId, package: u8) -> Kept {
    let today = copenhagen_date(tx.now());
    let terms = Terms {
        giver: id(INGER),
        holder: id(BENT),
        origin: Origin::Given,
        first_day: today,
        last_day: days_after(today, 30),
        signed_at: tx.now(),
        supersedes: None,
    };
    let item = MandateItem {
        package: PackageId::from_bytes([package; 16]),
        version: PackageVersionId::from_bytes([package; 16]),
        territory: Territory::All,
        status: Status::SIGNED,
    };
    let mandate = Mandate::restore(mandate, terms, vec![item]);
    Kept { mandate, evidence: None, request: None, named: None, addressee: None }
}
