//! The rows of "Nyt til dig": what each is called, where it leads, until when, and at most one word beside it.

use super::super::calendar::words;
use super::super::messages::Mark;
use super::super::{DocumentRow, grants, kind_label, paths};
use super::FrontPage;
use borgerportal_domain::grants::Deadline;
use borgerportal_domain::{ItemId, RequestId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Something that is new or waits.
#[derive(Clone, Debug)]
pub enum Latest<'a> {
    /// Somebody asks the citizen for a mandate.
    Asked {
        /// Which request.
        id: RequestId,
        /// Who asks, by full name.
        name: &'a str,
        /// The last day to answer.
        answer_by: Date,
    },
    /// A decision about which there is still time to complain.
    Running {
        /// Which grant.
        id: ItemId,
        /// What it is.
        title: &'a str,
        /// The time that counts for this reader.
        deadline: Deadline,
    },
    /// Messages.
    Thread {
        /// The first of them.
        id: ItemId,
        /// What it is about.
        title: &'a str,
        /// With which department; empty when nobody says.
        with: String,
        /// When something was said last.
        day: Date,
        /// An answer is promised by this day, where one is waited for.
        answer_by: Option<Date>,
        /// What it has to say.
        mark: Mark,
    },
    /// A document.
    Document(DocumentRow<'a>),
}

/// One of them in words.
#[derive(Clone, Debug)]
pub struct LatestRow<'r> {
    /// The icon's name.
    pub icon: &'static str,
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub title: Cow<'r, str>,
    /// What stands under it, in pieces that are not broken if it can be avoided.
    pub about: Vec<Cow<'r, str>>,
    /// The word beside it: class and words.
    pub badge: Option<(&'static str, Cow<'static, str>)>,
}

impl<'a> FrontPage<'a> {
    /// A row in words.
    #[must_use]
    pub fn row<'r>(&self, one: &'r Latest<'a>) -> LatestRow<'r> {
        match one {
            Latest::Asked { id, name, answer_by } => LatestRow {
                icon: "how-to-reg",
                href: paths::mandates::request(*id),
                title: self.frame.texts().with("front-asked", &[("name", (*name).into())]).into(),
                about: vec![self.dated("front-asked-by", *answer_by).into()],
                badge: Some(("bp-badge-call", self.frame.say("front-asked-badge").into())),
            },
            Latest::Running { id, title, deadline } => LatestRow {
                icon: "time",
                href: paths::grant(self.journal, *id),
                title: Cow::Borrowed(title),
                about: vec![self.complain(deadline.last_day).into()],
                badge: grants::left(self.frame.lang, deadline, self.today)
                    .map(|left| ("bp-badge-call", left.into())),
            },
            Latest::Thread { id, title, with, day, answer_by, mark } => {
                let waits = *mark == Mark::Waits;
                LatestRow {
                    icon: if waits { "time" } else { "forum" },
                    href: paths::messages::thread(self.journal, *id),
                    title: Cow::Borrowed(title),
                    about: if waits {
                        self.sent(*day, *answer_by)
                    } else {
                        vec![self.with(with), self.day(*day)]
                    },
                    badge: mark.badge().map(|badge| self.said(badge)),
                }
            }
            Latest::Document(row) => self.document(row),
        }
    }

    fn document<'r>(&self, row: &'r DocumentRow<'a>) -> LatestRow<'r> {
        let kind = kind_label(self.frame.lang, row.kind);
        let about = [Cow::Borrowed(kind), Cow::Borrowed(row.from), self.day(row.date)];
        LatestRow {
            icon: row.icon(),
            href: paths::document(self.journal, row.id),
            title: Cow::Borrowed(row.title.text),
            about: about.into_iter().filter(|part| !part.is_empty()).collect(),
            badge: row.mark.badge().map(|badge| self.said(badge)),
        }
    }

    /// "Sendt 18. november", "svar inden 25. november"
    fn sent(&self, day: Date, answer_by: Option<Date>) -> Vec<Cow<'static, str>> {
        let sent = self.dated("front-sent", day);
        let promised = answer_by.map(|by| self.dated("front-sent-answer", by));
        [Some(sent), promised].into_iter().flatten().map(Cow::Owned).collect()
    }

    /// Where messages are.
    fn with<'r>(&self, with: &'r str) -> Cow<'r, str> {
        Cow::Borrowed(if with.is_empty() { self.frame.say("messages-municipality") } else { with })
    }

    fn said(&self, (word, class): (&'static str, &'static str)) -> (&'static str, Cow<'static, str>) {
        (class, self.frame.say(word).into())
    }

    /// "Du kan klage til og med 4. december"
    fn complain(&self, last_day: Date) -> String {
        let key = if self.frame.is_own() { "front-complain" } else { "front-complain-other" };
        let (name, day) = (self.frame.acting.other().map_or("", |(_, first)| first), self.day(last_day));
        self.frame.texts().with(key, &[("name", name.into()), ("day", day.as_ref().into())])
    }

    fn dated(&self, key: &'static str, day: Date) -> String {
        self.frame.texts().with(key, &[("day", self.day(day).as_ref().into())])
    }

    /// "i går", "17. november", "17. november 2024"
    fn day(&self, date: Date) -> Cow<'static, str> {
        match self.frame.lang.near(date, self.today) {
            Some(word) => Cow::Borrowed(word),
            None if date.year() == self.today.year() => Cow::Owned(words::short(self.frame.lang, date)),
            None => Cow::Owned(self.frame.lang.day(date).to_string()),
        }
    }
}
