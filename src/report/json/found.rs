//! What the JSON report holds of a document, a sentence, a cluster and a pair.

use serde::Serialize;

use super::layout::Object;
use crate::pipeline::{
    PairScores, Report, ReportedCluster, ReportedDocument, ReportedPair, ReportedPlace,
    ReportedSentence,
};
use crate::report::decimals::rounded;
use crate::verify::{Channel, Flag, Flags};

pub(super) fn document(object: &mut Object<'_>, document: &ReportedDocument) {
    object.text("id", &document.id);
    object.text("path", &document.path);
    object.text_or_null("source", document.source.as_deref());
    object.text_or_null("title", document.title.as_deref());
    object.text_or_null("date", document.date.as_deref());
    object.text_or_null("url", document.url.as_deref());
    object.text_or_null("language", document.language.as_deref());
    object.truth("reference", document.is_reference);
    object.share("repeated", document.repeated);
    object.number("sentences", document.sentences);
}

pub(super) fn sentence(object: &mut Object<'_>, report: &Report, sentence: &ReportedSentence) {
    object.text("id", &sentence.id);
    object.text("text", &sentence.text);
    object.text("kind", sentence.kind.name());
    object.objects("places", &sentence.places, |object, it| place(object, report, it));
}

fn place(object: &mut Object<'_>, report: &Report, place: &ReportedPlace) {
    object.text("document", &report.documents[place.document].id);
    object.number("index", u64::from(place.index));
    object.number("line", place.line);
    object.number("start", u64::from(place.start));
    object.number("end", u64::from(place.end));
    if let Some(text) = &place.text {
        object.text("text", text);
    }
}

pub(super) fn cluster(object: &mut Object<'_>, report: &Report, cluster: &ReportedCluster) {
    let id = |position: usize| report.sentences[position].id.as_str();
    object.text("id", &cluster.id);
    object.number("size", cluster.members.len() as u64);
    object.text("representative", id(cluster.representative));
    object.number("places", cluster.places);
    object.texts("members", cluster.members.iter().map(|&member| id(member)));
    object.text("relation", cluster.relation.name());
    object.share("min_similarity", cluster.min_similarity);
    object.share("mean_similarity", cluster.mean_similarity);
    object.texts("weakest", [id(cluster.weakest.0), id(cluster.weakest.1)]);
    object.texts("flags", cluster.flags.iter().map(Flag::name));
}

pub(super) fn pair(object: &mut Object<'_>, report: &Report, pair: &ReportedPair) {
    object.text("a", &report.sentences[pair.a].id);
    object.text("b", &report.sentences[pair.b].id);
    object.text("relation", pair.relation.name());
    object.share("jaccard_idf", pair.scores.jaccard_idf);
    object.share("jaccard_char4", pair.scores.jaccard_char4);
    object.share("coverage_a", pair.scores.coverage_a);
    object.share("coverage_b", pair.scores.coverage_b);
    object.number("longest_run", u64::from(pair.scores.longest_run));
    object.share("word_edit", pair.scores.word_edit);
    object.decimal("log10_evalue", pair.scores.log10_evalue);
    object.texts("flags", pair.flags.iter().map(Flag::name));
    object.texts("channels", pair.channels.iter().map(Channel::name));
    if let Some(split) = pair.split {
        object.text("split_with", &report.sentences[split.with].id);
        object.share("split_similarity", split.similarity);
    }
}

/// The scores of a pair, in the order in which every format shows them; [`pair`] writes the same.
#[derive(Serialize)]
pub(in crate::report) struct Scores {
    pub(in crate::report) jaccard_idf: f64,
    pub(in crate::report) jaccard_char4: f64,
    pub(in crate::report) coverage_a: f64,
    pub(in crate::report) coverage_b: f64,
    pub(in crate::report) longest_run: u32,
    pub(in crate::report) word_edit: f64,
    pub(in crate::report) log10_evalue: f64,
}

impl Scores {
    pub(in crate::report) fn new(scores: &PairScores) -> Self {
        Self {
            jaccard_idf: scores.jaccard_idf.rounded(),
            jaccard_char4: scores.jaccard_char4.rounded(),
            coverage_a: scores.coverage_a.rounded(),
            coverage_b: scores.coverage_b.rounded(),
            longest_run: scores.longest_run,
            word_edit: scores.word_edit.rounded(),
            log10_evalue: rounded(scores.log10_evalue),
        }
    }
}

/// The names of flags, in the order of reports.
pub(in crate::report) fn flag_names(flags: Flags) -> Vec<&'static str> {
    flags.iter().map(Flag::name).collect()
}
