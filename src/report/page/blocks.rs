//! The shell of a page, and the blocks of data in it.
//!
//! A table is a list of rows, which the page holds as a whole, and perhaps of details, which it opens when a row is looked
//! at. Both are cut into blocks: a JSON array, compressed (zlib), in base64. An element tells which rows are in it.

use std::io::{self, Write as _};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use flate2::{Compression, write::ZlibEncoder};
use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The digests of the script and of the style, as `web/build.js` computes them.
const POLICY: &str = include_str!("page.csp");

/// Bytes of JSON in a block of rows, which are all read, and in one of details, which are read one by one.
const ROWS: usize = 1 << 20;
const DETAILS: usize = 1 << 18;

/// A page that is being written.
pub(super) struct Page<'o> {
    out: &'o mut dyn io::Write,
}

impl<'o> Page<'o> {
    /// Writes everything up to the tables. `head` is what the first screen shows.
    pub(super) fn begin(
        kind: &str,
        head: &impl Serialize,
        out: &'o mut dyn io::Write,
    ) -> Result<Self> {
        let mut page = Self { out };
        let policy = POLICY.trim();
        page.put(&format!(
            "<!doctype html>\n<html lang=\"en\" data-kind=\"{kind}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"twicetold {}\">\n<title>twicetold</title>\n<style>",
            env!("CARGO_PKG_VERSION"),
        ))?;
        page.put(STYLE)?;
        page.put(
            "</style>\n</head>\n<body>\n<noscript>This page shows its data with a script that is part of it. \
             It sends nothing anywhere.</noscript>\n<div id=\"page\"></div>\n",
        )?;
        page.block("head", "data-part=\"rows\" data-first=\"0\" data-count=\"1\"", &json(head)?)?;
        page.put("<script>")?;
        page.put(SCRIPT)?;
        page.put("</script>\n")?;
        Ok(page)
    }

    /// Writes a table of rows without details.
    pub(super) fn rows<R: Serialize>(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = Result<R>>,
    ) -> Result<()> {
        self.table::<_, ()>(name, rows.into_iter().map(|row| Ok((row?, None))))
    }

    /// Writes a table of rows, each with its details.
    pub(super) fn table<R: Serialize, D: Serialize>(
        &mut self,
        name: &str,
        rows: impl IntoIterator<Item = Result<(R, Option<D>)>>,
    ) -> Result<()> {
        let mut of_rows = Block::new("rows", ROWS);
        let mut of_details = Block::new("details", DETAILS);
        for row in rows {
            let (row, details) = row?;
            of_rows.add(self, name, &row)?;
            if let Some(details) = details {
                of_details.add(self, name, &details)?;
            }
        }
        of_rows.flush(self, name)?;
        of_details.flush(self, name)
    }

    /// Ends the page.
    pub(super) fn end(mut self) -> Result<()> {
        self.put("</body>\n</html>\n")?;
        self.out.flush().map_err(failed)
    }

    fn block(&mut self, name: &str, attributes: &str, json: &[u8]) -> Result<()> {
        let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
        let packed = packer.write_all(json).and_then(|()| packer.finish()).map_err(failed)?;
        self.put(&format!(
            "<script type=\"application/octet-stream\" data-table=\"{name}\" {attributes}>"
        ))?;
        self.put(&BASE64_STANDARD.encode(packed))?;
        self.put("</script>\n")
    }

    fn put(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(failed)
    }
}

/// Rows that wait for being written.
struct Block {
    part: &'static str,
    limit: usize,
    json: Vec<u8>,
    first: usize,
    count: usize,
}

impl Block {
    fn new(part: &'static str, limit: usize) -> Self {
        Self { part, limit, json: vec![b'['], first: 0, count: 0 }
    }

    fn add(&mut self, page: &mut Page<'_>, name: &str, row: &impl Serialize) -> Result<()> {
        if self.count > 0 {
            self.json.push(b',');
        }
        serde_json::to_writer(&mut self.json, row).map_err(|cause| failed(cause.into()))?;
        self.count += 1;
        if self.json.len() >= self.limit { self.flush(page, name) } else { Ok(()) }
    }

    fn flush(&mut self, page: &mut Page<'_>, name: &str) -> Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        self.json.push(b']');
        let Self { part, first, count, .. } = *self;
        let attributes =
            format!("data-part=\"{part}\" data-first=\"{first}\" data-count=\"{count}\"");
        page.block(name, &attributes, &self.json)?;
        (self.first, self.count) = (first + count, 0);
        self.json.truncate(1);
        Ok(())
    }
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut bytes = vec![b'['];
    serde_json::to_writer(&mut bytes, value).map_err(|cause| failed(cause.into()))?;
    bytes.push(b']');
    Ok(bytes)
}

fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io(cause))
}
