//! [`TargetRange`] and its history.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::embedded;
use crate::market::bank::CentralBank;
use crate::text::cell::Cell;
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::{Row, Table};
use crate::units::{Rate, UnitError, serde_as_text};

const ACCEPTED: &str = "of the form 3.75-4.00, a quarter of a percent wide";

/// The Fed's target range for the federal funds rate, in whole basis points.
///
/// Prints and reads in percent, `3.75-4.00`; before 16 December 2008 the target was one rate, `5.25`.
///
/// ```
/// use fedpath::TargetRange;
/// let range: TargetRange = "3.75-4.00".parse()?;
/// assert_eq!(range.lower_bp(), 375);
/// assert_eq!(range.moved(-1).to_string(), "3.50-3.75");
/// # Ok::<(), fedpath::UnitError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetRange {
    lower_bp: i64,
    upper_bp: i64,
}

serde_as_text!(TargetRange);

impl TargetRange {
    /// A range of these bounds in basis points.
    ///
    /// # Errors
    /// Where the upper bound is not 25 bp above the lower, nor equal to it as before December 2008, or a bound is not within
    /// 100 percent either way.
    ///
    /// ```
    /// use fedpath::TargetRange;
    /// assert_eq!(TargetRange::from_bp(375, 400)?.to_string(), "3.75-4.00");
    /// assert!(TargetRange::from_bp(400, 375).is_err());
    /// # Ok::<(), fedpath::UnitError>(())
    /// ```
    pub fn from_bp(lower_bp: i64, upper_bp: i64) -> Result<Self, UnitError> {
        let bounded = [lower_bp, upper_bp].iter().all(|bp| (-9_999..=9_999).contains(bp));
        if bounded && CentralBank::FED.is_width(upper_bp - lower_bp) {
            Ok(Self { lower_bp, upper_bp })
        } else {
            let found = format!("{lower_bp} and {upper_bp} bp");
            Err(UnitError::out_of_range("target range", ACCEPTED, &found))
        }
    }

    /// The lower bound in basis points.
    #[must_use]
    pub fn lower_bp(self) -> i64 {
        self.lower_bp
    }

    /// The upper bound in basis points; equal to the lower where the target is one rate.
    #[must_use]
    pub fn upper_bp(self) -> i64 {
        self.upper_bp
    }

    /// The range after so many moves of 25 bp, negative for cuts.
    #[must_use]
    pub fn moved(self, moves: i64) -> Self {
        let shift = CentralBank::FED.moves_bp(moves);
        Self { lower_bp: self.lower_bp.saturating_add(shift), upper_bp: self.upper_bp.saturating_add(shift) }
    }

    /// The lower bound.
    #[must_use]
    pub fn lower(self) -> Rate {
        Rate::from_percent(Decimal::new(self.lower_bp, 2))
    }

    /// The upper bound.
    #[must_use]
    pub fn upper(self) -> Rate {
        Rate::from_percent(Decimal::new(self.upper_bp, 2))
    }
}

impl fmt::Display for TargetRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_rate = self.lower_bp == self.upper_bp;
        let [lower, upper] = [self.lower_bp, self.upper_bp].map(|bp| Decimal::new(bp, 2));
        f.pad(&if one_rate { lower.to_string() } else { format!("{lower}-{upper}") })
    }
}

impl FromStr for TargetRange {
    type Err = UnitError;

    /// Reads `3.75-4.00`, a quarter of a percent wide as every range since 2008, or one rate, `5.25`; in percent and whole
    /// basis points.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || UnitError::out_of_range("target range", ACCEPTED, &format!("'{text}'"));
        let whole_bp = |percent: &str| -> Result<i64, UnitError> {
            let percent = Decimal::from_str_exact(percent.trim()).map_err(|_| refused())?;
            let bp = percent.checked_mul(Decimal::ONE_HUNDRED).ok_or_else(refused)?;
            if bp.is_integer() && bp.abs() < Decimal::from(10_000) {
                bp.to_i64().ok_or_else(refused)
            } else {
                Err(refused())
            }
        };
        // The minus sign of a negative lower bound is no separator.
        let separator = text.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(index, _)| index);
        let (lower, upper) = separator.map_or((text, text), |index| (&text[..index], &text[index + 1..]));
        let (lower_bp, upper_bp) = (whole_bp(lower)?, whole_bp(upper)?);
        Self::from_bp(lower_bp, upper_bp).map_err(|_| refused())
    }
}

/// One change of the target range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TargetChange {
    /// The day the change was announced; `None` for the range in force when the table begins.
    pub announcement: Option<NaiveDate>,
    /// The first day of the range: the day after the announcement.
    pub in_force: NaiveDate,
    /// The range from that day on.
    pub range: TargetRange,
}

impl TargetChange {
    /// A change announced on a day, in force from the next.
    #[must_use]
    pub fn announced(announcement: NaiveDate, range: TargetRange) -> Self {
        let in_force = announcement.succ_opt().unwrap_or(announcement);
        Self { announcement: Some(announcement), in_force, range }
    }

    /// The range in force from a day on, with which a history begins.
    #[must_use]
    pub fn since(in_force: NaiveDate, range: TargetRange) -> Self {
        Self { announcement: None, in_force, range }
    }
}

/// The target ranges through time. A copy shares its changes.
///
/// ```
/// use chrono::NaiveDate;
/// use fedpath::TargetHistory;
/// let history = TargetHistory::embedded();
/// let range_on = |y, m, d| history.range_on(NaiveDate::from_ymd_opt(y, m, d).unwrap()).unwrap().to_string();
/// // The cut of 29 October 2025 is in force from the day after.
/// assert_eq!(range_on(2025, 10, 29), "4.00-4.25");
/// assert_eq!(range_on(2025, 10, 30), "3.75-4.00");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TargetHistory {
    changes: Arc<[TargetChange]>,
    stated_as_of: NaiveDate,
}

