//! What matters of the curve and equity figures, in sentences.

use super::number::float_to;
use super::words::{day, paragraph};
use crate::curve::PolicyShift;
use crate::equity::{AssetProfile, CashFlows, EarningsPath, EquityImpact, ImpactKind, ReturnResponse};
use crate::reprice::sensitivity::Sensitivity;
use crate::text::printable;
use crate::units::BasisPoints;

/// `+7.5 bp`; two places where no short decimal says it exactly.
pub(super) fn signed(size: &BasisPoints) -> String {
    let exact = format!("{size:+}");
    let number = exact.trim_end_matches("bp");
    let short = number.len() <= 7 && !number.contains('/');
    if short { format!("{number} bp") } else { format!("{:+.2} bp", size.exact()) }
}

/// "+7.5 bp from 2025-12-11, valued 2025-11-21".
pub(super) fn described(shift: &PolicyShift) -> String {
    let step = |(effective, size): &(chrono::NaiveDate, BasisPoints)| format!("{} from {effective}", signed(size));
    let steps: Vec<String> = shift.steps().iter().map(step).collect();
    format!("{}, valued {}", steps.join(", "), shift.valuation())
}

/// The size of the shift and its meeting, in words.
fn shift_in_words(study: &Sensitivity) -> String {
    let sizes: Vec<String> = study.shift().steps().iter().map(|(_, size)| signed(size)).collect();
    format!("{} on the expected rate after the FOMC of {}", sizes.join(", "), day(study.announcement()))
}

/// A fraction as percent to two places.
fn percent(fraction: f64) -> String {
    float_to(100.0 * fraction, 2)
}

/// "-0.28 to -1.01", the end nearer to zero first; one figure where there is but one.
fn span(figures: &[f64]) -> Option<String> {
    let lowest = figures.iter().copied().min_by(f64::total_cmp)?;
    let highest = figures.iter().copied().max_by(f64::total_cmp)?;
    let (from, to) = if highest <= 0.0 { (highest, lowest) } else { (lowest, highest) };
    let (from, to) = (percent(from), percent(to));
    Some(if from == to { from } else { format!("{from} to {to}") })
}

/// Whether the row's method is neither of the two extremes: gone at the next meeting, or there for good.
fn is_between_the_extremes(row: &EquityImpact) -> bool {
    !["eh-postponed", "eh-permanent", "eh-decaying"].contains(&row.method.as_str())
}

fn row<'a>(rows: &'a [EquityImpact], method: &str) -> Option<&'a EquityImpact> {
    rows.iter().find(|row| row.kind == ImpactKind::Model && row.method == method)
}

/// What the shift is worth for one asset by each family of methods: the lowest and the highest figure, as fractions.
pub(super) struct Families {
    /// A shift that is gone when the next meeting makes the move after all.
    pub(super) postponed: Option<f64>,
    /// A shift that fades.
    pub(super) decaying: Option<f64>,
    /// A shift for good.
    pub(super) permanent: Option<f64>,
    /// The strip and responses of yields.
    pub(super) yields: Option<(f64, f64)>,
    /// Responses of returns.
    pub(super) returns: Option<(f64, f64)>,
}

impl Families {
    /// Of the rows of one asset.
    pub(super) fn new(rows: &[EquityImpact]) -> Self {
        let total = |method| row(rows, method).map(|row| row.total);
        let ends = |kind: ImpactKind| {
            let totals =
                rows.iter().filter(|row| row.kind == kind && is_between_the_extremes(row)).map(|row| row.total);
            let low = totals.clone().min_by(f64::total_cmp)?;
            Some((low, totals.max_by(f64::total_cmp)?))
        };
        Self {
            postponed: total("eh-postponed"),
            decaying: total("eh-decaying"),
            permanent: total("eh-permanent"),
            yields: ends(ImpactKind::Model),
            returns: ends(ImpactKind::Benchmark),
        }
    }
}

