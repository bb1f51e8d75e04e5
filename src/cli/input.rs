//! Reading files and standard input.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Seek, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use fedpath::unpack;

use super::failure::Failure;
use super::suggestions::{self, hinted};

/// The largest input that is held: fifty times a day's largest settlement report, and its quotes take twice as much again.
const LARGEST: u64 = 96 << 20;

/// The largest input that is copied into a temporary file.
const LARGEST_COPY: u64 = 1 << 30;

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
    let read = |source: &mut dyn Read| io::copy(&mut source.take(LARGEST_COPY + 1), &mut copy);
    if read_with(path, A_QUOTE_FILE, read)? > LARGEST_COPY {
        return Err(too_large(A_QUOTE_FILE, LARGEST_COPY));
    }
    copy.rewind().map_err(unread)?;
    Ok(copy)
}

/// The bytes of a file that was reopened, from its start.
pub(super) fn bytes_of(mut file: &File) -> Result<Vec<u8>, String> {
    let held = file.rewind().and_then(|()| held(&mut file));
    held.map_err(|error| unreadable(&error, A_QUOTE_FILE))?.ok_or_else(|| too_large(A_QUOTE_FILE, largest()))
}

/// The text of a table given by the user, unpacked as quotes are.
pub(super) fn text(path: &Path, what: &str) -> Result<String, Failure> {
    let name = name(path);
    let bytes = bytes(path, what).map_err(|message| Failure::of_input(&name, &message))?;
    unpack(&bytes).map(Cow::into_owned).map_err(|error| Failure::of_text(&name, &error))
}

fn bytes(path: &Path, what: &str) -> Result<Vec<u8>, String> {
    read_with(path, what, |source| held(source))?.ok_or_else(|| too_large(what, largest()))
}

/// The bytes of a source, unless they are too many.
fn held(source: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    let (mut bytes, most) = (Vec::new(), largest());
    let length = source.take(most + 1).read_to_end(&mut bytes)?;
    Ok((length as u64 <= most).then_some(bytes))
}

/// The largest input that is held: where the memory of the program is limited, a part of that.
fn largest() -> u64 {
    #[cfg(target_os = "linux")]
    let limit = rustix::process::getrlimit(rustix::process::Resource::As).current;
    #[cfg(not(target_os = "linux"))]
    let limit: Option<u64> = None;
    limit.map_or(LARGEST, |limit| LARGEST.min(limit / 6))
}

/// What is read of an input, or why it cannot be read.
fn read_with<T>(path: &Path, what: &str, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> Result<T, String> {
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
    result.map_err(|error| cannot_be_read(&error, path, what))
}

/// What is read twice needs a place to stay, which is no fault of the input.
fn no_temporary(error: &io::Error) -> String {
    let folder = std::env::temp_dir();
    let folder = folder.display();
    format!("read through a temporary file, and none can be made in {folder}: {} (TMPDIR names a folder)", error.kind())
}

fn cannot_be_read(error: &io::Error, path: &Path, what: &str) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => hinted("no such file", suggestions::file(path)),
        _ => unreadable(error, what),
    }
}

fn unreadable(error: &io::Error, what: &str) -> String {
    format!("expected {what}, but it cannot be read: {error}")
}

fn too_large(what: &str, most: u64) -> String {
    let longer = if what == A_QUOTE_FILE { " (`fedpath history` reads a longer table day by day)" } else { "" };
    format!("expected {what} of at most {} MiB{longer}", most >> 20)
}
