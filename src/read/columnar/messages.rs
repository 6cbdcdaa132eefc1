//! Arrow's interprocess format: messages one behind another, as a stream or in a file.
//!
//! A file is a stream between two marks with a directory behind it. Its messages are read in their order, so that neither needs
//! more than a pass. Memory: one message with its body, and the dictionaries.

use std::collections::HashMap;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_buffer::Buffer;
use arrow_ipc::reader::{RecordBatchDecoder, read_dictionary};
use arrow_ipc::{CompressionType, MessageHeader, MetadataVersion, root_as_message};
use arrow_schema::{Schema, SchemaRef};

use super::{contained, damaged};
use crate::read::budget::Budget;

/// How an Arrow file begins and ends.
pub(super) const MAGIC: &[u8] = b"ARROW1";
/// What stands before the length of a message.
const CONTINUATION: [u8; 4] = [0xff; 4];
/// The longest description of a message, in bytes: a schema of some hundred thousand columns.
const DESCRIPTION: u32 = 256 << 20;

/// Whether bytes begin as an Arrow file or stream.
pub(super) fn begins(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || is_stream(head)
}

/// A stream begins with the description of its schema, whose length fills up whole words.
fn is_stream(head: &[u8]) -> bool {
    match head {
        [0xff, 0xff, 0xff, 0xff, a, b, c, d, ..] => {
            let length = u32::from_le_bytes([*a, *b, *c, *d]);
            length > 0 && length.is_multiple_of(8) && length <= DESCRIPTION
        }
        _ => false,
    }
}

/// The messages of a file or stream.
pub(super) struct Messages<'a> {
    bytes: Box<dyn Read + 'a>,
    budget: &'a Budget,
    is_file: bool,
    schema: SchemaRef,
    version: MetadataVersion,
    compression: Option<CompressionType>,
    dictionaries: HashMap<i64, ArrayRef>,
    has_ended: bool,
}

impl<'a> Messages<'a> {
    /// Reads up to the schema.
    pub(super) fn open(mut bytes: Box<dyn Read + 'a>, budget: &'a Budget) -> io::Result<Self> {
        let mut first = [0; 8];
        let length = read_up_to(&mut bytes, &mut first)?;
        let is_file = first.starts_with(MAGIC);
        if first.starts_with(b"FEA1") {
            return Err(damaged("Feather of version 1, which is no Arrow; write it as version 2"));
        }
        if length < first.len() {
            return Err(ends_early());
        }
        let mut word = [0; 4];
        // Some writers fill up the mark of a file to 64 bytes.
        while is_file && word == [0; 4] {
            if read_up_to(&mut bytes, &mut word)? < word.len() {
                return Err(ends_early());
            }
        }
        let begun = if is_file { word.to_vec() } else { first.to_vec() };
        let bytes: Box<dyn Read + 'a> = Box::new(io::Cursor::new(begun).chain(bytes));
        let mut messages = Self {
            bytes,
            budget,
            is_file,
            schema: Arc::new(Schema::empty()),
            version: MetadataVersion::V5,
            compression: None,
            dictionaries: HashMap::new(),
            has_ended: false,
        };
        let Some((description, _)) = messages.message()? else { return Err(ends_early()) };
        let message = root_as_message(&description).map_err(|cause| damaged(cause.to_string()))?;
        let Some(schema) = message.header_as_schema() else {
            return Err(damaged("no Arrow file or stream: it does not begin with a schema"));
        };
        messages.version = message.version();
        messages.schema = Arc::new(contained(|| {
            Ok::<_, arrow_schema::ArrowError>(arrow_ipc::convert::fb_to_schema(schema))
        })?);
        Ok(messages)
    }

    pub(super) const fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    pub(super) const fn is_file(&self) -> bool {
        self.is_file
    }

    /// The compression of what was read last.
    pub(super) const fn compression(&self) -> Option<CompressionType> {
        self.compression
    }

