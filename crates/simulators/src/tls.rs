//! A door for callers with a certificate: TLS where both sides show one. It refuses everybody whose certificate is
//! not of the one authority it was given, before a byte of HTTP is read.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// What such a door is made of, all in PEM.
#[derive(Clone, Debug)]
pub struct MutualTls {
    pub certificate: String,
    pub key: String,
    /// Callers' certificates are of this authority.
    pub callers: String,
}

/// Connections after a handshake in which both sides have shown who they are.
pub(crate) struct TlsDoor {
    listener: TcpListener,
    acceptor: TlsAcceptor,
}

impl TlsDoor {
    pub(crate) fn new(listener: TcpListener, tls: &MutualTls) -> io::Result<Self> {
        let wrong = |_| io::Error::other("certificates cannot be used");
        let chain = CertificateDer::pem_slice_iter(tls.certificate.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let key = PrivateKeyDer::from_pem_slice(tls.key.as_bytes()).map_err(wrong)?;
        let mut callers = RootCertStore::empty();
        for authority in CertificateDer::pem_slice_iter(tls.callers.as_bytes()) {
            callers.add(authority.map_err(wrong)?).map_err(io::Error::other)?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(callers), Arc::clone(&provider));
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_client_cert_verifier(verifier.build().map_err(io::Error::other)?)
            .with_single_cert(chain, key)
            .map_err(io::Error::other)?;
        Ok(Self { listener, acceptor: TlsAcceptor::from(Arc::new(config)) })
    }
}

impl Listener for TlsDoor {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (stream, peer) = Listener::accept(&mut self.listener).await;
            let shaken = tokio::time::timeout(Duration::from_secs(5), self.acceptor.accept(stream)).await;
            match shaken {
                Ok(Ok(stream)) => return (stream, peer),
                Ok(Err(error)) => tracing::debug!(%error, "a caller without the right certificate"),
                Err(_) => tracing::debug!("a caller that says nothing"),
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        TcpListener::local_addr(&self.listener)
    }
}
