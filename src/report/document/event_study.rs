//! Responses to policy surprises, `fedpath.respond/1`, and how often their ranges contain what happened,
//! `fedpath.validate/1`.

use std::collections::BTreeMap;

use super::{Column, Document, Shown, Table, Value, data, list, number, object, words};
use crate::event_study::{
    AssetResponse, Coverage, Errors, Estimate, EventTime, Influence, MethodScore, NoFit, Validation,
};
use crate::text::printable;
use crate::units::Fraction;

/// The surprise that text quotes ranges for, in percentage points.
const QUOTED: f64 = 0.1;
/// The most influential events that are named.
const INFLUENTIAL: usize = 5;

/// The responses of assets to one surprise: estimates, both ranges, and what the estimates rest on.
#[must_use]
pub fn respond<'a>(responses: &'a [AssetResponse], source: &str, warnings: &[String]) -> Document<'a> {
    let first = responses.first();
    let (on, errors) = first.map_or(("", Errors::default()), |first| (first.on(), first.errors()));
    let heading = format!("Responses to {}, per percentage point of surprise", printable(on));
    let basis = format!(
        "Events: {}\nLeast squares with an intercept, {} standard errors; returns in percent, yields in percentage points",
        printable(source),
        named(errors),
    );
    Document::new("fedpath.respond/1")
        .member("source", source)
        .member("on", on)
        .member("errors", errors.name())
        .text_block(heading)
        .text_block(basis)
        .text_table(Table::new("", responses, estimates()))
        .text_block("What a surprise of +10 bp does")
        .text_table(Table::new("", responses, ranges()))
        .more_text(
            "slope's band: where the estimate lies, with 95 % confidence; likely range: where 95 of 100 single events lie.",
        )
        .text_block("How far the slope can be trusted")
        .text_table(Table::new("", responses, checks()))
        .each(responses, |document, response| document.when(left_out(response), Document::more_text))
        .json_table(Table::new("responses", responses, in_full()))
        .csv_table(Table::new("", responses, rows()))
        .ending(false, warnings.iter().cloned())
}

fn named(errors: Errors) -> &'static str {
    match errors {
        Errors::Classical => "classical",
        Errors::Hc1 => "HC1 robust",
        Errors::Hc3 => "HC3 robust",
    }
}

/// A figure of an estimate: programs read 12 places.
fn figure(value: f64) -> Value {
    Fraction::try_from(value).map_or(Value::Missing, |exact| Value::Exact(exact, 12))
}

fn figure_of(value: Option<f64>) -> Value {
    value.map_or(Value::Missing, figure)
}

const FOUR: Shown = Shown::Places(4);

fn window(response: &AssetResponse) -> Option<String> {
    response.window().map(|window| window.to_string())
}

fn asset<'a>() -> Column<'a, &'a AssetResponse> {
    words("asset", "Asset", |row: &&AssetResponse| printable(row.asset()))
}

/// The estimates for people.
fn estimates<'a>() -> Vec<Column<'a, &'a AssetResponse>> {
    vec![
        asset(),
        number("", "Slope", FOUR, |row: &&AssetResponse| figure(row.line().slope)),
        number("", "Std error", FOUR, |row: &&AssetResponse| figure(row.slope().standard_error)),
        number("", "Intercept", FOUR, |row: &&AssetResponse| figure_of(row.line().intercept.map(|(value, _)| value))),
        number("", "R2", FOUR, |row: &&AssetResponse| figure_of(row.r_squared())),
        number("", "n", Shown::Plain, |row: &&AssetResponse| row.n()),
        number("", "Residual sd", FOUR, |row: &&AssetResponse| figure(row.residual_sd())),
        words("", "Window", |row: &&AssetResponse| window(row).unwrap_or_else(|| "not stated".to_owned())),
        words("", "Events", |row: &&AssetResponse| span(row.slope())),
    ]
}

fn span(estimate: &Estimate) -> String {
    format!("{} to {}", estimate.span.0.date, estimate.span.1.date)
}

/// Both ranges for people.
fn ranges<'a>() -> Vec<Column<'a, &'a AssetResponse>> {
    let range = |ends: Option<(f64, f64)>| ends.map(|(low, high)| format!("{low:+.2} to {high:+.2}"));
    vec![
        asset(),
        number("", "Estimate", Shown::Signed(2), |row: &&AssetResponse| figure(row.line().slope * QUOTED)),
        number("", "Slope's band", Shown::Plain, move |row: &&AssetResponse| range(row.line().slope_band(QUOTED))),
        number("", "Likely range", Shown::Plain, move |row: &&AssetResponse| range(row.line().likely_range(QUOTED))),
        number("", "n", Shown::Plain, |row: &&AssetResponse| row.n()),
        words("", "Window", |row: &&AssetResponse| window(row).unwrap_or_else(|| "not stated".to_owned())),
    ]
}

