//! What a shift does to the curve and to equities.

use std::io::{self, Write};

use super::super::number::float_to;
use super::super::words::{day, paragraph};
use super::super::{Telling, derivations, grid};
use super::findings;
use crate::curve::{PassThrough, PolicyShift, Tenor};
use crate::equity::{AssetProfile, CashFlows, EquityImpact, ImpactKind};
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;
use crate::text::printable;
use crate::units::BasisPoints;

/// Prints what a shift does to the curve and to each asset, by every method; of two snapshots, where the shift comes from.
///
/// # Errors
/// Where `out` cannot be written.
pub fn equity(
    study: &Sensitivity,
    story: Option<(&Repricing, &Telling<'_>)>,
    explain: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if let Some((story, told)) = story {
        super::reprice::illustrative(told, out)?;
        super::reprice::snapshots(story, told, out)?;
        writeln!(out)?;
    }
    write!(out, "{}", findings::headline(study))?;
    sections(study, true, out)?;
    if explain {
        writeln!(out, "\nHow the curve and the equity figures are made")?;
        self::explain(study, out)?;
    }
    Ok(())
}

/// The curve, then the equities, then what matters of both; of the whole, every input too.
pub(super) fn sections(study: &Sensitivity, whole: bool, out: &mut dyn Write) -> io::Result<()> {
    if !study.curve().is_empty() {
        writeln!(out, "\nZero rates, bp, for {}\n", described(study.shift()))?;
        write!(out, "{}", curve(study))?;
    }
    if study.equity().is_empty() {
        return Ok(());
    }
    writeln!(out, "\nEquity price impact, %, for {}", described(study.shift()))?;
    for rows in study.equity().chunk_by(|a, b| a.asset.id == b.asset.id) {
        writeln!(out, "\n{}", inputs(&rows[0].asset, study, whole))?;
        table(rows, out)?;
        write!(out, "{}", findings::of_asset(rows, study))?;
    }
    write!(out, "\n{}", findings::lessons(study, whole))?;
    writeln!(out, "Sources and samples of every method: --explain, or --format json.")
}

/// How the figures follow from the shift.
pub(super) fn explain(study: &Sensitivity, out: &mut dyn Write) -> io::Result<()> {
    for (effective, size) in study.shift().steps() {
        let days = effective.signed_duration_since(study.shift().valuation()).num_days();
        writeln!(out, "  step  s = {} from t0 = {days}/365 years on", signed(size))?;
    }
    for response in study.curve() {
        write!(
            out,
            "{}",
            paragraph(&format!("  {}  {}", printable(&response.method.to_string()), response.method.formula()), 4)
        )?;
        if let PassThrough::Strip { change, .. } = &response.method {
            let levels: Vec<String> = change.levels().iter().map(|(day, bp)| format!("{day} {bp:+.2}")).collect();
            write!(out, "{}", paragraph(&format!("    df from each day on: {}", levels.join(", ")), 4))?;
        }
    }
    let equity = "  equity  first order -int S(u) df(u) du; exact int w(u) e^(-int df) du - 1; S(u) is the share of present \
                  value paid after u years, e^(-y u) at payout yield y, w = -S'; numerator -(1 - t) (floating debt - cash) s, \
                  as long as it lasts; total e^(ln(1 + numerator) + ln(1 + exact)) - 1; benchmarks coefficient x s";
    write!(out, "{}", paragraph(equity, 4))?;
    for asset in study.assets() {
        write!(out, "{}", durations(asset, study))?;
    }
    for (name, equation) in study.equity().iter().filter_map(|row| derivations::of_impact(row, study)) {
        write!(out, "{}", paragraph(&format!("  {}: {equation}", printable(&name)), 4))?;
    }
    sources(study, out)
}

/// The durations of an asset's cash flows, whole and by maturity.
fn durations(asset: &AssetProfile, study: &Sensitivity) -> String {
    let flows = &asset.cash_flows;
    let half_life = study.half_life();
    let years = |years: f64| float_to(years, 2);
    let whole = format!(
        "  durations of {}: Macaulay {}, modified {}, effective {} (half-life {half_life}); convexity {}",
        printable(&asset.id),
        years(flows.macaulay_duration()),
        years(flows.modified_duration().years()),
        years(flows.effective_duration(half_life).years()),
        years(flows.convexity())
    );
    let names = Tenor::STANDARD.iter().map(Tenor::to_string).chain(["beyond".to_owned()]);
    let buckets: Vec<String> = names
        .zip(flows.forward_buckets(&Tenor::STANDARD))
        .map(|(name, bucket)| format!("{name} {}", years(bucket)))
        .collect();
    let key_rates: Vec<String> = Tenor::STANDARD
        .iter()
        .zip(flows.key_rate_durations(&Tenor::STANDARD))
        .map(|(tenor, duration)| format!("{tenor} {}", years(duration)))
        .collect();
    paragraph(&whole, 4)
        + &paragraph(&format!("    to forwards up to {}", buckets.join(", ")), 6)
        + &paragraph(&format!("    to zero rates, forwards beyond the last unchanged: {}", key_rates.join(", ")), 6)
}

/// Where every figure comes from, each method once.
fn sources(study: &Sensitivity, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nSources")?;
    let mut told = Vec::new();
    for row in study.equity() {
        let line = format!("  {}, {}: {}", printable(&row.label), row.kind.name(), printable(&row.citation));
        if !told.contains(&line) {
            write!(out, "{}", paragraph(&line, 4))?;
            told.push(line);
        }
    }
    Ok(())
}

/// "+7.5 bp from 2025-12-11, valued 2025-11-21".
pub(in super::super) fn described(shift: &PolicyShift) -> String {
    let step = |(effective, size): &(chrono::NaiveDate, BasisPoints)| format!("{} from {effective}", signed(size));
    let steps: Vec<String> = shift.steps().iter().map(step).collect();
    format!("{}, valued {}", steps.join(", "), shift.valuation())
}

/// `+7.5 bp`; two places where no short decimal says it exactly.
pub(in super::super) fn signed(size: &BasisPoints) -> String {
    let exact = format!("{size:+}");
    let number = exact.trim_end_matches("bp");
    let short = number.len() <= 7 && !number.contains('/');
    if short { format!("{number} bp") } else { format!("{:+.2} bp", size.exact()) }
}

/// The size of the shift and its meeting, in words.
pub(in super::super) fn shift_in_words(study: &Sensitivity) -> String {
    let sizes: Vec<String> = study.shift().steps().iter().map(|(_, size)| signed(size)).collect();
    format!("{} on the expected rate after the FOMC of {}", sizes.join(", "), day(study.announcement()))
}

fn curve(study: &Sensitivity) -> String {
    let mut headings = vec![grid::text("Method")];
    headings.extend(Tenor::STANDARD.iter().map(|tenor| grid::number(tenor.to_string())));
    let rows = study.curve().iter().map(|response| {
        let mut row = vec![printable(&response.method.to_string())];
        row.extend(response.zero_bp.iter().map(|(_, bp)| float_to(*bp, 2)));
        row
    });
    grid::table(&headings, rows, 2)
}

/// The models, then the benchmarks beside them.
fn table(rows: &[EquityImpact], out: &mut dyn Write) -> io::Result<()> {
    let percent =
        |fraction: Option<f64>| fraction.map_or_else(|| "-".to_owned(), |fraction| float_to(100.0 * fraction, 4));
    let of_kind = |kind: ImpactKind| rows.iter().filter(move |row| row.kind == kind);
    let band = |row: &EquityImpact| [row.range.map(|(low, _)| low), row.range.map(|(_, high)| high)].map(percent);
    if of_kind(ImpactKind::Model).next().is_some() {
        let headings = [
            grid::text("\nModel"),
            grid::number("First\norder"),
            grid::number("Convex-\nity"),
            grid::number("Numer-\nator"),
            grid::number("\nTotal"),
            grid::number("\nLow"),
            grid::number("\nHigh"),
        ];
        let lines = of_kind(ImpactKind::Model).map(|row| {
            let figures = [row.denominator, row.convexity, row.numerator, Some(row.total)].map(percent);
            std::iter::once(printable(&row.label)).chain(figures).chain(band(row)).collect()
        });
        write!(out, "\n{}", grid::table(&headings, lines, 2))?;
    }
    if of_kind(ImpactKind::Benchmark).next().is_some() {
        let headings = [
            grid::text("Benchmark"),
            grid::number("R2"),
            grid::number("Total"),
            grid::number("Low"),
            grid::number("High"),
        ];
        let lines = of_kind(ImpactKind::Benchmark).map(|row| {
            let r_squared = row.r_squared.map_or_else(|| "-".to_owned(), |r_squared| float_to(r_squared, 2));
            let [low, high] = band(row);
            vec![printable(&row.label), r_squared, percent(Some(row.total)), low, high]
        });
        write!(out, "\n{}", grid::table(&headings, lines, 2))?;
    }
    Ok(())
}

/// The name of an asset and what the figures take of it, each input sourced or assumed.
fn inputs(asset: &AssetProfile, study: &Sensitivity, whole: bool) -> String {
    let flows = &asset.cash_flows;
    let what = match flows {
        CashFlows::Gordon(gordon) => {
            format!("payout yield {} %", gordon.payout_yield().to_string().trim_end_matches('%'))
        }
        CashFlows::DurationOnly(_) => "a bare duration".to_owned(),
        CashFlows::Annual(_) => "annual payments".to_owned(),
    };
    let duration = float_to(flows.macaulay_duration(), 1);
    let half_life = study.half_life();
    let fading = float_to(flows.effective_duration(half_life).years(), 1);
    let mut text = paragraph(
        &format!(
            "{} ({}): {what} ({}: {}); duration {duration} years, {fading} to a shift that fades with half-life {half_life}",
            printable(&asset.name),
            printable(&asset.id),
            asset.input,
            printable(&asset.source)
        ),
        2,
    );
    let known = asset.inputs.iter().filter_map(|(name, input)| Some((name, input?)));
    let others: Vec<String> = known.map(|(name, input)| format!("{name} {}", printable(&input.to_string()))).collect();
    if whole && !others.is_empty() {
        text += &paragraph(&format!("  {}", others.join("; ")), 2);
    }
    text.trim_end().to_owned()
}
