//! Which sentences go when repeats are removed, and in favour of what.
//!
//! Sentences are taken in the order of preference (`--keep`). Each is kept unless one that is kept already is linked to it by a
//! link that may remove: its relation is one of those asked for and no flag forbids it. So nothing is removed but in favour of
//! a sentence that stays and was compared with it, and no two that stay could remove each other, as far as links were found.
//! Where a family has a hub, its members were compared with nobody else; each is therefore compared with up to
//! [`BESIDE`] that are kept and share a partner with it.
//!
//! Copies of one sentence are one sentence with several places: if it stays, its preferred place does.
//!
//! Where the corpus has a reference, that loses nothing, and nothing goes but in its favour.
//!
//! Law: the survivors depend on the texts, the names of their documents and their places there alone, neither on the order
//! of files (unless `first` asks for that) nor on threads.
//!
//! Cost: a comparison for each link, and up to [`BESIDE`] for each link to somebody who is linked to many.

mod chosen;
pub(super) mod documents;
mod judge;
mod known_facts;
mod order;

use xxhash_rust::xxh3::xxh3_64;

use super::results::{InputSummary, PairScores, RecallStatement};
use crate::config::{Config, Unit};
use crate::corpus::{Corpus, Sentence};
use crate::error::Result;
use crate::progress::Progress;
use crate::verify::{Flags, Relation};
use chosen::Chosen;
use judge::Bench;

/// So many of the kept ones that share a partner with a sentence are compared with it.
const BESIDE: usize = 4;

/// What may be removed.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "it holds a function")]
pub struct Removable<'a> {
    /// Whether a link may remove, by its relation and its flags.
    pub link: &'a (dyn Fn(Relation, Flags) -> bool + Sync),
    /// Shorter sentences stay, in words.
    pub minimum_words: u32,
    /// Longer sentences stay, in words.
    pub maximum_words: Option<u32>,
    /// Sentences with these texts stay.
    pub protected: &'a [String],
    /// Whether the one that would be kept goes too.
    pub all_copies: bool,
    /// What becomes of boilerplate.
    pub boilerplate: Boilerplate,
    /// Whether one of two sentences, by their names, may go in favour of the other, where that is decided whatever the link says.
    pub decided: Option<&'a Decided<'a>>,
}

/// What was decided of two sentences.
pub type Decided<'a> = dyn Fn(&str, &str) -> Option<bool> + Sync + 'a;

/// What becomes of sentences that a share of their source's documents carries.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Boilerplate {
    /// One place of each stays, as of every other sentence.
    #[default]
    Once,
    /// All of them stay.
    Keep,
    /// All of them go.
    Drop,
}

/// Why a sentence goes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reason {
    /// It repeats one that stays.
    Repeat,
    /// It is the one that others repeat, and all of them go.
    AllCopies,
    /// It is boilerplate.
    Boilerplate,
    /// It is another version of a document that stays.
    Version,
    /// It breaks off, or leads on to the full text, which stays.
    Stub,
}

/// A sentence that goes.
#[derive(Clone, Debug)]
pub struct Removal {
    /// Its position among all sentences.
    pub sentence: u32,
    /// That of the one in whose favour it goes, if any.
    pub kept: Option<u32>,
    /// Why.
    pub reason: Reason,
    /// How the two are related.
    pub relation: Relation,
    /// The proof, if they are not equal.
    pub scores: Option<PairScores>,
    /// What stands beside the proof.
    pub flags: Flags,
}

/// A link that was judged: of two sentences, the one that stays first.
#[derive(Clone, Debug)]
pub struct JudgedLink {
    /// The position of one among all sentences.
    pub kept: u32,
    /// That of the other.
    pub other: u32,
    /// How they are related.
    pub relation: Relation,
    /// The proof.
    pub scores: PairScores,
    /// What stands beside it.
    pub flags: Flags,
}

/// What stays because of its length, whether it repeats or not. What has no words at all is not counted, nor is the reference.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct LeftByLength {
    /// Sentences that are too short.
    pub shorter: u64,
    /// Sentences that are too long.
    pub longer: u64,
}

/// What goes, and what nearly did.
#[derive(Clone, Debug)]
pub struct Removals {
    /// Every setting of the search that can change the result.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// What was read.
    pub input: InputSummary,
    /// What may have been missed.
    pub recall: RecallStatement,
    /// Every sentence, document by document.
    pub sentences: Vec<Sentence>,
    /// What goes, in the order of the sentences.
    pub removed: Vec<Removal>,
    /// The least similar pairs of which one went, the least similar first.
    pub weakest_removed: Vec<JudgedLink>,
    /// The most similar pairs that are linked and of which both stay, the most similar first.
    pub strongest_kept: Vec<JudgedLink>,
    /// How many linked pairs there are of which both stay.
    pub kept_links: u64,
    /// How much stays because of its length.
    pub left_by_length: LeftByLength,
}

impl Removals {
    /// The name of a sentence: it depends on its key alone, as in reports.
    pub fn name(key: &str) -> String {
        format!("s{:016x}", xxh3_64(key.as_bytes()))
    }
}

/// Pairs that [`Removals`] shows of each kind.
const SHOWN: usize = 20;

/// Finds the repeats of a corpus and decides what goes.
///
/// ```
/// use twicetold::pipeline::{Boilerplate, Removable, removals};
/// use twicetold::verify::Relation;
/// use twicetold::{Config, Corpus};
/// let corpus = Corpus::from_texts([
///     "The ferry left the harbour at dawn.",
///     "The ferry left the harbour at dawn!",
///     "Nobody was hurt in the storm, police said.",
/// ]);
/// let removable = Removable {
///     link: &|relation, _| relation <= Relation::Near,
///     minimum_words: 5,
///     maximum_words: None,
///     protected: &[],
///     all_copies: false,
///     boilerplate: Boilerplate::Once,
///     decided: None,
/// };
/// let found = removals(&corpus, &Config::default(), removable, &())?;
/// assert_eq!(found.removed.len(), 1);
/// assert_eq!((found.removed[0].sentence, found.removed[0].kept), (1, Some(0)));
/// # Ok::<(), twicetold::Error>(())
/// ```
///
/// # Errors
/// As [`detect`](super::detect).
pub fn removals(
    corpus: &Corpus,
    config: &Config,
    removable: Removable<'_>,
    progress: &dyn Progress,
) -> Result<Removals> {
    let config = config.clone().validate()?;
    super::pool(config.threads)?.install(|| {
        if config.unit == Unit::Document {
            return documents::removals(corpus, &config, removable, progress);
        }
        super::searched(corpus, &config, progress, |searched| {
            progress.stage("choosing", None);
            let bench = Bench::new(corpus, searched, removable);
            let chosen = Chosen::new(&bench, &searched.found.pairs);
            Ok(chosen.into_removals(&bench, searched))
        })
    })
}
