//! Files of the catalogue: packages, where they are active, and what they open in a vendor's system. Values are
//! parted by semicolons, a first line names the columns, quotation marks hold a semicolon. The first mistake is
//! told with its line and column; it refuses to guess, and to read half a file.

use std::collections::BTreeSet;

use super::{Channel, HolderKind, RightAccess, Subject, Words};
use crate::municipality::MunicipalityCode;
use crate::time::Date;

/// The columns of the catalogue, in this order.
pub const CATALOGUE_COLUMNS: [&str; 17] = [
    "code",
    "version",
    "title_da",
    "title_en",
    "says_da",
    "says_en",
    "area",
    "access",
    "channel",
    "kle",
    "publisher",
    "least_giver_age",
    "usual_days",
    "longest_days",
    "holder_kinds",
    "from",
    "to",
];
/// The columns of the list of activations.
pub const ACTIVATION_COLUMNS: [&str; 4] = ["municipality", "package", "from", "to"];
/// The columns of a vendor's map.
pub const MAP_COLUMNS: [&str; 4] = ["package", "version", "service", "privilege"];

/// The least age anybody can give at.
const LEAST_AGE: u8 = 15;

/// A mistake in a file. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} ({name}): {hint}")]
pub struct ImportError {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// Its name.
    pub name: &'static str,
    /// What would be right.
    pub hint: String,
}

/// One version of a package, as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageRow {
    /// The publisher's code.
    pub code: String,
    /// From 1.
    pub number: u32,
    /// Title.
    pub title: Words,
    /// What it gives.
    pub says: Words,
    /// Where it is listed.
    pub subject: Subject,
    /// Reading or acting.
    pub access: RightAccess,
    /// Portal or caseworker.
    pub channel: Channel,
    /// KLE numbers.
    pub kle: String,
    /// Who publishes it.
    pub publisher: String,
    /// Of the giver.
    pub least_giver_age: u8,
    /// Proposed first.
    pub usual_days: u16,
    /// At most.
    pub longest_days: u16,
    /// Who may hold it.
    pub holder_kinds: BTreeSet<HolderKind>,
    /// First day it can be given.
    pub from: Date,
    /// Last day it can be given.
    pub last_day: Option<Date>,
}

/// A municipality uses a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivationRow {
    /// Where.
    pub municipality: MunicipalityCode,
    /// Its code.
    pub package: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub last_day: Option<Date>,
}

/// What a version opens in a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapRow {
    /// Its code.
    pub package: String,
    /// Its number.
    pub number: u32,
    /// The system.
    pub service: String,
    /// A code of ours, or another system's URI.
    pub privilege: String,
}

