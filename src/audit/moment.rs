//! When an article was published, as exactly as its date says.
//!
//! Understood are ISO 8601 (`2004-06-05T10:00:00+02:00`, `2004-06-05 10:00`, `2004-06-05`), RFC 2822 (`Sat, 05 Jun 2004 10:00:00 GMT`) and plain
//! digits (`20040605`, `200406051000`, `20040605100000`). A time without a zone counts as UTC, and is told to be without one. Midnight to the
//! second is what software writes for "that day": it has the precision of a day, so that it cannot decide who was first.
//!
//! Of two moments one is *certainly* earlier where both have a minute and lie further apart than clocks are trusted, or where
//! their days (UTC) differ and one of them is no more than a day. Everything else is a tie.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// How exactly a moment is known.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Precision {
    /// To the minute or better.
    Minute,
    /// To the day.
    Day,
}

impl Precision {
    /// The name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minute => "minute",
            Self::Day => "day",
        }
    }
}

/// A moment of publication.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z; of a day its first.
    pub seconds: i64,
    /// How exactly.
    pub precision: Precision,
    /// Whether the date named its zone.
    pub has_zone: bool,
}

impl Moment {
    /// Reads a date; `None` if it is none that is known.
    ///
    /// ```
    /// use twicetold::audit::Moment;
    /// let shown = |date| Moment::read(date).map(|moment| moment.to_string());
    /// assert_eq!(shown("2004-06-05T12:00:00+02:00").as_deref(), Some("2004-06-05T10:00:00Z"));
    /// assert_eq!(shown("20040605").as_deref(), Some("2004-06-05"));
    /// assert_eq!(shown("last Tuesday"), None);
    /// ```
    pub fn read(date: &str) -> Option<Self> {
        let date = date.trim();
        if date.bytes().all(|byte| byte.is_ascii_digit()) {
            return of_digits(date);
        }
        with_zone(date).or_else(|| without_zone(date))
    }

    /// The day it is on (UTC), in days since 1970.
    pub const fn day(self) -> i64 {
        self.seconds.div_euclid(DAY)
    }

    /// Which of two is certainly earlier; `Equal` where that cannot be told. Times that lie apart by no more than `tolerance` seconds are a tie.
    ///
    /// ```
    /// use twicetold::audit::Moment;
    /// let at = |date| Moment::read(date).unwrap();
    /// let (nine, day) = (at("2004-06-05T09:00:00Z"), at("2004-06-05"));
    /// assert!(nine.order(at("2004-06-05T09:06:00Z"), 300).is_lt());
    /// assert!(nine.order(at("2004-06-05T09:05:00Z"), 300).is_eq());
    /// assert!(nine.order(day, 300).is_eq() && day.order(at("2004-06-06"), 300).is_lt());
    /// ```
    pub fn order(self, other: Self, tolerance: i64) -> Ordering {
        if self.precision == Precision::Day || other.precision == Precision::Day {
            return self.day().cmp(&other.day());
        }
        let apart = (self.seconds - other.seconds).abs();
        if apart > tolerance { self.seconds.cmp(&other.seconds) } else { Ordering::Equal }
    }
}

/// ISO 8601 in UTC, a day without a time.
impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ok(instant) = Timestamp::from_second(self.seconds) else { return Ok(()) };
        let shown = instant.to_string();
        match self.precision {
            Precision::Minute => out.write_str(&shown),
            Precision::Day => out.write_str(shown.split('T').next().unwrap_or_default()),
        }
    }
}

/// `YYYYMMDD`, with hours and minutes, and with seconds.
fn of_digits(digits: &str) -> Option<Moment> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i8>().ok();
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let date = Date::new(year, part(4, 6)?, part(6, 8)?).ok()?;
    match digits.len() {
        8 => of_civil(date.to_datetime(jiff::civil::Time::midnight()), Precision::Day),
        12 => of_civil(date.at(part(8, 10)?, part(10, 12)?, 0, 0), Precision::Minute),
        14 => {
            // A leap second is the last of its minute.
            let seconds = part(12, 14)?.min(59);
            of_civil(date.at(part(8, 10)?, part(10, 12)?, seconds, 0), Precision::Minute)
        }
        _ => None,
    }
}

/// A moment whose zone the date names.
fn with_zone(date: &str) -> Option<Moment> {
    let instant = DateTimeParser::new().parse_timestamp(date);
    let instant = instant.or_else(|_| rfc2822::DateTimeParser::new().parse_timestamp(date)).ok()?;
    let seconds = instant.as_second();
    let local_midnight = date.contains("00:00:00") && seconds.rem_euclid(DAY) == 0;
    let precision = if local_midnight { Precision::Day } else { Precision::Minute };
    Some(Moment { seconds, precision, has_zone: true })
}

/// A moment, or a day, of no zone.
fn without_zone(date: &str) -> Option<Moment> {
    let civil: DateTime = DateTimeParser::new().parse_datetime(date).ok()?;
    let is_day = civil.time() == jiff::civil::Time::midnight();
    of_civil(civil, if is_day { Precision::Day } else { Precision::Minute })
}

fn of_civil(civil: DateTime, precision: Precision) -> Option<Moment> {
    let seconds = TimeZone::UTC.to_timestamp(civil).ok()?.as_second();
    Some(Moment { seconds, precision, has_zone: false })
}

/// Reads a span of time: `90s`, `5m`, `2h`, `1d`, or seconds; `None` if it is none.
///
/// ```
/// use twicetold::audit::seconds;
/// assert_eq!((seconds("5m"), seconds("2h"), seconds("90")), (Some(300), Some(7200), Some(90)));
/// assert_eq!(seconds("soon"), None);
/// ```
pub fn seconds(span: &str) -> Option<i64> {
    let span = span.trim();
    let digits = span.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match span.get(digits.len()..)? {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => DAY,
        _ => return None,
    };
    digits.trim().parse::<u32>().ok().map(|number| i64::from(number) * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_known_kind_are_read_with_their_zone_and_precision() {
        for (date, shown) in [
            ("2004-06-05T12:00:00+02:00", Some("2004-06-05T10:00:00Z")),
            ("2004-06-05T10:00:00Z", Some("2004-06-05T10:00:00Z")),
            ("2004-06-05 10:00", Some("2004-06-05T10:00:00Z")),
            ("2004-06-05", Some("2004-06-05")),
            ("2004-06-05T00:00:00Z", Some("2004-06-05")),
            ("20040605", Some("2004-06-05")),
            ("200406051030", Some("2004-06-05T10:30:00Z")),
            ("20040605103015", Some("2004-06-05T10:30:15Z")),
            ("Sat, 05 Jun 2004 10:00:00 GMT", Some("2004-06-05T10:00:00Z")),
            ("Sat, 5 Jun 2004 10:00:00 -0500", Some("2004-06-05T15:00:00Z")),
            ("20041305", None),
            ("5 June", None),
            ("", None),
        ] {
            let read = Moment::read(date).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), shown, "{date}");
        }
        assert!(!Moment::read("2004-06-05 10:00").unwrap().has_zone);
        assert!(Moment::read("2004-06-05T10:00:00Z").unwrap().has_zone);
    }

    #[test]
    fn a_span_has_a_unit() {
        assert_eq!(seconds("1d"), Some(86_400));
        assert_eq!(seconds("-5m"), None);
        assert_eq!(seconds("5x"), None);
    }
}
