//! The public modules whose types come from several rooms: each is one job.

/// What a chance can be while prices move within intervals: [`OutcomeBounds`](bounds::OutcomeBounds).
///
/// ```
/// use fedpath::bounds::{Event, PriceIntervals};
/// use fedpath::{Assumptions, Strip, View, what_if::Jacobian};
/// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
/// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
/// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
/// let bounds = Jacobian::new(&strip, &Assumptions::default())?.bounds(PriceIntervals::half_ticks(&strip))?;
/// let ease = bounds.probability(0, View::Cumulative, Event::Ease).unwrap();
/// assert!(ease.low.probability.exact() < ease.high.probability.exact());
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod bounds {
    pub use crate::outlook::{
        Bound, Event, Feasible, Interval, MeanOutsideMoves, OutcomeBounds, PriceIntervals, ProbabilityBounds,
        QuoteOutsideInterval, TooManyMoves,
    };
}

/// Many rows of prices, or one strip that ticks: exact tables in about a microsecond each.
///
/// ```
/// use fedpath::bulk::TableSession;
/// use fedpath::{Assumptions, Strip};
/// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
/// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
/// let mut session = TableSession::new(&Strip::from_prices("2025-11-21".parse()?, prices)?, &Assumptions::default())?;
/// let table = session.update("2026-01".parse()?, "96.22".parse()?)?;
/// assert_eq!(format!("{:.4}", table.meetings().next().unwrap().ease()), "0.3721");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod bulk {
    pub use crate::outlook::{MeetingTable, OutcomeTable, PlanError, PriceError, Share, TablePlan, TableSession};
    pub use crate::processors::{on_all_processors, processors};
}

/// When the Fed decides: how a meeting came onto the calendar, and which days are business days.
///
/// ```
/// use fedpath::calendar::{MeetingKind, next_business_day};
/// let march = fedpath::MeetingCalendar::embedded().meeting_on("2020-03-18".parse()?).unwrap().kind();
/// assert!(matches!(march, MeetingKind::Cancelled { .. }));
/// assert_eq!(next_business_day("2025-11-26".parse()?).to_string(), "2025-11-28", "Thanksgiving is none");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod calendar {
    pub use crate::market::calendar::{HolidayCalendar, MeetingKind, TargetChange, is_business_day, next_business_day};
    pub use crate::market::fixings::MissingFixing;
}

/// What a file holds, row by row, and what is wrong with it.
///
/// ```
/// use fedpath::{ReadOptions, check::FileCheck};
/// let check = FileCheck::of("contract,price\nZQX25,96.x\n", &ReadOptions::default());
/// assert_eq!(check.problems()[0].position().unwrap().to_string(), "2:7");
/// ```
pub mod check {
    pub use crate::quotes::check::{Content, FileCheck};
    pub use crate::text::tally::{Skip, Tally};
}

/// Quote files beyond one snapshot: formats, long files day by day, the parts of a quote.
///
/// ```
/// use fedpath::{QuoteFile, ReadOptions, files::Format};
/// let file = QuoteFile::parse("date,contract,settle\n2025-11-21,ZQZ5,96.18\n", &ReadOptions::default())?;
/// assert_eq!(file.format(), Format::Long);
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod files {
    pub use crate::market::fixings::FixingsFormat;
    pub use crate::quotes::{
        ColumnName, ColumnNameError, DailyQuotes, Format, Mark, MeetingRates, ProductQuotes, QuoteIndex, QuoteSet,
        QuoteStream, SessionPrice, unpack_at_most,
    };
}

/// Many days: an outlook a day, changes between days, and how often what was priced happened.
///
/// ```
/// use fedpath::history::{History, HistoryOptions};
/// use fedpath::{Assumptions, Quote, QuoteTable};
/// let mut quotes = QuoteTable::default();
/// for (contract, price) in [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")] {
///     quotes.insert("2025-11-21".parse()?, contract.parse()?, Quote::settled(price.parse()?))?;
/// }
/// // The history owns its quotes: it can be kept and sent.
/// let history = History::new(quotes, Assumptions::default(), HistoryOptions::default());
/// let easing = history.days().map(|day| Ok(day.outlook?.meetings()[0].cumulative.ease().to_string()));
/// assert_eq!(easing.collect::<Result<Vec<_>, fedpath::Error>>()?, ["35%"]);
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod history {
    pub use crate::study::history::{
        Bin, Board, BoardTable, BoardTables, BrierScore, Calibration, CalibrationPlan, DailyTable, DailyTables,
        DayReason, DeltaPlan, Every, Forecast, History, HistoryDay, HistoryOptions, HistorySummary, HorizonCalibration,
        LastSettlements, MeetingDelta, MeetingSeries, NextMeeting, NotJudged, PlannedDay, SeriesDay, Span,
        TableRemarks,
    };
}

