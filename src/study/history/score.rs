//! [`BrierScore`] and [`Bin`]: probabilities against what happened.

use crate::units::{Fraction, Probability};

/// The forecasts of a range of probabilities, and how many of them came true.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Bin {
    /// The lowest probability of the bin, in percent.
    pub from_percent: i64,
    /// The end of the bin in percent: not in it, but for the bins of exactly 0 and exactly 100.
    pub to_percent: i64,
    /// How many forecasts there are.
    pub forecasts: usize,
    /// How many of them came true.
    pub happened: usize,
    sum: Fraction,
    squares: Fraction,
    /// The sum of the forecasts that came true.
    sum_happened: Fraction,
}

impl Bin {
    fn new(from_percent: i64, to_percent: i64) -> Self {
        let zero = Fraction::zero;
        Self { from_percent, to_percent, forecasts: 0, happened: 0, sum: zero(), squares: zero(), sum_happened: zero() }
    }

    /// The bins of a reliability table: exactly 0, above 0 to 10, tens up to below 100, exactly 100. The certain forecasts
    /// stand apart, for the FedWatch rule makes many: with two outcomes at a meeting a third has none of the probability.
    fn all() -> Vec<Self> {
        let tens = (0..10).map(|ten| Self::new(10 * ten, 10 * (ten + 1)));
        std::iter::once(Self::new(0, 0)).chain(tens).chain([Self::new(100, 100)]).collect()
    }

    fn holds(&self, probability: &Fraction) -> bool {
        let percent = probability * &Fraction::integer(100);
        let (from, to) = (Fraction::integer(self.from_percent), Fraction::integer(self.to_percent));
        match self.from_percent {
            _ if from == to => percent == from,
            0 => percent > from && percent < to,
            _ => percent >= from && percent < to,
        }
    }

    fn add(&mut self, probability: &Fraction, happened: bool) {
        self.forecasts += 1;
        self.sum = &self.sum + probability;
        self.squares = &self.squares + &(probability * probability);
        if happened {
            self.happened += 1;
            self.sum_happened = &self.sum_happened + probability;
        }
    }

    /// The mean of the forecasts; `None` of none.
    #[must_use]
    pub fn mean_forecast(&self) -> Option<Fraction> {
        self.sum.checked_div(&integer(self.forecasts))
    }

    /// How often they came true; `None` of none.
    #[must_use]
    pub fn frequency(&self) -> Option<Fraction> {
        integer(self.happened).checked_div(&integer(self.forecasts))
    }
}

/// The Brier score of forecasts of yes or no, and what it is made of, exactly:
/// `score = reliability - resolution + uncertainty + within_bins`.
///
/// The score is the mean squared distance of a forecast from what happened, 1 or 0; 0 is perfect. Reliability is the mean
/// squared distance of a bin's forecast from how often it came true (0 is perfect), resolution how far the bins' frequencies
/// lie from the overall one (the more the better), uncertainty the variance of what happened. The three add up where all forecasts
/// of a bin are the same; where they are not, the rest is what they differ by within bins, their variance less twice their
/// covariance with what happened.
///
/// Sources: Brier (1950), Monthly Weather Review 78; Murphy (1973), Journal of Applied Meteorology 12, 595-600; the rest
/// within bins: Stephenson, Coelho and Jolliffe (2008), Weather and Forecasting 23, 752-757.
///
/// ```
/// use fedpath::Probability;
/// use fedpath::history::BrierScore;
/// let p = |text: &str| text.parse::<Probability>().unwrap();
/// // Four times 80 %, of which three came true, and one certainty that did.
/// let forecasts = [(p("0.8"), true), (p("0.8"), true), (p("0.8"), false), (p("0.8"), true), (p("1"), true)];
/// let score = BrierScore::of(forecasts.iter().map(|(forecast, happened)| (forecast, *happened))).unwrap();
/// assert_eq!(score.score.to_string(), "19/125");
/// assert_eq!(score.reliability.to_string(), "1/500");
/// let bins: Vec<_> = score.bins.iter().filter(|bin| bin.forecasts > 0).collect();
/// assert_eq!(bins[0].frequency().unwrap().to_string(), "3/4");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BrierScore {
    /// How many forecasts there are; at least one.
    pub forecasts: usize,
    /// The score.
    pub score: Fraction,
    /// How far forecasts lie from how often they come true.
    pub reliability: Fraction,
    /// How far that differs from bin to bin.
    pub resolution: Fraction,
    /// The variance of what happened.
    pub uncertainty: Fraction,
    /// What forecasts differ by within their bins.
    pub within_bins: Fraction,
    /// The bins, empty ones too.
    pub bins: Vec<Bin>,
}

