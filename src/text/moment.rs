//! [`Zone`]: a time zone by its IANA name; and [`Clock`]: moments out of what files write.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use crate::text::cell::few_digits;
use crate::units::NotAccepted;

/// A time zone by its IANA name, daylight saving included.
///
/// ```
/// use fedpath::moments::Zone;
/// let chicago: Zone = "America/Chicago".parse()?;
/// let local = "2025-10-29T13:00:00".parse().unwrap();
/// assert_eq!(chicago.instant(local)?.to_string(), "2025-10-29 18:00:00 UTC");
/// // The hour that comes twice when summer time ends.
/// assert!(chicago.instant("2025-11-02T01:30:00".parse().unwrap()).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

/// Why a local time is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoMoment {
    /// The text is no time that can be read.
    NotATime,
    /// A local time, and no zone is known.
    NoZone,
    /// The clock shows it twice, when summer time ends.
    Twice,
    /// The clock never shows it, when summer time begins.
    Never,
}

impl fmt::Display for NoMoment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotATime => "a time such as 2025-10-29T14:00:00-04:00, or nanoseconds since 1970",
            Self::NoZone => {
                "a time with its offset, such as 2025-10-29T14:00:00-04:00, or a zone for times without one"
            }
            Self::Twice => "a time with its offset where the clock shows it twice, as summer time ends",
            Self::Never => "a time that the clock shows: it is skipped as summer time begins",
        })
    }
}

impl std::error::Error for NoMoment {}

impl Zone {
    /// New York, where decisions of the FOMC are announced.
    pub const NEW_YORK: Self = Self(Tz::America__New_York);
    /// Chicago, whose time the exchange's files have.
    pub const CHICAGO: Self = Self(Tz::America__Chicago);

    /// The moment of a local time.
    ///
    /// # Errors
    /// [`NoMoment::Twice`] and [`NoMoment::Never`], where the clock is changed.
    pub fn instant(self, local: NaiveDateTime) -> Result<DateTime<Utc>, NoMoment> {
        match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) => Ok(moment.to_utc()),
            MappedLocalTime::Ambiguous(..) => Err(NoMoment::Twice),
            MappedLocalTime::None => Err(NoMoment::Never),
        }
    }

    /// The local time of a moment, with its offset.
    #[must_use]
    pub fn local(self, moment: DateTime<Utc>) -> DateTime<FixedOffset> {
        let local = moment.with_timezone(&self.0);
        local.with_timezone(&local.offset().fix())
    }
}

impl FromStr for Zone {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| NotAccepted::expected("a time zone such as America/Chicago or UTC"))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0.name())
    }
}

const NANOSECONDS: i64 = 1_000_000_000;

/// Reads moments one after another, most of them of the hour of the last.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    zone: Option<Zone>,
    /// The last date, and its days since 1970.
    date: ([u8; 10], i64),
    /// The last local hour since 1970, and its offset in seconds.
    hour: Option<(i64, i64)>,
}

impl Clock {
    /// A clock for times that have no offset, where a zone is known.
    pub(crate) fn new(zone: Option<Zone>) -> Self {
        Self { zone, date: (*b"1970-01-01", 0), hour: None }
    }

    /// Nanoseconds since 1970: of an ISO time with an offset or in the zone, or of digits alone since 1970 in seconds,
    /// milliseconds, microseconds or nanoseconds.
    pub(crate) fn read(&mut self, text: &[u8]) -> Result<i64, NoMoment> {
        let digits = text.len() >= 10 && text.iter().all(u8::is_ascii_digit);
        if digits {
            let unit = match text.len() {
                10 => NANOSECONDS,
                13 => 1_000_000,
                16 => 1_000,
                19 => 1,
                _ => return Err(NoMoment::NotATime),
            };
            let count = std::str::from_utf8(text).ok().and_then(|text| text.parse::<i64>().ok());
            return count.and_then(|count| count.checked_mul(unit)).ok_or(NoMoment::NotATime);
        }
        let (date, rest) = text.split_at_checked(10).ok_or(NoMoment::NotATime)?;
        let days = self.days(date).ok_or(NoMoment::NotATime)?;
        let [b'T' | b' ', clock @ ..] = rest else { return Err(NoMoment::NotATime) };
        let end = clock.iter().position(|b| !matches!(b, b'0'..=b'9' | b':' | b'.')).unwrap_or(clock.len());
        let (clock, offset) = clock.split_at(end);
        let (seconds, fraction) = time_of_day(clock).ok_or(NoMoment::NotATime)?;
        let local = days * 86_400 + seconds;
        let offset = match offset.trim_ascii() {
            b"" => self.offset(local)?,
            b"Z" | b"z" => 0,
            offset => read_offset(offset).ok_or(NoMoment::NotATime)?,
        };
        (local - offset).checked_mul(NANOSECONDS).and_then(|at| at.checked_add(fraction)).ok_or(NoMoment::NotATime)
    }

    fn days(&mut self, date: &[u8]) -> Option<i64> {
        if self.date.0 != date {
            let day = crate::text::cell::iso_day(date)?;
            let days = day.signed_duration_since(NaiveDate::default()).num_days();
            self.date = (date.try_into().ok()?, days);
        }
        Some(self.date.1)
    }

