//! The 98 municipalities since 2007 with their four-digit codes (HL7 Denmark's dk-core list, CC0). It
//! refuses codes that are no municipality: regions, foreign countries and Christiansø (0411), which belongs
//! to the Ministry of Defence.

use std::fmt;
use std::str::FromStr;

/// The code of one of the 98 municipalities, shown with four digits.
///
/// ```
/// use borgerportal_domain::MunicipalityCode;
/// let helsingor = MunicipalityCode::parse("0217").ok_or("unknown")?;
/// assert_eq!(helsingor.to_string(), "0217");
/// assert_eq!(helsingor.name(), "Helsingør");
/// assert_eq!(MunicipalityCode::parse("0411"), None, "Christiansø is no municipality");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(u16);

/// A municipality as people know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Municipality {
    /// The code.
    pub code: MunicipalityCode,
    /// The name without "Kommune", such as "Helsingør".
    pub name: &'static str,
}

/// The text is not the code of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a municipality code")]
pub struct CodeError;

impl MunicipalityCode {
    /// The municipality with this number, or nothing.
    #[must_use]
    pub fn new(number: u16) -> Option<Self> {
        let code = Self(number);
        code.entry().map(|_| code)
    }

    /// Reads exactly four digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse().ok().and_then(Self::new) } else { None }
    }

    /// The code as a number, as stored.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The name without "Kommune".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().map_or("", |found| found.name)
    }

    /// The full name, such as "Helsingør Kommune" and "Bornholms Regionskommune".
    #[must_use]
    pub fn full_name(self) -> String {
        match self.0 {
            101 => "Københavns Kommune".to_owned(),
            400 => "Bornholms Regionskommune".to_owned(),
            _ => format!("{} Kommune", self.name()),
        }
    }

    fn entry(self) -> Option<&'static Municipality> {
        let at = MUNICIPALITIES.binary_search_by_key(&self, |one| one.code).ok()?;
        MUNICIPALITIES.get(at)
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for MunicipalityCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text).ok_or(CodeError)
    }
}

const fn m(number: u16, name: &'static str) -> Municipality {
    Municipality { code: MunicipalityCode(number), name }
}

/// All 98, by code.
pub const MUNICIPALITIES: &[Municipality] = &[
    m(101, "København"),
    m(147, "Frederiksberg"),
    m(151, "Ballerup"),
    m(153, "Brøndby"),
    m(155, "Dragør"),
    m(157, "Gentofte"),
    m(159, "Gladsaxe"),
    m(161, "Glostrup"),
    m(163, "Herlev"),
    m(165, "Albertslund"),
    m(167, "Hvidovre"),
    m(169, "Høje-Taastrup"),
    m(173, "Lyngby-Taarbæk"),
    m(175, "Rødovre"),
    m(183, "Ishøj"),
    m(185, "Tårnby"),
    m(187, "Vallensbæk"),
    m(190, "Furesø"),
    m(201, "Allerød"),
    m(210, "Fredensborg"),
    m(217, "Helsingør"),
    m(219, "Hillerød"),
    m(223, "Hørsholm"),
    m(230, "Rudersdal"),
    m(240, "Egedal"),
    m(250, "Frederikssund"),
    m(253, "Greve"),
    m(259, "Køge"),
    m(260, "Halsnæs"),
    m(265, "Roskilde"),
    m(269, "Solrød"),
    m(270, "Gribskov"),
    m(306, "Odsherred"),
    m(316, "Holbæk"),
    m(320, "Faxe"),
    m(326, "Kalundborg"),
    m(329, "Ringsted"),
    m(330, "Slagelse"),
    m(336, "Stevns"),
    m(340, "Sorø"),
    m(350, "Lejre"),
    m(360, "Lolland"),
    m(370, "Næstved"),
    m(376, "Guldborgsund"),
    m(390, "Vordingborg"),
    m(400, "Bornholm"),
    m(410, "Middelfart"),
    m(420, "Assens"),
    m(430, "Faaborg-Midtfyn"),
    m(440, "Kerteminde"),
    m(450, "Nyborg"),
    m(461, "Odense"),
    m(479, "Svendborg"),
    m(480, "Nordfyns"),
    m(482, "Langeland"),
    m(492, "Ærø"),
    m(510, "Haderslev"),
    m(530, "Billund"),
    m(540, "Sønderborg"),
    m(550, "Tønder"),
    m(561, "Esbjerg"),
    m(563, "Fanø"),
    m(573, "Varde"),
    m(575, "Vejen"),
    m(580, "Aabenraa"),
    m(607, "Fredericia"),
    m(615, "Horsens"),
    m(621, "Kolding"),
    m(630, "Vejle"),
    m(657, "Herning"),
    m(661, "Holstebro"),
    m(665, "Lemvig"),
    m(671, "Struer"),
    m(706, "Syddjurs"),
    m(707, "Norddjurs"),
    m(710, "Favrskov"),
    m(727, "Odder"),
    m(730, "Randers"),
    m(740, "Silkeborg"),
    m(741, "Samsø"),
    m(746, "Skanderborg"),
    m(751, "Aarhus"),
    m(756, "Ikast-Brande"),
    m(760, "Ringkøbing-Skjern"),
    m(766, "Hedensted"),
    m(773, "Morsø"),
    m(779, "Skive"),
    m(787, "Thisted"),
    m(791, "Viborg"),
    m(810, "Brønderslev"),
    m(813, "Frederikshavn"),
    m(820, "Vesthimmerlands"),
    m(825, "Læsø"),
    m(840, "Rebild"),
    m(846, "Mariagerfjord"),
    m(849, "Jammerbugt"),
    m(851, "Aalborg"),
    m(860, "Hjørring"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_98_in_order_and_each_is_named_once() {
        assert_eq!(MUNICIPALITIES.len(), 98);
        assert!(MUNICIPALITIES.windows(2).all(|pair| pair[0].code < pair[1].code));
        let names: BTreeSet<_> = MUNICIPALITIES.iter().map(|one| one.name).collect();
        assert_eq!(names.len(), 98);
        for one in MUNICIPALITIES {
            assert_eq!(MunicipalityCode::parse(&one.code.to_string()), Some(one.code));
            assert_eq!(one.code.name(), one.name);
        }
    }

    #[test]
    fn what_is_no_municipality_has_no_code() {
        for text in ["0411", "1084", "0000", "217", "00217", "+217", " 217", "021a", "", "９２１７"] {
            assert_eq!(MunicipalityCode::parse(text), None, "{text}");
        }
        assert_eq!(MunicipalityCode::new(9999), None);
        assert_eq!("0411".parse::<MunicipalityCode>(), Err(CodeError));
    }

    #[test]
    fn full_names_as_they_call_themselves() {
        let full = |text: &str| MunicipalityCode::parse(text).unwrap().full_name();
        assert_eq!(full("0217"), "Helsingør Kommune");
        assert_eq!(full("0101"), "Københavns Kommune");
        assert_eq!(full("0400"), "Bornholms Regionskommune");
        assert_eq!(full("0820"), "Vesthimmerlands Kommune");
    }
}
