//! [`YieldResponse`]: how yields answer a policy surprise, from a published or a user's table.

use std::sync::{Arc, LazyLock};

use super::{ForwardShift, Tenor};
use crate::embedded;
use crate::method::MethodId;
use crate::study::event_study::{ResponseLine, StudyWindow};
use crate::text::cell::Cell;
use crate::text::problem::{Position, ReadError};
use crate::text::table::{Row, Table};
use crate::units::UnitError;

/// What is said of the surprise, the sample and the source of a table that says nothing of them.
const OWN: [&str; 3] = ["expected level after the meeting", "sample not stated", "the user's own table"];

/// The answer of the zero rate of one maturity.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Knot {
    /// The maturity.
    pub tenor: Tenor,
    /// The shift of its rate per unit of surprise: 0.425 is 42.5 bp per 100 bp.
    pub response: f64,
    /// The standard error of the response, where it is known.
    pub standard_error: Option<f64>,
    /// The share of the variance that the surprise explains, where it is known.
    pub r_squared: Option<f64>,
    /// The standard deviation of single events around the line over the study's own window, a fraction, where it is known.
    pub residual_sd: Option<f64>,
}

impl Knot {
    /// The response as a line through events; fractions.
    #[must_use]
    pub fn line(&self) -> ResponseLine {
        ResponseLine {
            standard_error: self.standard_error,
            residual_sd: self.residual_sd,
            ..ResponseLine::new(self.response)
        }
    }

    /// The response of the zero rate of a maturity, in basis points per 100 bp of surprise.
    ///
    /// # Errors
    /// Where it is not between -10,000 and 10,000.
    pub fn from_bp(tenor: Tenor, per_100_bp: f64) -> Result<Self, UnitError> {
        if !(-10_000.0..=10_000.0).contains(&per_100_bp) {
            return Err(UnitError::out_of_range("response", "from -10000 to 10000 bp per 100 bp", &per_100_bp));
        }
        Ok(Self { tenor, response: per_100_bp / 100.0, standard_error: None, r_squared: None, residual_sd: None })
    }

    /// The knot with a standard error, in basis points per 100 bp of surprise.
    ///
    /// # Errors
    /// Where it is not above zero, or above 1,000,000.
    pub fn with_standard_error_bp(self, per_100_bp: f64) -> Result<Self, UnitError> {
        if !(1e-6..=1e6).contains(&per_100_bp) {
            return Err(UnitError::out_of_range("standard error", "above zero", &per_100_bp));
        }
        Ok(Self { standard_error: Some(per_100_bp / 100.0), ..self })
    }
}

/// How the yields of several maturities answer a policy surprise: a regression, with its sample and source.
///
/// Between the maturities the answer of the zero rate is linear, before the first it is flat, and beyond the last the
/// forward rates stay as they are ([`ForwardShift::from_zero_rates`]).
///
/// ```
/// use fedpath::curve::{Tenor, YieldResponse};
/// let embedded = YieldResponse::embedded();
/// let mp2 = embedded.iter().find(|response| response.id == "usmpd-mp2").unwrap();
/// let two_years = mp2.knots.iter().find(|knot| knot.tenor == Tenor::months(24)).unwrap();
/// assert_eq!((two_years.response, two_years.standard_error), (0.851, Some(0.079)));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct YieldResponse {
    /// The id that reports carry.
    pub id: MethodId,
    /// The name in tables.
    pub label: String,
    /// Whether reports show it unasked.
    pub shown: bool,
    /// What one unit of surprise is.
    pub surprise: String,
    /// What the estimate was made of.
    pub sample: String,
    /// The span over which yields are measured, where it is one and known.
    pub window: Option<StudyWindow>,
    /// Where it stands.
    pub citation: String,
    /// The answers, maturities ascending; at least one.
    pub knots: Vec<Knot>,
}

impl YieldResponse {
    /// The embedded tables.
    #[must_use]
    pub fn embedded() -> Arc<[Self]> {
        static EMBEDDED: LazyLock<Arc<[YieldResponse]>> = LazyLock::new(|| {
            embedded::read(YieldResponse::published(embedded::PASS_THROUGH, embedded::CURVE_RESPONSES)).into()
        });
        EMBEDDED.clone()
    }

