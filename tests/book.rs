//! Every block of README and of the book in `docs/` runs, and every link leads somewhere.

use std::path::{Path, PathBuf};

use crate::cli::run_in;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// README and every page of the book, by their paths from the root.
fn pages() -> Vec<(String, String)> {
    let mut pages: Vec<String> = std::fs::read_dir(Path::new(ROOT).join("docs"))
        .unwrap()
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|page| Path::new(page).extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages.push("README.md".into());
    pages.into_iter().map(|page| (page.clone(), std::fs::read_to_string(Path::new(ROOT).join(page)).unwrap())).collect()
}

/// The fenced blocks of a page: the word after the fence, and the text.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    text.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap()).collect()
}

fn of_kind(kind: &str) -> Vec<(String, String)> {
    let of = |(page, text): (String, String)| {
        let blocks = blocks(&text).into_iter().filter(|(of, _)| *of == kind).map(|(_, block)| block.to_owned());
        blocks.map(|block| (page.clone(), block)).collect::<Vec<_>>()
    };
    let found: Vec<_> = pages().into_iter().flat_map(of).collect();
    assert!(!found.is_empty(), "{kind}");
    found
}

/// A folder with copies of the files that the commands of the book name.
fn beside_the_data() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let copied = to.join(path.file_name().unwrap());
            if path.is_dir() { copy(&path, &copied) } else { std::fs::copy(&path, &copied).map(drop).unwrap() }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for data in ["data", "tests/data"] {
        copy(&Path::new(ROOT).join(data), &folder.path().join(data));
    }
    folder
}

#[test]
fn every_block_is_of_a_kind_that_a_test_runs() {
    let rustdoc = std::fs::read_to_string(Path::new(ROOT).join("src/docs/mod.rs")).unwrap();
    for (page, text) in pages() {
        assert_eq!(text.matches("```").count() % 2, 0, "{page}");
        for (kind, block) in blocks(&text) {
            let runs = match kind {
                "console" | "sh" | "csv" | "text" => true,
                // A doc test.
                "rust" => page == "README.md" || rustdoc.contains(page.trim_start_matches("docs/")),
                _ => false,
            };
            assert!(runs, "{page}: no test runs a block of kind '{kind}':\n{block}");
        }
    }
}

#[test]
fn every_console_block_is_what_the_program_prints() {
    // `BLESS=1` writes the blocks anew, to be reviewed by eye.
    let bless = std::env::var_os("BLESS").is_some();
    for (page, text) in pages() {
        let mut blessed = text.clone();
        for (_, block) in blocks(&text).into_iter().filter(|(kind, _)| *kind == "console") {
            let (command, printed) = block.split_once('\n').unwrap();
            let args: Vec<&str> = command.strip_prefix("$ fedpath ").expect("a fedpath command").split(' ').collect();
            let told = run_in(Path::new(ROOT), &args, "");
            let (_, streams) = told.split_once("----- stdout -----\n").unwrap();
            let streams = streams.replace("----- stderr -----\n", "");
            if bless {
                let fenced = |printed: &str| format!("```console\n{command}\n{printed}```");
                blessed = blessed.replace(&fenced(printed), &fenced(&streams));
            } else {
                assert_eq!(
                    streams, printed,
                    "{page}: {command}\nrun the test again with BLESS=1, and read the difference"
                );
            }
        }
        if bless {
            std::fs::write(Path::new(ROOT).join(page), blessed).unwrap();
        }
    }
}

#[test]
fn every_shell_command_succeeds() {
    let script = std::fs::read_to_string(Path::new(ROOT).join(".ci/run")).unwrap_or_default();
    for (page, block) in of_kind("sh") {
        let folder = beside_the_data();
        for line in block.lines() {
            if line.starts_with("cargo ") {
                // The published package has no `.ci`.
                assert!(script.is_empty() || script.lines().any(|other| runs(other, line)), "{page}: {line}");
                continue;
            }
            let args: Vec<&str> =
                line.strip_prefix("fedpath ").unwrap_or_else(|| panic!("{page}: {line}")).split(' ').collect();
            let told = run_in(folder.path(), &args, "");
            assert!(told.starts_with("exit code: 0\n"), "{page}: {line}\n{told}");
        }
    }
}

