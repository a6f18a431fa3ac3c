//! What is done: three things by each of many people, made ready so that one button is left; and whether each was done once
//! and told once.

use crate::common::{OPEN, Portal, Somebody, bundle, helsingor, name_of, patient};
use crate::partner::{Partner, Trouble, way};
use borgerportal_domain::access::Role;
use borgerportal_domain::aids::{Aim, Answers, Lasting, Occasion, Supplier, Why};
use borgerportal_domain::ids::{ErrandId, ItemId, JournalId};
use borgerportal_domain::messages::Kind as MessageKind;
use borgerportal_domain::time::{Date, copenhagen_date, days_after};
use borgerportal_fhir::calendar::VISIT_TYPE;
use borgerportal_service::messages::drafts::{self, Wish};
use borgerportal_service::outgoing::{queue, send_due};
use borgerportal_service::sessions::{SignedIn, Token};
use borgerportal_service::{App, Problem, aids, calendar, messages};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A department, a kind of aid, and everything published that has no label.
pub(crate) fn settings() -> String {
    format!(
        "[[department]]\ncode = \"nursing\"\nname_da = \"Hjemmesygeplejen\"\narea = \"nursing\"\n\n{OPEN}\
         [[aids.kind]]\ncode = \"stockings\"\nname_da = \"Kompressionsstrømper\"\nname_en = \"Stockings\"\n\
         papers = \"never\"\n"
    )
}

/// A kind of deed; by the code under which the record system is told of it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Kind {
    Cancel,
    Write,
    Apply,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Self::Cancel => "cancellation",
            Self::Write => "message",
            Self::Apply => "application",
        }
    }
}

/// One button of one person: all that a browser has in hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Deed {
    pub(crate) kind: Kind,
    pub(crate) cookie: String,
    pub(crate) journal: JournalId,
    pub(crate) item: ItemId,
    /// Of the form that was shown.
    pub(crate) form: ErrandId,
    /// Whose, as the record system knows them.
    pub(crate) cpr: String,
}

/// Presses the button with the form of this id, and again while the store has too much to do, as a person would.
pub(crate) async fn press(app: &App, deed: &Deed, form: ErrandId) -> Result<(), Problem> {
    loop {
        match press_once(app, deed, form).await {
            Err(problem) if problem.is_busy() || matches!(problem, Problem::Stale) => {}
            answer => return answer,
        }
    }
}

async fn press_once(app: &App, deed: &Deed, form: ErrandId) -> Result<(), Problem> {
    let (token, at) = (Token::from_cookie(&deed.cookie), (deed.journal, deed.item));
    let places = app.municipalities.clone();
    match deed.kind {
        Kind::Cancel => {
            let said = calendar::Form { visit: at.1, also: Vec::new(), note: String::new() };
            let errand = move |tx: &Tx<'_>, who: &SignedIn| calendar::cancel(tx, &places, who, at.0, &said);
            app.write_as(&token, ("cancel", form), |_| Ok(()), errand).await.map(drop)
        }
        Kind::Write => {
            let errand = move |tx: &Tx<'_>, who: &SignedIn| messages::send(tx, &places, who, at);
            app.write_as(&token, ("send", form), |_| Ok(()), errand).await.map(drop)
        }
        Kind::Apply => aids::send(app, (&token, ("apply", form)), at, |_| Ok(())).await.map(drop),
    }
}

/// The portal, its record system, and people with something to do.
pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) partner: Partner,
    people: u16,
    deeds: Vec<Deed>,
}

impl World {
    pub(crate) async fn on(store: TestStore) -> Self {
        let portal = Portal::with(store, &settings());
        let partner = Partner::start(&portal.app.clock).await;
        Self { portal, partner, people: 0, deeds: Vec::new() }
    }

    pub(crate) fn form(&self) -> ErrandId {
        self.portal.app.store.errand_id(self.portal.now()).unwrap()
    }

    /// What the record system was told before is looked at no more: a new one takes its place.
    pub(crate) async fn begin_anew(&mut self) {
        self.partner = Partner::start(&self.portal.app.clock).await;
        self.deeds.clear();
    }

