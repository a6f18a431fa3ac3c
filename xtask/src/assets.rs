//! Builds what a browser loads besides HTML: `assets/` → `assets/dist/` (one style sheet, two font
//! files, one icon sprite, one script, the licences), each with a hash in its name and compressed
//! beforehand. It does nothing when no input changed, never touches the network except through
//! `npm ci` with the lock file, and refuses a font, icon or style rule nobody asked for.

mod css;
mod sprite;

use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the compiled files are found by `crates/web/build.rs`.
const MANIFEST: &str = "manifest.tsv";
const STAMP: &str = ".inputs";
const FONTS: &str = "node_modules/dkfds/src/fonts/IBMPlexSans/split/woff2";
const FDS_ICONS: &str = "node_modules/dkfds/src/img/svg-icons";

/// Builds the assets when something they are made from changed. Returns `false` when nothing had to
/// be done.
///
/// # Errors
/// When npm or sass fails, or an input is missing; the message says what to do.
pub(crate) fn build(root: &Path) -> Result<bool> {
    let assets = root.join("assets");
    let dist = assets.join("dist");
    let stamp = inputs_stamp(root)?;
    let before = fs::read_to_string(dist.join(STAMP)).unwrap_or_default();
    if before == stamp && dist.join(MANIFEST).exists() {
        return Ok(false);
    }
    install(&assets)?;
    // Built beside the old folder and moved over it, so that a compile running at the same time
    // never sees half of it.
    let fresh = assets.join("dist.new");
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh)?;
    let mut out = Output { dir: fresh.clone(), manifest: String::new() };
    assemble(root, &assets, &mut out)?;
    fs::write(fresh.join(MANIFEST), &out.manifest)?;
    fs::write(fresh.join(STAMP), stamp)?;
    let _ = fs::remove_dir_all(&dist);
    fs::rename(&fresh, &dist).context("could not move assets/dist.new to assets/dist")?;
    Ok(true)
}

fn assemble(root: &Path, assets: &Path, out: &mut Output) -> Result<()> {
    for (name, file) in [
        ("plex-400.woff2", "IBMPlexSans-Regular-Latin1.woff2"),
        ("plex-600.woff2", "IBMPlexSans-SemiBold-Latin1.woff2"),
    ] {
        let bytes = read(&assets.join(FONTS).join(file))?;
        out.put(name, "font/woff2", &bytes, Compress::No)?;
    }
    let sprite = sprite::build(
        &read_text(&assets.join("icons.list"))?,
        &assets.join(FDS_ICONS),
        &assets.join("icons"),
    )?;
    out.put("icons.svg", "image/svg+xml", sprite.as_bytes(), Compress::Yes)?;
    out.put("mark.svg", "image/svg+xml", &read(&assets.join("icons/mark.svg"))?, Compress::Yes)?;
    out.put("app.js", "text/javascript; charset=utf-8", &read(&assets.join("js/app.js"))?, Compress::Yes)?;
    let compiled = sass(assets)?;
    let words = css::words(&used_text(root)?);
    let lean = css::purge(&compiled, &words);
    let linked = css::link(&lean, |url| linked_file(assets, url, out))?;
    out.put("app.css", "text/css; charset=utf-8", linked.as_bytes(), Compress::Yes)?;
    for entry in sorted(&assets.join("licences"))? {
        let name = format!("licence-{}", file_name(&entry));
        out.put(&name, "text/plain; charset=utf-8", &read(&entry)?, Compress::Yes)?;
    }
    Ok(())
}

/// A `url(…)` of the style sheet: a font already written, or a picture of dkfds, written now.
fn linked_file(assets: &Path, url: &str, out: &mut Output) -> Result<String> {
    let name = url.rsplit('/').next().unwrap_or(url);
    if let Some(hashed) = out.hashed(name) {
        return Ok(hashed);
    }
    ensure!(
        has_ending(Path::new(name), "svg"),
        "the style sheet asks for {url}, which is not part of the assets"
    );
    let bytes = read(&assets.join(FDS_ICONS).join(name))?;
    out.put(name, "image/svg+xml", &bytes, Compress::Yes)
}

/// Everything that can name a class: the templates, the code that prepares them, the script.
fn used_text(root: &Path) -> Result<String> {
    let mut text = String::new();
    for file in class_sources(root)? {
        text.push_str(&read_text(&file)?);
        text.push('\n');
    }
    Ok(text)
}

