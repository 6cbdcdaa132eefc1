//! The tables of an audit's page, cut from the audit's JSON (`twicetold.audit/1`).
//!
//! `head` (run, totals), `sources`, `source_edges`, `articles` (details: sentences), `clusters` (details: members,
//! variants), `article_pairs`, `passages`, `boilerplate`, and two that are made here: `reuse`, a row for each reused sentence, by which the
//! page counts again whenever a filter changes, and `codes`, the words that its numbers stand for.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::blocks::Page;
use super::found::snippet;
use crate::error::{Error, Result};

/// An object of which some members are looked at and all are written.
type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Writes an audit as a page.
///
/// `json` is the audit as JSON, schema `twicetold.audit/1`. The blocks are cut from it as they are, so it stays in memory while
/// the page is written; nothing else of its size does but the list of reused sentences (seven numbers each).
///
/// # Errors
/// `json` is no audit, or `out` takes no more.
pub fn write_audit(json: &[u8], out: &mut dyn io::Write) -> Result<()> {
    let audit: Audit<'_> = read(json)?;
    let mut page = Page::begin("audit", &audit.head(), out)?;
    page.rows("sources", audit.sources.iter().map(Ok))?;
    page.rows("source_edges", audit.source_edges.iter().map(Ok))?;
    let mut reuse = Reuse::default();
    page.table(
        "articles",
        audit.articles.iter().enumerate().map(|(position, article)| {
            let mut members: Members<'_> = read(article.get().as_bytes())?;
            let sentences = members.remove("sentences");
            if let Some(sentences) = sentences {
                reuse.add(position, &read::<Vec<Sentence<'_>>>(sentences.get().as_bytes())?);
            }
            Ok((members, sentences))
        }),
    )?;
    page.rows("reuse", reuse.rows.iter().map(Ok))?;
    page.rows("codes", [Ok(&reuse.codes)])?;
    page.rows("article_pairs", audit.article_pairs.iter().map(Ok))?;
    page.table(
        "clusters",
        audit.clusters.iter().map(|cluster| {
            let mut members: Members<'_> = read(cluster.get().as_bytes())?;
            let (variants, list) = (members.remove("variants"), members.remove("members"));
            let variants_read = match variants {
                Some(variants) => read::<Vec<Variant<'_>>>(variants.get().as_bytes())?,
                None => Vec::new(),
            };
            let text =
                variants_read.first().map_or("", |variant| snippet(&variant.text)).to_owned();
            let row = ClusterRow { text, variants: variants_read.len(), members };
            Ok((row, Some(ClusterDetails { variants, members: list })))
        }),
    )?;
    page.rows("passages", audit.passages.iter().map(Ok))?;
    page.rows("boilerplate", audit.boilerplate.iter().map(Ok))?;
    page.rows("decisions", audit.decisions.iter().map(Ok))?;
    page.end()
}

fn read<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T> {
    serde_json::from_slice(json)
        .map_err(|cause| Error::record(format!("an audit, schema twicetold.audit/1 ({cause})")))
}

#[derive(Deserialize)]
struct Audit<'a> {
    #[serde(borrow)]
    schema: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(borrow)]
    run: &'a RawValue,
    #[serde(borrow)]
    totals: &'a RawValue,
    #[serde(borrow)]
    sources: Vec<&'a RawValue>,
    #[serde(borrow)]
    articles: Vec<&'a RawValue>,
    #[serde(borrow)]
    clusters: Vec<&'a RawValue>,
    #[serde(borrow)]
    passages: Vec<&'a RawValue>,
    #[serde(borrow)]
    article_pairs: Vec<&'a RawValue>,
    #[serde(borrow)]
    source_edges: Vec<&'a RawValue>,
    #[serde(borrow)]
    boilerplate: Vec<&'a RawValue>,
    /// What was decided before, where that was read.
    #[serde(borrow, default)]
    decisions: Vec<&'a RawValue>,
}

impl Audit<'_> {
    fn head(&self) -> Head<'_> {
        Head { schema: &self.schema, version: &self.version, run: self.run, totals: self.totals }
    }
}

#[derive(Serialize)]
struct Head<'a> {
    schema: &'a str,
    version: &'a str,
    run: &'a RawValue,
    totals: &'a RawValue,
}

/// What is counted of a sentence.
#[derive(Deserialize)]
struct Sentence<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    words: u64,
    #[serde(default)]
    cluster: Option<usize>,
    #[serde(default)]
    origin: Option<(usize, usize)>,
    #[serde(borrow, default)]
    relation: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    flags: Vec<Cow<'a, str>>,
}

/// Article, article of origin, words, the codes of relation, flags (a bit each) and kind, and the cluster.
type ReuseRow = (usize, usize, u64, usize, u64, usize, Option<usize>);

/// The reused sentences of all articles.
#[derive(Default)]
struct Reuse {
    rows: Vec<ReuseRow>,
    codes: Codes,
}

#[derive(Default, Serialize)]
struct Codes {
    relations: Vec<String>,
    flags: Vec<String>,
    kinds: Vec<String>,
}

impl Reuse {
    fn add(&mut self, article: usize, sentences: &[Sentence<'_>]) {
        for sentence in sentences {
            let Some((from, _)) = sentence.origin else { continue };
            let relation = code(&mut self.codes.relations, sentence.relation.as_deref());
            let kind = code(&mut self.codes.kinds, Some(&sentence.kind));
            let bit = |bits, flag: &Cow<'_, str>| {
                bits | 1_u64 << code(&mut self.codes.flags, Some(flag)).min(MOST_FLAGS)
            };
            let flags = sentence.flags.iter().fold(0, bit);
            self.rows.push((
                article,
                from,
                sentence.words,
                relation,
                flags,
                kind,
                sentence.cluster,
            ));
        }
    }
}

/// A script's numbers hold so many bits that can be asked for one by one; there are fewer flags.
const MOST_FLAGS: usize = 30;

/// The position of a word in a list that grows.
fn code(words: &mut Vec<String>, word: Option<&str>) -> usize {
    let word = word.unwrap_or("unknown");
    words.iter().position(|known| known == word).unwrap_or_else(|| {
        words.push(word.to_owned());
        words.len() - 1
    })
}

#[derive(Deserialize)]
struct Variant<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct ClusterRow<'a> {
    text: String,
    variants: usize,
    #[serde(flatten)]
    members: Members<'a>,
}

#[derive(Serialize)]
struct ClusterDetails<'a> {
    variants: Option<&'a RawValue>,
    members: Option<&'a RawValue>,
}
