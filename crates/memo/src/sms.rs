//! A NemSMS: a MeMo that is a header alone, whose notification is the text. Digital Post knows the number; we never do. It
//! refuses what a Digital Post message refuses in a line that a lock screen shows, and more than one SMS holds.

use borgerportal_domain::Cpr;
use uuid::Uuid;

use crate::message::{self, Field, NOTIFICATION_MAX, Refused, Sender, TEXT_MAX};

/// What a NemSMS is made of, before it is checked by [`Sms::new`].
#[derive(Clone, Copy, Debug)]
pub struct SmsParts<'a> {
    /// Version 4; made once, before the first attempt, and kept for every retry.
    pub uuid: Uuid,
    /// The subject. Digital Post keeps it; no phone shows it.
    pub label: &'a str,
    /// What the phone shows: at most 160 characters.
    pub text: &'a str,
    /// Who sends.
    pub sender: Sender<'a>,
    /// Who gets it.
    pub recipient: &'a Cpr,
}

/// A NemSMS that may be sent.
#[derive(Clone, Copy, Debug)]
pub struct Sms<'a>(SmsParts<'a>);

impl<'a> Sms<'a> {
    /// Checks its parts.
    pub fn new(parts: SmsParts<'a>) -> Result<Self, Refused> {
        message::version_four(parts.uuid)?;
        message::text(Field::Label, parts.label, TEXT_MAX)?;
        message::text(Field::Notification, parts.text, NOTIFICATION_MAX)?;
        message::cvr(parts.sender.cvr)?;
        message::text(Field::SenderLabel, parts.sender.label, TEXT_MAX)?;
        Ok(Self(parts))
    }

    /// What it is made of.
    #[must_use]
    pub const fn parts(&self) -> &SmsParts<'a> {
        &self.0
    }
}
