//! The words as typed. Nothing is opened here; [`settings`](super::settings) turns them into a `Config`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Args, Command as Words, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::audit::AuditArgs;
use super::dedup::DedupArgs;
use super::eval::EvalArgs;
use super::plan::PlanArgs;
use super::synth::SynthArgs;
use crate::memory::Bound;

/// Finds sentences that say the same thing twice, proves each pair and explains it.
#[derive(Debug, Parser)]
#[command(name = "twicetold", version, args_override_self = true, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 something was found and --exit-code was given; 2 error."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The parser: the words of [`Cli`], and for every switch a hidden opposite (`--no-strict`), by which the command line switches
/// off what a settings file switches on.
pub(super) fn parser() -> Words {
    let words = Cli::command()
        .mut_subcommand("dedup", super::dedup::with_own_help)
        .mut_subcommand("audit", super::audit::with_own_help);
    words.mut_subcommands(with_opposites)
}

fn with_opposites(verb: Words) -> Words {
    let switch = |arg: &Arg| matches!(arg.get_action(), ArgAction::SetTrue);
    let has_one = |long: &str| matches!(long, "runs" | "no-runs");
    let switches: Vec<_> = verb
        .get_arguments()
        .filter(|arg| switch(arg))
        .filter_map(|arg| Some((arg.get_id().clone(), arg.get_long()?.to_owned())))
        .filter(|(_, long)| !has_one(long))
        .collect();
    let opposite = |(id, long): (clap::Id, String)| {
        let name = format!("no-{long}");
        Arg::new(name.clone()).long(name).hide(true).action(ArgAction::SetTrue).overrides_with(id)
    };
    verb.args(switches.into_iter().map(opposite))
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Find near-duplicate sentences and report clusters
    Detect(Box<DetectArgs>),
    /// Write a corpus without its repeats, and a ledger of what was removed
    Dedup(Box<DedupArgs>),
    /// Say who carries whose words, who was first, and what was changed on the way
    Audit(Box<AuditArgs>),
    /// Say why two sentences do or do not match
    Explain(Box<ExplainArgs>),
    /// Say which engine, bands and rows would be used, with what recall and at what cost
    Plan(Box<PlanArgs>),
    /// Make text whose duplicates are known
    Synth(SynthArgs),
    /// Say what a report is worth, where the truth is known
    Eval(EvalArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold detect news/                               the ten strongest clusters of a folder
  twicetold detect news.jsonl --format json -o r.json  everything, for machines
  twicetold detect a.csv b.csv --text-field body --across sources
  twicetold detect train.jsonl --against test/ --exit-code  what of the test set is in it; 1 if anything is
  zcat dump.gz | twicetold detect --input-format lines --profile near"
)]
pub(super) struct DetectArgs {
    /// Files, folders (walked; hidden and ignored files and links left out), archives (.tar, .zip), patterns ('news/**/*.txt'), or - for
    /// standard input [default: -]
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Report only what INPUT shares with these inputs; a ledger of dedup that is named gives what was removed
    #[arg(long, value_name = "CORPUS")]
    pub(super) against: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) matching: MatchingArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// What counts as a match
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Matching")]
pub(super) struct MatchingArgs {
    /// What sentences are compared by: paraphrase (words by rarity), noisy or near (characters) [default: paraphrase]
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// The least similarity of a linked pair, 0 to 1 [default: by profile .30, .35, .80]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub(super) threshold: Option<f64>,
    /// The share of pairs at --at that must be found [default: by profile .95, .95, .99]
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub(super) recall: Option<f64>,
    /// The similarity at which --recall holds [default: by profile .40, .45, .80]
    #[arg(long, value_name = "S")]
    pub(super) at: Option<f64>,
    /// How candidates are found: auto, exact, brute-force, prefix, bands [default: auto]
    #[arg(long, value_name = "ENGINE")]
    pub(super) engine: Option<String>,
    /// Use the cheapest engine that misses nothing
    #[arg(long, conflicts_with = "engine")]
    pub(super) exact: bool,
    /// How links become clusters: star, components [default: star]
    #[arg(long, value_name = "HOW")]
    pub(super) clusters: Option<String>,
    /// Which linked pairs are reported: star, all [default: star]
    #[arg(long, value_name = "WHICH")]
    pub(super) pairs: Option<String>,
    /// The most pairs that --pairs all may report [default: 10000000]
    #[arg(long, value_name = "N")]
    pub(super) max_pairs: Option<u64>,
    /// Accidental pairs expected in the corpus per accepted link, or off [default: 1]
    #[arg(long, value_name = "E", allow_negative_numbers = true)]
    pub(super) evalue: Option<String>,
    /// Do not look for shared runs of eight words, nor link by one alone
    #[arg(long, overrides_with = "runs")]
    pub(super) no_runs: bool,
    /// Link by a shared run of eight words too, whatever a settings file or a report says
    #[arg(long, hide = true, overrides_with = "no_runs")]
    pub(super) runs: bool,
    /// What is compared: sentence, line, document (by the sentences that they share; profile near unless told otherwise)
    /// [default: sentence]
    #[arg(long, value_name = "UNIT")]
    pub(super) unit: Option<String>,
    /// Which places may repeat each other: any, documents, sources [default: any]
    #[arg(long, value_name = "WHICH")]
    pub(super) across: Option<String>,
    /// The survivor of a cluster: earliest, latest, first, longest, central, source:NAME [default: earliest]
    #[arg(long, value_name = "WHICH")]
    pub(super) keep: Option<String>,
    /// Pairs whose numbers differ: flag, veto, ignore [default: flag]
    #[arg(long, value_name = "WHAT")]
    pub(super) numbers: Option<String>,
    /// Quotations of several sentences: inner (each sentence by itself), whole [default: inner]
    #[arg(long, value_name = "HOW")]
    pub(super) quotes: Option<String>,
    /// Join the lines of hard-wrapped paragraphs: auto (where lines were plainly broken at one width), yes, no [default: auto]
    #[arg(long, value_name = "WHEN")]
    pub(super) wrapped: Option<String>,
    /// Apply a rule of the comparison key that is off by default: tags, diacritics, lookalikes, spelling, turkish; profile
    /// noisy has diacritics
    #[arg(long, value_name = "RULE")]
    pub(super) with_rule: Vec<String>,
    /// Leave out a rule of the comparison key (entities, mojibake, captions, invisible, compatibility, quotes,
    /// apostrophes, dashes, blanks, case, digits; in profile noisy also diacritics)
    #[arg(long, value_name = "RULE")]
    pub(super) without_rule: Vec<String>,
    /// A word after whose full stop no sentence ends, beside those that are built in
    #[arg(long, value_name = "WORD")]
    pub(super) abbreviation: Vec<String>,
    /// The language of documents that declare none: en, de, … [default: by script]
    #[arg(long, value_name = "CODE")]
    pub(super) lang: Option<String>,
    /// Documents of two languages, by what they declare or, from some 400 letters on, by what they say: apart, together [default: apart]
    #[arg(long, value_name = "WHAT")]
    pub(super) languages: Option<String>,
    /// Leave out documents known to be of another language than these: en,de
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub(super) only_language: Vec<String>,
    /// Shorter sentences are matched by equal keys only [default: 5]
    #[arg(long, value_name = "N")]
    pub(super) minimum_words: Option<u32>,
    /// Longer lists are not multiplied out, and sentences with more partners stand for them [default: 256]
    #[arg(long, value_name = "N")]
    pub(super) heavy: Option<u32>,
    /// The seed of the signatures [default: 0]
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// Threads; the result is the same for any number [default: one a core]
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
    /// Hold no more memory than this, 512M or 2G, as far as large tables go: what is more lies in files without a name [default: half of the machine's]
    #[arg(long, value_name = "SIZE")]
    pub(super) memory: Option<Bound>,
    /// Where these files lie [default: the system's folder for temporary files]
    #[arg(long, value_name = "DIR")]
    pub(super) tmp: Option<PathBuf>,
    /// Read settings from a file: every long option by its name; the command line wins
    #[arg(long, value_name = "FILE.toml")]
    pub(super) config: Option<PathBuf>,
}

