//! [`PublishedTable`]: a download of FedWatch.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::dates;
use crate::market::bank::CentralBank;
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::units::{Fraction, Probability};

/// The probabilities of one meeting on one day by the lower and upper bound of the range in basis points.
pub(super) type Outcomes = BTreeMap<Range, Probability>;

/// The lower and the upper bound of a range.
pub(super) type Range = (i64, i64);

/// The probabilities of a download of FedWatch, by day and meeting.
///
/// Two layouts are read: that of one meeting (`FedMeeting_YYYYMMDD.csv`: `Date,(0-25),(25-50),...`), which does not say of
/// which meeting it is, and that of all (`FedMeetingHistory_YYYYMMDD.csv`: a line of meetings above, the ranges of each in a
/// block). Dates follow the language of the browser, `9/18/2023`, `14.04.2025`, `2024/8/21`, `2024-09-12`, in one order a file.
///
/// ```
/// use fedpath::published::PublishedTable;
/// let text = "Date,(350-375),(375-400)\n2025/11/20,0.390700,0.609300\n2025/11/21,0.710000,0.290000\n";
/// let meeting = chrono::NaiveDate::from_ymd_opt(2025, 12, 10);
/// let table = PublishedTable::parse(text, meeting)?;
/// assert_eq!(table.days().len(), 2);
/// assert_eq!(table.rounding().to_string(), "1/2000000");
/// # Ok::<(), fedpath::ReadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedTable {
    pub(super) days: BTreeMap<NaiveDate, BTreeMap<NaiveDate, Outcomes>>,
    places: u32,
}

/// The ranges of one meeting, by their columns.
struct Block {
    meeting: NaiveDate,
    columns: Vec<(usize, Range)>,
}

