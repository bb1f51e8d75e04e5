//! Other prices of contracts of any product, fitted anew.

use std::collections::{BTreeMap, BTreeSet};

use super::{Outlook, WhatIf, WhatIfError};
use crate::market::contract::{Contract, ContractMonth};
use crate::notice::Notice;
use crate::quotes::strip::Strip;
use crate::rule::PolicyPath;
use crate::units::{BasisPoints, Fraction, Price};

impl WhatIf {
    /// As [`WhatIf::with_prices`], for contracts of every product of the strip.
    ///
    /// # Errors
    /// As [`WhatIf::with_prices`].
    pub fn with_contract_prices(&self, prices: &BTreeMap<Contract, Price>) -> Result<Outlook, WhatIfError> {
        let mut path = PolicyPath::solve(&self.strip_at(prices)?, &self.assumptions)?;
        path.notices.extend(self.not_read(prices.keys().copied()));
        Ok(Outlook::new(path)?)
    }

    /// The outlook with each SOFR future that the rule reads higher by a basis point (0.01), fitted anew: the path bends with their
    /// prices, and has slopes in those of fed funds futures alone.
    ///
    /// # Errors
    /// As [`WhatIf::with_contract_prices`].
    pub fn sofr_bumped(&self) -> Result<Vec<(Contract, Outlook)>, WhatIfError> {
        let rise = BasisPoints::from_exact(Fraction::integer(1));
        let bumped = |contract: Contract| {
            let higher = self.quoted(contract)?.moved(&rise)?;
            Some(self.with_contract_prices(&[(contract, higher)].into()).map(|outlook| (contract, outlook)))
        };
        let beside = self.read().into_iter().filter(|contract| contract.product() != self.strip.product());
        beside.filter_map(bumped).collect()
    }

    /// Prices by month as prices of the strip's own product.
    pub(super) fn of_own_product(&self, prices: &BTreeMap<ContractMonth, Price>) -> BTreeMap<Contract, Price> {
        prices.iter().map(|(month, price)| (self.strip.product().contract(*month), *price)).collect()
    }

    /// The strip with other prices of some contracts.
    pub(super) fn strip_at(&self, prices: &BTreeMap<Contract, Price>) -> Result<Strip, WhatIfError> {
        let mut strip = self.strip.clone();
        for (contract, price) in prices {
            self.quoted(*contract).ok_or(WhatIfError::NotQuoted(*contract))?;
            strip = strip.with_contract_price(*contract, *price)?;
        }
        Ok(strip)
    }

    /// Which of these contracts the rule does not read.
    pub(super) fn not_read(&self, contracts: impl Iterator<Item = Contract>) -> Option<Notice> {
        let read = self.read();
        let contracts: Vec<Contract> = contracts.filter(|contract| !read.contains(contract)).collect();
        (!contracts.is_empty()).then(|| Notice::NotRead { contracts, read: read.into_iter().collect() })
    }

    fn quoted(&self, contract: Contract) -> Option<Price> {
        self.strip.of(contract.product())?.price(contract.month())
    }

    /// The contracts that the rule reads.
    fn read(&self) -> BTreeSet<Contract> {
        let own = self.jacobian().contracts_read().into_iter().map(|month| self.strip.product().contract(month));
        let fits = self.jacobian().outlook().path().contracts().iter();
        let beside = fits.filter(|fit| fit.used && fit.contract.product() != self.strip.product());
        own.chain(beside.map(|fit| fit.contract)).collect()
    }
}
