//! What leaves the program harms nobody: no text from outside steers a terminal, a page or a spreadsheet, and no output is lost,
//! half written or left behind.

use std::fs;
use std::path::Path;

use fedpath::curve::{ForwardShift, HalfLife, Persistence, PolicyShift};
use fedpath::equity::{CashFlows, PriceImpact};

use crate::cli::{run, run_in};
use crate::support::{date, outlook_of};

const QUOTES: &str =
    "# as_of: 2025-11-21\ncontract,price\nZQX25,96.1200\nZQZ25,96.1800\nZQF26,96.2150\nZQG26,96.2850\n";
/// What a terminal obeys, a line that is not ours, and marks that nobody sees.
const HOSTILE: &str = "a\u{1b}[31m\nfedpath: all ok\u{61c}\u{2028}\u{200b}\u{202e}\u{e0041}";

fn is_raw(c: char) -> bool {
    c.is_control() && c != '\n' || "\u{61c}\u{2028}\u{200b}\u{202e}\u{e0041}".contains(c)
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("q.csv"), QUOTES).unwrap();
    folder
}

#[test]
fn nothing_that_is_echoed_steers_a_terminal() {
    let folder = folder();
    let fixml = format!("<FIXML><A></B {HOSTILE}></FIXML>\n");
    fs::write(folder.path().join("x.xml"), fixml).unwrap();
    for args in [
        &["probs", "x.xml"][..],
        &["check", "x.xml"],
        &["reprice", "--asset", HOSTILE],
        &["equity", "--shift", "7bp", "--meeting", "2025-12-10", "--as-of", "2025-11-19", "--method", HOSTILE],
        &["man", HOSTILE],
        &[HOSTILE],
        &["probs", "q.csv", "--target", HOSTILE],
        &["probs", HOSTILE],
        &["probs", "q.csv", "-o", HOSTILE, "--format", HOSTILE],
    ] {
        let told = run_in(folder.path(), args, "");
        assert!(!told.contains("exit code: 0"), "{args:?}: {told}");
        assert!(!told.chars().any(is_raw), "{args:?}: {told:?}");
        assert!(!told.lines().any(|line| line.starts_with("fedpath: all ok")), "{args:?}: {told}");
    }
}

#[test]
fn names_of_files_are_no_formulas_and_no_commands() {
    let folder = folder();
    for name in ["=1+1.csv", "+x.csv", "-y.csv", "@z.csv", "e\u{1b}[31m.csv"] {
        fs::write(folder.path().join(name), QUOTES).unwrap();
    }
    let told = run_in(
        folder.path(),
        &["check", "--format", "csv", "--", "=1+1.csv", "+x.csv", "-y.csv", "@z.csv", "e\u{1b}[31m.csv"],
        "",
    );
    for row in ["\n'=1+1.csv,ok", "\n'+x.csv,ok", "\n'-y.csv,ok", "\n'@z.csv,ok", "\ne\\u{1b}[31m.csv,ok"] {
        assert!(told.contains(row), "{row}: {told}");
    }
}

#[test]
fn a_chart_of_a_hostile_name_is_xml() {
    let folder = folder();
    let embedded = include_str!("../data/assets.csv");
    let assets = embedded.replace("\nnasdaq100,Nasdaq-100 (growth)", "\nnasdaq\u{1b}[31m100,Nasdaq \u{1b}[31m100");
    assert_ne!(assets, embedded);
    fs::write(folder.path().join("assets.csv"), assets).unwrap();
    for output in ["c.svg", "c.html"] {
        let root = env!("CARGO_MANIFEST_DIR");
        let (before, after) = (format!("{root}/{}", crate::cli::BEFORE), format!("{root}/{}", crate::cli::AFTER));
        let mut args = vec!["report", &before, &after, "--assets", "assets.csv", "--asset", "all", "-o", output];
        if output == "c.svg" {
            args.extend(["--chart", "equity"]);
        }
        let told = run_in(folder.path(), &args, "");
        assert!(told.contains("exit code: 0"), "{told}");
        let written = fs::read_to_string(folder.path().join(output)).unwrap();
        assert!(written.contains("\\u{1b}[31m"), "the name is there");
        assert!(!written.chars().any(is_raw), "{output}");
        if output == "c.svg" {
            let mut reader = quick_xml::Reader::from_str(&written);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told_whatever_is_printed() {
    let folder = folder();
    for args in [
        &["probs", "q.csv"][..],
        &["--help"],
        &["-h"],
        &["probs", "--help"],
        &["help", "probs"],
        &["--version"],
        &["completions", "bash"],
        &["man"],
        &["check", "q.csv"],
        &["history", "q.csv"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fedpath"));
        let output = command.args(args).current_dir(folder.path()).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("<stdout>: cannot be written"), "{args:?}: {told}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_open_file_is_written_on_and_not_replaced() {
    let folder = folder();
    std::os::unix::fs::symlink("/dev/stdout", folder.path().join("link")).unwrap();
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "link"] {
        let log = folder.path().join("log");
        fs::write(&log, "kept\n").unwrap();
        let open = fs::File::options().append(true).open(&log).unwrap();
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fedpath"));
        command.args(["probs", "q.csv", "-q", "-o", name, "--force"]).current_dir(folder.path()).stdout(open);
        assert!(command.status().unwrap().success(), "{name}");
        let log = fs::read_to_string(log).unwrap();
        assert!(log.starts_with("kept\n") && log.contains("2025-12-10"), "{name}: {log}");
    }
}

#[test]
fn an_output_appears_under_its_name_alone() {
    let folder = folder();
    let written = |args: &[&str]| {
        let told = run_in(folder.path(), args, "");
        assert!(told.contains("exit code: 0"), "{told}");
        let mut names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["out.csv", "q.csv"]);
        fs::read_to_string(folder.path().join("out.csv")).unwrap()
    };
    let first = written(&["probs", "q.csv", "-q", "-o", "out.csv"]);
    fs::write(folder.path().join("out.csv"), "old").unwrap();
    assert!(run_in(folder.path(), &["probs", "q.csv", "-o", "out.csv"], "").contains("the file exists"));
    assert_eq!(written(&["probs", "q.csv", "-q", "-o", "out.csv", "--force"]), first);
}

/// The input is longer than a pipe holds: the program is amid reading it, its temporary copy is on the disk, and its output is
/// yet to be written.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    for (name, number) in [("HUP", 1), ("INT", 2), ("QUIT", 3), ("TERM", 15)] {
        let folder = tempfile::tempdir().unwrap();
        // Tests that run in the background inherit signals that are ignored.
        let mut command = Command::new("env");
        command.args(["--default-signal", env!("CARGO_BIN_EXE_fedpath"), "history", "-", "-o", "out.csv"]);
        command.current_dir(folder.path()).env("TMPDIR", folder.path());
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(QUOTES.repeat(4_096).as_bytes()).unwrap();
        assert!(Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number), "{name}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
    }
}

/// The limit of the length of files ends the program amid its output.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_may_not_be_so_long_is_no_output() {
    let folder = folder();
    let script = format!("ulimit -f 1; exec {} man -o out.1 2>told", env!("CARGO_BIN_EXE_fedpath"));
    let mut command = std::process::Command::new("sh");
    assert!(!command.args(["-c", &script]).current_dir(folder.path()).status().unwrap().success());
    assert!(!folder.path().join("out.1").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "what was asked, and what was told");
}

