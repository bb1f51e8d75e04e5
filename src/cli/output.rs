//! Writing the report, and messages beside it.

use std::cell::RefCell;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IntoInnerError, Read, Seek, Write};
use std::path::{Path, PathBuf};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::builder::StyledStr;
use fedpath::report::printable;
use tempfile::SpooledTempFile;

use super::failure::Failure;
use super::output_args::OutputArgs;
use super::values::When;

/// A rendered report, or the refusal of its writer.
pub(super) type Rendered = io::Result<()>;

/// Warnings and errors on standard error.
pub(super) struct Messages {
    choice: anstream::ColorChoice,
    quiet: bool,
    /// The warnings so far, printed or not.
    warnings: RefCell<Vec<String>>,
}

impl Messages {
    pub(super) fn new(args: &OutputArgs) -> Self {
        let choice = match args.color {
            When::Auto => AutoStream::choice(&io::stderr()),
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        Self { choice, quiet: args.quiet, warnings: RefCell::default() }
    }

    /// Messages before the arguments are understood.
    pub(super) fn plain(colour: clap::ColorChoice) -> Self {
        let choice = match stream_colour(colour) {
            anstream::ColorChoice::Auto => AutoStream::choice(&io::stderr()),
            choice => choice,
        };
        Self { choice, quiet: false, warnings: RefCell::default() }
    }

    /// A warning, unless the user wants none.
    pub(super) fn warning(&self, message: &str) {
        self.warnings.borrow_mut().push(message.to_owned());
        if !self.quiet {
            self.say("warning: ", AnsiColor::Yellow, message);
        }
    }

    /// The warnings so far, also those that the user does not want to see.
    pub(super) fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }

    /// Whether the user wants no warnings.
    pub(super) fn quiet(&self) -> bool {
        self.quiet
    }

    /// A remark that is no warning: which of several readings was taken.
    pub(super) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("", AnsiColor::Green, message);
        }
    }

    pub(super) fn error(&self, message: &str) {
        self.say("", AnsiColor::Red, message);
    }

    /// The one door to standard error. A message is a sentence, and below it the lines that it is shown by, set in or apart;
    /// a line that begins otherwise was not written here: its end came with a text from outside and is escaped like all that
    /// could steer a terminal.
    fn say(&self, label: &str, color: AnsiColor, message: &str) {
        let style = Style::new().fg_color(Some(color.into())).bold();
        let mut stderr = AutoStream::new(io::stderr(), self.choice);
        // Nobody is left to be told that standard error is closed.
        let _ = writeln!(stderr, "{style}fedpath: {label}{style:#}{}", told(message));
    }
}

/// What stands below every usage error.
pub(super) const MORE: &str = "\n\nFor more information, try '--help'.";

fn told(message: &str) -> String {
    let (message, more) = message.strip_suffix(MORE).map_or((message, ""), |message| (message, MORE));
    // The line a problem lies in stands below its sentence, and the mark below that.
    let (sentence, below) = message.split_once("\n  ").map_or((message, None), |(one, rest)| (one, Some(rest)));
    let mut told = printable(sentence);
    for line in below.into_iter().flat_map(|below| below.split('\n')) {
        told += "\n  ";
        told += &printable(line.strip_prefix("  ").unwrap_or(line));
    }
    told + more
}

/// Help on standard output.
pub(super) fn print_help(text: &StyledStr, colour: clap::ColorChoice) -> io::Result<()> {
    let mut stdout = AutoStream::new(io::stdout(), stream_colour(colour));
    writeln!(stdout, "{}", text.ansi())?;
    stdout.flush()
}

