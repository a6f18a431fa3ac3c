//! A file of a record as an answer: shown alone, named after what it belongs to. It refuses to let anything in it run.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use borgerportal_service::attachments::File;
use std::fmt::Write as _;

/// A file is shown in the browser, alone: nothing in it may run or reach out.
pub(crate) fn send(file: File) -> Response {
    let mut response = file.content.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(&file.media_type);
    headers
        .insert(header::CONTENT_TYPE, kind.unwrap_or(HeaderValue::from_static("application/octet-stream")));
    let named = format!("inline; filename*=UTF-8''{}", file_name(&file.name, &file.media_type));
    if let Ok(named) = HeaderValue::from_str(&named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// What a file is, in letters.
pub(crate) fn format(media_type: &str) -> &'static str {
    match media_type {
        "application/pdf" => "PDF",
        "image/png" => "PNG",
        "image/jpeg" => "JPG",
        _ => "",
    }
}

/// A name to save a file under, percent-encoded: the title without what file systems dislike.
fn file_name(title: &str, media_type: &str) -> String {
    let plain: String =
        title.chars().filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c)).take(80).collect();
    let name = format!("{}.{}", plain.trim(), format(media_type).to_lowercase());
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_document() {
        assert_eq!(file_name("Brev: sår/ben", "application/pdf"), "Brev%20s%C3%A5rben.pdf");
        assert_eq!(file_name("\r\n\"", "image/png"), ".png");
    }
}
