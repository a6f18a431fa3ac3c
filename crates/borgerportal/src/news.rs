//! The ways by which people are told of news, put together from the configuration: e-mail where there is a mail server, SMS
//! where there is Digital Post. It refuses to offer a way that there is not.

use crate::config::{Config, secrets};
use crate::installation;
use anyhow::Context as _;
use borgerportal_domain::news::{Channel, MailAddress};
use borgerportal_partners::{MailServer, SmtpAddress, SmtpClient};
use borgerportal_service::news::Ways;
use borgerportal_service::notices::Post;
use std::sync::Arc;
use std::time::Duration;

/// A mail must be handed over in this time: servers let strangers wait on purpose.
const PATIENCE: Duration = Duration::from_secs(30);

/// The ways out of this installation.
pub fn open(config: &Config, post: Option<&Post>) -> anyhow::Result<Ways> {
    let links = config.digital_post.as_ref().and_then(|post| post.links.as_ref());
    Ok(Ways {
        mail: mail(config)?,
        sms: post.map(|post| (Arc::clone(&post.digital), post.sender.clone())),
        portal: links.unwrap_or(&config.server.public_url).clone(),
    })
}

/// What people can choose.
#[must_use]
pub fn channels(config: &Config) -> Vec<Channel> {
    let there = |channel: &Channel| match channel {
        Channel::Mail => config.mail.is_some(),
        Channel::Sms => config.digital_post.is_some(),
    };
    Channel::ALL.iter().copied().filter(there).collect()
}

fn mail(config: &Config) -> anyhow::Result<Option<Arc<dyn MailServer>>> {
    let Some(mail) = &config.mail else { return Ok(None) };
    let from = MailAddress::parse(&mail.from_address).context("[mail] from_address")?;
    let server = SmtpAddress {
        host: mail.host.clone(),
        port: mail.port,
        security: mail.security,
        user: mail.user.clone().zip(secrets::mail_password(mail)?),
        from: (mail.from_name.clone(), from),
    };
    let trust = installation::http(config)?.trust;
    Ok(Some(Arc::new(SmtpClient::new(server, &trust, PATIENCE).context("[mail]")?)))
}
