//! Tables that a user gives are unpacked and refused as quotes are.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cli::run_in;

const QUOTES: &str =
    "# as_of: 2025-11-21\ncontract,price\nZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
const RATES: &str = "date,rate\n2025-11-19,3.88\n2025-11-20,3.88\n";
const MEETINGS: &str =
    "announcement,effective,kind\n2025-12-10,2025-12-11,scheduled\n2026-01-28,2026-01-29,scheduled\n";

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

/// What `probs` says of quotes with one table of the user's.
fn probs(option: &str, table: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("quotes.csv"), QUOTES).unwrap();
    std::fs::write(folder.path().join("table"), table).unwrap();
    run_in(folder.path(), &["probs", "quotes.csv", option, "table"], "")
}

#[test]
fn a_packed_table_is_the_table() {
    for (option, table) in [("--fixings", RATES), ("--meetings", MEETINGS)] {
        let plain = probs(option, table.as_bytes());
        assert!(plain.starts_with("exit code: 0"), "{plain}");
        assert_eq!(probs(option, &gzip(table.as_bytes())), plain);
        assert_eq!(probs(option, &gzip(&gzip(table.as_bytes()))), plain);
    }
}

#[test]
fn what_is_no_text_is_refused_at_its_place() {
    let told: Vec<String> = [
        b"date,rate\n2025-11-19,3.\xff8\n".to_vec(),
        b"date,rate\n\xc3\xa9,3\08\n".to_vec(),
        b"\xff\xfed\0a\0t\0e\0".to_vec(),
        gzip(b"date,rate\n2025-11-19,3.\xff8\n"),
        b"%PDF-1.7".to_vec(),
    ]
    .iter()
    .map(|bytes| probs("--fixings", bytes).rsplit_once("-----\n").unwrap().1.to_owned())
    .collect();
    insta::assert_snapshot!(told.concat(), @r"
    fedpath: table:2:14: expected text, found a byte that is not UTF-8 (save the file as UTF-8)
    fedpath: table:2:4: expected text, found binary data
    fedpath: table:1:1: expected text, found UTF-16 (save it as UTF-8)
    fedpath: table:2:14: expected text, found a byte that is not UTF-8 (save the file as UTF-8)
    fedpath: table: expected text, found a PDF document (CME's daily bulletin is one; its tables cannot be read: use a settlement file)
    ");
}
