//! [`PassThrough`]: how a shift of the policy path becomes a shift of the curve.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{ForwardShift, HalfLife, PathChange, Persistence, PolicyShift, Tenor, YieldResponse};
use crate::method::MethodId;
use crate::notice::{LeftOut, LeftOutReason, Notice};
use crate::rule::Assumptions;
use crate::study::event_study::STANDARD_ERRORS;

/// A method that turns a shift of the expected policy path into a shift of the forward curve.
///
/// ```
/// use fedpath::curve::{HalfLife, PassThrough, Persistence};
/// let method = PassThrough::ExpectationsHypothesis(Persistence::Decaying(HalfLife::default()));
/// assert_eq!(method.id(), "eh-decaying");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum PassThrough {
    /// A maturity's rate is the average of the expected overnight rates, and the shift lasts so long.
    ExpectationsHypothesis(Persistence),
    /// The change of the path as two strips price it, meeting by meeting; beyond the last meeting it fades.
    Strip {
        /// What was observed.
        change: PathChange,
        /// The half-life from the last meeting on.
        beyond: HalfLife,
    },
    /// The answer of yields to policy surprises, from a regression.
    Regression(YieldResponse),
}

impl PassThrough {
    /// The id that reports carry.
    #[must_use]
    pub fn id(&self) -> MethodId {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.id(),
            Self::Strip { .. } => MethodId::Strip,
            Self::Regression(response) => response.id.clone(),
        }
    }

    /// The shift of the zero rate of maturity T, as a formula.
    #[must_use]
    pub fn formula(&self) -> String {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.formula().to_owned(),
            Self::Strip { .. } => "dz(T) = (1/T) int df(u) du, df the change of the expected overnight rate".to_owned(),
            Self::Regression(response) => {
                let knots = response.knots.iter().map(|knot| format!("{} {:.3}", knot.tenor, knot.response));
                let knots: Vec<String> = knots.collect();
                format!("dz(T) = b(T) s, b linear between {}; forwards beyond stay", knots.join(", "))
            }
        }
    }

    /// What the method rests on.
    #[must_use]
    pub fn citation(&self) -> String {
        match self {
            Self::ExpectationsHypothesis(persistence) => format!("expectations hypothesis; {}", persistence.citation()),
            Self::Strip { change, beyond } => {
                let (shortest, longest) = beyond.band();
                format!(
                    "expectations hypothesis on the change of the strip up to {}, {:+.2} there, fading beyond with a half-life of \
                     {} years; low and high: half-lives of {shortest} to {longest}, no confidence interval",
                    change.last().0,
                    change.last().1,
                    beyond.years(),
                )
            }
            Self::Regression(response) => format!("{}; {}; {}", response.citation, response.sample, response.surprise),
        }
    }

    /// Whether the method takes the whole path, and not the headline's step alone.
    #[must_use]
    pub fn takes_the_whole_path(&self) -> bool {
        matches!(self, Self::Strip { .. })
    }

    /// The shift of the forward curve.
    #[must_use]
    pub fn forward_shift(&self, shift: &PolicyShift) -> ForwardShift {
        match self {
            Self::ExpectationsHypothesis(persistence) => ForwardShift::new(shift, *persistence),
            Self::Strip { change, beyond } => change.forward_shift(*beyond),
            Self::Regression(response) => response.forward_shift(shift.total(), 0.0),
        }
    }

    /// The two ends of what the method leaves open, as shifts of the forward curve: responses 1.96 standard errors either
    /// way (95 percent), the half-lives of [`HalfLife::band`]. `None` where it leaves nothing open, a scenario taken as
    /// given, or where the errors are not known.
    #[must_use]
    pub fn ends(&self, shift: &PolicyShift) -> Option<[ForwardShift; 2]> {
        let half_lives = |half_life: HalfLife| {
            let (shortest, longest) = half_life.band();
            [shortest, longest]
        };
        match self {
            Self::ExpectationsHypothesis(Persistence::Decaying(own)) => {
                Some(half_lives(*own).map(|half_life| ForwardShift::new(shift, Persistence::Decaying(half_life))))
            }
            Self::ExpectationsHypothesis(_) => None,
            Self::Strip { change, beyond } => {
                Some(half_lives(*beyond).map(|half_life| change.forward_shift(half_life)))
            }
            Self::Regression(response) => response.has_errors().then(|| {
                [-STANDARD_ERRORS, STANDARD_ERRORS].map(|errors| response.forward_shift(shift.total(), errors))
            }),
        }
    }

    /// The shift of the zero curve at the standard maturities.
    #[must_use]
    pub fn response(&self, shift: &PolicyShift) -> CurveResponse {
        CurveResponse { method: self.clone(), zero_bp: self.forward_shift(shift).zero_curve_bp() }
    }
}

