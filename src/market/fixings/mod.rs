//! Realised rates: the effective federal funds rate day by day, and the target range as the same files give it; or SOFR
//! ([`Fixings::parse_of`]), from its rows `SOFR` of the New York Fed and its series of FRED.
//!
//! | file | rates | target |
//! |---|---|---|
//! | New York Fed, reference rates, CSV (all columns, or cut in a spreadsheet) | rows `EFFR` | columns `Target Rate From`, `To` |
//! | New York Fed, reference rates, JSON (feature `formats`) | entries `EFFR` | `targetRateFrom`, `targetRateTo` |
//! | FRED CSV, header `DATE` (before 2024-12) or `observation_date`; ALFRED's vintages; fredr's `series_id` | series `EFFR`, `DFF` | series `DFEDTARU`, `DFEDTARL`, `DFEDTAR` |
//! | FRED's API, JSON (feature `formats`) | observations | - |
//! | H.15 of the Federal Reserve, CSV | `RIFSPFF_N.D` | - |
//! | `OpenBB`, fractions | `rate` | `target_range_upper`, `target_range_lower` |
//! | a table `date,rate` | `rate` | - |
//!
//! A holiday has no row, a blank one, or a `.`: it has no rate, and never a rate of zero.

mod monthly;
mod nyfed;
mod realised;
mod series;
mod units;

pub use monthly::MonthlyRates;
pub(crate) use monthly::farthest_settlement;
pub use realised::MissingFixing;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::market::product::OvernightRate;
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::tally::{Skip, Tally};
use crate::units::Rate;

/// The kinds of files that rates are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum FixingsFormat {
    /// Reference rates of the New York Fed, CSV.
    NyFedCsv,
    /// Reference rates of the New York Fed, JSON.
    NyFedJson,
    /// Series of FRED, the database of the St. Louis Fed, CSV.
    Fred,
    /// No file: rates at hand.
    Given,
    /// What FRED's API answers: observations of a series that they do not name.
    FredJson,
    /// The Federal Reserve's H.15 as its data download writes it.
    H15,
    /// `OpenBB`'s federal funds rate: fractions, known as such by its columns.
    OpenBb,
    /// A table with a day and a rate in each row.
    Table,
}

impl fmt::Display for FixingsFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NyFedCsv => "New York Fed reference rates, CSV",
            Self::NyFedJson => "New York Fed reference rates, JSON",
            Self::Fred => "FRED series",
            Self::Given => "rates at hand",
            Self::FredJson => "FRED observations, JSON",
            Self::H15 => "Federal Reserve H.15",
            Self::OpenBb => "OpenBB federal funds rate, fractions read as percent",
            Self::Table => "table of rates",
        })
    }
}

/// The effective federal funds rate by day, and the bounds of the target range where the file has them.
///
/// Rates are in percent, as published. A day without a rate is not in here: weekends and holidays carry the rate of the
/// business day before, which is for the reader of an average to do, with a calendar.
///
/// ```
/// use fedpath::Fixings;
/// let fixings = Fixings::parse("observation_date,EFFR\n2020-01-17,1.55\n2020-01-20,\n2020-01-21,1.55\n")?;
/// let day = |day| chrono::NaiveDate::from_ymd_opt(2020, 1, day).unwrap();
/// assert_eq!(fixings.rate_on(day(17)).unwrap().to_string(), "1.55%");
/// // Martin Luther King's day: a row, and no rate.
/// assert_eq!(fixings.rate_on(day(20)), None);
/// // A fraction is not taken for a percentage.
/// assert!(Fixings::parse("DATE,EFFR\n2015-06-02,0.0012\n").is_err());
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fixings {
    format: FixingsFormat,
    rate: OvernightRate,
    rates: BTreeMap<NaiveDate, Rate>,
    bounds: BTreeMap<NaiveDate, (Option<Rate>, Option<Rate>)>,
    tally: Tally,
}

impl Fixings {
    /// Whether a text begins as a file of rates does.
    #[must_use]
    pub fn recognises(text: &str) -> bool {
        nyfed::recognises(text) || series::recognises(text)
    }

