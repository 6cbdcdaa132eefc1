//! Sources and the whole, added up from articles and clusters.

use super::articles::Articles;
use super::decisions::Decisions;
use super::model::{Article, ArticleClass, ArticlePair, Certainty, Cluster, Source, Totals, share};
use super::notes::Note;
use super::policy::Policy;
use super::sources::{SourceList, UNKNOWN};

/// The row of every source.
pub(super) fn sources(
    found: &Articles,
    policy: &Policy,
    articles: &[Article<'_>],
    clusters: &[Cluster<'_>],
    lags: &[Option<i64>],
) -> Vec<Source> {
    let mut sources: Vec<Source> =
        found.sources.records.iter().map(|record| named(record, &policy.sources)).collect();
    let mut originality: Vec<Vec<f64>> = vec![Vec::new(); sources.len()];
    let mut lags_of: Vec<Vec<i64>> = vec![Vec::new(); sources.len()];
    for (article, lag) in articles.iter().zip(lags) {
        let at = article.source as usize;
        add(&mut sources[at], article);
        if article.body_words > 0 {
            let original = article.body_words - article.reused_words;
            originality[at].push(share(original, article.body_words));
        }
        lags_of[at].extend(lag);
    }
    for cluster in clusters {
        let tells = cluster.sources > 1
            && !cluster.flags.has(Note::Short)
            && !policy.decisions.rejects(&cluster.id);
        if tells && cluster.first.certainty == Certainty::Certain {
            let first = &articles[cluster.first.article as usize];
            sources[first.source as usize].first_count += 1;
        }
    }
    for ((source, mut originality), mut lags) in sources.iter_mut().zip(originality).zip(lags_of) {
        originality.sort_by(f64::total_cmp);
        lags.sort_unstable();
        source.originality_mean = (!originality.is_empty()).then(|| mean(&originality));
        source.originality_median = median(&originality);
        source.median_lag_seconds = lags.get(lags.len().saturating_sub(1) / 2).copied();
    }
    sources
}

fn named(record: &super::sources::SourceRecord, list: &SourceList) -> Source {
    let or_else = |text: &str, other: &str| {
        if text.is_empty() { other.to_owned() } else { text.to_owned() }
    };
    let licensed = record.licensed_from.iter();
    Source {
        id: record.id.clone(),
        name: or_else(&record.name, &record.id),
        kind: or_else(&record.kind, "unknown"),
        family: record.family.clone(),
        country: record.country.clone(),
        language: record.language.clone(),
        licensed_from: licensed
            .map(|name| list.find(name).map_or_else(|| name.clone(), |known| known.id.clone()))
            .collect(),
        aliases: record.aliases.clone(),
        ..Source::default()
    }
}

fn add(source: &mut Source, article: &Article<'_>) {
    source.articles += 1;
    source.body_words += article.body_words;
    source.reused_words += article.reused_words;
    source.verbatim_words += article.verbatim_words;
    source.credited_words += article.credited_words;
    source.own_reused_words += article.own_reused_words;
    source.undecided_words += article.undecided_words;
    source.boilerplate_words += article.boilerplate_words;
    let classes = &mut source.classes;
    *match article.class {
        ArticleClass::Wholly => &mut classes.wholly,
        ArticleClass::Partially => &mut classes.partially,
        ArticleClass::NonDerived => &mut classes.non_derived,
        ArticleClass::CommonSource => &mut classes.common_source,
        ArticleClass::Incidental => &mut classes.incidental,
        ArticleClass::Undecided => &mut classes.undecided,
    } += 1;
}

/// The mean of shares, with four decimals. They are summed as whole numbers, so that no order of adding shows.
fn mean(shares: &[f64]) -> f64 {
    let millionths = |share: &f64| {
        u64::from(crate::ids::Similarity::from_number(*share).unwrap_or_default().millionths())
    };
    share(shares.iter().map(millionths).sum(), shares.len() as u64 * 1_000_000)
}

/// The middle of sorted shares; of two middles their mean.
fn median(shares: &[f64]) -> Option<f64> {
    let middle = shares.len() / 2;
    let upper = *shares.get(middle)?;
    if shares.len() % 2 == 1 {
        return Some(upper);
    }
    Some(mean(&[shares[middle - 1], upper]))
}

/// Everything added up.
pub(super) fn totals(
    decisions: &Decisions,
    (sources, articles): (&[Source], &[Article<'_>]),
    (clusters, pairs, passages): (&[Cluster<'_>], &[ArticlePair], usize),
) -> Totals {
    let sum = |of: fn(&Article<'_>) -> u64| articles.iter().map(of).sum();
    let mut totals = Totals {
        sources: sources.iter().filter(|source| source.id != UNKNOWN).count() as u64,
        articles: articles.len() as u64,
        dated_articles: articles.iter().filter(|it| it.published.is_some()).count() as u64,
        sentences: sum(|article| article.sentences.len() as u64),
        body_words: sum(|article| article.body_words),
        reused_words: sum(|article| article.reused_words),
        verbatim_words: sum(|article| article.verbatim_words),
        edited_words: sum(|article| article.edited_words),
        credited_words: sum(|article| article.credited_words),
        undecided_words: sum(|article| article.undecided_words),
        clusters: clusters.iter().filter(|it| !decisions.rejects(&it.id)).count() as u64,
        article_pairs: pairs.iter().filter(|it| !decisions.rejects(&it.id)).count() as u64,
        passages: passages as u64,
        own_update_pairs: pairs.iter().filter(|pair| pair.is_update).count() as u64,
        ..Totals::default()
    };
    let reused = articles.iter().flat_map(|article| &article.sentences);
    for sentence in reused.filter(|sentence| sentence.origin.is_some()) {
        totals.altered.numbers += u64::from(sentence.flags.has(Note::NumbersDiffer));
        totals.altered.negations += u64::from(sentence.flags.has(Note::NegationDiffers));
        totals.altered.names += u64::from(sentence.flags.has(Note::NamesDiffer));
        totals.altered.quotes += u64::from(sentence.flags.has(Note::QuoteAltered));
    }
    totals
}
