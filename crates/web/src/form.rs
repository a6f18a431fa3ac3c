//! Fields of a form or a query: names may repeat, unknown ones are ignored, and nothing is trusted.

use crate::pages::paths::mandates::MANDATES;
use url::form_urlencoded;

/// The fields as they came.
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`, from a body or a query.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// Fields that were read in another way.
    pub(crate) const fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first field of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every field of this name.
    pub(crate) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Pages outside a journal that can be come back to.
const PLACES: [&str; 9] =
    ["/", "/kommune", "/velkommen", "/personer", "/profil", "/hjaelp", "/was", "/privatliv", "/cookies"];

/// A path of ours to come back to: inside the signed-in part, without anything that another site could hide in.
pub(crate) fn own_path(path: &str) -> Option<&str> {
    let place = path.split('?').next().unwrap_or_default();
    let mandates =
        place == MANDATES || place.strip_prefix(MANDATES).is_some_and(|rest| rest.starts_with('/'));
    let ours = place.starts_with("/p/") || mandates || PLACES.contains(&place);
    let plain = path.len() <= 300
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_?=&".contains(&byte));
    (ours && plain && !path.contains("//")).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    proptest! {
        /// Whatever a link says, a browser that follows what we take stays on this site.
        #[test]
        fn a_way_back_never_leads_to_another_site(
            head in prop::sample::select(vec!["", "/", "/p/", "//", "/fuldmagter", "/kommune?", "/was", "\\\\", "https://"]),
            tail in "[a-z0-9/\\\\?=&.:@#%-]{0,24}",
        ) {
            let path = format!("{head}{tail}");
            if let Some(own) = own_path(&path) {
                let here = Url::parse("https://portal.example/").unwrap();
                let there = here.join(own).unwrap();
                prop_assert_eq!(there.origin(), here.origin());
                prop_assert!(there.username().is_empty() && there.fragment().is_none());
                prop_assert_eq!(own, path.as_str());
            }
        }
    }

    #[test]
    fn fields_repeat_and_decode() {
        let fields = Fields::parse("type=letter&type=form&q=s%C3%A5r+p%C3%A5".as_bytes());
        assert_eq!(fields.all("type").collect::<Vec<_>>(), ["letter", "form"]);
        assert_eq!(fields.get("q"), Some("sår på"));
        assert_eq!(fields.get("no"), None);
    }

    #[test]
    fn only_paths_of_ours_lead_back() {
        for good in [
            "/p/0192d3a4-0000-7000-8000-0000000000ff/documents?type=letter",
            "/personer",
            "/",
            "/kommune?rolle=borger",
            "/fuldmagter",
            "/fuldmagter/anmodning/0192d3a4-0000-7000-8000-0000000000ff/underskriv?valg=0-2&sidste=2026-06-30",
        ] {
            assert_eq!(own_path(good), Some(good));
        }
        for bad in [
            "//evil.dk",
            "https://evil.dk",
            "/p//evil.dk",
            "/p/\\evil",
            "/log-af",
            "/log-af?/p/",
            "/fuldmagterne",
            "/fuldmagter//evil.dk",
            "/p/æ",
            "javascript:1",
            "",
        ] {
            assert_eq!(own_path(bad), None, "{bad}");
        }
    }
}
