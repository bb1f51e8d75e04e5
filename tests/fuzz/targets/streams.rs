//! Long tables read day by day against the same tables read whole.

use std::io::Cursor;

use fedpath::files::{DailyQuotes, Format, QuoteIndex, QuoteStream};
use fedpath::notice::Remark;
use fedpath::{QuoteFile, QuoteTable, ReadOptions};

use super::choice_and_text;
use super::oracles::problems_are_placed;

/// Text under the header of a long table, one of some.
pub(super) fn streams(data: &[u8]) {
    let Some((choice, rows)) = choice_and_text(data) else { return };
    let headers = ["date,contract,settle\n", "contract,date,price\n", "date;contract;close\n", ""];
    let text = headers[usize::from(choice & 3)].to_owned() + &rows;
    let options = ReadOptions::default();
    let mut remarks = Vec::new();
    let index = QuoteIndex::new(Cursor::new(text.as_bytes()), &options, |remark| remarks.push(remark));
    let streamed: Result<Vec<_>, _> =
        QuoteStream::new(text.as_bytes(), &options).and_then(Iterator::collect::<Result<_, _>>);
    let index = match index {
        Ok(index) => index,
        Err(error) => return problems_are_placed(&text, &error),
    };
    let whole =
        QuoteFile::parse(&text, &options).unwrap_or_else(|error| panic!("an index of what is refused: {error}"));
    assert_eq!(whole.format(), Format::Long);
    assert_eq!(index.tally(), whole.tally());
    let sorted = |remarks: &[Remark]| {
        let mut told: Vec<_> = remarks.iter().map(|line| format!("{:?}: {}", line.position, line.notice)).collect();
        told.sort();
        told
    };
    assert_eq!(sorted(&remarks), sorted(&whole.remarks()));
    let mut table = QuoteTable::default();
    table.add("whole", whole).unwrap_or_else(|error| panic!("{error}"));
    let days = DailyQuotes::days(&index);
    assert_eq!(days, table.days().collect::<Vec<_>>());
    let mut streamed = streamed.unwrap_or_else(|error| panic!("the stream refuses what the index takes: {error}"));
    streamed.sort_by_key(fedpath::Snapshot::trade_date);
    assert_eq!(streamed.len(), days.len());
    for (day, streamed) in days.into_iter().zip(streamed) {
        let indexed = DailyQuotes::snapshot(&index, day).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(indexed, table.snapshot(day));
        assert_eq!(indexed, Some(streamed));
    }
}
