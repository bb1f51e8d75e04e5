//! [`Data`]: the embedded tables as one value.

use std::sync::{Arc, LazyLock};

use crate::curve::{PassThroughOptions, YieldResponse};
use crate::episode::Episode;
use crate::equity::{AssetProfile, EquityOptions, ReturnNews, ReturnResponse};
use crate::market::calendar::{MeetingCalendar, TargetHistory};
use crate::market::fixings::MonthlyRates;
use crate::reprice::RepriceOptions;
use crate::rule::Assumptions;

/// The tables that the figures rest on besides quotes: the embedded ones, or any of them replaced.
///
/// No figure reads a table by itself: [`Assumptions`] and [`RepriceOptions`] hold those it takes, and their defaults are the
/// embedded ones. `Data` gives both from one place. A copy shares its tables, and so do the options made of it.
///
/// ```
/// use fedpath::{Data, MeetingCalendar, price};
/// let mut data = Data::embedded().clone();
/// data.calendar = MeetingCalendar::parse("announcement\n2025-10-29\n2025-12-10\n")?;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n";
/// let outlook = price(quotes, &data.assumptions())?;
/// assert_eq!(outlook.meetings().len(), 1);
/// assert_eq!(data.reprice_options().equity.assets[0].id, "sp500");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Data {
    /// The meetings.
    pub calendar: MeetingCalendar,
    /// The target ranges through time.
    pub targets: TargetHistory,
    /// The realised averages of past months.
    pub monthly_rates: Arc<MonthlyRates>,
    /// The profiles of equity assets; the first is the one that is shown unasked.
    pub assets: Arc<[AssetProfile]>,
    /// How yields answer policy surprises.
    pub yield_responses: Arc<[YieldResponse]>,
    /// How returns answer policy surprises.
    pub return_responses: Arc<[ReturnResponse]>,
    /// What the answers of returns are news of.
    pub return_news: Arc<[ReturnNews]>,
    /// The illustrative episode.
    pub episode: Arc<Episode>,
}

impl Data {
    /// The embedded tables, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Data> = LazyLock::new(|| Data {
            calendar: MeetingCalendar::embedded(),
            targets: TargetHistory::embedded(),
            monthly_rates: MonthlyRates::embedded(),
            assets: AssetProfile::embedded(),
            yield_responses: YieldResponse::embedded(),
            return_responses: ReturnResponse::embedded(),
            return_news: ReturnNews::embedded(),
            episode: Arc::new(Episode::embedded()),
        });
        &EMBEDDED
    }

    /// [`Assumptions`] by default, on these tables.
    #[must_use]
    pub fn assumptions(&self) -> Assumptions {
        Assumptions {
            calendar: self.calendar.clone(),
            targets: self.targets.clone(),
            monthly_rates: Arc::clone(&self.monthly_rates),
            ..Assumptions::default()
        }
    }

    /// [`RepriceOptions`] by default, on these tables.
    #[must_use]
    pub fn reprice_options(&self) -> RepriceOptions {
        let responses = Arc::clone(&self.yield_responses);
        let equity = EquityOptions {
            assets: self.assets.iter().take(1).cloned().collect(),
            responses: Arc::clone(&self.return_responses),
            news: Arc::clone(&self.return_news),
            profiles: Arc::clone(&self.assets),
            ..EquityOptions::default()
        };
        let pass_through = PassThroughOptions { responses, ..PassThroughOptions::default() };
        RepriceOptions { pass_through, equity, ..RepriceOptions::default() }
    }
}
