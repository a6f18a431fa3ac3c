//! One of each document, as a person would get it. Everybody in it is invented.

use borgerportal_i18n::{Date, Lang, Time};
use borgerportal_memo::letters::{
    AskedLetter, House, Item, MandateCopy, Notice, Occasion, OwnWordsForm, Receipt, Receiver, Sent,
};
use borgerportal_memo::pdf::{Pdf, Unprintable};

pub(crate) const CODE: &str = "4Q7K-9M2T-XH3D";

pub(crate) const NEXT_YEAR: Date = Date::constant(2027, 11, 30);
pub(crate) const SOON: Date = Date::constant(2026, 12, 15);
pub(crate) const AT: (Date, Time) = (Date::constant(2026, 12, 1), Time::constant(10, 15, 0, 0));

pub(crate) const DA: [Item<'_>; 4] = [
    Item { title: "Social- og sundhedsportal: læse", says: "Se breve, kalender og beskeder fra kommunen." },
    Item {
        title: "Social- og sundhedsportal: handle",
        says: "Skrive til kommunen og afmelde besøg for dig.",
    },
    Item { title: "Medicinkort (FMK): læse", says: "Se din medicin. Kan ikke ændre noget." },
    Item {
        title: "Hjælpemidler: kontakte",
        says: "Ringe og skrive til kommunen om dine hjælpemidler og få svar på dine vegne.",
    },
];

pub(crate) const EN: [Item<'_>; 2] = [
    Item { title: "Social and health portal: read", says: "See letters, calendar and messages." },
    Item { title: "Aids: contact", says: "Call and write to the municipality about your aids." },
];

pub(crate) fn house<'a>(lang: Lang) -> House<'a> {
    House {
        lang,
        name: "Eksempel Kommune",
        address: &["Borgerservice", "Rådhustorvet 1", "9999 Eksempelby"],
        phone: "12345678",
        site: "borgerportal.example",
        date: Date::constant(2026, 12, 1),
    }
}

pub(crate) fn items<'a>(lang: Lang) -> &'a [Item<'a>] {
    match lang {
        Lang::Da => &DA,
        Lang::En => &EN,
    }
}

pub(crate) fn asked<'a>(lang: Lang) -> AskedLetter<'a> {
    AskedLetter {
        receiver: Receiver {
            name: "Inger Margrethe Holm",
            address: &["Ærøvej 12, 2. th.", "9999 Eksempelby"],
        },
        who: "Karen Prøvesen",
        items: items(lang),
        last_day: NEXT_YEAR,
        answer_by: SOON,
        code: CODE,
        occasion: Occasion::Reminder,
    }
}

pub(crate) fn receipt<'a>(lang: Lang, sent: Sent) -> Receipt<'a> {
    Receipt {
        number: "FM-2026-000117",
        sent,
        who: "Inger Holm",
        items: items(lang),
        last_day: NEXT_YEAR,
        at: AT,
    }
}

pub(crate) fn mandate<'a>(lang: Lang) -> MandateCopy<'a> {
    MandateCopy {
        number: "FM-2026-000117",
        giver: "Inger Margrethe Holm",
        holder: "Karen Prøvesen",
        items: items(lang),
        days: (Date::constant(2026, 12, 1), NEXT_YEAR),
        state: if lang == Lang::Da { "Aktiv" } else { "Active" },
        signed: "MitID 1. december 2026, kl. 10.15",
        evidence: std::array::from_fn(|at| u8::try_from(at * 7 % 256).unwrap_or(0)),
        history: &[
            "28. november 2026: Karen Prøvesen bad om fuldmagten.",
            "1. december 2026: Inger Holm sagde ja.",
        ],
        at: AT,
    }
}

pub(crate) fn notice(receiver: Option<Receiver<'_>>) -> Notice<'_> {
    Notice {
        receiver,
        title: "Din fuldmagt er stoppet",
        paragraphs: &[
            "Inger Holm har stoppet den fuldmagt, du havde fået.",
            "Du kan ikke længere se Ingers oplysninger. Det gælder med det samme.",
        ],
        number: "FM-2026-000117",
    }
}

/// Every document in one language, with a name for its file.
pub(crate) fn all(lang: Lang) -> Vec<(&'static str, Result<Pdf, Unprintable>)> {
    let house = house(lang);
    let asked_for = Sent::Asked { answer_by: SOON, letter_too: true };
    vec![
        ("asked", asked(lang).print(&house)),
        ("receipt-asked", receipt(lang, asked_for).print(&house)),
        ("receipt-given", receipt(lang, Sent::Given).print(&house)),
        ("mandate", mandate(lang).print(&house)),
        ("notice", notice(None).print(&house)),
        ("notice-letter", notice(Some(asked(lang).receiver)).print(&house)),
        ("own-words", OwnWordsForm.print(&house)),
    ]
}
