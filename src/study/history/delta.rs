//! [`MeetingDelta`]: what changed for a meeting between two days of a history.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{HistoryDay, Span};
use crate::outlook::{MeetingOutlook, Outlook};
use crate::units::{BasisPoints, Fraction, Probability};

/// What changed for one meeting between an earlier day and a later one, both of which price it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct MeetingDelta {
    /// The later day.
    pub date: NaiveDate,
    /// The earlier day.
    pub since: NaiveDate,
    /// How far the earlier day lies back; `None` between two days that were given.
    pub span: Option<Span>,
    /// What the later day prices.
    pub after: MeetingOutlook,
    /// What the earlier day prices.
    pub before: MeetingOutlook,
    /// Whether both days count moves from the same range.
    pub same_range: bool,
}

impl MeetingDelta {
    /// The change of the expected rate after the meeting.
    #[must_use]
    pub fn rate_change(&self) -> BasisPoints {
        &self.after.step.after - &self.before.step.after
    }

    /// The change of the probability of an easing, in percentage points; `None` where the days count moves from
    /// different ranges, so that the two probabilities are of different events.
    #[must_use]
    pub fn ease_change(&self) -> Option<Fraction> {
        self.same_range.then(|| points(&self.before.cumulative.ease(), &self.after.cumulative.ease()))
    }

    /// The change of the probability of a hike, as [`MeetingDelta::ease_change`].
    #[must_use]
    pub fn hike_change(&self) -> Option<Fraction> {
        self.same_range.then(|| points(&self.before.cumulative.hike(), &self.after.cumulative.hike()))
    }
}

/// Which days are held against which earlier ones.
///
/// The days of [`DeltaPlan::days`] have to be priced, in order, and handed to [`DeltaPlan::deltas`]:
///
/// ```
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// use fedpath::history::{DeltaPlan, History, HistoryOptions};
/// let text = "date,contract,settle\n2025-11-14,ZQX25,96.12\n2025-11-14,ZQF26,96.29\n2025-11-14,ZQG26,96.36\n\
///     2025-11-21,ZQX25,96.12\n2025-11-21,ZQF26,96.215\n2025-11-21,ZQG26,96.285\n";
/// let mut table = QuoteTable::default();
/// table.add("november", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let history = History::new(&table, &assumptions, HistoryOptions::default());
/// let plan = DeltaPlan::spans(&["1w".parse()?], history.selected(), history.weekdays());
/// let deltas: Vec<_> = plan.deltas(history.days_on(plan.days())).collect();
/// assert_eq!(deltas[0].since.to_string(), "2025-11-14");
/// assert_eq!(deltas[0].rate_change().to_string(), "7.5bp");
/// assert_eq!(deltas[0].ease_change().unwrap().to_string(), "-30");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeltaPlan {
    /// The earlier days of each day, and how far they lie back.
    bases: BTreeMap<NaiveDate, Vec<(Option<Span>, NaiveDate)>>,
}

impl DeltaPlan {
    /// Holds each selected day against the day so far before it, where the quotes have that. Both lists are in order.
    #[must_use]
    pub fn spans(spans: &[Span], selected: &[NaiveDate], all: &[NaiveDate]) -> Self {
        let of_day = |day: &NaiveDate| {
            let base = |span: &Span| Some((Some(*span), span.before(*day, all)?));
            (*day, spans.iter().filter_map(base).collect())
        };
        Self { bases: selected.iter().map(of_day).collect() }
    }

    /// Holds one day against another.
    #[must_use]
    pub fn between(before: NaiveDate, after: NaiveDate) -> Self {
        Self { bases: BTreeMap::from([(after, vec![(None, before)])]) }
    }

    /// The days that have to be priced.
    #[must_use]
    pub fn days(&self) -> BTreeSet<NaiveDate> {
        let earlier = self.bases.values().flatten().map(|(_, base)| *base);
        self.bases.keys().copied().chain(earlier).collect()
    }

    /// The changes, in the order of the later day, the span and the meeting. A pair of which a day could not be priced
    /// gives none.
    pub fn deltas(&self, days: impl Iterator<Item = HistoryDay>) -> impl Iterator<Item = MeetingDelta> {
        let mut priced: BTreeMap<NaiveDate, Outlook> = BTreeMap::new();
        // A day is kept until the last one that is held against it has come.
        let mut needed: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
        for (day, bases) in &self.bases {
            needed.extend(bases.iter().map(|(_, base)| (*base, *day)));
        }
        days.filter_map(|day| Some((day.date, day.outlook.ok()?))).flat_map(move |(date, outlook)| {
            priced.retain(|earlier, _| needed.get(earlier).is_some_and(|last| *last >= date));
            let bases = self.bases.get(&date).into_iter().flatten();
            let changes: Vec<MeetingDelta> = bases
                .filter_map(|(span, base)| Some((*span, priced.get(base)?)))
                .flat_map(|(span, before)| of_pair(span, before, &outlook))
                .collect();
            if needed.contains_key(&date) {
                priced.insert(date, outlook);
            }
            changes
        })
    }
}

fn points(before: &Probability, after: &Probability) -> Fraction {
    &(after - before) * &Fraction::integer(100)
}

/// What changed for every meeting that both price.
fn of_pair(span: Option<Span>, before: &Outlook, after: &Outlook) -> Vec<MeetingDelta> {
    let of_meeting = |later: &MeetingOutlook| {
        let earlier = before.meeting(later.step.meeting.announcement())?;
        Some(MeetingDelta {
            date: after.path().as_of(),
            since: before.path().as_of(),
            span,
            after: later.clone(),
            before: earlier.clone(),
            same_range: before.target() == after.target(),
        })
    };
    after.meetings().iter().filter_map(of_meeting).collect()
}
