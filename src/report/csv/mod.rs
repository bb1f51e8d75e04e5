//! Reports as CSV: one tidy table, a header row always, an empty cell for a missing figure.

mod curve;
mod daily_tables;
mod history;
mod published;
mod solve;
mod surprise;

pub use curve::{curve, curve_change};
pub use daily_tables::DailyTablesWriter;
pub use history::{calibration, deltas, history, history_wide};
pub use published::published;
pub use solve::{fair_prices, jacobian, other_prices, wanted_prices};
pub use surprise::surprise;

use std::io::{self, Write};

use super::bounds::{BoundedRow, Bounds};
use super::number::{bound, exact, float};
use super::tidy::Tidy;
use super::{Schedule, Selection};
use crate::market::contract::ContractMonth;
use crate::outlook::{Comparison, Event, Outlook};
use crate::quotes::QuoteTable;
use crate::quotes::check::FileCheck;
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;
use crate::rule::{ContractFit, MeetingStep, PolicyPath};
use crate::text::problem::Position;
use crate::units::Fraction;

/// The outcome table: one row a meeting and target range.
///
/// # Errors
/// Where `out` cannot be written.
pub fn probs(outlook: &Outlook, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    document(&OUTCOMES, outcomes(outlook, selection), out)
}

/// The columns of outcome tables.
const OUTCOMES: [&str; 5] = ["date", "meeting", "lower_bp", "upper_bp", "probability"];

fn outcomes<'o>(outlook: &'o Outlook, selection: &Selection<'o>) -> impl Iterator<Item = Vec<String>> {
    let date = outlook.path().as_of().to_string();
    let view = selection.view;
    selection.meetings(outlook).flat_map(move |meeting| {
        let announcement = meeting.step.meeting.announcement().to_string();
        let date = date.clone();
        let outcomes: Vec<_> = meeting.distribution(view).outcomes().collect();
        outcomes.into_iter().map(move |(moves, probability)| {
            let range = outlook.target().moved(moves);
            let (lower, upper) = (range.lower_bp().to_string(), range.upper_bp().to_string());
            vec![date.clone(), announcement.clone(), lower, upper, exact(probability.exact())]
        })
    })
}

/// The outcome table with the bounds of every probability: one row a meeting and target range.
///
/// # Errors
/// Where `out` cannot be written.
pub fn bounds(bounds: &Bounds<'_>, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let outlook = bounds.outlook();
    let date = outlook.path().as_of().to_string();
    let rows = selection.meetings(outlook).flat_map(|meeting| {
        let announcement = meeting.step.meeting.announcement().to_string();
        let row = |row: &BoundedRow| {
            let Event::Moves(moves) = row.event else { return None };
            let range = outlook.target().moved(moves);
            let mut cells = vec![date.clone(), announcement.clone()];
            cells.extend([range.lower_bp().to_string(), range.upper_bp().to_string()]);
            cells.extend([&row.probability, &row.low.probability, &row.high.probability].map(|p| exact(p.exact())));
            Some(cells)
        };
        let rows = bounds.rows(meeting, selection.view).map(|rows| rows.outcomes);
        rows.unwrap_or_default().iter().filter_map(row).collect::<Vec<_>>()
    });
    document(&["date", "meeting", "lower_bp", "upper_bp", "probability", "low", "high"], rows, out)
}

/// The same quotes under several rules: one row a rule and meeting.
///
/// # Errors
/// Where `out` cannot be written.
pub fn compare(comparison: &Comparison, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rows = comparison.rules.iter().filter_map(|rule| Some((rule.id, rule.outlook.as_ref().ok()?)));
    let rows = rows.flat_map(|(id, outlook)| {
        selection.meetings(outlook).map(move |meeting| {
            let shown = meeting.distribution(selection.view);
            let mut row = vec![id.to_owned(), meeting.step.meeting.announcement().to_string()];
            row.push(exact(meeting.step.after.percent()));
            row.extend([shown.ease(), shown.hold(), shown.hike()].map(|side| exact(side.exact())));
            row
        })
    });
    document(&["rule", "meeting", "rate_after_percent", "ease", "hold", "hike"], rows, out)
}

/// The path and the fit: one row a contract, with the meeting of its month.
///
/// # Errors
/// Where `out` cannot be written.
pub fn path(path: &PolicyPath, selection: &Selection<'_>, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "contract",
        "price",
        "used",
        "model_price",
        "residual_bp",
        "residual_ticks",
        "meeting",
        "effective",
        "solved",
        "rate_before_percent",
        "rate_after_percent",
        "change_bp",
    ];
    let quoted = path.contracts().iter().map(|fit| fit.contract.month());
    let unquoted = path.steps().iter().map(MeetingStep::contract);
    let months: std::collections::BTreeSet<_> = quoted.chain(unquoted).collect();
    let wanted = |month: &ContractMonth| selection.meeting.is_none_or(|meeting| ContractMonth::of(meeting) == *month);
    let rows = months.into_iter().filter(wanted).map(|month| {
        let fit = path.contracts().iter().find(|fit| fit.contract.month() == month);
        let step = path.steps().iter().find(|step| step.contract() == month);
        let cell = |value: Option<Fraction>| value.as_ref().map_or(String::new(), exact);
        vec![
            month.to_string(),
            fit.map_or(String::new(), |fit| fit.price.to_string()),
            fit.map_or(String::new(), |fit| fit.used.to_string()),
            cell(fit.and_then(ContractFit::model_price)),
            cell(fit.and_then(|fit| fit.residual.as_ref().map(|residual| residual.exact().clone()))),
            cell(fit.and_then(ContractFit::residual_ticks)),
            step.map_or(String::new(), |step| step.meeting.announcement().to_string()),
            step.map_or(String::new(), |step| step.effective.to_string()),
            step.map_or(String::new(), |step| step.solved().to_string()),
            cell(step.map(|step| step.before.percent().clone())),
            cell(step.map(|step| step.after.percent().clone())),
            cell(step.map(|step| step.change().exact().clone())),
        ]
    });
    document(&header, rows, out)
}

