//! The blocks that letters are written in: title, heading, paragraph, list, table, warning, boxes for a cross,
//! lines to write on, the return code. Each block tags itself; a letter only says what comes after what.

use borgerportal_i18n::{Date, Lang, Texts};

use super::draw::{self, About};
use super::flow::{Area, COLUMN, Flow, HEIGHT, Ink, Kind, LEFT, Mark, Node, Role};
use super::text::{BODY, CODE, Fonts, HEADING, SMALL, STRONG_BODY, Style, TITLE};
use super::{PAGES_MAX, Pdf, RECORD_PAGES_MAX, TEXT_MAX, Unprintable, code39};
use crate::lint::{has_cpr_like, without_cpr};

/// Between blocks.
const GAP: i32 = 8_000;
/// From the edge to the text of a list item.
const ITEM: i32 = 20_000;
/// From the edge to the answers of a table.
const ANSWER: i32 = 160_000;
/// Top of the address in the window of a C5 or M65 envelope, and where the letter may begin under it.
const WINDOW: i32 = 133_000;
const UNDER_WINDOW: i32 = 255_000;
/// A line that is written on by hand.
const WRITING: i32 = 30_000;

/// A document being written. The first fault is kept and told by [`Sheet::finish`].
pub(crate) struct Sheet {
    pub(super) flow: Flow,
    pub(super) title: String,
    pub(super) fault: Option<Unprintable>,
    limits: Limits,
}

/// How much is printed, and what is done about what must not be.
#[derive(Clone, Copy)]
struct Limits {
    pages: usize,
    text: usize,
    /// What reads as a CPR number is covered, not refused: others wrote it.
    covers: bool,
}

/// What we write ourselves.
const OURS: Limits = Limits { pages: PAGES_MAX, text: TEXT_MAX, covers: false };
/// What stands in a record.
const RECORD: Limits = Limits { pages: RECORD_PAGES_MAX, text: usize::MAX, covers: true };

/// What stands before an item of a list.
enum Point {
    Text(String),
    /// A box to be crossed, with its alternative text.
    Box(String),
}

impl Point {
    fn dot() -> Self {
        Self::Text("•".to_owned())
    }
}

/// What stands around the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) lang: Lang,
    pub(crate) author: &'a str,
    pub(crate) date: Date,
    /// Said at the foot of every page, before the page number.
    pub(crate) foot: &'a str,
}

impl Sheet {
    pub(crate) fn new() -> Result<Self, Unprintable> {
        Self::within(OURS)
    }

    /// A sheet for what stands in a record.
    pub(crate) fn of_record() -> Result<Self, Unprintable> {
        Self::within(RECORD)
    }

    fn within(limits: Limits) -> Result<Self, Unprintable> {
        Ok(Self { flow: Flow::new(Fonts::load()?), title: String::new(), fault: None, limits })
    }

    /// The one H1, which is the document's title too.
    pub(crate) fn title(&mut self, text: &str) {
        self.title = self.flow.fonts.clean(text);
        self.head(text, TITLE, 1);
        self.flow.y += GAP / 2;
    }

    pub(crate) fn heading(&mut self, text: &str) {
        self.flow.skip(GAP + GAP / 2);
        self.head(text, HEADING, 2);
    }

    /// A heading under a heading.
    pub(crate) fn sub_heading(&mut self, text: &str) {
        self.flow.skip(GAP);
        self.head(text, STRONG_BODY, 3);
    }

    pub(crate) fn paragraph(&mut self, text: &str) {
        self.block(text, BODY);
    }

    pub(crate) fn strong(&mut self, text: &str) {
        self.block(text, STRONG_BODY);
    }

    pub(crate) fn small(&mut self, text: &str) {
        self.block(text, SMALL);
    }

    /// Paragraphs beside a bar, kept together with the heading above them.
    pub(crate) fn warning(&mut self, title: &str, texts: &[&str]) {
        let text = texts.iter().map(|text| self.flow.broken(text, BODY, ITEM).len()).sum::<usize>();
        let lines = i32::try_from(text + texts.len()).unwrap_or(1);
        self.flow.skip(GAP);
        self.flow.need(lines * BODY.leading + HEADING.leading + 2 * GAP);
        self.flow.open_bar();
        self.flow.indent = ITEM;
        self.head(title, HEADING, 2);
        for text in texts {
            self.block(text, BODY);
        }
        self.flow.indent = 0;
        self.flow.close_bar();
        self.flow.skip(GAP);
    }

    pub(crate) fn bullets(&mut self, texts: &[&str]) {
        self.list(Kind::List, texts.iter().map(|text| (Point::dot(), "", *text)));
    }

    pub(crate) fn numbered(&mut self, texts: &[&str]) {
        self.list(
            Kind::Numbered,
            texts.iter().zip(1..).map(|(text, at)| (Point::Text(format!("{at}.")), "", *text)),
        );
    }

