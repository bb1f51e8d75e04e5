//! Responses of the user's own assets, and what every quote allows.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::NaiveDate;
use fedpath::event_study::{
    AssetResponse, Closes, Errors, EventTable, QuotedSurprises, Returns, StudyOptions, StudyWindow,
};
use fedpath::lattice::{LatticeError, LatticeEvent, LatticeOptions, PointMethod, QuoteLattice, Strikes, Widening};
use fedpath::options::{MarketTable, OptionChain, OptionFile, OptionProduct};
use fedpath::report::{self, QuoteBounds, Selection, Source};
use fedpath::{BasisPoints, ContractMonth, Error, Outlook};
use pyo3::prelude::*;
use serde::Deserialize;

use crate::errors;
use crate::given::{self, Given};
use crate::quotes::Quotes;
use crate::report::Report;

/// A text and what it is called.
type Named = (String, String);

/// What is asked of a study.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Study {
    on: String,
    y: Vec<String>,
    errors: String,
    unscheduled: bool,
    window: Option<String>,
    /// Whether the surprises of a table are in basis points.
    unit: Unit,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    #[default]
    Percent,
    Bp,
}

impl Default for Study {
    fn default() -> Self {
        let (on, errors) = (StudyOptions::default().on, "hc1".to_owned());
        Self { on, y: Vec::new(), errors, unscheduled: false, window: None, unit: Unit::default() }
    }
}

/// How assets respond to policy surprises: of a table of events, or of quotes, with closes or returns beside them.
#[pyfunction]
pub(crate) fn respond(
    py: Python<'_>,
    quotes: Option<&Quotes>,
    events: Option<Named>,
    closes: Option<Named>,
    returns: Option<Named>,
    study: &str,
    options: &str,
) -> PyResult<Report> {
    let study: Study = given::read(py, study)?;
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, false)?;
    let errors: Errors = match study.errors.as_str() {
        "hc1" => Errors::Hc1,
        "hc3" => Errors::Hc3,
        "classical" => Errors::Classical,
        other => return Err(errors::refused(py, &format!("errors: expected hc1, hc3 or classical, found '{other}'"))),
    };
    let mut by = StudyOptions::default().on(&study.on).with_errors(errors).with_unscheduled(study.unscheduled);
    by.calendar = assumptions.calendar.clone();
    let window: Option<StudyWindow> = study
        .window
        .as_deref()
        .map(|window| window.parse().map_err(|error: fedpath::NotAccepted| errors::refused(py, &error.to_string())))
        .transpose()?;
    let (mut source, table, placebo) = match (events, quotes) {
        (Some((name, text)), _) => {
            let of_table = |error: Error| errors::unpriced(py, &name, error);
            let table = EventTable::parse(&text).map_err(|error| errors::unreadable(py, &name, &error))?;
            let table = if study.unit == Unit::Bp { table.scaled(&study.on, 0.01).map_err(of_table)? } else { table };
            (name, table, None)
        }
        (None, Some(quotes)) => {
            let table = quotes.table(py)?;
            let surprises = QuotedSurprises::new(&*table, &assumptions).with_prices(given.strip(py, None)?);
            (quotes.source().name.to_owned(), surprises.events(), Some(surprises.placebo()))
        }
        (None, None) => return Err(errors::refused(py, "expected surprises: events=, or quotes=")),
    };
    let (mut table, mut placebo, mut assets) = (table, placebo, study.y.clone());
    if let Some((name, text)) = closes {
        let closes = Closes::parse(&text).map_err(|error| errors::unreadable(py, &name, &error))?;
        let days = match window {
            Some(StudyWindow::Days(days)) => days,
            None => 1,
            Some(other) => {
                let told = format!("window: closes give windows of days, such as 1d or 5d, found {other}");
                return Err(errors::refused(py, &told));
            }
        };
        (table, placebo) =
            (table.with_closes(&closes, days), placebo.map(|days_off| days_off.with_closes(&closes, days)));
        source += &format!("; closes of {name}");
        if assets.is_empty() {
            assets = closes.assets().map(str::to_owned).collect();
        }
    } else if let Some((name, text)) = returns {
        let returns = Returns::parse(&text).map_err(|error| errors::unreadable(py, &name, &error))?;
        (table, placebo) = (table.with_returns(&returns), placebo.map(|days_off| days_off.with_returns(&returns)));
        source += &format!("; returns of {name}");
        if assets.is_empty() {
            assets = returns.assets().map(str::to_owned).collect();
        }
    }
    if let Some(window) = window {
        (table, placebo) = (table.with_window(window), placebo.map(|days_off| days_off.with_window(window)));
    }
    if assets.is_empty() {
        return Err(errors::refused(py, "y: expected the columns to explain, found none"));
    }
    let estimate = |asset: &String| {
        AssetResponse::estimate(&table, asset, &by, placebo.as_ref())
            .map_err(|error| errors::unpriced(py, &source, error))
    };
    let responses: Vec<AssetResponse> = assets.iter().map(estimate).collect::<PyResult<_>>()?;
    Ok(Report::new(move |_, with| with(&report::respond(&responses, &source, &[]))))
}

