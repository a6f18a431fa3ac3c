//! What a system may do: SMART system scopes such as `system/*.cruds`. It refuses patient and user scopes, search
//! parameters, and letters out of order; no scope is wider than it reads.

use super::ClientError;

/// One letter of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    Create,
    Read,
    Update,
    Delete,
    Search,
}

impl Deed {
    const ALL: [(char, Self); 5] = [
        ('c', Self::Create),
        ('r', Self::Read),
        ('u', Self::Update),
        ('d', Self::Delete),
        ('s', Self::Search),
    ];
}

/// One granted scope. Displays as it is written on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// `None` is every resource type.
    resource: Option<String>,
    deeds: Vec<Deed>,
}

impl Scope {
    pub fn parse(text: &str) -> Result<Self, ClientError> {
        let rest = text.strip_prefix("system/").ok_or(ClientError::Scope)?;
        let (resource, letters) = rest.split_once('.').ok_or(ClientError::Scope)?;
        let named = !resource.is_empty() && resource.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !named && resource != "*" {
            return Err(ClientError::Scope);
        }
        let deeds: Vec<Deed> =
            Deed::ALL.iter().filter(|(letter, _)| letters.contains(*letter)).map(|(_, deed)| *deed).collect();
        let it = Self { resource: named.then(|| resource.to_owned()), deeds };
        if !it.deeds.is_empty() && it.to_string() == text { Ok(it) } else { Err(ClientError::Scope) }
    }

    /// Reads a list separated by single spaces. An empty list is an error.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ClientError> {
        text.split(' ').map(Self::parse).collect()
    }

    #[must_use]
    pub fn list_to_string(scopes: &[Self]) -> String {
        scopes.iter().map(Self::to_string).collect::<Vec<_>>().join(" ")
    }

    #[must_use]
    pub fn allows(&self, resource: &str, deed: Deed) -> bool {
        self.resource.as_deref().is_none_or(|own| own == resource) && self.deeds.contains(&deed)
    }

    /// Does this scope allow everything `other` does?
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let resource = self.resource.is_none() || self.resource == other.resource;
        resource && other.deeds.iter().all(|deed| self.deeds.contains(deed))
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "system/{}.", self.resource.as_deref().unwrap_or("*"))?;
        Deed::ALL
            .iter()
            .filter(|(_, deed)| self.deeds.contains(deed))
            .try_for_each(|(letter, _)| write!(f, "{letter}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_reads_as_it_is_written() {
        for text in ["system/*.cruds", "system/Patient.r", "system/Bundle.cu", "system/*.rs"] {
            assert_eq!(Scope::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Scope::parse_list("system/*.c system/Task.r").unwrap().len(), 2);
    }

    #[test]
    fn other_scopes_are_refused() {
        for text in [
            "",
            "system/*",
            "system/*.",
            "system/*.*",
            "system/.r",
            "system/*.sr",
            "system/*.rr",
            "system/*.rx",
            "system/*.read",
            "patient/*.r",
            "user/*.r",
            "system/Observation.rs?category=x",
            "openid",
        ] {
            assert_eq!(Scope::parse(text), Err(ClientError::Scope), "{text}");
        }
        assert!(Scope::parse_list("system/*.r  system/*.c").is_err());
    }

    #[test]
    fn a_scope_allows_what_it_names_and_covers_what_is_narrower() {
        let all = Scope::parse("system/*.cruds").unwrap();
        let read = Scope::parse("system/Patient.rs").unwrap();
        assert!(all.allows("Patient", Deed::Delete) && read.allows("Patient", Deed::Read));
        assert!(!read.allows("Patient", Deed::Create) && !read.allows("Task", Deed::Read));
        assert!(all.covers(&read) && !read.covers(&all) && read.covers(&read));
        assert!(!Scope::parse("system/Task.rs").unwrap().covers(&read));
    }
}
