//! Rates dated by meeting: a screen of implied policy rates, or swaps from meeting to meeting.
//!
//! | figure | names of its column, in any case |
//! |---|---|
//! | meeting | `meeting`, `meeting_date`, `fomc`, `decision`, `announcement`, or the `start` of a swap with an `end`; a day or a month |
//! | rate after it | `implied_rate`, `Implied Rate`, `rate`, `ois`, `mid`, `rate_after`, ...; or `bid` and `ask`, half way |
//! | rate before the first | a row `current`, a column `rate_before`, or the change of each row to its rate (`Imp. Rate Δ`) |
//! | day | `date`, `as_of`, `trade_date`; without one a line `# as_of: DATE` |

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::meaning::separator_of;
use super::opening::Opening;
use crate::market::calendar::TargetHistory;
use crate::market::contract::read_month;
use crate::market::product::Product;
use crate::notice::{Notice, Remark};
use crate::quotes::meeting_rates::{MeetingLabel, MeetingRates};
use crate::quotes::{QuoteFile, ReadOptions};
use crate::text::cell::{Cell, is_missing};
use crate::text::day::{DayOrder, spelled};
use crate::text::problem::{Problem, ProblemKind, Problems, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};
use crate::text::tally::{Skip, Tally};
use crate::units::Rate;

/// The most lines above the header: a screen has a title.
const MOST_ABOVE: usize = 20;

const MEETING: [&str; 10] = [
    "meeting",
    "meetingdate",
    "fomc",
    "fomcdate",
    "fomcmeeting",
    "decision",
    "decisiondate",
    "announcement",
    "announcementdate",
    "meetingmonth",
];
const START_OF_SWAP: [&str; 5] = ["start", "startdate", "effectivedate", "effective", "from"];
const END_OF_SWAP: [&str; 5] = ["end", "enddate", "maturity", "maturitydate", "to"];
const RATE: [&str; 20] = [
    "impliedrate",
    "impliedrate%",
    "imprate",
    "impliedpolicyrate",
    "impliedratepercent",
    "rateafter",
    "rateafterpercent",
    "postmeetingrate",
    "expectedrate",
    "oisrate",
    "ois",
    "impliedois",
    "rate",
    "rate%",
    "ratepercent",
    "mid",
    "midrate",
    "forwardrate",
    "forward",
    "implied",
];
const BEFORE: [&str; 4] = ["ratebefore", "ratebeforepercent", "premeetingrate", "currentrate"];
const CHANGE: [&str; 5] = ["impratedelta", "imprateδ", "impliedratedelta", "impliedrateδ", "impliedratechange"];
const DAY: [&str; 8] =
    ["date", "asof", "asofdate", "tradedate", "pricingdate", "valuationdate", "quotedate", "timestamp"];
/// What names the rate of today in the place of a meeting.
const TODAY: [&str; 8] = ["current", "spot", "today", "now", "start", "effr", "effectiverate", "fedfunds"];

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || *c == '%').flat_map(char::to_lowercase).collect()
}

/// Whether the header has a meeting and a rate, and no contract.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    header(opening.text).is_some()
}

/// The lines above the header: its number among them, and the text from there on.
fn header(text: &str) -> Option<(usize, &str)> {
    let mut lines = Lines::new(1, text.strip_prefix('\u{feff}').unwrap_or(text));
    for _ in 0..MOST_ABOVE {
        let start = (lines.number(), lines.rest());
        let (_, line) = lines.next()?;
        if is_row(line) && names_meetings(line) {
            return Some(start);
        }
    }
    None
}

/// Whether a line has the names of a meeting and of a rate.
fn names_meetings(line: &str) -> bool {
    let names: Vec<String> = line.split([',', ';', '\t']).map(folded).take(200).collect();
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    let meeting = has(&MEETING) || has(&START_OF_SWAP) && has(&END_OF_SWAP);
    let probabilities = has(&["lowerbp", "upperbp", "probability", "raterange"]);
    meeting
        && (has(&RATE) || has(&["bid"]) && has(&["ask"]))
        && !has(&["contract", "symbol", "ticker"])
        && !probabilities
}

/// Where the figures stand.
struct Columns {
    meeting: usize,
    day: Option<usize>,
    rate: Option<usize>,
    before: Option<usize>,
    change: Option<usize>,
    bid_ask: Option<(usize, usize)>,
    /// The order of day and month in the column of meetings.
    order: Option<DayOrder>,
    unread: Vec<String>,
}

