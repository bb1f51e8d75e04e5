//! Any target of `tests/fuzz`, by the name in `FUZZ_TARGET`, under libFuzzer.

#![no_main]

#[path = "../../tests/fuzz/targets/mod.rs"]
mod targets;

use std::sync::LazyLock;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let found = targets::TARGETS.iter().find(|(name, _)| *name == wanted);
    let names = || targets::TARGETS.map(|(name, _)| name).join(", ");
    found.unwrap_or_else(|| panic!("FUZZ_TARGET: expected one of {}, found '{wanted}'", names())).1
});

libfuzzer_sys::fuzz_target!(|data: &[u8]| TARGET(data));
