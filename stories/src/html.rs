//! As much of HTML as a story needs: tags with their attributes, the words between them, forms and links. Pages
//! are ours and well formed; whatever is not is found by the browser stories.

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    pub name: &'a str,
    pub attributes: Vec<(&'a str, String)>,
    /// What follows it in the page.
    rest: &'a str,
}

impl<'a> Tag<'a> {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class").is_some_and(|list| list.split(' ').any(|one| one == class))
    }

    /// Everything up to the closing tag that belongs to this one.
    #[must_use]
    pub fn inner(&self) -> &'a str {
        let (open, close) = (format!("<{}", self.name), format!("</{}>", self.name));
        let (mut depth, mut at) = (0_usize, 0_usize);
        while let Some(found) = self.rest[at..].find('<') {
            let here = at + found;
            let tail = &self.rest[here..];
            if tail.starts_with(&close) {
                if depth == 0 {
                    return &self.rest[..here];
                }
                depth -= 1;
            } else if tail.starts_with(&open) && !tail[open.len()..].starts_with(char::is_alphanumeric) {
                depth += 1;
            }
            at = here + 1;
        }
        self.rest
    }

    /// The words inside.
    #[must_use]
    pub fn words(&self) -> String {
        words(self.inner())
    }
}

/// Every opening tag, in order.
#[must_use]
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
            let name = &rest[..end];
            let attributes = attributes(&mut rest, end);
            found.push(Tag { name, attributes, rest });
        }
    }
    found
}

/// Every opening tag of a name.
pub fn all<'a>(html: &'a str, name: &str) -> impl Iterator<Item = Tag<'a>> {
    tags(html).into_iter().filter(move |tag| tag.name == name).collect::<Vec<_>>().into_iter()
}

fn attributes<'a>(rest: &mut &'a str, from: usize) -> Vec<(&'a str, String)> {
    let mut found = Vec::new();
    let mut text = &rest[from..];
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(after) = text.strip_prefix('>') {
            *rest = after;
            return found;
        }
        let end = text.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let Some(end) = end.filter(|end| *end > 0) else {
            *rest = "";
            return found;
        };
        let name = &text[..end];
        text = &text[end..];
        let value = text.strip_prefix("=\"").and_then(|value| value.split_once('"'));
        if let Some((value, after)) = value {
            found.push((name, decode(value)));
            text = after;
        } else {
            found.push((name, String::new()));
            text = text.strip_prefix('=').unwrap_or(text);
        }
    }
}

/// The words of a piece of a page, with single spaces.
#[must_use]
pub fn words(html: &str) -> String {
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        let said = if number == 0 { piece } else { piece.split_once('>').map_or("", |(_, said)| said) };
        let inline = ["mark", "/mark", "b", "/b"].iter().any(|name| piece.starts_with(&format!("{name}>")));
        if !inline {
            text.push(' ');
        }
        text.push_str(said);
    }
    decode(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn decode(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\"")];
    let more = [("&#60;", "<"), ("&#62;", ">"), ("&nbsp;", " "), ("&#38;", "&"), ("&amp;", "&")];
    named.iter().chain(&more).fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A form as a browser would send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// `get` or `post`.
    pub method: String,
    pub action: String,
    /// Fields that are sent if nothing is changed.
    pub fields: Vec<(String, String)>,
    /// The words in it.
    pub words: String,
}

/// Every form of a page.
#[must_use]
pub fn forms(html: &str) -> Vec<Form> {
    all(html, "form").map(|form| read(&form)).collect()
}

fn read(form: &Tag<'_>) -> Form {
    let mut fields = Vec::new();
    for tag in tags(form.inner()) {
        let Some(name) = tag.get("name").map(str::to_owned) else { continue };
        let value = tag.get("value").unwrap_or_default().to_owned();
        let choice = matches!(tag.get("type"), Some("checkbox" | "radio"));
        match tag.name {
            "input" if choice && tag.get("checked").is_none() => {}
            "input" => fields.push((name, value)),
            "select" => {
                let chosen = all(tag.inner(), "option").find(|option| option.get("selected").is_some());
                let value = chosen.and_then(|option| option.get("value").map(str::to_owned));
                fields.push((name, value.unwrap_or_default()));
            }
            _ => {}
        }
    }
    Form {
        method: form.get("method").unwrap_or("get").to_owned(),
        action: form.get("action").unwrap_or_default().to_owned(),
        fields,
        words: form.words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<main id="x"><h1>Ingers <b>brev</b></h1><form method="post" action="/a?b=1&amp;c=2">
        <input type="hidden" name="csrf" value="s"><input type="radio" name="one" value="1">
        <input type="radio" name="one" value="2" checked><select name="p"><option value="">Alt</option>
        <option value="3" selected>Tre</option></select><button>Send &#38; gå</button></form>
        <div>a<div>b</div>c</div><div>d</div></main>"#;

    #[test]
    fn words_stand_as_people_read_them() {
        assert_eq!(all(PAGE, "h1").next().unwrap().words(), "Ingers brev");
        assert_eq!(all(PAGE, "div").next().unwrap().words(), "a b c");
        assert_eq!(words("s<mark>år</mark>et"), "såret");
    }

    #[test]
    fn a_form_sends_what_a_browser_would() {
        let form = &forms(PAGE)[0];
        let fields: Vec<(&str, &str)> = form.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(fields, [("csrf", "s"), ("one", "2"), ("p", "3")]);
        assert_eq!((form.method.as_str(), form.action.as_str()), ("post", "/a?b=1&c=2"));
        assert_eq!(form.words, "Alt Tre Send & gå");
    }
}
