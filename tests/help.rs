//! Help, completions, manual and suggestions: what the program says of itself, and to those who slip.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::{AFTER, BEFORE, run, run_in, stdout};
use crate::support::snap;

const PROGRAM: &str = env!("CARGO_BIN_EXE_fedpath");
const COMMANDS: [&str; 19] = [
    "summary",
    "probs",
    "bounds",
    "path",
    "curve",
    "solve",
    "reprice",
    "equity",
    "history",
    "surprise",
    "respond",
    "validate",
    "report",
    "check",
    "convert",
    "settlement",
    "meetings",
    "completions",
    "man",
];
const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn help_is_for_reading() {
    snap!("cli", "help", run(&["--help"]));
    snap!("cli", "help_short", run(&["-h"]));
    for command in COMMANDS {
        snap!("cli", format!("help_{command}"), run(&[command, "--help"]));
    }
    snap!("cli", "help_probs_short", run(&["probs", "-h"]));
}

#[test]
fn help_fits_where_it_is_read() {
    for command in COMMANDS {
        for help in [stdout(&[command, "--help"]), stdout(&[command, "-h"])] {
            for line in help.lines() {
                assert!(line.chars().count() <= 80, "{command}: {line}");
            }
            let (examples, usage) = (help.find("\nExamples:\n").unwrap(), help.find("\nUsage:").unwrap());
            assert!(examples < usage, "{command}: examples come first");
            let lines = help[examples..usage].trim().lines().skip(1);
            lines.for_each(|line| assert!(line.starts_with("  fedpath "), "{command}: an example is cut at {line}"));
        }
        assert!(stdout(&[command, "-h"]).lines().count() <= 60, "{command}: short help is one screen");
        assert!(stdout(&[command, "--help"]).lines().count() <= 120, "{command}: the whole help is two screens");
    }
    assert!(stdout(&["-h"]).lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn help_does_not_depend_on_the_environment() {
    let plain = stdout(&["reprice", "--help"]);
    let narrow = Command::new(PROGRAM).args(["reprice", "--help"]).env("COLUMNS", "40").output();
    assert_eq!(plain, String::from_utf8(narrow.unwrap().stdout).unwrap());
}

/// The command lines that a help shows, as they stand.
fn examples(help: &str) -> Vec<String> {
    let shown = help.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| line.starts_with("fedpath "));
    shown.map(|line| line.split("  ").next().unwrap().to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn every_example_runs_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let data = root().join("tests/data");
    let put = |from: &Path, name: &str| std::fs::copy(from, folder.path().join(name)).map(|_| ()).unwrap();
    std::fs::create_dir(folder.path().join("settlements")).unwrap();
    for (file, names) in [
        (BEFORE, &["monday.csv", "day1.csv", "settlements/a.stl"][..]),
        (AFTER, &["friday.csv", "day2.csv", "quotes.csv", "settlements/b.stl"]),
    ] {
        for name in names {
            put(&root().join(file), name);
        }
    }
    put(&data.join("effr_2025-11.csv"), "rates.csv");
    // With a day before a decision that contracts alone price.
    let moves = std::fs::read_to_string(data.join("history_moves.csv")).unwrap();
    let eve = ["01", "02", "03", "04"].map(|month| format!("2020-01-28,2020-{month},98.45\n")).concat();
    std::fs::write(folder.path().join("moves.csv"), moves + &eve).unwrap();
    put(&data.join("joint_day.csv"), "both.csv");
    let days = crate::support::date("2024-06-18").iter_days().take(185);
    let sofr: String =
        std::iter::once("date,rate\n".to_owned()).chain(days.map(|day| format!("{day},5.33\n"))).collect();
    std::fs::write(folder.path().join("sofr.csv"), sofr).unwrap();
    put(&data.join("event_study.csv"), "events.csv");
    put(&data.join("options_2025-11-21.csv"), "options.csv");
    put(&data.join("markets_2025-11-21.csv"), "markets.csv");
    let days = crate::support::date("2019-01-01").iter_days().take(1400).enumerate();
    let closes = days.map(|(index, day)| format!("{day},{}\n", 100 + index % 7));
    let closes: String = std::iter::once("date,stock\n".to_owned()).chain(closes).collect();
    std::fs::write(folder.path().join("closes.csv"), closes).unwrap();
    let long = run(&["convert", BEFORE, AFTER]);
    let long = long.split_once("----- stdout -----\n").unwrap().1.split_once("----- stderr").unwrap().0;
    std::fs::write(folder.path().join("long.csv"), long).unwrap();

    let path = std::env::join_paths(
        std::iter::once(Path::new(PROGRAM).parent().unwrap().to_owned())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    )
    .unwrap();
    let mut seen = 0;
    for help in COMMANDS.iter().map(|command| stdout(&[command, "-h"])).chain([stdout(&["-h"])]) {
        for example in examples(&help) {
            // Whether there is a reader of manuals is not the program's to say; each run writes its file anew.
            let line = example.replace("man -l -", "cat");
            let line = if line.contains(" -o ") { format!("{line} --force") } else { line };
            let output =
                Command::new("sh").args(["-c", &line]).current_dir(folder.path()).env("PATH", &path).output().unwrap();
            assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
            seen += 1;
        }
    }
    assert!(seen >= 35, "{seen} examples: one that is not found is not tested");
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in SHELLS {
        let script = stdout(&["completions", shell]);
        for word in COMMANDS.iter().copied().chain(["least-squares", "--decision-day", "--landing-spread"]) {
            assert!(script.contains(word.trim_start_matches('-')), "{shell}: {word}");
        }
    }
    // Where the shell is there it says whether it can read them.
    for shell in ["bash", "zsh", "fish"] {
        let checked =
            Command::new(shell).arg("-n").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let Ok(mut checked) = checked else {
            eprintln!("not run: {shell} is not there");
            continue;
        };
        checked.stdin.take().unwrap().write_all(stdout(&["completions", shell]).as_bytes()).unwrap();
        let output = checked.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}");
    }
    let told = run(&["completions", "bsh"]);
    assert!(told.starts_with("exit code: 2") && told.contains("a similar value exists: 'bash'"), "{told}");
}

#[test]
fn the_manual_has_every_option_and_example_of_the_help() {
    for command in COMMANDS {
        let (page, help) = (stdout(&["man", command]), stdout(&[command, "--help"]));
        let plain = page.replace(r"\*(Aq", "'").replace('\\', "");
        assert!(plain.contains(&format!(".TH fedpath-{command} 1")), "{page}");
        for option in help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
            let option = option.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap();
            assert!(plain.contains(option), "{command}: {option}");
        }
        for example in examples(&help) {
            assert!(plain.contains(&example), "{command}: {example}");
        }
        let formatted = Command::new("groff")
            .args(["-man", "-ww", "-Tutf8"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut formatted) = formatted else {
            eprintln!("not run: groff is not there");
            continue;
        };
        formatted.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
        let output = formatted.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
    }
    let overview = stdout(&["man"]);
    assert!(COMMANDS.iter().all(|command| overview.contains(&format!("fedpath\\-{command}(1)"))), "{overview}");
    let told = run(&["man", "porbs"]);
    assert!(told.starts_with("exit code: 2") && told.contains("did you mean 'probs'?"), "{told}");
}

#[test]
fn the_version_says_how_far_the_data_reach() {
    assert_eq!(stdout(&["-V"]), concat!("fedpath ", env!("CARGO_PKG_VERSION"), "\n"));
    snap!("cli", "version", run(&["--version"]));
}

#[test]
fn a_command_that_lacks_its_files_shows_its_help_and_does_not_wait() {
    for command in COMMANDS.iter().filter(|command| !["reprice", "report", "meetings", "man"].contains(command)) {
        let told = run(&[command]);
        let help = stdout(&[command, "-h"]);
        assert_eq!(told, format!("exit code: 2\n----- stdout -----\n----- stderr -----\n{help}"));
    }
    assert!(run(&[]).starts_with("exit code: 2\n----- stdout -----\n----- stderr -----\nReads fed funds futures"));
}

#[test]
fn near_misses_are_told() {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in [(BEFORE, "friday-14.stl"), (AFTER, "friday-21.stl")] {
        std::fs::copy(root().join(from), folder.path().join(to)).unwrap();
    }
    let february = "# as_of: 2026-02-02\ncontract,price\n2026-02,96.36\n2026-03,96.38\n2026-04,96.43\n";
    std::fs::write(folder.path().join("february.csv"), february).unwrap();
    let slips = [
        &["porbs", "friday-21.stl"][..],
        &["friday-21.stl"],
        &["probs", "friday-21.stl", "--targt", "3.75-4.00"],
        &["probs", "friday-21.stl", "--format", "jsno"],
        &["probs", "friday-21.st"],
        &["probs", "frday-21.stl"],
        &["probs", "friday-21"],
        // Another day's file is not what was meant.
        &["probs", "friday-22.stl"],
        &["probs", "friday-21.stl", "--meeting", "2025-12-11"],
        &["probs", "friday-21.stl", "--meeting", "2025-11-21"],
        &["reprice", "friday-14.stl", "friday-21.stl", "--meeting", "2025-12-09"],
        &["reprice", "friday-21.stl", "friday-14.stl"],
        &["reprice", "friday-21.stl", "february.csv", "--chain", "1"],
        &["reprice", "--asset", "spx500"],
        &["path", "friday-21.stl", "--drop-meeting", "2025-12-11"],
        &["path", "friday-21.stl", "--anchor", "2025-10=4.12"],
        &["solve", "friday-21.stl", "--bump", "ZQF9=-1bp"],
        &["equity", "friday-14.stl", "friday-21.stl", "--method", "eh-permanant"],
        &["equity", "--as-of", "2025-11-19", "--meeting", "2025-12-11", "--shift", "7.5bp"],
    ];
    let told =
        slips.map(|args| format!("$ fedpath {}\n{}\n", args.join(" "), run_in(folder.path(), args, ""))).concat();
    snap!("cli", "near_misses", told.replace("----- stdout -----\n----- stderr -----\n", ""));
}

#[test]
fn an_option_that_would_do_nothing_says_so() {
    let refused = [
        &["probs", AFTER, "--weights", "volume"][..],
        &["solve", AFTER, "--view", "meeting"],
        &["equity", "--shift", "7bp", "--meeting", "2025-12-10", "--as-of", "2025-11-19", "--method", "least-squares"],
    ]
    .map(run);
    for told in &refused {
        assert!(told.starts_with("exit code: 2\n----- stdout -----\n----- stderr -----\n"), "{told}");
    }
    snap!("cli", "idle_options", refused.join("\n"));
    for (args, warning) in [
        (&["path", AFTER, "--between", "even"][..], "--between: no month of the chain has several decisions"),
        (&["path", AFTER, "--force"], "--force: nothing to overwrite without --output"),
    ] {
        let warned = run(args);
        assert!(warned.starts_with("exit code: 0") && warned.contains(warning), "{warned}");
    }
    let used = run(&["path", AFTER, "--between", "even", "--add-meeting", "2025-12-22"]);
    assert!(!used.contains("changes nothing"), "{used}");
    assert!(!run(&["probs", AFTER, "--compare", "--weights", "volume"]).contains("--weights"));
}

#[test]
fn a_year_of_one_digit_is_that_of_the_quotes() {
    let short = run(&["solve", AFTER, "--bump", "ZQF6=-1bp"]);
    assert_eq!(short, run(&["solve", AFTER, "--bump", "ZQF26=-1bp"]));
    assert!(run(&["solve", AFTER, "--bump", "ZQF6=1", "--bump", "ZQF26=2"]).contains("expected each contract once"));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    for args in [
        &["--help"][..],
        &["history", "tests/data/history_moves.csv", "-q"],
        &["convert", "tests/data/history_moves.csv", "-q"],
        &["meetings"],
        &["completions", "bash"],
        &["man"],
    ] {
        let mut child = Command::new(PROGRAM)
            .args(args)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(!first.is_empty() && output.status.success() && output.stderr.is_empty(), "{args:?}: {output:?}");
    }
}

#[test]
fn bars_are_beside_the_figures_and_only_where_they_are_wanted() {
    let always = |args: &[&str]| run(&[args, &["--bars", "always"]].concat());
    snap!("cli", "probs_bars", always(&["probs", AFTER]));
    snap!("cli", "probs_bars_meeting", always(&["probs", AFTER, "--meeting", "2026-03-18"]));
    snap!("cli", "reprice_bars", always(&["reprice", "--meeting", "2026-03-18"]));
    let moves =
        ["history", "tests/data/history_moves.csv", "--from", "2020-01-01", "--chain", "2", "--format", "table"];
    snap!("cli", "history_sparklines", always(&moves));
    for args in [&["probs", AFTER][..], &["reprice"], &moves] {
        assert_eq!(run(args), run(&[args, &["--bars", "never"]].concat()), "no terminal, no bars");
        let figures = run(args);
        let (with, without) = (always(args), figures.lines().collect::<Vec<_>>());
        let kept: Vec<&str> = with.lines().filter(|line| without.contains(line)).collect();
        assert_eq!(kept.len(), without.len() + blank_lines(&with) - blank_lines(&figures), "no figure is lost");
    }
    for format in ["json", "csv"] {
        let plain = ["probs", AFTER, "--format", format];
        assert_eq!(run(&plain), always(&plain), "bars are of tables");
    }
}

/// What a terminal of so many columns gets to see; `None` where there is no program to open one.
#[cfg(target_os = "linux")]
fn on_a_terminal(columns: usize, command: &str) -> Option<String> {
    let line = format!("stty cols {columns} rows 40; {PROGRAM} {command}");
    let output = Command::new("script").args(["-qec", &line, "/dev/null"]).current_dir(root()).output();
    let Ok(output) = output else {
        eprintln!("not run: script is not there");
        return None;
    };
    Some(String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_has_bars_and_its_own_width() {
    let Some(wide) = on_a_terminal(140, &format!("probs {AFTER}")) else { return };
    assert_eq!(wide, stdout(&["probs", AFTER, "--bars", "always"]));
    let narrow = on_a_terminal(60, &format!("probs {AFTER} --bars never")).unwrap();
    let table: Vec<&str> = narrow.lines().filter(|line| line.starts_with("20")).collect();
    assert_eq!(table.len(), 2 * 9, "eight ranges of nine meetings, in two parts: {narrow}");
    assert!(table.iter().all(|line| line.chars().count() <= 60), "{narrow}");
    let help = on_a_terminal(140, "reprice --help --color never").unwrap();
    assert!(help.lines().any(|line| line.chars().count() > 80), "{help}");
    assert!(help.lines().all(|line| line.chars().count() <= 120), "{help}");
    // Without a file it shows the help; it does not wait for one to be typed.
    assert!(on_a_terminal(80, "probs").unwrap().contains("Examples:"));
}

fn blank_lines(text: &str) -> usize {
    text.lines().filter(|line| line.is_empty()).count()
}

#[test]
fn a_run_on_last_trades_says_so_in_every_document() {
    let args = ["surprise", "tests/data/formats/datamine_eod.csv", "--announcement", "2025-11-20", "--price", "last"];
    let told = run(&[&args[..], &["--format", "json"]].concat());
    let document = told.lines().find(|line| line.starts_with('{'));
    assert!(document.is_none_or(|line| line.contains("last trades")), "{told}");
    let two = ["surprise", "--announcement", "2025-11-20", BEFORE, AFTER, "--price", "last", "--format", "json", "-q"];
    assert!(stdout(&two).contains("last trades"));
}
