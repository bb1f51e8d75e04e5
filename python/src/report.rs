//! What a command answers: a document, told in the form that is asked for, and what can be drawn of it.

use fedpath::Notice;
use fedpath::report::{self, ChartKind, Document, Numbers, Subject, html};
use pyo3::prelude::*;

use crate::errors;
use crate::table::Table;

type Tell = dyn Fn(bool, &mut dyn FnMut(&Document<'_>)) + Send + Sync;
type Draw = dyn Fn(&mut dyn FnMut(&Subject<'_>)) + Send + Sync;

/// An answer.
#[pyclass(frozen, module = "fedpath._fedpath")]
pub(crate) struct Report {
    tell: Box<Tell>,
    draw: Option<Box<Draw>>,
    notices: Vec<Notice>,
}

impl Report {
    /// An answer that `tell` makes a document of, with its derivations or without.
    pub(crate) fn new(tell: impl Fn(bool, &mut dyn FnMut(&Document<'_>)) + Send + Sync + 'static) -> Self {
        Self { tell: Box::new(tell), draw: None, notices: Vec::new() }
    }

    /// With what a reader should know, by its kind.
    pub(crate) fn noticed<'n>(mut self, notices: impl IntoIterator<Item = &'n Notice>) -> Self {
        self.notices.extend(notices.into_iter().cloned());
        self
    }

    /// With charts and a page.
    pub(crate) fn drawn(self, draw: impl Fn(&mut dyn FnMut(&Subject<'_>)) + Send + Sync + 'static) -> Self {
        Self { draw: Some(Box::new(draw)), ..self }
    }

    fn written(
        &self,
        explain: bool,
        write: impl Fn(&Document<'_>, &mut Vec<u8>) -> std::io::Result<()>,
    ) -> PyResult<String> {
        let (mut text, mut result) = (Vec::new(), Ok(()));
        (self.tell)(explain, &mut |document| result = write(document, &mut text));
        result?;
        Ok(String::from_utf8(text)?)
    }

    fn about<T>(&self, py: Python<'_>, make: impl Fn(&Subject<'_>) -> Option<T>) -> PyResult<Option<T>> {
        let Some(draw) = &self.draw else { return Err(errors::refused(py, "this answer has no charts")) };
        let mut made = None;
        draw(&mut |subject| made = make(subject));
        Ok(made)
    }
}

#[pymethods]
impl Report {
    #[pyo3(signature = (explain=false))]
    fn text(&self, explain: bool) -> PyResult<String> {
        self.written(explain, |document, out| document.text(out))
    }

    fn json(&self) -> PyResult<String> {
        self.written(false, |document, out| document.json(Numbers::Strings, out))
    }

    fn csv(&self) -> PyResult<String> {
        self.written(false, |document, out| document.csv(out))
    }

    fn table(&self, py: Python<'_>) -> PyResult<Table> {
        let mut table = None;
        (self.tell)(false, &mut |document| table = Some(Table::of(document)));
        let made = table.transpose().map_err(|error| errors::refused(py, &error.to_string()))?;
        made.ok_or_else(|| errors::refused(py, "this answer has no table"))
    }

    /// A chart as a document; its ids begin with `prefix`.
    #[pyo3(signature = (kind, prefix=""))]
    fn chart(&self, py: Python<'_>, kind: &str, prefix: &str) -> PyResult<String> {
        let chosen = KINDS.into_iter().find(|known| known.id() == kind).ok_or_else(|| {
            let known: Vec<&str> = KINDS.iter().map(|kind| kind.id()).collect();
            errors::refused(py, &format!("chart: expected one of {}, found '{kind}'", known.join(", ")))
        })?;
        let drawn = self.about(py, |subject| report::svg::inline(subject, chosen, prefix))?;
        drawn.ok_or_else(|| errors::refused(py, &format!("chart: this answer has no chart '{kind}'")))
    }

    fn page(&self, py: Python<'_>) -> PyResult<String> {
        let page = self.about(py, |subject| Some(html::page(subject, &html::Front::default())))?;
        Ok(page.unwrap_or_default())
    }

    /// The parts of the page for a document of others; their ids begin with `prefix`.
    fn fragment(&self, py: Python<'_>, prefix: &str) -> PyResult<String> {
        let parts = self.about(py, |subject| Some(html::fragment(subject, &html::Front::default(), prefix)))?;
        Ok(parts.unwrap_or_default())
    }

    /// The notices of the path as JSON: a list of objects with `kind` and `message`.
    fn notices(&self) -> PyResult<String> {
        serde_json::to_string(&self.notices).map_err(|error| pyo3::exceptions::PyValueError::new_err(error.to_string()))
    }
}

/// The style sheet of fragments.
#[pyfunction]
pub(crate) fn fragment_style() -> String {
    html::fragment_style()
}

/// The charts of one day and of two.
const KINDS: [ChartKind; 9] = [
    ChartKind::Bars,
    ChartKind::Heat,
    ChartKind::Path,
    ChartKind::Residuals,
    ChartKind::Basis,
    ChartKind::Term,
    ChartKind::Curve,
    ChartKind::CurvePanels,
    ChartKind::Equity,
];
