//! An e-mail address as a mail server takes it and a header can hold it. It refuses everything that must be quoted, every
//! sign that could end a line or begin a second address, and names that are not written in ASCII.

use std::fmt;

/// An e-mail address. Somebody's own: it never stands in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress(String);

/// Characters of a whole address, and of what stands before the sign (RFC 5321, 4.5.3.1).
const WHOLE: usize = 254;
const LOCAL: usize = 64;

impl MailAddress {
    /// As somebody typed it; nothing when it is none.
    ///
    /// ```
    /// use borgerportal_domain::news::MailAddress;
    /// let address = MailAddress::parse(" Inger@Eksempel.DK ").map(|address| address.as_str().to_owned());
    /// assert_eq!(address.as_deref(), Some("Inger@eksempel.dk"));
    /// assert!(MailAddress::parse("inger@eksempel").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        let whole = local.len() + 1 + domain.len();
        let fits = whole <= WHOLE && local.len() <= LOCAL && dotted(local, is_atom) && is_domain(domain);
        fits.then(|| Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailAddress(hidden)")
    }
}

/// Parts with dots between, none of them empty.
fn dotted(text: &str, is_part: impl Fn(u8) -> bool) -> bool {
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(&is_part))
}

/// RFC 5322, 3.2.3.
fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// A name of at least two labels; the last is no number.
fn is_domain(domain: &str) -> bool {
    let label = |part: &str| part.len() <= 63 && !part.starts_with('-') && !part.ends_with('-');
    let top = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && dotted(domain, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && domain.split('.').all(label)
        && top.len() >= 2
        && !top.bytes().all(|byte| byte.is_ascii_digit())
}
