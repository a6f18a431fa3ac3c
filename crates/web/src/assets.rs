//! The files a browser loads besides HTML, embedded in the program: found by their hashed name when
//! they are asked for, and by their plain name when a page links to them. It refuses to read a disk
//! and to know HTTP: the caller chooses the encoding and sets the headers. The hash is part of the
//! name, so every file may be kept for a year and called immutable.

/// One embedded file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The plain name, such as `app.css`.
    pub name: &'static str,
    /// The name with its hash, the last part of the address.
    pub file: &'static str,
    /// The address: `/static/` and the name with its hash.
    pub href: &'static str,
    /// The value of `Content-Type`.
    pub mime: &'static str,
    /// A strong entity tag, quotes included (the encodings have their own: add a suffix).
    pub etag: &'static str,
    /// The file as it is.
    pub raw: &'static [u8],
    /// Brotli, where it pays (not for fonts).
    pub brotli: Option<&'static [u8]>,
    /// gzip, where it pays.
    pub gzip: Option<&'static [u8]>,
}

static TABLE: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets_table.rs"));

/// Every embedded file.
#[must_use]
pub fn all() -> &'static [Asset] {
    TABLE
}

/// The file behind `/static/{file}`; `None` when the name, hash included, is not exactly ours.
#[must_use]
pub fn find(file: &str) -> Option<&'static Asset> {
    TABLE.iter().find(|asset| asset.file == file)
}

/// The address of a file by its plain name, for links: `href("app.css")`. A name that does not exist
/// gives an empty address; a test asks for every name the templates use.
#[must_use]
pub fn href(name: &str) -> &'static str {
    TABLE.iter().find(|asset| asset.name == name).map_or("", |asset| asset.href)
}

#[cfg(test)]
mod tests {
    use super::{all, find, href};

    #[test]
    fn every_file_is_found_by_both_names() {
        assert!(all().len() >= 8);
        for asset in all() {
            assert_eq!(href(asset.name), asset.href);
            assert_eq!(find(asset.file).map(|found| found.name), Some(asset.name));
            assert!(asset.href.ends_with(asset.file) && !asset.raw.is_empty());
        }
        assert!(find("app.css").is_none(), "only the hashed name is an address");
    }

    #[test]
    fn the_weight_budget_holds() {
        let weight = |name: &str| {
            let asset = all().iter().find(|asset| asset.name == name).unwrap();
            asset.brotli.unwrap_or(asset.raw).len()
        };
        let fonts = weight("plex-400.woff2") + weight("plex-600.woff2");
        let (css, js, sprite) = (weight("app.css"), weight("app.js"), weight("icons.svg"));
        assert!(css <= 20_000, "css {css}");
        assert!(fonts <= 36_000, "fonts {fonts}");
        assert!(sprite <= 6_000, "sprite {sprite}");
        assert!(js <= 8_000, "js {js}");
        assert!(css + fonts + sprite + js + weight("mark.svg") + 6_000 <= 70_000);
    }

    #[test]
    fn the_licences_are_shipped() {
        for name in ["licence-dkfds.txt", "licence-ibm-plex.txt", "licence-material-symbols.txt"] {
            assert!(!href(name).is_empty(), "{name}");
        }
    }
}
