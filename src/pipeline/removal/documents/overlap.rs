//! Which texts share nine tenths of one of them, or what is asked for: every such pair, none by chance.
//!
//! A text of which a share *t* stands in another has one of its sentences in common with it among any that together weigh more than
//! 1 − *t* of it; so it is looked up by its rarest ones alone (the prefix filter of Chaudhuri, Ganti & Kaushik 2006, for
//! containment), and no signature is needed. Common sentences look up nothing: texts that consist of them to that share, and those that meet in
//! sentences of more than `limit` texts, as reprints of one article do, are compared with representatives of their
//! like ([`Families`]), the most preferred ones.
//!
//! Cost: for each text its rarest sentences, each times at most `limit` texts, and a merge for each proposal.

use rayon::prelude::*;

use super::sets::{Sets, Shared};
use crate::candidates::heavy::Families;
use crate::ids::Similarity;
use crate::tables::RowTable;

/// Two texts and what they share; `a` is the earlier one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overlap {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) shared: Shared,
}

/// Finds the pairs of which `least` of one of them is shared. Those of `given` are compared too, whatever they share. Of texts that
/// are many those come first that `preference` makes least.
pub(super) fn overlaps<K: Ord>(
    sets: &Sets,
    least: Similarity,
    limit: usize,
    preference: impl Fn(u32) -> K,
    given: Vec<(u32, u32)>,
) -> Vec<Overlap> {
    let postings = postings(sets, limit);
    let texts = (0u32..).take(sets.len()).collect::<Vec<_>>();
    let of_text = |&text: &u32| {
        let mut others: Vec<u32> = Vec::new();
        for &element in &prefix(sets, text, least) {
            others.extend(postings.row(element as usize).iter().filter(|&&it| it != text));
        }
        others.sort_unstable();
        others.dedup();
        others.into_iter().filter_map(move |other| {
            let (one, another) = reach(sets, text, other, least);
            (one || another).then_some((text.min(other), text.max(other)))
        })
    };
    let mut pairs: Vec<(u32, u32)> = texts.par_iter().flat_map_iter(of_text).collect();
    pairs.extend(of_many(sets, least, limit, preference));
    pairs.extend(given);
    pairs.par_sort_unstable();
    pairs.dedup();
    let overlap = |&(a, b): &(u32, u32)| Overlap { a, b, shared: sets.shared(a, b) };
    pairs.par_iter().map(overlap).collect()
}

/// The rarest sentences of a text that together weigh more than what it need not share.
fn prefix(sets: &Sets, text: u32, least: Similarity) -> Vec<u32> {
    let mut rarest = sets.of_text.row(text as usize).to_vec();
    rarest.sort_unstable_by_key(|&element| (sets.texts[element as usize], element));
    let (total, _) = sets.totals[text as usize];
    let (mut taken, mut count) = (0, 0);
    // What is left could still be the whole share.
    while count < rarest.len() && least.is_reached_by(total - taken, total) {
        taken += sets.words(rarest[count]);
        count += 1;
    }
    rarest.truncate(count);
    rarest
}

/// Whether the share of the first is reached, and that of the second.
fn reach(sets: &Sets, a: u32, b: u32, least: Similarity) -> (bool, bool) {
    let shared = sets.shared(a, b).words;
    let reaches =
        |text: u32| shared > 0 && least.is_reached_by(shared, sets.totals[text as usize].0);
    (reaches(a), reaches(b))
}

/// By sentence, the texts that hold it; empty for common ones, for those of more than `limit` texts and for those of one.
fn postings(sets: &Sets, limit: usize) -> RowTable {
    let mut entries: Vec<(u32, u32)> = Vec::new();
    for (text, set) in (0u32..).zip(sets.of_text.rows()) {
        let is_asked = |element: &&u32| {
            let texts = sets.texts[**element as usize] as usize;
            texts > 1 && texts <= limit && !sets.is_common[**element as usize]
        };
        entries.extend(set.iter().filter(is_asked).map(|&element| (element, text)));
    }
    entries.par_sort_unstable();
    let mut table = RowTable::default();
    let (mut rest, mut row) = (entries.as_slice(), Vec::new());
    for element in (0u32..).take(sets.texts.len()) {
        let end = rest.partition_point(|&(other, _)| other <= element);
        row.clear();
        row.extend(rest[..end].iter().map(|&(_, text)| text));
        table.push(&row);
        rest = &rest[end..];
    }
    table
}

/// Pairs of texts that meet in sentences of many texts, or share enough with common ones alone.
fn of_many<K: Ord>(
    sets: &Sets,
    least: Similarity,
    limit: usize,
    preference: impl Fn(u32) -> K,
) -> Vec<(u32, u32)> {
    let mut members: Vec<(u32, u32)> = Vec::new();
    for text in (0u32..).take(sets.len()) {
        let (all, own) = sets.totals[text as usize];
        let is_common_enough = least.is_reached_by(all - own, all);
        let is_listed = |&element: &u32| {
            let is_of_many = sets.texts[element as usize] as usize > limit;
            if sets.is_common[element as usize] { is_common_enough } else { is_of_many }
        };
        let listed = prefix(sets, text, least).into_iter().filter(is_listed);
        members.extend(listed.map(|element| (element, text)));
    }
    members.sort_unstable();
    let mut families = Families::new(sets.len(), limit.max(2));
    let mut pairs = Vec::new();
    for list in members.chunk_by(|a, b| a.0 == b.0) {
        let mut list: Vec<u32> = list.iter().map(|&(_, text)| text).collect();
        if list.len() > families.limit() {
            list.sort_by_cached_key(|&text| preference(text));
        }
        let compared = families.compare(&list, |a, b| {
            let (one, other) = reach(sets, a, b, least);
            if one || other {
                pairs.push((a.min(b), a.max(b)));
            }
            // Who only stands in another, or holds it, may be near a third one.
            one && other
        });
        for (hub, member) in compared.adopted {
            families.adopt(hub, member);
        }
    }
    pairs
}
