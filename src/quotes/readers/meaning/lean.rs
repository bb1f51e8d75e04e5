//! [`LeanRows`]: rows of a day, a contract and its settlement alone, as the longest tables have them.

use chrono::NaiveDate;

use super::layout::{Layout, Symbol};
use crate::market::contract::{ContractMonth, read_label};
use crate::quotes::quote::HeldQuote;
use crate::quotes::readers::book::Book;
use crate::quotes::tick::SCALE;
use crate::text::cell::iso_day;
use crate::text::problem::Position;
use crate::units::Price;

/// The rows of a table that has a day, a contract and a settlement alone, in any order: each day is read once, each label once a
/// month, and of a row only its price anew.
#[derive(Clone)]
pub(super) struct LeanRows {
    /// The places of day, contract and settlement.
    columns: [usize; 3],
    separator: u8,
    /// The day of the row before, as it was written.
    day: ([u8; DAY], Option<NaiveDate>),
    labels: Labels,
}

/// The bytes of `2025-11-21`.
const DAY: usize = 10;

impl LeanRows {
    pub(super) fn of(layout: &Layout<'_>, width: usize, separator: char) -> Option<Self> {
        let [series] = layout.series.as_slice() else { return None };
        let Symbol::Column(contract, None) = series.symbol else { return None };
        let (date, settle) = series.date.zip(series.figures.settle)?;
        let (columns, separator) = ([date, contract, settle], u8::try_from(separator).ok()?);
        let (day, labels) = (([0; DAY], None), Labels::default());
        (width == 3).then_some(Self { columns, separator, day, labels })
    }

    /// Takes a line whose cells have their usual form and no quotes; any other is left, and so is a contract that was there
    /// before on its day: whether the line was taken.
    #[inline]
    pub(super) fn take(&mut self, number: usize, line: &str, book: &mut Book) -> bool {
        let Some((cells, starts)) = cut(line.as_bytes(), self.separator) else { return false };
        let [date, contract, settle] = self.columns;
        let Some(day) = self.day(cells[date]) else { return false };
        let Some(month) = self.labels.month(cells[contract], day, book) else { return false };
        let Some(price) = Price::read_fixed(cells[settle], SCALE) else { return false };
        let position = Position { line: number, column: starts[contract] + 1 };
        book.keep_held(Some(day), month, HeldQuote::Settled(price), position).is_ok()
    }

    #[inline]
    fn day(&mut self, text: &[u8]) -> Option<NaiveDate> {
        let text: &[u8; DAY] = text.try_into().ok()?;
        if self.day.0 != *text {
            self.day = (*text, iso_day(text));
        }
        self.day.1
    }
}

/// The three cells of a line, and where they begin.
#[inline]
fn cut(line: &[u8], separator: u8) -> Option<([&[u8]; 3], [usize; 3])> {
    let mut separators = line.iter().enumerate().filter(|(_, byte)| **byte == separator).map(|(place, _)| place);
    let (first, second) = (separators.next()?, separators.next()?);
    if separators.next().is_some() {
        return None;
    }
    Some(([&line[..first], &line[first + 1..second], &line[second + 1..]], [0, first + 1, second + 1]))
}

/// What labels of contracts mean: the same on every day of a month.
#[derive(Clone, Default)]
struct Labels {
    /// The month of trade in which they were read.
    read_in: Option<ContractMonth>,
    known: Vec<(Label, ContractMonth)>,
    /// The place of the label that was read last.
    last: usize,
}

/// A label of few bytes, and zeros behind it.
type Label = [u8; 8];

impl Labels {
    /// The month of a label of the wanted product; `None` for any other, which is left to those who tell what it is.
    #[inline]
    fn month(&mut self, text: &[u8], day: NaiveDate, book: &Book) -> Option<ContractMonth> {
        let mut label = Label::default();
        // Eight digits are a day in a month.
        if text.len() >= label.len() {
            return None;
        }
        label[..text.len()].copy_from_slice(text);
        let read_in = Some(ContractMonth::of(day));
        if self.read_in != read_in {
            (self.read_in, self.last) = (read_in, 0);
            self.known.clear();
        }
        // Rows go from contract to contract, or from day to day.
        for place in [self.last + 1, self.last, 0] {
            if let Some((known, month)) = self.known.get(place)
                && *known == label
            {
                self.last = place;
                return Some(*month);
            }
        }
        if let Some(place) = self.known.iter().position(|(known, _)| *known == label) {
            self.last = place;
            return Some(self.known[place].1);
        }
        let read = read_label(std::str::from_utf8(text).ok()?, Some(day), book.product()).ok()?;
        let wanted = read.product.map_or_else(|| book.wants(None), |product| product == book.product());
        if wanted {
            self.last = self.known.len();
            self.known.push((label, read.month));
        }
        wanted.then_some(read.month)
    }
}

#[cfg(test)]
mod tests {
    use crate::market::contract::read_label;
    use crate::market::product::Product;

    /// What [`super::Labels`] rests on.
    #[test]
    fn a_label_means_the_same_on_every_day_of_a_month() {
        for (product, label) in Product::ALL.into_iter().flat_map(|product| {
            let labels = ["5", "9", "0", "25", "99", "88", "2025"].map(|year| format!("{}Z{year}", product.code()));
            labels.map(|label| (product, label))
        }) {
            for month in ["1999-12", "2015-11", "2015-12", "2016-01", "2025-11"] {
                let read = |day: u32| read_label(&label, format!("{month}-{day:02}").parse().ok(), product);
                assert!((2..=30).all(|day| read(day) == read(1)), "{label} in {month}");
            }
        }
    }
}
