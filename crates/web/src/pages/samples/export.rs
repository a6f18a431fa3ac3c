//! Samples of the page from which the record is taken away.

use super::super::{ExportPage, Rights};
use super::{Here, inger, journal, mette};
use borgerportal_i18n::Lang;

impl ExportPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let volume = |at: &str| format!("documents.{at}");
        let typical =
            Self { frame: inger(lang, Here::Documents), journal: journal(), volumes: vec![volume("AAAA")] };
        let relative = mette(lang, Here::Documents, Rights::Read);
        vec![
            ("empty", Self { volumes: Vec::new(), ..typical.clone() }),
            ("parts", Self { volumes: ["AAAA", "BBBB", "CCCC"].map(volume).to_vec(), ..typical.clone() }),
            ("relative", Self { frame: relative, ..typical.clone() }),
            ("typical", typical),
        ]
    }
}
