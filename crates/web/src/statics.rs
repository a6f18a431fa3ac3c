//! Style sheet, script, fonts and icons: embedded, named by their hash, packed beforehand, kept for a year.

use crate::assets::{self, Asset};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};

/// One embedded file.
pub(crate) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    assets::find(&name).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |asset| serve(asset, &headers))
}

fn serve(asset: &'static Asset, asked: &HeaderMap) -> Response {
    let takes = |coding: &str| {
        let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        accepted.is_some_and(|list| {
            list.split(',').any(|one| one.split(';').next().map(str::trim) == Some(coding))
        })
    };
    let packed = [("br", asset.brotli), ("gzip", asset.gzip)];
    let chosen = packed
        .into_iter()
        .find_map(|(coding, bytes)| bytes.filter(|_| takes(coding)).map(|bytes| (coding, bytes)));
    let (coding, bytes) = chosen.map_or((None, asset.raw), |(coding, bytes)| (Some(coding), bytes));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let fixed = HeaderValue::from_static;
    headers.insert(header::CONTENT_TYPE, fixed(asset.mime));
    headers.insert(header::CACHE_CONTROL, fixed("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, fixed("accept-encoding"));
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, fixed(coding));
    }
    response
}
