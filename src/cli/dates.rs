//! Days, spans and meetings as a command line names them.

use std::cell::RefCell;

use chrono::NaiveDate;
use fedpath::ContractMonth;
use fedpath::history::Span;

/// What a day is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeltaOf {
    /// The day so far before it.
    Span(Span),
    /// The second day against the first.
    Dates(NaiveDate, NaiveDate),
}

pub(super) fn delta(text: &str) -> Result<DeltaOf, String> {
    let Some((before, after)) = text.split_once(':') else {
        let span = text.to_lowercase().parse().map(DeltaOf::Span);
        return span.map_err(|_| "expected a span such as 1d, 1w or 1m, or two days as DATE:DATE".to_owned());
    };
    let (before, after) = (date(before)?, date(after)?);
    if before < after { Ok(DeltaOf::Dates(before, after)) } else { Err("expected the earlier day first".to_owned()) }
}

thread_local! {
    /// How dates were read that could be read otherwise.
    static READINGS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// How dates of the command line were read that could be read otherwise, each said once.
pub(super) fn readings() -> Vec<String> {
    let mut all = READINGS.take();
    all.sort_unstable();
    all.dedup();
    all
}

/// A day: `2025-11-21`, `20251121`, `21 Nov 2025`, or `11/21/2025`, whose reading is said.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    let expected = || "expected a date such as 2025-11-21".to_owned();
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() == 8 && digits {
        return NaiveDate::parse_from_str(text, "%Y%m%d").map_err(|_| expected());
    }
    if text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-') && !text.starts_with('-') {
        return text.parse().map_err(|_| expected());
    }
    if let [first, second, year] = text.split('/').collect::<Vec<_>>()[..] {
        let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let (first, second) = number(first).zip(number(second)).ok_or_else(expected)?;
        let year: i32 =
            number(year).filter(|year| *year > 999).and_then(|year| year.try_into().ok()).ok_or_else(expected)?;
        // The month stands first, as in the United States, unless it cannot.
        let american = NaiveDate::from_ymd_opt(year, first, second);
        let date = american.or_else(|| NaiveDate::from_ymd_opt(year, second, first)).ok_or_else(expected)?;
        let order = if american.is_some() { "month/day/year" } else { "day/month/year" };
        READINGS.with_borrow_mut(|all| all.push(format!("{text} is read as {date} ({order})")));
        return Ok(date);
    }
    let words = text.replace(['-', ',', '.'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let spelled = ["%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y"];
    spelled.iter().find_map(|form| NaiveDate::parse_from_str(&words, form).ok()).ok_or_else(expected)
}

/// The first day of a span: a day, a month `2026-10` or a year `2026`.
pub(super) fn first_day(text: &str) -> Result<NaiveDate, String> {
    span(text).map_or_else(|| date(text), |(first, _)| Ok(first))
}

/// The last day of a span: a day, a month `2026-10` or a year `2026`.
pub(super) fn last_day(text: &str) -> Result<NaiveDate, String> {
    span(text).map_or_else(|| date(text), |(_, last)| Ok(last))
}

/// The first and the last day of a month or a year.
fn span(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = text.parse().ok()?;
        return Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?));
    }
    let month = month(text)?;
    let last = month.first_day().checked_add_months(chrono::Months::new(1))?.pred_opt()?;
    Some((month.first_day(), last))
}

fn month(text: &str) -> Option<ContractMonth> {
    let shaped = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
    let day = shaped.then(|| format!("{text}-01").parse::<NaiveDate>().ok()).flatten();
    day.map(ContractMonth::of)
}

/// A meeting by its announcement, by its month, or the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MeetingName {
    Day(NaiveDate),
    Month(ContractMonth),
    Next,
}

impl MeetingName {
    /// The meeting among announcements in their order; a day is itself, whether it is there or not.
    pub(super) fn among(self, mut announcements: impl Iterator<Item = NaiveDate>) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(month) => announcements.find(|day| ContractMonth::of(*day) == month),
            Self::Next => announcements.next(),
        }
    }
}

impl std::fmt::Display for MeetingName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(month) => write!(f, "{month}"),
            Self::Next => f.write_str("next"),
        }
    }
}

pub(super) fn meeting(text: &str) -> Result<MeetingName, String> {
    if text.eq_ignore_ascii_case("next") {
        return Ok(MeetingName::Next);
    }
    if let Some(month) = month(text.trim()) {
        return Ok(MeetingName::Month(month));
    }
    let day = date(text).map_err(|_| "expected next, a month such as 2025-12 or a date such as 2025-12-10".to_owned());
    day.map(MeetingName::Day)
}
