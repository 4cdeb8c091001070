//! The shapes of a status: a disc with a check, a triangle, an octagon with a cross, a circle with a dash, an eye.
//! Told apart without colour, and the same as on the screens.

use super::document::Tone;
use super::paper::{Ink, Mark, Point, Stroke};

/// The colours of a tone: for the shape and its word, and for the ground behind them.
pub fn inks(tone: Tone) -> (Ink, Ink) {
    match tone {
        Tone::Good => (Ink::Good, Ink::GoodWash),
        Tone::Warn => (Ink::Warn, Ink::WarnWash),
        Tone::Bad => (Ink::Bad, Ink::BadWash),
        Tone::Idle => (Ink::Idle, Ink::IdleWash),
        Tone::Watch => (Ink::Watch, Ink::WatchWash),
    }
}

/// The shape of a tone in a square of `size` points with its top left corner at `x`, `y`. Drawn on 16 units.
pub fn shape(tone: Tone, x: f32, y: f32, size: f32) -> Vec<Mark> {
    let (ink, _) = inks(tone);
    let unit = size / 16.0;
    let at = |px: f32, py: f32| Point::corner(x + px * unit, y + py * unit);
    let disc = |radius: f32| circle(x + 8.0 * unit, y + 8.0 * unit, radius * unit);
    let filled = |points| Mark::Path { points, closed: true, fill: Some(ink), stroke: None };
    let line = |points: &[(f32, f32)], ink| Mark::Path {
        points: points.iter().map(|(px, py)| at(*px, *py)).collect(),
        closed: false,
        fill: None,
        stroke: Some(Stroke { ink, thickness: 1.7 * unit, dashed: false }),
    };
    let outline = |points| Mark::Path {
        points,
        closed: true,
        fill: None,
        stroke: Some(Stroke { ink, thickness: 1.7 * unit, dashed: false }),
    };
    match tone {
        Tone::Good => vec![filled(disc(7.2)), line(&[(4.8, 8.3), (7.0, 10.5), (11.2, 5.7)], Ink::Paper)],
        Tone::Warn => vec![
            filled(vec![at(8.0, 1.0), at(15.6, 14.8), at(0.4, 14.8)]),
            line(&[(8.0, 5.8), (8.0, 10.2)], Ink::Paper),
            line(&[(8.0, 11.6), (8.0, 13.2)], Ink::Paper),
        ],
        Tone::Bad => vec![
            filled(vec![
                at(5.1, 0.9),
                at(10.9, 0.9),
                at(15.1, 5.1),
                at(15.1, 10.9),
                at(10.9, 15.1),
                at(5.1, 15.1),
                at(0.9, 10.9),
                at(0.9, 5.1),
            ]),
            line(&[(5.5, 5.5), (10.5, 10.5)], Ink::Paper),
            line(&[(10.5, 5.5), (5.5, 10.5)], Ink::Paper),
        ],
        Tone::Idle => vec![outline(disc(6.4)), line(&[(5.0, 8.0), (11.0, 8.0)], ink)],
        Tone::Watch => {
            let (left, right) = (at(0.8, 8.0), at(15.2, 8.0));
            let bend = |px, py| Point { handle: true, ..at(px, py) };
            vec![
                outline(vec![left, bend(3.6, 1.8), bend(12.4, 1.8), right, bend(12.4, 14.2), bend(3.6, 14.2), left]),
                filled(disc(2.4)),
            ]
        }
    }
}

/// A circle of four bends.
pub fn circle(x: f32, y: f32, radius: f32) -> Vec<Point> {
    rounded(x - radius, y - radius, radius * 2.0, radius * 2.0, radius)
}

/// A rectangle with round corners.
pub fn rounded(x: f32, y: f32, width: f32, height: f32, radius: f32) -> Vec<Point> {
    // How far the handles of a quarter circle lie from its ends.
    let h = radius * (1.0 - 0.552_284_8);
    let (right, bottom) = (x + width, y + height);
    vec![
        Point::corner(x + radius, y),
        Point::corner(right - radius, y),
        Point::handle(right - h, y),
        Point::handle(right, y + h),
        Point::corner(right, y + radius),
        Point::corner(right, bottom - radius),
        Point::handle(right, bottom - h),
        Point::handle(right - h, bottom),
        Point::corner(right - radius, bottom),
        Point::corner(x + radius, bottom),
        Point::handle(x + h, bottom),
        Point::handle(x, bottom - h),
        Point::corner(x, bottom - radius),
        Point::corner(x, y + radius),
        Point::handle(x, y + h),
        Point::handle(x + h, y),
        Point::corner(x + radius, y),
    ]
}
