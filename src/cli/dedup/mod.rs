//! `twicetold dedup`: a corpus without its repeats, a ledger of what was removed, and the way back.

mod backups;
mod layout;
mod packed;
mod undo;
mod words;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::DONE;
use super::args::{MatchingArgs, ReadingArgs};
use super::detect::{behind, inputs, tell};
use super::output::{say, write, write_folder, write_two, write_within};
use super::progress::Shown;
use super::settings;
use super::staged::{Rights, Staged};
use crate::config::{Config, Format, Profile, Unit};
use crate::corpus::{Corpus, InputFile};
use crate::dedup::{Dedup, Policy, Rewritten, table_format};
use crate::error::{Error, Result};
use crate::ids::FileId;
use crate::read::{
    FileText, Input, Table, container, open, read, read_bytes, read_reference, with_table,
    with_table_of_bytes, with_text, with_text_of_bytes,
};
use crate::report::{dedup_json, dedup_review, dedup_text};
use backups::Backups;
use layout::Layout;
use packed::Packed;

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
    /// Files, folders (walked; hidden and ignored files left out), or - for standard input [default: -]
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) inputs: Vec<PathBuf>,

    /// What is written: a file for one input file, else a folder, which must be new or empty
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
    /// Decide the pairs that are marked in such a table as they are marked
    #[arg(long, value_name = "FILE.csv", help_heading = None::<&'static str>)]
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

/// Everything that writing takes.
struct Job<'a> {
    dedup: &'a Dedup<'a>,
    source: &'a Source,
    config: &'a Config,
    is_quiet: bool,
}

