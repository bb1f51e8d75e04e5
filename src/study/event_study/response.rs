//! [`AssetResponse`]: how one asset responds to a surprise, and how far the estimate can be trusted.

use super::{
    Errors, Event, EventLeftOut, EventTable, EventTime, LeastSquares, NoEstimate, NoFit, ResponseLine, StudyWindow,
};
use crate::market::calendar::MeetingCalendar;

/// How responses are estimated.
///
/// ```
/// use fedpath::event_study::{Errors, StudyOptions};
/// let options = StudyOptions::default();
/// assert_eq!((options.on.as_str(), options.errors, options.unscheduled), ("mp2", Errors::Hc1, false));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct StudyOptions {
    /// The column of the surprise; `mp2` by default: the change of the rate expected after the next meeting, which is what a
    /// repricing moves.
    pub on: String,
    /// How standard errors are computed; HC1 by default.
    pub errors: Errors,
    /// Whether events off the calendar are part of the estimate; they are not by default, since they come with other news.
    pub unscheduled: bool,
    /// The calendar that says which events were scheduled, where their table does not.
    pub calendar: MeetingCalendar,
}

impl Default for StudyOptions {
    fn default() -> Self {
        let calendar = MeetingCalendar::embedded();
        Self { on: "mp2".to_owned(), errors: Errors::default(), unscheduled: false, calendar }
    }
}

impl StudyOptions {
    /// On this column of surprises.
    #[must_use]
    pub fn on(self, column: &str) -> Self {
        Self { on: column.to_owned(), ..self }
    }

    /// With standard errors of this kind.
    #[must_use]
    pub fn with_errors(self, errors: Errors) -> Self {
        Self { errors, ..self }
    }

    /// With events off the calendar, or without them.
    #[must_use]
    pub fn with_unscheduled(self, unscheduled: bool) -> Self {
        Self { unscheduled, ..self }
    }
}

/// An event as a point of the regression.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Point {
    /// When it took place.
    pub when: EventTime,
    /// The surprise, in percentage points.
    pub surprise: f64,
    /// The response: a return in percent, the change of a yield in percentage points.
    pub response: f64,
}

/// A slope and what it was estimated on.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Estimate {
    /// Percent (of a yield: percentage points) per percentage point of surprise.
    pub slope: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The number of events.
    pub n: usize,
    /// The first event and the last.
    pub span: (EventTime, EventTime),
}

/// An event and what the slope would be without it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Influence {
    /// The event.
    pub point: Point,
    /// The slope of the other events; `None` where this one alone decides it.
    pub slope_without: Option<f64>,
}

/// How one asset responds to a surprise: ordinary least squares with an intercept over events.
///
/// ```
/// use fedpath::event_study::{AssetResponse, EventTable, StudyOptions};
/// let events = EventTable::parse(
///     "date,unscheduled,mp2,nvda\n2024-01-31,0,0.03,-0.9\n2024-03-20,0,-0.02,0.4\n2024-05-01,0,-0.01,0.3\n\
///      2024-06-12,0,0.01,-0.1\n2024-07-31,0,0.00,0.2\n2024-08-05,1,-0.20,3.0\n",
/// )?;
/// let nvda = AssetResponse::estimate(&events, "nvda", &StudyOptions::default(), None)?;
/// assert_eq!(format!("{:.1}", nvda.line().slope), "-26.2");
/// assert_eq!(nvda.n(), 5);
/// assert!(nvda.is_small());
/// assert_eq!(nvda.left_out()[0].1.to_string(), "not a scheduled announcement");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AssetResponse {
    asset: String,
    on: String,
    errors: Errors,
    window: Option<StudyWindow>,
    estimate: Estimate,
    line: ResponseLine,
    r_squared: Option<f64>,
    residual_sd: f64,
    points: Vec<Point>,
    left_out: Vec<(EventTime, EventLeftOut)>,
    influence: Vec<Influence>,
    halves: [Result<Estimate, NoFit>; 2],
    all_events: Option<Result<Estimate, NoFit>>,
    placebo: Option<Result<Estimate, NoFit>>,
}

/// Below so many events an estimate is said to rest on a small sample.
const SMALL: usize = 20;

impl AssetResponse {
    /// The response of an asset, a column of the events, to the surprise of [`StudyOptions::on`], another column. `placebo`
    /// holds the same columns on days without an event: a slope that shows up there too is no response to policy.
    ///
    /// # Errors
    /// Where a column is missing or not of numbers, or the events give no line.
    pub fn estimate(
        events: &EventTable,
        asset: &str,
        options: &StudyOptions,
        placebo: Option<&EventTable>,
    ) -> Result<Self, crate::Error> {
        let sample = Sample::new(events, asset, options, options.unscheduled)?;
        let refused = |reason| NoEstimate {
            asset: asset.to_owned(),
            on: options.on.clone(),
            reason,
            left_out: sample.left_out.first().map(|(_, first)| (sample.left_out.len(), first.clone())),
        };
        let points = &sample.points;
        let fit = fit(points).map_err(refused)?;
        let estimate = estimate(points, options.errors).map_err(refused)?;
        let (first, second) = points.split_at(points.len() / 2);
        let all_events = sample.left_out.iter().any(|(_, reason)| *reason == EventLeftOut::Unscheduled);
        let all_events = if all_events {
            Some(self::estimate(&Sample::new(events, asset, options, true)?.points, options.errors))
        } else {
            None
        };
        let placebo = placebo.map(|days| Sample::new(days, asset, options, true)).transpose()?;
        Ok(Self {
            asset: asset.to_owned(),
            on: options.on.clone(),
            errors: options.errors,
            window: events.window(),
            line: ResponseLine::new(fit.slope())
                .with_standard_error(estimate.standard_error)
                .with_residual_sd(fit.residual_sd())
                .with_intercept(fit.intercept(), fit.n()),
            r_squared: fit.r_squared(),
            residual_sd: fit.residual_sd(),
            influence: influence(points, &fit),
            halves: [first, second].map(|half| self::estimate(half, options.errors)),
            all_events,
            placebo: placebo.map(|days| self::estimate(&days.points, options.errors)),
            estimate,
            points: sample.points,
            left_out: sample.left_out,
        })
    }

