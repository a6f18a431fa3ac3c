//! Who has seen the data: one line a look or an act, newest first, by day. The subject sees
//! everybody's lines; somebody acting sees only their own. Neighbours that say the same are one line with a
//! count. A line never holds a search word.

use super::{Frame, Paging};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::access::BasisKind;
use borgerportal_domain::access_log::ObjectKind;
use borgerportal_domain::asking::{LookUpAnswer, Purpose};
use borgerportal_i18n::{Date, DayStyle, Time};
use std::borrow::Cow;

/// Whose lines are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessScope {
    /// Everybody's: only for the subject.
    Everybody,
    /// Those of the person who is logged in.
    OwnActs,
}

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who<'a> {
    /// The reader.
    You,
    /// Another person, by full name.
    Person(&'a str),
    /// Somebody in the municipality, by unit.
    Staff(&'a str),
    /// Another computer system, by name.
    System(&'a str),
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Something was shown.
    Saw,
    /// Something was changed.
    Changed,
    /// Nothing was shown or changed.
    Refused,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRow<'a> {
    /// The day in Denmark.
    pub date: Date,
    /// The time in Denmark.
    pub time: Time,
    /// Who.
    pub who: Who<'a>,
    /// By what right; `None` when there was none.
    pub basis: Option<BasisKind>,
    /// What it was about.
    pub object: ObjectKind,
    /// The title of the document, when it was one and the reader may see it.
    pub title: Option<&'a str>,
    /// How it ended.
    pub did: Did,
    /// What a system asked, where one did.
    pub asked: Option<Asked<'a>>,
}

/// What a system asked about somebody and was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The system, by the name the municipality registered it under.
    pub client: &'a str,
    /// What for.
    pub purpose: Purpose,
    /// What it was told.
    pub answer: LookUpAnswer,
}

/// "Anledning: en telefonsamtale · svar: ja · it-system: sager"
pub(crate) fn asked(frame: &Frame<'_>, asked: &Asked<'_>) -> String {
    let purpose = frame.say(match asked.purpose {
        Purpose::PhoneCall => "lookup-for-phone",
        Purpose::Meeting => "lookup-for-meeting",
        Purpose::Letter => "lookup-for-letter",
        Purpose::Casework => "lookup-for-casework",
        Purpose::Service => "lookup-for-service",
    });
    let answer = frame.say(match asked.answer {
        LookUpAnswer::Yes => "lookup-told-yes",
        LookUpAnswer::No => "lookup-told-no",
        LookUpAnswer::Unknown => "lookup-told-unknown",
    });
    let words = [("purpose", purpose.into()), ("answer", answer.into()), ("client", asked.client.into())];
    frame.texts().with("log-asked", &words)
}

impl AccessRow<'_> {
    /// Whether it says the same as another, but for the time of day.
    fn says_what(&self, other: &Self) -> bool {
        Self { time: other.time, ..self.clone() } == *other
    }
}

/// Neighbours that say the same: one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessGroup<'r, 'a> {
    /// The newest of them.
    pub row: &'r AccessRow<'a>,
    /// When the oldest of them was.
    pub since: Time,
    /// How many they are.
    pub count: usize,
}

/// `/p/{journal}/access-log`
#[derive(Clone, Debug, Template)]
#[template(path = "access_log/list.html")]
pub struct AccessLogPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Whose lines.
    pub scope: AccessScope,
    /// The lines, newest first.
    pub rows: Vec<AccessRow<'a>>,
    /// Newer and older.
    pub paging: Paging<'a>,
}

