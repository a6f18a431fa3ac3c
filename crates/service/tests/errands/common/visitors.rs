//! People who are signed in, each with the reads that a page would ask for.

use super::{Portal, Somebody, helsingor, told};
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::{ItemId, JournalId, LogId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::search_text::Query;
use borgerportal_fhir::render::Lang;
use borgerportal_service::attachments::File;
use borgerportal_service::documents::{self, Document, Filter, Hits, List, Page};
use borgerportal_service::front_page::{self, FrontPage, New};
use borgerportal_service::messages::Thread;
use borgerportal_service::people::{Reach, reach};
use borgerportal_service::sessions::Token;
use borgerportal_service::{Problem, access_log};
use borgerportal_store::sessions::Session;

/// A browser with a live session.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) portal: Portal,
    pub(crate) token: Token,
}

impl Portal {
    pub(crate) async fn as_citizen(&self, who: &Somebody) -> Visitor {
        self.as_role(who, Role::Citizen, helsingor()).await
    }

    pub(crate) async fn as_relative(&self, who: &Somebody) -> Visitor {
        self.as_role(who, Role::Relative, helsingor()).await
    }

    pub(crate) async fn as_parent(&self, who: &Somebody) -> Visitor {
        self.as_role(who, Role::Parent, helsingor()).await
    }

    /// A session opened straight in the store.
    pub(crate) async fn as_role(
        &self,
        who: &Somebody,
        role: Role,
        municipality: impl Into<Option<MunicipalityCode>>,
    ) -> Visitor {
        let bytes: [u8; 16] = self.app.random().unwrap();
        self.with_cookie(&format!("{bytes:02x?}"), who, (role, municipality.into())).await
    }

    /// The same in a browser that holds this cookie.
    pub(crate) async fn with_cookie(
        &self,
        cookie: &str,
        who: &Somebody,
        (role, municipality): (Role, Option<MunicipalityCode>),
    ) -> Visitor {
        let token = Token::from_cookie(cookie);
        let (hash, now) = (token.hash(), self.now());
        let session = Session {
            person: who.id,
            role,
            municipality,
            level: Level::Substantial,
            authenticated_at: now,
            created_at: now,
            seen_at: now,
            ends_at: now.plus_minutes(self.app.limits.absolute_min),
            csrf: [3; 32],
        };
        self.write(move |tx| Ok(borgerportal_store::sessions::open(tx, &hash, &session)?)).await;
        Visitor { portal: self.clone(), token }
    }
}

impl Visitor {
    pub(crate) async fn page(&self, journal: JournalId, filter: Filter, page: Page) -> Result<List, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            documents::list(tx, &places, who, journal, (&filter, page)).map(|(_, list)| list)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    pub(crate) async fn list(&self, journal: JournalId) -> Result<List, Problem> {
        self.page(journal, Filter::default(), Page::First).await
    }

    /// Titles of the first page, newest first, or why not.
    pub(crate) async fn titles(&self, journal: JournalId) -> Result<Vec<String>, String> {
        let list = self.list(journal).await.map_err(|problem| told(&problem))?;
        Ok(list.rows.into_iter().map(|row| row.head.title.clone()).collect())
    }

    pub(crate) async fn open(&self, journal: JournalId, item: ItemId) -> Result<Document, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            documents::document(tx, &places, who, (journal, item), Lang::Da).map(|(_, document)| document)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    pub(crate) async fn file(&self, journal: JournalId, item: ItemId) -> Result<File, Problem> {
        documents::file(&self.portal.app, &self.token, journal, item, 0).await
    }

    pub(crate) async fn search(&self, journal: JournalId, words: &str) -> Result<Hits, Problem> {
        let (places, words) = (self.portal.app.municipalities.clone(), Query::parse(words));
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            let asked = (&words, &Filter::default(), 0..documents::HITS, Lang::Da);
            documents::search(tx, &places, who, journal, asked).map(|(_, hits)| hits)
        };
        self.portal.app.search_as(&self.token, read).await
    }

    pub(crate) async fn front_page(&self, journal: JournalId) -> Result<FrontPage, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            front_page::front_page(tx, &places, who, journal).map(|(_, page)| page)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    /// The rows of "Nyt til dig" in few words, and how many messages are unread; nothing where there is no such list.
    pub(crate) async fn latest(&self, journal: JournalId) -> Option<(Vec<String>, usize)> {
        let news = self.front_page(journal).await.unwrap().news?;
        let title = |thread: &Thread| thread.first().unwrap().head.title.clone();
        let asked = news.asked.iter().map(|one| format!("{} asks", one.name.given));
        let running = news.running.iter().map(|one| format!("{} until {}", one.title, one.deadline.last_day));
        let new = news.new.iter().map(|one| match one {
            New::Thread(one) => format!("{} ({} new of {})", title(one), one.unread(), one.messages.len()),
            New::Document(one) => one.head.title.clone(),
        });
        let waiting = news.waiting.iter().map(|one| format!("{} waits", title(one)));
        Some((asked.chain(running).chain(new).chain(waiting).collect(), news.unread))
    }

    pub(crate) async fn log_page(
        &self,
        journal: JournalId,
        before: Option<LogId>,
    ) -> Result<access_log::Log, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            access_log::page(tx, &places, who, journal, before).map(|(_, log)| log)
        };
        self.portal.app.read_as(&self.token, read).await
    }

    /// The log as `who object outcome`, newest first.
    pub(crate) async fn log(&self, journal: JournalId) -> Result<Vec<String>, Problem> {
        let log = self.log_page(journal, None).await?;
        let line = |line: &borgerportal_domain::access_log::LogLine| {
            let who = log.names.get(&line.actor).map_or("?", |name| name.given.as_str());
            format!("{who} {} {}", line.object.kind.code(), line.outcome.code())
        };
        Ok(log.lines.iter().map(line).collect())
    }

    pub(crate) async fn reach(&self) -> Result<Reach, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| reach(tx, &places, who);
        self.portal.app.read_as(&self.token, read).await
    }

    /// Names that can be chosen, and those that cannot with why.
    pub(crate) async fn within_reach(&self) -> (Vec<String>, Vec<String>) {
        let reach = self.reach().await.unwrap();
        let lapsed = reach.lapsed.iter().map(|one| format!("{} {}", one.name.given, one.refusal));
        (reach.choices.iter().map(|one| one.name.given.clone()).collect(), lapsed.collect())
    }

    /// Every kind of read of this journal and item, in one word each: `shown` or why not.
    pub(crate) async fn every_read(
        &self,
        journal: JournalId,
        item: ItemId,
        page: Page,
    ) -> Vec<(&'static str, String)> {
        fn word<T>(answer: Result<T, Problem>) -> String {
            answer.map_or_else(|problem| told(&problem), |_| "shown".to_owned())
        }
        vec![
            ("list", word(self.list(journal).await)),
            ("next page", word(self.page(journal, Filter::default(), page).await)),
            ("document", word(self.open(journal, item).await)),
            ("file", word(self.file(journal, item).await)),
            ("search", word(self.search(journal, "brev").await)),
            ("front page", word(self.front_page(journal).await)),
            ("own acts", word(self.log_page(journal, None).await)),
        ]
    }
}
