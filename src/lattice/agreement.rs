//! [`Agreement`]: how far quotes have to be widened to agree, and the bounds that they then allow.

use super::condition::Condition;
use super::error::LatticeError;
use super::options::{LatticeOptions, Widening};
use super::program::{Column, NoOptimum, Objective, Optimum, Program, Row};
use crate::units::{BasisPoints, Fraction, Probability};

/// A quote that stands against the others, and how far it was widened on each side.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Forced {
    /// The quote.
    pub quote: String,
    /// By how much it was widened, beyond its tolerance.
    pub widened: BasisPoints,
}

/// Quotes that contradict each other by more than the most that one may be widened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Contradiction {
    /// The quotes that cannot all hold, with the widening that each would need.
    pub quotes: Vec<Forced>,
}

/// Whether the quotes agree, and how far they had to be widened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Agreement {
    /// How they were widened.
    pub widening: Widening,
    /// The largest widening of a quote beyond its tolerance; zero where they agree.
    pub slack: BasisPoints,
    /// What all widenings add up to.
    pub total: BasisPoints,
    /// The quotes that force it: of [`Widening::Each`] those that are widened, of [`Widening::Uniform`] those that leave no room
    /// at a smaller widening.
    pub forced_by: Vec<Forced>,
    /// The quotes, not widened themselves, that leave those no room.
    pub against: Vec<String>,
    /// Whether the widening is proved to be the smallest.
    pub certified: bool,
    /// Where even the largest widening does not do: there are no bounds.
    pub contradiction: Option<Contradiction>,
}

/// The smallest and the largest probability of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EventBounds {
    /// The smallest probability.
    pub low: Probability,
    /// The largest probability.
    pub high: Probability,
    /// Whether both ends are proved: the quotes allow them exactly, and nothing beyond.
    pub certified: bool,
    /// An estimate, where [`LatticeOptions::point`] asks for one and its method tells the event: found in floating point, to six
    /// places, and not proved.
    pub point: Option<Probability>,
}

impl EventBounds {
    /// Whether a probability lies between the ends.
    #[must_use]
    pub fn allows(&self, probability: &Probability) -> bool {
        (&self.low..=&self.high).contains(&probability)
    }

    /// The bounds of each of several sums of variables; `None` where the solver fails.
    pub(super) fn each(program: &Program, sums: &[Vec<usize>]) -> Vec<Option<Self>> {
        let objectives = |sign: i64| {
            sums.iter()
                .map(move |sum| sum.iter().map(|column| (*column, Fraction::integer(sign))).collect::<Objective>())
        };
        // The most first: a corner found for one sum has others at nothing, and then proves their least.
        let found = program.minimise_each(&objectives(-1).chain(objectives(1)).collect::<Vec<_>>());
        let (most, least) = found.split_at(sums.len());
        // What floating point alone has found may lie a hair outside.
        let share = |value: Fraction| Probability::new(value.clamp(Fraction::zero(), Fraction::integer(1))).ok();
        let bounds = |(low, high): (&Result<Optimum, NoOptimum>, &Result<Optimum, NoOptimum>)| {
            let (low, high) = (low.as_ref().ok()?, high.as_ref().ok()?);
            let certified = low.certified && high.certified;
            Some(Self { low: share(low.value.clone())?, high: share(-&high.value)?, certified, point: None })
        };
        least.iter().zip(most).map(bounds).collect()
    }
}

/// What a widened quote is given beyond the smallest widening, in basis points: at that alone the conditions meet in a point,
/// or nearly, and no figure of the solver could be told from one beside it.
fn margin() -> Fraction {
    Fraction::ratio(1, 1_000_000).unwrap_or_else(Fraction::zero)
}

/// Finds the smallest widening at which the conditions agree, and the programme at that widening.
pub(super) fn find(
    cells: &Program,
    conditions: &[Condition],
    options: &LatticeOptions,
) -> Result<(Agreement, Option<Program>), LatticeError> {
    let unsolved = |_| LatticeError::Unsolved;
    let none = BasisPoints::from_exact(Fraction::zero());
    let mut agreement = Agreement {
        widening: options.widening,
        slack: none.clone(),
        total: none,
        forced_by: Vec::new(),
        against: Vec::new(),
        certified: true,
        contradiction: None,
    };
    let widenings = match options.widening {
        Widening::Uniform => {
            let goal = vec![(cells.columns.len(), Fraction::integer(1))];
            let uniform = uniformly(cells, conditions).minimise(&goal).map_err(unsolved)?;
            agreement.certified = uniform.certified;
            if !uniform.value.is_zero() {
                agreement.forced_by = forced_uniformly(cells, conditions, &uniform);
            }
            vec![uniform.value.clone(); conditions.len()]
        }
        Widening::Each => {
            let most = options.max_widening.exact();
            let solved = match each(cells, conditions, Some(most)) {
                Err(NoOptimum::Infeasible) => None,
                solved => Some(solved.map_err(unsolved)?),
            };
            let Some((solved, widenings)) = solved else {
                let (unbounded, widenings) = each(cells, conditions, None).map_err(unsolved)?;
                agreement.take(cells, conditions, &unbounded, &widenings);
                agreement.contradict();
                return Ok((agreement, None));
            };
            agreement.take(cells, conditions, &solved, &widenings);
            widenings
        }
    };
    agreement.slack = BasisPoints::from_exact(widenings.iter().max().cloned().unwrap_or_else(Fraction::zero));
    agreement.total = BasisPoints::from_exact(widenings.iter().sum());
    if agreement.slack.exact() > options.max_widening.exact() {
        agreement.contradict();
        return Ok((agreement, None));
    }
    Ok((agreement, Some(widened(cells, conditions, &widenings))))
}

