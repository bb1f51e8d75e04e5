//! [`PolicyPath`]: the expected rate before and after every meeting, as data.

use chrono::NaiveDate;

use super::anchors::anchors_between;
use super::{ContractFit, JointFit, MeetingStep, Method, Premia, Unpriced};
use crate::market::calendar::TargetRange;
use crate::market::contract::{Contract, ContractMonth};
use crate::market::product::Product;
use crate::notice::Notice;
use crate::schedule::DecisionDay;
use crate::units::Rate;

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
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PolicyPath {
    pub(crate) product: Product,
    pub(crate) as_of: NaiveDate,
    pub(crate) target: TargetRange,
    pub(crate) method: Method,
    pub(crate) decision_day: DecisionDay,
    pub(crate) steps: Vec<MeetingStep>,
    pub(crate) unpriced: Vec<Unpriced>,
    pub(crate) contracts: Vec<ContractFit>,
    /// The steps that do not rest on where the chain ends, where they are others than `steps`.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) firm: Option<Vec<MeetingStep>>,
    pub(crate) premia: Premia,
    pub(crate) notices: Vec<Notice>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub(crate) joint: Option<JointFit>,
}

impl PolicyPath {
    /// The product whose contracts were solved.
    #[must_use]
    pub fn product(&self) -> Product {
        self.product
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

    /// The priced meetings of a chain so long that none of them is [provisional](MeetingStep::provisional): those of
    /// [`PolicyPath::steps`], the last ones solved with the meetings that follow them where contracts reach, and left out
    /// where they do not. What sums over the path, or is quoted of its end, takes these.
    #[must_use]
    pub fn firm_steps(&self) -> &[MeetingStep] {
        self.firm.as_deref().unwrap_or(&self.steps)
    }

    /// The path of [`PolicyPath::firm_steps`].
    pub(crate) fn firm(&self) -> Self {
        Self { steps: self.firm_steps().to_vec(), firm: None, ..self.clone() }
    }

    /// The provisional meetings that no longer chain makes firm, because quotes or calendar end: their announcements.
    pub fn never_firm(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        let provisional = self.steps.iter().filter(|step| step.provisional).map(MeetingStep::announcement);
        provisional.filter(|meeting| !self.firm_steps().iter().any(|step| step.announcement() == *meeting))
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

    /// What the joint fit says beside the path: the basis to SOFR, and what was left out. `None` of another rule.
    #[must_use]
    pub fn joint(&self) -> Option<&JointFit> {
        self.joint.as_ref()
    }

    /// The months between two meetings that give the rate after the earlier and before the later one.
    pub(crate) fn anchors_between_meetings(&self) -> impl Iterator<Item = (ContractMonth, ContractMonth)> {
        let pairs = anchors_between(&self.steps, &self.unpriced);
        pairs.map(|[(earlier, _), (later, _)]| (earlier, later)).filter(|(earlier, later)| earlier != later)
    }

    /// What is supposed of prices and outcomes in place of what is quoted: a [`Notice::Supposed`], where anything is.
    #[must_use]
    pub fn supposed(&self) -> Option<&Notice> {
        self.notices.iter().find(|notice| matches!(notice, Notice::Supposed { .. }))
    }

    /// The expired contracts that are not among the quotes, and the realised averages that stand for their last settlements.
    pub(crate) fn realised_anchors(&self) -> impl Iterator<Item = (Contract, &Rate)> {
        self.notices.iter().filter_map(|notice| match notice {
            Notice::RealisedAnchor { contract, average } => Some((*contract, average)),
            _ => None,
        })
    }

    /// What a reader should know.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
