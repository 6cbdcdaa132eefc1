//! Who used an article: everybody who carries a sentence of it, and from whom it has its own.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::decisions::{Decision, Verdict};
use super::model::{Audit, Certainty};
use super::moment::Moment;
use super::pairs::pair_id;

/// An article that shares text with the one that is asked about.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Sharing {
    /// Its position.
    pub article: u32,
    /// Words of the article that is asked about, in sentences that both carry.
    pub words: u64,
    /// Of them those in sentences that are the same.
    pub verbatim_words: u64,
    /// Whether the order of the two is certain.
    pub certainty: Certainty,
    /// Whether it is of the same source.
    pub is_own: bool,
}

/// Who shares text with an article.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Uses {
    /// Articles that are certainly earlier, those that share most first.
    pub earlier: Vec<Sharing>,
    /// Articles that are certainly later, in the order of time.
    pub later: Vec<Sharing>,
    /// Articles of which neither can be told, those that share most first.
    pub undecided: Vec<Sharing>,
}

/// Finds everybody who shares a sentence with an article. Cost: the places of its sentences.
pub fn uses(audit: &Audit<'_>, article: u32) -> Uses {
    let own = &audit.articles[article as usize];
    let mut sharing: BTreeMap<u32, Sharing> = BTreeMap::new();
    for sentence in &own.sentences {
        let is_body = matches!(sentence.kind, "body" | "quote");
        let Some(cluster) = sentence.cluster.filter(|_| is_body) else { continue };
        let cluster = &audit.clusters[cluster as usize];
        if is_rejected(audit.decision(&cluster.id)) {
            continue;
        }
        let mut here: BTreeMap<u32, bool> = BTreeMap::new();
        let wording = |variant: u32| cluster.variants[variant as usize].id;
        for &(other, _, variant) in cluster.members.iter().filter(|member| member.0 != article) {
            let both = sentence.variant.map(|own| (wording(own), wording(variant)));
            if both.is_some_and(|(a, b)| is_rejected(audit.decision_of_wordings(a, b))) {
                continue;
            }
            *here.entry(other).or_default() |= Some(variant) == sentence.variant;
        }
        for (other, is_same) in here {
            let shared = sharing.entry(other).or_default();
            shared.words += u64::from(sentence.words);
            shared.verbatim_words += if is_same { u64::from(sentence.words) } else { 0 };
        }
    }
    let read = |article: u32| Moment::read(audit.articles[article as usize].published.as_deref()?);
    let moment = read(article);
    let mut uses = Uses::default();
    for (other, shared) in sharing {
        let ids = (&own.id, &audit.articles[other as usize].id);
        let pairs = [pair_id(ids.0, ids.1), pair_id(ids.1, ids.0)];
        if !audit.decisions.is_empty() && pairs.iter().any(|id| is_rejected(audit.decision(id))) {
            continue;
        }
        let (order, certainty) = match (moment, read(other)) {
            (Some(a), Some(b)) => match b.order(a, audit.run.clock_tolerance_seconds) {
                Ordering::Equal => (Ordering::Equal, Certainty::Tie),
                order => (order, Certainty::Certain),
            },
            _ => (Ordering::Equal, Certainty::Unknown),
        };
        let is_own = audit.articles[other as usize].source == own.source;
        let shared = Sharing { article: other, certainty, is_own, ..shared };
        match order {
            Ordering::Less => uses.earlier.push(shared),
            Ordering::Equal => uses.undecided.push(shared),
            Ordering::Greater => uses.later.push(shared),
        }
    }
    let most = |it: &Sharing| (std::cmp::Reverse(it.words), it.article);
    uses.earlier.sort_by_key(most);
    uses.undecided.sort_by_key(most);
    uses.later.sort_by_key(|it| (read(it.article).map(|it| it.seconds), it.article));
    uses
}

fn is_rejected(decision: Option<&Decision>) -> bool {
    decision.is_some_and(|decision| decision.decision == Verdict::Reject)
}

/// The article of an id, a name in the input, a file or an address; `Err` says how many there are.
///
/// # Errors
/// The positions of all that are meant, if they are not one.
pub fn find(audit: &Audit<'_>, name: &str) -> Result<u32, Vec<u32>> {
    let all = |matches: &dyn Fn(&super::model::Article<'_>) -> bool| -> Vec<u32> {
        let articles = (0..).zip(&audit.articles);
        articles.filter(|(_, article)| matches(article)).map(|(number, _)| number).collect()
    };
    let path = name.strip_prefix("./").unwrap_or(name);
    let ways: [&dyn Fn(&super::model::Article<'_>) -> bool; 4] = [
        &|article| article.id == name,
        &|article| article.name == name || article.name == path,
        &|article| article.path == name || article.path == path,
        &|article| article.url == Some(name),
    ];
    let mut found = ways.iter().map(|way| all(way)).filter(|found| !found.is_empty());
    match found.next() {
        Some(one) if one.len() == 1 => Ok(one[0]),
        Some(several) => Err(several),
        None => Err(Vec::new()),
    }
}
