//! [`EventTable`]: announcements with their surprises and responses, one row an event.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{NaiveDate, NaiveTime};

use super::{NoValue, StudyWindow, UnknownColumn};
use crate::market::calendar::{Meeting, MeetingCalendar, MeetingKind};
use crate::market::contract::ContractMonth;
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::Table;

/// When an event took place: a day, and the time of day where it is known, as the clock of the event's own place shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EventTime {
    /// The day.
    pub date: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
}

impl From<NaiveDate> for EventTime {
    fn from(date: NaiveDate) -> Self {
        Self { date, time: None }
    }
}

impl fmt::Display for EventTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.time {
            None => f.pad(&self.date.to_string()),
            Some(time) => f.pad(&format!("{} {}", self.date, time.format("%H:%M"))),
        }
    }
}

/// One event: as a table of events has it, or [`From`] a day that the calendar of meetings knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Event {
    /// When it took place.
    pub when: EventTime,
    /// Whether it was off the calendar, where the table says it.
    pub unscheduled: Option<bool>,
    /// The days of the quotes that its surprise is computed from, before and after; `None` where the surprise is given.
    pub quoted: Option<(NaiveDate, NaiveDate)>,
}

impl From<EventTime> for Event {
    fn from(when: EventTime) -> Self {
        Self { when, unscheduled: None, quoted: None }
    }
}

impl From<NaiveDate> for Event {
    fn from(date: NaiveDate) -> Self {
        EventTime::from(date).into()
    }
}

impl Event {
    /// With what is known of its being off the calendar.
    #[must_use]
    pub fn with_unscheduled(self, unscheduled: bool) -> Self {
        Self { unscheduled: Some(unscheduled), ..self }
    }

    /// Whether the event was off the calendar: as its table says, else as the calendar of meetings does, which knows that of
    /// its own months alone.
    #[must_use]
    pub fn is_unscheduled(&self, calendar: &MeetingCalendar) -> Option<bool> {
        let date = self.when.date;
        let by_calendar = || {
            let known = calendar.covers(ContractMonth::of(date));
            let meeting = calendar.meeting_on(date).map(Meeting::kind);
            known.then_some(!matches!(meeting, Some(MeetingKind::Scheduled | MeetingKind::Projected)))
        };
        self.unscheduled.or_else(by_calendar)
    }
}

/// A value of every event, or why there is none.
pub(super) type Values = Vec<Result<f64, NoValue>>;

/// A column of numbers, or the cell that is no number.
#[derive(Debug, Clone, PartialEq)]
struct Column {
    name: String,
    values: Result<Values, Problem>,
}

/// Events with their surprises and responses, in the order of time.
///
/// ```
/// use fedpath::event_study::{EventTable, NoValue};
/// let text = "# window: 30min\ndate,unscheduled,mp2,sp500\n2025-09-17,0,0.005,0.09\n2025-10-29,0,0.0102,\n";
/// let events = EventTable::parse(text)?;
/// assert_eq!(events.values("mp2")?[1], Ok(0.0102));
/// assert_eq!(events.values("sp500")?[1], Err(NoValue::Empty));
/// assert_eq!(events.window().unwrap().to_string(), "30min");
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EventTable {
    events: Vec<Event>,
    columns: Vec<Column>,
    window: Option<StudyWindow>,
}

impl EventTable {
    /// Events at hand, in the order of time; [`with_values`](Self::with_values) adds their surprises and responses.
    ///
    /// # Errors
    /// Where there is none, or one does not come after the one before it: two events of one day need times.
    ///
    /// ```
    /// use fedpath::event_study::{Event, EventTable};
    /// let days: [fedpath::chrono::NaiveDate; 2] = ["2025-09-17".parse()?, "2025-10-29".parse()?];
    /// let events = EventTable::of_events(days.map(Event::from))?;
    /// let events = events.with_values("mp2", [Some(0.005), Some(0.0102)])?.with_values("nvda", [Some(-0.1), None])?;
    /// assert_eq!(events.values("nvda")?[0], Ok(-0.1));
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn of_events(events: impl IntoIterator<Item = Event>) -> Result<Self, ReadError> {
        let table = Self::new(events);
        if table.events.is_empty() {
            return Err(inconsistent("expected at least one event, found none"));
        }
        let late = |pair: &&[Event]| pair[0].when >= pair[1].when;
        if let Some(pair) = table.events.windows(2).find(late) {
            let (found, behind) = (pair[1].when, pair[0].when);
            return Err(inconsistent(&format!("expected events in the order of time, found {found} behind {behind}")));
        }
        Ok(table)
    }

