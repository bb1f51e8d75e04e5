//! What several tests share.

use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use fedpath::path::PolicyError;
use fedpath::{Assumptions, ContractMonth, Fraction, Outlook, PolicyPath, Price, Snapshot, Strip, StripOptions};

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(crate) fn month(text: &str) -> ContractMonth {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(crate) fn price(text: &str) -> Price {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

pub(crate) fn fraction(text: &str) -> Fraction {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A strip of prices as they are, on any grid.
pub(crate) fn strip_of(as_of: NaiveDate, prices: impl IntoIterator<Item = (ContractMonth, Price)>) -> Strip {
    let mut options = StripOptions::default();
    options.as_printed = true;
    Strip::from_prices_with(as_of, prices, &options).unwrap_or_else(|error| panic!("{error}"))
}

/// A strip of `2025-12 96.1800, 2026-01 96.2150`.
pub(crate) fn strip(as_of: &str, quotes: &str) -> Strip {
    let quoted = quotes.split(',').map(|quote| quote.trim().split_once(' ').expect("a month and a price"));
    strip_of(date(as_of), quoted.map(|(contract, points)| (month(contract), price(points))))
}

pub(crate) fn path(strip: &Strip, change: impl Fn(&mut Assumptions)) -> Result<PolicyPath, PolicyError> {
    let mut assumptions = Assumptions::default();
    change(&mut assumptions);
    PolicyPath::solve(strip, &assumptions)
}

pub(crate) fn outlook(strip: &Strip, change: impl Fn(&mut Assumptions)) -> Outlook {
    let path = path(strip, change).unwrap_or_else(|error| panic!("{error}"));
    Outlook::new(path).unwrap_or_else(|error| panic!("{error}"))
}

/// The outlook of a quote file's text.
pub(crate) fn outlook_of(text: &str) -> Outlook {
    let snapshot = Snapshot::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let strip = Strip::new(&snapshot, &StripOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    outlook(&strip, |_| {})
}

/// The rows of a small CSV table without quoting; `#` lines and the header are left out.
pub(crate) fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|line| line.split(',').collect()).collect()
}

/// A file of the folder of real data that may stand beside the checkout. Where it does not, the test says so
/// and is over.
pub(crate) fn real(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("not run: {} is not there", file.display());
    None
}

/// The text of a gzip file.
pub(crate) fn unpacked(file: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// A snapshot in the top-level `snapshots/`, by folder and name.
macro_rules! snap {
    ($folder:expr, $name:expr, $value:expr) => {{
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/", $folder));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($name, $value));
    }};
}
#[allow(unused_imports)] // without the command line, no test needs it
pub(crate) use snap;
