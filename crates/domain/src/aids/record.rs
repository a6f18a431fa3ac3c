//! What a record system tells of aids, and the loans that follow from it.

use super::DeliveryStep;
use crate::time::{Date, Timestamp};

/// One thing that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// An aid on loan.
    Lent(Lent),
    /// Which aid it is.
    Device(Device),
    /// A step of its way.
    Comes(Comes),
    /// An aid that was granted.
    Granted(Granted),
}

/// An aid on loan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    /// The aid, by its name at the sender.
    pub device: Option<String>,
    /// What it is called where it is lent.
    pub title: String,
    /// By which law.
    pub law: String,
    /// Since when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Where it is, as far as the loan itself says.
    pub step: Option<DeliveryStep>,
}

/// Which aid it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its name at the sender.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// The product's number in HMI-basen.
    pub hmi: String,
    /// The number of this very one.
    pub serial: String,
}

/// A step of its way to or from the citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comes {
    /// The aid, by its name at the sender.
    pub device: Option<String>,
    /// How far.
    pub step: DeliveryStep,
    /// From when, where a clock time was told.
    pub from: Option<Timestamp>,
    /// Until when.
    pub until: Option<Timestamp>,
    /// On which day.
    pub on: Option<Date>,
}

/// An aid that was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// What.
    pub title: String,
    /// By which law.
    pub law: String,
    /// From whom it comes.
    pub supplier: String,
    /// From when.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Whether it is over.
    pub over: bool,
}

/// An aid on loan with its way, put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan<I> {
    /// The loan among the items of the record.
    pub item: I,
    /// What it is.
    pub lent: Lent,
    /// Which one it is.
    pub device: Option<Device>,
    /// Its way, first step first.
    pub way: Vec<Comes>,
}

impl<I> Loan<I> {
    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        let own = self.device.as_ref().map(|device| device.title.as_str());
        own.filter(|title| !title.is_empty()).unwrap_or(&self.lent.title)
    }

    /// Where it is: by the last step of its way, else by the loan itself.
    #[must_use]
    pub fn step(&self) -> DeliveryStep {
        let last = self.way.last().map(|comes| comes.step);
        // A loan that is over is over, whatever its way says.
        let over = self.lent.step.filter(|step| step.is_over());
        over.or(last).or(self.lent.step).unwrap_or(DeliveryStep::Ordered)
    }

    /// The step it is at.
    #[must_use]
    pub fn now(&self) -> Option<&Comes> {
        self.way.last()
    }
}

/// The loans that were told of, those on their way first, then the newest first.
#[must_use]
pub fn loans<I>(told: impl IntoIterator<Item = (I, Told)>) -> Vec<Loan<I>> {
    let (mut loans, mut devices, mut ways) = (Vec::new(), Vec::new(), Vec::new());
    for (item, told) in told {
        match told {
            Told::Lent(lent) => loans.push(Loan { item, lent, device: None, way: Vec::new() }),
            Told::Device(device) => devices.push(device),
            Told::Comes(comes) => ways.push(comes),
            Told::Granted(_) => {}
        }
    }
    ways.sort_by_key(|comes| (comes.on, comes.from, comes.step));
    for loan in &mut loans {
        let Some(name) = &loan.lent.device else { continue };
        loan.device = devices.iter().find(|device| device.name == *name).cloned();
        loan.way = ways.iter().filter(|comes| comes.device.as_ref() == Some(name)).cloned().collect();
    }
    loans.sort_by_key(|loan| {
        let step = loan.step();
        (step.is_over(), !step.is_coming(), std::cmp::Reverse(loan.lent.from))
    });
    loans
}
