//! The columns of priced days and moments, written as they are priced.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int16Array, RecordBatch, StringArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
};
use arrow_buffer::NullBuffer;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef, TimeUnit};
use fedpath::bulk::{MeetingTable, OutcomeTable};
use fedpath::{Distribution, MeetingOutlook, Outlook, View};
use serde::Deserialize;

use crate::cells::day_number;

/// Which rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layout {
    /// One a target range that has a chance.
    Tidy,
    /// One a meeting, with a column a target range: made of the tidy rows once all are there.
    Wide,
    /// One a meeting, with its rates and odds.
    Meetings,
}

/// How exact the figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Numbers {
    Float,
    /// Twelve places, rounded half up from the exact value: the program's CSV.
    Decimal,
    /// The reduced fraction as text.
    Fraction,
}

/// What is written of each day or moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    pub(crate) layout: Layout,
    pub(crate) numbers: Numbers,
    pub(crate) view: View,
    /// Failures are rows with an `error`.
    pub(crate) with_errors: bool,
}

const FIGURES: [&str; 7] = ["rate_before", "rate_after", "change_bp", "expected_moves", "ease", "hold", "hike"];
/// A move, in basis points.
const STEP: i64 = 25;

impl Form {
    fn number(self) -> DataType {
        match self.numbers {
            Numbers::Float => DataType::Float64,
            Numbers::Decimal => DataType::Decimal128(13, 12),
            Numbers::Fraction => DataType::Utf8,
        }
    }

    /// The columns behind one of days or instants.
    pub(crate) fn schema(self, time: &Field) -> SchemaRef {
        let time = Field::new(time.name(), time_type(time.data_type()), self.with_errors);
        let field = |name: &str, of: DataType| Field::new(name, of, self.with_errors);
        let mut fields = vec![time, field("meeting", DataType::Date32)];
        match self.layout {
            Layout::Tidy | Layout::Wide => {
                fields.extend(["lower_bp", "upper_bp"].map(|name| field(name, DataType::Int16)));
                fields.push(field("probability", self.number()));
            }
            Layout::Meetings => fields.extend(FIGURES.map(|name| field(name, DataType::Float64))),
        }
        if self.with_errors {
            fields.push(Field::new("error", DataType::Utf8, true));
        }
        Arc::new(Schema::new(fields))
    }
}

/// Days stay days and timestamps keep their unit and zone; what else names a day becomes one.
fn time_type(of: &DataType) -> DataType {
    match of {
        DataType::Timestamp(..) => of.clone(),
        _ => DataType::Date32,
    }
}

/// The columns so far.
pub(crate) struct Out {
    form: Form,
    schema: SchemaRef,
    at: Vec<i64>,
    meeting: Vec<i32>,
    lower: Vec<i16>,
    upper: Vec<i16>,
    floats: [Vec<f64>; FIGURES.len()],
    decimals: Vec<i128>,
    words: StringBuilder,
    /// The rows that are failures, and what each says.
    errors: Vec<(usize, String)>,
    /// Those without a time.
    without_time: Vec<usize>,
    moments: usize,
}

impl Out {
    pub(crate) fn new(form: Form, schema: SchemaRef) -> Self {
        Self {
            form,
            schema,
            at: Vec::new(),
            meeting: Vec::new(),
            lower: Vec::new(),
            upper: Vec::new(),
            floats: Default::default(),
            decimals: Vec::new(),
            words: StringBuilder::new(),
            errors: Vec::new(),
            without_time: Vec::new(),
            moments: 0,
        }
    }

    pub(crate) fn rows(&self) -> usize {
        self.at.len()
    }

    /// The days or moments with a table.
    pub(crate) fn moments(&self) -> usize {
        self.moments
    }

