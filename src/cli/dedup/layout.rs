//! Where everything is written, checked before anything is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::{DedupArgs, Source};
use crate::config::Format;
use crate::error::{Error, Result};

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
    InPlace { ledger: PathBuf },
}

/// No names.
static NONE: BTreeMap<String, String> = BTreeMap::new();

impl Layout {
    pub(super) fn new(args: &DedupArgs, source: &Source) -> Result<Self> {
        if args.dry_run {
            return Ok(Self::Nothing { ledger: args.ledger.clone() });
        }
        if args.annotate {
            return annotated(args, source);
        }
        for (_, file) in source.files() {
            if !is_written(file.format) || !source.can_be_read_again(file) {
                let expected = format!(
                    "text, article, lines, jsonl, csv or tsv: {} cannot be written back (see --annotate)",
                    file.path
                );
                return Err(Error::config("input-format", expected));
            }
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
        check_inputs(source, &[output, &ledger])?;
        let is_folder = output.is_dir() || output.as_os_str().to_string_lossy().ends_with('/');
        let one_input = source.files().count() == 1
            && (source.stdin.is_some() || args.inputs.iter().all(|input| input.is_file()));
        if one_input && !is_folder {
            let output = (!is_standard).then(|| output.clone());
            return Ok(Self::One { output, ledger, names: BTreeMap::new() });
        }
        if is_standard || output.is_file() {
            return Err(Error::config("output", "a folder, since several files are written"));
        }
        if output.read_dir().is_ok_and(|mut found| found.next().is_some()) {
            let expected = format!("a new or empty folder: {} has files in it", output.display());
            return Err(Error::config("output", expected));
        }
        let names = names(source)?;
        let output = output.components().collect();
        Ok(Self::Folder { output, ledger, names })
    }

    /// What each input's output is called in the folder.
    pub(super) fn names(&self) -> &BTreeMap<String, String> {
        match self {
            Self::One { names, .. } | Self::Folder { names, .. } => names,
            Self::Nothing { .. } | Self::InPlace { .. } | Self::Annotated { .. } => &NONE,
        }
    }

    pub(super) const fn is_standard_output(&self) -> bool {
        matches!(self, Self::One { output: None, .. } | Self::Annotated { output: None })
    }
}

fn is_written(format: &str) -> bool {
    format.parse().is_ok_and(|format| match format {
        Format::Text
        | Format::Article
        | Format::Lines
        | Format::Jsonl
        | Format::Csv
        | Format::Tsv => true,
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
    check_inputs(source, &[output])?;
    let output = (output != Path::new("-")).then(|| output.clone());
    Ok(Layout::Annotated { output })
}

fn in_place(args: &DedupArgs, source: &Source) -> Result<Layout> {
    if source.stdin.is_some() {
        return Err(Error::config("in-place", "of files: standard input has no place"));
    }
    for (_, file) in source.files() {
        let backup = backup(Path::new(&file.path));
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
    check_inputs(source, &[&ledger])?;
    Ok(Layout::InPlace { ledger })
}

/// Refuses to write over what was read, and one output over the other.
fn check_inputs(source: &Source, outputs: &[&Path]) -> Result<()> {
    let real = |path: &Path| path.canonicalize().ok();
    let existing: Vec<PathBuf> = outputs.iter().filter_map(|path| real(path)).collect();
    for file in source.corpus.files() {
        if real(Path::new(&file.path)).is_some_and(|input| existing.contains(&input)) {
            let expected =
                format!("another file than the inputs: {} is one (or use --in-place)", file.path);
            return Err(Error::config("output", expected));
        }
    }
    if let [output, ledger] = outputs
        && output == ledger
    {
        return Err(Error::config("ledger", "another file than the output"));
    }
    Ok(())
}

/// The inputs' paths below the folder that they have in common. What is compressed in another way than gzip is written plainly.
fn names(source: &Source) -> Result<BTreeMap<String, String>> {
    let paths: Vec<&Path> = source.files().map(|(_, file)| Path::new(file.path.as_str())).collect();
    let mut common: Option<PathBuf> = None;
    for path in &paths {
        let folder = path.parent().unwrap_or(Path::new(""));
        common = Some(match common {
            None => folder.to_owned(),
            Some(known) => {
                let both = known.components().zip(folder.components());
                both.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    let common = common.unwrap_or_default();
    let mut taken = BTreeSet::new();
    let mut names = BTreeMap::new();
    for path in paths {
        let below = path.strip_prefix(&common).unwrap_or(path);
        let below: PathBuf =
            below.components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let below = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        let name = ["zst", "zstd", "bz2", "xz", "lzma"]
            .iter()
            .find_map(|extension| below.strip_suffix(&format!(".{extension}")))
            .unwrap_or(&below)
            .to_owned();
        if !taken.insert(name.clone()) {
            let expected = format!("inputs of different names: two would be written as {name}");
            return Err(Error::config("output", expected));
        }
        names.insert(path.to_string_lossy().into_owned(), name);
    }
    Ok(names)
}