/// How inputs are read
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Reading")]
pub(super) struct ReadingArgs {
    /// text, lines, article, jsonl, json, csv, tsv, html, warc, parquet, arrow [default: by extension, then by content]
    #[arg(long, value_name = "FORMAT")]
    pub(super) input_format: Option<String>,
    /// The field or column that holds the text; article.body is a field of a field, title+body several, on lines of their own
    /// [default: the first of text, content, body, article, …]
    #[arg(long, value_name = "NAME")]
    pub(super) text_field: Option<String>,
    /// The field that holds the id
    #[arg(long, value_name = "NAME")]
    pub(super) id_field: Option<String>,
    /// The field that holds the source
    #[arg(long, value_name = "NAME")]
    pub(super) source_field: Option<String>,
    /// The field that holds the date
    #[arg(long, value_name = "NAME")]
    pub(super) date_field: Option<String>,
    /// The field that holds the address
    #[arg(long, value_name = "NAME")]
    pub(super) url_field: Option<String>,
    /// The field that holds the title
    #[arg(long, value_name = "NAME")]
    pub(super) title_field: Option<String>,
    /// The field that holds the language (en, pt-BR, …), which decides where sentences end
    #[arg(long, value_name = "NAME")]
    pub(super) language_field: Option<String>,
    /// What parts the columns of CSV: ';', '|', tab, … [default: ,]
    #[arg(long, value_name = "CHARACTER")]
    pub(super) delimiter: Option<String>,
    /// The first row of CSV and TSV is a record too; columns are called 1, 2, 3, … (--text-field 2)
    #[arg(long)]
    pub(super) no_header: bool,
    /// The encoding of text without a byte order mark, and of pages that declare none: windows-1252, … [default: utf-8]
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    /// A bad record is an error instead of a counted skip
    #[arg(long)]
    pub(super) strict: bool,
    /// A file that cannot be read to its end is a counted skip instead of an error
    #[arg(long)]
    pub(super) keep_going: bool,
    /// The largest ratio of decompressed to compressed bytes past 64 MB [default: 200]
    #[arg(long, value_name = "N")]
    pub(super) max_ratio: Option<u64>,
    /// Which records of a web archive are read: response, conversion, resource [default: all three]
    #[arg(long, value_name = "TYPE,…", value_delimiter = ',')]
    pub(super) warc_type: Vec<String>,
    /// The statuses of the responses that are read [default: 200]
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',')]
    pub(super) warc_status: Vec<u16>,
}

