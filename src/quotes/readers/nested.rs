//! JSON whose figures lie in objects: members of members, columns side by side, days and contracts as names.
//!
//! ```text
//! {"date":["2025-11-21",...],"contract":["ZQZ25",...],"settle":[96.18,...]}
//! {"date":{"0":"2025-11-21"},"contract":{"0":"ZQZ25"},"settle":{"0":96.18}}
//! {"2025-11-21":{"ZQZ25":96.18,...}}, {"ZQZ25":{"2025-11-21":96.18}}, {"ZQZ25":{"date":"2025-11-21","settle":96.18}}, {"ZQZ25":96.18}
//! ```

use std::collections::BTreeSet;

use super::meaning::{Role, is_contract_label, read_named};
use crate::quotes::{Format, QuoteFile, ReadOptions};
use crate::text::cell::Cell;
use crate::text::day::spelled;
use crate::text::json::{Document, Object};
use crate::text::problem::{Position, Problem, ProblemKind, ReadError};
use crate::text::table::Row;

/// The figures of a record: its own, and those of the objects in it whose names are not taken, but for the day before.
pub(super) fn figures<'a>(
    document: &mut Document<'a>,
    record: &Object<'a>,
) -> Result<Vec<(String, Cell<'a>)>, Problem> {
    let given = |cell: &Cell<'_>| cell.text != "null";
    let own = record
        .scalars()
        .map(|(name, cell)| (name.to_owned(), if given(&cell) { cell } else { Cell { text: "", ..cell } }));
    let mut figures: Vec<(String, Cell<'a>)> = own.collect();
    for (name, cell, value) in record.members() {
        let before = ["prev", "prior"].iter().any(|word| name.to_ascii_lowercase().starts_with(word));
        if before || !cell.text.starts_with('{') {
            continue;
        }
        for (name, cell) in document.members(value)?.scalars().filter(|(_, cell)| given(cell)) {
            if !figures.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
                figures.push((name.to_owned(), cell));
            }
        }
    }
    Ok(figures)
}

/// Reads an object that is a table itself; `None` where it is none.
pub(super) fn table_of<'a>(
    document: &mut Document<'a>,
    payload: &Object<'a>,
    options: &ReadOptions,
) -> Option<Result<QuoteFile, ReadError>> {
    let roles = payload.members().filter_map(|(name, ..)| Role::named(name)).map(|(role, _)| role).collect::<Vec<_>>();
    let keyed = payload.members().filter(|(name, ..)| is_contract_label(name) || is_day(name)).count();
    if roles.iter().any(|role| role.is_price()) && roles.len() >= 2 {
        return columns(document, payload, options).transpose();
    }
    (keyed > 0).then(|| by_name(document, payload, options))
}

fn is_day(name: &str) -> bool {
    spelled(name).is_some() && !is_contract_label(name)
}