    /// The offset of the zone at a local time, in seconds: clocks are changed on the hour.
    fn offset(&mut self, local: i64) -> Result<i64, NoMoment> {
        let hour = local.div_euclid(3_600);
        if let Some((_, offset)) = self.hour.filter(|(known, _)| *known == hour) {
            return Ok(offset);
        }
        let zone = self.zone.ok_or(NoMoment::NoZone)?;
        let time = DateTime::from_timestamp(local, 0).ok_or(NoMoment::NotATime)?.naive_utc();
        let offset = local - zone.instant(time)?.timestamp();
        self.hour = Some((hour, offset));
        Ok(offset)
    }
}

/// `14:00`, `14:00:00`, `14:00:00.123456789`: seconds, and nanoseconds beside them.
fn time_of_day(text: &[u8]) -> Option<(i64, i64)> {
    let two = |part: &[u8], below: u32| few_digits(part).filter(|n| part.len() == 2 && *n < below).map(i64::from);
    let (clock, fraction) = match text.iter().position(|b| *b == b'.') {
        Some(point) => (&text[..point], &text[point + 1..]),
        None => (text, [].as_slice()),
    };
    let seconds = match clock {
        [h @ .., b':', m1, m2] if h.len() == 2 => 3_600 * two(h, 24)? + 60 * two(&[*m1, *m2], 60)?,
        [h1, h2, b':', m1, m2, b':', s @ ..] => {
            3_600 * two(&[*h1, *h2], 24)? + 60 * two(&[*m1, *m2], 60)? + two(s, 61)?
        }
        _ => return None,
    };
    if text.len() > clock.len() && !(1..=9).contains(&fraction.len()) {
        return None;
    }
    let mut nanoseconds = 0;
    for place in 0..9 {
        let digit = fraction.get(place).copied().unwrap_or(b'0');
        nanoseconds = nanoseconds * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    Some((seconds, nanoseconds))
}

/// `+05:30`, `-0400`, `-04`: seconds east.
fn read_offset(text: &[u8]) -> Option<i64> {
    let (sign, rest) = match text {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [h1, h2] => ([*h1, *h2], [b'0'; 2]),
        [h1, h2, b':', m1, m2] | [h1, h2, m1, m2] => ([*h1, *h2], [*m1, *m2]),
        _ => return None,
    };
    let (hours, minutes) = (few_digits(&hours)?, few_digits(&minutes)?);
    (hours < 24 && minutes < 60).then(|| sign * i64::from(3_600 * hours + 60 * minutes))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{Clock, NoMoment};

    fn told(zone: &str, text: &str) -> Result<String, NoMoment> {
        let moment = Clock::new(zone.parse().ok()).read(text.as_bytes())?;
        Ok(DateTime::from_timestamp_nanos(moment).to_rfc3339())
    }

    #[test]
    fn a_moment_is_written_in_many_ways() {
        for text in [
            "2025-10-29T14:00:00-04:00",
            "2025-10-29 14:00:00-0400",
            "2025-10-29T18:00Z",
            "2025-10-29T18:00:00.000000000Z",
            "2025-10-29T23:30:00+05:30",
            "1761760800",
            "1761760800000",
            "1761760800000000",
            "1761760800000000000",
        ] {
            assert_eq!(told("", text).unwrap(), "2025-10-29T18:00:00+00:00", "{text}");
        }
        assert_eq!(told("", "2025-10-29T18:00:00.5Z").unwrap(), "2025-10-29T18:00:00.500+00:00");
    }

    #[test]
    fn a_zone_follows_its_clock() {
        assert_eq!(told("America/Chicago", "2025-10-29 13:00:00").unwrap(), "2025-10-29T18:00:00+00:00");
        assert_eq!(told("America/Chicago", "2025-12-10 13:00:00").unwrap(), "2025-12-10T19:00:00+00:00");
        assert_eq!(told("UTC", "2025-10-29T18:00").unwrap(), "2025-10-29T18:00:00+00:00");
        // Before and after the hour in which the clock is changed.
        let mut clock = Clock::new("America/Chicago".parse().ok());
        let times = ["2025-11-02 00:59:59", "2025-11-02 02:00:00"].map(|text| clock.read(text.as_bytes()).unwrap());
        assert_eq!(times[1] - times[0], 7_201 * super::NANOSECONDS);
    }

    #[test]
    fn what_is_no_moment_says_why() {
        assert_eq!(told("", "2025-10-29T14:00:00"), Err(NoMoment::NoZone));
        assert_eq!(told("America/Chicago", "2025-11-02T01:30:00"), Err(NoMoment::Twice));
        assert_eq!(told("America/Chicago", "2025-03-09T02:30:00"), Err(NoMoment::Never));
        for text in [
            "",
            "2025-10-29",
            "2025-10-29T",
            "2025-10-29T25:00Z",
            "2025-13-01T10:00Z",
            "2025-10-29T10:00:00.Z",
            "123456789012",
            "2025-10-29T10:00:00x",
            "noon",
        ] {
            assert_eq!(told("UTC", text), Err(NoMoment::NotATime), "{text}");
        }
    }
}
