//! The whole outlook if contracts traded elsewhere, or meetings had a known outcome.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Outlook, WhatIf, WhatIfError};
use crate::market::bank::CentralBank;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::rule::{PolicyError, PolicyPath, UnpricedReason};
use crate::units::{BasisPoints, Fraction, Price};

impl WhatIf {
    /// The outlook if contracts traded at these prices and meetings changed the range by so much, exactly: a meeting whose
    /// outcome is supposed is certain, and every other one changes the rate as it is priced to. The path says so in a
    /// [`Notice::Supposed`], its first, so that every report of it does; where nothing is supposed, it is the outlook as quoted.
    ///
    /// ```
    /// use fedpath::{Assumptions, Strip, what_if::WhatIf};
    /// let prices = [("2025-11", "96.12"), ("2026-01", "96.215"), ("2026-02", "96.285")];
    /// let prices = prices.map(|(contract, price)| (contract.parse().unwrap(), price.parse().unwrap()));
    /// let what_if = WhatIf::new(&Strip::from_prices("2025-11-21".parse()?, prices)?, Assumptions::default())?;
    /// let cut = [("2025-12-10".parse()?, "-25bp".parse()?)].into();
    /// let outlook = what_if.supposing(&[].into(), &cut)?;
    /// let (december, january) = (&outlook.meetings()[0], &outlook.meetings()[1]);
    /// assert_eq!(december.cumulative.ease().to_string(), "100%");
    /// // From 3.88 % by 25 bp to 3.63 %, and by the 7.75 bp of January on.
    /// assert_eq!((january.step.before.to_string(), january.step.after.to_string()), ("3.63%".into(), "3.5525%".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As [`WhatIf::with_prices`] and [`WhatIf::outcomes`], and [`PolicyError::Gaps`] for an outcome beyond any rate.
    pub fn supposing(
        &self,
        prices: &BTreeMap<ContractMonth, Price>,
        outcomes: &BTreeMap<NaiveDate, BasisPoints>,
    ) -> Result<Outlook, WhatIfError> {
        if prices.is_empty() && outcomes.is_empty() {
            return Ok(self.jacobian().outlook().clone());
        }
        refuse_beyond_any_rate(outcomes)?;
        let prices = self.of_own_product(prices);
        let strip = self.strip_at(&prices)?;
        let mut path = PolicyPath::solve(&strip, &self.assumptions)?;
        if !outcomes.is_empty() {
            let fair = self.fair_prices(&strip, &path, outcomes)?;
            let averages = fair.iter().map(|fair| (fair.contract, fair.change())).collect();
            path = path.supposing(&self.decided(outcomes), &averages);
        }
        let supposed = Notice::Supposed {
            prices: prices.iter().map(|(contract, price)| (*contract, *price)).collect(),
            outcomes: outcomes.iter().map(|(meeting, size)| (*meeting, size.clone())).collect(),
        };
        path.notices.insert(0, supposed);
        path.notices.extend(self.not_read(prices.keys().copied()));
        Ok(Outlook::new(path)?)
    }
}

fn refuse_beyond_any_rate(outcomes: &BTreeMap<NaiveDate, BasisPoints>) -> Result<(), PolicyError> {
    let most = Fraction::integer(*CentralBank::FED.believable_moves().end());
    let is_beyond = |size: &BasisPoints| (size.exact() / CentralBank::FED.step().exact()).abs() > most;
    let beyond = outcomes.iter().filter(|(_, size)| is_beyond(size));
    let beyond: Vec<_> = beyond.map(|(meeting, _)| (*meeting, UnpricedReason::BeyondAnyRate)).collect();
    if beyond.is_empty() { Ok(()) } else { Err(PolicyError::Gaps(beyond)) }
}
