//! The same on paper: receipts, a copy of a mandate, and the form for a mandate in one's own words.

use super::ask::sent;
use super::borgerservice::{Help, help};
use super::errand::read;
use super::kept::{history, load, state_words};
use super::words::last_day_before;
use crate::pages::{Frame, Here};
use crate::problem;
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::{Site, Web};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use borgerportal_domain::municipality::Settings;
use borgerportal_domain::time::{Date, copenhagen};
use borgerportal_i18n::{Lang, Texts, Time};
use borgerportal_memo::letters::{House, Item, MandateCopy, OwnWordsForm, Receipt, Sent};
use borgerportal_memo::pdf::{Pdf, Unprintable};
use borgerportal_service::Problem;
use borgerportal_service::mandates::{MandateView, RequestRow, Right};

/// Day and time in Denmark now.
pub(crate) fn now(web: &Web) -> (Date, Time) {
    let here = copenhagen(web.app.clock.now());
    (here.date(), here.time())
}

/// Prints with the municipality's Borgerservice at the head, which is where what is sent back goes. Where nobody
/// has chosen a municipality it is whoever runs the portal, who has no counter and so no address here.
pub(crate) fn headed<T>(
    site: &Site,
    place: Option<&Settings>,
    (lang, date): (Lang, Date),
    print: impl FnOnce(&House<'_>) -> T,
) -> T {
    let help = place.map(help);
    let there = help.as_ref().map(Help::shown);
    let lines = there.map_or("", |there| there.address).split(", ");
    let address: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    print(&House {
        lang,
        name: there.map_or(site.owner.as_str(), |there| there.place),
        address: &address,
        phone: there
            .map(|there| there.phone)
            .filter(|phone| !phone.is_empty())
            .unwrap_or(site.support_phone.as_str()),
        site: site.public_url.host_str().unwrap_or_default(),
        date,
    })
}

fn items<'r>(rights: impl Iterator<Item = &'r Right>) -> Vec<Item<'r>> {
    rights.map(|right| Item { title: &right.title, says: &right.says }).collect()
}

/// The file, or the page that says that it could not be made. Its name says nothing of anybody.
pub(crate) async fn file(
    web: &Web,
    visit: &Visit,
    name: &str,
    printed: Result<Pdf, Unprintable>,
) -> Response {
    match printed {
        Ok(pdf) => {
            let named = format!("inline; filename=\"{name}.pdf\"");
            let headers =
                [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, named)];
            (headers, pdf.bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a document could not be printed");
            problem::answer(web, visit, Problem::Away("print")).await
        }
    }
}

/// `/fuldmagter/papir`: for everybody, logged in or not.
pub(crate) async fn paper(State(web): State<Web>, visit: Visit) -> Response {
    // Somebody who is logged in has perhaps chosen where it goes; nobody is refused an empty form.
    let mine = read(&web, &visit, |_, _| Ok(())).await.ok();
    let place = mine.as_ref().and_then(|mine| mine.view.place(&web));
    let form = headed(&web.site, place, (visit.lang, now(&web).0), |house| OwnWordsForm.print(house));
    file(&web, &visit, "fuldmagt-med-egne-ord", form).await
}

