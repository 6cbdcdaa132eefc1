//! `twicetold dedup`: a corpus without its repeats, a ledger of what was removed, and the way back.

mod backups;
mod job;
mod layout;
mod packed;
mod undo;
mod words;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::DONE;
use super::args::{MatchingArgs, ReadingArgs};
use super::detect::{behind, inputs, tell, tell_keep};
use super::output::{say, write, write_within};
use super::progress::Shown;
use super::settings;
use super::staged::Rights;
use crate::config::{Config, Profile, Unit};
use crate::corpus::{Corpus, InputFile};
use crate::dedup::{Dedup, Policy};
use crate::error::{Error, Result};
use crate::ids::FileId;
use crate::read::{Input, container, read, read_bytes, read_reference};
use crate::report::{dedup_json, dedup_review, dedup_text};
use job::Job;
use layout::Layout;

/// The unit that `detect` does not know.
const PASSAGE: &str = "passage";

/// Narrow decisions of each kind that a summary for people shows.
const PAIRS: usize = 3;

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold dedup news.jsonl -o clean.jsonl             equal and nearly equal sentences go
  twicetold dedup pages/ -o clean --dry-run             what would go, and nothing written
  twicetold dedup new.jsonl --against archive/ -o n.jsonl   what the archive has goes, and nothing else
  twicetold dedup new.jsonl --against clean.jsonl --against clean.jsonl.removed.jsonl -o n.jsonl
                                                        and what is near to what went there before
  twicetold dedup --restore clean.jsonl.removed.jsonl clean.jsonl -o back.jsonl"
)]
pub(in crate::cli) struct DedupArgs {
    /// Files, folders (walked; hidden and ignored files and links left out), or - for standard input [default: -]
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) inputs: Vec<PathBuf>,

    /// What is written: a file for one input file, else a folder, which must be new or empty. Pages, web archives and members of
    /// archives beside other files are not cut, and go into it annotated, as NAME.jsonl
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// Where removals are noted [default: OUT.removed.jsonl]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Say what would go, and write nothing (but a ledger that is named)
    #[arg(long)]
    dry_run: bool,
    /// Replace the inputs; each is kept beside as FILE.bak
    #[arg(long, conflicts_with_all = ["output", "dry_run"])]
    in_place: bool,
    /// Remove nothing: write one file of JSON lines, each record with what would go of it
    #[arg(long, conflicts_with_all = ["dry_run", "in_place", "ledger"])]
    annotate: bool,
    /// Put the input together again: INPUT is what dedup wrote, LEDGER its ledger
    #[arg(long, value_name = "LEDGER")]
    restore: Option<PathBuf>,

    /// Relations that remove: exact, near, edited, contained, reworded [default: exact,near]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    relations: Vec<String>,
    /// Remove although these differ: numbers, negation, names, words [default: none]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    ignore_differences: Vec<String>,
    /// Shorter ones stay, in words [default: that of --minimum-words, for documents 1]
    #[arg(long, value_name = "N")]
    min_words: Option<u32>,
    /// Longer ones stay, in words [default: none is too long]
    #[arg(long, value_name = "N")]
    max_words: Option<u32>,
    /// With --unit passage: how many sentences behind each other must repeat [default: 3]
    #[arg(long, value_name = "N")]
    passage_sentences: Option<usize>,
    /// Of everything that repeats remove all, also the one that would stay
    #[arg(long)]
    drop_all_copies: bool,
    /// Sentences that many documents of a source carry: once, keep (all), drop (all) [default: once]
    #[arg(long, value_name = "WHAT")]
    boilerplate: Option<String>,
    /// A file of sentences (with another unit: lines, documents), one a line, that are never removed
    #[arg(long, value_name = "FILE")]
    protect: Option<PathBuf>,
    /// Remove only what these inputs have; they lose nothing. A ledger that is named gives what an earlier run removed
    #[arg(long, value_name = "INPUT")]
    against: Vec<PathBuf>,
    /// Documents of which nothing is left: drop, keep [default: drop]
    #[arg(long, value_name = "WHAT")]
    empty: Option<String>,

    #[command(flatten)]
    pub(in crate::cli) matching: MatchingArgs,
    #[command(flatten)]
    reading: ReadingArgs,

    /// The summary
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = SummaryFormat::Text, help_heading = "Output")]
    format: SummaryFormat,
    /// Write the 20 weakest removals and the 20 strongest pairs that were kept as a table to be marked: keep, remove
    #[arg(long, value_name = "FILE.csv", help_heading = "Output")]
    review: Option<PathBuf>,
    /// Decide the pairs that are marked in such a table, or that a page of detect saved, as they are marked
    #[arg(long, value_name = "FILE", help_heading = None::<&'static str>)]
    decisions: Option<PathBuf>,
    /// Say nothing but errors, and the summary where it is JSON
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,
}

/// Formats of the summary.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum SummaryFormat {
    Text,
    Json,
}

