//! The open door: connections are taken, with TLS or without, handed to the routes, and finished in order
//! when the program is told to stop. A slow or broken handshake never holds up the next connection. It refuses
//! TLS older than 1.2 and plain HTTP/0.9 follies; certificates are read once, at start.

use axum::Router;
use axum::serve::{Listener, ListenerExt as _};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// A handshake that takes longer is given up.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes under way at once.
const HANDSHAKES: usize = 256;

/// Where connections come from.
pub enum Door {
    /// Without TLS: behind a proxy, or on this machine.
    Plain(TcpListener),
    /// With TLS in this process.
    Tls(TcpListener, Tls),
}

/// A certificate with its key, ready to be used.
#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

/// Why a certificate cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// No certificate in the PEM text.
    #[error("holds no certificate in PEM")]
    Certificate,
    /// No private key in the PEM text.
    #[error("holds no private key in PEM")]
    Key,
    /// Certificate and key do not belong together, or the key is of a kind we do not have.
    #[error("certificate and key do not fit together")]
    Pair,
}

impl Tls {
    /// From a chain (own certificate first) and its key, both PEM.
    pub fn from_pem(certificate: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(certificate)
            .collect::<Result<_, _>>()
            .map_err(|_| TlsError::Certificate)?;
        if chain.is_empty() {
            return Err(TlsError::Certificate);
        }
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::Key)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| TlsError::Pair)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|_| TlsError::Pair)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// Serves until `stop` turns true; then takes no new connections, finishes requests under way, and returns.
pub async fn serve(door: Door, routes: Router, mut stop: watch::Receiver<bool>) -> io::Result<()> {
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let stopped = async move {
        // An error means that nobody can say stop any more: stop as well.
        let _ = stop.wait_for(|stop| *stop).await;
    };
    match door {
        Door::Plain(listener) => {
            let listener = listener.tap_io(quick);
            axum::serve(listener, service).with_graceful_shutdown(stopped).await
        }
        Door::Tls(listener, tls) => {
            let listener = TlsListener::start(listener, tls)?.tap_io(|_| {});
            axum::serve(listener, service).with_graceful_shutdown(stopped).await
        }
    }
}

/// Answers are written whole: nothing is gained by waiting for more.
fn quick(stream: &mut TcpStream) {
    let _ = stream.set_nodelay(true);
}

/// Connections after their handshake.
struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl TlsListener {
    fn start(mut listener: TcpListener, tls: Tls) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(1);
        let acceptor = TlsAcceptor::from(tls.0);
        let room = Arc::new(Semaphore::new(HANDSHAKES));
        tokio::spawn(async move {
            while !sender.is_closed() {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
                let (mut stream, peer) = tokio::select! {
                    taken = Listener::accept(&mut listener) => taken,
                    () = sender.closed() => return,
                };
                quick(&mut stream);
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                tokio::spawn(async move {
                    let _place = place;
                    if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                        let _ = sender.send((stream, peer)).await;
                    }
                });
            }
        });
        Ok(Self { ready, address })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(taken) => taken,
            // The task that takes connections ends only with this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
