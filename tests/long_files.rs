//! Long tables read day by day against the same tables read whole.

use std::fmt::Write;
use std::io::Cursor;

use fedpath::files::{DailyQuotes, Format, QuoteIndex, QuoteStream};
use fedpath::notice::Remark;
use fedpath::{QuoteFile, QuoteTable, ReadOptions};
use proptest::prelude::*;

use crate::cli::{run_in, stdout};

/// Rows of a long table, each a day, a contract and a price.
fn table_of(rows: &[(u32, u32, u32)]) -> String {
    rows.iter().fold("date,contract,settle\n".to_owned(), |mut text, (day, month, price)| {
        let _ = writeln!(text, "2025-11-{day:02},2026-{month:02},96.{price:04}");
        text
    })
}

fn in_order(line: &Remark) -> String {
    format!("{:?}: {}", line.position, line.notice)
}

/// Where an index accepts a text, the whole text says the same; where the whole text is refused, so is the index.
fn agree(text: &str) -> Result<bool, TestCaseError> {
    let options = ReadOptions::default();
    let mut remarks = Vec::new();
    let index = QuoteIndex::new(Cursor::new(text.as_bytes()), &options, |remark| remarks.push(remark));
    let whole = QuoteFile::parse(text, &options);
    let streamed: Result<Vec<_>, _> =
        QuoteStream::new(text.as_bytes(), &options).and_then(Iterator::collect::<Result<_, _>>);
    let Ok(index) = index else { return Ok(false) };
    let whole = whole.map_err(|error| TestCaseError::fail(format!("an index of what is refused: {error}\n{text}")))?;
    prop_assert_eq!(whole.format(), Format::Long);
    prop_assert_eq!(index.tally(), whole.tally());
    let sorted = |remarks: &[Remark]| {
        let mut told: Vec<String> = remarks.iter().map(in_order).collect();
        told.sort();
        told
    };
    prop_assert_eq!(sorted(&remarks), sorted(&whole.remarks()));
    let mut table = QuoteTable::default();
    table.add("whole", whole).unwrap();
    prop_assert_eq!(DailyQuotes::days(&index), table.days().collect::<Vec<_>>());
    let mut streamed = streamed.unwrap();
    streamed.sort_by_key(fedpath::Snapshot::trade_date);
    for (day, streamed) in index.days().into_iter().zip(streamed) {
        let indexed = DailyQuotes::snapshot(&index, day).unwrap();
        prop_assert_eq!(&indexed, &table.snapshot(day));
        prop_assert_eq!(indexed, Some(streamed));
    }
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn days_in_any_order_are_those_of_the_whole(
        days in prop::collection::vec(1..28_u32, 1..5),
        months in 1..6_u32,
        price in 0..2000_u32,
    ) {
        let rows: Vec<_> =
            days.iter().flat_map(|day| (1..=months).map(|month| (*day, month, price + 7 * month))).collect();
        let distinct: std::collections::BTreeSet<_> = days.iter().collect();
        prop_assert_eq!(agree(&table_of(&rows))?, distinct.len() == days.len());
    }

    #[test]
    fn rows_with_a_byte_changed_are_read_alike_or_left_to_the_whole(
        rows in prop::collection::vec((1..5_u32, 1..4_u32, 0..9999_u32), 1..8),
        place in any::<prop::sample::Index>(),
        byte in prop::sample::select(b"0179,;\"\n\r# -.\tZx:".to_vec()),
    ) {
        let mut text = table_of(&rows).into_bytes();
        let place = place.index(text.len());
        text[place] = byte;
        agree(&String::from_utf8(text).unwrap())?;
    }
}

#[test]
fn a_table_may_be_written_in_many_ways() {
    let plain = table_of(&[(20, 1, 2300), (20, 2, 3000), (21, 1, 2150)]);
    let quoted = plain.replace("2026-01", "\"2026-01\"");
    let all = [
        plain.replace('\n', "\r\n"),
        format!("\u{feff}{plain}"),
        plain.trim_end().to_owned(),
        format!("{plain}\u{1a}"),
        format!("# as_of: 2025-11-20\n{plain}"),
        quoted,
        plain.replace(',', ";"),
        plain.replace('\n', ",,\n"),
        format!("{plain}# the end\n\n"),
        // A line longer than what is read at a time.
        plain
            .replace("settle\n", "settle,note\n")
            .replace(".2150", &format!(".2150,{}", "x".repeat(200_000)))
            .replace("00\n", "00,\n"),
    ];
    for text in all {
        assert!(agree(&text).unwrap(), "{}", &text[..60]);
    }
}

