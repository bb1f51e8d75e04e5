//! The spellings of a day, with or without a time of day: one file may write `11/21/2025`, another `21.11.2025`.
//!
//! | spelling | day |
//! |---|---|
//! | `2025-11-21`, `2025/11/21`, `2025.11.21`, `20251121` | as it stands |
//! | `21-Nov-2025`, `21NOV2025`, `Nov 21, 2025`, `Fri 21 Nov 2025`, `21. November 2025`, `21 déc. 2025` | as it stands |
//! | `21.11.2025` | the day first |
//! | `11/21/2025`, `21/11/2025`, `11-21-2025` | one order where the other has no such month, else both |
//! | seconds, milliseconds, microseconds or nanoseconds since 1970 | in UTC |

use chrono::{DateTime, NaiveDate, NaiveTime};

/// Which of two numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    /// `11/21/2025`.
    MonthFirst,
    /// `21/11/2025`.
    DayFirst,
}

/// A day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spelled<'a> {
    day: NaiveDate,
    /// Another day that the same digits can mean, the day first.
    other: Option<NaiveDate>,
    /// What the digits show of the order.
    pub(crate) order: Option<DayOrder>,
    /// The time of day behind the day, if any.
    pub(crate) time: &'a str,
}

impl Spelled<'_> {
    /// The day where the order is known, or does not matter; else `None`.
    pub(crate) fn day(self, order: Option<DayOrder>) -> Option<NaiveDate> {
        match (self.other, order) {
            (None, _) | (Some(_), Some(DayOrder::MonthFirst)) => Some(self.day),
            (Some(other), Some(DayOrder::DayFirst)) => Some(other),
            (Some(_), None) => None,
        }
    }

    /// Both days, the one with the month first before the other, where the digits can mean two.
    pub(crate) fn both(self) -> Option<[NaiveDate; 2]> {
        self.other.map(|other| [self.day, other])
    }
}

/// Reads a day in any of the spellings.
pub(crate) fn spelled(text: &str) -> Option<Spelled<'_>> {
    let text = text.trim();
    let plain = |day, time| Spelled { day, other: None, order: None, time };
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return digits(text).map(|(day, time)| plain(day, time));
    }
    // A zone by its city says nothing of the day.
    let text = match text.rsplit_once(' ') {
        Some((before, zone)) if zone.contains('/') && zone.starts_with(char::is_alphabetic) => before,
        _ => text,
    };
    let bytes = text.as_bytes();
    let end = text.find([' ', 'T', ',']).filter(|end| bytes[end.saturating_sub(1)].is_ascii_digit());
    let (date, rest) = end.map_or((text, ""), |end| (&text[..end], text[end + 1..].trim_start()));
    let separator = ['-', '/', '.'].into_iter().find(|separator| date.matches(*separator).count() == 2);
    if let Some(separator) = separator {
        let mut parts = date.split(separator);
        let parts = [parts.next()?, parts.next()?, parts.next()?];
        let read = if is_time(rest) { numbers(parts, separator, rest) } else { None };
        return read.or_else(|| words(text).map(|(day, time)| plain(day, time)));
    }
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) && is_time(rest) {
        return digits(date).map(|(day, _)| plain(day, rest));
    }
    words(text).map(|(day, time)| plain(day, time))
}

/// `17:00:00.000Z`, `03:10 PM CST`, `160000`, or nothing.
fn is_time(text: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || ":.+-, ".contains(c) || "AMPMCTESDGUZ".contains(c.to_ascii_uppercase());
    text.is_empty() || text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(known)
}

