//! Writes one of each document to a folder, to be looked at: `cargo run -p borgerportal-memo --example letters FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

use borgerportal_i18n::Lang;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder?")?);
    std::fs::create_dir_all(&folder)?;
    for lang in Lang::ALL {
        for (name, pdf) in samples::all(lang) {
            std::fs::write(folder.join(format!("{name}.{}.pdf", lang.code())), pdf?.bytes)?;
        }
    }
    Ok(())
}
