//! Where reports go: files that appear whole or not at all, links, pipes.

use std::process::{Command, Stdio};

use crate::cli::{run, run_in, stdout};

#[test]
fn a_file_is_written_whole_or_not_at_all_and_never_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |args: &[&str]| run_in(folder.path(), args, "");
    assert_eq!(in_folder(&["reprice", "-o", "story.txt"]), "exit code: 0\n----- stdout -----\n----- stderr -----\n");
    let written = std::fs::read_to_string(folder.path().join("story.txt")).unwrap();
    assert_eq!(written, stdout(&["reprice"]));
    let refused = in_folder(&["reprice", "-o", "story.txt", "--format", "json"]);
    insta::assert_snapshot!(refused, @"
    exit code: 1
    ----- stdout -----
    ----- stderr -----
    fedpath: story.txt: the file exists (overwrite it with --force)
    ");
    assert_eq!(std::fs::read_to_string(folder.path().join("story.txt")).unwrap(), written);
    in_folder(&["reprice", "-o", "story.txt", "--format", "json", "--force"]);
    assert!(std::fs::read_to_string(folder.path().join("story.txt")).unwrap().starts_with('{'));
    // A report that fails leaves no file, not even an empty one.
    let failed = in_folder(&["probs", "nowhere.csv", "-o", "odds.txt"]);
    assert!(failed.starts_with("exit code: 1"), "{failed}");
    let nowhere = in_folder(&["reprice", "-o", "no/such/folder/story.txt"]);
    assert!(nowhere.starts_with("exit code: 1"), "{nowhere}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(in_folder(&["reprice", "-o", "."]).contains("expected a file, found a directory"));
}

#[test]
#[cfg(unix)]
fn a_written_file_has_the_permissions_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), &["reprice", "-o", "story.txt"], "");
    std::fs::write(folder.path().join("other.txt"), "").unwrap();
    let mode = |name| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("story.txt"), mode("other.txt"));
}

#[test]
#[cfg(unix)]
fn force_writes_through_links_and_into_pipes_and_keeps_permissions() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("secret.txt"), "old").unwrap();
    std::fs::set_permissions(at("secret.txt"), std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink("secret.txt", at("link.txt")).unwrap();
    let told = run_in(folder.path(), &["reprice", "-o", "link.txt", "--force"], "");
    assert!(told.starts_with("exit code: 0"), "{told}");
    assert!(std::fs::symlink_metadata(at("link.txt")).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(at("secret.txt")).unwrap(), stdout(&["reprice"]));
    assert_eq!(std::fs::metadata(at("secret.txt")).unwrap().permissions().mode() & 0o777, 0o600);

    assert!(Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
    let pipe = at("pipe");
    let reader = std::thread::spawn(move || std::fs::read_to_string(pipe).unwrap());
    let told = run_in(folder.path(), &["reprice", "-o", "pipe", "--force"], "");
    assert!(told.starts_with("exit code: 0"), "{told}");
    assert_eq!(reader.join().unwrap(), stdout(&["reprice"]));
    assert!(std::fs::symlink_metadata(at("pipe")).unwrap().file_type().is_fifo());
    assert_eq!(run_in(folder.path(), &["reprice", "-o", "-"], ""), run(&["reprice"]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fedpath"))
        .args(["meetings", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Its reader has gone before it writes more than a pipe holds.
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
