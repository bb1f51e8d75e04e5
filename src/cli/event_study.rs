//! `fedpath respond` and `fedpath validate`: responses of assets to policy surprises, and how often their ranges contain
//! what happened.

use std::path::Path;

use fedpath::curve::{Tenor, YieldResponse};
use fedpath::equity::ReturnResponse;
use fedpath::event_study::{
    AssetResponse, Candidate, Closes, EventTable, QuotedSurprises, ResponseLine, Returns, StudyOptions, StudyWindow,
    Validation,
};
use fedpath::report;
use fedpath::{Assumptions, Data, Error, StripOptions};

use super::args::{RespondArgs, StudyArgs, ValidateArgs};
use super::failure::Failure;
use super::gather::gather;
use super::input;
use super::output::{Messages, Rendered};
use super::output_args::OutputArgs;
use super::pricing::{CalendarArgs, calendar};
use super::reading::Wanted;
use super::values::{NumbersName, UnitName};

/// The embedded responses of the broad market are those of a column by one of these names.
const MARKET: [&str; 4] = ["sp500", "spx", "sp500fut", "market"];

fn options(study: &StudyArgs, calendar_of: &CalendarArgs) -> Result<StudyOptions, Failure> {
    let mut options =
        StudyOptions::default().on(&study.on).with_errors(study.errors.into()).with_unscheduled(study.unscheduled);
    options.calendar = calendar(calendar_of)?;
    Ok(options)
}

pub(super) fn respond(
    args: &RespondArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let options = options(&args.study, &args.calendar)?;
    let found = gathered(args, &options, messages)?;
    let assets: Vec<String> = if args.study.y.is_empty() { found.assets } else { args.study.y.clone() };
    let mut responses = Vec::new();
    for asset in &assets {
        let of_asset = AssetResponse::estimate(&found.events, asset, &options, found.placebo.as_ref());
        responses.push(of_asset.map_err(|error| refused(&found.source, error))?);
    }
    let warnings = warnings(&responses);
    for warning in &warnings {
        messages.warning(warning);
    }
    if args.chart.is_some() {
        let [response] = responses.as_slice() else {
            let message =
                format!("--chart scatter: expected one asset, found {} (choose it with --y)", responses.len());
            return Err(Failure::Usage(message));
        };
        report.extend_from_slice(report::svg::response(response, &found.source).as_bytes());
        return Ok(Ok(()));
    }
    Ok(out.render(&report::respond(&responses, &found.source, &warnings), report))
}

/// Refuses forms that a chart does not have.
pub(super) fn forms_of_chart(out: &OutputArgs) -> Result<(), Failure> {
    if out.format.is_some() || out.numbers == NumbersName::Float {
        return Err(Failure::Usage("--chart writes SVG: --format and --numbers have no effect".to_owned()));
    }
    match out.extension().as_str() {
        "" | "svg" => Ok(()),
        other => {
            Err(Failure::Usage(format!("--chart writes SVG: expected a file such as scatter.svg, found .{other}")))
        }
    }
}

/// The response that a page adds: estimated on a file of events, and its coverage on the events after the first half, or the first 60.
pub(super) fn of_page(path: &Path, asset: &str, on: &str, messages: &Messages) -> Result<PageStudy, Failure> {
    let name = input::name(path);
    let table = events(path, on, UnitName::Percent, messages)?;
    let options = StudyOptions::default().on(on);
    let response = AssetResponse::estimate(&table, asset, &options, None).map_err(|error| refused(&name, error))?;
    for warning in warnings(std::slice::from_ref(&response)) {
        messages.warning(&warning);
    }
    let before = (response.n() / 2).min(MOST_BEFORE);
    // Too few events for an estimate before the first that is judged: the page says nothing of coverage.
    let validation = Validation::new(&table, asset, &options, &candidates(asset), Some(before)).ok();
    let name = path.file_name().map_or(name, |name| name.to_string_lossy().into_owned());
    Ok(PageStudy { response, validation, name })
}

/// A response with its coverage, and the name of the file of its events.
pub(super) struct PageStudy {
    pub(super) response: AssetResponse,
    pub(super) validation: Option<Validation>,
    pub(super) name: String,
}

