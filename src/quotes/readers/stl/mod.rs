//! The CME STL settlement report: fixed-width text, hundreds of products a file, v1 (110 columns) and v2 (138).
//!
//! ```text
//!          FINAL PRE-CLEARING PRICES AS OF 01/06/17 06:00 PM (CST)
//! MTH/                 ---- DAILY ---                        PT                     -------  PRIOR  DAY  -------
//! STRIKE     OPEN      HIGH      LOW       LAST      SETT    CHGE     EST.VOL       SETT         VOL         INT
//! FF 30 DAY FED FUNDS FUTURES
//! JAN17   99.3550   99.3550   99.3525   99.3525   99.3525    UNCH       19999    99.3525       25432      147744
//! TOTAL                                                               EST.VOL                 VOLUME    OPEN INT
//! TOTAL                                                                 19999                  25432      147744
//! *** END OF REPORT ***
//! ```
//!
//! Cells may be blank, so a row is cut at its columns and never at blanks; a cell's number ends in a fixed
//! column, and a bid or ask mark may follow in the next. A line is a product's header when one blank follows its
//! first word, and a row of a product when more do (or nothing). The TOTAL lines and the change column are
//! checksums: where they contradict the rows, the file is refused.

mod geometry;
mod grammar;
mod options;
mod row;

pub(in crate::quotes) use options::read_options;

use chrono::NaiveDate;

use super::book::Book;
use super::opening::Opening;
use crate::notice::Notice;
use crate::quotes::{QuoteFile, ReadOptions};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Lines;
use crate::text::tally::Skip;
use geometry::{Geometry, V1, V2};
use grammar::{AS_OF, END_OF_REPORT, Stage, count, header_date, month, product_header};
use row::{A_COUNT, Cells, Line, row};

/// Whether the file's first line says what day its prices are of.
pub(super) fn recognises(opening: &Opening<'_>) -> bool {
    opening.line.contains(AS_OF)
}

fn geometry(text: &str) -> Result<&'static Geometry, Problem> {
    // A file that ends before its labels lacks them at its last line.
    let lines = || numbered(text);
    let (number, labels) = lines().nth(2).or_else(|| Some((lines().last()?.0, ""))).unwrap_or((1, ""));
    let sett = labels.starts_with("STRIKE").then(|| labels.find("SETT")).flatten();
    let unknown =
        || Problem::expected("the column labels 'STRIKE     OPEN      HIGH ...' of a settlement report", labels);
    [&V1, &V2]
        .into_iter()
        .find(|geometry| Some(geometry.sett_label) == sett)
        .ok_or_else(|| unknown().at(Position { line: number, column: 1 }))
}

/// The lines from the first that is not blank, with their numbers.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    Lines::new(1, text).skip_while(|(_, line)| line.trim().is_empty())
}

/// Reads a report's futures of the wanted product.
pub(super) fn read(text: &str, options: &ReadOptions) -> Result<QuoteFile, ReadError> {
    let geometry = geometry(text)?;
    let (title_number, title) = numbered(text).next().unwrap_or((1, ""));
    let (_, (stage, trade_date)) = header_date(title.trim_end()).map_err(|_| {
        let found = title.find(AS_OF).map_or(title, |index| title[index + AS_OF.len()..].trim_start());
        Problem::expected("a date and time such as 11/21/25 06:00 PM (CST)", found).at(Position::of(
            title_number,
            title,
            found,
        ))
    })?;

    let mut report = Report::new(geometry, trade_date, options);
    let mut problems = Vec::new();
    for (number, line) in numbered(text).skip(3) {
        let line = Line { number, text: line.trim_end() };
        problems.extend(report.take(&line).err().into_iter().flatten());
    }
    if let Some(ending) = report.ending() {
        // Of a file that is cut in the middle of a line, that line says nothing more.
        let cut = (ending.kind() == ProblemKind::Truncated).then_some(report.last_line);
        problems.retain(|problem| problem.position().map(|position| position.line) != cut);
        problems.push(ending);
    }
    ReadError::unless_none(problems)?;

    if stage == Stage::Preliminary {
        report.book.remark(Notice::Preliminary, None);
    }
    if !report.total {
        report.book.remark(Notice::NoTotal, None);
    }
    if !report.ended {
        report.book.remark(Notice::NoEndOfReport, None);
    }
    report.book.finish()
}

