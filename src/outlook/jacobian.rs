//! [`Jacobian`]: how every figure of an outlook moves with every price.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Distribution, Event, OutcomeBounds, Outlook, PriceIntervals, TooManyMoves};
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, Linear, MeetingStep, PolicyError, PolicyPath, UnpricedReason};
use crate::units::{BasisPoints, Fraction, Price};

/// An outlook, and how its figures move with each price of its strip.
///
/// Rates are linear in the prices under every rule of this crate, so their slopes are exact for a move of any size.
/// Probabilities are polynomials of the expected moves between whole numbers of them: their slopes are derivatives, for a
/// price that rises. [`Jacobian::bump`] gives what a move of a stated size does to them.
///
/// ```
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// use fedpath::bounds::Event;
/// use fedpath::what_if::Jacobian;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let jacobian = Jacobian::new(&strip, &Assumptions::default())?;
/// let december = "2025-12-10".parse()?;
/// // One basis point of price on ZQF26 is 31/28 bp less on the rate after December, and as many points more of a cut.
/// let ease = jacobian.probability_per_point(december, "2026-01".parse()?, Event::Ease).unwrap();
/// assert_eq!(format!("{:.4}", ease), "4.4286");
/// // December's own contract is not read.
/// assert!(!jacobian.contracts_read().contains(&"2025-12".parse()?));
/// // A cut in December or in January: the slope in ZQF26 is 0.18 points for a basis point, a whole one adds 0.37.
/// let january = "2026-01-28".parse()?;
/// let slope = jacobian.probability_per_point(january, "2026-01".parse()?, Event::Ease).unwrap();
/// let bumped = jacobian.bump(&[("2026-01".parse()?, "1bp".parse()?)].into())?;
/// let now = jacobian.outlook().meeting(january).unwrap().cumulative.ease();
/// let rise = &bumped[&january].ease().percent() - &now.percent();
/// assert_eq!(format!("{:.4} {:.4}", slope, rise), "0.1771 0.3733");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Jacobian {
    outlook: Outlook,
    contracts: Vec<ContractMonth>,
    /// The rates before and after each meeting, in percent.
    rates: BTreeMap<NaiveDate, [Linear; 2]>,
}

impl Jacobian {
    /// Solves a strip, and follows each rate to the prices it is made of.
    ///
    /// # Errors
    /// As [`Outlook::price`], [`PolicyError::NoContracts`] where rates are dated by meeting, and [`PolicyError::Gaps`] where prices imply a change beyond any rate: what stands behind it has
    /// slopes that the path does not hold.
    pub fn new(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        if strip.meeting_rates().is_some() {
            return Err(PolicyError::NoContracts);
        }
        let outlook = Outlook::price(strip, assumptions)?;
        let beyond = outlook.path().unpriced().iter().filter(|gap| gap.reason == UnpricedReason::BeyondAnyRate);
        let beyond: Vec<_> = beyond.map(|gap| (gap.meeting.announcement(), gap.reason)).collect();
        if !beyond.is_empty() {
            return Err(PolicyError::Gaps(beyond));
        }
        let mut rates = linear_rates(outlook.path());
        // A rate moves with a realised average as with the settlement that it stands for.
        if let Some(quoted) = with_realised_anchors(strip, outlook.path()) {
            for (meeting, quoted) in linear_rates(&PolicyPath::solve(&quoted, assumptions)?) {
                for (own, quoted) in rates.get_mut(&meeting).into_iter().flatten().zip(quoted) {
                    own.slopes = quoted.slopes;
                }
            }
        }
        Ok(Self { outlook, contracts: strip.prices().map(|(contract, _)| contract).collect(), rates })
    }

    /// The outlook.
    #[must_use]
    pub fn outlook(&self) -> &Outlook {
        &self.outlook
    }

    /// The contracts of the strip.
    #[must_use]
    pub fn contracts(&self) -> &[ContractMonth] {
        &self.contracts
    }

    /// The contracts of the strip whose price moves any rate of the path; the rule does not read the others.
    #[must_use]
    pub fn contracts_read(&self) -> BTreeSet<ContractMonth> {
        let moving = self.rates.values().flatten().flat_map(|rate| rate.slopes.keys().copied());
        moving.filter(|contract| self.contracts.contains(contract)).collect()
    }

    /// The odds from today to after each meeting of the outlook where prices have risen by so many basis points (0.01 each):
    /// exact for a move of any size, as if the prices had been quoted.
    ///
    /// # Errors
    /// [`PolicyError::Gaps`] where the prices would imply a change beyond any rate.
    pub fn bump(
        &self,
        rises: &BTreeMap<ContractMonth, BasisPoints>,
    ) -> Result<BTreeMap<NaiveDate, Distribution>, PolicyError> {
        let per_point = Fraction::integer(100);
        let points = rises.iter().map(|(contract, rise)| (*contract, rise.exact() / &per_point)).collect();
        let mut sum = Distribution::split(&Fraction::zero());
        let mut odds = BTreeMap::new();
        for meeting in self.outlook.meetings() {
            let day = meeting.announcement();
            let Some(change) = self.change(day) else { continue };
            let moves = self.outlook.path().premia.moves(&BasisPoints::from_exact(change.at(&points)));
            if moves.abs() > Fraction::integer(*CentralBank::FED.believable_moves().end()) {
                return Err(PolicyError::Gaps(vec![(day, UnpricedReason::BeyondAnyRate)]));
            }
            sum = sum.then(&Distribution::split(&moves));
            odds.insert(day, sum.clone());
        }
        Ok(odds)
    }

