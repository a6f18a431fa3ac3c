//! Stories told through HTTP, on both engines: a module for each, named after what people see.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a story stops where it is surprised"
)]

mod a_daughter_reads_her_mothers_record;
