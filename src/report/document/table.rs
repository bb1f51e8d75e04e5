//! [`Table`]: rows under typed columns. A column is said once: its name for programs, its heading and rounding for people,
//! and the value it takes from a row.

use std::borrow::Cow;

use super::value::{Key, Shown, Value};

/// One column of rows of a type.
pub(in super::super) struct Column<'a, R> {
    form: Form,
    cell: Box<dyn Fn(&R) -> Value + 'a>,
}

/// What is known of a column without its rows.
#[expect(clippy::struct_excessive_bools, reason = "each says yes or no of one form")]
pub(in super::super) struct Form {
    /// The name in JSON and CSV.
    pub(in super::super) key: Key,
    /// The heading in text; `None` for a column that people do not see.
    pub(in super::super) heading: Option<Cow<'static, str>>,
    pub(in super::super) shown: Shown,
    /// Numbers stand right, words left.
    pub(in super::super) right: bool,
    /// What people read where there is no value.
    pub(in super::super) missing: &'static str,
    pub(in super::super) in_json: bool,
    pub(in super::super) in_csv: bool,
    /// JSON adds the reduced fraction under `KEY_exact`.
    pub(in super::super) with_exact: bool,
}

/// A figure under this name for programs, without a column for people.
pub(in super::super) fn data<'a, R, V: Into<Value>>(key: impl Into<Key>, cell: impl Fn(&R) -> V + 'a) -> Column<'a, R> {
    let form = Form {
        key: key.into(),
        heading: None,
        shown: Shown::Plain,
        right: true,
        missing: "-",
        in_json: true,
        in_csv: true,
        with_exact: false,
    };
    Column { form, cell: Box::new(move |row| cell(row).into()) }
}

/// A figure for programs and people.
pub(in super::super) fn number<'a, R, V: Into<Value>>(
    key: impl Into<Key>,
    heading: impl Into<Cow<'static, str>>,
    shown: Shown,
    cell: impl Fn(&R) -> V + 'a,
) -> Column<'a, R> {
    let mut column = data(key, cell);
    (column.form.heading, column.form.shown) = (Some(heading.into()), shown);
    column
}

/// Words for programs and people.
pub(in super::super) fn words<'a, R, V: Into<Value>>(
    key: impl Into<Key>,
    heading: impl Into<Cow<'static, str>>,
    cell: impl Fn(&R) -> V + 'a,
) -> Column<'a, R> {
    let mut column = number(key, heading, Shown::Plain, cell);
    column.form.right = false;
    column
}

impl<R> Column<'_, R> {
    /// Whether programs know the column by this name.
    pub(in super::super) fn is(&self, key: &str) -> bool {
        self.form.key == key
    }

    /// For people alone.
    pub(in super::super) fn text_only(mut self) -> Self {
        (self.form.in_json, self.form.in_csv) = (false, false);
        self
    }

    /// For programs alone.
    pub(in super::super) fn no_text(mut self) -> Self {
        self.form.heading = None;
        self
    }

    /// Not in CSV.
    pub(in super::super) fn no_csv(mut self) -> Self {
        self.form.in_csv = false;
        self
    }

    /// Not in JSON.
    pub(in super::super) fn no_json(mut self) -> Self {
        self.form.in_json = false;
        self
    }

    /// In JSON with its reduced fraction beside it.
    pub(in super::super) fn with_exact(mut self) -> Self {
        self.form.with_exact = true;
        self
    }

    /// What people read where there is no value, instead of a dash.
    pub(in super::super) fn blank(mut self) -> Self {
        self.form.missing = "";
        self
    }
}

/// Rows under columns.
pub(in super::super) struct Table<'a> {
    /// The member of the JSON document that holds the rows.
    pub(in super::super) key: Key,
    rows: Box<dyn Cells + 'a>,
    /// The blanks between two columns of text.
    pub(in super::super) gap: u16,
}

trait Cells {
    fn count(&self) -> usize;
    fn forms(&self) -> Vec<&Form>;
    fn cell(&self, row: usize, column: usize) -> Value;
}

struct Typed<'a, R>(Vec<R>, Vec<Column<'a, R>>);

impl<R> Cells for Typed<'_, R> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn forms(&self) -> Vec<&Form> {
        self.1.iter().map(|column| &column.form).collect()
    }

    fn cell(&self, row: usize, column: usize) -> Value {
        let cell = self.0.get(row).zip(self.1.get(column));
        cell.map_or(Value::Missing, |(row, column)| (column.cell)(row))
    }
}

impl<'a> Table<'a> {
    /// A table of these rows. A cell is made when a renderer asks for it.
    pub(in super::super) fn new<R: 'a>(
        key: impl Into<Key>,
        rows: impl IntoIterator<Item = R>,
        columns: impl IntoIterator<Item = Column<'a, R>>,
    ) -> Self {
        let rows = Typed(rows.into_iter().collect(), columns.into_iter().collect());
        Self { key: key.into(), rows: Box::new(rows), gap: 2 }
    }

    /// With one blank between two columns of text.
    pub(in super::super) fn narrow(mut self) -> Self {
        self.gap = 1;
        self
    }

    /// The columns that a form has, each with its place.
    pub(in super::super) fn columns(&self, wanted: impl Fn(&Form) -> bool) -> Vec<(usize, &Form)> {
        self.rows.forms().into_iter().enumerate().filter(|(_, form)| wanted(form)).collect()
    }

    pub(in super::super) fn count(&self) -> usize {
        self.rows.count()
    }

    pub(in super::super) fn cell(&self, row: usize, column: usize) -> Value {
        self.rows.cell(row, column)
    }

    /// The rows as a list of objects.
    pub(in super::super) fn objects(&self) -> Value {
        let columns = self.columns(|form| form.in_json);
        Value::List((0..self.count()).map(|row| self.object(row, &columns)).collect())
    }

    /// One row as an object.
    pub(in super::super) fn object(&self, row: usize, columns: &[(usize, &Form)]) -> Value {
        let mut members = Vec::with_capacity(columns.len());
        for (place, form) in columns {
            let value = self.cell(row, *place);
            if matches!(value, Value::Absent) {
                continue;
            }
            let fraction = form.with_exact.then(|| (format!("{}_exact", form.key).into(), value.fraction()));
            members.push((form.key.clone(), value));
            members.extend(fraction);
        }
        Value::Object(members)
    }
}

impl From<Table<'_>> for Value {
    fn from(table: Table<'_>) -> Self {
        table.objects()
    }
}
