//! Samples of the dead ends.

use super::super::{Closed, ClosedPage, DeadEnd, DeadEndPage, Frame, Rights};
use super::grants::running;
use super::{Here, TODAY, inger, journal, mette, outside};
use borgerportal_domain::access::RefusalCode;
use borgerportal_i18n::Lang;

impl ClosedPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let shut = |frame| Frame { journal: None, closed: Some(Closed::Shut), ..frame };
        let typical = Self {
            frame: shut(inger(lang, Here::Elsewhere)),
            journal: Some(journal()),
            left: Some(Closed::Shut),
            words: Some("Du får ikke hjælp lige nu. Skriv til Visitationen, hvis det er forkert <b>xyz."),
            months: Some(12),
            running: running(),
            guide: Some("https://www.fjordby.example/aktindsigt"),
            mail: Some("borgerportal@fjordby.example"),
            address: "Torvet 1, 9999 Fjordby",
            today: TODAY,
        };
        let letters = Frame { closed: Some(Closed::Letters), ..inger(lang, Here::Elsewhere) };
        let nothing = Self {
            words: None,
            months: None,
            running: Vec::new(),
            guide: None,
            mail: None,
            address: "",
            ..typical.clone()
        };
        vec![
            ("nothing", nothing),
            (
                "letters",
                Self { frame: letters, left: Some(Closed::Letters), months: None, ..typical.clone() },
            ),
            (
                "relative",
                Self {
                    frame: shut(mette(lang, Here::Elsewhere, Rights::Read)),
                    words: None,
                    ..typical.clone()
                },
            ),
            ("typical", typical),
        ]
    }
}

impl DeadEndPage<'static> {
    /// Samples: every kind once, and a refusal of each heading.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let inside = Frame { journal: None, ..inger(lang, Here::Elsewhere) };
        let again = "/log-paa/0217?rolle=borger";
        let out = |what| Self { frame: outside(lang), what };
        let within = |what| Self { frame: inside, what };
        let refused = |why, day| within(DeadEnd::Refused { why, name: "Inger Holm", day });
        vec![
            ("no-mandate", within(DeadEnd::NoMandate { ask: Some("https://fuldmagt.nemlog-in.dk/") })),
            ("no-mandate-no-link", within(DeadEnd::NoMandate { ask: None })),
            ("no-child", within(DeadEnd::NoChild)),
            ("expired", refused(RefusalCode::MandateExpired, Some(TODAY))),
            ("suspended", refused(RefusalCode::MandateSuspended, None)),
            ("child-of-age", refused(RefusalCode::ChildOfAge, Some(TODAY))),
            ("custody-stale", refused(RefusalCode::CustodyStale, None)),
            ("read-only", refused(RefusalCode::ReadOnly, None)),
            ("refused", refused(RefusalCode::Blocked, None)),
            (
                "claim",
                within(DeadEnd::ClaimOver { name: "Inger Holm", again: "/session/step-up?back=/personer" }),
            ),
            ("too-young", out(DeadEnd::TooYoung)),
            (
                "not-here",
                out(DeadEnd::NotHere { place: "Aarhus Kommune", site: "https://www.aarhus.example/" }),
            ),
            ("mitid-cancelled", out(DeadEnd::MitIdCancelled { again })),
            ("mitid-away", out(DeadEnd::MitIdAway { again })),
            ("level", out(DeadEnd::LevelTooLow { again })),
            ("session", out(DeadEnd::SessionEnded { minutes: 30, again })),
            ("mismatch", within(DeadEnd::PersonMismatch)),
            ("stale", within(DeadEnd::StaleForm { again: "/personer" })),
            ("denied", within(DeadEnd::Denied { code: "mandates.ask.asked_already" })),
            ("denied-other", within(DeadEnd::Denied { code: "mandates.sign.other_people" })),
            ("many", out(DeadEnd::TooMany)),
            ("missing", within(DeadEnd::NotFound)),
            ("missing-outside", out(DeadEnd::NotFound)),
            ("failed", within(DeadEnd::Failed { number: "AA1C 27F3" })),
            ("away", within(DeadEnd::Unavailable { again: "/personer" })),
        ]
    }
}
