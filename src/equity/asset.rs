//! [`AssetProfile`]: what is known of an asset's cash flows.

use std::collections::BTreeSet;
use std::fmt;

use super::CashFlows;
use crate::embedded;
use crate::problem::ReadError;
use crate::table::Table;
use crate::units::Rate;

/// Whether an input comes from a source or is our assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// An equity asset: its id, its cash flows and where their input comes from.
///
/// ```
/// use fedpath::equity::AssetProfile;
/// let sp500 = &AssetProfile::embedded()[0];
/// assert_eq!(sp500.id, "sp500");
/// assert_eq!(format!("{:.1}", sp500.cash_flows.duration()), "87.0");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AssetProfile {
    /// The id that reports carry.
    pub id: String,
    /// The name.
    pub name: String,
    /// When its value is paid.
    pub cash_flows: CashFlows,
    /// Whether the cash flows' input is sourced or assumed.
    pub input: InputKind,
    /// Where the input comes from.
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
    /// Where a line is malformed, a column is missing, an id comes twice, or a yield is not between 0.0001 and 100
    /// percent; with line and column.
    pub fn parse(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (id, name, payout_yield) = (column("id")?, column("name")?, column("payout_yield_percent")?);
        let (input, source) = (column("input")?, column("source")?);
        let mut seen = BTreeSet::new();
        table.read_rows(|row| {
            let yield_cell = row.cell(payout_yield);
            let payout_yield: Rate = yield_cell.parse("a payout yield in percent such as 1.15")?;
            let cash_flows = CashFlows::gordon(payout_yield)
                .map_err(|_| yield_cell.refused("a payout yield between 0.0001 and 100 percent"))?;
            if !seen.insert(row.cell(id).text.to_owned()) {
                return Err(row.cell(id).refused("each id once").into());
            }
            Ok(Self {
                id: row.cell(id).text.to_owned(),
                name: row.cell(name).text.to_owned(),
                cash_flows,
                input: match row.cell(input).text {
                    "sourced" => InputKind::Sourced,
                    "assumed" => InputKind::Assumed,
                    _ => return Err(row.cell(input).refused("sourced or assumed").into()),
                },
                source: row.cell(source).text.to_owned(),
            })
        })
    }

    /// The profile with other cash flows, given by the user.
    #[must_use]
    pub fn with_cash_flows(self, cash_flows: CashFlows) -> Self {
        Self { cash_flows, input: InputKind::Assumed, source: "given".to_owned(), ..self }
    }
}
