//! [`PolicyPath`]: the expected rate before and after every meeting, as data.

use chrono::NaiveDate;

use super::known::{Known, Realised};
use super::least_squares::Together;
use super::{
    Assumptions, ContractFit, DecisionDay, MeetingStep, Method, PolicyError, Premia, Unpriced, fedwatch, least_squares,
    solution,
};
use crate::market::calendar::TargetRange;
use crate::market::contract::ContractMonth;
use crate::notice::Notice;
use crate::quotes::strip::Strip;

/// The expected federal funds rate before and after every meeting that a strip prices.
///
/// ```
/// use fedpath::{Assumptions, PolicyPath, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n\
///     ZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let path = PolicyPath::solve(&strip, &Assumptions::default())?;
/// let december = &path.steps()[0];
/// assert_eq!(december.before.to_string(), "3.88%");
/// assert_eq!(december.after.to_string(), "3.7925%");
/// assert_eq!(december.expected_moves().to_string(), "-7/20");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPath {
    pub(crate) as_of: NaiveDate,
    pub(crate) target: TargetRange,
    pub(crate) method: Method,
    pub(crate) decision_day: DecisionDay,
    pub(crate) steps: Vec<MeetingStep>,
    pub(crate) unpriced: Vec<Unpriced>,
    pub(crate) contracts: Vec<ContractFit>,
    pub(crate) together: Option<Together>,
    /// The realised days of the current month, where the rule takes them out of its contract.
    pub(crate) realised: Option<Realised>,
    pub(crate) premia: Premia,
    pub(crate) notices: Vec<Notice>,
}

impl PolicyPath {
    /// Solves a strip by the rule of [`Assumptions::method`].
    ///
    /// Quotes that end early, or lack a contract, price the meetings they reach; the others are in
    /// [`PolicyPath::unpriced`] with the contract that stops them, unless [`Assumptions::strict`].
    ///
    /// # Errors
    /// [`PolicyError`]: no meeting or no target range for the valuation date, or no way to price any meeting; with
    /// [`Assumptions::strict`], any meeting of the chain.
    pub fn solve(strip: &Strip, assumptions: &Assumptions) -> Result<Self, PolicyError> {
        let known = Known::new(strip, assumptions);
        match assumptions.method {
            Method::FedWatch => fedwatch::solve(&known),
            Method::LeastSquares => least_squares::solve(&known),
        }
    }

    /// The valuation date.
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// The target range in force on the valuation date.
    #[must_use]
    pub fn target(&self) -> TargetRange {
        self.target
    }

    /// The rule that solved the contracts.
    #[must_use]
    pub fn method(&self) -> Method {
        self.method
    }

    /// Which rate the decision day carries.
    #[must_use]
    pub fn decision_day(&self) -> DecisionDay {
        self.decision_day
    }

    /// What was taken out of the prices.
    #[must_use]
    pub fn premia(&self) -> &Premia {
        &self.premia
    }

    /// The priced meetings in the order of their dates.
    #[must_use]
    pub fn steps(&self) -> &[MeetingStep] {
        &self.steps
    }

    /// The meetings of the chain without a price, and why.
    #[must_use]
    pub fn unpriced(&self) -> &[Unpriced] {
        &self.unpriced
    }

    /// How well every contract of the strip agrees with the path.
    #[must_use]
    pub fn contracts(&self) -> &[ContractFit] {
        &self.contracts
    }

    /// The months between two meetings that give the rate after the earlier and before the later one.
    pub(crate) fn anchors_between_meetings(&self) -> impl Iterator<Item = (ContractMonth, ContractMonth)> {
        let pairs = solution::anchors_between(&self.steps, &self.unpriced);
        pairs.map(|[(earlier, _), (later, _)]| (earlier, later)).filter(|(earlier, later)| earlier != later)
    }

    /// What a reader should know.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