/// What has been read of a report so far.
struct Report {
    geometry: &'static Geometry,
    trade_date: NaiveDate,
    book: Book,
    section: Section,
    total: bool,
    /// Whether a row was refused: then nothing can be said of sums.
    refused_row: bool,
    ended: bool,
    last_line: usize,
}

/// Where in the report a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Before the fed funds section.
    Before,
    /// Among its rows.
    Rows,
    /// Behind the labels of its totals.
    Totals,
    /// Behind its totals.
    Complete,
    /// In a later section.
    After,
}

impl Report {
    fn new(geometry: &'static Geometry, trade_date: NaiveDate, options: &ReadOptions) -> Self {
        let mut book = Book::new(geometry.format, options);
        book.state_day(Some(trade_date));
        // The three lines of the header.
        let (total, refused_row, ended, last_line) = (false, false, false, 3);
        Self { geometry, trade_date, book, section: Section::Before, total, refused_row, ended, last_line }
    }

    fn take(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        if line.text.is_empty() {
            return Ok(());
        }
        self.last_line = line.number;
        let header = product_header(line.text);
        match self.section {
            _ if self.ended => Err(line.refused(&format!("nothing behind '{END_OF_REPORT}'"))),
            _ if line.text.trim() == END_OF_REPORT => {
                self.ended = true;
                self.leave_fed_funds(line)
            }
            Section::Before | Section::After => {
                if let Some((code, description)) = header {
                    return self.enter(line, description, code);
                }
                self.book.skip(Skip::OtherProduct);
                Ok(())
            }
            // A row whose label runs into its cells looks like a header; its month gives it away.
            Section::Rows | Section::Totals | Section::Complete => match header {
                Some((code, description)) if month(code, self.trade_date).is_none() => {
                    self.leave_fed_funds(line)?;
                    self.enter(line, description, code)
                }
                _ => self.take_row(line),
            },
        }
    }

    /// A product's header: of fed funds futures, or of another product.
    fn enter(&mut self, line: &Line<'_>, description: &str, code: &str) -> Result<(), ReadError> {
        let option = [" CALL", " PUT"].iter().any(|side| description.ends_with(side));
        let wanted = self.book.product().exchange_codes().contains(&code);
        if option {
            self.book.holds(&format!("{code} options"));
        } else if !wanted {
            self.book.holds(code);
        } else if self.section == Section::After {
            let message = "expected one section of the product, found another";
            return Err(Problem::new(ProblemKind::Inconsistent, message).at(line.at(line.text)).into());
        } else {
            self.section = Section::Rows;
        }
        Ok(())
    }

    fn leave_fed_funds(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        let unfinished = match self.section {
            Section::Before => return Ok(()),
            Section::Totals => Some("the numbers of the TOTAL line"),
            // A section without volume or open interest has no TOTAL lines; the end of the report closes any other.
            Section::Rows if !self.ended && self.book.has_counts() => Some("the section's TOTAL lines"),
            Section::Rows | Section::Complete | Section::After => None,
        };
        self.section = Section::After;
        unfinished.map_or(Ok(()), |expected| Err(line.refused(expected)))
    }

    fn take_row(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        let total = line.text.strip_prefix("TOTAL");
        match (self.section, total) {
            (Section::Rows, Some(rest)) if rest.contains("VOLUME") && rest.contains("OPEN INT") => {
                self.section = Section::Totals;
                self.book.skip(Skip::Total);
                Ok(())
            }
            (Section::Rows | Section::Totals, Some(_)) => {
                self.section = Section::Complete;
                self.total = true;
                self.book.skip(Skip::Total);
                self.check_total(line)
            }
            (Section::Rows, None) => {
                let taken = self.take_quote(line);
                self.refused_row |= taken.is_err();
                taken
            }
            (Section::Totals, None) => Err(line.refused("the numbers of the TOTAL line")),
            _ => Err(line.refused("the next product or the end of the report behind the TOTAL line")),
        }
    }

