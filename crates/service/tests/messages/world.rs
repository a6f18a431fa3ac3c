//! Inger with her journal, her daughter who may act, and a department that answers.

use crate::common::*;
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::{ErrandId, ItemId, JournalId};
use borgerportal_domain::messages::Kind;
use borgerportal_fhir::MESSAGE_CATEGORY;
use borgerportal_service::access::Granted;
use borgerportal_service::messages::drafts::{self, Wish};
use borgerportal_service::messages::{self, List, Opened, Sent};
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{Municipalities, Problem};
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Two departments, and everything published that has no label.
pub(crate) const DEPARTMENTS: &str = "[[department]]\ncode = \"nursing\"\nname_da = \"Hjemmesygeplejen\"\narea = \"nursing\"\n\
     answer_days = 2\n\n[[department]]\ncode = \"assessment\"\nname_da = \"Visitationen\"\n\n";

pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) inger: Somebody,
    pub(crate) mette: Somebody,
    pub(crate) journal: JournalId,
}

/// Mette may read and act for Inger.
pub(crate) async fn world(store: TestStore) -> World {
    let portal = Portal::with(store, &format!("{DEPARTMENTS}{OPEN}"));
    let inger = portal.person(1, "Inger", "1944-05-12").await;
    let mette = portal.person(2, "Mette", "1975-05-12").await;
    let journal = portal.journal(&inger, helsingor()).await;
    portal.mandate_with(&inger, &mette, |one| one.items = vec![item(PrivilegeSet::all())]).await;
    World { portal, inger, mette, journal }
}

/// Sofie, who is sixteen and in Inger's place, and her mother Rikke, of whom the register has been asked.
pub(crate) async fn young(store: TestStore) -> (World, Visitor, Visitor) {
    let portal = Portal::with(store, &format!("{DEPARTMENTS}{OPEN}"));
    let rikke = portal.person(1, "Rikke", "1980-05-12").await;
    let sofie = portal.person(2, "Sofie", "2010-05-12").await;
    let journal = portal.journal(&sofie, helsingor()).await;
    portal.register.custody(&rikke, &sofie);
    let (own, parent) = (portal.as_citizen(&sofie).await, portal.as_parent(&rikke).await);
    borgerportal_service::custody::ask_for(&portal.app, &parent.token).await.unwrap();
    (World { portal, inger: sofie, mette: rikke, journal }, own, parent)
}

impl Visitor {
    pub(crate) async fn does<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        id: Option<ErrandId>,
        errand: impl Fn(&Tx<'_>, &Municipalities, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Result<T, Problem> {
        let app = &self.portal.app;
        let places = app.municipalities.clone();
        let id = id.unwrap_or_else(|| app.store.errand_id(app.clock.now()).unwrap());
        let errand = move |tx: &Tx<'_>, who: &SignedIn| errand(tx, &places, who);
        app.write_as(&self.token, ("test", id), |_| Ok(()), errand).await
    }

    pub(crate) async fn sees<T: Send + 'static>(
        &self,
        errand: impl for<'t> Fn(&'t Tx<'_>, &Municipalities, &SignedIn) -> Result<(Granted<'t>, T), Problem>
        + Clone
        + Send
        + 'static,
    ) -> Result<T, Problem> {
        let places = self.portal.app.municipalities.clone();
        let read = move |tx: &Tx<'_>, who: &SignedIn| errand(tx, &places, who).map(|(_, found)| found);
        self.portal.app.read_as(&self.token, read).await
    }

    pub(crate) async fn begin(&self, journal: JournalId, wish: Wish) -> Result<ItemId, Problem> {
        self.does(None, move |tx, places, who| drafts::begin(tx, places, who, journal, &wish)).await
    }

    pub(crate) async fn write(
        &self,
        journal: JournalId,
        id: ItemId,
        text: &str,
    ) -> Result<Option<String>, Problem> {
        let text = text.to_owned();
        self.does(None, move |tx, places, who| drafts::write(tx, places, who, (journal, id), ("", &text)))
            .await
    }

    pub(crate) async fn send(&self, journal: JournalId, id: ItemId) -> Result<Sent, Problem> {
        self.does(None, move |tx, places, who| messages::send(tx, places, who, (journal, id))).await
    }

    /// A message to the nurses, ready to be sent.
    pub(crate) async fn ready(&self, journal: JournalId, text: &str) -> ItemId {
        let id = self.begin(journal, to_nurses()).await.unwrap();
        assert_eq!(self.write(journal, id, text).await.unwrap(), None);
        id
    }

    /// Writes and sends a message to the nurses.
    pub(crate) async fn says(&self, journal: JournalId, text: &str) -> ItemId {
        let id = self.ready(journal, text).await;
        self.send(journal, id).await.unwrap().message
    }

    /// Answers a message.
    pub(crate) async fn answers(&self, journal: JournalId, message: ItemId, text: &str) -> ItemId {
        let wish = Wish { answers: Some(message), department: None, ..to_nurses() };
        let id = self.begin(journal, wish).await.unwrap();
        self.write(journal, id, text).await.unwrap();
        self.send(journal, id).await.unwrap().message
    }

    pub(crate) async fn threads(&self, journal: JournalId) -> Result<List, Problem> {
        self.sees(move |tx, places, who| messages::list(tx, places, who, journal, 0)).await
    }

    pub(crate) async fn thread(&self, journal: JournalId, message: ItemId) -> Result<Opened, Problem> {
        self.sees(move |tx, places, who| messages::thread(tx, places, who, (journal, message))).await
    }

    /// The texts of a thread, oldest first, `*` before those that are new.
    pub(crate) async fn reads(&self, journal: JournalId, message: ItemId) -> Result<Vec<String>, String> {
        let opened = self.thread(journal, message).await.map_err(|problem| told(&problem))?;
        let both = opened.thread.messages.iter().zip(&opened.said);
        Ok(both.map(|(one, said)| format!("{}{}", if one.new { "*" } else { "" }, said.body.text)).collect())
    }
}

pub(crate) fn to_nurses() -> Wish {
    Wish { kind: Kind::Question, department: Some("nursing".to_owned()), about: Vec::new(), answers: None }
}

/// A message as a record system delivers it.
pub(crate) fn communication(who: &Somebody, id: &str, text: &str, more: &Value) -> Value {
    let mut one = json!({
        "resourceType": "Communication", "id": id, "status": "completed",
        "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": "question" }] }],
        "subject": { "reference": format!("Patient/{}", name_of(who)) },
        "sent": "2026-11-03T09:05:00Z",
        "sender": { "type": "Organization", "display": "Hjemmesygeplejen" },
        "topic": { "text": "Svar om såret" },
        "payload": [{ "contentString": text }],
    });
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    one
}

impl World {
    pub(crate) async fn delivers(&self, resource: Value) {
        self.portal
            .deliver(&bundle("transaction", "2026-11-03T09:00:00Z", &[patient(&self.inger), resource]))
            .await;
    }

    /// An answer to a message that was sent from here.
    pub(crate) async fn answered(&self, message: ItemId, id: &str, text: &str) {
        let name = borgerportal_fhir::messages::name(message);
        let more = json!({ "inResponseTo": [{ "reference": name }] });
        self.delivers(communication(&self.inger, id, text, &more)).await;
    }
}
