//! Arrow columns of any type as lean cells: instants and days, contract months, prices in units.

use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use chrono::{Datelike, NaiveDate};
use fedpath::ContractMonth;
use fedpath::rust_decimal::Decimal;

/// The decimal places of a unit of price: those of a half tick, `96.11625`.
pub(crate) const PLACES: u32 = 5;
const UNITS: f64 = 1e5;

/// A month as a number, `12 x year + month - 1`.
pub(crate) type Month = u16;

pub(crate) fn month_number(month: ContractMonth) -> Month {
    let number = month.year() * 12 + month.first_day().month0().cast_signed();
    Month::try_from(number).unwrap_or(0)
}

pub(crate) fn month_of(number: Month) -> Option<ContractMonth> {
    ContractMonth::new(i32::from(number) / 12, u32::from(number) % 12 + 1)
}

/// The day so many days after 1970 began; `None` past the calendar.
pub(crate) fn date_of(day: i32) -> Option<NaiveDate> {
    NaiveDate::default().checked_add_signed(chrono::TimeDelta::days(day.into()))
}

pub(crate) fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce() - NaiveDate::default().num_days_from_ce()
}

/// When each row is, in the unit of its column, and on which day; `None` where the cell is null.
pub(crate) struct Times {
    pub(crate) at: Vec<i64>,
    pub(crate) days: Vec<Option<i32>>,
}

/// A price of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PriceCell {
    /// Null, not a number, or blank.
    Missing,
    /// In units of [`PLACES`].
    Units(i32),
    /// Something else.
    NoPrice,
}

/// A cell as people read it.
pub(crate) fn shown(column: &ArrayRef, row: usize) -> String {
    if column.is_null(row) {
        return "null".to_owned();
    }
    match column.data_type() {
        DataType::Float64 => format!("{}", column.as_primitive::<Float64Type>().value(row)),
        DataType::Float32 => format!("{}", column.as_primitive::<Float32Type>().value(row)),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).to_string(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Decimal128(..) => column.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Dictionary(..) => {
            let column = column.as_any_dictionary();
            shown(column.values(), column.normalized_keys()[row])
        }
        _ => text(column, row).map_or_else(|| format!("a value of {}", column.data_type()), |text| format!("'{text}'")),
    }
}

/// The text of a cell of a column of texts.
fn text(column: &ArrayRef, row: usize) -> Option<&str> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(column.as_string_view().value(row)),
        _ => None,
    }
}