/// The parts of a [`PolicyPath`](crate::PolicyPath): where each rate comes from, what has no price, how every contract fits.
///
/// ```
/// use fedpath::path::RateSource;
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2026-01,96.215\n2026-02,96.285\n";
/// let outlook = fedpath::price(quotes, &fedpath::Assumptions::default())?;
/// assert_eq!(outlook.meetings()[0].step.before_from, RateSource::Anchor("2025-11".parse()?));
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod path {
    pub use crate::market::period::Period;
    pub use crate::rule::{Between, ContractFit, PolicyError, RateSource, Solved, Unpriced, Weights};
    pub use crate::schedule::DayCount;
}

/// One path from fed funds and SOFR futures: options of the fit, and what it says beside the path.
///
/// ```
/// use fedpath::joint::Basis;
/// assert_eq!(Basis::default().to_string(), "knots:0,150,450");
/// ```
pub mod joint {
    pub use crate::rule::{
        Basis, BasisKnot, JointFit, JointOptions, LeftOutContract, ObservedBasis, Prediction, SharedLevel, SilentReason,
    };
}

/// What a futures contract is on: the overnight rate, and how it is averaged.
///
/// ```
/// use fedpath::Product;
/// assert_eq!("ZQ".parse::<Product>()?, Product::default());
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod product {
    pub use crate::market::product::{Averaging, OvernightRate};
    pub use crate::market::settlement::Settlement;
}

/// CME's own figures against ours.
///
/// ```
/// use fedpath::published::PublishedTable;
/// let table = PublishedTable::parse("Date,(350-375),(375-400)\n2025/11/21,0.71,0.29\n", Some("2025-12-10".parse()?))?;
/// assert_eq!(table.days().len(), 1);
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod published {
    pub use crate::study::published::{Agreement, PublishedCell, PublishedComparison, PublishedTable};
}

/// What a strategist quotes of one day: the next meeting's odds, what is priced by a date, the lowest and the highest rate.
///
/// ```
/// use fedpath::summary::Summary;
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let summary = Summary::new(&strip, &Assumptions::default())?;
/// assert_eq!(summary.outlook().meetings()[0].cumulative.ease().to_string(), "35%");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod summary {
    pub use crate::study::summary::{Direction, PricedBy, RateExtreme, Summary, Until};
}

/// What an announcement surprised with: MP1, MP2 and the next ones.
///
/// ```
/// use fedpath::MeetingCalendar;
/// use fedpath::surprise::{PolicySurprise, RateChanges, SurpriseRule};
/// let changes: RateChanges = [("2025-11".parse()?, "0.5".parse()?)].into_iter().collect();
/// let day = "2025-10-29".parse()?;
/// let surprise = PolicySurprise::new(day, &changes, &MeetingCalendar::embedded(), SurpriseRule::SevenDay);
/// assert_eq!(surprise.current().surprise.as_ref().unwrap().to_string(), "0.5bp");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod surprise {
    pub use crate::study::surprise::{
        Announcement, MeetingSurprise, NoSurprise, NoWindow, PolicySurprise, RateChanges, SurpriseRule, SurpriseSource,
        SurpriseWindow, WindowKind,
    };
}

/// Quotes with a time of day, and the surprise of an announcement in a window of minutes.
#[cfg(feature = "moments")]
pub mod moments {
    pub use crate::market::announcement_times::AnnouncementTimes;
    pub use crate::quotes::ticks::{Tick, TickStream};
    pub use crate::study::history::{MomentStrip, MomentStrips, OutOfOrder};
    pub use crate::study::surprise::{
        EdgePrice, EdgePrices, Length, MomentSpan, MomentSurprise, MomentWindows, NoPrices,
    };
    pub use crate::text::moment::{NoMoment, Zone};
}

/// Questions to a strip: slopes, prices for a wanted chance, fair prices after a decision, other rules beside this one.
///
/// ```
/// use fedpath::{Assumptions, Strip, what_if::WhatIf};
/// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
/// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
/// let strip = Strip::from_prices("2025-11-21".parse()?, prices)?;
/// let what_if = WhatIf::new(&strip, Assumptions::default())?;
/// let wanted = what_if.price_for("2025-12-10".parse()?, -1, &"65%".parse()?)?;
/// assert_eq!(wanted.moves.to_string(), "-13/20");
/// # Ok::<(), fedpath::Error>(())
/// ```
pub mod what_if {
    pub use crate::outlook::{
        Compared, Comparison, FairPrice, Jacobian, Surprise, Wanted, WantedPrice, WhatIf, WhatIfError,
    };
    pub use crate::rule::Linear;
}

/// Options on futures, and what prediction markets quote: what a file says, and where a chain contradicts itself.
///
/// ```
/// use fedpath::options::OptionFile;
/// let text = "# as_of: 2025-11-21\ncontract,type,strike,settle\nZQZ25,call,96.25,0.0125\n";
/// assert_eq!(OptionFile::parse(text, None)?.chains()[0].label(), "OZQZ25");
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub mod options {
    pub use crate::quotes::markets::{MarketOutcome, MarketQuote, MarketTable, UnknownOutcome};
    pub use crate::quotes::options::{
        ChainRule, ChainViolation, OptionChain, OptionContract, OptionFile, OptionProduct, OptionQuote, OptionSide,
        Premium,
    };
}