fn class_sources(root: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["crates/web/templates", "crates/simulators/templates", "assets/js"] {
        let folder = root.join(folder);
        if folder.exists() {
            walk(&folder, &mut files)?;
        }
    }
    let pages = root.join("crates/web/src/pages");
    if pages.exists() {
        walk(&pages, &mut files)?;
    }
    files.sort();
    Ok(files)
}

fn sass(assets: &Path) -> Result<String> {
    let run = Command::new("node")
        .current_dir(assets)
        .args(["node_modules/sass/sass.js", "--style=compressed", "--no-source-map", "--no-charset"])
        .args(["--quiet-deps", "--load-path=node_modules/dkfds/src/stylesheets", "scss/app.scss"])
        .output()
        .context("could not start node: install Node 20 or newer")?;
    if !run.status.success() {
        bail!("sass refused the style sheet:\n{}", String::from_utf8_lossy(&run.stderr));
    }
    Ok(String::from_utf8(run.stdout)?)
}

/// `npm ci`, only when the lock file is not the one that was installed.
fn install(assets: &Path) -> Result<()> {
    let lock = read_text(&assets.join("package-lock.json"))?;
    let marker = assets.join("node_modules/.borgerportal-lock");
    if fs::read_to_string(&marker).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let status = Command::new("npm")
        .current_dir(assets)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .status()
        .context("could not start npm: install Node 20 or newer")?;
    ensure!(status.success(), "npm ci failed in {}", assets.display());
    fs::write(marker, lock)?;
    Ok(())
}

/// One hash per input file, by content: times lie after a clone.
fn inputs_stamp(root: &Path) -> Result<String> {
    let mut files = class_sources(root)?;
    let assets = root.join("assets");
    for part in ["scss", "icons", "licences"] {
        walk(&assets.join(part), &mut files)?;
    }
    for part in ["package-lock.json", "icons.list"] {
        files.push(assets.join(part));
    }
    for part in ["assets.rs", "assets/css.rs", "assets/sprite.rs"] {
        files.push(root.join("xtask/src").join(part));
    }
    files.sort();
    files.dedup();
    let mut stamp = String::new();
    for file in files {
        let bytes = read(&file)?;
        let name = file.strip_prefix(root).unwrap_or(&file).display();
        writeln!(stamp, "{:016x} {name}", fnv(&bytes))?;
    }
    Ok(stamp)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Compress {
    Yes,
    No,
}

struct Output {
    dir: PathBuf,
    manifest: String,
}

impl Output {
    /// Writes a file under its hashed name, with `.br` and `.gz` beside it, and notes it.
    fn put(&mut self, name: &str, mime: &str, bytes: &[u8], compress: Compress) -> Result<String> {
        let (stem, ending) = name.rsplit_once('.').context("an asset without an ending")?;
        let hashed = format!("{stem}.{:016x}.{ending}", fnv(bytes));
        fs::write(self.dir.join(&hashed), bytes)?;
        if compress == Compress::Yes {
            fs::write(self.dir.join(format!("{hashed}.br")), brotli_of(bytes)?)?;
            fs::write(self.dir.join(format!("{hashed}.gz")), gzip_of(bytes)?)?;
        }
        let encodings = if compress == Compress::Yes { "br,gz" } else { "-" };
        writeln!(self.manifest, "{name}\t{hashed}\t{mime}\t{encodings}")?;
        Ok(hashed)
    }

    fn hashed(&self, name: &str) -> Option<String> {
        self.manifest.lines().find_map(|line| {
            let mut columns = line.split('\t');
            (columns.next() == Some(name)).then(|| columns.next().unwrap_or_default().to_owned())
        })
    }
}

fn brotli_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 20, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params)?;
    Ok(out)
}

fn gzip_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// FNV-1a: tells versions apart; nobody's safety hangs on it.
fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in sorted(folder)? {
        if entry.is_dir() {
            walk(&entry, files)?;
        } else if !has_ending(&entry, "snap") {
            files.push(entry);
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)
        .with_context(|| format!("{} is missing", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension == ending)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("could not read {}", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{brotli_of, fnv, gzip_of};

    #[test]
    fn hashes_differ_and_compression_pays() {
        assert_ne!(fnv(b"a"), fnv(b"b"));
        let text = "borgerportal ".repeat(200);
        assert!(brotli_of(text.as_bytes()).unwrap().len() < text.len() / 10);
        assert!(gzip_of(text.as_bytes()).unwrap().len() < text.len() / 10);
    }
}
