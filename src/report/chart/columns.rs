//! Amounts of money side by side, such as the costs per month. A correction may push one below nought.

use super::super::document::Amount;
use super::super::font::Weight;
use super::super::paper::{Ink, Mark};
use super::{Drawing, line, text};

pub fn draw(amounts: &[Amount], width: f32, size: f32) -> Drawing {
    let each = width / amounts.len().max(1) as f32;
    let bar_width = (each * 0.58).min(size * 6.5);
    let height = size * 12.0;
    let (high, low) = (size * 1.6, height - size * 1.7);
    let most = amounts.iter().map(|a| a.amount.0).fold(0, i64::max);
    let least = amounts.iter().map(|a| a.amount.0).fold(0, i64::min);
    let span = ((most - least) as f32).max(1.0);
    // Below a bar under nought there is room for its amount.
    let foot = if least < 0 { low - size * 1.4 } else { low };
    let at = |cents: i64| high + (most - cents) as f32 / span * (foot - high);
    let zero = if most == least { foot } else { at(0) };

    let mut marks = Vec::new();
    for (place, amount) in amounts.iter().enumerate() {
        let middle = (place as f32 + 0.5) * each;
        let end = if most == least { zero } else { at(amount.amount.0) };
        let ink = if amount.current { Ink::Action } else { Ink::Bar };
        let (y, tall) = (end.min(zero), (end - zero).abs());
        marks.push(Mark::Rect { x: middle - bar_width / 2.0, y, width: bar_width, height: tall, ink });
        let weight = if amount.current { Weight::SemiBold } else { Weight::Regular };
        let below = amount.amount.0 < 0;
        let figure_y = if below { end + size * 1.1 } else { end - size * 0.45 };
        marks.push(centred(&amount.shown, weight, Ink::Text, size, each, (middle, figure_y)));
        marks.push(centred(&amount.label, weight, Ink::Soft, size, each, (middle, height - size * 0.4)));
    }
    marks.push(line((0.0, zero), (width, zero), 0.7, Ink::Control));
    Drawing { width, height, marks }
}

/// A text around `x`; smaller when it would touch its neighbour.
fn centred(written: &str, weight: Weight, ink: Ink, size: f32, room: f32, (x, y): (f32, f32)) -> Mark {
    let wanted = weight.width(written, size);
    let fitting = if wanted > room * 0.96 { size * room * 0.96 / wanted } else { size };
    text(written, weight, ink, fitting, (x - weight.width(written, fitting) / 2.0, y))
}