impl Job<'_> {
    fn write(&self, layout: &Layout) -> Result<()> {
        match layout {
            Layout::Nothing { ledger: None } => Ok(()),
            Layout::Nothing { ledger } => {
                let all = |ledger: &mut dyn Write| self.all(ledger, |_| Ok(Box::new(io::sink())));
                write_within(self.source.rights(), ledger.as_deref(), all)
            }
            // The ledger has its name first: an output without one could not be undone.
            Layout::One { output, ledger, .. } => {
                let rights = self.source.rights();
                write_two(rights, [Some(ledger), output.as_deref()], |ledger, out| {
                    self.dedup.begin(true, ledger)?;
                    for (id, file) in self.source.files() {
                        let name = output.as_deref().unwrap_or(Path::new(&file.path));
                        let mut out = Packed::new(out, name)?;
                        self.file(id, (&mut out, ledger))?;
                        out.finish()?;
                    }
                    Ok(())
                })
            }
            Layout::Folder { output, names, ledger } => self.folder(output, names, ledger),
            Layout::InPlace { ledger, .. } => self.in_place(ledger),
            Layout::Annotated { output } => {
                write_within(self.source.rights(), output.as_deref(), |out| self.annotate(out))
            }
        }
    }

    /// Every document with what would go of it.
    fn annotate(&self, out: &mut dyn Write) -> Result<()> {
        for (id, file) in self.source.files() {
            if file.format == Format::Jsonl.name() && self.source.can_be_read_again(file) {
                self.with_text(id, |text| self.dedup.annotate_lines(id, text, out))?;
            } else if let Some(format) = table_format(file.format)
                && self.source.can_be_read_again(file)
            {
                let annotate = |table: &mut Table<'_>| self.dedup.annotate_table(id, table, out);
                self.with_table(id, format, annotate)?;
            } else if !(self.source.can_be_read_again(file)
                && is_text(file.format)
                && self.with_text(id, |text| self.dedup.annotate_objects(id, text, out))?)
            {
                self.dedup.annotate(id, out)?;
            }
        }
        Ok(())
    }

    /// A file's text once more.
    fn with_text<T>(
        &self,
        id: FileId,
        take: impl FnOnce(&mut FileText<'_>) -> Result<T>,
    ) -> Result<T> {
        let file = self.source.corpus.file(id);
        let input = &self.config.input;
        match &self.source.stdin {
            Some(bytes) => with_text_of_bytes(bytes, &file.path, input, take),
            None => with_text(Path::new(&file.path), input, take),
        }
    }

    /// A file's table once more.
    fn with_table<T>(
        &self,
        id: FileId,
        format: Format,
        take: impl FnOnce(&mut Table<'_>) -> Result<T>,
    ) -> Result<T> {
        let file = self.source.corpus.file(id);
        let input = &self.config.input;
        match &self.source.stdin {
            Some(bytes) => with_table_of_bytes(bytes, &file.path, (format, input), take),
            None => with_table(Path::new(&file.path), format, input, take),
        }
    }

    /// Every file, to wherever `open` says.
    fn all<'s>(
        &self,
        ledger: &mut dyn Write,
        mut open: impl FnMut(&InputFile) -> Result<Box<dyn Write + 's>>,
    ) -> Result<()> {
        self.dedup.begin(false, ledger)?;
        for (id, file) in self.source.files() {
            if self.passes_over(id, "not cut")? {
                continue;
            }
            let mut out = open(file)?;
            self.file(id, (&mut *out, ledger))?;
        }
        Ok(())
    }

    /// Whether a file could not be read to its end, which is said with what becomes of it: what was read of it would look whole.
    fn passes_over(&self, id: FileId, fate: &str) -> Result<bool> {
        let file = self.source.corpus.file(id);
        if file.is_cut_short {
            self.dedup.pass_over(id);
            if !self.is_quiet {
                say(&format!("{}: could not be read to its end; {fate}", file.path))?;
            }
        }
        Ok(file.is_cut_short)
    }

    /// One file, read once more.
    fn file(
        &self,
        id: FileId,
        (out, ledger): (&mut dyn Write, &mut dyn Write),
    ) -> Result<Rewritten> {
        let file = self.source.corpus.file(id);
        let rewritten = match table_format(file.format) {
            Some(format) => {
                let write = |table: &mut Table<'_>| self.dedup.write_table(id, table, out, ledger);
                self.with_table(id, format, write)?
            }
            None => self.with_text(id, |text| self.dedup.write(id, text, out, ledger))?,
        };
        if !rewritten.is_exact && !self.is_quiet {
            let path = &file.path;
            say(&format!(
                "{path}: is not in valid UTF-8; written, and restored, as its text in UTF-8"
            ))?;
        }
        if rewritten.unlocated > 0 && !self.is_quiet {
            let count = rewritten.unlocated;
            let what = if count == 1 { "1 record is" } else { &format!("{count} records are") };
            let path = &file.path;
            say(&format!(
                "{path}: {what} written in an unusual way, or changed since, and not cut"
            ))?;
        }
        Ok(rewritten)
    }

    /// All files into a folder that appears whole or not at all.
    fn folder(&self, output: &Path, names: &BTreeMap<String, String>, ledger: &Path) -> Result<()> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |cause| Error::io(&path, cause)
        };
        write_folder(output, |whole| {
            write_within(self.source.rights(), Some(ledger), |ledger| {
                self.dedup.begin(false, ledger)?;
                for (id, file) in self.source.files() {
                    let path = whole.join(names.get(&file.path).unwrap_or(&file.path));
                    let folder = path.parent().unwrap_or(whole);
                    fs::create_dir_all(folder).map_err(failed(folder))?;
                    let rights = Rights::of([&file.path]);
                    let mut out = Staged::beside(&path, rights).map_err(failed(&path))?;
                    if self.passes_over(id, "copied as it is, and not in the ledger")? {
                        let copied = io::copy(&mut open(Path::new(&file.path))?, &mut out);
                        copied
                            .and_then(|_| out.sync())
                            .and_then(|()| out.place())
                            .map_err(failed(&path))?;
                        continue;
                    }
                    let mut packed = Packed::new(&mut out, &path)?;
                    let rewritten = self.file(id, (&mut packed, ledger))?;
                    packed.finish().map_err(|error| error.at(&path, None))?;
                    if rewritten.is_left {
                        out.sync().and_then(|()| out.place()).map_err(failed(&path))?;
                    }
                }
                Ok(())
            })
        })
    }

    /// Every input that loses something is replaced; what it was stays beside it. All files are written and all backups are made
    /// before the ledger has its name, and that before the first is replaced.
    fn in_place(&self, ledger: &Path) -> Result<()> {
        let mut waiting: Vec<(tempfile::TempPath, PathBuf)> = Vec::new();
        let mut backups = Backups::default();
        write_within(self.source.rights(), Some(ledger), |ledger| {
            self.dedup.begin(self.source.files().count() == 1, ledger)?;
            for (id, file) in self.source.files() {
                if self.passes_over(id, "left as it is")? {
                    continue;
                }
                // A link stays one, and leads to what is left.
                let path = PathBuf::from(&file.path);
                let path = path.canonicalize().map_err(|cause| Error::io(&path, cause))?;
                let failed = |cause| Error::io(&path, cause);
                let folder = path.parent().unwrap_or(Path::new("."));
                let mut out = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
                let mut packed = Packed::new(&mut out, &path)?;
                let rewritten = self.file(id, (&mut packed, ledger))?;
                packed.finish().map_err(|error| error.at(&path, None))?;
                if rewritten.is_changed {
                    if !rewritten.is_exact {
                        let expected = format!("of files in UTF-8: {} is not", file.path);
                        return Err(Error::config("in-place", expected));
                    }
                    let rights = path.metadata().map_err(failed)?.permissions();
                    out.as_file().set_permissions(rights).map_err(failed)?;
                    out.as_file().sync_all().map_err(failed)?;
                    waiting.push((out.into_temp_path(), path));
                }
            }
            backups.make(waiting.iter().map(|(_, path)| path.clone()))
        })?;
        backups.keep();
        for (out, path) in waiting {
            out.persist(&path).map_err(|failed| Error::io(&path, failed.error))?;
        }
        Ok(())
    }
}

/// Whether a file's text is what documents were cut from, and not a page or an archive.
fn is_text(format: &str) -> bool {
    ![Format::Html.name(), Format::Warc.name()].contains(&format)
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
