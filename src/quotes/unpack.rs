//! From the bytes of a file to its text: gzip and zip are unpacked, and what is no text is named.

use std::borrow::Cow;

use crate::text::problem::{Position, Problem, ProblemKind, ReadError};

/// The most that is unpacked where nothing else is said: an archive of some kilobytes can claim any size.
const LARGEST: u64 = 96 << 20;

/// The text in the bytes of a file, unpacked from gzip or zip (feature `formats`) where it is packed; of a spreadsheet
/// (`.xlsx`) its one sheet as CSV, a row a line.
///
/// A zip archive has to hold one file. No more than 96 MiB are unpacked, whatever an archive promises.
///
/// # Errors
/// Where the bytes are an archive that is broken, too large or of several files; a kind of file that is no text, such
/// as a PDF or a spreadsheet, by its name; or not UTF-8, with the place of the first odd byte.
///
/// ```
/// assert_eq!(fedpath::unpack(b"contract,price\n")?, "contract,price\n");
/// let error = fedpath::unpack(b"%PDF-1.7").unwrap_err();
/// assert!(error.to_string().starts_with("expected text, found a PDF document"));
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub fn unpack(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    unpack_at_most(bytes, LARGEST)
}

/// As [`unpack`], of an archive no more than so many bytes: where memory is small, or never given back.
///
/// # Errors
/// As [`unpack`], whose limit is 96 MiB.
///
/// ```
/// assert_eq!(fedpath::files::unpack_at_most(b"contract,price\n", 64 << 20)?, "contract,price\n");
/// # Ok::<(), fedpath::ReadError>(())
/// ```
pub fn unpack_at_most(bytes: &[u8], most: u64) -> Result<Cow<'_, str>, ReadError> {
    let unpacked = match archive::kind(bytes) {
        Some(kind) => Cow::Owned(archive::content(bytes, kind, most)?),
        None => Cow::Borrowed(bytes),
    };
    crate::text::shape::check(&unpacked)?;
    Ok(match unpacked {
        Cow::Borrowed(bytes) => Cow::Borrowed(text(bytes)?),
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) if not_text(text.as_bytes()).is_none() => Cow::Owned(text),
            Ok(text) => Cow::Owned(self::text(text.as_bytes())?.to_owned()),
            Err(error) => Cow::Owned(text(error.as_bytes())?.to_owned()),
        },
    })
}

const BINARY: &str = "binary data";
const UTF_16: &str = "UTF-16 (save it as UTF-8)";

/// Bytes that hold no text, by what they begin with.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'%', b'P', b'D', b'F', ..] => {
            Some("a PDF document (CME's daily bulletin is one; its tables cannot be read: use a settlement file)")
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("an Excel workbook of the old kind (save it as .xlsx or CSV)"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("a zstd archive (unpack it first: zstd -d FILE)"),
        [b'B', b'Z', b'h', ..] => Some("a bzip2 archive (unpack it first: bunzip2 FILE)"),
        [0xfd, b'7', b'z', b'X', b'Z', ..] => Some("an xz archive (unpack it first: unxz FILE)"),
        [b'D', b'B', b'N', ..] => Some("a Databento DBN file (export it as CSV with pretty prices and mapped symbols)"),
        [b'P', b'A', b'R', b'1', ..] => Some(
            "a Parquet file (save it as CSV: python -c \"import pandas; pandas.read_parquet('FILE').to_csv('FILE.csv')\")",
        ),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(UTF_16),
        _ if bytes.contains(&0) => Some(BINARY),
        _ if lines_of_old_macs(bytes) => Some("line ends of old Macs, a carriage return alone (save the file anew)"),
        _ => None,
    }
}

/// Whether lines end in a carriage return and never in a line feed.
fn lines_of_old_macs(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().contains(&b'\r') && !bytes.contains(&b'\n')
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let refused = |what: &str| Problem::new(ProblemKind::NotText, format!("expected text, found {what}"));
    if let Some(what) = not_text(bytes) {
        return Err(match what {
            BINARY => refused(what).at(Position::behind(&bytes[..memchr::memchr(0, bytes).unwrap_or(0)], 1)),
            UTF_16 => refused(what).at(Position { line: 1, column: 1 }),
            // Of another kind of file no place is of use.
            _ => refused(what),
        });
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let found = refused("a byte that is not UTF-8 (save the file as UTF-8)");
        found.at(Position::behind(&bytes[..error.valid_up_to()], 1))
    })
}

/// The two archives.
mod archive {
    use super::{Problem, ProblemKind};

    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(super) enum Kind {
        Gzip,
        Zip,
    }

    pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0x1f, 0x8b, ..] => Some(Kind::Gzip),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Kind::Zip),
            _ => None,
        }
    }

    fn refused(message: impl Into<String>) -> Problem {
        Problem::new(ProblemKind::NotText, message)
    }

    #[cfg(not(feature = "formats"))]
    pub(super) fn content(_: &[u8], kind: Kind, _: u64) -> Result<Vec<u8>, Problem> {
        Err(refused(match kind {
            Kind::Gzip => {
                "expected text, found a gzip archive (unpack it first: gunzip FILE; or build with feature formats)"
            }
            Kind::Zip => "expected text, found a zip archive or a spreadsheet (unpack it, or save it as CSV)",
        }))
    }

    #[cfg(feature = "formats")]
    pub(super) use unpacking::content;

    #[cfg(feature = "formats")]
    mod unpacking {
        use std::io::{Cursor, Read};

        use super::{Kind, Problem, kind, refused};

        /// How deep archives may lie in archives.
        const DEEPEST: usize = 2;

        /// The content of an archive, and of an archive in it.
        pub(in super::super) fn content(bytes: &[u8], outer: Kind, most: u64) -> Result<Vec<u8>, Problem> {
            let mut content = unpacked(bytes, outer, most)?;
            for _ in 1..DEEPEST {
                match kind(&content) {
                    Some(inner) => content = unpacked(&content, inner, most)?,
                    None => break,
                }
            }
            match kind(&content) {
                Some(_) => Err(refused("expected a file in the archive, found archives in archives")),
                None => Ok(content),
            }
        }

        fn unpacked(bytes: &[u8], kind: Kind, most: u64) -> Result<Vec<u8>, Problem> {
            match kind {
                Kind::Gzip => bounded(flate2::read::MultiGzDecoder::new(bytes), "gzip", most),
                Kind::Zip => of_zip(bytes, most),
            }
        }

        fn of_zip(bytes: &[u8], most: u64) -> Result<Vec<u8>, Problem> {
            let broken = |error: zip::result::ZipError| refused(format!("the zip archive cannot be unpacked: {error}"));
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
            if promised(bytes).is_some_and(|count| count > archive.len()) {
                return Err(refused("expected each name once in the zip archive, found one again: unpack it first"));
            }
            let names = archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
            let names: Vec<String> = names.collect::<Result<_, _>>().map_err(broken)?;
            if names.iter().any(|name| name == "xl/workbook.xml") {
                return crate::quotes::workbook::as_csv(bytes, &mut archive, most).map(String::into_bytes);
            }
            if names.iter().any(|name| name == "[Content_Types].xml" || name == "content.xml") {
                return Err(refused("expected text, found an office document (save it as .xlsx or CSV)"));
            }
            // What file managers add is no content.
            let files: Vec<&String> = names
                .iter()
                .filter(|name| !name.ends_with('/') && !name.starts_with("__MACOSX/") && !name.ends_with(".DS_Store"))
                .collect();
            match files[..] {
                [name] => bounded(archive.by_name(name).map_err(broken)?, "zip", most),
                [] => Err(refused("expected a file in the zip archive, found none")),
                [first, second, ..] => {
                    let named = |name: &str| crate::text::escaped(name);
                    let (count, first, second) = (files.len(), named(first), named(second));
                    Err(refused(format!(
                        "expected one file in the zip archive, found {count} ({first}, {second}{}): unpack it first",
                        if count > 2 { ", ..." } else { "" }
                    )))
                }
            }
        }

        /// How many entries the end of a zip archive says that it has: of two with one name the library keeps the last.
        fn promised(bytes: &[u8]) -> Option<usize> {
            let end = memchr::memmem::rfind(bytes, b"PK\x05\x06")?;
            let count = bytes.get(end + 10..end + 12)?;
            Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
        }

        fn bounded(packed: impl Read, kind: &str, most: u64) -> Result<Vec<u8>, Problem> {
            let mut content = Vec::new();
            match packed.take(most.saturating_add(1)).read_to_end(&mut content) {
                Err(error) if error.kind() == std::io::ErrorKind::OutOfMemory => {
                    Err(refused(format!("expected less in the {kind} archive than the memory holds")))
                }
                Err(error) => Err(refused(format!("the {kind} archive is broken or cut short: {error}"))),
                Ok(_) if content.len() as u64 > most => {
                    Err(refused(format!("expected at most {} MiB in the {kind} archive, found more", most >> 20)))
                }
                Ok(_) => Ok(content),
            }
        }
    }
}

#[cfg(all(test, feature = "formats"))]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::unpack;

    fn zipped(names: &[&str]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            archive.start_file(*name, SimpleFileOptions::default()).expect("memory");
            archive.write_all(b"contract,price\n").expect("memory");
        }
        archive.finish().expect("memory").into_inner()
    }

    #[test]
    fn an_archive_holds_one_file_and_no_name_twice() {
        assert_eq!(unpack(&zipped(&["friday"])).expect("one file"), "contract,price\n");
        let refused = |bytes: &[u8]| unpack(bytes).unwrap_err().to_string();
        assert_eq!(refused(&zipped(&[])), "expected a file in the zip archive, found none");
        let mut archive = zipped(&["friday", "monday"]);
        assert!(refused(&archive).starts_with("expected one file in the zip archive, found 2 (friday, monday)"));
        while let Some(place) = memchr::memmem::find(&archive, b"monday") {
            archive[place..place + 6].copy_from_slice(b"friday");
        }
        assert_eq!(refused(&archive), "expected each name once in the zip archive, found one again: unpack it first");
    }
}