impl Agreement {
    /// Takes over which quotes are widened, and which stand against them.
    fn take(&mut self, cells: &Program, conditions: &[Condition], solved: &Optimum, widenings: &[Fraction]) {
        let named = conditions.iter().zip(widenings).filter(|(_, widening)| !widening.is_zero());
        let forced = |(condition, widening): (&Condition, &Fraction)| Forced {
            quote: condition.quote.clone(),
            widened: BasisPoints::from_exact(widening.clone()),
        };
        self.forced_by = named.map(forced).collect();
        self.forced_by.sort_by(|a, b| b.widened.exact().cmp(a.widened.exact()));
        self.certified = solved.certified;
        if self.forced_by.is_empty() {
            return;
        }
        self.against = binding(cells, conditions, solved)
            .filter(|quote| self.forced_by.iter().all(|forced| forced.quote != quote.quote))
            .map(|condition| condition.quote.clone())
            .collect();
        self.against.dedup();
    }

    fn contradict(&mut self) {
        let against = self.against.drain(..);
        let still = against.map(|quote| Forced { quote, widened: BasisPoints::from_exact(Fraction::zero()) });
        let quotes = self.forced_by.clone().into_iter().chain(still).collect();
        self.slack = self.forced_by.iter().map(|forced| forced.widened.clone()).max().unwrap_or(self.slack.clone());
        self.contradiction = Some(Contradiction { quotes });
    }
}

/// The conditions that hold an optimum where it is: each has two rows, behind those of the cells.
fn binding<'a>(cells: &Program, conditions: &'a [Condition], solved: &Optimum) -> impl Iterator<Item = &'a Condition> {
    let first = cells.rows.len();
    let rows: Vec<usize> = solved.binding.iter().filter_map(|row| row.checked_sub(first)).map(|row| row / 2).collect();
    rows.into_iter().filter_map(|condition| conditions.get(condition))
}

fn forced_uniformly(cells: &Program, conditions: &[Condition], solved: &Optimum) -> Vec<Forced> {
    let widened = BasisPoints::from_exact(solved.value.clone());
    let mut forced: Vec<Forced> = binding(cells, conditions, solved)
        .map(|condition| Forced { quote: condition.quote.clone(), widened: widened.clone() })
        .collect();
    forced.dedup();
    forced
}

/// The two rows of a condition, less so much of a variable on each side.
fn loosened(condition: &Condition, variable: usize) -> [Row; 2] {
    let with = |sign: i64| {
        let loose = std::iter::once((variable, Fraction::integer(sign)));
        condition.terms.iter().cloned().chain(loose).collect()
    };
    [
        Row { terms: with(1), low: condition.low_that_binds(&condition.low), high: None },
        Row { terms: with(-1), low: None, high: condition.high_that_binds(&condition.high) },
    ]
}

/// The programme with one variable more, by which every condition is widened.
fn uniformly(cells: &Program, conditions: &[Condition]) -> Program {
    let mut program = cells.clone();
    let slack = program.columns.len();
    program.columns.push(Column::positive());
    program.rows.extend(conditions.iter().flat_map(|condition| loosened(condition, slack)));
    program
}

/// The widening of each condition: the smallest sum, and nearly for nothing the smallest largest.
fn each(
    cells: &Program,
    conditions: &[Condition],
    most: Option<&Fraction>,
) -> Result<(Optimum, Vec<Fraction>), NoOptimum> {
    let mut program = cells.clone();
    let first = program.columns.len();
    let widening = Column { low: Some(Fraction::zero()), high: most.cloned() };
    program.columns.extend(std::iter::repeat_n(widening, conditions.len()));
    let largest = program.columns.len();
    program.columns.push(Column::positive());
    program.rows.extend(conditions.iter().zip(first..).flat_map(|(condition, own)| loosened(condition, own)));
    program.rows.extend((first..largest).map(|own| Row {
        terms: vec![(own, Fraction::integer(-1)), (largest, Fraction::integer(1))],
        low: Some(Fraction::zero()),
        high: None,
    }));
    let tie = Fraction::ratio(1, 1000).unwrap_or_else(Fraction::zero);
    let objective: Objective =
        (first..largest).map(|own| (own, Fraction::integer(1))).chain([(largest, tie)]).collect();
    let solved = program.minimise(&objective)?;
    let widenings = solved.point[first..largest].to_vec();
    Ok((solved, widenings))
}

/// The programme with the conditions at their widened tolerances.
fn widened(cells: &Program, conditions: &[Condition], widenings: &[Fraction]) -> Program {
    let mut program = cells.clone();
    program.rows.extend(conditions.iter().enumerate().map(|(index, condition)| {
        let by = widenings.get(index).filter(|by| !by.is_zero()).map_or_else(Fraction::zero, |by| by + &margin());
        Row {
            terms: condition.terms.clone(),
            low: condition.low_that_binds(&(&condition.low - &by)),
            high: condition.high_that_binds(&(&condition.high + &by)),
        }
    }));
    program
}
