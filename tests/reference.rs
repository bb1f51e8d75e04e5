//! The keys of JSON and the columns of CSV in `docs/json_and_csv.md` are those that the program writes. With `BLESS=1` the page is
//! written anew.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use serde_json::Value;

use crate::cli::stdout;

/// Every report: its command on the episode, or on a file of the tests.
const REPORTS: [&str; 20] = [
    "summary data/episode-2025-11-21.stl",
    "probs data/episode-2025-11-21.stl",
    "path data/episode-2025-11-21.stl",
    "bounds data/episode-2025-11-21.stl --count 1",
    "curve data/episode-2025-11-21.stl",
    "curve data/episode-2025-11-14.stl data/episode-2025-11-21.stl",
    "solve data/episode-2025-11-21.stl",
    "solve data/episode-2025-11-21.stl --meeting 2025-12-10 --probability 50",
    "solve data/episode-2025-11-21.stl --outcome 2025-12-10=-25bp",
    "solve data/episode-2025-11-21.stl --bump ZQF26=-1bp",
    "reprice data/episode-2025-11-14.stl data/episode-2025-11-21.stl",
    "equity --shift 7.5bp --meeting 2025-12-10 --as-of 2025-11-21",
    "history data/episode-2025-11-14.stl data/episode-2025-11-21.stl",
    "surprise --announcement 2025-11-20 data/episode-2025-11-14.stl data/episode-2025-11-21.stl",
    "respond --events tests/data/event_study.csv --y stock",
    "validate tests/data/event_study.csv --y stock --expanding 10",
    "check data/episode-2025-11-21.stl",
    "convert data/episode-2025-11-21.stl",
    "settlement SR3M4 --sofr tests/data/sofr_2024.csv",
    "meetings",
];

/// Every key by its path, such as `meetings[].ease`, with the first value that is not null.
fn keys<'a>(value: &'a Value, path: &str, found: &mut BTreeMap<String, &'a Value>) {
    match value {
        Value::Object(parts) => {
            for (key, part) in parts {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                keys(part, &path, found);
            }
        }
        Value::Array(parts) if !parts.is_empty() => {
            for part in parts {
                keys(part, &format!("{path}[]"), found);
            }
        }
        leaf => {
            let first = found.entry(path.to_owned()).or_insert(leaf);
            if first.is_null() {
                *first = leaf;
            }
        }
    }
}

fn section(report: &str) -> String {
    let run = |format: &str| {
        let args: Vec<&str> = report.split(' ').chain(["-q", "--format", format]).collect();
        stdout(&args)
    };
    let json = run("json");
    // `history` writes a document a line.
    let document: Value = serde_json::Deserializer::from_str(&json).into_iter().next().unwrap().unwrap();
    let mut found = BTreeMap::new();
    keys(&document, "", &mut found);
    let schema = found.remove("schema").and_then(Value::as_str).unwrap();
    let mut told = format!("\n## `{schema}`\n\n`fedpath {report}`\n\n| JSON key | example |\n|---|---|\n");
    for (key, example) in found {
        let example = example.to_string().replace('`', "'");
        let short: String = example.chars().take(60).collect();
        let rest = if short.len() < example.len() { "…" } else { "" };
        writeln!(told, "| `{key}` | `{}{rest}` |", short.replace('|', "\\|")).unwrap();
    }
    let csv = run("csv");
    let columns: Vec<String> = csv.lines().next().unwrap().split(',').map(|column| format!("`{column}`")).collect();
    writeln!(told, "\nCSV columns: {}", columns.join(", ")).unwrap();
    told
}

#[test]
fn the_reference_has_every_key_and_column_that_the_program_writes() {
    const MARK: &str = "<!-- From here on written by tests/reference.rs. -->\n";
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/json_and_csv.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (words, _) = text.split_once(MARK).unwrap();
    let sections: String = REPORTS.iter().map(|report| section(report)).collect();
    let written = format!("{words}{MARK}{sections}");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&page, written).unwrap();
    } else {
        assert_eq!(written, text, "run the test again with BLESS=1, and read the difference");
    }
}
