//! The sentences of [`Notice`].

use std::fmt;

use chrono::NaiveDate;

use super::Notice;
use crate::market::contract::Contract;
use crate::market::fixings::MissingFixing;
use crate::market::product::OvernightRate;
use crate::text::{escaped, escaped_to};
use crate::units::Rate;

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
                let missing = MissingFixing { day: *day, rate: OvernightRate::Effr };
                write!(f, "{missing}: the fixings are not used for the current month")
            }
            Self::Projected { first, last } if first == last => {
                write!(f, "the meeting of {first} is projected, not announced")
            }
            Self::Projected { first, last } => {
                write!(f, "the meetings from {first} to {last} are projected, not announced")
            }
            Self::Unweighted { contracts, lack } => write!(f, "{}: {lack}", symbols(contracts)),
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
            Self::ProductMissing { product, day } => format!("no quotes of {product} of {day}"),
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
