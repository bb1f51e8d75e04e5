//! Reading files and standard input.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use chrono::NaiveDate;
use fedpath::Snapshot;

use super::failure::Failure;
use super::suggestions::{self, hinted};

/// The largest input that is read: some hundred times a day's largest settlement report.
const LARGEST: u64 = 256 << 20;

/// The name of an input in messages and reports, as it is: whoever prints it makes it printable.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Whether the path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The quotes in a file or on standard input.
pub(super) fn snapshot(path: &Path, as_of: Option<NaiveDate>) -> Result<Snapshot, Failure> {
    let bytes = quotes(path).map_err(|message| Failure::of_input(&name(path), &message))?;
    Snapshot::from_bytes(&bytes, as_of).map_err(|error| Failure::of_text(&name(path), &error))
}

/// The bytes of a quote file or of standard input, or why there are none.
pub(super) fn quotes(path: &Path) -> Result<Vec<u8>, String> {
    bytes(path, "a quote file")
}

/// The text of a table given by the user.
pub(super) fn text(path: &Path, what: &str) -> Result<String, Failure> {
    let not_text = |_| format!("expected {what}, found a file that is not UTF-8 text");
    let text = bytes(path, what).and_then(|bytes| String::from_utf8(bytes).map_err(not_text));
    text.map_err(|message| Failure::of_input(&name(path), &message))
}

fn bytes(path: &Path, what: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut read = |source: &mut dyn Read| source.take(LARGEST + 1).read_to_end(&mut bytes).map(|_| ());
    let result = if is_stdin(path) {
        if io::stdin().is_terminal() {
            // Nobody is left to be told where standard error is closed.
            let _ = writeln!(io::stderr(), "fedpath: reading {what} from the terminal; Ctrl-D ends it");
        }
        read(&mut io::stdin().lock())
    } else if path.is_dir() {
        return Err(format!("expected {what}, found a directory"));
    } else {
        File::open(path).and_then(|mut file| read(&mut file))
    };
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = format!("expected {what}, found no such file");
            Err(hinted(&message, suggestions::file(path)))
        }
        Err(error) => Err(format!("expected {what}, but it cannot be read: {error}")),
        Ok(()) if bytes.len() as u64 > LARGEST => Err(format!("expected {what} of at most 256 MiB")),
        Ok(()) => Ok(bytes),
    }
}
