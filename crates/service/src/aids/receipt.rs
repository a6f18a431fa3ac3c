//! The receipt of an application as a PDF: set before it is sent, for the record system, and again whenever somebody who
//! may see the application asks for it. The same application gives the same words.

use super::{Application, Content};
use crate::access::Granted;
use crate::app::App;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::Token;
use borgerportal_domain::aids::ApplyRefusal;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::municipality::{MunicipalityCode, Phone};
use borgerportal_domain::time::{Timestamp, copenhagen, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_memo::letters::{AidReceipt, House};
use borgerportal_memo::pdf::Unprintable;
use url::Url;

/// Whose paper it is, when, and in which language.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) place: MunicipalityCode,
    pub(super) site: String,
    pub(super) at: Timestamp,
    pub(super) lang: Lang,
}

/// The portal's address as people type it.
pub(super) fn site(app: &App) -> String {
    let url = Url::parse(&app.token_audience).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Sets it. Denied: `aids.apply.cpr_like`, where somebody has written a number of a person.
pub(super) fn print(content: &Content, places: &Municipalities, head: &Head) -> Result<Vec<u8>, Problem> {
    let settings = places.get(head.place).ok_or(Problem::NotFound)?;
    let phone = settings.borgerservice.phone.as_ref().or(settings.support.phone.as_ref());
    let lines = settings.borgerservice.address.split(", ").filter(|line| !line.is_empty());
    let address: Vec<&str> = lines.collect();
    let here = copenhagen(head.at);
    let english = usize::from(head.lang == Lang::En);
    let word = |both: &[String; 2]| both.get(english).cloned().unwrap_or_default();
    let said: Vec<(String, String)> =
        content.said.iter().map(|said| (word(&said.question), word(&said.answer))).collect();
    let rows: Vec<(&str, &str)> = said.iter().map(|(what, says)| (what.as_str(), says.as_str())).collect();
    let files: Vec<&str> = content.files.iter().map(String::as_str).collect();
    let receipt = AidReceipt {
        number: &content.number,
        kind: &word(&content.kind),
        of: &content.of,
        by: &content.by,
        at: (here.date(), here.time()),
        answer_by: content.answer_by().ok_or(Problem::Away("record"))?,
        said: &rows,
        files: &files,
    };
    let house = House {
        lang: head.lang,
        name: &settings.name(),
        address: &address,
        phone: phone.map(Phone::as_str).unwrap_or_default(),
        site: &head.site,
        date: copenhagen_date(head.at),
    };
    match receipt.print(&house) {
        Ok(pdf) => Ok(pdf.bytes),
        Err(Unprintable::CprLike) => Err(ApplyRefusal::CprLike.into()),
        Err(error) => {
            tracing::error!(%error, "a receipt could not be printed");
            Err(Problem::Away("print"))
        }
    }
}

/// The receipt of an application that was sent.
pub async fn receipt(
    app: &App,
    token: &Token,
    (journal, id): (JournalId, ItemId),
    lang: Lang,
) -> Result<Vec<u8>, Problem> {
    let places = app.municipalities.clone();
    let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
        let (granted, (application, _)): (Granted<'_>, (Application, bool)) =
            super::application(tx, &places, who, (journal, id))?;
        Ok((application, granted.access.municipality()))
    };
    let (application, place) = app.read_as(token, read).await?;
    let head = Head { place, site: site(app), at: application.at, lang };
    let places = app.municipalities.clone();
    let printed = tokio::task::spawn_blocking(move || print(&application.content, &places, &head));
    printed.await.map_err(|_| Problem::Away("print"))?
}
