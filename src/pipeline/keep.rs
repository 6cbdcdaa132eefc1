//! Which member of a cluster is its survivor: shown first, and kept when repeats are removed. It never changes who is in it.

use std::cmp::Reverse;

use super::assemble::Sources;
use crate::cluster::Cluster;
use crate::config::Keep;
use crate::corpus::Sentence;
use crate::ids::SentenceId;

/// The members with the survivor first and the rest in the order of input.
pub(crate) fn survivor_first(sources: &Sources<'_>, cluster: &Cluster) -> Vec<SentenceId> {
    let members = || cluster.members.iter().copied();
    let survivor = match &sources.comparison.config.keep {
        Keep::First => members().min(),
        Keep::Central => Some(cluster.representative),
        Keep::Latest => {
            members().min_by_key(|&member| (latest_first(&latest(sources, member)), member))
        }
        Keep::Longest => members().max_by_key(|&member| (length(sources, member), Reverse(member))),
        Keep::Earliest => members().min_by_key(|&member| (earliest(sources, member), member)),
        Keep::Source(name) => members().min_by_key(|&member| {
            (!stands_in(sources, member, name), earliest(sources, member), member)
        }),
    };
    let survivor = survivor.unwrap_or(cluster.representative);
    let rest = members().filter(|&member| member != survivor);
    std::iter::once(survivor).chain(rest).collect()
}

fn length(sources: &Sources<'_>, sentence: SentenceId) -> usize {
    sources.prepared.text(sources.corpus, sentence).chars().count()
}

/// The earliest date among its places as digits from the year to the second; a place without a date counts as later than any.
fn earliest(sources: &Sources<'_>, sentence: SentenceId) -> String {
    let date = |place: &Sentence| sortable(sources.corpus.about(place.document).date?);
    let dates =
        sources.prepared.places(sentence).map(|place| date(place).unwrap_or("~".to_owned()));
    dates.min().unwrap_or_default()
}

fn stands_in(sources: &Sources<'_>, sentence: SentenceId, source: &str) -> bool {
    let of_source = |place: &Sentence| sources.corpus.about(place.document).source == Some(source);
    sources.prepared.places(sentence).any(of_source)
}

/// The latest date among its places, `~` if none has one.
fn latest(sources: &Sources<'_>, sentence: SentenceId) -> String {
    let date = |place: &Sentence| sortable(sources.corpus.about(place.document).date?);
    sources.prepared.places(sentence).filter_map(date).max().unwrap_or("~".to_owned())
}

/// Digits of a date that sort the latest first; a missing date stays behind all.
pub(super) fn latest_first(date: &str) -> String {
    let turned = |c: char| c.to_digit(10).and_then(|digit| char::from_digit(9 - digit, 10));
    date.chars().map(|c| turned(c).unwrap_or(c)).collect()
}

/// `20220108`, `2022-01-08` and `2022-01-08T10:00:00Z` as digits that sort; `None` if it does not begin with a year.
pub(super) fn sortable(date: &str) -> Option<String> {
    let digits: String = date.chars().filter(char::is_ascii_digit).take(14).collect();
    let year_first = date.len() >= 4 && date.bytes().take(4).all(|byte| byte.is_ascii_digit());
    (year_first && digits.len() >= 8).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{latest_first, sortable};

    #[test]
    fn the_latest_comes_first_and_a_missing_date_last() {
        let mut dates = ["20220108", "~", "20230108", "20220108100000"].map(latest_first);
        dates.sort();
        assert_eq!(dates, ["20230108", "20220108", "20220108100000", "~"].map(latest_first));
    }

    #[test]
    fn dates_sort_whatever_their_punctuation() {
        assert_eq!(sortable("20220108"), sortable("2022-01-08"));
        assert!(sortable("2022-01-08T09:00:00Z") < sortable("2022-01-08T10:00:00Z"));
        assert_eq!(sortable("8 January 2022"), None);
    }
}
