//! A list of contents before what was written: every heading with its page. It refuses nothing of its own; what it lists
//! has been judged already.

use super::Unprintable;
use super::flow::{Mark, Node};
use super::sheet::Sheet;
use borgerportal_i18n::{Lang, Texts};

impl Sheet {
    /// The same with a front: its title, some lines, and what stands on which page.
    pub(crate) fn with_front(mut self, lang: Lang, title: &str, lines: &[&str]) -> Result<Self, Unprintable> {
        let mut turned = 1;
        // The front's own length moves the pages it names. It settles at once: longer numbers rarely need a line more.
        let mut front = loop {
            let front = front(&self.flow.marks, (lang, turned), title, lines)?;
            let pages = front.flow.pages.len();
            if pages <= turned {
                break front;
            }
            turned = pages;
        };
        self.flow.marks.iter_mut().for_each(|mark| mark.page += turned);
        self.flow.tree.iter_mut().for_each(|node| later(node, turned));
        front.flow.pages.resize_with(turned, Vec::new);
        front.flow.pages.append(&mut self.flow.pages);
        front.flow.tree.append(&mut self.flow.tree);
        front.flow.marks.append(&mut self.flow.marks);
        front.fault = self.fault.or(front.fault);
        Ok(front)
    }
}

/// The front, where what it lists begins after so many pages.
fn front(
    marks: &[Mark],
    (lang, turned): (Lang, usize),
    title: &str,
    lines: &[&str],
) -> Result<Sheet, Unprintable> {
    let texts = Texts::of(lang);
    let mut front = Sheet::of_record()?;
    front.title(title);
    for line in lines {
        front.paragraph(line);
    }
    front.heading(texts.get("record-contents"));
    let mut under: Vec<String> = Vec::new();
    for mark in marks {
        let page = u32::try_from(mark.page + turned + 1).unwrap_or(u32::MAX);
        let line =
            texts.with("record-on-page", &[("what", mark.text.as_str().into()), ("page", page.into())]);
        if mark.level <= 2 {
            bullets(&mut front, &mut under);
            front.strong(&line);
        } else {
            under.push(line);
        }
    }
    bullets(&mut front, &mut under);
    Ok(front)
}

fn bullets(front: &mut Sheet, lines: &mut Vec<String>) {
    front.bullets(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    lines.clear();
}

fn later(node: &mut Node, pages: usize) {
    match node {
        Node::Group(_, nodes) => nodes.iter_mut().for_each(|node| later(node, pages)),
        Node::Leaf { page, .. } => *page += pages,
    }
}

#[cfg(test)]
mod tests;
