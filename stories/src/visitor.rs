//! Somebody at their browser, who does what people do: log on, choose, read, search, look at the log, log off.

use crate::browser::{Browser, Page};
use crate::cast::Person;
use crate::html;

/// A person at a browser.
pub struct Visitor {
    pub browser: Browser,
    pub person: Person,
    /// `/p/…`, once somebody was chosen.
    journal: String,
}

/// A row of the list of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    pub title: String,
    pub href: String,
    /// "Ulæst", "Rettet" or nothing.
    pub badge: String,
    pub snippet: String,
    /// Words that are marked in title and snippet.
    pub marked: Vec<String>,
}

impl Visitor {
    pub(crate) fn new(browser: Browser, person: Person) -> Self {
        Self { browser, person, journal: String::new() }
    }

    /// Goes the whole way of the pages to the broker, is this person there, and comes back.
    pub async fn log_in(&mut self, role: &str, municipality: &str) -> Page {
        let start = self.browser.get("/").await;
        let roles = start.links();
        let picker = &roles.iter().find(|(href, _)| href.ends_with(role)).expect("the role").0;
        let all = self.browser.get(&format!("{picker}&vis=alle")).await;
        let place = format!("/log-paa/{municipality}?rolle={role}");
        assert!(all.links().iter().any(|(href, _)| *href == place), "the picker leads to {place}");
        let page = self.go_to_broker(&place).await;
        self.arrive(page).await
    }

    /// Begins a log-in and is the person at the broker; stands before the way back.
    pub async fn go_to_broker(&self, from: &str) -> Page {
        let sent = self.browser.get(from).await;
        let to = sent.location().unwrap_or_else(|| panic!("no broker: {}", sent.words())).to_owned();
        self.be_there(&to).await
    }

    /// The person at the broker's page.
    pub async fn be_there(&self, authorize: &str) -> Page {
        let asked = self.browser.get(authorize).await;
        assert_eq!(asked.status, 200, "{}", asked.words());
        let action = asked.url.join(&asked.forms()[0].action).unwrap();
        self.browser.post_from(action.as_str(), &[("person", &self.person.uuid())], &[]).await
    }

    /// Follows the broker's answer home.
    pub async fn arrive(&mut self, answer: Page) -> Page {
        let page = self.browser.follow(answer).await;
        if let Some(rest) = page.url.path().strip_prefix("/p/") {
            self.journal = format!("/p/{}", rest.split('/').next().unwrap());
        }
        page
    }

    /// Chooses somebody on the page of people.
    pub async fn choose(&mut self, name: &str) -> Page {
        let page = self.browser.get("/personer").await;
        let html = page.html();
        let labels: Vec<_> = html::all(&html, "label").collect();
        let label = labels.iter().find(|label| label.words().contains(name));
        let id = label.and_then(|label| label.get("for")).unwrap_or_else(|| panic!("{}", page.words()));
        let input = html::all(&html, "input").find(|input| input.get("id") == Some(id)).unwrap();
        let journal = input.get("value").unwrap().to_owned();
        let front = self.browser.submit(&page.form("/personer"), &[("journal", &journal)]).await;
        self.journal = format!("/p/{journal}");
        front
    }

    /// Who can be chosen.
    pub async fn can_choose(&self) -> Vec<String> {
        let page = self.browser.get("/personer").await;
        let html = page.html();
        html::all(&html, "span")
            .filter(|tag| tag.has_class("bp-choice-name"))
            .map(|tag| tag.words())
            .collect()
    }

    /// The address of the journal in view, without a slash at its end.
    #[must_use]
    pub fn journal(&self) -> &str {
        &self.journal
    }

    /// Looks at this journal from here on, as somebody would who knows its address.
    pub fn stand_at(&mut self, journal: &str) {
        journal.clone_into(&mut self.journal);
    }

    /// A page of the journal in view.
    pub async fn at(&self, rest: &str) -> Page {
        self.browser.get(&format!("{}{rest}", self.journal)).await
    }

    /// The list of documents.
    pub async fn documents(&self) -> Vec<DocumentRow> {
        let page = self.at("/documents").await;
        assert_eq!(page.status, 200, "{}", page.words());
        rows(&page)
    }

    pub async fn titles(&self) -> Vec<String> {
        self.documents().await.into_iter().map(|row| row.title).collect()
    }

    /// Opens a document of the list.
    pub async fn open(&self, title: &str) -> Page {
        let row = self.documents().await.into_iter().find(|row| row.title == title).expect("the document");
        self.browser.get(&row.href).await
    }

    /// Opens the file of a document, by its button.
    pub async fn pdf(&self, title: &str) -> Page {
        let document = self.open(title).await;
        let href = document.links().into_iter().find(|(href, _)| href.ends_with("/file")).expect("a file").0;
        self.browser.get(&href).await
    }

    /// Searches, with the form of the list.
    pub async fn search(&self, words: &str) -> Page {
        let list = self.at("/documents").await;
        self.browser.submit(&list.form("/documents/search"), &[("q", words)]).await
    }

    /// The sentences of the log, newest first.
    pub async fn log(&self) -> Vec<String> {
        let page = self.at("/access-log").await;
        assert_eq!(page.status, 200, "{}", page.words());
        let html = page.html();
        let rows = html::all(&html, "div").filter(|tag| tag.has_class("bp-row"));
        rows.filter_map(|row| html::all(row.inner(), "strong").next().map(|tag| tag.words())).collect()
    }

    /// Presses "Log af".
    pub async fn log_off(&self) -> Page {
        let page = self.browser.get("/fuldmagter").await;
        self.browser.submit(&page.form("/log-af"), &[]).await
    }
}

/// The rows of a list or of hits.
#[must_use]
pub fn rows(page: &Page) -> Vec<DocumentRow> {
    let html = page.html();
    let rows = html::all(&html, "div").filter(|tag| tag.has_class("bp-row"));
    rows.filter_map(|row| {
        let link = html::all(row.inner(), "a").find(|tag| tag.has_class("bp-row-link"))?;
        let of = |name: &str, class: &str| {
            let found = html::all(row.inner(), name).find(|tag| tag.has_class(class));
            found.map(|tag| tag.words()).unwrap_or_default()
        };
        Some(DocumentRow {
            title: link.words(),
            href: link.get("href")?.to_owned(),
            badge: of("span", "badge"),
            snippet: of("p", "bp-snippet"),
            marked: html::all(row.inner(), "mark").map(|tag| tag.words()).collect(),
        })
    })
    .collect()
}
