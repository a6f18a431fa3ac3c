//! The key file: made once, readable by its owner alone, read at start. It refuses to overwrite one: what was
//! sealed under lost keys stays sealed.

use crate::config::ConfigError;
use borgerportal_store::keys::KeyRing;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Makes a new key file. It is on disk, whole, when this returns.
pub fn init(file: &Path) -> Result<(), ConfigError> {
    let whole = |hint: String| ConfigError::whole(file, hint);
    let text = KeyRing::generate().map_err(|error| whole(error.to_string()))?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|error| whole(format!("no folder for it: {}", error.kind())))?;
    }
    let mut open = OpenOptions::new();
    open.write(true).create_new(true).mode(0o600);
    let mut file = open.open(file).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            whole("is there already, and is not overwritten: whoever loses keys loses the record".to_owned())
        } else {
            whole(format!("cannot be written: {}", error.kind()))
        }
    })?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.map_err(|error| whole(format!("cannot be written: {}", error.kind())))
}

/// Reads the keys.
pub fn read(file: &Path) -> Result<KeyRing, ConfigError> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        let hint = if error.kind() == std::io::ErrorKind::NotFound {
            "is not there: `borgerportal keys init` makes it".to_owned()
        } else {
            format!("cannot be read: {}", error.kind())
        };
        ConfigError::whole(file, hint)
    })?;
    KeyRing::parse(&text).map_err(|error| ConfigError::whole(file, error.to_string()))
}

/// The permissions that others than the owner have on it, as in `chmod`; 0 is right.
pub fn too_open(file: &Path) -> std::io::Result<u32> {
    Ok(std::fs::metadata(file)?.permissions().mode() & 0o077)
}