/// What the lattice takes as given.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Lattice {
    /// From the fewest to the most moves of a meeting.
    moves: Option<(i64, i64)>,
    /// The levels that the rate stays within, in moves from today's.
    levels: Option<(i64, i64)>,
    slippage: Option<BasisPoints>,
    widening: Widening,
    max_widening: Option<BasisPoints>,
    strikes: Strikes,
    undiscounted: bool,
    months: Option<BTreeSet<ContractMonth>>,
    point: Option<PointMethod>,
    event: Vec<String>,
}

impl Lattice {
    fn options(&self, takes_the_mid: bool) -> LatticeOptions {
        let mut by = LatticeOptions::default();
        by.moves = self.moves.map_or(by.moves, |(low, high)| RangeInclusive::new(low, high));
        by.levels = self.levels.map(|(low, high)| RangeInclusive::new(low, high));
        by.slippage = self.slippage.clone().unwrap_or(by.slippage);
        (by.widening, by.strikes) = (self.widening, self.strikes);
        by.max_widening = self.max_widening.clone().unwrap_or(by.max_widening);
        (by.discounted, by.bid_ask) = (!self.undiscounted, takes_the_mid);
        (by.months, by.point) = (self.months.clone(), self.point);
        by
    }
}

/// The smallest and the largest chance of each outcome that agrees with every quote.
#[pyfunction]
pub(crate) fn bounds(
    py: Python<'_>,
    quotes: &Quotes,
    as_of: Option<NaiveDate>,
    option_files: Vec<Named>,
    market_files: Vec<Named>,
    lattice: &str,
    options: &str,
) -> PyResult<Report> {
    let asked: Lattice = given::read(py, lattice)?;
    let given: Given = given::read(py, options)?;
    let assumptions = given.assumptions(py, false)?;
    quotes.fed_funds_alone(py, "bounds")?;
    let strip = quotes.strip(py, as_of, &given)?;
    let by = asked.options(given.takes_the_mid(py)?);
    let (mut chains, mut markets, mut sources): (Vec<OptionChain>, Vec<_>, Vec<String>) = Default::default();
    for (name, text) in &option_files {
        let file =
            OptionFile::parse(text, Some(strip.as_of())).map_err(|error| errors::unreadable(py, name, &error))?;
        let funds = file.chains().iter().filter(|chain| chain.product == OptionProduct::FedFunds);
        chains.extend(funds.cloned());
        sources.push(format!("options of {name}"));
    }
    for (name, text) in &market_files {
        let table = MarketTable::parse(text).map_err(|error| errors::unreadable(py, name, &error))?;
        markets.extend(table.quotes().iter().cloned());
        sources.push(format!("prediction markets of {name}"));
    }
    let name = quotes.source().name.to_owned();
    let no_lattice = |error: LatticeError| match error {
        LatticeError::Policy(error) => errors::unpriced(py, &name, Error::Policy(error)),
        error => errors::refused(py, &format!("{name}: {error}")),
    };
    let lattice = QuoteLattice::new(&strip, &assumptions, &chains, &markets, &by).map_err(no_lattice)?;
    let meetings = lattice.meetings().iter().map(fedpath::Meeting::announcement);
    let meetings: Vec<_> = meetings.filter_map(|meeting| lattice.meeting_bounds(meeting)).collect();
    let mut events = Vec::new();
    for event in &asked.event {
        let event: LatticeEvent = event
            .parse()
            .map_err(|error: fedpath::lattice::LatticeEventError| errors::refused(py, &format!("event: {error}")))?;
        let found = lattice.bounds(&event).map_err(|error| errors::refused(py, &format!("event: {error}")))?;
        events.push((event, found));
    }
    let rule = Outlook::price(&strip, &assumptions).ok();
    Ok(Report::new(move |_, with| {
        let mut told = QuoteBounds::default();
        (told.lattice, told.rule) = (Some(&lattice), rule.as_ref());
        (told.meetings, told.events, told.sources) = (meetings.clone(), events.clone(), sources.clone());
        let mut selection = Selection::default();
        selection.source = Source::new(&name, "");
        with(&report::quote_bounds(&told, &selection));
    }))
}
