//! The questions of the law and their answers, in both languages, as they are kept with an application.

use super::Said;
use borgerportal_domain::aids::{Aim, Answers, Lasting, Occasion, Supplier, Why};
use borgerportal_i18n::{Lang, Texts};

fn both(key: &'static str) -> [String; 2] {
    [Lang::Da, Lang::En].map(|lang| Texts::of(lang).get(key).to_owned())
}

fn own(text: &str) -> [String; 2] {
    [text.trim().to_owned(), text.trim().to_owned()]
}

fn said(code: &str, question: &'static str, answer: [String; 2]) -> Said {
    Said { code: code.to_owned(), question: both(question), answer }
}

/// Whether it lasts.
#[must_use]
pub const fn lasting(lasting: Lasting) -> &'static str {
    match lasting {
        Lasting::Yes => "aids-lasting-yes",
        Lasting::No => "aids-lasting-no",
        Lasting::Unknown => "aids-lasting-unknown",
    }
}

/// What it shall do.
#[must_use]
pub const fn aim(aim: Aim) -> &'static str {
    match aim {
        Aim::Relieve => "aids-aim-relieve",
        Aim::Everyday => "aids-aim-everyday",
        Aim::Work => "aids-aim-work",
    }
}

/// Whether there was one before.
#[must_use]
pub const fn occasion(occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::First => "aids-occasion-first",
        Occasion::Again => "aids-occasion-again",
        Occasion::Changed => "aids-occasion-changed",
    }
}

/// What the law asks.
pub(super) fn of_the_law(why: &Why, answers: &Answers) -> Vec<Said> {
    let aims = |at: usize| {
        let words = why.aims.iter().map(|one| both(aim(*one)));
        words.filter_map(|both| both.into_iter().nth(at)).collect::<Vec<_>>().join("; ")
    };
    vec![
        said("lasting", "aids-question-lasting", both(lasting(why.lasting))),
        said("need", "aids-question-need", own(&why.need)),
        said("aims", "aids-question-aims", [aims(0), aims(1)]),
        said("occasion", "aids-question-occasion", both(occasion(answers.occasion))),
    ]
}

/// Who shall supply it.
pub(super) fn supplier(answers: &Answers) -> Said {
    let answer = match &answers.supplier {
        Supplier::Municipality => both("aids-supplier-municipality"),
        Supplier::Own(name) => own(name),
    };
    said("supplier", "aids-question-supplier", answer)
}
