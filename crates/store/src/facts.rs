//! What a decision about access is made on, read fresh in the errand's own transaction. The same statements
//! run in the same order whether or not there is such a journal: nobody can tell by the time it takes.

use crate::custody::date;
use crate::engine::Row;
use crate::error::StoreError;
use crate::mandates;
use crate::people::{self, Person};
use crate::sessions::municipality;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::{
    Block, Blocked, CustodyFact, Facts, Guardianship, GuardianshipScope, JournalState, MandateFact,
};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;

/// Everything loaded for one question about one journal.
pub struct Loaded {
    /// The journal asked about.
    pub journal: JournalId,
    /// What the rule looks at.
    pub facts: Facts,
    /// Who asks.
    pub actor: Person,
    /// Whose journal it is.
    pub subject: Person,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) changed: i64,
}

/// The answer about a journal: there or not, the same work was done.
pub enum Asked {
    /// There is such a journal.
    Found(Box<Loaded>),
    /// There is none of that name, or its key has been deleted.
    Nothing,
}

/// Loads the facts for `actor` and `journal`.
pub fn load(tx: &Tx<'_>, journal: JournalId, actor: PersonId) -> Result<Asked, StoreError> {
    let head = tx.one(sql!("facts/journal"), params![&journal.into_bytes(), &actor.into_bytes()], |row| {
        head(tx, row)
    })?;
    let (owner, place) = match &head {
        Some((_, Some(found))) => {
            (found.subject.facts.id.into_bytes(), i64::from(found.municipality.number()))
        }
        _ => ([0; 16], 0),
    };
    let mut relations = Relations::default();
    let today = mandates::today(tx);
    tx.each(sql!("facts/relations"), params![&actor.into_bytes(), &owner, place, &today], |row| {
        relations.take(row, actor, PersonId::from_bytes(owner))
    })?;
    let Some((actor, Some(found))) = head else { return Ok(Asked::Nothing) };
    let facts = Facts {
        actor: actor.facts,
        subject: found.subject.facts,
        municipality: found.municipality,
        journal: found.state,
        mandates: relations.mandates,
        custody: relations.custody,
        guardianship: relations.guardianship,
        blocks: relations.blocks,
        subject_doubted: relations.subject_doubted,
    };
    Ok(Asked::Found(Box::new(Loaded {
        journal,
        facts,
        actor,
        subject: found.subject,
        wrapped: found.wrapped,
        changed: found.changed,
    })))
}

/// Keeps a guardianship that staff have registered on evidence, new or changed.
pub fn keep_guardianship(tx: &Tx<'_>, fact: &Guardianship) -> Result<(), StoreError> {
    let last_day = fact.last_day.map(|date| date.to_string());
    tx.execute(
        sql!("facts/keep_guardianship"),
        params![
            &fact.guardian.into_bytes(),
            &fact.ward.into_bytes(),
            fact.scope.code(),
            &fact.from.to_string(),
            last_day.as_ref(),
        ],
    )?;
    Ok(())
}

/// Keeps a decision to shut somebody out of a journal.
pub fn keep_block(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
    block: &Block,
) -> Result<(), StoreError> {
    let (whom, person) = match block.blocked {
        Blocked::Person(person) => ("person", person.into_bytes()),
        Blocked::AllOthers => ("all_others", [0; 16]),
        Blocked::Everybody => ("everybody", [0; 16]),
    };
    let until = block.until.map(Timestamp::millis);
    tx.execute(
        sql!("facts/keep_block"),
        params![
            i64::from(municipality.number()),
            &citizen.into_bytes(),
            block.from.millis(),
            whom,
            &person,
            until,
        ],
    )?;
    Ok(())
}

struct Found {
    municipality: MunicipalityCode,
    state: JournalState,
    wrapped: Vec<u8>,
    changed: i64,
    subject: Person,
}

fn head(tx: &Tx<'_>, row: &Row<'_>) -> Result<(Person, Option<Found>), StoreError> {
    let actor = people::read(tx, row, 0)?;
    let (Some(number), Some(wrapped)) = (row.opt_int(4)?, row.opt_blob(7)?) else {
        // Opening a seal takes time that a clock can see: where there is no subject, the asker's own seal is
        // opened once more in its place.
        std::hint::black_box(people::read(tx, row, 0)?);
        return Ok((actor, None));
    };
    let found = Found {
        municipality: municipality(number).ok_or(StoreError::corrupt("journal", "municipality"))?,
        state: match row.opt_text(6)? {
            Some(since) if !row.flag(5)? => JournalState::Inactive { since: date(since)? },
            _ => JournalState::Active,
        },
        wrapped: wrapped.to_vec(),
        changed: row.int(8)?,
        subject: people::read(tx, row, 9)?,
    };
    Ok((actor, Some(found)))
}

#[derive(Default)]
struct Relations {
    mandates: Vec<MandateFact>,
    custody: Option<CustodyFact>,
    guardianship: Option<Guardianship>,
    blocks: Vec<Block>,
    subject_doubted: Option<Timestamp>,
}

impl Relations {
    fn take(&mut self, row: &Row<'_>, actor: PersonId, subject: PersonId) -> Result<(), StoreError> {
        match row.int(0)? {
            1 => mandates::gather(&mut self.mandates, row, actor, subject)?,
            2 => {
                self.custody = Some(CustodyFact {
                    holder: actor,
                    child: subject,
                    from: row.opt_text(3)?.map(date).transpose()?,
                    last_day: row.opt_text(4)?.map(date).transpose()?,
                    withheld: row.flag(2)?,
                    asked_at: Timestamp::from_millis(row.int(7)?),
                });
            }
            3 => {
                let scope = GuardianshipScope::from_code(row.text(5)?);
                self.guardianship = Some(Guardianship {
                    guardian: actor,
                    ward: subject,
                    scope: scope.ok_or(StoreError::corrupt("guardianship", "scope"))?,
                    from: date(row.text(3)?)?,
                    last_day: row.opt_text(4)?.map(date).transpose()?,
                });
            }
            4 => self.blocks.push(block(row)?),
            _ => self.subject_doubted = Some(Timestamp::from_millis(row.int(7)?)),
        }
        Ok(())
    }
}

fn block(row: &Row<'_>) -> Result<Block, StoreError> {
    Ok(Block {
        blocked: match row.text(3)? {
            "person" => Blocked::Person(PersonId::from_uuid(row.id(1)?)),
            "all_others" => Blocked::AllOthers,
            "everybody" => Blocked::Everybody,
            _ => return Err(StoreError::corrupt("block", "whom")),
        },
        from: Timestamp::from_millis(row.int(7)?),
        until: row.opt_int(8)?.map(Timestamp::from_millis),
    })
}
