//! [`Head`]: where a table begins, and the names of its columns: below a title, in one row or in several, behind a `#`, or
//! nowhere.

use chrono::NaiveDate;

use super::role::Role;
use crate::market::contract::{ContractError, read_label};
use crate::market::product::Product;
use crate::quotes::ReadOptions;
use crate::quotes::readers::cells::is_words;
use crate::text::cell::{Cell, is_missing};
use crate::text::day::spelled;
use crate::text::problem::{Position, Problem, ReadError};
use crate::text::table::{Lines, Row, Table, is_row};

/// The most lines above a table, and the most rows of its header.
const MOST_ABOVE: usize = 60;
const MOST_ROWS: usize = 3;

/// The most rows by whose content columns are told apart.
pub(super) const SAMPLE: usize = 400;

/// Where a table begins, and what stands above it.
pub(super) struct Head<'a> {
    /// The cells of the header's rows, from top to bottom.
    pub(super) rows: Vec<Vec<Cell<'a>>>,
    /// The lines above it that are neither blank nor comments.
    pub(super) above: Vec<&'a str>,
    /// The rows below.
    pub(super) table: Table<'a>,
    /// Whether the text has the names of the columns.
    pub(super) named: bool,
    /// The lines of the header.
    pub(super) lines: Vec<&'a str>,
    /// The contract that a line above says the table is of: `Security,FFZ5 Comdty`.
    pub(super) contract: Option<Cell<'a>>,
}

impl<'a> Head<'a> {
    /// Some of the rows below, those of their beginning.
    pub(super) fn sample(&self) -> Vec<Vec<Cell<'a>>> {
        let table = &self.table;
        let mut row = Row::empty(table.columns().len());
        let mut rows = Vec::new();
        for (number, line) in table.body().filter(|(_, line)| is_row(line)).take(SAMPLE) {
            if row.cut(number, line, table.separator()).is_ok() && !is_words(&row) {
                rows.push(row.cells().to_vec());
            }
        }
        rows
    }

    /// The head of a text; `None` where no line of it is a header and no row stands without one.
    pub(super) fn of(text: &'a str, options: &ReadOptions) -> Result<Option<Self>, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = Lines::new(1, text);
        let (mut above, mut contract) = (Vec::new(), None);
        let mut seen = 0;
        loop {
            let start = (lines.number(), lines.rest());
            let Some((number, line)) = lines.next() else { return Ok(None) };
            if line.trim().is_empty() {
                continue;
            }
            seen += 1;
            if seen > MOST_ABOVE {
                return Ok(None);
            }
            // A `#` before a header is part of a name (LSEG's `#RIC`).
            let commented = !is_row(line);
            let bare = if commented { line.trim_start().trim_start_matches('#') } else { line };
            let separator = separator_of(bare);
            let Ok(cells) = Row::of_line(number, bare, separator) else {
                above.extend((!commented).then_some(line));
                continue;
            };
            let read = Names::of(cells.cells(), options);
            if let Some(stated) = stated_contract(cells.cells(), &read, &lines, options) {
                contract = Some(stated);
                continue;
            }
            if read.is_header(commented)
                && (!commented || is_above_rows(&lines, cells.cells().len(), separator, options))
            {
                let head = Self::below(text, (number, bare), lines, separator, above, options)?;
                return Ok(Some(Self { contract, ..head }));
            }
            if above.is_empty() && !commented && is_bars(cells.cells()) {
                return Self::headless(text, start, cells.cells(), separator).map(Some);
            }
            above.extend((!commented).then_some(line));
        }
    }

    /// The header of a text that has a contract or a price among its first names, however little else.
    pub(super) fn poor(text: &'a str, options: &ReadOptions) -> Result<Option<Self>, ReadError> {
        let table = Table::parse(text)?;
        let names = Names::of(table.columns(), options);
        Ok((names.known > 0).then(|| Self {
            rows: vec![table.columns().to_vec()],
            above: Vec::new(),
            table,
            named: true,
            lines: Vec::new(),
            contract: None,
        }))
    }

    /// Takes further rows of the header, and the rows below them.
    fn below(
        text: &'a str,
        first: (usize, &'a str),
        mut lines: Lines<'a>,
        separator: char,
        above: Vec<&'a str>,
        options: &ReadOptions,
    ) -> Result<Self, ReadError> {
        let cells = |(number, line): (usize, &'a str)| {
            Ok::<_, Problem>(Row::of_line(number, line, separator)?.cells().to_vec())
        };
        let (mut rows, mut head) = (vec![cells(first)?], vec![first.1]);
        let (mut widest, names) = (first, Names::of(&rows[0], options));
        let mut body = (lines.number(), lines.rest());
        // Where each row names its contract, a row without prices is no header.
        while !(names.contract && names.labels == 0) && rows.len() < MOST_ROWS {
            let Some(next) = lines.next() else { break };
            if !is_row(next.1) {
                continue;
            }
            let Ok(row) = cells(next) else { break };
            if !Names::of(&row, options).is_further() {
                break;
            }
            if row.len() > rows.iter().map(Vec::len).max().unwrap_or(0) {
                widest = next;
            }
            rows.push(row);
            head.push(next.1);
            body = (lines.number(), lines.rest());
        }
        let table = Table::between(text, widest, body, separator)?;
        Ok(Self { rows, above, table, named: true, lines: head, contract: None })
    }

    /// Bars of one contract without a header, in the order of all who write them: day, time, open, high, low, close, volume,
    /// open interest.
    fn headless(text: &'a str, body: (usize, &'a str), cells: &[Cell<'a>], separator: char) -> Result<Self, ReadError> {
        let first = body.1.lines().next().unwrap_or_default();
        let table = Table::between(text, (body.0, first), body, separator)?;
        let timed = cells.get(1).is_some_and(|cell| cell.text.contains(':'));
        let names = ["date", "time", "open", "high", "low", "close", "volume", "open interest"];
        let names = names.into_iter().filter(|name| timed || *name != "time");
        let start = Position { line: body.0, column: 1 };
        let position = cells.first().map_or(start, |cell| cell.position);
        let row = names.take(cells.len()).map(|text| Cell { text, position }).collect();
        Ok(Self { rows: vec![row], above: Vec::new(), table, named: false, lines: Vec::new(), contract: None })
    }
}

