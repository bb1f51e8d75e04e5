//! [`Settlement`]: what fixings make of a contract: its final settlement, or the realised part and the days still open.

use chrono::{Days, NaiveDate};

use super::accrual::{accruals, exact_average};
use super::contract::Contract;
use super::fixings::{Fixings, MissingFixing};
use crate::units::{Fraction, Rate};

/// The settlement of a contract on fixings, exact.
///
/// A month's average counts all calendar days (CBOT Rulebook, chapter 22; CME Rulebook, chapter 461); SR3 compounds from business
/// day to business day, actual days over 360 (chapter 460): `100 (360/N) [prod(1 + s_i d_i / 36000) - 1]`. A quarter that begins
/// on a holiday begins with one day of the fixing before it.
///
/// ```
/// use fedpath::{Contract, Fixings, product::{OvernightRate, Settlement}};
/// // Easter Monday 2024: 28 March carries four days.
/// let sofr = Fixings::parse_of(OvernightRate::Sofr, "date,rate\n2024-03-28,5.34\n2024-04-01,5.35\n2024-04-02,5.33\n")?;
/// let april: Contract = "SR1J24".parse()?;
/// let settlement = Settlement::of(april, &sofr)?;
/// assert_eq!((settlement.days(), settlement.days_realised(), settlement.open_days()), (30, 2, 28));
/// assert_eq!(settlement.average().unwrap().to_string(), "5.34%");
/// assert_eq!(settlement.final_price(), None);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    contract: Contract,
    days_realised: u32,
    average: Option<Rate>,
}

impl Settlement {
    /// What fixings make of a contract: they may end within its period, but not lack a day before they end.
    ///
    /// # Errors
    /// [`MissingFixing`]: a business day without a rate before the last that has one; or, where the rates begin later than the
    /// period, its first.
    pub fn of(contract: Contract, fixings: &Fixings) -> Result<Self, MissingFixing> {
        let period = contract.reference_period();
        let last = fixings.rates().next_back().map(|(day, _)| day);
        let mut realised: Vec<(u32, Fraction)> = Vec::new();
        for accrual in accruals(period, contract.product().holidays()) {
            let Some(rate) = fixings.rate_on(accrual.fixed_on) else {
                if last.is_some_and(|last| accrual.fixed_on <= last) {
                    return Err(MissingFixing { day: accrual.fixed_on, rate: contract.product().rate() });
                }
                break;
            };
            realised.push((accrual.days, rate.exact().clone()));
        }
        let days_realised = realised.iter().map(|(days, _)| days).sum();
        let average = exact_average(contract.product().averaging(), &realised);
        Ok(Self { contract, days_realised, average: average.map(Rate::from_exact) })
    }

    /// The contract.
    #[must_use]
    pub fn contract(&self) -> Contract {
        self.contract
    }

    /// The calendar days of its reference period.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.contract.reference_period().days()
    }

    /// The days whose rate is known: the first of the period.
    #[must_use]
    pub fn days_realised(&self) -> u32 {
        self.days_realised
    }

    /// The days whose rate is not.
    #[must_use]
    pub fn open_days(&self) -> u32 {
        self.days().saturating_sub(self.days_realised)
    }

    /// The first day whose rate is not known; `None` of an expired contract.
    #[must_use]
    pub fn open_from(&self) -> Option<NaiveDate> {
        let start = self.contract.reference_period().start();
        (self.open_days() > 0).then(|| start.checked_add_days(Days::new(u64::from(self.days_realised)))).flatten()
    }

    /// The rate of the realised days, averaged as the contract does; `None` where no day is realised.
    #[must_use]
    pub fn average(&self) -> Option<&Rate> {
        self.average.as_ref()
    }

    /// 100 less the average of the whole period, before the exchange rounds; `None` while days are open.
    #[must_use]
    pub fn final_price(&self) -> Option<Fraction> {
        let average = self.average.as_ref().filter(|_| self.open_days() == 0)?;
        Some(average.futures_price())
    }

    /// The final settlement price: the average rounded as the exchange does, ties up, then taken from 100.
    #[must_use]
    pub fn final_rounded(&self) -> Option<Fraction> {
        let average = self.average.as_ref().filter(|_| self.open_days() == 0)?;
        let places = 10_i64.checked_pow(self.contract.product().settlement_places())?;
        let half = Fraction::ratio(1, 2)?;
        let rounded = (&(average.exact() * &Fraction::integer(places)) + &half).floor();
        Some(&Fraction::integer(100) - &rounded.checked_div(&Fraction::integer(places))?)
    }
}
