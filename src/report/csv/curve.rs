//! The term structure, and its change.

use std::io::{self, Write};

use super::super::number::float;
use super::document;
use crate::curve::{CurveChange, Tenor, TermStructure};

/// The term structure: one row a maturity.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve(curve: &TermStructure, tenors: &[Tenor], out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "as_of",
        "tenor",
        "maturity",
        "discount_factor",
        "zero_percent",
        "instantaneous_forward_percent",
        "period_forward_percent",
        "par_percent",
        "past_last_meeting",
    ];
    let as_of = curve.as_of().to_string();
    let rows = curve.points(tenors).into_iter().map(|point| {
        vec![
            as_of.clone(),
            point.tenor.to_string(),
            point.maturity.to_string(),
            float(point.discount_factor),
            float(100.0 * point.zero_rate),
            float(100.0 * point.instantaneous_forward),
            float(100.0 * point.period_forward),
            float(100.0 * point.par_rate),
            point.past_last_meeting.to_string(),
        ]
    });
    document(&header, rows, out)
}

/// The observed change of the term structure: one row a maturity.
///
/// # Errors
/// Where `out` cannot be written.
pub fn curve_change(change: &CurveChange, tenors: &[Tenor], out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "tenor",
        "zero_before_percent",
        "zero_after_percent",
        "zero_change_bp",
        "par_before_percent",
        "par_after_percent",
        "par_change_bp",
        "same_days_bp",
        "past_last_meeting",
    ];
    let rows = change.at(tenors).into_iter().map(|row| {
        let ((zero_before, zero_after), (par_before, par_after)) = (row.zero_rate, row.par_rate);
        vec![
            row.tenor.to_string(),
            float(100.0 * zero_before),
            float(100.0 * zero_after),
            float(10_000.0 * (zero_after - zero_before)),
            float(100.0 * par_before),
            float(100.0 * par_after),
            float(10_000.0 * (par_after - par_before)),
            float(10_000.0 * row.same_days),
            row.past_last_meeting.to_string(),
        ]
    });
    document(&header, rows, out)
}
