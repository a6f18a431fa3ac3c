//! The demo's data is made once, whole, and everything on the page about it is true.

use super::people::PEOPLE;
use super::*;
use borgerportal_domain::Cpr;
use borgerportal_domain::cpr::CprKind;
use borgerportal_domain::time::age_on;
use borgerportal_service::Problem;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("borgerportal-demo-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn make(data: &Path) {
    let (data, make_only) = (data.to_owned(), true);
    run(&Options { data, port: 28_080, days: 0, people: false, elsewhere: false, make_only }).unwrap();
}

fn lines_of_the_log(data: &Path) -> i64 {
    let store = open(data, &Clock::system()).unwrap();
    let runtime = crate::commands::runtime().unwrap();
    let cursor = runtime.block_on(crate::commands::checked_log(&store)).unwrap();
    assert!(cursor.damage.is_empty());
    let waiting = runtime
        .block_on(store.read(Clock::system().now(), |tx| {
            Ok::<_, Problem>(
                borgerportal_store::log_seal::unsealed(tx, borgerportal_store::log_seal::Whose::OfAll)?.0,
            )
        }))
        .unwrap();
    assert_eq!(waiting, 0, "everything is sealed");
    cursor.lines
}

#[test]
fn data_is_made_once_and_a_second_start_changes_nothing() {
    let data = folder("once");
    make(&data);
    let lines = lines_of_the_log(&data);
    assert!(lines > 80, "Inger, Mette and others have looked: {lines}");
    let keys = std::fs::read(data.join("keys.json")).unwrap();
    make(&data);
    assert_eq!(lines_of_the_log(&data), lines);
    assert_eq!(std::fs::read(data.join("keys.json")).unwrap(), keys);
    std::fs::remove_dir_all(data).unwrap();
}

#[test]
fn data_that_was_left_half_made_is_made_again() {
    let data = folder("half");
    make(&data);
    std::fs::remove_file(data.join("made-on.txt")).unwrap();
    make(&data);
    assert!(lines_of_the_log(&data) > 80);
    std::fs::remove_dir_all(data).unwrap();
}

#[test]
fn a_database_of_somebody_else_is_left_alone() {
    let data = folder("other");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("portal.db"), b"mine").unwrap();
    let today = Date::constant(2026, 11, 22);
    assert!(made::day(&data, today).unwrap_err().to_string().contains("not the demo's"));
    assert_eq!(std::fs::read(data.join("portal.db")).unwrap(), b"mine");
    std::fs::remove_dir_all(data).unwrap();
}

#[test]
fn ages_hold_and_numbers_are_impossible_on_any_day() {
    for today in [
        Date::constant(2026, 11, 22),
        Date::constant(2027, 2, 28),
        Date::constant(2028, 2, 29),
        Date::constant(2028, 3, 1),
        Date::constant(2026, 12, 31),
        Date::constant(2030, 1, 1),
    ] {
        let mut numbers: Vec<Cpr> = Vec::new();
        for person in PEOPLE {
            let number = person.cpr(today).unwrap();
            assert_eq!(number.kind(), CprKind::Replacement, "{}", person.key);
            assert!(!numbers.contains(&number), "{} has somebody's number", person.key);
            numbers.push(number);
            let age = age_on(person.birth_on(today), today);
            assert_eq!(age, i32::from(person.age()), "{} on {today}", person.key);
        }
        assert!(relations::register(today).unwrap().len() >= 6);
    }
}

#[test]
fn the_page_about_the_people_is_what_the_program_says() {
    let page = include_str!("../../../../docs/demo-people.md");
    let right = "run `borgerportal demo --people > docs/demo-people.md`";
    assert_eq!(page.trim_end(), table::markdown().trim_end(), "{right}");
}

#[test]
fn records_say_enough_about_inger_and_her_wounds() {
    let records = records::all().unwrap();
    let inger = records.iter().find(|record| record.person == "inger").unwrap();
    assert!(inger.document.len() >= 60, "{}", inger.document.len());
    let about_wounds = inger.document.iter().filter(|document| {
        let all = document.text.iter().map(|(_, text)| text.as_str()).chain([document.title.as_str()]);
        all.collect::<String>().to_lowercase().contains("sår")
    });
    assert!(about_wounds.count() >= 20);
    assert!(inger.document.iter().any(|document| document.withdrawn));
    assert!(inger.document.iter().any(|document| document.visible_in.is_some()));
    assert!(inger.document.iter().any(|document| !document.withheld.is_empty()));
    assert!(inger.document.iter().filter(|document| document.pdf).count() >= 15);
}

#[test]
fn the_municipalities_files_read() {
    let places = settings().unwrap();
    let codes: Vec<String> = places.all().map(|settings| settings.municipality.to_string()).collect();
    assert_eq!(codes, ["0217", "0530", "0730"]);
    let ours = |places| borgerportal_service::mandates::are_ours(&places);
    assert!(ours(settings().unwrap()) && !ours(elsewhere(&settings().unwrap())));
}