impl fmt::Display for PassThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.fmt(f),
            Self::Strip { .. } => f.pad("strip, the whole path"),
            Self::Regression(response) => f.pad(&response.label),
        }
    }
}

/// The response of the zero curve to a policy shift by one method.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CurveResponse {
    /// How the shift passes through to the curve.
    pub method: PassThrough,
    /// The shift of the zero rate of each maturity, in basis points.
    pub zero_bp: Vec<(Tenor, f64)>,
}

/// Which methods take a shift to the curve, and on what assumptions.
///
/// ```
/// use fedpath::curve::{MethodId, PassThroughOptions, YieldResponse};
/// let desk = YieldResponse::parse("# id: desk\ntenor,response_bp\n2Y,80\n10Y,40\n")?;
/// let options = PassThroughOptions::default().with_response(desk).with_only([MethodId::EhDecaying, "desk".parse()?]);
/// assert!(options.wants(&MethodId::EhDecaying, true) && !options.wants(&MethodId::Strip, true));
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct PassThroughOptions {
    /// The half-life of the decaying scenario, and of the strip's change beyond its end.
    pub half_life: HalfLife,
    /// The tables of responses; the embedded ones by default.
    pub responses: Arc<[YieldResponse]>,
    /// Only these methods, tables that are not shown unasked among them; all that are shown where empty.
    pub only: Vec<MethodId>,
}

impl Default for PassThroughOptions {
    fn default() -> Self {
        Self { half_life: HalfLife::default(), responses: YieldResponse::embedded(), only: Vec::new() }
    }
}

impl PassThroughOptions {
    /// Whether a method of this id is wanted.
    #[must_use]
    pub fn wants(&self, id: &MethodId, shown_unasked: bool) -> bool {
        if self.only.is_empty() { shown_unasked } else { self.only.contains(id) }
    }

    /// With another half-life.
    #[must_use]
    pub fn with_half_life(self, half_life: HalfLife) -> Self {
        Self { half_life, ..self }
    }

    /// With these tables alone.
    #[must_use]
    pub fn with_responses(self, responses: impl IntoIterator<Item = YieldResponse>) -> Self {
        Self { responses: responses.into_iter().collect(), ..self }
    }

    /// With one more table.
    #[must_use]
    pub fn with_response(self, response: YieldResponse) -> Self {
        let responses = self.responses.iter().cloned().chain([response]).collect();
        Self { responses, ..self }
    }

    /// With these methods alone.
    #[must_use]
    pub fn with_only(self, only: impl IntoIterator<Item = MethodId>) -> Self {
        Self { only: only.into_iter().collect(), ..self }
    }
}

/// The methods for a shift at the meeting announced on `announcement`: postponed to the next meeting on the calendar as
/// known on `as_of`, decaying, permanent, the observed change of the strip where there is one, then the regressions.
/// What has to be left out is told by notices.
#[must_use]
pub fn pass_throughs(
    assumptions: &Assumptions,
    as_of: NaiveDate,
    announcement: NaiveDate,
    observed: Option<PathChange>,
    options: &PassThroughOptions,
) -> (Vec<PassThrough>, Vec<Notice>) {
    let left_out = |method, reason| Notice::LeftOut { what: LeftOut::Method(method), reason };
    let mut notices = Vec::new();
    let next = assumptions.calendar.expected_on(as_of).find(|meeting| meeting.announcement() > announcement);
    if next.is_none() && options.wants(&MethodId::EhPostponed, true) {
        notices.push(left_out(MethodId::EhPostponed, LeftOutReason::NoMeetingAfter(announcement)));
    }
    if observed.is_none() && options.wants(&MethodId::Strip, true) {
        notices.push(left_out(MethodId::Strip, LeftOutReason::ShiftAlone));
    }
    let postponed = next.map(|next| Persistence::Postponed { until: assumptions.decision_day.effective_date(next) });
    let scenarios = postponed.into_iter().chain([Persistence::Decaying(options.half_life), Persistence::Permanent]);
    let strip = observed.map(|change| PassThrough::Strip { change, beyond: options.half_life });
    let regressions = options.responses.iter().cloned();
    let methods = scenarios.map(PassThrough::ExpectationsHypothesis).chain(strip);
    let wanted = methods.filter(|method| options.wants(&method.id(), true));
    let regressions = regressions.filter(|response| options.wants(&response.id, response.shown));
    (wanted.chain(regressions.map(PassThrough::Regression)).collect(), notices)
}
