//! Samples of the session's pages and of the pages about the portal.

use super::super::{
    AboutPage, AboutTopic, Contact, Frame, LoggedOutPage, Rights, SessionWarningPage, StepUpPage,
    StepUpReason,
};
use super::{Here, inger, mette, outside};
use borgerportal_i18n::Lang;

impl SessionWarningPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |frame, minutes| Self { frame, minutes, back: "/personer" };
        vec![
            ("typical", page(inger(lang, Here::Elsewhere), 5)),
            ("last", page(mette(lang, Here::Elsewhere, Rights::Read), 1)),
            ("now", page(inger(lang, Here::Elsewhere), 0)),
        ]
    }
}

impl StepUpPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |reason| Self {
            frame: Frame { journal: None, ..inger(lang, Here::Elsewhere) },
            reason,
            start: "/log-paa/igen",
            cancel: "/personer",
        };
        vec![
            ("mandate", page(StepUpReason::Mandate)),
            ("sensitive", page(StepUpReason::Sensitive)),
            ("long-ago", page(StepUpReason::LongAgo)),
        ]
    }
}

impl LoggedOutPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        vec![("typical", Self { frame: outside(lang) })]
    }
}

impl AboutPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let contact = Contact {
            name: "Fjordby Kommune",
            mail: "borgerportal@fjordby.example",
            dpo_mail: "dpo@fjordby.example",
            was_url: Some("https://was.digst.dk/"),
        };
        let page = |topic| Self { frame: outside(lang), topic, contact };
        vec![
            ("accessibility", page(AboutTopic::Accessibility)),
            ("privacy", page(AboutTopic::Privacy)),
            ("cookies", Self { contact: Contact::default(), ..page(AboutTopic::Cookies) }),
            ("help", page(AboutTopic::Help)),
        ]
    }
}
