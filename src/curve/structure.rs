//! [`TermStructure`]: discount factors, zero, forward and par rates of the expected overnight rate.

use chrono::NaiveDate;

use super::{StepForwards, Tenor, days_between};
use crate::units::Rate;

/// The term structure of the expected overnight rate: fed funds, or SOFR where the steps are [`StepForwards::sofr`]; without a term
/// premium.
///
/// The overnight rate is a money-market rate (actual days over 360) and compounds on every calendar day, so that a
/// discount factor is the product of `1 / (1 + r / 360)` over the days up to it. (A market compounds over a weekend once:
/// at 4 percent that is 0.01 basis points a year less.) Rates are fractions.
///
/// ```
/// use fedpath::{Assumptions, price, curve::{StepForwards, Tenor, TermStructure}};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = price(quotes, &Assumptions::default())?;
/// let curve = TermStructure::new(StepForwards::new(outlook.path())?);
/// assert_eq!(format!("{:.4}", 100.0 * curve.par_rate(Tenor::months(3))), "3.8104");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TermStructure {
    forwards: StepForwards,
    #[cfg_attr(feature = "serde", serde(skip))]
    pieces: Vec<Piece>,
}

/// The growth of an overnight investment from a level's first day on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    from: NaiveDate,
    /// What it has grown to by then, as a logarithm.
    grown: f64,
    /// What it grows a day, as a logarithm.
    growth: f64,
}

/// The term structure at one maturity. Rates are fractions.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct CurvePoint {
    /// The maturity.
    pub tenor: Tenor,
    /// Its date.
    pub maturity: NaiveDate,
    /// The discount factor.
    pub discount_factor: f64,
    /// The zero rate: continuously compounded, actual over 365.
    pub zero_rate: f64,
    /// The instantaneous forward rate of the maturity's day: continuously compounded, actual over 365.
    pub instantaneous_forward: f64,
    /// The forward rate from the maturity before to this one: continuously compounded, actual over 365.
    pub period_forward: f64,
    /// The par rate of an overnight indexed swap: actual over 360, paid once a year.
    pub par_rate: f64,
    /// Whether the maturity lies past the last priced meeting, or past the last contract of a fit to all of them, where the rate is held:
    /// in part an assumption.
    pub past_last_meeting: bool,
}

const DAYS_PER_YEAR: f64 = 365.0;
const MONEY_MARKET_YEAR: f64 = 360.0;

impl TermStructure {
    /// Discounts along the expected overnight rate.
    #[must_use]
    pub fn new(forwards: StepForwards) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for step in forwards.steps() {
            let grown = pieces.last().map_or(0.0, |last| last.grown + last.growth * days_between(last.from, step.from));
            let growth = (fraction(&step.rate) / MONEY_MARKET_YEAR).ln_1p();
            pieces.push(Piece { from: step.from, grown, growth });
        }
        Self { forwards, pieces }
    }

    /// The levels of the overnight rate.
    #[must_use]
    pub fn forwards(&self) -> &StepForwards {
        &self.forwards
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.forwards.as_of()
    }

    /// What one unit on a day is worth on the valuation date; on a day before it, what it has grown to.
    #[must_use]
    pub fn discount_factor(&self, day: NaiveDate) -> f64 {
        (-self.log_growth(day)).exp()
    }

    /// The zero rate to a day; to the valuation date itself, the instantaneous rate.
    #[must_use]
    pub fn zero_rate(&self, day: NaiveDate) -> f64 {
        self.period_forward(self.as_of(), day)
    }

    /// The instantaneous forward rate of a day: the day's overnight rate, continuously compounded.
    #[must_use]
    pub fn instantaneous_forward(&self, day: NaiveDate) -> f64 {
        self.piece(day).growth * DAYS_PER_YEAR
    }

    /// The forward rate between two days, continuously compounded; between a day and itself, the instantaneous rate.
    #[must_use]
    pub fn period_forward(&self, from: NaiveDate, to: NaiveDate) -> f64 {
        let days = days_between(from, to);
        if days == 0.0 {
            return self.instantaneous_forward(from);
        }
        (self.log_growth(to) - self.log_growth(from)) / days * DAYS_PER_YEAR
    }

    /// The forward rate between two days as the money market quotes it: simple interest, actual over 360.
    #[must_use]
    pub fn simple_forward(&self, from: NaiveDate, to: NaiveDate) -> f64 {
        let days = days_between(from, to);
        if days == 0.0 {
            return fraction(self.forwards.rate_on(from));
        }
        (self.log_growth(to) - self.log_growth(from)).exp_m1() / days * MONEY_MARKET_YEAR
    }

    /// The par rate of an overnight indexed swap from the valuation date: the fixed rate, actual over 360 and paid once a
    /// year, that is worth the compounded overnight rate. A first period below a year is paid at its end; there is no
    /// settlement lag, and no day is moved off a weekend.
    #[must_use]
    pub fn par_rate(&self, tenor: Tenor) -> f64 {
        let start = self.as_of();
        let payments = tenor.annual_payments(start);
        let Some(maturity) = payments.last().copied().filter(|maturity| *maturity > start) else {
            return fraction(self.forwards.rate_on(start));
        };
        let mut from = start;
        let mut annuity = 0.0;
        for payment in payments {
            annuity += days_between(from, payment) / MONEY_MARKET_YEAR * self.discount_factor(payment);
            from = payment;
        }
        -(-self.log_growth(maturity)).exp_m1() / annuity
    }

    /// The term structure at these maturities, each once and in their order.
    #[must_use]
    pub fn points(&self, tenors: &[Tenor]) -> Vec<CurvePoint> {
        let last = self.forwards.assumed_from();
        let mut from = self.as_of();
        let mut points = Vec::new();
        for (tenor, maturity) in self.maturities(tenors) {
            points.push(CurvePoint {
                tenor,
                maturity,
                discount_factor: self.discount_factor(maturity),
                zero_rate: self.zero_rate(maturity),
                instantaneous_forward: self.instantaneous_forward(maturity),
                period_forward: self.period_forward(from, maturity),
                par_rate: self.par_rate(tenor),
                past_last_meeting: maturity > last,
            });
            from = maturity;
        }
        points
    }

    /// The tenors with their dates, each date once, in order.
    pub(super) fn maturities(&self, tenors: &[Tenor]) -> Vec<(Tenor, NaiveDate)> {
        let mut maturities: Vec<_> = tenors.iter().map(|tenor| (*tenor, tenor.maturity(self.as_of()))).collect();
        maturities.sort_by_key(|(_, maturity)| *maturity);
        maturities.dedup_by_key(|(_, maturity)| *maturity);
        maturities
    }

    /// The piece in force on a day; before the valuation date, today's.
    fn piece(&self, day: NaiveDate) -> Piece {
        self.pieces[self.pieces.partition_point(|piece| piece.from <= day).saturating_sub(1)]
    }

    fn log_growth(&self, day: NaiveDate) -> f64 {
        let piece = self.piece(day);
        piece.grown + piece.growth * days_between(piece.from, day)
    }
}

/// A rate as a fraction: 3.88 percent is 0.0388. Exact arithmetic ends here.
fn fraction(rate: &Rate) -> f64 {
    rate.exact().to_f64() / 100.0
}
