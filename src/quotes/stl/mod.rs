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
mod row;

use chrono::NaiveDate;

use super::{Format, QuoteBook, Snapshot};
use crate::contract::FED_FUNDS_CODES;
use crate::notice::Notice;
use crate::problem::{Position, Problem, ProblemKind, ReadError};
use geometry::{Geometry, V1, V2};
use grammar::{AS_OF, END_OF_REPORT, Stage, count, header_date, month, product_header};
use row::{Line, cell, cut, row};

/// Whether a first line is that of a settlement report.
pub(super) fn is_report(first_line: &str) -> bool {
    first_line.contains(AS_OF)
}

/// The version of a report, told from the column labels of its third line.
pub(super) fn version(text: &str) -> Result<Format, Problem> {
    geometry(text).map(|geometry| geometry.format)
}

fn geometry(text: &str) -> Result<&'static Geometry, Problem> {
    let (number, labels) = numbered(text).nth(2).unwrap_or((3, ""));
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
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_start_matches('\u{feff}')));
    lines.skip_while(|(_, line)| line.trim().is_empty())
}

/// Reads a report's fed funds futures.
pub(super) fn read(text: &str) -> Result<Snapshot, ReadError> {
    let geometry = geometry(text)?;
    let (title_number, title) = numbered(text).next().unwrap_or((1, ""));
    let (_, (stage, trade_date)) = header_date(title).map_err(|_| {
        let found = title.find(AS_OF).map_or(title, |index| title[index + AS_OF.len()..].trim_start());
        Problem::expected("the date of the report as mm/dd/yy", found).at(Position::of(title_number, title, found))
    })?;

    let mut report = Report::default();
    let mut problems = Vec::new();
    for (number, line) in numbered(text).skip(3) {
        let line = Line { number, text: line.trim_end() };
        problems.extend(report.take(&line, geometry, trade_date).err().into_iter().flatten());
    }
    if let Some(ending) = report.ending() {
        // Of a file that is cut in the middle of a line, that line says nothing more.
        let cut = (ending.kind() == ProblemKind::Truncated).then_some(report.last_line);
        problems.retain(|problem| problem.position().map(|position| position.line) != cut);
        problems.push(ending);
    }
    ReadError::unless_none(problems)?;

    let mut notices = Vec::new();
    if stage == Stage::Preliminary {
        notices.push(Notice::Preliminary);
    }
    if !report.total {
        notices.push(Notice::NoTotal);
    }
    if !report.ended {
        notices.push(Notice::NoEndOfReport);
    }
    Ok(Snapshot { format: geometry.format, trade_date: Some(trade_date), quotes: report.book.into_quotes(), notices })
}

/// What has been read of a report so far.
#[derive(Default)]
struct Report {
    book: QuoteBook,
    section: Section,
    total: bool,
    /// Whether a row was refused: then nothing can be said of sums.
    refused_row: bool,
    other_products: Vec<String>,
    ended: bool,
    last_line: usize,
}

/// Where in the report a line stands.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Section {
    #[default]
    Before,
    FedFunds,
    After,
}

impl Report {
    fn take(&mut self, line: &Line<'_>, geometry: &Geometry, trade_date: NaiveDate) -> Result<(), ReadError> {
        if line.text.is_empty() {
            return Ok(());
        }
        self.last_line = line.number;
        if line.text == END_OF_REPORT {
            self.ended = true;
            self.leave_fed_funds();
        } else if let Ok((description, code)) = product_header(line.text) {
            self.leave_fed_funds();
            let option = [" CALL", " PUT"].iter().any(|side| description.ends_with(side));
            if option || !FED_FUNDS_CODES.contains(&code) {
                self.other_products.push(code.to_owned());
            } else if self.section == Section::After {
                let message = "expected one section of fed funds futures, found another";
                return Err(Problem::new(ProblemKind::Inconsistent, message).at(line.at(line.text)).into());
            } else {
                self.section = Section::FedFunds;
            }
        } else if self.section == Section::FedFunds {
            let taken = self.take_row(line, geometry, trade_date);
            self.refused_row |= taken.is_err();
            return taken;
        }
        Ok(())
    }

