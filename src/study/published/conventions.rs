//! The conventions under which published probabilities could have been made.

use crate::rule::{Assumptions, Method};
use crate::schedule::DecisionDay;

/// How the quotes of a published day are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// Those of the day itself.
    SameDay,
    /// Those of the day of quotes before it.
    DayBefore,
    /// Those of the day of quotes after it.
    DayAfter,
}

/// One set of conventions: the assumptions, but for what it is named for.
pub(super) struct Convention {
    pub(super) name: String,
    pub(super) assumptions: Assumptions,
    pub(super) as_printed: bool,
    pub(super) quotes: Quotes,
    /// Starts from the effective rate of the day before.
    pub(super) effective_start: bool,
}

/// The chains that are tried besides the assumed one.
const CHAINS: [usize; 7] = [6, 7, 8, 9, 10, 11, 12];

/// The assumptions as they are, first, and what could explain a difference from them, one change at a time.
pub(super) fn conventions(assumptions: &Assumptions, as_printed: bool) -> Vec<Convention> {
    let as_assumed = |name: String| Convention {
        name,
        assumptions: assumptions.clone(),
        as_printed,
        quotes: Quotes::SameDay,
        effective_start: false,
    };
    let mut all = vec![as_assumed("as assumed".to_owned())];
    let days = [
        (DecisionDay::Old, "decision day: old rate"),
        (DecisionDay::OldToBusinessDay, "decision day and holidays: old rate"),
        (DecisionDay::New, "decision day: new rate"),
    ];
    for (decision_day, name) in days.into_iter().filter(|(day, _)| *day != assumptions.decision_day) {
        let mut convention = as_assumed(name.to_owned());
        convention.assumptions.decision_day = decision_day;
        all.push(convention);
    }
    for count in CHAINS.into_iter().filter(|count| *count != assumptions.chain) {
        let mut convention = as_assumed(format!("a chain of {count} meetings"));
        convention.assumptions.chain = count;
        all.push(convention);
    }
    if assumptions.fixings.is_some() {
        all.push(Convention { effective_start: true, ..as_assumed("the effective rate as start".to_owned()) });
    }
    let half_ticks = if as_printed { "rounded half ticks restored" } else { "half ticks as printed" };
    all.push(Convention { as_printed: !as_printed, ..as_assumed(half_ticks.to_owned()) });
    let (method, name) = match assumptions.method {
        Method::FedWatch => (Method::LeastSquares, "least squares"),
        Method::LeastSquares | Method::Joint | Method::ByMeeting => (Method::FedWatch, "the FedWatch rule"),
    };
    let mut convention = as_assumed(name.to_owned());
    convention.assumptions.method = method;
    all.push(convention);
    all.push(Convention { quotes: Quotes::DayBefore, ..as_assumed("quotes of the day before".to_owned()) });
    all.push(Convention { quotes: Quotes::DayAfter, ..as_assumed("quotes of the day after".to_owned()) });
    all
}
