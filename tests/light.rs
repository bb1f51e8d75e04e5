//! The build without feature `formats`: what it does not read is said to be that, and not something else.

use fedpath::{Fixings, QuoteFile, ReadOptions, unpack};

#[test]
fn what_needs_the_feature_is_told_so() {
    let told = |text: &str| QuoteFile::parse(text, &ReadOptions::default()).unwrap_err().to_string();
    let without = "this build (without feature formats) does not read";
    assert!(told("<?xml version=\"1.0\"?>\n<FIXML><Batch/></FIXML>\n").contains(without));
    assert!(told("{\"settlements\":[]}\n").contains(without));
    assert!(Fixings::parse("{\"refRates\":[]}").unwrap_err().to_string().contains(without));
    assert!(unpack(&[0x1f, 0x8b, 8, 0]).unwrap_err().to_string().contains("or build with feature formats"));
}

#[test]
fn every_format_of_text_is_read() {
    for (name, text) in [
        ("settle.csv", include_str!("data/formats/settle.csv")),
        ("pasted_tabs.txt", include_str!("data/formats/pasted_tabs.txt")),
        ("datamine_eod.csv", include_str!("data/formats/datamine_eod.csv")),
        ("barchart_board.csv", include_str!("data/formats/barchart_board.csv")),
        ("databento_statistics.csv", include_str!("data/formats/databento_statistics.csv")),
        ("long.csv", include_str!("data/formats/long.csv")),
    ] {
        let file = QuoteFile::parse(text, &ReadOptions::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(file.quotes().count() >= 11, "{name}");
    }
}
