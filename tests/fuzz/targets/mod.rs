//! What is fuzzed, by name. Each target takes any bytes and panics where a promise is broken: that nothing panics is the
//! least of them.

mod bulk;
mod fixings;
mod options;
mod oracles;
mod packed;
mod readers;
mod streams;
mod tables;
mod whole_path;

/// A target: bytes in, and a panic where they break a promise.
type Target = fn(&[u8]);

/// Every target by its name.
pub(crate) const TARGETS: [(&str, Target); 8] = [
    ("bulk", bulk::bulk),
    ("fixings", fixings::fixings),
    ("options", options::options),
    ("packed", packed::packed),
    ("readers", readers::readers),
    ("streams", streams::streams),
    ("tables", tables::tables),
    ("whole_path", whole_path::whole_path),
];

/// The last byte, which chooses, and the text before it: bytes that are none are replaced. The line end of an ordinary file
/// chooses nothing.
fn choice_and_text(data: &[u8]) -> Option<(u8, std::borrow::Cow<'_, str>)> {
    let (choice, text) = data.split_last()?;
    Some((choice ^ b'\n', String::from_utf8_lossy(text)))
}
