//! Our clients and the simulators, over the wire.

#[cfg(test)]
mod digital_post;
#[cfg(test)]
mod log_in;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod misbehaving;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod privileges;
#[cfg(test)]
mod record_system;
#[cfg(test)]
mod world;
