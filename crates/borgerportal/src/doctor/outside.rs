//! Partners and the clock. The register is asked about a number nobody has; the broker is asked what it says of
//! itself. Nobody is logged in.

use super::Finding;
use crate::commands::runtime;
use crate::config::{Config, secrets};
use crate::installation;
use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_partners::{
    Broker as _, BrokerClient, CustodyClient, CustodyRegister as _, LoginError, Outgoing, PartnerError,
};

/// 1 January 1900 with the day + 60: impossible, so that nobody is asked about.
const NOBODY: &str = "6101000000";
/// Tokens are judged by the minute; a clock that is further off locks everybody out.
const CLOCK_S_MAX: i64 = 30;

/// Broker, register, clock.
pub(super) fn partners(config: &Config) -> Vec<Finding> {
    let outgoing =
        installation::http(config).map_err(anyhow::Error::from).and_then(|http| Ok(Outgoing::new(&http)?));
    let (outgoing, runtime) = match (outgoing, runtime()) {
        (Ok(outgoing), Ok(runtime)) => (outgoing, runtime),
        (Err(error), _) | (_, Err(error)) => {
            return vec![Finding::wrong(
                "outgoing",
                format!("{error:#}"),
                "mend [outgoing] in the configuration",
            )];
        }
    };
    runtime.block_on(async {
        let now = installation::now();
        let mut findings = Vec::new();
        findings.extend(broker(config, &outgoing, now).await);
        findings.push(register(config, &outgoing, now).await);
        findings.push(clock(config, &outgoing).await);
        findings
    })
}

async fn broker(config: &Config, outgoing: &Outgoing, now: Timestamp) -> Option<Finding> {
    // A missing secret was said already.
    let proof = secrets::client_authentication(&config.login).ok()?;
    let client = BrokerClient::new(outgoing.clone(), config.login.provider.clone(), proof);
    let issuer = &config.login.provider.issuer;
    Some(match client.logout(None, now).await {
        Ok(_) => Finding::well("broker", format!("{issuer} answers, with its keys")),
        Err(LoginError::Partner(error)) => away("broker", issuer, &error),
        Err(LoginError::Refused(error)) => Finding::wrong(
            "broker",
            format!("{issuer} describes itself in a way that cannot be used ({error})"),
            "compare [login.provider] with what the provider publishes, issuer to the letter",
        ),
    })
}

async fn register(config: &Config, outgoing: &Outgoing, now: Timestamp) -> Finding {
    let address = &config.custody.address;
    let Ok(nobody) = Cpr::parse(NOBODY) else {
        return Finding::look("custody", "was not asked", "report this as a fault");
    };
    match CustodyClient::new(outgoing.clone(), address.clone()).children_of(&nobody, now).await {
        Ok(_) => Finding::well("custody", format!("{address} answers")),
        Err(PartnerError::Refused { status: status @ (400 | 404 | 422), .. }) => Finding::well(
            "custody",
            format!("{address} answers (it knows nobody of an impossible number: {status})"),
        ),
        Err(error) => away("custody", address.as_str(), &error),
    }
}

fn away(part: &'static str, address: &str, error: &PartnerError) -> Finding {
    let cure = match error {
        PartnerError::Away { .. } => "see that this machine may reach it: name, firewall, proxy, certificate",
        PartnerError::Refused { .. } => "see that the address is right and that we are let in there",
        PartnerError::Nonsense { .. } => "see that the address is that of the service and not of a page",
    };
    Finding::wrong(part, format!("{address}: {error}"), cure)
}

/// The clock of this machine beside the broker's.
async fn clock(config: &Config, outgoing: &Outgoing) -> Finding {
    let issuer = config.login.provider.issuer.parse().ok();
    let theirs = match issuer {
        Some(url) => outgoing.clock_of(url).await,
        None => None,
    };
    let Some(theirs) = theirs else {
        return Finding::look(
            "clock",
            "could not be compared with the broker's",
            "see that time is kept (chrony)",
        );
    };
    let off_s = installation::now().millis_since(theirs) / 1000;
    if off_s.abs() <= CLOCK_S_MAX {
        Finding::well("clock", "agrees with the broker's")
    } else {
        Finding::wrong(
            "clock",
            format!("{off_s} s away from the broker's"),
            "set the clock and keep it (chrony)",
        )
    }
}
