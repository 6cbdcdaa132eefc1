//! A record's fields: which of its names means what.

use crate::config::Fields;
use crate::corpus::Metadata;

/// What a field of a record means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Field {
    Text,
    Id,
    Source,
    Date,
    Url,
    Title,
    Language,
}

/// Something for each field.
pub(super) type PerField<T> = [T; Field::ALL.len()];

impl Field {
    /// All fields; a field's position is its number.
    pub(super) const ALL: [Self; 7] =
        [Self::Text, Self::Id, Self::Source, Self::Date, Self::Url, Self::Title, Self::Language];

    /// Its position in [`ALL`](Self::ALL).
    pub(super) const fn index(self) -> usize {
        self as usize
    }

    /// The names it may have, the preferred one first.
    pub(super) fn names(self, fields: &Fields) -> &[String] {
        match self {
            Self::Text => &fields.text,
            Self::Id => &fields.id,
            Self::Source => &fields.source,
            Self::Date => &fields.date,
            Self::Url => &fields.url,
            Self::Title => &fields.title,
            Self::Language => &fields.language,
        }
    }

    /// Its preferred name, for messages.
    pub(super) fn name(self, fields: &Fields) -> &str {
        self.names(fields).first().map_or("text", String::as_str)
    }

    /// How far behind the preferred name of a field this name is: 0 is the preferred one. Behind all names as they are
    /// written come those in other case, unless there is only one, which somebody chose.
    pub(super) fn rank(self, fields: &Fields, name: &str) -> Option<usize> {
        let names = self.names(fields);
        let in_other_case = || {
            let known = names.iter().filter(|_| names.len() > 1);
            known.into_iter().position(|known| known.eq_ignore_ascii_case(name))
        };
        let exact = names.iter().position(|known| known == name);
        exact.or_else(|| in_other_case().map(|rank| rank + names.len()))
    }

    /// The name, as it is known, that has this rank.
    pub(super) fn ranked(self, fields: &Fields, rank: usize) -> &str {
        let names = self.names(fields);
        names.get(rank % names.len().max(1)).map_or("", String::as_str)
    }

    /// Notes its value; a blank one is none.
    pub(super) fn set(self, metadata: &mut Metadata, value: String) {
        let place = match self {
            Self::Text => return,
            Self::Id => &mut metadata.id,
            Self::Source => &mut metadata.source,
            Self::Date => &mut metadata.date,
            Self::Url => &mut metadata.url,
            Self::Title => &mut metadata.title,
            Self::Language => &mut metadata.language,
        };
        *place = (!value.trim().is_empty()).then_some(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_stands_at_its_own_position() {
        for (position, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field.index(), position);
        }
    }

    #[test]
    fn earlier_names_are_preferred() {
        let fields = Fields::default();
        assert_eq!(Field::Text.rank(&fields, "text"), Some(0));
        assert_eq!(Field::Text.rank(&fields, "content"), Some(1));
        assert_eq!(Field::Text.rank(&fields, "title"), None);
    }

    #[test]
    fn usual_names_count_in_any_case_and_a_chosen_one_as_it_is_written() {
        let usual = Fields::default();
        assert!(Field::Text.rank(&usual, "sentences") < Field::Text.rank(&usual, "Text"));
        let rank = Field::Url.rank(&usual, "URL").unwrap();
        assert_eq!(Field::Url.ranked(&usual, rank), "url");
        let chosen = Fields { text: vec!["Body".to_owned()], ..usual };
        assert_eq!(Field::Text.rank(&chosen, "body"), None);
    }
}
