//! Bars and sparklines of block characters, one column a character: pictures beside figures, never instead of them.

/// Eighths of a cell, from none to all of it.
const EIGHTHS: [&str; 9] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];
/// The heights of a sparkline, from the lowest value to the highest.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A share from 0 to 1 as a bar of at most so many cells, to an eighth of a cell. A share that is not zero is seen.
pub(super) fn bar(share: f64, cells: usize) -> String {
    let eighths = up_to(share * of(cells * 8), cells * 8).max(usize::from(share > 0.0));
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Shares that sum to 1 as parts of one bar, each in its own character.
pub(super) fn parts(shares: &[(f64, char)], cells: usize) -> String {
    let (mut bar, mut sum, mut drawn) = (String::new(), 0.0, 0);
    for (share, character) in shares {
        sum += share;
        let end = up_to(sum * of(cells), cells);
        bar.extend(std::iter::repeat_n(*character, end.saturating_sub(drawn)));
        drawn = drawn.max(end);
    }
    bar
}

/// Values in their order as heights between the lowest and the highest; of more values than cells each cell shows the
/// last of its stretch.
pub(super) fn sparkline(values: &[f64], cells: usize) -> String {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let drawn = values.len().min(cells);
    let last_of = |cell: usize| (cell + 1) * values.len() / drawn - 1;
    let height = |value: f64| {
        let top = HEIGHTS.len() - 1;
        // Values that are all the same lie in the middle.
        if high > low { HEIGHTS[up_to((value - low) / (high - low) * of(top), top)] } else { HEIGHTS[top / 2] }
    };
    (0..drawn).map(|cell| height(values[last_of(cell)])).collect()
}

#[allow(clippy::cast_precision_loss)] // cells of a line
fn of(cells: usize) -> f64 {
    cells as f64
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between none and the cells of a line
fn up_to(wanted: f64, cells: usize) -> usize {
    (wanted.round().max(0.0) as usize).min(cells)
}

#[cfg(test)]
mod tests {
    use super::{bar, parts, sparkline};

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        assert_eq!(bar(0.0, 4), "");
        assert_eq!(bar(0.0001, 4), "▏", "little is not nothing");
        assert_eq!(bar(0.5, 4), "██");
        assert_eq!(bar(0.53125, 4), "██▏");
        assert_eq!(bar(1.0, 4), "████");
    }

    #[test]
    fn parts_fill_the_line() {
        for ease in [0.0, 0.01, 0.333, 0.35, 0.999, 1.0] {
            let drawn = parts(&[(ease, '█'), (1.0 - ease, '·'), (0.0, '▒')], 60);
            assert_eq!(drawn.chars().count(), 60, "{drawn}");
        }
        assert_eq!(parts(&[(0.25, 'a'), (0.5, 'b'), (0.25, 'c')], 8), "aabbbbcc");
    }

    #[test]
    fn a_sparkline_runs_from_the_lowest_to_the_highest() {
        assert_eq!(sparkline(&[1.0, 8.0, 4.0], 10), "▁█▄");
        assert_eq!(sparkline(&[3.0, 3.0], 10), "▄▄");
        assert_eq!(sparkline(&[], 10), "");
        let many: Vec<f64> = (0..100).map(f64::from).collect();
        assert_eq!(sparkline(&many, 8).chars().count(), 8);
        assert!(sparkline(&many, 8).ends_with('█'), "the last value is shown");
    }
}
