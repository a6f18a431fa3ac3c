//! What a notice says: that there is something new, where to log in, and how to stop it. The same words whoever it is to and
//! whatever there is.

use borgerportal_i18n::{Lang, Texts};
use url::Url;

/// A mail in words.
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) text: String,
}

/// There is something new, by e-mail.
pub(super) fn mail(lang: Lang, portal: &Url) -> Words {
    let texts = Texts::of(lang);
    let address = [("address", portal.as_str().into())];
    let (log_in, stop) = (texts.with("news-mail-log-in", &address), texts.get("news-mail-stop"));
    let text = format!("{}\n\n{log_in}\n\n{stop}\n", texts.get("news-mail-says"));
    Words { subject: texts.get("news-subject").to_owned(), text }
}

/// The code that confirms an address.
pub(super) fn code(lang: Lang, code: &str) -> Words {
    let texts = Texts::of(lang);
    let says = texts.with("news-code-says", &[("code", code.into())]);
    let text = format!("{says}\n\n{}\n", texts.get("news-code-not-you"));
    Words { subject: texts.get("news-code-subject").to_owned(), text }
}

/// There is something new, by SMS: the portal's address without what every phone knows.
pub(super) fn sms(lang: Lang, portal: &Url) -> String {
    let address = portal.as_str().trim_end_matches('/').trim_start_matches("https://");
    Texts::of(lang).with("news-sms-says", &[("address", address.into())])
}