    /// The asset.
    #[must_use]
    pub fn asset(&self) -> &str {
        &self.asset
    }

    /// The surprise.
    #[must_use]
    pub fn on(&self) -> &str {
        &self.on
    }

    /// The kind of the standard errors.
    #[must_use]
    pub fn errors(&self) -> Errors {
        self.errors
    }

    /// The window over which responses are measured, where it is known.
    #[must_use]
    pub fn window(&self) -> Option<StudyWindow> {
        self.window
    }

    /// The line, for both ranges: `x` in percentage points, `y` in percent.
    #[must_use]
    pub fn line(&self) -> &ResponseLine {
        &self.line
    }

    /// The slope with its error, and the span of the events.
    #[must_use]
    pub fn slope(&self) -> &Estimate {
        &self.estimate
    }

    /// The number of events.
    #[must_use]
    pub fn n(&self) -> usize {
        self.points.len()
    }

    /// Whether the sample is small: fewer than 20 events.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.n() < SMALL
    }

    /// The share of the variance of responses that surprises explain; `None` where responses do not vary.
    #[must_use]
    pub fn r_squared(&self) -> Option<f64> {
        self.r_squared
    }

    /// The standard deviation of the events around the line, in the unit of the response.
    #[must_use]
    pub fn residual_sd(&self) -> f64 {
        self.residual_sd
    }

    /// The events of the estimate, in the order of time.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The events that are left out, and why.
    #[must_use]
    pub fn left_out(&self) -> &[(EventTime, EventLeftOut)] {
        &self.left_out
    }

    /// Every event, those first whose removal moves the slope most.
    #[must_use]
    pub fn influence(&self) -> &[Influence] {
        &self.influence
    }

    /// The estimates of the earlier half of the events and of the later one.
    pub fn halves(&self) -> &[Result<Estimate, NoFit>; 2] {
        &self.halves
    }

    /// The estimate with the unscheduled events that the main one leaves out; `None` where it leaves out none.
    #[must_use]
    pub fn with_unscheduled(&self) -> Option<&Result<Estimate, NoFit>> {
        self.all_events.as_ref()
    }

    /// The same estimate on days without an event, where they were given.
    #[must_use]
    pub fn placebo(&self) -> Option<&Result<Estimate, NoFit>> {
        self.placebo.as_ref()
    }
}

/// The events that take part, and those that do not.
pub(super) struct Sample {
    pub(super) points: Vec<Point>,
    pub(super) left_out: Vec<(EventTime, EventLeftOut)>,
}

impl Sample {
    pub(super) fn new(
        events: &EventTable,
        asset: &str,
        options: &StudyOptions,
        unscheduled: bool,
    ) -> Result<Self, crate::Error> {
        let (surprises, responses) = (events.values(&options.on)?, events.values(asset)?);
        let point = |(event, (surprise, response)): (&Event, (&Result<f64, _>, &Result<f64, _>))| {
            if !unscheduled && event.is_unscheduled(&options.calendar) == Some(true) {
                return Err((event.when, EventLeftOut::Unscheduled));
            }
            let surprise = surprise.clone().map_err(|reason| (event.when, EventLeftOut::NoSurprise(reason)))?;
            let response = response.clone().map_err(|reason| (event.when, EventLeftOut::NoResponse(reason)))?;
            Ok(Point { when: event.when, surprise, response })
        };
        let mut sample = Self { points: Vec::new(), left_out: Vec::new() };
        for event in events.events().iter().zip(surprises.iter().zip(responses)).map(point) {
            match event {
                Ok(point) => sample.points.push(point),
                Err(reason) => sample.left_out.push(reason),
            }
        }
        Ok(sample)
    }
}

pub(super) fn fit(points: &[Point]) -> Result<LeastSquares, NoFit> {
    let points: Vec<(f64, f64)> = points.iter().map(|point| (point.surprise, point.response)).collect();
    LeastSquares::new(&points)
}

fn estimate(points: &[Point], errors: Errors) -> Result<Estimate, NoFit> {
    let fit = fit(points)?;
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Err(NoFit::TooFew(0)) };
    let standard_error = fit.standard_error(errors)?;
    Ok(Estimate { slope: fit.slope(), standard_error, n: fit.n(), span: (first.when, last.when) })
}

fn influence(points: &[Point], fit: &LeastSquares) -> Vec<Influence> {
    let of = |(index, point): (usize, &Point)| Influence { point: *point, slope_without: fit.slope_without(index) };
    let mut influence: Vec<Influence> = points.iter().enumerate().map(of).collect();
    let moves = |event: &Influence| event.slope_without.map_or(f64::INFINITY, |without| (without - fit.slope()).abs());
    influence.sort_by(|a, b| moves(b).total_cmp(&moves(a)));
    influence
}
