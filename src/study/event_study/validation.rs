//! [`Validation`]: responses against events that they were not estimated on.

use super::line::float;
use super::response::{Sample, fit};
use super::{Errors, EventTable, EventTime, Point, ResponseLine, StudyOptions, StudyWindow};

/// A response that is held against events: its name, and its line.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Candidate {
    /// The name that reports carry.
    pub id: String,
    /// The line: `x` in percentage points, `y` in percent (of a yield: percentage points).
    pub line: ResponseLine,
}

impl Candidate {
    /// A line by its name.
    #[must_use]
    pub fn new(id: impl Into<String>, line: ResponseLine) -> Self {
        Self { id: id.into(), line }
    }
}

/// How many events a range contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Coverage {
    /// How many events lie in the range.
    pub inside: usize,
    /// Of so many that have one.
    pub of: usize,
}

impl Coverage {
    /// The share of the events that lie in the range, from 0 to 1; `None` of none.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| float(self.inside) / float(self.of))
    }

    fn count(&mut self, range: Option<(f64, f64)>, response: f64) {
        if let Some((low, high)) = range {
            self.of += 1;
            self.inside += usize::from((low..=high).contains(&response));
        }
    }
}

/// What a method would have said of the events, and what happened.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MethodScore {
    /// The method.
    pub id: String,
    /// How many events lie in the band of the slope.
    pub slope_band: Coverage,
    /// How many events lie in the likely range of single events.
    pub likely_range: Coverage,
    /// The mean of what happened less what was expected.
    pub bias: f64,
    /// The root of the mean square of what happened less what was expected.
    pub rmse: f64,
}

/// Responses held against events: how often each range contains what happened, and which method comes closest.
///
/// A published response is taken as it stands. The method `re-estimated` is estimated anew before every event, on the events
/// before it alone, and every method is then judged on the same events: those that had enough others before them.
///
/// ```
/// use fedpath::event_study::{Candidate, EventTable, ResponseLine, StudyOptions, Validation};
/// let events = EventTable::parse(
///     "date,unscheduled,mp2,sp500\n2024-01-31,0,0.03,-0.9\n2024-03-20,0,-0.02,0.4\n2024-05-01,0,-0.01,0.3\n",
/// )?;
/// let line = ResponseLine::new(-6.99).with_standard_error(1.13);
/// let candidates = [Candidate::new("usmpd-mp2", line)];
/// let validation = Validation::new(&events, "sp500", &StudyOptions::default(), &candidates, None)?;
/// let [usmpd, nothing] = &validation.methods[..] else { panic!() };
/// assert_eq!((usmpd.slope_band.inside, usmpd.slope_band.of), (0, 3));
/// assert_eq!(nothing.id, "no-response", "the yardstick");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Validation {
    /// The asset: a column of the events.
    pub asset: String,
    /// The surprise: another.
    pub on: String,
    /// The window over which responses are measured, where it is known.
    pub window: Option<StudyWindow>,
    /// How many events came before the first that is judged, where the response is re-estimated.
    pub expanding: Option<usize>,
    /// The kind of the errors of the re-estimated response.
    pub errors: Errors,
    /// How many events are judged.
    pub n: usize,
    /// The first and the last of them.
    pub span: (EventTime, EventTime),
    /// The methods, the one with the smallest root mean square error first.
    pub methods: Vec<MethodScore>,
}

/// The name of the response that is estimated anew before every event.
const RE_ESTIMATED: &str = "re-estimated";
/// The name of the yardstick: no response at all.
const NO_RESPONSE: &str = "no-response";

impl Validation {
    /// Holds candidates against the events of a table, and beside them the yardstick `no-response`. With `expanding`, the
    /// events from the one after so many on are judged, and `re-estimated` is one of the methods.
    ///
    /// # Errors
    /// Where a column is missing or not of numbers, there is no event to judge, or the earlier events give no line.
    pub fn new(
        events: &EventTable,
        asset: &str,
        options: &StudyOptions,
        candidates: &[Candidate],
        expanding: Option<usize>,
    ) -> Result<Self, crate::Error> {
        let sample = Sample::new(events, asset, options, options.unscheduled)?;
        let points = &sample.points;
        let refused = |reason| super::NoEstimate {
            asset: asset.to_owned(),
            on: options.on.clone(),
            reason,
            left_out: sample.left_out.first().map(|(_, first)| (sample.left_out.len(), first.clone())),
        };
        let first = expanding.unwrap_or(0);
        let judged = points.get(first..).unwrap_or_default();
        let (Some(earliest), Some(latest)) = (judged.first(), judged.last()) else {
            return Err(refused(super::NoFit::NoneToJudge { before: first, events: points.len() }).into());
        };
        let fixed = |line: ResponseLine| vec![line; judged.len()];
        let yardstick = Candidate::new(NO_RESPONSE, ResponseLine::new(0.0));
        let mut methods: Vec<MethodScore> = candidates
            .iter()
            .chain([&yardstick])
            .map(|candidate| score(&candidate.id, &fixed(candidate.line), judged))
            .collect();
        if expanding.is_some() {
            let lines = (first..points.len()).map(|event| estimated(&points[..event], options.errors));
            let lines: Vec<ResponseLine> = lines.collect::<Result<_, _>>().map_err(refused)?;
            methods.push(score(RE_ESTIMATED, &lines, judged));
        }
        methods.sort_by(|a, b| a.rmse.total_cmp(&b.rmse));
        Ok(Self {
            asset: asset.to_owned(),
            on: options.on.clone(),
            window: events.window(),
            expanding,
            errors: options.errors,
            n: judged.len(),
            span: (earliest.when, latest.when),
            methods,
        })
    }
}

/// The line of some events.
fn estimated(points: &[Point], errors: Errors) -> Result<ResponseLine, super::NoFit> {
    let fit = fit(points)?;
    Ok(ResponseLine::new(fit.slope())
        .with_standard_error(fit.standard_error(errors)?)
        .with_residual_sd(fit.residual_sd())
        .with_intercept(fit.intercept(), fit.n()))
}

/// A method's lines, one an event, against what happened.
fn score(id: &str, lines: &[ResponseLine], judged: &[Point]) -> MethodScore {
    let (mut slope_band, mut likely_range) = (Coverage::default(), Coverage::default());
    let (mut sum, mut squares) = (0.0, 0.0);
    for (line, point) in lines.iter().zip(judged) {
        slope_band.count(line.slope_band(point.surprise), point.response);
        likely_range.count(line.likely_range(point.surprise), point.response);
        let missed = point.response - line.at(point.surprise);
        sum += missed;
        squares += missed * missed;
    }
    let n = float(judged.len());
    MethodScore { id: id.to_owned(), slope_band, likely_range, bias: sum / n, rmse: (squares / n).sqrt() }
}
