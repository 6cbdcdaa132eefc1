//! Titles, stock phrases, and the lines under the pages of an outlet.

use crate::synth::boilerplate;
use crate::synth::chain::Chain;
use crate::synth::letters::Letters;
use crate::synth::random::Draws;
use crate::synth::sentence::Sentence;

/// Phrases that everybody uses; `#` is a figure.
const STOCK: [&str; 12] = [
    "Temperatures will reach # degrees in the north and # degrees in the south tomorrow.",
    "The leading index closed # points higher after a quiet day of trading.",
    "One crown bought # cents in the afternoon, against # cents the day before.",
    "The match was watched by # people, and the gates had opened at # hours.",
    "Of # seats in the chamber the party holds # at present.",
    "A barrel of oil cost # crowns in the evening, # more than a week ago.",
    "The investigation has not been concluded, and no charges have been brought.",
    "An inquiry to the press office was not answered before this edition closed.",
    "The names of those concerned were not released by the authorities.",
    "Several people were taken to hospitals nearby, and the road stayed closed.",
    "The cause of the fire is not known yet, and experts are on the spot.",
    "The court will announce its decision at a later date.",
];

/// A stock phrase.
pub(super) fn stock(draws: &mut Draws) -> String {
    let phrase = STOCK[draws.below(STOCK.len())];
    let mut pieces = phrase.split('#');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| format!("{text}{}{piece}", draws.between(2, 980)))
}

/// A title: the first words of some sentence.
pub(super) fn title(chain: &Chain, draws: &mut Draws) -> String {
    let (mut sentence, mut letters) = (Sentence::default(), Letters::default());
    chain.fill(draws, &mut sentence);
    sentence.tokens.truncate(6);
    sentence.write(&mut letters);
    letters.as_str().trim_end_matches([',', ';', '.']).to_owned()
}

/// The lines under every page of an outlet: some have none, neighbours may have the same.
pub(super) fn under(outlet: usize) -> impl Iterator<Item = &'static str> {
    let lines = boilerplate::LINES;
    let many = [0, 1, 2, 1][outlet % 4];
    (0..many).map(move |place| lines[(outlet / 2 + place * 5) % lines.len()])
}
