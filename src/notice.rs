//! [`Notice`]: what a reader of the numbers should know although it stops nothing.

use std::fmt;

use chrono::NaiveDate;

use crate::market::calendar::TargetRange;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::{OvernightRate, Product};
use crate::method::MethodId;
use crate::text::problem::Position;
use crate::text::{escaped, escaped_to, printable};
use crate::units::{BasisPoints, Price, Rate};

/// A warning: the result stands, on the assumption named here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(remote = "Self", tag = "kind", rename_all = "kebab-case")
)]
#[non_exhaustive]
pub enum Notice {
    /// The report says its prices are preliminary.
    Preliminary,
    /// There is no TOTAL line to check the volumes against.
    NoTotal,
    /// The file ends with the TOTAL lines of its fed funds section: an excerpt of a report, complete in itself.
    NoEndOfReport,
    /// A price ending in the digits of a rounded half tick was read as the half tick.
    HalfTick {
        /// The contract.
        contract: Contract,
        /// The price in the file.
        printed: Price,
        /// The price used.
        read: Price,
    },
    /// A price lies on none of the grids that the exchange prints.
    OffTickGrid {
        /// The contract.
        contract: Contract,
        /// The price.
        price: Price,
    },
    /// The valuation date is not the day of the quotes.
    OtherDate {
        /// The day the file says its quotes are of.
        quoted: NaiveDate,
        /// The valuation date.
        as_of: NaiveDate,
    },
    /// What columns of a table are taken for, where their names are others than the plain table's.
    ColumnsTaken {
        /// Each as `contract in 'RIC'`.
        columns: Vec<String>,
    },
    /// Rows of a table that are of other products, or of spreads.
    RowsSkipped {
        /// How many are of other products.
        others: usize,
        /// How many are of spreads.
        spreads: usize,
        /// What the others are.
        holds: String,
    },
    /// Lines above a table that are no part of it.
    AboveTable {
        /// How many they are.
        lines: usize,
        /// The first of them.
        first: String,
    },
    /// The contract of a history that names none is taken from the name of its file.
    ContractOfName {
        /// As it stands in the name.
        label: String,
    },
    /// Of quotes of several days the newest are used.
    NewestDay {
        /// The day that is used.
        day: NaiveDate,
        /// How many days there are.
        days: usize,
    },
    /// The file does not say which future its prices are of: they are taken as the wanted one's.
    ProductAssumed {
        /// The product.
        product: Product,
    },
    /// There are no prices of a product that is to be priced beside fed funds futures.
    ProductMissing {
        /// The product.
        product: Product,
        /// The day.
        day: NaiveDate,
    },
    /// A column that says no more than `close` is read as the settlement price.
    CloseIsSettle {
        /// The column's name in the file.
        column: String,
    },
    /// Columns of a table that nothing is read from.
    ColumnsNotRead {
        /// Their names in the file.
        columns: Vec<String>,
    },
    /// Prices that are last trades, not settlements.
    LastTrades,
    /// Quotes of days on which no exchange settles.
    Weekend {
        /// The first of them.
        first: NaiveDate,
        /// How many they are.
        count: usize,
    },
    /// A row of a file speaks of an earlier day than the file.
    Stale {
        /// The contract.
        contract: Contract,
        /// The day of its row.
        day: NaiveDate,
    },
    /// An opening price, a high or a low is off any scale of futures that settle at 100 less a rate, and left out.
    OffScale {
        /// The price in the file.
        price: String,
    },
    /// The highest price of a session lies below the lowest.
    HighBelowLow {
        /// The contract.
        contract: ContractMonth,
        /// The highest price.
        high: Price,
        /// The lowest price.
        low: Price,
    },
    /// A price given by the user stands for the file's own of an expired contract.
    Replaced {
        /// The contract.
        contract: Contract,
        /// The price in the file.
        quoted: Price,
        /// The price used.
        given: Price,
    },
    /// A price given by the user is not used: the contract trades, and the file has its price.
    NotUsed {
        /// The contract.
        contract: Contract,
        /// The price in the file.
        quoted: Price,
        /// The price not used.
        given: Price,
    },
    /// Another price was asked about of contracts that the rule does not read: it changes nothing.
    NotRead {
        /// The contracts.
        contracts: Vec<Contract>,
        /// Those that the rule reads.
        read: Vec<Contract>,
    },
    /// One given target range was taken on both sides of a decision.
    OneTarget {
        /// The range.
        range: TargetRange,
        /// The decision between the two days.
        decision: NaiveDate,
    },
    /// A contract expired more than a month before the valuation date: nothing reads it, or its year is mistyped.
    LongExpired {
        /// The contract.
        contract: Contract,
    },
    /// A contract lies more than ten years after its trade date: its year is mistyped, or of another century.
    FarAhead {
        /// The contract.
        contract: ContractMonth,
    },
    /// The months without a meeting between two meetings imply different rates: the change between them belongs to no
    /// meeting, and the outcomes do not hold it.
    AnchorsDisagree {
        /// The month that gives the rate after the earlier meeting.
        earlier: Contract,
        /// The month that gives the rate before the later one.
        later: Contract,
        /// The rate of the later month less that of the earlier.
        change: BasisPoints,
    },
    /// A contract of the file has no price of the wanted kind.
    NoPrice {
        /// The contract.
        contract: Contract,
        /// What was wanted, such as `settle`; empty where any price would do.
        wanted: &'static str,
    },
    /// A meeting lies between the last day the target history is known for and the valuation date.
    TargetAssumed {
        /// The range taken to be in force.
        range: TargetRange,
        /// The last day the history is known for.
        known_to: NaiveDate,
        /// The first decision it does not know.
        decision: NaiveDate,
    },
    /// An expired contract is not among the quotes: the average of the realised rates stands for its last settlement.
    RealisedAnchor {
        /// The contract.
        contract: Contract,
        /// The month's average.
        average: Rate,
    },
    /// A move off the calendar was announced on the valuation date: prices know of it, the range in force does not yet.
    MovedToday {
        /// The range in force, from which outcomes are counted.
        range: TargetRange,
        /// The range from the next day on.
        announced: TargetRange,
    },
    /// Rates are dated by meeting: nothing is solved from contracts.
    RatesByMeeting,
    /// The fixings lack a business day of the current month: its realised days are not taken into account.
    FixingMissing {
        /// The day.
        day: NaiveDate,
    },
    /// Dates of meetings are projected, not announced.
    Projected {
        /// The first of them, by its announcement.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
    },
    /// Contracts have no bid and ask, or no volume, and are weighed by their tick, or not at all.
    Unweighted {
        /// The contracts.
        contracts: Vec<Contract>,
        /// What they lack, and what is done about it.
        lack: &'static str,
    },
    /// Contracts that the joint fit reads are missed by more than a basis point: a price is stale, or the basis has another shape.
    Missed {
        /// The contract that is missed most.
        contract: Contract,
        /// Its model price less the quoted one.
        residual: BasisPoints,
        /// How many contracts are missed so far.
        count: usize,
    },
    /// Meetings that rest on where quotes or calendar end are left out of what sums over the path.
    ProvisionalLeftOut {
        /// The first of them, by its announcement.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
    },
    /// Meetings were solved from their own contracts because the quotes end.
    StripEnds {
        /// The first of them, by its announcement.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
        /// The first contract past the quotes.
        missing: Contract,
    },
    /// Meetings were solved from their own contracts because the calendar ends.
    CalendarEnds {
        /// The first of them, by its announcement.
        first: NaiveDate,
        /// The last of them.
        last: NaiveDate,
        /// The last month of the calendar.
        end: ContractMonth,
    },
    /// Fewer meetings were priced than asked for.
    FewerMeetings {
        /// How many were asked for.
        asked: usize,
        /// How many were priced.
        priced: usize,
        /// Why.
        reason: String,
    },
    /// A figure of the report was left out.
    LeftOut {
        /// What is missing.
        what: LeftOut,
        /// Why.
        reason: LeftOutReason,
    },
}

