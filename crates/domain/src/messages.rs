//! Messages between a citizen and the departments of the municipality: what kinds there are, what one that is being
//! written must have before it is sent, and which messages belong together. It refuses to know how a message is
//! carried, and what stands in it beyond its length.

mod threads;

pub use threads::{Said, threads};

use crate::ids::ItemId;

/// Characters of a message.
pub const TEXT_MAX: usize = 2_000;
/// Characters of its subject.
pub const SUBJECT_MAX: usize = 80;
/// Characters of a text that stand for a missing subject.
const START: usize = 60;
/// The sender of what is written here, where record systems have their names.
pub const PORTAL: &str = "borgerportal";

coded_enum! {
    /// What a message is for. Ready-made kinds lead to the right page and tell the municipality what is asked of it.
    pub enum Kind {
        /// Anything.
        Question = "question",
        /// A remark to something in the record: it is kept beside it.
        Remark = "remark",
        /// Something in the record is wrong.
        Correction = "correction",
        /// Access to documents (aktindsigt).
        AccessRequest = "access_request",
        /// A complaint of a decision (klage).
        Complaint = "complaint",
    }
}

impl Kind {
    /// Whether it is about one thing of the record.
    #[must_use]
    pub const fn is_about_something(self) -> bool {
        matches!(self, Self::Remark | Self::Correction | Self::Complaint)
    }
}

coded_enum! {
    /// What is asked, in this order.
    pub enum Step {
        /// To whom?
        Department = "department",
        /// What do you want to say?
        Write = "write",
        /// Is there something to send along?
        Files = "files",
        /// Is it right?
        Check = "check",
    }
}

coded_enum! {
    /// Why an answer is not taken, or a message not sent.
    pub enum MessageRefusal {
        /// No department was chosen, or one that takes no messages any more.
        NoDepartment = "messages.department.none",
        /// There is no text.
        Empty = "messages.text.empty",
        /// Longer than [`TEXT_MAX`].
        TooLong = "messages.text.too_long",
        /// Longer than [`SUBJECT_MAX`].
        SubjectTooLong = "messages.subject.too_long",
        /// An earlier question has no answer yet.
        NotYet = "messages.draft.not_yet",
        /// So many are begun that none more is.
        TooManyDrafts = "messages.draft.too_many",
    }
}

/// The thing of the record that a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Which.
    pub item: ItemId,
    /// Its name at its sender, such as `CarePlan/42`.
    pub name: String,
    /// As the writer saw it.
    pub title: String,
}

/// A message that is being written. It has its name from the beginning, so that it is sent once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The message it will be.
    pub id: ItemId,
    /// What for.
    pub kind: Kind,
    /// To whom, by the municipality's code of it.
    pub department: Option<String>,
    /// The message it answers; nothing where a thread begins.
    pub answers: Option<ItemId>,
    /// The things it is about.
    pub about: Vec<About>,
    /// In few words; may be empty.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl Draft {
    /// With no answers.
    #[must_use]
    pub const fn new(id: ItemId, kind: Kind) -> Self {
        Self {
            id,
            kind,
            department: None,
            answers: None,
            about: Vec::new(),
            subject: String::new(),
            text: String::new(),
        }
    }

    /// The furthest page whose questions before it are answered.
    #[must_use]
    pub fn step(&self) -> Step {
        if self.department.is_none() && self.answers.is_none() {
            Step::Department
        } else if self.text.is_empty() {
            Step::Write
        } else {
            Step::Check
        }
    }

    /// Whether this page can be shown. To whom an answer goes is settled by what it answers.
    #[must_use]
    pub fn reaches(&self, step: Step) -> bool {
        step <= self.step() && !(step == Step::Department && self.answers.is_some())
    }

    /// Whether these words can be sent.
    pub fn may_say(subject: &str, text: &str) -> Result<(), MessageRefusal> {
        if subject.chars().count() > SUBJECT_MAX {
            return Err(MessageRefusal::SubjectTooLong);
        }
        if text.is_empty() {
            return Err(MessageRefusal::Empty);
        }
        if text.chars().count() > TEXT_MAX { Err(MessageRefusal::TooLong) } else { Ok(()) }
    }

    /// The subject, or how the text begins.
    #[must_use]
    pub fn title(&self) -> String {
        if self.subject.is_empty() { beginning(&self.text, START) } else { self.subject.clone() }
    }
}

