//! The way out: Digital Post and letters. Both sections belong together; without them notices wait in the outbox,
//! and `doctor` says so.

use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// Digital Post.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigitalPost {
    /// Where the interface begins.
    pub address: Url,
    /// A file with the name of the calling system, as registered.
    pub system_file: PathBuf,
    /// Our certificate towards Digital Post, PEM, own certificate first.
    pub certificate: Option<PathBuf>,
    /// Its private key, PEM.
    pub key: Option<PathBuf>,
    /// Who sends: eight digits.
    pub sender_cvr: String,
    /// Who sends, as people know them.
    pub sender_name: String,
    /// Where links in messages lead to, when that is not `public_url`. Must begin with https://.
    pub links: Option<Url>,
}

/// Letters.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// The folder that the print service empties.
    pub folder: PathBuf,
    /// The register of addresses: where the question is sent, whole.
    pub addresses: Url,
    /// Where letters are sent back to, a line each, without the name of the sender.
    pub return_address: Vec<String>,
}

/// What no single key of the two sections can tell.
pub(super) fn sensible(
    digital_post: Option<&DigitalPost>,
    print: Option<&Print>,
    public_url: &Url,
) -> Result<(), String> {
    let (Some(digital_post), Some(print)) = (digital_post, print) else {
        return if digital_post.is_some() == print.is_some() {
            Ok(())
        } else {
            Err("[digital_post] and [print] belong together: who is not enrolled gets a letter".to_owned())
        };
    };
    if digital_post.certificate.is_some() != digital_post.key.is_some() {
        return Err("[digital_post] certificate and key belong together".to_owned());
    }
    let cvr = &digital_post.sender_cvr;
    if cvr.len() != 8 || !cvr.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("[digital_post] sender_cvr has eight digits".to_owned());
    }
    if digital_post.links.as_ref().unwrap_or(public_url).scheme() != "https" {
        return Err(
            "[digital_post] links must begin with https://: messages name no other address".to_owned()
        );
    }
    if print.return_address.iter().all(|line| line.trim().is_empty()) {
        return Err("[print] return_address is where signed pages are sent to".to_owned());
    }
    Ok(())
}
