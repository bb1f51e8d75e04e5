//! [`LeanRows`]: rows of a day, a contract and its settlement alone, as the longest tables have them.

use chrono::NaiveDate;

use super::layout::{Layout, Symbol};
use crate::market::contract::{ContractMonth, read_label};
use crate::market::product::Product;
use crate::quotes::quote::{Entry, HeldQuote};
use crate::quotes::readers::book::Book;
use crate::quotes::tick::{SCALE, fixed_price, without_noise};
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
    /// How many contracts a day had at most.
    contracts: usize,
}

/// The bytes of `2025-11-21`.
const DAY: usize = 10;

/// The most contracts that room is made for before they are read.
const MOST_RESERVED: usize = 120;

impl LeanRows {
    pub(super) fn of(layout: &Layout<'_>, width: usize, separator: char) -> Option<Self> {
        let [series] = layout.series.as_slice() else { return None };
        let Symbol::Column(contract, None) = series.symbol else { return None };
        let (date, settle) = series.date.zip(series.figures.settle)?;
        let (columns, separator) = ([date, contract, settle], u8::try_from(separator).ok()?);
        let (day, labels) = (([0; DAY], None), Labels::default());
        (width == 3).then_some(Self { columns, separator, day, labels, contracts: 0 })
    }

    /// Takes a line whose cells have their usual form and no quotes; any other is left, and so is a contract that was there
    /// before on its day: whether the line was taken.
    #[inline]
    pub(super) fn take(&mut self, number: usize, line: &str, book: &mut Book) -> bool {
        let Some((cells, starts)) = cut(line.as_bytes(), self.separator) else { return false };
        let [date, contract, settle] = self.columns;
        let Some(day) = self.day(cells[date]) else { return false };
        let Some(month) = self.labels.month(cells[contract], day, book) else { return false };
        let Some(price) = fixed_price(cells[settle]) else { return false };
        let position = Position { line: number, column: starts[contract] + 1 };
        book.keep_held(Some(day), month, HeldQuote::Settled(price), position).is_ok()
    }

    /// Takes the lines `day,contract,price` of one day from the start of a text, as long as each contract lies behind those before it: how
    /// many lines, and how many bytes they have. Any other line is left to [`LeanRows::take`], and so are tables with their columns in another
    /// order, which are rare.
    pub(super) fn take_run(&mut self, text: &str, number: usize, day: NaiveDate, book: &mut Book) -> (usize, usize) {
        if self.columns != [0, 1, 2] || self.day.1 != Some(day) {
            return (0, 0);
        }
        let product = book.product();
        let unnamed = book.wants(None);
        let wants = |read: Option<Product>| read.map_or(unnamed, |read| read == product);
        let Some(quotes) = book.run(day) else { return (0, 0) };
        self.labels.turn_to(day);
        quotes.reserve(self.contracts);
        let (mut lines, mut rest) = (0, text.as_bytes());
        while let Some((label, price, end)) = cut_of_day(rest, &self.day.0, self.separator) {
            let month = self.labels.known(number_of(label));
            let Some(month) = month.or_else(|| self.labels.learn(label, day, product, wants)) else { break };
            let position = Position { line: number + lines, column: DAY + 2 };
            if !quotes.push(month, Entry::new(HeldQuote::Settled(price), position)) {
                break;
            }
            (lines, rest) = (lines + 1, &rest[end..]);
        }
        self.contracts = self.contracts.max(lines).min(MOST_RESERVED);
        if lines > 0 {
            book.keep_run(day, lines);
        }
        (lines, text.len() - rest.len())
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

/// The contract and the price of the line `day,contract,price` that a text begins with, and how many bytes it has.
#[inline]
fn cut_of_day<'a>(text: &'a [u8], day: &[u8; DAY], separator: u8) -> Option<(&'a [u8], Price, usize)> {
    let (date, rest) = text.split_first_chunk::<DAY>()?;
    let [first, rest @ ..] = rest else { return None };
    if date != day || *first != separator {
        return None;
    }
    let length = rest.iter().take(LONGEST_LABEL + 1).position(|byte| *byte == separator)?;
    let (label, rest) = (&rest[..length], &rest[length + 1..]);
    let (price, length) = Price::read_start(rest, SCALE)?;
    let end = match &rest[length..] {
        [b'\n', ..] => 1,
        [b'\r', b'\n', ..] => 2,
        _ => return None,
    };
    Some((label, without_noise(price), text.len() - rest.len() + length + end))
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
    /// The last day of that month for which this was looked up.
    day: Option<NaiveDate>,
    known: Vec<(u64, ContractMonth)>,
    /// The place of the label that was read last.
    last: usize,
}

/// The bytes of the longest label that is a number; eight digits are a day in a month.
const LONGEST_LABEL: usize = 7;

/// So few bytes as a number, another one for any others.
#[inline]
fn number_of(text: &[u8]) -> u64 {
    text.iter().fold(1, |label, byte| label << 8 | u64::from(*byte))
}

impl Labels {
    /// Forgets what holds on the days of another month.
    #[inline]
    fn turn_to(&mut self, day: NaiveDate) {
        if self.day == Some(day) {
            return;
        }
        let read_in = Some(ContractMonth::of(day));
        if self.read_in != read_in {
            (self.read_in, self.last) = (read_in, 0);
            self.known.clear();
        }
        self.day = Some(day);
    }

    /// The month of a label that was read before.
    #[inline]
    fn known(&mut self, label: u64) -> Option<ContractMonth> {
        // Rows go from contract to contract, or from day to day.
        for place in [self.last + 1, self.last, 0] {
            if let Some((known, month)) = self.known.get(place)
                && *known == label
            {
                self.last = place;
                return Some(*month);
            }
        }
        let place = self.known.iter().position(|(known, _)| *known == label)?;
        self.last = place;
        Some(self.known[place].1)
    }

    /// The month of a label of the wanted product; `None` for any other, which is left to those who tell what it is.
    #[cold]
    fn learn(
        &mut self,
        text: &[u8],
        day: NaiveDate,
        product: Product,
        wants: impl Fn(Option<Product>) -> bool,
    ) -> Option<ContractMonth> {
        let read = read_label(std::str::from_utf8(text).ok()?, Some(day), product).ok()?;
        if !wants(read.product) {
            return None;
        }
        self.last = self.known.len();
        self.known.push((number_of(text), read.month));
        Some(read.month)
    }

    /// The month of a label, whether it was read before or not.
    #[inline]
    fn month(&mut self, text: &[u8], day: NaiveDate, book: &Book) -> Option<ContractMonth> {
        if text.len() > LONGEST_LABEL {
            return None;
        }
        self.turn_to(day);
        let wants = |read: Option<Product>| read.map_or_else(|| book.wants(None), |read| read == book.product());
        self.known(number_of(text)).or_else(|| self.learn(text, day, book.product(), wants))
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
