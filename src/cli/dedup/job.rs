//! What is written: the corpus without what goes, and the ledger.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Source;
use super::backups::Backups;
use super::layout::{Layout, is_cut};
use super::packed::Packed;
use crate::cli::output::{say, write_folder, write_two, write_within};
use crate::cli::staged::{Rights, Staged};
use crate::config::{Config, Format};
use crate::corpus::InputFile;
use crate::dedup::{Dedup, Rewritten, table_format};
use crate::error::{Error, Result};
use crate::ids::FileId;
use crate::read::{
    FileText, Table, container, open, with_table, with_table_of_bytes, with_text,
    with_text_of_bytes,
};

/// Everything that writing takes.
pub(super) struct Job<'a> {
    pub(super) dedup: &'a Dedup<'a>,
    pub(super) source: &'a Source,
    pub(super) config: &'a Config,
    pub(super) is_quiet: bool,
}

impl Job<'_> {
    pub(super) fn write(&self, layout: &Layout) -> Result<()> {
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
        self.source.files().try_for_each(|(id, file)| self.annotate_file(id, file, out))
    }

    fn annotate_file(&self, id: FileId, file: &InputFile, out: &mut dyn Write) -> Result<()> {
        let can_be_read_again = self.source.can_be_read_again(file);
        if can_be_read_again && file.format == Format::Jsonl.name() {
            return self.with_text(id, |text| self.dedup.annotate_lines(id, text, out));
        }
        if can_be_read_again && let Some(format) = table_format(file.format) {
            let annotate = |table: &mut Table<'_>| self.dedup.annotate_table(id, table, out);
            return self.with_table(id, format, annotate);
        }
        let has_objects = can_be_read_again
            && is_text(file.format)
            && self.with_text(id, |text| self.dedup.annotate_objects(id, text, out))?;
        if has_objects { Ok(()) } else { self.dedup.annotate(id, out) }
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
        let uncut = self.source.files().filter(|(_, file)| !is_cut(self.source, file)).count();
        if uncut > 0 && !self.is_quiet {
            let what = if uncut == 1 {
                "1 page, web archive or member of an archive is"
            } else {
                &format!("{uncut} pages, web archives and members of archives are")
            };
            say(&format!("{what} not cut, and written annotated (NAME.jsonl)"))?;
        }
        write_folder(output, |whole| {
            write_within(self.source.rights(), Some(ledger), |ledger| {
                self.dedup.begin(false, ledger)?;
                for (id, file) in self.source.files() {
                    let path = whole.join(names.get(&file.path).unwrap_or(&file.path));
                    let folder = path.parent().unwrap_or(whole);
                    fs::create_dir_all(folder).map_err(failed(folder))?;
                    let read = container(Path::new(&file.path));
                    let mut out = Staged::beside(&path, Rights::of(read)).map_err(failed(&path))?;
                    if !is_cut(self.source, file) {
                        self.passes_over(id, "what was read of it is annotated")?;
                        self.dedup.pass_over(id);
                        self.annotate_file(id, file, &mut out)
                            .map_err(|error| error.at(&path, None))?;
                        out.sync().and_then(|()| out.place()).map_err(failed(&path))?;
                        continue;
                    }
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