/// What is written
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// text, json, jsonl, csv, html [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<OutputFormat>,
    /// Write to a file (csv: into a folder); it appears whole or not at all
    #[arg(short, long, value_name = "PATH")]
    pub(super) output: Option<PathBuf>,
    /// Show the N strongest clusters; 0 shows all [default: 10 on standard output, all in a file]
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// Report every sentence, not only those that repeat
    #[arg(long)]
    pub(super) all_sentences: bool,
    /// Measure recall (not of documents): compare a sample with all sentences, and plant edited copies in a second run (two to three times the
    /// time, twice the memory); with --strict a contract that is not kept is an error
    #[arg(long)]
    pub(super) check_recall: bool,
    /// Black out e-mail addresses and phone numbers in texts, titles and sources
    #[arg(long)]
    pub(super) redact: bool,
    /// Exit with 1 if anything was found
    #[arg(long)]
    pub(super) exit_code: bool,
    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Say how long each stage took, on how many threads, for how many pairs: in the JSON report, else on standard error
    #[arg(long)]
    pub(super) timings: bool,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
}

/// Report formats.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum OutputFormat {
    #[default]
    Text,
    Json,
    Jsonl,
    Csv,
    Html,
}

/// When to colour.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold explain \"One sentence.\" \"Another sentence.\"
  twicetold explain article.txt:9 news.jsonl:18
  twicetold explain --report r.json ID ID"
)]
pub(super) struct ExplainArgs {
    /// A sentence, a `FILE:LINE`, or with --report a sentence's id
    #[arg(value_name = "A")]
    pub(super) first: String,
    /// The other one
    #[arg(value_name = "B")]
    pub(super) second: String,
    /// A JSON report: A and B are ids in it, and words weigh what they weighed there (its inputs are read again)
    #[arg(long, value_name = "FILE", conflicts_with = "corpus")]
    pub(super) report: Option<PathBuf>,
    /// Words weigh what they weigh in this corpus [default: a built-in background table]
    #[arg(long, value_name = "INPUT")]
    pub(super) corpus: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) matching: MatchingArgs,
    #[command(flatten)]
    pub(super) reading: ReadingArgs,
    /// text, json [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<ExplainFormat>,
    /// Colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub(super) color: Color,
}

/// Formats of an explanation.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum ExplainFormat {
    #[default]
    Text,
    Json,
}