    /// Makes room for so many days or moments.
    pub(crate) fn reserve(&mut self, moments: usize) {
        // Of nine meetings, most moments have fewer ranges.
        let rows = moments * if self.form.layout == Layout::Meetings { 9 } else { 40 };
        self.at.reserve(rows);
        self.meeting.reserve(rows);
        match (self.form.layout, self.form.numbers) {
            (Layout::Meetings, _) => self.floats.iter_mut().for_each(|figures| figures.reserve(rows)),
            (_, numbers) => {
                self.lower.reserve(rows);
                self.upper.reserve(rows);
                match numbers {
                    Numbers::Float => self.floats[0].reserve(rows),
                    Numbers::Decimal => self.decimals.reserve(rows),
                    Numbers::Fraction => {}
                }
            }
        }
    }

    /// Adds a table of a plan.
    pub(crate) fn table(&mut self, at: i64, table: &OutcomeTable) {
        self.moments += 1;
        let target = table.target();
        let (lower, width) = (target.lower_bp(), target.upper_bp() - target.lower_bp());
        for meeting in table.meetings() {
            let day = day_number(meeting.meeting().announcement());
            match (self.form.layout, self.form.view) {
                (Layout::Meetings, _) => self.meeting(at, day, figures_of_table(&meeting)),
                (_, View::Cumulative) => {
                    for (moves, share) in meeting.outcomes() {
                        self.lower.push(bound(lower + moves * STEP));
                        self.upper.push(bound(lower + moves * STEP + width));
                        match self.form.numbers {
                            Numbers::Float => self.floats[0].push(share.to_f64()),
                            Numbers::Decimal => self.decimals.push(share.trillionths().into()),
                            Numbers::Fraction => self.words.append_value(share.probability().exact().to_string()),
                        }
                    }
                    // Many rows of a meeting: what they share is written at once.
                    self.at.resize(self.lower.len(), at);
                    self.meeting.resize(self.lower.len(), day);
                }
                (_, view) => self.distribution(at, day, (lower, width), &meeting.distribution_of(view)),
            }
        }
    }

    /// Adds an outlook of the readable engine.
    pub(crate) fn outlook(&mut self, at: i64, outlook: &Outlook) {
        self.moments += 1;
        let target = outlook.target();
        let (lower, width) = (target.lower_bp(), target.upper_bp() - target.lower_bp());
        for meeting in outlook.meetings() {
            let day = day_number(meeting.announcement());
            match self.form.layout {
                Layout::Meetings => self.meeting(at, day, figures(meeting)),
                Layout::Tidy | Layout::Wide => {
                    self.distribution(at, day, (lower, width), &meeting.distribution(self.form.view));
                }
            }
        }
    }

    fn distribution(&mut self, at: i64, day: i32, (lower, width): (i64, i64), distribution: &Distribution) {
        for (moves, probability) in distribution.outcomes() {
            self.range(at, day, (lower + moves * STEP, width));
            let exact = probability.exact();
            match self.form.numbers {
                Numbers::Float => self.floats[0].push(exact.to_f64()),
                // Twelve places without the point are the units.
                Numbers::Decimal => {
                    let digits = format!("{exact:.12}").replace('.', "");
                    self.decimals.push(digits.parse().unwrap_or(0));
                }
                Numbers::Fraction => self.words.append_value(exact.to_string()),
            }
        }
    }

    fn range(&mut self, at: i64, day: i32, (lower, width): (i64, i64)) {
        self.at.push(at);
        self.meeting.push(day);
        self.lower.push(bound(lower));
        self.upper.push(bound(lower + width));
    }

    fn meeting(&mut self, at: i64, day: i32, figures: [f64; FIGURES.len()]) {
        self.at.push(at);
        self.meeting.push(day);
        for (column, figure) in self.floats.iter_mut().zip(figures) {
            column.push(figure);
        }
    }

    /// Adds a failure, a row where failures are rows.
    pub(crate) fn fails(&mut self, at: Option<i64>, reason: String) {
        if !self.form.with_errors {
            return;
        }
        if at.is_none() {
            self.without_time.push(self.rows());
        }
        let at = at.unwrap_or_default();
        self.errors.push((self.rows(), reason));
        match (self.form.layout, self.form.numbers) {
            (Layout::Meetings, _) => self.meeting(at, 0, [0.0; FIGURES.len()]),
            (_, numbers) => {
                self.range(at, 0, (0, 0));
                match numbers {
                    Numbers::Float => self.floats[0].push(0.0),
                    Numbers::Decimal => self.decimals.push(0),
                    Numbers::Fraction => self.words.append_null(),
                }
            }
        }
    }