    fn leave_fed_funds(&mut self) {
        if self.section == Section::FedFunds {
            self.section = Section::After;
        }
    }

    fn take_row(&mut self, line: &Line<'_>, geometry: &Geometry, trade_date: NaiveDate) -> Result<(), ReadError> {
        if let Some(rest) = line.text.strip_prefix("TOTAL") {
            // The first TOTAL line holds the labels, the second the numbers.
            return if rest.contains(|c: char| c.is_ascii_alphabetic()) {
                Ok(())
            } else {
                self.check_total(line, geometry)
            };
        }
        let (label, quote) = row(line, geometry)?;
        let month = month(label, trade_date).ok_or_else(|| {
            let expected = "a contract month such as DEC25 (JAN FEB MAR APR MAY JUN JLY AUG SEP OCT NOV DEC)";
            Problem::expected(expected, label).at(line.at(line.text))
        })?;
        Ok(self.book.insert(month, quote, line.at(line.text))?)
    }

    /// Holds the TOTAL line against the rows; a blank total promises nothing.
    fn check_total(&mut self, line: &Line<'_>, geometry: &Geometry) -> Result<(), ReadError> {
        self.total = true;
        if self.refused_row {
            return Ok(());
        }
        let sums = [
            (&geometry.volume, self.book.sum(|quote| quote.volume)),
            (&geometry.prior_volume, self.book.sum(|quote| quote.prior_volume)),
            (&geometry.open_interest, self.book.sum(|quote| quote.open_interest)),
        ];
        let mut problems = Vec::new();
        for (field, sum) in sums {
            match cell(line, field, count, "a whole number") {
                Ok(Some(total)) if total != sum => {
                    let message =
                        format!("expected the {} of the rows to add up to the TOTAL {total}, found {sum}", field.name);
                    let (_, place) = cut(line, field);
                    problems.push(Problem::new(ProblemKind::Inconsistent, message).at(place));
                }
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        ReadError::unless_none(problems)
    }

    /// What the end of the file leaves open.
    fn ending(&self) -> Option<Problem> {
        let last = Position { line: self.last_line, column: 1 };
        match self.section {
            Section::FedFunds if !self.total => {
                let message = format!(
                    "the file ends inside the fed funds section: expected a TOTAL line or '{END_OF_REPORT}' (is the file cut short?)"
                );
                Some(Problem::new(ProblemKind::Truncated, message).at(last))
            }
            Section::After if !self.ended => {
                let message = format!(
                    "the file ends before '{END_OF_REPORT}', after its fed funds section (to use that alone, cut the file \
                     behind the section's TOTAL lines)"
                );
                Some(Problem::new(ProblemKind::Truncated, message).at(last))
            }
            Section::Before if !self.ended => {
                let message = format!(
                    "the file ends before '{END_OF_REPORT}' and holds no section of fed funds futures (FF); {}",
                    self.holdings()
                );
                Some(Problem::new(ProblemKind::Truncated, message).at(last))
            }
            Section::Before => {
                let message = format!("the report holds no section of fed funds futures (FF); {}", self.holdings());
                Some(Problem::new(ProblemKind::NoFedFunds, message))
            }
            _ if self.book.is_empty() && !self.refused_row => {
                Some(Problem::new(ProblemKind::NoFedFunds, "the section of fed funds futures has no rows"))
            }
            _ => None,
        }
    }

    /// "it holds 3YR, B1U and 40 more".
    fn holdings(&self) -> String {
        let mut products: Vec<&str> = self.other_products.iter().map(String::as_str).collect();
        products.dedup();
        let shown = products.len().min(8);
        let listed = crate::text::escaped(&products[..shown].join(", "));
        match products.len() - shown {
            _ if products.is_empty() => "it holds no product at all".to_owned(),
            0 => format!("it holds {listed}"),
            more => format!("it holds {listed} and {more} more"),
        }
    }
}
