//! Where the contents of files lie, sealed before they come here: a local folder by default, any S3-compatible
//! store in production. A file is found by an address that only the holder of the journal's key can compute. It
//! refuses to open, name or list content.

use std::path::Path;
use std::sync::Arc;

use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path as Address;
use object_store::{ObjectStore, ObjectStoreExt as _};

use crate::{Absence, Partner, PartnerError};

/// A place for files: cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// Where a local folder lies, to make what was put there durable: the library leaves that to the system.
    folder: Option<Arc<LocalFileSystem>>,
}

/// The folder cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the folder for files cannot be used")]
pub struct FolderError;

impl Files {
    /// In a folder, made if it is missing. What is put there is on disk before `put` answers.
    pub fn in_folder(folder: &Path) -> Result<Self, FolderError> {
        std::fs::create_dir_all(folder).map_err(|_| FolderError)?;
        let folder = Arc::new(LocalFileSystem::new_with_prefix(folder).map_err(|_| FolderError)?);
        let store: Arc<dyn ObjectStore> = Arc::<LocalFileSystem>::clone(&folder);
        Ok(Self { store, folder: Some(folder) })
    }

    /// In memory, for tests.
    #[must_use]
    pub fn in_memory() -> Self {
        Self { store: Arc::new(InMemory::new()), folder: None }
    }

    /// Puts sealed content at its address. The same content again changes nothing that matters.
    pub async fn put(&self, address: &str, sealed: Vec<u8>) -> Result<(), PartnerError> {
        let place = place(address)?;
        self.store.put(&place, sealed.into()).await.map_err(|error| trouble(&error))?;
        let Some(folder) = &self.folder else { return Ok(()) };
        let path = folder.path_to_filesystem(&place).map_err(|error| trouble(&error))?;
        let synced = tokio::task::spawn_blocking(move || sync(&path)).await;
        if matches!(synced, Ok(Ok(()))) { Ok(()) } else { Err(AWAY) }
    }

    /// Removes the content at an address. What is not there is gone already.
    pub async fn remove(&self, address: &str) -> Result<(), PartnerError> {
        match self.store.delete(&place(address)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(trouble(&error)),
        }
    }

    /// The sealed content at an address.
    pub async fn get(&self, address: &str) -> Result<Vec<u8>, PartnerError> {
        let found = self.store.get(&place(address)?).await.map_err(|error| trouble(&error))?;
        let bytes = found.bytes().await.map_err(|error| trouble(&error))?;
        Ok(bytes.to_vec())
    }
}

const AWAY: PartnerError = PartnerError::Away { partner: Partner::Files, how: Absence::Unreachable };

/// The file and the folders that name it are on disk when this returns.
fn sync(path: &Path) -> std::io::Result<()> {
    std::fs::File::open(path)?.sync_all()?;
    path.ancestors().skip(1).take(3).try_for_each(|folder| std::fs::File::open(folder)?.sync_all())
}

/// Two levels of folders, so that no folder holds millions of files. Addresses are hexadecimal, nothing else.
fn place(address: &str) -> Result<Address, PartnerError> {
    let nonsense = PartnerError::Nonsense { partner: Partner::Files, what: "address" };
    if address.len() < 8 || !address.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(nonsense);
    }
    let (first, second) = (address.get(..2).ok_or(nonsense)?, address.get(2..4).ok_or(nonsense)?);
    Ok(Address::from(format!("{first}/{second}/{address}")))
}

fn trouble(error: &object_store::Error) -> PartnerError {
    if matches!(error, object_store::Error::NotFound { .. }) {
        PartnerError::Refused { partner: Partner::Files, status: 404 }
    } else {
        AWAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_put_comes_back_and_what_was_not_does_not() {
        let files = Files::in_memory();
        files.put("00ff00ff00ff", vec![1, 2, 3]).await.unwrap();
        assert_eq!(files.get("00ff00ff00ff").await.unwrap(), [1, 2, 3]);
        assert!(files.get("00ff00ff00fe").await.is_err());
    }

    #[tokio::test]
    async fn what_was_removed_is_gone_and_may_be_removed_again() {
        let files = Files::in_memory();
        files.put("00ff00ff00ff", vec![1]).await.unwrap();
        for _ in 0..2 {
            files.remove("00ff00ff00ff").await.unwrap();
            assert!(files.get("00ff00ff00ff").await.is_err());
        }
    }

    #[tokio::test]
    async fn an_address_never_leaves_the_folder() {
        let files = Files::in_memory();
        for address in ["../../etc/passwd", "short", "", "00ff00ff/0ff"] {
            assert!(files.put(address, vec![]).await.is_err(), "{address}");
        }
    }
}
