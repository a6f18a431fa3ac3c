//! One delivery, or a slice of it, applied in one transaction.

use super::{Counts, PlacedFiles, Sender, Slice, binaries, documents, journal};
use crate::messages::answers::{self, Arrived};
use crate::municipalities::Municipalities;
use crate::news;
use crate::problem::Problem;
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::items::Area;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_fhir::delivery::{Citizen, Deletion, Delivery, Incoming, ResourceType, Room};
use borgerportal_fhir::gate;
use borgerportal_fhir::order::{Outcome, Rank, VersionStamp, is_tie, newer};
use borgerportal_fhir::outgoing::{Answer, answer};
use borgerportal_store::binaries as store;
use borgerportal_store::outgoing;
use borgerportal_store::record::{self, Item, Known, Source, Writing};
use borgerportal_store::record_parts;
use borgerportal_store::tx::Tx;

/// Everything an errand of the ingest works with.
pub(super) struct Work<'a> {
    pub(super) tx: &'a Tx<'a>,
    pub(super) sender: &'a Sender,
    pub(super) delivery: &'a Delivery,
    pub(super) files: &'a PlacedFiles,
    /// Where the delivery's files of their own lie, in order.
    pub(super) binaries: &'a [String],
    pub(super) fresh: &'a [u8; 32],
    /// What the municipalities have decided.
    pub(super) places: &'a Municipalities,
}

/// An item with what is to be remembered of it.
pub(super) struct Place {
    pub(super) item: ItemId,
    pub(super) known: Known,
    /// Nothing of it was here before.
    pub(super) new: bool,
}

