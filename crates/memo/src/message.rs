//! One Digital Post message, checked when it is made. Nothing that the schema or the text rules refuse can
//! become a [`Message`]: a UUID that is not version 4, a CPR number in a line that a lock screen shows, an
//! address that is not https. Replies are always off: answers belong in the portal.

use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_i18n::Lang;
use url::Url;
use uuid::Uuid;

use crate::lint::{has_cpr_like, is_plain};

/// The longest text of most fields, in characters (`memoTextType`).
pub const TEXT_MAX: usize = 256;
/// The longest notification line, in characters (`memoNotificationType`).
pub const NOTIFICATION_MAX: usize = 160;

/// What a message is made of, before it is checked by [`Message::new`].
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Version 4; made once, before the first attempt, and kept for every retry.
    pub uuid: Uuid,
    /// Our own number, such as `FM-2026-000117`.
    pub id: Option<&'a str>,
    /// Our own word for the kind, such as `FULDMAGT_ANMODNING`; empty when there is none.
    pub code: &'a str,
    /// The subject in the post box.
    pub label: &'a str,
    /// The line that an e-mail, an SMS or a lock screen may show.
    pub notification: Option<&'a str>,
    /// The receiver may not opt out of it.
    pub mandatory: bool,
    /// A decision whose receipt has legal effect.
    pub legal: bool,
    /// Who sends.
    pub sender: Sender<'a>,
    /// Who gets it.
    pub recipient: &'a Cpr,
    /// When it was made.
    pub created_at: Timestamp,
    /// Name of the main document in the post box.
    pub document: &'a str,
    /// The main document in one or more forms; the first is shown.
    pub files: Vec<File<'a>>,
    /// Buttons beside the document.
    pub actions: Vec<Action<'a>>,
}

/// The authority that sends.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// Eight digits.
    pub cvr: &'a str,
    /// The name people know.
    pub label: &'a str,
}

/// A form of the main document.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// What it is.
    pub format: Format,
    /// Name with ending, without folders.
    pub name: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Its bytes. Text formats are UTF-8.
    pub content: &'a [u8],
}

/// The formats we send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A tagged PDF.
    Pdf,
    /// A complete HTML document without scripts and pictures.
    Html,
    /// Plain UTF-8 text.
    Text,
}

impl Format {
    /// The media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Text => "text/plain",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => ".pdf",
            Self::Html => ".html",
            Self::Text => ".txt",
        }
    }
}

/// A button beside the document: leads to the portal.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    /// Text of the button.
    pub label: &'a str,
    /// What it is for.
    pub kind: ActionKind,
    /// Absolute https address, at most 256 characters.
    pub url: &'a str,
    /// From when and until when it makes sense.
    pub from: Option<Timestamp>,
    /// See `from`.
    pub until: Option<Timestamp>,
}

/// The action codes that we use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Read more.
    Information,
    /// Sign.
    Underskriv,
    /// Do something in the portal.
    Selvbetjening,
}

impl ActionKind {
    /// The code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Information => "INFORMATION",
            Self::Underskriv => "UNDERSKRIV",
            Self::Selvbetjening => "SELVBETJENING",
        }
    }
}

/// The field of a message that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the same name")]
pub enum Field {
    Uuid,
    Id,
    Code,
    Label,
    Notification,
    SenderCvr,
    SenderLabel,
    CreatedAt,
    Document,
    FileName,
    FileContent,
    ActionLabel,
    ActionUrl,
    ActionTime,
}

/// Why a message cannot be sent. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A text that must be there is not.
    #[error("{0:?} is empty")]
    Empty(Field),
    /// More characters than the schema allows.
    #[error("{0:?} is too long")]
    TooLong(Field),
    /// Something that reads as a CPR number.
    #[error("{0:?} holds something like a CPR number")]
    CprLike(Field),
    /// Control characters, or characters that hide text or turn its direction.
    #[error("{0:?} holds characters that do not show")]
    NotPlain(Field),
    /// Not of the form that the field has: version 4, eight digits, https, a year we live in.
    #[error("{0:?} has the wrong form")]
    Form(Field),
}

/// A message that may be sent.
#[derive(Clone, Debug)]
pub struct Message<'a>(Draft<'a>);