/// Reads a catalogue. Every package version stands in it once.
///
/// ```
/// use borgerportal_domain::mandates::import;
/// let error = import::catalogue("code;version\n").unwrap_err();
/// assert_eq!((error.line, error.column, error.name), (1, 3, "title_da"));
/// ```
pub fn catalogue(text: &str) -> Result<Vec<PackageRow>, ImportError> {
    let mut rows: Vec<PackageRow> = Vec::new();
    for line in lines(text, &CATALOGUE_COLUMNS)? {
        let row = package(&line)?;
        if rows.iter().any(|known| known.code == row.code && known.number == row.number) {
            return Err(line.wrong(1, "this version of the package stands here already"));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn package(line: &Line<'_>) -> Result<PackageRow, ImportError> {
    let usual_days = line.number(12, 1, u16::MAX)?;
    let longest_days = line.number(13, 1, u16::MAX)?;
    if usual_days > longest_days {
        return Err(line.wrong(12, "no more than the longest"));
    }
    let (from, last_day) = (line.date(15)?, line.end(16, 15)?);
    let kinds = line.text(14)?;
    let kinds: Option<BTreeSet<_>> = kinds.split_ascii_whitespace().map(HolderKind::from_code).collect();
    Ok(PackageRow {
        code: line.code(0)?,
        number: line.number(1, 1, u32::MAX)?,
        title: Words { da: line.text(2)?, en: line.text(3)? },
        says: Words { da: line.text(4)?, en: line.text(5)? },
        subject: line.one_of(6, Subject::from_code, &codes(Subject::ALL, Subject::code))?,
        access: line.one_of(7, RightAccess::from_code, &codes(RightAccess::ALL, RightAccess::code))?,
        channel: line.one_of(8, Channel::from_code, &codes(Channel::ALL, Channel::code))?,
        kle: line.at(9).to_owned(),
        publisher: line.text(10)?,
        least_giver_age: line.number(11, LEAST_AGE, 120)?,
        usual_days,
        longest_days,
        holder_kinds: kinds.ok_or_else(|| line.wrong(14, &codes(HolderKind::ALL, HolderKind::code)))?,
        from,
        last_day,
    })
}

/// Reads a list of activations. In one place a package begins at most once a day.
pub fn activations(text: &str) -> Result<Vec<ActivationRow>, ImportError> {
    let mut rows: Vec<ActivationRow> = Vec::new();
    for line in lines(text, &ACTIVATION_COLUMNS)? {
        let municipality = MunicipalityCode::parse(line.at(0))
            .ok_or_else(|| line.wrong(0, "the four digits of a municipality, such as 0217"))?;
        let (package, from, last_day) = (line.code(1)?, line.date(2)?, line.end(3, 2)?);
        let row = ActivationRow { municipality, package, from, last_day };
        let start = |one: &ActivationRow| (one.municipality, one.package.clone(), one.from);
        if rows.iter().any(|known| start(known) == start(&row)) {
            return Err(line.wrong(2, "this package begins here on this day already"));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Reads a vendor's map.
pub fn map(text: &str) -> Result<Vec<MapRow>, ImportError> {
    let read = |line: Line<'_>| {
        Ok(MapRow {
            package: line.code(0)?,
            number: line.number(1, 1, u32::MAX)?,
            service: line.text(2)?,
            privilege: line.text(3)?,
        })
    };
    lines(text, &MAP_COLUMNS)?.into_iter().map(read).collect()
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    let codes: Vec<&str> = all.iter().map(|one| code(*one)).collect();
    format!("one of {}", codes.join(", "))
}

/// One line with its values.
struct Line<'c> {
    number: usize,
    columns: &'c [&'static str],
    values: Vec<String>,
}

impl Line<'_> {
    fn at(&self, column: usize) -> &str {
        self.values.get(column).map_or("", String::as_str)
    }

    fn wrong(&self, column: usize, hint: &str) -> ImportError {
        // A line with too many values is wrong at its last column.
        let column = column.min(self.columns.len().saturating_sub(1));
        let name = self.columns.get(column).copied().unwrap_or("");
        ImportError { line: self.number, column: column + 1, name, hint: hint.to_owned() }
    }

    fn text(&self, column: usize) -> Result<String, ImportError> {
        match self.at(column) {
            "" => Err(self.wrong(column, "must not be empty")),
            text => Ok(text.to_owned()),
        }
    }

    /// Letters a–z, digits, full stops, hyphens and underscores.
    fn code(&self, column: usize) -> Result<String, ImportError> {
        let text = self.text(column)?;
        let sane = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
        if text.bytes().all(sane) {
            Ok(text)
        } else {
            Err(self.wrong(column, "only a–z, 0–9, full stop, - and _"))
        }
    }

    fn number<T>(&self, column: usize, least: T, most: T) -> Result<T, ImportError>
    where
        T: std::str::FromStr + PartialOrd + std::fmt::Display + Copy,
    {
        let number = self.at(column).parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| self.wrong(column, &format!("a whole number from {least} to {most}")))
    }

    fn date(&self, column: usize) -> Result<Date, ImportError> {
        self.at(column).parse().map_err(|_| self.wrong(column, "a date, such as 2026-01-31"))
    }

    /// A last day that may be missing, and lies not before the first.
    fn end(&self, column: usize, first: usize) -> Result<Option<Date>, ImportError> {
        if self.at(column).is_empty() {
            return Ok(None);
        }
        let (from, end) = (self.date(first)?, self.date(column)?);
        if end < from { Err(self.wrong(column, "not before the first day")) } else { Ok(Some(end)) }
    }

    fn one_of<T>(&self, column: usize, read: fn(&str) -> Option<T>, hint: &str) -> Result<T, ImportError> {
        read(self.at(column)).ok_or_else(|| self.wrong(column, hint))
    }
}

/// The line, from 1, in which each row of a file stands that reads: what is found out later about a row has its place.
#[must_use]
pub fn lines_of_rows(text: &str) -> Vec<usize> {
    written(text).skip(1).map(|(number, _)| number).collect()
}

/// The first line and those below it that are not empty, with their numbers.
fn written(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(number, line)| *number == 1 || !line.trim().is_empty())
}

/// The lines below the first, which must name these columns. Empty lines are passed over.
fn lines<'c>(text: &str, columns: &'c [&'static str]) -> Result<Vec<Line<'c>>, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut all = Vec::new();
    for (number, written) in written(text) {
        let mut line = Line { number, columns, values: Vec::new() };
        line.values =
            values(written).map_err(|column| line.wrong(column, "a quotation mark is not closed"))?;
        if number == 1 {
            let odd = columns.iter().enumerate().find(|(at, name)| line.at(*at) != **name);
            if let Some((at, name)) = odd {
                return Err(line.wrong(at, &format!("the first line must have {name} here")));
            }
        }
        if line.values.len() != columns.len() {
            let last = columns.len().saturating_sub(1);
            let hint = format!("the line has {} values, not {}", line.values.len(), columns.len());
            return Err(line.wrong(last, &hint));
        }
        if let Some(at) = line.values.iter().position(|value| value.chars().any(char::is_control)) {
            return Err(line.wrong(at, "holds a character that does not show"));
        }
        all.push(line);
    }
    if all.is_empty() {
        return Err(Line { number: 1, columns, values: Vec::new() }.wrong(0, "the file is empty"));
    }
    Ok(all.into_iter().skip(1).collect())
}

/// The values of a line, or the column whose quotation mark is not closed.
fn values(line: &str) -> Result<Vec<String>, usize> {
    let mut values = vec![String::new()];
    let (mut quoted, mut characters) = (false, line.chars().peekable());
    while let Some(character) = characters.next() {
        let column = values.len() - 1;
        let Some(value) = values.last_mut() else { return Err(column) };
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                value.push('"');
            }
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            ';' if !quoted => values.push(String::new()),
            other => value.push(other),
        }
    }
    if quoted {
        return Err(values.len() - 1);
    }
    Ok(values.into_iter().map(|value| value.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests;