/// Whether a line of `.ci/run` is a command, locked or not.
fn runs(line: &str, command: &str) -> bool {
    line.replace(" --locked", "") == command
}

#[test]
fn every_typed_table_is_read_as_it_stands() {
    for (page, block) in of_kind("csv") {
        let told = run_in(Path::new(ROOT), &["probs", "-", "--format", "csv"], &block);
        assert!(told.contains("\n2025-11-21,2025-12-10,350,375,0.350000000000\n"), "{page}: {told}");
    }
}

/// What remains is quotes of a report, and equations, whose figures `tests/docs.rs` computes.
#[test]
fn every_text_block_is_quotes_or_equations() {
    let episode = std::fs::read_to_string(Path::new(ROOT).join("data/episode-2025-11-21.stl")).unwrap();
    for (page, block) in of_kind("text") {
        let equations = ["docs/contract.md", "docs/rule.md", "docs/surprises.md"].contains(&page.as_str());
        for line in block.lines().filter(|_| !equations) {
            assert!(episode.lines().any(|other| other == line), "{page}: {line}");
        }
    }
}

/// The targets of `[words](target)`, `[words]: target` and `![words](target)`.
fn links(text: &str) -> Vec<String> {
    let prose: String = text.split("```").step_by(2).collect();
    let inline = prose.split("](").skip(1).map(|rest| rest.split(')').next().unwrap().to_owned());
    let defined =
        prose.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: ")).map(|(_, to)| to.to_owned());
    inline.chain(defined).filter(|link| !link.starts_with("http")).collect()
}

#[test]
fn every_link_leads_to_a_file_and_every_page_is_in_the_summary() {
    let summary = std::fs::read_to_string(Path::new(ROOT).join("docs/SUMMARY.md")).unwrap();
    let others = ["DESIGN.md", "CONTRIBUTING.md", "SECURITY.md"];
    let others = others.map(|page| (page.to_owned(), std::fs::read_to_string(Path::new(ROOT).join(page)).unwrap()));
    for (page, text) in pages().into_iter().chain(others) {
        let folder: PathBuf = Path::new(ROOT).join(&page).parent().unwrap().into();
        for link in links(&text) {
            assert!(folder.join(&link).exists(), "{page}: {link}");
        }
        if let Some(name) = page.strip_prefix("docs/").filter(|name| *name != "SUMMARY.md") {
            assert!(summary.contains(&format!("({name})")), "{name} is not in the summary");
        }
    }
}

/// A page may name a test as the holder of what it says: `file::test`, or of a unit `module::tests::test`.
#[test]
fn every_test_that_a_page_names_exists() {
    let read = |page: &str| (page.to_owned(), std::fs::read_to_string(Path::new(ROOT).join(page)).unwrap());
    let mut named = 0;
    for (page, text) in pages().into_iter().chain(["DESIGN.md", "CONTRIBUTING.md"].map(read)) {
        for name in text.split('`').skip(1).step_by(2).filter(|name| !name.contains([' ', '\n'])) {
            let Some((file, test)) = name.split_once("::").filter(|(_, test)| test.contains('_')) else { continue };
            let Ok(code) = std::fs::read_to_string(Path::new(ROOT).join(format!("tests/{file}.rs"))) else { continue };
            assert!(code.contains(&format!("fn {test}(")), "{page}: {name}");
            named += 1;
        }
    }
    assert!(named > 25, "{named} tests");
}

/// In the documentation of the library the book's links lead to items: `src/docs/links.md` names each.
#[test]
fn every_link_between_pages_is_known_to_the_library() {
    let known = std::fs::read_to_string(Path::new(ROOT).join("src/docs/links.md")).unwrap();
    for (page, text) in pages().into_iter().filter(|(page, _)| page.starts_with("docs/")) {
        for line in text.lines().filter(|line| line.starts_with('[')) {
            if let Some((label, _)) = line.split_once("]: ") {
                assert!(known.contains(&format!("{label}]: crate::docs::")), "{page}: {label}]");
            }
        }
    }
}

#[test]
fn the_readme_is_short() {
    let (_, readme) = pages().pop().unwrap();
    assert!(readme.len() <= 12_000, "{} bytes", readme.len());
}
