//! Hjælpemidler: the tabs that the municipality's mode leaves, one loan, asking about it, an application step by step, and
//! one that was sent. It refuses to decide what may be asked for or taken back: it is told.

mod application;
mod list;
mod loan;
mod step;

pub use application::{ApplicationPage, WithdrawPage};
pub use list::{AidsPage, Body, DraftRow, GrantedRow, KindRow, LoanRow, SentRow, Tab, TabLink};
pub use loan::{AskPage, AskedRow, LoanPage, WayStep};
pub use step::{
    CheckRow, Details, FileRow, OneChoice, QuestionRow, StepBody, StepLine, StepPage, WhyAnswers,
};

use super::Frame;
use borgerportal_domain::aids::{DeliveryStep, Stage};

/// The word for a step of a loan's way.
#[must_use]
pub fn step_words(frame: &Frame<'_>, step: DeliveryStep) -> &'static str {
    frame.say(match step {
        DeliveryStep::Ordered => "aids-step-ordered",
        DeliveryStep::BackOrder => "aids-step-back_order",
        DeliveryStep::Packed => "aids-step-packed",
        DeliveryStep::OnTheWay => "aids-step-on_the_way",
        DeliveryStep::Delivered => "aids-step-delivered",
        DeliveryStep::Repair => "aids-step-repair",
        DeliveryStep::Exchanged => "aids-step-exchanged",
        DeliveryStep::PickupOrdered => "aids-step-pickup_ordered",
        DeliveryStep::Returned => "aids-step-returned",
    })
}

/// The badge of a step: on its way stands out, over is quiet.
#[must_use]
pub const fn step_badge(step: DeliveryStep) -> &'static str {
    match step {
        DeliveryStep::Delivered => "bp-badge-ok",
        DeliveryStep::BackOrder | DeliveryStep::Repair => "bp-badge-call",
        DeliveryStep::Ordered
        | DeliveryStep::Packed
        | DeliveryStep::OnTheWay
        | DeliveryStep::PickupOrdered => "bp-badge-new",
        DeliveryStep::Exchanged | DeliveryStep::Returned => "bp-badge-plain",
    }
}

/// The word for how far an application has come.
#[must_use]
pub fn stage_words(frame: &Frame<'_>, stage: Stage) -> &'static str {
    frame.say(match stage {
        Stage::Sent => "aids-stage-sent",
        Stage::Undelivered => "aids-stage-undelivered",
        Stage::Received => "aids-stage-received",
        Stage::InProgress => "aids-stage-in_progress",
        Stage::OnHold => "aids-stage-on_hold",
        Stage::Decided => "aids-stage-decided",
        Stage::Rejected => "aids-stage-rejected",
        Stage::Withdrawn => "aids-stage-withdrawn",
    })
}

/// One sentence about it.
#[must_use]
pub fn stage_says(frame: &Frame<'_>, stage: Stage) -> &'static str {
    frame.say(match stage {
        Stage::Sent => "aids-stage-sent-says",
        Stage::Undelivered => "aids-stage-undelivered-says",
        Stage::Received => "aids-stage-received-says",
        Stage::InProgress => "aids-stage-in_progress-says",
        Stage::OnHold => "aids-stage-on_hold-says",
        Stage::Decided => "aids-stage-decided-says",
        Stage::Rejected => "aids-stage-rejected-says",
        Stage::Withdrawn => "aids-stage-withdrawn-says",
    })
}

/// Its badge.
#[must_use]
pub const fn stage_badge(stage: Stage) -> &'static str {
    match stage {
        Stage::Decided => "bp-badge-ok",
        Stage::OnHold | Stage::Undelivered | Stage::Rejected => "bp-badge-call",
        Stage::Sent | Stage::Received | Stage::InProgress => "bp-badge-new",
        Stage::Withdrawn => "bp-badge-plain",
    }
}