/// The fields of the notice, its `kind`, and its sentence as `message`.
#[cfg(feature = "serde")]
impl serde::Serialize for Notice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Fields<'a>(&'a Notice);
        impl serde::Serialize for Fields<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Notice::serialize(self.0, serializer)
            }
        }
        #[derive(serde::Serialize)]
        struct Told<'a> {
            #[serde(flatten)]
            fields: Fields<'a>,
            message: String,
        }
        Told { fields: Fields(self), message: self.to_string() }.serialize(serializer)
    }
}

/// A figure that a report does not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LeftOut {
    /// What a method makes of the shift.
    Method(MethodId),
    /// What a method makes of the shift for one asset.
    MethodFor {
        /// The method.
        method: MethodId,
        /// The asset's id.
        asset: String,
    },
    /// The market's benchmarks for an asset.
    BenchmarksFor {
        /// The asset's id.
        asset: String,
    },
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method(method) => f.write_str(&printable(method.as_str())),
            Self::MethodFor { method, asset } => {
                write!(f, "{} for {}", printable(method.as_str()), printable(asset))
            }
            Self::BenchmarksFor { asset } => write!(f, "the market's benchmarks for {}", printable(asset)),
        }
    }
}

/// Why a figure is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LeftOutReason {
    /// The calendar holds no meeting after this one, to which the shift could be postponed.
    NoMeetingAfter(NaiveDate),
    /// A shift alone was given, and the method takes the whole path.
    ShiftAlone,
    /// The shift leaves no discount rate above the growth rate.
    NoBound,
    /// The price more than doubles: so near to the growth rate the discount rate says nothing of a price.
    BeyondModel,
    /// The financing cost takes all earnings.
    NoEarnings,
    /// The profile of the asset has no market beta.
    NoMarketBeta,
    /// The coefficient times the shift takes more than the whole price.
    WholePrice,
}