#[test]
fn standard_input_is_one_input() {
    let told = run_in(Path::new("."), &["probs", "-", "--fixings", "-"], QUOTES);
    assert!(told.contains("exit code: 1"), "{told}");
    let told = run_in(Path::new("."), &["probs", "-", "--fixings", "-"], "date,rate\n2025-11-03,3.87\n");
    assert!(told.contains("only one can be '-'"), "{told}");
}

#[test]
fn a_strip_that_is_too_long_is_refused_unless_forced() {
    let folder = folder();
    let strip = |months: u32| {
        let row = |n: u32| format!("{}-{:02},96.0000\n", 2025 + (10 + n) / 12, (10 + n) % 12 + 1);
        "# as_of: 2025-11-21\ncontract,price\n".to_owned() + &(0..months).map(row).collect::<String>()
    };
    fs::write(folder.path().join("most.csv"), strip(120)).unwrap();
    fs::write(folder.path().join("more.csv"), strip(121)).unwrap();
    assert!(run_in(folder.path(), &["probs", "most.csv"], "").contains("exit code: 0"));
    let told = run_in(folder.path(), &["probs", "more.csv"], "");
    assert!(told.contains("exit code: 1") && told.contains("at most 120 months, found 121"), "{told}");
    assert!(run_in(folder.path(), &["probs", "more.csv", "--force-size"], "").contains("exit code: 0"));
}

/// With the dividend yield `y` of Gordon's model a permanent shift `s` makes the price `y / (y + s)` times what it was:
/// twice at half the yield, without bound at the whole of it. A shift that fades leaves the far future as it is.
#[test]
fn a_model_ends_where_its_price_doubles() {
    let equity = |shift: &str| {
        run(&[
            "equity",
            "--shift",
            shift,
            "--meeting",
            "2025-12-10",
            "--as-of",
            "2025-11-19",
            "--payout-yield",
            "1.15",
            "--format",
            "csv",
        ])
    };
    let row = |told: &str| told.lines().any(|line| line.contains(",eh-permanent,"));
    assert!(row(&equity("-57bp")));
    let told = equity("-114.9bp");
    assert!(!row(&told) && told.contains("outside the domain of the model"), "{told}");

    let impact = |shift: &str, persistence| {
        let shift = PolicyShift::step(date("2025-11-19"), date("2025-12-11"), shift.parse().unwrap());
        PriceImpact::new(&CashFlows::gordon("1.15%".parse().unwrap()).unwrap(), &ForwardShift::new(&shift, persistence))
    };
    assert!(impact("-114bp", Persistence::Permanent).is_some());
    assert!(impact("-115bp", Persistence::Permanent).is_none());
    assert!(impact("-116bp", Persistence::Permanent).is_none());
    assert!(impact("-116bp", Persistence::Decaying(HalfLife::default())).is_some());
}

/// An answer of returns that takes the whole price, to the last hundredth, is none.
#[test]
fn an_answer_that_takes_the_whole_price_is_left_out() {
    let folder = folder();
    fs::write(folder.path().join("own.csv"), "asset,on,slope\nsp500,mp2,-100\n").unwrap();
    let told = |shift: &str| {
        let day = ["--meeting", "2025-12-10", "--as-of", "2025-11-19", "--responses", "own.csv", "--format", "csv"];
        run_in(folder.path(), &[&["equity", "--shift", shift][..], &day].concat(), "")
    };
    let row = |told: &str| told.lines().any(|line| line.contains(",own-mp2,"));
    assert!(row(&told("99bp")), "{}", told("99bp"));
    assert!(!row(&told("100bp")), "{}", told("100bp"));
}

#[test]
fn distributions_that_differ_are_not_equal() {
    let (one, other) =
        (outlook_of(QUOTES), outlook_of(&QUOTES.replace("96.2150", "96.2250").replace("96.1800", "96.1850")));
    let [one_first, other_first] = [&one, &other].map(|outlook| outlook.meetings()[0].cumulative.clone());
    assert_ne!(one_first, other_first);
    assert_eq!(one_first, one.meetings()[0].cumulative);
}