/// Columns side by side: lists of one length, or objects of one set of names.
fn columns<'a>(
    document: &mut Document<'a>,
    payload: &Object<'a>,
    options: &ReadOptions,
) -> Result<Option<QuoteFile>, ReadError> {
    let mut columns: Vec<(&str, Vec<Cell<'a>>)> = Vec::new();
    let mut keys: Option<Vec<String>> = None;
    for (name, cell, value) in payload.members() {
        let (own, cells): (Vec<String>, Vec<Cell<'a>>) = match cell.text.chars().next() {
            Some('[') => {
                let cells = document.elements(value, "values")?.into_iter().map(|value| document.cell(value));
                cells.enumerate().map(|(index, cell)| (index.to_string(), cell)).unzip()
            }
            Some('{') => document.members(value)?.members().map(|(name, cell, _)| (name.to_owned(), cell)).unzip(),
            _ => continue,
        };
        if keys.get_or_insert_with(|| own.clone()) != &own {
            let message =
                format!("expected as many values in '{}' as in the columns before it", crate::text::escaped(name));
            return Err(Problem::new(ProblemKind::Syntax, message).at(cell.position).into());
        }
        columns.push((name, cells));
    }
    let count = keys.map_or(0, |keys| keys.len());
    if columns.len() < 2 || count == 0 {
        return Ok(None);
    }
    let (names, columns): (Vec<&str>, Vec<Vec<Cell<'a>>>) = columns.into_iter().unzip();
    let row = |index: usize| {
        let cells: Vec<Cell<'a>> = columns.iter().map(|column| without_null(column[index])).collect();
        Row::of_cells(cells[0].position.line, cells)
    };
    let rows: Vec<Row<'a>> = (0..count).map(row).collect();
    read_named(&names, &rows, payload.position, Format::Records, options, |_| Ok(())).map(Some)
}

fn without_null(cell: Cell<'_>) -> Cell<'_> {
    if cell.text == "null" { Cell { text: "", ..cell } } else { cell }
}

/// A cell of a made row: a name of the document, or one of its values.
type Held<'a> = (Option<String>, Option<Cell<'a>>);

/// A figure of what its names say.
#[derive(Default)]
struct Figure<'a> {
    day: Option<String>,
    contract: Option<String>,
    values: Vec<(String, Cell<'a>)>,
    place: Option<Position>,
}

/// Days and contracts as the names of members, in either order.
fn by_name<'a>(
    document: &mut Document<'a>,
    payload: &Object<'a>,
    options: &ReadOptions,
) -> Result<QuoteFile, ReadError> {
    let mut figures = Vec::new();
    gather(document, payload, &Figure::default(), 2, &mut figures)?;
    let mut names: Vec<&str> = vec!["date", "contract"];
    let known: BTreeSet<&str> =
        figures.iter().flat_map(|figure| &figure.values).map(|(name, _)| name.as_str()).collect();
    names.extend(known.iter().filter(|name| !names.contains(name)).copied().collect::<Vec<_>>());
    // Without any day the table has no column of days.
    let dated = figures.iter().any(|figure| figure.day.is_some()) || known.contains("date");
    let names = if dated { names } else { names.split_off(1) };
    let row = |figure: &'_ Figure<'a>| -> Vec<Held<'a>> {
        let value = |name: &str| figure.values.iter().find(|(own, _)| own == name).map(|(_, cell)| *cell);
        let cell = |name: &&str| match *name {
            "date" if figure.day.is_some() => (figure.day.clone(), None),
            "contract" if figure.contract.is_some() => (figure.contract.clone(), None),
            name => (None, value(name)),
        };
        names.iter().map(cell).collect()
    };
    let cells: Vec<(Position, Vec<Held<'a>>)> =
        figures.iter().map(|figure| (figure.place.unwrap_or(payload.position), row(figure))).collect();
    let rows: Vec<Row<'_>> = cells
        .iter()
        .map(|(position, row)| {
            let cell = |(text, cell): &'_ Held<'a>| -> Option<Cell<'a>> { cell.filter(|_| text.is_none()) };
            let cells = row.iter().map(|held| {
                let text = held.0.as_deref().unwrap_or_default();
                cell(held).map_or(Cell { text, position: *position }, |cell| Cell {
                    text: cell.text,
                    position: cell.position,
                })
            });
            Row::of_cells(position.line, cells.collect())
        })
        .collect();
    read_named(&names, &rows, payload.position, Format::Records, options, |_| Ok(()))
}

/// Gathers what lies below an object, its names being days, contracts or fields.
fn gather<'a>(
    document: &mut Document<'a>,
    object: &Object<'a>,
    outer: &Figure<'a>,
    depth: usize,
    figures: &mut Vec<Figure<'a>>,
) -> Result<(), ReadError> {
    let mut values = Vec::new();
    for (name, cell, value) in object.members() {
        let (day, contract) = if is_contract_label(name) {
            (outer.day.clone(), Some(name.to_owned()))
        } else if is_day(name) {
            (Some(name.to_owned()), outer.contract.clone())
        } else {
            if !cell.text.starts_with(['{', '[']) {
                values.push((name.to_owned(), without_null(cell)));
            }
            continue;
        };
        let inner = Figure { day, contract, values: Vec::new(), place: Some(cell.position) };
        if cell.text.starts_with('{') && depth > 0 {
            let below = document.members(value)?;
            gather(document, &below, &inner, depth - 1, figures)?;
        } else if cell.text != "null" {
            figures.push(Figure { values: vec![("price".to_owned(), cell)], ..inner });
        }
    }
    if outer.contract.is_some() && !values.is_empty() {
        figures.push(Figure {
            day: outer.day.clone(),
            contract: outer.contract.clone(),
            values,
            place: Some(object.position),
        });
    }
    Ok(())
}