    /// Reads the text of a file of rates.
    ///
    /// # Errors
    /// Where the text is none of the known files, has no rate and no target of the federal funds, a cell cannot be read,
    /// a day has two different rates, or the rates are no percentages; all problems at once, with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        Self::parse_of(OvernightRate::Effr, text)
    }

    /// Reads the text of a file of one overnight rate, as [`Fixings::parse`] does: of SOFR the rows `SOFR` of the New York Fed, the
    /// series `SOFR` of FRED, or a table `date,rate`.
    ///
    /// # Errors
    /// As [`Fixings::parse`].
    ///
    /// ```
    /// use fedpath::{Fixings, product::OvernightRate};
    /// let sofr = Fixings::parse_of(OvernightRate::Sofr, "observation_date,SOFR\n2024-03-28,5.34\n2024-03-29,\n")?;
    /// // Good Friday carries the rate of Thursday.
    /// assert_eq!(sofr.carried_on("2024-03-29".parse()?)?.1.to_string(), "5.34%");
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn parse_of(rate: OvernightRate, text: &str) -> Result<Self, ReadError> {
        if nyfed::recognises(text) {
            nyfed::read(text, rate)
        } else if series::recognises(text) {
            series::read(text, rate)
        } else {
            let found = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let expected =
                "rates of the New York Fed ('Effective Date,...'), of FRED ('DATE,EFFR') or a table 'date,rate'";
            let unknown = Problem::expected(expected, found);
            Err(Problem::new(ProblemKind::UnknownFormat, unknown.message()).into())
        }
    }

    /// Rates at hand, checked as those of a file are: percentages to two places, and none of them a fraction or basis points.
    ///
    /// # Errors
    /// Where a day comes twice with two rates, a rate has no end in decimals, or the rates are no percentages; all problems
    /// at once, the line of each being its place among the rates, from 1.
    ///
    /// ```
    /// use fedpath::{Fixings, Rate};
    /// let day = "2025-11-20".parse()?;
    /// let fixings = Fixings::from_rates([(day, Rate::try_from(3.88)?)])?;
    /// assert_eq!(fixings.rate_on(day).unwrap().to_string(), "3.88%");
    /// // A fraction is not taken for a percentage.
    /// assert!(Fixings::from_rates([(day, Rate::try_from(0.0388)?)]).is_err());
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn from_rates(rates: impl IntoIterator<Item = (NaiveDate, Rate)>) -> Result<Self, ReadError> {
        let (mut ledger, mut problems) = (Ledger::new(FixingsFormat::Given, OvernightRate::Effr), Vec::new());
        for (row, (day, rate)) in (1..).zip(rates) {
            let position = Position { line: row, column: 1 };
            let Some(percent) = rate.exact().to_decimal() else {
                let message = format!("expected a rate of a few decimal places on {day}, found {rate}");
                problems.push(Problem::new(ProblemKind::Inconsistent, message).at(position));
                continue;
            };
            let reading = Reading { rate: Some(percent), lower: None, upper: None, position };
            problems.extend(ledger.take(day, reading).err().map(|problem| problem.at(position)));
        }
        ReadError::unless_none(problems)?;
        ledger.finish()
    }

    /// Rates at hand of another overnight rate than the effective federal funds rate.
    #[must_use]
    pub fn of_rate(self, rate: OvernightRate) -> Self {
        Self { rate, ..self }
    }

    /// The rate that is fixed.
    #[must_use]
    pub fn rate(&self) -> OvernightRate {
        self.rate
    }

    /// The kind of file.
    #[must_use]
    pub fn format(&self) -> FixingsFormat {
        self.format
    }

    /// The days that have a rate, in order, each with its rate.
    #[must_use]
    pub fn rates(&self) -> impl ExactSizeIterator<Item = (NaiveDate, &Rate)> + DoubleEndedIterator {
        self.rates.iter().map(|(day, rate)| (*day, rate))
    }

    /// The rate of a day, or `None` where the file has none.
    #[must_use]
    pub fn rate_on(&self, day: NaiveDate) -> Option<&Rate> {
        self.rates.get(&day)
    }

    /// The days that have a bound of the target range, in order, each with its lower and upper bound; before 16 December
    /// 2008 both are the one target.
    #[must_use]
    pub fn targets(&self) -> impl ExactSizeIterator<Item = (NaiveDate, Option<&Rate>, Option<&Rate>)> {
        self.bounds.iter().map(|(day, (lower, upper))| (*day, lower.as_ref(), upper.as_ref()))
    }

    /// How many rows were read, kept and skipped, and why.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }
}

/// Rates that are known to be percentages, the last of a day; [`Fixings::from_rates`] checks them.
impl FromIterator<(NaiveDate, Rate)> for Fixings {
    fn from_iter<I: IntoIterator<Item = (NaiveDate, Rate)>>(rates: I) -> Self {
        let rates: BTreeMap<NaiveDate, Rate> = rates.into_iter().collect();
        let mut tally = Tally::default();
        for _ in &rates {
            tally.keep();
        }
        Self { format: FixingsFormat::Given, rate: OvernightRate::Effr, rates, bounds: BTreeMap::new(), tally }
    }
}

