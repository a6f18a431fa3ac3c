//! Misbehaving on request: slow, refusing, cut off in the middle, talking nonsense, and the lies that only one kind of
//! partner can tell. It refuses orders it does not understand, so that a test cannot believe in a fault that is none.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::lock;

/// One way to misbehave. Written as `{"slow_ms": 500}` or `"cut_off"`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Answers later.
    SlowMs(u64),
    /// Answers with this status and no content.
    Status(u16),
    /// Breaks the connection before the answer is whole.
    CutOff,
    /// Answers a web page where data was asked for.
    Nonsense,
    /// Never stops answering.
    Endless,
    /// Broker: a new signing key from now on; the old one stays published. Takes no `times`.
    RotateKeys,
    /// Broker: signs with a key it never published, under the name of one it did.
    WrongSignature,
    WrongIssuer,
    WrongAudience,
    WrongNonce,
    /// Broker: userinfo speaks of another subject.
    WrongSubject,
    /// Broker: the ID token ran out an hour ago.
    Expired,
    /// Broker: the ID token was issued in an hour.
    FromTheFuture,
    /// Broker: `loa`, as it shall stand in the token.
    Level(String),
    /// Broker: an identity made for tests.
    TestIdentity,
    NoAuthTime,
    /// Broker: says that the person logged in a day ago, whatever was asked.
    StaleAuthTime,
    /// Broker: the list of privileges breaks off in the middle.
    GarbledPrivileges,
    /// Broker: the list of privileges is of two namespaces at once.
    MixedPrivileges,
    /// Broker: every group of privileges has a condition that we do not know.
    BoundPrivileges,
    /// Register: answers about everybody, not about the person that was asked for.
    WrongPerson,
    /// Digital Post, record system: takes the message and answers 500.
    AcceptThenFail,
    /// Digital Post, record system: says that it took the message and knows nothing of it afterwards.
    Vanish,
    /// Record system: its answer to what it takes is no.
    RejectTask,
    /// Record system: what it answers is delivered three times.
    RepeatAnswers,
    /// Digital Post: takes the message; its receipt says that it cannot be delivered.
    RejectMessage,
    /// Digital Post: every receipt comes two times more after it was taken away.
    RepeatReceipts,
    /// Digital Post: receipts are seen so many seconds later.
    LateReceiptS(i64),
}

/// What to do wrong until told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    pub faults: Vec<Fault>,
    /// Only for addresses whose path begins with this.
    pub path: Option<String>,
    /// Only for so many requests; then all is well again.
    pub times: Option<u32>,
}

impl Orders {
    #[must_use]
    pub fn of(faults: &[Fault]) -> Self {
        Self { faults: faults.to_vec(), ..Self::default() }
    }

    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

/// The faults that are in force for one request; handlers ask for it.
#[derive(Clone, Debug, Default)]
pub(crate) struct InForce(Vec<Fault>);

impl InForce {
    pub(crate) fn has(&self, fault: &Fault) -> bool {
        self.0.contains(fault)
    }

    pub(crate) fn find<T>(&self, pick: impl Fn(&Fault) -> Option<T>) -> Option<T> {
        self.0.iter().find_map(pick)
    }
}

/// Shared by the requests of one simulator.
#[derive(Clone, Default)]
pub(crate) struct FaultBox(Arc<Mutex<Orders>>);

impl FaultBox {
    /// New orders, where there is no HTTP to give them by.
    pub(crate) fn order(&self, orders: Orders) {
        *lock(&self.0) = orders;
    }

    pub(crate) fn take(&self, path: &str) -> InForce {
        let mut orders = lock(&self.0);
        if orders.path.as_ref().is_some_and(|prefix| !path.starts_with(prefix)) {
            return InForce::default();
        }
        match orders.times {
            Some(0) => return InForce::default(),
            Some(left) => orders.times = Some(left - 1),
            None => {}
        }
        InForce(orders.faults.clone())
    }

    /// Puts the faults before `router`, and the address that orders them beside it. `on_order` sees new orders.
    pub(crate) fn around(
        self,
        router: Router,
        on_order: impl Fn(&Orders) + Clone + Send + Sync + 'static,
    ) -> Router {
        let layer = axum::middleware::from_fn_with_state(self.clone(), misbehave);
        let give = move |State(it): State<Self>, Json(orders): Json<Orders>| async move {
            on_order(&orders);
            *lock(&it.0) = orders;
            StatusCode::NO_CONTENT
        };
        let show = |State(it): State<Self>| async move { Json(lock(&it.0).clone()) };
        let clear = |State(it): State<Self>| async move {
            *lock(&it.0) = Orders::default();
            StatusCode::NO_CONTENT
        };
        let admin = Router::new().route("/_faults", get(show).post(give).delete(clear)).with_state(self);
        router.layer(layer).merge(admin)
    }
}

async fn misbehave(State(faults): State<FaultBox>, mut request: Request, next: Next) -> Response {
    let in_force = faults.take(request.uri().path());
    let slow = |fault: &Fault| if let Fault::SlowMs(ms) = fault { Some(*ms) } else { None };
    if let Some(ms) = in_force.find(slow) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    let status =
        |fault: &Fault| if let Fault::Status(code) = fault { StatusCode::from_u16(*code).ok() } else { None };
    if let Some(status) = in_force.find(status) {
        return status.into_response();
    }
    if in_force.has(&Fault::CutOff) {
        let broken = futures_util::stream::once(async {
            Err::<Bytes, _>(std::io::Error::other("cut off on request"))
        });
        return ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(broken)).into_response();
    }
    if in_force.has(&Fault::Endless) {
        let more = futures_util::stream::repeat(Ok::<Bytes, std::convert::Infallible>(Bytes::from_static(
            &[b' '; 4096],
        )));
        return ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(more)).into_response();
    }
    if in_force.has(&Fault::Nonsense) {
        return ([(header::CONTENT_TYPE, "application/json")], "<html>Out for lunch</html>").into_response();
    }
    request.extensions_mut().insert(in_force);
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_written_as_the_handbook_says() {
        let written = r#"{"faults":[{"slow_ms":500},"cut_off",{"level":"Low"},"rotate_keys"],"path":"/token","times":2}"#;
        let orders: Orders = serde_json::from_str(written).unwrap();
        let level = Fault::Level("Low".to_owned());
        let same =
            Orders::of(&[Fault::SlowMs(500), Fault::CutOff, level, Fault::RotateKeys]).at("/token").times(2);
        assert_eq!(orders, same);
        assert_eq!(serde_json::to_string(&orders).unwrap(), written);
        assert_eq!(serde_json::from_str::<Orders>("{}").unwrap(), Orders::default());
    }

    #[test]
    fn orders_hold_for_their_path_and_so_many_times() {
        let faults = FaultBox::default();
        *lock(&faults.0) = Orders::of(&[Fault::CutOff]).at("/token").times(2);
        assert!(!faults.take("/jwks").has(&Fault::CutOff), "another path costs nothing");
        assert!(faults.take("/token").has(&Fault::CutOff));
        assert!(faults.take("/token").has(&Fault::CutOff));
        assert!(!faults.take("/token").has(&Fault::CutOff));
    }
}
