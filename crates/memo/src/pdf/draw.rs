//! Filled pages become a PDF/UA-1 and PDF/A-2a document. The library proves both standards while it writes and
//! gives errors instead of a file that breaks them. Same pages in, same bytes out.

use borgerportal_i18n::{Date, Lang};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, Configuration};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::tagging as tags;
use krilla::tagging::{ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind, TagTree};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

use super::Unprintable;
use super::flow::{Area, Chunk, Flow, HEIGHT, Ink, Kind, Mark, Node, Role, WIDTH};
use super::text::{Fonts, HEADING, Line, Style};

/// What is said of the document as a whole.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) author: &'a str,
    pub(super) lang: Lang,
    pub(super) date: Date,
}

pub(super) fn write(flow: &Flow, about: &About<'_>) -> Result<Vec<u8>, Unprintable> {
    let settings = SerializeSettings { configuration: standards()?, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut leaves = Vec::with_capacity(flow.pages.len());
    for chunks in &flow.pages {
        let size = PageSettings::from_wh(points(WIDTH), points(HEIGHT)).ok_or(Unprintable::Library)?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        leaves.push(chunks.iter().map(|chunk| draw(&mut surface, &flow.fonts, chunk)).collect());
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.lang.code().to_owned()));
    for node in &flow.tree {
        if let Some(node) = tagged(node, &leaves) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.set_outline(outline(&flow.marks));
    document.set_metadata(metadata(about));
    document.finish().map_err(|_| Unprintable::Library)
}

fn standards() -> Result<Configuration, Unprintable> {
    krilla::configure::ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .with_archival_validator(Archival::A2_A)
        .finish()
        .map_err(|_| Unprintable::Library)
}

fn metadata(about: &About<'_>) -> Metadata {
    let number = |number: i8| u8::try_from(number).unwrap_or(1);
    let date = DateTime::new(u16::try_from(about.date.year()).unwrap_or_default())
        .month(number(about.date.month()))
        .day(number(about.date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.to_owned())
        .language(about.lang.code().to_owned())
        .authors(vec![about.author.to_owned()])
        .creator("Borgerportalen".to_owned())
        .creation_date(date)
}

/// The leaf that a chunk becomes; nothing for what only the eye needs.
fn draw(surface: &mut Surface<'_>, fonts: &Fonts, chunk: &Chunk) -> Option<Identifier> {
    let tag = match (&chunk.role, &chunk.ink) {
        (Role::Content, Ink::Text(..)) => ContentTag::Span(SpanTag::empty()),
        (Role::Content, Ink::Bars(_) | Ink::Rules(_) | Ink::Frame(_)) => ContentTag::Other,
        (Role::Decoration, _) => ContentTag::Artifact(tags::Artifact::with_kind(tags::ArtifactType::Layout)),
        (Role::Foot, _) => ContentTag::Artifact(tags::Artifact::with_kind(tags::ArtifactType::Footer)),
    };
    let identifier = surface.start_tagged(tag);
    match &chunk.ink {
        Ink::Text(line, style, x, baseline) => text(surface, fonts, line, *style, (*x, *baseline)),
        Ink::Bars(areas) => {
            let is_code = chunk.role == Role::Content;
            filled(surface, areas, if is_code { black() } else { rgb::Color::new(11, 79, 92) });
        }
        Ink::Rules(areas) => filled(surface, areas, rgb::Color::new(95, 107, 108)),
        Ink::Frame(area) => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { paint: black().into(), width: 1.0, ..Stroke::default() }));
            if let Some(path) = rectangles(&[*area]) {
                surface.draw_path(&path);
            }
        }
    }
    surface.end_tagged();
    (chunk.role == Role::Content).then_some(identifier)
}

fn filled(surface: &mut Surface<'_>, areas: &[Area], color: rgb::Color) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(color)));
    if let Some(path) = rectangles(areas) {
        surface.draw_path(&path);
    }
}

fn text(surface: &mut Surface<'_>, fonts: &Fonts, line: &Line, style: Style, (x, baseline): (i32, i32)) {
    let glyphs: Vec<KrillaGlyph> = line
        .glyphs
        .iter()
        .map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: glyph.range.clone(),
            x_advance: points(glyph.advance),
            x_offset: points(glyph.x_offset),
            y_offset: points(glyph.y_offset),
            y_advance: 0.0,
            location: None,
        })
        .collect();
    let is_heading = style.size >= HEADING.size;
    surface.set_stroke(None);
    surface.set_fill(Some(fill(if is_heading { rgb::Color::new(8, 61, 71) } else { black() })));
    let font = fonts.of(style.cut).embedded.clone();
    let start = Point::from_xy(points(x), points(baseline));
    surface.draw_glyphs(start, &glyphs, font, &line.text, points(style.size * 1_000), false);
}

fn black() -> rgb::Color {
    rgb::Color::new(26, 26, 26)
}

fn fill(color: rgb::Color) -> Fill {
    Fill { paint: color.into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

fn rectangles(areas: &[Area]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for Area(x, y, width, height) in areas {
        path.push_rect(Rect::from_xywh(points(*x), points(*y), points(*width), points(*height))?);
    }
    path.finish()
}

/// The tag tree's node; nothing for a group with nothing in it.
fn tagged(node: &Node, leaves: &[Vec<Option<Identifier>>]) -> Option<tags::Node> {
    match node {
        Node::Leaf { page, chunk } => leaves.get(*page)?.get(*chunk).copied().flatten().map(Into::into),
        Node::Group(kind, children) => {
            let mut group = TagGroup::new(tag(kind));
            for child in children.iter().filter_map(|child| tagged(child, leaves)) {
                group.push(child);
            }
            Some(group.into())
        }
    }
}

fn tag(kind: &Kind) -> TagKind {
    match kind {
        Kind::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(named(text))).into()
        }
        Kind::Paragraph => Tag::P.into(),
        Kind::List => Tag::L(tags::ListNumbering::Disc).into(),
        Kind::Numbered => Tag::L(tags::ListNumbering::Decimal).into(),
        Kind::Item => Tag::LI.into(),
        Kind::Label => Tag::Lbl.into(),
        Kind::Body => Tag::LBody.into(),
        Kind::Table => Tag::Table.into(),
        Kind::Row => Tag::TR.into(),
        Kind::Head => Tag::TH(tags::TableHeaderScope::Row).into(),
        Kind::Cell => Tag::TD.into(),
        Kind::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
    }
}

/// Letters of a heading that a bookmark shows: the format has no room for a text of any length.
const NAME: usize = 200;

/// A heading as bookmarks name it.
fn named(heading: &str) -> String {
    heading.chars().take(NAME).collect()
}

/// Bookmarks: second-level headings under the title before them.
fn outline(marks: &[Mark]) -> Outline {
    let node = |mark: &Mark| {
        let place = Point::from_xy(0.0, points(mark.y));
        OutlineNode::new(named(&mark.text), XyzDestination::new(mark.page, place)).with_open(true)
    };
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for mark in marks {
        match &mut open {
            Some(title) if mark.level > 1 => title.push_child(node(mark)),
            _ => {
                if let Some(done) = open.replace(node(mark)) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}

/// Thousandths to the library's unit: the one place where a length becomes a fraction.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "the library wants f32; a page has 842,000 thousandths"
)]
fn points(thousandths: i32) -> f32 {
    thousandths as f32 / 1_000.0
}