/// The day that the lines above a table say it is of; `None` where they say none, or several.
pub(in crate::quotes::readers) fn day_of_lines(above: &[&str]) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = above.iter().filter_map(|line| day_in(line)).collect();
    days.dedup();
    if let [day] = days[..] { Some(day) } else { None }
}

/// Whether a line is the header of a table.
pub(in crate::quotes::readers) fn is_header(line: &str, separator: char) -> bool {
    let row = Row::of_line(1, line, separator);
    row.is_ok_and(|row| Names::of(row.cells(), &ReadOptions::default()).is_header(false))
}

/// The contract that a line of two cells says a table is of, whose header stands below.
fn stated_contract<'a>(
    cells: &[Cell<'a>],
    names: &Names,
    below: &Lines<'_>,
    options: &ReadOptions,
) -> Option<Cell<'a>> {
    let mut filled = cells.iter().filter(|cell| !cell.text.is_empty());
    let (Some(_), Some(label), None) = (filled.next(), filled.next(), filled.next()) else { return None };
    if !(names.contract && names.labels == 1 && names.known == 1) {
        return None;
    }
    let header = |(number, line): (usize, &str)| {
        let row = Row::of_line(number, line, separator_of(line)).ok()?;
        let names = Names::of(row.cells(), options);
        (names.is_header(false) && names.labels == 0 && names.known == names.filled && names.prices > 0).then_some(())
    };
    let below = Lines::new(below.number(), below.rest()).take(MOST_ABOVE);
    below.filter(|(_, line)| is_row(line)).find_map(header).map(|()| *label)
}

/// Whether rows of as many cells follow, and no header of their own: then a `#` before names is part of the first of them.
fn is_above_rows(lines: &Lines<'_>, count: usize, separator: char, options: &ReadOptions) -> bool {
    let next = Lines::new(lines.number(), lines.rest()).find(|(_, line)| is_row(line));
    let row = next.and_then(|(number, line)| Row::of_line(number, line, separator).ok());
    row.is_some_and(|row| row.cells().len() == count && !Names::of(row.cells(), options).is_header(false))
}

/// The day in a line of prose that speaks of one: `Settlements as of 21-Nov-2025`.
fn day_in(line: &str) -> Option<NaiveDate> {
    let words: Vec<&str> =
        line.split([' ', '\t', ',', ';', ':', '(', ')', '"', '|']).filter(|word| !word.is_empty()).collect();
    let mut found = (1..=4).rev().flat_map(|width| words.windows(width).map(|words| words.join(" ")));
    found.find_map(|words| {
        spelled(&words).filter(|_| !words.bytes().all(|b| b.is_ascii_digit()) || words.len() == 8)?.day(None)
    })
}

/// What separates the cells of a line: the one of the usual separators that occurs most often.
pub(in crate::quotes::readers) fn separator_of(line: &str) -> char {
    let count = |separator: char| line.matches(separator).count();
    let found = [',', ';', '\t', '|'].into_iter().rev().max_by_key(|separator| count(*separator));
    found.filter(|separator| count(*separator) > 0).unwrap_or(',')
}

/// What the cells of a line are as names of columns.
#[derive(Default)]
struct Names {
    known: usize,
    prices: usize,
    labels: usize,
    chosen: usize,
    numbers: usize,
    days: usize,
    filled: usize,
    contract: bool,
    /// Whether the first cell names what the others are: `Ticker,ZQX25.CBT,...`.
    axis: bool,
}

