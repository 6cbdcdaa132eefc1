//! The exact engines against a naive quadratic program that shares no code with them.
//!
//! The naive program works on floating-point logarithms, `HashSet`s of words and a plain table of runs; the sentences are made
//! of invented words, so that a key is its text and no word has a background frequency of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use twicetold::config::{Engine, PairsShown, Unit};
use twicetold::{Config, Corpus, Profile, detect};

/// Pairs of texts that are linked, and pairs so near a bar that rounding may decide.
struct Verdict {
    linked: BTreeSet<(usize, usize)>,
    doubtful: BTreeSet<(usize, usize)>,
}

/// Near enough to a bar that integer logarithms may fall on its other side.
const DOUBT: f64 = 0.002;

fn weights(texts: &[Vec<&str>]) -> (HashMap<String, f64>, f64) {
    let mut frequencies: BTreeMap<&str, f64> = BTreeMap::new();
    for words in texts {
        for word in words.iter().collect::<BTreeSet<_>>() {
            *frequencies.entry(word).or_default() += 1.0;
        }
    }
    let (n, least) = (f64::from(u32::try_from(texts.len()).unwrap()), 5_000.0_f64);
    let all = n.max(least);
    let blended =
        |frequency: f64| if n < least { frequency + (least - n) * 0.0002 } else { frequency };
    let weight = |frequency: f64| (all / blended(frequency)).ln().clamp(0.05, all.ln());
    let weights = frequencies.iter().map(|(word, &f)| ((*word).to_owned(), weight(f))).collect();
    (weights, 2.0 * all.ln())
}

fn longest_common_run(
    a: &[&str],
    b: &[&str],
    used_a: &[bool],
    used_b: &[bool],
) -> (usize, usize, usize) {
    // Of runs of one length the one with the least sum of starts, then the least difference.
    let earlier = |(i, j): (usize, usize), (k, l): (usize, usize)| {
        (i + j, i.abs_diff(j), i) < (k + l, k.abs_diff(l), k)
    };
    let mut best = (0, 0, 0);
    for i in 0..a.len() {
        for j in 0..b.len() {
            let mut k = 0;
            while i + k < a.len()
                && j + k < b.len()
                && a[i + k] == b[j + k]
                && !used_a[i + k]
                && !used_b[j + k]
            {
                k += 1;
            }
            if k > best.0 || k == best.0 && earlier((i, j), (best.1, best.2)) {
                best = (k, i, j);
            }
        }
    }
    best
}

fn coverage_of_shorter(a: &[&str], b: &[&str], weight: &HashMap<String, f64>) -> f64 {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    loop {
        let (length, i, j) = longest_common_run(a, b, &used_a, &used_b);
        if length < 2 {
            break;
        }
        used_a[i..i + length].fill(true);
        used_b[j..j + length].fill(true);
    }
    let covered = |words: &[&str], used: &[bool]| -> f64 {
        let weigh = |pick: &dyn Fn(usize) -> bool| -> f64 {
            (0..words.len()).filter(|&i| pick(i)).map(|i| weight[words[i]]).sum()
        };
        weigh(&|i| used[i]) / weigh(&|_| true)
    };
    // Of two of one length the better covered one.
    let other = if a.len() == b.len() { covered(b, &used_b) } else { 0.0 };
    covered(a, &used_a).max(other)
}

