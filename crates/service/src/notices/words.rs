//! What a notice says, in words: title, the line for a lock screen, paragraphs, and where its button leads. The
//! title and the line are the same for yes and no, name nobody, and never say what a mandate is about.

use borgerportal_domain::Date;
use borgerportal_domain::notices::{Cause, NoticeKind, Says};
use borgerportal_i18n::{Lang, Texts};

/// A notice in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Heading, and label in the post box.
    pub title: &'static str,
    /// What a lock screen may show.
    pub line: &'static str,
    /// The text.
    pub paragraphs: Vec<String>,
    /// Text of the button.
    pub button: &'static str,
    /// Where it leads, from the portal's root.
    pub path: String,
}

/// The words of a notice.
#[must_use]
pub fn words(lang: Lang, kind: NoticeKind, cause: Cause, says: &Says) -> Words {
    let texts = Texts::of(lang);
    let (title, text) = keys(kind);
    let other = says.other.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let first = other.unwrap_or(texts.get("notice-somebody-first"));
    let within = other.unwrap_or(texts.get("notice-somebody"));
    let mut paragraphs = vec![texts.with(text, &[("First", first.into()), ("other", within.into())])];
    let mut dated = |key, date: Option<Date>| {
        if let Some(date) = date {
            let day = lang.day(date).to_string();
            paragraphs.push(texts.with(key, &[("date", day.as_str().into())]));
        }
    };
    if kind.wants_answer() {
        dated("notice-answer-by", says.answer_by);
    }
    if speaks_of_end(kind) {
        dated("notice-last-day", says.last_day);
    }
    if matches!(kind, NoticeKind::MandateRequested | NoticeKind::MandateRequestedReminder) {
        paragraphs.push(texts.get("notice-fraud").to_owned());
    }
    if kind == NoticeKind::MandateSigned {
        paragraphs.push(texts.get("notice-stop").to_owned());
    }
    paragraphs.push(texts.get("notice-log-in").to_owned());
    let (button, path) = leads_to(kind, cause);
    Words {
        title: texts.get(title),
        line: texts.get(if kind.is_about_mandates() { "notice-line" } else { "notice-portal-line" }),
        paragraphs,
        button: texts.get(button),
        path,
    }
}

/// Where a last day is a promise: the mandate lives.
const fn speaks_of_end(kind: NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::RequestApproved
            | NoticeKind::RequestApprovedInPart
            | NoticeKind::MandateGiven
            | NoticeKind::MandateSigned
            | NoticeKind::MandateRenewalDue30
            | NoticeKind::MandateRenewalDue7
            | NoticeKind::MandateRenewed
            | NoticeKind::MandateResumed
    )
}

/// Title and first paragraph.
const fn keys(kind: NoticeKind) -> (&'static str, &'static str) {
    match kind {
        NoticeKind::MandateRequested => ("notice-mandate-requested", "notice-mandate-requested-says"),
        NoticeKind::MandateRequestedReminder => {
            ("notice-mandate-requested-reminder", "notice-mandate-requested-reminder-says")
        }
        NoticeKind::RequestApproved => ("notice-request-answered", "notice-request-approved-says"),
        NoticeKind::RequestApprovedInPart => {
            ("notice-request-answered", "notice-request-approved-in-part-says")
        }
        NoticeKind::RequestDeclined => ("notice-request-answered", "notice-request-declined-says"),
        NoticeKind::RequestLapsed => ("notice-request-answered", "notice-request-lapsed-says"),
        NoticeKind::RequestAnnulled => ("notice-request-answered", "notice-request-annulled-says"),
        NoticeKind::RequestWithdrawn => ("notice-request-withdrawn", "notice-request-withdrawn-says"),
        NoticeKind::PaperDeficient => ("notice-paper-deficient", "notice-paper-deficient-says"),
        NoticeKind::MandateGiven => ("notice-mandate-given", "notice-mandate-given-says"),
        NoticeKind::MandateSigned => ("notice-mandate-signed", "notice-mandate-signed-says"),
        NoticeKind::MandateStoppedByGiver => {
            ("notice-mandate-stopped", "notice-mandate-stopped-by-giver-says")
        }
        NoticeKind::MandateStoppedByHolder => {
            ("notice-mandate-stopped", "notice-mandate-stopped-by-holder-says")
        }
        NoticeKind::MandateRenewalDue30 => {
            ("notice-mandate-renewal-due", "notice-mandate-renewal-due-30-says")
        }
        NoticeKind::MandateRenewalDue7 => ("notice-mandate-renewal-due", "notice-mandate-renewal-due-7-says"),
        NoticeKind::MandateRenewed => ("notice-mandate-renewed", "notice-mandate-renewed-says"),
        NoticeKind::MandateSuspended => ("notice-mandate-suspended", "notice-mandate-suspended-says"),
        NoticeKind::MandateResumed => ("notice-mandate-resumed", "notice-mandate-resumed-says"),
        NoticeKind::MandateAnnulled => ("notice-mandate-annulled", "notice-mandate-annulled-says"),
        NoticeKind::MandateEnded => ("notice-mandate-ended", "notice-mandate-ended-says"),
        NoticeKind::MessageArrived => ("notice-message-arrived", "notice-message-arrived-says"),
    }
}

/// Ids in the address are opaque and give nothing away: only the person herself gets in there.
fn leads_to(kind: NoticeKind, cause: Cause) -> (&'static str, String) {
    if !kind.is_about_mandates() {
        return ("notice-see-portal", "/".to_owned());
    }
    let to_answer = matches!(kind, NoticeKind::MandateRequested | NoticeKind::MandateRequestedReminder);
    match (cause.request, cause.mandate) {
        (Some(request), _) if to_answer => ("notice-see-request", format!("/fuldmagter/anmodning/{request}")),
        (_, Some(mandate)) => ("notice-see-mandate", format!("/fuldmagter/{mandate}")),
        (Some(_) | None, None) => ("notice-see-all", "/fuldmagter".to_owned()),
    }
}

#[cfg(test)]
mod tests;