#[test]
fn what_speaks_of_the_whole_is_left_to_the_whole() {
    let plain = table_of(&[(20, 1, 2300), (20, 2, 3000), (21, 1, 2150)]);
    let refused = |text: &str| {
        let stream = QuoteStream::new(text.as_bytes(), &ReadOptions::default());
        stream.and_then(Iterator::collect::<Result<Vec<_>, _>>).unwrap_err().to_string()
    };
    let again = table_of(&[(20, 1, 2300), (21, 1, 2150), (20, 2, 3000)]);
    let told = [
        refused(&again),
        refused(&format!("{plain}# as_of: 2025-11-21\n")),
        refused(&format!("{plain}2025-11-21,total,\n")),
        refused(&table_of(&[(20, 1, 2300), (20, 1, 2300)])),
        refused("contract,settle\nZQZ25,96.1\n"),
        refused(""),
    ];
    insta::assert_snapshot!(told.join("\n"), @"
    4:1: expected the rows of 2025-11-20 together, found some behind those of 2025-11-21
    5:1: expected rows of one day after another, found a note
    5:1: expected rows of one day after another, found a total
    3:12: expected each contract once, found ZQF26 on 2025-11-20 again (first on line 2): of several moments of a day one is wanted
    1:1: expected a long table such as date,contract,settle, found 'contract,settle'
    the file is empty
    ");
}

/// The report is the same whether the days stand together or not, and whichever way the file comes.
#[test]
fn a_history_is_the_same_however_its_file_is_read() {
    let rows = [(20, "2025-11", "96.12"), (20, "2026-01", "96.23"), (20, "2026-02", "96.30"), (21, "2025-11", "96.12")];
    let rows = rows.into_iter().chain([(21, "2026-01", "96.215"), (21, "2026-02", "96.285")]);
    let mut lines: Vec<String> = rows.map(|(day, month, price)| format!("2025-11-{day},{month},{price}\n")).collect();
    let header = "date,contract,settle\n";
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text).unwrap();
    let together = header.to_owned() + &lines.concat();
    write("together.csv", together.as_bytes());
    lines.sort_by_key(|line| line[11..].to_owned());
    write("apart.csv", (header.to_owned() + &lines.concat()).as_bytes());
    let told = |path: &str, input: &str| run_in(folder.path(), &["history", path], input);
    let expected = told("together.csv", "");
    assert!(expected.contains("2025-11-21,2025-12-10,350,375,0.35"), "{expected}");
    assert_eq!(told("apart.csv", ""), expected);
    assert_eq!(told("-", &together), expected);
    assert_eq!(told(".", ""), expected, "two files of the same quotes");
    #[cfg(feature = "formats")]
    {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, together.as_bytes()).unwrap();
        write("packed.csv.gz", &packed.finish().unwrap());
        assert_eq!(told("packed.csv.gz", ""), expected);
    }
    let whole = folder.path().join("together.csv");
    assert!(stdout(&["history", whole.to_str().unwrap(), "--delta", "1d", "--quiet"]).contains("2025-11-20,1d,"));
}

#[test]
fn a_file_that_changes_under_the_index_is_told() {
    use std::io::{Seek, SeekFrom, Write};
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(table_of(&[(20, 1, 2300), (21, 1, 2150)]).as_bytes()).unwrap();
    file.rewind().unwrap();
    let index = QuoteIndex::new(file.try_clone().unwrap(), &ReadOptions::default(), |_| {}).unwrap();
    let day = DailyQuotes::days(&index)[1];
    file.seek(SeekFrom::End(-8)).unwrap();
    file.write_all(b"none").unwrap();
    let error = DailyQuotes::snapshot(&index, day).unwrap_err().to_string();
    assert!(error.ends_with("the file has changed"), "{error}");
    file.set_len(30).unwrap();
    assert!(DailyQuotes::snapshot(&index, day).unwrap_err().to_string().contains("cannot be read"));
}

#[test]
fn a_price_that_went_through_floats_is_the_same_in_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let rows =
        [("ZQX25", "96.1200"), ("ZQZ25", "96.18000030517578"), ("ZQF26", "96.21499633789062"), ("ZQG26", "96.2849999")];
    let table = |rest: &str| {
        let rows = rows.iter().map(|(contract, price)| format!("2025-11-21,{contract},{price}{rest}\n"));
        rows.collect::<Vec<_>>().concat()
    };
    let (lean, full) = (table(""), table(",7"));
    std::fs::write(folder.path().join("lean.csv"), format!("date,contract,settle\n{lean}")).unwrap();
    std::fs::write(folder.path().join("full.csv"), format!("date,contract,settle,volume\n{full}")).unwrap();
    for file in ["lean.csv", "full.csv"] {
        for command in ["probs", "history"] {
            let told = run_in(folder.path(), &[command, file, "--meeting", "2025-12-10", "--format", "csv"], "");
            assert!(told.contains("2025-12-10,350,375,0.350000000000\n"), "{command} {file}: {told}");
        }
    }
}
