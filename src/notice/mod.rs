//! [`Notice`]: what a reader of the numbers should know although it stops nothing.

mod left_out;
mod shortfall;
mod words;

pub use left_out::{LeftOut, LeftOutReason};
pub use shortfall::{Lack, Shortfall, UnpricedReason};

use chrono::NaiveDate;

use crate::market::calendar::TargetRange;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::text::problem::Position;
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
    /// There are no quotes of a product beside those of fed funds futures of a day.
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
        /// What they lack.
        lack: Lack,
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
        reason: Shortfall,
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
