//! [`Instrument`]: the rate that a contract averages, as a function of the levels of the path and of the basis.

use crate::market::contract::Contract;
use crate::market::product::Averaging;
use crate::units::Fraction;

/// A contract that the fit can read.
#[derive(Debug, Clone)]
pub(super) struct Instrument {
    pub(super) contract: Contract,
    /// How much its squared residual counts.
    pub(super) weight: f64,
    pub(super) says: Says,
}

/// What a contract says of the path.
#[derive(Debug, Clone)]
pub(super) enum Says {
    /// A fed funds contract: `sum of share x level` is this rate, in percent.
    Mean { shares: Vec<(usize, f64)>, rate: f64 },
    /// A SOFR contract: its fixings, accrued.
    Accrued { averaging: Averaging, fixings: Vec<Fixing>, days: u32, rate: f64 },
}

/// A fixing of a reference period.
#[derive(Debug, Clone)]
pub(super) struct Fixing {
    /// The calendar days that it counts for.
    pub(super) days: u32,
    pub(super) rate: FixingRate,
}

/// The rate of a fixing.
#[derive(Debug, Clone)]
pub(super) enum FixingRate {
    Known(Fraction),
    /// The level of the path less the basis, so many days from the valuation date.
    Expected {
        level: usize,
        ahead: u32,
    },
}

/// The path and the basis while they are sought: levels in percent, and the basis in percent by its parameters.
pub(super) struct Guess<'a> {
    pub(super) levels: &'a [f64],
    pub(super) basis: &'a [f64],
    pub(super) knots: &'a [u32],
}

/// The knots that the basis of a day lies between, each with its share.
pub(super) fn knots_of(knots: &[u32], ahead: u32) -> [(usize, f64); 2] {
    let after = knots.partition_point(|knot| *knot <= ahead);
    match (after.checked_sub(1), knots.get(after)) {
        (Some(before), Some(next)) => {
            let part = f64::from(ahead - knots[before]) / f64::from(next - knots[before]);
            [(before, 1.0 - part), (after, part)]
        }
        (Some(last), None) => [(last, 1.0), (last, 0.0)],
        (None, _) => [(0, 1.0), (0, 0.0)],
    }
}

impl Guess<'_> {
    fn rate(&self, rate: &FixingRate) -> f64 {
        match rate {
            FixingRate::Known(rate) => rate.to_f64(),
            FixingRate::Expected { level, ahead } => self.levels[*level] - self.basis_at(*ahead),
        }
    }

    fn basis_at(&self, ahead: u32) -> f64 {
        if self.knots.is_empty() {
            return 0.0;
        }
        knots_of(self.knots, ahead).iter().map(|(knot, share)| self.basis[*knot] * share).sum()
    }
}

impl Instrument {
    /// The quoted rate, on average of the days that the path has a rate for.
    pub(super) fn quoted_rate(&self) -> f64 {
        match &self.says {
            Says::Mean { shares, rate } => {
                let to_come: f64 = shares.iter().map(|(_, share)| share).sum();
                if to_come > 0.0 { rate / to_come } else { *rate }
            }
            Says::Accrued { rate, .. } => *rate,
        }
    }

    /// The price that a guess makes of it, for a quoted one.
    pub(super) fn price_at(&self, guess: &Guess<'_>, quoted: f64) -> f64 {
        let mut slopes = vec![0.0; guess.levels.len() + guess.knots.len()];
        quoted + self.miss(guess, &mut slopes)
    }

    /// Whether days of a level are among its own.
    pub(super) fn covers(&self, level: usize) -> bool {
        match &self.says {
            Says::Mean { shares, .. } => shares.iter().any(|(own, share)| *own == level && *share > 0.0),
            Says::Accrued { fixings, .. } => fixings
                .iter()
                .any(|fixing| matches!(fixing.rate, FixingRate::Expected { level: own, .. } if own == level)),
        }
    }

    /// The knots of the basis that it sees.
    pub(super) fn sees(&self, knots: &[u32], knot: usize) -> bool {
        let Says::Accrued { fixings, .. } = &self.says else { return false };
        let ahead = |fixing: &Fixing| match fixing.rate {
            FixingRate::Expected { ahead, .. } => Some(ahead),
            FixingRate::Known(_) => None,
        };
        let mut ahead = fixings.iter().filter_map(ahead);
        ahead.any(|ahead| knots_of(knots, ahead).iter().any(|(own, share)| *own == knot && *share > 0.0))
    }

    /// The quoted rate less that of a guess, and into `slopes` how the guessed rate moves with each level and then each knot.
    pub(super) fn miss(&self, guess: &Guess<'_>, slopes: &mut [f64]) -> f64 {
        slopes.fill(0.0);
        let levels = guess.levels.len();
        match &self.says {
            Says::Mean { shares, rate } => {
                for (level, share) in shares {
                    slopes[*level] += share;
                }
                rate - shares.iter().map(|(level, share)| share * guess.levels[*level]).sum::<f64>()
            }
            Says::Accrued { averaging, fixings, days, rate } => {
                let whole = f64::from(*days);
                let earned = |fixing: &Fixing| guess.rate(&fixing.rate) * f64::from(fixing.days) / 36_000.0;
                let growth: f64 = match averaging {
                    Averaging::Compounded => fixings.iter().map(|fixing| 1.0 + earned(fixing)).product(),
                    Averaging::Arithmetic => 1.0 + fixings.iter().map(earned).sum::<f64>(),
                };
                for fixing in fixings {
                    let FixingRate::Expected { level, ahead } = fixing.rate else { continue };
                    let others = match averaging {
                        Averaging::Compounded => growth / (1.0 + earned(fixing)),
                        Averaging::Arithmetic => 1.0,
                    };
                    let slope = others * f64::from(fixing.days) / whole;
                    slopes[level] += slope;
                    if !guess.knots.is_empty() {
                        for (knot, share) in knots_of(guess.knots, ahead) {
                            slopes[levels + knot] -= slope * share;
                        }
                    }
                }
                rate - (growth - 1.0) * 36_000.0 / whole
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::knots_of;

    #[test]
    fn the_basis_is_linear_between_knots_and_flat_outside() {
        assert_eq!(knots_of(&[10, 110], 60), [(0, 0.5), (1, 0.5)]);
        assert_eq!(knots_of(&[10, 110], 0)[0], (0, 1.0));
        assert_eq!(knots_of(&[10, 110], 500)[0], (1, 1.0));
    }
}
