//! What a shift does to the curve and to equities, `fedpath.equity/1`, and its parts in other documents.

use super::super::findings::{self, Families, described, signed};
use super::super::number::float_to;
use super::super::words::paragraph;
use super::super::{EquityDetail, Telling, derivations};
use super::two_snapshots::{illustrative, side, snapshots};
use super::{Column, Document, Shown, Table, Value, data, list, number, object, words};
use crate::curve::{CurveResponse, PassThrough, Tenor};
use crate::equity::{AssetProfile, CashFlows, EquityImpact, ImpactKind, Input};
use crate::notice::Notice;
use crate::reprice::Repricing;
use crate::reprice::sensitivity::Sensitivity;
use crate::text::printable;

/// What a shift does to the curve and to each asset, by every method; of two snapshots, where the shift comes from.
#[must_use]
pub fn equity<'a>(study: &'a Sensitivity, story: Option<(&'a Repricing, &Telling<'_>)>, explain: bool) -> Document<'a> {
    let shift = study.shift();
    let step = shift.steps().first();
    let size = step.map(|(_, size)| size);
    let warnings: Vec<String> = story
        .map_or_else(|| study.notices().iter().map(Notice::to_string).collect(), |(story, told)| told.warnings(story));
    let document = Document::new("fedpath.equity/1")
        .when(story, |document, (story, told)| {
            document.when(illustrative(told), Document::text_block).text_block(snapshots(story, told))
        })
        .text_block(findings::headline(study))
        .member("as_of", shift.valuation())
        .member("meeting", study.announcement())
        .member("effective", step.map_or(String::new(), |(date, _)| date.to_string()))
        .member("shift_bp", size.map_or(Value::from(""), Value::from))
        .member("shift_bp_exact", size.map_or(Value::from(""), |size| Value::from(size).fraction()))
        .when(story, |document, (story, told)| {
            document
                .member("before", side(story.before(), &told.before))
                .member("after", side(story.after(), &told.after))
        })
        .member("numerator", study.earnings().id())
        .member("assets", list(study.assets(), |asset| profile(asset, study)))
        .with(curve(study))
        .json_table(impacts(study));
    let detail = if study.assets().nth(1).is_some() { EquityDetail::Brief } else { EquityDetail::Full };
    document
        .with(in_words(study, detail, true))
        .optional("formulas", explain.then(|| list(study.curve(), formula)))
        .optional("derivations", explain.then(|| equations(study)))
        .when(explain.then(|| explained(study)), |document, explained| {
            document.text_block(format!("How the curve and the equity figures are made\n{explained}"))
        })
        .ending(story.is_some_and(|(_, told)| told.is_illustrative()), warnings)
        .csv_table(impacts(study))
}

/// The shift of the zero rates by every method.
pub(super) fn curve(study: &Sensitivity) -> Document<'_> {
    let flat = study.curve().iter().flat_map(|response| response.zero_bp.iter().map(move |shift| (response, shift)));
    let flat = Table::new(
        "curve",
        flat,
        [
            data("tenor", |(_, (tenor, _)): &(&CurveResponse, &(Tenor, f64))| tenor.to_string()),
            data("method", |(response, _): &(&CurveResponse, &(Tenor, f64))| response.method.id().to_string()),
            data("shift_bp", |(_, (_, bp)): &(&CurveResponse, &(Tenor, f64))| *bp),
        ],
    );
    if study.curve().is_empty() {
        return Document::default().json_table(flat);
    }
    let mut columns = vec![words("", "Method", |response: &&CurveResponse| printable(&response.method.to_string()))];
    for (place, tenor) in Tenor::STANDARD.iter().enumerate() {
        let bp = move |response: &&CurveResponse| response.zero_bp.get(place).map(|(_, bp)| *bp);
        columns.push(number("", tenor.to_string(), Shown::Places(2), bp));
    }
    Document::default()
        .text_block(format!("Zero rates, bp, for {}", described(study.shift())))
        .text_table(Table::new("", study.curve(), columns))
        .json_table(flat)
}

