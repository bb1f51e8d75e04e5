//! Tables in which the names of fields stand in a column: `PX_SETTLE` beside its value.

use std::collections::BTreeMap;

use super::{Arranged, Made, Shape, few_enough};
use crate::quotes::readers::meaning::{Role, is_contract_label, key};
use crate::text::cell::{Cell, is_missing};
use crate::text::problem::{Problem, ProblemKind, ReadError};
use crate::text::table::Row;

/// What a column of fields is called.
const FIELD: [&str; 14] = [
    "field",
    "fields",
    "fieldname",
    "variable",
    "metric",
    "measure",
    "item",
    "attribute",
    "mnemonic",
    "pricetype",
    "quotetype",
    "datafield",
    "datatype",
    "figure",
];

/// What the column of their values is called.
const VALUE: [&str; 7] = ["value", "values", "amount", "val", "fieldvalue", "price", "px"];

fn place(head: &[&str], known: &[&str]) -> Option<usize> {
    head.iter().position(|cell| known.contains(&key(cell).as_str()))
}

/// What a field names; of words that name days, too.
fn role(name: &str) -> Option<Role> {
    Role::named(name).map(|(role, _)| role).or_else(|| Role::of_days(name))
}

/// A column of fields beside one of values, in a table that names its contracts.
pub(super) fn in_rows(head: &[&str], separator: char, below: &[&str]) -> Option<Shape> {
    let (field, value) = place(head, &FIELD).zip(place(head, &VALUE))?;
    let cells = |line: &&str| {
        Row::of_line(1, line, separator)
            .ok()
            .map(|row| row.cells().iter().map(|cell| cell.text.to_owned()).collect::<Vec<_>>())
    };
    let first = cells(below.first()?)?;
    let contract =
        first.iter().enumerate().any(|(index, cell)| index != field && index != value && is_contract_label(cell));
    let fields = below.iter().filter_map(cells).filter_map(|row| role(row.get(field)?));
    (contract && fields.into_iter().any(Role::is_price)).then_some(Shape::FieldsInRows { field, value })
}

/// Fields below each other: a price among the first cells, and no names beside them.
pub(super) fn are_down(head: &[&str], separator: char, below: &[&str]) -> Option<Shape> {
    let [name, beside @ ..] = head else { return None };
    let named = FIELD.contains(&key(name).as_str());
    let labelled = !beside.is_empty() && beside.iter().all(|cell| cell.is_empty() || is_contract_label(cell));
    let values = beside.iter().all(|cell| role(cell).is_none());
    if beside.is_empty() || !(values || named && beside.len() == 1) {
        return None;
    }
    let rows: Vec<Row<'_>> = below.iter().filter_map(|line| Row::of_line(1, line, separator).ok()).collect();
    // A row of names below the head is one more row of a header.
    if rows
        .iter()
        .any(|row| role(row.cell(0).text).is_some() && row.cells().iter().skip(1).any(|cell| role(cell.text).is_some()))
    {
        return None;
    }
    let told: Vec<Option<Role>> = rows.iter().map(|row| role(row.cell(0).text)).collect();
    let own = if named { None } else { role(name) };
    let roles = || told.iter().flatten().copied().chain(own);
    let contract = labelled || below.iter().any(|line| contract_of(line, separator));
    let enough = roles().count() >= 2 || labelled && named;
    // Rows that begin with days or contracts are no fields.
    let mostly = told.iter().flatten().count() * 2 >= told.len();
    (roles().any(Role::is_price) && enough && mostly && contract).then_some(Shape::FieldsDown)
}

/// Whether a line is a contract behind its name: `Ticker,FFZ5 Comdty`.
fn contract_of(line: &str, separator: char) -> bool {
    let Ok(row) = Row::of_line(1, line, separator) else { return false };
    matches!(row.cells(), [name, label, ..] if role(name.text) == Some(Role::Contract) && is_contract_label(label.text))
}

impl<'a> Arranged<'a> {
    /// The fields of a contract and day side by side.
    pub(super) fn fields_in_rows(&self, field: usize, value: usize) -> Result<Made<'a>, ReadError> {
        let mut rows = self.rows();
        let head = rows.next().transpose()?.map_or_else(Vec::new, |row| row.cells().to_vec());
        let keys: Vec<usize> = (0..head.len()).filter(|index| *index != field && *index != value).collect();
        let mut names: Vec<Cell<'a>> = keys.iter().map(|index| head[*index]).collect();
        let mut made: Vec<(usize, Vec<Cell<'a>>)> = Vec::new();
        let mut places: BTreeMap<Vec<&'a str>, usize> = BTreeMap::new();
        let mut problems = Vec::new();
        for row in rows {
            let row = row?;
            let name = row.cell(field);
            if name.text.is_empty() {
                continue;
            }
            let column = names.iter().skip(keys.len()).position(|known| known.text == name.text);
            let column = keys.len()
                + column.unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1 - keys.len()
                });
            let own: Vec<Cell<'a>> = keys.iter().map(|index| row.cell(*index)).collect();
            let place = *places.entry(own.iter().map(|cell| cell.text).collect()).or_insert(made.len());
            if place == made.len() {
                made.push((row.start().line, own));
                few_enough(made.len(), row.start())?;
            }
            let cells = &mut made[place].1;
            let (missing, given) = (Cell { text: "", ..name }, row.cell(value));
            cells.resize(cells.len().max(column + 1), missing);
            if !cells[column].text.is_empty() && cells[column].text != given.text && !is_missing(given.text) {
                let message = format!(
                    "expected each field of a contract and day once, found {} again",
                    crate::text::escaped(name.text)
                );
                problems.push(Problem::new(ProblemKind::Inconsistent, message).at(name.position));
            }
            cells[column] = given;
        }
        ReadError::unless_none(problems)?;
        let width = names.len();
        let rows = made.into_iter().map(|(line, mut cells)| {
            let empty = Cell { text: "", position: cells[0].position };
            cells.resize(width, empty);
            Row::of_cells(line, cells)
        });
        Ok(Made { rows: rows.collect(), names })
    }

    /// A row for each column of values.
    pub(super) fn fields_down(&self) -> Result<Made<'a>, ReadError> {
        let lines: Vec<Row<'a>> = self.rows().collect::<Result<_, _>>()?;
        let width = lines.iter().map(|row| row.cells().len()).max().unwrap_or(0);
        let named = |row: &Row<'a>| FIELD.contains(&key(row.cell(0).text).as_str());
        let labels = |row: &Row<'a>| row.cells().iter().skip(1).any(|cell| is_contract_label(cell.text));
        let lines: Vec<Row<'a>> = lines.into_iter().filter(|row| !named(row) || labels(row)).collect();
        let name = |row: &Row<'a>| Cell { text: if named(row) { "contract" } else { row.cell(0).text }, ..row.cell(0) };
        let column = |index: usize| {
            let cells: Vec<Cell<'a>> = lines.iter().map(|row| row.cell(index)).collect();
            let filled = cells.iter().any(|cell| !cell.text.is_empty());
            let line = cells.first().map_or(1, |cell| cell.position.line);
            filled.then(|| Row::of_cells(line, cells))
        };
        Ok(Made { names: lines.iter().map(name).collect(), rows: (1..width).filter_map(column).collect() })
    }
}
