//! [`AssetProfile`]: what is known of an asset's cash flows.

use std::fmt;

use super::CashFlows;
use crate::embedded;
use crate::problem::ReadError;
use crate::table::Table;
use crate::units::Rate;

/// Whether an input comes from a source or is our assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// From the source that is named.
    Sourced,
    /// Assumed.
    Assumed,
}

impl fmt::Display for InputKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sourced => "sourced",
            Self::Assumed => "assumed",
        })
    }
}

/// An equity asset: its id, its payout yield and where that comes from.
///
/// ```
/// use fedpath::equity::AssetProfile;
/// let sp500 = &AssetProfile::embedded()[0];
/// assert_eq!(sp500.id, "sp500");
/// assert_eq!(sp500.payout_yield.to_string(), "1.15%");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssetProfile {
    /// The id that reports carry.
    pub id: String,
    /// The name.
    pub name: String,
    /// Cash paid to shareholders over the next year as a rate on the price.
    pub payout_yield: Rate,
    /// Whether the payout yield is sourced or assumed.
    pub input: InputKind,
    /// Where the payout yield comes from.
    pub source: String,
}

impl AssetProfile {
    /// The embedded profiles.
    #[must_use]
    pub fn embedded() -> Vec<Self> {
        embedded::read(Self::parse(embedded::ASSETS))
    }

    /// Reads profiles: a table with the columns `id`, `name`, `payout_yield_percent`, `input` (`sourced` or
    /// `assumed`) and `source`.
    ///
    /// # Errors
    /// Where a line is malformed, a column is missing, or a yield is not a number above 0; with line and column.
    pub fn parse(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (id, name, payout_yield) = (column("id")?, column("name")?, column("payout_yield_percent")?);
        let (input, source) = (column("input")?, column("source")?);
        table.read_rows(|row| {
            let yield_cell = row.cell(payout_yield);
            let payout_yield: Rate = yield_cell.parse("a payout yield in percent such as 1.15")?;
            CashFlows::gordon(&payout_yield).map_err(|_| yield_cell.refused("a payout yield above 0 percent"))?;
            Ok(Self {
                id: row.cell(id).text.to_owned(),
                name: row.cell(name).text.to_owned(),
                payout_yield,
                input: match row.cell(input).text {
                    "sourced" => InputKind::Sourced,
                    "assumed" => InputKind::Assumed,
                    _ => return Err(row.cell(input).refused("sourced or assumed")),
                },
                source: row.cell(source).text.to_owned(),
            })
        })
    }

    /// The profile with another payout yield, given by the user.
    #[must_use]
    pub fn with_payout_yield(self, payout_yield: Rate) -> Self {
        Self { payout_yield, input: InputKind::Assumed, source: "given".to_owned(), ..self }
    }
}