/// The price impacts: one row an asset and method. Where a realised return was given, it and what is left of it follow.
pub(super) fn impacts(study: &Sensitivity) -> Table<'_> {
    let realised = study.equity().iter().any(|row| row.realised.is_some());
    let mut columns: Vec<Column<'_, &EquityImpact>> = vec![
        data("asset", |row: &&EquityImpact| row.asset.id.clone()),
        data("kind", |row: &&EquityImpact| row.kind.name()),
        data("method", |row: &&EquityImpact| row.method.to_string()),
    ];
    columns.extend(figures());
    columns.push(data("citation", |row: &&EquityImpact| row.citation.clone()));
    if realised {
        columns.extend([
            data("realised_percent", |row: &&EquityImpact| left(row, row.realised)),
            data("residual_percent", |row: &&EquityImpact| left(row, row.residual())),
            data("residual_low_percent", |row: &&EquityImpact| left(row, row.residual_range().map(|(low, _)| low))),
            data("residual_high_percent", |row: &&EquityImpact| left(row, row.residual_range().map(|(_, high)| high))),
        ]);
    }
    columns.extend([
        data("likely_low_percent", |row: &&EquityImpact| percent(row.likely.map(|(low, _)| low))),
        data("likely_high_percent", |row: &&EquityImpact| percent(row.likely.map(|(_, high)| high))),
        data("residual_sd_percent", |row: &&EquityImpact| percent(row.residual_sd)),
        data("window", |row: &&EquityImpact| row.window.map(|window| window.to_string())),
    ]);
    if study.options().horizon.is_some() && realised {
        columns.extend([
            data("horizon_sd_percent", |row: &&EquityImpact| left(row, row.residual_sd_over_horizon())),
            data("residual_deviations", |row: &&EquityImpact| {
                row.realised.map_or(Value::Absent, |_| row.residual_in_deviations().into())
            }),
        ]);
    }
    Table::new("equity", study.equity(), columns)
}

/// A figure of what is left of a realised return; a row without one has no such figure.
fn left(row: &EquityImpact, fraction: Option<f64>) -> Value {
    if row.realised.is_some() { percent(fraction).into() } else { Value::Absent }
}

fn percent(fraction: Option<f64>) -> Option<f64> {
    fraction.map(|fraction| 100.0 * fraction)
}

/// The figures of a method.
fn figures<'a>() -> Vec<Column<'a, &'a EquityImpact>> {
    const FOUR: Shown = Shown::Places(4);
    vec![
        number("denominator_percent", "First\norder", FOUR, |row: &&EquityImpact| percent(row.denominator)),
        number("convexity_percent", "Convex-\nity", FOUR, |row: &&EquityImpact| percent(row.convexity)),
        number("numerator_percent", "Numer-\nator", FOUR, |row: &&EquityImpact| percent(row.numerator)),
        number("total_percent", "\nTotal", FOUR, |row: &&EquityImpact| percent(Some(row.total))),
        number("low_percent", "Band\nlow", FOUR, |row: &&EquityImpact| percent(row.range.map(|(low, _)| low))),
        number("high_percent", "Band\nhigh", FOUR, |row: &&EquityImpact| percent(row.range.map(|(_, high)| high))),
    ]
}

/// What the likely range is, and why a benchmark has none.
const LIKELY: &str = "\
Likely: where 95 of 100 single events lie, over the study's window; - where the
study does not print the scatter around its line.";

/// The range of single events, for people.
fn likely<'a>() -> Vec<Column<'a, &'a EquityImpact>> {
    const TWO: Shown = Shown::Places(2);
    vec![
        number("", "Likely\nlow", TWO, |row: &&EquityImpact| percent(row.likely.map(|(low, _)| low))),
        number("", "Likely\nhigh", TWO, |row: &&EquityImpact| percent(row.likely.map(|(_, high)| high))),
        words("", "\nWindow", |row: &&EquityImpact| row.window.map(|window| window.to_string())),
    ]
}

