//! The direction of the code: no room imports one above it, and no two files import each other. `cargo test layers` shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The rooms of the library from the ground up; those of one line stand side by side.
const LAYERS: [&[&str]; 12] = [
    &["units", "text", "embedded", "explain", "method", "as_float", "processors"],
    &["market"],
    &["notice"],
    &["quotes"],
    &["schedule"],
    &["rule"],
    &["outlook"],
    &["curve", "study", "lattice"],
    &["equity"],
    &["reprice"],
    &["data", "episode", "error", "price", "modules"],
    &["report"],
];

type Module = Vec<String>;

/// Every file of the library by its module, without comments and tests.
fn modules() -> BTreeMap<Module, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut found = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(&root).unwrap().with_extension("");
                let mut module: Module = relative
                    .iter()
                    .map(|part| part.to_string_lossy().into_owned())
                    .filter(|part| part != "mod")
                    .collect();
                if module == ["lib"] {
                    module.clear();
                }
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                found.insert(module, code.join("\n"));
            }
        }
    }
    found.retain(|module, _| !matches!(module.first().map(String::as_str), Some("cli" | "main" | "docs")));
    found
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(tree: &str) -> Vec<String> {
    let Some(open) = tree.find('{') else {
        return vec![tree.split(" as ").next().unwrap().trim().to_owned()];
    };
    let (before, inside) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap()]);
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.flat_map(|part| expanded(&format!("{before}{part}"))).collect()
}

/// What a file imports for its own use; what it only hands on (`pub use`) is no import.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in code.split(';') {
        let line = statement.trim_start().trim_start_matches(|c: char| c == '}' || c.is_whitespace());
        let begins = line.lines().position(|line| line.trim_start().starts_with("use "));
        if let Some(first) = begins {
            let tree: String = line.lines().skip(first).map(str::trim).collect::<Vec<_>>().join(" ");
            // A sentence in the code is no import.
            if !tree.contains('"') {
                found.extend(expanded(tree.trim_start_matches("use ")));
            }
        }
    }
    found
}

/// The file that an import means: the one that defines the name, where a room hands it on.
fn target(from: &Module, import: &str, modules: &BTreeMap<Module, String>) -> Option<Module> {
    let mut parts = import.split("::").map(str::trim).peekable();
    let mut at: Module = match parts.peek().copied()? {
        "crate" => {
            parts.next();
            Vec::new()
        }
        "super" => {
            let mut at = from.clone();
            while parts.next_if_eq(&"super").is_some() {
                at.pop();
            }
            at
        }
        "self" => {
            parts.next();
            from.clone()
        }
        first => {
            let child: Module = from.iter().cloned().chain([first.to_owned()]).collect();
            modules.contains_key(&child).then(|| from.clone())?
        }
    };
    while let Some(next) = parts.peek() {
        let child: Module = at.iter().cloned().chain([(*next).to_owned()]).collect();
        if !modules.contains_key(&child) {
            break;
        }
        at = child;
        parts.next();
    }
    let Some(name) = parts.next().filter(|name| *name != "self") else { return Some(at) };
    let kinds = ["fn", "struct", "enum", "trait", "type", "const", "static"];
    let defines = |code: &str| {
        kinds.iter().any(|kind| {
            let definition = format!("{kind} {name}");
            code.match_indices(&definition).any(|(place, _)| {
                // An item of the file itself, not a method that bears its name.
                let line = code[..place].rfind('\n').map_or(0, |end| end + 1);
                if code[line..].starts_with(char::is_whitespace) {
                    return false;
                }
                let after = code[place + definition.len()..].chars().next();
                !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        })
    };
    let within = modules.iter().filter(|(module, code)| module.starts_with(&at) && defines(code));
    Some(within.map(|(module, _)| module.clone()).min_by_key(Vec::len).unwrap_or(at))
}

#[test]
fn no_room_imports_one_above_it_and_no_two_files_import_each_other() {
    let modules = modules();
    let layer = |module: &Module| {
        let room = module.first()?;
        let found = LAYERS.iter().position(|rooms| rooms.contains(&room.as_str()));
        Some(found.unwrap_or_else(|| panic!("{room}: a room without a place in LAYERS")))
    };
    let mut edges: BTreeSet<(Module, Module)> = BTreeSet::new();
    for (module, code) in &modules {
        let targets = imports(code).into_iter().filter_map(|import| target(module, &import, &modules));
        edges.extend(targets.filter(|other| other != module).map(|other| (module.clone(), other)));
    }
    assert!(edges.len() > 300, "{} imports: the reading of the files has broken", edges.len());
    let told = |(from, to): &(Module, Module)| format!("{} -> {}", from.join("::"), to.join("::"));
    let upward = edges.iter().filter(|(from, to)| layer(from).zip(layer(to)).is_some_and(|(from, to)| from < to));
    assert_eq!(upward.map(told).collect::<Vec<_>>(), Vec::<String>::new(), "imports upward");
    let mutual = edges.iter().filter(|(from, to)| from < to && edges.contains(&(to.clone(), from.clone())));
    assert_eq!(mutual.map(told).collect::<Vec<_>>(), Vec::<String>::new(), "imports in both directions");
}

/// A date is an argument and a file is text: what the library needs it is given.
#[test]
fn nothing_below_the_program_reads_its_surroundings() {
    let surroundings = ["std::fs", "std::env", "std::net", "std::process", "SystemTime", "Instant::", "::now()"];
    for (module, code) in modules() {
        for name in surroundings {
            assert!(!code.contains(name), "{}: {name}", module.join("::"));
        }
    }
}