impl fmt::Display for LeftOutReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMeetingAfter(meeting) => write!(f, "the calendar holds no meeting after {meeting}"),
            Self::ShiftAlone => f.write_str("a shift alone says nothing of the later meetings; two quote files do"),
            Self::NoBound => {
                f.write_str("the shift leaves no discount rate above the growth rate, and the price has no bound")
            }
            Self::BeyondModel => f.write_str(
                "outside the domain of the model: the shift takes the discount rate so near to the growth rate that the \
                 price more than doubles",
            ),
            Self::NoEarnings => f.write_str("the financing cost takes all earnings"),
            Self::NoMarketBeta => f.write_str("its profile has no market beta"),
            Self::WholePrice => {
                f.write_str("the shift is so large that the coefficient takes more than the whole price")
            }
        }
    }
}

/// A warning, and the place it speaks of where it is one place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Remark {
    /// The warning.
    pub notice: Notice,
    /// Its place.
    pub position: Option<Position>,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Preliminary => f.write_str("the report says its prices are preliminary"),
            Self::NoTotal => f.write_str("there is no TOTAL line, so the volumes are unchecked"),
            Self::NoEndOfReport => {
                f.write_str("the file is an excerpt: it ends with the fed funds section, which is complete")
            }
            Self::RatesByMeeting => f.write_str(
                "rates are dated by meeting: no contract is read, and what is said of contracts has no part",
            ),
            Self::LastTrades => f.write_str("the prices are last trades, not settlements"),
            Self::Weekend { first, count: 1 } => write!(f, "the trade date {first} is a {}", first.format("%A")),
            Self::Weekend { first, count } => {
                write!(f, "{count} trade dates are on a weekend, the first {first}, a {}", first.format("%A"))
            }
            Self::OffScale { price } => {
                write!(f, "a price of the session, '{}', is off any scale and left out", escaped(price))
            }
            Self::HighBelowLow { contract, high, low } => {
                write!(f, "the high {high} of {contract} lies below its low {low}")
            }
            Self::HalfTick { contract, printed, read } => {
                write!(f, "{} at {printed} is read as the half tick {read}", contract.symbol())
            }
            Self::OffTickGrid { contract, price } => {
                write!(f, "{} at {price} is off the tick grid", contract.symbol())
            }
            Self::ProductAssumed { .. }
            | Self::Missed { .. }
            | Self::Stale { .. }
            | Self::ProductMissing { .. }
            | Self::CloseIsSettle { .. }
            | Self::ColumnsNotRead { .. }
            | Self::ColumnsTaken { .. }
            | Self::RowsSkipped { .. }
            | Self::AboveTable { .. }
            | Self::ContractOfName { .. }
            | Self::NewestDay { .. } => f.write_str(&self.of_reading()),
            Self::OtherDate { quoted, as_of } => write!(f, "valued as of {as_of}, on quotes of {quoted}"),
            Self::Replaced { contract, quoted, given } => {
                write!(f, "{} at {quoted} in the file is replaced by {given}", contract.symbol())
            }
            Self::NotUsed { contract, quoted, given } => {
                write!(f, "{} trades at {quoted} in the file: the given {given} is not used", contract.symbol())
            }
            Self::NotRead { contracts, read } => f.write_str(&not_read(contracts, read)),
            Self::OneTarget { range, decision } => {
                write!(f, "the range {range} is taken on both days, with the decision of {decision} between them")
            }
            Self::LongExpired { contract } => {
                write!(f, "{} expired more than a month before the valuation date", contract.symbol())
            }
            Self::FarAhead { contract } => write!(f, "{contract} lies more than ten years after the trade date"),
            Self::AnchorsDisagree { earlier, later, change } => write!(
                f,
                "{} and {} have no meeting between them and imply rates {change:+.2} apart: no outcome holds that change",
                earlier.symbol(),
                later.symbol()
            ),
            Self::NoPrice { contract, wanted } => {
                if wanted.is_empty() {
                    write!(f, "{} has no price and is left out", contract.month())
                } else {
                    write!(f, "{} has no {wanted} price and is left out", contract.symbol())
                }
            }
            Self::TargetAssumed { range, known_to, decision } => write!(
                f,
                "target range {range} assumed: the table is known to {known_to}, the decision of {decision} is not in it"
            ),
            Self::RealisedAnchor { contract, average } => f.write_str(&realised_anchor(*contract, average)),
            Self::MovedToday { range, announced } => write!(
                f,
                "a move to {announced} was announced on the day: prices know of it, outcomes are counted from {range}"
            ),
            Self::FixingMissing { day } => {
                let missing = crate::market::fixings::MissingFixing { day: *day, rate: OvernightRate::Effr };
                write!(f, "{missing}: the fixings are not used for the current month")
            }
            Self::Projected { first, last } if first == last => {
                write!(f, "the meeting of {first} is projected, not announced")
            }
            Self::Projected { first, last } => {
                write!(f, "the meetings from {first} to {last} are projected, not announced")
            }
            Self::Unweighted { contracts, lack } => {
                write!(f, "{}: {lack}", symbols(contracts))
            }
            Self::ProvisionalLeftOut { first, last } => f.write_str(&provisional_left_out(*first, *last)),
            Self::StripEnds { first, last, missing } => {
                write!(f, "the quotes end before {}: {}", missing.symbol(), solved_forward(*first, *last))
            }
            Self::CalendarEnds { first, last, end } => {
                write!(f, "the calendar ends with {}: {}", end.words(), solved_forward(*first, *last))
            }
            Self::FewerMeetings { asked, priced, reason } => {
                write!(f, "{priced} of {asked} meetings priced: {reason}")
            }
            Self::LeftOut { what, reason } => write!(f, "{what} left out: {reason}"),
        }
    }
}

