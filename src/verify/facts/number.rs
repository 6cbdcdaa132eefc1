//! A number as it is compared: an exact value and its unit, a date, a time of day, or an identifier.

use std::fmt;

/// An exact fraction in lowest terms.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Ratio {
    negative: bool,
    over: u128,
    under: u128,
}

impl Ratio {
    /// `over / under`; `None` if `under` is 0.
    pub fn new(over: u128, under: u128) -> Option<Self> {
        let divisor = common_divisor(over, under);
        (under > 0).then(|| Self { negative: false, over: over / divisor, under: under / divisor })
    }

    /// A whole number.
    pub const fn whole(number: u128) -> Self {
        Self { negative: false, over: number, under: 1 }
    }

    /// The same number below zero; zero is never negative.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { negative: !self.negative && self.over > 0, ..self }
    }

    /// The product; `None` past 2¹²⁸.
    pub fn times(self, factor: Self) -> Option<Self> {
        let product =
            Self::new(self.over.checked_mul(factor.over)?, self.under.checked_mul(factor.under)?)?;
        Some(if self.negative == factor.negative { product } else { product.negated() })
    }

    /// The sum of two numbers, the second with the sign of the first; `None` past 2¹²⁸.
    pub fn extended_by(self, part: Self) -> Option<Self> {
        let over =
            self.over.checked_mul(part.under)?.checked_add(part.over.checked_mul(self.under)?)?;
        let sum = Self::new(over, self.under.checked_mul(part.under)?)?;
        Some(if self.negative { sum.negated() } else { sum })
    }

    /// The number with a decimal point, where six decimals say it exactly; else as a fraction.
    ///
    /// ```
    /// use twicetold::verify::facts::Ratio;
    /// assert_eq!(Ratio::new(21, 5).unwrap().in_decimals(), "4.2");
    /// assert_eq!(Ratio::new(1, 3).unwrap().negated().in_decimals(), "-1/3");
    /// ```
    pub fn in_decimals(self) -> String {
        const MILLION: u128 = 1_000_000;
        let is_exact = MILLION.is_multiple_of(self.under);
        let millionths = self.over.checked_mul(MILLION / self.under).filter(|_| is_exact);
        let Some(millionths) = millionths else { return self.to_string() };
        let sign = if self.negative { "-" } else { "" };
        let digits = format!("{sign}{}.{:06}", millionths / MILLION, millionths % MILLION);
        digits.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Whether it is a whole number, of whatever sign.
    pub const fn is_whole(self) -> bool {
        self.under == 1
    }

    /// Whether it lies between 0 and 1.
    pub const fn is_part(self) -> bool {
        !self.negative && self.over < self.under
    }
}

const fn common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

/// What a number counts.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub enum Unit {
    /// Nothing that is read here.
    #[default]
    None,
    /// Hundredths.
    Percent,
    /// Thousandths.
    PerMille,
    /// A place in an order: 3rd, third.
    Ordinal,
    /// A currency by its sign: `$`, `£`, `€`, `¥`, `₹`, `₽`, `¢`, or another.
    Currency(char),
}

/// A number of a sentence.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Number {
    /// So much of something.
    Amount {
        /// How much.
        value: Ratio,
        /// Of what.
        unit: Unit,
    },
    /// More or less than so much.
    Bound {
        /// `<`, `>`, `≤` or `≥`.
        sign: char,
        /// Than how much.
        value: Ratio,
        /// Of what.
        unit: Unit,
    },
    /// A day of the year, or a month.
    Date {
        /// 1 to 12.
        month: u8,
        /// 1 to 31, if given.
        day: Option<u8>,
        /// The year, if given.
        year: Option<u16>,
    },
    /// A time of day in minutes since midnight.
    Time(u16),
    /// A word with digits that is compared letter by letter: FM1506, 052, 4x4.
    Identifier(String),
}

impl Number {
    /// The number as [`Display`](fmt::Display) writes it, but with decimals.
    pub fn in_decimals(&self) -> String {
        let number = self.to_string();
        match self {
            Self::Amount { value, .. } | Self::Bound { value, .. } => {
                number.replacen(&value.to_string(), &value.in_decimals(), 1)
            }
            _ => number,
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        match self.under {
            1 => write!(out, "{sign}{}", self.over),
            under => write!(out, "{sign}{}/{under}", self.over),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount { value, unit } => write_amount(out, *value, *unit),
            Self::Bound { sign, value, unit } => {
                write!(out, "{sign}")?;
                write_amount(out, *value, *unit)
            }
            Self::Date { month, day, year } => {
                year.map_or(Ok(()), |year| write!(out, "{year}"))?;
                write!(out, "-{month:02}")?;
                day.map_or(Ok(()), |day| write!(out, "-{day:02}"))
            }
            Self::Time(minutes) => write!(out, "{:02}:{:02}", minutes / 60, minutes % 60),
            Self::Identifier(word) => write!(out, "{word}"),
        }
    }
}

fn write_amount(out: &mut fmt::Formatter<'_>, value: Ratio, unit: Unit) -> fmt::Result {
    match unit {
        Unit::None => write!(out, "{value}"),
        Unit::Percent => write!(out, "{value}%"),
        Unit::PerMille => write!(out, "{value}‰"),
        Unit::Ordinal => write!(out, "{value}."),
        Unit::Currency(sign) => write!(out, "{sign}{value}"),
    }
}
