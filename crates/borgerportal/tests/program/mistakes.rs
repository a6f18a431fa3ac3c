//! What an operator may write wrongly at the command line: each mistake ends with a failure and a sentence that names
//! what would be right, nothing is changed, and what was written is not said back where it may be about a person.

use crate::place::Place;
use borgerportal_store::testing::sqlite;
use std::process::Command;

const ID: &str = "0192d3a4-0000-7000-8000-00000000002a";
const CPR: &str = "720544-0012";

#[test]
fn a_mistake_is_told_and_changes_nothing() {
    let place = Place::on(sqlite());
    let file = |name: &str, text: &str| {
        std::fs::write(place.file(name), text).unwrap();
        place.file(name).display().to_string()
    };
    let (nothing, table) = (file("nothing.csv", ""), file("table.csv", "name;number\nInger;7205440012\n"));
    let (bundle, jwks) = (file("bundle.json", "{}"), file("jwks.json", "{\"keys\":[]}"));
    let (folder, nowhere) = (place.folder.display().to_string(), place.file("nowhere").display().to_string());
    // That somebody asked is kept, so that asking twice is answered alike.
    let rows = || place.rows().into_iter().filter(|(table, _)| table != "errand").collect::<Vec<_>>();
    let before = rows();
    let suspend = ["mandates", "suspend", ID, "--reason"];
    let paper = ["mandates", "paper", "--code", CPR, "--pages", "1", "--registrar", "Ole", "--scan"];
    let register = ["client", "register", "--id", "nexus", "--municipality"];
    for (words, said) in [
        (vec!["packages", "import", &nowhere], "nowhere: No such file"),
        (vec!["packages", "import", &folder], "Is a directory"),
        (vec!["packages", "import", &nothing], "nothing.csv"),
        (vec!["packages", "import", &table], "table.csv"),
        (vec!["mandates", "resume", CPR], "is not the id of a mandate"),
        (vec!["mandates", "resume", ID], "not found"),
        (vec!["mandates", "annul", ID, "--reason", "mood"], "capacity, misuse, invalid or guardianship"),
        (vec!["mandates", "annul", ID, "--reason", "misuse"], "not found"),
        ([&suspend[..], &["capacity", "--review-by", "31.1.2027"]].concat(), "write 2026-01-31"),
        ([&suspend[..], &["capacity", "--review-by", CPR]].concat(), "write 2026-01-31"),
        ([&suspend[..], &["capacity", "--review-by", "2027-01-31"]].concat(), "not found"),
        ([&suspend[..], &[CPR, "--review-by", "2027-01-31"]].concat(), "capacity, misuse or evidence"),
        (vec!["mandates", "died", "--on", CPR], "write 2026-01-31"),
        (vec!["mandates", "died", "--on", "2026-11-01"], "write a CPR number on a line of its own"),
        (vec!["mandates", "number-changed"], "write a CPR number on a line of its own"),
        ([&paper[..], &[nowhere.as_str()]].concat(), "nowhere: No such file"),
        (vec!["notices", "retry", CPR], "write the id that `list` shows"),
        (vec!["notices", "retry", ID], "is not a notice that was given up"),
        (vec!["notices", "returned", CPR], "no printed letter has that code"),
        ([&register[..], &["217", "--jwks", &jwks]].concat(), "write the four digits"),
        ([&register[..], &["0217", "--jwks", &nowhere]].concat(), "nowhere: No such file"),
        ([&register[..], &["0217", "--jwks", &jwks, "--scopes", "everything"]].concat(), "scope"),
        (vec!["import", "--client", "nexus", &bundle], "not registered"),
        (vec!["restore", "--from", &nowhere], "nowhere"),
        (vec!["keys", "init"], "not overwritten"),
    ] {
        let (well, told) = place.run(&words);
        let words = words.join(" ");
        assert!(!well && told.contains(said), "{words}: {told}");
        let sentences = told.lines().filter(|line| line.starts_with("borgerportal: ")).count();
        assert_eq!(sentences, 1, "{words}: {told}");
        for secret in ["0012", "Inger", "panicked"] {
            assert!(!told.contains(secret), "{words} says {told}");
        }
    }
    assert_eq!(rows(), before);
}

/// The command line itself: usage on the error stream, and a number that scripts can tell from a failure.
#[test]
fn words_that_are_no_command_end_with_the_usage() {
    for (words, said) in [
        (&["serv"][..], "unrecognized subcommand"),
        (&["serve", "--port", "8080"], "unexpected argument"),
        (&["import"], "required arguments"),
        (&["mandates", "suspend", ID], "required arguments"),
        (&["mandates", "paper", "--pages", "many"], "invalid value"),
        (&["log"], "Usage: borgerportal log"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_borgerportal")).args(words).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(told.contains(said) && output.stdout.is_empty(), "{words:?}: {told}");
    }
    let run = |words: &[&str]| Command::new(env!("CARGO_BIN_EXE_borgerportal")).args(words).output().unwrap();
    let version = run(&["--version"]);
    assert_eq!(
        String::from_utf8_lossy(&version.stdout),
        concat!("borgerportal ", env!("CARGO_PKG_VERSION"), "\n")
    );
    let away = run(&["check", "--config", "/nowhere/config.toml"]);
    assert_eq!(away.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&away.stderr),
        "borgerportal: /nowhere/config.toml: cannot be read: entity not found\n"
    );
}
