//! The option sections of the report: fed funds options, one section a month and side.
//!
//! ```text
//! FFC DEC15 30 DAY FED FUNDS OPTIONS CALL
//! 99750      ----      ----      ----      ----     .0650  -.0125                  .0775                     500
//! 100062     ----      ----      ----      ----       CAB    UNCH                    CAB
//! ```
//!
//! Strikes are cut after three places, so that 99.8125 stands as `99812`; all lie on sixteenths.

use chrono::NaiveDate;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, digit0, digit1};
use nom::combinator::{map_res, recognize, value};
use nom::{IResult, Parser};
use rust_decimal::Decimal;

use super::geometry::{Field, Geometry};
use super::grammar::{AS_OF, END_OF_REPORT, count, header_date, month, product_header};
use super::row::{A_COUNT, Cells, Line};
use super::{geometry, numbered};
use crate::market::contract::ContractMonth;
use crate::quotes::options::{OptionBook, OptionFile, OptionProduct, OptionQuote, OptionRow, OptionSide, Premium};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::tally::Skip;

/// The code of fed funds options in the report; `OZQ` is the one on the screen.
const CODES: [&str; 2] = ["FFC", "OZQ"];
const A_PREMIUM: &str = "a premium such as .0725, CAB or ----";

/// Reads a report's options on fed funds futures; other products are counted.
pub(in crate::quotes) fn read_options(text: &str) -> Result<OptionFile, ReadError> {
    let geometry = geometry(text)?;
    let (title_number, title) = numbered(text).next().unwrap_or((1, ""));
    let (_, (_, trade_date)) = header_date(title.trim_end()).map_err(|_| {
        let found = title.find(AS_OF).map_or(title, |index| &title[index..]);
        Problem::expected("a date and time such as 11/21/25 06:00 PM (CST)", found).at(Position::of(
            title_number,
            title,
            found,
        ))
    })?;
    let mut sections = Sections {
        geometry,
        trade_date,
        book: OptionBook::new(Some(trade_date)),
        section: None,
        totals: [0; 2],
        refused_row: false,
    };
    let mut problems = Vec::new();
    for (number, line) in numbered(text).skip(3) {
        let line = Line { number, text: line.trim_end() };
        problems.extend(sections.take(&line).err().into_iter().flatten());
    }
    if sections.section.is_some() {
        let message =
            format!("the file ends inside a section of options: expected '{END_OF_REPORT}' (is the file cut short?)");
        // An excerpt of whole sections is no report, and may be read.
        let cut_short = sections.totals != [0; 2] && text.contains("TOTAL");
        problems.extend(cut_short.then(|| Problem::new(ProblemKind::Truncated, message)));
    }
    ReadError::unless_none(problems)?;
    Ok(sections.book.finish())
}

/// What has been read of the option sections so far.
struct Sections {
    geometry: &'static Geometry,
    trade_date: NaiveDate,
    book: OptionBook,
    section: Option<(ContractMonth, OptionSide)>,
    /// The volume of the day before and the open interest of the rows so far.
    totals: [u64; 2],
    /// Whether a row was refused: then nothing can be said of sums.
    refused_row: bool,
}

impl Sections {
    fn take(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        if line.text.is_empty() {
            return Ok(());
        }
        if line.text.trim() == END_OF_REPORT {
            self.section = None;
            return Ok(());
        }
        if let Some((code, description)) = product_header(line.text) {
            self.section = if CODES.contains(&code) { Some(self.section_of(line, description)?) } else { None };
            self.totals = if self.section.is_some() { self.totals } else { [0; 2] };
            return Ok(());
        }
        match self.section {
            Some(_) if line.text.starts_with("TOTAL") => self.total(line),
            Some((month, side)) => {
                let taken = self.row(line, month, side);
                self.refused_row |= taken.is_err();
                taken
            }
            None => {
                self.book.tally.skip(Skip::OtherProduct);
                Ok(())
            }
        }
    }

    /// `DEC15 30 DAY FED FUNDS OPTIONS CALL`.
    fn section_of(&self, line: &Line<'_>, description: &str) -> Result<(ContractMonth, OptionSide), ReadError> {
        let side = match description.rsplit(' ').next() {
            Some("CALL") => Some(OptionSide::Call),
            Some("PUT") => Some(OptionSide::Put),
            _ => None,
        };
        let label = description.split(' ').next().unwrap_or_default();
        let section = month(label, self.trade_date).zip(side);
        section.ok_or_else(|| line.refused("the header of a section of options such as 'FFC DEC25 ... CALL'"))
    }

