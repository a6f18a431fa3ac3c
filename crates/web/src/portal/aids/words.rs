//! Words that several pages of the area share.

use crate::pages::Frame;
use borgerportal_domain::aids::{AskKind, DeliveryStep, Loan};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::outgoing::{OutgoingState, Progress};
use borgerportal_domain::time::{Date, Timestamp, copenhagen, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_service::aids::{Application, Asked};

/// Whether the page is in English.
pub(super) fn is_english(frame: &Frame<'_>) -> bool {
    frame.lang == Lang::En
}

/// One of two words that were kept in Danish and English.
pub(super) fn word<'w>(frame: &Frame<'_>, both: &'w [String; 2]) -> &'w str {
    let [da, en] = both;
    if is_english(frame) && !en.is_empty() { en } else { da }
}

/// When a loan comes, or since when it is there.
pub(super) fn when(frame: &Frame<'_>, loan: &Loan<ItemId>) -> Option<String> {
    let now = loan.now();
    if loan.step().is_coming()
        || loan.step() == DeliveryStep::PickupOrdered
        || loan.step() == DeliveryStep::Repair
    {
        return now.and_then(|now| window(frame, (now.on, now.from, now.until)));
    }
    let since = loan.lent.until.filter(|_| loan.step().is_over()).or(loan.lent.from);
    since.map(|day| frame.day(&day))
}

/// "5. november 2026, kl. 9 til kl. 12", or the day alone.
pub(super) fn window(
    frame: &Frame<'_>,
    (on, from, until): (Option<Date>, Option<Timestamp>, Option<Timestamp>),
) -> Option<String> {
    let day = frame.day(&on?);
    let clock = |at: Timestamp| frame.lang.clock(copenhagen(at).time()).to_string();
    Some(match from.zip(until) {
        Some((from, until)) => {
            let (from, until) = (clock(from), clock(until));
            let args = [("day", (&day).into()), ("from", (&from).into()), ("until", (&until).into())];
            frame.texts().with("aids-window", &args)
        }
        None => frame.texts().with("aids-day-expected", &[("day", (&day).into())]),
    })
}

/// "Der er bedt om reparation"
pub(super) fn asked(frame: &Frame<'_>, kind: AskKind) -> &'static str {
    frame.say(match kind {
        AskKind::Repair => "aids-asked-repair",
        AskKind::PickUp => "aids-asked-pick_up",
    })
}

/// What became of something that was asked.
pub(super) fn became(frame: &Frame<'_>, asked: &Asked) -> &'static str {
    frame.say(match (&asked.state, asked.last) {
        (OutgoingState::Refused { .. }, _) => "aids-asked-refused",
        (OutgoingState::GivenUp { .. }, _) => "aids-asked-given-up",
        (OutgoingState::Waiting, _) => "aids-asked-waiting",
        (OutgoingState::Delivered { .. }, Some(Progress::Completed)) => "aids-asked-done",
        (OutgoingState::Delivered { .. }, Some(Progress::Accepted | Progress::InProgress)) => {
            "aids-asked-accepted"
        }
        (OutgoingState::Delivered { .. }, _) => "aids-asked-delivered",
    })
}

/// "Mette Holm, 20. november 2026"
pub(super) fn by(frame: &Frame<'_>, (by, at): (&str, Timestamp)) -> String {
    let day = frame.day(&copenhagen_date(at));
    frame.texts().with("aids-asked-by", &[("by", by.into()), ("day", (&day).into())])
}

/// "Ansøgning om ortoser"
pub(super) fn title(frame: &Frame<'_>, one: &Application) -> String {
    about(frame, "aids-application", word(frame, &one.content.kind))
}

/// A sentence about a kind, whose name stands within it.
pub(super) fn about(frame: &Frame<'_>, key: &'static str, kind: &str) -> String {
    let mut letters = kind.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    let kind = first + letters.as_str();
    frame.texts().with(key, &[("kind", (&kind).into())])
}

/// "Sendt 20. november 2026 af Mette Holm"
pub(super) fn sent(frame: &Frame<'_>, one: &Application) -> String {
    let day = frame.day(&copenhagen_date(one.at));
    let args = [("day", (&day).into()), ("by", one.content.by.as_str().into())];
    frame.texts().with("aids-sent-on", &args)
}

/// "Svar senest 3. januar 2027"
pub(super) fn answer_by(frame: &Frame<'_>, day: Date) -> String {
    frame.texts().with("aids-answer-by", &[("day", (&frame.day(&day)).into())])
}