/// The first asset's story in a few lines: the figure, the range over the methods, the two extremes.
pub(super) fn headline(study: &Sensitivity) -> String {
    let Some(rows) = study.equity().chunk_by(|a, b| a.asset.id == b.asset.id).next() else {
        return format!("{}: no method gives a figure.\n", shift_in_words(study));
    };
    let totals = |kind: ImpactKind| -> Vec<f64> {
        let kept = rows.iter().filter(|row| row.kind == kind && is_between_the_extremes(row));
        kept.map(|row| row.total).collect()
    };
    let name = printable(&rows[0].asset.name);
    let decaying = row(rows, "eh-decaying");
    let by = match (row(rows, "strip").is_some(), totals(ImpactKind::Model).len()) {
        (true, 1) => "the strip",
        (true, _) => "the strip and responses of yields",
        (false, _) => "responses of yields",
    };
    let models = span(&totals(ImpactKind::Model)).map(|span| format!("{span} % by {by}"));
    let benchmarks = span(&totals(ImpactKind::Benchmark)).map(|span| format!("{span} % by responses of returns"));
    let mut parts: Vec<String> =
        decaying.map(|row| format!("about {} % if it fades", percent(row.total))).into_iter().collect();
    parts.extend(models.into_iter().chain(benchmarks));
    if parts.is_empty() {
        parts.extend(rows.iter().map(|row| format!("{} % if {}", percent(row.total), printable(&row.label))));
    }
    let text = format!("{} is worth, for {name}, {}", shift_in_words(study), parts.join(", "));
    let mut text = paragraph(&(text + "."), 0);
    if let (Some(decaying), Some(permanent)) = (decaying, row(rows, "eh-permanent")) {
        let times = permanent.total / decaying.total;
        if times.is_finite() && times > 1.5 {
            let postponed = row(rows, "eh-postponed").map_or(String::new(), |row| {
                format!("If the move only comes a meeting later it is {} %. ", percent(row.total))
            });
            let is_gordon = matches!(permanent.asset.cash_flows, Some(CashFlows::Gordon(_)));
            let textbook = if is_gordon { "The textbook's permanent shift over (r - g)" } else { "A permanent shift" };
            let stress = format!(
                "{postponed}{textbook} gives {} %, {times:.0} times as much as the fading one: \
                 a stress case, not an explanation.",
                percent(permanent.total)
            );
            text += &paragraph(&stress, 0);
        }
    }
    if let Some(likely) = likely(rows, study) {
        text += &paragraph(&likely, 0);
    }
    text
}

/// The range of single events, by the first row of the asset that has one, else by the first study of its returns: the other
/// figures are ranges of estimates.
fn likely(rows: &[EquityImpact], study: &Sensitivity) -> Option<String> {
    let responses = ReturnResponse::of(&rows[0].asset, &study.options().responses);
    let range = |response: &ReturnResponse| response.likely_range(study.shift().total());
    let is_shown = |response: &&ReturnResponse| rows.iter().any(|row| row.method == response.id);
    let with_range = || responses.iter().filter(|response| range(response).is_some());
    let response = with_range().find(is_shown).or_else(|| with_range().next())?;
    let (low, high) = range(response)?;
    let window = response.window.map_or(String::new(), |window| format!(" over {}", window.in_words()));
    let events = response.intercept.map_or(String::new(), |(_, events)| format!(", {events} events"));
    Some(format!(
        "Those are estimates. A single event of this size lies between {} and {} %{window} 95 times out of 100 ({}{events}).",
        percent(low),
        percent(high),
        printable(&response.label)
    ))
}

/// What else is to be said of one asset: its earnings, its beta, what was realised.
pub(super) fn of_asset(rows: &[EquityImpact], study: &Sensitivity) -> String {
    let asset = &rows[0].asset;
    let modelled = rows.iter().any(|row| row.kind == ImpactKind::Model);
    let mut lines: Vec<String> = modelled.then(|| earnings(asset, study)).into_iter().collect();
    let decaying = row(rows, "eh-decaying");
    let beta = asset.inputs.market_beta.as_ref().map(|beta| beta.value).filter(|beta| (beta - 1.0).abs() > 1e-9);
    if let (Some(decaying), Some(beta)) = (decaying, beta) {
        // Without the numerator: what the discount rate alone does.
        let discounted =
            decaying.denominator.zip(decaying.convexity).map_or(decaying.total, |(first, rest)| first + rest);
        lines.push(format!(
            "Through its discount rate alone {} %; times its market beta of {beta}, {} %.",
            percent(discounted),
            percent(beta * discounted)
        ));
    }
    if let Some(line) = realised(rows, decaying) {
        lines.push(line);
    }
    lines.iter().map(|line| paragraph(line, 2)).collect()
}

/// What the shift does to a year's earnings, or what is missing to say it.
fn earnings(asset: &AssetProfile, study: &Sensitivity) -> String {
    let shift = study.shift().total();
    match asset.inputs.financing() {
        Ok(financing) => {
            let margin = financing.margin_change(shift);
            let margin =
                margin.map_or(String::new(), |change| format!(", margin {} points", float_to(100.0 * change, 4)));
            let year = financing.market_value.map(|value| financing.net_income_change(shift) / value);
            let year = year.map_or(String::new(), |change| format!(", for one year {} %", float_to(100.0 * change, 4)));
            let earnings = float_to(100.0 * financing.earnings_change(shift), 4);
            let lasting = match study.earnings() {
                EarningsPath::Permanent => "for good",
                _ if financing.market_value.is_none() => "left out of the total, earnings_yield_percent not known",
                EarningsPath::OneYear => "for one year",
                EarningsPath::AlongThePath => "as long as the shift",
            };
            format!(
                "Numerator, {lasting}: interest changes a year's earnings by {earnings} %{margin}; on the price, for good \
                 {earnings} %{year}."
            )
        }
        Err(missing) => {
            let mut known = asset.inputs.clone();
            let zero = known.cash_to_earnings.is_none().then(|| known.give("cash_to_earnings=0"));
            let bound = zero.and_then(Result::ok).and_then(|()| known.financing().ok());
            let bound = bound.map_or(String::new(), |financing| {
                let earnings = float_to(100.0 * financing.earnings_change(shift), 4);
                format!("; debt alone changes a year's earnings by {earnings} %, and floating cash may turn the sign")
            });
            format!("Numerator (-) left out of the total: {} not known{bound}.", missing.names.join(", "))
        }
    }
}