/// What changed: one row a meeting that both snapshots price.
///
/// # Errors
/// Where `out` cannot be written.
pub fn reprice(story: &Repricing, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "meeting",
        "ease_before",
        "ease_after",
        "hike_before",
        "hike_after",
        "expected_rate_shift_bp",
        "cumulative_moves_before",
        "cumulative_moves_after",
    ];
    let rows = story.meetings().iter().map(|shift| {
        let ((ease_before, ease_after), (hike_before, hike_after)) = (shift.ease(), shift.hike());
        vec![
            shift.announcement().to_string(),
            exact(ease_before.exact()),
            exact(ease_after.exact()),
            exact(hike_before.exact()),
            exact(hike_after.exact()),
            exact(shift.expected_rate_shift().exact()),
            exact(&shift.before.cumulative_moves),
            exact(&shift.after.cumulative_moves),
        ]
    });
    document(&header, rows, out)
}

/// The price impacts: one row an asset and method. Where a realised return was given, it and what is left of it follow.
///
/// # Errors
/// Where `out` cannot be written.
pub fn equity(study: &Sensitivity, out: &mut dyn Write) -> io::Result<()> {
    let mut header = vec![
        "asset",
        "kind",
        "method",
        "denominator_percent",
        "convexity_percent",
        "numerator_percent",
        "total_percent",
        "low_percent",
        "high_percent",
        "citation",
    ];
    let realised = study.equity().iter().any(|row| row.realised.is_some());
    if realised {
        header.extend(["realised_percent", "residual_percent", "residual_low_percent", "residual_high_percent"]);
    }
    let rows = study.equity().iter().map(|row| {
        let percent = |fraction: Option<f64>| fraction.map_or(String::new(), |fraction| float(100.0 * fraction));
        let mut cells = vec![
            row.asset.id.clone(),
            row.kind.name().to_owned(),
            row.method.to_string(),
            percent(row.denominator),
            percent(row.convexity),
            percent(row.numerator),
            percent(Some(row.total)),
            percent(row.range.map(|(low, _)| low)),
            percent(row.range.map(|(_, high)| high)),
            row.citation.clone(),
        ];
        if realised {
            let range = row.residual_range();
            let residuals = [row.realised, row.residual(), range.map(|(low, _)| low), range.map(|(_, high)| high)];
            cells.extend(residuals.map(percent));
        }
        cells
    });
    document(&header, rows, out)
}

/// The calendar: one row a meeting, with the range in force after it where it is known.
///
/// # Errors
/// Where `out` cannot be written.
pub fn meetings(schedule: &Schedule<'_>, out: &mut dyn Write) -> io::Result<()> {
    let header =
        ["start", "announcement", "effective", "kind", "cancelled_on", "lower_percent", "upper_percent", "change_bp"];
    let rows = schedule.rows().map(|row| {
        let range = row.range;
        vec![
            row.meeting.start().to_string(),
            row.meeting.announcement().to_string(),
            row.effective.to_string(),
            row.kind.to_string(),
            row.cancelled_on().map_or(String::new(), |date| date.to_string()),
            range.map_or(String::new(), |range| bound(&range.lower())),
            range.map_or(String::new(), |range| bound(&range.upper())),
            row.change_bp.map_or(String::new(), |bp| bp.to_string()),
        ]
    });
    document(&header, rows, out)
}

/// Quotes: one row a day and contract, the columns `trade_date` to `open_interest`, then `high_mark`, `low_mark` and
/// `last_mark` (`bid` or `ask` where the price was no trade). Where a file has them, `open_mark`, `bid` and `ask` follow, and
/// `product` where it is not the fed funds future.
/// [`crate::QuoteFile`] reads this table back.
///
/// # Errors
/// Where `out` cannot be written.
pub fn quotes(table: &QuoteTable, out: &mut dyn Write) -> io::Result<()> {
    let tidy = Tidy::of(table);
    let rows = table.rows().map(|(day, contract, quote)| {
        tidy.cells(day, contract, quote).into_iter().map(Option::unwrap_or_default).collect()
    });
    document(&tidy.columns(), rows, out)
}

/// What is wrong with files and what is odd about them: one row a finding, `severity` being `error` or `warning`; a file
/// without any has one row of severity `ok`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn check(files: &[(String, FileCheck)], out: &mut dyn Write) -> io::Result<()> {
    let finding = |name: &str, severity: &str, position: Option<Position>, message: String| {
        let number = |number: Option<usize>| number.map_or(String::new(), |number| number.to_string());
        let (line, column) = (number(position.map(|at| at.line)), number(position.map(|at| at.column)));
        vec![name.to_owned(), severity.to_owned(), line, column, message]
    };
    let rows = files.iter().flat_map(|(name, file)| {
        let errors = file.problems().iter();
        let mut rows: Vec<_> =
            errors.map(|problem| finding(name, "error", problem.position(), problem.message().to_owned())).collect();
        if rows.is_empty() {
            rows.push(finding(name, "ok", None, file.format().unwrap_or_default()));
        }
        let warnings = file.remarks().iter();
        rows.extend(warnings.map(|remark| finding(name, "warning", remark.position, remark.notice.to_string())));
        rows
    });
    document(&["file", "severity", "line", "column", "message"], rows, out)
}

fn document(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.flush()
}