impl Columns {
    fn of(table: &Table<'_>) -> Result<Self, ReadError> {
        let names: Vec<String> = table.columns().iter().map(|cell| folded(cell.text)).collect();
        let place = |wanted: &[&str]| wanted.iter().find_map(|wanted| names.iter().position(|name| name == wanted));
        let (meeting, rate) = (place(&MEETING).or(place(&START_OF_SWAP)), place(&RATE));
        let bid_ask = place(&["bid"]).zip(place(&["ask"])).filter(|_| rate.is_none());
        let (day, before, change) = (place(&DAY), place(&BEFORE), place(&CHANGE));
        let end = place(&END_OF_SWAP);
        let sides = bid_ask.map(|(bid, ask)| [bid, ask]).into_iter().flatten();
        let read: Vec<usize> = [meeting, day, rate, before, change, end].into_iter().flatten().chain(sides).collect();
        let unread =
            table.columns().iter().enumerate().filter(|(index, cell)| !read.contains(index) && !cell.text.is_empty());
        let unread = unread.map(|(_, cell)| cell.text.to_owned()).collect();
        let meeting = meeting.unwrap_or_default();
        let order = order_of(table, meeting)?;
        Ok(Self { meeting, day, rate, before, change, bid_ask, order, unread })
    }

    /// The rate of a row; `None` where it has none.
    fn rate(&self, row: &Row<'_>) -> Result<Option<Decimal>, Problem> {
        let figure = |column: Option<usize>| row.optional(column).map(percent).transpose().map(Option::flatten);
        match self.bid_ask {
            Some((bid, ask)) => {
                let (low, high) = (figure(Some(bid))?, figure(Some(ask))?);
                Ok(low.zip(high).map(|(low, high)| (low + high) / Decimal::TWO))
            }
            None => figure(self.rate),
        }
    }
}

/// A row as it was read.
struct Read<'a> {
    day: Option<NaiveDate>,
    label: Option<MeetingLabel>,
    rate: Decimal,
    before: Option<Decimal>,
    cell: Cell<'a>,
}

/// Reads the rates of one day.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (number, rest) = header(text).unwrap_or((1, text));
    let (line, below) = rest.split_once('\n').unwrap_or((rest, ""));
    let table = Table::between(text, (number, line.trim_end_matches('\r')), (number + 1, below), separator_of(line))?;
    let columns = Columns::of(&table)?;
    let stated = table.stated_date()?.or(options.as_of);
    let (mut rows, mut tally) = (Vec::new(), Tally::default());
    let blank = table.each_row(|row| {
        row.whole()?;
        match columns.row(row, stated)? {
            Some(read) => {
                tally.keep();
                rows.push(read);
            }
            None => tally.skip(Skip::NoPrice),
        }
        Ok(())
    })?;
    tally.skip_all(Skip::Blank, blank);
    let mut newer = None;
    let days: BTreeSet<Option<NaiveDate>> = rows.iter().map(|row| row.day).collect();
    let as_of = match (days.len(), options.as_of) {
        (0, _) => return Err(Problem::new(ProblemKind::Empty, "expected rates by meeting, found none").into()),
        (1, _) => days.into_iter().next().flatten(),
        (_, Some(wanted)) if days.contains(&Some(wanted)) => Some(wanted),
        (count, Some(wanted)) => {
            let message = format!("expected rates of {wanted}, found {count} other days");
            return Err(Problem::new(ProblemKind::OtherDays, message).into());
        }
        (count, None) => {
            let newest = days.into_iter().next_back().flatten();
            newer = newest.map(|day| Notice::NewestDay { day, days: count });
            newest
        }
    };
    rows.retain(|row| row.day == as_of);
    check_scale(&rows, as_of)?;
    let rates = of_day(&rows)?;
    let notices = newer.into_iter().chain([Notice::RatesByMeeting]);
    let mut remarks: Vec<Remark> = notices.map(|notice| Remark { notice, position: None }).collect();
    if !columns.unread.is_empty() {
        remarks.push(Remark { notice: Notice::ColumnsNotRead { columns: columns.unread }, position: None });
    }
    Ok(QuoteFile::of_meetings(options.product, as_of, rates, tally, remarks))
}

