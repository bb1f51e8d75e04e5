//! [`Comparison`]: one strip under several rules, side by side.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{MeetingOutlook, Outlook};
use crate::market::contract::ContractMonth;
use crate::quotes::strip::Strip;
use crate::rule::{Assumptions, MeetingStep, Method, PolicyError, PolicyPath, StartRate};
use crate::schedule::DecisionDay;
use crate::units::{BasisPoints, Rate};

/// One strip under one rule.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Compared {
    /// An id for programs: `fedwatch`, `fedwatch-new`, `least-squares`, `effr-start`.
    pub id: &'static str,
    /// What the rule does otherwise than the first, and what comes of it.
    pub reason: String,
    /// The path of rates that it solves; it may lack its first meetings. `None` where it solves none.
    pub path: Option<PolicyPath>,
    /// What it prices, or why it does not.
    pub outlook: Result<Outlook, PolicyError>,
}

impl Compared {
    fn new(id: &'static str, reason: String, (path, outlook): Priced) -> Self {
        Self { id, reason, path, outlook }
    }
}

/// A path, and what it prices.
type Priced = (Option<PolicyPath>, Result<Outlook, PolicyError>);

/// One strip under the FedWatch rule, and under the rules that people compare it with: the same with the decision day at the
/// new rate, least squares over all contracts, and the same started from the effective rate.
///
/// ```
/// use fedpath::what_if::Comparison;
/// use fedpath::{Assumptions, Snapshot, Strip, StripOptions};
/// let quotes = "# as_of: 2025-11-21\ncontract,price\n2025-11,96.12\n2025-12,96.18\n2026-01,96.215\n2026-02,96.285\n";
/// let strip = Strip::new(&Snapshot::parse(quotes)?, &StripOptions::default())?;
/// let comparison = Comparison::new(&strip, &Assumptions::default());
/// let cut = |outlook: &fedpath::Outlook| format!("{:.1}", outlook.meetings()[0].cumulative.ease().percent());
/// let cuts: Vec<_> = comparison.rules.iter().map(|rule| (rule.id, rule.outlook.as_ref().map_or_else(|_| String::new(), cut))).collect();
/// assert_eq!(cuts, [("fedwatch", "35.0".to_owned()), ("fedwatch-new", "33.9".to_owned()), ("least-squares", "35.1".to_owned())]);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Comparison {
    /// The rules, FedWatch as CME's tables first.
    pub rules: Vec<Compared>,
}

impl Comparison {
    /// Prices a strip under each rule, all else as assumed. The effective rate to start from is the one given
    /// ([`StartRate::Given`]), else the last of [`Assumptions::fixings`] before the valuation date; without either the
    /// last rule is left out.
    #[must_use]
    pub fn new(strip: &Strip, assumptions: &Assumptions) -> Self {
        let with = |change: &dyn Fn(&mut Assumptions)| {
            let mut changed = assumptions.clone();
            (changed.method, changed.decision_day) = (Method::FedWatch, DecisionDay::Old);
            changed.start_rate = StartRate::Anchor;
            change(&mut changed);
            match PolicyPath::solve(strip, &changed) {
                Ok(path) => (Some(path.clone()), Outlook::new(path)),
                Err(error) => (None, Err(error)),
            }
        };
        let old = with(&|_| {});
        let new = with(&|changed| changed.decision_day = DecisionDay::New);
        let together = with(&|changed| changed.method = Method::LeastSquares);
        let mut rules = vec![
            Compared::new("fedwatch-new", reason_of_days(old.1.as_ref().ok(), new.1.as_ref().ok()), new),
            Compared::new("least-squares", reason_of_contracts(strip, assumptions, old.0.as_ref()), together),
        ];
        if let Some((rate, source)) = effective_rate(strip, assumptions) {
            let start = with(&|changed| changed.start_rate = StartRate::Given(rate.clone()));
            let reason = reason_of_start(&rate, &source, old.1.as_ref().ok());
            rules.push(Compared::new("effr-start", reason, start));
        }
        let reason = "CME's tables since 2024: the decision day at the old rate, a triangular choice of contracts";
        rules.insert(0, Compared::new("fedwatch", reason.to_owned(), old));
        Self { rules }
    }

    /// Every meeting that any of the rules prices, in the order of their dates.
    pub fn meetings(&self) -> impl Iterator<Item = NaiveDate> {
        let of_rule = |rule: &Compared| -> Vec<NaiveDate> {
            match (&rule.outlook, &rule.path) {
                (Ok(outlook), _) => outlook.meetings().iter().map(MeetingOutlook::announcement).collect(),
                (Err(_), Some(path)) => path.steps().iter().map(MeetingStep::announcement).collect(),
                (Err(_), None) => Vec::new(),
            }
        };
        self.rules.iter().flat_map(of_rule).collect::<BTreeSet<_>>().into_iter()
    }
}

/// The effective rate to start from, and where it is from.
fn effective_rate(strip: &Strip, assumptions: &Assumptions) -> Option<(Rate, String)> {
    if let StartRate::Given(rate) = &assumptions.start_rate {
        return Some((rate.clone(), "given".to_owned()));
    }
    let (day, rate) = assumptions.fixings.as_ref()?.carried_on(strip.as_of().pred_opt()?).ok()?;
    Some((rate.clone(), format!("fixed on {day}")))
}

fn reason_of_days(old: Option<&Outlook>, new: Option<&Outlook>) -> String {
    let days = |outlook: Option<&Outlook>| {
        let step = &outlook?.meetings().first()?.step;
        Some((step.contract(), step.days))
    };
    let counted = match (days(old), days(new)) {
        (Some((month, old)), Some((_, new))) => format!(
            ": of {} {}+{} days at the rates before and after instead of {}+{}",
            month.words(),
            new.before(),
            new.after(),
            old.before(),
            old.after()
        ),
        _ => String::new(),
    };
    format!("CME's methodology until 2023: the decision day at the new rate{counted}")
}

fn reason_of_contracts(strip: &Strip, assumptions: &Assumptions, old: Option<&PolicyPath>) -> String {
    let contracts = old.map(PolicyPath::contracts).unwrap_or_default();
    let spot = ContractMonth::of(strip.as_of());
    let unread: Vec<_> =
        contracts.iter().filter(|fit| !fit.used && fit.residual.is_some() && fit.contract.month() > spot).collect();
    let symbols: Vec<String> = unread.iter().map(|fit| fit.contract.symbol()).collect();
    let farthest = unread
        .iter()
        .filter_map(|fit| Some((fit.residual.clone()?, fit.contract)))
        .max_by_key(|(residual, _)| residual.exact().abs());
    let mut missed = String::new();
    if let Some((residual, contract)) = farthest {
        let (symbols, worst) = (symbols.join(", "), contract.symbol());
        missed = format!(": {symbols} too, which FedWatch does not read and misses by up to {residual:+.2} ({worst})");
    }
    let takes_out = assumptions.fixings.is_some() && strip.price(spot).is_some();
    let realised = format!("; the realised days of {} are taken out of its contract", spot.words());
    format!("every contract speaks{missed}{}", if takes_out { &realised } else { "" })
}

fn reason_of_start(rate: &Rate, source: &str, old: Option<&Outlook>) -> String {
    let first = old.and_then(|outlook| outlook.meetings().first()).map(|meeting| &meeting.step);
    let against = first.map_or(String::new(), |step| {
        let off: BasisPoints = rate - &step.before;
        format!(", {off:+.2} from the {:.4} % that the contracts give", step.before.exact())
    });
    format!("starts from the effective rate {rate} ({source}){against}")
}
