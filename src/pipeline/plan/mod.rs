//! Which engine, bands and rows: a function of input and settings alone, never of threads or memory.
//!
//! A [`Pilot`] measures a sample, a [`Prediction`] says what each engine would do with the whole, and the plan takes the one
//! with the least work; an exact engine is worth up to twice the work, and any work that is over in a second.

mod pilot;
mod prediction;
mod tried;

pub use pilot::{MOST_ROWS, Pilot};
pub use prediction::Prediction;

use crate::candidates::bands::{Banding, MOST_BANDS};
use crate::config::{Config, Engine, Profile};
use crate::error::{Error, Result};

/// An exact engine may cost so many times what bands cost.
const EXACT_IS_WORTH: f64 = 2.0;
/// An exact engine that takes no longer (in seconds of one core) is taken whatever bands cost.
const SOON_DONE: f64 = 1.0;

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

impl Method {
    /// The engine's name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BruteForce => "brute_force",
            Self::Prefix => "prefix",
            Self::Bands(_) => "bands",
        }
    }

    /// Whether every pair that is linked by similarity is found.
    pub const fn is_exact(self) -> bool {
        !matches!(self, Self::Bands(_))
    }
}

/// A method, why it was chosen, and what was compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is done.
    pub method: Method,
    /// Why, in one line.
    pub reason: String,
    /// What every engine that the settings allow would do: both exact ones, then bands by their rows.
    pub predictions: Vec<Prediction>,
    /// What the predictions rest on.
    pub pilot: Pilot,
}

impl Plan {
    /// Plans for a corpus of which the pilot is a sample.
    ///
    /// # Errors
    /// If bands are asked for and none keeps the contract.
    pub(crate) fn new(config: &Config, pilot: Pilot) -> Result<Self> {
        let exact = [Method::BruteForce, Method::Prefix].into_iter();
        let methods = exact.chain(bandings(config).map(Method::Bands));
        let predictions: Vec<Prediction> =
            methods.map(|method| Prediction::new(config, &pilot, method)).collect();
        let (chosen, why) = choose(config, &predictions)?;
        let reason = format!("{why}; {}", work(chosen));
        let method = chosen.method;
        Ok(Self { method, reason, predictions, pilot })
    }

    /// What the chosen engine is predicted to do.
    pub fn chosen(&self) -> Option<&Prediction> {
        self.predictions.iter().find(|prediction| prediction.method == self.method)
    }
}

/// The fewest bands that keep the contract, for each number of rows with which any do.
fn bandings(config: &Config) -> impl Iterator<Item = Banding> {
    let contract = config.contract();
    (1_u32..).take(MOST_ROWS).filter_map(move |rows| Banding::for_contract(contract, rows))
}

/// What a usual large corpus is searched with, for chances that are stated where there is no corpus; `None` if no banding
/// keeps the contract.
pub(crate) fn usual_method(config: &Config) -> Option<Method> {
    let rows = match config.profile {
        Profile::Paraphrase => 3,
        Profile::Noisy => 4,
        Profile::Near => 5,
    };
    match (config.engine, config.profile) {
        (Engine::BruteForce, _) | (Engine::Exact, Profile::Noisy | Profile::Near) => {
            Some(Method::BruteForce)
        }
        (Engine::Prefix, _) | (Engine::Exact, Profile::Paraphrase) => Some(Method::Prefix),
        (Engine::Auto | Engine::Bands, _) => {
            Banding::within_reach(config.contract(), rows).map(Method::Bands)
        }
    }
}

fn choose<'a>(
    config: &Config,
    predictions: &'a [Prediction],
) -> Result<(&'a Prediction, &'static str)> {
    let of = |wanted: fn(Method) -> bool| cheapest(predictions, wanted);
    let exact = of(Method::is_exact);
    let bands = of(|method| matches!(method, Method::Bands(_)));
    let unreachable = || {
        let expected = format!("a contract that {MOST_BANDS} bands can keep; or choose --exact");
        Error::config("recall", expected)
    };
    match config.engine {
        Engine::BruteForce => of(|method| method == Method::BruteForce).map(|it| (it, "asked for")),
        Engine::Prefix => of(|method| method == Method::Prefix).map(|it| (it, "asked for")),
        Engine::Bands => bands.map(|it| (it, "bands asked for")),
        Engine::Exact => exact.map(|it| (it, "exact engine asked for")),
        Engine::Auto => match (exact, bands) {
            (Some(exact), _) if exact.seconds <= SOON_DONE => Some((exact, "exact and soon done")),
            (Some(exact), Some(bands)) if exact.seconds > EXACT_IS_WORTH * bands.seconds => {
                Some((bands, "far less work than an exact engine"))
            }
            (Some(exact), _) => Some((exact, "exact for little more work than bands")),
            (None, bands) => bands.map(|it| (it, "no exact engine")),
        },
    }
    .ok_or_else(unreachable)
}

fn cheapest(predictions: &[Prediction], wanted: fn(Method) -> bool) -> Option<&Prediction> {
    let wanted = predictions.iter().filter(|prediction| wanted(prediction.method));
    wanted.min_by(|a, b| a.seconds.total_cmp(&b.seconds))
}

/// The predicted work in words.
fn work(prediction: &Prediction) -> String {
    let Prediction { met, candidates, seconds, .. } = prediction;
    format!("about {met:.0} meetings, {candidates:.0} comparisons, {seconds:.1} s of one core")
}
