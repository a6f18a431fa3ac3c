//! Sealing the access log and checking it. A batch is the lines of one node that were not yet sealed, and after them
//! the events of mandates and requests: their salted commitments become a Merkle root, roots are chained, and the head is signed together with the heads
//! of all other nodes, so that no node's chain can be rewritten without all others disagreeing.

use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::{sha256, to_hex};
use crate::mandates::chain;
use crate::merkle::{self, Hash};
use crate::tx::Tx;
use crate::{access_log, log_line};
use crate::{params, sql};
use ring::signature::{ED25519, UnparsedPublicKey};

/// Lines sealed at once: few enough that nobody who writes waits long.
const BATCH: i64 = 512;

/// A sealed batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Which node wrote the lines.
    pub node: String,
    /// Its number in that node's chain, from 1.
    pub number: i64,
    at: i64,
    lines: i64,
    root: Hash,
    chain: Hash,
    others: String,
    signature: Vec<u8>,
}

/// Seals what waits on this node. Returns how many lines and events; call again while it is not 0.
pub fn seal(tx: &Tx<'_>) -> Result<i64, StoreError> {
    let node = tx.keys().node();
    let mut newest = [0; 16];
    let mut leaves: Vec<Hash> = tx.all(sql!("access_log/unsealed"), params![node, BATCH], |row| {
        newest = row.id(0)?.into_bytes();
        leaf(row.blob(1)?, row.text(2)?)
    })?;
    let events = chain::unsealed(tx, node, BATCH)?;
    leaves.extend(events.iter().map(|event| event.leaf));
    let count = i64::try_from(leaves.len()).unwrap_or(0);
    if count == 0 {
        return Ok(0);
    }
    let root = merkle::root(&leaves);
    let (last, previous) = head(tx, node)?;
    let mut batch = Batch {
        node: node.to_owned(),
        number: last + 1,
        at: tx.now().millis(),
        lines: count,
        root,
        chain: merkle::chain(&previous, &root),
        others: other_heads(tx, node)?,
        signature: Vec::new(),
    };
    batch.signature = tx.keys().sign_log(&batch.message());
    // The same lines as above: one snapshot, in the order of their ids.
    tx.execute(sql!("access_log/seal"), params![node, &newest, batch.number])?;
    tx.execute(sql!("access_log/forget_sealed"), params![node, &newest])?;
    if let Some(last) = events.last() {
        chain::seal(tx, node, batch.number, last)?;
    }
    keep(tx, &batch)?;
    Ok(count)
}

fn leaf(salt: &[u8], line: &str) -> Result<Hash, StoreError> {
    let salt = salt.try_into().map_err(|_| StoreError::corrupt("access_log", "salt"))?;
    Ok(merkle::leaf(salt, line.as_bytes()))
}

/// The last number and chain hash of a node; zero before its first batch.
fn head(tx: &Tx<'_>, node: &str) -> Result<(i64, Hash), StoreError> {
    let found =
        tx.one(sql!("access_log/head"), params![node], |row| Ok((row.int(0)?, hash(row.blob(1)?)?)))?;
    Ok(found.unwrap_or((0, [0; 32])))
}

fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes.try_into().map_err(|_| StoreError::corrupt("log_batch", "hash"))
}

/// `node:number:chain` of every other node, one a line.
fn other_heads(tx: &Tx<'_>, node: &str) -> Result<String, StoreError> {
    let heads = tx.all(sql!("access_log/other_heads"), params![node], |row| {
        let chain = to_hex(row.blob(2)?);
        Ok(format!("{}:{}:{chain}", row.text(0)?, row.int(1)?))
    })?;
    Ok(heads.join("\n"))
}

fn keep(tx: &Tx<'_>, batch: &Batch) -> Result<(), StoreError> {
    tx.execute(
        sql!("access_log/keep_batch"),
        params![
            &batch.node,
            batch.number,
            batch.at,
            batch.lines,
            &batch.root,
            &batch.chain,
            &batch.others,
            &batch.signature,
        ],
    )?;
    Ok(())
}

impl Batch {
    /// What is signed.
    fn message(&self) -> Vec<u8> {
        let mut message = b"borgerportal log checkpoint 1\n".to_vec();
        for part in [self.node.as_bytes(), self.others.as_bytes()] {
            message.extend(sha256(part));
        }
        for number in [self.number, self.at, self.lines] {
            message.extend(number.to_be_bytes());
        }
        message.extend(self.chain);
        message
    }
}

/// What is wrong with a sealed log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Lines or events of the batch were changed, added, removed or moved.
    Lines(String, i64),
    /// The chain does not lead from the batch before to this one.
    Chain(String, i64),
    /// The signature is not ours.
    Signature(String, i64),
    /// Another node has signed that it saw this batch, and it is gone or another one.
    Gone(String, i64),
}

/// Where a check has come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cursor {
    node: String,
    number: i64,
    chain: Hash,
    /// Batches checked so far.
    pub batches: i64,
    /// Lines checked so far.
    pub lines: i64,
    /// Events of mandates and requests that were found anchored so far.
    pub events: i64,
    /// What was found wrong so far.
    pub damage: Vec<Damage>,
}

