//! The rules of this crate as tables for people who read law, not Rust. Each test here prints one table into
//! `src/snapshots/` by asking the real functions; a changed rule shows as a changed line in review.

pub(crate) mod fixtures;
mod items_shown;
mod mandate_states;
mod notice_states;
mod outgoing_states;
mod permission_cases;
mod permission_claims;
mod permission_matrix;
mod request_states;

/// Compares a printed table with the accepted one.
fn settle(name: &str, description: &str, table: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(description);
    settings.bind(|| insta::assert_snapshot!(name, table));
}
