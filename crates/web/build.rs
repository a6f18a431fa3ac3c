//! Turns `assets/dist/` into a Rust table that embeds every file. It builds nothing itself: when the
//! folder is missing it stops with the command that makes it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo names the crate's folder")?);
    let dist = root.join("../../assets/dist");
    let manifest = dist.join("manifest.tsv");
    println!("cargo::rerun-if-changed={}", manifest.display());
    println!("cargo::rerun-if-changed=build.rs");
    let Ok(lines) = fs::read_to_string(&manifest) else {
        return Err("assets/dist is missing: run `cargo run -p xtask -- assets` first".into());
    };
    let mut table = String::from("&[\n");
    for line in lines.lines() {
        entry(&mut table, &dist, line)?;
    }
    table.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo names the output folder")?);
    fs::write(out.join("assets_table.rs"), table)?;
    Ok(())
}

fn entry(table: &mut String, dist: &Path, line: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut columns = line.split('\t');
    let (Some(name), Some(file), Some(mime), Some(encodings)) =
        (columns.next(), columns.next(), columns.next(), columns.next())
    else {
        return Err(format!("assets/dist/manifest.tsv: {line}").into());
    };
    let include = |ending: &str| -> Result<String, Box<dyn std::error::Error>> {
        let path = dist.join(format!("{file}{ending}")).canonicalize()?;
        Ok(format!("include_bytes!({:?})", path.display().to_string()))
    };
    let (br, gz) = if encodings == "-" {
        ("None".to_owned(), "None".to_owned())
    } else {
        (format!("Some({})", include(".br")?), format!("Some({})", include(".gz")?))
    };
    writeln!(
        table,
        "    Asset {{ name: {name:?}, file: {file:?}, href: \"/static/{file}\", mime: {mime:?}, etag: \"\\\"{file}\\\"\", raw: {}, brotli: {br}, gzip: {gz} }},",
        include("")?
    )?;
    Ok(())
}