    fn row(&mut self, line: &Line<'_>, month: ContractMonth, side: OptionSide) -> Result<(), ReadError> {
        let mut cells = Cells::of(line)?;
        let label = line.text.get(..self.geometry.open.first).unwrap_or(line.text).trim();
        let at = line.at(line.text);
        let strike = strike(label).ok_or_else(|| Problem::expected("a strike such as 97937", label).at(at));
        let settle = premium(&mut cells, &self.geometry.settle);
        let prior = premium(&mut cells, &self.geometry.prior_settle);
        let volume = cells.optional(&self.geometry.volume, count, A_COUNT);
        let prior_volume = cells.optional(&self.geometry.prior_volume, count, A_COUNT);
        let open_interest = cells.optional(&self.geometry.open_interest, count, A_COUNT);
        self.check_change(&mut cells, settle, prior);
        cells.finish()?;
        self.totals[0] += prior_volume.unwrap_or(0);
        self.totals[1] += open_interest.unwrap_or(0);
        let quote = OptionQuote { settle, volume, open_interest, ..OptionQuote::default() };
        let product = OptionProduct::FedFunds;
        let row = OptionRow { product, month, side, strike: strike?, quote, expiry: None, future: None };
        Ok(self.book.keep(row, at)?)
    }

    /// Holds the change column against the settlement and the one before.
    fn check_change(&self, cells: &mut Cells<'_, '_>, settle: Option<Premium>, prior: Option<Premium>) {
        let points = |premium: Option<Premium>| premium.and_then(Premium::points);
        let Some((settle, prior)) = points(settle).zip(points(prior)) else { return };
        let printed =
            match cells.optional(&self.geometry.change, super::grammar::change, "a change such as -.0050 or UNCH") {
                Some(super::grammar::Change::By(change)) => change.points(),
                Some(super::grammar::Change::Unchanged) => Decimal::ZERO,
                _ => return,
            };
        if settle - prior != printed {
            let found = settle - prior;
            let message =
                format!("expected SETT {settle} less PRIOR SETT {prior} to be the change {printed}, found {found}");
            cells.contradicts(&self.geometry.settle, message);
        }
    }

    /// The labels of the totals, or the totals, which are of every month and side.
    fn total(&mut self, line: &Line<'_>) -> Result<(), ReadError> {
        self.book.tally.skip(Skip::Total);
        if line.text.contains("OPEN INT") {
            return Ok(());
        }
        let mut cells = Cells::of(line)?;
        for (field, sum) in [&self.geometry.prior_volume, &self.geometry.open_interest].into_iter().zip(self.totals) {
            let total = cells.optional(field, count, A_COUNT).unwrap_or(0);
            if total != sum && !self.refused_row {
                let name = field.name;
                cells.contradicts(
                    field,
                    format!("expected the {name} of the rows to add up to the TOTAL {total}, found {sum}"),
                );
            }
        }
        self.totals = [0; 2];
        cells.finish()
    }
}

fn premium(cells: &mut Cells<'_, '_>, field: &Field) -> Option<Premium> {
    cells.optional(field, premium_cell, A_PREMIUM).flatten()
}

/// `.0725`, `CAB`, or `----` for none.
fn premium_cell(input: &str) -> IResult<&str, Option<Premium>> {
    let number = recognize((digit0, char('.'), digit1));
    alt((value(None, tag("----")), value(Some(Premium::Cabinet), tag("CAB")), map_res(number, str::parse).map(Some)))
        .parse_complete(input)
}

/// `97937` is 97.9375 and `100062` is 100.0625: sixteenths, cut after three places.
fn strike(label: &str) -> Option<Decimal> {
    let thousandths: u64 =
        (label.len() <= 6 && label.bytes().all(|b| b.is_ascii_digit())).then(|| label.parse().ok()).flatten()?;
    let sixteenths = (thousandths * 16).div_ceil(1000);
    let strike = Decimal::new(i64::try_from(sixteenths * 625).ok()?, 4);
    let is_cut_from = sixteenths * 625 / 10 == thousandths;
    // A strike on another grid stands for itself.
    Some(if is_cut_from { strike } else { Decimal::new(i64::try_from(thousandths).ok()?, 3) }.normalize())
        .filter(|strike| (Decimal::from(50)..Decimal::from(150)).contains(strike))
}

#[cfg(test)]
mod tests {
    use super::strike;

    #[test]
    fn strikes_are_restored_to_their_sixteenths() {
        for (label, restored) in [
            ("97937", "97.9375"),
            ("100062", "100.0625"),
            ("99812", "99.8125"),
            ("99750", "99.75"),
            ("98625", "98.625"),
            ("96050", "96.05"),
            ("100000", "100"),
        ] {
            assert_eq!(strike(label).unwrap().to_string(), restored, "{label}");
        }
        assert_eq!([strike("CAB"), strike(""), strike("9975"), strike("9979999999")], [None; 4]);
    }
}