/// Checks the batch after the cursor. `None` when there is none left. One batch a read, so that a long log
/// never holds a snapshot open.
pub fn check_next(tx: &Tx<'_>, public_key: &[u8], cursor: &Cursor) -> Result<Option<Cursor>, StoreError> {
    let batch = tx.one(sql!("access_log/next_batch"), params![&cursor.node, cursor.number], |row| {
        Ok(Batch {
            node: row.text(0)?.to_owned(),
            number: row.int(1)?,
            at: row.int(2)?,
            lines: row.int(3)?,
            root: hash(row.blob(4)?)?,
            chain: hash(row.blob(5)?)?,
            others: row.text(6)?.to_owned(),
            signature: row.blob(7)?.to_vec(),
        })
    })?;
    let Some(batch) = batch else { return Ok(None) };
    let mut moved = false;
    let mut leaves = tx.all(sql!("access_log/batch_lines"), params![&batch.node, batch.number], |row| {
        let hash = line_in_place(row);
        moved |= hash.is_none();
        Ok(hash.unwrap_or_default())
    })?;
    let mut next = cursor.clone();
    let events = chain::of_batch(tx, &batch.node, batch.number)?;
    next.lines += i64::try_from(leaves.len()).unwrap_or(0);
    next.events += i64::try_from(events.len()).unwrap_or(0);
    leaves.extend(events);
    let (previous, expected) =
        if batch.node == cursor.node { (cursor.chain, cursor.number + 1) } else { ([0; 32], 1) };
    let name = || (batch.node.clone(), batch.number);
    let count = i64::try_from(leaves.len()).unwrap_or(-1);
    if moved || count != batch.lines || merkle::root(&leaves) != batch.root {
        let (node, number) = name();
        next.damage.push(Damage::Lines(node, number));
    }
    if batch.number != expected || merkle::chain(&previous, &batch.root) != batch.chain {
        let (node, number) = name();
        next.damage.push(Damage::Chain(node, number));
    }
    let key = UnparsedPublicKey::new(&ED25519, public_key);
    if key.verify(&batch.message(), &batch.signature).is_err() {
        let (node, number) = name();
        next.damage.push(Damage::Signature(node, number));
    }
    next.damage.extend(gone(tx, &batch)?);
    next.batches += 1;
    (next.node, next.number, next.chain) = (batch.node, batch.number, batch.chain);
    Ok(Some(next))
}

/// The commitment of a row, if the columns it is found by say what its line says: a line must not be hidden from the
/// citizen it is about by changing whose it is.
fn line_in_place(row: &Row<'_>) -> Option<Hash> {
    let (salt, line) = (row.blob(0).ok()?, row.text(1).ok()?);
    let says = access_log::Row::of(&log_line::decode(line).ok()?, salt.try_into().ok()?).ok()?;
    let found = (row.int(2).ok()?, row.blob(3).ok()?, row.blob(4).ok()?, row.int(5).ok()?, row.blob(6).ok()?);
    let in_place = found == (says.municipality, &says.citizen, &says.id, says.at, &says.actor);
    if in_place { leaf(salt, line).ok() } else { None }
}

/// Batches of other nodes that this one has seen and that are not there as it saw them. The end of a chain can be cut
/// off without a trace in the chain itself, but not in those of the others.
fn gone(tx: &Tx<'_>, batch: &Batch) -> Result<Vec<Damage>, StoreError> {
    let mut gone = Vec::new();
    for seen in batch.others.lines() {
        // A node's name may hold a colon; number and hash do not.
        let mut parts = seen.rsplitn(3, ':');
        let (chain, number, node) = (parts.next(), parts.next(), parts.next());
        let number = number.and_then(|number| number.parse::<i64>().ok()).unwrap_or(0);
        let node = node.unwrap_or_default();
        let now = tx.one(sql!("access_log/chain"), params![node, number], |row| Ok(to_hex(row.blob(0)?)))?;
        if now.as_deref() != chain {
            gone.push(Damage::Gone(node.to_owned(), number));
        }
    }
    Ok(gone)
}

/// Whose lines and events wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Of this node: it seals them itself, or it is not well.
    OfThisNode,
    /// Of all nodes. Those of a node that does not come back wait until it does.
    OfAll,
}

/// How many lines and events wait to be sealed, and since when the oldest has waited.
pub fn unsealed(tx: &Tx<'_>, whose: Whose) -> Result<(i64, Option<i64>), StoreError> {
    // A node has a name; no name stands for all.
    let node = match whose {
        Whose::OfThisNode => tx.keys().node(),
        Whose::OfAll => "",
    };
    let read = |row: &Row<'_>| Ok::<_, StoreError>((row.int(0)?, row.opt_int(1)?));
    let (lines, line) = tx.one(sql!("access_log/count_unsealed"), params![node], read)?.unwrap_or_default();
    let (events, event) = tx.one(sql!("mandates/count_unsealed"), params![node], read)?.unwrap_or_default();
    Ok((lines + events, line.into_iter().chain(event).min()))
}
