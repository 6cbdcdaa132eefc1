//! Which engine, bands and rows: a function of input and settings alone, never of threads or memory.

use crate::candidates::bands::{Banding, MOST_BANDS};
use crate::config::{Config, Engine, Profile};
use crate::error::{Error, Result};

/// Up to so many sentences an exact engine is the default.
const EXACT_UP_TO: usize = 50_000;

/// The most meetings of two prefixes that the prefix join is chosen for; each costs tens of nanoseconds.
const MOST_MEETINGS: u64 = 100_000_000;

/// The engine that a run uses.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Method {
    /// Every pair.
    BruteForce,
    /// The prefix-filtered join.
    Prefix,
    /// Signatures in bands.
    Bands(Banding),
}

/// A method and why it was chosen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Plan {
    /// What is done.
    pub method: Method,
    /// Why, in one line.
    pub reason: String,
}

impl Plan {
    /// Plans for so many distinct sentences that are long enough to be compared. `meetings` counts what the prefix join would
    /// meet, and is asked only where that decides.
    ///
    /// ```
    /// use twicetold::config::Config;
    /// use twicetold::pipeline::{Method, Plan};
    /// assert_eq!(Plan::new(&Config::default(), 78, || 90)?.method, Method::Prefix);
    /// let many = Plan::new(&Config::default(), 40_000, || 700_000_000)?;
    /// assert!(matches!(many.method, Method::Bands(_)));
    /// assert!(matches!(Plan::new(&Config::default(), 1_000_000, || 0)?.method, Method::Bands(_)));
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// If no banding keeps the contract.
    pub fn new(config: &Config, sentences: usize, meetings: impl FnOnce() -> u64) -> Result<Self> {
        let (method, reason) = match config.engine {
            Engine::BruteForce => (Method::BruteForce, "asked for".to_owned()),
            Engine::Prefix => (Method::Prefix, "asked for".to_owned()),
            Engine::Bands => (bands(config, sentences)?, "asked for".to_owned()),
            Engine::Exact => (exact(config.profile), "exact engine asked for".to_owned()),
            Engine::Auto if sentences <= EXACT_UP_TO => small(config, sentences, meetings)?,
            Engine::Auto => {
                let reason = format!("{sentences} sentences: more than {EXACT_UP_TO}, so bands");
                (bands(config, sentences)?, reason)
            }
        };
        Ok(Self { method, reason })
    }

    /// The engine's name in reports.
    pub const fn engine(&self) -> &'static str {
        match self.method {
            Method::BruteForce => "brute_force",
            Method::Prefix => "prefix",
            Method::Bands(_) => "bands",
        }
    }
}

/// An exact engine, unless so many prefixes meet that bands are far cheaper: in a corpus made of one template.
fn small(
    config: &Config,
    sentences: usize,
    meetings: impl FnOnce() -> u64,
) -> Result<(Method, String)> {
    let method = exact(config.profile);
    if method == Method::Prefix {
        let meetings = meetings();
        if meetings > MOST_MEETINGS {
            let reason = format!("{sentences} sentences share {meetings} rare words, so bands");
            return Ok((bands(config, sentences)?, reason));
        }
    }
    Ok((method, format!("{sentences} sentences: an exact engine is cheap")))
}

/// Words are rare enough for the prefix join; the prefixes of character n-grams are too long for it.
const fn exact(profile: Profile) -> Method {
    match profile {
        Profile::Paraphrase => Method::Prefix,
        Profile::Noisy | Profile::Near => Method::BruteForce,
    }
}

fn bands(config: &Config, sentences: usize) -> Result<Method> {
    let rows = rows(config.profile, sentences);
    let unreachable = || {
        let expected = format!("a contract that {MOST_BANDS} bands can keep; or choose --exact");
        Error::config("recall", expected)
    };
    let banding = Banding::within_reach(config.contract(), rows).ok_or_else(unreachable)?;
    Ok(Method::Bands(banding))
}

/// Background grows with the corpus, so a tenfold corpus takes a row more.
pub(crate) fn rows(profile: Profile, sentences: usize) -> u32 {
    let rows_up_to_two_million = match profile {
        Profile::Paraphrase => 3,
        Profile::Noisy => 4,
        Profile::Near => 5,
    };
    rows_up_to_two_million + u32::from(sentences > 2_000_000) + u32::from(sentences > 20_000_000)
}
