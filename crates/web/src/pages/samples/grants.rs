//! Samples of the grants and of one grant.

use super::super::{Frame, GrantPage, GrantRow, GrantsPage, Letter, NoComplaint, Rights};
use super::{Here, TODAY, inger, item, journal, mette, parent};
use borgerportal_domain::grants::{
    Deadline, Decision, Delivery, Every, Frequency, Grant, Ground, Law, Recipient, SentBy, Standing, State,
};
use borgerportal_i18n::{Date, Lang};
use std::sync::LazyLock;

const LETTER_DAYS: u16 = 6;

const fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

fn grant(title: &str, law: (Law, &str), often: Option<(u16, u16, u16)>, supplier: &str) -> Grant {
    let (law, section) = law;
    let frequency = |(_, times, span)| Frequency { times, span, every: Every::Week };
    Grant {
        title: title.to_owned(),
        state: State::Granted,
        from: Some(day(2025, 5, 1)),
        to: None,
        supplier: Some(supplier.to_owned()),
        decision: Some(Decision {
            ground: Some(Ground { law, section: section.to_owned() }),
            decided: Some(day(2025, 4, 22)),
            unit: Some("Visitationen".to_owned()),
            minutes: often.map(|(minutes, _, _)| minutes),
            frequency: often.map(frequency),
            amount: None,
            deliveries: vec![Delivery {
                to: Recipient::Citizen,
                by: SentBy::DigitalPost,
                sent: day(2025, 4, 23),
            }],
        }),
    }
}

/// A grant with everything in it, and one each of the others.
static GRANTS: LazyLock<Vec<Grant>> = LazyLock::new(|| {
    let north = "Hjemmeplejen Nord";
    let care = grant("Personlig hygiejne", (Law::Service, "§ 83, stk. 1, nr. 1"), Some((20, 7, 1)), north);
    let cleaning = grant("Rengøring", (Law::Service, "§ 83, stk. 1, nr. 2"), Some((45, 1, 2)), north);
    let mut refused = grant("Ortopædisk fodtøj", (Law::Service, "§ 112"), None, "");
    refused.state = State::Refused;
    (refused.from, refused.supplier) = (None, None);
    if let Some(decision) = &mut refused.decision {
        decision.decided = Some(day(2025, 11, 3));
        decision.deliveries = vec![
            Delivery { to: Recipient::Citizen, by: SentBy::DigitalPost, sent: day(2025, 11, 4) },
            Delivery { to: Recipient::Representative, by: SentBy::Letter, sent: day(2025, 11, 4) },
        ];
    }
    let nursing = grant("Sårbehandling", (Law::Health, "§ 138"), Some((15, 2, 1)), "Hjemmesygeplejen");
    let elderly = grant("Personlig hjælp og pleje", (Law::Elderly, ""), None, "Team Syd");
    let mut coming =
        grant("Vedligehold af færdigheder", (Law::Service, "§ 86, stk. 2"), None, "Træningscentret");
    coming.from = Some(day(2025, 12, 1));
    if let Some(decision) = &mut coming.decision {
        decision.amount = Some("12 uger".to_owned());
    }
    let planned = Grant { decision: None, ..grant("Kompressionsbehandling", (Law::Other, ""), None, north) };
    let mut lapsed = grant("Genoptræning", (Law::Service, "§ 86, stk. 1"), None, "Træningscentret");
    lapsed.to = Some(day(2025, 8, 31));
    vec![care, cleaning, refused, nursing, elderly, coming, planned, lapsed]
});

fn one(number: usize) -> &'static Grant {
    static NOTHING: LazyLock<Grant> = LazyLock::new(|| grant("", (Law::Other, ""), None, ""));
    GRANTS.get(number).unwrap_or(&NOTHING)
}

fn deadlines(number: usize) -> &'static [Deadline] {
    static ALL: LazyLock<Vec<Vec<Deadline>>> = LazyLock::new(|| {
        let of =
            |grant: &Grant| grant.deliveries().iter().map(|one| Deadline::of(*one, LETTER_DAYS)).collect();
        GRANTS.iter().map(of).collect()
    });
    ALL.get(number).map_or(&[], Vec::as_slice)
}

fn rows() -> Vec<GrantRow<'static>> {
    (0_u8..)
        .zip(GRANTS.iter())
        .map(|(number, grant)| GrantRow {
            id: item(number),
            grant,
            standing: grant.standing(TODAY, number == 1),
            running: deadlines(number.into()).first().copied().filter(|one| one.days_left(TODAY).is_some()),
            unread: number == 2,
        })
        .collect()
}

/// Those about which there is still time to complain.
pub(super) fn running() -> Vec<GrantRow<'static>> {
    rows().into_iter().filter(|row| row.running.is_some()).collect()
}

impl GrantsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Grants),
            journal: journal(),
            rows: rows(),
            all: false,
            today: TODAY,
        };
        let other = |frame: Frame<'static>| Self { frame, ..typical.clone() };
        let crowd: Vec<_> = rows()
            .into_iter()
            .cycle()
            .zip(0_u8..60)
            .map(|(row, number)| GrantRow { id: item(number), ..row })
            .collect();
        vec![
            ("empty", Self { rows: Vec::new(), ..typical.clone() }),
            ("crowded", Self { rows: crowd.clone(), ..typical.clone() }),
            ("all", Self { rows: crowd, all: true, ..typical.clone() }),
            ("relative", other(mette(lang, Here::Grants, Rights::Read))),
            ("parent", other(parent(lang, Here::Grants, true))),
            ("typical", typical),
        ]
    }
}

impl GrantPage<'static> {
    fn sample(frame: Frame<'static>, number: usize) -> Self {
        let grant = one(number);
        Self {
            frame,
            journal: journal(),
            id: item(1),
            grant,
            standing: grant.standing(TODAY, false),
            route: grant.route(),
            deadlines: deadlines(number),
            own: deadlines(number).first().copied(),
            newer: None,
            letter: Some(Letter::Document(item(9))),
            no_complaint: None,
            guide: Some("https://www.fjordby.example/klag"),
            today: TODAY,
        }
    }

    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let own = |number| Self::sample(inger(lang, Here::Grants), number);
        let reads = mette(lang, Here::Grants, Rights::Read);
        let acts = mette(lang, Here::Grants, Rights::ReadAndAct);
        let last = Deadline::of(
            Delivery { to: Recipient::Citizen, by: SentBy::DigitalPost, sent: day(2025, 10, 23) },
            LETTER_DAYS,
        );
        vec![
            ("late", own(0)),
            ("running", own(2)),
            ("last-day", Self { own: Some(last), ..own(2) }),
            ("no-delivery", Self { own: None, deadlines: &[], letter: None, ..own(2) }),
            ("nursing", own(3)),
            ("elderly", own(4)),
            ("coming", own(5)),
            ("planned", own(6)),
            ("lapsed", own(7)),
            ("replaced", Self { standing: Standing::Replaced, newer: Some(item(2)), ..own(1) }),
            (
                "closed",
                Self {
                    no_complaint: Some(NoComplaint::Elsewhere),
                    letter: Some(Letter::Here),
                    guide: None,
                    ..own(2)
                },
            ),
            ("relative", Self::sample(acts, 2)),
            ("reader", Self { no_complaint: Some(NoComplaint::ReadOnly), ..Self::sample(reads, 2) }),
            ("parent", Self::sample(parent(lang, Here::Grants, false), 2)),
        ]
    }
}