/// The time of day in `14:00:00.123-05:00`, `02:00 PM CST` or `140000`, as it is written.
pub(crate) fn time_of_day(text: &str) -> Option<NaiveTime> {
    let clock = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
        let (clock, behind) = text.split_at(end);
        let parts: Vec<u32> = match clock.split(':').collect::<Vec<_>>()[..] {
            [whole] if whole.len() == 6 || whole.len() == 4 => {
                whole.as_bytes().chunks(2).filter_map(|two| std::str::from_utf8(two).ok()?.parse().ok()).collect()
            }
            [_, _, ..] => clock.split(':').map_while(|part| part.parse().ok()).collect(),
            _ => return None,
        };
        let half = behind.trim_start().get(..2).map(str::to_ascii_uppercase);
        let hour = match (half.as_deref(), *parts.first()?) {
            (Some("PM"), hour @ 1..=11) => hour + 12,
            (Some("AM"), 12) => 0,
            (_, hour) => hour,
        };
        NaiveTime::from_hms_opt(hour, *parts.get(1)?, parts.get(2).copied().unwrap_or(0))
    };
    let words = text.match_indices([' ', ',', 'T']).map(|(at, _)| at + 1);
    std::iter::once(0).chain(words).find_map(|start| clock(&text[start..]))
}

/// `20251121`, `20251121160000`, or a count since 1970.
fn digits(text: &str) -> Option<(NaiveDate, &str)> {
    let since = || text.parse::<i64>().ok();
    let at = |time: Option<DateTime<chrono::Utc>>| time.map(|time| (time.date_naive(), &text[text.len()..]));
    match text.len() {
        8 | 12 | 14 => {
            let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
            let day = NaiveDate::from_ymd_opt(number(0..4)?.cast_signed(), number(4..6)?, number(6..8)?)?;
            Some((day, &text[8..]))
        }
        9 | 10 => at(DateTime::from_timestamp(since()?, 0)),
        13 => at(DateTime::from_timestamp_millis(since()?)),
        16 => at(DateTime::from_timestamp_micros(since()?)),
        19 => Some((DateTime::from_timestamp_nanos(since()?).date_naive(), &text[text.len()..])),
        _ => None,
    }
}

fn number(part: &str, widths: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let digits = widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| part.parse().ok()).flatten()
}

/// A year of four digits, or of two: since 1988, when the futures began to trade.
fn year(part: &str) -> Option<i32> {
    match (number(part, 2..=4)?.cast_signed(), part.len()) {
        (year, 4) => Some(year),
        (year, 2) => Some(if year >= 88 { 1900 + year } else { 2000 + year }),
        _ => None,
    }
}

/// Three parts of a date between separators.
fn numbers<'a>([a, b, c]: [&str; 3], separator: char, time: &'a str) -> Option<Spelled<'a>> {
    let one = |day, order| Some(Spelled { day, other: None, order, time });
    if a.len() == 4 {
        // With hyphens the digits are two and two: a date that lacks one was cut.
        if separator == '-' && month_of_name(b).is_none() && (b.len() != 2 || c.len() != 2) {
            return None;
        }
        let month = number(b, 1..=2).or_else(|| month_of_name(b))?;
        return one(NaiveDate::from_ymd_opt(year(a)?, month, number(c, 1..=2)?)?, None);
    }
    if let Some(month) = month_of_name(b) {
        return one(NaiveDate::from_ymd_opt(year(c)?, month, number(a, 1..=2)?)?, None);
    }
    if let Some(month) = month_of_name(a) {
        return one(NaiveDate::from_ymd_opt(year(c)?, month, number(b, 1..=2)?)?, None);
    }
    let (first, second, year) = (number(a, 1..=2)?, number(b, 1..=2)?, year(c)?);
    let month_first = NaiveDate::from_ymd_opt(year, first, second);
    let day_first = NaiveDate::from_ymd_opt(year, second, first);
    match (month_first, day_first) {
        // Nobody writes points with the month first.
        (_, Some(day)) if separator == '.' => one(day, Some(DayOrder::DayFirst)),
        (Some(day), Some(same)) if day == same => one(day, None),
        (Some(day), Some(other)) => Some(Spelled { day, other: Some(other), order: None, time }),
        (Some(day), None) => one(day, Some(DayOrder::MonthFirst)),
        (None, Some(day)) => one(day, Some(DayOrder::DayFirst)),
        (None, None) => None,
    }
}