fn naive(texts: &[String]) -> Verdict {
    let words: Vec<Vec<&str>> = texts.iter().map(|text| text.split(' ').collect()).collect();
    let (weight, needed) = weights(&words);
    let mut verdict = Verdict { linked: BTreeSet::new(), doubtful: BTreeSet::new() };
    for i in 0..texts.len() {
        for j in i + 1..texts.len() {
            if words[i].len() < 5 || words[j].len() < 5 {
                continue;
            }
            let (a, b): (BTreeSet<_>, BTreeSet<_>) =
                (words[i].iter().collect(), words[j].iter().collect());
            let sum = |set: &mut dyn Iterator<Item = &&&str>| -> f64 {
                set.map(|word| weight[**word]).sum()
            };
            let shared = sum(&mut a.intersection(&b));
            let jaccard = shared / sum(&mut a.union(&b));
            let (free_i, free_j) = (vec![false; words[i].len()], vec![false; words[j].len()]);
            let run = longest_common_run(&words[i], &words[j], &free_i, &free_j).0;
            let (shorter, longer) =
                (words[i].len().min(words[j].len()), words[i].len().max(words[j].len()));
            let is_run = run >= 8 || run == shorter && shorter < longer;
            let coverage =
                if is_run { coverage_of_shorter(&words[i], &words[j], &weight) } else { 0.0 };
            let by_similarity = jaccard >= 0.30 && (shared >= needed || jaccard >= 0.80);
            let by_run = is_run && coverage >= 0.40 && shared >= needed;
            let near = |x: f64, bar: f64| (x - bar).abs() < DOUBT;
            if near(jaccard, 0.30)
                || near(jaccard, 0.80)
                || near(shared, needed)
                || near(coverage, 0.40)
            {
                verdict.doubtful.insert((i, j));
            } else if by_similarity || by_run {
                verdict.linked.insert((i, j));
            }
        }
    }
    verdict
}

fn found(texts: &[String], engine: Engine) -> BTreeSet<(usize, usize)> {
    let config = Config {
        engine,
        profile: Profile::Paraphrase,
        unit: Unit::Line,
        pairs: PairsShown::All,
        ..Config::default()
    };
    let report = detect(&Corpus::from_texts(texts), &config).unwrap();
    let at = |sentence: usize| {
        let text = &report.sentences[sentence].text;
        texts.iter().position(|other| other == text).unwrap()
    };
    report
        .pairs
        .iter()
        .map(|pair| (at(pair.a).min(at(pair.b)), at(pair.a).max(at(pair.b))))
        .collect()
}

/// Sentences of invented words, common ones often and rare ones seldom, and edited copies of earlier sentences.
fn corpus() -> impl Strategy<Value = Vec<String>> {
    let word = (0_u32..400).prop_map(|x| format!("w{}", x * x / 400));
    let sentence = proptest::collection::vec(word.clone(), 3..26);
    let edit =
        (any::<proptest::sample::Index>(), 0_usize..5, word, any::<proptest::sample::Index>());
    (proptest::collection::vec(sentence, 20..50), proptest::collection::vec(edit, 10..40)).prop_map(
        |(mut sentences, edits)| {
            for (which, cuts, word, place) in edits {
                let mut copy = which.get(&sentences).clone();
                if cuts == 4 {
                    // Glued between two others.
                    copy.splice(0..0, place.get(&sentences).iter().take(6).cloned());
                    copy.extend(place.get(&sentences).iter().rev().cloned());
                    sentences.push(copy);
                    continue;
                }
                for _ in 0..cuts {
                    let at = place.index(copy.len());
                    copy[at].clone_from(&word);
                    copy.rotate_left(at % 3);
                }
                sentences.push(copy);
            }
            let mut texts: Vec<String> = sentences.iter().map(|words| words.join(" ")).collect();
            let mut seen = BTreeSet::new();
            texts.retain(|text| seen.insert(text.clone()));
            texts
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_exact_engines_find_what_a_naive_program_finds_and_nothing_else(texts in corpus()) {
        let naive = naive(&texts);
        for engine in [Engine::Prefix, Engine::BruteForce] {
            let mut found = found(&texts, engine);
            found.retain(|pair| !naive.doubtful.contains(pair));
            prop_assert_eq!(&found, &naive.linked, "{:?}", engine);
        }
    }
}

#[test]
fn the_naive_program_finds_links_of_every_rule() {
    let text =
        |range: std::ops::Range<u32>| range.map(|i| format!("w{i}")).collect::<Vec<_>>().join(" ");
    let long = format!("{} {}", text(0..10), text(100..130));
    let texts = [text(0..10), text(0..9), long];
    let verdict = naive(&texts);
    assert!(verdict.linked.contains(&(0, 1)), "by similarity");
    assert!(verdict.linked.contains(&(0, 2)), "by a run of ten words");
}
