//! The two languages. A third would be a decision about law (the authentic text), not only a file;
//! this module therefore refuses to guess a language from anything but the two codes it knows.

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// Danish, the language of the authority and the default.
    #[default]
    Da,
    /// English.
    En,
}

impl Lang {
    /// Both, Danish first.
    pub const ALL: [Self; 2] = [Self::Da, Self::En];

    /// The code for the `lang` attribute, cookies and paths: `da` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Da => "da",
            Self::En => "en",
        }
    }

    /// Reads exactly `da` or `en`; anything else is `None`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "da" => Some(Self::Da),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The other language, for the link in the footer.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Da => Self::En,
            Self::En => Self::Da,
        }
    }

    /// The language's own name, as the footer link says it.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Da => "Dansk",
            Self::En => "English",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn codes_round_trip_and_strangers_are_refused() {
        for lang in Lang::ALL {
            assert_eq!(Lang::parse(lang.code()), Some(lang));
            assert_ne!(lang.other(), lang);
        }
        assert_eq!(Lang::parse("DA"), None);
        assert_eq!(Lang::parse("da-DK"), None);
        assert_eq!(Lang::parse(""), None);
    }
}
