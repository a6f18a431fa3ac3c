//! Values that stand in every row of a list and write themselves without the formatting machinery: an
//! identifier and a date. Both consist of letters, digits, spaces, dots and dashes, so that nothing
//! has to be escaped.

use askama::{FastWritable, Values};
use borgerportal_domain::ItemId;
use borgerportal_i18n::Day;
use std::fmt;

/// An identifier in an address.
#[derive(Clone, Copy, Debug)]
pub struct FastId(pub ItemId);

/// A date in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct FastDay(pub Day);

impl FastWritable for FastId {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        let mut buffer = [0; 36];
        Ok(dest.write_str(self.0.uuid().as_hyphenated().encode_lower(&mut buffer))?)
    }
}

impl FastWritable for FastDay {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.0.as_text(|text| dest.write_str(text))?)
    }
}

impl fmt::Display for FastId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for FastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
