//! Reading files and standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use fedpath::unpack;

use super::failure::Failure;
use super::suggestions::{self, hinted};

/// The largest input that is read: some hundred times a day's largest settlement report.
const LARGEST: u64 = 256 << 20;

/// Whether an input was read from standard input, which holds one alone.
static STDIN_TAKEN: AtomicBool = AtomicBool::new(false);

const A_QUOTE_FILE: &str = "a quote file";

/// The name of an input in messages and reports, as it is: whoever prints it makes it printable.
pub(super) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// Whether the path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The bytes of a quote file or of standard input, or why there are none.
pub(super) fn quotes(path: &Path) -> Result<Vec<u8>, String> {
    bytes(path, A_QUOTE_FILE)
}

/// A quote file to read as often as one likes: what can be read once alone, as standard input, is copied into a temporary
/// file without a name, which is gone with the program.
pub(super) fn reopened(path: &Path) -> Result<File, String> {
    let unread = |error| cannot_be_read(&error, path, A_QUOTE_FILE);
    if !is_stdin(path) && path.is_file() {
        return File::open(path).map_err(unread);
    }
    let mut copy = tempfile::tempfile().map_err(|error| no_temporary(&error))?;
    read_into(path, A_QUOTE_FILE, &mut copy)?;
    copy.rewind().map_err(unread)?;
    Ok(copy)
}

/// The bytes of a file that was reopened, from its start.
pub(super) fn bytes_of(mut file: &File) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.take(LARGEST + 1).read_to_end(&mut bytes));
    match read.map_err(|error| unreadable(&error, A_QUOTE_FILE))? as u64 {
        length if length > LARGEST => Err(too_large(A_QUOTE_FILE)),
        _ => Ok(bytes),
    }
}

/// The text of a table given by the user, unpacked as quotes are.
pub(super) fn text(path: &Path, what: &str) -> Result<String, Failure> {
    let name = name(path);
    let bytes = bytes(path, what).map_err(|message| Failure::of_input(&name, &message))?;
    unpack(&bytes).map(Cow::into_owned).map_err(|error| Failure::of_text(&name, &error))
}

fn bytes(path: &Path, what: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    read_into(path, what, &mut bytes)?;
    Ok(bytes)
}

/// Copies an input, or says why it cannot be read.
fn read_into(path: &Path, what: &str, copy: &mut impl Write) -> Result<(), String> {
    let mut read = |source: &mut dyn Read| io::copy(&mut source.take(LARGEST + 1), copy);
    let result = if is_stdin(path) {
        if STDIN_TAKEN.swap(true, Ordering::Relaxed) {
            return Err(format!("expected {what}, but another input has taken standard input: only one can be '-'"));
        }
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
        Err(error) => Err(cannot_be_read(&error, path, what)),
        Ok(length) if length > LARGEST => Err(too_large(what)),
        Ok(_) => Ok(()),
    }
}

/// What is read twice needs a place to stay, which is no fault of the input.
fn no_temporary(error: &io::Error) -> String {
    let folder = std::env::temp_dir();
    let folder = folder.display();
    format!("read through a temporary file, and none can be made in {folder}: {} (TMPDIR names a folder)", error.kind())
}

fn cannot_be_read(error: &io::Error, path: &Path, what: &str) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => hinted(&format!("expected {what}, found no such file"), suggestions::file(path)),
        _ => unreadable(error, what),
    }
}

fn unreadable(error: &io::Error, what: &str) -> String {
    format!("expected {what}, but it cannot be read: {error}")
}

fn too_large(what: &str) -> String {
    format!("expected {what} of at most 256 MiB")
}
