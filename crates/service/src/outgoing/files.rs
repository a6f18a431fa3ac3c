//! Files of what is told: a transaction names them by where they lie (`"data":"file:ADDRESS"`), and they are put in when
//! it is sent, so that no row of the database holds them twice. It refuses addresses that are none; a text that
//! somebody wrote cannot be one, because its quotes are written otherwise.

use crate::app::App;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::outgoing::Event;
use borgerportal_store::record::Writing;
use std::ops::Range;
use zeroize::Zeroizing;

/// What stands before an address.
const MARK: &[u8] = b"\"data\":\"file:";
/// Hexadecimal digits of an address.
const ADDRESS: usize = 64;

/// What becomes of one whose files cannot be had.
type Missing = (Event, &'static str);

/// The transaction with its files in it.
pub(super) async fn put_in(
    app: &App,
    journal: &Writing,
    transaction: Zeroizing<Vec<u8>>,
) -> Result<Vec<u8>, Missing> {
    let named = named(&transaction);
    let mut whole = Vec::with_capacity(transaction.len());
    let mut from = 0;
    for place in named {
        let address = transaction.get(place.clone()).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let Some(address) = address else { continue };
        let sealed = app.files.get(address).await.map_err(|error| {
            if error.retry_helps() { (Event::Failed, "files.away") } else { (Event::Unusable, "files.gone") }
        })?;
        let content = journal.open_file(&sealed).map_err(|_| (Event::Unusable, "files.sealed"))?;
        // Up to the word that says that it is a file.
        whole.extend_from_slice(transaction.get(from..place.start - b"file:".len()).unwrap_or_default());
        whole.extend_from_slice(BASE64_STANDARD.encode(&*content).as_bytes());
        from = place.end;
    }
    whole.extend_from_slice(transaction.get(from..).unwrap_or_default());
    Ok(whole)
}

/// Where addresses stand.
fn named(transaction: &[u8]) -> Vec<Range<usize>> {
    let marks = transaction.windows(MARK.len()).enumerate().filter(|(_, window)| *window == MARK);
    let place = |(at, _): (usize, _)| at + MARK.len()..at + MARK.len() + ADDRESS;
    let is_address = |place: &Range<usize>| {
        let digits = transaction.get(place.clone()).unwrap_or_default();
        let hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        digits.len() == ADDRESS && digits.iter().all(hex) && transaction.get(place.end) == Some(&b'"')
    };
    marks.map(place).filter(is_address).collect()
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn only_an_address_of_a_file_is_one() {
        let address = "0a".repeat(32);
        let json = |data: &serde_json::Value| serde_json::json!({ "data": data, "more": 1 }).to_string();
        let found = |text: &str| named(text.as_bytes()).len();
        assert_eq!(found(&json(&format!("file:{address}").into())), 1);
        let typed = format!("\"data\":\"file:{address}\"");
        for text in [
            json(&"file:".into()),
            json(&format!("file:{}", &address[1..]).into()),
            json(&format!("file:{address}0").into()),
            json(&format!("file:{}", address.to_uppercase()).into()),
            json(&typed.into()),
            serde_json::json!({ "title": format!("file:{address}") }).to_string(),
        ] {
            assert_eq!(found(&text), 0, "{text}");
        }
    }
}