fn is_text(column: &ArrayRef) -> bool {
    matches!(column.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// The instants of a column of dates, timestamps or texts.
///
/// # Errors
/// Where the column has another type, or a text that is no date.
pub(crate) fn times(column: &ArrayRef) -> Result<Times, String> {
    const DAY: i64 = 86_400;
    let stamps = |values: &[i64], a_day: i64| by_division(column, values, a_day);
    Ok(match column.data_type() {
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>();
            let at = days.values().iter().map(|day| i64::from(*day)).collect();
            Times { at, days: days.iter().collect() }
        }
        DataType::Date64 => {
            let Times { days, .. } = stamps(column.as_primitive::<Date64Type>().values(), DAY * 1_000);
            Times { at: days.iter().map(|day| day.unwrap_or_default().into()).collect(), days }
        }
        DataType::Timestamp(TimeUnit::Second, _) => stamps(column.as_primitive::<TimestampSecondType>().values(), DAY),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            stamps(column.as_primitive::<TimestampMillisecondType>().values(), DAY * 1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            stamps(column.as_primitive::<TimestampMicrosecondType>().values(), DAY * 1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            stamps(column.as_primitive::<TimestampNanosecondType>().values(), DAY * 1_000_000_000)
        }
        _ if is_text(column) => {
            let mut last: Option<(&str, i32)> = None;
            let mut day = |row| {
                let Some(text) = text(column, row) else { return Ok(None) };
                if last.is_none_or(|(known, _)| known != text) {
                    let date: NaiveDate = text
                        .trim()
                        .parse()
                        .map_err(|_| format!("row {row}: expected a date such as 2025-11-21, found '{text}'"))?;
                    last = Some((text, day_number(date)));
                }
                Ok(last.map(|(_, day)| day))
            };
            let days: Vec<Option<i32>> = (0..column.len()).map(&mut day).collect::<Result<_, String>>()?;
            Times { at: days.iter().map(|day| day.unwrap_or_default().into()).collect(), days }
        }
        DataType::Dictionary(..) => {
            let column = column.as_any_dictionary();
            let (values, keys) = (times(column.values())?, column.normalized_keys());
            let of =
                |(row, key): (usize, &usize)| column.is_valid(row).then(|| values.days.get(*key).copied().flatten());
            let days: Vec<Option<i32>> = keys.iter().enumerate().map(|place| of(place).flatten()).collect();
            Times { at: days.iter().map(|day| day.unwrap_or_default().into()).collect(), days }
        }
        other => return Err(format!("expected dates or timestamps, found {other}")),
    })
}

/// Instants stand in order mostly: a division a day is enough.
fn by_division(column: &ArrayRef, values: &[i64], a_day: i64) -> Times {
    let (mut start, mut day) = (0_i64, 0_i32);
    let mut day_at = |at: i64| {
        if !(0..a_day).contains(&at.wrapping_sub(start)) {
            let found = at.div_euclid(a_day);
            // No timestamp of 64 bits is so far away that its day outgrows 32, but one of seconds.
            (start, day) = (found.saturating_mul(a_day), i32::try_from(found).unwrap_or(i32::MAX));
        }
        day
    };
    let days = match column.nulls() {
        None => values.iter().map(|at| Some(day_at(*at))).collect(),
        Some(nulls) => values.iter().zip(nulls).map(|(at, valid)| valid.then(|| day_at(*at))).collect(),
    };
    Times { at: values.to_vec(), days }
}

/// The contract months of columns of many batches; labels that were read before are known.
#[derive(Debug, Default)]
pub(crate) struct Months {
    known: HashMap<String, Month>,
    /// Labels whose decade depends on the month they are read in.
    dated: HashMap<(String, Month), Option<Month>>,
}

impl Months {
    /// The month of each row; `None` where the cell names none.
    ///
    /// # Errors
    /// Where the column has another type.
    pub(crate) fn read(&mut self, column: &ArrayRef, days: &[Option<i32>]) -> Result<Vec<Option<Month>>, String> {
        if is_text(column) {
            return Ok((0..column.len()).map(|row| self.month(text(column, row)?, days[row])).collect());
        }
        let of_number = |number: i64| {
            let month = ContractMonth::new(i32::try_from(number / 100).ok()?, u32::try_from(number % 100).ok()?)?;
            Some(month_number(month))
        };
        Ok(match column.data_type() {
            DataType::Dictionary(..) => {
                let column = column.as_any_dictionary();
                let (values, keys) = (column.values(), column.normalized_keys());
                let undated = vec![None; values.len()];
                let known = self.read(values, &undated)?;
                let mut of = |(row, key): (usize, &usize)| {
                    if column.is_null(row) {
                        return None;
                    }
                    known.get(*key).copied().flatten().or_else(|| self.month(text(values, *key)?, days[row]))
                };
                keys.iter().enumerate().map(&mut of).collect()
            }
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => {
                let of_day = |day: Option<i32>| Some(month_number(ContractMonth::of(date_of(day?)?)));
                times(column)?.days.into_iter().map(of_day).collect()
            }
            DataType::Int32 => {
                column.as_primitive::<Int32Type>().iter().map(|number| of_number(number?.into())).collect()
            }
            DataType::Int64 => column.as_primitive::<Int64Type>().iter().map(|number| of_number(number?)).collect(),
            other => {
                return Err(format!(
                    "expected contracts as text (ZQZ25, 2025-12), dates or numbers (202512), found {other}"
                ));
            }
        })
    }

    fn month(&mut self, label: &str, day: Option<i32>) -> Option<Month> {
        if let Some(month) = year_month(label.as_bytes()) {
            return Some(month);
        }
        if let Some(month) = self.known.get(label) {
            return Some(*month);
        }
        if let Ok(month) = ContractMonth::parse(label, None) {
            let month = month_number(month);
            self.known.insert(label.to_owned(), month);
            return Some(month);
        }
        let day = date_of(day?)?;
        let key = (label.to_owned(), month_number(ContractMonth::of(day)));
        *self.dated.entry(key).or_insert_with(|| ContractMonth::parse(label, Some(day)).ok().map(month_number))
    }
}

/// `2025-12`, as most labels are.
fn year_month(label: &[u8]) -> Option<Month> {
    let number = |digits: &[u8]| {
        let digit = |sum: u32, byte: &u8| byte.is_ascii_digit().then(|| 10 * sum + u32::from(byte - b'0'));
        digits.iter().try_fold(0, digit)
    };
    if label.len() != 7 || label[4] != b'-' {
        return None;
    }
    ContractMonth::new(number(&label[..4])?.cast_signed(), number(&label[5..])?).map(month_number)
}

/// The prices of a column of numbers or texts.
///
/// # Errors
/// Where the column has another type.
pub(crate) fn prices(column: &ArrayRef) -> Result<Vec<PriceCell>, String> {
    use PriceCell::Missing;
    Ok(match column.data_type() {
        DataType::Float64 => {
            column.as_primitive::<Float64Type>().iter().map(|price| price.map_or(Missing, of_float)).collect()
        }
        // Its shortest decimal is what was meant: a float of 32 bits holds no sixth place.
        DataType::Float32 => {
            let of = |price: f32| price.to_string().parse().map_or(PriceCell::NoPrice, of_float);
            column.as_primitive::<Float32Type>().iter().map(|price| price.map_or(Missing, of)).collect()
        }
        DataType::Decimal128(_, scale) => {
            let scale = i32::from(*scale) - PLACES.cast_signed();
            let of = |mantissa: i128| {
                let power = 10_i128.checked_pow(scale.unsigned_abs())?;
                let units = if scale < 0 {
                    mantissa.checked_mul(power)
                } else {
                    (mantissa % power == 0).then_some(mantissa / power)
                };
                Some(PriceCell::Units(i32::try_from(units?).ok()?))
            };
            let cell = |mantissa: Option<i128>| {
                mantissa.map_or(Missing, |mantissa| of(mantissa).unwrap_or(PriceCell::NoPrice))
            };
            column.as_primitive::<Decimal128Type>().iter().map(cell).collect()
        }
        DataType::Int64 => {
            let of = |points: i64| points.checked_mul(100_000).and_then(|units| i32::try_from(units).ok());
            let cell = |points| of(points).map_or(PriceCell::NoPrice, PriceCell::Units);
            column.as_primitive::<Int64Type>().iter().map(|points| points.map_or(Missing, cell)).collect()
        }
        DataType::Null => vec![Missing; column.len()],
        _ if is_text(column) => (0..column.len()).map(|row| text(column, row).map_or(Missing, of_text)).collect(),
        other => return Err(format!("expected prices as floats, decimals or texts, found {other}")),
    })
}

#[expect(clippy::cast_possible_truncation, reason = "within the bounds")]
fn of_float(price: f64) -> PriceCell {
    if price.is_nan() {
        return PriceCell::Missing;
    }
    let scaled = price * UNITS;
    let nearest = scaled.round();
    // A decimal of five places comes back from its double within a millionth of a unit.
    let is_decimal = nearest.abs() < 2e8 && (scaled - nearest).abs() < 1e-4;
    if is_decimal { PriceCell::Units(nearest as i32) } else { PriceCell::NoPrice }
}

fn of_text(text: &str) -> PriceCell {
    let text = text.trim();
    if text.is_empty() {
        return PriceCell::Missing;
    }
    // `str(Decimal)` may be scientific: 9.618E+1.
    let number = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text));
    number.ok().and_then(units).map_or(PriceCell::NoPrice, PriceCell::Units)
}

/// A price in points as units; `None` where it has more places.
pub(crate) fn units(points: Decimal) -> Option<i32> {
    let mut points = points.normalize();
    (points.scale() <= PLACES).then(|| points.rescale(PLACES))?;
    i32::try_from(points.mantissa()).ok()
}
