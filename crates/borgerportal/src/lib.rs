//! The program: its configuration, its commands, and the demo. It puts the parts together and says what they
//! said; it refuses to hold a rule, a statement or a page of its own.

pub mod backup;
pub mod command;
pub mod commands;
pub mod config;
#[cfg(feature = "demo")]
pub mod demo;
pub mod doctor;
pub mod installation;
pub mod key_file;
pub mod log;
pub mod municipal;
pub mod news;
pub mod post;
pub mod record_systems;
pub mod running;
pub mod say;