/// Runs the verb.
pub(super) fn run(args: &DedupArgs) -> Result<u8> {
    if let Some(ledger) = &args.restore {
        return undo::run(args, ledger).map(|()| DONE);
    }
    let (policy, config) = settled(args)?;
    layout::check_places(args)?;
    let progress = Shown::new(args.quiet);
    let source = Source::read(args, &config, &progress)?;
    let layout = Layout::new(args, &source)?;
    let dedup = Dedup::new(&source.corpus, (&config, &policy), layout.names().clone(), &progress)?;
    progress.finish();
    if !args.quiet {
        tell(&dedup.removals().input)?;
        tell_keep(&source.corpus, &config)?;
        let (strange, all) = (dedup.strange_decisions(), policy.decisions.len());
        if strange > 0 {
            say(&format!(
                "{strange} of {all} decisions are about texts that the input does not have"
            ))?;
        }
    }
    let is_quiet = args.quiet;
    let job = Job { dedup: &dedup, source: &source, config: &config, is_quiet };
    job.write(&layout)?;
    summarize(args, (&dedup, &source), layout.is_standard_output())?;
    Ok(DONE)
}

/// The words of other verbs that mean something else here.
pub(super) fn with_own_help(verb: clap::Command) -> clap::Command {
    let helps = [
        ("unit", "What is compared: sentence, passage, line, document [default: sentence]"),
        (
            "profile",
            "What texts are compared by: paraphrase (words by rarity), noisy or near (characters) [default: near; paraphrase where \
             --relations asks for more than exact and near]",
        ),
        (
            "keep",
            "Which of those that repeat each other stays: earliest, latest, first, longest, central, source:NAME [default: earliest]",
        ),
        (
            "minimum_words",
            "Shorter sentences are compared by equal keys only; which may go says --min-words [default: 5]",
        ),
    ];
    helps.into_iter().fold(verb, |verb, (id, help)| verb.mut_arg(id, |arg| arg.help(help)))
}

/// What the words ask for.
fn settled(args: &DedupArgs) -> Result<(Policy, Config)> {
    let policy = words::policy(args)?;
    let mut matching = args.matching.clone();
    // Documents are compared by sentences that are equal or nearly so, whatever their own relation.
    let is_of_documents = matching.unit.as_deref() == Some(Unit::Document.name());
    let profile = if is_of_documents { Profile::Near } else { policy.profile() };
    let base = Config { profile, ..Config::default() };
    // A passage is a run of sentences.
    matching.unit = matching.unit.filter(|unit| unit != PASSAGE);
    if matching.unit.as_ref().is_some_and(|unit| unit.parse::<Unit>().is_err()) {
        return Err(Error::config("unit", "one of sentence, passage, line, document"));
    }
    let config = settings::config(base, &matching, &args.reading)?;
    policy.check(&config)?;
    Ok((policy, config))
}

/// What was read: the inputs behind the reference.
struct Source {
    corpus: Corpus,
    /// Files of the reference, which are not written.
    reference_files: usize,
    /// Standard input, which cannot be read twice.
    stdin: Option<Vec<u8>>,
}

impl Source {
    fn read(args: &DedupArgs, config: &Config, progress: &Shown) -> Result<Self> {
        let asked = inputs(&args.inputs);
        let mut stdin = None;
        let new = if asked.contains(&Input::Stdin) {
            if asked.len() > 1 {
                return Err(Error::config("INPUT", "files and folders, or - alone"));
            }
            let mut bytes = Vec::new();
            let taken = io::stdin().lock().read_to_end(&mut bytes);
            taken.map_err(|cause| Error::io(Path::new("-"), cause))?;
            read_bytes(stdin.insert(bytes), "-", &config.input)?
        } else {
            read(&asked, &config.input, progress)?
        };
        if args.against.is_empty() {
            return Ok(Self { corpus: new, reference_files: 0, stdin });
        }
        let old = read_reference(&inputs(&args.against), &config.input, progress)?;
        Ok(Self { reference_files: old.files().len(), corpus: behind(&old, &new), stdin })
    }

    /// Whether a file stands by itself, and is no member of an archive.
    fn can_be_read_again(&self, file: &InputFile) -> bool {
        self.stdin.is_some() || Path::new(&file.path).is_file()
    }

    /// The rights of what is made of everything that was read.
    fn rights(&self) -> Rights {
        let files = self.corpus.files().iter();
        Rights::of(files.filter_map(|file| container(Path::new(&file.path))))
    }

    /// The files that are written.
    fn files(&self) -> impl Iterator<Item = (FileId, &InputFile)> {
        let files = self.corpus.files().iter().enumerate().skip(self.reference_files);
        files.filter_map(|(index, file)| Some((FileId::from_index(index)?, file)))
    }
}

/// Says what went; on standard error if standard output is taken.
fn summarize(
    args: &DedupArgs,
    (dedup, source): (&Dedup<'_>, &Source),
    is_taken: bool,
) -> Result<()> {
    // Whoever asks for JSON wants it, and nothing else.
    let is_quiet = args.quiet && args.format == SummaryFormat::Text;
    if is_quiet && args.review.is_none() {
        return Ok(());
    }
    let summary = dedup.summary();
    if let Some(path) = &args.review {
        write_within(source.rights(), Some(path), |out| dedup_review(&summary, out))?;
    }
    if is_quiet {
        return Ok(());
    }
    let fill = |out: &mut dyn Write| match args.format {
        SummaryFormat::Text => dedup_text(&summary, PAIRS, out),
        SummaryFormat::Json => dedup_json(&summary, out),
    };
    if is_taken { fill(&mut io::stderr().lock()) } else { write(None, fill) }
}
