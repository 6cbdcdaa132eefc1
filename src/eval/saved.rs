//! A JSON report, as far as evaluating it takes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::io::BufReader;
use std::path::Path;

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::read::open;

use super::truth::DecoyKind;

/// The format of reports that is understood.
const SCHEMA: &str = "twicetold.report/1";

#[derive(Deserialize)]
struct File {
    schema: String,
    #[serde(default)]
    config: Value,
    #[serde(default)]
    input: Inputs,
    #[serde(default)]
    sentences: Vec<Sentence>,
    #[serde(default)]
    clusters: Vec<Cluster>,
    #[serde(default)]
    pairs: Vec<Pair>,
}

#[derive(Default, Deserialize)]
struct Inputs {
    files: Vec<InputFile>,
}

#[derive(Deserialize)]
struct InputFile {
    path: String,
}

#[derive(Deserialize)]
struct Sentence {
    id: String,
    text: String,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    document: String,
}

#[derive(Deserialize)]
struct Cluster {
    members: Vec<String>,
}

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    jaccard_idf: f64,
    jaccard_char4: f64,
    #[serde(deserialize_with = "fact_flags")]
    flags: FactFlags,
}

fn fact_flags<'de, D: Deserializer<'de>>(input: D) -> Result<FactFlags, D::Error> {
    Vec::<Cow<'de, str>>::deserialize(input).map(|names| FactFlags::of(&names))
}

/// A linked pair: positions of sentences, scores as reported, and flags.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) jaccard_idf: f64,
    pub(super) jaccard_char4: f64,
    pub(super) flags: FactFlags,
}

/// The flags for facts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FactFlags(u8);

impl FactFlags {
    fn of(names: &[Cow<'_, str>]) -> Self {
        let kinds =
            DecoyKind::ALL.iter().filter(|kind| names.iter().any(|name| name == kind.flag()));
        Self(kinds.fold(0, |flags, &kind| flags | 1 << kind as u8))
    }

    /// Whether the flag for a kind of facts is raised.
    pub(super) const fn has(self, kind: DecoyKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

/// A report that was saved.
#[derive(Clone, Debug)]
pub struct SavedReport {
    settings: Value,
    inputs: Vec<String>,
    /// The text of each sentence.
    pub(super) texts: Vec<String>,
    /// The documents that the report speaks of and a sentence of each, in order.
    places: Vec<(String, usize)>,
    /// The cluster of each sentence.
    pub(super) cluster: Vec<Option<usize>>,
    pub(super) links: Vec<Link>,
}

impl SavedReport {
    /// The settings that it was made with, as they stand in the report.
    pub const fn settings(&self) -> &Value {
        &self.settings
    }

    /// The paths of the files that it was made from.
    pub fn inputs(&self) -> &[String] {
        &self.inputs
    }

    /// The reported sentences of a document.
    pub(super) fn of_document(&self, name: &str) -> impl Iterator<Item = usize> + Clone {
        let start = self.places.partition_point(|(document, _)| document.as_str() < name);
        let places = self.places.get(start..).unwrap_or_default().iter();
        let count = places.take_while(|(document, _)| document == name).count();
        let places = self.places.get(start..start + count).unwrap_or_default().iter();
        places.map(|&(_, sentence)| sentence)
    }

    /// Reads a JSON report of `detect`.
    ///
    /// # Errors
    /// The file cannot be read, is no report, or speaks of a sentence that it does not hold.
    pub fn read(path: &Path) -> Result<Self> {
        let file: File = serde_json::from_reader(BufReader::with_capacity(1 << 20, open(path)?))
            .map_err(|cause| {
                let line = u64::try_from(cause.line()).ok().filter(|&line| line > 0);
                Error::record(format!("a JSON report of detect ({cause})")).at(path, line)
            })?;
        if file.schema != SCHEMA {
            return Err(Error::record(format!("a report of schema {SCHEMA}")).at(path, None));
        }
        Self::new(file).map_err(|error| error.at(path, None))
    }

    fn new(file: File) -> Result<Self> {
        let ids = file
            .sentences
            .iter()
            .enumerate()
            .map(|(number, sentence)| (sentence.id.clone(), number));
        let ids: HashMap<String, usize, BuildHasherDefault<DefaultHasher>> = ids.collect();
        let number = |id: &String| {
            ids.get(id)
                .copied()
                .ok_or_else(|| Error::record(format!("a sentence of the report instead of {id:?}")))
        };
        let mut cluster = vec![None; file.sentences.len()];
        for (place, found) in file.clusters.iter().enumerate() {
            for member in &found.members {
                cluster[number(member)?] = Some(place);
            }
        }
        let link = |pair: Pair| {
            Ok(Link {
                a: number(&pair.a)?,
                b: number(&pair.b)?,
                jaccard_idf: pair.jaccard_idf,
                jaccard_char4: pair.jaccard_char4,
                flags: pair.flags,
            })
        };
        let links = file.pairs.into_iter().map(link).collect::<Result<_>>()?;
        let (mut places, mut texts) = (Vec::new(), Vec::new());
        for (number, sentence) in file.sentences.into_iter().enumerate() {
            places.extend(sentence.places.into_iter().map(|place| (place.document, number)));
            texts.push(sentence.text);
        }
        places.sort_unstable();
        let inputs = file.input.files.into_iter().map(|input| input.path).collect();
        Ok(Self { settings: file.config, inputs, texts, places, cluster, links })
    }
}