    /// Reads the studies of one table and their coefficients in another.
    fn published(studies: &str, coefficients: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(coefficients)?;
        let (id, columns) = (table.required("id")?, Columns::of(&table)?);
        let knots = table.read_rows(|row| Ok((row.cell(id).words(), columns.knot(row)?)))?;
        let table = Table::parse(studies)?;
        let column = |name| table.required(name);
        let (id, label, shown) = (column("id")?, column("label")?, column("shown")?);
        let (surprise, sample, citation) = (column("surprise")?, column("sample")?, column("citation")?);
        let window = table.column("window");
        table.read_rows(|row| {
            let text = |column| row.cell(column).words();
            let window = row.optional(window).map(|cell| cell.parse("a window such as 30min, 1d or 1mo"));
            let own = |(of, knot): &(String, Knot)| (*of == text(id)).then_some(*knot);
            Ok(Self {
                id: MethodId::of(row.cell(id).text),
                label: text(label),
                shown: always_or_asked(row.cell(shown))?,
                surprise: text(surprise),
                sample: text(sample),
                window: window.transpose()?,
                citation: text(citation),
                knots: ascending(knots.iter().filter_map(own).collect(), row.cell(id))?,
            })
        })
    }

    /// Responses of the user's own, known by an id; label, sample and citation say that they are.
    ///
    /// # Errors
    /// Where there is no knot, or a maturity comes twice.
    ///
    /// ```
    /// use fedpath::curve::{Knot, Tenor, YieldResponse};
    /// let knots = [Knot::from_bp(Tenor::months(24), 80.0)?.with_standard_error_bp(10.0)?, Knot::from_bp(Tenor::months(120), 40.0)?];
    /// let desk = YieldResponse::new("desk".parse()?, knots)?;
    /// assert_eq!((desk.knots[1].response, desk.citation.as_str()), (0.4, "the user's own table"));
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn new(id: MethodId, knots: impl IntoIterator<Item = Knot>) -> Result<Self, ReadError> {
        let named = Cell { text: id.as_str(), position: Position { line: 1, column: 1 } };
        Ok(Self {
            label: id.to_string(),
            shown: true,
            surprise: OWN[0].to_owned(),
            sample: OWN[1].to_owned(),
            window: None,
            citation: OWN[2].to_owned(),
            knots: ascending(knots.into_iter().collect(), named)?,
            id,
        })
    }

    /// Reads a table of the user's own: columns `tenor`, `response_bp` (basis points per 100 bp of surprise) and, where
    /// they are known, `standard_error` (in the same unit) or `t_statistic`, `r_squared` and `residual_sd_bp`. Lines `# id:`,
    /// `# label:`, `# sample:`, `# window:` and `# citation:` above it say what it is; without them it is `table`, the user's own.
    ///
    /// # Errors
    /// Where a line is malformed, a number cannot be read or is past all measure, or a maturity comes twice; with line
    /// and column.
    ///
    /// ```
    /// use fedpath::curve::YieldResponse;
    /// let own = YieldResponse::parse("# id: desk\ntenor,response_bp,standard_error\n2Y,80,10\n10Y,40,\n")?;
    /// assert_eq!((own.id.as_str(), own.knots[1].response, own.knots[1].standard_error), ("desk", 0.4, None));
    /// # Ok::<(), fedpath::ReadError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let columns = Columns::of(&table)?;
        let note = |key: &str, otherwise: &str| -> Result<String, ReadError> {
            let cell = table.note(key)?;
            Ok(cell.map_or(otherwise, |cell| cell.text).to_owned())
        };
        let knots = table.read_rows(|row| Ok((columns.knot(row)?, row.cell(columns.tenor).position)))?;
        let place =
            knots.first().map_or(crate::text::problem::Position { line: 1, column: 1 }, |(_, position)| *position);
        let id = note("id", "table")?;
        Ok(Self {
            label: note("label", &id)?,
            shown: true,
            surprise: note("surprise", OWN[0])?,
            sample: note("sample", OWN[1])?,
            window: table.note("window")?.map(|cell| cell.parse("a window such as 30min, 1d or 1mo")).transpose()?,
            citation: note("citation", OWN[2])?,
            knots: ascending(knots.into_iter().map(|(knot, _)| knot).collect(), Cell { text: &id, position: place })?,
            id: MethodId::of(&id),
        })
    }

    /// The shift of the forward curve after a surprise, as a fraction; every response moved by so many of its standard
    /// errors, all of them together. (The tables print no covariances; taken as perfectly correlated, as the yields of one
    /// day nearly are, the errors give the widest band.)
    pub(super) fn forward_shift(&self, surprise: f64, standard_errors: f64) -> ForwardShift {
        let shift = |knot: &Knot| knot.response + standard_errors * knot.standard_error.unwrap_or(0.0);
        let knots: Vec<(Tenor, f64)> = self.knots.iter().map(|knot| (knot.tenor, surprise * shift(knot))).collect();
        ForwardShift::from_zero_rates(&knots)
    }

    /// Whether every response has a standard error.
    pub(super) fn has_errors(&self) -> bool {
        self.knots.iter().all(|knot| knot.standard_error.is_some())
    }
}

