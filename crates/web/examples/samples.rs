//! Writes every sample page, with the assets, to a folder, for looking at them in a browser:
//! `cargo run -p borgerportal-web --features samples --example samples -- target/samples`, then serve
//! that folder at the root of some port. A tool for developers; it refuses nothing.

use borgerportal_i18n::Lang;
use borgerportal_web::{assets, pages::samples};
use std::path::PathBuf;
use std::{env, error::Error, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/samples".to_owned()));
    fs::create_dir_all(folder.join("static"))?;
    for asset in assets::all() {
        fs::write(folder.join("static").join(asset.file), asset.raw)?;
    }
    for lang in Lang::ALL {
        for sample in samples::all(lang)? {
            fs::write(folder.join(format!("{}-{}.html", sample.name, lang.code())), sample.html)?;
        }
    }
    Ok(())
}