/// So many events at most come before the first that a page judges.
const MOST_BEFORE: usize = 60;

/// Events with surprises and responses, and where they come from.
struct Found {
    source: String,
    events: EventTable,
    placebo: Option<EventTable>,
    assets: Vec<String>,
}

/// The events of one wide file, or surprises from a file or quotes with the closes or returns beside them.
fn gathered(args: &RespondArgs, options: &StudyOptions, messages: &Messages) -> Result<Found, Failure> {
    let days = match args.window {
        Some(StudyWindow::Days(days)) => days,
        Some(other) if args.events.is_none() && args.returns.is_none() => {
            let message = format!("--window {other}: closes give windows of days, such as 1d or 5d");
            return Err(Failure::Usage(message));
        }
        None | Some(_) => 1,
    };
    if let Some(path) = &args.events {
        let events = surprises(path, args, messages)?;
        let events = args.window.map_or(events.clone(), |window| events.with_window(window));
        if args.study.y.is_empty() {
            let columns: Vec<&str> = events.columns().filter(|column| *column != options.on).collect();
            let message = format!("--y: expected the columns to explain with --events, such as {}", columns.join(","));
            return Err(Failure::Usage(message));
        }
        return Ok(Found { source: input::name(path), events, placebo: None, assets: Vec::new() });
    }
    let (source, events, placebo) = match &args.surprises {
        Some(path) => (input::name(path), surprises(path, args, messages)?, None),
        None if args.quotes.is_empty() => {
            let message = "expected surprises: --events FILE, --surprises FILE or --quotes PATH";
            return Err(Failure::Usage(message.to_owned()));
        }
        None => {
            let quotes = gather(&args.quotes, &Wanted::fed_funds(&args.reading), false, messages)?;
            let mut assumptions = Assumptions::default();
            assumptions.calendar = options.calendar.clone();
            let mut prices = StripOptions::default();
            prices.price = args.price.into();
            let surprises = QuotedSurprises::new(&*quotes.quotes, &assumptions).with_prices(prices);
            (quotes.name.clone(), surprises.events(), Some(surprises.placebo()))
        }
    };
    match (&args.closes, &args.returns) {
        (Some(path), None) => {
            let closes = Closes::parse(&input::text(path, "closing prices")?)
                .map_err(|error| Failure::of_text(&input::name(path), &error))?;
            let assets = closes.assets().map(str::to_owned).collect();
            let source = format!("{source}; closes of {}", input::name(path));
            let placebo = placebo.map(|days_off| days_off.with_closes(&closes, days));
            Ok(Found { source, events: events.with_closes(&closes, days), placebo, assets })
        }
        (None, Some(path)) => {
            let returns = Returns::parse(&input::text(path, "returns")?)
                .map_err(|error| Failure::of_text(&input::name(path), &error))?;
            let assets = returns.assets().map(str::to_owned).collect();
            let source = format!("{source}; returns of {}", input::name(path));
            let with = |table: EventTable| {
                let table = table.with_returns(&returns);
                args.window.map_or(table.clone(), |window| table.with_window(window))
            };
            Ok(Found { source, events: with(events), placebo: placebo.map(with), assets })
        }
        _ => Err(Failure::Usage("expected CLOSES, --returns FILE or --events FILE with --y".to_owned())),
    }
}

/// A table of events, its surprises in percentage points.
fn surprises(path: &Path, args: &RespondArgs, messages: &Messages) -> Result<EventTable, Failure> {
    events(path, &args.study.on, args.study.unit, messages)
}

fn events(path: &Path, on: &str, unit: UnitName, messages: &Messages) -> Result<EventTable, Failure> {
    let name = input::name(path);
    let table =
        EventTable::parse(&input::text(path, "a table of events")?).map_err(|error| Failure::of_text(&name, &error))?;
    let table = match unit {
        UnitName::Percent => table,
        UnitName::Bp => table.scaled(on, 0.01).map_err(|error| refused(&name, error))?,
    };
    if table.looks_like_basis_points(on).map_err(|error| refused(&name, error))? {
        let advice = match unit {
            UnitName::Percent => "; if they are basis points, give --unit bp",
            UnitName::Bp => "",
        };
        messages.warning(&format!("{name}: half of the surprises {on} lie beyond 0.5 percentage points{advice}"));
    }
    Ok(table)
}

