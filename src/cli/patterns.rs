//! The files whose names follow a pattern such as `settle/*.csv`.

use std::path::{Component, Path, PathBuf};

use glob::{Pattern, PatternError};

/// The files of a pattern, in the order of their names. Names are matched as they print, so that one that is no UTF-8 has its
/// place too.
pub(super) fn files(pattern: &Path) -> Result<Vec<PathBuf>, PatternError> {
    let mut found = vec![PathBuf::new()];
    for part in pattern.components() {
        let name = part.as_os_str().to_string_lossy();
        found = match part {
            Component::Normal(_) if name == "**" => found.iter().flat_map(|folder| folders_below(folder)).collect(),
            Component::Normal(_) if name.contains(['*', '?', '[']) => {
                let pattern = Pattern::new(&name)?;
                let matches =
                    |path: &PathBuf| path.file_name().is_some_and(|name| pattern.matches(&name.to_string_lossy()));
                found.iter().flat_map(|folder| entries(folder)).filter(matches).collect()
            }
            _ => found.into_iter().map(|folder| folder.join(part)).collect(),
        };
    }
    found.retain(|path| path.is_file());
    found.sort();
    found.dedup();
    Ok(found)
}

/// What lies in a folder; nothing where it cannot be read.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = here.read_dir().into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| folder.join(entry.file_name())).collect()
}

/// A folder and every folder in it, however deep; links are not followed.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while next < all.len() {
        let inner = entries(&all[next]).into_iter().filter(|path| path.is_dir() && !path.is_symlink());
        all.extend(inner);
        next += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn a_pattern_finds_what_the_library_finds() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("a/b")).unwrap();
        for name in ["one.csv", "two.txt", "a/three.csv", "a/b/four.csv", "a/.five.csv"] {
            std::fs::write(at(name), "").unwrap();
        }
        for pattern in ["*.csv", "*/*.csv", "**/*.csv", "a/**/*.csv", "*/b/*", "[ot]*", "?ne.csv", "none*", "a/*"] {
            let pattern = at(pattern);
            let library = glob::glob(pattern.to_str().unwrap()).unwrap().filter_map(Result::ok);
            let mut library: Vec<_> = library.filter(|path| path.is_file()).collect();
            library.sort();
            assert_eq!(files(&pattern).unwrap(), library, "{pattern:?}");
        }
        assert!(files(&at("a[")).is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_name_that_is_no_text_is_found() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join(std::ffi::OsStr::from_bytes(b"Juni\xfc.csv"));
        std::fs::write(&name, "").unwrap();
        assert_eq!(files(&folder.path().join("Juni*.csv")).unwrap(), std::slice::from_ref(&name));
        assert_eq!(files(&folder.path().join("Juni?.csv")).unwrap(), [name]);
    }
}
