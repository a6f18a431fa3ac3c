//! The page from which the whole record is taken away. It says what comes and that it is noted, and decides nothing.

use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::JournalId;
use std::borrow::Cow;

/// `/p/{journal}/export`
#[derive(Clone, Debug, Template)]
#[template(path = "export/export.html")]
pub struct ExportPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Where each volume begins, as a word in an address.
    pub volumes: Vec<String>,
}

impl ExportPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("export-title", "export-title-other")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Address and words of each volume.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, Cow<'static, str>)> {
        let parts = self.volumes.len();
        let words = |part: usize| match parts {
            1 => Cow::Borrowed(self.frame.say("export-pdf-whole")),
            _ => Cow::Owned(
                self.frame.texts().with("export-pdf-part", &[("part", part.into()), ("parts", parts.into())]),
            ),
        };
        let path = |word: &String| paths::export_pdf(self.journal, word);
        (1..).zip(&self.volumes).map(|(part, word)| (path(word), words(part))).collect()
    }

    /// The address of the data.
    #[must_use]
    pub fn data_path(&self) -> String {
        paths::export_data(self.journal)
    }

    /// Back to the documents.
    #[must_use]
    pub fn back(&self) -> String {
        paths::documents(self.journal)
    }
}