struct Columns {
    tenor: usize,
    response: usize,
    error: ErrorColumns,
    r_squared: Option<usize>,
    residual_sd: Option<usize>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            tenor: table.required("tenor")?,
            response: table.required("response_bp")?,
            error: ErrorColumns::of(table),
            r_squared: table.column("r_squared"),
            residual_sd: table.column("residual_sd_bp"),
        })
    }

    fn knot(&self, row: &Row<'_>) -> Result<Knot, ReadError> {
        let tenor = row.cell(self.tenor);
        let response = row.cell(self.response).number("basis points per 100 bp such as 42.5", -10_000.0..=10_000.0)?;
        Ok(Knot {
            tenor: tenor.text.parse().map_err(|error| tenor.refused_as(&error))?,
            response: response / 100.0,
            standard_error: self.error.read(row, response)?.map(|error| error / 100.0),
            r_squared: row
                .optional(self.r_squared)
                .map(|cell| cell.number("an R2 from 0 to 1", 0.0..=1.0))
                .transpose()?,
            residual_sd: row
                .optional(self.residual_sd)
                .map(|cell| cell.number("a standard deviation in basis points such as 3.9", 1e-9..=1e4))
                .transpose()?
                .map(|bp| bp / 10_000.0),
        })
    }
}

/// The two ways in which a source prints how sure an estimate is.
pub(crate) struct ErrorColumns {
    standard_error: Option<usize>,
    t_statistic: Option<usize>,
}

impl ErrorColumns {
    pub(crate) fn of(table: &Table<'_>) -> Self {
        Self { standard_error: table.column("standard_error"), t_statistic: table.column("t_statistic") }
    }

    /// The standard error of an estimate, in the estimate's unit.
    pub(crate) fn read(&self, row: &Row<'_>, estimate: f64) -> Result<Option<f64>, ReadError> {
        let positive = |cell: Cell<'_>| cell.number("a number above zero", 1e-6..=1e6);
        Ok(match (row.optional(self.standard_error), row.optional(self.t_statistic)) {
            (Some(_), Some(t)) => return Err(t.refused("a standard error or a t-statistic, not both").into()),
            (Some(error), None) => Some(positive(error)?),
            (None, Some(t)) => Some(estimate.abs() / positive(t)?),
            (None, None) => None,
        })
    }
}

/// `always` or `asked`: whether reports show an estimate unasked.
pub(crate) fn always_or_asked(cell: Cell<'_>) -> Result<bool, ReadError> {
    match cell.text {
        "always" => Ok(true),
        "asked" => Ok(false),
        _ => Err(cell.refused("always or asked").into()),
    }
}

/// Knots in the order of their maturities, each once and at least one.
fn ascending(mut knots: Vec<Knot>, named: Cell<'_>) -> Result<Vec<Knot>, ReadError> {
    knots.sort_by(|a, b| a.tenor.in_years().total_cmp(&b.tenor.in_years()));
    let twice = knots.windows(2).any(|pair| pair[0].tenor.in_years() >= pair[1].tenor.in_years());
    if knots.is_empty() || twice {
        return Err(named.refused("responses at one maturity or more, each maturity once").into());
    }
    Ok(knots)
}