impl PublishedTable {
    /// Reads a download. `meeting` is the meeting of a download of one, by its announcement; of a download of all only this
    /// meeting is kept, if it is given.
    ///
    /// # Errors
    /// Where the text is no download of FedWatch, a cell cannot be read, the dates do not tell day from month, a day comes twice,
    /// or the download is of one meeting and `meeting` is not given; with line and column.
    pub fn parse(text: &str, meeting: Option<NaiveDate>) -> Result<Self, ReadError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let first_line = text.lines().next().unwrap_or_default();
        if !first_line.contains("History for ") {
            return Self::of_one(&Table::parse(text)?, meeting);
        }
        // The line of meetings becomes a comment, so that every line keeps its number.
        let table = format!("#\n{}", text.split_once('\n').map_or("", |(_, rest)| rest));
        Self::of_all(&Table::parse(&table)?, first_line, meeting)
    }

    fn of_one(table: &Table<'_>, meeting: Option<NaiveDate>) -> Result<Self, ReadError> {
        let ranges = ranges(table)?;
        let Some(meeting) = meeting else {
            let message = "expected the meeting of a download of one, which the file itself does not name, found none";
            return Err(Problem::new(ProblemKind::NoMeeting, message).into());
        };
        Self::read(table, &[Block { meeting, columns: ranges }])
    }

    fn of_all(table: &Table<'_>, meetings: &str, wanted: Option<NaiveDate>) -> Result<Self, ReadError> {
        let labels: Vec<&str> = meetings.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"')).collect();
        // A block reaches from its label to the next one.
        let label_of =
            |column: usize| (0..=column).rev().find(|place| labels.get(*place).is_some_and(|it| !it.is_empty()));
        let mut blocks = Vec::new();
        for columns in ranges(table)?.chunk_by(|a, b| label_of(a.0) == label_of(b.0)) {
            let first = columns.first().map_or(0, |(column, _)| *column);
            let label = label_of(first).map_or("", |place| labels[place]);
            let meeting = meeting_of(label).ok_or_else(|| {
                let expected = "the meeting of the ranges below, such as 'History for 18 Sep 2024 Fed meeting'";
                Problem::expected(expected, label).at(Position { line: 1, column: 1 })
            })?;
            let again =
                |(place, (_, range)): &(usize, &(usize, Range))| columns[..*place].iter().any(|own| own.1 == *range);
            if let Some((_, (column, _))) = columns.iter().enumerate().find(again) {
                return Err(table.columns()[*column].refused("each range once below the label of a meeting").into());
            }
            if wanted.is_none_or(|wanted| wanted == meeting) {
                blocks.push(Block { meeting, columns: columns.to_vec() });
            }
        }
        match wanted.filter(|_| blocks.is_empty()) {
            Some(wanted) => {
                let message = format!("expected the meeting of {wanted} in the download, found others");
                Err(Problem::new(ProblemKind::OtherDays, message).into())
            }
            None => Self::read(table, &blocks),
        }
    }

    fn read(table: &Table<'_>, blocks: &[Block]) -> Result<Self, ReadError> {
        let mut places = 0;
        let rows = table.read_rows(|row: &Row<'_>| {
            let mut meetings: BTreeMap<NaiveDate, Outcomes> = BTreeMap::new();
            for block in blocks {
                for (column, range) in &block.columns {
                    // A blank cell is a range that was not listed on the day.
                    let Some(cell) = row.optional(Some(*column)).filter(|cell| !is_missing(cell.text)) else {
                        continue;
                    };
                    let (probability, decimals) = probability(cell)?;
                    places = places.max(decimals);
                    meetings.entry(block.meeting).or_default().insert(*range, probability);
                }
            }
            Ok((row.cell(0), meetings))
        })?;
        let cells: Vec<Cell<'_>> = rows.iter().map(|(date, _)| *date).collect();
        let mut days = BTreeMap::new();
        for (date, (cell, meetings)) in dates::read(&cells)?.into_iter().zip(rows) {
            if days.insert(date, meetings).is_some() {
                return Err(cell.refused("each day once").into());
            }
        }
        if days.is_empty() {
            return Err(
                Problem::new(ProblemKind::Empty, "expected at least one day below the header, found none").into()
            );
        }
        Ok(Self { days, places })
    }

    /// The days, in order; at least one.
    #[must_use]
    pub fn days(&self) -> impl ExactSizeIterator<Item = NaiveDate> {
        self.days.keys().copied()
    }

    /// The meetings, in order.
    #[must_use]
    pub fn meetings(&self) -> BTreeSet<NaiveDate> {
        self.days.values().flat_map(|meetings| meetings.keys().copied()).collect()
    }

    /// How far a figure can lie from what it was rounded from: half of the last decimal place that the file has.
    #[must_use]
    pub fn rounding(&self) -> Fraction {
        Fraction::from_decimal(Decimal::new(5, (self.places + 1).min(28)))
    }
}

/// The columns behind the date: `(350-375)`.
fn ranges(table: &Table<'_>) -> Result<Vec<(usize, Range)>, ReadError> {
    let columns = table.columns();
    let dated = columns.first().is_some_and(|first| first.text.eq_ignore_ascii_case("date"));
    let range = |cell: &Cell<'_>| {
        let inside = cell.text.strip_prefix('(')?.strip_suffix(')')?;
        let (lower, upper) = inside.split_once('-')?;
        Some((lower.trim().parse::<i64>().ok()?, upper.trim().parse::<i64>().ok()?))
    };
    let expected = "a download of FedWatch, 'Date,(0-25),(25-50),...'";
    match columns.first() {
        Some(first) if !dated || columns.len() < 2 => return Err(first.refused(expected).into()),
        _ => {}
    }
    let ranges = columns.iter().enumerate().skip(1);
    let ranges = ranges.map(|(column, cell)| match range(cell) {
        Some((lower, upper)) if upper.checked_sub(lower).is_some_and(|width| CentralBank::FED.is_width(width)) => {
            Ok((column, (lower, upper)))
        }
        _ => Err(cell.refused("a range such as (350-375)").into()),
    });
    ranges.collect()
}

/// `History for 18 Sep 2024 Fed meeting`; of the last cell, which holds all far meetings, the first.
fn meeting_of(label: &str) -> Option<NaiveDate> {
    let date = label.strip_prefix("History for ")?.split(" Fed meeting").next()?;
    NaiveDate::parse_from_str(date, "%d %b %Y").ok()
}

