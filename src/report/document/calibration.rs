//! How often what was priced happened: `fedpath.history/1`, one document a horizon and line.

use std::collections::BTreeMap;

use super::super::Selection;
use super::check::counted;
use super::history::{SCHEMA, quotes};
use super::{Column, Document, Shown, Table, Value, columns, data, number, object, words};
use crate::study::history::{Bin, BrierScore, Calibration, Forecast, HorizonCalibration, NotJudged, Span};
use crate::units::Fraction;

/// How often what was priced happened, one table a horizon; in CSV one row a horizon and bin that has forecasts, then one row
/// `all` with the Brier score and its parts.
#[must_use]
pub fn calibration<'a>(calibration: &'a Calibration, selection: &Selection<'_>) -> Document<'a> {
    let title = "How often what was priced happened: for each decision the odds of a lower range\n\
                 than on the day of the prices, of the same, of a higher one: three forecasts\n";
    let brier = "Brier score: mean squared miss, 0 is perfect (Brier 1950). Parts (Murphy 1973):\n\
                 reliability, 0 is perfect; resolution, more is better; uncertainty; the rest is\n\
                 within bins (Stephenson, Coelho and Jolliffe 2008). Prices hold risk premia.";
    Document::default()
        .text_block(title.to_owned() + &quotes(selection))
        .each(&calibration.horizons, of_horizon)
        .text_block(brier)
        .csv_table(tidy(calibration))
}

fn of_horizon<'a>(document: Document<'a>, horizon: &'a HorizonCalibration) -> Document<'a> {
    let decisions = counted(horizon.forecasts.len(), "decision");
    let document = document.text_block(format!("{} before: {decisions}", distance(horizon.horizon)));
    let document = document.when(horizon.score.as_ref(), |document, score| {
        let rows = score.bins.iter().filter(|bin| bin.forecasts > 0);
        let part = |part: &Fraction| format!("{part:.4}");
        document
            .text_table(Table::new(
                "",
                rows,
                [
                    words("", "Priced %", |bin: &&Bin| range(bin)),
                    number("", "Forecasts", Shown::Plain, |bin: &&Bin| bin.forecasts),
                    number("", "Mean priced %", Shown::Percent(1), |bin: &&Bin| bin.mean_forecast()),
                    number("", "Happened", Shown::Plain, |bin: &&Bin| bin.happened),
                    number("", "Happened %", Shown::Percent(1), |bin: &&Bin| bin.frequency()),
                ],
            ))
            .text_block(format!(
                "Brier score {}\n= reliability {} - resolution {} + uncertainty {} {} rest {}",
                part(&score.score),
                part(&score.reliability),
                part(&score.resolution),
                part(&score.uncertainty),
                if score.within_bins.is_negative() { "-" } else { "+" },
                part(&score.within_bins.abs()),
            ))
    });
    let mut reasons: BTreeMap<NotJudged, Vec<String>> = BTreeMap::new();
    for (decision, reason) in &horizon.not_judged {
        reasons.entry(*reason).or_default().push(decision.to_string());
    }
    document.each(reasons, |document, (reason, decisions)| {
        let span = match (decisions.first(), decisions.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
            _ => decisions.concat(),
        };
        document.more_text(format!("Not judged: {} ({span}): {reason}", counted(decisions.len(), "decision")))
    })
}

/// One horizon as a document of one line.
#[must_use]
pub fn calibration_line<'a>(horizon: &'a HorizonCalibration, selection: &Selection<'_>) -> Document<'a> {
    let score = horizon.score.as_ref();
    let mut document = Document::new(SCHEMA);
    document.on_a_line = true;
    document
        .member("horizon", horizon.horizon.to_string())
        .member("decisions", horizon.forecasts.len())
        .member("score", score.map(parts))
        .json_table(Table::new("bins", score.map(|score| score.bins.iter()).into_iter().flatten(), bins()))
        .json_table(Table::new("forecasts", &horizon.forecasts, forecasts()))
        .member("not_judged", columns::unpriced(horizon.not_judged.iter().copied()))
        .ending(selection.source.illustrative, [])
}

