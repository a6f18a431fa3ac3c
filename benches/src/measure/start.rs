//! From nothing to the first answer, and what a portal holds that nobody asks anything.

use super::Stage;
use crate::client::fetch;
use crate::figures::{median, millis, spaced};
use crate::report::Section;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// Starts the portal again and again.
pub(crate) async fn section(stage: &Stage) -> Result<Section> {
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..5 {
        let begun = Instant::now();
        let portal = stage.portal()?;
        let request = b"GET /health/ready HTTP/1.1\r\nHost: portal.example\r\n\r\n";
        let (status, _) = fetch(portal.address, request).await?;
        if status != 200 {
            bail!("not ready: {status}");
        }
        starts.push(u64::try_from(begun.elapsed().as_micros())?);
        tokio::time::sleep(Duration::from_secs(1)).await;
        memory.push(portal.memory_kib()?);
    }
    let size = std::fs::metadata(stage.place.text.trim_start_matches("sqlite:")).map_or(0, |file| file.len());
    let text = format!(
        "On {} MB of data ({} items of {} citizens), from the start of the process to a 200 from `/health/ready`, which asks \
         the database; five starts.\n\n\
         | start to ready | own memory, idle | all that is resident (with mapped pages of program and data) |\n|---|---|---|\n\
         | {} ms | {} MiB | {} MiB |\n",
        size / 1_000_000,
        spaced(stage.made.items),
        spaced(stage.made.citizens),
        millis(median(starts.into_iter())),
        median(memory.iter().map(|memory| memory.0)) / 1024,
        median(memory.iter().map(|memory| memory.1)) / 1024,
    );
    Ok(Section { title: "Start and idle memory".to_owned(), text })
}
