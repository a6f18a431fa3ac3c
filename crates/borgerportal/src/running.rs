//! A node at work: the door open, the jobs running, numbers for monitoring; and its orderly end. At a stop it
//! takes no new connections, finishes what is under way, seals the log, and only then goes. It refuses to hang:
//! what has not finished in time is cut off.

use anyhow::Context as _;
use borgerportal_service::mandates::due;
use borgerportal_service::news::{self, Ways};
use borgerportal_service::notices::{self, Post};
use borgerportal_service::outgoing::{self, Way};
use borgerportal_service::{App, jobs};
use borgerportal_web::server::{Door, Tls, serve};
use borgerportal_web::{Site, metrics_router, router};
use metrics_exporter_prometheus::PrometheusBuilder;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How often the numbers about the process itself are looked up.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// Sealing the last lines may take this long.
const SEAL_WITHIN: Duration = Duration::from_secs(10);

/// What a node listens on, and how it ends.
pub struct Doors {
    /// Where people come in.
    pub listener: TcpListener,
    /// TLS in this process.
    pub tls: Option<Tls>,
    /// Where monitoring asks.
    pub metrics: Option<SocketAddr>,
    /// How long requests under way may take at a stop.
    pub stop_within: Duration,
}

/// The ways out of a node.
pub struct Out {
    /// To people.
    pub post: Option<Post>,
    /// To record systems.
    pub record_systems: Vec<Way>,
    /// To whoever wants to hear of news.
    pub news: Ways,
}

/// Serves until the process is told to stop (SIGTERM or SIGINT).
pub async fn until_stopped(app: App, site: Site, out: Out, doors: Doors) -> anyhow::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let monitoring = monitoring(doors.metrics, &app, stopped.clone()).await?;
    let jobs = tokio::spawn(jobs::run(app.clone()));
    let mut sending = JoinSet::new();
    sending.spawn(outgoing::run(app.clone(), out.record_systems));
    sending.spawn(news::run(app.clone(), out.news));
    if let Some(post) = out.post {
        sending.spawn(notices::run(app.clone(), post));
    }
    let door = match doors.tls {
        Some(tls) => Door::Tls(doors.listener, tls),
        None => Door::Plain(doors.listener),
    };
    let mut serving = tokio::spawn(serve(door, router(app.clone(), site), stopped));
    let early = tokio::select! {
        () = told_to_stop() => None,
        ended = &mut serving => Some(ended),
    };
    tracing::info!("stopping");
    // Nobody listens when the door has closed by itself.
    let _ = stop.send(true);
    let ended = match early {
        Some(ended) => Some(ended),
        None => tokio::time::timeout(doors.stop_within, serving).await.ok(),
    };
    if ended.is_none() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
    jobs.abort();
    // Cut off in the middle of a message, it is taken up by the next node: same message, same name.
    sending.abort_all();
    monitoring.abort();
    seal_the_rest(&app).await;
    tracing::info!("stopped");
    match ended {
        Some(ended) => ended.context("the server broke")?.context("the server broke"),
        None => Ok(()),
    }
}

async fn seal_the_rest(app: &App) {
    match tokio::time::timeout(SEAL_WITHIN, jobs::seal(app)).await {
        Ok(Ok(lines)) => tracing::info!(lines, "the access log is sealed"),
        Ok(Err(problem)) => tracing::error!(%problem, "the access log could not be sealed"),
        Err(_) => tracing::error!("sealing the access log took too long"),
    }
}

/// Returns at the first signal to stop.
async fn told_to_stop() {
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        // Without signals only a kill ends the process, which the store is made to survive.
        return std::future::pending().await;
    };
    tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
}

/// Numbers on a listener of their own, and a task that looks up those nobody else counts.
async fn monitoring(
    listen: Option<SocketAddr>,
    app: &App,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let Some(address) = listen else { return Ok(tokio::spawn(async {})) };
    let handle = PrometheusBuilder::new().install_recorder().context("numbers for monitoring")?;
    let listener = TcpListener::bind(address).await.with_context(|| format!("[metrics] listen {address}"))?;
    let text = {
        let handle = handle.clone();
        Arc::new(move || handle.render())
    };
    let app = app.clone();
    let routes = metrics_router(text);
    Ok(tokio::spawn(async move {
        let mut look = tokio::time::interval(LOOK_EVERY);
        let serving = serve(Door::Plain(listener), routes, stopped);
        let looking = async {
            loop {
                look.tick().await;
                look_up(&app).await;
                handle.run_upkeep();
            }
        };
        tokio::select! {
            ended = serving => if ended.is_err() { tracing::error!("the door for monitoring broke"); },
            () = looking => {}
        }
    }))
}

async fn look_up(app: &App) {
    let unsealed = jobs::unsealed(app, jobs::Whose::OfAll).await;
    metrics::gauge!("borgerportal_database_up").set(if unsealed.is_ok() { 1.0 } else { 0.0 });
    if let Ok(since) = unsealed {
        let waited_ms = since.map_or(0, |since| app.clock.now().millis_since(since).max(0));
        metrics::gauge!("borgerportal_log_unsealed_seconds").set(whole(waited_ms / 1000));
    }
    if let Ok(queue) = notices::queue(app).await {
        let waited_ms = queue.oldest.map_or(0, |since| app.clock.now().millis_since(since).max(0));
        metrics::gauge!("borgerportal_notices_waiting").set(whole(queue.waiting));
        metrics::gauge!("borgerportal_notices_oldest_seconds").set(whole(waited_ms / 1000));
        metrics::gauge!("borgerportal_notices_dead").set(whole(queue.dead));
        metrics::gauge!("borgerportal_notices_without_receipt").set(whole(queue.without_receipt));
    }
    if let Ok(queue) = outgoing::queue(app).await {
        let waited_ms = queue.oldest.map_or(0, |since| app.clock.now().millis_since(since).max(0));
        metrics::gauge!("borgerportal_outgoing_waiting").set(whole(queue.waiting));
        metrics::gauge!("borgerportal_outgoing_oldest_seconds").set(whole(waited_ms / 1000));
        metrics::gauge!("borgerportal_outgoing_dead").set(whole(queue.dead));
    }
    if let Ok(queue) = news::queue(app).await {
        let waited_ms = queue.oldest.map_or(0, |since| app.clock.now().millis_since(since).max(0));
        metrics::gauge!("borgerportal_news_waiting").set(whole(queue.waiting));
        metrics::gauge!("borgerportal_news_oldest_seconds").set(whole(waited_ms / 1000));
        metrics::gauge!("borgerportal_news_given_up").set(whole(queue.given_up));
    }
    if let Ok(missed) = app.read(due::reviews_missed).await {
        metrics::gauge!("borgerportal_mandate_reviews_missed").set(whole(missed));
    }
    if let Some(bytes) = resident_bytes() {
        metrics::gauge!("borgerportal_resident_bytes").set(whole(bytes));
    }
}

/// Gauges are floating point; these numbers are far from where that loses digits.
fn whole(number: i64) -> f64 {
    u32::try_from(number / 1024).map_or(f64::MAX, |high| {
        let low = u32::try_from(number % 1024).unwrap_or(0);
        f64::from(high).mul_add(1024.0, f64::from(low))
    })
}

/// Memory of this process, from the kernel.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        for number in [0, 1, 1023, 1024, 1025, 61_865_984] {
            assert_eq!(whole(number).to_string(), number.to_string());
        }
        assert!(resident_bytes().unwrap() > 1_000_000);
    }
}