impl Notice {
    /// What was taken for what when a file was read.
    fn of_reading(&self) -> String {
        match self {
            Self::Stale { contract, day } => {
                format!("the row of {} is of {day}, an earlier day than the file", contract.symbol())
            }
            Self::Missed { contract, residual, count } => {
                let others = match count {
                    1 => String::new(),
                    2 => ", and one more contract by more than 1 bp".to_owned(),
                    _ => format!(", and {} more contracts by more than 1 bp", count - 1),
                };
                format!("the path misses {} by {:+.2} bp{others}: a stale price?", contract.symbol(), residual.exact())
            }
            Self::ProductMissing { product, day } => format!("no prices of {product} of {day}"),
            Self::ProductAssumed { product } => format!("the file does not name its product: {product} assumed"),
            Self::CloseIsSettle { column } => {
                format!("the column '{}' is read as the settlement price", escaped(column))
            }
            Self::ColumnsNotRead { columns } => {
                format!("nothing is read from the columns {}", escaped_to(&columns.join(", "), 120))
            }
            Self::ColumnsTaken { columns } => format!("read by its columns: {}", escaped_to(&columns.join(", "), 200)),
            Self::RowsSkipped { others, spreads, holds } => {
                let rows = |count: usize| format!("{count} row{}", if count == 1 { "" } else { "s" });
                let others = (*others > 0).then(|| format!("{} of other products ({holds})", rows(*others)));
                let spreads = (*spreads > 0).then(|| format!("{} of spreads", rows(*spreads)));
                let parts: Vec<String> = others.into_iter().chain(spreads).collect();
                format!("not read: {}", parts.join(" and "))
            }
            Self::AboveTable { lines: 1, first } => {
                format!("the line above the table is skipped: '{}'", escaped(first))
            }
            Self::AboveTable { lines, first } => {
                format!("{lines} lines above the table are skipped, the first '{}'", escaped(first))
            }
            Self::ContractOfName { label } => {
                format!("the contract {} is taken from the name of the file", escaped(label))
            }
            Self::NewestDay { day, days } => format!("quotes of {day} are used, the newest of {days} days"),
            _ => String::new(),
        }
    }
}