fn refused(name: &str, error: Error) -> Failure {
    match error {
        Error::Read(error) => Failure::of_text(name, &error),
        error => Failure::of_input(name, &error),
    }
}

/// What a reader should know of the estimates.
fn warnings(responses: &[AssetResponse]) -> Vec<String> {
    let mut warnings = Vec::new();
    for response in responses {
        if response.is_small() {
            warnings.push(format!("{}: a small sample, {} events", report::printable(response.asset()), response.n()));
        }
        if let Some(Ok(placebo)) = response.placebo()
            && placebo.slope.abs() > 1.96 * placebo.standard_error
            && placebo.slope * response.line().slope > 0.0
        {
            warnings.push(format!(
                    "{}: the slope is {:.2} ({:.2}) on {} days without an announcement too: part of it is no response to policy",
                    report::printable(response.asset()),
                    placebo.slope,
                    placebo.standard_error,
                    placebo.n
                ));
        }
    }
    if responses.iter().any(|response| response.window().is_none()) {
        warnings
            .push("the window of the responses is not stated: --window 30min, or a line '# window: 30min'".to_owned());
    }
    warnings
}

pub(super) fn validate(
    args: &ValidateArgs,
    out: &OutputArgs,
    messages: &Messages,
    report: &mut Vec<u8>,
) -> Result<Rendered, Failure> {
    let options = options(&args.study, &args.calendar)?;
    let name = input::name(&args.events);
    let table = events(&args.events, &args.study.on, args.study.unit, messages)?;
    let default = ["sp500".to_owned()];
    let assets: &[String] = if args.study.y.is_empty() { &default } else { &args.study.y };
    let mut validations = Vec::new();
    let mut warnings = Vec::new();
    for asset in assets {
        let candidates = candidates(asset);
        if candidates.is_empty() {
            let told = "no embedded study is of this column; those of sp500 and of yields such as ust2y are";
            warnings.push(format!("{}: {told}", report::printable(asset)));
        }
        let expanding = args.expanding.map(usize::from);
        let validation = Validation::new(&table, asset, &options, &candidates, expanding);
        validations.push(validation.map_err(|error| refused(&name, error))?);
    }
    for warning in &warnings {
        messages.warning(warning);
    }
    Ok(out.render(&report::validate(&validations, &name, &warnings), report))
}

/// The embedded responses of a column: of the broad market, or of the yield of a maturity.
fn candidates(asset: &str) -> Vec<Candidate> {
    let data = Data::embedded();
    let asset = asset.to_ascii_lowercase();
    if MARKET.contains(&asset.as_str()) {
        let market = data.return_responses.iter().filter(|response| response.asset == "market");
        // The residual deviation and the intercept are fractions, the events percent.
        let percent = |response: &ReturnResponse| in_percent(response.line());
        return market.map(|response| Candidate::new(response.id.as_str(), percent(response))).collect();
    }
    let tenor: Option<Tenor> = asset.strip_prefix("ust").and_then(|tenor| tenor.to_ascii_uppercase().parse().ok());
    let of_tenor = |response: &YieldResponse| {
        let knot = response.knots.iter().find(|knot| Some(knot.tenor) == tenor)?;
        Some(Candidate::new(response.id.as_str(), in_percent(knot.line())))
    };
    data.yield_responses
        .iter()
        .filter(|response| !response.id.as_str().ends_with("-tips"))
        .filter_map(of_tenor)
        .collect()
}

/// A line of fractions as one of percent: the slope and its error stay.
fn in_percent(mut line: ResponseLine) -> ResponseLine {
    line.residual_sd = line.residual_sd.map(|scatter| 100.0 * scatter);
    line.intercept = line.intercept.map(|(intercept, events)| (100.0 * intercept, events));
    line
}
