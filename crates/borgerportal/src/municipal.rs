//! The municipalities' own files: one TOML for each in one folder. It refuses a folder with none, two files
//! for one municipality, and a file that does not read, with its line.

use crate::config::ConfigError;
use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use borgerportal_service::Municipalities;
use std::path::{Path, PathBuf};

/// Reads all files `*.toml` of a folder, by name.
pub fn read(folder: &Path) -> Result<Municipalities, ConfigError> {
    let mut all: Vec<Settings> = Vec::new();
    for file in files(folder)? {
        let settings = one(&file)?;
        if all.iter().any(|other| other.municipality == settings.municipality) {
            let hint = format!("another file speaks for {} already", settings.municipality);
            return Err(ConfigError::whole(&file, hint));
        }
        all.push(settings);
    }
    if all.is_empty() {
        return Err(ConfigError::whole(folder, "holds no file *.toml: nobody could come in"));
    }
    Ok(Municipalities::new(all))
}

/// Whether a file of the folder speaks for this municipality. A folder with none is no mistake here.
pub fn has(folder: &Path, municipality: MunicipalityCode) -> Result<bool, ConfigError> {
    let all: Vec<Settings> = files(folder)?.iter().map(|file| one(file)).collect::<Result<_, _>>()?;
    Ok(all.iter().any(|settings| settings.municipality == municipality))
}

fn one(file: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| ConfigError::whole(file, format!("cannot be read: {}", error.kind())))?;
    Settings::from_toml(&text).map_err(|error| ConfigError {
        file: file.to_owned(),
        line: Some(error.line),
        hint: error.hint,
    })
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, ConfigError> {
    let failed = |error: std::io::Error| {
        ConfigError::whole(folder, format!("the folder cannot be read: {}", error.kind()))
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