/// A probability, and how many decimal places it has.
fn probability(cell: Cell<'_>) -> Result<(Probability, u32), Problem> {
    let refused = || cell.refused("a probability such as 0.350000");
    let decimal = Decimal::from_str_exact(cell.text).map_err(|_| refused())?;
    let probability = Probability::new(Fraction::from_decimal(decimal)).map_err(|_| refused())?;
    Ok((probability, decimal.scale()))
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, PublishedTable};

    fn refused(text: &str) -> String {
        PublishedTable::parse(text, chrono::NaiveDate::from_ymd_opt(2025, 12, 10)).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_download_is_refused_with_its_place() {
        insta::assert_snapshot!(refused("contract,price\nZQZ25,96.18\n"), @"1:1: expected a download of FedWatch, 'Date,(0-25),(25-50),...', found 'contract'");
        insta::assert_snapshot!(refused("Date,(0-25),25-50\n2025-11-21,1,0\n"), @"1:13: expected a range such as (350-375), found '25-50'");
        insta::assert_snapshot!(refused("Date,(-9223372036854775808-25)\n2025-11-21,1\n"), @"1:6: expected a range such as (350-375), found '(-9223372036854775808-25)'");
        insta::assert_snapshot!(refused("Date,(0-25),(25-50)\n2025-11-21,1.5,x\n2025-11-22,-0.1,\n"), @"
        2:12: expected a probability such as 0.350000, found '1.5'
        3:12: expected a probability such as 0.350000, found '-0.1'
        ");
        insta::assert_snapshot!(refused("Date,(0-25)\n2025-11-21,1\n2025-11-21,1\n"), @"3:1: expected each day once, found '2025-11-21'");
        insta::assert_snapshot!(refused("Date,(0-25)\n"), @"expected at least one day below the header, found none");
        insta::assert_snapshot!(refused(",History for 18 Sep 2024 Fed meeting\nDate,(0-25)\n2024-08-21,1\n"), @"expected the meeting of 2025-12-10 in the download, found others");
        insta::assert_snapshot!(refused(",x\nDate,(0-25)\n"), @"1:1: expected a download of FedWatch, 'Date,(0-25),(25-50),...', found nothing");
        insta::assert_snapshot!(refused(",History for 18 Sep 2024 Fed meeting\nDate,(0-25),(0-25)\n2024-08-21,1,1\n"), @"2:13: expected each range once below the label of a meeting, found '(0-25)'");
        let of_one = PublishedTable::parse("Date,(0-25)\n2025-11-21,1\n", None).unwrap_err().to_string();
        insta::assert_snapshot!(of_one, @"expected the meeting of a download of one, which the file itself does not name, found none");
    }

    /// The ranges of a meeting may lie above all those of the meeting before it.
    #[test]
    fn a_block_ends_where_the_next_label_stands() {
        let text = ",History for 18 Sep 2024 Fed meeting,,History for 7 Nov 2024 Fed meeting,\n\
            Date,(475-500),(500-525),(525-550),(550-575)\n9/18/2023,0.4,0.6,0.3,0.7\n";
        let table = PublishedTable::parse(text, None).unwrap();
        let cells = table.days.values().flat_map(|meetings| meetings.values()).map(BTreeMap::len);
        assert_eq!(cells.collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn all_meetings_stand_in_blocks_and_the_last_label_has_no_ranges() {
        let text = ",History for 18 Sep 2024 Fed meeting,,History for 7 Nov 2024 Fed meeting,,\
            History for 18 Dec 2024 Fed meetingHistory for 29 Jan 2025 Fed meeting\r\n\
            Date,(500-525),(525-550),(475-500),(500-525)\r\n\
            9/18/2023,0.4,0.6,,1.000000\r\n9/9/2024,,1,0.25,0.75\r\n";
        let table = PublishedTable::parse(text, None).unwrap();
        assert_eq!(table.meetings().len(), 2);
        let days: Vec<String> = table.days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2023-09-18", "2024-09-09"]);
        let cells: usize = table.days.values().flat_map(|meetings| meetings.values()).map(BTreeMap::len).sum();
        assert_eq!(cells, 6);
        let november = PublishedTable::parse(text, chrono::NaiveDate::from_ymd_opt(2024, 11, 7)).unwrap();
        assert_eq!(november.meetings().len(), 1);
    }
}
