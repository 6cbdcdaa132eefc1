//! Where everything is written, checked before anything is.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{DedupArgs, Source};
use crate::cli::staged::{Rights, Staged};
use crate::config::Format;
use crate::corpus::InputFile;
use crate::error::{Error, Result};
use crate::read::{Compression, container};

/// Where everything is written.
pub(super) enum Layout {
    /// Nothing but a ledger, if one is named.
    Nothing { ledger: Option<PathBuf> },
    /// One file; without a path, standard output.
    One { output: Option<PathBuf>, ledger: PathBuf, names: BTreeMap<String, String> },
    /// A folder of files, by the paths of the inputs.
    Folder { output: PathBuf, ledger: PathBuf, names: BTreeMap<String, String> },
    /// One file of annotated records; without a path, standard output.
    Annotated { output: Option<PathBuf> },
    /// Over the inputs.
    InPlace { ledger: PathBuf, names: BTreeMap<String, String> },
}

/// No names.
static NONE: BTreeMap<String, String> = BTreeMap::new();

impl Layout {
    pub(super) fn new(args: &DedupArgs, source: &Source) -> Result<Self> {
        check_reference(source)?;
        if args.dry_run {
            let ledger = args.ledger.clone();
            check(args, source, &ledger.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
            return Ok(Self::Nothing { ledger });
        }
        if args.annotate {
            return annotated(args, source);
        }
        // Into a folder they go annotated, beside what is cut.
        let is_mixed = !args.in_place && source.files().any(|(_, file)| is_cut(source, file));
        let uncut = source.files().find(|(_, file)| !is_mixed && !is_cut(source, file));
        if let Some((_, file)) = uncut {
            let expected = format!(
                "text, article, lines, jsonl, json, csv, tsv, parquet or arrow: {} cannot be written back (see --annotate)",
                file.path
            );
            return Err(Error::config("input-format", expected));
        }
        if args.in_place {
            return in_place(args, source);
        }
        let Some(output) = &args.output else {
            return Err(Error::config("output", "a path (-o OUT), or --dry-run, or --in-place"));
        };
        let is_standard = output == Path::new("-");
        let ledger = match &args.ledger {
            Some(ledger) => ledger.clone(),
            None if is_standard => {
                return Err(Error::config("ledger", "a file, where the output is standard output"));
            }
            None => beside(output),
        };
        check(args, source, &[output, &ledger])?;
        if let (None, [input]) = (source.files().next(), args.inputs.as_slice())
            && input.is_file()
        {
            let expected = format!("a file with text: {} was passed over", input.display());
            return Err(Error::config("INPUT", expected));
        }
        let one_input = source.files().count() == 1
            && (source.stdin.is_some() || args.inputs.iter().all(|input| input.is_file()));
        if let Some((_, file)) = source.files().find(|(_, file)| one_input && file.is_cut_short) {
            let expected = format!("a whole file: {} could not be read to its end", file.path);
            return Err(Error::config("keep-going", expected));
        }
        if one_input && !is_folder(output) {
            source.files().try_for_each(|(_, file)| check_format(file, output))?;
            let output = (!is_standard).then(|| output.clone());
            return Ok(Self::One { output, ledger, names: BTreeMap::new() });
        }
        if is_standard || output.is_file() {
            return Err(Error::config("output", "a folder, since several files are written"));
        }
        let names = names(args, source)?;
        // A link to a folder stays one.
        let output = real(&output.components().collect::<PathBuf>());
        if real(&ledger).starts_with(&output) {
            let expected = "a file outside the output's folder";
            return Err(Error::config("ledger", expected));
        }
        Ok(Self::Folder { output, ledger, names })
    }

    /// What each input's output is called in the folder.
    pub(super) fn names(&self) -> &BTreeMap<String, String> {
        match self {
            Self::One { names, .. } | Self::Folder { names, .. } | Self::InPlace { names, .. } => {
                names
            }
            Self::Nothing { .. } | Self::Annotated { .. } => &NONE,
        }
    }

    pub(super) const fn is_standard_output(&self) -> bool {
        matches!(self, Self::One { output: None, .. } | Self::Annotated { output: None })
    }
}

/// Refuses what can be refused before anything is read.
///
/// # Errors
/// An output is missing or cannot be made, or would take the place of something.
pub(super) fn check_places(args: &DedupArgs) -> Result<()> {
    let output = args.output.as_deref().filter(|_| !args.dry_run && !args.in_place);
    if output.is_none() && !args.dry_run && !args.in_place {
        let expected = if args.annotate {
            "a path (-o OUT), or - for standard output"
        } else {
            "a path (-o OUT), or --dry-run, or --in-place"
        };
        return Err(Error::config("output", expected));
    }
    if let Some(output) = output.filter(|output| *output != Path::new("-")) {
        check_output(args, output)?;
    }
    let by_default = match (output, args.inputs.as_slice()) {
        _ if args.dry_run || args.annotate => None,
        (Some(output), _) => (output != Path::new("-")).then(|| beside(output)),
        (None, [input]) => Some(beside(input)),
        (None, _) => None,
    };
    if let Some(ledger) = args.ledger.clone().or(by_default) {
        let is_there = |found: std::fs::Metadata| found.is_file() && found.len() > 0;
        // With its output it is replaced, as by whoever runs a command twice; without, it is all that is left of another run.
        let goes_with_output =
            output.is_some_and(|output| output == Path::new("-") || output.exists());
        if !goes_with_output && ledger.metadata().is_ok_and(is_there) {
            let name = ledger.display();
            let expected = format!(
                "a new file: {name} is there already, and what an earlier run removed can be restored by it alone"
            );
            return Err(Error::config("ledger", expected));
        }
    }
    [&args.ledger, &args.review].into_iter().flatten().try_for_each(|path| check_file(path))
}

fn check_output(args: &DedupArgs, output: &Path) -> Result<()> {
    let place = real(output);
    let around = |input: &&PathBuf| input.is_dir() && place.starts_with(real(input));
    if let Some(input) = args.inputs.iter().find(around) {
        let expected = format!(
            "a path outside the inputs: {} is in {}, where the next run would read it",
            output.display(),
            input.display()
        );
        return Err(Error::config("output", expected));
    }
    if args.annotate {
        return check_file(output);
    }
    if output.read_dir().is_ok_and(|mut found| found.next().is_some()) {
        let expected = format!("a new or empty folder: {} has files in it", output.display());
        return Err(Error::config("output", expected));
    }
    let is_file = match args.inputs.as_slice() {
        [] => true,
        [input] => input == Path::new("-") || input.is_file(),
        _ => false,
    };
    if is_file && !is_folder(output) { check_file(output) } else { Ok(()) }
}

fn is_folder(output: &Path) -> bool {
    output.is_dir() || output.as_os_str().to_string_lossy().ends_with('/')
}

/// Makes a file beside the place of another, which has no name and goes at once.
fn check_file(path: &Path) -> Result<()> {
    let is_special = path.metadata().map_or(path.is_symlink(), |found| !found.is_file());
    if path == Path::new("-") || is_special {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        let cause = io::Error::new(io::ErrorKind::NotFound, "its folder does not exist");
        return Err(Error::io(path, cause));
    }
    // What a temporary file is called helps nobody.
    let made = Staged::beside(path, Rights::default());
    made.map(drop).map_err(|cause| Error::io(path, cause.kind().into()))
}

/// Refuses a name that says another format: the format stays that of the input. A name that ends as the input's does says nothing new.
fn check_format(file: &InputFile, output: &Path) -> Result<()> {
    let plain = |path: &Path| match Compression::of(path) {
        Some(_) => path.with_extension(""),
        None => path.to_owned(),
    };
    let extension = |path: &Path| {
        let extension = plain(path).extension()?.to_str()?.to_ascii_lowercase();
        Some(extension)
    };
    let Some(named) = extension(output) else { return Ok(()) };
    let takes = match named.as_str() {
        "parquet" => &["parquet"][..],
        "arrow" | "arrows" | "feather" => &["arrow"],
        "jsonl" | "ndjson" => &["jsonl"],
        "json" => &["json", "jsonl"],
        "csv" => &["csv"],
        "tsv" => &["tsv", "csv"],
        "txt" => &["text", "article", "lines"],
        _ => return Ok(()),
    };
    if takes.contains(&file.format) || extension(Path::new(&file.path)).as_ref() == Some(&named) {
        return Ok(());
    }
    let expected = format!(
        "a name for the input's format, which the output keeps: {} would be {}",
        output.display(),
        file.format
    );
    Err(Error::config("output", expected))
}

/// Whether a file can be written without what goes of it: it is no page or web archive, and no member of an archive.
pub(super) fn is_cut(source: &Source, file: &InputFile) -> bool {
    is_written(file.format) && source.can_be_read_again(file)
}

fn is_written(format: &str) -> bool {
    format.parse().is_ok_and(|format| match format {
        Format::Text
        | Format::Article
        | Format::Lines
        | Format::Jsonl
        | Format::Json
        | Format::Csv
        | Format::Tsv
        | Format::Parquet
        | Format::Arrow => true,
        Format::Html | Format::Warc => false,
    })
}

/// `OUT.removed.jsonl`, beside a file or folder.
fn beside(output: &Path) -> PathBuf {
    let plain: PathBuf = output.components().collect();
    let mut name = plain.into_os_string();
    name.push(".removed.jsonl");
    name.into()
}

/// `FILE.bak`.
pub(super) fn backup(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    name.into()
}

fn annotated(args: &DedupArgs, source: &Source) -> Result<Layout> {
    let Some(output) = &args.output else {
        return Err(Error::config("output", "a path (-o OUT), or - for standard output"));
    };
    check(args, source, &[output])?;
    let output = (output != Path::new("-")).then(|| output.clone());
    Ok(Layout::Annotated { output })
}

fn in_place(args: &DedupArgs, source: &Source) -> Result<Layout> {
    if source.stdin.is_some() {
        return Err(Error::config("in-place", "of files: standard input has no place"));
    }
    for (_, file) in source.files() {
        let path = Path::new(&file.path);
        let backup = backup(&real(path));
        if backup.exists() {
            let expected =
                format!("of files without a backup: {} is there already", backup.display());
            return Err(Error::config("in-place", expected));
        }
    }
    let ledger = match (&args.ledger, args.inputs.as_slice()) {
        (Some(ledger), _) => ledger.clone(),
        (None, [input]) => beside(input),
        (None, _) => {
            return Err(Error::config("ledger", "a file, where several inputs are replaced"));
        }
    };
    check(args, source, &[&ledger])?;
    Ok(Layout::InPlace { ledger, names: names(args, source)? })
}

/// Refuses to write over anything that is read, and one thing over the other.
fn check(args: &DedupArgs, source: &Source, outputs: &[&Path]) -> Result<()> {
    let mut read: Vec<PathBuf> =
        source.corpus.files().iter().map(|file| on_disk(&file.path)).collect();
    read.extend(
        [&args.protect, &args.decisions, &args.matching.config].into_iter().flatten().cloned(),
    );
    let mut taken: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    let read: Vec<(PathBuf, PathBuf)> = read.into_iter().map(|path| (real(&path), path)).collect();
    let outputs = outputs.iter().copied().chain(args.review.as_deref());
    for output in outputs.filter(|output| *output != Path::new("-")) {
        let place = real(output);
        if let Some((_, input)) = read.iter().find(|(input, _)| *input == place) {
            let expected =
                format!("another file than what is read: {} is (see --in-place)", input.display());
            return Err(Error::config("output", expected));
        }
        if let Some(other) = taken.insert(place, output) {
            let expected = format!("one path for each output: {} is given twice", other.display());
            return Err(Error::config("output", expected));
        }
    }
    Ok(())
}

/// The file that a place names: of a member of an archive the archive.
fn on_disk(place: &str) -> PathBuf {
    container(Path::new(place)).unwrap_or_else(|| PathBuf::from(place))
}

/// Where a path leads, whether or not there is anything yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(found) = path.canonicalize() {
        return found;
    }
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if folder.as_os_str().is_empty() => {
            Path::new(".").canonicalize().unwrap_or_default().join(name)
        }
        (Some(folder), Some(name)) => real(folder).join(name),
        _ => path.to_owned(),
    }
}

