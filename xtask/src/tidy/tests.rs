//! Tidy must fail when the house is bent: each test builds a small tree with one thing wrong.

use super::tree::Tree;
use super::{Finding, INVARIANTS, sizes};
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A small checkout on disk, gone when the test ends.
struct Checkout {
    root: PathBuf,
}

impl Checkout {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("borgerportal-tidy-{}-{number}", std::process::id()));
        let checkout = Self { root };
        for (name, needs) in [
            ("domain", ""),
            ("store", "borgerportal-domain.workspace = true\nrusqlite.workspace = true\n"),
            ("service", "borgerportal-store.workspace = true\n"),
            ("web", "borgerportal-service.workspace = true\naxum.workspace = true\n"),
        ] {
            checkout.file(&format!("crates/{name}/Cargo.toml"), &manifest(name, needs));
            checkout.file(
                &format!("crates/{name}/src/lib.rs"),
                "//! A crate that keeps to the rules of the house.\n",
            );
        }
        checkout
    }

    fn file(&self, path: &str, text: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// A Rust file with the first paragraph every module has, on line 1.
    fn rust(&self, path: &str, code: &str) -> &Self {
        self.file(path, &format!("//! A module that keeps to the rules of the house.\n{code}"))
    }

    /// Everything that does not hold: "sentence at path:line".
    fn complaints(&self) -> Vec<String> {
        let tree = Tree::load(&self.root).unwrap();
        let mut complaints = Vec::new();
        for invariant in INVARIANTS {
            for Finding { path, line, why: _ } in (invariant.check)(&tree) {
                complaints.push(format!("{} {}:{line}", invariant.sentence, path.display()));
            }
        }
        complaints
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn manifest(name: &str, needs: &str) -> String {
    format!("[package]\nname = \"borgerportal-{name}\"\n\n[dependencies]\n{needs}")
}

#[test]
fn a_tidy_tree_has_no_complaints() {
    assert_eq!(Checkout::new().complaints(), Vec::<String>::new());
}

#[test]
fn an_arrow_upwards_fails() {
    let tree = Checkout::new();
    tree.file("crates/store/Cargo.toml", &manifest("store", "borgerportal-service.workspace = true\n"));
    assert_eq!(tree.complaints(), ["A crate imports only crates of lower rank. crates/store/Cargo.toml:5"]);
}

#[test]
fn an_arrow_sideways_fails() {
    let tree = Checkout::new();
    tree.file("crates/store/Cargo.toml", &manifest("store", "borgerportal-fhir = { path = \"../fhir\" }\n"));
    assert_eq!(tree.complaints(), ["A crate imports only crates of lower rank. crates/store/Cargo.toml:5"]);
}

#[test]
fn a_renamed_or_target_specific_arrow_fails_too() {
    let tree = Checkout::new();
    tree.file(
        "crates/store/Cargo.toml",
        &manifest("store", "x = { package = \"borgerportal-web\", path = \"../web\" }\n\n[target.'cfg(unix)'.dependencies]\nborgerportal-service.workspace = true\n"),
    );
    let complaints = tree.complaints();
    assert_eq!(complaints.len(), 2, "{complaints:?}");
}

#[test]
fn a_crate_without_a_rank_fails() {
    let tree = Checkout::new();
    tree.file("crates/helpers/Cargo.toml", &manifest("helpers", ""));
    assert_eq!(tree.complaints(), ["A crate imports only crates of lower rank. crates/helpers/Cargo.toml:1"]);
}

#[test]
fn the_test_attribute_in_the_product_fails_and_in_tests_does_not() {
    let tree = Checkout::new();
    let dev = "\n[dev-dependencies]\nborgerportal-both.workspace = true\n";
    tree.file("crates/store/Cargo.toml", &manifest("store", dev));
    assert_eq!(tree.complaints(), Vec::<String>::new());
    tree.file("crates/store/Cargo.toml", &manifest("store", "borgerportal-both.workspace = true\n"));
    assert_eq!(tree.complaints(), ["A crate imports only crates of lower rank. crates/store/Cargo.toml:5"]);
}

#[test]
fn simulators_in_the_operators_program_fail() {
    let tree = Checkout::new();
    let always =
        "[package]\nname = \"borgerportal\"\n\n[dependencies]\nborgerportal-simulators.workspace = true\n";
    tree.file("crates/borgerportal/Cargo.toml", always);
    let sentence = "The simulators are in the program only behind the feature `demo`.";
    assert_eq!(tree.complaints(), [format!("{sentence} crates/borgerportal/Cargo.toml:5")]);
    let optional = always.replace(".workspace = true", " = { workspace = true, optional = true }");
    tree.file("crates/borgerportal/Cargo.toml", &optional);
    assert_eq!(tree.complaints(), Vec::<String>::new());
}

#[test]
fn a_room_that_opens_a_door_to_another_fails() {
    let tree = Checkout::new();
    tree.rust(
        "crates/service/src/documents.rs",
        "use crate::{access, mandates};\nuse borgerportal_store::documents;\n",
    );
    tree.rust(
        "crates/web/src/portal/documents.rs",
        "fn f() {\n    borgerportal_service::messages::send();\n}\n",
    );
    tree.rust("crates/store/src/documents/list.rs", "use super::super::access_log;\n");
    assert_eq!(
        tree.complaints(),
        [
            "A room never imports another room. crates/service/src/documents.rs:2",
            "A room never imports another room. crates/store/src/documents/list.rs:2",
            "A room never imports another room. crates/web/src/portal/documents.rs:3",
        ]
    );
}

#[test]
fn shared_places_and_local_words_are_not_doors() {
    let tree = Checkout::new();
    tree.rust(
        "crates/service/src/documents.rs",
        "use crate::access;\nuse crate::people;\nfn f(messages: u8) { let grants = messages; }\nuse borgerportal_domain::mandates::Scope;\n",
    );
    assert_eq!(tree.complaints(), Vec::<String>::new());
}

#[test]
fn a_room_by_another_name_fails() {
    let tree = Checkout::new();
    tree.rust("crates/service/src/document.rs", "").rust("crates/web/src/portal/accesslog.rs", "");
    tree.rust("crates/service/src/documents/message.rs", "");
    assert_eq!(
        tree.complaints(),
        [
            "A room has the same name in every layer. crates/service/src/document.rs:1",
            "A room has the same name in every layer. crates/web/src/portal/accesslog.rs:1",
        ]
    );
}

#[test]
fn sql_in_web_fails() {
    let tree = Checkout::new();
    let sql = ["SELECT id", "FROM item WHERE id = $1"].join(" ");
    tree.rust("crates/web/src/page.rs", &format!("// {sql}\nconst A: &str = \"{sql}\";\n"));
    tree.file("crates/web/queries/list.sql", "");
    tree.rust("crates/store/src/people.rs", &format!("const A: &str = \"{sql}\";\n"));
    tree.rust("crates/service/tests/tampering.rs", &format!("fn f() {{ tamper(\"{sql}\"); }}\n"));
    assert_eq!(
        tree.complaints(),
        [
            "SQL stands only in store. crates/web/src/page.rs:3",
            "SQL stands only in store. crates/web/queries/list.sql:1"
        ]
    );
}

#[test]
fn an_engine_outside_its_folder_fails() {
    let tree = Checkout::new();
    tree.rust("crates/store/src/engine/sqlite.rs", "use rusqlite::Connection;\n");
    tree.rust("crates/store/src/documents.rs", "use crate::engine;\nfn f(x: rusqlite::Connection) {}\n");
    tree.file("crates/service/Cargo.toml", &manifest("service", "postgres.workspace = true\n"));
    tree.rust("crates/service/src/clock.rs", "use postgres as pg;\nuse crate::engine::postgres::x;\n");
    assert_eq!(
        tree.complaints(),
        [
            "The engines are named only in store/src/engine. crates/service/Cargo.toml:5",
            "The engines are named only in store/src/engine. crates/service/src/clock.rs:2",
            "The engines are named only in store/src/engine. crates/store/src/documents.rs:3",
        ]
    );
}

#[test]
fn http_and_clients_outside_their_crates_fail() {
    let tree = Checkout::new();
    tree.file(
        "crates/service/Cargo.toml",
        &manifest("service", "axum.workspace = true\nreqwest.workspace = true\n"),
    );
    tree.rust("crates/web/src/call.rs", "use ::reqwest::Client;\n");
    assert_eq!(
        tree.complaints(),
        [
            "HTTP and HTML are known only in web and the simulators. crates/service/Cargo.toml:5",
            "HTTP clients stand only in partners and the simulators. crates/service/Cargo.toml:6",
            "HTTP clients stand only in partners and the simulators. crates/web/src/call.rs:2",
        ]
    );
}

#[test]
fn a_pure_crate_that_looks_at_the_clock_fails() {
    let tree = Checkout::new();
    tree.rust(
        "crates/domain/src/age.rs",
        "fn f() { std::fs::read(x); }\nfn g() { jiff::Timestamp::now(); }\n#[cfg(test)]\nmod tests { fn h() { std::fs::read(x); } }\n",
    );
    tree.file("crates/domain/Cargo.toml", &manifest("domain", "tokio.workspace = true\n"));
    let lines: Vec<String> =
        tree.complaints().iter().filter_map(|c| c.rsplit(' ').next().map(str::to_owned)).collect();
    assert_eq!(
        lines,
        ["crates/domain/Cargo.toml:5", "crates/domain/src/age.rs:2", "crates/domain/src/age.rs:3"]
    );
}

#[test]
fn an_access_made_elsewhere_fails() {
    let tree = Checkout::new();
    tree.rust("crates/service/src/access.rs", "fn f() { tx.grant(basis); }\n");
    tree.rust("crates/service/src/documents.rs", "fn f() {\n    tx.grant(basis);\n}\n");
    tree.rust(
        "crates/store/src/documents.rs",
        "pub fn list(tx: &mut Tx<'_>, access: &Access<'_>) {}\npub fn all(tx: &mut Tx<'_>) {}\n",
    );
    assert_eq!(
        tree.complaints(),
        [
            "Only service/src/access.rs grants an Access. crates/service/src/documents.rs:3",
            "No citizen data is read without an Access. crates/store/src/documents.rs:3",
        ]
    );
}

#[test]
fn global_state_fails_and_constants_do_not() {
    let tree = Checkout::new();
    tree.rust(
        "crates/web/src/state.rs",
        "static A: &'static str = x;\nstatic B: LazyLock<Vec<u8>> = x;\nstatic C: Mutex<u8> = x;\nfn f(x: &'static Mutex<u8>) {}\nthread_local!(x);\n",
    );
    assert_eq!(
        tree.complaints(),
        [
            "There is no global state. crates/web/src/state.rs:6",
            "There is no global state. crates/web/src/state.rs:4"
        ]
    );
}

#[test]
fn long_files_long_functions_silent_modules_and_sleeping_tests_fail() {
    let tree = Checkout::new();
    tree.rust("crates/web/src/long.rs", &format!("fn f() {{\n{}}}\n", "    x();\n".repeat(71)));
    tree.rust("crates/web/src/full.rs", &"// x\n".repeat(400));
    tree.rust("crates/web/src/just.rs", &format!("fn f() {{\n{}}}\n", "    x();\n\n".repeat(70)));
    tree.file("crates/web/src/silent.rs", "fn f() {}\n");
    tree.rust("crates/web/src/asleep.rs", "#[test]\n#[ignore = \"later\"]\nfn f() {}\n");
    assert_eq!(
        tree.complaints(),
        [
            "Every module says first what it is for. crates/web/src/silent.rs:1",
            "No test is ignored. crates/web/src/asleep.rs:3",
            "A file has at most 400 lines. crates/web/src/full.rs:401",
            "A function has at most 70 lines. crates/web/src/long.rs:2",
        ]
    );
}

/// The share of tests in a tree of one file with a given text, beside the four of a line each.
fn share(files: &[(&str, &str)]) -> String {
    let checkout = Checkout::new();
    for (path, text) in files {
        checkout.file(path, text);
    }
    sizes::test_share(&Tree::load(&checkout.root).unwrap())
}

#[test]
fn what_counts_as_a_test() {
    let six = "a\nb\nc\nd\ne\nf\n";
    for (files, tests) in [
        (&[("crates/web/src/page.rs", six)][..], "0.0"),
        (&[("crates/web/src/page/tests.rs", six)], "60.0"),
        (&[("crates/web/tests/page.rs", six)], "60.0"),
        (&[("stories/browser/lib/look.mjs", six)], "60.0"),
        (&[("assets/js/app.js", six)], "0.0"),
        (&[("stories/browser/node_modules/axe/axe.js", six)], "0.0"),
        (&[("crates/web/src/law.rs", six), ("crates/web/src/lib.rs", "#[cfg(test)]\nmod law;\n")], "72.7"),
        (&[("crates/web/src/a/law/x.rs", six), ("crates/web/src/a.rs", "#[cfg(test)]\nmod law;\n")], "66.6"),
        (&[("crates/web/src/law.rs", six), ("crates/web/src/a.rs", "#[cfg(test)]\nmod law;\n")], "16.6"),
        (
            &[
                ("crates/web/src/samples.rs", six),
                ("crates/web/src/lib.rs", "#[cfg(any(test, feature = \"samples\"))]\npub mod samples;\n"),
            ],
            "54.5",
        ),
        (&[("crates/web/src/law.rs", six), ("crates/web/src/lib.rs", "#[cfg(unix)]\nmod law;\n")], "0.0"),
    ] {
        let said = share(files);
        assert!(said.starts_with(&format!("tests are {tests} % ")), "{files:?}: {said}");
    }
}

#[test]
fn a_script_too_long_to_read_fails_like_any_file() {
    let tree = Checkout::new();
    tree.file("assets/js/app.js", &"x();\n".repeat(401)).file("assets/dist/app.js", &"x();\n".repeat(900));
    assert_eq!(tree.complaints(), ["A file has at most 400 lines. assets/js/app.js:401"]);
}
