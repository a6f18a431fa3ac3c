//! Files that go with a message: judged by their bytes, kept with the draft, handed over when it is sent.

use crate::common::*;
use crate::world::{to_nurses, world};
use async_trait::async_trait;
use borgerportal_both::both;
use borgerportal_domain::attachments::FILES;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_partners::virus::{Verdict, VirusScanner};
use borgerportal_partners::{Absence, Partner, PartnerError};
use borgerportal_service::attachments::{self, Owner, Upload};
use borgerportal_service::messages::{self, drafts};
use borgerportal_service::{App, Parts, Problem};
use borgerportal_store::testing::TestStore;
use std::sync::Arc;

const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a photo by its first bytes";

impl Visitor {
    async fn encloses(
        &self,
        journal: JournalId,
        id: ItemId,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), Problem> {
        self.encloses_in(&self.portal.app, journal, id, (name, bytes)).await
    }

    async fn encloses_in(
        &self,
        app: &App,
        journal: JournalId,
        id: ItemId,
        (name, bytes): (&str, &[u8]),
    ) -> Result<(), Problem> {
        let owner = Owner { journal, item: id, ask: drafts::own };
        let upload = Upload { name: name.to_owned(), bytes: bytes.to_vec() };
        let errand = app.store.errand_id(app.clock.now()).unwrap();
        attachments::add(app, (&self.token, ("file", errand)), owner, upload, |_| Ok(())).await
    }
}

#[both]
async fn a_file_goes_with_the_message_and_is_opened_by_who_may_read_it(store: TestStore) {
    let it = world(store).await;
    let (inger, mette) = (it.portal.as_citizen(&it.inger).await, it.portal.as_relative(&it.mette).await);
    let id = inger.ready(it.journal, "Se billedet").await;
    inger.encloses(it.journal, id, "C:\\fotos\\Sår.JPEG", JPEG).await.unwrap();
    inger.encloses(it.journal, id, "regning.pdf", PDF).await.unwrap();
    inger.send(it.journal, id).await.unwrap();
    let said = inger.thread(it.journal, id).await.unwrap().said.remove(0);
    assert_eq!(said.body.files, ["Sår.jpg", "regning.pdf"]);
    let file = messages::file(&it.portal.app, &mette.token, (it.journal, id), 0).await.unwrap();
    assert_eq!(
        (file.media_type.as_str(), file.name.as_str(), file.content.as_slice()),
        ("image/jpeg", "Sår", JPEG)
    );
    assert!(matches!(
        messages::file(&it.portal.app, &mette.token, (it.journal, id), 2).await,
        Err(Problem::NotFound)
    ));
    let rows = it.portal.store.rows();
    assert_eq!((rows["attachment"], rows["record_file"]), (0, 4), "the message has them, and the document");
}

#[both]
async fn what_is_no_pdf_jpeg_or_png_is_not_taken_whatever_its_name_says(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.begin(it.journal, to_nurses()).await.unwrap();
    for (bytes, code) in [
        (b"".as_slice(), "attachments.empty"),
        (b"MZ a program", "attachments.wrong_type"),
        (b"<html>", "attachments.wrong_type"),
        (b"PK\x03\x04 a document", "attachments.wrong_type"),
    ] {
        let no = inger.encloses(it.journal, id, "brev.pdf", bytes).await.unwrap_err();
        assert_eq!(told(&no), code);
    }
    let large = [PDF, &vec![b' '; 10 << 20]].concat();
    assert_eq!(
        told(&inger.encloses(it.journal, id, "stor.pdf", &large).await.unwrap_err()),
        "attachments.too_large"
    );
    for number in 0..FILES {
        inger.encloses(it.journal, id, &format!("{number}.pdf"), PDF).await.unwrap();
    }
    assert_eq!(
        told(&inger.encloses(it.journal, id, "en til.pdf", PDF).await.unwrap_err()),
        "attachments.too_many"
    );
}

#[both]
async fn a_file_that_is_taken_away_is_swept(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.begin(it.journal, to_nurses()).await.unwrap();
    inger.encloses(it.journal, id, "sår.jpg", JPEG).await.unwrap();
    let journal = it.journal;
    let remove = inger.does(None, move |tx, places, who| {
        let granted = drafts::own(tx, places, who, (journal, id))?;
        attachments::remove(tx, &granted, id, 0)
    });
    remove.await.unwrap();
    let rows = it.portal.store.rows();
    assert_eq!((rows["attachment"], rows["file_unnamed"]), (0, 1));
    it.portal.minutes_later(25 * 60);
    borgerportal_service::ingest::sweep(&it.portal.app).await.unwrap();
    assert_eq!(it.portal.store.rows()["file_unnamed"], 0, "its content is gone");
}

#[both]
async fn nobody_encloses_a_file_in_anothers_draft(store: TestStore) {
    let it = world(store).await;
    let (inger, mette) = (it.portal.as_citizen(&it.inger).await, it.portal.as_relative(&it.mette).await);
    let id = mette.ready(it.journal, "Mettes").await;
    assert_eq!(told(&inger.encloses(it.journal, id, "a.pdf", PDF).await.unwrap_err()), "not found");
    assert_eq!(it.portal.store.rows()["attachment"], 0);
}

/// A scanner that says this.
struct Says(Result<Verdict, PartnerError>);

#[async_trait]
impl VirusScanner for Says {
    async fn scan(&self, _: &[u8]) -> Result<Verdict, PartnerError> {
        self.0
    }
}

#[both]
async fn what_the_scanner_finds_or_cannot_see_is_not_taken(store: TestStore) {
    let it = world(store).await;
    let inger = it.portal.as_citizen(&it.inger).await;
    let id = inger.ready(it.journal, "Med fil").await;
    let away = PartnerError::Away { partner: Partner::VirusScanner, how: Absence::TimedOut };
    for (verdict, answer) in [
        (Ok(Verdict::Infected), "attachments.infected"),
        (Err(away), "attachments.not_scanned"),
        (Ok(Verdict::Clean), ""),
    ] {
        let old = &it.portal.app;
        let app = App::new(Parts {
            store: old.store.clone(),
            files: old.files.clone(),
            clock: old.clock.clone(),
            municipalities: old.municipalities.clone(),
            broker: old.broker.clone(),
            custody: old.custody.clone(),
            scanner: Arc::new(Says(verdict)),
            tokens: borgerportal_identity::system_clients::AccessTokens::new(&[[7; 32]]).unwrap(),
            token_audience: old.token_audience.clone(),
            limits: old.limits,
            retention: old.retention,
        });
        let taken = inger.encloses_in(&app, it.journal, id, ("a.pdf", PDF)).await;
        assert_eq!(taken.err().map(|no| told(&no)).unwrap_or_default(), answer);
    }
    assert_eq!(it.portal.store.rows()["attachment"], 1);
}