fn stream_colour(colour: clap::ColorChoice) -> anstream::ColorChoice {
    match colour {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
}

/// A refusal of the arguments, with the prefix of every error; help and version as clap prints them.
pub(super) fn print_usage(error: &clap::Error, colour: clap::ColorChoice) -> io::Result<()> {
    if !error.use_stderr() {
        return error.print().and_then(|()| io::stdout().flush());
    }
    let text = error.render();
    let told = text.ansi().to_string();
    let plain = text.to_string();
    let told = match plain.strip_prefix("error: ") {
        // The word `error:` may be coloured: what follows it is as it was.
        Some(_) => told.split_once("error:").map_or(told.clone(), |(before, rest)| format!("{before}fedpath:{rest}")),
        None => told,
    };
    // Nobody is left to be told that standard error is closed.
    let _ = write!(AutoStream::new(io::stderr(), stream_colour(colour)), "{told}");
    Ok(())
}

/// How much of a long report is held in memory; the rest waits in a temporary file without a name.
const HELD: usize = 64 << 10;

/// Writes a report that may be long: `render` makes all of it before any is written.
pub(super) fn write_long(
    args: &OutputArgs,
    render: impl FnOnce(&mut dyn Write) -> Result<Rendered, Failure>,
) -> Result<(), Failure> {
    let mut report = BufWriter::new(SpooledTempFile::new(HELD));
    let finished = render(&mut report)?.and_then(|()| {
        let mut report = report.into_inner().map_err(IntoInnerError::into_error)?;
        report.rewind().map(|()| report)
    });
    let mut report = finished.map_err(|error| Failure::of_output("the report", &error))?;
    copy(&mut report, args)
}

/// Writes a finished report: to standard output, or to a file that appears whole or not at all.
pub(super) fn write(report: &[u8], args: &OutputArgs) -> Result<(), Failure> {
    copy(&mut &*report, args)
}

fn copy(report: &mut dyn Read, args: &OutputArgs) -> Result<(), Failure> {
    let descriptor = args.output.as_deref().and_then(descriptor);
    let to_stdout = |path: &&Path| !super::input::is_stdin(path) && descriptor.as_deref() != Some(Path::new(STDOUT));
    let Some(path) = args.output.as_deref().filter(to_stdout) else {
        let mut stdout = io::stdout().lock();
        let written = io::copy(report, &mut stdout).and_then(|_| stdout.flush());
        return written.map_err(|error| Failure::of_output("<stdout>", &error));
    };
    let name = super::input::name(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = match fs::metadata(path) {
        // What is open already goes on where it ends, be it a file.
        Ok(_) if descriptor.is_some() => {
            File::options().append(true).open(path).and_then(|mut file| io::copy(report, &mut file).map(|_| ()))
        }
        Ok(metadata) if metadata.is_dir() => {
            return Err(Failure::of_input(&name, &"expected a file, found a directory"));
        }
        Ok(metadata) if metadata.is_file() && !args.force => {
            return Err(Failure::of_input(&name, &"the file exists (overwrite it with --force)"));
        }
        // Through a link to the file it names; a pipe or a device is written to, not replaced.
        Ok(metadata) if metadata.is_file() => {
            fs::canonicalize(path).and_then(|target| persist(report, &target, Some(metadata.permissions())))
        }
        Ok(_) => File::options().write(true).open(path).and_then(|mut file| io::copy(report, &mut file).map(|_| ())),
        Err(_) if path.is_symlink() => {
            return Err(Failure::of_input(&name, &"expected a file, found a link to nothing"));
        }
        Err(_) if folder.is_some_and(|folder| !folder.is_dir()) => {
            return Err(Failure::of_input(&name, &"expected a file in a folder that exists"));
        }
        Err(_) => persist(report, path, None),
    };
    written.map_err(|error| Failure::of_output(&name, &error))
}

const STDOUT: &str = "/proc/self/fd/1";

/// The open file that a path stands for, such as `/dev/stdout`, or a link to it: one that is no name to be replaced.
fn descriptor(path: &Path) -> Option<PathBuf> {
    const LINKS: usize = 8;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let number = path.strip_prefix("/proc/self/fd").or_else(|_| path.strip_prefix("/dev/fd"));
        if let Ok(number) = number {
            return Some(Path::new("/proc/self/fd").join(number));
        }
        let target = fs::read_link(&path).ok()?;
        path = path.parent().map_or(target.clone(), |folder| folder.join(&target));
    }
    None
}

/// Writes a file that appears whole or not at all, on the disk before it has its name. An existing target is given by its
/// permissions, which stay.
fn persist(report: &mut dyn Read, target: &Path, existing: Option<Permissions>) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(target_os = "linux")]
    if let Ok(file) = unnamed(folder) {
        return link_into_place(report, file, target, existing.as_ref());
    }
    let mut builder = tempfile::Builder::new();
    // A report is for others to read: the permissions of any new file, not of a secret.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    io::copy(report, &mut file)?;
    file.as_file().sync_all()?;
    let persisted = match existing {
        Some(permissions) => {
            file.as_file().set_permissions(permissions)?;
            file.persist(target)
        }
        None => file.persist_noclobber(target),
    };
    persisted.map(|_| ()).map_err(|failed| failed.error)
}

/// A file of a folder without a name: a program that is killed leaves nothing behind. Not every file system has them.
#[cfg(target_os = "linux")]
fn unnamed(folder: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    // A report is for others to read: the permissions of any new file, not of a secret.
    File::options().write(true).mode(0o666).custom_flags(flags).open(folder)
}

#[cfg(target_os = "linux")]
fn link_into_place(
    report: &mut dyn Read,
    mut file: File,
    target: &Path,
    existing: Option<&Permissions>,
) -> io::Result<()> {
    use std::os::fd::AsRawFd;

    use rustix::fs::{AtFlags, CWD, linkat};
    io::copy(report, &mut file)?;
    if let Some(permissions) = existing {
        file.set_permissions(permissions.clone())?;
    }
    file.sync_all()?;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |name: &Path| linkat(CWD, open.as_str(), CWD, name, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from);
    if existing.is_none() {
        return link(target);
    }
    // A link replaces nothing: the finished file has a name of its own for the moment until it is renamed.
    let folder = target.parent().unwrap_or(Path::new("."));
    let named = tempfile::Builder::new().make_in(folder, link)?;
    named.persist(target).map_err(|failed| failed.error)
}

#[cfg(test)]
mod tests {
    use super::{MORE, told};

    #[test]
    fn only_lines_of_our_own_are_lines() {
        assert_eq!(told("a.csv: bad\nfedpath: all ok\u{1b}[2K"), "a.csv: bad\\nfedpath: all ok\\u{1b}[2K");
        assert_eq!(told("a:1:2: bad\n  1 | 9x\n    |  ^"), "a:1:2: bad\n  1 | 9x\n    |  ^");
        assert_eq!(told(&format!("bad\u{7}{MORE}")), format!("bad\\u{{7}}{MORE}"));
    }
}
