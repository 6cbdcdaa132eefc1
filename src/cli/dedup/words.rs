//! The words of the command line that say what may go.

use super::{DedupArgs, PASSAGE};
use crate::dedup::{Decisions, Policy};
use crate::error::{Error, Result};
use crate::pipeline::Boilerplate;
use crate::read::{open, read_to_string};
use crate::verify::{Flag, Flags, Relation};

/// The sentences of a passage unless told otherwise.
const LEAST_PASSAGE: usize = 3;

/// The policy that the words ask for.
pub(super) fn policy(args: &DedupArgs) -> Result<Policy> {
    let base = Policy::default();
    let protected = match &args.protect {
        None => Vec::new(),
        Some(path) => read_to_string(path)?.lines().map(str::to_owned).collect(),
    };
    Ok(Policy {
        relations: if args.relations.is_empty() {
            base.relations
        } else {
            args.relations.iter().map(|word| relation(word)).collect::<Result<_>>()?
        },
        ignored: ignored(&args.ignore_differences)?,
        minimum_words: args.min_words,
        maximum_words: args.max_words,
        protected,
        all_copies: args.drop_all_copies,
        boilerplate: boilerplate(args.boilerplate.as_deref())?,
        keep_empty: match args.empty.as_deref() {
            None | Some("drop") => false,
            Some("keep") => true,
            Some(_) => return Err(Error::config("empty", "drop or keep")),
        },
        passage: passage(args)?,
        decisions: match &args.decisions {
            None => base.decisions,
            Some(path) => Decisions::read(&mut open(path)?, path)?,
        },
    })
}

fn relation(word: &str) -> Result<Relation> {
    let found = Relation::ALL.iter().copied().find(|relation| relation.name() == word);
    found.ok_or_else(|| {
        let names: Vec<&str> = Relation::ALL.iter().map(|relation| relation.name()).collect();
        Error::config("relations", format!("some of {}", names.join(", ")))
    })
}

/// How many sentences a passage has; 1 where passages are not asked for.
fn passage(args: &DedupArgs) -> Result<usize> {
    let is_asked = args.matching.unit.as_deref() == Some(PASSAGE);
    match args.passage_sentences {
        // A passage repeats one that stays.
        _ if is_asked && (args.drop_all_copies || args.boilerplate.as_deref() == Some("drop")) => {
            let expected = "another one than passage with --drop-all-copies or --boilerplate drop";
            Err(Error::config("unit", expected))
        }
        None => Ok(if is_asked { LEAST_PASSAGE } else { 1 }),
        Some(count) if is_asked && count > 0 => Ok(count),
        Some(_) if is_asked => Err(Error::config("passage-sentences", "at least 1")),
        Some(_) => Err(Error::config("passage-sentences", "given with --unit passage alone")),
    }
}

fn ignored(words: &[String]) -> Result<Flags> {
    words.iter().try_fold(Flags::default(), |flags, word| {
        let flag = match word.as_str() {
            "numbers" => Flag::NumbersDiffer,
            "negation" => Flag::NegationDiffers,
            "names" => Flag::NamesDiffer,
            "words" => Flag::WordsDiffer,
            _ => {
                let expected = "some of numbers, negation, names, words";
                return Err(Error::config("ignore-differences", expected));
            }
        };
        Ok(flags.with_if(true, flag))
    })
}

fn boilerplate(word: Option<&str>) -> Result<Boilerplate> {
    match word {
        None | Some("once") => Ok(Boilerplate::Once),
        Some("keep") => Ok(Boilerplate::Keep),
        Some("drop") => Ok(Boilerplate::Drop),
        Some(_) => Err(Error::config("boilerplate", "one of once, keep, drop")),
    }
}
