//! Quotes and their files: `fedpath.convert/1` and `fedpath.check/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::super::tidy::Tidy;
use super::write;
use crate::market::product::Product;
use crate::quotes::QuoteTable;
use crate::quotes::check::FileCheck;
use crate::text::problem::Position;
use crate::text::tally::{Skip, Tally};

#[derive(Serialize)]
struct Quotes<'a> {
    schema: &'static str,
    product: &'static str,
    #[serde(rename = "quotes")]
    rows: Vec<Row<'a>>,
    warnings: Vec<String>,
}

/// A quote as an object, its members in the order of the columns.
struct Row<'a> {
    columns: &'a [&'static str],
    cells: Vec<Option<String>>,
}

impl Serialize for Row<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(&self.cells))
    }
}

/// The quotes, one object a day and contract.
///
/// # Errors
/// Where `out` cannot be written.
pub fn quotes(table: &QuoteTable, warnings: &[String], out: &mut dyn Write) -> io::Result<()> {
    let tidy = Tidy::of(table);
    let columns = tidy.columns();
    let rows =
        table.rows().map(|(day, contract, quote)| Row { columns: &columns, cells: tidy.cells(day, contract, quote) });
    let document = Quotes {
        schema: "fedpath.convert/1",
        product: table.product().code(),
        rows: rows.collect(),
        warnings: warnings.to_vec(),
    };
    write(&document, out)
}

#[derive(Serialize)]
struct Checks<'a> {
    schema: &'static str,
    files: Vec<File<'a>>,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "file")]
    name: &'a str,
    ok: bool,
    format: Option<String>,
    product: Option<&'static str>,
    first_day: Option<String>,
    last_day: Option<String>,
    days: usize,
    contracts: Vec<String>,
    rows: Option<Rows>,
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

#[derive(Serialize)]
struct Rows {
    read: usize,
    kept: usize,
    skipped: Vec<Skipped>,
    others: Vec<String>,
}

#[derive(Serialize)]
struct Skipped {
    reason: String,
    count: usize,
}

#[derive(Serialize)]
struct Finding {
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

impl Finding {
    fn new(position: Option<Position>, message: String) -> Self {
        Self { line: position.map(|at| at.line), column: position.map(|at| at.column), message }
    }
}

/// What files hold, every problem and warning with its place, and an account of the rows.
///
/// # Errors
/// Where `out` cannot be written.
pub fn check(files: &[(String, FileCheck)], out: &mut dyn Write) -> io::Result<()> {
    let warnings = files.iter().flat_map(|(name, check)| {
        check.remarks().iter().map(move |remark| match remark.position {
            Some(position) => format!("{name}:{position}: {}", remark.notice),
            None => format!("{name}: {}", remark.notice),
        })
    });
    let document = Checks {
        schema: "fedpath.check/1",
        files: files.iter().map(|(name, check)| File::of(name, check)).collect(),
        warnings: warnings.collect(),
    };
    write(&document, out)
}

impl<'a> File<'a> {
    fn of(name: &'a str, check: &FileCheck) -> Self {
        let days = check.days();
        let errors = check.problems().iter();
        let warnings = check.remarks().iter();
        Self {
            name,
            ok: check.problems().is_empty(),
            format: check.format(),
            product: check.product().map(Product::code),
            first_day: days.first().map(ToString::to_string),
            last_day: days.last().map(ToString::to_string),
            days: days.len(),
            contracts: check.contracts().iter().map(ToString::to_string).collect(),
            rows: check.tally().map(Rows::of),
            errors: errors.map(|problem| Finding::new(problem.position(), problem.message().to_owned())).collect(),
            warnings: warnings.map(|remark| Finding::new(remark.position, remark.notice.to_string())).collect(),
        }
    }
}

impl Rows {
    fn of(tally: &Tally) -> Self {
        let skipped = |(reason, count): (Skip, usize)| Skipped { reason: reason.to_string(), count };
        Self {
            read: tally.read(),
            kept: tally.kept(),
            skipped: tally.skipped().map(skipped).collect(),
            others: tally.others().to_vec(),
        }
    }
}