/// What a realised return of one asset leaves unexplained.
pub(super) fn realised_of(rows: &[EquityImpact]) -> Option<String> {
    realised(rows, row(rows, "eh-decaying"))
}

/// What a realised return leaves unexplained.
fn realised(rows: &[EquityImpact], decaying: Option<&EquityImpact>) -> Option<String> {
    let realised = rows.first()?.realised?;
    let by_all: Vec<f64> =
        rows.iter().filter(|row| is_between_the_extremes(row)).filter_map(EquityImpact::residual).collect();
    let by_all = span(&by_all).map_or(String::new(), |span| format!(" By the other methods {span} %."));
    let mut line = format!("Realised {} %.", percent(realised));
    if let Some((row, residual)) = decaying.and_then(|row| Some((row, row.residual()?))) {
        let share = row.total / realised;
        let share =
            if share.is_finite() && share > 0.0 { format!(" ({:.0} % of it)", 100.0 * share) } else { String::new() };
        let band = row
            .residual_range()
            .map_or(String::new(), |(low, high)| format!(" (band {} to {})", percent(low), percent(high)));
        let (explained, residual) = (percent(row.total), percent(residual));
        line =
            format!("{line} The fading shift explains {explained} %{share}; unexplained residual {residual} %{band}.");
        if let Some((deviations, horizon)) = row.residual_in_deviations().zip(row.horizon) {
            line += &format!(
                " That rest is {} standard deviations of {} at {} % a year.",
                float_to(deviations.abs(), 1),
                horizon.window().in_words(),
                float_to(100.0 * horizon.volatility(), 1)
            );
        }
    }
    Some(line + &by_all)
}

/// What the figures teach, and how their bands are meant; of the whole, what of the numerator is not in them.
pub(super) fn lessons(study: &Sensitivity, whole: bool) -> String {
    let half_life = study.half_life();
    let profiles = &study.options().profiles;
    let durations = |id: &str| {
        let flows = profiles.iter().find(|profile| profile.id == id)?.cash_flows.as_ref()?;
        Some((flows.macaulay_duration(), flows.effective_duration(half_life).years()))
    };
    let mut text = String::new();
    let any_duration = study.assets().any(|asset| asset.cash_flows.is_some());
    if let (true, Some((market, market_fading)), Some((growth, growth_fading))) =
        (any_duration, durations("sp500"), durations("nasdaq100"))
    {
        // A shift that hardly fades lets the durations speak after all.
        if growth_fading < 1.5 * market_fading && market_fading < market / 2.0 {
            text += &paragraph(
                &format!(
                    "Persistence, not duration, dominates: in the embedded profiles the S&P 500's duration is {} years and the \
                     Nasdaq-100's {}, but {} and {} to a shift that fades with half-life {half_life}. Growth is hit harder \
                     through its beta (about 1.25, range 1.1 to 1.5), not through its duration.",
                    float_to(market, 0),
                    float_to(growth, 0),
                    float_to(market_fading, 1),
                    float_to(growth_fading, 1)
                ),
                0,
            );
        }
    }
    let (shortest, longest) = half_life.band();
    text += &paragraph(
        &format!(
            "Band: 95 % of an estimate, the errors of a curve taken together; of a shift that fades, half-lives \
             {shortest} to {longest}; a scenario taken as given has none. R2 is small: signs flip from one day to the next."
        ),
        0,
    );
    if whole && study.equity().iter().any(|row| row.method.as_str().starts_with("bernanke-kuttner-2005")) {
        let shares: Vec<String> =
            study.options().news.iter().map(|news| format!("{:.0} %", 100.0 * news.dividend_share())).collect();
        text += &paragraph(
            &format!(
                "Interest is the mechanical part of the numerator only: in Bernanke and Kuttner's own split, news of dividends \
                 is {} of the response of returns (long and short sample).",
                shares.join(" and ")
            ),
            0,
        );
    }
    text
}
