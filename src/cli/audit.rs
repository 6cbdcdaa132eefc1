//! `twicetold audit`: who carries whose words.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::DONE;
use super::args::{MatchingArgs, ReadingArgs};
use super::detect::inputs;
use super::output::{replace_folder, say, write, write_folder};
use super::progress::Shown;
use super::settings;
use super::staged::{Rights, Staged};
use crate::audit::model::Audit;
use crate::audit::{Basis, Decisions, Marks, Moment, Policy, SourceList, audit, find, seconds};
use crate::config::{Across, Config};
use crate::corpus::{Corpus, CorpusBuilder};
use crate::error::{Error, Result};
use crate::ids::Similarity;
use crate::read::{Input, container, read, read_to_string};
use crate::report;

/// Sources and articles that a terminal shows unless told otherwise.
const TOP: usize = 10;
/// Warnings that are said.
const WARNINGS: usize = 10;
/// The file that shows that a folder is an audit.
const WHOLE: &str = "audit.json";
/// What a person reads.
const PAGE: &str = "audit.html";

#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
#[derive(Args, Debug)]
#[command(
    args_override_self = true,
    after_help = "Examples:
  twicetold audit news.jsonl                                the summary and the outlets
  twicetold audit news/ --sources sources.csv -o report     every table, and audit.json
  twicetold audit news.jsonl --article is-1                 where one article has its text, and who used it
  twicetold audit news.jsonl --article release.txt          who used a press release
  twicetold audit --print-marks > marks.csv                 how agencies mark their copy, to be edited (--marks marks.csv)"
)]
pub(in crate::cli) struct AuditArgs {
    /// Files, folders (walked; hidden and ignored files and links left out), archives (.tar, .zip), or - for standard input [default: -]
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,

    /// The folder of the tables, which must be new or empty
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace an audit that is in DIR
    #[arg(long, requires = "output")]
    force: bool,
    /// What is written beside audit.json: html (a page to read, audit.html), and the tables as csv, jsonl, parquet [default: html,csv,jsonl]
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', value_enum)]
    export: Vec<Export>,
    /// Begin CSV with a byte order mark, for spreadsheets that ask for one
    #[arg(long)]
    bom: bool,
    /// What sources are: CSV of `id,name,aliases,kind,family,country,language,licensed_from`
    #[arg(long, value_name = "FILE.csv")]
    sources: Option<PathBuf>,
    /// Sources of one family: merge (they count as one), apart [default: apart]
    #[arg(long, value_name = "HOW", value_enum)]
    same_family: Option<Family>,
    /// How agencies mark their copy, beside what is built in: CSV of `mark,source,where`; a mark without a source is none
    #[arg(long, value_name = "FILE.csv")]
    marks: Option<PathBuf>,
    /// Print the marks that would be used, and do nothing else
    #[arg(long)]
    print_marks: bool,
    /// Leave out articles before this date
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Leave out articles after this date; a day counts to its end
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Shorter sentences count as reused only beside one that is, in words [default: that of --minimum-words]
    #[arg(long, value_name = "N")]
    min_words: Option<u32>,
    /// Times that lie no further apart are a tie: 90s, 5m, 2h [default: 5m]
    #[arg(long, value_name = "SPAN")]
    clock_tolerance: Option<String>,
    /// Those who carry a sentence so soon after the first had it from somebody else, and are a tie [default: 0]
    #[arg(long, value_name = "SPAN")]
    embargo: Option<String>,
    /// What dates tell: given (when articles were published), first-seen, crawled [default: given]
    #[arg(long, value_name = "WHAT", value_enum)]
    dates: Option<Dates>,
    /// The share of reused words from which an article is wholly derived [default: 0.8]
    #[arg(long, value_name = "SHARE")]
    wholly: Option<f64>,
    /// The share of reused words from which an article is partially derived [default: 0.2]
    #[arg(long, value_name = "SHARE")]
    partially: Option<f64>,
    /// Show where one article has its text and who used it: its id, its name or address in the input, or a file, which is read
    /// too if the inputs do not have it
    #[arg(long, value_name = "FILE|ID")]
    article: Option<String>,

    /// Follow what was decided in the page of an audit of these texts, as it was saved there; given twice, both, unless they say
    /// two things of one
    #[arg(long, value_name = "FILE.jsonl")]
    decisions: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) matching: MatchingArgs,
    #[command(flatten)]
    reading: ReadingArgs,

    /// Show so many sources, or articles that use one; 0 shows all [default: 10]
    #[arg(long, value_name = "N", help_heading = "Output")]
    top: Option<usize>,
    /// Say nothing but errors
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Export {
    Html,
    Csv,
    Jsonl,
    Parquet,
}

/// What sources of one house are to each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Family {
    Merge,
    Apart,
}

/// What dates tell.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Dates {
    Given,
    FirstSeen,
    Crawled,
}