    /// With a column of values in the order of the events, in place of one of that name; `None` where there is none.
    ///
    /// # Errors
    /// Where there are not as many values as events, or one is no finite number.
    pub fn with_values(self, name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Result<Self, ReadError> {
        let values: Vec<Option<f64>> = values.into_iter().collect();
        let name_shown = crate::text::escaped(name);
        if values.len() != self.events.len() {
            let (events, found) = (self.events.len(), values.len());
            return Err(inconsistent(&format!(
                "expected {events} values of '{name_shown}', one an event, found {found}"
            )));
        }
        if let Some(odd) = values.iter().flatten().find(|value| !value.is_finite()) {
            return Err(inconsistent(&format!("expected finite values of '{name_shown}', found {odd}")));
        }
        Ok(self.with_column(name, values.into_iter().map(|value| value.ok_or(NoValue::Empty)).collect()))
    }

    /// Events in the order of time, without values.
    pub(super) fn new(events: impl IntoIterator<Item = Event>) -> Self {
        Self { events: events.into_iter().collect(), columns: Vec::new(), window: None }
    }

    /// Reads a table with one row an event: its time in a column `date` (or `start`, `time`, `datetime`, `announcement`), and
    /// any columns of numbers. A column `unscheduled` (`0` or `1`) marks events off the calendar; a line `# window: 30min`
    /// says over which window responses are measured. Lines that begin with `#` are comments, and empty cells missing
    /// values.
    ///
    /// # Errors
    /// Where a line is malformed, a date cannot be read, or an event comes twice: two events of one day need times.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let when = table.required_one_of(&["date", "start", "time", "datetime", "announcement"])?;
        let unscheduled = table.column("unscheduled");
        let window = table.note("window")?.map(|cell| cell.parse("a window such as 30min or 1d")).transpose()?;
        let numbers: Vec<usize> =
            (0..table.columns().len()).filter(|column| *column != when && Some(*column) != unscheduled).collect();
        let mut seen = BTreeSet::new();
        let mut rows = table.read_rows(|row| {
            let time = event_time(row.cell(when))?;
            if !seen.insert(time) {
                let expected = "each event once (two events of one day need times, as in 2008-03-11 14:15)";
                return Err(row.cell(when).refused(expected).into());
            }
            let unscheduled = row.optional(unscheduled).map(flag).transpose()?;
            let values: Vec<Result<Option<f64>, Problem>> =
                numbers.iter().map(|column| value(row.cell(*column))).collect();
            Ok((Event { when: time, unscheduled, quoted: None }, values))
        })?;
        if rows.is_empty() {
            return Err(Problem::expected("at least one event", "").into());
        }
        rows.sort_by_key(|(event, _)| event.when);
        let column = |(index, column): (usize, &usize)| {
            let cells = rows.iter().map(|(_, values)| values[index].clone());
            let values = cells.map(|cell| cell.map(|value| value.ok_or(NoValue::Empty))).collect();
            Column { name: table.columns()[*column].text.to_owned(), values }
        };
        let columns = numbers.iter().enumerate().map(column).collect();
        Ok(Self { events: rows.into_iter().map(|(event, _)| event).collect(), columns, window })
    }

