//! Signatures of sets that stand in a file, on one core: the kernel bench of `benches/suite`, lane 1.
//!
//! `signatures PERMUTATIONS SETS LADDER`: a set is a line of tokens between tabs; the lines of LADDER are pairs. Prints, as
//! JSON, the shingles, the seconds from texts (tokens are hashed on the clock) and from ids (they were hashed before), and
//! the similarity of each pair of LADDER as its signatures estimate it.
#![expect(clippy::disallowed_methods, reason = "a benchmark opens its own files")]
#![expect(clippy::print_stdout, reason = "its result")]

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use twicetold::mix::low32;
use twicetold::sketch::MinHasher;
use xxhash_rust::xxh3::xxh3_64;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [permutations, sets, ladder] = arguments.as_slice() else {
        return Err("signatures PERMUTATIONS SETS LADDER".into());
    };
    let hasher = MinHasher::new(0, permutations.parse()?);
    let (sets, ladder) = (std::fs::read_to_string(sets)?, std::fs::read_to_string(ladder)?);
    let sets = tokens(&sets);
    let begun = Instant::now();
    black_box(signatures(&hasher, sets.iter().map(|set| ids(set))));
    let from_texts = begun.elapsed().as_secs_f64();
    let hashed: Vec<Vec<u32>> = sets.iter().map(|set| ids(set)).collect();
    let begun = Instant::now();
    black_box(signatures(&hasher, hashed.iter()));
    let from_ids = begun.elapsed().as_secs_f64();
    let made = signatures(&hasher, tokens(&ladder).iter().map(|set| ids(set)));
    let pairs = made.chunks_exact(2 * hasher.permutations());
    let result = json!({
        "shingles": sets.iter().map(Vec::len).sum::<usize>(),
        "from_texts": from_texts,
        "from_ids": from_ids,
        "estimates": pairs.map(estimate).collect::<Vec<f64>>(),
    });
    println!("{result}");
    Ok(())
}

fn tokens(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split('\t').collect()).collect()
}

fn ids(set: &[&str]) -> Vec<u32> {
    set.iter().map(|token| low32(xxh3_64(token.as_bytes()))).collect()
}

/// One signature after another, in one table.
fn signatures<S: AsRef<[u32]>>(
    hasher: &MinHasher,
    sets: impl ExactSizeIterator<Item = S>,
) -> Vec<u32> {
    let mut out = vec![0; sets.len() * hasher.permutations()];
    for (set, signature) in sets.zip(out.chunks_exact_mut(hasher.permutations())) {
        hasher.signature(set.as_ref(), signature);
    }
    out
}

/// The share of equal rows of two signatures that stand one after the other.
fn estimate(pair: &[u32]) -> f64 {
    let (one, other) = pair.split_at(pair.len() / 2);
    let equal = u32::try_from(one.iter().zip(other).filter(|(a, b)| a == b).count());
    let rows = u32::try_from(one.len());
    f64::from(equal.unwrap_or(0)) / f64::from(rows.unwrap_or(1))
}