/// The slope of other samples, for people.
fn checks<'a>() -> Vec<Column<'a, &'a AssetResponse>> {
    let slope = |estimate: Option<&Result<Estimate, NoFit>>| {
        let estimate = estimate.and_then(|estimate| estimate.as_ref().ok());
        estimate.map(|estimate| format!("{:.2} ({:.2})", estimate.slope, estimate.standard_error))
    };
    let most = |row: &&AssetResponse| {
        let most = row.influence().first()?;
        Some(format!("{:.2} ({})", most.slope_without?, most.point.when.date))
    };
    vec![
        asset(),
        number("", "Slope (error)", Shown::Plain, |row: &&AssetResponse| {
            format!("{:.2} ({:.2})", row.line().slope, row.slope().standard_error)
        }),
        number("", "First half", Shown::Plain, move |row: &&AssetResponse| slope(row.halves().first())),
        number("", "Second half", Shown::Plain, move |row: &&AssetResponse| slope(row.halves().get(1))),
        number("", "With unscheduled", Shown::Plain, move |row: &&AssetResponse| slope(row.with_unscheduled())),
        number("", "Placebo", Shown::Plain, move |row: &&AssetResponse| slope(row.placebo())),
        number("", "Without the most influential", Shown::Plain, most),
    ]
}

/// The events that are left out, by reason.
fn left_out(response: &AssetResponse) -> Option<String> {
    let mut by_reason: BTreeMap<String, Vec<EventTime>> = BTreeMap::new();
    for (when, reason) in response.left_out() {
        by_reason.entry(reason.to_string()).or_default().push(*when);
    }
    let told = by_reason.into_iter().map(|(reason, events)| {
        let when = match events.as_slice() {
            [only] => only.to_string(),
            [first, .., last] => format!("{} events, {} to {}", events.len(), first.date, last.date),
            [] => String::new(),
        };
        format!("{reason} ({when})")
    });
    let told: Vec<String> = told.collect();
    let asset = printable(response.asset());
    (!told.is_empty()).then(|| format!("{asset} leaves out {} events: {}", response.left_out().len(), told.join("; ")))
}

/// Every figure of an estimate for programs.
fn in_full<'a>() -> Vec<Column<'a, &'a AssetResponse>> {
    let estimate = |estimate: &Result<Estimate, NoFit>| match estimate {
        Ok(estimate) => object([
            ("from", estimate.span.0.to_string().into()),
            ("to", estimate.span.1.to_string().into()),
            ("slope", figure(estimate.slope)),
            ("standard_error", figure(estimate.standard_error)),
            ("n", estimate.n.into()),
        ]),
        Err(reason) => object([("reason", reason.to_string().into())]),
    };
    let influence = |event: &Influence| {
        object([
            ("event", event.point.when.to_string().into()),
            ("surprise", figure(event.point.surprise)),
            ("response", figure(event.point.response)),
            ("slope_without", figure_of(event.slope_without)),
        ])
    };
    let of = move |sample: Option<&Result<Estimate, NoFit>>| sample.map_or(Value::Missing, estimate);
    let mut columns = rows();
    columns.insert(4, data("errors", |row: &&AssetResponse| row.errors().name()));
    columns.extend([
        data("intercept", |row: &&AssetResponse| figure_of(row.line().intercept.map(|(value, _)| value))),
        data("from", |row: &&AssetResponse| row.slope().span.0.to_string()),
        data("to", |row: &&AssetResponse| row.slope().span.1.to_string()),
        data("small_sample", |row: &&AssetResponse| row.is_small()),
        data("left_out", |row: &&AssetResponse| {
            list(row.left_out(), |(when, reason)| {
                object([("event", when.to_string().into()), ("reason", reason.to_string().into())])
            })
        }),
        data("influence", move |row: &&AssetResponse| list(row.influence().iter().take(INFLUENTIAL), influence)),
        data("halves", move |row: &&AssetResponse| list(row.halves(), estimate)),
        data("with_unscheduled", move |row: &&AssetResponse| of(row.with_unscheduled())),
        data("placebo", move |row: &&AssetResponse| of(row.placebo())),
    ]);
    columns
}

