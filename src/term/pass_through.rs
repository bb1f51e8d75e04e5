//! [`PassThrough`]: how a shift of the policy path becomes a shift of the curve.

use std::fmt;

use chrono::NaiveDate;

use super::{ForwardShift, HalfLife, Persistence, PolicyShift, Tenor};
use crate::calendar::MeetingCalendar;
use crate::notice::Notice;

/// A method that turns a shift of the expected policy path into a shift of the forward curve.
///
/// ```
/// use fedpath::term::{HalfLife, PassThrough, Persistence};
/// let method = PassThrough::ExpectationsHypothesis(Persistence::Decaying(HalfLife::default()));
/// assert_eq!(method.id(), "eh-decaying");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum PassThrough {
    /// A maturity's rate is the average of the expected overnight rates, and the shift lasts so long.
    ExpectationsHypothesis(Persistence),
}

impl PassThrough {
    /// The id that reports carry.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.id(),
        }
    }

    /// The shift of the zero rate of maturity T, as a formula.
    #[must_use]
    pub fn formula(self) -> &'static str {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.formula(),
        }
    }

    /// What the method rests on.
    #[must_use]
    pub fn citation(self) -> String {
        match self {
            Self::ExpectationsHypothesis(persistence) => format!("expectations hypothesis; {}", persistence.citation()),
        }
    }

    /// The shift of the forward curve.
    #[must_use]
    pub fn forward_shift(self, shift: &PolicyShift) -> ForwardShift {
        match self {
            Self::ExpectationsHypothesis(persistence) => ForwardShift::new(shift, persistence),
        }
    }

    /// The shift of the zero curve at the standard maturities.
    #[must_use]
    pub fn response(self, shift: &PolicyShift) -> CurveResponse {
        CurveResponse { method: self, zero_bp: self.forward_shift(shift).zero_curve_bp() }
    }
}

impl fmt::Display for PassThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExpectationsHypothesis(persistence) => persistence.fmt(f),
        }
    }
}

/// The response of the zero curve to a policy shift by one method.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CurveResponse {
    /// How the shift passes through to the curve.
    pub method: PassThrough,
    /// The shift of the zero rate of each maturity, in basis points.
    pub zero_bp: Vec<(Tenor, f64)>,
}

/// The three scenarios for a shift at the meeting announced on `announcement`: postponed to the next meeting on
/// the calendar as known on `as_of`, decaying, permanent. Without a next meeting the first is left out, with a
/// notice.
#[must_use]
pub fn scenarios(
    calendar: &MeetingCalendar,
    as_of: NaiveDate,
    announcement: NaiveDate,
    half_life: HalfLife,
) -> (Vec<PassThrough>, Option<Notice>) {
    let next = calendar.expected_on(as_of).find(|meeting| meeting.announcement() > announcement);
    let postponed = next.map(|next| Persistence::Postponed { until: next.effective_date() });
    let notice = postponed.is_none().then(|| Notice::LeftOut {
        what: "eh-postponed".to_owned(),
        reason: format!("the calendar holds no meeting after {announcement}"),
    });
    let all = postponed.into_iter().chain([Persistence::Decaying(half_life), Persistence::Permanent]);
    (all.map(PassThrough::ExpectationsHypothesis).collect(), notice)
}
