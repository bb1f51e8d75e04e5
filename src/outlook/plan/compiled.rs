//! [`TablePlan`]: what a rule makes of a strip, as integer weights of its prices.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use chrono::NaiveDate;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::One;
use rust_decimal::Decimal;

use super::notices::PlanNotices;
use super::rate::PlannedRate;
use super::{PlanError, PriceError, limbs};
use crate::market::bank::CentralBank;
use crate::market::calendar::{Meeting, TargetRange};
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::outlook::Outlook;
use crate::quotes::SCALE;
use crate::quotes::strip::Strip;
use crate::rule::{Affine, Assumptions, Knowledge, Known, MeetingStep, Method, UnpricedReason, steps_of_table};
use crate::units::{Fraction, Price};

/// Prices have at least so many decimal places in a plan: those of a half tick, `96.11625`.
const PLACES: u32 = 5;

/// What the FedWatch rule makes of a strip: for each meeting the integer weights of the prices it reads.
///
/// A plan holds for every strip of the same day with the same contracts; only prices may differ. It also holds for other days
/// on which the rule knows the same: the same meetings lie ahead, the same month is current, the same range is in force, no move off
/// the calendar lies between, and no realised rates are given. [`DailyTables`](crate::history::DailyTables) sees to that. Prices are integers in its own unit,
/// [`TablePlan::units`] of a [`Price`]; a row of them has one for each of [`TablePlan::contracts`], in their order. Cloning is cheap.
///
/// The tables are those of [`Outlook::price`], exactly.
///
/// ```
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// use fedpath::bulk::TablePlan;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let plan = TablePlan::new(&strip, &Assumptions::default())?;
/// // December's own contract is not read; January's meeting is the last that the quotes reach.
/// let read: Vec<String> = plan.contracts().iter().map(|month| month.to_string()).collect();
/// assert_eq!(read, ["2025-11", "2026-01", "2026-02"]);
/// let mut table = plan.table();
/// plan.price(&[9_612_000, 9_622_500, 9_626_500], &mut table)?;
/// let december = table.meetings().next().unwrap();
/// assert_eq!(december.expected_moves().to_string(), "-141/350");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TablePlan {
    pub(super) compiled: Arc<Compiled>,
}

/// The parts of a plan, shared with its tables.
#[derive(Debug)]
pub(super) struct Compiled {
    product: Product,
    as_of: NaiveDate,
    pub(super) target: TargetRange,
    pub(super) contracts: Vec<ContractMonth>,
    quoted: BTreeSet<ContractMonth>,
    /// The prices of the strip as a row.
    pub(super) row: Vec<i64>,
    pub(super) places: u32,
    /// The prices that these futures can have, in units.
    scale: RangeInclusive<i64>,
    pub(super) meetings: Vec<PlannedMeeting>,
    /// The weights of all meetings: a price's place in a row, and its weight.
    pub(super) terms: Vec<(usize, i64)>,
    /// The same by contract: a meeting's place, and the weight.
    effects: Vec<(usize, i64)>,
    effects_of: Vec<Range<usize>>,
    /// The limbs of all weights of a table.
    pub(super) size: usize,
    /// What a reader should know of the strip's quotes.
    pub(super) of_quotes: Vec<Notice>,
    /// What a reader should know of the path.
    pub(super) of_path: PlanNotices,
}

/// One meeting of a plan: its expected moves are `(constant + sum of weight x price) / per_move`.
#[derive(Debug)]
pub(super) struct PlannedMeeting {
    pub(super) meeting: Meeting,
    /// The rate before it.
    pub(super) before: PlannedRate,
    pub(super) terms: Range<usize>,
    pub(super) constant: i64,
    pub(super) per_move: i64,
    /// The numerator of the largest believable change.
    most: i64,
    /// What the weights of the cumulative distribution add up to: the product of all `per_move` so far.
    pub(super) total: Vec<u64>,
    pub(super) total_f64: f64,
    /// Where its weights stand in the buffer of a table, each of so many limbs as the total.
    pub(super) weights: Range<usize>,
}

impl PlannedMeeting {
    pub(super) fn limbs(&self) -> usize {
        self.total.len()
    }

    pub(super) fn within_any_rate(&self, numerator: i64) -> Result<(), PriceError> {
        let within = (-self.most..=self.most).contains(&numerator);
        if within { Ok(()) } else { Err(PriceError::BeyondAnyRate(self.meeting.announcement())) }
    }
}

