//! Files that are imported: all of a file or nothing of it.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_service::mandates::import::File;
use borgerportal_store::mandates::packages;
use borgerportal_store::testing::TestStore;

#[both]
async fn a_list_with_a_slip_in_its_last_line_changes_nothing(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let before = portal.read(|tx| Ok(packages::activations(tx)?)).await;
    let text = format!(
        "municipality;package;from;to\n0217;{READ};2020-01-01;2026-01-31\n0730;kl.slip;2026-01-01;\n"
    );
    let (line, hint) = portal.try_import(&text, false).await.unwrap_err();
    assert_eq!((line, hint.as_str()), (3, "there is no package kl.slip"));
    assert_eq!(portal.read(|tx| Ok(packages::activations(tx)?)).await, before);
    let tried = portal.try_import(&text.replace("kl.slip", CALENDAR), true).await.unwrap();
    assert!(!tried.changed.is_empty() || !tried.added.is_empty());
    assert_eq!(portal.read(|tx| Ok(packages::activations(tx)?)).await, before, "trying writes nothing");
}

#[test]
fn a_package_that_begins_twice_on_a_day_in_one_place_is_told_with_its_line() {
    let text = "municipality;package;from;to\n0217;kl.a;2026-01-01;\n0730;kl.a;2026-01-01;\n0217;kl.a;2026-01-01;2026-12-31\n";
    let error = File::read(text).unwrap_err();
    assert_eq!((error.line, error.column, error.name), (4, 3, "from"));
}

/// Whoever mends a file goes to the line that was told, however many empty ones stand above it.
#[both]
async fn a_slip_is_told_at_its_own_line_also_below_empty_ones(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let activations =
        "municipality;package;from;to\n\n0217;{READ};2026-01-01;\n \n\n0730;kl.slip;2026-01-01;\n";
    let map = "package;version;service;privilege\r\n\r\nkl.slip;1;x;y\r\n";
    for (text, line) in [(activations.replace("{READ}", READ), 6), (map.to_owned(), 3)] {
        let (told, hint) = portal.try_import(&text, true).await.unwrap_err();
        assert!(told == line && hint.contains("kl.slip"), "line {told}: {hint}");
    }
}