    /// A list of (what in bold, explained).
    pub(crate) fn terms<'t>(&mut self, terms: impl Iterator<Item = (&'t str, &'t str)>) {
        self.list(Kind::List, terms.map(|(what, says)| (Point::dot(), what, says)));
    }

    /// A list with a box before each, to be crossed by hand; `alt` is what the box is to those who listen.
    pub(crate) fn boxes<'t>(&mut self, alt: &str, texts: impl Iterator<Item = &'t str>) {
        self.list(Kind::List, texts.map(|text| (Point::Box(alt.to_owned()), text, "")));
    }

    /// Questions and answers; a row is never broken unless it is higher than a page.
    pub(crate) fn table(&mut self, rows: &[(&str, &str)]) {
        let mut table = Vec::with_capacity(rows.len());
        for (question, answer) in rows {
            let (question, answer) = (self.seen(question), self.seen(answer));
            let left = self.flow.fonts.lines(&question, STRONG_BODY, ANSWER - GAP);
            let right = self.flow.broken(&answer, BODY, ANSWER);
            let (head, cell) = self.flow.columns((left, STRONG_BODY), (right, BODY), ANSWER);
            self.flow.decorate(Ink::Rules(vec![Area(LEFT, self.flow.y + 3_000, COLUMN, 500)]));
            self.flow.y += 7_000;
            table.push(Node::Group(
                Kind::Row,
                vec![Node::Group(Kind::Head, head), Node::Group(Kind::Cell, cell)],
            ));
        }
        self.flow.tree.push(Node::Group(Kind::Table, table));
        self.flow.skip(GAP);
    }

    /// A label with so many empty lines to write on.
    pub(crate) fn writing(&mut self, label: &str, lines: i32) {
        let label = self.seen(label);
        let text = self.flow.broken(&label, STRONG_BODY, 0);
        self.flow.need(STRONG_BODY.leading + lines * WRITING);
        let leaves = self.flow.lines(text, STRONG_BODY, 0);
        self.flow.tree.push(Node::Group(Kind::Paragraph, leaves));
        for _ in 0..lines {
            self.flow.y += WRITING - 4_000;
            self.flow.decorate(Ink::Rules(vec![Area(LEFT, self.flow.y, COLUMN, 700)]));
            self.flow.y += 4_000;
        }
        self.flow.skip(GAP);
    }

    /// Two lines to write on side by side, each with its label under it: date and signature.
    pub(crate) fn signature(&mut self, date: &str, name: &str) {
        self.flow.need(3 * WRITING);
        self.flow.y += WRITING + GAP;
        let (short, long) = (140_000, ANSWER);
        let lines =
            vec![Area(LEFT, self.flow.y, short, 700), Area(LEFT + long, self.flow.y, COLUMN - long, 700)];
        self.flow.decorate(Ink::Rules(lines));
        self.flow.y += 3_000;
        let (date, name) = (self.seen(date), self.seen(name));
        let left = self.flow.fonts.lines(&date, SMALL, short);
        let right = self.flow.broken(&name, SMALL, long);
        let (left, right) = self.flow.columns((left, SMALL), (right, SMALL), long);
        self.flow.tree.push(Node::Group(Kind::Paragraph, left));
        self.flow.tree.push(Node::Group(Kind::Paragraph, right));
        self.flow.skip(GAP);
    }

    /// A random code in large letters and as a bar code.
    pub(crate) fn code(&mut self, label: &str, code: &str, alt: &str) {
        let bars = code39::bars(code).unwrap_or_default();
        let width = bars.last().map_or(0, |(x, width)| x + width);
        if bars.is_empty() || width > COLUMN {
            self.fault.get_or_insert(Unprintable::Code);
            return;
        }
        self.flow.need(SMALL.leading + CODE.leading + 60_000);
        self.block(label, SMALL);
        self.flow.y -= GAP;
        self.block(code, CODE);
        let top = self.flow.y - 4_000;
        let areas = bars.into_iter().map(|(x, width)| Area(LEFT + x, top, width, 36_000)).collect();
        let leaf = self.flow.draw(Ink::Bars(areas), Role::Content);
        self.flow.tree.push(Node::Group(Kind::Figure(alt.to_owned()), vec![leaf]));
        self.flow.y = top + 36_000 + 2 * GAP;
    }

    /// Sender at the top; the receiver where a window envelope shows it, if the letter is to be sent.
    pub(crate) fn letterhead(&mut self, sender: &str, address: &[&str], receiver: &[&str]) {
        self.tight(sender, STRONG_BODY);
        for line in address {
            self.tight(line, SMALL);
        }
        if receiver.is_empty() {
            self.flow.y += 3 * GAP;
            return;
        }
        self.flow.y = self.flow.y.max(WINDOW);
        for line in receiver {
            self.tight(line, BODY);
        }
        self.flow.y = self.flow.y.max(UNDER_WINDOW);
    }

    pub(crate) fn turn(&mut self) {
        self.flow.turn();
    }

    /// Writes the feet, proves the document and gives its bytes.
    pub(crate) fn finish(mut self, frame: &Frame<'_>) -> Result<Pdf, Unprintable> {
        let pages = self.flow.pages.len();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if pages > self.limits.pages {
            return Err(Unprintable::TooLong);
        }
        let foot = self.seen(frame.foot);
        let texts = Texts::of(frame.lang);
        for at in 0..pages {
            let number = texts.with("letter-page", &[("page", (at + 1).into()), ("pages", pages.into())]);
            let said = if foot.is_empty() { number } else { format!("{foot} · {number}") };
            let baseline = HEIGHT - 36_000;
            let line = self.flow.fonts.lines(&said, SMALL, COLUMN).into_iter().next().unwrap_or_default();
            let ink = Ink::Text(line, SMALL, LEFT, baseline);
            if let Some(page) = self.flow.pages.get_mut(at) {
                page.push(super::flow::Chunk { ink, role: Role::Foot });
            }
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let author = self.flow.fonts.clean(frame.author);
        let about = About { title: &self.title, author: &author, lang: frame.lang, date: frame.date };
        Ok(Pdf { bytes: draw::write(&self.flow, &about)?, pages })
    }

    /// The text as it may be printed; notes the fault when it may not.
    fn seen(&mut self, text: &str) -> String {
        let too_long =
            text.chars().nth(self.limits.text).is_some() || self.flow.pages.len() > self.limits.pages;
        if self.limits.covers && !too_long {
            return without_cpr(&self.flow.fonts.clean(text));
        }
        let fault = if too_long {
            Some(Unprintable::TooLong)
        } else {
            has_cpr_like(text).then_some(Unprintable::CprLike)
        };
        if let Some(fault) = fault {
            self.fault.get_or_insert(fault);
            return String::new();
        }
        let clean = self.flow.fonts.clean(text);
        // Cleaning can bring together what was apart.
        if has_cpr_like(&clean) {
            self.fault.get_or_insert(Unprintable::CprLike);
        }
        clean
    }

    fn head(&mut self, text: &str, style: Style, level: u16) {
        let mut text = self.seen(text);
        if text.is_empty() && self.limits.covers {
            "–".clone_into(&mut text);
        } else if text.is_empty() {
            self.fault.get_or_insert(Unprintable::Empty);
        }
        let lines = self.flow.broken(&text, style, 0);
        let height = style.leading * i32::try_from(lines.len()).unwrap_or(1);
        // A heading goes with the first lines under it.
        self.flow.need(height + 3 * BODY.leading);
        let (page, y) = (self.flow.page(), self.flow.y);
        let leaves = self.flow.lines(lines, style, 0);
        self.flow.marks.push(Mark { level, text: text.clone(), page, y });
        self.flow.tree.push(Node::Group(Kind::Heading(level, text), leaves));
        self.flow.y += GAP / 2;
    }

    fn block(&mut self, text: &str, style: Style) {
        self.tight(text, style);
        self.flow.y += GAP;
    }

    /// A paragraph without space after it.
    fn tight(&mut self, text: &str, style: Style) {
        let text = self.seen(text);
        let lines = self.flow.broken(&text, style, 0);
        let leaves = self.flow.lines(lines, style, 0);
        if !leaves.is_empty() {
            self.flow.tree.push(Node::Group(Kind::Paragraph, leaves));
        }
    }

    /// Items of (what stands before it, what in bold, explained).
    fn list<'t>(&mut self, kind: Kind, items: impl Iterator<Item = (Point, &'t str, &'t str)>) {
        let mut list = Vec::new();
        for (point, what, says) in items {
            let (what, mut says) = (self.seen(what), self.seen(says));
            if self.limits.covers && what.is_empty() && says.is_empty() {
                "–".clone_into(&mut says);
            }
            let bold = self.flow.broken(&what, STRONG_BODY, ITEM);
            let plain = self.flow.broken(&says, BODY, ITEM);
            let lines = i32::try_from((bold.len() + plain.len()).min(6)).unwrap_or(1);
            self.flow.need(lines * BODY.leading);
            let top = self.flow.y;
            let mark = match point {
                Point::Text(text) => {
                    let line = self.flow.broken(&text, BODY, 0);
                    line.into_iter().map(|line| self.flow.line(line, BODY, 0)).collect()
                }
                Point::Box(alt) => {
                    let frame = Area(LEFT + self.flow.indent + 500, top + 2_500, 11_500, 11_500);
                    let leaf = self.flow.draw(Ink::Frame(frame), Role::Content);
                    vec![Node::Group(Kind::Figure(alt), vec![leaf])]
                }
            };
            self.flow.y = top;
            let mut body = Vec::new();
            for (lines, style) in [(bold, STRONG_BODY), (plain, BODY)] {
                if !lines.is_empty() {
                    body.push(Node::Group(Kind::Paragraph, self.flow.lines(lines, style, ITEM)));
                }
            }
            if body.is_empty() {
                self.fault.get_or_insert(Unprintable::Empty);
            }
            self.flow.y += GAP / 2;
            list.push(Node::Group(
                Kind::Item,
                vec![Node::Group(Kind::Label, mark), Node::Group(Kind::Body, body)],
            ));
        }
        if !list.is_empty() {
            self.flow.tree.push(Node::Group(kind, list));
        }
        self.flow.skip(GAP);
    }
}

#[cfg(test)]
mod tests;
