//! Files delivered on their own. Each is kept as a thing of its sender, newest version first, and waits sealed under
//! the municipality's key; when a document names it, before or after, it is sealed again under that journal's key
//! and the document is put together anew. Whatever order they come in, the end is the same. Files that no document
//! names are swept at a second look.

use super::apply::Work;
use super::{Sender, documents, words};
use crate::app::App;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_fhir::delivery::{Binary, Delivery, DeliveryKind};
use borgerportal_fhir::gate::sniff;
use borgerportal_fhir::order::{Outcome, Rank, VersionStamp, newer};
use borgerportal_store::binaries::{self as store, Content, KIND, Wanted};
use borgerportal_store::record::{self, Known, Source};
use borgerportal_store::record_parts;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A file that nobody's document has named for so long is forgotten.
const UNNAMED_DAYS: i64 = 1;
/// Contents removed in one go.
const SWEPT_AT_ONCE: i64 = 100;

/// Puts the files that stand on their own where files lie, sealed; returns where, in order.
pub(super) async fn put(app: &App, sender: &Sender, delivery: &Delivery) -> Result<Vec<String>, Problem> {
    let mut addresses = Vec::new();
    for binary in &delivery.binaries {
        let (place, content, nonce) = (sender.municipality, binary.file.bytes.clone(), app.random()?);
        let (address, sealed) =
            app.read(move |tx| Ok(store::waiting_room(tx, place)?.seal_file(nonce, &content)?)).await?;
        app.files.put(&address, sealed).await.map_err(|_| Problem::Away("files"))?;
        addresses.push(address);
    }
    Ok(addresses)
}

/// Remembers a file that stands on its own, if it is newer than what is known of it.
pub(super) fn keep(work: &Work<'_>, binary: &Binary, address: &str) -> Result<(), Problem> {
    let (municipality, source) = (work.sender.municipality, work.source(&binary.source));
    let known = record::known(work.tx, municipality, source)?;
    let mut version = 1;
    let mut item = ItemId::from_uuid(work.tx.mint());
    if let Some(known) = &known {
        let rank = Rank::from_number(known.rank).ok_or(Problem::Away("record"))?;
        let stamp = VersionStamp { version: known.at, rank, hash: known.content_hash };
        version = match newer(&stamp, &binary.stamp) {
            Outcome::KeepExisting => return Ok(()),
            Outcome::Same => known.version,
            Outcome::Replace => known.version + 1,
        };
        item = known.item;
    }
    let now = Known {
        citizen: PersonId::from_bytes([0; 16]),
        item,
        at: binary.stamp.version,
        rank: binary.stamp.rank.number(),
        content_hash: binary.stamp.hash,
        version,
        received_at: known.as_ref().map_or(work.tx.now(), |known| known.received_at),
    };
    record::remember(work.tx, municipality, source, &now)?;
    if known.is_some_and(|known| known.version == version) {
        return Ok(());
    }
    let content = Content {
        version,
        address: address.to_owned(),
        media_type: binary.file.kind.content_type().to_owned(),
        size: i64::try_from(binary.file.bytes.len()).unwrap_or(i64::MAX),
        words: String::new(),
    };
    store::put(work.tx, &store::waiting_room(work.tx, municipality)?, source, &content)?;
    // Documents that had an older version do not show it any more.
    work.repeat(source, false)
}

/// Brings together the files and documents of a delivery with those that came before: every journal whose
/// documents name one of these files gets it.
pub(super) async fn settle(app: &App, sender: &Sender, delivery: &Delivery) -> Result<(), Problem> {
    let items = delivery.citizens.iter().flat_map(|citizen| &citizen.items);
    let named = items.flat_map(|item| item.binaries.iter().map(|(_, id)| id.as_str()));
    let ids: BTreeSet<&str> =
        named.chain(delivery.binaries.iter().map(|one| one.source.id.as_str())).collect();
    for id in ids {
        let (whose, name) = (sender.clone(), id.to_owned());
        let wanted = app
            .read(move |tx| {
                let source = Source { sender: &whose.id, kind: KIND, id: &name };
                Ok(store::wanted(tx, whose.municipality, source)?)
            })
            .await?;
        if let Some(wanted) = wanted {
            for citizen in wanted.to.clone() {
                hand_over(app, sender, (id, &wanted), citizen).await?;
            }
        }
    }
    Ok(())
}

