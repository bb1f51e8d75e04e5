//! The outcome table of one snapshot, each figure between its bounds.

use std::io::{self, Write};

use super::super::bounds::{BoundedRow, BoundedRows, Bounds, End};
use super::super::{Selection, grid};
use crate::market::product::Product;
use crate::outlook::{Event, MeetingOutlook, Outlook};
use crate::units::Fraction;

/// Prints the probability of every outcome, and the expected rate, between their bounds: `35.4 % (33.2-37.6)`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn bounds(bounds: &Bounds<'_>, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outlook = bounds.outlook();
    writeln!(out, "Probabilities and how far they can lie ({})\n", selection.view.name())?;
    super::basis(outlook.path(), selection, out)?;
    writeln!(out, "{}\n", bounds.told())?;
    let rows = |meeting| Some((meeting, shown(outlook, bounds.rows(meeting, selection.view)?)));
    let meetings: Vec<(&MeetingOutlook, Vec<(String, BoundedRow)>)> =
        selection.meetings(outlook).filter_map(rows).collect();
    let headings = [grid::text("Meeting"), grid::text("Outcome"), grid::text("Probability")];
    let mut lines = Vec::new();
    for (meeting, rows) in &meetings {
        let mut day = meeting.step.meeting.announcement().to_string();
        if let Some(rate) = bounds.rate_after(meeting) {
            let told = format!("{:.4} % ({:.4}-{:.4})", meeting.step.after.percent(), rate.low, rate.high);
            lines.push(vec![std::mem::take(&mut day), "rate after".to_owned(), told]);
        }
        for (label, row) in rows {
            lines.push(vec![std::mem::take(&mut day), label.clone(), told(row)]);
        }
    }
    write!(out, "{}", grid::table(&headings, lines, 2))?;
    if meetings.iter().flat_map(|(_, rows)| rows).any(|(_, row)| !row.low.attained || !row.high.attained) {
        writeln!(out, "\n~ no such prices go beyond it, but none are known to give it")?;
    }
    for (meeting, reason) in outlook.without_table() {
        writeln!(out, "\nNot priced: {meeting}, {reason}")?;
    }
    if selection.explain {
        for (meeting, rows) in &meetings {
            writeln!(out, "\nPrices that give the bounds of {}", meeting.step.meeting.announcement())?;
            for (label, row) in rows.iter().filter(|(_, row)| row.low.probability != row.high.probability) {
                writeln!(out, "  {label:10}  least {}  {}", percent(&row.low, false), prices(&row.low))?;
                writeln!(out, "  {:10}  most  {}  {}", "", percent(&row.high, true), prices(&row.high))?;
            }
        }
    }
    Ok(())
}

/// The outcomes that can be more than 0.0 when printed, by their ranges, and the sides.
fn shown(outlook: &Outlook, rows: BoundedRows) -> Vec<(String, BoundedRow)> {
    let half_a_tenth = Fraction::ratio(1, 2000).unwrap_or_else(Fraction::zero);
    let outcomes = rows.outcomes.into_iter().filter(|row| *row.high.probability.exact() >= half_a_tenth);
    let label = |event| match event {
        Event::Moves(moves) => outlook.target().moved(moves).to_string(),
        side => side.to_string(),
    };
    let outcomes = outcomes.map(|row| (label(row.event), row));
    outcomes.chain(rows.sides.into_iter().map(|row| (row.event.to_string(), row))).collect()
}

fn told(row: &BoundedRow) -> String {
    let mark = |end: &End| if end.attained { "" } else { "~" };
    format!(
        "{:.1} % ({}{}-{}{})",
        row.probability.percent(),
        mark(&row.low),
        percent(&row.low, false),
        mark(&row.high),
        percent(&row.high, true)
    )
}

/// An end in percent: as every figure where it is attained, else rounded outward, to hold what it bounds.
fn percent(end: &End, up: bool) -> String {
    let percent = end.probability.percent();
    if end.attained {
        return format!("{percent:.1}");
    }
    let tenths = &percent * &Fraction::integer(10);
    let floor = tenths.floor();
    let outward = if up && floor != tenths { &floor + &Fraction::integer(1) } else { floor };
    format!("{:.1}", &outward / &Fraction::integer(10))
}

fn prices(end: &End) -> String {
    let told: Vec<String> = end
        .at
        .iter()
        .map(|(contract, price)| format!("{} {price:.5}", Product::default().contract(*contract).symbol()))
        .collect();
    if told.is_empty() { "as quoted".to_owned() } else { told.join(", ") }
}
