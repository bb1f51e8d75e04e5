//! [`Format`]: the name of what a quote file is written in.

use std::fmt;

/// The formats of quote files that are read, each recognised from its content.
///
/// | format | days | trade date | settle | last | open, high, low | volume | open interest |
/// |---|---|---|---|---|---|---|---|
/// | CME STL settlement report, v1 and v2 | one | in the file | yes | yes, marked | yes, marked | estimated | prior day |
/// | CME settlement CSV, and its JSON | one | in the file | yes | - | high and low, marked | - (prior day's) | prior day |
/// | CME FIXML settlements | one | in the file | yes | close | yes, marked | - (prior day's) | prior day |
/// | CME website settlement JSON | one | in the whole payload, else `--as-of` | yes | yes, marked | yes, marked | estimated | prior day |
/// | pasted CME website table | one | `--as-of`, or a line `Trade date` | yes | yes, marked | yes, marked | estimated | prior day |
/// | `DataMine` End of Day | many | in the file | yes | Globex close, marked | Globex, marked | yes | yes |
/// | Barchart quote board | one | in its footer or a row, else `--as-of` | where marked `s` | yes | yes | yes | yes |
/// | Barchart history (one contract) | many | in the file | - | yes | yes | yes | if there |
/// | Databento `statistics` | many | in the file | yes | if there | if there | cleared | yes |
/// | Databento `ohlcv-1d` | many | in the file | - | yes | yes | yes | - |
/// | Yahoo, yfinance, Investing.com, Stooq, `TradingView` (one contract) | many | in the file | - | yes | yes | yes | if there |
/// | Quandl (one contract) | many | in the file | yes | yes | yes | yes | prior day |
/// | pyfedwatch (one contract) | many | in the file | close | - | yes | yes | yes |
/// | rates dated by meeting, `meeting,implied_rate` | one | a column `date`, a line `# as_of:`, else `--as-of` | - | - | - | - | - |
/// | plain table `contract,price` | one | a line `# as_of:`, else `--as-of` | yes | column `last` | if given | if given | if given |
/// | long table `date,contract,settle` | many | in the file | yes | column `last` | if given | if given | if given |
///
/// The JSON and FIXML formats, and packed files, need feature `formats`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Format {
    /// CME STL settlement report, 110 columns (2009 to about 2017).
    StlV1,
    /// CME STL settlement report, 138 columns.
    StlV2,
    /// CME daily settlement CSV of 29 columns (`cbt.settle.20191220.s.csv`).
    SettleCsv,
    /// The same columns as a JSON array.
    SettleJson,
    /// CME daily settlements in FIXML (`cbt.settle.20121105.s.xml`).
    Fixml,
    /// The settlements that CME's website loads.
    WebsiteJson,
    /// The settlements table of CME's website, copied and pasted.
    WebsiteTable,
    /// CME `DataMine` End of Day CSV.
    DataMineEod,
    /// Barchart quote board.
    BarchartBoard,
    /// Barchart price history of one contract.
    BarchartHistory,
    /// Databento schema `ohlcv-1d`.
    DatabentoOhlcv,
    /// Databento schema `statistics`.
    DatabentoStatistics,
    /// Yahoo price history of one contract; Stooq's has the same columns.
    Yahoo,
    /// What Python's yfinance writes: several header rows.
    Yfinance,
    /// Investing.com price history of one contract.
    Investing,
    /// Quandl price history of one contract.
    Quandl,
    /// `TradingView` export of one contract.
    TradingView,
    /// Price history of one contract as pyfedwatch keeps them.
    Pyfedwatch,
    /// Rates dated by meeting: `meeting,implied_rate`.
    MeetingRates,
    /// The table a person types: `contract,price`.
    Plain,
    /// The table of many days: `date,contract,settle`.
    Long,
    /// No file: quotes at hand.
    Given,
    /// The quotes page of CME's website, pasted.
    QuotesPage,
    /// Records in JSON, each a row of a table.
    Records,
    /// A row a day of one contract, by whomever.
    History,
    /// A table with a column, or several, for each contract: `Date,ZQX25,ZQZ25`.
    Wide,
    /// Quotes with a time of day, a row each.
    Ticks,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::StlV1 => "CME STL settlement report, v1",
            Self::StlV2 => "CME STL settlement report, v2",
            Self::SettleCsv => "CME settlement CSV",
            Self::SettleJson => "CME settlement JSON of the CSV's columns",
            Self::Fixml => "CME FIXML settlements",
            Self::WebsiteJson => "CME website settlement JSON",
            Self::WebsiteTable => "pasted CME website table",
            Self::DataMineEod => "CME DataMine End of Day CSV",
            Self::BarchartBoard => "Barchart quote board",
            Self::BarchartHistory => "Barchart price history",
            Self::DatabentoOhlcv => "Databento ohlcv-1d CSV",
            Self::DatabentoStatistics => "Databento statistics CSV",
            Self::Yahoo => "Yahoo price history",
            Self::Yfinance => "yfinance price history",
            Self::Investing => "Investing.com price history",
            Self::Quandl => "Quandl price history",
            Self::TradingView => "TradingView price history",
            Self::Pyfedwatch => "pyfedwatch price history",
            Self::MeetingRates => "rates dated by meeting",
            Self::Plain => "plain contract,price table",
            Self::Long => "long date,contract,settle table",
            Self::Given => "quotes at hand",
            Self::QuotesPage => "pasted CME quotes page",
            Self::Records => "JSON records",
            Self::History => "price history of one contract",
            Self::Wide => "wide table, a column a contract",
            Self::Ticks => "quotes with a time of day",
        })
    }
}
