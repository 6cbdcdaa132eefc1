//! What stands in the cells of a table.

use std::borrow::Cow;

/// What a column holds; any cell may be missing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number with decimals.
    Decimal,
    /// True or false.
    Truth,
}

/// A column.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: Cow<'static, str>,
    /// What it holds.
    pub kind: Kind,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A number with decimals.
    Decimal(f64),
    /// True or false.
    Truth(bool),
    /// Nothing.
    Missing,
}

impl<'a> Cell<'a> {
    /// A text.
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A text, or nothing.
    pub(super) fn maybe(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Missing, Self::text)
    }

    /// A whole number, or nothing.
    pub(super) fn whole(number: Option<i64>) -> Self {
        number.map_or(Self::Missing, Self::Whole)
    }

    /// A number with decimals, or nothing.
    pub(super) fn decimal(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Decimal)
    }

    /// A count.
    pub(super) fn count(count: impl TryInto<i64>) -> Self {
        Self::Whole(count.try_into().unwrap_or(i64::MAX))
    }

    /// Several names, parted by blanks.
    pub(super) fn names(names: impl Iterator<Item = &'static str>) -> Self {
        Self::Text(names.collect::<Vec<_>>().join(" ").into())
    }
}

/// A column of text.
pub(super) const fn text(name: &'static str) -> (&'static str, Kind) {
    (name, Kind::Text)
}

/// A column of whole numbers.
pub(super) const fn whole(name: &'static str) -> (&'static str, Kind) {
    (name, Kind::Whole)
}

/// A column of numbers with decimals.
pub(super) const fn decimal(name: &'static str) -> (&'static str, Kind) {
    (name, Kind::Decimal)
}

/// A column of truth values.
pub(super) const fn truth(name: &'static str) -> (&'static str, Kind) {
    (name, Kind::Truth)
}
