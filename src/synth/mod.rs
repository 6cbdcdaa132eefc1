//! Makes text whose duplicates are known: sentences, edited copies of them, decoys, and a file that says which is which.
//!
//! A chain of word trigrams gives sentences, blocks of indices give clusters of copies whose sizes fall as k^−2.3, and [`Class`]
//! what is done to each copy, with weights counted in scraped news. A decoy changes a fact and is *not* a duplicate.
//! Everything about a record follows from the seed and its index: random numbers are counted, never shared. So the output is
//! the same for any number of threads, and a short output is the beginning of a long one.
//!
//! The truth is JSON lines of three kinds: a head with schema, count, seed and preset; `{"record","cluster"}` for each record;
//! `{"a","b","class","decoy","facts","jaccard_char4"}` for each planted pair, an original and its copy, both inside the output. Boilerplate is one
//! cluster a line of it, without pairs; a decoy is a cluster of its own. `facts` are the kinds
//! of facts (numbers, names, negation) that the edit put in, took out or damaged, as merging, truncating, captions, leads and OCR do and rewording never
//! does. `jaccard_char4` is that of the two keys under default
//! rules. The weighted similarity of words depends on the whole corpus, so whoever evaluates computes it.
//!
//! Cost: about a microsecond and a half of one core a sentence, three and a half with its truth (measured on 10^6).
//!
//! The preset `syndicated` makes articles instead, of outlets that carry each other's words (`syndicated/`).
//!
//! What it does not do: mean anything. Generated sentences have natural near-duplicates of their own, few but not none, so a
//! link that was not planted is no error by itself.

mod boilerplate;
mod chain;
mod class;
mod damage;
mod edit;
mod layout;
mod letters;
mod line;
mod random;
mod record;
mod sentence;
mod syndicated;
mod word;

pub use class::{Class, Decoy};
pub use syndicated::{SYNDICATION_SCHEMA, write_marks, write_sources};

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use self::layout::{Layout, block_of};
use self::letters::Letters;
use self::line::{TruthLines, write_record};
use self::record::{Generator, Record};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::pool;

/// The name and version of the truth's format.
pub const TRUTH_SCHEMA: &str = "twicetold.truth/1";

/// Records that one task makes.
const CHUNK: usize = 4_096;

/// Blocks that are made at a time: of 65,536 records, some 12 MB each.
const BLOCKS: usize = 4;

/// What kind of text is made.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Preset {
    /// Exact copies and light edits; nothing else.
    Clean,
    /// Every class of edit, decoys and boilerplate.
    #[default]
    Scraped,
    /// As scraped, and seven of ten sentences are made from 255 templates with other words in their slots. Two sentences of one template are no
    /// duplicates.
    Templated,
    /// Articles of forty outlets that carry each other's words; the count is that of articles. The truth has a format of its own, [`SYNDICATION_SCHEMA`].
    Syndicated,
}

impl Preset {
    /// Every preset.
    pub const ALL: &[Self] = &[Self::Clean, Self::Scraped, Self::Templated, Self::Syndicated];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Scraped => "scraped",
            Self::Templated => "templated",
            Self::Syndicated => "syndicated",
        }
    }
}

impl std::str::FromStr for Preset {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self> {
        let found = Self::ALL.iter().copied().find(|preset| preset.name() == word);
        found.ok_or_else(|| Error::config("preset", "clean, scraped, templated or syndicated"))
    }
}

/// What is made.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Synthesis {
    /// How many records: sentences, or articles of the `syndicated` preset.
    pub count: u64,
    /// The seed; another one gives other text.
    pub seed: u64,
    /// What kind.
    pub preset: Preset,
    /// Threads; 0 is one a core. The text is the same for any number.
    pub threads: usize,
}

