//! A portal with a catalogue, a record of loans, and the errands of a page.

use crate::common::{NOW, OPEN, Portal, Somebody, Visitor, bundle, helsingor, patient, told};
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::aids::{Aim, Answers, AskKind, Lasting, Occasion, Supplier, Why};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_fhir::aids::{DELIVERY_STEP, HMI};
use borgerportal_fhir::outgoing::OUTGOING;
use borgerportal_service::Problem;
use borgerportal_service::aids::{self, Application, Lent, Overview};
use borgerportal_service::sessions::SignedIn;
use borgerportal_store::outgoing;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) const CATALOGUE: &str = "[[aids.kind]]\ncode = \"stockings\"\nname_da = \"Kompressionsstrømper\"\n\
     name_en = \"Compression stockings\"\npapers = \"never\"\nanswer_weeks = 6\nrepeat_weeks = 3\n\
     question = [{ code = \"legs\", da = \"Hvilke ben?\", en = \"Which legs?\", option = [\
     { code = \"left\", da = \"Venstre\", en = \"Left\" }, { code = \"both\", da = \"Begge\", en = \"Both\" }] }]\n";

pub(crate) struct World {
    pub(crate) portal: Portal,
    pub(crate) inger: Somebody,
    pub(crate) journal: JournalId,
}

impl World {
    pub(crate) async fn on(store: TestStore) -> Self {
        Self::with(store, CATALOGUE).await
    }

    pub(crate) async fn with(store: TestStore, aids: &str) -> Self {
        let portal = Portal::with(store, &format!("{OPEN}{aids}"));
        let inger = portal.person(1, "Inger", "1944-05-12").await;
        portal.deliver(&bundle("transaction", "2026-11-02T10:00:00+01:00", &record(&inger))).await;
        let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
        Self { portal, inger, journal }
    }

    pub(crate) async fn citizen(&self) -> Visitor {
        self.portal.as_citizen(&self.inger).await
    }

    /// A daughter who may do all this.
    pub(crate) async fn helper(&self, privileges: &[Privilege]) -> Visitor {
        let mette = self.portal.person(2, "Mette", "1974-01-01").await;
        let set: PrivilegeSet = privileges.iter().copied().collect();
        self.portal
            .mandate_with(&self.inger, &mette, |mandate| mandate.items = vec![crate::common::item(set)])
            .await;
        self.portal.as_relative(&mette).await
    }

    pub(crate) async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        who: &Visitor,
        errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Result<T, Problem> {
        let id = self.portal.app.store.errand_id(NOW).unwrap();
        self.portal.app.write_as(&who.token, ("test", id), |_| Ok(()), errand).await
    }

