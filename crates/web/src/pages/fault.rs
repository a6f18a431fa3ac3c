//! What is to be mended in a form, told above it and at its field. It refuses to decide what is wrong.

use std::borrow::Cow;

/// Something to mend, and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's id on the page.
    pub field: &'static str,
    /// The sentence, which makes sense alone.
    pub words: Cow<'static, str>,
}

impl Fault {
    /// The one fault of a page on which but one thing can be wrong.
    #[must_use]
    pub fn of(is_wrong: bool, field: &'static str, words: &'static str) -> Vec<Self> {
        if is_wrong { vec![Self { field, words: words.into() }] } else { Vec::new() }
    }
}