/// One row an asset, as `equity --responses` reads it back.
fn rows<'a>() -> Vec<Column<'a, &'a AssetResponse>> {
    vec![
        data("asset", |row: &&AssetResponse| row.asset().to_owned()),
        data("on", |row: &&AssetResponse| row.on().to_owned()),
        data("slope", |row: &&AssetResponse| figure(row.line().slope)),
        data("standard_error", |row: &&AssetResponse| figure(row.slope().standard_error)),
        data("residual_sd", |row: &&AssetResponse| figure(row.residual_sd())),
        data("n", |row: &&AssetResponse| row.n()),
        data("r_squared", |row: &&AssetResponse| figure_of(row.r_squared())),
        data("window", |row: &&AssetResponse| window(row)),
    ]
}

/// Responses held against events, the method that comes closest first.
#[must_use]
pub fn validate<'a>(validations: &'a [Validation], source: &str, warnings: &[String]) -> Document<'a> {
    let Some(first) = validations.first() else { return Document::new("fedpath.validate/1") };
    let basis = match first.expanding {
        Some(before) => format!(
            "re-estimated: before every event, on all the events before it, at least {before}; {} standard errors",
            named(first.errors)
        ),
        None => "Every method as it is published; many of these events are in its own sample".to_owned(),
    };
    let rows = || {
        validations.iter().flat_map(|validation| validation.methods.iter().enumerate().map(move |at| (validation, at)))
    };
    Document::new("fedpath.validate/1")
        .member("source", source)
        .member("on", first.on.as_str())
        .member("expanding", first.expanding)
        .member("errors", first.errors.name())
        .text_block(format!("How often each range contained what happened, by surprises {}", printable(&first.on)))
        .text_block(format!("Events: {}\n{basis}", printable(source)))
        .each(validations, |document, validation| {
            let heading = format!(
                "{}: {} events, {} to {}",
                printable(&validation.asset),
                validation.n,
                validation.span.0.date,
                validation.span.1.date
            );
            let of_asset = validation.methods.iter().enumerate().map(move |at| (validation, at));
            document.text_block(heading).text_table(Table::new("", of_asset, scores()))
        })
        .more_text(
            "Bias: the mean of what happened less the estimate. RMSE: the root of its mean square; the closest method first.",
        )
        .json_table(Table::new("methods", rows(), scores()))
        .csv_table(Table::new("", rows(), scores()))
        .ending(false, warnings.iter().cloned())
}

type Scored<'a> = (&'a Validation, (usize, &'a MethodScore));

fn scores<'a>() -> Vec<Column<'a, Scored<'a>>> {
    let counted = |coverage: Coverage| {
        let share = coverage.share()?;
        Some(format!("{} of {} ({:.1} %)", coverage.inside, coverage.of, 100.0 * share))
    };
    let share = |coverage: Coverage| figure_of(coverage.share());
    vec![
        data("asset", |(validation, _): &Scored<'_>| validation.asset.clone()),
        number("rank", "Rank", Shown::Plain, |(_, (place, _)): &Scored<'_>| place + 1),
        words("method", "Method", |(_, (_, method)): &Scored<'_>| printable(&method.id)),
        number("n", "n", Shown::Plain, |(validation, _): &Scored<'_>| validation.n),
        number("", "Slope's band", Shown::Plain, move |(_, (_, method)): &Scored<'_>| counted(method.slope_band))
            .text_only(),
        number("", "Likely range", Shown::Plain, move |(_, (_, method)): &Scored<'_>| counted(method.likely_range))
            .text_only(),
        data("slope_band_inside", |(_, (_, method)): &Scored<'_>| inside(method.slope_band)),
        data("slope_band_coverage", move |(_, (_, method)): &Scored<'_>| share(method.slope_band)),
        data("likely_inside", |(_, (_, method)): &Scored<'_>| inside(method.likely_range)),
        data("likely_coverage", move |(_, (_, method)): &Scored<'_>| share(method.likely_range)),
        number("bias", "Bias", Shown::Signed(4), |(_, (_, method)): &Scored<'_>| figure(method.bias)),
        number("rmse", "RMSE", FOUR, |(_, (_, method)): &Scored<'_>| figure(method.rmse)),
        data("window", |(validation, _): &Scored<'_>| validation.window.map(|window| window.to_string())),
    ]
}

/// How many events lie in a range; nothing of a method without one.
fn inside(coverage: Coverage) -> Option<usize> {
    (coverage.of > 0).then_some(coverage.inside)
}