    pub(crate) async fn overview(&self, who: &Visitor) -> Result<Overview, String> {
        let (places, journal) = (self.portal.app.municipalities.clone(), self.journal);
        let read = move |tx: &Tx<'_>, who: &SignedIn| {
            aids::overview(tx, &places, who, journal).map(|(_, overview)| overview)
        };
        self.portal.app.read_as(&who.token, read).await.map_err(|problem| told(&problem))
    }

    pub(crate) async fn application(&self, who: &Visitor, id: ItemId) -> Application {
        let all = self.overview(who).await.unwrap().applications;
        all.into_iter().find(|one| one.id == id).unwrap()
    }

    pub(crate) async fn begin(&self, who: &Visitor, kind: &'static str) -> Result<ItemId, String> {
        let (places, journal) = (self.portal.app.municipalities.clone(), self.journal);
        let begin = move |tx: &Tx<'_>, who: &SignedIn| aids::begin(tx, &places, who, journal, kind);
        self.write(who, begin).await.map_err(|problem| told(&problem))
    }

    /// Answers everything.
    pub(crate) async fn fill(&self, who: &Visitor, id: ItemId, need: &'static str) -> Result<(), String> {
        let (places, journal) = (self.portal.app.municipalities.clone(), self.journal);
        let fill = move |tx: &Tx<'_>, who: &SignedIn| {
            let why = Why { lasting: Lasting::Yes, need: need.to_owned(), aims: vec![Aim::Everyday] };
            aids::save_why(tx, &places, who, (journal, id), &why)?;
            let answers = Answers {
                occasion: Occasion::First,
                answers: [("legs".to_owned(), "both".to_owned())].into(),
                supplier: Supplier::Municipality,
            };
            aids::save_answers(tx, &places, who, (journal, id), &answers)?;
            aids::see_files(tx, &places, who, (journal, id)).map(|_| ())
        };
        self.write(who, fill).await.map_err(|problem| told(&problem))
    }

    pub(crate) async fn send(&self, who: &Visitor, id: ItemId) -> Result<ItemId, String> {
        let errand = self.portal.app.store.errand_id(NOW).unwrap();
        let named = (&who.token, ("aids.send", errand));
        let sent = aids::send(&self.portal.app, named, (self.journal, id), |_| Ok(())).await;
        sent.map(|sent| sent.application).map_err(|problem| told(&problem))
    }

    pub(crate) async fn withdraw(&self, who: &Visitor, id: ItemId) -> Result<(), String> {
        let (places, journal) = (self.portal.app.municipalities.clone(), self.journal);
        let withdraw = move |tx: &Tx<'_>, who: &SignedIn| aids::withdraw(tx, &places, who, (journal, id));
        self.write(who, withdraw).await.map_err(|problem| told(&problem))
    }

    pub(crate) async fn ask(
        &self,
        who: &Visitor,
        item: ItemId,
        kind: AskKind,
        note: &'static str,
    ) -> Result<(), String> {
        let (places, journal) = (self.portal.app.municipalities.clone(), self.journal);
        let ask =
            move |tx: &Tx<'_>, who: &SignedIn| aids::ask(tx, &places, who, (journal, item), (kind, note));
        self.write(who, ask).await.map_err(|problem| told(&problem))
    }

    pub(crate) async fn loan(&self, who: &Visitor, title: &str) -> Lent {
        let loans = self.overview(who).await.unwrap().loans;
        loans.into_iter().find(|lent| lent.loan.title() == title).unwrap()
    }

    /// What waits to be told, as FHIR; taken by nobody.
    pub(crate) async fn told(&self) -> Vec<(OutgoingId, Value)> {
        self.portal
            .read(|tx| {
                let waiting = outgoing::list(tx, borgerportal_domain::outgoing::State::Waiting, 100)?;
                let open = |one: outgoing::Listed| {
                    let message = outgoing::load(tx, one.id)?.unwrap();
                    let (resource, _) = message.resource.unwrap();
                    Ok((one.id, serde_json::from_slice(&resource).unwrap()))
                };
                waiting.into_iter().map(open).collect()
            })
            .await
    }

    /// The record system answers by its FHIR door.
    pub(crate) async fn answer(&self, id: OutgoingId, status: &str, at: &str) {
        let task = json!({
            "resourceType": "Task", "id": format!("t-{id}"), "status": status, "intent": "order",
            "identifier": [{ "system": OUTGOING, "value": id.to_string() }], "lastModified": at,
            "for": { "reference": format!("Patient/{}", crate::common::name_of(&self.inger)) },
        });
        self.portal.deliver(&bundle("transaction", at, &[patient(&self.inger), task])).await;
    }
}

/// A rollator that is there, a bed that is back-ordered, and stockings that were granted.
fn record(who: &Somebody) -> Vec<Value> {
    let whose = json!({ "reference": format!("Patient/{}", crate::common::name_of(who)) });
    let device = |id: &str, name: &str| {
        json!({ "resourceType": "Device", "id": id, "patient": whose, "serialNumber": format!("nr-{id}"),
            "identifier": [{ "system": HMI, "value": "34512" }], "deviceName": [{ "name": name }] })
    };
    let lent = |id: &str, status: &str| {
        json!({ "resourceType": "DeviceUseStatement", "id": format!("{id}-loan"), "subject": whose, "status": status,
            "timingPeriod": { "start": "2026-09-01" }, "device": { "reference": format!("Device/{id}") } })
    };
    let comes = |id: &str, number: u8, step: &str| {
        json!({ "resourceType": "SupplyDelivery", "id": format!("{id}-{number}"), "patient": whose,
            "status": "in-progress", "type": { "coding": [{ "system": DELIVERY_STEP, "code": step }] },
            "suppliedItem": { "itemReference": { "reference": format!("Device/{id}") } },
            "occurrenceDateTime": format!("2026-10-0{number}") })
    };
    let granted = json!({ "resourceType": "CarePlan", "id": "granted", "subject": whose, "status": "active",
        "intent": "plan", "period": { "start": "2026-01-01" },
        "activity": [{ "detail": { "status": "in-progress", "code": { "text": "Fodindlæg", "coding": [{
            "system": "urn:oid:1.2.208.176.2.21", "code": "6b6bbece-97df-4d9e-8cfe-6b16354ed685" }] } } }] });
    vec![
        patient(who),
        device("walker", "Rollator"),
        lent("walker", "active"),
        device("bed", "Plejeseng"),
        lent("bed", "intended"),
        comes("bed", 1, "ordered"),
        comes("bed", 2, "back_order"),
        granted,
    ]
}
