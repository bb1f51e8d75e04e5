//! A document as JSON: its members and tables in their order, dates as ISO texts, units in the key names.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::super::document::{Document, Form, Json, Numbers, Part, Table};

impl Document<'_> {
    /// Writes the whole report, numbers as strings that hold exact decimals, or as JSON numbers.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn json(&self, numbers: Numbers, out: &mut dyn Write) -> io::Result<()> {
        if self.on_a_line {
            serde_json::to_writer(&mut *out, &Members(self, numbers))?;
        } else {
            serde_json::to_writer_pretty(&mut *out, &Members(self, numbers))?;
        }
        writeln!(out)
    }
}

struct Members<'d>(&'d Document<'d>, Numbers);

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for part in &self.0.parts {
            match part {
                Part::Member(key, value) => map.serialize_entry(key, &Json(value, self.1))?,
                Part::Table(forms, table) if forms.json => map.serialize_entry(&table.key, &Rows(table, self.1))?,
                Part::Text(_) | Part::More(_) | Part::Table(..) => {}
            }
        }
        map.end()
    }
}

struct Rows<'t>(&'t Table<'t>, Numbers);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = self.0.columns(|form: &Form| form.in_json);
        serializer.collect_seq((0..self.0.count()).map(|row| Row(self, row, &columns)))
    }
}

struct Row<'t>(&'t Rows<'t>, usize, &'t [(usize, &'t Form)]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Json(&self.0.0.object(self.1, self.2), self.0.1).serialize(serializer)
    }
}
