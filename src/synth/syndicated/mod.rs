//! Articles of forty outlets that carry each other's words, and what is true of them.
//!
//! A story is written by an agency, a newspaper or a press office and carried by others: wholly, edited (the edits of [`super::edit`] and
//! [`super::damage`]), partly or hardly, with a credit or without, with another figure, a "not" more or less, or other words in a quotation. There
//! are later versions of one's own text, press conferences whose words several outlets quote, stock phrases, and lines under every page. Outlets
//! have zones, clocks that are wrong by up to 80 seconds, and dates that are days or not there at all.
//!
//! Everything about a story follows from the seed and its number. Its articles are written in an order that tells nothing of time.
//!
//! The truth is JSON lines: a head; for each article a line with its class, its words and those of its sentences that another outlet
//! certainly had before, and for each sentence its bytes, where it comes from and what was altered; then a line for the story with
//! its first publisher, and who had each of its carried sentences first. It is computed over the articles that were written, from the plan, by comparing every
//! sentence with every other of its story. Nothing of it is shared with the audit, which must find it from the text.

mod clock;
mod credit;
mod line;
mod outlets;
mod page;
mod phrases;
mod story;
mod truth;
mod write;

use std::io::Write;

use rayon::prelude::*;

pub use self::write::SYNDICATION_SCHEMA;

use self::story::{Article, story};
use super::chain::Chain;
use super::random::{Draws, Purpose};
use super::{Preset, Synthesis, failed};
use crate::error::Result;
use crate::pipeline::pool;

/// Stories that are made at a time.
const STORIES: u64 = 256;

/// An article with its number in its story, which tells nothing of time.
type Numbered = (usize, Article);

/// Writes so many articles, and the truth about them.
pub(super) fn syndicate(
    synthesis: &Synthesis,
    articles: &mut dyn Write,
    mut truth: Option<&mut dyn Write>,
) -> Result<()> {
    let (chain, pool) = (Chain::new(), pool(synthesis.threads)?);
    if let Some(truth) = &mut truth {
        write::head(synthesis, *truth).map_err(failed)?;
    }
    let (mut rest, mut next) = (usize::try_from(synthesis.count).unwrap_or(usize::MAX), 0);
    while rest > 0 {
        let numbers = next..next + STORIES;
        next = numbers.end;
        let made = |number| (number, shuffled(synthesis.seed, number, &chain));
        let mut stories: Vec<(u64, Vec<Numbered>)> =
            pool.install(|| numbers.into_par_iter().map(made).collect());
        for (_, articles) in &mut stories {
            articles.truncate(rest);
            rest -= articles.len();
        }
        stories.retain(|(_, articles)| !articles.is_empty());
        let tells = truth.is_some();
        let written = |(number, articles): &(u64, Vec<Numbered>)| {
            write::story(*number, articles, synthesis.seed, tells)
        };
        let lines: Vec<(String, String)> =
            pool.install(|| stories.par_iter().map(written).collect());
        for (records, told) in lines {
            articles.write_all(records.as_bytes()).map_err(failed)?;
            if let Some(truth) = &mut truth {
                truth.write_all(told.as_bytes()).map_err(failed)?;
            }
        }
    }
    Ok(())
}

/// The articles of a story in an order that tells nothing.
fn shuffled(seed: u64, number: u64, chain: &Chain) -> Vec<Numbered> {
    let mut articles: Vec<Numbered> = story(seed, number, chain).into_iter().enumerate().collect();
    let mut draws = Draws::new(seed, Purpose::Origin, number);
    for last in (1..articles.len()).rev() {
        articles.swap(last, draws.below(last + 1));
    }
    articles
}

/// Writes what an audit is told of the outlets: `id,name,aliases,kind,family,country,language,licensed_from`, as CSV.
///
/// # Errors
/// If the output takes no more.
pub fn write_sources(out: &mut dyn Write) -> Result<()> {
    outlets::write_sources(out).map_err(failed)
}

/// Writes how the agencies among the outlets mark their copy: `mark,source,where`, as CSV.
///
/// # Errors
/// If the output takes no more.
pub fn write_marks(out: &mut dyn Write) -> Result<()> {
    outlets::write_marks(out).map_err(failed)
}
