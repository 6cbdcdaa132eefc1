//! What `--check-recall` measured, in a line for each measurement, and the complaint about a contract that was not kept.

use std::io;

use super::sheet::Sheet;
use crate::pipeline::{CheckedRecall, Measured, RecallStatement};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::{counted, grouped, percent, two_decimals};

/// Says that a checked run did not keep its contract; `None` if it did, or nobody checked.
pub fn broken_contract(recall: &RecallStatement) -> Option<String> {
    let checked = recall.checked.filter(|checked| !checked.kept)?;
    let is_exact = recall.bands == 0;
    let sample = if is_exact { checked.sample.linked } else { checked.sample.at_contract };
    let at = two_decimals(recall.contract.at);
    let asked = if is_exact {
        "every pair".to_owned()
    } else {
        format!("{} at {at}", percent(recall.contract.recall.number()))
    };
    Some(format!(
        "the recall contract is not kept: {asked} was asked for; sample: {}; planted: {}",
        told(&sample, "pair"),
        told(&checked.planted, "copy"),
    ))
}

/// Writes the lines, if anything was checked.
pub(super) fn write(sheet: &mut Sheet<'_>) -> io::Result<()> {
    let recall = &sheet.report.recall;
    let Some(checked) = recall.checked else { return Ok(()) };
    let complaint = broken_contract(recall);
    for line in lines(recall, &checked) {
        sheet.paragraph(&Paragraph::new(0, 2).add(Style::Plain, &line))?;
    }
    complaint.map_or(Ok(()), |complaint| {
        sheet.paragraph(&Paragraph::new(0, 2).add(Style::Flagged, &complaint))
    })
}

fn lines(recall: &RecallStatement, checked: &CheckedRecall) -> [String; 2] {
    let at = two_decimals(recall.contract.at);
    let mut sample = format!(
        "checked: {} compared with all{}: {}",
        counted(checked.sample.sentences, "sentence"),
        match checked.sample.represented {
            0 => String::new(),
            behind => format!(" ({} behind representatives)", grouped(behind)),
        },
        told(&checked.sample.linked, "linked pair"),
    );
    if recall.contract.at > recall.threshold {
        sample = format!("{sample}; from {at} up {}", told(&checked.sample.at_contract, "pair"));
    }
    let planted = told(&checked.planted, "edited copy");
    [sample, format!("checked: planted at {at}: {planted}")]
}

/// `812 of 830 pairs found, 97.8 % (96.1 % to 98.9 %; 97.1 % expected)`.
fn told(measured: &Measured, thing: &str) -> String {
    let (Some(recall), Some(expected)) = (measured.recall, measured.expected) else {
        return format!("no {thing} to tell from");
    };
    let counted = counted(measured.pairs, thing).replace("copys", "copies");
    format!(
        "{} of {counted} found, {} ({} to {}; {} expected)",
        grouped(measured.found),
        percent(recall),
        percent(measured.low),
        percent(measured.high),
        percent(expected),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Contract;
    use crate::ids::Similarity;
    use crate::pipeline::SampleCheck;

    fn checked(kept: bool) -> RecallStatement {
        let measured = |found, pairs, recall, low, high| Measured {
            pairs,
            found,
            recall: Some(recall),
            low,
            high,
            expected: Some(0.93),
        };
        let nothing =
            Measured { pairs: 0, found: 0, recall: None, low: 0.0, high: 1.0, expected: None };
        RecallStatement {
            engine: "bands",
            bands: 46,
            rows: 3,
            threshold: Similarity::percent(30),
            contract: Contract { recall: Similarity::percent(95), at: Similarity::percent(40) },
            expected: 0.95,
            checked: Some(CheckedRecall {
                sample: SampleCheck {
                    sentences: 2_000,
                    represented: 31,
                    linked: measured(930, 1_000, 0.93, 0.9123, 0.9456),
                    at_contract: nothing,
                },
                planted: measured(880, 1_000, 0.88, 0.86, 0.9),
                kept,
            }),
            capped: 0,
            met: 0,
            candidates: 0,
            reason: String::new(),
        }
    }

    #[test]
    fn each_measurement_is_a_line_with_its_interval() {
        let recall = checked(true);
        insta::assert_snapshot!(lines(&recall, &recall.checked.unwrap()).join("\n"), @r"
        checked: 2,000 sentences compared with all (31 behind representatives): 930 of 1,000 linked pairs found, 93 % (91.2 % to 94.5 %; 93 % expected); from 0.40 up no pair to tell from
        checked: planted at 0.40: 880 of 1,000 edited copies found, 88 % (86 % to 90 %; 93 % expected)
        ");
    }

    #[test]
    fn only_a_contract_that_is_not_kept_is_complained_about() {
        assert_eq!(broken_contract(&checked(true)), None);
        assert_eq!(broken_contract(&RecallStatement { checked: None, ..checked(false) }), None);
        insta::assert_snapshot!(broken_contract(&checked(false)).unwrap(), @"the recall contract is not kept: 95 % at 0.40 was asked for; sample: no pair to tell from; planted: 880 of 1,000 copies found, 88 % (86 % to 90 %; 93 % expected)");
    }
}