fn parts(score: &BrierScore) -> Value {
    object([
        ("forecasts", score.forecasts.into()),
        ("brier_score", Value::from(&score.score)),
        ("brier_score_exact", Value::from(&score.score).fraction()),
        ("reliability", Value::from(&score.reliability)),
        ("resolution", Value::from(&score.resolution)),
        ("uncertainty", Value::from(&score.uncertainty)),
        ("within_bins", Value::from(&score.within_bins)),
    ])
}

fn bins<'a>() -> [Column<'a, &'a Bin>; 6] {
    [
        data("from_percent", |bin: &&Bin| bin.from_percent),
        data("to_percent", |bin: &&Bin| bin.to_percent),
        data("forecasts", |bin: &&Bin| bin.forecasts),
        data("happened", |bin: &&Bin| bin.happened),
        data("mean_forecast", |bin: &&Bin| bin.mean_forecast()),
        data("frequency", |bin: &&Bin| bin.frequency()),
    ]
}

fn forecasts<'a>() -> [Column<'a, &'a Forecast>; 6] {
    let priced = |place: usize| move |forecast: &&Forecast| forecast.priced[place].clone();
    [
        data("meeting", |forecast: &&Forecast| forecast.decision),
        data("as_of", |forecast: &&Forecast| forecast.day),
        data("ease", priced(0)),
        data("hold", priced(1)),
        data("hike", priced(2)),
        data("happened", |forecast: &&Forecast| ["ease", "hold", "hike"][forecast.happened.min(2)]),
    ]
}

/// A bin of a horizon, or all of them together.
fn tidy(calibration: &Calibration) -> Table<'_> {
    type Row<'a> = (Span, &'a BrierScore, Option<&'a Bin>);
    let rows = calibration.horizons.iter().filter_map(|horizon| Some((horizon.horizon, horizon.score.as_ref()?)));
    let rows = rows.flat_map(|(horizon, score)| {
        let bins = score.bins.iter().filter(|bin| bin.forecasts > 0).map(Some);
        bins.chain([None]).map(move |bin| (horizon, score, bin)).collect::<Vec<Row<'_>>>()
    });
    let all =
        |of: fn(&BrierScore) -> &Fraction| move |(_, score, bin): &Row<'_>| bin.is_none().then(|| of(score).clone());
    let end = |of: fn(&Bin) -> i64| move |(.., bin): &Row<'_>| bin.map_or("all".to_owned(), |bin| of(bin).to_string());
    let happened = |(_, score, bin): &Row<'_>| {
        bin.map_or_else(|| score.bins.iter().map(|bin| bin.happened).sum::<usize>(), |bin| bin.happened)
    };
    Table::new(
        "",
        rows,
        [
            data("horizon", |(horizon, ..): &Row<'_>| horizon.to_string()),
            data("from_percent", end(|bin| bin.from_percent)),
            data("to_percent", end(|bin| bin.to_percent)),
            data("forecasts", |(_, score, bin): &Row<'_>| bin.map_or(score.forecasts, |bin| bin.forecasts)),
            data("happened", happened),
            data("mean_forecast", |(.., bin): &Row<'_>| bin.and_then(Bin::mean_forecast)),
            data("frequency", |(.., bin): &Row<'_>| bin.and_then(Bin::frequency)),
            data("brier_score", all(|score| &score.score)),
            data("reliability", all(|score| &score.reliability)),
            data("resolution", all(|score| &score.resolution)),
            data("uncertainty", all(|score| &score.uncertainty)),
            data("within_bins", all(|score| &score.within_bins)),
        ],
    )
}

fn range(bin: &Bin) -> String {
    let (from, to) = (bin.from_percent, bin.to_percent);
    match (from, to) {
        _ if from == to => format!("exactly {from}"),
        (0, _) => format!("above 0 to {to}"),
        _ => format!("{from} to {to}"),
    }
}

fn distance(span: Span) -> String {
    match span {
        Span::Days(count) => counted(usize::from(count), "day"),
        Span::Weeks(count) => counted(usize::from(count), "week"),
        Span::Months(count) => counted(usize::from(count), "month"),
    }
}
