//! [`MomentWindows`]: the last prices before both edges of windows of minutes, found in quotes with a time of day.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};

use super::{PolicySurprise, RateChanges, SurpriseRule};
use crate::market::calendar::MeetingCalendar;
use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::quotes::ticks::Tick;
use crate::text::moment::Zone;
use crate::units::{NotAccepted, Price};

/// A window around a moment, `-10m..+20m`: from so long before it to so long after it.
///
/// ```
/// use fedpath::moments::MomentSpan;
/// let half_an_hour: MomentSpan = "-10m..+20m".parse()?;
/// assert_eq!(half_an_hour.to_string(), "-10m..+20m");
/// assert!("+20m..-10m".parse::<MomentSpan>().is_err());
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MomentSpan {
    from: TimeDelta,
    to: TimeDelta,
}

impl FromStr for MomentSpan {
    type Err = NotAccepted;

    /// Reads two lengths with their signs, in seconds, minutes or hours: `-10m..+20m`, `-90s..+1h`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let edges = text.split_once("..").and_then(|(from, to)| Some((signed(from)?, signed(to)?)));
        let edges = edges.filter(|(from, to)| from < to);
        edges.map(|(from, to)| Self { from, to }).ok_or_else(|| NotAccepted::expected("a window such as -10m..+20m"))
    }
}

impl fmt::Display for MomentSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edge =
            |edge: TimeDelta| format!("{}{}", if edge < TimeDelta::zero() { '-' } else { '+' }, told(edge.abs()));
        f.pad(&format!("{}..{}", edge(self.from), edge(self.to)))
    }
}

/// A length of time: `30m`, `90s`, `2h`.
///
/// ```
/// use fedpath::moments::Length;
/// assert_eq!("30m".parse::<Length>()?.to_string(), "30m");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(TimeDelta);

impl Default for Length {
    /// 30 minutes: how old a price may be at an edge where nothing else is said.
    fn default() -> Self {
        Self(TimeDelta::minutes(30))
    }
}

impl From<Length> for TimeDelta {
    fn from(length: Length) -> Self {
        length.0
    }
}

impl FromStr for Length {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let length = length(text).filter(|length| *length > TimeDelta::zero());
        length.map(Self).ok_or_else(|| NotAccepted::expected("a length of time such as 30m, 90s or 2h"))
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&told(self.0))
    }
}

fn signed(text: &str) -> Option<TimeDelta> {
    match text.split_at_checked(1)? {
        ("+", rest) => length(rest),
        ("-", rest) => length(rest).map(|length| -length),
        _ => (text == "0").then(TimeDelta::zero),
    }
}

/// At most a week: an edge farther off is around no announcement.
fn length(text: &str) -> Option<TimeDelta> {
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let digits = !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit());
    let count: i64 = count.parse().ok().filter(|count| digits && *count <= 604_800)?;
    let length = match unit {
        "s" => TimeDelta::seconds(count),
        "m" => TimeDelta::minutes(count),
        "h" => TimeDelta::hours(count),
        _ => return None,
    };
    (length <= TimeDelta::days(7)).then_some(length)
}

fn told(length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    match (seconds % 3_600, seconds % 60) {
        (0, _) if seconds > 0 => format!("{}h", seconds / 3_600),
        (_, 0) => format!("{}m", seconds / 60),
        _ => format!("{seconds}s"),
    }
}

/// The last price of a contract before an edge, and when it was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EdgePrice {
    /// When it was known.
    pub time: DateTime<Utc>,
    /// The price.
    pub price: Price,
}

/// The prices at an edge of a window, by contract.
pub type EdgePrices = BTreeMap<ContractMonth, EdgePrice>;