impl<'a> AccessLogPage<'a> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        match self.scope {
            AccessScope::Everybody => Cow::Borrowed(self.frame.say("log-title")),
            AccessScope::OwnActs => self.frame.say_whose("log-title", "log-title-other"),
        }
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The sentence under the heading.
    #[must_use]
    pub fn lead(&self) -> Cow<'static, str> {
        self.frame.say_whose("log-lead", "log-lead-other")
    }

    /// Whether everybody's lines are shown.
    #[must_use]
    pub fn is_everybody(&self) -> bool {
        self.scope == AccessScope::Everybody
    }

    /// The lines, a day at a time.
    #[must_use]
    pub fn days(&self) -> Vec<(String, Vec<AccessGroup<'_, 'a>>)> {
        self.rows
            .chunk_by(|one, next| one.date == next.date)
            .filter_map(|rows| {
                let date = rows.first()?.date;
                Some((self.frame.lang.day_as(date, DayStyle::Weekday).to_string(), groups(rows)))
            })
            .collect()
    }

    /// "Mette Holm åbnede et dokument"
    #[must_use]
    pub fn sentence(&self, row: &AccessRow<'_>) -> String {
        let who = match row.who {
            Who::You => self.frame.say("log-you"),
            Who::Person(name) | Who::Staff(name) | Who::System(name) => name,
        };
        let key = match (row.did, row.object) {
            (Did::Refused, _) => "log-refused",
            (Did::Changed, ObjectKind::Mandates) => "log-changed-mandates",
            (Did::Changed, ObjectKind::Visit | ObjectKind::Calendar) => "log-changed-visit",
            (Did::Changed, ObjectKind::Messages) => "log-changed-messages",
            (Did::Changed, _) => "log-changed",
            (Did::Saw, ObjectKind::FrontPage) => "log-saw-front",
            (Did::Saw, ObjectKind::DocumentList) => "log-saw-documents",
            (Did::Saw, ObjectKind::DocumentSearch) => "log-searched",
            (Did::Saw, ObjectKind::Document) => "log-saw-document",
            (Did::Saw, ObjectKind::DocumentFile) => "log-saw-file",
            (Did::Saw, ObjectKind::Conditions) => "log-saw-conditions",
            (Did::Saw, ObjectKind::Plans) => "log-saw-plans",
            (Did::Saw, ObjectKind::Messages) => "log-saw-messages",
            (Did::Saw, ObjectKind::Grants) => "log-saw-grants",
            (Did::Saw, ObjectKind::Export) => "log-exported",
            (Did::Saw, ObjectKind::AccessLog) => "log-saw-log",
            (Did::Saw, ObjectKind::Mandates) => "log-saw-mandates",
            (Did::Saw, ObjectKind::LookUp) => "log-looked-up",
            (Did::Saw, _) => "log-saw",
        };
        self.frame.texts().with(key, &[("who", who.into())])
    }

    /// What a system asked and was told, where one did.
    #[must_use]
    pub fn asked(&self, row: &AccessRow<'_>) -> Option<String> {
        row.asked.as_ref().map(|row| asked(&self.frame, row))
    }

    /// "som pårørende med fuldmagt"; nothing about one's own look at one's own data.
    #[must_use]
    pub fn basis(&self, row: &AccessRow<'_>) -> Option<&'static str> {
        if row.asked.is_some() || (row.who, row.basis) == (Who::You, Some(BasisKind::Own)) {
            return None;
        }
        Some(self.frame.say(match (row.who, row.basis) {
            (Who::Staff(_), _) => "log-as-staff",
            (Who::System(_), _) => "log-as-system",
            (_, Some(BasisKind::Own)) => "log-as-own",
            (_, Some(BasisKind::Custody)) => "log-as-parent",
            (_, Some(BasisKind::Mandate)) => "log-as-relative",
            (_, Some(BasisKind::Guardianship)) => "log-as-guardian",
            (_, Some(BasisKind::Claim)) => "log-as-claim",
            (_, None) => "log-as-nobody",
        }))
    }

    /// "kl. 10.04", "kl. 9.58–10.04 · 4 gange"
    #[must_use]
    pub fn time(&self, group: &AccessGroup<'_, '_>) -> String {
        let (lang, until) = (self.frame.lang, group.row.time);
        let minute = |time: Time| (time.hour(), time.minute());
        let when = if minute(group.since) == minute(until) {
            lang.clock(until).to_string()
        } else {
            lang.clock_span(group.since, until).to_string()
        };
        if group.count == 1 {
            return when;
        }
        format!("{when} · {}", self.frame.texts().with("log-times", &[("count", group.count.into())]))
    }

    /// Whether nothing was shown.
    #[must_use]
    pub fn refused(&self, row: &AccessRow<'_>) -> bool {
        row.did == Did::Refused
    }

    /// Whether something was changed.
    #[must_use]
    pub fn changed(&self, row: &AccessRow<'_>) -> bool {
        row.did == Did::Changed
    }

    /// The address of another page.
    #[must_use]
    pub fn page_path(&self, cursor: &str) -> String {
        format!("{}?cursor={cursor}", super::paths::access_log(self.journal))
    }
}

