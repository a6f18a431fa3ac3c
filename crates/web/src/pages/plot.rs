//! A small picture of how a level has gone: points by day, a line between them, the level that is aimed at, and ticks for
//! follow-ups. It is drawn by the server with whole numbers and classes, so that nothing inline is needed. It refuses to be
//! the only place where something is said: the table beside it says it all.

use borgerportal_domain::conditions::{Level, Step, Story};
use borgerportal_i18n::Date;
use std::fmt::Write as _;

/// Left of the picture stand the words of the levels.
const LEFT: i32 = 92;
/// Where the last day is.
const RIGHT: i32 = 330;
/// The line of level 0.
const TOP: i32 = 16;
/// From one level to the next.
const STEP: i32 = 38;

/// What there is to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Where the points are.
    pub points: Vec<Point>,
    /// Where follow-ups without a level are, on the axis.
    pub ticks: Vec<i32>,
    /// The line of the level that is aimed at.
    pub aim: Option<i32>,
}

/// A level on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top: a level with less trouble stands higher.
    pub y: i32,
    /// 0 to 4.
    pub height: u8,
}

impl Plot {
    /// The picture of a story that has a level and more than one day.
    #[must_use]
    pub fn of(story: &Story) -> Option<Self> {
        let (first, last) = (story.steps.first()?.on, story.steps.last()?.on);
        let days = first.until(last).ok().map(|span| span.get_days()).filter(|days| *days > 0)?;
        let x = |on: Date| {
            let since = first.until(on).map_or(0, |span| span.get_days());
            LEFT + (RIGHT - LEFT) * since / days
        };
        let height = |step: &Step| step.level.as_ref().and_then(|level| level.height);
        let points: Vec<Point> = story
            .steps
            .iter()
            .filter_map(|step| height(step).map(|height| Point { x: x(step.on), y: y(height), height }))
            .collect();
        let ticks = story.steps.iter().filter(|step| height(step).is_none()).map(|step| x(step.on)).collect();
        let aim = story.expected().and_then(|level| level.height).map(y);
        (!points.is_empty()).then_some(Self { from: first, to: last, points, ticks, aim })
    }

    /// The lines of the levels: from the top, and which level.
    #[must_use]
    #[expect(clippy::unused_self, reason = "a template asks its picture")]
    pub fn lines(&self) -> Vec<(i32, u8)> {
        (0..=Level::MAX).map(|height| (y(height), height)).collect()
    }

    /// The line between the points, as SVG writes it.
    #[must_use]
    pub fn line(&self) -> String {
        self.points.iter().fold(String::new(), |mut line, point| {
            // Writing into a String cannot fail.
            let _ = write!(line, "{}{},{}", if line.is_empty() { "" } else { " " }, point.x, point.y);
            line
        })
    }

    /// Where the axis of days is.
    #[must_use]
    #[expect(clippy::unused_self, reason = "a template asks its picture")]
    pub fn foot(&self) -> i32 {
        y(Level::MAX) + 22
    }

    /// The edges of the picture.
    #[must_use]
    #[expect(clippy::unused_self, reason = "a template asks its picture")]
    pub const fn edges(&self) -> (i32, i32) {
        (LEFT, RIGHT)
    }
}

fn y(height: u8) -> i32 {
    TOP + STEP * i32::from(height)
}

#[cfg(test)]
mod tests {
    use super::super::samples::walking;
    use super::*;

    #[test]
    fn days_stand_where_they_belong_and_less_trouble_stands_higher() {
        let story = walking();
        let plot = Plot::of(&story).unwrap();
        assert_eq!(plot.points.iter().map(|point| point.height).collect::<Vec<_>>(), [3, 3, 2]);
        assert!(plot.points.windows(2).all(|pair| pair[0].x < pair[1].x));
        assert!(plot.points[2].y < plot.points[1].y);
        assert_eq!((plot.points[0].x, plot.points[2].x), (LEFT, RIGHT));
        assert_eq!(plot.line().split(' ').count(), 3);
        assert_eq!((plot.ticks.len(), plot.aim), (1, Some(y(1))));
    }

    #[test]
    fn a_single_day_or_no_level_is_no_picture() {
        let mut story = walking();
        story.steps.truncate(1);
        assert_eq!(Plot::of(&story), None);
        let mut story = walking();
        for step in &mut story.steps {
            step.level = None;
        }
        assert_eq!(Plot::of(&story), None);
        story.steps.clear();
        assert_eq!(Plot::of(&story), None);
    }

    #[test]
    fn many_years_fit_as_well_as_two_days() {
        for days in [1, 30, 365, 20_000] {
            let mut story = walking();
            let first = story.steps[0].on;
            for (number, step) in (0..).zip(&mut story.steps) {
                step.on = first.saturating_add(jiff::Span::new().days(days * number));
            }
            let plot = Plot::of(&story).unwrap();
            assert!(plot.points.iter().all(|point| (LEFT..=RIGHT).contains(&point.x)), "{days}");
        }
    }
}
