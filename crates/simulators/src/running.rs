//! A simulator in the background, and how to stop it. It refuses to outlive its handle.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::serve::Listener;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A running simulator. Dropping the handle stops it too, without waiting for it.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
}

impl Running {
    pub(crate) fn start(listener: TcpListener, router: Router) -> io::Result<Self> {
        let address = listener.local_addr()?;
        Ok(Self::start_on(address, listener, router))
    }

    /// The same on a door that has opened already.
    pub(crate) fn start_on<L>(address: SocketAddr, listener: L, router: Router) -> Self
    where
        L: Listener + Send + 'static,
        L::Addr: std::fmt::Debug,
    {
        let (stop, stopped) = oneshot::channel::<()>();
        let until = async move {
            // An error means that the handle was dropped: stop as well.
            let _ = stopped.await;
        };
        let task =
            tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(until).await });
        Self { address, stop, task }
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address as the start of a URL, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes no new requests, finishes the ones under way, and is gone.
    pub async fn stop(self) -> io::Result<()> {
        let _ = self.stop.send(());
        self.task.await.map_err(io::Error::other)?
    }
}