/// The equities for people: every table of each asset, one row an asset, or nothing; of the whole, every input too.
pub(super) fn in_words(study: &Sensitivity, detail: EquityDetail, whole: bool) -> Document<'_> {
    let by_asset = || study.equity().chunk_by(|a, b| a.asset.id == b.asset.id);
    if study.equity().is_empty() || detail == EquityDetail::None {
        return Document::default();
    }
    if detail == EquityDetail::Brief && by_asset().nth(1).is_some() {
        return by_row(study, by_asset().collect());
    }
    if detail == EquityDetail::Brief {
        return Document::default()
            .text_block(findings::headline(study))
            .when(by_asset().next().and_then(findings::realised_of), |document, realised| {
                document.more_text(paragraph(&realised, 0))
            })
            .more_text("Every method with its band: --equity full. No equities: --equity none.");
    }
    let heading = format!("Equity price impact, %, for {}", described(study.shift()));
    let lessons = findings::lessons(study, whole) + "Sources and samples of every method: --explain, or --format json.";
    Document::default()
        .text_block(heading)
        .each(by_asset(), |document, rows| {
            let of_kind = |kind: ImpactKind| rows.iter().filter(move |row| row.kind == kind);
            let told = findings::of_asset(rows, study);
            document
                .text_block(inputs(&rows[0].asset, study, whole))
                .when(of_kind(ImpactKind::Model).next(), |document, _| {
                    let label = words("", "\nModel", |row: &&EquityImpact| printable(&row.label));
                    let columns = std::iter::once(label).chain(figures());
                    document.text_table(Table::new("", of_kind(ImpactKind::Model), columns))
                })
                .when(of_kind(ImpactKind::Benchmark).next(), |document, _| {
                    let label = words("", "\nBenchmark", |row: &&EquityImpact| printable(&row.label));
                    let r_squared = number("", "\nR2", Shown::Places(2), |row: &&EquityImpact| row.r_squared);
                    let columns = [label, r_squared].into_iter().chain(figures().into_iter().skip(3)).chain(likely());
                    document.text_table(Table::new("", of_kind(ImpactKind::Benchmark), columns)).more_text(LIKELY)
                })
                .when((!told.is_empty()).then_some(told), Document::text_block)
        })
        .text_block(lessons)
}

