//! Every console block of the README and of the guides: the command gives the text below it. (Their Rust blocks are doc
//! tests.)

use std::path::Path;

use crate::cli::run_in;

#[test]
fn every_console_block_is_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // `BLESS=1` writes the blocks anew, to be reviewed by eye.
    let bless = std::env::var_os("BLESS").is_some();
    for (page, count) in [
        ("README.md", 10),
        ("src/docs/price_one_file.md", 6),
        ("src/docs/compare_two_dates.md", 4),
        ("src/docs/study_history.md", 5),
        ("src/docs/how_much_could_it_move.md", 3),
        ("src/docs/price_the_path_from_sofr_futures.md", 2),
        ("src/docs/what_the_quotes_do_not_say.md", 3),
        ("src/docs/read_the_explanation.md", 2),
    ] {
        let text = std::fs::read_to_string(root.join(page)).unwrap();
        let mut blessed = text.clone();
        let blocks: Vec<&str> =
            text.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
        assert_eq!(blocks.len(), count, "{page}: a block that is not found is not tested");
        for block in blocks {
            let (command, printed) = block.split_once('\n').unwrap();
            let args: Vec<&str> = command.strip_prefix("$ fedpath ").expect("a fedpath command").split(' ').collect();
            let told = run_in(root, &args, "");
            let (_, streams) = told.split_once("----- stdout -----\n").unwrap();
            let streams = streams.replace("----- stderr -----\n", "");
            if bless {
                blessed = blessed.replace(block, &format!("{command}\n{streams}"));
            } else {
                assert_eq!(streams, printed, "{page}: {command}");
            }
        }
        if bless {
            std::fs::write(root.join(page), blessed).unwrap();
        }
    }
}

#[test]
fn the_quotes_shown_are_those_of_the_episode() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let episode = std::fs::read_to_string(root.join("data/episode-2025-11-21.stl")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("...").next().unwrap();
    assert!(shown.lines().count() >= 6);
    for line in shown.lines() {
        assert!(episode.lines().any(|other| other == line), "{line}");
    }
}

#[test]
fn the_typed_table_is_read_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let typed = readme.split("```text\n").nth(2).unwrap().split("```").next().unwrap();
    let told = run_in(root, &["probs", "-", "--format", "csv"], typed);
    assert!(told.contains("\n2025-11-21,2025-12-10,350,375,0.350000000000\n"), "{told}");
}
