//! A document as the set of its distinct sentences, each weighing its words; documents of the very same sentences are one text.

use std::ops::Range;

use super::stubs::cut_sentences;
use crate::corpus::Corpus;
use crate::ids::DocumentId;
use crate::pipeline::Searched;
use crate::tables::RowTable;

/// A sentence in fewer texts than this is never common.
const FEWEST_COMMON: u32 = 10;

/// The texts of a corpus.
pub(super) struct Sets {
    /// By text: its documents, ascending.
    pub(super) documents: RowTable,
    /// By text: the keepers of its sentences, ascending, without those that are cut off.
    pub(super) of_text: RowTable,
    /// By text: its distinct sentences themselves, ascending.
    pub(super) rows: RowTable,
    /// By document: its sentences among all.
    ranges: Vec<Range<usize>>,
    /// By place among all sentences: the distinct sentence there, if it is one that counts.
    row_of: Vec<u32>,
    /// By sentence: its keeper.
    keepers: Vec<u32>,
    /// By keeper: its words.
    words: Vec<u32>,
    /// By keeper: in how many texts it stands.
    pub(super) texts: Vec<u32>,
    /// By keeper: whether it is common, so that sharing it says nothing.
    pub(super) is_common: Vec<bool>,
    /// By text: words, and those of sentences that are not common.
    pub(super) totals: Vec<(u64, u64)>,
    /// By text: whether it breaks off.
    pub(super) is_stub: Vec<bool>,
}

/// What two texts share, in words: of all sentences, and of those that are not common.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(in crate::pipeline) struct Shared {
    pub(in crate::pipeline) sentences: u32,
    pub(super) words: u64,
    pub(super) own_words: u64,
}

impl Sets {
    /// `keeper` names the sentence that stands for one, `is_boilerplate` what a share of a source's documents carries.
    pub(super) fn new(
        corpus: &Corpus,
        searched: &Searched<'_>,
        keeper: impl Fn(u32) -> u32,
        is_boilerplate: impl Fn(u32) -> bool,
    ) -> Self {
        let prepared = searched.prepared;
        let mut row_of = vec![u32::MAX; prepared.sentences.len()];
        for sentence in prepared.distinct() {
            for &place in prepared.collapse.occurrences(sentence) {
                row_of[place as usize] = sentence.number();
            }
        }
        let ranges = ranges(&prepared.sentences_of_document);
        let said = |document: u32| {
            row_of[ranges[document as usize].clone()].iter().filter(|&&row| row != u32::MAX)
        };
        let mut ordered: Vec<u32> =
            (0..).take(ranges.len()).filter(|&document| said(document).next().is_some()).collect();
        ordered.sort_by(|&a, &b| said(a).cmp(said(b)).then(a.cmp(&b)));
        let mut groups: Vec<&[u32]> = ordered.chunk_by(|&a, &b| said(a).eq(said(b))).collect();
        groups.sort_unstable();
        let words = |row: usize| searched.comparison.sequences().row(row).len().max(1);
        let mut sets = Self {
            ranges: Vec::new(),
            row_of: Vec::new(),
            documents: RowTable::default(),
            of_text: RowTable::default(),
            rows: RowTable::default(),
            words: (0..prepared.keys.len())
                .map(|row| u32::try_from(words(row)).unwrap_or(u32::MAX))
                .collect(),
            keepers: (0u32..).take(prepared.keys.len()).map(&keeper).collect(),
            texts: vec![0; prepared.keys.len()],
            is_common: Vec::new(),
            totals: Vec::new(),
            is_stub: Vec::new(),
        };
        for group in groups {
            let range = ranges[group[0] as usize].clone();
            let cut = cut_sentences(corpus, &prepared.sentences[range.clone()]);
            let whole = range.start..range.end - cut;
            let said = row_of[whole].iter().copied().filter(|&row| row != u32::MAX);
            let mut rows: Vec<u32> = said.collect();
            sort(&mut rows);
            let mut set: Vec<u32> = rows.iter().map(|&row| keeper(row)).collect();
            sort(&mut set);
            for &element in &set {
                sets.texts[element as usize] += 1;
            }
            sets.documents.push(group);
            sets.of_text.push(&set);
            sets.rows.push(&rows);
            sets.is_stub.push(cut > 0);
        }
        let is_common = |(row, &texts): (u32, &u32)| texts >= FEWEST_COMMON && is_boilerplate(row);
        sets.is_common = (0u32..).zip(&sets.texts).map(is_common).collect();
        sets.totals = sets.of_text.rows().map(|set| sets.total(set)).collect();
        (sets.ranges, sets.row_of) = (ranges, row_of);
        sets
    }

    pub(super) fn len(&self) -> usize {
        self.of_text.len()
    }

    pub(super) fn words(&self, element: u32) -> u64 {
        u64::from(self.words[element as usize])
    }

    /// The sentence that stands for one.
    pub(super) fn keeper_of(&self, row: u32) -> u32 {
        self.keepers[row as usize]
    }

    /// What stands for the sentences of a document, how many such stand before in it, and their places among all, ascending.
    pub(super) fn placed(&self, document: u32) -> Vec<((u32, u32), u32)> {
        let range = self.ranges[document as usize].clone();
        let places = range.clone().map(|place| u32::try_from(place).unwrap_or(u32::MAX));
        let rows = self.row_of[range].iter().zip(places).filter(|&(&row, _)| row != u32::MAX);
        let mut placed: Vec<_> = rows.map(|(&row, place)| (self.keeper_of(row), place)).collect();
        placed.sort_unstable();
        let equal = placed.chunk_by(|one, next| one.0 == next.0);
        let numbered = |equal: &[(u32, u32)]| -> Vec<((u32, u32), u32)> {
            (0..).zip(equal).map(|(before, &(element, place))| ((element, before), place)).collect()
        };
        equal.flat_map(numbered).collect()
    }

    fn total(&self, set: &[u32]) -> (u64, u64) {
        let own = set.iter().filter(|&&element| !self.is_common[element as usize]);
        (
            set.iter().map(|&element| self.words(element)).sum(),
            own.map(|&element| self.words(element)).sum(),
        )
    }

    /// What two texts share. Cost: a merge of both sets.
    pub(super) fn shared(&self, a: u32, b: u32) -> Shared {
        let (a, mut b) = (self.of_text.row(a as usize), self.of_text.row(b as usize));
        let mut shared = Shared::default();
        for &element in a {
            while b.first().is_some_and(|&other| other < element) {
                b = &b[1..];
            }
            if b.first() == Some(&element) {
                shared.sentences += 1;
                shared.words += self.words(element);
                if !self.is_common[element as usize] {
                    shared.own_words += self.words(element);
                }
            }
        }
        shared
    }

    /// The distinct sentences of a document, in its order.
    pub(super) fn said(&self, document: u32) -> impl Iterator<Item = u32> {
        let range = self.ranges[document as usize].clone();
        self.row_of[range].iter().copied().filter(|&row| row != u32::MAX)
    }

    /// The first document of a text.
    pub(super) fn document(&self, text: u32) -> DocumentId {
        DocumentId::new(self.documents.row(text as usize).first().copied().unwrap_or_default())
    }
}

fn sort(set: &mut Vec<u32>) {
    set.sort_unstable();
    set.dedup();
}

/// By document: its sentences among all.
pub(super) fn ranges(counts: &[u32]) -> Vec<Range<usize>> {
    let mut start = 0;
    let range = |&count: &u32| {
        let first = start;
        start += count as usize;
        first..start
    };
    counts.iter().map(range).collect()
}