/// Writes records as JSON lines of `id`, `text`, `source` and `date` (articles also `url` and `title`), and the truth about them.
///
/// ```
/// use twicetold::synth::{Preset, Synthesis, synthesize};
/// let (mut records, mut truth) = (Vec::new(), Vec::new());
/// let synthesis = Synthesis { count: 100, seed: 1, preset: Preset::Scraped, threads: 1 };
/// synthesize(&synthesis, &mut records, Some(&mut truth))?;
/// assert!(records.starts_with(b"{\"id\":\"r0\",\"text\":\""));
/// assert!(truth.starts_with(b"{\"schema\":\"twicetold.truth/1\","));
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// If an output takes no more.
pub fn synthesize(
    synthesis: &Synthesis,
    records: &mut dyn Write,
    mut truth: Option<&mut dyn Write>,
) -> Result<()> {
    if synthesis.preset == Preset::Syndicated {
        return syndicated::syndicate(synthesis, records, truth);
    }
    let generator = Generator::new(synthesis.seed, synthesis.preset, truth.is_some());
    let pool = pool(synthesis.threads)?;
    if let Some(truth) = &mut truth {
        write_head(synthesis, *truth).map_err(failed)?;
    }
    let told = truth.is_some().then_some(synthesis.count);
    let (mut start, mut ready) = (0, Vec::new());
    while start < synthesis.count || !ready.is_empty() {
        let blocks = blocks(start, synthesis.count);
        start = blocks.last().map_or(synthesis.count, |block| block.end);
        let (mut made, mut written) = (Vec::new(), Ok(()));
        // What is ready is written here while the pool makes what follows.
        pool.in_place_scope(|scope| {
            scope.spawn(|_| made = parts(&generator, &blocks, (synthesis.count, told)));
            written = ready.iter().try_for_each(|part: &Part| {
                records.write_all(part.records.as_bytes())?;
                truth.as_mut().map_or(Ok(()), |truth| truth.write_all(part.truth.as_bytes()))
            });
        });
        written.map_err(failed)?;
        ready = made;
    }
    Ok(())
}

/// The lines of some blocks, up to the number of records.
fn parts(
    generator: &Generator,
    blocks: &[Range<u64>],
    (count, told): (u64, Option<u64>),
) -> Vec<Part> {
    let block = |block: &Range<u64>| {
        let layout = generator.layout(block);
        let chunks = chunks(block, count).into_par_iter();
        chunks.map(|indices| Part::new(generator, &layout, indices, told)).collect()
    };
    let parts: Vec<Vec<Part>> = blocks.par_iter().map(block).collect();
    parts.into_iter().flatten().collect()
}

fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io(cause))
}

fn write_head(synthesis: &Synthesis, truth: &mut dyn Write) -> io::Result<()> {
    let (version, preset) = (env!("CARGO_PKG_VERSION"), synthesis.preset.name());
    let (count, seed) = (synthesis.count, synthesis.seed);
    writeln!(
        truth,
        "{{\"schema\":\"{TRUTH_SCHEMA}\",\"version\":\"{version}\",\"count\":{count},\"seed\":{seed},\"preset\":\"{preset}\"}}"
    )
}

/// The next blocks from an index on.
fn blocks(start: u64, count: u64) -> Vec<Range<u64>> {
    let following = |block: &Range<u64>| (block.end < count).then(|| block_of(block.end));
    let first = (start < count).then(|| block_of(start));
    std::iter::successors(first, following).take(BLOCKS).collect()
}

/// The parts of a block, up to the number of records.
fn chunks(block: &Range<u64>, count: u64) -> Vec<Range<u64>> {
    let end = block.end.min(count);
    let starts = (block.start..end).step_by(CHUNK);
    starts.map(|start| start..end.min(start + CHUNK as u64)).collect()
}

/// The lines of some records.
struct Part {
    records: Letters,
    truth: Letters,
}

impl Part {
    /// Makes the lines; those of the truth if it is told how many records there are.
    fn new(
        generator: &Generator,
        layout: &Layout,
        indices: Range<u64>,
        count: Option<u64>,
    ) -> Self {
        const RECORD: usize = 256;
        const TRUTH: usize = 128;
        let (mut record, mut lines) = (Record::default(), TruthLines::default());
        let mut part = Self {
            records: Letters::with_capacity(CHUNK * RECORD),
            truth: Letters::with_capacity(count.map_or(0, |_| CHUNK * TRUTH)),
        };
        for index in indices {
            generator.fill(index, layout.seat(index), &mut record);
            write_record(&record, &mut part.records);
            if let Some(count) = count {
                lines.write(&record, count, &mut part.truth);
            }
        }
        part
    }
}
