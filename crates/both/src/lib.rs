//! See lib docs.
