//! [`Board`]: the prices of one moment by contract month, as whole numbers of a unit.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::outlook::PriceError;
use crate::quotes::SCALE;
use crate::quotes::strip::Strip;
use crate::units::Price;

/// The decimal places of a unit: those of a half tick, `96.11625`.
const PLACES: u32 = 5;
const UNITS_PER_POINT: u32 = 100_000;

/// The prices of fed funds futures at one moment, as whole numbers of 0.00001 points: what a stream of prices is kept on.
///
/// It has a place for each of 128 months from the one before its day's month on. No rule reads a contract before them, nor one
/// after: their prices are let go. A price stands until another comes, or the board is cleared.
///
/// ```
/// use fedpath::history::Board;
/// let mut board = Board::new("2025-11-21".parse()?);
/// assert_eq!(board.set("2025-12".parse()?, 9_618_000)?, None);
/// assert_eq!(board.set("2025-12".parse()?, 9_618_500)?, Some(9_618_000), "the price before");
/// assert!(board.set("2025-12".parse()?, 382_000).is_err(), "a rate is no price");
/// assert_eq!(Board::half_tick(9_611_630), 9_611_625);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Board {
    day: NaiveDate,
    /// The month before its own.
    first: ContractMonth,
    /// The places that have a price, a bit each.
    quoted: u128,
    units: [i32; Board::PLACES],
}

impl Board {
    /// The places of a board.
    pub const PLACES: usize = 128;

    /// A board of a day, without prices.
    #[must_use]
    pub fn new(day: NaiveDate) -> Self {
        Self { day, first: ContractMonth::of(day).previous(), quoted: 0, units: [0; Self::PLACES] }
    }

    /// Takes all prices off, and begins another day, or the same.
    pub fn clear(&mut self, day: NaiveDate) {
        self.quoted = 0;
        if day != self.day {
            (self.day, self.first) = (day, ContractMonth::of(day).previous());
        }
    }

    /// The day.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The contract of the first place, that of the month before the day's.
    #[must_use]
    pub fn first(&self) -> ContractMonth {
        self.first
    }

    /// The place of a contract; `None` of one that no rule reads.
    #[must_use]
    pub fn place(&self, contract: ContractMonth) -> Option<usize> {
        let place = usize::try_from(contract.months_after(self.first)).ok()?;
        (place < Self::PLACES).then_some(place)
    }

    /// Sets the price of a contract in units, and gives the one that stood before. Of a contract that no rule reads, nothing.
    ///
    /// # Errors
    /// [`PriceError::OffScale`] for a price below 75 or above 105 points; the board then stands as before.
    pub fn set(&mut self, contract: ContractMonth, units: i32) -> Result<Option<i32>, PriceError> {
        let on_scale = |units: u32| (SCALE.start() * UNITS_PER_POINT..=SCALE.end() * UNITS_PER_POINT).contains(&units);
        if !u32::try_from(units).is_ok_and(on_scale) {
            return Err(PriceError::OffScale(Product::default().contract(contract)));
        }
        Ok(self.place(contract).and_then(|place| self.put(place, units)))
    }

    /// As [`Board::set`] of the contract at a place, for a price that is known to be on scale.
    pub fn put(&mut self, place: usize, units: i32) -> Option<i32> {
        let bit = 1_u128.checked_shl(u32::try_from(place).ok()?)?;
        let before = (self.quoted & bit != 0).then_some(self.units[place]);
        self.quoted |= bit;
        self.units[place] = units;
        before
    }

    /// The price at a place in units.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<i32> {
        let units = self.units.get(place)?;
        (self.quoted >> place & 1 == 1).then_some(*units)
    }

    /// The half tick that a price printed with four decimals, the last a 3 or an 8, was rounded from; any other price as it is.
    #[must_use]
    pub fn half_tick(units: i32) -> i32 {
        if units % 50 == 30 { units - 5 } else { units }
    }

    /// The places that have a price, a bit each.
    pub(super) fn quoted(&self) -> u128 {
        self.quoted
    }

    /// The prices at these places as the strip of the day.
    pub(super) fn strip(&self, places: u128) -> Strip {
        let mut month = self.first;
        let prices = (0..Self::PLACES).filter_map(|place| {
            let contract = month;
            month = month.next();
            let units = self.at(place).filter(|_| places >> place & 1 == 1)?;
            let points = Decimal::new(units.into(), PLACES).normalize();
            Some((contract, Price::from_points(points).ok()?))
        });
        Strip::of_prices(self.day, prices)
    }
}
