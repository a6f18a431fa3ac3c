//! Renders one page again and again, for a profiler: `perf stat -e instructions:u` or callgrind around
//! `cargo run --release -p borgerportal-web --features samples --example cost -- 10000`. It measures
//! nothing itself, because a clock on a busy machine measures the machine.

use askama::Template;
use borgerportal_i18n::Lang;
use borgerportal_web::pages::DocumentsPage;
use std::{env, error::Error};

fn main() -> Result<(), Box<dyn Error>> {
    let times: usize = env::args().nth(1).map_or(Ok(10_000), |times| times.parse())?;
    let pages = DocumentsPage::samples(Lang::Da);
    let (_, page) = pages.into_iter().find(|(name, _)| *name == "crowded").ok_or("no such sample")?;
    let mut bytes = 0;
    for _ in 0..times {
        let mut html = String::with_capacity(48 << 10);
        page.render_into(&mut html)?;
        bytes += std::hint::black_box(html).len();
    }
    std::hint::black_box(bytes);
    Ok(())
}
