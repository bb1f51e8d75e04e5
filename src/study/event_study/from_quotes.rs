//! [`QuotedSurprises`]: the surprises of announcements, and of days without one, from quotes.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::events::Values;
use super::{Event, EventTable, NoValue};
use crate::market::calendar::{Meeting, MeetingKind};
use crate::outlook::Outlook;
use crate::quotes::DailyQuotes;
use crate::quotes::strip::StripOptions;
use crate::rule::Assumptions;
use crate::study::surprise::{Announcement, PolicySurprise, SurpriseRule, SurpriseWindow, WindowKind};
use crate::units::BasisPoints;

/// The decisions whose expected rates are followed: that of the announcement and the next ones.
const DECISIONS: usize = 8;

/// What announcements changed in quotes of many days: a table of events with the columns `mp1`, `mp2` to `mp8` (the change of
/// the rate expected after the decision announced and after the next ones, by a [`SurpriseRule`]) and `shift` (the change of
/// the rate expected after the next meeting, by the rule of the [`Assumptions`]), in percentage points.
///
/// ```
/// use fedpath::event_study::QuotedSurprises;
/// use fedpath::{Assumptions, QuoteFile, QuoteTable, ReadOptions};
/// let text = "date,contract,settle\n2025-10-28,ZQV25,95.9\n2025-10-28,ZQX25,96.12\n2025-10-28,ZQZ25,96.33\n\
///     2025-10-29,ZQV25,95.9\n2025-10-29,ZQX25,96.115\n2025-10-29,ZQZ25,96.28\n";
/// let mut table = QuoteTable::default();
/// table.add("october", QuoteFile::parse(text, &ReadOptions::default())?)?;
/// let assumptions = Assumptions::default();
/// let surprises = QuotedSurprises::new(&table, &assumptions);
/// let events = surprises.events();
/// assert_eq!(events.events()[0].when.to_string(), "2025-10-29");
/// assert_eq!(format!("{:.5}", events.values("mp2")?[0].clone()?), "0.07143");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct QuotedSurprises<'a> {
    quotes: &'a dyn DailyQuotes,
    assumptions: &'a Assumptions,
    rule: SurpriseRule,
    kind: WindowKind,
    options: StripOptions,
}

impl<'a> QuotedSurprises<'a> {
    /// The surprises in these quotes, from close to close.
    #[must_use]
    pub fn new(quotes: &'a dyn DailyQuotes, assumptions: &'a Assumptions) -> Self {
        let (rule, kind) = (SurpriseRule::default(), WindowKind::default());
        Self { quotes, assumptions, rule, kind, options: StripOptions::default() }
    }

    /// By this rule.
    #[must_use]
    pub fn with_rule(self, rule: SurpriseRule) -> Self {
        Self { rule, ..self }
    }

    /// Over this window.
    #[must_use]
    pub fn with_window(self, kind: WindowKind) -> Self {
        Self { kind, ..self }
    }

    /// With prices chosen so.
    #[must_use]
    pub fn with_prices(self, options: StripOptions) -> Self {
        Self { options, ..self }
    }

    /// The announcements within the days of the quotes: the scheduled ones, and changes of the target off the calendar.
    #[must_use]
    pub fn events(&self) -> EventTable {
        self.at(self.announcements())
    }

    /// The same for days without an announcement: in every week that has none, the weekday of the announcement before it. What
    /// responds there is no response to policy.
    #[must_use]
    pub fn placebo(&self) -> EventTable {
        let announced = self.announcements();
        let week = |day: NaiveDate| day.week(Weekday::Mon).first_day();
        let weeks: BTreeSet<NaiveDate> = announced.iter().map(|day| week(*day)).collect();
        let last = announced.last().copied();
        let is_placebo = |day: &NaiveDate| {
            let before = announced.range(..*day).next_back();
            before.is_some_and(|before| before.weekday() == day.weekday())
                && last.is_some_and(|last| *day < last)
                && !weeks.contains(&week(*day))
        };
        self.at(self.quotes.days().into_iter().filter(is_placebo))
    }

    /// The surprises of these days.
    #[must_use]
    pub fn at(&self, days: impl IntoIterator<Item = NaiveDate>) -> EventTable {
        let days: BTreeSet<NaiveDate> = days.into_iter().collect();
        let mut events = Vec::new();
        let mut columns: [Values; DECISIONS] = Default::default();
        let mut shifts = Values::new();
        for day in days {
            let window = SurpriseWindow::find(self.quotes, day, self.kind, &self.options);
            let meeting = self.assumptions.calendar.meeting_on(day).map(Meeting::kind);
            let unscheduled = !matches!(meeting, Some(MeetingKind::Scheduled | MeetingKind::Projected));
            let quoted = window.as_ref().ok().map(|window| (window.before, window.after));
            events.push(Event { when: day.into(), unscheduled: Some(unscheduled), quoted });
            match window {
                Err(reason) => {
                    for column in columns.iter_mut().chain([&mut shifts]) {
                        column.push(Err(NoValue::NoWindow(reason.clone())));
                    }
                }
                Ok(window) => {
                    let surprise = PolicySurprise::new(day, &window.changes, &self.assumptions.calendar, self.rule);
                    let decisions = std::iter::once(surprise.current()).chain(surprise.next());
                    let mut told = decisions.map(|decision| match &decision.surprise {
                        Ok(change) => Ok(points(change)),
                        Err(reason) => Err(NoValue::NoSurprise(*reason)),
                    });
                    for column in &mut columns {
                        column.push(told.next().unwrap_or(Err(NoValue::NotPriced)));
                    }
                    shifts.push(self.shift(day, &window));
                }
            }
        }
        let names = (1..=DECISIONS).map(|decision| format!("mp{decision}"));
        let table = EventTable::new(events);
        let table = names.zip(columns).fold(table, |table, (name, values)| table.with_column(&name, values));
        table.with_column("shift", shifts)
    }

    fn announcements(&self) -> BTreeSet<NaiveDate> {
        Announcement::dates_in(self.quotes, &self.assumptions.calendar, &self.assumptions.targets)
    }

    /// The change of the rate expected after the next meeting by the rule of the assumptions.
    fn shift(&self, day: NaiveDate, window: &SurpriseWindow) -> Result<f64, NoValue> {
        let later = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let price = |strip| Outlook::price(strip, self.assumptions).ok();
        let (before, after) = price(&window.strips[0]).zip(price(&window.strips[1])).ok_or(NoValue::NotPriced)?;
        let next = after.meetings().iter().find(|meeting| meeting.step.meeting.announcement() >= later);
        let next = next.ok_or(NoValue::NotPriced)?;
        let earlier = before.meeting(next.step.meeting.announcement()).ok_or(NoValue::NotPriced)?;
        Ok(points(&(&next.step.after - &earlier.step.after)))
    }
}

/// A change in percentage points.
fn points(change: &BasisPoints) -> f64 {
    change.to_f64() / 100.0
}
