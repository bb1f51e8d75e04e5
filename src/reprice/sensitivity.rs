//! [`Sensitivity`]: what a shift of the expected rate does to the curve and to equities.

use chrono::NaiveDate;

use crate::curve::{CurveResponse, HalfLife, PassThroughOptions, PathChange, PolicyShift, pass_throughs};
use crate::equity::{AssetProfile, EarningsPath, EquityImpact, EquityOptions, impacts};
use crate::notice::Notice;
use crate::rule::Assumptions;

/// What a shift of the expected rate after a meeting does to the curve and to equities, by every method.
///
/// ```
/// use fedpath::equity::EquityOptions;
/// use fedpath::curve::{PassThroughOptions, PolicyShift};
/// use fedpath::{Assumptions, Sensitivity};
/// let date = |text: &str| text.parse().unwrap();
/// let shift = PolicyShift::step(date("2025-11-19"), date("2025-12-11"), "7.5bp".parse()?);
/// let (methods, equity) = (PassThroughOptions::default(), EquityOptions::default());
/// let study = Sensitivity::new(&Assumptions::default(), date("2025-12-10"), shift, None, &methods, &equity);
/// let decaying = study.equity().iter().find(|impact| impact.method == "eh-decaying").unwrap();
/// assert_eq!(format!("{:.4}", 100.0 * decaying.total), "-0.3666");
/// # Ok::<(), fedpath::ParseFractionError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Sensitivity {
    announcement: NaiveDate,
    shift: PolicyShift,
    half_life: HalfLife,
    options: EquityOptions,
    curve: Vec<CurveResponse>,
    equity: Vec<EquityImpact>,
    notices: Vec<Notice>,
}

impl Sensitivity {
    /// Takes a shift at the meeting announced on a day through every method; `observed` is the change of the whole path,
    /// where two snapshots gave one.
    #[must_use]
    pub fn new(
        assumptions: &Assumptions,
        announcement: NaiveDate,
        shift: PolicyShift,
        observed: Option<PathChange>,
        pass_through: &PassThroughOptions,
        options: &EquityOptions,
    ) -> Self {
        let (methods, mut notices) =
            pass_throughs(assumptions, shift.valuation(), announcement, observed, pass_through);
        let curve = methods.iter().map(|method| method.response(&shift)).collect();
        let (equity, left_out) = impacts(&shift, &methods, pass_through, options);
        notices.extend(left_out);
        Self {
            announcement,
            shift,
            half_life: pass_through.half_life,
            options: options.clone(),
            curve,
            equity,
            notices,
        }
    }

    /// The announcement of the meeting.
    #[must_use]
    pub fn announcement(&self) -> NaiveDate {
        self.announcement
    }

    /// The shift.
    #[must_use]
    pub fn shift(&self) -> &PolicyShift {
        &self.shift
    }

    /// The half-life of what fades.
    #[must_use]
    pub fn half_life(&self) -> HalfLife {
        self.half_life
    }

    /// How long the change of earnings lasts in the totals.
    #[must_use]
    pub fn earnings(&self) -> EarningsPath {
        self.options.earnings
    }

    /// What the equity figures take as given.
    #[must_use]
    pub fn options(&self) -> &EquityOptions {
        &self.options
    }

    /// The assets of the figures, each once.
    pub fn assets(&self) -> impl Iterator<Item = &AssetProfile> {
        self.equity.chunk_by(|a, b| a.asset.id == b.asset.id).map(|rows| &rows[0].asset)
    }

    /// The response of the zero curve, one per method.
    #[must_use]
    pub fn curve(&self) -> &[CurveResponse] {
        &self.curve
    }

    /// The impact on equities, one per asset and method.
    #[must_use]
    pub fn equity(&self) -> &[EquityImpact] {
        &self.equity
    }

    /// What was left out, and why.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
