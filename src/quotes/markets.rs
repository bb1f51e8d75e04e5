//! [`MarketTable`]: what prediction markets quote for the outcomes of meetings.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::units::{Fraction, Probability, Rate};

/// An outcome of a meeting on which a prediction market pays one dollar.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarketOutcome {
    /// The number of 25 bp moves at the meeting is at least the first and at most the second; `None` is open. `hold`, `cut`,
    /// `cut25`, `cut50+`, `hike`.
    Moves(Option<i64>, Option<i64>),
    /// The range after the meeting, `3.50-3.75`.
    Range(Rate, Rate),
    /// The upper bound of the range after the meeting lies above a rate (`>3.75`), or below it (`<3.75`).
    Beyond(std::cmp::Ordering, Rate),
}

/// One line of a [`MarketTable`].
///
/// ```
/// use fedpath::options::MarketQuote;
/// let (day, meeting) = ("2025-11-21".parse()?, "2025-12-10".parse()?);
/// let hold = MarketQuote::new(day, meeting, "hold", "32%".parse()?, "33%".parse()?)?;
/// assert!(MarketQuote::new(day, meeting, "hold", "33%".parse()?, "32%".parse()?).is_err());
/// assert_eq!(hold.ask.to_f64(), 0.33);
/// # Ok::<(), fedpath::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MarketQuote {
    /// The day of the quote.
    pub date: NaiveDate,
    /// The announcement of the meeting.
    pub meeting: NaiveDate,
    /// The outcome as the table has it.
    pub label: String,
    /// The outcome.
    pub outcome: MarketOutcome,
    /// What the market bids for a dollar on it.
    pub bid: Probability,
    /// What it asks.
    pub ask: Probability,
}

impl MarketQuote {
    /// A quote at hand: of an outcome as a table has it (`hold`, `cut50+`, `3.50-3.75`), the bid and the ask of one dollar on it.
    ///
    /// # Errors
    /// Where the text is no outcome, or the bid lies above the ask.
    pub fn new(
        date: NaiveDate,
        meeting: NaiveDate,
        outcome: &str,
        bid: Probability,
        ask: Probability,
    ) -> Result<Self, ReadError> {
        let inconsistent = |message: String| ReadError::from(Problem::new(ProblemKind::Inconsistent, message));
        if bid > ask {
            return Err(inconsistent(format!("expected a bid at or below the ask {ask}, found {bid}")));
        }
        let read: Result<MarketOutcome, UnknownOutcome> = outcome.parse();
        let read = read.map_err(|unknown| inconsistent(unknown.to_string()))?;
        Ok(Self { date, meeting, label: outcome.to_owned(), outcome: read, bid, ask })
    }

    /// Whether another quote is of the same outcome on the same day.
    fn is_of_same(&self, other: &Self) -> bool {
        (self.date, self.meeting, &self.outcome) == (other.date, other.meeting, &other.outcome)
    }
}

/// A typed table of prediction markets: `date,meeting,outcome,bid,ask`.
///
/// Bid and ask are dollars, from 0 to 1. (On Kalshi only bids are listed: the ask for yes is one dollar less the best bid for no.)
/// Outcomes are `hold`, `cut`, `cut25`, `cut50+`, `hike`, `hike25`, `hike50+`, a range such as `3.50-3.75`, or `>3.75` and `<3.75`,
/// which compare the upper bound of the range after the meeting.
///
/// ```
/// let table = fedpath::options::MarketTable::parse("date,meeting,outcome,bid,ask\n2025-11-21,2025-12-10,hold,0.32,0.33\n")?;
/// assert_eq!(table.quotes()[0].ask.to_string(), "33%");
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketTable(Vec<MarketQuote>);

impl MarketTable {
    /// Reads a table.
    ///
    /// # Errors
    /// Where a column is missing, a cell cannot be read, a bid lies above its ask, or an outcome comes twice on a day; all
    /// problems at once, with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let columns = ["date", "meeting", "outcome", "bid", "ask"].map(|name| table.required(name));
        let [date, meeting, outcome, bid, ask] = columns;
        let columns = [date?, meeting?, outcome?, bid?, ask?];
        let mut quotes: Vec<MarketQuote> = Vec::new();
        table.each_row(|row| {
            row.whole()?;
            let quote = read(row, columns)?;
            if quotes.iter().any(|other| other.is_of_same(&quote)) {
                return Err(row.cell(columns[2]).refused("each outcome of a meeting once a day").into());
            }
            quotes.push(quote);
            Ok(())
        })?;
        if quotes.is_empty() { Err(no_rows()) } else { Ok(Self(quotes)) }
    }

    /// The table of quotes at hand.
    ///
    /// # Errors
    /// Where there is none, or an outcome comes twice on a day.
    pub fn of_quotes(quotes: impl IntoIterator<Item = MarketQuote>) -> Result<Self, ReadError> {
        let quotes: Vec<MarketQuote> = quotes.into_iter().collect();
        let twice =
            |(place, quote): &(usize, &MarketQuote)| quotes[..*place].iter().any(|other| other.is_of_same(quote));
        if let Some((_, quote)) = quotes.iter().enumerate().find(twice) {
            let message = format!(
                "expected each outcome of a meeting once a day, found '{}' of {} again on {}",
                crate::text::escaped(&quote.label),
                quote.meeting,
                quote.date
            );
            return Err(Problem::new(ProblemKind::Inconsistent, message).into());
        }
        if quotes.is_empty() { Err(no_rows()) } else { Ok(Self(quotes)) }
    }

    /// The quotes in the order of the file; at least one.
    #[must_use]
    pub fn quotes(&self) -> &[MarketQuote] {
        &self.0
    }

    /// The quotes of one day.
    pub fn on(&self, date: NaiveDate) -> impl Iterator<Item = &MarketQuote> {
        self.0.iter().filter(move |quote| quote.date == date)
    }
}

