//! Tidy rows as wide ones: a row a meeting, a column a target range, as the downloads of FedWatch have them.

use std::collections::BTreeSet;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int16Type};
use arrow_array::{Array, ArrayRef, Date32Array, Decimal128Array, Float64Array, RecordBatch, StringArray};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use crate::cells;
use crate::out::times;

/// The columns of tidy rows, in their order.
const TIME: usize = 0;
const MEETING: usize = 1;
const LOWER: usize = 2;
const UPPER: usize = 3;
const CHANCE: usize = 4;
const ERROR: usize = 5;

/// A target range in basis points.
type Range = (i16, i16);

/// The schema and the batches of wide rows.
pub(crate) fn of(tidy: &SchemaRef, batches: &[RecordBatch]) -> Result<(SchemaRef, Vec<RecordBatch>), ArrowError> {
    let ranges: BTreeSet<Range> =
        batches.iter().flat_map(|batch| (0..batch.num_rows()).filter_map(|row| range(batch, row))).collect();
    let ranges: Vec<Range> = ranges.into_iter().collect();
    let mut fields: Vec<Field> = vec![tidy.field(TIME).clone(), tidy.field(MEETING).clone()];
    let chance = tidy.field(CHANCE);
    let of_range = |(lower, upper): &Range| {
        Field::new(format!("({lower}-{upper})"), chance.data_type().clone(), chance.is_nullable())
    };
    fields.extend(ranges.iter().map(of_range));
    fields.extend(tidy.fields().get(ERROR).map(|field| (**field).clone()));
    let schema = Arc::new(Schema::new(fields));
    let wide = |batch: &RecordBatch| widened(batch, &ranges, &schema);
    let batches = batches.iter().map(wide).collect::<Result<_, ArrowError>>()?;
    Ok((schema, batches))
}

/// The range of a tidy row; a failure has none.
fn range(batch: &RecordBatch, row: usize) -> Option<Range> {
    let [lower, upper] = [LOWER, UPPER].map(|bound| batch.column(bound).as_primitive::<Int16Type>());
    lower.is_valid(row).then(|| (lower.value(row), upper.value(row)))
}

fn widened(batch: &RecordBatch, ranges: &[Range], schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
    let time = batch.column(TIME);
    let at = cells::times(time).map_err(ArrowError::SchemaError)?.at;
    let meetings = batch.column(MEETING).as_primitive::<Date32Type>();
    let is_first = |row: &usize| {
        let same = |before: usize| at[*row] == at[before] && meetings.value(*row) == meetings.value(before);
        // A failure is a row of its own.
        meetings.is_null(*row) || row.checked_sub(1).is_none_or(|before| !same(before))
    };
    let firsts: Vec<usize> = (0..batch.num_rows()).filter(is_first).collect();
    let mut places: Vec<Vec<Option<usize>>> = vec![vec![None; firsts.len()]; ranges.len()];
    for (row, first) in firsts.iter().enumerate() {
        let end = firsts.get(row + 1).copied().unwrap_or(batch.num_rows());
        for tidy in *first..end {
            if let Some(column) = range(batch, tidy).and_then(|range| ranges.binary_search(&range).ok()) {
                places[column][row] = Some(tidy);
            }
        }
    }
    let priced: NullBuffer = firsts.iter().map(|row| meetings.is_valid(*row)).collect();
    let timed: NullBuffer = firsts.iter().map(|row| time.is_valid(*row)).collect();
    let mut columns: Vec<ArrayRef> = vec![
        times(firsts.iter().map(|row| at[*row]).collect(), Some(timed), time.data_type()),
        Arc::new(Date32Array::new(firsts.iter().map(|row| meetings.value(*row)).collect(), Some(priced.clone()))),
    ];
    for places in places {
        columns.push(chances(batch.column(CHANCE), &places, &priced)?);
    }
    if let Some(errors) = batch.columns().get(ERROR) {
        let errors = errors.as_string::<i32>();
        let told = firsts.iter().map(|row| errors.is_valid(*row).then(|| errors.value(*row)));
        columns.push(Arc::new(told.collect::<StringArray>()));
    }
    RecordBatch::try_new(Arc::clone(schema), columns)
}

/// The chances of a range: zero where a meeting has none of it, null where a moment has no table.
fn chances(tidy: &ArrayRef, places: &[Option<usize>], priced: &NullBuffer) -> Result<ArrayRef, ArrowError> {
    let nulls = Some(priced.clone());
    Ok(match tidy.data_type() {
        DataType::Float64 => {
            let of = tidy.as_primitive::<Float64Type>();
            let values = places.iter().map(|place| place.map_or(0.0, |row| of.value(row)));
            Arc::new(Float64Array::new(values.collect(), nulls))
        }
        DataType::Decimal128(precision, scale) => {
            let of = tidy.as_primitive::<Decimal128Type>();
            let values = places.iter().map(|place| place.map_or(0, |row| of.value(row)));
            Arc::new(Decimal128Array::new(values.collect(), nulls).with_precision_and_scale(*precision, *scale)?)
        }
        _ => {
            let of = tidy.as_string::<i32>();
            let mut words = StringBuilder::new();
            for (place, priced) in places.iter().zip(priced) {
                words.append_option(priced.then(|| place.map_or("0", |row| of.value(row))));
            }
            Arc::new(words.finish())
        }
    })
}
