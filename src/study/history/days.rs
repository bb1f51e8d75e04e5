//! [`History`]: the days of quotes of many days, priced in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{DayReason, Every, HistoryDay, LastSettlements};
use crate::market::calendar::is_weekend;
use crate::market::contract::ContractMonth;
use crate::outlook::Outlook;
use crate::quotes::strip::{Strip, StripOptions};
use crate::quotes::{DailyQuotes, Snapshot};
use crate::rule::Assumptions;

/// Which days of a history are priced, and from which prices.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct HistoryOptions {
    /// How a day's strip is taken from its quotes; the date is always the day's own. Of `anchors` a day takes those of the
    /// month before it alone: before that month was over its last settlement was not known.
    pub strip: StripOptions,
    /// The first day; the first of the quotes where `None`.
    pub from: Option<NaiveDate>,
    /// The last day; the last of the quotes where `None`.
    pub to: Option<NaiveDate>,
    /// Which days between them; every one by default.
    pub every: Every,
}

impl HistoryOptions {
    /// With another way to take a day's strip.
    #[must_use]
    pub fn with_strip(self, strip: StripOptions) -> Self {
        Self { strip, ..self }
    }

    /// With a first day.
    #[must_use]
    pub fn with_from(self, from: NaiveDate) -> Self {
        Self { from: Some(from), ..self }
    }

    /// With a last day.
    #[must_use]
    pub fn with_to(self, to: NaiveDate) -> Self {
        Self { to: Some(to), ..self }
    }

    /// With a choice of days.
    #[must_use]
    pub fn with_every(self, every: Every) -> Self {
        Self { every, ..self }
    }

    /// The days from the first to the last wanted one, of days in order.
    fn within<'d>(&self, days: &'d [NaiveDate]) -> &'d [NaiveDate] {
        let first = self.from.map_or(0, |from| days.partition_point(|day| *day < from));
        let end = self.to.map_or(days.len(), |to| days.partition_point(|day| *day <= to));
        days.get(first..end).unwrap_or_default()
    }

    /// Whether a day lies between the first and the last wanted one.
    pub(super) fn wants(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The days of a table of quotes or of an indexed file, each priced with what was known on it.
///
/// The range is the one in force on the day. The month before a day, whose contract has expired, is an anchor through
/// the last settlement that an earlier day has of it, in the month's last seven days; where none has, through the day's own
/// price of it, or the month's realised average, as on a day alone. A final settlement, which some files have on the
/// first day of the next month, does not take the place of the last daily one.
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{History, HistoryOptions};
/// let text = "date,contract,settle\n2025-11-28,ZQX25,96.1225\n2025-11-28,ZQF26,96.31\n2025-11-28,ZQG26,96.38\n\
///     2025-12-01,ZQF26,96.29\n2025-12-01,ZQG26,96.36\n";
/// let mut table = QuoteTable::default();
/// table.add("november", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let history = History::new(&table, &assumptions, HistoryOptions::default());
/// let easing = |day: fedpath::history::HistoryDay| Ok(day.outlook?.meetings()[0].cumulative.ease().to_string());
/// let priced: Result<Vec<String>, fedpath::history::DayReason> = history.days().map(easing).collect();
/// // On 1 December ZQX25 has left the quotes; its settlement of the Friday is carried.
/// assert_eq!(priced?, ["72%", "64%"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct History<'a> {
    quotes: Arc<dyn DailyQuotes + Send + 'a>,
    assumptions: Arc<Assumptions>,
    options: HistoryOptions,
    /// Every day of the quotes.
    all: Vec<NaiveDate>,
    /// Those on which an exchange may settle.
    weekdays: Vec<NaiveDate>,
    /// Those that are wanted.
    selected: Vec<NaiveDate>,
}

impl<'a> History<'a> {
    /// The history of quotes of many days under assumptions: given by value or shared, both are its own, and it can be kept
    /// and sent; given by reference, the quotes are borrowed and the assumptions copied.
    #[must_use]
    pub fn new(
        quotes: impl DailyQuotes + Send + 'a,
        assumptions: impl Into<Arc<Assumptions>>,
        options: HistoryOptions,
    ) -> Self {
        let (quotes, assumptions) = (Arc::new(quotes), assumptions.into());
        let all = quotes.days();
        let weekdays: Vec<NaiveDate> = all.iter().copied().filter(|day| !is_weekend(*day)).collect();
        let selected = options.every.of(options.within(&weekdays));
        Self { quotes, assumptions, options, all, weekdays, selected }
    }