impl Work<'_> {
    pub(super) fn apply(&self, slice: &Slice) -> Result<Counts, Problem> {
        let mut counts = Counts::default();
        if matches!(slice, Slice::All | Slice::Rest) {
            for rename in &self.delivery.renames {
                journal::rename(self.tx, self.sender, rename)?;
            }
            for (binary, address) in self.delivery.binaries.iter().zip(self.binaries) {
                binaries::keep(self, binary, address)?;
            }
        }
        for (at, citizen) in self.delivery.citizens.iter().enumerate() {
            let range = match slice {
                Slice::All => 0..citizen.items.len(),
                Slice::Items(one, range) if *one == at => range.clone(),
                Slice::Items(..) | Slice::Rest => continue,
            };
            self.citizen(citizen, range, &mut counts)?;
        }
        if matches!(slice, Slice::All | Slice::Rest) {
            for deletion in &self.delivery.deletions {
                self.delete(deletion, &mut counts)?;
            }
        }
        Ok(counts)
    }

    fn citizen(
        &self,
        citizen: &Citizen,
        range: std::ops::Range<usize>,
        counts: &mut Counts,
    ) -> Result<(), Problem> {
        let writing = journal::open(self.tx, self.sender, citizen, self.fresh)?;
        if range.start == 0 {
            journal::hear(self.tx, self.sender, &writing, citizen)?;
        }
        for item in citizen.items.get(range).unwrap_or_default() {
            self.item(&writing, citizen, item, counts)?;
        }
        Ok(())
    }

    pub(super) fn source<'s>(&'s self, source: &'s borgerportal_fhir::delivery::Source) -> Source<'s> {
        Source { sender: &self.sender.id, kind: source.kind.name(), id: &source.id }
    }

    fn item(
        &self,
        writing: &Writing,
        citizen: &Citizen,
        incoming: &Incoming,
        counts: &mut Counts,
    ) -> Result<(), Problem> {
        let source = self.source(&incoming.source);
        let known = record::known(self.tx, writing.municipality, source)?;
        let Some(known) = known else {
            counts.new += 1;
            let place = self.place(writing, incoming, None);
            self.keep(writing, citizen, incoming, &place)?;
            self.tell(writing, incoming)?;
            news::arrived(self.tx, self.places, writing, (&self.sender.id, place.item, incoming))?;
            // Documents that came before it knew nothing of it: only a withdrawal is news to them.
            return if incoming.stamp.rank.is_gone() { self.repeat(source, false) } else { Ok(()) };
        };
        let stamp = stamp(&known)?;
        if is_tie(&stamp, &incoming.stamp) {
            tracing::info!(
                kind = incoming.source.kind.name(),
                "two versions of one time: the stronger counts"
            );
        }
        match newer(&stamp, &incoming.stamp) {
            Outcome::KeepExisting => counts.same += 1,
            Outcome::Same if known.citizen == writing.citizen => {
                counts.same += 1;
                let known = Known { at: incoming.stamp.version, ..known };
                record::remember(self.tx, writing.municipality, source, &known)?;
                self.move_to(writing, incoming, known.item)?;
            }
            Outcome::Replace | Outcome::Same => {
                counts.updated += 1;
                // The same thing on another citizen's record, also with the same words (the number was
                // corrected): it leaves the one it was on.
                if known.citizen != writing.citizen {
                    self.leave(known.citizen, known.item)?;
                }
                let place = self.place(writing, incoming, Some(&known));
                self.keep(writing, citizen, incoming, &place)?;
                if stamp.rank.is_gone() != incoming.stamp.rank.is_gone() || known.citizen != writing.citizen {
                    self.repeat(source, false)?;
                }
            }
        }
        Ok(())
    }

    /// Whoever a new message is for is told that there is one.
    fn tell(&self, writing: &Writing, incoming: &Incoming) -> Result<(), Problem> {
        let Some(entry) = incoming.entry.as_ref().filter(|_| incoming.room == Room::Messages) else {
            return Ok(());
        };
        let Some(head) = borgerportal_fhir::messages::read(&entry.head) else { return Ok(()) };
        let (sent, visibility) = (incoming.sort_at, &incoming.visibility);
        let arrived = Arrived { head: &head, sent, visibility, sender: &self.sender.id, area: entry.area };
        answers::arrived(self.tx, self.places, writing, &arrived)
    }

    /// The same again later: what has no date of its own stands where it was last told of.
    fn move_to(&self, writing: &Writing, incoming: &Incoming, item: ItemId) -> Result<(), Problem> {
        if incoming.room == Room::Other {
            return Ok(());
        }
        let own = incoming.document.as_ref().map(|facts| facts.dated);
        let dated = own.unwrap_or_else(|| copenhagen_date(incoming.sort_at));
        Ok(writing.move_to(self.tx, item, incoming.sort_at, dated)?)
    }

    fn leave(&self, citizen: PersonId, item: ItemId) -> Result<(), Problem> {
        if let Some(other) = record::open_known(self.tx, self.sender.municipality, citizen)? {
            other.clear(self.tx, item, true)?;
        }
        Ok(())
    }

    /// What will be remembered: a new id for a new thing, one version more for a known one.
    fn place(&self, writing: &Writing, incoming: &Incoming, known: Option<&Known>) -> Place {
        let (item, new) =
            known.map_or_else(|| (ItemId::from_uuid(self.tx.mint()), true), |known| (known.item, false));
        let known = Known {
            citizen: writing.citizen,
            item,
            at: incoming.stamp.version,
            rank: incoming.stamp.rank.number(),
            content_hash: incoming.stamp.hash,
            version: known.map_or(1, |known| known.version + 1),
            received_at: known.map_or(self.tx.now(), |known| known.received_at),
        };
        Place { item, known, new }
    }

    fn keep(
        &self,
        writing: &Writing,
        citizen: &Citizen,
        incoming: &Incoming,
        place: &Place,
    ) -> Result<(), Problem> {
        let source = self.source(&incoming.source);
        record::remember(self.tx, writing.municipality, source, &place.known)?;
        if incoming.stamp.rank.is_gone() {
            writing.clear(self.tx, place.item, true)?;
        } else if incoming.room == Room::Documents {
            documents::keep(self, writing, citizen, (incoming, place))?;
        } else {
            self.put(writing, incoming, place)?;
            self.hear_answer(writing, incoming)?;
        }
        Ok(())
    }

    /// A Task may be the record system's answer to something it was told about this journal.
    fn hear_answer(&self, writing: &Writing, incoming: &Incoming) -> Result<(), Problem> {
        let is_task = incoming.source.kind == ResourceType::Task;
        let Some(answer) = is_task.then(|| answer(&incoming.raw)).flatten() else { return Ok(()) };
        // Its own word of when, else when it was sent; never a time that has not come.
        let at = answer.at.or(incoming.stamp.time()).map_or(self.tx.now(), |at| at.min(self.tx.now()));
        let Answer { id, progress, reason, .. } = answer;
        outgoing::answered(self.tx, writing, &outgoing::Answer { id, progress, reason, at })?;
        Ok(())
    }

    /// Documents that repeat this thing are put together anew; after a deletion by law for good.
    pub(super) fn repeat(&self, source: Source<'_>, for_good: bool) -> Result<(), Problem> {
        for (kind, id) in record_parts::documents_with(self.tx, self.sender.municipality, source)? {
            let document = Source { sender: &self.sender.id, kind: &kind, id: &id };
            documents::refresh(self, document, for_good)?;
        }
        Ok(())
    }

    /// A thing of a room without documents: kept as it came, with what the room's lists show of it.
    fn put(&self, writing: &Writing, incoming: &Incoming, place: &Place) -> Result<(), Problem> {
        let words = gate::may_index(incoming).then_some(&incoming.search_text);
        let words = words.map(|text| borgerportal_domain::search_text::indexed(text));
        let entry = incoming.entry.as_ref();
        let item = Item {
            id: place.item,
            kind: incoming.room.code(),
            sort_at: incoming.sort_at,
            class: incoming.source.kind.name(),
            area: entry.map_or(Area::Other, |entry| entry.area).code(),
            dated: copenhagen_date(incoming.sort_at),
            received_at: place.known.received_at,
            visibility: &incoming.visibility,
            sender: &self.sender.id,
            state: if incoming.stamp.rank == Rank::Ended { "ended" } else { "active" },
            version: place.known.version,
            head: entry.map_or(&[][..], |entry| &entry.head),
            body: &incoming.raw,
            words: words.as_deref(),
        };
        if place.new { Ok(writing.put_new(self.tx, &item)?) } else { Ok(writing.put(self.tx, &item)?) }
    }

    /// Legal deletion: content, history and search go, also where a document repeats it; id and time stay, so
    /// that nothing older comes back. Something newer stays, but not what it replaced.
    fn delete(&self, deletion: &Deletion, counts: &mut Counts) -> Result<(), Problem> {
        for named in &deletion.sources {
            let source = self.source(named);
            let municipality = self.sender.municipality;
            let known = record::known(self.tx, municipality, source)?;
            let older = known.as_ref().map(stamp).transpose()?;
            let beaten = older.is_some_and(|older| newer(&older, &deletion.stamp) == Outcome::KeepExisting);
            if beaten {
                counts.same += 1;
            } else {
                counts.deleted += 1;
                record::remember(self.tx, municipality, source, &self.tombstone(deletion, known.as_ref()))?;
            }
            record::note_deleted(self.tx, municipality, source, deletion.stamp.version)?;
            if !beaten && named.kind == ResourceType::Binary {
                store::forget(self.tx, municipality, source)?;
            }
            if let Some(known) = known
                && let Some(writing) = record::open_known(self.tx, municipality, known.citizen)?
            {
                if beaten {
                    writing.drop_history(self.tx, known.item)?;
                } else {
                    writing.delete(self.tx, known.item, reason(deletion))?;
                }
            }
            self.repeat(source, true)?;
        }
        Ok(())
    }

    /// What is left of a thing that was deleted, known or not.
    fn tombstone(&self, deletion: &Deletion, known: Option<&Known>) -> Known {
        Known {
            citizen: known.map_or(PersonId::from_bytes([0; 16]), |known| known.citizen),
            item: known.map_or_else(|| ItemId::from_uuid(self.tx.mint()), |known| known.item),
            at: deletion.stamp.version,
            rank: deletion.stamp.rank.number(),
            content_hash: deletion.stamp.hash,
            version: known.map_or(1, |known| known.version + 1),
            received_at: known.map_or(self.tx.now(), |known| known.received_at),
        }
    }
}

const fn reason(deletion: &Deletion) -> &'static str {
    match deletion.reason {
        borgerportal_fhir::delivery::DeletionReason::Remove => "fjern",
        borgerportal_fhir::delivery::DeletionReason::Delete => "slet",
        borgerportal_fhir::delivery::DeletionReason::Discard => "kasser",
    }
}

/// What is known of a thing, as `fhir` compares it.
fn stamp(known: &Known) -> Result<VersionStamp, Problem> {
    let rank = Rank::from_number(known.rank).ok_or(Problem::Away("record"))?;
    Ok(VersionStamp { version: known.at, rank, hash: known.content_hash })
}
