//! What goes round every answer: the security headers, the count and time of requests by route, and a number
//! for each failure that a person can tell support. Nothing personal: routes are templates, never addresses.

use crate::site::Web;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Instant;

/// As strict as the pages allow: everything from here, nothing inline, nobody may frame it.
const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

/// Two years, for sites on https.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Runs a request and dresses its answer.
pub(crate) async fn around(
    State(web): State<Web>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let mut response = next.run(request).await;
    dress(response.headers_mut(), web.site.public_url.scheme() == "https");
    let route = route.map_or_else(|| "other".to_owned(), |route| route.as_str().to_owned());
    let status = response.status();
    let labels = [("route", route), ("method", method.to_string()), ("status", status.as_u16().to_string())];
    metrics::histogram!("http_request_seconds", &labels).record(started.elapsed());
    response
}

/// A document that a browser opens by itself: nothing in it may run or reach out.
const SANDBOX: &str = "default-src 'none'; sandbox";

fn dress(headers: &mut HeaderMap, https: bool) {
    headers.reserve(ALWAYS.len() + 2);
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf") {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    }
    for (name, value) in ALWAYS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
}

/// A handler panicked: said in the log, without what it was about.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Der skete en fejl. Prøv igen om lidt.").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(https: bool, own: &[(HeaderName, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in own {
            headers.insert(name, HeaderValue::from_static(value));
        }
        dress(&mut headers, https);
        headers
    }

    #[test]
    fn the_policy_lets_in_nothing_from_elsewhere_and_nothing_inline() {
        let mut names: Vec<&str> = Vec::new();
        for directive in CSP.split(';').map(str::trim) {
            let (name, sources) = directive.split_once(' ').unwrap();
            assert!(sources == "'self'" || sources == "'none'", "{directive}");
            names.push(name);
        }
        // These four do not fall back to default-src: left out, they would allow everything.
        for name in ["default-src", "base-uri", "form-action", "frame-ancestors"] {
            assert!(names.contains(&name), "{name}");
        }
        names.sort_unstable();
        assert!(names.windows(2).all(|two| two[0] != two[1]), "of two directives the second does not count");
    }

    #[test]
    fn every_answer_is_dressed_and_what_a_handler_has_said_stays() {
        for https in [true, false] {
            let headers = dressed(https, &[]);
            assert!(ALWAYS.iter().all(|(name, value)| headers.get(name).is_some_and(|said| said == value)));
            assert_eq!(headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
            assert_eq!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY), https);
        }
        let file = dressed(
            true,
            &[
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
                (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
                (header::STRICT_TRANSPORT_SECURITY, "max-age=0"),
            ],
        );
        assert_eq!(file.get(header::CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
        assert_eq!(file.get(header::CONTENT_SECURITY_POLICY).unwrap(), "default-src 'none'; sandbox");
        assert_eq!(file.get(header::STRICT_TRANSPORT_SECURITY).unwrap(), HSTS, "nobody takes https back");
        let doubled = file.keys().filter(|name| file.get_all(*name).iter().count() > 1).count();
        assert_eq!(doubled, 0, "no header twice");
    }

    #[test]
    fn a_panic_says_nothing_of_what_it_was_about() {
        let answer = panicked(Box::new("Inger 7205440012"));
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!format!("{answer:?}").contains("Inger"));
    }
}