/// What was typed, as it is kept: line ends of one kind, nothing around it, no characters that hide or turn text.
#[must_use]
pub fn typed(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let shown = |c: &char| *c == '\n' || *c == '\t' || !(c.is_control() || turns(*c));
    unified.chars().filter(shown).collect::<String>().trim().to_owned()
}

/// Marks that have no width or turn the direction in which a text is read.
const fn turns(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The first words of a text in one line, cut between words where it is longer than `most`.
#[must_use]
pub fn beginning(text: &str, most: usize) -> String {
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if count > 0 && count + 1 + length > most {
            line.push_str(" …");
            return line;
        }
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        line.extend(word.chars().take(most));
        count += length;
        if length > most {
            line.push('…');
            return line;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn draft() -> Draft {
        Draft::new(ItemId::from_bytes([1; 16]), Kind::Question)
    }

    #[test]
    fn one_question_after_the_other() {
        let mut one = draft();
        assert_eq!(one.step(), Step::Department);
        assert!(one.reaches(Step::Department) && !one.reaches(Step::Write));
        one.text = "Hvornår kommer I?".to_owned();
        assert_eq!(one.step(), Step::Department, "a later answer does not skip a question");
        one.department = Some("nursing".to_owned());
        assert_eq!(one.step(), Step::Check);
        assert!(
            [Step::Department, Step::Write, Step::Files, Step::Check].iter().all(|step| one.reaches(*step))
        );
        one.text.clear();
        assert!(one.reaches(Step::Write) && !one.reaches(Step::Files), "files without words are not sent");
    }

    #[test]
    fn an_answer_goes_where_the_thread_is() {
        let one = Draft { answers: Some(ItemId::from_bytes([2; 16])), ..draft() };
        assert_eq!(one.step(), Step::Write);
        assert!(!one.reaches(Step::Department));
    }

    #[test]
    fn words_have_their_limits_in_characters() {
        let long = "æ".repeat(TEXT_MAX);
        for (subject, text, answer) in [
            ("", "Hej", Ok(())),
            ("", "", Err(MessageRefusal::Empty)),
            ("", long.as_str(), Ok(())),
            ("", &format!("{long}!"), Err(MessageRefusal::TooLong)),
            (&"ø".repeat(SUBJECT_MAX), "Hej", Ok(())),
            (&"ø".repeat(SUBJECT_MAX + 1), "Hej", Err(MessageRefusal::SubjectTooLong)),
        ] {
            assert_eq!(Draft::may_say(subject, text), answer, "{} {}", subject.len(), text.len());
        }
    }

    #[test]
    fn a_title_is_the_subject_or_the_first_words() {
        let mut one = draft();
        one.text = "Jeg har ondt i benet,\nog såret væsker. Skal jeg ringe til lægen, eller kommer I i dag?"
            .to_owned();
        assert_eq!(one.title(), "Jeg har ondt i benet, og såret væsker. Skal jeg ringe til …");
        one.subject = "Såret".to_owned();
        assert_eq!(one.title(), "Såret");
        assert_eq!(beginning("", 10), "");
        assert_eq!(beginning("Sygeplejerskeuddannelsen", 6), "Sygepl…");
    }

    #[test]
    fn what_is_typed_is_kept_without_what_nobody_sees() {
        assert_eq!(typed(" Hej\r\n\r\nInger\u{202e}\0 "), "Hej\n\nInger");
        assert_eq!(typed("\u{feff}\n"), "");
        assert_eq!(typed("👩‍⚕️ æøå"), "👩‍⚕️ æøå", "joined pictures stay whole");
    }

    proptest! {
        #[test]
        fn a_beginning_is_one_short_line(text in ".{0,200}", most in 1usize..80) {
            let line = beginning(&text, most);
            prop_assert!(line.chars().count() <= most + 2 && !line.contains('\n'), "{}", line);
        }

        #[test]
        fn keeping_twice_is_keeping_once(text in "(.|\r|\n){0,60}") {
            prop_assert_eq!(typed(&typed(&text)), typed(&text));
        }
    }
}