/// Refuses inputs that stand in the reference too: all of them would go.
fn check_reference(source: &Source) -> Result<()> {
    let (old, new) = source.corpus.files().split_at(source.reference_files);
    let old: BTreeSet<PathBuf> = old.iter().map(|file| real(&on_disk(&file.path))).collect();
    match new.iter().find(|file| old.contains(&real(&on_disk(&file.path)))) {
        None => Ok(()),
        Some(file) => {
            let expected = format!("other files than the inputs: {} is one", file.path);
            Err(Error::config("against", expected))
        }
    }
}

/// The inputs' paths below the folder that they have in common.
fn names(args: &DedupArgs, source: &Source) -> Result<BTreeMap<String, String>> {
    let files: Vec<&InputFile> = source.files().map(|(_, file)| file).collect();
    let paths = files.iter().map(|file| Path::new(file.path.as_str()));
    let mut common: Option<PathBuf> = None;
    for path in paths {
        let folder = path.parent().unwrap_or(Path::new(""));
        common = Some(match common {
            None => folder.to_owned(),
            Some(known) => {
                let both = known.components().zip(folder.components());
                both.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    // A folder that was named keeps what is below it, however deep its files are.
    let named = match args.inputs.as_slice() {
        [input] if input.is_dir() => Some(input.clone()),
        _ => None,
    };
    let common = named.or(common).unwrap_or_default();
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for file in files {
        let path = Path::new(&file.path);
        let below = path.strip_prefix(&common).unwrap_or(path);
        let below: PathBuf =
            below.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let mut name = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if !is_cut(source, file) {
            name.push_str(".jsonl");
        }
        if !taken.insert(name.clone()) {
            let expected = format!("inputs of different names: two would be written as {name}");
            return Err(Error::config("output", expected));
        }
        names.insert(path.to_string_lossy().into_owned(), name);
    }
    Ok(names)
}