    /// The events, in the order of time.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The names of the columns that hold numbers, or nothing.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.values.is_ok()).map(|column| column.name.as_str())
    }

    /// The window over which responses are measured, where it is known.
    #[must_use]
    pub fn window(&self) -> Option<StudyWindow> {
        self.window
    }

    /// With responses measured over this window.
    #[must_use]
    pub fn with_window(self, window: StudyWindow) -> Self {
        Self { window: Some(window), ..self }
    }

    /// The values of a column, in the order of the events; its name in any case.
    ///
    /// # Errors
    /// Where there is no such column, or one of its cells is no number.
    pub fn values(&self, name: &str) -> Result<&[Result<f64, NoValue>], crate::Error> {
        let column = self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name));
        let Some(column) = column else {
            let known = self.columns().map(str::to_owned).collect();
            return Err(UnknownColumn { name: name.to_owned(), known }.into());
        };
        match &column.values {
            Ok(values) => Ok(values),
            Err(problem) => Err(problem.clone().into()),
        }
    }

    /// With every value of a column times a factor: 0.01 makes percentage points of basis points.
    ///
    /// # Errors
    /// As [`EventTable::values`].
    pub fn scaled(self, name: &str, factor: f64) -> Result<Self, crate::Error> {
        let values = self.values(name)?.iter().map(|value| value.clone().map(|value| value * factor)).collect();
        Ok(self.with_column(name, values))
    }

    /// Whether the surprises of a column are of the size of basis points rather than of percentage points: half of those that
    /// are not zero lie beyond 0.5. (Of the statements of 1994 to 2025 half lie beyond 0.02 percentage points.)
    ///
    /// # Errors
    /// As [`EventTable::values`].
    pub fn looks_like_basis_points(&self, name: &str) -> Result<bool, crate::Error> {
        let sizes = self.values(name)?.iter().filter_map(|value| value.as_ref().ok()).map(|value| value.abs());
        let mut sizes: Vec<f64> = sizes.filter(|size| *size > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        Ok(sizes.get(sizes.len() / 2).is_some_and(|median| *median > 0.5))
    }

    /// With a column of values in the order of the events, in place of one of that name.
    pub(super) fn with_column(mut self, name: &str, values: Values) -> Self {
        self.columns.retain(|column| !column.name.eq_ignore_ascii_case(name));
        self.columns.push(Column { name: name.to_owned(), values: Ok(values) });
        self
    }
}

/// What is refused of values at hand, which have no place in a file.
fn inconsistent(message: &str) -> ReadError {
    Problem::new(ProblemKind::Inconsistent, message).into()
}

/// A day, with or without a time of day behind it.
fn event_time(cell: Cell<'_>) -> Result<EventTime, Problem> {
    let date = cell.day()?;
    let time = cell.text.split_once([' ', 'T']).filter(|_| cell.text.starts_with(|c: char| c.is_ascii_digit()));
    let time = time.map(|(_, time)| {
        let clock = time.get(..8).or_else(|| time.get(..5)).unwrap_or(time);
        let formats = ["%H:%M:%S", "%H:%M"];
        let read = formats.iter().find_map(|format| NaiveTime::parse_from_str(clock, format).ok());
        read.ok_or_else(|| cell.refused("a time such as 2025-10-29 14:00"))
    });
    Ok(EventTime { date, time: time.transpose()? })
}

fn flag(cell: Cell<'_>) -> Result<bool, Problem> {
    match cell.text.to_ascii_lowercase().as_str() {
        "0" | "false" | "no" | "scheduled" => Ok(false),
        "1" | "true" | "yes" | "unscheduled" => Ok(true),
        _ => Err(cell.refused("0 for a scheduled event or 1 for an unscheduled one")),
    }
}

/// A number, or nothing.
pub(super) fn value(cell: Cell<'_>) -> Result<Option<f64>, Problem> {
    if is_missing(cell.text) {
        return Ok(None);
    }
    let is_number = cell.text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number = is_number.then(|| cell.text.parse().ok()).flatten();
    match number.filter(|number: &f64| number.abs() < 1e9) {
        Some(number) => Ok(Some(number)),
        None => Err(cell.refused("a number such as -0.0102")),
    }
}
