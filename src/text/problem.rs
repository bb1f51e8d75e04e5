//! What is wrong with an input, and where: the words that every reader uses.

use std::fmt;

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The place of `part` inside `line`, of which it is a slice.
    pub(crate) fn of(line_number: usize, line: &str, part: &str) -> Self {
        Self::counter(line_number, line)(part)
    }

    /// The place behind some bytes of a text, of which the first is on this line.
    pub(crate) fn behind(bytes: &[u8], first_line: usize) -> Self {
        let start = memchr::memrchr(b'\n', bytes).map_or(0, |end| end + 1);
        let line = first_line + memchr::memchr_iter(b'\n', &bytes[..start]).count();
        let before = bytes[start..].strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes[start..]);
        Self { line, column: String::from_utf8_lossy(before).chars().count() + 1 }
    }

    /// The places of the parts of `line`, from left to right: columns are counted on from part to part, because a line
    /// may hold a million of them.
    pub(crate) fn counter(line_number: usize, line: &str) -> impl FnMut(&str) -> Self {
        let (mut byte, mut column) = (0, 1);
        move |part| {
            let offset = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
            column += line.get(byte..offset).unwrap_or_default().chars().count();
            byte = offset;
            Self { line: line_number, column }
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ProblemKind {
    /// The text does not follow the format's grammar.
    Syntax,
    /// The file cannot be opened or read.
    NotRead,
    /// The file has no content.
    Empty,
    /// The file is not text, or not readable text.
    NotText,
    /// The content is none of the formats that are read.
    UnknownFormat,
    /// The file is known, and holds something other than futures quotes: probabilities, fixings, an error page.
    NoQuotes,
    /// The file is sound but holds no futures of the wanted product.
    NoFedFunds,
    /// The file is a history of one contract and does not say of which.
    NoContract,
    /// The file is of one meeting and does not say of which.
    NoMeeting,
    /// The quotes are of an unknown day.
    NoDate,
    /// Times have no offset, and of which zone they are is not said.
    NoZone,
    /// Columns are not recognised, and a figure that is needed has none.
    UnknownColumns,
    /// A column holds days, and which it does not say; or two columns of days disagree.
    UnknownDates,
    /// Dates of a file can be read with the day or the month first, and no row decides.
    TwoDays,
    /// The file holds several days, and which one is wanted is not said.
    SeveralDays,
    /// The quotes are of several moments of a day, and none is chosen.
    SeveralMoments,
    /// The file holds no quotes of the wanted day.
    OtherDays,
    /// The file ends before its format does.
    Truncated,
    /// Numbers of the file contradict each other: a total, a change, a contract given twice.
    Inconsistent,
}

/// One thing that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Problem {
    kind: ProblemKind,
    position: Option<Position>,
    message: String,
}

impl Problem {
    pub(crate) fn new(kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { kind, position: None, message: message.into() }
    }

    pub(crate) fn at(self, position: Position) -> Self {
        Self { position: Some(position), ..self }
    }

    /// "expected A, found 'B'", with `found` made safe to print.
    pub(crate) fn expected(expected: &str, found: &str) -> Self {
        let found = if found.is_empty() { "nothing".to_owned() } else { format!("'{}'", crate::text::escaped(found)) };
        Self::new(ProblemKind::Syntax, format!("expected {expected}, found {found}"))
    }

    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// Where it stands, if it stands in one place.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        self.position
    }

    /// The sentence without its place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.position {
            Some(position) => write!(f, "{position}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// Everything that is wrong with one input: at least one [`Problem`], in the order of the text.
///
/// ```
/// let error = fedpath::Snapshot::parse("contract,price\nZQZ25,96.x\nZQB26,96.29\n").unwrap_err();
/// assert_eq!(error.problems().len(), 2);
/// assert_eq!(error.problems()[0].to_string(), "2:7: expected a price such as 96.2300, found '96.x'");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReadError(Vec<Problem>);

impl ReadError {
    /// The problems as an error, or `Ok` where there are none.
    pub(crate) fn unless_none(mut problems: Vec<Problem>) -> Result<(), Self> {
        problems.sort_by_key(Problem::position);
        problems.dedup();
        if problems.is_empty() { Ok(()) } else { Err(Self(problems)) }
    }

    /// All problems, in the order of the text.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

/// What is wrong with an input, while it is read.
#[derive(Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    /// Adds what is wrong; of a file in which nothing is right, the first problems are enough.
    pub(crate) fn add(&mut self, problem: impl Into<ReadError>) {
        const MOST: usize = 100_000;
        match self.0.len() {
            MOST.. => {}
            count => {
                self.0.extend(problem.into());
                if count < MOST && self.0.len() >= MOST {
                    let message = format!("more than {MOST} problems: the others are not listed");
                    let last = self.0.last().and_then(Problem::position);
                    self.0.push(Problem { position: last, ..Problem::new(ProblemKind::Syntax, message) });
                }
            }
        }
    }

    /// The value of a step; what is wrong with a refused one is added.
    pub(crate) fn of<T>(&mut self, step: Result<T, impl Into<ReadError>>) -> Option<T> {
        step.map_err(|problem| self.add(problem)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All problems as an error, or `Ok` where there are none.
    pub(crate) fn finish(self) -> Result<(), ReadError> {
        ReadError::unless_none(self.0)
    }
}

impl From<Problem> for ReadError {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for ReadError {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}
