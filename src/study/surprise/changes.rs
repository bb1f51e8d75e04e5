//! [`RateChanges`]: how far implied rates moved over a window.

use std::collections::BTreeMap;

use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::quotes::strip::Strip;
use crate::units::{BasisPoints, Price};

/// The change of the implied rate of each contract over a window.
///
/// ```
/// use fedpath::Strip;
/// use fedpath::surprise::RateChanges;
/// let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
/// let strip = |date, price: &str| Strip::from_prices(day(date), [("2025-11".parse().unwrap(), price.parse().unwrap())]).unwrap();
/// let changes = RateChanges::between(&strip("2025-10-28", "96.12"), &strip("2025-10-29", "96.09"));
/// assert_eq!(changes.of("2025-11".parse()?).unwrap().to_string(), "3bp");
/// # Ok::<(), fedpath::ContractError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RateChanges {
    product: Product,
    changes: BTreeMap<ContractMonth, BasisPoints>,
}

impl RateChanges {
    /// The changes of the contracts that both strips have.
    #[must_use]
    pub fn between(before: &Strip, after: &Strip) -> Self {
        Self::of_prices(after.product(), |contract| before.price(contract), after.prices())
    }

    /// The changes of the contracts of a product that have a price before, too.
    pub(super) fn of_prices(
        product: Product,
        before: impl Fn(ContractMonth) -> Option<Price>,
        after: impl Iterator<Item = (ContractMonth, Price)>,
    ) -> Self {
        let change = |(contract, later): (ContractMonth, Price)| {
            let earlier = before(contract)?;
            Some((contract, &later.implied_rate() - &earlier.implied_rate()))
        };
        Self::of_product(product, after.filter_map(change))
    }

    /// Changes of the contracts of a product.
    #[must_use]
    pub fn of_product(product: Product, changes: impl IntoIterator<Item = (ContractMonth, BasisPoints)>) -> Self {
        Self { product, changes: changes.into_iter().collect() }
    }

    /// The product of the contracts.
    #[must_use]
    pub fn product(&self) -> Product {
        self.product
    }

    /// The change of one contract, where both sides of the window have it.
    #[must_use]
    pub fn of(&self, contract: ContractMonth) -> Option<&BasisPoints> {
        self.changes.get(&contract)
    }
}

impl FromIterator<(ContractMonth, BasisPoints)> for RateChanges {
    /// Of fed funds futures.
    fn from_iter<Changes: IntoIterator<Item = (ContractMonth, BasisPoints)>>(changes: Changes) -> Self {
        Self::of_product(Product::default(), changes)
    }
}
