//! Digital Fuldmagt on both engines: the whole way of a mandate, what must never be told, and every pitfall that
//! touches mandates.

#[cfg(test)]
mod act;
#[cfg(test)]
mod again;
#[cfg(test)]
mod answering;
#[cfg(test)]
mod asking;
#[cfg(test)]
mod catalogue;
#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod delivered;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod doubted;
#[cfg(test)]
mod drafting;
#[cfg(test)]
mod ending;
#[cfg(test)]
mod files;
#[cfg(test)]
mod following;
#[cfg(test)]
mod front_page;
#[cfg(test)]
mod giving;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod letters;
#[cfg(test)]
mod listing;
#[cfg(test)]
mod lookups;
#[cfg(test)]
mod misaddressed;
#[cfg(test)]
mod model;
#[cfg(test)]
mod nemlogin;
#[cfg(test)]
mod previewed;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod proven;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod renewing;
#[cfg(test)]
mod replayed;
#[cfg(test)]
mod reviewed;
#[cfg(test)]
mod strays;
#[cfg(test)]
mod young;
