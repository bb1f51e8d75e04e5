//! [`Maker`]: who wrote a table, by the names of its first columns, and what only its maker tells of it.

use super::role::{Role, key};
use crate::quotes::Format;
use crate::text::cell::Cell;

/// Who wrote a table, and what that says of it.
pub(super) struct Maker {
    pub(super) format: Format,
    /// The keys of the columns that the header begins with.
    header: &'static [&'static str],
    /// A column whose name says another thing elsewhere.
    pub(super) known: Option<(&'static str, Role)>,
    /// Whether dates have the month first, whatever the country.
    pub(super) american: bool,
    /// Whether its change is in points.
    pub(super) change_in_points: bool,
}

const fn maker(format: Format, header: &'static [&'static str], known: Option<(&'static str, Role)>) -> Maker {
    Maker { format, header, known, american: false, change_in_points: false }
}

const BARCHART: Maker = Maker { american: true, ..maker(Format::BarchartHistory, &[], None) };

/// In the order in which a header is held against them: the longer first.
const MAKERS: [Maker; 17] = [
    maker(
        Format::Pyfedwatch,
        &["date", "open", "high", "low", "close", "volume", "openinterest", "symbol"],
        Some(("close", Role::Settle)),
    ),
    Maker {
        change_in_points: true,
        ..maker(Format::Quandl, &["date", "open", "high", "low", "last", "change", "settle", "volume"], None)
    },
    maker(Format::Yahoo, &["date", "open", "high", "low", "close"], None),
    maker(Format::Yfinance, &["price", "close", "high", "low", "open"], Some(("price", Role::Date))),
    maker(Format::Yfinance, &["price", "adjclose"], Some(("price", Role::Date))),
    maker(Format::Yfinance, &["price", "close", "close"], Some(("price", Role::Date))),
    maker(Format::Investing, &["date", "price", "open", "high", "low"], Some(("price", Role::Last))),
    maker(Format::Investing, &["datum", "zuletzt", "eroffn", "hoch", "tief"], None),
    maker(Format::Investing, &["date", "dernier", "ouv", "plushaut", "plusbas"], None),
    maker(Format::Investing, &["fecha", "ultimo", "apertura", "maximo", "minimo"], None),
    Maker { header: &["time", "open", "high", "low", "latest"], ..BARCHART },
    Maker { header: &["symbol", "time", "open", "high", "low", "latest"], ..BARCHART },
    Maker { header: &["time", "open", "high", "low", "last"], ..BARCHART },
    Maker { header: &["symbol", "time", "open", "high", "low", "last"], ..BARCHART },
    maker(Format::Yfinance, &["date", "close", "high", "low", "open"], None),
    maker(Format::DatabentoOhlcv, &["tsevent"], None),
    maker(Format::TradingView, &["time", "open", "high", "low", "close"], None),
];

impl Maker {
    /// The maker of a header.
    pub(super) fn of(header: &[Cell<'_>]) -> Option<&'static Self> {
        let keys: Vec<String> = header.iter().map(|cell| key(cell.text)).collect();
        // `MetaTrader` puts its names in brackets.
        if header.iter().any(|cell| cell.text.starts_with('<')) {
            return None;
        }
        // A table that names its contracts row by row is nobody's, whatever its columns.
        if ["contract", "contractsymbol", "contractmonth"].iter().any(|name| keys.iter().any(|found| found == name)) {
            return None;
        }
        MAKERS.iter().find(|maker| {
            keys.len() >= maker.header.len() && keys.iter().zip(maker.header).all(|(found, wanted)| found == wanted)
        })
    }
}
