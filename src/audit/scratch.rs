//! What one article shares with each other article and source, while it is traced. A thread has one, which is never cleared: what belongs to an earlier
//! article or sentence has another stamp.

use std::collections::BTreeMap;

use super::articles::Articles;
use super::carried::Member;
use super::notes::Notes;
use super::origin::Drawn;

/// A carrier that is certainly earlier.
pub(super) struct Seen {
    pub(super) article: u32,
    pub(super) source: u32,
    pub(super) variant: u32,
    pub(super) is_same: bool,
    pub(super) words: u32,
}

/// What is shared with an article.
#[derive(Clone, Copy, Default)]
struct Shared {
    /// The article that is traced.
    of: u32,
    /// The sentence that was last looked at.
    sentence: u32,
    /// Words that it carried before.
    words: u32,
    /// Words that an article of the same source carried before.
    own: u32,
    is_undecided: bool,
}

/// What is shared with a source.
#[derive(Clone, Default)]
struct FromSource {
    of: u32,
    sentence: u32,
    /// The wording that it had first of the current sentence, and whether it had the very same.
    variant: u32,
    is_same: bool,
    drawn: Drawn,
}

/// Tables by article and by source.
pub(super) struct Scratch {
    of: u32,
    sentence: u32,
    articles: Vec<Shared>,
    touched: Vec<u32>,
    sources: Vec<FromSource>,
    touched_sources: Vec<u32>,
    /// Sources that had the current sentence.
    here: Vec<u32>,
}

impl Scratch {
    pub(super) fn new(articles: &Articles) -> Self {
        Self {
            of: 0,
            sentence: 0,
            articles: vec![Shared::default(); articles.pieces.len()],
            touched: Vec::new(),
            sources: vec![FromSource::default(); articles.sources.records.len()],
            touched_sources: Vec::new(),
            here: Vec::new(),
        }
    }

    /// Another article.
    pub(super) fn begin(&mut self) {
        self.of += 1;
        self.touched.clear();
        self.touched_sources.clear();
    }

    /// Another sentence.
    pub(super) fn next_sentence(&mut self) {
        self.sentence = self.sentence.wrapping_add(1);
        self.here.clear();
    }

    fn shared(&mut self, article: u32) -> &mut Shared {
        let shared = &mut self.articles[article as usize];
        if shared.of != self.of {
            *shared = Shared { of: self.of, ..Shared::default() };
            self.touched.push(article);
        }
        shared
    }

    /// A carrier that is certainly earlier; each article and source counts once for a sentence.
    pub(super) fn earlier(&mut self, seen: &Seen) {
        let sentence = self.sentence;
        let shared = self.shared(seen.article);
        if shared.sentence != sentence {
            shared.sentence = sentence;
            shared.words = shared.words.saturating_add(seen.words);
        }
        let source = &mut self.sources[seen.source as usize];
        if source.of != self.of {
            *source = FromSource { of: self.of, ..FromSource::default() };
            source.drawn.source = seen.source;
            self.touched_sources.push(seen.source);
        }
        if source.sentence != sentence {
            source.sentence = sentence;
            source.variant = seen.variant;
            source.is_same = false;
            self.here.push(seen.source);
        }
        source.is_same |= seen.is_same;
    }

    /// A carrier of the same source that was before.
    pub(super) fn own(&mut self, article: u32, words: u32) {
        let sentence = self.sentence;
        let shared = self.shared(article);
        if shared.sentence != sentence {
            shared.sentence = sentence;
            shared.own = shared.own.saturating_add(words);
        }
    }

    /// A carrier of which it cannot be told whether it was before.
    pub(super) fn undecided(&mut self, article: u32) {
        self.shared(article).is_undecided = true;
    }

    /// Whether none of these is without a date: those without stand last.
    #[expect(clippy::unused_self, reason = "asked while a scratch is in use")]
    pub(super) fn knows_all_dated(&self, articles: &Articles, members: &[Member]) -> bool {
        let last = members.last();
        last.is_none_or(|last| articles.pieces[last.article as usize].moment.is_some())
    }

    /// The sentence is done: adds up the sources that had it. `changes` says what differs from a wording.
    pub(super) fn end_sentence(&mut self, words: u32, changes: impl Fn(u32) -> Notes) {
        let mut known: BTreeMap<u32, Notes> = BTreeMap::new();
        for &number in &self.here {
            let source = &mut self.sources[number as usize];
            source.drawn.words += u64::from(words);
            if source.is_same {
                source.drawn.verbatim += u64::from(words);
                continue;
            }
            let notes = *known.entry(source.variant).or_insert_with(|| changes(source.variant));
            for (count, note) in source.drawn.changed.iter_mut().zip(Notes::CHANGES) {
                *count += u64::from(notes.has(note));
            }
        }
    }

    /// Words that an article carried before.
    pub(super) fn words(&self, article: u32) -> u32 {
        let shared = self.articles[article as usize];
        if shared.of == self.of { shared.words } else { 0 }
    }

    /// Articles of the same source that were before, each with the words that they share.
    pub(super) fn owned(&self) -> impl Iterator<Item = (u32, u64)> {
        let owned = self.touched.iter().map(|&it| (it, u64::from(self.articles[it as usize].own)));
        owned.filter(|&(_, words)| words > 0)
    }

    /// Articles that are certainly earlier.
    pub(super) fn touched(&self) -> impl Iterator<Item = u32> {
        self.touched.iter().copied().filter(|&it| self.articles[it as usize].words > 0)
    }

    /// Articles of other sources that are earlier, or may be, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> {
        let mut all: Vec<u32> = self.touched.clone();
        all.retain(|&it| {
            let shared = self.articles[it as usize];
            shared.words > 0 || shared.is_undecided
        });
        all.sort_unstable();
        all.into_iter()
    }

    /// What is shared with each source.
    pub(super) fn sources(&mut self) -> Vec<Drawn> {
        let sources = self.touched_sources.iter();
        sources.map(|&it| std::mem::take(&mut self.sources[it as usize].drawn)).collect()
    }
}
