//! See ../../ARCHITECTURE.md.

pub mod assets;
pub mod pages;
