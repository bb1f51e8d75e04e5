//! SOFR futures beside fed funds futures in every format that carries them: one table, whoever wrote the file.

use std::collections::BTreeMap;
use std::path::Path;

use fedpath::files::QuoteSet;
use fedpath::{Contract, Price, Product, QuoteFile, ReadOptions, Strip, StripOptions, unpack};

use crate::cli::run;

/// The day that all of `tests/data/formats/sofr_*` are of, typed by hand. SR3U25 is of the quarter that runs, SR3V25 and SR3X25 are
/// serial months.
const DAY: &str = "ZQX25 96.12, ZQZ25 96.18, ZQF26 96.215, SR1X25 96.06, SR1Z25 96.14, SR3U25 95.9825, SR3V25 96.02, SR3X25 96.085, \
    SR3Z25 96.195, SR3H26 96.36";

fn typed_by_hand() -> BTreeMap<Contract, Price> {
    let quote = |quote: &str| {
        let (contract, price) = quote.trim().split_once(' ').unwrap();
        (contract.parse().unwrap(), price.parse().unwrap())
    };
    DAY.split(',').map(quote).collect()
}

/// The prices of files, read for each product apart.
fn read(names: &[&str]) -> BTreeMap<Contract, Price> {
    let mut set = QuoteSet::default();
    for name in names {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name);
        let bytes = std::fs::read(path).unwrap();
        for product in Product::ALL {
            let mut options = ReadOptions::default();
            (options.product, options.several_products) = (product, true);
            if let Ok(file) = QuoteFile::parse(&unpack(&bytes).unwrap(), &options) {
                set.add(name, file);
            }
        }
    }
    let snapshot = set.snapshot(None).unwrap();
    let strip = Strip::new(&snapshot, &StripOptions::default()).unwrap_or_else(|error| panic!("{names:?}: {error}"));
    let strips = std::iter::once(&strip).chain(strip.beside());
    strips.flat_map(|strip| strip.prices().map(|(month, price)| (strip.product().contract(month), price))).collect()
}

#[test]
fn every_format_tells_the_products_apart() {
    for name in [
        "sofr_barchart.csv",
        "sofr_bloomberg.csv",
        "sofr_databento.csv",
        "sofr_datamine.csv",
        "sofr_fixml.xml",
        "sofr_long.csv",
        "sofr_product_column.csv",
        "sofr_settle.csv",
        "sofr_settle_records.json",
        "sofr_stl.txt",
        "sofr_typed.csv",
        "sofr_wide.csv",
    ] {
        // A price as it is written: 96.1200 is 96.12.
        assert_eq!(read(&[name]), typed_by_hand(), "{name}");
    }
}

/// The exchange's website has a product a page: 8462 is SR1, 8463 is SR3.
#[test]
fn the_pages_of_the_website_complete_each_other() {
    let read = read(&["sofr_long.csv", "sofr_website_8462.json", "sofr_website_8463.json"]);
    assert_eq!(read, typed_by_hand());
    let file = |name: &str| format!("tests/data/formats/{name}");
    let [fed_funds, month, quarter] = ["website.json", "sofr_website_8462.json", "sofr_website_8463.json"].map(file);
    let told =
        run(&["path", &fed_funds, &month, &quarter, "--products", "ZQ,SR1,SR3", "--chain", "4", "--format", "csv"]);
    assert!(told.contains("exit code: 0"), "{told}");
    for (product, contract, price) in [("SR1", "2025-12", "96.1400"), ("SR3", "2025-12", "96.1950")] {
        let row = told.lines().find(|row| row.starts_with(&format!("{contract},{product},"))).unwrap();
        assert!(row.contains(&format!(",{price},")), "{row}");
    }
}

/// A column of one product is no column that nothing is read from while another is read.
#[test]
fn a_wide_table_of_three_products_leaves_no_column_unread() {
    let told = run(&["path", "tests/data/formats/sofr_wide.csv", "--products", "ZQ,SR1,SR3", "--chain", "2"]);
    assert!(told.contains("exit code: 0") && !told.contains("nothing is read from"), "{told}");
}
