//! Files that go with something that is being written: judged by their bytes, looked at by the scanner, sealed, laid
//! down, and only then named. Which errand they belong to, and whether its writer is the one who asks, the caller says.
//! It refuses a file before anything of it is kept.

use crate::access::Granted;
use crate::app::App;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{SignedIn, Token};
use borgerportal_domain::attachments::{AttachmentRefusal, FILE_BYTES, room_for, shown_name};
use borgerportal_domain::ids::{ErrandId, ItemId, JournalId};
use borgerportal_fhir::gate::{FileKind, sniff};
use borgerportal_partners::virus::Verdict;
pub use borgerportal_store::attachments::Attachment;
use borgerportal_store::attachments::{self as store, FileOpener, FileRow};
use borgerportal_store::tx::Tx;

/// A file as it came.
#[derive(Clone)]
pub struct Upload {
    /// The name its owner gave it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A file on its way out.
pub struct File {
    /// MIME type.
    pub media_type: String,
    /// A name for saving it.
    pub name: String,
    /// The content.
    pub content: Vec<u8>,
}

/// Lets whoever asks come to what a file goes with: the access, if they are its writer and may still write.
pub type Ask = for<'t, 'c> fn(
    &'t Tx<'c>,
    &Municipalities,
    &SignedIn,
    (JournalId, ItemId),
) -> Result<Granted<'t>, Problem>;

/// What a file goes with.
#[derive(Clone, Copy)]
pub struct Owner {
    /// In which journal.
    pub journal: JournalId,
    /// The draft.
    pub item: ItemId,
    /// How its room lets somebody come to it.
    pub ask: Ask,
}

impl Owner {
    fn granted<'t>(
        self,
        tx: &'t Tx<'_>,
        places: &Municipalities,
        who: &SignedIn,
    ) -> Result<Granted<'t>, Problem> {
        (self.ask)(tx, places, who, (self.journal, self.item))
    }
}

const fn ending(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Pdf => "pdf",
        FileKind::Png => "png",
        FileKind::Jpeg => "jpg",
    }
}

fn sizes(files: &[Attachment]) -> Vec<usize> {
    files.iter().map(|one| usize::try_from(one.file.size).unwrap_or(FILE_BYTES)).collect()
}

/// Adds a file. Denied: `attachments.*`.
pub async fn add(
    app: &App,
    (token, named): (&Token, (&str, ErrandId)),
    owner: Owner,
    upload: Upload,
    may_ask: impl Fn(&SignedIn) -> Result<(), Problem> + Clone + Send + Sync + 'static,
) -> Result<(), Problem> {
    let size = upload.bytes.len();
    room_for(size, &[])?;
    let kind = sniff(&upload.bytes).map_err(|_| AttachmentRefusal::WrongType)?;
    let file = lay_down(app, token, (owner, may_ask.clone()), (&upload.bytes, kind)).await?;
    let (places, name) = (app.municipalities.clone(), shown_name(&upload.name, ending(kind)));
    let add = move |tx: &Tx<'_>, who: &SignedIn| {
        let granted = owner.granted(tx, &places, who)?;
        let beside = store::of(tx, &granted.access, owner.item)?;
        room_for(size, &sizes(&beside))?;
        let number = beside.last().map_or(0, |last| last.number + 1);
        let one = Attachment { number, name: name.clone(), file: file.clone() };
        Ok(store::add(tx, &granted.access, owner.item, &one)?)
    };
    app.write_as(token, named, may_ask, add).await
}

/// Has a file scanned and lays it down, sealed. Nobody's files fill the place: there must be room before anything is kept.
async fn lay_down(
    app: &App,
    token: &Token,
    (owner, may_ask): (Owner, impl Fn(&SignedIn) -> Result<(), Problem> + Clone + Send + Sync + 'static),
    (bytes, kind): (&[u8], FileKind),
) -> Result<FileRow, Problem> {
    let (places, nonce, content) = (app.municipalities.clone(), app.random()?, bytes.to_vec());
    let sealed = app.read_as(token, move |tx, who| {
        may_ask(who)?;
        let granted = owner.granted(tx, &places, who)?;
        room_for(content.len(), &sizes(&store::of(tx, &granted.access, owner.item)?))?;
        Ok(FileOpener::of(&granted.access).seal(nonce, &content)?)
    });
    let (address, sealed) = sealed.await?;
    match app.scanner.scan(bytes).await {
        Ok(Verdict::Clean | Verdict::NotScanned) => {}
        Ok(Verdict::Infected) => return Err(AttachmentRefusal::Infected.into()),
        Err(error) => {
            tracing::error!(%error, "a file could not be scanned");
            return Err(AttachmentRefusal::NotScanned.into());
        }
    }
    app.files.put(&address, sealed).await.map_err(|_| Problem::Away("files"))?;
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(FileRow { address, media_type: kind.content_type().to_owned(), size })
}

/// Takes a file away again. Twice is once.
pub fn remove(tx: &Tx<'_>, granted: &Granted<'_>, owner: ItemId, number: i64) -> Result<(), Problem> {
    store::remove(tx, &granted.access, owner, number)?;
    Ok(())
}

/// Fetches and opens a file that an errand has named.
pub(crate) async fn fetch(
    app: &App,
    name: String,
    row: FileRow,
    opener: FileOpener,
) -> Result<File, Problem> {
    let sealed = app.files.get(&row.address).await.map_err(|_| Problem::Away("files"))?;
    let content = tokio::task::spawn_blocking(move || opener.open(&sealed).map(|plain| plain.to_vec()));
    let content = content.await.map_err(|_| Problem::Away("files"))??;
    Ok(File { media_type: row.media_type, name, content })
}
