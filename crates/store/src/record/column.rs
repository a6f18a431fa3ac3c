//! Which column a seal belongs to. A number is given once and never again: what was sealed under it lies in databases.

pub(crate) const HEAD: u8 = 1;
pub(crate) const BODY: u8 = 2;
pub(crate) const WORDS: u8 = 3;
pub(crate) const FILE: u8 = 4;
pub(crate) const ORIGINAL: u8 = 5;
pub(crate) const WORD: u8 = 6;
pub(crate) const FILE_WORDS: u8 = 7;
pub(crate) const OUTGOING: u8 = 8;
pub(crate) const AID_DRAFT: u8 = 9;
pub(crate) const AID_APPLICATION: u8 = 10;
pub(crate) const AID_ASK: u8 = 11;
pub(crate) const CANCELLATION: u8 = 13;
pub(crate) const ATTACHMENT: u8 = 14;
pub(crate) const MESSAGE_DRAFT: u8 = 15;
