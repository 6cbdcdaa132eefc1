//! What persons decided in the page, and said of it in files: a JSON object a line.
//!
//! Decisions name what they are of by ids that are the same in every run. Two files may say the same, but not two things of one id.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, Result};

/// What is decided about.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Two wordings: whether they say the same.
    #[default]
    Pair,
    /// A sentence that several articles carry: whether it is one.
    Cluster,
    /// Two articles: whether the later carries the earlier.
    ArticlePair,
    /// A text: whether it is boilerplate.
    Boilerplate,
}

/// What is decided.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is so.
    Accept,
    /// It is not.
    Reject,
    /// It is, and is called otherwise.
    Relabel,
}

impl Verdict {
    /// The name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Relabel => "relabel",
        }
    }
}

/// A line of a file.
#[expect(clippy::struct_field_names, reason = "the names in files")]
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Decision {
    /// What it is of: the id of a cluster, a pair of articles, a text of boilerplate, or of two sentences with `:` between.
    pub id: String,
    /// What that is.
    #[serde(default)]
    pub kind: Subject,
    /// What was decided.
    pub decision: Verdict,
    /// What it is called instead.
    #[serde(default)]
    pub label: Option<String>,
    /// What the person noted.
    #[serde(default)]
    pub note: Option<String>,
    /// The id of the one sentence or the earlier article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<String>,
    /// The id of the other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b: Option<String>,
    /// The text of boilerplate, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A file of decisions.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct DecisionFile {
    /// Its path as given.
    pub path: String,
    /// XXH3-64 of its bytes.
    pub xxh3: String,
    /// Decisions in it.
    pub decisions: u64,
}

/// The decisions of all files, by their ids.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Decisions {
    files: Vec<DecisionFile>,
    known: BTreeMap<String, Placed>,
}

/// A decision, and the file and line where it stands.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Placed {
    decision: Decision,
    file: usize,
    line: u64,
}

impl Decisions {
    /// The same, with those of another file.
    ///
    /// ```
    /// use twicetold::audit::{Decisions, Verdict};
    /// let line = br#"{"id":"c5344b8db8aec6b74","kind":"cluster","decision":"reject"}"#;
    /// let decisions = Decisions::default().with(line, "one.jsonl".as_ref())?;
    /// assert_eq!(decisions.of("c5344b8db8aec6b74").unwrap().decision, Verdict::Reject);
    /// let other = br#"{"id":"c5344b8db8aec6b74","kind":"cluster","decision":"accept"}"#;
    /// let conflict = decisions.with(other, "other.jsonl".as_ref()).unwrap_err().to_string();
    /// assert!(conflict.contains("other.jsonl:1") && conflict.contains("one.jsonl:1"));
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// A line is no decision, a pair does not say of what, or something else was decided of the same id before; with both lines.
    pub fn with(mut self, bytes: &[u8], path: &Path) -> Result<Self> {
        let mut decisions = 0;
        let bytes_read = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        for (line, text) in (1..).zip(bytes_read.split(|&byte| byte == b'\n')) {
            let text = text.trim_ascii();
            if text.is_empty() {
                continue;
            }
            let decision: Decision = serde_json::from_slice(text).map_err(|cause| {
                Error::record(format!("a decision of a page ({cause})")).at(path, Some(line))
            })?;
            let is_pair = matches!(decision.kind, Subject::Pair | Subject::ArticlePair);
            if is_pair && (decision.a.is_none() || decision.b.is_none()) {
                let expected = "a and b, the ids of both, in the decision of a pair";
                return Err(Error::record(expected).at(path, Some(line)));
            }
            self.add(decision, (path, line))?;
            decisions += 1;
        }
        self.files.push(DecisionFile {
            path: path.display().to_string(),
            xxh3: format!("{:016x}", xxh3_64(bytes)),
            decisions,
        });
        Ok(self)
    }

    fn add(&mut self, decision: Decision, (path, line): (&Path, u64)) -> Result<()> {
        let Some(known) = self.known.get_mut(&decision.id) else {
            let placed = Placed { file: self.files.len(), line, decision };
            self.known.insert(placed.decision.id.clone(), placed);
            return Ok(());
        };
        let before = &mut known.decision;
        if (before.kind, before.decision, &before.label)
            != (decision.kind, decision.decision, &decision.label)
        {
            let here = path.display().to_string();
            let file = self.files.get(known.file).map_or(here.as_str(), |file| file.path.as_str());
            let expected = format!(
                "one decision of {}: {file}:{} says {}, and this line {}",
                decision.id,
                known.line,
                said(before),
                said(&decision),
            );
            return Err(Error::record(expected).at(path, Some(line)));
        }
        let is_empty = before.note.as_ref().is_none_or(String::is_empty);
        if is_empty {
            before.note = decision.note;
        }
        Ok(())
    }

    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What is decided of an id.
    pub fn of(&self, id: &str) -> Option<&Decision> {
        self.known.get(id).map(|placed| &placed.decision)
    }

    /// Whether an id is rejected.
    pub fn rejects(&self, id: &str) -> bool {
        self.of(id).is_some_and(|decision| decision.decision == Verdict::Reject)
    }

    /// All of them, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.known.values().map(|placed| &placed.decision)
    }

    /// The files that they were read from.
    pub fn files(&self) -> &[DecisionFile] {
        &self.files
    }
}

fn said(decision: &Decision) -> String {
    let verdict = decision.decision.name();
    decision
        .label
        .as_ref()
        .map_or_else(|| verdict.to_owned(), |label| format!("{verdict} {label:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str) -> Result<Decisions> {
        Decisions::default().with(lines.as_bytes(), "d.jsonl".as_ref())
    }

    #[test]
    fn what_is_said_twice_is_one_decision_and_notes_are_kept() {
        let lines = "{\"id\":\"c1\",\"kind\":\"cluster\",\"decision\":\"accept\",\"label\":null,\"note\":\"\"}\n\n{\"id\":\"c1\",\"kind\":\"cluster\",\"decision\":\"accept\",\"note\":\"sure\"}\n";
        let decisions = read(lines).unwrap();
        assert_eq!(decisions.iter().count(), 1);
        assert_eq!(decisions.of("c1").unwrap().note.as_deref(), Some("sure"));
        assert_eq!(decisions.files()[0].decisions, 2);
    }

    #[test]
    fn a_line_that_cannot_be_followed_is_named() {
        for (line, wrong) in [
            ("{\"id\":\"c1\"}", "d.jsonl:1"),
            ("\n{\"id\":\"c1\",\"kind\":\"cluster\",\"decision\":\"maybe\"}", "d.jsonl:2"),
            ("{\"id\":\"p1\",\"kind\":\"article_pair\",\"decision\":\"reject\"}", "a and b"),
            ("decision,kept_id", "a decision of a page"),
        ] {
            let error = read(line).unwrap_err().to_string();
            assert!(error.contains(wrong), "{error}");
        }
    }
}
