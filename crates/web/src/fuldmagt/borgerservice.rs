//! Where people are helped in person, as their municipality has set it down. It invents nothing: where a number is
//! missing there, the municipality's other one stands, and where nobody has chosen a municipality, nothing does.

use crate::pages::mandates::Borgerservice;
use borgerportal_domain::municipality::{Link, Phone, Settings};

/// What a municipality says of its Borgerservice.
pub(super) struct Help<'s> {
    place: String,
    settings: &'s Settings,
}

/// Of this municipality.
pub(super) fn help(settings: &Settings) -> Help<'_> {
    Help { place: settings.name(), settings }
}

impl Help<'_> {
    /// As a page shows it.
    pub(super) fn shown(&self) -> Borgerservice<'_> {
        let (there, links) = (&self.settings.borgerservice, &self.settings.links);
        let phone = there.phone.as_ref().or(self.settings.support.phone.as_ref());
        Borgerservice {
            place: &self.place,
            address: &there.address,
            phone: phone.map_or("", Phone::as_str),
            url: links.borgerservice.as_ref().map(Link::as_str),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rest: &str) -> (String, String, String, Option<String>) {
        let settings = Settings::from_toml(&format!("municipality = \"0217\"\n{rest}")).unwrap();
        let help = help(&settings);
        let shown = help.shown();
        let own = str::to_owned;
        (own(shown.place), own(shown.address), own(shown.phone), shown.url.map(own))
    }

    #[test]
    fn what_a_municipality_has_set_down_is_shown_and_the_rest_is_left_out() {
        let nothing = ("Helsingør Kommune".to_owned(), String::new(), String::new(), None);
        assert_eq!(shown(""), nothing);
        let (_, address, phone, url) = shown(
            "[support]\nphone = \"49 28 28 28\"\n[links]\nborgerservice = \"https://helsingor.example/b\"\n\
             [borgerservice]\naddress = \"Birkedalsvej 27, 3000 Helsingør\"\nphone = \"49 28 28 29\"\n",
        );
        assert_eq!((address.as_str(), phone.as_str()), ("Birkedalsvej 27, 3000 Helsingør", "49 28 28 29"));
        assert_eq!(url.as_deref(), Some("https://helsingor.example/b"));
    }

    #[test]
    fn the_number_of_the_municipality_stands_where_borgerservice_has_none_of_its_own() {
        let (_, address, phone, _) = shown("[support]\nphone = \"49 28 28 28\"\n");
        assert_eq!((address.as_str(), phone.as_str()), ("", "49 28 28 28"));
    }
}
