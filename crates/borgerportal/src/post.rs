//! The way out of an installation, put together from its configuration. It refuses half of it: who has Digital
//! Post has letters.

use crate::config::{Config, ConfigError};
use crate::installation;
use anyhow::Context as _;
use borgerportal_identity::Secret;
use borgerportal_partners::{AddressClient, DigitalPostClient, HttpConfig, Outgoing, PrintSpool};
use borgerportal_service::notices::{Pace, Post, Sender};
use std::path::Path;
use std::sync::Arc;

/// Digital Post and print; nothing when the configuration has none.
pub fn open(config: &Config) -> anyhow::Result<Option<Post>> {
    let (Some(digital_post), Some(print)) = (&config.digital_post, &config.print) else { return Ok(None) };
    let http = installation::http(config)?;
    let outgoing = Outgoing::new(&http)?;
    let shown =
        Outgoing::new(&HttpConfig { identity: identity(config)?, ..http }).context("[digital_post]")?;
    let system = text(&digital_post.system_file)?;
    let links = digital_post.links.as_ref().unwrap_or(&config.server.public_url).clone();
    let spool = PrintSpool::in_folder(&print.folder);
    Ok(Some(Post {
        digital: Arc::new(DigitalPostClient::new(
            shown,
            digital_post.address.clone(),
            Secret::new(system.trim().to_owned()),
        )),
        addresses: Arc::new(AddressClient::new(outgoing, print.addresses.clone())),
        print: spool.with_context(|| print.folder.display().to_string())?,
        sender: Sender {
            cvr: digital_post.sender_cvr.clone(),
            name: digital_post.sender_name.clone(),
            address: print.return_address.clone(),
            phone: config.support.phone.clone(),
        },
        links,
        pace: Pace::default(),
    }))
}

/// Our certificate and its key, as one text.
fn identity(config: &Config) -> Result<Option<Secret>, ConfigError> {
    let Some((certificate, key)) =
        config.digital_post.as_ref().and_then(|post| post.certificate.as_ref().zip(post.key.as_ref()))
    else {
        return Ok(None);
    };
    Ok(Some(Secret::new(format!("{}\n{}", text(certificate)?, text(key)?))))
}

fn text(file: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file)
        .map_err(|error| ConfigError::whole(file, format!("cannot be read: {}", error.kind())))
}