    /// The next batch, of these columns or of all.
    pub(super) fn next(&mut self, columns: Option<&[usize]>) -> io::Result<Option<RecordBatch>> {
        while let Some((description, body)) = self.message()? {
            let message =
                root_as_message(&description).map_err(|cause| damaged(cause.to_string()))?;
            match message.header_type() {
                MessageHeader::RecordBatch => {
                    let batch = message.header_as_record_batch();
                    let batch = batch.ok_or_else(|| damaged("a batch without its description"))?;
                    self.compression = self.bound(batch, &body)?;
                    return contained(|| {
                        let schema = Arc::clone(&self.schema);
                        RecordBatchDecoder::try_new(
                            &body,
                            batch,
                            schema,
                            &self.dictionaries,
                            &self.version,
                        )?
                        .with_projection(columns)
                        .read_record_batch()
                    })
                    .map(Some);
                }
                MessageHeader::DictionaryBatch => {
                    let dictionary = message.header_as_dictionary_batch();
                    let dictionary =
                        dictionary.ok_or_else(|| damaged("a dictionary without a description"))?;
                    if let Some(batch) = dictionary.data() {
                        self.bound(batch, &body)?;
                    }
                    let Self { schema, dictionaries, version, .. } = self;
                    contained(|| {
                        read_dictionary(&body, dictionary, schema, dictionaries, version)
                    })?;
                }
                _ => return Err(damaged("a message that is neither a batch nor a dictionary")),
            }
        }
        Ok(None)
    }

    /// Counts what the buffers of a batch decompress to, before anything is.
    fn bound(
        &self,
        batch: arrow_ipc::RecordBatch<'_>,
        body: &Buffer,
    ) -> io::Result<Option<CompressionType>> {
        let Some(compression) = batch.compression() else { return Ok(None) };
        for buffer in batch.buffers().into_iter().flatten() {
            let outside = || damaged("a buffer outside its message");
            let start = usize::try_from(buffer.offset()).map_err(|_| outside())?;
            let length = usize::try_from(buffer.length()).map_err(|_| outside())?;
            let end = start.checked_add(length).ok_or_else(outside)?;
            let stored = body.as_slice().get(start..end).ok_or_else(outside)?;
            if stored.is_empty() {
                continue;
            }
            let plain = stored.first_chunk().ok_or_else(outside)?;
            // -1 is a buffer that is stored as it is.
            if let Ok(plain) = u64::try_from(i64::from_le_bytes(*plain)) {
                self.budget.give(plain)?;
            }
        }
        Ok(Some(compression.codec()))
    }

    /// The next message: its description and its body.
    fn message(&mut self) -> io::Result<Option<(Vec<u8>, Buffer)>> {
        if self.has_ended {
            return Ok(None);
        }
        let mut word = [0; 4];
        let mut count = read_up_to(&mut self.bytes, &mut word)?;
        // A stream may just end; old ones have nothing before the length.
        if count == 0 && !self.is_file {
            self.has_ended = true;
            return Ok(None);
        }
        if word == CONTINUATION {
            count = read_up_to(&mut self.bytes, &mut word)?;
        }
        if count < word.len() {
            return Err(ends_early());
        }
        let length = u32::from_le_bytes(word);
        if length == 0 {
            self.has_ended = true;
            return Ok(None);
        }
        if length > DESCRIPTION {
            return Err(damaged("a message with a description of more than 256 MB"));
        }
        let description = self.take(u64::from(length))?;
        let message = root_as_message(&description).map_err(|cause| damaged(cause.to_string()))?;
        let length = u64::try_from(message.bodyLength());
        let length = length.map_err(|_| damaged("a message of negative length"))?;
        let body = self.take(length)?;
        Ok(Some((description, Buffer::from_vec(body))))
    }

    /// So many bytes; memory is taken as they come.
    fn take(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let mut taken = Vec::new();
        self.bytes.by_ref().take(length).read_to_end(&mut taken)?;
        if (taken.len() as u64) < length { Err(ends_early()) } else { Ok(taken) }
    }
}

fn read_up_to(bytes: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < buffer.len() {
        match bytes.read(&mut buffer[count..])? {
            0 => break,
            more => count += more,
        }
    }
    Ok(count)
}

fn ends_early() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "ends early: the Arrow data is cut off")
}
