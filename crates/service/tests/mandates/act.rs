//! What people do in these tests, in one line each. Everybody acts in a session of their own, freshly logged in.

use crate::common::*;
use borgerportal_domain::ids::{MandateId, PackageVersionId, RequestId};
use borgerportal_domain::mandates::{DraftKind, Named};
use borgerportal_domain::notices::State;
use borgerportal_domain::time::{Date, copenhagen_date, days_after};
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::mandates::import::{self, File};
use borgerportal_service::mandates::paper::Paper;
use borgerportal_service::mandates::requests::{self, Yes};
use borgerportal_service::mandates::{
    Overview, Receipt, Signed, ask, drafts, give, overview, packages, renew, stop,
};
use borgerportal_service::sessions::SignedIn;
use borgerportal_store::notices;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const READ: &str = "kl.social-og-sundhedsportal.laese";
pub(crate) const ACT: &str = "kl.social-og-sundhedsportal.handle";
pub(crate) const CALENDAR: &str = "kl.kalender.laese";
pub(crate) const CONTACT: &str = "kl.hjaelpemidler.kontakt";
pub(crate) const ADULTS: &str = "kl.social-stoette.kontakt";

/// The demo's own files.
pub(crate) const FILES: [&str; 3] = [
    include_str!("../../../borgerportal/src/demo/packages/catalogue.csv"),
    include_str!("../../../borgerportal/src/demo/packages/activations.csv"),
    include_str!("../../../borgerportal/src/demo/packages/map.csv"),
];

impl Portal {
    /// A portal with the catalogue of the demo.
    pub(crate) async fn with_packages(store: TestStore) -> Self {
        Self::with_packages_and(store, OPEN).await
    }

    /// The same, and Helsingør with these settings.
    pub(crate) async fn with_packages_and(store: TestStore, settings: &str) -> Self {
        let portal = Self::with(store, settings);
        for text in FILES {
            portal.import(text).await;
        }
        portal
    }

    pub(crate) async fn import(&self, text: &str) -> import::Diff {
        self.try_import(text, false).await.unwrap()
    }

    pub(crate) async fn try_import(
        &self,
        text: &str,
        dry_run: bool,
    ) -> Result<import::Diff, (usize, String)> {
        let file = File::read(text).unwrap();
        self.app.write(move |tx| import::import(tx, &file, dry_run)).await.unwrap()
    }

    /// Somebody asks by letter, for ninety days; the letter of three pages is on its way.
    pub(crate) async fn letter(&self, asks: &Somebody, whom: Named, codes: &[&str]) -> Asked {
        let sent = self.as_citizen(asks).await.ask_by(whom, codes, self.day(90), true).await.unwrap();
        let print = |tx: &Tx<'_>| {
            let letter = &notices::list(tx, State::LetterQueued, 9)?[0];
            let message = notices::load(tx, letter.id)?.unwrap();
            notices::keep_letter(tx, letter.id, &message.code, 3, &[1; 32])?;
            let titles = message.says.items.into_iter().map(|right| right.title).collect::<Vec<_>>();
            Ok::<_, Problem>((message.code, titles))
        };
        let (code, boxes) = self.app.write(print).await.unwrap();
        Asked { request: sent.request, code, boxes }
    }

    /// Everything that was put in the outbox for somebody, as `kind → first name`, sorted. What was put for nobody
    /// is counted in the number.
    pub(crate) async fn told_to(&self) -> (Vec<String>, usize) {
        self.read(|tx| {
            let mut told = Vec::new();
            let mut nobody = 0;
            for state in [State::Queued, State::LetterQueued] {
                for listed in notices::list(tx, state, 1000)? {
                    let message = notices::load(tx, listed.id)?.unwrap();
                    match message.recipient {
                        Some(person) => told.push(format!("{} → {}", message.kind.code(), person.name.given)),
                        None => nobody += 1,
                    }
                }
            }
            told.sort();
            Ok((told, nobody))
        })
        .await
    }

    pub(crate) fn today(&self) -> Date {
        copenhagen_date(self.now())
    }

    /// The day so many days from today.
    pub(crate) fn day(&self, days: i64) -> Date {
        days_after(self.today(), days)
    }

    pub(crate) fn days_later(&self, days: i64) {
        self.minutes_later(days * 24 * 60);
    }
}

/// A letter of three pages that asks.
pub(crate) struct Asked {
    pub(crate) request: RequestId,
    pub(crate) code: String,
    /// The titles as the letter lists them.
    pub(crate) boxes: Vec<String>,
}

/// A paper of so many pages as a desk receives it.
pub(crate) fn scan(pages: u16) -> Paper {
    Paper {
        scan: [9; 32],
        pages,
        received_on: Date::constant(2026, 11, 3),
        registrar: "Skranke 3".to_owned(),
    }
}

/// The other, named as the registers have them.
pub(crate) fn named(who: &Somebody) -> Named {
    Named::read(&who.name.full(), who.cpr.expose(), "").unwrap()
}

