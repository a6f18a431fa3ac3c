//! Uses the attribute as the store's tests do, against a stand-in for the store which only says which
//! engine it is. The compiler proves most of this file; the last test proves that both engines ran.

// The attribute writes `::borgerportal_store::…`; here that is this file.
extern crate self as borgerportal_store;

use borgerportal_both::both;
use testing::TestStore;

pub mod testing {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct TestStore(pub &'static str);

    pub fn on_sqlite<R>(test: impl FnOnce(TestStore) -> R) -> R {
        test(TestStore("sqlite"))
    }

    pub fn on_postgres<R>(test: impl FnOnce(TestStore) -> R) -> R {
        test(TestStore("postgres"))
    }

    pub fn block_on<F: Future>(future: F) -> F::Output {
        let mut future = std::pin::pin!(future);
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        loop {
            if let std::task::Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}

fn knows_engine(store: TestStore) -> bool {
    ["sqlite", "postgres"].contains(&store.0)
}

/// The plain form, with attributes and a visibility of its own.
#[both]
pub(crate) fn a_plain_test(store: TestStore) {
    assert!(knows_engine(store));
}

#[both]
async fn an_async_test(store: TestStore) {
    std::future::ready(()).await;
    assert!(knows_engine(store));
}

#[derive(Debug)]
struct Odd;

#[both]
fn a_test_that_returns(store: TestStore) -> Result<(), Odd> {
    if knows_engine(store) { Ok(()) } else { Err(Odd) }
}

#[both]
#[cfg(any())]
fn a_test_that_is_switched_off(store: NoSuchType) {}

/// `#[both]` leaves the function callable, so a test can look at what the two engines were given.
#[test]
fn each_engine_gets_its_own_store() {
    assert_eq!(testing::on_sqlite(|store| store.0), "sqlite");
    assert_eq!(testing::on_postgres(|store| store.0), "postgres");
    a_plain_test(TestStore("sqlite"));
}