impl BrierScore {
    /// The score of forecasts, each with whether it came true; `None` of none.
    #[must_use]
    pub fn of<'a>(forecasts: impl Iterator<Item = (&'a Probability, bool)>) -> Option<Self> {
        let mut bins = Bin::all();
        for (probability, happened) in forecasts {
            if let Some(bin) = bins.iter_mut().find(|bin| bin.holds(probability.exact())) {
                bin.add(probability.exact(), happened);
            }
        }
        let sum = |term: &dyn Fn(&Bin) -> Option<Fraction>| {
            bins.iter().filter_map(term).fold(Fraction::zero(), |sum, term| &sum + &term)
        };
        let total = integer(bins.iter().map(|bin| bin.forecasts).sum());
        let mean = |sum: Fraction| sum.checked_div(&total);
        let overall = mean(integer(bins.iter().map(|bin| bin.happened).sum()))?;
        let two = Fraction::integer(2);
        // The sum of (forecast - outcome)^2, the outcome being its own square.
        let score = mean(sum(&|bin| Some(&(&bin.squares - &(&two * &bin.sum_happened)) + &integer(bin.happened))))?;
        let weighed = |bin: &Bin, distance: Fraction| &integer(bin.forecasts) * &(&distance * &distance);
        let reliability = mean(sum(&|bin| Some(weighed(bin, &bin.mean_forecast()? - &bin.frequency()?))))?;
        let resolution = mean(sum(&|bin| Some(weighed(bin, &bin.frequency()? - &overall))))?;
        let uncertainty = &overall * &(&Fraction::integer(1) - &overall);
        let within_bins = mean(sum(&|bin| {
            let forecast = bin.mean_forecast()?;
            let variance = &bin.squares - &(&bin.sum * &forecast);
            let covariance = &bin.sum_happened - &(&integer(bin.happened) * &forecast);
            Some(&variance - &(&two * &covariance))
        }))?;
        let forecasts = bins.iter().map(|bin| bin.forecasts).sum();
        Some(Self { forecasts, score, reliability, resolution, uncertainty, within_bins, bins })
    }
}

fn integer(count: usize) -> Fraction {
    Fraction::integer(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::BrierScore;
    use crate::units::{Fraction, Probability};

    #[test]
    fn the_parts_add_up_to_the_mean_squared_miss() {
        let forecasts: Vec<(Probability, bool)> = [
            ("0", false),
            ("0.03", true),
            ("0.1", false),
            ("1/3", true),
            ("0.38", false),
            ("0.995", true),
            ("1", true),
        ]
        .map(|(text, happened)| (text.parse().unwrap(), happened))
        .into();
        let score = BrierScore::of(forecasts.iter().map(|(p, happened)| (p, *happened))).unwrap();
        let miss = |(p, happened): &(Probability, bool)| {
            let miss = p.exact() - &Fraction::integer(i64::from(*happened));
            &miss * &miss
        };
        let sum = forecasts.iter().map(miss).fold(Fraction::zero(), |sum, miss| &sum + &miss);
        assert_eq!(score.score, &sum / &Fraction::integer(7));
        let parts = &(&score.reliability - &score.resolution) + &(&score.uncertainty + &score.within_bins);
        assert_eq!(parts, score.score);
        assert!(!score.within_bins.is_zero());
        let filled: Vec<String> = score
            .bins
            .iter()
            .filter(|bin| bin.forecasts > 0)
            .map(|bin| format!("{}-{}: {} of {}", bin.from_percent, bin.to_percent, bin.happened, bin.forecasts))
            .collect();
        assert_eq!(
            filled.join(", "),
            "0-0: 0 of 1, 0-10: 1 of 1, 10-20: 0 of 1, 30-40: 1 of 2, 90-100: 1 of 1, 100-100: 1 of 1"
        );
        assert_eq!(BrierScore::of(std::iter::empty()), None);
    }
}
