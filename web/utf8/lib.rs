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

/// Decodes a text that comes at once.
#[derive(Debug)]
pub struct Decoder(&'static Encoding);

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
        Decoder(self)
    }
}

impl Decoder {
    pub fn max_utf8_buffer_length_without_replacement(&self, length: usize) -> Option<usize> {
        Some(length)
    }

    pub fn decode_to_string_without_replacement(
        &mut self,
        bytes: &[u8],
        to: &mut String,
        _last: bool,
    ) -> (DecoderResult, usize) {
        match self.0.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => {
                to.push_str(&text);
                (DecoderResult::InputEmpty, bytes.len())
            }
            None => (DecoderResult::Malformed(0, 0), 0),
        }
    }
}
