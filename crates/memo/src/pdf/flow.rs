//! Where things stand on the pages, and what they are to somebody who listens: lines are placed from the top
//! down, a page is turned when there is no more room, and each piece of content becomes a leaf of the structure
//! tree. It knows nothing of letters and nothing of PDF.

use super::text::{BODY, Fonts, Line, Style};

/// A4 in thousandths of a point, like every length here.
pub(super) const WIDTH: i32 = 595_276;
pub(super) const HEIGHT: i32 = 841_890;
/// 25 mm, and the same to the right.
pub(super) const LEFT: i32 = 70_866;
pub(super) const COLUMN: i32 = WIDTH - 2 * LEFT;
const TOP: i32 = 56_693;
const BOTTOM: i32 = HEIGHT - 70_866;

/// A rectangle: left, top, width, height.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area(pub(super) i32, pub(super) i32, pub(super) i32, pub(super) i32);

/// What is drawn.
#[derive(Debug)]
pub(super) enum Ink {
    /// A line of text with its left end and baseline.
    Text(Line, Style, i32, i32),
    /// Filled rectangles, black or in the house's colour.
    Bars(Vec<Area>),
    /// Thin lines in grey, to write on or to part rows.
    Rules(Vec<Area>),
    /// A thin frame to put a cross in.
    Frame(Area),
}

/// What drawn content is to the structure tree.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A leaf of it.
    Content,
    /// Only for the eye.
    Decoration,
    /// The foot of the page.
    Foot,
}

/// Ink with its role.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) ink: Ink,
    pub(super) role: Role,
}

/// What a group of content is.
#[derive(Debug)]
pub(super) enum Kind {
    Heading(u16, String),
    Paragraph,
    List,
    Numbered,
    Item,
    Label,
    Body,
    Table,
    Row,
    Head,
    Cell,
    Figure(String),
}

/// The structure tree.
#[derive(Debug)]
pub(super) enum Node {
    Group(Kind, Vec<Self>),
    Leaf { page: usize, chunk: usize },
}

/// A heading's place, for the list of bookmarks.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) level: u16,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: i32,
}

/// The pages while they are filled.
pub(super) struct Flow {
    pub(super) fonts: Fonts,
    pub(super) pages: Vec<Vec<Chunk>>,
    pub(super) tree: Vec<Node>,
    pub(super) marks: Vec<Mark>,
    /// Where the next line begins.
    pub(super) y: i32,
    /// Distance of the text from the margin.
    pub(super) indent: i32,
    /// Where the bar beside the text began on this page.
    bar: Option<i32>,
}

impl Flow {
    pub(super) fn new(fonts: Fonts) -> Self {
        let pages = vec![Vec::new()];
        Self { fonts, pages, tree: Vec::new(), marks: Vec::new(), y: TOP, indent: 0, bar: None }
    }

    /// The page that is being filled, counted from 0.
    pub(super) fn page(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    /// The width that text may take.
    pub(super) const fn room(&self) -> i32 {
        COLUMN - self.indent
    }

    pub(super) fn turn(&mut self) {
        let bar = self.close_bar();
        self.pages.push(Vec::new());
        self.y = TOP;
        if bar {
            self.open_bar();
        }
    }

    /// Turns the page unless so much fits. What is higher than a page begins where it is.
    pub(super) fn need(&mut self, height: i32) {
        if self.y + height > BOTTOM && self.y > TOP && height <= BOTTOM - TOP {
            self.turn();
        }
    }

    /// Leaves white space, but not at the head of a page.
    pub(super) fn skip(&mut self, height: i32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    pub(super) fn draw(&mut self, ink: Ink, role: Role) -> Node {
        let page = self.page();
        let Some(chunks) = self.pages.last_mut() else { return Node::Leaf { page, chunk: 0 } };
        chunks.push(Chunk { ink, role });
        Node::Leaf { page, chunk: chunks.len() - 1 }
    }

    /// Draws what only the eye needs.
    pub(super) fn decorate(&mut self, ink: Ink) {
        let _ = self.draw(ink, Role::Decoration);
    }

    /// One line at `x` from the text's edge; the page must have been asked for room.
    pub(super) fn line(&mut self, line: Line, style: Style, x: i32) -> Node {
        // The font's ascent is 1,025 and its height 1,300 thousandths of its size.
        let baseline = self.y + (style.leading - 1_300 * style.size) / 2 + 1_025 * style.size;
        let node = self.draw(Ink::Text(line, style, LEFT + self.indent + x, baseline), Role::Content);
        self.y += style.leading;
        node
    }

    /// Lines one under the other, the first two and the last two never apart.
    pub(super) fn lines(&mut self, lines: Vec<Line>, style: Style, x: i32) -> Vec<Node> {
        let count = lines.len();
        let mut nodes = Vec::with_capacity(count);
        for (at, line) in lines.into_iter().enumerate() {
            let together = if at == 0 || at + 2 == count { count.saturating_sub(at).min(2) } else { 1 };
            self.need(style.leading * i32::try_from(together).unwrap_or(1));
            nodes.push(self.line(line, style, x));
        }
        nodes
    }

    /// Breaks a text to the room there is from `x`.
    pub(super) fn broken(&self, text: &str, style: Style, x: i32) -> Vec<Line> {
        self.fonts.lines(&self.fonts.clean(text), style, self.room() - x)
    }

    /// Two columns side by side, which stay on one page if a page can hold them.
    pub(super) fn columns(
        &mut self,
        left: (Vec<Line>, Style),
        right: (Vec<Line>, Style),
        x: i32,
    ) -> (Vec<Node>, Vec<Node>) {
        let ((left, left_style), (right, right_style)) = (left, right);
        let rows = left.len().max(right.len());
        self.need(BODY.leading * i32::try_from(rows).unwrap_or(i32::MAX / BODY.leading));
        let (mut lefts, mut rights) = (left.into_iter(), right.into_iter());
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for _ in 0..rows {
            self.need(BODY.leading);
            let top = self.y;
            left.extend(lefts.next().map(|line| self.line(line, left_style, 0)));
            self.y = top;
            right.extend(rights.next().map(|line| self.line(line, right_style, x)));
            self.y = top + BODY.leading;
        }
        (left, right)
    }

    /// Begins a bar in the margin of what follows.
    pub(super) fn open_bar(&mut self) {
        self.bar = Some(self.y);
    }

    /// Ends it; whether there was one.
    pub(super) fn close_bar(&mut self) -> bool {
        let Some(top) = self.bar.take() else { return false };
        if self.y > top {
            self.decorate(Ink::Bars(vec![Area(LEFT, top, 4_000, self.y - top)]));
        }
        true
    }
}

#[cfg(test)]
mod tests;
