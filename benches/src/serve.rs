//! What runs in the server's process: the portal, or one of the floors it is measured against. All three go
//! through the same door on the same runtime.

use crate::portal::{self, Place};
use crate::{floors, say};
use anyhow::{Context as _, Result};
use axum::Router;
use axum::http::header;
use axum::routing::get;
use borgerportal_service::jobs;
use borgerportal_web::router;
use borgerportal_web::server::{Door, serve};
use metrics_exporter_prometheus::PrometheusBuilder;
use std::path::Path;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// The portal with everything that runs beside it: numbers for monitoring and the sealing of the log.
pub(crate) fn portal(place: &Place) -> Result<()> {
    let app = portal::app(place)?;
    let handle = PrometheusBuilder::new().install_recorder().context("numbers for monitoring")?;
    run(async move {
        tokio::spawn(jobs::run(app.clone()));
        tokio::spawn(async move {
            let mut upkeep = tokio::time::interval(std::time::Duration::from_secs(10));
            loop {
                upkeep.tick().await;
                handle.run_upkeep();
            }
        });
        open(router(app, portal::site()?)).await
    })
}

/// The bytes of a file, whatever is asked for.
pub(crate) fn fixed(body: &Path) -> Result<()> {
    let body = axum::body::Bytes::from(std::fs::read(body)?);
    let answer = move || {
        let body = body.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body) }
    };
    run(async move { open(Router::new().fallback(get(answer))).await })
}

/// The same query by hand, with the bytes of a file for an answer.
pub(crate) fn hand(place: &Place, body: &Path) -> Result<()> {
    let body = axum::body::Bytes::from(std::fs::read(body)?);
    let rows = floors::Rows::open(&place.location()?)?;
    run(async move {
        let answer = move |axum::extract::Path((journal, _)): axum::extract::Path<(String, String)>| {
            let (body, rows) = (body.clone(), rows.clone());
            async move {
                let found = rows.list(journal).await;
                (
                    [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
                    if found > 0 { body } else { axum::body::Bytes::new() },
                )
            }
        };
        open(Router::new().route("/p/{journal}/{room}", get(answer))).await
    })
}

fn run(work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

async fn open(routes: Router) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    say::line(listener.local_addr()?.to_string());
    let (_stop, stopped) = watch::channel(false);
    Ok(serve(Door::Plain(listener), routes, stopped).await?)
}