impl<'a> Message<'a> {
    /// Checks a draft.
    pub fn new(draft: Draft<'a>) -> Result<Self, Refused> {
        version_four(draft.uuid)?;
        optional(Field::Id, draft.id.unwrap_or_default(), TEXT_MAX)?;
        optional(Field::Code, draft.code, TEXT_MAX)?;
        text(Field::Label, draft.label, TEXT_MAX)?;
        if let Some(line) = draft.notification {
            text(Field::Notification, line, NOTIFICATION_MAX)?;
        }
        cvr(draft.sender.cvr)?;
        text(Field::SenderLabel, draft.sender.label, TEXT_MAX)?;
        instant(Field::CreatedAt, draft.created_at)?;
        text(Field::Document, draft.document, TEXT_MAX)?;
        if draft.files.is_empty() {
            return Err(Refused::Empty(Field::FileContent));
        }
        draft.files.iter().try_for_each(file)?;
        draft.actions.iter().try_for_each(action)?;
        Ok(Self(draft))
    }

    /// What it is made of.
    #[must_use]
    pub const fn parts(&self) -> &Draft<'a> {
        &self.0
    }
}

pub(crate) fn version_four(uuid: Uuid) -> Result<(), Refused> {
    let fits = uuid.get_version_num() == 4 && uuid.get_variant() == uuid::Variant::RFC4122;
    if fits { Ok(()) } else { Err(Refused::Form(Field::Uuid)) }
}

pub(crate) fn cvr(digits: &str) -> Result<(), Refused> {
    let fits = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(()) } else { Err(Refused::Form(Field::SenderCvr)) }
}

/// A text that must be there, for eyes that may be anybody's.
pub(crate) fn text(field: Field, text: &str, max: usize) -> Result<(), Refused> {
    if text.trim().is_empty() {
        return Err(Refused::Empty(field));
    }
    optional(field, text, max)
}

fn optional(field: Field, text: &str, max: usize) -> Result<(), Refused> {
    if text.chars().count() > max {
        Err(Refused::TooLong(field))
    } else if !is_plain(text) {
        Err(Refused::NotPlain(field))
    } else if has_cpr_like(text) {
        Err(Refused::CprLike(field))
    } else {
        Ok(())
    }
}

/// Years 2000 to 9999: what four digits can say and a clock can mean.
fn instant(field: Field, at: Timestamp) -> Result<(), Refused> {
    const YEAR_2000: i64 = 946_684_800;
    const YEAR_10000: i64 = 253_402_300_800;
    if (YEAR_2000..YEAR_10000).contains(&at.seconds()) { Ok(()) } else { Err(Refused::Form(field)) }
}

fn file(file: &File<'_>) -> Result<(), Refused> {
    text(Field::FileName, file.name, TEXT_MAX)?;
    let stem = file.name.strip_suffix(file.format.ending());
    if stem.is_none_or(str::is_empty) || file.name.contains(['/', '\\', ':']) {
        return Err(Refused::Form(Field::FileName));
    }
    if file.content.is_empty() {
        return Err(Refused::Empty(Field::FileContent));
    }
    match file.format {
        Format::Pdf if file.content.starts_with(b"%PDF-") => Ok(()),
        Format::Pdf => Err(Refused::Form(Field::FileContent)),
        Format::Html | Format::Text => match std::str::from_utf8(file.content) {
            Ok(content) if has_cpr_like(content) => Err(Refused::CprLike(Field::FileContent)),
            Ok(_) => Ok(()),
            Err(_) => Err(Refused::Form(Field::FileContent)),
        },
    }
}

/// An address without the opaque ids in it. Their digits mean nothing, and one in thirty reads as a CPR number.
fn without_ids(url: &str) -> String {
    let opaque = |part: &str| part.len() == 36 && Uuid::try_parse(part).is_ok();
    url.split('/').map(|part| if opaque(part) { "id" } else { part }).collect::<Vec<_>>().join("/")
}

fn action(action: &Action<'_>) -> Result<(), Refused> {
    text(Field::ActionLabel, action.label, TEXT_MAX)?;
    text(Field::ActionUrl, &without_ids(action.url), TEXT_MAX)?;
    if action.url.chars().count() > TEXT_MAX {
        return Err(Refused::TooLong(Field::ActionUrl));
    }
    // The parser mends an address and drops line ends; what is sent is the text, so it must be the same.
    let proper = Url::parse(action.url).is_ok_and(|url| {
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && {
            let sent = action.url;
            url.as_str() == sent || url.as_str().strip_suffix('/') == Some(sent)
        }
    });
    if !proper {
        return Err(Refused::Form(Field::ActionUrl));
    }
    let times = [action.from, action.until];
    times.into_iter().flatten().try_for_each(|at| instant(Field::ActionTime, at))?;
    match (action.from, action.until) {
        (Some(from), Some(until)) if from > until => Err(Refused::Form(Field::ActionTime)),
        _ => Ok(()),
    }
}