/// Windows around announcements, and the last price of each contract at or before both edges of each. Quotes may come in any
/// order; of two of one moment the later one counts. A price that is older at an edge than a limit is none.
///
/// Memory: a price for each contract and edge, however many quotes there are.
///
/// ```
/// use fedpath::moments::{Length, MomentWindows, Tick};
/// use fedpath::surprise::SurpriseRule;
/// use fedpath::MeetingCalendar;
/// let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().unwrap();
/// let mut windows = MomentWindows::new([at("2025-10-29T18:00:00Z")], "-10m..+20m".parse()?, Length::default());
/// let november = "2025-11".parse()?;
/// // At 17:50 the price of 17:49 holds, at 18:20 that of 18:05; the one of 18:21 is too late.
/// for (time, price) in [("17:49", "96.12"), ("18:05", "96.09"), ("18:21", "96.10")] {
///     windows.take(Tick::new(at(&format!("2025-10-29T{time}:00Z")), november, price.parse()?));
/// }
/// let found = windows.surprises(&MeetingCalendar::embedded(), SurpriseRule::SevenDay);
/// assert_eq!(found[0].surprise.as_ref().unwrap().current().surprise.as_ref().unwrap().to_string(), "3bp");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct MomentWindows {
    announced: Vec<DateTime<Utc>>,
    span: MomentSpan,
    stale: Length,
    product: Product,
    /// The moments of the edges in their order, each once, and what is known there.
    edges: Vec<(DateTime<Utc>, EdgePrices)>,
}

/// An announcement at a moment, and its surprise.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MomentSurprise {
    /// When it was made.
    pub announced: DateTime<Utc>,
    /// The edges of the window.
    pub edges: [DateTime<Utc>; 2],
    /// The prices at both edges.
    pub prices: [EdgePrices; 2],
    /// The surprise, or why there is none.
    pub surprise: Result<PolicySurprise, NoPrices>,
}

/// At an edge of the window no contract has a price that is not too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
pub enum NoPrices {
    /// At the edge before it.
    Before,
    /// At the edge after it.
    After,
}

impl fmt::Display for NoPrices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Before => "no price before its window that is not too old",
            Self::After => "no price at the end of its window that is not too old",
        })
    }
}

impl std::error::Error for NoPrices {}

impl MomentWindows {
    /// Windows of this span around moments, with no price older than `stale` at an edge.
    #[must_use]
    pub fn new(announced: impl IntoIterator<Item = DateTime<Utc>>, span: MomentSpan, stale: Length) -> Self {
        let mut announced: Vec<DateTime<Utc>> = announced.into_iter().collect();
        announced.sort_unstable();
        announced.dedup();
        let mut edges: Vec<DateTime<Utc>> =
            announced.iter().flat_map(|moment| [span.from, span.to].map(|edge| *moment + edge)).collect();
        edges.sort_unstable();
        edges.dedup();
        let edges = edges.into_iter().map(|edge| (edge, EdgePrices::new())).collect();
        Self { announced, span, stale, product: Product::default(), edges }
    }

    /// With prices of another product.
    #[must_use]
    pub fn of_product(self, product: Product) -> Self {
        Self { product, ..self }
    }

    /// Takes a quote.
    pub fn take(&mut self, tick: Tick) {
        let first = self.edges.partition_point(|(edge, _)| *edge < tick.time);
        for (edge, prices) in &mut self.edges[first..] {
            if *edge - tick.time > self.stale.0 {
                break;
            }
            let found = EdgePrice { time: tick.time, price: tick.price };
            let held = prices.entry(tick.contract).or_insert(found);
            if held.time <= tick.time {
                *held = found;
            }
        }
    }

    /// The surprises, in the order of their moments.
    #[must_use]
    pub fn surprises(&self, calendar: &MeetingCalendar, rule: SurpriseRule) -> Vec<MomentSurprise> {
        let at = |edge: DateTime<Utc>| {
            let place = self.edges.partition_point(|(known, _)| *known < edge);
            self.edges.get(place).map(|(_, prices)| prices.clone()).unwrap_or_default()
        };
        let surprise = |announced: &DateTime<Utc>| {
            let edges = [self.span.from, self.span.to].map(|edge| *announced + edge);
            let prices = edges.map(at);
            let surprise = match &prices {
                [before, _] if before.is_empty() => Err(NoPrices::Before),
                [_, after] if after.is_empty() => Err(NoPrices::After),
                [before, after] => {
                    let known = |contract| before.get(&contract).map(|edge: &EdgePrice| edge.price);
                    let later = after.iter().map(|(contract, edge)| (*contract, edge.price));
                    let changes = RateChanges::of_prices(self.product, known, later);
                    // The day of an announcement is New York's.
                    let day = Zone::NEW_YORK.local(*announced).date_naive();
                    Ok(PolicySurprise::new(day, &changes, calendar, rule))
                }
            };
            MomentSurprise { announced: *announced, edges, prices, surprise }
        };
        self.announced.iter().map(surprise).collect()
    }
}