impl TablePlan {
    /// Compiles what the rule makes of a strip: the meetings that [`Outlook::price`] gives it a table for.
    ///
    /// # Errors
    /// [`PlanError`]: where the strip prices no meeting, or one beyond any rate, for least squares, with a landing spread, and for prices or rates of
    /// many decimal places.
    pub fn new(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PlanError> {
        if assumptions.method != Method::FedWatch {
            return Err(PlanError::Method(assumptions.method));
        }
        if assumptions.premia.landing().is_some() {
            return Err(PlanError::LandingSpread);
        }
        let outlook = Outlook::price(strip, assumptions).map_err(PlanError::Policy)?;
        Self::of_outlook(strip, &outlook)
    }

    /// The same of a strip that is priced already, by the FedWatch rule and without a landing spread.
    pub(crate) fn of_outlook(strip: &Strip, outlook: &Outlook) -> Result<Self, PlanError> {
        // What ends the table must not be a price.
        let first_gap = outlook.path().unpriced().iter().min_by_key(|gap| gap.meeting.announcement());
        if let Some(gap) = first_gap.filter(|gap| gap.reason == UnpricedReason::BeyondAnyRate) {
            return Err(PlanError::BeyondAnyRate(gap.meeting.announcement()));
        }
        let steps: Vec<&MeetingStep> = outlook.meetings().iter().map(|meeting| &meeting.step).collect();
        let mut plan = Compiled::of_steps(strip, outlook.target(), &steps)?;
        plan.of_quotes = strip.notices().to_vec();
        plan.of_path = PlanNotices::of(strip, outlook);
        Ok(Self { compiled: Arc::new(plan) })
    }

    /// A plan that tells of its tables alone, and has no notices; `None` where [`TablePlan::new`] has no plan.
    pub(crate) fn of_tables_alone(strip: &Strip, assumptions: &Assumptions, knowledge: &Knowledge) -> Option<Self> {
        if !assumptions.a_plan_may_hold() {
            return None;
        }
        let (target, steps) = steps_of_table(&Known::with(strip, assumptions, knowledge.clone()))?;
        let steps: Vec<&MeetingStep> = steps.iter().collect();
        Compiled::of_steps(strip, target, &steps).ok().map(|plan| Self { compiled: Arc::new(plan) })
    }

    /// The valuation date of the strip it was made from.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.compiled.as_of
    }

    /// The target range from which moves are counted.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.compiled.target
    }

    /// The contracts that the rule reads, in the order of a row of prices.
    #[must_use]
    pub fn contracts(&self) -> &[ContractMonth] {
        &self.compiled.contracts
    }

    /// The meetings of a table, in the order of their dates; at least one.
    #[must_use]
    pub fn meetings(&self) -> impl ExactSizeIterator<Item = &Meeting> {
        self.compiled.meetings.iter().map(|planned| &planned.meeting)
    }

    /// The decimal places of a price in units: five, or more where a price of the strip has more.
    #[must_use]
    pub fn places(&self) -> u32 {
        self.compiled.places
    }

    /// A price as a whole number of units, `96.12` as `9_612_000`; `None` where it has more places than a unit.
    #[must_use]
    pub fn units(&self, price: Price) -> Option<i64> {
        price.in_units(self.compiled.places)
    }

    /// The prices of the strip it was made from, as a row.
    #[must_use]
    pub fn row(&self) -> &[i64] {
        &self.compiled.row
    }
}

impl Compiled {
    /// What the rule makes of the prices of a strip at these steps, without notices.
    fn of_steps(strip: &Strip, target: TargetRange, steps: &[&MeetingStep]) -> Result<Self, PlanError> {
        let per_move = Fraction::integer(100) / CentralBank::FED.step().exact();
        let moves: Vec<Affine> = steps.iter().map(|step| step.affine_change().times(&per_move)).collect();
        let before: Vec<&Affine> = steps.iter().map(|step| step.affine_before()).collect();
        let figures = moves.iter().chain(before.iter().copied());
        let read: BTreeSet<ContractMonth> =
            figures.flat_map(|figure| figure.weights.iter().map(|(contract, _)| *contract)).collect();
        let scales =
            read.iter().filter_map(|contract| strip.price(*contract)).map(|price| price.points().normalize().scale());
        let places = scales.max().unwrap_or(0).max(PLACES);
        let first = steps.first().map_or(strip.as_of(), |first| first.announcement());
        let too_fine = || PlanError::TooFine(first);
        let on_scale = |points: u32| 10_i64.checked_pow(places)?.checked_mul(i64::from(points));
        let (lowest, highest) = on_scale(*SCALE.start()).zip(on_scale(*SCALE.end())).ok_or_else(too_fine)?;
        let units = |contract: &ContractMonth| strip.price(*contract).and_then(|price| price.in_units(places));
        let row: Option<Vec<i64>> = read.iter().map(units).collect();
        let mut plan = Self {
            product: strip.product(),
            as_of: strip.as_of(),
            target,
            contracts: read.into_iter().collect(),
            quoted: strip.prices().map(|(contract, _)| contract).collect(),
            row: row.ok_or_else(too_fine)?,
            places,
            scale: lowest..=highest,
            meetings: Vec::with_capacity(moves.len()),
            terms: Vec::new(),
            effects: Vec::new(),
            effects_of: Vec::new(),
            size: 0,
            of_quotes: Vec::new(),
            of_path: PlanNotices::none(strip.product()),
        };
        let mut total = BigUint::one();
        for ((step, moves), before) in steps.iter().zip(&moves).zip(before) {
            let before = PlannedRate::new(before, &plan.contracts, places);
            plan.add(step.meeting, moves, before, &mut total)?;
        }
        for column in 0..plan.contracts.len() {
            let start = plan.effects.len();
            for (position, meeting) in plan.meetings.iter().enumerate() {
                let own = plan.terms[meeting.terms.clone()].iter().filter(|(of, _)| *of == column);
                plan.effects.extend(own.map(|(_, weight)| (position, *weight)));
            }
            plan.effects_of.push(start..plan.effects.len());
        }
        Ok(plan)
    }

