//! See ../../ARCHITECTURE.md.
