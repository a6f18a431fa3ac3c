//! A browser without a screen: keeps cookies by hand, follows redirects only when told, and says of its posts
//! where they come from, as every browser does. Each has a network address of its own, told by a trusted proxy.

use crate::html::{self, Form};
use reqwest::{Body, Client, Method, RequestBuilder, Response};
use std::collections::BTreeMap;
use std::sync::Mutex;
use url::Url;

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    /// The address it was asked for at.
    pub url: Url,
    /// In order, names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Page {
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every cookie that is set, as written.
    #[must_use]
    pub fn cookies(&self) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The page as written.
    #[must_use]
    pub fn html(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page as read, without tags.
    #[must_use]
    pub fn words(&self) -> String {
        html::words(&self.html())
    }

    #[must_use]
    pub fn h1(&self) -> String {
        html::all(&self.html(), "h1").next().map(|tag| tag.words()).unwrap_or_default()
    }

    #[must_use]
    pub fn title(&self) -> String {
        html::all(&self.html(), "title").next().map(|tag| tag.words()).unwrap_or_default()
    }

    /// Path and query.
    #[must_use]
    pub fn path(&self) -> String {
        let query = self.url.query().map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{query}", self.url.path())
    }

    /// Where the answer sends the browser.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// Links as address and words.
    #[must_use]
    pub fn links(&self) -> Vec<(String, String)> {
        let html = self.html();
        let link = |tag: html::Tag<'_>| Some((tag.get("href")?.to_owned(), tag.words()));
        html::all(&html, "a").filter_map(link).collect()
    }

    /// The address of the first link whose words hold these.
    #[must_use]
    pub fn link(&self, words: &str) -> String {
        let found = self.links().into_iter().find(|(_, said)| said.contains(words));
        found.unwrap_or_else(|| panic!("no link says {words:?}: {}", self.words())).0
    }

    #[must_use]
    pub fn forms(&self) -> Vec<Form> {
        html::forms(&self.html())
    }

    /// The form that is sent to this path.
    #[must_use]
    pub fn form(&self, action: &str) -> Form {
        let found = self.forms().into_iter().find(|form| form.action.ends_with(action));
        found.unwrap_or_else(|| panic!("no form for {action}: {} {}", self.status, self.words()))
    }

    /// The session's secret, as the page's forms carry it.
    #[must_use]
    pub fn csrf(&self) -> String {
        let fields = self.forms().into_iter().flat_map(|form| form.fields);
        fields.into_iter().find(|(name, _)| name == "csrf").expect("a form with a secret").1
    }
}

/// Sends it. Whoever sends megabytes to a server that has read enough may find the door shut before they have
/// read its answer; then they ask again.
async fn sent(request: RequestBuilder) -> reqwest::Result<Response> {
    let large = request.try_clone().and_then(|copy| copy.build().ok());
    let large = large.is_some_and(|it| it.body().and_then(Body::as_bytes).is_some_and(|b| b.len() > 1 << 20));
    for _ in 0..if large { 10 } else { 0 } {
        let copy = request.try_clone().expect("a body in memory");
        if let Ok(answer) = copy.send().await {
            return Ok(answer);
        }
    }
    request.send().await
}

/// Somebody's browser.
pub struct Browser {
    http: Client,
    base: Url,
    address: String,
    jar: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub(crate) fn new(http: Client, base: Url, address: String) -> Self {
        Self { http, base, address, jar: Mutex::default() }
    }

    /// A cookie's value.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie into the jar, or takes it out.
    pub fn set_cookie(&self, name: &str, value: Option<&str>) {
        let mut jar = self.jar.lock().unwrap();
        match value {
            Some(value) => jar.insert(name.to_owned(), value.to_owned()),
            None => jar.remove(name),
        };
    }

    /// Another browser with the same cookies: a thief's, or one that was restored.
    #[must_use]
    pub fn copy(&self) -> Self {
        let jar = Mutex::new(self.jar.lock().unwrap().clone());
        Self { http: self.http.clone(), base: self.base.clone(), address: self.address.clone(), jar }
    }

    /// One request, nothing followed.
    pub async fn send(
        &self,
        method: Method,
        to: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Page {
        let url = self.base.join(to).unwrap();
        let ours = url.origin() == self.base.origin();
        let mut request = self.http.request(method, url.clone());
        if ours {
            let jar = self.jar.lock().unwrap();
            let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            if !cookies.is_empty() {
                request = request.header("cookie", cookies.join("; "));
            }
            request = request.header("x-forwarded-for", &self.address);
        }
        request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request = body.into_iter().fold(request, RequestBuilder::body);
        let answer = sent(request).await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        let said = |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers: Vec<(String, String)> = answer.headers().iter().map(said).collect();
        let status = answer.status().as_u16();
        let page = Page { status, url, headers, body: answer.bytes().await.unwrap().to_vec() };
        if ours {
            self.keep(&page);
        }
        page
    }

    fn keep(&self, page: &Page) {
        for cookie in page.cookies() {
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            self.set_cookie(name, Some(value).filter(|_| !cookie.contains("Max-Age=0")));
        }
    }

    /// GET, nothing followed.
    pub async fn get(&self, to: &str) -> Page {
        self.send(Method::GET, to, &[], None).await
    }

    /// POST of a form from a page of ours, nothing followed.
    pub async fn post(&self, to: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from(to, fields, &[("sec-fetch-site", "same-origin")]).await
    }

    /// POST of a form that says of itself where it comes from.
    pub async fn post_from(&self, to: &str, fields: &[(&str, &str)], from: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut headers = vec![("content-type", "application/x-www-form-urlencoded")];
        headers.extend(from);
        self.send(Method::POST, to, &headers, Some(body.into_bytes())).await
    }

    /// GET, and on to wherever it leads.
    pub async fn visit(&self, to: &str) -> Page {
        let page = self.get(to).await;
        self.follow(page).await
    }

    /// On to wherever an answer leads.
    pub async fn follow(&self, mut page: Page) -> Page {
        for _ in 0..10 {
            let Some(to) = page.location().map(|to| page.url.join(to).unwrap()) else { return page };
            page = self.get(to.as_str()).await;
        }
        panic!("round and round: {}", page.url);
    }

    /// Sends a form with some fields changed, and on to wherever it leads.
    pub async fn submit(&self, form: &Form, changed: &[(&str, &str)]) -> Page {
        let kept = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let fields: Vec<(&str, &str)> = kept.chain(changed.iter().copied()).collect();
        let page = if form.method == "post" {
            self.post(&form.action, &fields).await
        } else {
            let mut url = self.base.join(&form.action).unwrap();
            url.query_pairs_mut().extend_pairs(&fields);
            self.get(url.as_str()).await
        };
        self.follow(page).await
    }
}