fn symbols(contracts: &[Contract]) -> String {
    contracts.iter().map(|contract| contract.symbol()).collect::<Vec<_>>().join(", ")
}

fn not_read(contracts: &[Contract], read: &[Contract]) -> String {
    let (they, its) = if contracts.len() == 1 { ("", "its price changes") } else { ("any of ", "their prices change") };
    format!("the rule does not read {they}{}, so {its} nothing; it reads {}", symbols(contracts), symbols(read))
}

fn realised_anchor(contract: Contract, average: &Rate) -> String {
    // How far a month's last settlement lay from its realised average: months without a meeting, 1994 to 2023.
    let (years, far) = if contract.month().year() < 2009 { ("in 1994-2008", "3.9") } else { ("since 2009", "0.4") };
    format!(
        "{} has expired and is not in the quotes: the average of the realised rates, {average:.3}, stands for its last \
         settlement; the two lay up to {far} bp apart {years}",
        contract.symbol()
    )
}

fn provisional_left_out(first: NaiveDate, last: NaiveDate) -> String {
    let what = "where the quotes or the calendar end: left out of the strip figures";
    if first == last {
        format!("the meeting of {first} rests on {what}")
    } else {
        format!("the meetings from {first} to {last} rest on {what}")
    }
}

fn solved_forward(first: NaiveDate, last: NaiveDate) -> String {
    if first == last {
        format!("the meeting of {first} is solved forward from its own contract")
    } else {
        format!("the meetings of {first} to {last} are solved forward from their own contracts")
    }
}
