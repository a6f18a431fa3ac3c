//! The page of a journal whose help has ended, in the words and by the decision of its municipality, with every decision
//! about which one can still complain. Also for somebody of whom there is no journal: the page is the same, with nothing
//! in it.

use crate::pages::{Closed, ClosedPage, GrantRow};
use crate::portal::errand::{self, Answer};
use crate::portal::grants::row;
use crate::problem::{here, known};
use crate::render::page_with;
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::Web;
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::municipality::{InactiveJournal, Link, Settings};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::grants::{self, List};

/// The page, with what is left of the journal that was asked for.
pub(crate) async fn page(web: &Web, visit: &Visit, status: StatusCode) -> Response {
    let left = left(web, visit).await.ok();
    let view = match &left {
        Some(answer) => Some(answer.view.clone()),
        None => known(web, visit).await,
    };
    let settings = view.as_ref().and_then(|view| view.place(web));
    let around = Surroundings::of(web, view.as_ref(), settings, visit.lang);
    let frame = around.frame(view.as_ref(), (visit.lang, here(visit), &visit.path));
    let today = copenhagen_date(web.app.clock.now());
    let rows = left.iter().flat_map(|answer| &answer.found.rows).filter(|one| one.is_running(today));
    let running: Vec<GrantRow<'_>> = rows.map(|one| row(one, today)).collect();
    let said = settings.map_or(Said::NOTHING, |settings| Said::of(settings, visit.lang));
    page_with(
        status,
        &ClosedPage {
            journal: left.as_ref().map(|answer| answer.journal),
            left: frame.closed,
            words: said.words,
            months: said.months.filter(|_| matches!(frame.closed, None | Some(Closed::Shut))),
            running,
            guide: said.guide,
            mail: said.mail,
            address: said.address,
            today,
            frame,
        },
    )
}

/// What is left of the journal in the address.
async fn left(web: &Web, visit: &Visit) -> Result<Answer<List>, Problem> {
    let rest = visit.path.strip_prefix("/p/").ok_or(Problem::NotFound)?;
    let journal = rest.split(['/', '?']).next().unwrap_or_default();
    errand::read(web, visit, journal, grants::list).await
}

/// What a municipality says of a journal without active help, and what it has decided about it.
#[derive(Debug, PartialEq, Eq)]
struct Said<'s> {
    guide: Option<&'s str>,
    words: Option<&'s str>,
    months: Option<u8>,
    mail: Option<&'s str>,
    address: &'s str,
}

impl<'s> Said<'s> {
    const NOTHING: Self = Self { guide: None, words: None, months: None, mail: None, address: "" };

    fn of(settings: &'s Settings, lang: Lang) -> Self {
        let own = match lang {
            Lang::Da => &settings.da,
            Lang::En => &settings.en,
        };
        Self {
            guide: settings.links.guide.as_ref().map(Link::as_str),
            words: Some(own.inactive_journal.as_str()).filter(|words| !words.is_empty()),
            months: match settings.inactive_journal {
                InactiveJournal::ReadOnly { months } => Some(months),
                InactiveJournal::Locked | InactiveJournal::LettersOnly => None,
            },
            mail: settings.support.email.as_deref(),
            address: &settings.borgerservice.address,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_journal_is_explained_in_the_municipalitys_words_and_by_its_decision() {
        let own = "[da]\ninactive_journal = \"Vi hjælper ikke lige nu.\"\n";
        let words = Said { words: Some("Vi hjælper ikke lige nu."), ..Said::NOTHING };
        let six = Said { months: Some(6), ..Said::NOTHING };
        let guide = Said { guide: Some("https://k.example/a"), ..Said::NOTHING };
        let reached = Said { mail: Some("k@k.example"), address: "Torvet 1", ..Said::NOTHING };
        for (toml, lang, expected) in [
            ("", Lang::Da, Said::NOTHING),
            (own, Lang::Da, words),
            (own, Lang::En, Said::NOTHING),
            ("[inactive_journal]\nmode = \"letters_only\"\n", Lang::Da, Said::NOTHING),
            ("[inactive_journal]\nmode = \"read_only\"\nmonths = 6\n", Lang::En, six),
            ("[links]\nguide = \"https://k.example/a\"\n", Lang::Da, guide),
            (
                "[support]\nemail = \"k@k.example\"\n[borgerservice]\naddress = \"Torvet 1\"\n",
                Lang::En,
                reached,
            ),
        ] {
            let settings = Settings::from_toml(&format!("municipality = \"0217\"\n{toml}")).unwrap();
            assert_eq!(Said::of(&settings, lang), expected, "{toml}");
        }
    }
}
