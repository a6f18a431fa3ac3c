//! The record as a FHIR Bundle, sent piece by piece: a resource, then its files one at a time. It refuses to run ahead: a
//! piece is made when the one before it has been taken.

use super::{At, STRETCH, Stretch, Taken, stretch};
use crate::app::App;
use crate::attachments::fetch;
use crate::problem::Problem;
use crate::sessions::Token;
use borgerportal_domain::ids::JournalId;
use borgerportal_fhir::export;
use std::collections::VecDeque;

/// A record on its way out.
pub struct Bundle {
    app: App,
    token: Token,
    journal: JournalId,
    stretch: Stretch,
    /// Taken, and not yet sent.
    waiting: VecDeque<Taken>,
    /// Files of the last one that are still to be sent: which item, and which of its files.
    files: VecDeque<(String, usize, borgerportal_store::attachments::FileRow)>,
    began: bool,
    entries: usize,
    ended: bool,
}

/// Begins an export. What is refused is refused here, before anything is sent.
pub async fn bundle(app: &App, token: &Token, journal: JournalId) -> Result<Bundle, Problem> {
    let mut stretch = stretch(app, token, (journal, false), (At::START, STRETCH)).await?;
    let waiting = std::mem::take(&mut stretch.items).into();
    Ok(Bundle {
        app: app.clone(),
        token: token.clone(),
        journal,
        stretch,
        waiting,
        files: VecDeque::new(),
        began: false,
        entries: 0,
        ended: false,
    })
}

impl Bundle {
    /// The next piece; nothing after the last. After a problem nothing more comes, so that whoever reads sees that the
    /// Bundle is not whole.
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, Problem>> {
        if self.ended {
            return None;
        }
        if !std::mem::replace(&mut self.began, true) {
            return Some(Ok(export::begin(self.app.clock.now())));
        }
        let piece = self.entry().await.transpose();
        self.ended = !matches!(piece, Some(Ok(_)));
        Some(piece.unwrap_or_else(|| Ok(export::END.to_vec())))
    }

    /// The next entry, with what stands between it and the one before.
    async fn entry(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        loop {
            let entry = if let Some((item, number, row)) = self.files.pop_front() {
                let (media_type, name) = (row.media_type.clone(), format!("{item}-{number}"));
                let file = fetch(&self.app, String::new(), row, self.stretch.opener.clone()).await?;
                Some(export::file(&name, (&item, &media_type), &file.content))
            } else if let Some(taken) = self.waiting.pop_front() {
                let name = taken.id.to_string();
                let files = taken.files.into_iter().enumerate();
                self.files.extend(files.map(|(number, row)| (name.clone(), number, row)));
                export::resource(&name, &taken.body, taken.whole)
            } else if let Some(at) = self.stretch.next {
                self.stretch = stretch(&self.app, &self.token, (self.journal, true), (at, STRETCH)).await?;
                self.waiting = std::mem::take(&mut self.stretch.items).into();
                continue;
            } else {
                return Ok(None);
            };
            if let Some(entry) = entry {
                self.entries += 1;
                let between = if self.entries == 1 { &[][..] } else { export::BETWEEN };
                return Ok(Some([between, &entry].concat()));
            }
        }
    }
}