impl Visitor {
    /// A write of this person; what went wrong in one word.
    pub(crate) async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
    ) -> Result<T, String> {
        let id = self.portal.app.store.errand_id(self.portal.now()).unwrap();
        self.portal
            .app
            .write_as(&self.token, ("test", id), |_| Ok(()), errand)
            .await
            .map_err(|problem| told(&problem))
    }

    pub(crate) async fn look<T: Send + 'static>(
        &self,
        errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static,
    ) -> Result<T, String> {
        self.portal.app.read_as(&self.token, errand).await.map_err(|problem| told(&problem))
    }

    /// Versions offered today, by code.
    pub(crate) async fn versions(&self) -> BTreeMap<String, PackageVersionId> {
        let areas = self.look(|tx, who| packages::choices(tx, who, Lang::Da)).await.unwrap();
        let chosen: BTreeSet<PackageVersionId> =
            areas.iter().flat_map(|area| &area.choices).map(|choice| choice.right.version).collect();
        let all =
            self.look(|tx, _| Ok(borgerportal_store::mandates::packages::catalogue(tx)?)).await.unwrap();
        let offered = all.into_iter().filter(|entry| chosen.contains(&entry.version));
        offered.map(|entry| (entry.code, entry.version)).collect()
    }

    pub(crate) async fn chosen(&self, codes: &[&str]) -> BTreeSet<PackageVersionId> {
        let versions = self.versions().await;
        codes.iter().map(|code| versions[*code]).collect()
    }

    /// Answers every question of a draft.
    pub(crate) async fn draft(
        &self,
        kind: DraftKind,
        named: Named,
        (codes, last_day): (&[&str], Date),
        by_letter: bool,
    ) -> Result<borgerportal_domain::ids::DraftId, String> {
        let chosen = self.chosen(codes).await;
        self.write(move |tx, who| {
            let id = drafts::start(tx, who, kind)?;
            drafts::save_person(tx, who, id, &named)?;
            drafts::save_packages(tx, who, id, &chosen)?;
            drafts::save_period(tx, who, id, last_day)?;
            if kind == DraftKind::Ask {
                drafts::save_sending(tx, who, id, by_letter)?;
            }
            Ok(id)
        })
        .await
    }

    pub(crate) async fn ask(&self, named: Named, codes: &[&str], last_day: Date) -> Result<Receipt, String> {
        self.ask_by(named, codes, last_day, false).await
    }

    /// By letter, or as the portal tells it.
    pub(crate) async fn ask_by(
        &self,
        named: Named,
        codes: &[&str],
        last_day: Date,
        by_letter: bool,
    ) -> Result<Receipt, String> {
        let draft = self.draft(DraftKind::Ask, named, (codes, last_day), by_letter).await?;
        let shown = self.look(move |tx, who| ask::preview(tx, who, draft, Lang::Da)).await?.hash;
        self.write(move |tx, who| ask::send(tx, who, draft, &shown, Lang::Da)).await
    }

    pub(crate) async fn give(&self, named: Named, codes: &[&str], last_day: Date) -> Result<Signed, String> {
        let draft = self.draft(DraftKind::Give, named, (codes, last_day), false).await?;
        let shown = self.look(move |tx, who| give::preview(tx, who, draft, Lang::Da)).await?.hash;
        self.write(move |tx, who| give::sign(tx, who, draft, &shown, Lang::Da)).await
    }

    /// Yes to these of what was asked for.
    pub(crate) async fn approve(
        &self,
        request: RequestId,
        codes: &[&str],
        last_day: Date,
    ) -> Result<Signed, String> {
        let yes = Yes { versions: self.chosen(codes).await, last_day };
        let same = yes.clone();
        let shown =
            self.look(move |tx, who| requests::preview(tx, who, request, &same, Lang::Da)).await?.hash;
        self.write(move |tx, who| requests::approve(tx, who, request, &yes, (&shown, Lang::Da))).await
    }

    pub(crate) async fn decline(&self, request: RequestId) -> Result<(), String> {
        self.write(move |tx, who| requests::decline(tx, who, request)).await
    }

    pub(crate) async fn take_back(&self, request: RequestId) -> Result<(), String> {
        self.write(move |tx, who| ask::withdraw(tx, who, request)).await
    }

    pub(crate) async fn stop(
        &self,
        mandate: MandateId,
        right: Option<PackageVersionId>,
    ) -> Result<bool, String> {
        self.write(move |tx, who| stop(tx, who, mandate, right)).await.map(|stopped| stopped.all)
    }

    pub(crate) async fn renew(&self, mandate: MandateId, last_day: Date) -> Result<Signed, String> {
        let shown =
            self.look(move |tx, who| renew::preview(tx, who, mandate, last_day, Lang::Da)).await?.hash;
        self.write(move |tx, who| renew::sign(tx, who, mandate, last_day, (&shown, Lang::Da))).await
    }

    pub(crate) async fn overview(&self) -> Overview {
        self.look(|tx, who| overview(tx, who, Lang::Da, 0)).await.unwrap()
    }
}
