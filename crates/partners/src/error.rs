//! What can go wrong with a partner, in three kinds. It refuses to hold addresses, bodies or anything of a person.

/// Somebody we call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Partner {
    /// The MitID broker or another OpenID provider.
    Broker,
    /// The register that knows who has custody of whom.
    CustodyRegister,
    /// Where the contents of files lie.
    Files,
    /// The national Digital Post.
    DigitalPost,
    /// The register that knows where people live.
    AddressRegister,
    /// The folder that the print service empties.
    Print,
    /// A municipality's record system.
    RecordSystem,
    /// The virus scanner.
    VirusScanner,
    /// The operator's mail server.
    Mail,
}

impl Partner {
    /// For logs and counters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Broker => "broker",
            Self::CustodyRegister => "custody_register",
            Self::Files => "files",
            Self::DigitalPost => "digital_post",
            Self::AddressRegister => "address_register",
            Self::Print => "print",
            Self::RecordSystem => "record_system",
            Self::VirusScanner => "virus_scanner",
            Self::Mail => "mail",
        }
    }
}

/// In which way a partner was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Nobody listens there, or the name is not known.
    Unreachable,
    /// No whole answer in time.
    TimedOut,
    /// The connection broke in the middle of an answer.
    CutOff,
    /// It said itself that it cannot now: 429 or 5xx.
    Status(u16),
}

/// A call that did not give what it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartnerError {
    /// Not there now. Trying again later helps.
    #[error("{} is away", .partner.name())]
    Away { partner: Partner, how: Absence },
    /// It understood and said no. Trying again with the same words does not help.
    #[error("{} refused with status {status}", .partner.name())]
    Refused { partner: Partner, status: u16 },
    /// It answered something that is not an answer. Somebody has to look; `what` is a fixed text of ours.
    #[error("{} does not make sense: {what}", .partner.name())]
    Nonsense { partner: Partner, what: &'static str },
}

impl PartnerError {
    #[must_use]
    pub fn partner(&self) -> Partner {
        match self {
            Self::Away { partner, .. } | Self::Refused { partner, .. } | Self::Nonsense { partner, .. } => {
                *partner
            }
        }
    }

    #[must_use]
    pub fn retry_helps(&self) -> bool {
        matches!(self, Self::Away { .. })
    }

    /// Stable, for counters and as the key of a sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Away { .. } => "partner.away",
            Self::Refused { .. } => "partner.refused",
            Self::Nonsense { .. } => "partner.nonsense",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_partner_and_whether_to_try_again() {
        let away = PartnerError::Away { partner: Partner::Broker, how: Absence::TimedOut };
        let refused = PartnerError::Refused { partner: Partner::CustodyRegister, status: 403 };
        let nonsense = PartnerError::Nonsense { partner: Partner::Broker, what: "not JSON" };
        let table =
            [away, refused, nonsense].map(|e| (e.to_string(), e.code(), e.retry_helps(), e.partner().name()));
        assert_eq!(
            table,
            [
                ("broker is away".to_owned(), "partner.away", true, "broker"),
                (
                    "custody_register refused with status 403".to_owned(),
                    "partner.refused",
                    false,
                    "custody_register"
                ),
                ("broker does not make sense: not JSON".to_owned(), "partner.nonsense", false, "broker"),
            ]
        );
    }
}
