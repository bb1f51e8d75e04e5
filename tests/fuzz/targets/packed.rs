//! Packed files: bytes as they come, and the same bytes packed, which have to come out again.

use std::borrow::Cow;
use std::io::Write;

use fedpath::unpack;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::oracles::problems_are_placed;

/// The most that a file may unpack to.
const LARGEST: usize = 96 << 20;

/// Bytes of a file.
pub(super) fn packed(data: &[u8]) {
    let plain = unpack(data);
    match &plain {
        Ok(text) => assert!(text.len() <= LARGEST.max(2 * data.len())),
        Err(error) => problems_are_placed(&String::from_utf8_lossy(data), error),
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(data).expect("a vector takes all");
    let gzip = gzip.finish().expect("a vector takes all");
    // What is packed twice is no text, and what is no text is refused, packed or not.
    match (&plain, unpack(&gzip)) {
        (Ok(Cow::Borrowed(plain)), Ok(unpacked)) => assert_eq!(*plain, unpacked),
        (Ok(Cow::Borrowed(_)), Err(error)) => panic!("{error}"),
        _ => {}
    }
}