/// What a file says of one day, in percent.
struct Reading {
    rate: Option<Decimal>,
    lower: Option<Decimal>,
    upper: Option<Decimal>,
    position: Position,
}

impl Reading {
    /// Whether every figure is below a third, as no fractions but a few percentages were.
    fn is_fraction(&self) -> bool {
        let figures = [self.rate, self.lower, self.upper];
        figures.iter().flatten().all(|figure| *figure < Decimal::new(3, 1))
    }

    fn scale(&mut self) {
        for figure in [&mut self.rate, &mut self.lower, &mut self.upper] {
            *figure = figure.map(|figure| (figure * Decimal::ONE_HUNDRED).normalize());
        }
    }
}

/// Rates while they are read.
struct Ledger {
    format: FixingsFormat,
    rate: OvernightRate,
    days: BTreeMap<NaiveDate, Reading>,
    tally: Tally,
}

impl Ledger {
    fn new(format: FixingsFormat, rate: OvernightRate) -> Self {
        Self { format, rate, days: BTreeMap::new(), tally: Tally::default() }
    }

    /// Takes what a row says of a day: a rate or bound may come again, but not another one.
    fn take(&mut self, day: NaiveDate, reading: Reading) -> Result<(), Problem> {
        let said = [reading.rate, reading.lower, reading.upper];
        if said.iter().all(Option::is_none) {
            self.tally.skip(Skip::NoPrice);
            return Ok(());
        }
        let Some(known) = self.days.get_mut(&day) else {
            self.days.insert(day, reading);
            self.tally.keep();
            return Ok(());
        };
        let held = [&mut known.rate, &mut known.lower, &mut known.upper];
        let mut added = false;
        for ((held, said), what) in held.into_iter().zip(said).zip(["rate", "lower bound", "upper bound"]) {
            match (*held, said) {
                (Some(first), Some(other)) if first != other => {
                    let line = known.position.line;
                    let message = format!("expected one {what} of {day}, found {other} beside {first} of line {line}");
                    return Err(Problem::new(ProblemKind::Inconsistent, message).at(reading.position));
                }
                (None, Some(_)) => {
                    *held = said;
                    added = true;
                }
                _ => {}
            }
        }
        if added {
            self.tally.keep();
        } else {
            self.tally.skip(Skip::Repeated);
        }
        Ok(())
    }

    fn finish(self) -> Result<Fixings, ReadError> {
        if self.days.is_empty() {
            let others = self.tally.others().is_empty();
            let holds = if others { String::new() } else { format!(": {}", self.tally.holdings()) };
            let message = format!("expected {} in these {}{holds}", self.rate.sought(), self.format);
            return Err(Problem::new(ProblemKind::NoFedFunds, message).into());
        }
        // Only of a maker who is known to write fractions are fractions taken for percent, and only where all of them are.
        let mut days = self.days;
        if self.format == FixingsFormat::OpenBb && days.values().all(Reading::is_fraction) {
            days.values_mut().for_each(Reading::scale);
        }
        units::check(days.iter().map(|(day, reading)| (*day, reading)))?;
        let (mut rates, mut bounds) = (BTreeMap::new(), BTreeMap::new());
        for (day, Reading { rate, lower, upper, .. }) in days {
            rates.extend(rate.map(|rate| (day, Rate::from_percent(rate))));
            if lower.or(upper).is_some() {
                bounds.insert(day, (lower.map(Rate::from_percent), upper.map(Rate::from_percent)));
            }
        }
        Ok(Fixings { format: self.format, rate: self.rate, rates, bounds, tally: self.tally })
    }
}

/// The refusal of JSON in a build that does not read it.
#[cfg(not(feature = "formats"))]
fn read_json(_: &str, _: OvernightRate) -> Result<Fixings, ReadError> {
    let message = "expected rates as CSV, found JSON, which this build (without feature formats) does not read";
    Err(Problem::new(ProblemKind::UnknownFormat, message).into())
}

/// A rate in percent; missing where nothing, a point, or a word for nothing stands in its place.
fn percent(cell: Option<Cell<'_>>) -> Result<Option<Decimal>, Problem> {
    let Some(cell) = cell.filter(|cell| !is_missing(cell.text)) else {
        return Ok(None);
    };
    let text = cell.text.strip_suffix('%').map_or(cell.text, str::trim_end);
    let text =
        if text.matches(',').count() == 1 && !text.contains('.') { text.replace(',', ".") } else { text.to_owned() };
    let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    let value = digits.then(|| Decimal::from_str_exact(&text).ok()).flatten();
    value.map(Some).ok_or_else(|| cell.refused("a rate in percent such as 3.88"))
}
