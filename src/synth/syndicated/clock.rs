//! When an article appeared, and what its page says of that.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::outlets::Outlet;
use crate::synth::random::Draws;

/// 2026-01-01T00:00:00Z, in seconds since 1970.
pub(super) const BEGIN: i64 = 1_767_225_600;
/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;
/// No clock is wrong by more seconds; what a page says is further cut to the minute.
const WRONG: i32 = 80;
/// Times that are no further apart, in seconds, do not decide: two clocks, two cut minutes.
pub(super) const UNCERTAIN: i64 = 300;

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// By the number of the month.
const MONTHS: [&str; 13] =
    ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What a page says of its time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Stated {
    /// Seconds since 1970.
    Minute(i64),
    /// Days since 1970, of its outlet's calendar.
    Day(i64),
    Nothing,
}

impl Stated {
    /// Which of two is earlier, if what is said decides it.
    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        let day = |stated| match stated {
            Self::Minute(seconds) => Some(i64::div_euclid(seconds, DAY)),
            Self::Day(day) => Some(day),
            Self::Nothing => None,
        };
        let order = match (self, other) {
            (Self::Minute(a), Self::Minute(b)) if (a - b).abs() > UNCERTAIN => a.cmp(&b),
            (Self::Minute(_), Self::Minute(_)) => Ordering::Equal,
            _ => day(self)?.cmp(&day(other)?),
        };
        (order != Ordering::Equal).then_some(order)
    }

    /// Whether it is certainly earlier than another.
    pub(super) fn is_before(self, other: Self) -> bool {
        self.order(other) == Some(Ordering::Less)
    }
}

/// What a page of an outlet says of a moment, and how it is written.
pub(super) fn stated(at: i64, outlet: &Outlet, draws: &mut Draws) -> (Stated, String) {
    let span = 2 * WRONG.unsigned_abs() + 1;
    let wrong = i64::from(draws.below32(span)) - i64::from(WRONG);
    let (form, writing) = (draws.below(100), draws.below(8));
    let local = i64::from(outlet.zone) * 60;
    let mut minute = (at + wrong).div_euclid(60) * 60;
    // Midnight is what software writes for a day.
    if (minute + local).rem_euclid(DAY) == 0 || minute.rem_euclid(DAY) == 0 {
        minute += 60;
    }
    match form {
        0..3 => (Stated::Nothing, String::new()),
        3..11 => {
            let day = civil(minute, local).date();
            (Stated::Day((minute + local).div_euclid(DAY)), day.to_string())
        }
        _ => (Stated::Minute(minute), moment(minute, local, writing)),
    }
}

/// The local date and time of a moment, so many seconds ahead of UTC.
fn civil(seconds: i64, local: i64) -> DateTime {
    Offset::UTC.to_datetime(Timestamp::from_second(seconds + local).unwrap_or_default())
}

/// A moment as one of the usual programs writes it.
fn moment(seconds: i64, local: i64, writing: usize) -> String {
    if writing < 2 {
        return format!("{}Z", civil(seconds, 0));
    }
    let there = civil(seconds, local);
    let sign = if local < 0 { '-' } else { '+' };
    let (hours, minutes) = (local.abs() / 3_600, local.abs() / 60 % 60);
    if writing > 2 {
        return format!("{there}{sign}{hours:02}:{minutes:02}");
    }
    let weekday = WEEKDAYS[there.weekday().to_monday_zero_offset().unsigned_abs() as usize % 7];
    let month = MONTHS[there.month().unsigned_abs() as usize % 13];
    let (day, year, time) = (there.day(), there.year(), there.time());
    format!("{weekday}, {day:02} {month} {year} {time} {sign}{hours:02}{minutes:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::fmt::rfc2822::DateTimeParser;

    use crate::synth::random::Purpose;
    use crate::synth::syndicated::outlets::OUTLETS;

    #[test]
    fn what_is_written_is_what_is_meant() {
        let mut draws = Draws::new(1, Purpose::Story, 0);
        for _ in 0..500 {
            let at = BEGIN + i64::try_from(draws.below(9_000_000)).unwrap();
            let outlet = &OUTLETS[draws.below(OUTLETS.len())];
            let (meant, written) = stated(at, outlet, &mut draws);
            match meant {
                Stated::Nothing => assert_eq!(written, ""),
                Stated::Day(_) => assert_eq!(written.len(), 10),
                Stated::Minute(seconds) => {
                    assert!((seconds - at).abs() <= UNCERTAIN / 2);
                    let mail = DateTimeParser::new();
                    let read: Option<Timestamp> =
                        written.parse().ok().or_else(|| mail.parse_timestamp(&written).ok());
                    assert_eq!(read.unwrap().as_second(), seconds, "{written}");
                }
            }
        }
    }

    #[test]
    fn only_times_that_lie_apart_and_other_days_decide() {
        let (noon, day) = (Stated::Minute(BEGIN + DAY / 2), Stated::Day(BEGIN / DAY));
        let later = |by| Stated::Minute(BEGIN + DAY / 2 + by);
        assert!(noon.is_before(later(UNCERTAIN + 60)) && !later(UNCERTAIN + 60).is_before(noon));
        assert_eq!(noon.order(later(UNCERTAIN)), None);
        assert_eq!(noon.order(day), None);
        assert!(day.is_before(later(DAY)));
        assert_eq!(noon.order(Stated::Nothing), None);
    }
}