/// A day in words: the name of a month, a day, a year of four digits, and at most the name of a weekday and a time.
fn words(text: &str) -> Option<(NaiveDate, &str)> {
    // Without a letter there is no month.
    if !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let (mut month, mut day, mut year, mut time) = (None, None, None, &text[text.len()..]);
    let compact = compact(text);
    let words = compact
        .map_or([text, "", ""], |parts| parts)
        .into_iter()
        .flat_map(|part| part.split([' ', ',', '-', '<', '>']));
    for word in words.filter(|word| !matches!(*word, "" | "br" | "br/" | "/")) {
        let bare = word.trim_matches(['.', '(', ')']);
        if word.contains(':') {
            time = word;
        } else if let Some(name) = month_of_name(bare).filter(|_| month.is_none()) {
            month = Some(name);
        } else if let Some(found) = number(bare, 4..=4).filter(|_| year.is_none()) {
            year = Some(found.cast_signed());
        } else if let Some(found) = number(bare, 1..=2).filter(|_| day.is_none()) {
            day = Some(found);
        } else if !(is_weekday(bare) || time.contains(':') && is_zone(bare)) {
            return None;
        }
    }
    Some((NaiveDate::from_ymd_opt(year?, month?, day?)?, time))
}

/// The parts of `21NOV2025`.
fn compact(text: &str) -> Option<[&str; 3]> {
    let start = text.find(|c: char| c.is_ascii_alphabetic()).filter(|start| matches!(start, 1 | 2))?;
    let (name, year) = text[start..].split_at_checked(3)?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    (digits(&text[..start]) && year.len() == 4 && digits(year)).then_some([&text[..start], name, year])
}

fn is_zone(word: &str) -> bool {
    ["am", "pm", "ct", "cst", "cdt", "et", "est", "edt", "gmt", "utc"].contains(&word.to_ascii_lowercase().as_str())
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    names.iter().any(|name| word.starts_with(name))
        && word.len() <= 9
        && word.ends_with(['y', 'n', 'e', 'd', 'u', 'i', 't', 's', 'r'])
}

/// The names of the months and their abbreviations in English, German, French, Spanish and Italian, beside the exchange's own
/// `JLY`.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jän", "jänner", "janv", "janvier", "ene", "enero", "gen", "gennaio"],
    &["feb", "february", "februar", "fév", "févr", "février", "fevr", "fevrier", "febrero", "febbraio"],
    &["mar", "march", "mär", "märz", "mrz", "mars", "marzo"],
    &["apr", "april", "avr", "avril", "abr", "abril", "aprile"],
    &["may", "mai", "mayo", "mag", "maggio"],
    &["jun", "june", "juni", "juin", "junio", "giu", "giugno"],
    &["jul", "july", "jly", "juli", "juil", "juillet", "julio", "lug", "luglio"],
    &["aug", "august", "aoû", "août", "aou", "aout", "ago", "agosto"],
    &["sep", "sept", "september", "septembre", "septiembre", "set", "settembre"],
    &["oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre"],
    &["nov", "november", "novembre", "noviembre"],
    &["dec", "december", "dez", "dezember", "déc", "décembre", "decembre", "dic", "diciembre", "dicembre"],
];

/// The number of a month by its name or its abbreviation, in any case.
pub(crate) fn month_of_name(name: &str) -> Option<u32> {
    let name = name.trim_end_matches('.').to_lowercase();
    let names = |names: &&[&str]| names.contains(&name.as_str());
    MONTHS.iter().position(names).and_then(|index| u32::try_from(index + 1).ok())
}

/// The day that a spreadsheet counts: 45982 is 2025-11-21. Only of years that futures can have traded in.
pub(crate) fn serial(text: &str) -> Option<NaiveDate> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let days = number(whole, 5..=5).filter(|days| (32_000..=60_000).contains(days))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days.into()))
}

