//! The only crate that knows HTTP and HTML: cookies, forms and headers in, errands of `service` run, pages and
//! FHIR answers out. It refuses to decide who may see what, to hold state between requests, and to put
//! anything personal into an address, a header or a log.

mod api;
pub mod assets;
mod closed;
mod cursor;
mod download;
mod form;
mod fuldmagt;
mod headers;
mod limit;
pub mod pages;
mod portal;
mod problem;
mod render;
pub mod server;
mod session;
mod site;
mod statics;
mod upload;

pub use api::health::metrics_router;
pub use site::{Site, router};
