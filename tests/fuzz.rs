//! The fuzz targets on what is kept: files of other tests, seeds made by hand, and whatever once failed. `.ci/fuzz` looks for
//! more.

mod targets;

use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// Runs a target on the inputs that are kept for it, and on the files of other tests.
fn replay(name: &str) {
    let (_, target) = targets::TARGETS.iter().find(|(other, _)| *other == name).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("tests/fuzz/corpus").join(name);
    let folders = ["data", "tests/data", "tests/data/formats"].map(|folder| root.join(folder));
    let folders = folders.into_iter().chain(kept.is_dir().then_some(kept));
    let inputs: Vec<_> = folders.flat_map(|folder| files(&folder)).collect();
    assert!(!inputs.is_empty());
    for input in inputs {
        let data = fs::read(&input).unwrap();
        let outcome = std::panic::catch_unwind(|| target(&data));
        assert!(outcome.is_ok(), "{}", input.display());
    }
}

#[test]
fn tables_of_a_plan_are_those_of_the_engine() {
    replay("bulk");
}

#[test]
fn fixings_are_in_order_or_refused_at_a_place() {
    replay("fixings");
}

#[test]
fn words_of_options_print_as_what_they_mean() {
    replay("options");
}

#[test]
fn packed_bytes_come_out_again() {
    replay("packed");
}

#[test]
fn rows_are_accounted_for_and_what_is_written_is_read_back() {
    replay("readers");
}

#[test]
fn long_tables_are_the_same_day_by_day_and_whole() {
    replay("streams");
}

#[test]
fn tables_of_the_user_are_read_or_refused_at_a_place() {
    replay("tables");
}

#[test]
fn reports_of_any_quotes_are_sound() {
    replay("whole_path");
}

#[test]
fn every_target_is_replayed() {
    let source = include_str!("fuzz.rs");
    for (name, _) in targets::TARGETS {
        assert!(source.contains(&format!("replay(\"{name}\")")), "{name}");
    }
}
