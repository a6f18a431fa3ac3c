//! Cookies. Two are secrets (`__Host-`, HttpOnly, gone with the browser); two only remember a choice and hold
//! nothing about a person: the language, and role and municipality of the last log-in.

use axum::http::header::{self, HeaderMap, HeaderValue};
use borgerportal_service::sessions::Token;

/// The session.
pub(crate) const SESSION: &str = "__Host-session";
/// Binds a log-in under way to this browser.
pub(crate) const LOGIN: &str = "__Host-login";
/// `da` or `en`.
pub(crate) const LANGUAGE: &str = "lang";
/// `0217.borger`: what was chosen the last time.
pub(crate) const LAST: &str = "last";

/// A year, for choices.
const YEAR_S: u32 = 31_536_000;
/// A log-in takes at most this long.
const LOGIN_S: u32 = 1_800;

/// The value of a cookie. The first of a name counts.
pub(crate) fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (known, value) = pair.trim().split_once('=')?;
        (known == name).then_some(value)
    })
}

/// The token of a cookie.
pub(crate) fn token(headers: &HeaderMap, name: &str) -> Option<Token> {
    get(headers, name).filter(|value| value.len() == 64).map(Token::from_cookie)
}

/// Sets the session's token: gone when the browser closes.
pub(crate) fn set_session(headers: &mut HeaderMap, token: &Token) {
    add(headers, &format!("{SESSION}={}; Path=/; Secure; HttpOnly; SameSite=Lax", token.for_cookie()));
}

/// Sets the token of a log-in under way.
pub(crate) fn set_login(headers: &mut HeaderMap, token: &Token) {
    let value = token.for_cookie();
    add(headers, &format!("{LOGIN}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={LOGIN_S}"));
}

/// Forgets a secret.
pub(crate) fn forget(headers: &mut HeaderMap, name: &str) {
    add(headers, &format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
}

/// Remembers a choice. `value` is a code of ours.
pub(crate) fn remember(headers: &mut HeaderMap, name: &str, value: &str) {
    add(headers, &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}"));
}

fn add(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cookie_of_a_name_counts() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; lang=en; lang=da"));
        assert_eq!(get(&headers, LANGUAGE), Some("en"));
        assert_eq!(get(&headers, "b"), None);
    }

    #[test]
    fn a_cookie_is_found_however_the_browser_writes_the_line() {
        for (lines, expected) in [
            (&["lang=da"][..], Some("da")),
            (&["a=1;lang=da;b=2"], Some("da")),
            (&["a=1", "lang=da"], Some("da")),
            (&["lang=a=b"], Some("a=b")),
            (&["lang="], Some("")),
            (&["lang"], None),
            (&["Lang=da"], None),
            (&["language=da; xlang=da"], None),
            (&[";;  ; =; lang=da"], Some("da")),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::COOKIE, HeaderValue::from_static(line));
            }
            assert_eq!(get(&headers, LANGUAGE), expected, "{lines:?}");
        }
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_bytes(b"a=\xe6").unwrap());
        headers.append(header::COOKIE, HeaderValue::from_static("lang=en"));
        assert_eq!(get(&headers, LANGUAGE), Some("en"), "a line that is no text hides no other");
    }

    /// `__Host-` cookies with a domain, another path or without Secure are thrown away by browsers, unsaid.
    #[test]
    fn what_is_set_is_kept_by_browsers_and_says_nothing_of_a_person() {
        let token = Token::from_cookie(&"a".repeat(64));
        let mut headers = HeaderMap::new();
        set_session(&mut headers, &token);
        set_login(&mut headers, &token);
        forget(&mut headers, SESSION);
        remember(&mut headers, LANGUAGE, "en");
        remember(&mut headers, LAST, "0217.citizen");
        let set: Vec<&str> =
            headers.get_all(header::SET_COOKIE).iter().map(|it| it.to_str().unwrap()).collect();
        let ends = |cookie: &str| cookie.split("; Max-Age=").nth(1).map(str::to_owned);
        for cookie in &set {
            assert!(
                cookie.contains("; Path=/;")
                    && cookie.contains("; HttpOnly")
                    && cookie.contains("; SameSite=Lax")
            );
            assert!(!cookie.contains("Domain"), "{cookie}");
            assert_eq!(cookie.contains("; Secure"), cookie.starts_with("__Host-"), "{cookie}");
        }
        assert_eq!(
            set.iter().map(|cookie| ends(cookie)).collect::<Vec<_>>(),
            [
                None,
                Some("1800".to_owned()),
                Some("0".to_owned()),
                Some("31536000".to_owned()),
                Some("31536000".to_owned())
            ]
        );
        assert!(set[2].starts_with("__Host-session=;"), "nothing of the token is left");
        let before = set.len();
        remember(&mut headers, LAST, "a\r\nset-cookie: b=c");
        assert_eq!(
            headers.get_all(header::SET_COOKIE).iter().count(),
            before,
            "no line breaks out of a cookie"
        );
    }

    #[test]
    fn only_a_whole_token_is_one() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-session=short"));
        assert!(token(&headers, SESSION).is_none());
    }
}
