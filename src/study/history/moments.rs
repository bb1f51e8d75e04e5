//! [`MomentStrips`]: the strip of every moment at which a quote with a time of day changed.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::market::contract::ContractMonth;
use crate::quotes::strip::{Strip, StripError, StripOptions};
use crate::quotes::ticks::Tick;
use crate::study::surprise::Length;
use crate::text::moment::Zone;
use crate::units::Price;

/// The strips of quotes with a time of day, one after another: at each moment the last price of every contract, unless it is older
/// than a limit. Quotes of one moment make one strip. No more is held than the last price of each contract.
///
/// The day of a moment is that of New York.
///
/// ```
/// use fedpath::StripOptions;
/// use fedpath::moments::{Length, MomentStrips, Tick};
/// let mut strips = MomentStrips::new(Length::default(), StripOptions::default());
/// let mut quote = |time: &str, contract: &str, price: &str| {
///     strips.take(Tick::new(time.parse().unwrap(), contract.parse().unwrap(), price.parse().unwrap())).unwrap()
/// };
/// assert!(quote("2025-10-29T17:50:00Z", "2025-11", "96.12").is_none());
/// assert!(quote("2025-10-29T17:50:00Z", "2025-12", "96.22").is_none());
/// // A moment ends where the next begins.
/// let first = quote("2025-10-29T18:10:00Z", "2025-12", "96.18").unwrap();
/// assert_eq!((first.time.to_string(), first.strip.unwrap().prices().count()), ("2025-10-29 17:50:00 UTC".into(), 2));
/// let last = strips.end().unwrap();
/// assert_eq!(last.strip.unwrap().price("2025-12".parse()?).unwrap().to_string(), "96.18");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct MomentStrips {
    stale: TimeDelta,
    options: StripOptions,
    at: Option<DateTime<Utc>>,
    prices: BTreeMap<ContractMonth, (DateTime<Utc>, Price)>,
}

/// The strip of a moment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct MomentStrip {
    /// When its last quote was known.
    pub time: DateTime<Utc>,
    /// Its prices; what is wrong with them.
    pub strip: Result<Strip, StripError>,
}

impl MomentStrip {
    /// The day of New York on which the moment lies.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        Zone::NEW_YORK.local(self.time).date_naive()
    }
}

/// A quote that is older than the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The quote's time.
    pub time: DateTime<Utc>,
    /// That of the quote before it.
    pub before: DateTime<Utc>,
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { time, before } = self;
        write!(f, "expected quotes in the order of their times, found {time} behind {before}: sort the file")
    }
}

impl std::error::Error for OutOfOrder {}

impl MomentStrips {
    /// No quote was taken yet. The options are those of [`Strip::from_prices_with`].
    #[must_use]
    pub fn new(stale: Length, options: StripOptions) -> Self {
        Self { stale: stale.into(), options, at: None, prices: BTreeMap::new() }
    }

    /// Takes a quote. The first of a moment ends the moment before, whose strip it returns.
    ///
    /// # Errors
    /// [`OutOfOrder`] where the quote is older than the one before it.
    pub fn take(&mut self, tick: Tick) -> Result<Option<MomentStrip>, OutOfOrder> {
        let ended = match self.at {
            Some(before) if tick.time < before => return Err(OutOfOrder { time: tick.time, before }),
            Some(before) if tick.time > before => Some(self.strip(before)),
            _ => None,
        };
        self.at = Some(tick.time);
        self.prices.insert(tick.contract, (tick.time, tick.price));
        Ok(ended)
    }

    /// The strip of the last moment; `None` where no quote was taken.
    #[must_use]
    pub fn end(mut self) -> Option<MomentStrip> {
        let last = self.at?;
        Some(self.strip(last))
    }

    fn strip(&mut self, time: DateTime<Utc>) -> MomentStrip {
        self.prices.retain(|_, (known, _)| time - *known <= self.stale);
        let prices = self.prices.iter().map(|(contract, (_, price))| (*contract, *price));
        let day = Zone::NEW_YORK.local(time).date_naive();
        MomentStrip { time, strip: Strip::from_prices_with(day, prices, &self.options) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::{Length, MomentStrips, Tick};
    use crate::quotes::strip::StripOptions;

    fn at(time: &str) -> DateTime<Utc> {
        format!("2025-10-29T{time}Z").parse().unwrap()
    }

    fn tick(time: &str, contract: &str, price: &str) -> Tick {
        Tick::new(at(time), contract.parse().unwrap(), price.parse().unwrap())
    }

    #[test]
    fn a_price_older_than_the_limit_is_none_and_time_goes_forward() {
        let mut strips = MomentStrips::new("10m".parse::<Length>().unwrap(), StripOptions::default());
        assert!(strips.take(tick("17:50:00", "2025-11", "96.12")).unwrap().is_none());
        let first = strips.take(tick("18:00:00", "2025-12", "96.22")).unwrap().unwrap();
        assert_eq!(first.strip.unwrap().prices().count(), 1);
        // Ten minutes old is not too old; a second more is.
        let second = strips.take(tick("18:00:01", "2025-12", "96.23")).unwrap().unwrap();
        assert_eq!((second.time, second.strip.unwrap().prices().count()), (at("18:00:00"), 2));
        assert_eq!(strips.clone().end().unwrap().strip.unwrap().prices().count(), 1);
        let refused = strips.take(tick("17:59:00", "2025-12", "96.23")).unwrap_err();
        assert_eq!((refused.time, refused.before), (at("17:59:00"), at("18:00:01")));
    }

    #[test]
    fn an_evening_in_chicago_is_the_next_day_in_london_and_the_same_in_new_york() {
        let mut strips = MomentStrips::new(Length::default(), StripOptions::default());
        assert!(strips.take(tick("23:30:00", "2025-12", "96.22")).unwrap().is_none());
        let night =
            Tick::new("2025-10-30T02:00:00Z".parse().unwrap(), "2025-12".parse().unwrap(), "96.22".parse().unwrap());
        assert!(strips.take(night).unwrap().is_some());
        let last = strips.end().unwrap();
        assert_eq!(
            (last.day().to_string(), last.strip.unwrap().as_of().to_string()),
            ("2025-10-29".into(), "2025-10-29".into())
        );
    }
}