    fn take_quote(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        let (label, quote) = row(line, self.geometry)?;
        let month = month(label, self.trade_date).ok_or_else(|| {
            let expected = "a contract month such as DEC25 (JAN FEB MAR APR MAY JUN JLY AUG SEP OCT NOV DEC)";
            Problem::expected(expected, label).at(line.at(line.text))
        })?;
        let at = line.at(line.text);
        let refused = |expected: String| Problem::expected(&expected, label).at(at);
        if self.book.product().is_long_over(month, self.trade_date) {
            return Err(refused(format!("a contract that trades on {}", self.trade_date)).into());
        }
        if let Some(last) = self.book.last_contract().filter(|last| month < *last) {
            return Err(refused(format!(
                "a contract after {}, in the order of the months",
                self.book.product().contract(last).symbol()
            ))
            .into());
        }
        Ok(self.book.keep(Some(self.trade_date), month, quote, at)?)
    }

    /// Holds the TOTAL line against the rows.
    fn check_total(&self, line: &Line<'_>) -> Result<(), ReadError> {
        let mut cells = Cells::of(line)?;
        if line.text.split(' ').next() != Some("TOTAL") {
            return Err(line.refused("TOTAL"));
        }
        let sums = [
            (&self.geometry.volume, self.book.sum(|quote| quote.volume)),
            (&self.geometry.prior_volume, self.book.sum(|quote| quote.prior_volume)),
            (&self.geometry.open_interest, self.book.sum(|quote| quote.open_interest)),
        ];
        // Where nothing was counted, the total is blank.
        let totals = sums.map(|(field, sum)| (field, cells.optional(field, count, A_COUNT).unwrap_or(0), sum));
        if !self.refused_row && !cells.any_refused() {
            for (field, total, sum) in totals.into_iter().filter(|(_, total, sum)| total != sum) {
                let message =
                    format!("expected the {} of the rows to add up to the TOTAL {total}, found {sum}", field.name);
                cells.contradicts(field, message);
            }
        }
        cells.finish()
    }

    /// What the end of the file leaves open.
    fn ending(&self) -> Option<Problem> {
        let truncated = |message: String| {
            let last = Position { line: self.last_line, column: 1 };
            Some(Problem::new(ProblemKind::Truncated, message).at(last))
        };
        match self.section {
            Section::Rows | Section::Totals => truncated(format!(
                "the file ends inside the fed funds section: expected its TOTAL line or '{END_OF_REPORT}' (is the file cut short?)"
            )),
            Section::After if !self.ended => truncated(format!(
                "the file ends before '{END_OF_REPORT}', after its fed funds section (to use that alone, cut the file \
                 behind the section's TOTAL lines)"
            )),
            // Of a section cut out for one of several products, the others' are not missing.
            Section::Before if !self.ended && !self.book.passes_others_over() => truncated(format!(
                "the file ends before '{END_OF_REPORT}' and holds no section of {} ({}); {}",
                self.book.product(),
                self.book.product().ticker(),
                self.book.holdings()
            )),
            Section::Before => {
                let message = format!(
                    "the report holds no section of {} ({}); {}",
                    self.book.product(),
                    self.book.product().ticker(),
                    self.book.holdings()
                );
                Some(Problem::new(ProblemKind::NoFedFunds, message))
            }
            Section::Complete | Section::After if self.book.is_empty() && !self.refused_row => {
                let message = format!("the section of {} has no rows", self.book.product());
                Some(Problem::new(ProblemKind::NoFedFunds, message))
            }
            Section::Complete | Section::After => None,
        }
    }
}
