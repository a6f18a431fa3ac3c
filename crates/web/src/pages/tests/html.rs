//! Just enough reading of our own HTML for the checks: opening tags with their attributes. It refuses
//! to be a parser: our templates write every attribute in double quotes.

/// An opening tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// An attribute's value; empty for one without a value.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| *value)
    }

    /// 1 for `h1` and so on.
    pub(super) fn heading(&self) -> Option<u32> {
        self.name.strip_prefix('h').and_then(|level| level.parse().ok())
    }
}

/// All opening tags, in order.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    for part in html.split('<').skip(1) {
        if !part.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let inside = outside_quotes(part, '>').0;
        let (name, mut rest) = outside_quotes(inside, ' ');
        let mut attributes = Vec::new();
        while !rest.trim().is_empty() {
            let (one, after) = outside_quotes(rest.trim_start(), ' ');
            let (key, value) = one.split_once('=').unwrap_or((one, ""));
            attributes.push((key, value.trim_matches('"')));
            rest = after;
        }
        found.push(Tag { name, attributes });
    }
    found
}

/// Cuts at the first `sign` that is not inside quotes.
fn outside_quotes(text: &str, sign: char) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            _ if c == sign && !quoted => return (&text[..at], &text[at + c.len_utf8()..]),
            _ => {}
        }
    }
    (text, "")
}

/// What stands between two pieces of text; empty when they are not there.
pub(super) fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    html.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(inside, _)| inside)
}

#[test]
fn reads_tags_and_attributes() {
    let found = tags("<p>x<a href=\"/a?b=c d\" hidden>y</a><!-- <b> --><br>");
    assert_eq!(found.len(), 4);
    assert_eq!(
        (found[1].name, found[1].get("href"), found[1].get("hidden")),
        ("a", Some("/a?b=c d"), Some(""))
    );
    assert_eq!(between("<title>a</title>", "<title>", "</title>"), "a");
}