    /// Every day of the quotes that is no Saturday or Sunday, in order.
    #[must_use]
    pub fn weekdays(&self) -> &[NaiveDate] {
        &self.weekdays
    }

    /// The days that the options select, in order.
    #[must_use]
    pub fn selected(&self) -> &[NaiveDate] {
        &self.selected
    }

    /// What is taken as given.
    #[must_use]
    pub fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// The selected days, priced one after another as the iterator is driven, and between them the Saturdays and Sundays of
    /// the quotes, which have no price.
    pub fn days(&self) -> impl Iterator<Item = HistoryDay> {
        self.days_on(self.selected_and_weekends())
    }

    /// Given days of the quotes, selected or not, priced in order. A day without quotes gives nothing.
    pub fn days_on(&self, wanted: BTreeSet<NaiveDate>) -> impl Iterator<Item = HistoryDay> {
        self.strips_on(wanted).map(|(date, strip)| {
            let price = |strip: Strip| Outlook::price(&strip, &self.assumptions).map_err(DayReason::Policy);
            HistoryDay { date, outlook: strip.and_then(price) }
        })
    }

    /// The strips of the selected days in order, to be priced by [`DailyTables`](super::DailyTables), and between them the Saturdays and
    /// Sundays of the quotes, which have none.
    pub fn strips(&self) -> impl Iterator<Item = (NaiveDate, Result<Strip, DayReason>)> {
        self.strips_on(self.selected_and_weekends())
    }

    /// The selected days, and between them the Saturdays and Sundays of the quotes: those that [`History::days`] goes through.
    #[must_use]
    pub fn selected_and_weekends(&self) -> BTreeSet<NaiveDate> {
        let weekend = self.options.within(&self.all).iter().filter(|day| is_weekend(**day));
        self.selected.iter().chain(weekend).copied().collect()
    }

    /// The strips of given days of the quotes, selected or not, in order. A day without quotes gives nothing.
    pub fn strips_on(
        &self,
        wanted: BTreeSet<NaiveDate>,
    ) -> impl Iterator<Item = (NaiveDate, Result<Strip, DayReason>)> {
        let mut settled: LastSettlements = LastSettlements::default();
        // A day needs the month before it and nothing earlier.
        let first = wanted.first().map(|day| ContractMonth::of(*day).previous().first_day());
        let (first, last) = (first.unwrap_or(NaiveDate::MAX), wanted.last().copied().unwrap_or(NaiveDate::MIN));
        let days = self.all.iter().copied().filter(move |day| first <= *day && *day <= last);
        days.filter_map(move |date| {
            let is_wanted = wanted.contains(&date);
            if !is_wanted && !<LastSettlements>::may_be_last(date) {
                return None;
            }
            let snapshot = match self.quotes.snapshot(date) {
                Ok(snapshot) => snapshot?,
                Err(error) => return Some((date, Err(DayReason::NotRead(error)))),
            };
            let of_its_month =
                snapshot.quote(ContractMonth::of(date)).and_then(|quote| self.options.strip.price.of(&quote));
            if let Some(price) = of_its_month {
                settled.add(date, price);
            }
            is_wanted.then(|| (date, self.strip(date, &snapshot, &settled)))
        })
    }

    /// The same quotes under other assumptions, their half ticks as printed or restored.
    pub(crate) fn under(&self, assumptions: impl Into<Arc<Assumptions>>, as_printed: bool) -> Self {
        let mut history = History { assumptions: assumptions.into(), ..self.clone() };
        history.options.strip.as_printed = as_printed;
        history
    }

    pub(crate) fn options(&self) -> &HistoryOptions {
        &self.options
    }

    fn strip(&self, date: NaiveDate, snapshot: &Snapshot, settled: &LastSettlements) -> Result<Strip, DayReason> {
        if is_weekend(date) {
            return Err(DayReason::Weekend);
        }
        let (first, _) = self.assumptions.calendar.span();
        if ContractMonth::of(date) < first {
            return Err(DayReason::BeforeCalendar(first.year()));
        }
        let before = ContractMonth::of(date).previous();
        let given = self.options.strip.anchors.get(&before).copied();
        let mut options = self.options.strip.clone();
        options.as_of = Some(date);
        let quoted = snapshot.quote(before).and_then(|quote| options.price.of(&quote)).is_some();
        let anchor = given.or_else(|| settled.of(before, quoted));
        options.anchors = anchor.map(|price| (before, price)).into_iter().collect();
        Strip::new(snapshot, &options).map_err(DayReason::Strip)
    }
}
