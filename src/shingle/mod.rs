//! From a key to its tokens, its character n-grams and its runs.
//!
//! A *key* is the text that is compared: words separated by single blanks. Scripts without spaces (Han, Kana, Thai, …)
//! have no words to split at; their *runs* are cut into overlapping character n-grams instead. Three views of one key:
//!
//! - [`tokens`]: words, or character bigrams of runs; weighted by rarity they are what `paraphrase` compares;
//! - [`char_grams`]: the set of character 4-grams, robust to typos and glued words (`noisy`, `near`);
//! - [`RunGrams`]: winnowed fingerprints of word 5-grams, which find every long run that two sentences share.
//!
//! Everything is a function of the key alone. Cost: linear in the key, and a sort for sets. The module decides nothing
//! about similarity, and it does not normalise: two spellings of a word are two tokens here.

mod char;
mod pieces;
mod runs;
mod word;

pub use self::char::{GramCounter, GramCounts, char_gram_sequence, char_grams, gram_characters};
pub use runs::{RunGrams, run_fingerprints, winnow};
pub use word::{Length, is_spaceless_token, length, token_hash, token_hashes, tokens};