    /// The rows so far as a batch.
    pub(crate) fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let rows = self.rows();
        let without = |places: &mut dyn Iterator<Item = usize>| {
            let mut valid = vec![true; rows];
            places.for_each(|row| valid[row] = false);
            NullBuffer::from(valid)
        };
        let nulls = (!self.errors.is_empty()).then(|| without(&mut self.errors.iter().map(|(row, _)| *row)));
        let timed = (!self.without_time.is_empty()).then(|| without(&mut self.without_time.iter().copied()));
        let mut columns: Vec<ArrayRef> = vec![times(self.at, timed, self.schema.field(0).data_type())];
        columns.push(Arc::new(Date32Array::new(self.meeting.into(), nulls.clone())));
        if self.form.layout == Layout::Meetings {
            let column = |figures: Vec<f64>| Arc::new(Float64Array::new(figures.into(), nulls.clone())) as ArrayRef;
            columns.extend(self.floats.into_iter().map(column));
        } else {
            columns.push(Arc::new(Int16Array::new(self.lower.into(), nulls.clone())));
            columns.push(Arc::new(Int16Array::new(self.upper.into(), nulls.clone())));
            columns.push(match self.form.numbers {
                Numbers::Float => Arc::new(Float64Array::new(std::mem::take(&mut self.floats[0]).into(), nulls)),
                Numbers::Decimal => {
                    Arc::new(Decimal128Array::new(self.decimals.into(), nulls).with_precision_and_scale(13, 12)?)
                }
                Numbers::Fraction => Arc::new(self.words.finish()),
            });
        }
        if self.form.with_errors {
            let mut words: Vec<Option<String>> = vec![None; rows];
            self.errors.into_iter().for_each(|(row, reason)| words[row] = Some(reason));
            columns.push(Arc::new(StringArray::from(words)));
        }
        RecordBatch::try_new(self.schema, columns)
    }
}

/// A bound of a range, in basis points.
fn bound(bp: i64) -> i16 {
    i16::try_from(bp).unwrap_or(if bp < 0 { i16::MIN } else { i16::MAX })
}

fn figures(meeting: &MeetingOutlook) -> [f64; FIGURES.len()] {
    let (step, odds) = (&meeting.step, &meeting.cumulative);
    [
        step.before.exact().to_f64(),
        step.after.exact().to_f64(),
        step.change().exact().to_f64(),
        step.expected_moves().to_f64(),
        odds.ease().exact().to_f64(),
        odds.hold().exact().to_f64(),
        odds.hike().exact().to_f64(),
    ]
}

fn figures_of_table(meeting: &MeetingTable<'_>) -> [f64; FIGURES.len()] {
    let (before, after) = (meeting.rate_before(), meeting.rate_after());
    let moves = (after - before) * 4.0;
    [before, after, (after - before) * 100.0, moves, meeting.ease(), meeting.hold(), meeting.hike()]
}

#[expect(clippy::cast_possible_truncation, reason = "days, which came from 32 bits")]
pub(crate) fn times(at: Vec<i64>, nulls: Option<NullBuffer>, of: &DataType) -> ArrayRef {
    let DataType::Timestamp(unit, zone) = of else {
        let days: Vec<i32> = at.into_iter().map(|day| day as i32).collect();
        return Arc::new(Date32Array::new(days.into(), nulls));
    };
    let (at, zone) = (at.into(), zone.clone());
    match unit {
        TimeUnit::Second => Arc::new(TimestampSecondArray::new(at, nulls).with_timezone_opt(zone)),
        TimeUnit::Millisecond => Arc::new(TimestampMillisecondArray::new(at, nulls).with_timezone_opt(zone)),
        TimeUnit::Microsecond => Arc::new(TimestampMicrosecondArray::new(at, nulls).with_timezone_opt(zone)),
        TimeUnit::Nanosecond => Arc::new(TimestampNanosecondArray::new(at, nulls).with_timezone_opt(zone)),
    }
}
