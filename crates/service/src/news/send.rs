//! One round of notices. Partners are called outside any transaction; what came of it is written afterwards, one at a time. A
//! round that is cut off anywhere leaves each either done or due again under the same name. A phone shows it once; a mail
//! whose answer was lost arrives twice, for SMTP promises no more.

use super::{Ways, words};
use crate::app::App;
use crate::language;
use crate::problem::Problem;
use crate::rounds;
use borgerportal_domain::ids::AlertId;
use borgerportal_domain::news::{Event, Kind, MailAddress, State};
use borgerportal_i18n::{Lang, Texts};
use borgerportal_memo::message::Sender;
use borgerportal_memo::sms::{Sms, SmsParts};
use borgerportal_memo::xml;
use borgerportal_partners::{Handed, Mail, PartnerError};
use borgerportal_store::news::{self as store, Address, Alert, Waiting};
use borgerportal_store::tx::Tx;

/// What came of a try: what happened, and why as a code.
type Tried = (Event, &'static str);

/// Sends what is due, until nothing is. Returns how many something happened to.
pub async fn send_due(app: &App, ways: &Ways) -> Result<u64, Problem> {
    let (node, to) = (app.clone(), ways.clone());
    let send = move |id| one(node.clone(), to.clone(), id);
    rounds::until_none_is_due(app, (store::count, store::claim), send).await
}

/// A notice, and where it goes.
struct Found {
    alert: Alert,
    address: Option<Address>,
    waiting: Option<Waiting>,
    lang: Lang,
    is_open: bool,
}

impl Found {
    fn load(tx: &Tx<'_>, id: AlertId) -> Result<Option<Self>, Problem> {
        let Some(alert) = store::load(tx, id)? else { return Ok(None) };
        let person = alert.person.facts.id;
        let waiting = store::waiting(tx, person)?;
        let is_open = waiting.as_ref().is_some_and(|one| one.confirmation.is_open(tx.now()));
        let lang = language::spoken(language::of(tx, person)?);
        Ok(Some(Self { address: store::address(tx, person)?, alert, waiting, lang, is_open }))
    }
}

async fn one(app: App, ways: Ways, id: AlertId) -> Result<(), Problem> {
    // Another may have taken its place, and its person may have come.
    let Some(found) = app.read(move |tx| Found::load(tx, id)).await? else { return Ok(()) };
    if found.alert.sending.state != State::Waiting {
        return Ok(());
    }
    let (event, why) = match found.alert.kind {
        _ if found.alert.person.facts.is_dead() => (Event::Drop, "person.dead"),
        Kind::Mail => by_mail(&app, &ways, &found).await,
        Kind::Code => confirm(&app, &ways, &found).await,
        Kind::Sms => by_sms(&ways, &found).await,
    };
    mark(&app, id, event, why).await
}

async fn by_mail(app: &App, ways: &Ways, found: &Found) -> Tried {
    match &found.address {
        Some(Address { address, refused: false }) => {
            let words = words::mail(found.lang, &ways.portal);
            hand_over(app, ways, (found.alert.id, address.clone()), words).await
        }
        Some(Address { refused: true, .. }) | None => (Event::Drop, "mail.no_address"),
    }
}

async fn confirm(app: &App, ways: &Ways, found: &Found) -> Tried {
    match &found.waiting {
        Some(waiting) if found.is_open => {
            let words = words::code(found.lang, &waiting.code);
            hand_over(app, ways, (found.alert.id, waiting.address.clone()), words).await
        }
        // Nobody can type it any more.
        Some(_) | None => (Event::Drop, "mail.code_over"),
    }
}

async fn hand_over(
    app: &App,
    ways: &Ways,
    (id, to): (AlertId, MailAddress),
    words::Words { subject, text }: words::Words,
) -> Tried {
    let Some(server) = &ways.mail else { return (Event::Failed, "mail.not_set_up") };
    match server.send(&Mail { id: id.uuid(), to, subject, text, at: app.clock.now() }).await {
        Ok(Handed::Taken) => (Event::Sent, "mail.taken"),
        Ok(Handed::NoSuchAddress) => (Event::Refused, "mail.no_such_address"),
        Err(error) => (Event::Failed, error.code()),
    }
}

async fn by_sms(ways: &Ways, found: &Found) -> Tried {
    let Some((digital, sender)) = &ways.sms else { return (Event::Failed, "sms.not_set_up") };
    let person = &found.alert.person;
    match digital.is_enrolled_for_sms(&person.cpr).await {
        Err(error) => return (Event::Failed, error.code()),
        Ok(false) => return (Event::Refused, "sms.not_enrolled"),
        Ok(true) => {}
    }
    let text = words::sms(found.lang, &ways.portal);
    let parts = SmsParts {
        uuid: found.alert.id.uuid(),
        label: Texts::of(found.lang).get("news-subject"),
        text: &text,
        sender: Sender { cvr: &sender.cvr, label: &sender.name },
        recipient: &person.cpr,
    };
    let Ok(sms) = Sms::new(parts) else { return (Event::Failed, "sms.rules") };
    match digital.send(found.alert.id.uuid(), xml::write_sms(&sms).into_bytes()).await {
        Ok(()) => (Event::Sent, "sms.taken"),
        // It read the message and will not have it: the next one will be the same.
        Err(PartnerError::Refused { status: 400 | 413 | 415 | 422, .. }) => (Event::Refused, "sms.refused"),
        Err(error) => (Event::Failed, error.code()),
    }
}

async fn mark(app: &App, id: AlertId, event: Event, why: &'static str) -> Result<(), Problem> {
    let given_up = rounds::mark(app, move |tx| {
        let after = store::happen(tx, id, event, why)?;
        Ok(after.is_some_and(|after| after.state == State::GivenUp))
    });
    if given_up.await? {
        tracing::error!(notice = %id, why, "a notice of news was given up");
    }
    Ok(())
}
