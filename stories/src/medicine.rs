//! A medicine service beside the portal, registered there with a key of its own, and people who use it.

use crate::browser::{Browser, Page};
use crate::cast::{EVERYBODY, Person};
use crate::html;
use crate::world::World;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_identity::jws::SigningKey;
use borgerportal_service::system_clients::register_with;
use borgerportal_simulators::medicine::{self, MedicineConfig, Patient};
use borgerportal_simulators::{Fault, Orders, Running};
use borgerportal_store::system_clients::Client;
use ring::rand::SystemRandom;
use serde_json::json;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What the vendor's map calls it.
pub const MEDICINE: &str = "fmk";

/// The service, with a browser in it.
pub struct Medicine {
    running: Running,
    browser: Browser,
}

impl World {
    /// The service with everybody in it, registered for this municipality with these scopes.
    pub async fn medicine_service(&self, municipality: &str, scopes: &str) -> Medicine {
        let key = SigningKey::generate("m1", &SystemRandom::new()).unwrap();
        let client = Client {
            id: MEDICINE.to_owned(),
            municipality: MunicipalityCode::parse(municipality).unwrap(),
            jwks: json!({ "keys": [key.public_jwk()] }).to_string(),
            scopes: Some(scopes.to_owned()),
        };
        register_with(&self.app, client).await.unwrap();
        let hands = self.app.clock.clone();
        let config = MedicineConfig {
            people: EVERYBODY.iter().map(|one| Patient { cpr: one.cpr(), name: one.name() }).collect(),
            client_id: MEDICINE.to_owned(),
            key,
            portal: self.base().clone(),
            clock: Arc::new(move || hands.now()),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Medicine { running: medicine::serve(listener, config).unwrap(), browser: self.browser() }
    }
}

impl Medicine {
    fn at(&self, me: &Person, rest: &str) -> String {
        format!("{}/{}{rest}", self.running.base(), place(me))
    }

    /// The names of those whose card this person may open, with how.
    pub async fn cards(&self, me: &Person) -> Vec<String> {
        let page = self.browser.get(&self.at(me, "")).await;
        assert_eq!(page.status, 200, "{}", page.words());
        let html = page.html();
        html::all(&html, "a").filter(|link| link.has_class("person")).map(|link| link.words()).collect()
    }

    /// Opens somebody's card.
    pub async fn open(&self, me: &Person, card: &Person) -> Page {
        self.browser.get(&self.at(me, &format!("/{}", place(card)))).await
    }

    /// Asks for a prescription, by the address of the form: whoever may only read tries it, too.
    pub async fn ask_for_prescription(&self, me: &Person, card: &Person) -> Page {
        self.browser.post_from(&self.at(me, &format!("/{}/recept", place(card))), &[], &[]).await
    }

    /// From now on the service misbehaves like this.
    pub async fn does(&self, world: &World, faults: &[Fault]) {
        world.order(&self.running, &Orders::of(faults)).await;
    }
}

/// People stand in its addresses by their place.
fn place(person: &Person) -> usize {
    EVERYBODY.iter().position(|one| one == person).unwrap() + 1
}
