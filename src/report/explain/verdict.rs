//! The first line of an explanation: whether the pair is linked, and by what or for want of what.

use crate::pipeline::{Explanation, LinkReason};
use crate::report::phrase::{counted, two_decimals};
use crate::verify::Flag;

/// `Linked`, `Not linked`.
pub(super) const fn heading(explanation: &Explanation) -> &'static str {
    if explanation.linked.is_some() { "Linked" } else { "Not linked" }
}

/// Why, in one sentence.
pub(super) fn reason(explanation: &Explanation) -> String {
    match explanation.linked {
        Some(LinkReason::EqualKeys) => "their keys are equal".to_owned(),
        Some(LinkReason::Similarity) => {
            format!("{}, {}", similarity(explanation), evidence(explanation))
        }
        Some(LinkReason::SharedRun) => {
            let run = counted(u64::from(explanation.scores.longest_run), "word");
            format!("they share a run of {run}, {}", evidence(explanation))
        }
        None => obstacle(explanation),
    }
}

fn similarity(explanation: &Explanation) -> String {
    let needed = two_decimals(explanation.threshold);
    format!("similarity {} ({needed} is needed)", two_decimals(explanation.similarity))
}

fn evidence(explanation: &Explanation) -> String {
    let needed = match explanation.evidence_needed {
        Some(needed) => format!("{needed:.1} are needed"),
        None => "none is needed".to_owned(),
    };
    format!("evidence {:.1} nats ({needed})", explanation.evidence)
}

/// What keeps them apart: the first bar that was not reached.
fn obstacle(explanation: &Explanation) -> String {
    let facts = format!("{}, {}", similarity(explanation), evidence(explanation));
    let lacks_evidence =
        explanation.evidence_needed.is_some_and(|needed| explanation.evidence < needed);
    let what = if explanation.flags.has(Flag::Short) {
        "too short for anything but equal keys"
    } else if explanation.similarity < explanation.threshold {
        "too little is shared"
    } else if lacks_evidence {
        "what is shared could be chance"
    } else if explanation.flags.has(Flag::NumbersDiffer) {
        "their numbers differ, and the settings ask for equal ones"
    } else {
        "the settings keep them apart"
    };
    format!("{what}: {facts}")
}
