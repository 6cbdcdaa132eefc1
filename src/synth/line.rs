//! Records and what is true of them, as lines of JSON.

use super::letters::{Letters, digit};
use super::record::{Cluster, Planted, Record};
use crate::normalize::Normalizer;
use crate::shingle::GramCounter;

/// Writes a record.
pub(super) fn write_record(record: &Record, out: &mut Letters) {
    out.extend(b"{\"id\":\"r");
    out.number(record.index);
    out.extend(b"\",\"text\":");
    quoted(&record.text, out);
    out.extend(b",\"source\":\"outlet-");
    out.number(record.source.into());
    out.extend(b".example\",\"date\":\"");
    let day = record.day as u64;
    out.number(2_019 + day / 336);
    for part in [day % 336 / 28 + 1, day % 28 + 1] {
        out.extend(&[b'-', digit(part / 10), digit(part)]);
    }
    out.extend(b"\"}\n");
}

/// Writes a string. Generated text has nothing to escape, but who adds a line of boilerplate need not think of it.
fn quoted(text: &str, out: &mut Letters) {
    let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
    // No early end: so many bytes are looked at side by side.
    if text.as_bytes().iter().fold(true, |plain, byte| plain & is_plain(byte)) {
        out.extend(b"\"");
        out.extend(text.as_bytes());
        out.extend(b"\"");
    } else {
        out.extend(serde_json::Value::from(text).to_string().as_bytes());
    }
}

/// Writes lines of the truth. Keeps its buffers.
#[derive(Debug, Default)]
pub(super) struct TruthLines {
    normalizer: Normalizer,
    original: String,
    copy: String,
    grams: GramCounter,
}

impl TruthLines {
    /// Writes a record's cluster, and the planted pair if its original is among the first `count` records.
    pub(super) fn write(&mut self, record: &Record, count: u64, out: &mut Letters) {
        out.extend(b"{\"record\":\"r");
        out.number(record.index);
        out.extend(b"\",\"cluster\":\"");
        let (kind, number) = match record.cluster {
            Cluster::Copies(number) => (b"c", number),
            Cluster::Boilerplate(line) => (b"b", line as u64),
            Cluster::Decoy(index) => (b"d", index),
        };
        out.extend(kind);
        out.number(number);
        out.extend(b"\"}\n");
        if let Some(planted) = record.planted.filter(|planted| planted.original < count) {
            self.write_pair(record, planted, out);
        }
    }

    fn write_pair(&mut self, record: &Record, planted: Planted, out: &mut Letters) {
        let Planted { original, class, decoy, facts } = planted;
        out.extend(b"{\"a\":\"r");
        out.number(original);
        out.extend(b"\",\"b\":\"r");
        out.number(record.index);
        out.extend(b"\",\"class\":\"");
        out.extend(class.name().as_bytes());
        out.extend(b"\",\"decoy\":");
        match decoy {
            Some(decoy) => quoted(decoy.name(), out),
            None => out.extend(b"null"),
        }
        out.extend(b",\"facts\":[");
        for (place, kind) in facts.kinds().enumerate() {
            out.extend(if place > 0 { b"," } else { b"" });
            quoted(kind.name(), out);
        }
        out.extend(b"],\"jaccard_char4\":");
        let share = self.jaccard_char4(record);
        out.extend(&[digit(share / 10_000), b'.']);
        for unit in [1_000, 100, 10, 1] {
            out.extend(&[digit(share / unit)]);
        }
        out.extend(b"}\n");
    }

    /// The share of character 4-grams that the keys of copy and original have in common, in ten thousandths.
    fn jaccard_char4(&mut self, record: &Record) -> u64 {
        const WHOLE: u64 = 10_000;
        if record.text == record.original {
            return WHOLE;
        }
        for (text, key) in [(&record.original, &mut self.original), (&record.text, &mut self.copy)]
        {
            key.clear();
            self.normalizer.key(text, key);
        }
        if self.original == self.copy {
            return WHOLE;
        }
        let counts = self.grams.count(&self.original, &self.copy);
        let all = (counts.of_a + counts.of_b - counts.shared).max(1);
        (2 * WHOLE * counts.shared + all) / (2 * all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_escaped_is_escaped() {
        for text in ["plain", "a \"quote\"", "back\\slash", "tab\t", "“curly”…", ""] {
            let mut out = Letters::default();
            quoted(text, &mut out);
            assert_eq!(serde_json::from_str::<String>(out.as_str()).unwrap(), text);
        }
    }
}
