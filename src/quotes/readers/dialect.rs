//! [`Dialect`]: how each vendor names the columns of a history of one contract.

use super::opening::Opening;
use crate::quotes::Format;

/// How one vendor names its columns.
pub(super) struct Dialect {
    pub(super) format: Format,
    /// The columns that tell the vendor, in lower case: the file's header begins with them.
    header: &'static [&'static str],
    /// The column of the last price.
    pub(super) close: &'static str,
    /// Whether that is a settlement.
    pub(super) settles: bool,
}

const fn dialect(format: Format, header: &'static [&'static str], close: &'static str) -> Dialect {
    Dialect { format, header, close, settles: false }
}

/// In the order in which a file is offered to them: the longer header first.
const DIALECTS: [Dialect; 13] = [
    Dialect {
        format: Format::Pyfedwatch,
        header: &["date", "open", "high", "low", "close", "volume", "openinterest", "symbol"],
        close: "close",
        settles: true,
    },
    dialect(Format::Quandl, &["date", "open", "high", "low", "last", "change", "settle", "volume"], "last"),
    dialect(Format::Yahoo, &["date", "open", "high", "low", "close"], "close"),
    dialect(Format::Yfinance, &["price", "close", "high", "low", "open"], "close"),
    dialect(Format::Yfinance, &["price", "adj close"], "close"),
    // One column of each name a symbol.
    dialect(Format::Yfinance, &["price", "close", "close"], "close"),
    dialect(Format::Investing, &["date", "price", "open", "high", "low"], "price"),
    dialect(Format::BarchartHistory, &["time", "open", "high", "low", "latest"], "latest"),
    dialect(Format::BarchartHistory, &["symbol", "time", "open", "high", "low", "latest"], "latest"),
    dialect(Format::BarchartHistory, &["time", "open", "high", "low", "last"], "last"),
    dialect(Format::BarchartHistory, &["symbol", "time", "open", "high", "low", "last"], "last"),
    dialect(Format::Yfinance, &["date", "close", "high", "low", "open"], "close"),
    dialect(Format::TradingView, &["time", "open", "high", "low", "close"], "close"),
];

impl Dialect {
    /// The dialect of a file's header.
    pub(super) fn of(opening: &Opening<'_>) -> Option<&'static Self> {
        // A table that names its contracts row by row is a long table, whatever its columns.
        if ["contract", "contract_symbol", "contract_month"].iter().any(|column| opening.has(column)) {
            return None;
        }
        DIALECTS.iter().find(|dialect| opening.begins_with(dialect.header))
    }
}
