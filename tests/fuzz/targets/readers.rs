//! The readers of quotes and fixings: every row is accounted for, every place is inside the file, and what `convert` writes is
//! read back as what it was.

use fedpath::check::FileCheck;
use fedpath::files::Format;
use fedpath::{Product, QuoteFile, QuoteTable, ReadOptions, report};

use super::choice_and_text;
use super::oracles::{document_is_sound, is_inside, problems_are_placed};

/// Text, read for a product that the first byte chooses.
pub(super) fn readers(data: &[u8]) {
    let Some((choice, text)) = choice_and_text(data) else { return };
    let mut options = ReadOptions::default();
    options.product = Product::ALL[usize::from(choice & 7) % Product::ALL.len()];
    options.as_of = (choice & 8 != 0).then(|| "2025-11-21".parse().expect("a day"));
    options.contract = (choice & 16 != 0).then(|| "2025-12".parse().expect("a month"));
    options.file_name = (choice & 32 != 0).then(|| "cbt_settle_s_20251121_ZQ.csv".into());
    match QuoteFile::parse(&text, &options) {
        Err(error) => problems_are_placed(&text, &error),
        Ok(file) => is_sound(&text, file),
    }
    let check = FileCheck::of(&text, &options);
    document_is_sound(&report::check(&[("a\u{1b}[31m.csv".to_owned(), check)], true));
}

fn is_sound(text: &str, file: QuoteFile) {
    for remark in file.remarks() {
        if let Some(position) = remark.position {
            is_inside(text, position, &remark.notice.to_string());
        }
    }
    let tally = file.tally();
    assert!(tally.kept() > 0 || file.quotes().next().is_none(), "quotes come from rows");
    if file.format() == Format::Long {
        // A row gives one quote; what gives none says why.
        assert!(file.quotes().count() <= tally.kept());
        // A row of pysystemtrade has up to three contracts.
        assert!(tally.read() <= 3 * text.lines().count());
    }
    let mut table = QuoteTable::default();
    if file.meeting_rates().is_some() || file.days().any(|day| day.is_none()) || table.add("a", file).is_err() {
        return;
    }
    document_is_sound(&report::quotes(&table, &[]));
    let csv = converted(&table);
    let mut options = ReadOptions::default();
    options.product = table.product();
    let read = QuoteFile::parse(&csv, &options).unwrap_or_else(|error| panic!("{error}\n{csv}"));
    let mut again = QuoteTable::default();
    again.add("b", read).unwrap_or_else(|error| panic!("{error}\n{csv}"));
    assert_eq!(converted(&again), csv);
}

/// What `convert` writes.
fn converted(table: &QuoteTable) -> String {
    let mut csv = Vec::new();
    report::quotes(table, &[]).csv(&mut csv).expect("a vector takes all");
    String::from_utf8(csv).expect("text")
}