/// Seals a file again for one journal and shows it in the documents that name it.
async fn hand_over(
    app: &App,
    sender: &Sender,
    (id, wanted): (&str, &Wanted),
    citizen: PersonId,
) -> Result<(), Problem> {
    let sealed = app.files.get(&wanted.content.address).await.map_err(|_| Problem::Away("files"))?;
    let (place, from, nonce) = (sender.municipality, wanted.from, app.random()?);
    let (address, sealed, plain) = app
        .read(move |tx| {
            let nobody = from == PersonId::from_bytes([0; 16]);
            let source = if nobody { None } else { record::open_known(tx, place, from)? };
            let source = source.map_or_else(|| store::waiting_room(tx, place), Ok)?;
            let target = record::open_known(tx, place, citizen)?.ok_or(Problem::NotFound)?;
            let plain = source.open_file(&sealed)?;
            let (address, sealed) = target.seal_file(nonce, &plain)?;
            Ok((address, sealed, plain))
        })
        .await?;
    app.files.put(&address, sealed).await.map_err(|_| Problem::Away("files"))?;
    let kind = sniff(&plain).map_err(|_| Problem::Away("files"))?;
    let content = Content { address, words: words(app, kind, &plain).await, ..wanted.content.clone() };
    let (sender, id, places) = (sender.clone(), id.to_owned(), Arc::clone(&app.municipalities));
    app.write(move |tx| {
        let source = Source { sender: &sender.id, kind: KIND, id: &id };
        let newest = record::known(tx, sender.municipality, source)?;
        let journal = record::open_known(tx, sender.municipality, citizen)?;
        // Something newer has come meanwhile: whoever brought it hands it over.
        let (Some(known), Some(journal)) = (newest, journal) else { return Ok(()) };
        if known.version == content.version && known.rank < Rank::Withdrawn.number() {
            store::put(tx, &journal, source, &content)?;
            refresh_all(tx, &places, &sender, source)?;
        }
        Ok(())
    })
    .await
}

/// Puts the documents that name a file together anew.
fn refresh_all(
    tx: &borgerportal_store::tx::Tx<'_>,
    places: &Municipalities,
    sender: &Sender,
    source: Source<'_>,
) -> Result<(), Problem> {
    let nothing = Delivery {
        kind: DeliveryKind::Report,
        identifier: None,
        citizens: Vec::new(),
        binaries: Vec::new(),
        deletions: Vec::new(),
        renames: Vec::new(),
        fates: Vec::new(),
    };
    let (files, fresh) = (BTreeMap::new(), [0; 32]);
    let work = Work { tx, sender, delivery: &nothing, files: &files, binaries: &[], fresh: &fresh, places };
    for (kind, id) in record_parts::documents_with(tx, sender.municipality, source)? {
        documents::refresh(&work, Source { sender: source.sender, kind: &kind, id: &id }, false)?;
    }
    Ok(())
}

/// Forgets files that no document names, at a second look a day later, and then their contents, after another.
/// Returns how many rows and contents changed.
pub async fn sweep(app: &App) -> Result<u64, Problem> {
    let mut changed = app.write(|tx| Ok(store::look(tx, tx.now().plus_days(-UNNAMED_DAYS))?)).await?;
    let free =
        app.write(|tx| Ok(store::unnamed(tx, tx.now().plus_days(-UNNAMED_DAYS), SWEPT_AT_ONCE)?)).await?;
    for address in free {
        app.files.remove(&address).await.map_err(|_| Problem::Away("files"))?;
        let gone = Arc::<str>::from(address);
        app.write(move |tx| Ok(store::swept(tx, &gone)?)).await?;
        changed += 1;
    }
    Ok(changed)
}
