//! One record, from its index.

use super::Preset;
use super::boilerplate;
use super::chain::Chain;
use super::class::{Class, Decoy, Facts};
use super::damage;
use super::edit;
use super::layout::{Layout, Seat, Sizes};
use super::letters::Letters;
use super::random::{Draws, Purpose};
use super::sentence::Sentence;
use super::word::Sort;

/// Of a hundred copies so many are decoys.
const DECOYS: usize = 8;
/// Of a hundred clusters so many are boilerplate.
const BOILERPLATE: usize = 6;
/// How many templates there are, and of a hundred clusters so many are made from one.
const TEMPLATES: (u32, usize) = (8, 70);
/// Days of the dates, in months of 28 days.
const DAYS: usize = 5 * 336;

/// What the truth calls a cluster.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Cluster {
    /// The copies of a sentence.
    Copies(u64),
    /// A line of boilerplate.
    Boilerplate(usize),
    /// A decoy, which is a duplicate of nothing.
    Decoy(u64),
}

/// What was planted: a copy of a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Planted {
    pub(super) original: u64,
    pub(super) class: Class,
    pub(super) decoy: Option<Decoy>,
    /// The facts that the copy does not have as the original has them.
    pub(super) facts: Facts,
}

/// A record, and what it was made from. Made to be used again and again.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) index: u64,
    pub(super) text: String,
    pub(super) source: u32,
    /// Days since the beginning of 2019, in months of 28 days.
    pub(super) day: usize,
    pub(super) cluster: Cluster,
    pub(super) planted: Option<Planted>,
    /// The text of the original, where something was planted and the truth is told.
    pub(super) original: String,
    sentence: Sentence,
    letters: Letters,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            index: 0,
            text: String::new(),
            source: 0,
            day: 0,
            cluster: Cluster::Copies(0),
            planted: None,
            original: String::new(),
            sentence: Sentence::default(),
            letters: Letters::default(),
        }
    }
}

/// Makes records.
#[derive(Debug)]
pub(super) struct Generator {
    seed: u64,
    preset: Preset,
    /// Whether the text of originals is kept beside their copies.
    tells_truth: bool,
    chain: Chain,
    sizes: Sizes,
}

impl Generator {
    /// Reads the seed text.
    pub(super) fn new(seed: u64, preset: Preset, tells_truth: bool) -> Self {
        Self { seed, preset, tells_truth, chain: Chain::new(), sizes: Sizes::new() }
    }

    /// The seats of a block of indices.
    pub(super) fn layout(&self, block: &std::ops::Range<u64>) -> Layout {
        Layout::new(self.seed, block, &self.sizes)
    }

    /// Makes the record of an index.
    pub(super) fn fill(&self, index: u64, seat: Seat, record: &mut Record) {
        let mut base = Draws::new(self.seed, Purpose::Base, seat.cluster);
        record.index = index;
        record.planted = None;
        record.text.clear();
        record.cluster = Cluster::Copies(seat.cluster);
        self.date(seat, record);
        if self.preset != Preset::Clean && base.percent(BOILERPLATE) {
            let line = base.below(boilerplate::LINES.len());
            record.text.push_str(boilerplate::LINES[line]);
            record.cluster = Cluster::Boilerplate(line);
            return;
        }
        self.base(&mut base, &mut record.sentence);
        if seat.original == index {
            return record.write();
        }
        if self.tells_truth {
            record.original.clear();
            record.original.push_str(written(&record.sentence, &mut record.letters));
        }
        self.copy(seat.original, record);
    }

    /// The source, the date of the original, and for a copy up to twenty days more.
    fn date(&self, seat: Seat, record: &mut Record) {
        let mut copy = Draws::new(self.seed, Purpose::Origin, record.index);
        record.source = copy.zipf(0, 8);
        let mut first = Draws::new(self.seed, Purpose::Origin, seat.original);
        first.bits();
        let later = if record.index == seat.original { 0 } else { copy.below(21) };
        record.day = first.below(DAYS) + later;
    }

    /// The first sentence of a cluster.
    fn base(&self, draws: &mut Draws, sentence: &mut Sentence) {
        if self.preset != Preset::Templated || !draws.percent(TEMPLATES.1) {
            return self.chain.fill(draws, sentence);
        }
        let template = draws.zipf(0, TEMPLATES.0);
        let mut words = Draws::new(self.seed, Purpose::Template, template.into());
        self.chain.fill(&mut words, sentence);
        let mut open = 0;
        for token in &mut sentence.tokens {
            let is_slot = match token.word.sort {
                Sort::Name | Sort::Number(_) => true,
                Sort::Open(_) => {
                    open += 1;
                    open % 4 == 1
                }
                Sort::Function | Sort::Count | Sort::Denial => false,
            };
            if is_slot {
                token.word = token.word.another(draws);
            }
        }
    }

    /// Edits the record's sentence and writes it.
    fn copy(&self, original: u64, record: &mut Record) {
        let mut draws = Draws::new(self.seed, Purpose::Edit, record.index);
        if self.preset != Preset::Clean
            && draws.percent(DECOYS)
            && let Some(decoy) = edit::decoy(&mut record.sentence, &mut draws)
        {
            record.write();
            let facts = Facts::of(decoy);
            record.cluster = Cluster::Decoy(record.index);
            record.planted =
                Some(Planted { original, class: Class::Decoy, decoy: Some(decoy), facts });
            return;
        }
        let class = Class::at(self.preset, draws.below(Class::total(self.preset)));
        let facts = self.edit(class, record, &mut draws);
        record.planted = Some(Planted { original, class, decoy: None, facts });
    }

    /// Makes an edit and writes the record. Which facts it touches.
    fn edit(&self, class: Class, record: &mut Record, draws: &mut Draws) -> Facts {
        let sentence = &mut record.sentence;
        let touched = match class {
            Class::Lead => edit::lead(sentence, draws),
            Class::Merge => edit::merge(sentence, draws, &self.chain),
            Class::Trunc => edit::truncate(sentence, draws),
            Class::Light => edit::reword(sentence, draws, edit::LIGHT),
            Class::Medium => edit::reword(sentence, draws, edit::MEDIUM),
            Class::Rewrite => edit::rewrite(sentence, draws),
            Class::Exact | Class::Typography | Class::Glue | Class::Ocr | Class::Decoy => {
                Facts::default()
            }
        };
        if class == Class::Typography {
            let text = written(&record.sentence, &mut record.letters);
            damage::typography(text, &mut record.text, draws);
            return touched;
        }
        record.write();
        match class {
            Class::Glue => damage::glue(&mut record.text, draws),
            Class::Ocr => damage::ocr(&mut record.text, &record.sentence, draws),
            _ => touched,
        }
    }
}

impl Record {
    /// Appends the sentence to the text.
    fn write(&mut self) {
        self.text.push_str(written(&self.sentence, &mut self.letters));
    }
}

/// A sentence as it is written, in a buffer.
fn written<'a>(sentence: &Sentence, letters: &'a mut Letters) -> &'a str {
    letters.clear();
    sentence.write(letters);
    letters.as_str()
}
