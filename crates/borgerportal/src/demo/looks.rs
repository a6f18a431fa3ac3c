//! What was opened before the demo began: Inger has read most of her documents, Mette some of them last week, so
//! that unread marks and the log have something to say. It refuses shortcuts: each look is a session that asks.

use super::relations::Ids;
use super::seed::noon;
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::render::Lang;
use borgerportal_service::documents::{self, Filter, Page, Row};
use borgerportal_service::sessions::Token;
use borgerportal_service::{App, Problem};
use borgerportal_store::reach::citizens_journal;
use borgerportal_store::sessions::{self, Session};

struct Reader {
    key: &'static str,
    role: Role,
    subject: &'static str,
    municipality: &'static str,
    /// Days ago.
    day: i64,
    /// How many of the newest stay unopened.
    leave: usize,
    /// How many are opened.
    open: usize,
}

const READERS: &[Reader] = &[
    Reader {
        key: "bent",
        role: Role::Relative,
        subject: "inger",
        municipality: "0217",
        day: 33,
        leave: 6,
        open: 4,
    },
    Reader {
        key: "inger",
        role: Role::Citizen,
        subject: "inger",
        municipality: "0217",
        day: 14,
        leave: 0,
        open: 90,
    },
    Reader {
        key: "mette",
        role: Role::Relative,
        subject: "inger",
        municipality: "0217",
        day: 9,
        leave: 1,
        open: 9,
    },
    Reader {
        key: "mette",
        role: Role::Relative,
        subject: "inger",
        municipality: "0217",
        day: 2,
        leave: 2,
        open: 3,
    },
    Reader {
        key: "mette",
        role: Role::Relative,
        subject: "kaj",
        municipality: "0730",
        day: 5,
        leave: 1,
        open: 3,
    },
    Reader {
        key: "sofie",
        role: Role::Citizen,
        subject: "sofie",
        municipality: "0530",
        day: 4,
        leave: 1,
        open: 20,
    },
];

/// All of them, in the order of time.
pub(super) async fn all(app: &App, ids: &Ids, today: Date, now: Timestamp) -> Result<(), Problem> {
    for (minutes, reader) in (1..).map(|number| (number * 97) % 600).zip(READERS) {
        look(app, ids, reader, noon(today, reader.day, minutes).min(now)).await?;
    }
    Ok(())
}

async fn look(app: &App, ids: &Ids, reader: &Reader, at: Timestamp) -> Result<(), Problem> {
    let Reader { key, role, subject, municipality, .. } = *reader;
    let (token, journal) = open(app, ids, &Looking { key, role, subject, municipality, at }).await?;
    let hash = token.hash();
    let rows = rows(app, &token, journal).await?;
    for (number, row) in (1..).zip(rows.iter().skip(reader.leave).take(reader.open)) {
        app.clock.set(at.plus_millis(number * 15_000));
        let (places, item) = (app.municipalities.clone(), row.head.id);
        app.read_as(&token, move |tx, who| {
            documents::document(tx, &places, who, (journal, item), Lang::Da).map(|_| ())
        })
        .await?;
    }
    app.write(move |tx| Ok(sessions::close(tx, &hash)?)).await?;
    Ok(())
}

/// Somebody who looks at somebody's journal at a time before now.
pub(super) struct Looking {
    pub(super) key: &'static str,
    pub(super) role: Role,
    pub(super) subject: &'static str,
    pub(super) municipality: &'static str,
    pub(super) at: Timestamp,
}

/// Sets the clock to then, and opens a session.
pub(super) async fn open(app: &App, ids: &Ids, looking: &Looking) -> Result<(Token, JournalId), Problem> {
    let person = |key: &str| ids.get(key).copied().ok_or(Problem::NotFound);
    let (actor, subject) = (person(looking.key)?, person(looking.subject)?);
    let municipality = MunicipalityCode::parse(looking.municipality).ok_or(Problem::NotFound)?;
    let token = sign_in(app, (actor, looking.role), municipality, looking.at).await?;
    Ok((token, journal(app, subject, municipality).await?))
}

/// Somebody signs in at this time.
pub(super) async fn sign_in(
    app: &App,
    (person, role): (PersonId, Role),
    municipality: MunicipalityCode,
    at: Timestamp,
) -> Result<Token, Problem> {
    app.clock.set(at);
    let secret: [u8; 32] = app.random()?;
    let token = Token::from_cookie(&secret.map(|byte| format!("{byte:02x}")).concat());
    let session = Session {
        person,
        role,
        municipality: Some(municipality),
        level: Level::Substantial,
        authenticated_at: at,
        created_at: at,
        seen_at: at,
        ends_at: at.plus_minutes(60),
        csrf: app.random()?,
    };
    let hash = token.hash();
    app.write(move |tx| Ok(sessions::open(tx, &hash, &session)?)).await?;
    Ok(token)
}

/// Every row of the list, page by page.
async fn rows(app: &App, token: &Token, journal: JournalId) -> Result<Vec<Row>, Problem> {
    let (mut all, mut page) = (Vec::new(), Page::First);
    loop {
        let municipalities = app.municipalities.clone();
        let list = app
            .read_as(token, move |tx, who| {
                let (_, list) =
                    documents::list(tx, &municipalities, who, journal, (&Filter::default(), page))?;
                Ok(list)
            })
            .await?;
        let end = list.rows.last().map(|row| row.place).filter(|_| list.older);
        all.extend(list.rows);
        match end {
            Some(end) => page = Page::After(end),
            None => return Ok(all),
        }
    }
}

/// The journal of a person in a municipality.
pub(super) async fn journal(
    app: &App,
    subject: PersonId,
    municipality: MunicipalityCode,
) -> Result<JournalId, Problem> {
    let found = app.read(move |tx| Ok(citizens_journal(tx, subject, municipality)?)).await?;
    found.ok_or(Problem::NotFound)
}