    /// Somebody with a visit to call off, a message and an application to send.
    pub(crate) async fn somebody(&mut self) -> [Deed; 3] {
        self.people += 1;
        let who = self.portal.person(self.people, "Inger", "1944-05-12").await;
        let day = days_after(copenhagen_date(self.portal.now()), 60);
        let told = bundle("transaction", "2026-11-01T10:00:00Z", &[patient(&who), visit(&who, day)]);
        self.portal.deliver(&told).await;
        let journal = self.portal.journal_of(&who.cpr, helsingor()).await.unwrap();
        let cookie = format!("cookie-{}-{}", self.people, self.form());
        self.portal.with_cookie(&cookie, &who, (Role::Citizen, Some(helsingor()))).await;
        let token = Token::from_cookie(&cookie);
        let items = [
            (Kind::Cancel, self.visit(&token, journal, day).await),
            (Kind::Write, self.message(&token, journal).await),
            (Kind::Apply, self.application(&token, journal).await),
        ];
        let cpr = who.cpr.expose().to_owned();
        let deed = |(kind, item)| Deed {
            kind,
            cookie: cookie.clone(),
            journal,
            item,
            form: self.form(),
            cpr: cpr.clone(),
        };
        let deeds = items.map(deed);
        self.deeds.extend(deeds.clone());
        deeds
    }

    async fn visit(&self, token: &Token, journal: JournalId, day: Date) -> ItemId {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &Tx<'_>, who: &SignedIn| {
            calendar::days(tx, &places, who, journal, (day, day, calendar::Part::All))
                .map(|(_, days)| days.rows[0].id)
        };
        self.portal.app.read_as(token, read).await.unwrap()
    }

    async fn message(&self, token: &Token, journal: JournalId) -> ItemId {
        let places = self.portal.app.municipalities.clone();
        let write = move |tx: &Tx<'_>, who: &SignedIn| {
            let department = Some("nursing".to_owned());
            let wish = Wish { kind: MessageKind::Question, department, about: Vec::new(), answers: None };
            let id = drafts::begin(tx, &places, who, journal, &wish)?;
            drafts::write(tx, &places, who, (journal, id), ("", "Kommer I i dag?"))?;
            Ok(id)
        };
        self.portal.app.write_as(token, ("write", self.form()), |_| Ok(()), write).await.unwrap()
    }

    async fn application(&self, token: &Token, journal: JournalId) -> ItemId {
        let places = self.portal.app.municipalities.clone();
        let fill = move |tx: &Tx<'_>, who: &SignedIn| {
            let id = aids::begin(tx, &places, who, journal, "stockings")?;
            let need = "Benene hæver op".to_owned();
            let why = Why { lasting: Lasting::Yes, need, aims: vec![Aim::Everyday] };
            aids::save_why(tx, &places, who, (journal, id), &why)?;
            let supplier = Supplier::Municipality;
            let answers = Answers { occasion: Occasion::First, answers: BTreeMap::new(), supplier };
            aids::save_answers(tx, &places, who, (journal, id), &answers)?;
            aids::see_files(tx, &places, who, (journal, id))?;
            Ok(id)
        };
        self.portal.app.write_as(token, ("fill", self.form()), |_| Ok(()), fill).await.unwrap()
    }

    /// The record system is well again, and everything is told that waits, also by nodes that died.
    pub(crate) async fn settle(&self) {
        let way = way(&self.partner.has(Trouble::None).await, 20_000);
        let app = &self.portal.app;
        for _ in 0..100 {
            while send_due(app, &way).await.unwrap() > 0 {}
            if queue(app).await.unwrap().waiting == 0 {
                return;
            }
            self.portal.minutes_later(30);
        }
        panic!("something waits for ever");
    }

    /// Every deed was told, and nothing twice. Returns how many there were, and how often they were sent.
    pub(crate) fn each_was_told_once(&self) -> (usize, u32) {
        let received = self.partner.books.received();
        let of = |task: &Value| {
            let text = |place: &str| task.pointer(place).and_then(Value::as_str).unwrap().to_owned();
            (text("/for/identifier/value"), text("/code/coding/0/code"))
        };
        let mut told: Vec<(String, String)> = received.iter().map(|one| of(&one.task)).collect();
        let mut done: Vec<(String, String)> =
            self.deeds.iter().map(|deed| (deed.cpr.clone(), deed.kind.code().to_owned())).collect();
        told.sort_unstable();
        done.sort_unstable();
        assert_eq!(told, done, "what is done is told, and once");
        let sent = received.iter().map(|one| self.partner.books.times_sent(&one.id)).sum();
        (done.len(), sent)
    }
}

/// A visit that can be called off.
fn visit(who: &Somebody, day: Date) -> Value {
    json!({
        "resourceType": "Appointment", "id": format!("v-{}", name_of(who)), "status": "booked",
        "start": format!("{day}T09:00:00Z"), "end": format!("{day}T09:30:00Z"),
        "serviceType": [{ "coding": [{ "system": VISIT_TYPE, "code": "cleaning" }] }],
        "participant": [{ "actor": { "reference": format!("Patient/{}", name_of(who)) }, "status": "accepted" }],
    })
}