/// The words of other verbs that mean something else here.
pub(super) fn with_own_help(verb: clap::Command) -> clap::Command {
    let helps = [
        ("unit", "What is compared: sentence, line [default: sentence]"),
        (
            "across",
            "Whose text counts as reused: sources (that of another source), documents (that of any earlier article) [default: sources]",
        ),
    ];
    helps.into_iter().fold(verb, |verb, (id, help)| verb.mut_arg(id, |arg| arg.help(help)))
}

/// Runs the verb.
pub(super) fn run(args: &AuditArgs) -> Result<u8> {
    let (policy, config) = settled(args)?;
    if args.print_marks {
        let marks = policy.marks.to_string();
        write(None, |out| {
            out.write_all(marks.as_bytes())
                .map_err(|cause| Error::io(Path::new("standard output"), cause))
        })?;
        return Ok(DONE);
    }
    check_folder(args)?;
    let progress = Shown::new(args.quiet);
    let corpus = read(&inputs(&args.inputs), &config.input, &progress)?;
    let corpus = with_article(args, corpus, &config, &progress)?;
    check_inputs(args, &corpus)?;
    let found = audit(&corpus, &config, &policy, &progress)?;
    progress.finish();
    if !args.quiet {
        tell(&found)?;
    }
    let article = args.article.as_deref().map(|name| chosen(&found, name)).transpose()?;
    if let Some(output) = &args.output {
        let rights =
            Rights::of(corpus.files().iter().filter_map(|file| container(Path::new(&file.path))));
        let fill = |folder: &Path| export(args, &found, (folder, rights));
        if args.force { replace_folder(output, fill) } else { write_folder(output, fill) }?;
    }
    if args.quiet && article.is_none() {
        return Ok(DONE);
    }
    let top = args.top.unwrap_or(TOP);
    write(None, |out| match article {
        Some(article) => report::audit_article_text(&found, article, top, out),
        None => report::audit_text(&found, top, out),
    })?;
    Ok(DONE)
}

/// What the words ask for.
fn settled(args: &AuditArgs) -> Result<(Policy, Config)> {
    let mut matching = args.matching.clone();
    // The search finds versions of one article too, wherever text counts as reused.
    let across_documents = matching.across.as_deref() == Some(Across::Documents.name());
    let is_known = matching.across.as_deref().is_none_or(|word| word != Across::Any.name());
    if !is_known {
        return Err(Error::config("across", "one of sources, documents"));
    }
    if matching.across.as_deref() == Some(Across::Sources.name()) {
        matching.across = Some(Across::Documents.name().to_owned());
    }
    let config = settings::config(settings::base(&matching), &matching, &args.reading)?;
    let default = Policy::default();
    let text = |path: &Path| read_to_string(path);
    let marks = match &args.marks {
        Some(path) => Marks::built_in().with(&text(path)?).map_err(|error| error.at(path, None))?,
        None => Marks::built_in(),
    };
    let sources = match &args.sources {
        Some(path) => SourceList::read(&text(path)?).map_err(|error| error.at(path, None))?,
        None => SourceList::default(),
    };
    let decide = |known: Decisions, path: &PathBuf| {
        known.with(&fs::read(path).map_err(|cause| Error::io(path, cause))?, path)
    };
    let policy = Policy {
        sources,
        marks,
        decisions: args.decisions.iter().try_fold(Decisions::default(), decide)?,
        since: moment("since", args.since.as_deref())?,
        until: moment("until", args.until.as_deref())?,
        minimum_words: args.min_words.unwrap_or(config.minimum_words),
        clock_tolerance: span("clock-tolerance", args.clock_tolerance.as_deref())?
            .unwrap_or(default.clock_tolerance),
        embargo: span("embargo", args.embargo.as_deref())?.unwrap_or(default.embargo),
        wholly: share("wholly", args.wholly)?.unwrap_or(default.wholly),
        partially: share("partially", args.partially)?.unwrap_or(default.partially),
        merges_families: args.same_family == Some(Family::Merge),
        across_documents,
        basis: match args.dates {
            None | Some(Dates::Given) => Basis::Given,
            Some(Dates::FirstSeen) => Basis::FirstSeen,
            Some(Dates::Crawled) => Basis::Crawled,
        },
    };
    policy.check()?;
    Ok((policy, config))
}

fn moment(option: &'static str, date: Option<&str>) -> Result<Option<Moment>> {
    let wrong = || Error::config(option, "a date: 2026-03-02, or 2026-03-02T07:10:00Z");
    date.map(|date| Moment::read(date).ok_or_else(wrong)).transpose()
}

fn span(option: &'static str, span: Option<&str>) -> Result<Option<i64>> {
    let wrong = || Error::config(option, "a span of time: 90s, 5m, 2h, 1d");
    span.map(|span| seconds(span).ok_or_else(wrong)).transpose()
}

fn share(option: &'static str, share: Option<f64>) -> Result<Option<Similarity>> {
    let wrong = || Error::config(option, "from 0 to 1");
    share.map(|share| Similarity::from_number(share).ok_or_else(wrong)).transpose()
}

