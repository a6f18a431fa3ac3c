//! Work on its way to a thread that owns a connection, with the way back. The types of the errand are erased
//! here, once, so that the engines know only three things: run it, note what it left behind, and finish it.

use crate::error::StoreError;
use crate::tx::{Left, Tx};
use tokio::sync::oneshot;

/// What the connection's owner does with an errand that has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Keep what it wrote.
    Keep,
    /// Undo what it wrote; what it left for the log is still written.
    Undo,
    /// The engine asks for a re-run (PostgreSQL only).
    Rerun,
}

/// An errand whose types are forgotten.
pub(crate) trait Job: Send {
    /// Runs the errand inside the open transaction. Called again after a `Rerun`.
    fn run(&mut self, tx: &Tx<'_>) -> Verdict;
    /// Answers the caller: with what `run` produced when all is durable, or with why not.
    fn finish(self: Box<Self>, durable: Result<(), StoreError>);
}

/// A closure and the channel its answer goes back through.
pub(crate) struct Errand<T, E, F> {
    closure: F,
    answer: Option<Result<T, E>>,
    back: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Errand<T, E, F>
where
    F: Fn(&Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Retry + Send,
{
    pub(crate) fn new(closure: F) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (back, answer) = oneshot::channel();
        (Self { closure, answer: None, back }, answer)
    }
}

/// Lets an engine see, inside the caller's own error type, that a re-run may help.
pub trait Retry {
    /// True for a serialization failure that the store reported inside the errand.
    fn may_rerun(&self) -> bool;
}

impl Retry for StoreError {
    fn may_rerun(&self) -> bool {
        Self::may_rerun(self)
    }
}

impl<T, E, F> Job for Errand<T, E, F>
where
    F: Fn(&Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Retry + Send,
{
    fn run(&mut self, tx: &Tx<'_>) -> Verdict {
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| (self.closure)(tx)));
        let answer = caught.unwrap_or_else(|_| Err(E::from(StoreError::Panicked)));
        let verdict = match &answer {
            Ok(_) => Verdict::Keep,
            Err(error) if error.may_rerun() => Verdict::Rerun,
            Err(_) => Verdict::Undo,
        };
        self.answer = Some(answer);
        verdict
    }

    fn finish(self: Box<Self>, durable: Result<(), StoreError>) {
        let answer = match (durable, self.answer) {
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(E::from(StoreError::Away)),
            (Err(error), _) => Err(E::from(error)),
        };
        // A caller who has gone away has nobody to tell.
        let _ = self.back.send(answer);
    }
}

/// A read that has run and waits for its log lines to become durable.
pub(crate) struct Pending {
    pub(crate) left: Left,
    pub(crate) job: Box<dyn Job>,
}
