//! [`AssetProfile`]: what is known of an asset's cash flows.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;

use super::{AssetInputs, CashFlows, InputKind};
use crate::embedded;
use crate::text::cell::Cell;
use crate::text::problem::ReadError;
use crate::text::table::Table;
use crate::units::Rate;

/// The source of what the user gives.
const GIVEN: &str = "given";

/// An equity asset: its id, its cash flows and where their input comes from.
///
/// ```
/// use fedpath::equity::AssetProfile;
/// let sp500 = &AssetProfile::embedded()[0];
/// assert_eq!(sp500.id, "sp500");
/// assert_eq!(format!("{:.1}", sp500.cash_flows.as_ref().unwrap().macaulay_duration()), "87.0");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AssetProfile {
    /// The id that reports carry.
    pub id: String,
    /// The name.
    pub name: String,
    /// When its value is paid; `None` where nothing is known of that, and no model applies.
    pub cash_flows: Option<CashFlows>,
    /// Whether the cash flows' input is sourced or assumed.
    pub input: InputKind,
    /// Where the input comes from.
    pub source: String,
    /// What else is known of it.
    pub inputs: AssetInputs,
    /// The day of all this, where it is stated.
    pub as_of: Option<NaiveDate>,
}

impl AssetProfile {
    /// The embedded profiles.
    #[must_use]
    pub fn embedded() -> Arc<[Self]> {
        static EMBEDDED: LazyLock<Arc<[AssetProfile]>> =
            LazyLock::new(|| embedded::read(AssetProfile::parse(embedded::ASSETS)).into());
        EMBEDDED.clone()
    }

    /// A profile of these cash flows, assumed; what else is known of the asset is added by [`AssetInputs::set`].
    ///
    /// ```
    /// use fedpath::equity::{AssetProfile, CashFlows, InputName};
    /// let mut own = AssetProfile::new("bank", CashFlows::gordon("2.5%".parse()?)?);
    /// own.inputs.set(InputName::MarketBeta, 1.1, Some("desk"))?;
    /// assert_eq!((own.name.as_str(), own.inputs.market_beta.unwrap().value), ("bank", 1.1));
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    #[must_use]
    pub fn new(id: &str, cash_flows: CashFlows) -> Self {
        Self::without_cash_flows(id).with_cash_flows(cash_flows)
    }

    /// An asset of which only the id is known, such as one whose response a user has estimated.
    #[must_use]
    pub fn without_cash_flows(id: &str) -> Self {
        let [id, name] = [id, id].map(str::to_owned);
        let inputs = AssetInputs::default();
        Self { id, name, cash_flows: None, input: InputKind::Assumed, source: GIVEN.to_owned(), inputs, as_of: None }
    }

    /// Reads profiles: a table with the columns `id`, `name`, `payout_yield_percent`, `input` (`sourced` or
    /// `assumed`) and `source`; where there is a column `duration_years`, a duration there stands for the yield. Any of the
    /// columns of [`AssetInputs`] may follow, each with a column that names its source: `market_beta`,
    /// `market_beta_source`, `debt_to_earnings`, `debt_source`, and so on, as in `data/assets.csv`. An input without a
    /// source is assumed, an empty cell unknown. A line `# as_of: DATE` dates them.
    ///
    /// # Errors
    /// Where a line is malformed, a column is missing, an id is empty, `all` or comes twice, or a number cannot be read or
    /// is out of its range (a yield: 0.0001 to 100 percent); with line and column.
    pub fn parse(text: &str) -> Result<Vec<Self>, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (id, name, payout_yield) = (column("id")?, column("name")?, column("payout_yield_percent")?);
        let (input, source, duration) = (column("input")?, column("source")?, table.column("duration_years"));
        let inputs = AssetInputs::COLUMNS.map(|(name, source, ..)| (table.column(name), table.column(source)));
        let as_of = table.stated_date()?;
        let mut seen = BTreeSet::new();
        table.read_rows(|row| {
            let own = row.cell(id);
            if own.text.is_empty() || own.text == "all" || !seen.insert(own.words()) {
                return Err(own.refused("each id once, and none 'all'").into());
            }
            let mut known = AssetInputs::default();
            for (column, (value, source)) in inputs.into_iter().enumerate() {
                if let Some(cell) = row.optional(value) {
                    known.read(column, cell, row.optional(source).map(Cell::words))?;
                }
            }
            Ok(Self {
                id: own.words(),
                name: row.cell(name).words(),
                cash_flows: Some(cash_flows(row.cell(payout_yield), row.optional(duration))?),
                input: match row.cell(input).text {
                    "sourced" => InputKind::Sourced,
                    "assumed" => InputKind::Assumed,
                    _ => return Err(row.cell(input).refused("sourced or assumed").into()),
                },
                source: row.cell(source).words(),
                inputs: known,
                as_of,
            })
        })
    }

    /// The profile with other cash flows, given by the user, and no longer dated.
    #[must_use]
    pub fn with_cash_flows(self, cash_flows: CashFlows) -> Self {
        Self { cash_flows: Some(cash_flows), input: InputKind::Assumed, source: GIVEN.to_owned(), as_of: None, ..self }
    }
}

fn cash_flows(payout_yield: Cell<'_>, duration: Option<Cell<'_>>) -> Result<CashFlows, ReadError> {
    if let Some(years) = duration {
        if !payout_yield.text.is_empty() {
            return Err(years.refused("a payout yield or a duration, not both").into());
        }
        let expected = "a duration between 0.1 and 10000 years";
        return Ok(
            CashFlows::duration_only(years.number(expected, 0.1..=10_000.0)?).map_err(|_| years.refused(expected))?
        );
    }
    let rate: Rate = payout_yield.parse("a payout yield in percent such as 1.15")?;
    Ok(CashFlows::gordon(rate).map_err(|_| payout_yield.refused("a payout yield between 0.0001 and 100 percent"))?)
}
