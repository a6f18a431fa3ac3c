//! What a system may do: SMART system scopes such as `system/*.cruds`, and our own for mandates. It refuses patient
//! and user scopes, search parameters, and letters out of order; no scope is wider than it reads.

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

/// What a system may ask about mandates. Neither comes with the other, nor with any other scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MandateScope {
    /// Whether somebody represents somebody.
    LookUp,
    /// What a holder may do in the system that asks.
    Privileges,
}

impl MandateScope {
    const ALL: [Self; 2] = [Self::LookUp, Self::Privileges];

    const fn name(self) -> &'static str {
        match self {
            Self::LookUp => "mandates.lookup",
            Self::Privileges => "mandates.privileges",
        }
    }
}

/// One granted scope. Displays as it is written on the wire.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope(Kind);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// `None` is every resource type.
    Fhir(Option<String>, Vec<Deed>),
    Mandates(MandateScope),
}

impl Scope {
    pub fn parse(text: &str) -> Result<Self, ClientError> {
        if let Some(scope) = MandateScope::ALL.into_iter().find(|scope| scope.name() == text) {
            return Ok(Self(Kind::Mandates(scope)));
        }
        let rest = text.strip_prefix("system/").ok_or(ClientError::Scope)?;
        let (resource, letters) = rest.split_once('.').ok_or(ClientError::Scope)?;
        let named = !resource.is_empty() && resource.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !named && resource != "*" {
            return Err(ClientError::Scope);
        }
        let deeds: Vec<Deed> =
            Deed::ALL.iter().filter(|(letter, _)| letters.contains(*letter)).map(|(_, deed)| *deed).collect();
        let some = !deeds.is_empty();
        let it = Self(Kind::Fhir(named.then(|| resource.to_owned()), deeds));
        if some && it.to_string() == text { Ok(it) } else { Err(ClientError::Scope) }
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
        match &self.0 {
            Kind::Fhir(own, deeds) => {
                own.as_deref().is_none_or(|own| own == resource) && deeds.contains(&deed)
            }
            Kind::Mandates(_) => false,
        }
    }

    #[must_use]
    pub fn is_for_mandates(&self, scope: MandateScope) -> bool {
        self.0 == Kind::Mandates(scope)
    }

    /// Does this scope allow everything `other` does?
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Kind::Fhir(own, deeds), Kind::Fhir(others, asked)) => {
                (own.is_none() || own == others) && asked.iter().all(|deed| deeds.contains(deed))
            }
            (Kind::Mandates(own), Kind::Mandates(asked)) => own == asked,
            (Kind::Fhir(..), Kind::Mandates(_)) | (Kind::Mandates(_), Kind::Fhir(..)) => false,
        }
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (resource, deeds) = match &self.0 {
            Kind::Fhir(resource, deeds) => (resource.as_deref().unwrap_or("*"), deeds),
            Kind::Mandates(scope) => return f.write_str(scope.name()),
        };
        write!(f, "system/{resource}.")?;
        let mut had = Deed::ALL.iter().filter(|(_, deed)| deeds.contains(deed));
        had.try_for_each(|(letter, _)| write!(f, "{letter}"))
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
    fn a_scope_for_mandates_is_for_that_alone() {
        let scopes = Scope::parse_list("mandates.lookup mandates.privileges system/*.cruds").unwrap();
        assert_eq!(Scope::list_to_string(&scopes), "mandates.lookup mandates.privileges system/*.cruds");
        for (at, one) in scopes.iter().enumerate() {
            assert_eq!(one.is_for_mandates(MandateScope::LookUp), at == 0, "{one}");
            assert_eq!(one.is_for_mandates(MandateScope::Privileges), at == 1, "{one}");
            assert_eq!(one.allows("Bundle", Deed::Create), at == 2, "{one}");
            for (other_at, other) in scopes.iter().enumerate() {
                assert_eq!(one.covers(other), at == other_at, "{one} for {other}");
            }
        }
        for text in
            ["mandates", "mandates.*", "mandates.lookup.x", "system/mandates.lookup", "Mandates.lookup"]
        {
            assert_eq!(Scope::parse(text), Err(ClientError::Scope), "{text}");
        }
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
