//! The proof that a read is allowed. An [`Access`] borrows the transaction whose facts it was decided on, so
//! it cannot be kept for later; making one notes the line of the log. Only `service::access` makes one.

use crate::error::StoreError;
use crate::facts::Loaded;
use crate::keys::DataKey;
use crate::record::{Writing, key_aad};
use crate::tx::Tx;
use borgerportal_domain::access::{Basis, RefusalCode};
use borgerportal_domain::access_log::{LogLine, Outcome};
use borgerportal_domain::ids::{JournalId, LogId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use std::marker::PhantomData;

/// A decided, logged permission to read one citizen's record in this transaction.
pub struct Access<'tx> {
    journal: JournalId,
    municipality: MunicipalityCode,
    citizen: PersonId,
    reader: PersonId,
    basis: Basis,
    line: LogId,
    changed: i64,
    key: DataKey,
    transaction: PhantomData<&'tx ()>,
}

impl<'tx> Access<'tx> {
    /// Turns a decision into a permission and notes its line. Called by `service::access` alone.
    pub fn grant(tx: &'tx Tx<'_>, loaded: &Loaded, basis: Basis, line: LogLine) -> Result<Self, StoreError> {
        let (municipality, citizen) = (loaded.facts.municipality, loaded.subject.facts.id);
        let key = tx.keys().data_key(&key_aad(municipality, citizen), &loaded.wrapped)?;
        let id = line.id;
        tx.note(line);
        Ok(Self {
            journal: loaded.journal,
            municipality,
            citizen,
            reader: loaded.actor.facts.id,
            basis,
            line: id,
            changed: loaded.changed,
            key,
            transaction: PhantomData,
        })
    }

    /// Says in the line that there was nothing to show: the log tells no reading that did not happen.
    pub fn found_nothing(&self, tx: &Tx<'_>) {
        self.showed_nothing(tx, RefusalCode::NoRelation);
    }

    /// Says in the line that nothing was shown after all, and why.
    pub fn showed_nothing(&self, tx: &Tx<'_>, why: RefusalCode) {
        tx.amend(self.line, Outcome::Refused(why));
    }

    /// Says in the line that nothing was done: whoever came too late has only looked.
    pub fn only_looked(&self, tx: &Tx<'_>) {
        tx.amend(self.line, Outcome::Shown);
    }

    /// On which basis.
    pub fn basis(&self) -> &Basis {
        &self.basis
    }

    /// The journal view.
    pub fn journal(&self) -> JournalId {
        self.journal
    }

    /// Who reads.
    pub fn reader(&self) -> PersonId {
        self.reader
    }

    /// Whose record it is.
    pub fn citizen(&self) -> PersonId {
        self.citizen
    }

    /// The municipality that owns it.
    pub fn municipality(&self) -> MunicipalityCode {
        self.municipality
    }

    /// The journal, for what is written in it here.
    #[must_use]
    pub fn writing(&self) -> Writing {
        let Self { journal, municipality, citizen, .. } = *self;
        Writing { journal, municipality, citizen, key: self.key.clone() }
    }

    /// The number of the journal's last change, in the snapshot that this was decided on.
    pub(crate) fn changed(&self) -> i64 {
        self.changed
    }

    pub(crate) fn key(&self) -> &DataKey {
        &self.key
    }

    /// The first two columns of every key of the record.
    pub(crate) fn place(&self) -> (i64, [u8; 16]) {
        (i64::from(self.municipality.number()), self.citizen.into_bytes())
    }
}

/// Notes that somebody asked and was refused. Called by `service::access` alone.
pub fn refuse(tx: &Tx<'_>, line: LogLine) {
    tx.note(line);
}
