//! One meeting through the days of a long file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use fedpath::chrono::NaiveDate;
use fedpath::files::{QuoteIndex, unpack_at_most};
use fedpath::history::{History, HistoryOptions, MeetingSeries};
use fedpath::report::html::Front;
use fedpath::report::{Source, Subject, Through, svg};
use fedpath::{Assumptions, Episode, ReadOptions};
use serde_json::json;

use crate::engine::Progress;
use crate::loaded::LARGEST;
use crate::shown::{charts, parts};

/// The parts of the page and its charts as drawings of their own: of the file an index is kept, and each day is read when it is priced.
pub(crate) fn through(
    name: &str,
    meeting: Option<NaiveDate>,
    from: Option<NaiveDate>,
    bytes: Vec<u8>,
    progress: Progress,
) -> Result<String, String> {
    let text = match unpack_at_most(&bytes, LARGEST).map_err(|error| error.to_string())? {
        Cow::Owned(text) => text.into_bytes(),
        Cow::Borrowed(_) => bytes,
    };
    let index =
        QuoteIndex::new(Cursor::new(text), &ReadOptions::default(), |_| ()).map_err(|error| error.to_string())?;
    let illustrative = Episode::embedded().is_in(&index);
    let assumptions = Assumptions::default();
    let mut options = HistoryOptions::default();
    options.from = from;
    let history = History::new(&index, &assumptions, options);
    let count = history.selected().len();
    let days = history.days().enumerate().map(|(at, day)| {
        progress(at, count);
        day
    });
    let series = MeetingSeries::new(days, meeting)
        .ok_or_else(|| "expected a day of quotes that prices the meeting, found none".to_owned())?;
    let mut through = Through::default();
    (through.source, through.from) = (Source::new(name, ""), from);
    through.source.illustrative = illustrative;
    let subject = Subject::History(&series, through);
    let drawn = charts().filter_map(|kind| Some((kind.id(), svg::chart(&subject, kind)?)));
    let charts: BTreeMap<&str, String> = drawn.collect();
    let parts = parts(&subject, &Front::default().on(&assumptions), &[]);
    Ok(json!({ "parts": parts, "charts": charts }).to_string())
}
