//! The settlements table of CME's website, copied and pasted, with whatever stood around it.
//!
//! ```text
//! 30 Day Federal Funds Futures Settlements
//! Month Open High Low Last Change Settle Estimated Volume Prior Day Open Interest
//! OCT 14 99.9100 99.9125 99.9100 - UNCH 99.9125 125 33,625
//! SEP 15 99.6950 99.7000B 99.6750 - -.0150 99.6800 1,002 12,600
//! Total 31,320 627,112
//! ```
//!
//! The change stands before the settlement. Cells are separated by blanks or tabs and never empty: `-` is none.

use chrono::NaiveDate;

use super::book::Book;
use super::meaning;
use super::opening::Opening;
use super::website::{Row, check_title, check_total, date_in, product_of_title};
use crate::market::contract::month_number;
use crate::notice::Notice;
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};
use crate::text::tally::Skip;

/// The cells of a row behind its month: open, high, low, last, change, settle, volume, open interest.
const CELLS: usize = 8;

/// Whether the table's header, or a row of it, stands anywhere among the first lines.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    let lines = || opening.text.lines().take(400);
    let is_row = |line| matches!(Line::of(line, false), Line::Row(_, cells) if cells.len() == CELLS);
    // The columns of a table that names them are told by their names.
    lines().any(is_header) || !meaning::names_columns(opening) && lines().any(is_row)
}

/// What a line is.
enum Line<'a> {
    /// A month, and the cells behind it.
    Row(&'a str, Vec<&'a str>),
    Total(Vec<&'a str>),
    Header,
    Words,
}

impl<'a> Line<'a> {
    /// `within`: whether the table has begun and not ended.
    fn of(line: &'a str, within: bool) -> Self {
        if is_header(line) {
            return Self::Header;
        }
        let cells: Vec<&str> = if line.contains('\t') {
            line.trim().split('\t').map(str::trim).collect()
        } else {
            line.split_whitespace().collect()
        };
        let Some((first, rest)) = cells.split_first() else { return Self::Words };
        if first.eq_ignore_ascii_case("total") && rest.iter().all(|cell| is_figure(cell)) && !rest.is_empty() {
            return Self::Total(rest.to_vec());
        }
        // The month and its year are two words, of which a spreadsheet or a tab makes one.
        let (label, rest) = match rest.split_first() {
            Some((year, rest)) if is_word(first) && is_year(year) => (spanning(line, first, year), rest),
            _ => (*first, rest),
        };
        let begins_with_month =
            label.bytes().any(|b| b.is_ascii_alphabetic()) && label.bytes().any(|b| b.is_ascii_digit());
        let figures = rest.iter().filter(|cell| is_figure(cell)).count();
        let date = matches!(rest[..], [year] if is_year(year));
        // A sentence is no row of figures; a row with spoilt cells still has most of them, one that lost cells no others.
        let row = figures >= CELLS - 2 && figures + 2 >= rest.len() || figures == rest.len() && figures > 0 && !date;
        // Within the table whatever begins with a month and has a figure is a row, however little of it is left.
        let within = within && is_named_month(first) && !date && figures > 0;
        if begins_with_month && row || within { Self::Row(label, rest.to_vec()) } else { Self::Words }
    }
}

fn is_header(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().map(str::to_ascii_lowercase).collect();
    let wanted = ["month", "open", "high", "low", "last", "change", "settle"];
    words.len() >= wanted.len() && words.iter().zip(wanted).all(|(found, wanted)| found == wanted)
}

/// `OCT`, `OCT14`, `October`: whatever begins with a month's three letters.
fn is_named_month(word: &str) -> bool {
    word.get(..3).is_some_and(|name| month_number(&name.to_ascii_uppercase()).is_some())
}

fn is_word(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_year(text: &str) -> bool {
    matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit())
}

/// A price, a change, a count, or the word for none.
fn is_figure(text: &str) -> bool {
    let number = |b: u8| b.is_ascii_digit() || b"+-.,AB".contains(&b);
    is_missing(text) || text == "UNCH" || text.bytes().all(number) && text.bytes().any(|b| b.is_ascii_digit())
}

/// The part of a line from the beginning of one of its words to the end of another.
fn spanning<'a>(line: &'a str, first: &'a str, last: &'a str) -> &'a str {
    let offset = |part: &str| part.as_ptr() as usize - line.as_ptr() as usize;
    line.get(offset(first)..offset(last) + last.len()).unwrap_or(first)
}