    /// The rate before a meeting in percent, as a function of the prices.
    #[must_use]
    pub fn rate_before(&self, announcement: NaiveDate) -> Option<&Linear> {
        self.rates.get(&announcement).map(|[before, _]| before)
    }

    /// The rate after a meeting in percent, as a function of the prices.
    #[must_use]
    pub fn rate_after(&self, announcement: NaiveDate) -> Option<&Linear> {
        self.rates.get(&announcement).map(|[_, after]| after)
    }

    /// The expected number of 25 bp moves at a meeting as a function of the prices. With a landing spread it holds up to the
    /// next whole number of moves, where its slopes change.
    #[must_use]
    pub fn moves(&self, announcement: NaiveDate) -> Option<Linear> {
        let expected = self.outlook.path().steps().iter().find(|step| step.meeting.announcement() == announcement)?;
        let moves = expected.expected_moves();
        let per_basis_point = self.outlook.path().premia.moves_per_basis_point(&moves.floor());
        Some(Linear { value: moves, ..self.change(announcement)?.times(&per_basis_point) })
    }

    /// The expected change at a meeting in basis points, as a function of the prices.
    #[must_use]
    pub fn change(&self, announcement: NaiveDate) -> Option<Linear> {
        let [before, after] = self.rates.get(&announcement)?;
        Some(after.minus(before).times(&Fraction::integer(100)))
    }

    /// How far the probabilities of the outlook's meetings can lie from their figures while prices move within intervals.
    ///
    /// Without a landing spread ([`Premia::landing`](crate::Premia::landing)), with which moves bend with the prices.
    ///
    /// # Errors
    /// Where a meeting's expected moves can pass 1,000 on either side.
    pub fn bounds(&self, prices: PriceIntervals) -> Result<OutcomeBounds, TooManyMoves> {
        let meetings = self.outlook.meetings().iter().map(|meeting| meeting.step.meeting.announcement());
        OutcomeBounds::new(meetings.filter_map(|day| self.moves(day)).collect(), prices)
    }

    /// The change of the probability of an event after a meeting for each point by which the price of a contract rises, by
    /// contract: 0.01 of it for a basis point. A contract that does not matter is left out. `None` where the outlook does
    /// not hold the meeting.
    #[must_use]
    pub fn probability_slopes(
        &self,
        announcement: NaiveDate,
        event: Event,
    ) -> Option<BTreeMap<ContractMonth, Fraction>> {
        let meetings = self.outlook.meetings();
        let last = meetings.iter().position(|meeting| meeting.step.meeting.announcement() == announcement)?;
        let meetings = &meetings[..=last];
        let none = || Distribution::split(&Fraction::zero());
        // The moves of all meetings before each, and of all meetings after each.
        let before: Vec<Distribution> = meetings
            .iter()
            .scan(none(), |sum, meeting| Some(std::mem::replace(sum, sum.then(&meeting.local))))
            .collect();
        let mut after: Vec<Distribution> = meetings
            .iter()
            .rev()
            .scan(none(), |sum, meeting| Some(std::mem::replace(sum, meeting.local.then(sum))))
            .collect();
        after.reverse();
        let mut slopes: BTreeMap<ContractMonth, Fraction> = BTreeMap::new();
        for ((meeting, before), after) in meetings.iter().zip(before).zip(after) {
            let others = before.then(&after);
            let mass = |moves: &Fraction| event.probability(&others.then(&Distribution::split(moves))).exact().clone();
            // Between `lower` moves and one more, probability flows from the one to the other.
            let flow = |lower: &Fraction| {
                let flow = &mass(&(lower + &Fraction::integer(1))) - &mass(lower);
                &flow * &self.outlook.path().premia.moves_per_basis_point(lower)
            };
            let expected = meeting.step.expected_moves();
            let upwards = flow(&expected.floor());
            // Where the expected moves are whole, the way a rising price pushes them decides between which outcomes.
            let whole = expected.is_integer();
            let downwards = if whole { flow(&(&expected - &Fraction::integer(1))) } else { upwards.clone() };
            for (contract, change) in self.change(meeting.step.meeting.announcement())?.slopes {
                let flow = if change.is_negative() { &downwards } else { &upwards };
                let sum = slopes.entry(contract).or_insert_with(Fraction::zero);
                *sum = &*sum + &(flow * &change);
            }
        }
        slopes.retain(|_, slope| !slope.is_zero());
        Some(slopes)
    }

    /// The change of the probability of an event after a meeting for each point by which the price of one contract rises, as
    /// [`Jacobian::probability_slopes`].
    #[must_use]
    pub fn probability_per_point(
        &self,
        announcement: NaiveDate,
        contract: ContractMonth,
        event: Event,
    ) -> Option<Fraction> {
        let slopes = self.probability_slopes(announcement, event)?;
        Some(slopes.get(&contract).cloned().unwrap_or_else(Fraction::zero))
    }
}

fn linear_rates(path: &PolicyPath) -> BTreeMap<NaiveDate, [Linear; 2]> {
    let rates = |step: &MeetingStep| (step.announcement(), [step.linear_before(), step.linear_after()]);
    path.steps().iter().map(rates).collect()
}

/// A strip with prices in place of the realised averages that a path starts from; `None` where it starts from none. Slopes do
/// not depend on how the price is rounded.
fn with_realised_anchors(strip: &Strip, path: &PolicyPath) -> Option<Strip> {
    let mut anchors = path.realised_anchors().peekable();
    anchors.peek()?;
    anchors.try_fold(strip.clone(), |strip, (contract, average)| {
        let price = format!("{:.5}", &Fraction::integer(100) - average.exact());
        strip.with_price(contract.month(), price.parse::<Price>().ok()?).ok()
    })
}
