//! An object written member by member, its long lists in chunks that are laid out on several threads.
//!
//! What the layout puts around the items of a list depends on the list's name alone, so it is that of a list of one number.

use std::io;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::layout::{Layout, Object};
use super::{JsonView, lay_out};
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::in_order;

/// An object that is being written.
pub(super) struct Members<'a> {
    out: &'a mut dyn io::Write,
    pretty: bool,
    threads: usize,
    empty: bool,
}

impl<'a> Members<'a> {
    pub(super) fn new(view: &JsonView<'_>, out: &'a mut dyn io::Write) -> Self {
        Self { out, pretty: view.pretty, threads: view.threads, empty: true }
    }

    /// Writes a member.
    pub(super) fn member<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<()> {
        let object = bytes(&Member { name, value }, self.pretty)?;
        let end = if self.pretty { "\n}" } else { "}" };
        self.begin()?;
        self.write(object.get(1..object.len() - end.len()).unwrap_or_default())
    }

    /// Writes a list of objects, the members of each by `item`.
    pub(super) fn list<'i, T: Sync>(
        &mut self,
        name: &str,
        items: &'i [T],
        item: impl Fn(&mut Object<'_>, &'i T) + Sync,
    ) -> Result<()> {
        if items.is_empty() {
            return self.member(name, &[(); 0]);
        }
        // `{"name":[` and `]}`, as the layout has them around one item.
        let around = bytes(&Member { name, value: &[0] }, self.pretty)?;
        let place = |of: u8| around.iter().rposition(|&byte| byte == of).map_or(0, |at| at + 1);
        let end = if self.pretty { "\n}" } else { "}" };
        self.begin()?;
        self.write(around.get(1..place(b'[')).unwrap_or_default())?;
        let layout = Layout { pretty: self.pretty, depth: 2 };
        let make = |chunk: &'i [T], made: &mut Vec<u8>| layout.objects(chunk, made, &item);
        let mut first = true;
        in_order(self.threads, items, make, |chunk| {
            if !first {
                self.write(b",")?;
            }
            first = false;
            self.write(chunk)
        })?;
        self.write(around.get(place(b'0')..around.len() - end.len()).unwrap_or_default())
    }

    /// Ends the object and the line.
    pub(super) fn end(mut self) -> Result<()> {
        self.write(if self.pretty { b"\n}\n" } else { b"}\n" })?;
        self.out.flush().map_err(failed)
    }

    fn begin(&mut self) -> Result<()> {
        let first = std::mem::take(&mut self.empty);
        self.write(if first { b"{" } else { b"," })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(failed)
    }
}

fn failed(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io(cause))
}

fn bytes(value: &impl Serialize, pretty: bool) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    lay_out(value, pretty, &mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// An object of one member.
struct Member<'a, T: ?Sized> {
    name: &'a str,
    value: &'a T,
}

impl<T: Serialize + ?Sized> Serialize for Member<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(1))?;
        object.serialize_entry(self.name, self.value)?;
        object.end()
    }
}
