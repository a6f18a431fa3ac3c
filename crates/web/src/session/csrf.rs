//! Forms are taken from our own pages only: the browser must say that the request comes from here, and the
//! form must carry the session's secret. The secret is masked anew in every answer, so that a packed page
//! does not give it away byte by byte.

use axum::http::header::{self, HeaderMap};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use url::Url;

/// The hidden field of a form.
pub(crate) fn mask(secret: &[u8; 32], mask: &[u8; 32]) -> String {
    let mut bytes = mask.to_vec();
    bytes.extend(secret.iter().zip(mask).map(|(secret, mask)| secret ^ mask));
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a hidden field carries the session's secret.
pub(crate) fn fits(field: &str, secret: &[u8; 32]) -> bool {
    let Ok(bytes) = BASE64_URL_SAFE_NO_PAD.decode(field) else { return false };
    let Some((mask, masked)) = bytes.split_first_chunk::<32>() else { return false };
    let different = masked
        .iter()
        .zip(mask)
        .zip(secret)
        .fold(0, |seen, ((masked, mask), secret)| seen | (masked ^ mask ^ secret));
    masked.len() == 32 && different == 0
}

/// Whether the browser says that the request comes from a page of ours. Old browsers send only `Origin`.
pub(crate) fn is_from_here(headers: &HeaderMap, here: &Url) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == here.origin().ascii_serialization(),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    #[test]
    fn a_masked_secret_fits_and_no_other_does() {
        let (secret, other) = ([9; 32], [8; 32]);
        let field = mask(&secret, &[77; 32]);
        assert!(fits(&field, &secret));
        assert!(!fits(&field, &other));
        assert_ne!(field, mask(&secret, &[78; 32]), "every answer has its own");
        for nonsense in ["", "AAAA", "æ", &field[1..], &field[..20]] {
            assert!(!fits(nonsense, &secret), "{nonsense}");
        }
    }

    proptest! {
        /// Whatever the mask, the field fits its own secret and no other, and not after any bit of it was turned.
        #[test]
        fn a_field_fits_as_a_whole_or_not(
            secret: [u8; 32], masked_with: [u8; 32], at in 0usize..64, bit in 0u32..8, cut in 0usize..64,
        ) {
            let field = mask(&secret, &masked_with);
            prop_assert!(fits(&field, &secret));
            let mut bytes = BASE64_URL_SAFE_NO_PAD.decode(&field).unwrap();
            prop_assert!(!fits(&BASE64_URL_SAFE_NO_PAD.encode(&bytes[..cut]), &secret));
            prop_assert!(!fits(&BASE64_URL_SAFE_NO_PAD.encode([&bytes[..], &[0]].concat()), &secret));
            bytes[at] ^= 1 << bit;
            prop_assert!(!fits(&BASE64_URL_SAFE_NO_PAD.encode(&bytes), &secret));
        }
    }

    #[test]
    fn a_request_from_elsewhere_is_seen() {
        let here = Url::parse("https://portal.example.dk/").unwrap();
        let from = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            is_from_here(&headers, &here)
        };
        assert!(from("sec-fetch-site", "same-origin"));
        assert!(from("origin", "https://portal.example.dk"));
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("origin", "https://evil.example.dk"),
            ("origin", "null"),
            ("accept", "text/html"),
        ] {
            assert!(!from(name, value), "{name}: {value}");
        }
    }
}
