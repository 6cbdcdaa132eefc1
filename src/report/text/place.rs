//! Where a sentence stands, for people: `source · title · date · line` where the input tells and there are several documents,
//! else `file:line`.

use std::io;

use super::sheet::Sheet;
use crate::pipeline::{ReportedDocument, ReportedPlace, ReportedSentence};
use crate::report::paragraph::{Paragraph, Style};
use crate::report::phrase::grouped;

/// The most places that are listed of one sentence.
const PLACES_SHOWN: usize = 5;
/// The longest title, in characters.
const TITLE_SHOWN: usize = 60;

/// Writes the first places of a sentence: short ones behind each other, told ones on a line each.
pub(super) fn write(
    sheet: &mut Sheet<'_>,
    sentence: &ReportedSentence,
    indent: usize,
) -> io::Result<()> {
    let documents = &sheet.report.documents;
    let places = || sentence.places.iter().take(PLACES_SHOWN);
    let mut labels: Vec<_> = places().map(|place| label(sheet, place)).collect();
    let alike: Vec<_> = labels
        .iter()
        .map(|label| labels.iter().filter(|other| *other == label).count() > 1)
        .collect();
    for ((label, place), _) in
        labels.iter_mut().zip(places()).zip(alike).filter(|(_, alike)| *alike)
    {
        if is_told(documents, place) {
            *label = format!("{label} · {}", file_and_line(documents, place));
        }
    }
    let told = places().any(|place| is_told(documents, place));
    let lines = if told { labels } else { vec![labels.join(", ")] };
    let more = sentence.places.len().saturating_sub(PLACES_SHOWN);
    let last = lines.len().saturating_sub(1);
    for (position, line) in lines.iter().enumerate() {
        let mut paragraph = Paragraph::new(indent, indent + 2).add(Style::Faint, line);
        if more > 0 && position == last {
            paragraph = paragraph.add(Style::Faint, &format!(" and {} more", grouped(more as u64)));
        }
        sheet.paragraph(&paragraph)?;
    }
    Ok(())
}

/// The first place in a few words.
pub(super) fn first(sheet: &Sheet<'_>, sentence: &ReportedSentence) -> String {
    let Some(place) = sentence.places.first() else { return String::new() };
    let label = label(sheet, place);
    match sentence.places.len() - 1 {
        0 => label,
        more => format!("{label} and {} more", grouped(more as u64)),
    }
}

/// Whether the input tells more of a place than where it lies, and there is another document to tell it from.
fn is_told(documents: &[ReportedDocument], place: &ReportedPlace) -> bool {
    let document = &documents[place.document];
    documents.len() > 1 && (document.title.is_some() || document.date.is_some())
}

fn label(sheet: &Sheet<'_>, place: &ReportedPlace) -> String {
    let documents = &sheet.report.documents;
    let document = &documents[place.document];
    let side = if document.is_reference { "reference: " } else { "" };
    // A name that is no path was given by the input, and is what somebody who compares documents asks for.
    let is_named = sheet.is_of_documents && !document.id.starts_with(&document.path);
    let name = if is_named { format!("{} · ", document.id) } else { String::new() };
    format!("{side}{name}{}", of_document(documents, place))
}

fn of_document(documents: &[ReportedDocument], place: &ReportedPlace) -> String {
    let document = &documents[place.document];
    if !is_told(documents, place) {
        return file_and_line(documents, place);
    }
    let title = document.title.as_deref().map(shortened);
    let mut told: Vec<_> =
        [document.source.clone(), title, document.date.clone()].into_iter().flatten().collect();
    told.push(format!("line {}", grouped(place.line)));
    told.join(" · ")
}

fn file_and_line(documents: &[ReportedDocument], place: &ReportedPlace) -> String {
    let document = &documents[place.document];
    let name = if document.path.is_empty() { &document.id } else { &document.path };
    format!("{name}:{}", place.line)
}

/// A title that fits on a line.
fn shortened(title: &str) -> String {
    match title.char_indices().nth(TITLE_SHOWN) {
        Some((end, _)) => format!("{}…", title.get(..end).unwrap_or(title).trim_end()),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_ends_in_dots() {
        assert_eq!(shortened("Short"), "Short");
        let long = "é".repeat(70);
        assert_eq!(shortened(&long), format!("{}…", "é".repeat(60)));
    }
}