/// Refuses a folder that holds something, unless it is an audit that may go.
fn check_folder(args: &AuditArgs) -> Result<()> {
    let Some(output) = &args.output else { return Ok(()) };
    let failed = |cause| Error::io(output, cause);
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(Error::config("output", format!("a folder: {} is none", output.display())));
    }
    let is_empty = fs::read_dir(output).map_err(failed)?.next().is_none();
    if is_empty || args.force && output.join(WHOLE).is_file() {
        return Ok(());
    }
    let more = if args.force {
        "it holds no audit, which --force would replace"
    } else {
        "--force replaces an audit"
    };
    let expected = format!("a new or empty folder: {} holds something ({more})", output.display());
    Err(Error::config("output", expected))
}

/// The article that is asked about is read too, if it is a file that the inputs do not have: a press release.
fn with_article(
    args: &AuditArgs,
    corpus: Corpus,
    config: &Config,
    progress: &Shown,
) -> Result<Corpus> {
    let is_file = |path: &&str| Path::new(path).is_file();
    let Some(path) = args.article.as_deref().filter(is_file) else { return Ok(corpus) };
    let asked =
        Path::new(path).canonicalize().map_err(|cause| Error::io(Path::new(path), cause))?;
    let mut known = corpus.files().iter().filter_map(|file| container(Path::new(&file.path)));
    if known.any(|known| known.canonicalize().is_ok_and(|known| known == asked)) {
        return Ok(corpus);
    }
    let input = Input::from_argument(std::ffi::OsStr::new(path));
    let release = read(&[input], &config.input, progress)?;
    let mut both = CorpusBuilder::default();
    both.add_corpus(&corpus);
    both.add_corpus(&release);
    Ok(both.finish())
}

/// Refuses to replace a folder that something was read from.
fn check_inputs(args: &AuditArgs, corpus: &Corpus) -> Result<()> {
    let Some(output) = args.output.as_deref().and_then(|path| path.canonicalize().ok()) else {
        return Ok(());
    };
    for file in corpus.files() {
        let input = container(Path::new(&file.path)).and_then(|path| path.canonicalize().ok());
        if input.is_some_and(|input| input.starts_with(&output)) {
            let expected = format!("another folder than that of an input: {}", file.path);
            return Err(Error::config("output", expected));
        }
    }
    Ok(())
}

/// Warnings and skipped records, on standard error.
fn tell(audit: &Audit<'_>) -> Result<()> {
    for skip in audit.run.skipped.iter().take(WARNINGS) {
        let at = skip.line.map_or_else(String::new, |line| format!("{line}:"));
        say(&format!("{}:{at} {}; skipped", skip.path, skip.reason))?;
    }
    let more = audit.run.skipped_total.saturating_sub(WARNINGS as u64);
    if more > 0 {
        say(&format!("{more} more skipped"))?;
    }
    audit.run.warnings.iter().take(WARNINGS).try_for_each(|warning| say(warning))
}

/// The article that is asked about.
fn chosen(audit: &Audit<'_>, name: &str) -> Result<u32> {
    find(audit, name).map_err(|found| {
        let ids: Vec<&str> =
            found.iter().take(3).map(|&at| audit.articles[at as usize].id.as_str()).collect();
        Error::not_found(match found.len() {
            0 => format!("no article has the id, name, file or address {name}"),
            many => format!("{name} is {many} articles; take the id of one: {}, …", ids.join(", ")),
        })
    })
}

/// Writes every table in every format that is asked for, and the whole.
fn export(args: &AuditArgs, audit: &Audit<'_>, (folder, rights): (&Path, Rights)) -> Result<()> {
    let usual = [Export::Html, Export::Csv, Export::Jsonl];
    let formats: &[Export] = if args.export.is_empty() { &usual } else { &args.export };
    let file = |name: &str, fill: &dyn Fn(&mut (dyn Write + Send)) -> Result<()>| {
        let path = folder.join(name);
        let failed = |cause| Error::io(&path, cause);
        let staged = Staged::beside(&path, rights).map_err(failed)?;
        let mut out = std::io::BufWriter::with_capacity(1 << 16, staged);
        fill(&mut out)
            .map_err(|error| if error.place().is_none() { error.at(&path, None) } else { error })?;
        let staged = out.into_inner().map_err(|cause| failed(cause.into_error()))?;
        staged.sync().and_then(|()| staged.place()).map_err(failed)
    };
    for table in report::AUDIT_TABLES {
        let name = table.name;
        for format in formats {
            match format {
                Export::Html => Ok(()),
                Export::Csv => file(&format!("{name}.csv"), &|out| {
                    report::audit_csv(table, audit, args.bom, out)
                }),
                Export::Jsonl => {
                    file(&format!("{name}.jsonl"), &|out| report::audit_jsonl(table, audit, out))
                }
                Export::Parquet => file(&format!("{name}.parquet"), &|out| {
                    report::audit_parquet(table, audit, out)
                }),
            }?;
        }
    }
    if formats.contains(&Export::Html) {
        let mut json = Vec::new();
        report::audit_json(audit, &mut json)?;
        file(PAGE, &|mut out| report::page::write_audit(&json, &mut out))?;
    }
    file("run.json", &|out| report::audit_run_json(audit, out))?;
    file(WHOLE, &|out| report::audit_json(audit, out))
}
