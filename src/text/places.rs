//! [`Places`]: where the parts of a text stand that has no lines of its own, such as JSON and XML.

use crate::text::problem::Position;

/// The places of the parts of a text: counted on from part to part, so best asked for in their order.
pub(crate) struct Places<'a> {
    text: &'a str,
    offset: usize,
    at: Position,
}

impl<'a> Places<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, offset: 0, at: Position { line: 1, column: 1 } }
    }

    /// The place of `part`, a slice of the text.
    pub(crate) fn of(&mut self, part: &str) -> Position {
        self.at((part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize))
    }

    /// The place of a byte.
    pub(crate) fn at(&mut self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        for c in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            self.at = match c {
                '\n' => Position { line: self.at.line + 1, column: 1 },
                _ => Position { column: self.at.column + 1, ..self.at },
            };
        }
        self.offset = offset;
        self.at
    }
}