impl TargetHistory {
    /// The embedded history, 1994 to 2026.
    #[must_use]
    pub fn embedded() -> Self {
        static EMBEDDED: LazyLock<TargetHistory> =
            LazyLock::new(|| embedded::read(TargetHistory::parse(embedded::TARGET_RANGES)));
        EMBEDDED.clone()
    }

    /// A history of changes, complete up to a day.
    ///
    /// # Errors
    /// Where the changes are not in the order of the days from which they are in force, each day once.
    ///
    /// ```
    /// use fedpath::{TargetHistory, TargetRange};
    /// use fedpath::calendar::TargetChange;
    /// let day = |text: &str| text.parse().unwrap();
    /// let start = TargetChange::since(day("2025-09-18"), TargetRange::from_bp(400, 425)?);
    /// let cut = TargetChange::announced(day("2025-10-29"), TargetRange::from_bp(375, 400)?);
    /// let history = TargetHistory::new([start, cut], day("2025-11-21"))?;
    /// assert_eq!(history.range_on(day("2025-10-30")), Some(TargetRange::from_bp(375, 400)?));
    /// # Ok::<(), fedpath::Error>(())
    /// ```
    pub fn new(changes: impl IntoIterator<Item = TargetChange>, stated_as_of: NaiveDate) -> Result<Self, ReadError> {
        let changes: Arc<[TargetChange]> = changes.into_iter().collect();
        if !changes.is_sorted_by(|a, b| a.in_force < b.in_force) {
            let message = "expected the ranges in the order of their dates";
            return Err(Problem::new(ProblemKind::Inconsistent, message).into());
        }
        Ok(Self { changes, stated_as_of })
    }

    /// Reads a history: a line `# as_of: 2026-09-25` and a table with the columns `announcement`, `in_force`,
    /// `lower_percent` and `upper_percent`, in the order of the dates.
    ///
    /// # Errors
    /// Where a line is malformed, a cell cannot be read, the date of the table is missing, or the rows are not
    /// in order; with line and column.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        let table = Table::parse(text)?;
        let column = |name| table.required(name);
        let (announcement, in_force) = (table.column("announcement"), column("in_force")?);
        let (lower, upper) = (column("lower_percent")?, column("upper_percent")?);
        let stated_as_of = table.note("as_of")?.ok_or_else(|| Problem::expected("a line '# as_of: YYYY-MM-DD'", ""))?;
        let changes = table.read_rows(|row: &Row<'_>| {
            let range = format!("{}-{}", row.cell(lower).text, row.cell(upper).text);
            Ok(TargetChange {
                announcement: row.optional(announcement).map(Cell::date).transpose()?,
                in_force: row.cell(in_force).date()?,
                range: range.parse().map_err(|_| row.cell(lower).refused("a lower and an upper bound in percent"))?,
            })
        })?;
        Self::new(changes, stated_as_of.date()?)
    }

    /// Every change, oldest first.
    #[must_use]
    pub fn changes(&self) -> &[TargetChange] {
        &self.changes
    }

    /// The day up to which the history is complete; later ranges are an assumption.
    #[must_use]
    pub fn stated_as_of(&self) -> NaiveDate {
        self.stated_as_of
    }

    /// The range in force on a day, or `None` before the history begins.
    #[must_use]
    pub fn range_on(&self, date: NaiveDate) -> Option<TargetRange> {
        self.changes.iter().rev().find(|change| change.in_force <= date).map(|change| change.range)
    }

    /// The change announced on a day, if one was.
    #[must_use]
    pub fn change_announced_on(&self, date: NaiveDate) -> Option<&TargetChange> {
        self.changes.iter().find(|change| change.announcement == Some(date))
    }
}

#[cfg(test)]
mod tests {
    use super::{TargetHistory, TargetRange};

    #[test]
    fn a_range_is_two_bounds_in_order_and_whole_basis_points() {
        for text in [
            "",
            "-",
            "3.75-",
            "4-3.75",
            "3.755-4",
            "79228162514264337593543950335",
            "1e2-3",
            "100-100.25",
            "3.80-4.03",
            "4.00-3.75",
        ] {
            assert!(text.parse::<TargetRange>().is_err(), "{text:?} was accepted");
        }
        for (text, printed) in
            [("3.75-4.00", "3.75-4.00"), ("5.25", "5.25"), ("-0.25-0", "-0.25-0.00"), ("-0.50--0.25", "-0.50--0.25")]
        {
            assert_eq!(text.parse::<TargetRange>().unwrap().to_string(), printed);
        }
    }

    #[test]
    fn a_history_needs_its_date_once_and_its_rows_in_order() {
        let rows = "in_force,lower_percent,upper_percent\n2020-01-01,1,1.25\n2019-01-01,1,1.25\n";
        let told = |text: &str| TargetHistory::parse(text).unwrap_err().to_string();
        insta::assert_snapshot!(told(rows), @"expected a line '# as_of: YYYY-MM-DD', found nothing");
        insta::assert_snapshot!(told(&format!("# as_of: 2020-02-01\n{rows}")), @"expected the ranges in the order of their dates");
        insta::assert_snapshot!(told(&format!("# as_of: 2020-02-01\n# As_Of: 2020-02-02\n{rows}")), @"2:10: expected one line '# as_of: ...', found '2020-02-02'");
        insta::assert_snapshot!(told(&format!("# as_of: 20-02-01\n{rows}").replace("2019", "2021")), @"1:10: expected a date such as 2025-11-21, found '20-02-01'");
    }
}
