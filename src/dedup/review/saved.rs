//! What was decided in the page of `detect --format html`: a JSON object a line.
//!
//! To accept a pair of sentences is to say that one may go in favour of the other; to reject it, that both stay. A new label, and
//! decisions of clusters, articles and boilerplate, say nothing of what may go.

use std::path::Path;

use serde::Deserialize;

use super::{Mark, ordered};
use crate::error::{Error, Result};

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    kind: String,
    decision: String,
    a: Option<String>,
    b: Option<String>,
}

/// The decisions of pairs of sentences.
pub(super) fn marks(text: &[u8], name: &Path) -> Result<Vec<Mark>> {
    let mut marks = Vec::new();
    for (at, line) in (1..).zip(text.split(|&byte| byte == b'\n')) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        let read: Line = serde_json::from_slice(line).map_err(|cause| {
            Error::record(format!("a decision of a page ({cause})")).at(name, Some(at))
        })?;
        let may_go = match read.decision.as_str() {
            "accept" => true,
            "reject" => false,
            "relabel" => continue,
            other => {
                let expected = format!("accept, reject or relabel as a decision, found {other:?}");
                return Err(Error::record(expected).at(name, Some(at)));
            }
        };
        if let (true, Some(a), Some(b)) = (read.kind == "pair", &read.a, &read.b) {
            marks.push(Mark { pair: ordered(a, b), may_go, line: Some(at) });
        }
    }
    Ok(marks)
}
