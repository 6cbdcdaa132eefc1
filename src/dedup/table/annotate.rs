//! The rows of a table as JSON lines, each with what would go of it.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;
use arrow_schema::{ArrowError, Field, Schema};

use super::unplaced;
use super::writer::broken;
use crate::dedup::Dedup;
use crate::error::{Error, Result};
use crate::ids::{DocumentId, FileId};
use crate::read::{Chosen, Name, Table, cell_text, in_utc, is_binary};

impl Dedup<'_> {
    /// Writes the rows of a table, each as a record of JSON lines with what would go of it. `table` is the file once more.
    ///
    /// # Errors
    /// The file cannot be read again, or has a column of a type that JSON has no words for; the output cannot be written.
    pub(crate) fn annotate_table(
        &self,
        file: FileId,
        table: &mut Table<'_>,
        out: &mut dyn Write,
    ) -> Result<()> {
        let path = Path::new(&self.corpus.file(file).path);
        let failed = |cause| Error::io(path, cause);
        let fields = &self.config.input.fields;
        let chosen = Chosen::new(table.schema(), fields).map_err(failed)?;
        let documents = self.documents_of(file).filter_map(DocumentId::from_index);
        let mut documents = documents.peekable();
        let mut line = 0;
        while let Some((batch, _)) = table.next().map_err(failed)? {
            let records = records(&batch, &chosen.text).map_err(|cause| failed(broken(cause)))?;
            for record in records.split_inclusive(|&byte| byte == b'\n') {
                line += 1;
                let of_row = |&document: &DocumentId| self.corpus.document(document).line() == line;
                match documents.next_if(of_row) {
                    None => out.write_all(record).map_err(unplaced)?,
                    Some(document) => self.annotated(document, record, out)?,
                }
            }
        }
        Ok(())
    }

    /// A record with what would go of it as its last field.
    fn annotated(&self, document: DocumentId, record: &[u8], out: &mut dyn Write) -> Result<()> {
        let record = String::from_utf8_lossy(record);
        let line = self.with_annotation(document, &record)?.unwrap_or_else(|| record.into_owned());
        out.write_all(line.as_bytes()).map_err(unplaced)
    }
}

/// The rows of a batch as JSON lines.
fn records(batch: &RecordBatch, text: &[Name]) -> Result<Vec<u8>, ArrowError> {
    let columns = batch.columns().iter().zip(batch.schema_ref().fields()).map(|(array, field)| {
        let name = vec![field.name().clone()];
        // Bytes that are text are told as such.
        let array = if text.contains(&name) && is_binary(array.data_type()) {
            let texts = (0..batch.num_rows()).map(|row| cell_text(batch, &name, row));
            Arc::new(texts.collect::<StringArray>()) as ArrayRef
        } else {
            in_utc(array)?
        };
        let field = field.as_ref().clone().with_data_type(array.data_type().clone());
        Ok((field, array))
    });
    let columns: Vec<_> = columns.collect::<Result<_, ArrowError>>()?;
    let (fields, columns): (Vec<Field>, Vec<_>) = columns.into_iter().unzip();
    let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)?;
    let builder = WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, LineDelimited>(Vec::new());
    writer.write(&batch)?;
    writer.finish()?;
    Ok(writer.into_inner())
}