/// Neighbours that say the same become one.
fn groups<'r, 'a>(rows: &'r [AccessRow<'a>]) -> Vec<AccessGroup<'r, 'a>> {
    rows.chunk_by(AccessRow::says_what)
        .filter_map(|same| {
            let (row, oldest) = (same.first()?, same.last()?);
            Some(AccessGroup { row, since: oldest.time, count: same.len() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        AccessLogPage, AccessRow, Asked, BasisKind, Date, Did, LookUpAnswer, ObjectKind, Purpose, Time, Who,
        groups,
    };
    use borgerportal_i18n::Lang;

    const METTE: AccessRow<'static> = AccessRow {
        date: Date::constant(2025, 11, 20),
        time: Time::constant(10, 4, 0, 0),
        who: Who::Person("Mette Holm"),
        basis: Some(BasisKind::Mandate),
        object: ObjectKind::DocumentList,
        title: None,
        did: Did::Saw,
        asked: None,
    };

    const ASKED: Option<Asked<'static>> =
        Some(Asked { client: "sager", purpose: Purpose::Letter, answer: LookUpAnswer::No });

    fn at(hour: i8, minute: i8) -> AccessRow<'static> {
        AccessRow { time: Time::constant(hour, minute, 0, 0), ..METTE }
    }

    #[test]
    fn only_neighbours_that_say_the_same_become_one() {
        let title = |title| AccessRow { object: ObjectKind::Document, title: Some(title), ..METTE };
        let cases: [(&str, Vec<AccessRow<'static>>, &[usize]); 9] = [
            ("nothing", vec![], &[]),
            ("one", vec![METTE], &[1]),
            ("the same three times", vec![at(10, 4), at(10, 1), at(9, 58)], &[3]),
            ("somebody else between", vec![METTE, AccessRow { who: Who::You, ..METTE }, METTE], &[1, 1, 1]),
            ("a refusal is its own", vec![METTE, AccessRow { did: Did::Refused, ..METTE }], &[1, 1]),
            ("another right", vec![METTE, AccessRow { basis: Some(BasisKind::Claim), ..METTE }], &[1, 1]),
            ("two documents", vec![title("a"), title("b"), title("b")], &[1, 2]),
            ("another question", vec![METTE, AccessRow { asked: ASKED, ..METTE }], &[1, 1]),
            ("midnight", vec![METTE, AccessRow { date: Date::constant(2025, 11, 19), ..METTE }], &[1, 1]),
        ];
        for (name, rows, expected) in cases {
            let counts: Vec<usize> = groups(&rows).iter().map(|group| group.count).collect();
            assert_eq!(counts, expected, "{name}");
            assert_eq!(counts.iter().sum::<usize>(), rows.len(), "{name}: no line is lost");
        }
    }

    #[test]
    fn a_group_says_from_when_to_when_and_how_often() {
        for (lang, rows, expected) in [
            (Lang::Da, vec![at(10, 4)], "kl. 10.04"),
            (Lang::Da, vec![at(10, 4), at(10, 4)], "kl. 10.04 · 2 gange"),
            (Lang::Da, vec![at(10, 4), at(10, 1), at(9, 58), at(9, 58)], "kl. 9.58–10.04 · 4 gange"),
            (Lang::En, vec![at(10, 4), at(9, 58)], "9:58–10:04 · 2 times"),
        ] {
            let pages = AccessLogPage::samples(lang);
            let (_, page) = pages.first().unwrap();
            assert_eq!(page.time(groups(&rows).first().unwrap()), expected);
        }
    }
}
