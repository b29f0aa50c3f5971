//! The index over time as a line of blocks, one for each snapshot.
//!
//! Must not know where the figures come from.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::Chart;
use crate::report::escape::terminal;
use crate::report::{Style, show};

/// From low to high.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// The same where a terminal has no blocks.
const PLAIN: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// The lowest and the highest figure.
pub(super) fn range(chart: &Chart) -> Option<(f64, f64)> {
    let points = chart.points.iter().filter_map(|(_, point)| *point);
    points.fold(None, |range, point| match range {
        None => Some((point, point)),
        Some((low, high)) => Some((point.min(low), point.max(high))),
    })
}

/// One character for each snapshot, the lowest figure lowest; where they are more than there is room for, the last of each stretch.
pub(super) fn line(chart: &Chart, width: usize, blocks: bool) -> String {
    let signs = if blocks { BLOCKS } else { PLAIN };
    let (low, high) = range(chart).unwrap_or_default();
    let count = chart.points.len();
    let shown = count.min(width.max(1));
    let sign = |at: usize| match chart.points.get((at + 1) * count / shown - 1) {
        Some((_, Some(point))) if high > low => {
            let height = (point - low) / (high - low) * (signs.len() - 1) as f64;
            signs[(height.round() as usize).min(signs.len() - 1)]
        }
        // Nothing moves: neither low nor high.
        Some((_, Some(_))) => signs[3],
        _ => ' ',
    };
    (0..shown).map(sign).collect()
}

/// The charts below each other, each with its first and its last figure, in the width of the terminal.
pub(super) fn lines(charts: &[Chart], style: &Style<'_>, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<_> = charts.iter().map(|chart| terminal(&chart.label).into_owned()).collect();
    let longest = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    // Two figures, an arrow and the gaps.
    let room = usize::from(style.width).saturating_sub(longest + 24);
    for (chart, label) in charts.iter().zip(&labels) {
        let gap = " ".repeat(longest - label.width());
        let figures: Vec<f64> = chart.points.iter().filter_map(|(_, point)| *point).collect();
        let ends = match (figures.first(), figures.last()) {
            (Some(first), Some(last)) => format!("{} → {}", show::index(*first), show::index(*last)),
            _ => "—".to_owned(),
        };
        writeln!(out, "{label}{gap}  {}  {ends}", line(chart, room, style.blocks))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: &[Option<f64>]) -> Chart {
        Chart {
            label: String::new(),
            points: (1..).zip(points.iter().copied()).collect(),
        }
    }

    #[test]
    fn one_sign_for_each_snapshot() {
        let rising = chart(&[Some(0.0), Some(0.25), None, Some(0.5), Some(1.0)]);
        assert_eq!(line(&rising, 80, true), "▁▃ ▅█");
        assert_eq!(line(&rising, 80, false), "_: =#");
        assert_eq!(line(&chart(&[Some(0.3), Some(0.3)]), 80, true), "▄▄");
        assert_eq!(line(&chart(&[]), 80, true), "");
    }

    #[test]
    fn no_more_than_there_is_room_for() {
        let many: Vec<Option<f64>> = (0..100).map(|at| Some(f64::from(at))).collect();
        let shown = line(&chart(&many), 10, true);
        assert_eq!(shown.chars().count(), 10);
        // The last one is always there.
        assert!(shown.ends_with('█'), "{shown}");
    }
}
