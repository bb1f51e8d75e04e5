//! [`PlanNotices`]: what a reader should know of a path, at any prices of its plan.

use crate::market::contract::ContractMonth;
use crate::market::product::Product;
use crate::notice::Notice;
use crate::outlook::Outlook;
use crate::quotes::strip::Strip;
use crate::units::Price;

/// The notices about a path that its prices cannot change, and what those that they can are made of.
#[derive(Debug)]
pub(crate) struct PlanNotices {
    product: Product,
    /// The notices before and after those of the anchors.
    fixed: [Vec<Notice>; 2],
    /// The months between two meetings, which should imply the same rate.
    anchors: Vec<(ContractMonth, ContractMonth)>,
}

impl PlanNotices {
    /// Of a path that nothing is said of.
    pub(crate) fn none(product: Product) -> Self {
        Self { product, fixed: [Vec::new(), Vec::new()], anchors: Vec::new() }
    }

    pub(crate) fn of(strip: &Strip, outlook: &Outlook) -> Self {
        let of_path = outlook.path().notices().iter().skip(strip.notices().len());
        let is_of_anchors = |notice: &&Notice| matches!(notice, Notice::AnchorsDisagree { .. });
        let comes_after = |notice: &Notice| {
            matches!(
                notice,
                Notice::Projected { .. }
                    | Notice::StripEnds { .. }
                    | Notice::CalendarEnds { .. }
                    | Notice::FewerMeetings { .. }
            )
        };
        let (after, before) = of_path.filter(|notice| !is_of_anchors(notice)).cloned().partition(comes_after);
        Self {
            product: strip.product(),
            fixed: [before, after],
            anchors: outlook.path().anchors_between_meetings().collect(),
        }
    }

    /// The notices about the path at these prices.
    pub(crate) fn at(&self, price: impl Fn(ContractMonth) -> Option<Price>) -> impl Iterator<Item = Notice> {
        let disagree = move |(earlier, later): &(ContractMonth, ContractMonth)| {
            let rate = |month| price(month).map(Price::implied_rate);
            let change = rate(*later)? - rate(*earlier)?;
            let contract = |month: &ContractMonth| self.product.contract(*month);
            (!change.exact().is_zero()).then(|| Notice::AnchorsDisagree {
                earlier: contract(earlier),
                later: contract(later),
                change,
            })
        };
        let [before, after] = &self.fixed;
        before.iter().cloned().chain(self.anchors.iter().filter_map(disagree)).chain(after.iter().cloned())
    }
}