/// `/fuldmagter/bed-om/kvittering/{request}/pdf`
pub(crate) async fn asked(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    match sent(&web, &visit, &id).await {
        Ok(mine) => {
            let (place, on) = (mine.view.place(&web), (visit.lang, now(&web).0));
            let receipt = headed(&web.site, place, on, |house| asked_receipt(house, &mine.found));
            file(&web, &visit, "kvittering", receipt).await
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

fn asked_receipt(house: &House<'_>, row: &RequestRow) -> Result<Pdf, Unprintable> {
    let at = copenhagen(row.sent_at);
    let receipt = Receipt {
        number: &row.number,
        sent: Sent::Asked { answer_by: last_day_before(row.answer_by), letter_too: row.by_letter },
        who: &row.other,
        items: &items(row.rights.iter()),
        last_day: row.last_day,
        at: (at.date(), at.time()),
    };
    receipt.print(house)
}

/// `/fuldmagter/{mandate}/pdf`
pub(crate) async fn mandate(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    match load(&web, &visit, &id).await {
        Ok(mine) => {
            let place = mine.view.place(&web);
            let around = Surroundings::of(&web, Some(&mine.view), place, visit.lang);
            let frame = around.frame(Some(&mine.view), (visit.lang, Here::Mandates, &visit.path));
            let at = now(&web);
            let printed =
                headed(&web.site, place, (visit.lang, at.0), |house| copy(house, at, (&frame, &mine.found)));
            file(&web, &visit, "fuldmagt", printed).await
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

fn copy(
    house: &House<'_>,
    at: (Date, Time),
    (frame, view): (&Frame<'_>, &MandateView),
) -> Result<Pdf, Unprintable> {
    let (row, lang, texts) = (&view.row, house.lang, Texts::of(house.lang));
    let line = |one: &crate::pages::mandates::Happened| format!("{}: {}", lang.day(one.day), one.words);
    let happened: Vec<String> = history(frame, view).iter().rev().map(line).collect();
    let copy = MandateCopy {
        number: &row.number,
        giver: &view.giver,
        holder: &view.holder,
        items: &items(row.items.iter().map(|item| &item.right)),
        days: (row.first_day, row.last_day),
        state: state_words(texts, view),
        signed: &signed(lang, texts, view),
        evidence: view.evidence.as_ref().and_then(|evidence| bytes(&evidence.hash)).unwrap_or_default(),
        history: &happened.iter().map(String::as_str).collect::<Vec<_>>(),
        at,
    };
    copy.print(house)
}

/// "Med MitID 3. november 2026 kl. 10.00"
fn signed(lang: Lang, texts: &'static Texts, view: &MandateView) -> String {
    match &view.evidence {
        Some(evidence) if !evidence.paper => {
            let at = copenhagen(evidence.authenticated_at);
            let (day, time) = (lang.day(at.date()).to_string(), lang.clock(at.time()).to_string());
            texts.with("pdf-signed-mitid", &[("day", (&day).into()), ("time", (&time).into())])
        }
        Some(_) | None => texts.get("pdf-signed-paper").to_owned(),
    }
}

/// The 32 bytes of a hash in hexadecimal.
fn bytes(hash: &str) -> Option<[u8; 32]> {
    let pair = |at: usize| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(|at| pair(2 * at)).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::num::NonZeroU32;
    use url::Url;

    fn head(place: Option<&str>) -> (String, Vec<String>, String) {
        let own = str::to_owned;
        let site = Site {
            public_url: Url::parse("https://portal.example").unwrap(),
            support_phone: own("70 20 00 00"),
            support_hours_da: String::new(),
            support_hours_en: String::new(),
            fmk_url: String::new(),
            owner: own("Kommunerne"),
            mail: String::new(),
            dpo_mail: String::new(),
            news_by: Vec::new(),
            trusted_proxies: Vec::new(),
            deliveries_a_minute: NonZeroU32::MIN,
            version: "0",
        };
        let settings =
            place.map(|rest| Settings::from_toml(&format!("municipality = \"0217\"\n{rest}")).unwrap());
        headed(&site, settings.as_ref(), (Lang::Da, Date::constant(2026, 11, 3)), |house| {
            assert_eq!(house.site, "portal.example");
            (own(house.name), house.address.iter().copied().map(own).collect(), own(house.phone))
        })
    }

    #[test]
    fn what_is_sent_back_goes_to_the_counter_that_was_set_down() {
        let set = "[support]\nphone = \"49 28 28 28\"\n\
            [borgerservice]\naddress = \"Birkedalsvej 27, 3000 Helsingør\"\nphone = \"49 28 28 29\"\n";
        let (name, address, phone) = head(Some(set));
        assert_eq!((name.as_str(), phone.as_str()), ("Helsingør Kommune", "49 28 28 29"));
        assert_eq!(address, ["Birkedalsvej 27", "3000 Helsingør"], "a line each, as on an envelope");
    }

    #[test]
    fn no_address_is_invented() {
        let (name, address, phone) = head(Some(""));
        assert_eq!((name.as_str(), phone.as_str()), ("Helsingør Kommune", "70 20 00 00"));
        assert!(address.is_empty(), "an empty setting is no empty line: {address:?}");
        let (name, address, phone) = head(None);
        assert_eq!((name.as_str(), phone.as_str()), ("Kommunerne", "70 20 00 00"));
        assert!(address.is_empty());
    }

    #[test]
    fn a_hash_is_read_whole_or_not_at_all() {
        assert_eq!(bytes(&"0a".repeat(32)), Some([10; 32]));
        assert_eq!(bytes(&"0a".repeat(31)), None);
        assert_eq!(bytes(&"zz".repeat(32)), None);
    }
}