    /// Adds a meeting with its expected moves as a function of prices in points.
    fn add(
        &mut self,
        meeting: Meeting,
        moves: &Affine,
        before: PlannedRate,
        total: &mut BigUint,
    ) -> Result<(), PlanError> {
        let too_fine = || PlanError::TooFine(meeting.announcement());
        let unit = 10_i64.checked_pow(self.places).ok_or_else(too_fine)?;
        // The least number that makes integers of the constant and of all weights of prices in units.
        let constant = moves.constant.small_parts().ok_or_else(too_fine)?;
        let mut per_move = constant.1;
        let mut weights = Vec::with_capacity(moves.weights.len());
        for (contract, weight) in &moves.weights {
            let (numerator, denominator) = weight.small_parts().ok_or_else(too_fine)?;
            let shared = numerator.gcd(&unit);
            let weight = (numerator / shared, denominator.checked_mul(unit / shared).ok_or_else(too_fine)?);
            per_move = (per_move / per_move.gcd(&weight.1)).checked_mul(weight.1).ok_or_else(too_fine)?;
            weights.push((contract, weight));
        }
        if per_move >= 1 << 62 {
            return Err(too_fine());
        }
        let integer = |(numerator, denominator): (i64, i64)| numerator.checked_mul(per_move / denominator);
        let constant = integer(constant).ok_or_else(too_fine)?;
        // No sum of on-scale prices outgrows 62 bits.
        let mut largest = i128::from(constant).abs();
        let start = self.terms.len();
        for (contract, weight) in weights {
            let weight = integer(weight).ok_or_else(too_fine)?;
            let column = self.contracts.binary_search(contract).map_err(|_| too_fine())?;
            largest = largest.saturating_add(i128::from(weight).abs().saturating_mul(i128::from(*self.scale.end())));
            self.terms.push((column, weight));
        }
        if largest >= 1 << 62 {
            return Err(too_fine());
        }
        *total *= per_move.unsigned_abs();
        let limbs = limbs::count(total);
        let total_limbs = limbs::of(total, limbs);
        let weights = self.size..self.size + (self.meetings.len() + 2) * limbs;
        self.size = weights.end;
        self.meetings.push(PlannedMeeting {
            meeting,
            before,
            terms: start..self.terms.len(),
            constant,
            per_move,
            most: per_move.saturating_mul(*CentralBank::FED.believable_moves().end()),
            total_f64: limbs::to_f64(&total_limbs),
            total: total_limbs,
            weights,
        });
        Ok(())
    }

    /// The place of a contract in a row of prices: `None` where the rule does not read it.
    pub(super) fn column(&self, contract: ContractMonth) -> Result<Option<usize>, PriceError> {
        match self.contracts.binary_search(&contract) {
            Ok(column) => Ok(Some(column)),
            Err(_) if self.quoted.contains(&contract) => Ok(None),
            Err(_) => Err(PriceError::NotQuoted(self.product.contract(contract))),
        }
    }

    pub(super) fn product(&self) -> Product {
        self.product
    }

    /// The contract at a place.
    pub(super) fn named(&self, column: usize) -> Contract {
        self.product.contract(self.contracts[column])
    }

    /// What a contract's price weighs at which meetings.
    pub(super) fn effects(&self, column: usize) -> &[(usize, i64)] {
        &self.effects[self.effects_of[column].clone()]
    }

    /// A price in units of the contract in a column.
    pub(super) fn price_of(&self, units: i64) -> Option<Price> {
        Price::from_points(Decimal::try_new(units, self.places).ok()?).ok().map(Price::shortened)
    }

    pub(super) fn contracts(&self) -> &[ContractMonth] {
        &self.contracts
    }

    pub(super) fn on_scale(&self, column: usize, units: i64) -> Result<(), PriceError> {
        if self.scale.contains(&units) { Ok(()) } else { Err(PriceError::OffScale(self.named(column))) }
    }
}
