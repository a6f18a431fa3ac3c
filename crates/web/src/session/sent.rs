//! A form that was sent: that it came from a page of ours, the errand it names, and whose session may send it. It refuses to
//! know what the form is about.

use super::{Visit, csrf};
use crate::form::Fields;
use crate::site::Web;
use borgerportal_domain::ids::ErrandId;
use borgerportal_service::Problem;
use borgerportal_service::sessions::SignedIn;

/// Whether whoever is signed in may send this form: its secret is theirs.
pub(crate) trait MayAsk: Fn(&SignedIn) -> Result<(), Problem> + Clone + Send + Sync + 'static {}
impl<F: Fn(&SignedIn) -> Result<(), Problem> + Clone + Send + Sync + 'static> MayAsk for F {}

/// The name of the errand that a form carries, or a new one; and whether the form is the session's own.
pub(crate) fn form(web: &Web, visit: &Visit, fields: &Fields) -> Result<(ErrandId, impl MayAsk), Problem> {
    if !csrf::is_from_here(&visit.headers, &web.site.public_url) {
        return Err(Problem::Stale);
    }
    let secret = fields.get("csrf").unwrap_or_default().to_owned();
    let named = fields.get("id").and_then(|id| ErrandId::parse(id).ok());
    let id = named.map_or_else(|| web.app.store.errand_id(web.app.clock.now()), Ok)?;
    let may_ask = move |who: &SignedIn| {
        if csrf::fits(&secret, &who.session.csrf) { Ok(()) } else { Err(Problem::Stale) }
    };
    Ok((id, may_ask))
}
