//! JSON as cells with places: what a reader of records needs, and no more.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::text::cell::Cell;
use crate::text::places::Places;
use crate::text::problem::{Position, Problem, ProblemKind, Problems, ReadError};

/// A JSON document, and where its parts stand.
pub(crate) struct Document<'a> {
    text: &'a str,
    places: Places<'a>,
}

/// One JSON object: its members in the order of the text.
pub(crate) struct Object<'a> {
    members: Vec<(String, Cell<'a>, &'a RawValue)>,
    pub(crate) position: Position,
}

impl<'a> Document<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, places: Places::new(text) }
    }

    /// The document as one object.
    pub(crate) fn object(&mut self) -> Result<Object<'a>, Problem> {
        let value = serde_json::from_str(self.text).map_err(|error| self.malformed(&error))?;
        self.members(value)
    }

    /// The document as a list of values.
    pub(crate) fn list(&self) -> Result<Vec<&'a RawValue>, Problem> {
        serde_json::from_str(self.text).map_err(|error| self.malformed(&error))
    }

    /// A value of the document as an object.
    pub(crate) fn members(&mut self, value: &'a RawValue) -> Result<Object<'a>, Problem> {
        let position = self.places.of(value.get());
        let members: Members<'a> =
            serde_json::from_str(value.get()).map_err(|_| Problem::expected("an object", value.get()).at(position))?;
        let members = members.0.into_iter().map(|(name, value)| (name, self.cell(value), value));
        Ok(Object { members: members.collect(), position })
    }

    /// A value of the document as a cell: the text without its quotes, a number as it stands.
    pub(crate) fn cell(&mut self, value: &'a RawValue) -> Cell<'a> {
        let text = value.get();
        // A text with escapes keeps them: no figure has any.
        let bare = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text).trim();
        Cell { text: bare, position: self.places.of(bare) }
    }

    /// The documents of a text that has one in each line; `None` where it has not.
    pub(crate) fn lines(&self) -> Option<Vec<&'a RawValue>> {
        let lines = self.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Option<Vec<&'a RawValue>> = lines.map(|line| serde_json::from_str(line).ok()).collect();
        lines.filter(|lines| lines.len() > 1)
    }

    /// A value of the document as a list; `what` names it.
    pub(crate) fn elements(&mut self, value: &'a RawValue, what: &str) -> Result<Vec<&'a RawValue>, Problem> {
        let refused = |at| Problem::expected(&format!("a list of {what}"), value.get()).at(at);
        serde_json::from_str(value.get()).map_err(|_| refused(self.places.of(value.get())))
    }

    /// Hands every element, an object whose members come once each, to `read`. All problems are gathered.
    pub(crate) fn each(
        &mut self,
        elements: &[&'a RawValue],
        mut read: impl FnMut(Object<'a>) -> Result<(), ReadError>,
    ) -> Problems {
        let mut problems = Problems::default();
        for element in elements {
            let object = self.members(element).and_then(|object| object.each_once().map(|()| object));
            problems.of(object.map_err(ReadError::from).and_then(&mut read));
        }
        problems
    }

    /// The parser counts columns in bytes; what it found at is on one line.
    fn malformed(&self, error: &serde_json::Error) -> Problem {
        let line = self.text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
        let before = line.get(..error.column().saturating_sub(1)).unwrap_or(line);
        let position = Position { line: error.line().max(1), column: before.chars().count() + 1 };
        let (kind, message) = if error.is_eof() {
            (ProblemKind::Truncated, "the JSON ends too early (is the file cut short?)".to_owned())
        } else {
            let told = error.to_string();
            let what = told.rsplit_once(" at line").map_or(told.as_str(), |(what, _)| what);
            (ProblemKind::Syntax, format!("expected JSON, found a fault: {what}"))
        };
        Problem::new(kind, message).at(position)
    }
}

impl<'a> Object<'a> {
    /// The value of a member, in any case; `null` and a missing one are `None`.
    pub(crate) fn get(&self, name: &str) -> Option<Cell<'a>> {
        let member = self.members.iter().find(|(member, ..)| member.eq_ignore_ascii_case(name));
        member.map(|(_, cell, _)| *cell).filter(|cell| cell.text != "null")
    }

    /// The value of a member as it stands.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.members.iter().find(|(member, ..)| member.eq_ignore_ascii_case(name)).map(|(.., value)| *value)
    }

    /// The members with their names, in the order of the text.
    pub(crate) fn members(&self) -> impl ExactSizeIterator<Item = (&str, Cell<'a>, &'a RawValue)> {
        self.members.iter().map(|(name, cell, value)| (name.as_str(), *cell, *value))
    }

    /// The members that are neither objects nor lists.
    pub(crate) fn scalars(&self) -> impl Iterator<Item = (&str, Cell<'a>)> {
        let scalar = |text: &str| !text.starts_with(['{', '[']);
        self.members.iter().filter(move |(_, cell, _)| scalar(cell.text)).map(|(name, cell, _)| (name.as_str(), *cell))
    }

    /// The text of a member, its escapes resolved.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// A member given twice contradicts itself.
    pub(crate) fn each_once(&self) -> Result<(), Problem> {
        let mut seen = std::collections::BTreeSet::new();
        for (name, cell, _) in &self.members {
            if !seen.insert(name.to_ascii_lowercase()) {
                let message = format!("expected each member once, found '{}' again", crate::text::escaped(name));
                return Err(Problem::new(ProblemKind::Inconsistent, message).at(cell.position));
            }
        }
        Ok(())
    }
}

/// The members of an object as they stand, also those given twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}