impl Names {
    fn of(cells: &[Cell<'_>], options: &ReadOptions) -> Self {
        let mut names = Self::default();
        for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
            names.axis |= names.filled == 0 && is_axis(cell.text);
            names.filled += 1;
            let chosen = options.columns.iter().find(|choice| choice.name.eq_ignore_ascii_case(cell.text));
            names.chosen += usize::from(chosen.is_some());
            let role = chosen.map(|choice| choice.role).or(Role::named(cell.text).map(|(role, _)| role));
            if let Some(role) = role {
                names.known += 1;
                names.contract |= role == Role::Contract;
                names.prices += usize::from(role.is_price() || matches!(role, Role::Open | Role::High | Role::Low));
            } else if heading(cell.text, options.product).is_some() {
                names.labels += 1;
            } else if is_missing(cell.text) || cell.text.trim_end_matches('%').parse::<f64>().is_ok() {
                names.numbers += 1;
            } else if spelled(cell.text).is_some() {
                names.days += 1;
            }
        }
        names
    }

    fn is_header(&self, commented: bool) -> bool {
        let whole = !commented || self.known + self.labels >= 3;
        let chosen = self.chosen > 0 && self.numbers == 0;
        let told = self.prices + self.labels > 0 && self.known + self.labels >= 2;
        whole && (chosen || told && self.numbers == 0 && self.days == 0)
    }

    /// Whether a row below a header is one more of its rows.
    fn is_further(&self) -> bool {
        let told = self.axis || self.filled == self.known + self.labels;
        self.numbers == 0 && self.days == 0 && self.filled > 0 && told
    }
}

/// Whether a first cell says that the cells to its right are contracts.
pub(super) fn is_axis(text: &str) -> bool {
    ["ticker", "symbol", "symbols", "contract", "instrument"].contains(&super::role::key(text).as_str())
}

/// A contract in the heading of a column, and what else the heading says: `ZQZ25.CBT.Close`, `FFX5 Comdty PX_LAST`.
#[derive(Clone, Copy)]
pub(super) struct Heading<'a> {
    pub(super) label: &'a str,
    /// Whether the label is of the wanted product, or another instrument's.
    pub(super) wanted: bool,
    pub(super) role: Option<Role>,
}

/// What a heading says, where it begins or ends with a contract.
pub(super) fn heading(text: &str, product: Product) -> Option<Heading<'_>> {
    let whole = |label| label_of(label, product);
    if let Some(wanted) = whole(text) {
        return Some(Heading { label: text, wanted, role: None });
    }
    // A frame writes a pair of names as `('settle', 'ZQZ25')`, a formula as `PX_LAST(FFZ5 Comdty)`.
    let cuts = text.char_indices().filter(|(_, c)| [' ', '.', '_', ':', '-', '|', '/', '(', ','].contains(c));
    let bare = |part| str::trim_matches(part, [' ', '(', ')', '\'', ',']);
    for (at, c) in cuts {
        let (left, right) = (bare(&text[..at]), bare(&text[at + c.len_utf8()..]));
        for (label, figure) in [(left, right), (right, left)] {
            if let Some((Some(wanted), (role, _))) = Role::named(figure).map(|role| (whole(label), role)) {
                return Some(Heading { label, wanted, role: Some(role) });
            }
        }
    }
    None
}

/// Whether a label is a contract of the wanted product; `None` where it is no contract at all.
pub(super) fn label_of(label: &str, product: Product) -> Option<bool> {
    let bare = label.trim();
    // A number or a word alone is no heading of a contract.
    let mixed = bare.len() >= 4 && bare.bytes().any(|b| b.is_ascii_digit() || b == b'=') && !bare.contains('%');
    let dated = spelled(bare).is_some() && bare.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !mixed || dated || bare.parse::<f64>().is_ok() && bare.len() != 6 {
        return None;
    }
    match read_label(bare, None, product) {
        Ok(read) => Some(read.product.is_none_or(|found| found == product)),
        Err(ContractError::NeedsTradeDate(_) | ContractError::Continuous(_)) => Some(true),
        Err(ContractError::OtherProduct { .. }) => Some(false),
        Err(_) => None,
    }
}

/// Whether a first line is a bar without a header: a day, perhaps a time, and prices.
fn is_bars(cells: &[Cell<'_>]) -> bool {
    let [day, rest @ ..] = cells else { return false };
    let rest = match rest {
        [time, rest @ ..] if time.text.contains(':') => rest,
        rest => rest,
    };
    let price = |cell: &Cell<'_>| super::super::cells::price(cell.text).is_ok();
    spelled(day.text).is_some() && rest.len() >= 4 && rest.iter().take(4).all(price)
}
