//! The language a person reads: what they last chose on the pages. Notices and letters to them speak it, whoever has
//! caused them. It refuses to guess: who has never chosen is written to in Danish.

use crate::app::App;
use crate::problem::Problem;
use crate::sessions::Token;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::person::Language;
use borgerportal_i18n::Lang;
use borgerportal_store::people as store;
use borgerportal_store::tx::Tx;

/// As `domain` and the store say it.
const fn kept(lang: Lang) -> Language {
    match lang {
        Lang::Da => Language::Danish,
        Lang::En => Language::English,
    }
}

/// As texts say it.
#[must_use]
pub const fn spoken(language: Language) -> Lang {
    match language {
        Language::Danish => Lang::Da,
        Language::English => Lang::En,
    }
}

/// The language somebody is written to in. Of whom nobody knows it is asked for all the same: it takes as long.
pub fn of(tx: &Tx<'_>, person: PersonId) -> Result<Language, Problem> {
    Ok(store::language(tx, person)?.unwrap_or_default())
}

/// Keeps what the person behind a token has chosen, if it is not what is kept already.
pub async fn choose(app: &App, token: &Token, lang: Lang) -> Result<(), Problem> {
    let known = app.read_as(token, |tx, who| Ok((who.caller.actor, store::language(tx, who.caller.actor)?)));
    let (person, known) = known.await?;
    if known == Some(kept(lang)) {
        return Ok(());
    }
    app.write(move |tx| Ok(store::keep_language(tx, person, kept(lang))?)).await
}
