//! One sprite of the icons on the list. It refuses a name that is not found, so that a page never
//! shows an empty square.

use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Reads `icons.list` and gives the sprite's text. A line is `name` (an icon of dkfds) or
/// `name = file` (one of ours); `#` starts a comment.
pub(super) fn build(list: &str, fds: &Path, own: &Path) -> Result<String> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (name, path) = match line.split_once('=') {
            Some((name, file)) => (name.trim(), own.join(file.trim())),
            None => (line, fds.join(format!("{line}.svg"))),
        };
        let svg = fs::read_to_string(&path).with_context(|| format!("icon {name}: {}", path.display()))?;
        let (view_box, inner) = parts(&svg).with_context(|| format!("icon {name} is not a plain SVG"))?;
        write!(sprite, "<symbol id=\"{name}\" viewBox=\"{view_box}\">{inner}</symbol>")?;
    }
    sprite.push_str("</svg>");
    Ok(sprite)
}

/// The view box and what stands between the outer tags.
fn parts(svg: &str) -> Option<(&str, &str)> {
    let open = svg.find("<svg")?;
    let end_of_tag = open + svg.get(open..)?.find('>')?;
    let tag = svg.get(open..end_of_tag)?;
    let view_box = tag.split_once("viewBox=\"")?.1.split_once('"')?.0;
    let inner = svg.get(end_of_tag + 1..)?.rsplit_once("</svg>")?.0;
    Some((view_box, inner.trim()))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn takes_an_icon_apart() {
        let svg = "<svg width=\"4\" viewBox=\"0 0 4 4\"><path d=\"M0\"/></svg>\n";
        assert_eq!(parts(svg), Some(("0 0 4 4", "<path d=\"M0\"/>")));
        assert_eq!(parts("<svg><path/></svg>"), None);
        assert_eq!(parts("text"), None);
    }
}
