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
    black_box(signatures(&hasher, &sets, hash));
    let from_texts = begun.elapsed().as_secs_f64();
    let hashed: Vec<Vec<u32>> =
        sets.iter().map(|set| hash(set, &mut Vec::new()).to_vec()).collect();
    let begun = Instant::now();
    black_box(signatures(&hasher, &hashed, |ids, _| ids));
    let from_ids = begun.elapsed().as_secs_f64();
    let made = signatures(&hasher, &tokens(&ladder), hash);
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

/// The ids of a set's tokens, in room that serves one set after the other.
fn hash<'a>(set: &'a Vec<&str>, room: &'a mut Vec<u32>) -> &'a [u32] {
    room.clear();
    room.extend(set.iter().map(|token| low32(xxh3_64(token.as_bytes()))));
    room
}

/// One signature after another, in one table.
fn signatures<S>(
    hasher: &MinHasher,
    sets: &[S],
    ids: impl for<'a> Fn(&'a S, &'a mut Vec<u32>) -> &'a [u32],
) -> Vec<u32> {
    let (mut out, mut room) = (vec![0; sets.len() * hasher.permutations()], Vec::new());
    for (set, signature) in sets.iter().zip(out.chunks_exact_mut(hasher.permutations())) {
        hasher.signature(ids(set, &mut room), signature);
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
