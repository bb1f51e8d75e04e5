//! Writing the report, and messages beside it.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IntoInnerError, Read, Seek, Write};
use std::path::Path;

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::builder::StyledStr;
use tempfile::SpooledTempFile;

use super::args::OutputArgs;
use super::failure::Failure;
use super::values::When;

/// A rendered report, or the refusal of its writer.
pub(super) type Rendered = io::Result<()>;

/// Warnings and errors on standard error.
pub(super) struct Messages {
    choice: anstream::ColorChoice,
    quiet: bool,
}

impl Messages {
    pub(super) fn new(args: &OutputArgs) -> Self {
        let choice = match args.color {
            When::Auto => AutoStream::choice(&io::stderr()),
            When::Always => anstream::ColorChoice::Always,
            When::Never => anstream::ColorChoice::Never,
        };
        Self { choice, quiet: args.quiet }
    }

    /// A warning, unless the user wants none.
    pub(super) fn warning(&self, message: &str) {
        if !self.quiet {
            self.say("warning: ", AnsiColor::Yellow, message);
        }
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

    fn say(&self, label: &str, color: AnsiColor, message: &str) {
        let style = Style::new().fg_color(Some(color.into())).bold();
        let mut stderr = AutoStream::new(io::stderr(), self.choice);
        // Nobody is left to be told that standard error is closed.
        let _ = writeln!(stderr, "{style}fedpath: {label}{style:#}{message}");
    }
}

/// Help on standard output; a closed pipe is no error.
pub(super) fn print_help(text: &StyledStr, colour: clap::ColorChoice) {
    let _ = writeln!(AutoStream::new(io::stdout(), stream_colour(colour)), "{}", text.ansi());
}

fn stream_colour(colour: clap::ColorChoice) -> anstream::ColorChoice {
    match colour {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
}

/// A refusal of the arguments, with the prefix of every error; help and version as clap prints them.
pub(super) fn print_usage(error: &clap::Error, colour: clap::ColorChoice) {
    if !error.use_stderr() {
        let _ = error.print();
        return;
    }
    let text = error.render();
    let told = text.ansi().to_string();
    let plain = text.to_string();
    let told = match plain.strip_prefix("error: ") {
        // The word `error:` may be coloured: what follows it is as it was.
        Some(_) => told.split_once("error:").map_or(told.clone(), |(before, rest)| format!("{before}fedpath:{rest}")),
        None => told,
    };
    let _ = write!(AutoStream::new(io::stderr(), stream_colour(colour)), "{told}");
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
    let Some(path) = args.output.as_deref().filter(|path| !super::input::is_stdin(path)) else {
        let mut stdout = io::stdout().lock();
        let written = io::copy(report, &mut stdout).and_then(|_| stdout.flush());
        return written.map_err(|error| Failure::of_output("<stdout>", &error));
    };
    let name = super::input::name(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let written = match fs::metadata(path) {
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

/// Writes beside the target and then renames, so that no reader ever sees a part. An existing target is given by its
/// permissions, which stay.
fn persist(report: &mut dyn Read, target: &Path, existing: Option<Permissions>) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    // A report is for others to read: the permissions of any new file, not of a secret.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    io::copy(report, &mut file)?;
    let persisted = match existing {
        Some(permissions) => {
            file.as_file().set_permissions(permissions)?;
            file.persist(target)
        }
        None => file.persist_noclobber(target),
    };
    persisted.map(|_| ()).map_err(|failed| failed.error)
}