/// One row an asset: the three scenarios, and the range of each family of estimates.
fn by_row<'a>(study: &'a Sensitivity, assets: Vec<&'a [EquityImpact]>) -> Document<'a> {
    const TWO: Shown = Shown::Places(2);
    type Row<'a> = (&'a [EquityImpact], Families);
    let rows = assets.into_iter().map(|rows| (rows, Families::new(rows)));
    let range = |ends: Option<(f64, f64)>| {
        let ends = ends.map(|(low, high)| (float_to(100.0 * low, 2), float_to(100.0 * high, 2)));
        ends.map(|(low, high)| if low == high { low } else { format!("{low} to {high}") })
    };
    let mut columns = vec![
        words("", "\nAsset", |(rows, _): &Row<'_>| printable(&rows[0].asset.id)),
        number("", "Duration,\nyears", Shown::Places(1), |(rows, _): &Row<'_>| {
            rows[0].asset.cash_flows.macaulay_duration()
        }),
        number("", "A meeting\nlater", TWO, |(_, families): &Row<'_>| percent(families.postponed)),
        number("", "\nFading", TWO, |(_, families): &Row<'_>| percent(families.decaying)),
        number("", "\nFor good", TWO, |(_, families): &Row<'_>| percent(families.permanent)),
        number("", "By responses\nof yields", Shown::Plain, move |(_, families): &Row<'_>| range(families.yields)),
        number("", "By responses\nof returns", Shown::Plain, move |(_, families): &Row<'_>| range(families.returns)),
    ];
    if study.equity().iter().any(|row| row.realised.is_some()) {
        columns.push(number("", "\nRealised", TWO, |(rows, _): &Row<'_>| percent(rows[0].realised)));
    }
    Document::default()
        .text_block(format!("Equity price impact, %, for {}", described(study.shift())))
        .text_table(Table::new("", rows, columns))
        .text_block(
            "One row an asset, every figure an estimate. Every method of one asset: --asset ID; of all: --format csv.",
        )
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
    text
}

/// What the figures take of an asset, for programs.
fn profile(asset: &AssetProfile, study: &Sensitivity) -> Value {
    let (flows, half_life, shift) = (&asset.cash_flows, study.half_life(), study.shift().total());
    let financing = asset.inputs.financing().ok();
    let payout_yield = match flows {
        CashFlows::Gordon(gordon) => Value::from(gordon.payout_yield().exact()),
        _ => Value::Missing,
    };
    let input = |(name, input): (&'static str, Option<&Input>)| {
        object([
            ("name", name.into()),
            ("value", input.map(|input| input.value).into()),
            ("input", input.map(|input| input.kind.to_string()).into()),
            ("source", input.and_then(|input| input.source.clone()).into()),
        ])
    };
    object([
        ("asset", asset.id.as_str().into()),
        ("name", asset.name.as_str().into()),
        ("payout_yield_percent", payout_yield),
        ("macaulay_years", flows.macaulay_duration().into()),
        ("modified_years", flows.modified_duration().years().into()),
        ("effective_years", flows.effective_duration(half_life).years().into()),
        ("convexity", flows.convexity().into()),
        ("forward_buckets", durations(flows.forward_buckets(&Tenor::STANDARD))),
        ("key_rate_durations", durations(flows.key_rate_durations(&Tenor::STANDARD))),
        ("input", asset.input.to_string().into()),
        ("source", asset.source.as_str().into()),
        ("inputs", list(asset.inputs.iter(), input)),
        ("earnings_change_percent", percent(financing.map(|financing| financing.earnings_change(shift))).into()),
        ("margin_change_points", percent(financing.and_then(|financing| financing.margin_change(shift))).into()),
    ])
}

/// Durations by maturity; what has none lies beyond the last.
fn durations(years: Vec<f64>) -> Value {
    let tenors = Tenor::STANDARD.iter().map(|tenor| Some(tenor.to_string())).chain([None]);
    list(tenors.zip(years), |(tenor, years)| object([("tenor", tenor.into()), ("years", years.into())]))
}

fn formula(response: &CurveResponse) -> Value {
    object([("method", response.method.id().to_string().into()), ("formula", response.method.formula().into())])
}

/// How the rows of equity figures are made, for programs.
pub(super) fn equations(study: &Sensitivity) -> Value {
    let of_rows = study.equity().iter().filter_map(|row| derivations::of_impact(row, study));
    list(of_rows, |(name, equation)| format!("{name}: {equation}"))
}

/// How the figures follow from the shift, in words.
pub(super) fn explained(study: &Sensitivity) -> String {
    let mut text = String::new();
    for (effective, size) in study.shift().steps() {
        let days = effective.signed_duration_since(study.shift().valuation()).num_days();
        text += &format!("  step  s = {} from t0 = {days}/365 years on\n", signed(size));
    }
    for response in study.curve() {
        let method = printable(&response.method.to_string());
        text += &paragraph(&format!("  {method}  {}", response.method.formula()), 4);
        if let PassThrough::Strip { change, .. } = &response.method {
            let levels: Vec<String> = change.levels().iter().map(|(day, bp)| format!("{day} {bp:+.2}")).collect();
            text += &paragraph(&format!("    df from each day on: {}", levels.join(", ")), 4);
        }
    }
    let equity = "  equity  first order -int S(u) df(u) du; exact int w(u) e^(-int df) du - 1; S(u) is the share of present \
                  value paid after u years, e^(-y u) at payout yield y, w = -S'; numerator -(1 - t) (floating debt - cash) s, \
                  as long as it lasts; total e^(ln(1 + numerator) + ln(1 + exact)) - 1; benchmarks coefficient x s";
    text += &paragraph(equity, 4);
    text += &study.assets().map(|asset| durations_in_words(asset, study)).collect::<String>();
    for (name, equation) in study.equity().iter().filter_map(|row| derivations::of_impact(row, study)) {
        text += &paragraph(&format!("  {}: {equation}", printable(&name)), 4);
    }
    // Each method once.
    let mut sources: Vec<String> = Vec::new();
    for row in study.equity() {
        let line = format!("  {}, {}: {}", printable(&row.label), row.kind.name(), printable(&row.citation));
        let line = paragraph(&line, 4);
        if !sources.contains(&line) {
            sources.push(line);
        }
    }
    text + "\nSources\n" + &sources.concat()
}

/// The durations of an asset's cash flows, whole and by maturity.
fn durations_in_words(asset: &AssetProfile, study: &Sensitivity) -> String {
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
    let by_tenor = |of: Vec<f64>| {
        let told: Vec<String> = names.clone().zip(of).map(|(name, each)| format!("{name} {}", years(each))).collect();
        told.join(", ")
    };
    let key_rates = flows.key_rate_durations(&Tenor::STANDARD).into_iter().take(Tenor::STANDARD.len()).collect();
    paragraph(&whole, 4)
        + &paragraph(&format!("    to forwards up to {}", by_tenor(flows.forward_buckets(&Tenor::STANDARD))), 6)
        + &paragraph(&format!("    to zero rates, forwards beyond the last unchanged: {}", by_tenor(key_rates)), 6)
}
