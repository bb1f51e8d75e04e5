//! The scale and the grids that prices lie on.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::market::calendar::is_weekend;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::units::Price;

/// The prices that fed funds futures can have: rates of 25 to -5 percent. Since 1988 they were 89 to 100.
pub(crate) const SCALE: RangeInclusive<u32> = Product::FedFunds.price_scale();

/// Whether a number of points is a price that such futures can have.
pub(crate) fn on_scale(points: Decimal) -> bool {
    let [lowest, highest] = [*SCALE.start(), *SCALE.end()].map(Decimal::from);
    (lowest..=highest).contains(&points)
}

/// A price of digits and a point on that scale, as nearly every cell has it, without what floats left in it.
pub(super) fn fixed_price(text: &[u8]) -> Option<Price> {
    Price::read_fixed(text, SCALE).map(without_noise)
}

/// What a detour through floats left of a price (`96.18000030517578`) is the price of four places it came from.
pub(super) fn without_noise(price: Price) -> Price {
    if price.points().scale() <= 6 {
        return price;
    }
    let rounded = price.points().round_dp(4);
    let noise = (price.points() - rounded).abs() < Decimal::new(1, 5);
    if noise { Price::from_points(rounded).map_or(price, Price::shortened) } else { price }
}

/// The half tick that a price with exactly four decimals, the last a 3 or an 8, was rounded from: bid and ask
/// mids lie on a grid of 0.00125, and a page that shows four decimals rounds 96.11625 up to 96.1163.
pub(crate) fn half_tick(printed: Price) -> Option<Price> {
    let points = printed.points();
    let rounded_half = points.scale() == 4 && matches!(printed.in_units(4)? % 10, 3 | 8);
    rounded_half.then(|| Price::from_points(points - Decimal::new(5, 5)).ok()).flatten()
}

/// Whether a price lies on a grid the exchange prints for the contract: half ticks while it trades, 0.001 for its final
/// settlement, on its last business day and after.
pub(crate) fn on_tick_grid(contract: Contract, price: Price, as_of: NaiveDate) -> bool {
    // A price of more places than half a tick of 0.0001 lies on no grid.
    let Some(units) = price.in_units(5) else { return false };
    let half_tick = 5 * contract.product().tick_in_ten_thousandths(contract.month(), as_of);
    units % half_tick == 0 || contract.month() < month_of_next_weekday(as_of) && units % 100 == 0
}

/// The month of the next day that is no Saturday or Sunday: on the last weekday of a month the month after.
fn month_of_next_weekday(day: NaiveDate) -> ContractMonth {
    ContractMonth::of(day.iter_days().skip(1).find(|day| !is_weekend(*day)).unwrap_or(day))
}
