//! `dedup --restore`: what was written and its ledger become the input again.

use std::fs;
use std::io::{BufReader, Cursor, Read, Write};
use std::path::{Component, Path, PathBuf};

use super::DedupArgs;
use super::packed::Packed;
use crate::cli::output::{say, write_folder, write_within};
use crate::cli::settings;
use crate::cli::staged::Rights;
use crate::config::{Config, InputConfig};
use crate::dedup::{FileLine, Ledger, changed, restore, restore_table, table_format};
use crate::error::{Error, Result};
use crate::read::{Compression, open, plain_digest, with_table, with_text};

/// Runs the verb.
pub(super) fn run(args: &DedupArgs, ledger: &Path) -> Result<()> {
    let [written] = args.inputs.as_slice() else {
        return Err(Error::config(
            "restore",
            "a ledger, and what was written as INPUT: one file or folder",
        ));
    };
    let Some(output) = &args.output else {
        return Err(Error::config("output", "a path for what is restored (-o BACK)"));
    };
    // What is restored holds what both of them do.
    let rights = |from: &Path| Rights::of([from, ledger]);
    let is_read = |path: &Path| {
        let (path, output) = (path.canonicalize(), output.canonicalize());
        path.ok().zip(output.ok()).is_some_and(|(path, output)| path == output)
    };
    if is_read(written) || is_read(ledger) {
        return Err(Error::config("output", "another path than what is read"));
    }
    let input = settings::config(Config::default(), &args.matching, &args.reading)?.input;
    let lines = Ledger::read(&mut BufReader::new(open(ledger)?), ledger)?;
    if lines.run.one_file {
        let Some(file) = lines.files.first() else { return Ok(()) };
        let to = (output != Path::new("-")).then_some(output.as_path());
        write_within(rights(written), to, |out| {
            let mut out = Packed::new(out, output)?;
            one((&lines, &input), file, (written, &mut out))?;
            out.finish()
        })?;
        return note(file, args.quiet);
    }
    if output.read_dir().is_ok_and(|mut found| found.next().is_some()) {
        let expected = format!("a new or empty folder: {} has files in it", output.display());
        return Err(Error::config("output", expected));
    }
    write_folder(output, |whole| {
        for file in &lines.files {
            let name = below(file.output.as_deref().unwrap_or(&file.path))?;
            let to = whole.join(plain(&name));
            if to.exists() {
                let name = plain(&name);
                let expected = format!("of different names: two would be {}", name.display());
                return Err(Error::config("output", expected));
            }
            let folder = to.parent().unwrap_or(whole);
            fs::create_dir_all(folder).map_err(|cause| Error::io(folder, cause))?;
            let from = written.join(&name);
            write_within(rights(&from), Some(&to), |out| {
                one((&lines, &input), file, (&from, out))
            })?;
            note(file, args.quiet)?;
        }
        Ok(())
    })
}

fn one(
    (ledger, input): (&Ledger, &InputConfig),
    file: &FileLine,
    (from, out): (&Path, &mut dyn Write),
) -> Result<()> {
    if !file.left {
        return restore(ledger, file, &mut Cursor::new(b""), out);
    }
    if let Some(format) = table_format(&file.format) {
        // Whoever changed a cell since would get a mixture back.
        if format!("{:016x}", plain_digest(from, input)?) != file.output_xxh3 {
            return Err(changed(file));
        }
        return with_table(from, format, input, |table| restore_table(ledger, file, table, out));
    }
    with_text(from, input, |text| {
        // A mark that begins what is left, and not the file, is text.
        let is_text = text.has_mark() && !file.mark;
        let mark = if is_text { "\u{feff}" } else { "" };
        restore(ledger, file, &mut mark.as_bytes().chain(text), out)
    })
}

/// Says where bytes are not what they were.
fn note(file: &FileLine, is_quiet: bool) -> Result<()> {
    if file.exact || is_quiet || table_format(&file.format).is_some() {
        return Ok(());
    }
    say(&format!("{}: was not in valid UTF-8; its text is restored, in UTF-8", file.path))
}

/// A path of a ledger, which must not lead out of the folder.
fn below(name: &str) -> Result<PathBuf> {
    let path = Path::new(name);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    let outside = || Error::record(format!("a path inside the folder, found {name}"));
    if is_inside { Ok(path.to_owned()) } else { Err(outside()) }
}

/// What was compressed is restored as it was inside.
fn plain(name: &Path) -> PathBuf {
    if Compression::of(name).is_some() { name.with_extension("") } else { name.to_owned() }
}
