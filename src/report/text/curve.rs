//! The term structure of the expected overnight rate, and its change.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::super::number::float_to;
use super::super::words::paragraph;
use super::super::{CurveSource, ILLUSTRATIVE, Selection, derivations, grid};
use crate::curve::{CurveChange, CurvePoint, StepForwards, Tenor, TermStructure};
use crate::rule::UnpricedReason;

/// Prints the overnight rate step by step, then the term structure at each maturity.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve(
    curve: &TermStructure,
    tenors: &[Tenor],
    source: &CurveSource<'_>,
    explain: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "Term structure of the expected overnight rate\n")?;
    let selection = Selection { source: source.source, ..Selection::default() };
    super::basis(source.path, &selection, out)?;
    write!(out, "{}", steps(curve.forwards()))?;
    for (date, reason) in unpriced(curve.forwards()) {
        writeln!(out, "\nNot priced, the rate is held there: {date}, {reason}")?;
    }

    writeln!(out, "\nDiscount factors and rates, %\n")?;
    let headings = [
        grid::text("\nTenor"),
        grid::text("\nMaturity"),
        grid::number("Discount\nfactor"),
        grid::number("\nZero"),
        grid::number("Instant.\nforward"),
        grid::number("Period\nforward"),
        grid::number("OIS\npar"),
    ];
    let percent = |rate: f64| float_to(100.0 * rate, 4);
    let points = curve.points(tenors);
    let rows = points.iter().map(|point| {
        let mark = if point.past_last_meeting { "*" } else { "" };
        vec![
            format!("{}{mark}", point.tenor),
            point.maturity.to_string(),
            float_to(point.discount_factor, 6),
            percent(point.zero_rate),
            percent(point.instantaneous_forward),
            percent(point.period_forward),
            percent(point.par_rate),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    writeln!(out)?;
    if points.iter().any(|point| point.past_last_meeting) {
        held(curve.forwards(), out)?;
    }
    let conventions = "Overnight rate: fed funds, act/360, compounded every calendar day. Zero and forwards: continuous, \
                       act/365; period: from the row above. OIS par: act/360, paid once a year.";
    write!(out, "{}", paragraph(conventions, 0))?;
    if explain {
        for point in &points {
            write!(out, "{}", derivation(curve, point))?;
        }
    }
    Ok(())
}

/// How the figures of a maturity are made.
fn derivation(curve: &TermStructure, point: &CurvePoint) -> String {
    let lines: String = derivations::of(curve, point)
        .iter()
        .map(|(name, equation)| paragraph(&format!("  {name}  {equation}"), 4))
        .collect();
    format!("\nHow the figures of {} ({}) are made\n{lines}", point.tenor, point.maturity)
}

/// Prints what changed at each maturity.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve_change(
    change: &CurveChange,
    tenors: &[Tenor],
    sources: &[CurveSource<'_>; 2],
    out: &mut dyn Write,
) -> io::Result<()> {
    if sources.iter().any(|source| source.source.illustrative) {
        writeln!(out, "{ILLUSTRATIVE}\n")?;
    }
    let (before, after) = (change.before(), change.after());
    writeln!(out, "What changed in the expected overnight rate from {} to {}\n", before.as_of(), after.as_of())?;
    for (label, source) in ["Before", "After"].into_iter().zip(sources) {
        writeln!(out, "{label:<6}  {}  {}", source.path.as_of(), super::source_of(source.path, &source.source))?;
    }
    writeln!(out, "Rule    {}\n", super::rule(sources[1].path))?;
    let headings = [grid::text("From"), grid::number("Before %"), grid::number("After %"), grid::number("Change bp")];
    let path = change.path();
    let rows = path.levels().iter().map(|(day, bp)| {
        vec![
            day.to_string(),
            format!("{:.4}", before.forwards().rate_on(*day).percent()),
            format!("{:.4}", after.forwards().rate_on(*day).percent()),
            format!("{:+.2}", bp.exact()),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;

    writeln!(out, "\nAt each maturity, %, each day's curve from its own date; change in bp\n")?;
    let headings = [
        grid::text("\nTenor"),
        grid::number("Zero\nbefore"),
        grid::number("\nafter"),
        grid::number("\nchange"),
        grid::number("OIS par\nbefore"),
        grid::number("\nafter"),
        grid::number("\nchange"),
        grid::number("Zero to the\nsame day"),
    ];
    let percent = |rate: f64| float_to(100.0 * rate, 4);
    let bp = |change: f64| {
        let text = float_to(10_000.0 * change, 2);
        if text.starts_with('-') || !text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            text
        } else {
            format!("+{text}")
        }
    };
    let changes = change.at(tenors);
    let rows = changes.iter().map(|row| {
        let mark = if row.past_last_meeting { "*" } else { "" };
        let ((zero_before, zero_after), (par_before, par_after)) = (row.zero_rate, row.par_rate);
        vec![
            format!("{}{mark}", row.tenor),
            percent(zero_before),
            percent(zero_after),
            bp(zero_after - zero_before),
            percent(par_before),
            percent(par_after),
            bp(par_after - par_before),
            bp(row.same_days),
        ]
    });
    write!(out, "{}", grid::table(&headings, rows, 2))?;
    writeln!(out, "\nTo the same day: the change between {} and the maturity of the later", after.as_of())?;
    writeln!(out, "curve on both, without the days that have passed.")?;
    if changes.iter().any(|row| row.past_last_meeting) {
        let last = |curve: &TermStructure| {
            let last = curve.forwards().last();
            format!("{:.4} % from {} on", last.rate.percent(), last.from)
        };
        let held = format!(
            "* past the last meeting that both price: the rate is held, before at {}, after at {}: an assumption, not a price.",
            last(before),
            last(after)
        );
        write!(out, "{}", paragraph(&held, 2))?;
    }
    Ok(())
}

/// What is assumed beyond the last priced meeting.
fn held(forwards: &StepForwards, out: &mut dyn Write) -> io::Result<()> {
    let last = forwards.last();
    writeln!(
        out,
        "* past the last priced meeting: from {} on the rate is held at {:.4} %,",
        last.from,
        last.rate.percent()
    )?;
    writeln!(out, "an assumption, not a price.")
}

fn unpriced(forwards: &StepForwards) -> impl Iterator<Item = (NaiveDate, UnpricedReason)> + '_ {
    forwards.unpriced().iter().map(|gap| (gap.meeting.announcement(), gap.reason))
}

fn steps(forwards: &StepForwards) -> String {
    let headings =
        [grid::text("From"), grid::text("To"), grid::number("Days"), grid::number("Overnight %"), grid::text("Rate")];
    let ends = forwards.steps().iter().skip(1).map(|next| Some(next.from)).chain([None]);
    let rows = forwards.steps().iter().zip(ends).map(|(step, end)| {
        let to = end.and_then(|end| end.pred_opt()).map_or_else(|| "-".to_owned(), |day| day.to_string());
        let days =
            end.map_or_else(|| "-".to_owned(), |end| end.signed_duration_since(step.from).num_days().to_string());
        let what = match (step.meeting, end) {
            (None, _) => "before the first priced meeting".to_owned(),
            (Some(meeting), Some(_)) => format!("after the meeting of {meeting}"),
            (Some(meeting), None) => format!("after the meeting of {meeting}, held"),
        };
        vec![step.from.to_string(), to, days, format!("{:.4}", step.rate.percent()), what]
    });
    grid::table(&headings, rows, 2)
}