impl Columns {
    fn row<'a>(&self, row: &Row<'a>, stated: Option<NaiveDate>) -> Result<Option<Read<'a>>, ReadError> {
        let mut problems = Problems::default();
        let cell = row.cell(self.meeting);
        let own = self.day.filter(|_| self.day != Some(self.meeting)).map(|column| problems.of(row.cell(column).day()));
        let day = own.map_or(stated, |own| own);
        let rate = problems.of(self.rate(row)).flatten();
        let side = |column: Option<usize>| row.optional(column).map(percent).transpose().map(Option::flatten);
        let (before, change) = (problems.of(side(self.before)).flatten(), problems.of(side(self.change)).flatten());
        let today = TODAY.contains(&folded(cell.text).as_str());
        let label = if today { None } else { problems.of(label(cell, self.order, day)) };
        problems.finish()?;
        // A change is counted from the rate of today.
        let before = before.or(rate.zip(change).map(|(rate, change)| rate - change));
        Ok(rate.map(|rate| Read { day, label, rate, before, cell }))
    }
}

/// A meeting by its day or its month.
fn label(cell: Cell<'_>, order: Option<DayOrder>, as_of: Option<NaiveDate>) -> Result<MeetingLabel, Problem> {
    if let Some(day) = spelled(cell.text).and_then(|day| day.day(order)) {
        return Ok(MeetingLabel::Day(day));
    }
    let month = read_month(cell.text, as_of, Product::FedFunds).ok();
    month
        .map(MeetingLabel::Month)
        .ok_or_else(|| cell.refused("the day or month of a meeting, such as 2025-12-10 or DEC25"))
}

/// The order of day and month in a column of days, as all of its cells tell together.
fn order_of(table: &Table<'_>, column: usize) -> Result<Option<DayOrder>, ReadError> {
    let (mut orders, mut undecided) = (Vec::new(), None);
    table.each_row(|row| {
        let cell = row.cell(column);
        if let Some(day) = spelled(cell.text) {
            orders.extend(day.order);
            undecided = undecided.take().or(day.both().map(|both| (cell, both)));
        }
        Ok(())
    })?;
    match (orders.first(), undecided) {
        (Some(order), _) => Ok(Some(*order)),
        (None, None) => Ok(None),
        (None, Some((cell, [month_first, day_first]))) => {
            let message = format!(
                "expected days of meetings that can be one day alone, found '{}', {month_first} or {day_first}, and no row \
                 decides: write the year first",
                crate::text::escaped(cell.text)
            );
            Err(Problem::new(ProblemKind::Syntax, message).at(cell.position).into())
        }
    }
}

/// A rate in percent; `None` where a word for nothing stands.
fn percent(cell: Cell<'_>) -> Result<Option<Decimal>, Problem> {
    if is_missing(cell.text) {
        return Ok(None);
    }
    let text = cell.text.strip_suffix('%').map_or(cell.text, str::trim_end);
    let text = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
    let value = Decimal::from_str_exact(text.trim_start_matches('+')).ok();
    let value = value.filter(|value| value.abs() <= Decimal::from(30));
    value.map(Some).ok_or_else(|| cell.refused("a rate in percent such as 3.7925"))
}

/// Refuses rates that are fractions by their scale.
fn check_scale(rows: &[Read<'_>], as_of: Option<NaiveDate>) -> Result<(), Problem> {
    let range = as_of.and_then(|day| TargetHistory::embedded().range_on(day));
    let upper = range.map(|range| Decimal::new(range.upper_bp(), 2)).filter(|upper| *upper >= Decimal::new(5, 1));
    let Some((upper, first)) = upper.zip(rows.first()) else { return Ok(()) };
    if rows.iter().all(|row| row.rate.abs() < upper / Decimal::from(20)) {
        let message = format!(
            "expected rates in percent, found {} (a fraction?) where the target's upper bound is {upper}: multiply them by 100",
            first.rate
        );
        return Err(Problem::new(ProblemKind::Inconsistent, message).at(first.cell.position));
    }
    Ok(())
}

/// The rates of the day's rows, each meeting once.
fn of_day(rows: &[Read<'_>]) -> Result<MeetingRates, ReadError> {
    let mut problems = Problems::default();
    let mut start: Option<Decimal> = None;
    let mut rates: Vec<(MeetingLabel, Rate)> = Vec::new();
    for row in rows {
        match row.label {
            None => start = Some(row.rate),
            Some(label) if rates.iter().any(|(known, _)| *known == label) => {
                problems.add(row.cell.refused("each meeting once"));
            }
            Some(label) => {
                if rates.is_empty() {
                    start = start.or(row.before);
                }
                rates.push((label, Rate::from_percent(row.rate)));
            }
        }
    }
    problems.finish()?;
    Ok(MeetingRates::of(start.map(Rate::from_percent), rates))
}
