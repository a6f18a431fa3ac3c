//! Ready-made pages with invented people: empty, typical, crowded and refused, in both languages. For
//! tests, and for looking at pages without a server. Nothing here is part of the product.

mod access_log;
mod aids;
mod calendar;
mod dead_ends;
mod documents;
mod export;
mod front;
mod grants;
mod login;
mod mandates;
mod messages;
mod others;
mod profile;
mod record;

#[cfg(test)]
pub(super) use record::walking;

use super::{Acting, Frame, Here, Place, Rights, Support, Until, Visitor};
use askama::Template;
use borgerportal_domain::municipality::Modules;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, Lang};

/// A rendered sample: `documents/typical`, its language, its HTML.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// Room and circumstance.
    pub name: String,
    /// The language it was rendered in.
    pub lang: Lang,
    /// The page.
    pub html: String,
}

/// Renders every sample of every page in a language.
///
/// # Errors
/// When a template fails to write, which would be a fault of the template engine.
pub fn all(lang: Lang) -> askama::Result<Vec<Rendered>> {
    let mut out = Vec::new();
    add(&mut out, lang, "start", super::RoleChoicePage::samples(lang))?;
    add(&mut out, lang, "municipality", super::MunicipalityPage::samples(lang))?;
    add(&mut out, lang, "persons", super::PersonsPage::samples(lang))?;
    add(&mut out, lang, "profile", super::ProfilePage::samples(lang))?;
    add(&mut out, lang, "front", super::FrontPage::samples(lang))?;
    add(&mut out, lang, "menu", super::MenuPage::samples(lang))?;
    add(&mut out, lang, "documents", super::DocumentsPage::samples(lang))?;
    add(&mut out, lang, "document", super::DocumentPage::samples(lang))?;
    add(&mut out, lang, "export", super::ExportPage::samples(lang))?;
    add(&mut out, lang, "grants", super::GrantsPage::samples(lang))?;
    add(&mut out, lang, "grant", super::GrantPage::samples(lang))?;
    of_record(&mut out, lang)?;
    add(&mut out, lang, "access-log", super::AccessLogPage::samples(lang))?;
    add(&mut out, lang, "closed", super::ClosedPage::samples(lang))?;
    add(&mut out, lang, "dead-end", super::DeadEndPage::samples(lang))?;
    add(&mut out, lang, "session-warning", super::SessionWarningPage::samples(lang))?;
    add(&mut out, lang, "step-up", super::StepUpPage::samples(lang))?;
    add(&mut out, lang, "logged-out", super::LoggedOutPage::samples(lang))?;
    add(&mut out, lang, "about", super::AboutPage::samples(lang))?;
    of_aids(&mut out, lang)?;
    of_calendar(&mut out, lang)?;
    of_mandates(&mut out, lang)?;
    of_messages(&mut out, lang)?;
    Ok(out)
}

fn of_record(out: &mut Vec<Rendered>, lang: Lang) -> askama::Result<()> {
    add(out, lang, "conditions", super::ConditionsPage::samples(lang))?;
    add(out, lang, "condition", super::ConditionPage::samples(lang))?;
    add(out, lang, "information", super::InformationPage::samples(lang))?;
    add(out, lang, "plans", super::PlansPage::samples(lang))?;
    add(out, lang, "plan", super::PlanPage::samples(lang))?;
    add(out, lang, "glossary", super::GlossaryPage::samples(lang))?;
    add(out, lang, "glossary", super::TopicPage::samples(lang))
}

fn of_aids(out: &mut Vec<Rendered>, lang: Lang) -> askama::Result<()> {
    use super::aids as page;
    add(out, lang, "aids", page::AidsPage::samples(lang))?;
    add(out, lang, "aids-loan", page::LoanPage::samples(lang))?;
    add(out, lang, "aids-ask", page::AskPage::samples(lang))?;
    add(out, lang, "aids-step", page::StepPage::samples(lang))?;
    add(out, lang, "aids-application", page::ApplicationPage::samples(lang))?;
    add(out, lang, "aids-withdraw", page::WithdrawPage::samples(lang))
}

fn of_calendar(out: &mut Vec<Rendered>, lang: Lang) -> askama::Result<()> {
    use super::calendar as page;
    add(out, lang, "calendar", page::CalendarPage::samples(lang))?;
    add(out, lang, "calendar-visit", page::VisitPage::samples(lang))?;
    add(out, lang, "calendar-cancel", page::CancelPage::samples(lang))?;
    add(out, lang, "calendar-receipt", page::ReceiptPage::samples(lang))?;
    add(out, lang, "calendar-feeds", page::FeedsPage::samples(lang))
}

