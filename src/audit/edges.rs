//! Whose text stands later in whose articles: sources in pairs, over all pairs of their articles.
//!
//! What each article drew is added up as it comes and then forgotten; of a pair of articles four bytes remain, the time between them, for the
//! median. Cost: linear in the pairs.

use std::collections::BTreeMap;

use super::articles::Articles;
use super::model::{Credited, SourceEdge, share};
use super::origin::{Drawn, View};
use super::pairs::credited;

/// What is added up for a pair of sources.
#[derive(Default)]
struct Sum {
    edge: SourceEdge,
    /// Articles of the earlier source, a bit each by their position in it.
    from: Vec<u64>,
    /// Minutes between articles.
    lags: Vec<u32>,
}

/// All pairs of sources.
#[derive(Default)]
pub(super) struct Edges {
    sums: BTreeMap<(u32, u32), Sum>,
    /// The position of each article among those of its source.
    position: Vec<u32>,
    /// Articles of each source.
    articles: Vec<u64>,
}

impl Edges {
    pub(super) fn new(articles: &Articles) -> Self {
        let mut counts = vec![0; articles.sources.records.len()];
        let position = articles.pieces.iter().map(|piece| {
            let count: &mut u64 = &mut counts[piece.source as usize];
            *count += 1;
            u32::try_from(*count - 1).unwrap_or(u32::MAX)
        });
        let position = position.collect();
        Self { sums: BTreeMap::new(), position, articles: counts }
    }

    /// Adds what an article drew.
    pub(super) fn add(&mut self, view: &View<'_>, article: u32, drawn: &[Drawn]) {
        let own = view.piece(article);
        for drawn in drawn {
            if drawn.undecided > 0 {
                for key in [(drawn.source, own.source), (own.source, drawn.source)] {
                    self.sums.entry(key).or_default().edge.undecided_edges += drawn.undecided;
                    if drawn.source == own.source {
                        break;
                    }
                }
            }
            if drawn.earlier.is_empty() {
                continue;
            }
            let sum = self.sums.entry((drawn.source, own.source)).or_default();
            add(sum, drawn);
            for &(other, lag) in &drawn.earlier {
                let is_credited = credited(view, view.piece(other), own) == Credited::Yes;
                sum.edge.credited_edges += u64::from(is_credited);
                let bit = self.position[other as usize] as usize;
                if sum.from.len() <= bit / 64 {
                    sum.from.resize(bit / 64 + 1, 0);
                }
                sum.from[bit / 64] |= 1 << (bit % 64);
                sum.lags.extend(lag);
            }
        }
    }

    /// The table, by both sources.
    pub(super) fn finish(self) -> Vec<SourceEdge> {
        let articles = self.articles;
        let edge = |((from, to), mut sum): ((u32, u32), Sum)| {
            sum.lags.sort_unstable();
            let from_articles = sum.from.iter().map(|bits| u64::from(bits.count_ones())).sum();
            SourceEdge {
                from,
                to,
                from_articles,
                from_share: share(from_articles, articles[from as usize]),
                to_share: share(sum.edge.to_articles, articles[to as usize]),
                lag_median: quantile(&sum.lags, 50),
                lag_p10: quantile(&sum.lags, 10),
                lag_p90: quantile(&sum.lags, 90),
                ..sum.edge
            }
        };
        self.sums.into_iter().map(edge).collect()
    }
}

fn add(sum: &mut Sum, drawn: &Drawn) {
    let edge = &mut sum.edge;
    edge.to_articles += 1;
    edge.edges += drawn.earlier.len() as u64;
    edge.words += drawn.words;
    edge.verbatim += drawn.verbatim;
    edge.first_only_edges += drawn.first_only;
    let [numbers, negations, names, quotes] = drawn.changed;
    edge.changed_numbers += numbers;
    edge.changed_negations += negations;
    edge.changed_names += names;
    edge.changed_quotes += quotes;
}

/// The value at a percentile of sorted minutes, in seconds: the nearest rank.
fn quantile(minutes: &[u32], percent: usize) -> Option<i64> {
    let rank = (minutes.len() * percent).div_ceil(100).max(1) - 1;
    minutes.get(rank).map(|&minutes| i64::from(minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_a_value_that_was_measured() {
        let minutes: Vec<u32> = (1..=10).collect();
        assert_eq!(quantile(&minutes, 50), Some(300));
        assert_eq!(quantile(&minutes, 10), Some(60));
        assert_eq!(quantile(&minutes, 90), Some(540));
        assert_eq!(quantile(&[], 50), None);
    }
}
