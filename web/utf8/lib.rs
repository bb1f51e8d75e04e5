//! UTF-8 alone, under the names of `encoding_rs`. Text in any other encoding is refused.

use std::borrow::Cow;

/// An encoding, by its name.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Encoding(&'static str);

macro_rules! encodings {
    ($($init:ident $name:literal),+ $(,)?) => { $(pub static $init: Encoding = Encoding($name);)+ };
}

encodings! {
    BIG5_INIT "Big5", EUC_JP_INIT "EUC-JP", EUC_KR_INIT "EUC-KR", GB18030_INIT "gb18030", GBK_INIT "GBK", IBM866_INIT "IBM866",
    ISO_2022_JP_INIT "ISO-2022-JP", ISO_8859_10_INIT "ISO-8859-10", ISO_8859_13_INIT "ISO-8859-13",
    ISO_8859_14_INIT "ISO-8859-14", ISO_8859_15_INIT "ISO-8859-15", ISO_8859_16_INIT "ISO-8859-16",
    ISO_8859_2_INIT "ISO-8859-2", ISO_8859_3_INIT "ISO-8859-3", ISO_8859_4_INIT "ISO-8859-4", ISO_8859_5_INIT "ISO-8859-5",
    ISO_8859_6_INIT "ISO-8859-6", ISO_8859_7_INIT "ISO-8859-7", ISO_8859_8_INIT "ISO-8859-8", ISO_8859_8_I_INIT "ISO-8859-8-I",
    KOI8_R_INIT "KOI8-R", KOI8_U_INIT "KOI8-U", MACINTOSH_INIT "macintosh", OTHER "other", REPLACEMENT_INIT "replacement",
    SHIFT_JIS_INIT "Shift_JIS", UTF_16BE_INIT "UTF-16BE", UTF_16LE_INIT "UTF-16LE", UTF_8_INIT "UTF-8",
    WINDOWS_1250_INIT "windows-1250", WINDOWS_1251_INIT "windows-1251", WINDOWS_1252_INIT "windows-1252",
    WINDOWS_1253_INIT "windows-1253", WINDOWS_1254_INIT "windows-1254", WINDOWS_1255_INIT "windows-1255",
    WINDOWS_1256_INIT "windows-1256", WINDOWS_1257_INIT "windows-1257", WINDOWS_1258_INIT "windows-1258",
    WINDOWS_874_INIT "windows-874", X_MAC_CYRILLIC_INIT "x-mac-cyrillic",
}

pub static REPLACEMENT: &Encoding = &REPLACEMENT_INIT;
pub static UTF_16BE: &Encoding = &UTF_16BE_INIT;
pub static UTF_16LE: &Encoding = &UTF_16LE_INIT;
pub static UTF_8: &Encoding = &UTF_8_INIT;

/// How a decoder ends.
#[derive(Debug)]
pub enum DecoderResult {
    InputEmpty,
    OutputFull,
    Malformed(u8, u8),
}

/// Decodes a text piece by piece, and keeps the beginning of a letter until its end comes.
#[derive(Debug)]
pub struct Decoder {
    encoding: &'static Encoding,
    begun: Vec<u8>,
}

impl Encoding {
    /// The encoding that a document declares; one that is not known here may be any.
    pub fn for_label(label: &[u8]) -> Option<&'static Self> {
        let is_utf8 = [&b"utf-8"[..], b"utf8"].iter().any(|name| label.trim_ascii().eq_ignore_ascii_case(name));
        Some(if is_utf8 { UTF_8 } else { &OTHER })
    }

    pub fn name(&'static self) -> &'static str {
        self.0
    }

    pub fn is_single_byte(&self) -> bool {
        false
    }

    pub fn decode_without_bom_handling_and_without_replacement<'b>(
        &'static self,
        bytes: &'b [u8],
    ) -> Option<Cow<'b, str>> {
        std::str::from_utf8(bytes).ok().filter(|_| self == UTF_8).map(Cow::Borrowed)
    }

    /// The text, the encoding, and whether a part of it could not be read.
    pub fn decode<'b>(&'static self, bytes: &'b [u8]) -> (Cow<'b, str>, &'static Self, bool) {
        let text = self.decode_without_bom_handling_and_without_replacement(bytes);
        let is_lost = text.is_none();
        (text.unwrap_or_default(), self, is_lost)
    }

    pub fn new_decoder_without_bom_handling(&'static self) -> Decoder {
        Decoder { encoding: self, begun: Vec::new() }
    }
}

impl Decoder {
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    pub fn max_utf8_buffer_length_without_replacement(&self, length: usize) -> Option<usize> {
        length.checked_add(self.begun.len())
    }

    /// How it ended, how many bytes were read, and how many written.
    pub fn decode_to_utf8_without_replacement(
        &mut self,
        bytes: &[u8],
        to: &mut [u8],
        last: bool,
    ) -> (DecoderResult, usize, usize) {
        let read = bytes.len().min(to.len().saturating_sub(self.begun.len()));
        let is_all = read == bytes.len();
        let held = [&self.begun, &bytes[..read]].concat();
        let whole = match std::str::from_utf8(&held) {
            _ if self.encoding != UTF_8 => return (DecoderResult::Malformed(0, 0), 0, 0),
            Ok(text) => text.len(),
            Err(error) if error.error_len().is_none() && !(last && is_all) => error.valid_up_to(),
            Err(_) => return (DecoderResult::Malformed(0, 0), 0, 0),
        };
        to[..whole].copy_from_slice(&held[..whole]);
        self.begun = held[whole..].to_vec();
        (if is_all { DecoderResult::InputEmpty } else { DecoderResult::OutputFull }, read, whole)
    }

    pub fn decode_to_string_without_replacement(
        &mut self,
        bytes: &[u8],
        to: &mut String,
        last: bool,
    ) -> (DecoderResult, usize) {
        let mut room = vec![0; self.begun.len() + bytes.len()];
        let (result, read, written) = self.decode_to_utf8_without_replacement(bytes, &mut room, last);
        to.push_str(std::str::from_utf8(&room[..written]).unwrap_or_default());
        (result, read)
    }
}

#[cfg(test)]
mod tests {
    use super::{DecoderResult, Encoding, UTF_8};

    #[test]
    fn pieces_of_a_text_are_the_text() {
        let text = "ZQF26 – 96.2150 €";
        for size in 1..text.len() {
            let (mut decoder, mut decoded) = (UTF_8.new_decoder_without_bom_handling(), String::new());
            for piece in text.as_bytes().chunks(size) {
                decoder.decode_to_string_without_replacement(piece, &mut decoded, false);
            }
            assert_eq!(decoded, text, "{size}");
            assert!(matches!(
                decoder.decode_to_utf8_without_replacement(&[], &mut [0; 8], true).0,
                DecoderResult::InputEmpty
            ));
        }
    }

    #[test]
    fn what_is_not_utf8_is_refused() {
        assert!(UTF_8.decode_without_bom_handling_and_without_replacement(b"\xff").is_none());
        let other = Encoding::for_label(b"windows-1252").unwrap();
        assert!(other.decode(b"a").2);
    }
}