/// Reads the table out of its surroundings.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let lines = || text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let mut book = Book::new(Format::WebsiteTable, options);
    book.state_day(lines().find_map(|(_, line)| trade_date(line)));
    let place = |number, line: &str| Position { line: number, column: 1 + line.len() - line.trim_start().len() };
    let above = lines().take_while(|(_, line)| !matches!(Line::of(line, false), Line::Row(..)));
    let titles: Vec<(&str, Position)> =
        above.filter(|(_, line)| is_title(line)).map(|(number, line)| (line.trim(), place(number, line))).collect();
    // Beside its own title a page may name others, as links.
    let own = titles.iter().find(|(title, _)| product_of_title(title) == Some(book.product()));
    check_title(own.or(titles.first()).copied(), &mut book)?;

    let mut problems = Problems::default();
    let (mut begun, mut complete, mut foreign) = (false, false, None);
    for (number, line) in lines().filter(|(_, line)| !line.trim().is_empty()) {
        let cell = |text| cell(number, line, text);
        let second = |found: &str| Problem::expected("one table, of one product", found).at(place(number, line));
        let taken = match Line::of(line, begun && !complete) {
            Line::Header if begun => Err(second(line.trim()).into()),
            Line::Header => {
                begun = true;
                Ok(())
            }
            // Below a table the names of others are links, unless a table of theirs follows.
            Line::Words => {
                if begun && is_title(line) && product_of_title(line) != Some(book.product()) {
                    foreign = Some(line.trim());
                }
                book.skip(Skip::Words);
                Ok(())
            }
            Line::Row(..) if foreign.is_some() => Err(second(foreign.unwrap_or_default()).into()),
            Line::Row(label, _) if complete => {
                Err(Problem::expected("one table, which ends with its Total", label).at(cell(label).position).into())
            }
            Line::Row(label, cells) => match <[&str; CELLS]>::try_from(cells) {
                Ok(cells) => {
                    begun = true;
                    row(cell(label), cells.map(cell)).take(&mut book)
                }
                Err(cells) => {
                    let expected = format!("expected a month and {CELLS} cells (open to open interest)");
                    let message = format!("{expected}, found {}", cells.len());
                    Err(Problem::new(ProblemKind::Syntax, message).at(cell(label).position).into())
                }
            },
            Line::Total(cells) => {
                complete = true;
                let counts: Vec<&str> = cells.into_iter().filter(|cell| !is_missing(cell)).collect();
                match counts[..] {
                    // Where a row was refused, nothing can be said of sums.
                    _ if !problems.is_empty() => Ok(()),
                    // With tabs other columns may have figures too.
                    [.., volume, open_interest] if counts.len() == 2 || line.contains('\t') => {
                        check_total(Some(cell(volume)), Some(cell(open_interest)), &mut book)
                    }
                    _ => {
                        let expected = "the Total of volume and open interest";
                        Err(Problem::expected(expected, line.trim()).at(place(number, line)).into())
                    }
                }
            }
        };
        problems.of(taken);
    }
    problems.finish()?;
    if !complete {
        book.remark(Notice::NoTotal, None);
    }
    book.finish()
}

fn cell<'a>(number: usize, line: &'a str, text: &'a str) -> Cell<'a> {
    Cell { text, position: Position::of(number, line, text) }
}

fn row<'a>(month: Cell<'a>, cells: [Cell<'a>; CELLS]) -> Row<'a> {
    let [open, high, low, last, change, settle, volume, open_interest] = cells.map(Some);
    Row { month, open, high, low, last, change, settle, volume, open_interest }
}

/// `30 Day Federal Funds Futures Settlements`, or another few words that name a future on a rate.
fn is_title(line: &str) -> bool {
    let line = line.trim().to_ascii_lowercase();
    let of_rates = ["fed fund", "federal fund", "sofr", "eurodollar", "treasury", "note", "bond", "swap"];
    let short = line.len() <= 80 && line.split_whitespace().count() <= 8;
    let names = of_rates.iter().any(|word| line.contains(word));
    short && names && (line.contains("future") || line.ends_with("settlements"))
}

/// The date of a line `Trade Date: Friday, 18 Sep 2026`, or of a line `# as_of: 2026-09-18`.
fn trade_date(line: &str) -> Option<NaiveDate> {
    let start = line.trim_start_matches(['#', ' ']).to_ascii_lowercase();
    (start.starts_with("trade date") || start.starts_with("as_of:"))
        .then(|| date_in(line.split_once(':').map_or(line, |(_, date)| date)))
        .flatten()
}