#[cfg(test)]
mod tests {
    use super::{DayOrder, month_of_name, serial, spelled, time_of_day};

    #[test]
    fn a_year_of_two_digits_lies_after_1987() {
        let year = |text: &str| spelled(text).unwrap().day(None).unwrap().format("%Y").to_string();
        let told = ["11-21-88", "11-21-95", "21-Nov-99", "11-21-00", "21-Nov-87"].map(year);
        assert_eq!(told, ["1988", "1995", "1999", "2000", "2087"]);
    }

    #[test]
    fn a_day_has_many_spellings() {
        for text in [
            "2025-11-21",
            "2025/11/21",
            "2025.11.21",
            "20251121",
            "20251121 160000",
            "20251121160000",
            "2025-11-21T17:05:36.03Z",
            "2025-11-21 17:05:36-06:00",
            "11/21/2025",
            "11/21/2025 03:10 PM CST",
            "21/11/2025",
            "21.11.2025",
            "21-11-2025",
            "11-21-25",
            "21-Nov-2025",
            "21-nov-25",
            "21 Nov 2025",
            "21. November 2025",
            "21 nov. 2025",
            "Nov 21, 2025",
            "Friday, November 21, 2025",
            "Fri 21 Nov 2025",
            "16:00:00 CT 21 Nov 2025",
            "16:00:00 CT<br /> 21 Nov 2025",
            "20251121 17:00:00 US/Central",
            "2025-11-21 17:00:00 America/Chicago",
            "21NOV2025",
            "1763683200",
            "1763683200000",
            "1763683200000000000",
        ] {
            assert_eq!(
                spelled(text).and_then(|day| day.day(None)).map(|day| day.to_string()),
                Some("2025-11-21".to_owned()),
                "{text}"
            );
        }
        assert_eq!(serial("45982").unwrap().to_string(), "2025-11-21");
        for text in [
            "",
            "DEC 25",
            "Dec 2025",
            "ZQZ25",
            "2025-12",
            "21 Nov",
            "202512",
            "96.18",
            "-0.005",
            "114901",
            "2025-13-01",
            "2025-11-2",
            "Nov 31 2025",
            "UNCH",
            "1 2 3",
        ] {
            assert_eq!(spelled(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_as_it_is_written() {
        for (text, expected) in [
            ("14:00", "14:00:00"),
            ("14:00:30.123-05:00", "14:00:30"),
            ("02:00 PM CST", "14:00:00"),
            ("12:05:00 AM", "00:05:00"),
            ("140000", "14:00:00"),
            ("9:30", "09:30:00"),
        ] {
            assert_eq!(time_of_day(text).map(|time| time.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "noon", "25:00", "14", "14:xx"] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }

    #[test]
    fn digits_that_can_be_two_days_are_both() {
        let both = spelled("05/11/2025").unwrap();
        assert_eq!(both.day(None), None);
        assert_eq!(both.both().unwrap().map(|day| day.to_string()), ["2025-05-11", "2025-11-05"]);
        assert_eq!(both.day(Some(DayOrder::DayFirst)).unwrap().to_string(), "2025-11-05");
        assert_eq!(spelled("11/11/2025").unwrap().day(None).unwrap().to_string(), "2025-11-11");
        assert_eq!(spelled("21/11/2025").unwrap().order, Some(DayOrder::DayFirst));
    }

    #[test]
    fn months_have_names_in_several_languages() {
        for (name, month) in
            [("JLY", 7), ("juil.", 7), ("Juin", 6), ("März", 3), ("Okt", 10), ("déc", 12), ("Dezember", 12), ("Mai", 5)]
        {
            assert_eq!(month_of_name(name), Some(month), "{name}");
        }
        for name in ["ZQ", "Q", "x", "Total", "UNCH"] {
            assert_eq!(month_of_name(name), None, "{name}");
        }
    }
}
