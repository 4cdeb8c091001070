//! Charts (grafieken): numbers in, SVG out. Three shapes, drawn on the server with classes for the stylesheet, so that
//! a strict CSP and a municipality's own colours keep working. The sentence and the table beside a chart belong to
//! the page.

use std::fmt::{self, Write};

use askama::filters::{Html, HtmlSafe, escape};

use super::part::Tone;

/// A finished drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing(String);

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Drawing {}

/// A bar against its target: how far the result came. Silent for a screen reader: figure and target stand beside it.
pub fn bullet(numerator: u32, denominator: u32, target_pct: Option<u32>, tone: Tone) -> Drawing {
    let width = percent(numerator, denominator);
    let mut svg = format!(
        r#"<svg class="bullet {tone}" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><rect class="track" y="4" width="100" height="6" rx="2"/><rect class="value" y="4" width="{width:.1}" height="6" rx="2"/>"#
    );
    if let Some(target) = target_pct {
        // At 100 the line would stand half outside the drawing.
        let x = f64::from(target.min(100)).min(99.2);
        let _ = write!(svg, r#"<line class="goal" x1="{x}" x2="{x}" y1="0" y2="14"/>"#);
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

/// A line over the last quarters, oldest first, with a dot for the newest and the target as a dotted line. A quarter
/// without cases (none) leaves a gap. `sentence` says the same in words.
pub fn trend(shares: &[Option<(u32, u32)>], target_pct: Option<u32>, tone: Tone, sentence: &str) -> Drawing {
    const LEFT: f64 = 4.0;
    const RIGHT: f64 = 100.0;
    let points: Vec<Option<f64>> = shares.iter().map(|share| share.map(|(n, d)| percent(n, d))).collect();
    let target = target_pct.map(f64::from);
    let known = || points.iter().flatten().copied().chain(target);
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    // Small movements stay small: the scale spans at least ten points.
    let span = (high - low).max(10.0);
    let middle = (high + low) / 2.0;
    let y = |value: f64| 16.0 - (value - middle) / span * 22.0;
    let step = (RIGHT - LEFT) / (points.len().max(2) - 1) as f64;
    let x = |place: usize| RIGHT - step * (points.len() - 1 - place) as f64;

    let mut svg =
        format!(r#"<svg class="trend {tone}" viewBox="0 0 104 32" role="img" aria-label="{}">"#, escaped(sentence));
    if let Some(target) = target {
        let _ = write!(svg, r#"<line class="goal" x1="0" x2="104" y1="{0:.1}" y2="{0:.1}"/>"#, y(target));
    }
    for run in runs(&points) {
        let corners: Vec<String> =
            run.iter().map(|&(place, value)| format!("{:.0},{:.1}", x(place), y(value))).collect();
        let _ = write!(svg, r#"<polyline points="{}"/>"#, corners.join(" "));
    }
    if let Some((place, value)) = points.iter().enumerate().rev().find_map(|(place, value)| value.map(|v| (place, v))) {
        let _ = write!(svg, r#"<circle cx="{:.0}" cy="{:.1}" r="4"/>"#, x(place), y(value));
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

/// One bar of [`bars`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Under the bar: `K3 26`.
    pub label: String,
    /// In the bar: `14,3`.
    pub written: String,
    pub value: i64,
}

/// Upright bars, the last one being now; `expected` is a dashed line across. `labelled_by` are the ids of the heading
/// and of the sentence that tell the same.
pub fn bars(bars: &[Bar], expected: Option<i64>, labelled_by: &str) -> Drawing {
    const FLOOR: f64 = 150.0;
    const TOP: f64 = 22.0;
    let highest = bars.iter().map(|bar| bar.value).chain(expected).max().unwrap_or(0).max(1) as f64;
    let height = |value: i64| (value.max(0) as f64) / highest * (FLOOR - TOP);
    let pitch = 310.0 / bars.len().max(1) as f64;
    let width = (pitch * 0.62).min(44.0);

    let mut svg = format!(
        r#"<svg class="chart" viewBox="0 0 320 172" role="img" aria-labelledby="{}"><line class="grid" x1="0" x2="320" y1="{FLOOR}" y2="{FLOOR}"/>"#,
        escaped(labelled_by)
    );
    if let Some(expected) = expected {
        let _ =
            write!(svg, r#"<line class="goal" x1="0" x2="320" y1="{0:.1}" y2="{0:.1}"/>"#, FLOOR - height(expected));
    }
    for (place, bar) in bars.iter().enumerate() {
        let now = place + 1 == bars.len();
        let middle = 5.0 + pitch * (place as f64 + 0.5);
        let tall = height(bar.value);
        // A short bar has no room for its figure: that goes on top of it.
        let (figure_at, figure_class) = match tall >= 26.0 {
            true => (FLOOR - tall + 18.0, if now { "inbar now" } else { "inbar" }),
            false => (FLOOR - tall - 6.0, "strong"),
        };
        let _ = write!(
            svg,
            r#"<rect class="bar{}" x="{:.1}" y="{:.1}" width="{width:.1}" height="{tall:.1}" rx="2"/><text x="{middle:.1}" y="{figure_at:.1}" text-anchor="middle" class="{figure_class}">{}</text><text x="{middle:.1}" y="167" text-anchor="middle"{}>{}</text>"#,
            if now { " now" } else { "" },
            middle - width / 2.0,
            FLOOR - tall,
            escaped(&bar.written),
            if now { r#" class="strong""# } else { "" },
            escaped(&bar.label),
        );
    }
    svg.push_str("</svg>");
    Drawing(svg)
}

fn percent(numerator: u32, denominator: u32) -> f64 {
    match denominator {
        0 => 0.0,
        whole => (f64::from(numerator) * 100.0 / f64::from(whole)).clamp(0.0, 100.0),
    }
}

/// Neighbouring points that are known, with their places.
fn runs(points: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs = vec![Vec::new()];
    for (place, point) in points.iter().enumerate() {
        match point {
            Some(value) => runs.last_mut().expect("it begins with one").push((place, *value)),
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| run.len() > 1);
    runs
}

fn escaped(text: &str) -> String {
    match escape(text, Html) {
        Ok(safe) => safe.to_string(),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bullet_is_as_long_as_its_share() {
        let drawn = bullet(19, 25, Some(80), Tone::Warn).to_string();
        assert!(drawn.contains(r#"class="value" y="4" width="76.0""#), "{drawn}");
        assert!(drawn.contains(r#"x1="80" x2="80""#), "{drawn}");
        assert!(!bullet(1, 2, None, Tone::Idle).to_string().contains("goal"));
    }

    #[test]
    fn a_trend_goes_down_the_page_when_the_share_falls() {
        let drawn = trend(&[Some((84, 100)), Some((76, 100))], Some(80), Tone::Warn, "Verloop").to_string();
        assert!(drawn.contains(r#"<polyline points="4,7.2 100,24.8"/>"#), "{drawn}");
        assert!(drawn.contains(r#"<circle cx="100" cy="24.8" r="4"/>"#), "{drawn}");
        assert!(drawn.contains(r#"aria-label="Verloop""#));
    }

    #[test]
    fn a_quarter_without_cases_leaves_a_gap() {
        let shares = [Some((1, 2)), Some((1, 1)), None, Some((1, 1)), Some((1, 2))];
        let drawn = trend(&shares, None, Tone::Ok, "").to_string();
        assert_eq!(drawn.matches("<polyline").count(), 2, "{drawn}");
    }

    #[test]
    fn the_highest_bar_reaches_the_top_and_the_last_is_now() {
        let bar = |label: &str, value: i64| Bar { label: label.into(), written: value.to_string(), value };
        let drawn = bars(&[bar("K2 26", 50), bar("K3 26", 100)], Some(75), "titel tekst").to_string();
        assert!(drawn.contains(r#"height="128.0""#) && drawn.contains(r#"height="64.0""#), "{drawn}");
        assert_eq!(drawn.matches("bar now").count(), 2, "{drawn}");
        assert!(drawn.contains(r#"y1="54.0" y2="54.0""#), "{drawn}");
    }

    #[test]
    fn words_in_a_drawing_are_escaped() {
        let bar = Bar { label: "<b>".into(), written: "\"1\"".into(), value: 0 };
        let drawn = bars(&[bar], None, "a").to_string();
        assert!(drawn.contains("&#60;b&#62;") && drawn.contains("&#34;1&#34;"), "{drawn}");
    }

    #[test]
    fn nothing_at_all_still_draws() {
        assert!(bars(&[], None, "a").to_string().ends_with("</svg>"));
        assert!(trend(&[], None, Tone::Idle, "").to_string().ends_with("</svg>"));
        assert!(bullet(0, 0, Some(100), Tone::Idle).to_string().contains(r#"width="0.0""#));
    }
}
