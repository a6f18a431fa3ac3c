//! Receipts: what was sent or signed, to whom, when, under which number, and what happens next with dates.
//! The receipt of a request says nothing that depends on whether the person exists.

use super::super::{Frame, paths};
use super::Right;
use super::rights::State;
use askama::Template;
use borgerportal_domain::time::Date;
use borgerportal_domain::{MandateId, RequestId};
use borgerportal_i18n::{DayStyle, Time};

/// What it is a receipt of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptOf {
    /// A request that was sent.
    Request {
        /// Which.
        id: RequestId,
        /// The last day to answer.
        answer_by: Date,
        /// By letter as well.
        by_letter: bool,
        /// What it is worth now.
        state: State,
    },
    /// A mandate nobody asked for.
    Gift(MandateId),
    /// A request that was agreed to, wholly or in part.
    Approval(MandateId),
    /// A successor.
    Renewal(MandateId),
}

/// A line of what happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// "Inger får besked i Digital Post"
    pub what: String,
    /// "Det sker i dag."
    pub more: String,
}

/// A receipt.
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/receipt.html")]
pub struct ReceiptPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Of what.
    pub of: ReceiptOf,
    /// The number to tell others.
    pub number: String,
    /// The other's full name.
    pub full: String,
    /// The other's first name.
    pub first: String,
    /// The day it was done.
    pub day: Date,
    /// The time it was done.
    pub time: Time,
    /// What it is about.
    pub rights: Vec<Right>,
    /// The last day.
    pub last_day: Date,
}

impl ReceiptPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        let key = match self.of {
            ReceiptOf::Request { .. } => "receipt-title-request",
            ReceiptOf::Gift(_) => "receipt-title-gift",
            ReceiptOf::Approval(_) => "receipt-title-approval",
            ReceiptOf::Renewal(_) => "receipt-title-renewal",
        };
        self.with(key)
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    fn with(&self, key: &'static str) -> String {
        let day = self.frame.lang.day(self.last_day).to_string();
        let texts = self.frame.texts();
        texts.with(
            key,
            &[("full", (&self.full).into()), ("name", (&self.first).into()), ("date", (&day).into())],
        )
    }

    /// "Sendt til Inger Holm torsdag 20. november 2025 kl. 11.42."
    #[must_use]
    pub fn when(&self) -> String {
        let day = self.frame.lang.day_as(self.day, DayStyle::Weekday).to_string();
        let time = self.frame.lang.clock(self.time).to_string();
        let key = if self.is_request() { "receipt-when-request" } else { "receipt-when-mandate" };
        let args = [("full", (&self.full).into()), ("day", (&day).into()), ("time", (&time).into())];
        self.frame.texts().with(key, &args)
    }

    /// Whether it is of a request.
    #[must_use]
    pub const fn is_request(&self) -> bool {
        matches!(self.of, ReceiptOf::Request { .. })
    }

    /// What became of a request, once something has.
    #[must_use]
    pub const fn state(&self) -> Option<State> {
        match self.of {
            ReceiptOf::Request { state: State::WaitsForOther, .. }
            | ReceiptOf::Gift(_)
            | ReceiptOf::Approval(_)
            | ReceiptOf::Renewal(_) => None,
            ReceiptOf::Request { state, .. } => Some(state),
        }
    }

    /// What happens next, with dates.
    #[must_use]
    pub fn next(&self) -> Vec<Next> {
        let next = |what, more: String| Next { what: self.with(what), more };
        match self.of {
            ReceiptOf::Request { answer_by, by_letter, .. } => {
                let day = self.frame.lang.day(answer_by).to_string();
                let args = [("name", (&self.first).into()), ("date", (&day).into())];
                let told = if by_letter { "next-told-letter-more" } else { "next-told-more" };
                vec![
                    next("next-told", self.with(told)),
                    next("next-answers", self.frame.texts().with("next-answers-more", &args)),
                    next("next-hear", self.with("next-hear-more")),
                ]
            }
            ReceiptOf::Gift(_) | ReceiptOf::Approval(_) => vec![
                next("next-starts", self.with("next-starts-more")),
                next("next-see", self.with("next-see-more")),
                next("next-ends", self.with("next-ends-more")),
            ],
            ReceiptOf::Renewal(_) => vec![
                next("next-goes-on", self.with("next-goes-on-more")),
                next("next-ends", self.with("next-ends-more")),
            ],
        }
    }

    /// The heading over what it is about.
    #[must_use]
    pub fn rights_words(&self) -> String {
        self.with(if self.is_request() { "receipt-you-ask" } else { "receipt-may" })
    }

    /// The same as PDF.
    #[must_use]
    pub fn pdf_path(&self) -> String {
        match self.of {
            ReceiptOf::Request { id, .. } => format!("{}/pdf", paths::mandates::asked(id)),
            ReceiptOf::Gift(id) | ReceiptOf::Approval(id) | ReceiptOf::Renewal(id) => {
                format!("{}/pdf", paths::mandates::mandate(id))
            }
        }
    }

    /// Where a request that waits can be taken back.
    #[must_use]
    pub fn take_back(&self) -> Option<String> {
        match self.of {
            ReceiptOf::Request { id, state: State::WaitsForOther, .. } => {
                Some(format!("{}/traek-tilbage", paths::mandates::request(id)))
            }
            ReceiptOf::Request { .. }
            | ReceiptOf::Gift(_)
            | ReceiptOf::Approval(_)
            | ReceiptOf::Renewal(_) => None,
        }
    }

    /// The list this belongs to.
    #[must_use]
    pub const fn list_path(&self) -> &'static str {
        if self.is_request() { paths::mandates::RECEIVED } else { paths::mandates::MANDATES }
    }

    /// The form for a mandate in one's own words.
    #[must_use]
    pub const fn paper_path(&self) -> &'static str {
        paths::mandates::PAPER
    }
}
