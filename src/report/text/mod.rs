//! The report for people: the strongest clusters first, each repeat with what changed, then one line that sums up.
//!
//! Clusters are sorted by the evidence that their repeats carry. Of each, the survivor is shown in full and every other
//! member as a word-level diff against the representative. Contained pairs stand beside the clusters. Everything that came
//! from outside is escaped. Of documents the heads are shown, without a diff. Cost: linear in what is shown, and a sort of the clusters.

mod beside;
mod checked;
mod cluster;
mod place;
mod sheet;
mod summary;

pub use checked::broken_contract;

use beside::{ACROSS, ACROSS_DOCUMENTS, Beside, CONTAINED, CONTAINED_DOCUMENTS};
use std::io;

use self::sheet::Sheet;
use crate::config::RuleSet;
use crate::error::{Error, ErrorKind, Result};
use crate::pipeline::Report;

/// How the report is shown to people.
#[derive(Clone, Copy, Debug)]
pub struct TextView {
    /// How many clusters, and how many contained pairs, are shown; 0 shows all.
    pub top: usize,
    /// Whether styles are written as terminal codes.
    pub color: bool,
    /// Columns of the page, at least 40; 0 never wraps.
    pub width: usize,
    /// A longer sentence is shortened to so many characters, and what is left out is counted; 0 shortens none.
    pub longest: usize,
    /// The rules of the comparison key, by which the diff calls words equal.
    pub rules: RuleSet,
}

impl Default for TextView {
    /// Ten clusters on a page of 100 columns without colour, every sentence whole.
    fn default() -> Self {
        Self { top: 10, color: false, width: 100, longest: 0, rules: RuleSet::default() }
    }
}

impl TextView {
    /// How many out of so many are shown.
    const fn shown(&self, of: usize) -> usize {
        if self.top == 0 || self.top > of { of } else { self.top }
    }
}

/// Writes the report for people.
///
/// # Errors
/// If `out` takes no more.
///
/// # Panics
/// If a position in the report is not one of its lists', which the pipeline never writes.
pub fn text(report: &Report, view: &TextView, out: &mut dyn io::Write) -> Result<()> {
    write(&mut Sheet::new(report, view, out), view)
        .map_err(|cause| Error::new(ErrorKind::Io(cause)))
}

fn write(sheet: &mut Sheet<'_>, view: &TextView) -> io::Result<()> {
    let clusters = strongest_first(sheet.report);
    let shown = view.shown(clusters.len());
    for (position, &cluster) in clusters.iter().take(shown).enumerate() {
        cluster::write(sheet, &sheet.report.clusters[cluster], position + 1, shown)?;
        sheet.blank_line()?;
    }
    let of_documents = sheet.is_of_documents;
    let beside = Beside::of(sheet.report, of_documents);
    let (contained, across) = (view.shown(beside.contained.len()), view.shown(beside.across.len()));
    let headings =
        if of_documents { [CONTAINED_DOCUMENTS, ACROSS_DOCUMENTS] } else { [CONTAINED, ACROSS] };
    beside::write(sheet, headings[0], &beside.contained, contained)?;
    beside::write(sheet, headings[1], &beside.across, across)?;
    let pairs = [(contained, beside.contained.len()), (across, beside.across.len())];
    summary::write(sheet, shown, pairs)?;
    checked::write(sheet)
}

/// Positions of the clusters, the strongest first; ties in the order of the report.
fn strongest_first(report: &Report) -> Vec<usize> {
    let strength = |position: usize| report.clusters[position].strength;
    let mut order: Vec<_> = (0..report.clusters.len()).collect();
    order.sort_by(|&a, &b| strength(b).total_cmp(&strength(a)));
    order
}