fn no_rows() -> ReadError {
    Problem::new(ProblemKind::Empty, "expected at least one row of a market, found none").into()
}

fn read(row: &Row<'_>, [date, meeting, outcome, bid, ask]: [usize; 5]) -> Result<MarketQuote, ReadError> {
    let dollars = |column: usize| {
        let cell = row.cell(column);
        let value: Decimal = cell.parse("dollars from 0 to 1, such as 0.55")?;
        let share = Probability::new(Fraction::from_decimal(value));
        share.map_err(|_| cell.refused("dollars from 0 to 1, such as 0.55"))
    };
    let (bid_of, ask_of) = (dollars(bid)?, dollars(ask)?);
    if bid_of > ask_of {
        return Err(row.cell(bid).refused("a bid at or below the ask").into());
    }
    let label = row.cell(outcome);
    let expected = "an outcome such as hold, cut, cut25, cut50+, hike, 3.50-3.75 or >3.75";
    Ok(MarketQuote {
        date: row.cell(date).day()?,
        meeting: row.cell(meeting).day()?,
        label: label.text.to_owned(),
        outcome: label.parse(expected)?,
        bid: bid_of,
        ask: ask_of,
    })
}

/// A text that is no outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOutcome(String);

impl fmt::Display for UnknownOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected an outcome such as hold, cut, cut25, cut50+, hike, 3.50-3.75 or >3.75, found '{}'",
            crate::text::escaped(&self.0)
        )
    }
}

impl std::error::Error for UnknownOutcome {}

impl std::str::FromStr for MarketOutcome {
    type Err = UnknownOutcome;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read_outcome(&text.trim().to_ascii_lowercase()).ok_or_else(|| UnknownOutcome(text.to_owned()))
    }
}

fn read_outcome(text: &str) -> Option<MarketOutcome> {
    let moves = |text: &str| -> Option<(i64, bool)> {
        let (size, and_more) = text.strip_suffix('+').map_or((text, false), |size| (size, true));
        let bp: i64 = size.parse().ok().filter(|bp| *bp > 0 && bp % 25 == 0)?;
        Some((bp / 25, and_more))
    };
    if text == "hold" {
        return Some(MarketOutcome::Moves(Some(0), Some(0)));
    }
    if let Some(size) = text.strip_prefix("cut") {
        let (moves, more) = if size.is_empty() { (1, true) } else { moves(size)? };
        return Some(MarketOutcome::Moves((!more).then_some(-moves), Some(-moves)));
    }
    if let Some(size) = text.strip_prefix("hike") {
        let (moves, more) = if size.is_empty() { (1, true) } else { moves(size)? };
        return Some(MarketOutcome::Moves(Some(moves), (!more).then_some(moves)));
    }
    for (sign, order) in [('>', std::cmp::Ordering::Greater), ('<', std::cmp::Ordering::Less)] {
        if let Some(rate) = text.strip_prefix(sign) {
            return Some(MarketOutcome::Beyond(order, rate.trim().parse().ok()?));
        }
    }
    let (low, high) = text.split_once('-')?;
    let (low, high): (Rate, Rate) = (low.trim().parse().ok()?, high.trim().parse().ok()?);
    (low < high).then_some(MarketOutcome::Range(low, high))
}

#[cfg(test)]
mod tests {
    use super::{MarketOutcome, MarketTable};

    #[test]
    fn outcomes_are_moves_ranges_and_comparisons() {
        let read = |text: &str| text.parse::<MarketOutcome>().ok();
        assert_eq!(read("hold"), Some(MarketOutcome::Moves(Some(0), Some(0))));
        assert_eq!(read("cut"), Some(MarketOutcome::Moves(None, Some(-1))));
        assert_eq!(read("cut25"), Some(MarketOutcome::Moves(Some(-1), Some(-1))));
        assert_eq!(read("cut50+"), Some(MarketOutcome::Moves(None, Some(-2))));
        assert_eq!(read("hike25+"), Some(MarketOutcome::Moves(Some(1), None)));
        assert!(matches!(read("3.50-3.75"), Some(MarketOutcome::Range(..))));
        assert!(matches!(read("> 3.75"), Some(MarketOutcome::Beyond(std::cmp::Ordering::Greater, _))));
        for text in ["", "cut30", "cut+", "cut0", "3.75-3.50", "3.75", "no change"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_table_is_told_at_once() {
        let text = "date,meeting,outcome,bid,ask\n2025-11-21,2025-12-10,hold,0.33,0.32\n2025-11-21,2025-12-10,pause,0.1,0.2\n\
                    2025-11-21,2025-12-10,cut,32,33\n2025-11-21,2025-12-10,hike,0,0.01\n2025-11-21,2025-12-10,hike,0,0.02\n";
        insta::assert_snapshot!(MarketTable::parse(text).unwrap_err(), @"
        2:28: expected a bid at or below the ask, found '0.33'
        3:23: expected an outcome such as hold, cut, cut25, cut50+, hike, 3.50-3.75 or >3.75, found 'pause'
        4:27: expected dollars from 0 to 1, such as 0.55, found '32'
        6:23: expected each outcome of a meeting once a day, found 'hike'
        ");
    }
}
