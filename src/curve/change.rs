//! [`CurveChange`] and [`PathChange`]: what changed between two days' curves.

use chrono::NaiveDate;

use super::{ForwardShift, HalfLife, StepForwards, Tenor, TermStructure, years_between};
use crate::units::BasisPoints;

/// The change of the expected overnight rate between two paths, day for day, seen from the later valuation date. Exact.
///
/// It is known from that date to the last meeting that both paths price; a method that takes it further says how.
///
/// ```
/// use fedpath::curve::{PathChange, StepForwards};
/// use fedpath::{Assumptions, price};
/// let forwards = |day: &str, january: &str, february: &str| {
///     let quotes =
///         format!("# as_of: {day}\ncontract,price\n2025-11,96.12\n2026-01,{january}\n2026-02,{february}\n");
///     let outlook = price(&quotes, &Assumptions::default())?;
///     Ok::<_, fedpath::Error>(StepForwards::new(outlook.path())?)
/// };
/// let change =
///     PathChange::new(&forwards("2025-11-14", "96.29", "96.36")?, &forwards("2025-11-21", "96.215", "96.285")?);
/// let levels: Vec<String> = change.levels().iter().map(|(day, bp)| format!("{day} {bp:+}")).collect();
/// assert_eq!(levels, ["2025-11-21 +0bp", "2025-12-11 +7.5bp", "2026-01-29 +7.5bp"]);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PathChange {
    levels: Vec<(NaiveDate, BasisPoints)>,
}

impl PathChange {
    /// The second path's rate less the first's, on the same days.
    #[must_use]
    pub fn new(before: &StepForwards, after: &StepForwards) -> Self {
        let from = after.as_of();
        let end = before.last().from.min(after.last().from);
        let onsets = [before, after].into_iter().flat_map(|path| path.steps().iter().map(|step| step.from));
        let mut days: Vec<NaiveDate> = onsets.filter(|day| (from..=end).contains(day)).chain([from]).collect();
        days.sort_unstable();
        days.dedup();
        Self { levels: days.into_iter().map(|day| (day, after.rate_on(day) - before.rate_on(day))).collect() }
    }

    /// The first day of each level and its size; at least one.
    #[must_use]
    pub fn levels(&self) -> &[(NaiveDate, BasisPoints)] {
        &self.levels
    }

    /// The first day of the last level, and its size.
    #[must_use]
    pub fn last(&self) -> &(NaiveDate, BasisPoints) {
        &self.levels[self.levels.len() - 1]
    }

    /// The change as a shift of the forward curve; from its last day on it fades with this half-life.
    #[must_use]
    pub fn forward_shift(&self, beyond: HalfLife) -> ForwardShift {
        let from = self.levels[0].0;
        let levels: Vec<(f64, f64)> =
            self.levels.iter().map(|(day, bp)| (years_between(from, *day), bp.exact().to_f64() / 10_000.0)).collect();
        ForwardShift::from_levels(&levels, beyond)
    }
}

/// What changed at one maturity, each curve seen from its own date. Rates are fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TenorChange {
    /// The maturity.
    pub tenor: Tenor,
    /// The zero rate before and after.
    pub zero_rate: (f64, f64),
    /// The par rate before and after.
    pub par_rate: (f64, f64),
    /// The change of the zero rate from the later date to the same day of maturity: what was repriced, without the days
    /// that have passed.
    pub same_days: f64,
    /// Whether the maturity lies past the last meeting that both price: in part an assumption.
    pub past_last_meeting: bool,
}

/// The observed change between two term structures: at each maturity, of each day's own curve, and to the same days.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CurveChange {
    before: TermStructure,
    after: TermStructure,
}

impl CurveChange {
    /// Compares two term structures, the earlier first; `None` where the second is older.
    #[must_use]
    pub fn new(before: TermStructure, after: TermStructure) -> Option<Self> {
        (before.as_of() <= after.as_of()).then_some(Self { before, after })
    }

    /// The earlier term structure.
    #[must_use]
    pub fn before(&self) -> &TermStructure {
        &self.before
    }

    /// The later term structure.
    #[must_use]
    pub fn after(&self) -> &TermStructure {
        &self.after
    }

    /// The change of the overnight path.
    #[must_use]
    pub fn path(&self) -> PathChange {
        PathChange::new(self.before.forwards(), self.after.forwards())
    }

    /// What changed at these maturities, each once and in their order.
    #[must_use]
    pub fn at(&self, tenors: &[Tenor]) -> Vec<TenorChange> {
        let Self { before, after } = self;
        let start = after.as_of();
        let last = before.forwards().assumed_from().min(after.forwards().assumed_from());
        let change = |(tenor, maturity): (Tenor, NaiveDate)| TenorChange {
            tenor,
            zero_rate: (before.zero_rate(tenor.maturity(before.as_of())), after.zero_rate(maturity)),
            par_rate: (before.par_rate(tenor), after.par_rate(tenor)),
            same_days: after.zero_rate(maturity) - before.period_forward(start, maturity),
            past_last_meeting: maturity > last,
        };
        after.maturities(tenors).into_iter().map(change).collect()
    }
}