fn of_mandates(out: &mut Vec<Rendered>, lang: Lang) -> askama::Result<()> {
    use super::mandates as page;
    add(out, lang, "mandates", page::OverviewPage::samples(lang))?;
    add(out, lang, "mandates-lookups", page::LookUpsPage::samples(lang))?;
    add(out, lang, "mandates-intro", page::IntroPage::samples(lang))?;
    add(out, lang, "mandates-elsewhere", page::ElsewherePage::samples(lang))?;
    add(out, lang, "mandates-person", page::PersonStep::samples(lang))?;
    add(out, lang, "mandates-rights", page::RightsStep::samples(lang))?;
    add(out, lang, "mandates-period", page::PeriodStep::samples(lang))?;
    add(out, lang, "mandates-sending", page::SendingStep::samples(lang))?;
    add(out, lang, "mandates-check", page::CheckPage::samples(lang))?;
    add(out, lang, "mandates-sign", page::SignPage::samples(lang))?;
    add(out, lang, "mandates-receipt", page::ReceiptPage::samples(lang))?;
    add(out, lang, "mandates-answer", page::AnswerPage::samples(lang))?;
    add(out, lang, "mandates-see", page::SeePage::samples(lang))?;
    add(out, lang, "mandates-part", page::PartPage::samples(lang))?;
    add(out, lang, "mandates-closed", page::ClosedPage::samples(lang))?;
    add(out, lang, "mandates-mandate", page::MandatePage::samples(lang))?;
    add(out, lang, "mandates-stop", page::StopPage::samples(lang))?;
    add(out, lang, "mandates-renew", page::RenewPage::samples(lang))?;
    add(out, lang, "mandates-withdraw", page::WithdrawPage::samples(lang))
}

fn of_messages(out: &mut Vec<Rendered>, lang: Lang) -> askama::Result<()> {
    use super::messages as page;
    add(out, lang, "messages", page::ListPage::samples(lang))?;
    add(out, lang, "message-department", page::DepartmentPage::samples(lang))?;
    add(out, lang, "message-write", page::WritePage::samples(lang))?;
    add(out, lang, "message-files", page::FilesPage::samples(lang))?;
    add(out, lang, "message-check", page::CheckPage::samples(lang))?;
    add(out, lang, "message-receipt", page::ReceiptPage::samples(lang))?;
    add(out, lang, "message-thread", page::ThreadPage::samples(lang))
}

fn add<T: Template>(
    out: &mut Vec<Rendered>,
    lang: Lang,
    page: &str,
    samples: Vec<(&'static str, T)>,
) -> askama::Result<()> {
    for (circumstance, sample) in samples {
        out.push(Rendered { name: format!("{page}-{circumstance}"), lang, html: sample.render()? });
    }
    Ok(())
}

/// Where the samples say medicine is.
pub(super) const FMK: &str = "https://fmk-online.dk/";

/// The day of every sample: Thursday 20 November 2025.
pub(super) const TODAY: Date = Date::constant(2025, 11, 20);

pub(super) const fn journal() -> JournalId {
    JournalId::from_bytes([0x01, 0x9a, 0xa0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1])
}

pub(super) const fn item(number: u8) -> ItemId {
    ItemId::from_bytes([0x01, 0x9a, 0xa1, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
}

/// The frame of somebody who is not logged in.
pub(super) const fn outside(lang: Lang) -> Frame<'static> {
    Frame {
        lang,
        place: None,
        support: Support { phone: "12345678", hours: hours(lang) },
        visitor: None,
        acting: Acting::Own,
        journal: None,
        closed: None,
        modules: Modules::ALL,
        here: Here::Elsewhere,
        path: "/",
    }
}

/// The frame of Inger Holm in her own journal.
pub(super) const fn inger(lang: Lang, here: Here) -> Frame<'static> {
    Frame {
        place: Some(Place { name: "Fjordby Kommune", site: "https://www.fjordby.example/" }),
        visitor: Some(Visitor { name: "Inger Holm", csrf: "c3Jm", warn_after: 1500, ends_after: 1800 }),
        journal: Some(journal()),
        here,
        path: "/p/019aa000-0000-7000-8000-000000000001/",
        ..outside(lang)
    }
}

/// The frame of Mette Holm in her mother's journal.
pub(super) const fn mette(lang: Lang, here: Here, rights: Rights) -> Frame<'static> {
    Frame {
        visitor: Some(Visitor { name: "Mette Holm", csrf: "c3Jm", warn_after: 1500, ends_after: 1800 }),
        acting: Acting::Relative {
            name: "Inger Holm",
            first: "Inger",
            rights,
            until: Until::Day(Date::constant(2026, 6, 30)),
        },
        ..inger(lang, here)
    }
}

/// The frame of Mette Holm in her child's journal.
pub(super) const fn parent(lang: Lang, here: Here, filtered: bool) -> Frame<'static> {
    Frame {
        acting: Acting::Parent { name: "Jens Emil Holm", first: "Jens", filtered },
        ..mette(lang, here, Rights::Read)
    }
}

const fn hours(lang: Lang) -> &'static str {
    match lang {
        Lang::Da => "på hverdage kl. 9–15",
        Lang::En => "on weekdays 9:00–15:00",
    }
}
