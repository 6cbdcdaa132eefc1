//! The choice: who stays, and in whose favour the others go.

use rayon::prelude::*;

use super::judge::{Bench, Verdict};
use super::{BESIDE, JudgedLink, Reason, Removal, Removals, SHOWN};
use crate::ids::Similarity;
use crate::pipeline::Searched;
use crate::pipeline::scores::Gauge;
use crate::pipeline::search::FoundPair;
use crate::verify::{Flags, Relation};

/// For each distinct sentence in whose favour it goes: itself, if it stays.
pub(super) struct Chosen {
    keeper: Vec<u32>,
}

/// Who is linked to whom, and what the links allow.
struct Links {
    /// By row: where its partners end.
    ends: Vec<usize>,
    /// A partner, and whether the row may go in favour of it.
    partners: Vec<(u32, bool)>,
}

impl Links {
    fn new(rows: usize, pairs: &[FoundPair], verdicts: &[Verdict]) -> Self {
        let mut ends = vec![0; rows];
        for &FoundPair { pair: (a, b), .. } in pairs {
            ends[a as usize] += 1;
            ends[b as usize] += 1;
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut partners = vec![(0, false); start];
        for (&FoundPair { pair: (a, b), .. }, verdict) in pairs.iter().zip(verdicts) {
            let (a_goes, b_goes) = match verdict {
                Verdict::BothStay => (false, false),
                Verdict::EitherGoes => (true, true),
                Verdict::FirstGoes => (true, false),
                Verdict::SecondGoes => (false, true),
            };
            for (row, partner, goes) in [(a, b, a_goes), (b, a, b_goes)] {
                let next = &mut ends[row as usize];
                partners[*next] = (partner, goes);
                *next += 1;
            }
        }
        Self { ends, partners }
    }

    fn of(&self, row: u32) -> &[(u32, bool)] {
        let row = row as usize;
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.partners[start..self.ends[row]]
    }
}

/// Not chosen yet.
const OPEN: u32 = u32::MAX;

impl Chosen {
    pub(super) fn new(bench: &Bench<'_>, pairs: &[FoundPair]) -> Self {
        let verdicts = bench.verdicts(pairs);
        let links = Links::new(bench.rows(), pairs, &verdicts);
        let mut linked: Vec<_> = (0u32..)
            .take(bench.rows())
            .filter(|&row| !links.of(row).is_empty())
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|row| (bench.order.key(row), row))
            .collect();
        linked.par_sort_unstable();
        let order: Vec<u32> = linked.into_iter().map(|(_, row)| row).collect();
        let mut rank = vec![OPEN; bench.rows()];
        for (position, &row) in (0u32..).zip(&order) {
            rank[row as usize] = position;
        }
        let mut chosen = Self { keeper: vec![OPEN; bench.rows()] };
        let mut beside = Beside(vec![[OPEN; BESIDE]; order.len()]);
        let mut gauge = Gauge::default();
        for &row in &order {
            let keeper = if bench.stays(row) || bench.is_of_reference(row) {
                None
            } else {
                chosen.keeper_of(bench, &mut gauge, row, (&links, &rank, &beside))
            };
            chosen.keeper[row as usize] = keeper.unwrap_or(row);
            if keeper.is_none() && bench.may_keep(row) && !bench.is_dropped(row) {
                for &(partner, _) in links.of(row) {
                    beside.add(rank[partner as usize], row);
                }
            }
        }
        for (row, keeper) in (0u32..).zip(&mut chosen.keeper) {
            if *keeper == OPEN {
                *keeper = row;
            }
        }
        chosen.drop_contained(bench, (pairs, &verdicts), &rank);
        chosen
    }

    /// In whose favour a sentence goes: itself, if it stays.
    pub(super) fn keeper(&self, row: u32) -> u32 {
        self.keeper[row as usize]
    }

    fn stays(&self, row: u32) -> bool {
        self.keeper[row as usize] == row
    }

    /// The preferred one of those that stay and in whose favour a sentence may go.
    fn keeper_of(
        &self,
        bench: &Bench<'_>,
        gauge: &mut Gauge,
        row: u32,
        (links, rank, beside): (&Links, &[u32], &Beside),
    ) -> Option<u32> {
        let kept =
            |other: u32| self.stays(other) && bench.may_keep(other) && !bench.is_dropped(other);
        let direct = links.of(row).iter().filter(|&&(partner, goes)| goes && kept(partner));
        let direct = direct.map(|&(partner, _)| partner).min_by_key(|&row| rank[row as usize]);
        if direct.is_some() {
            return direct;
        }
        // Pairs are sorted, and so are the partners of each row.
        let is_partner = |other: u32| {
            links.of(row).binary_search_by_key(&other, |&(partner, _)| partner).is_ok()
        };
        let mut unseen: Vec<u32> = links
            .of(row)
            .iter()
            .flat_map(|&(partner, _)| beside.of(rank[partner as usize]))
            .filter(|&other| other != row && !is_partner(other))
            .collect();
        unseen.sort_unstable_by_key(|&other| rank[other as usize]);
        unseen.dedup();
        unseen.into_iter().take(BESIDE).find(|&other| bench.goes_unseen(gauge, row, other))
    }

    /// Of two that stay the one that stands in the other goes, unless others went in its favour; by rank, which does not depend
    /// on the order of files.
    fn drop_contained(
        &mut self,
        bench: &Bench<'_>,
        (pairs, verdicts): (&[FoundPair], &[Verdict]),
        rank: &[u32],
    ) {
        let mut is_keeper = vec![false; self.keeper.len()];
        for (row, &keeper) in (0u32..).zip(&self.keeper) {
            is_keeper[keeper as usize] |= keeper != row;
        }
        let inside = |(found, verdict): (&FoundPair, &Verdict)| match verdict {
            Verdict::FirstGoes => Some((found.pair.1, found.pair.0)),
            Verdict::SecondGoes => Some(found.pair),
            Verdict::BothStay | Verdict::EitherGoes => None,
        };
        let mut inside: Vec<(u32, u32)> = pairs.iter().zip(verdicts).filter_map(inside).collect();
        inside.sort_unstable_by_key(|&(kept, goes)| (rank[kept as usize], rank[goes as usize]));
        for (kept, goes) in inside {
            let both_stay = self.stays(goes) && self.stays(kept);
            let must_stay =
                is_keeper[goes as usize] || bench.stays(goes) || bench.is_of_reference(goes);
            if both_stay && !must_stay && bench.may_keep(kept) && !bench.is_dropped(kept) {
                self.keeper[goes as usize] = kept;
                is_keeper[kept as usize] = true;
            }
        }
    }

    /// What goes, place by place.
    pub(super) fn into_removals(self, bench: &Bench<'_>, searched: &Searched<'_>) -> Removals {
        let rows: Vec<u32> = (0u32..).take(self.keeper.len()).collect();
        let of_row = |gauge: &mut Gauge, &row: &u32| self.of_row(bench, gauge, row);
        let parts: Vec<Vec<Removal>> = rows.par_iter().map_init(Gauge::default, of_row).collect();
        let copies =
            if bench.removable.all_copies { self.all_copies(bench, &parts) } else { Vec::new() };
        let mut removed: Vec<Removal> = parts.into_iter().flatten().collect();
        removed.extend(copies);
        removed.par_sort_unstable_by_key(|removal| removal.sentence);
        let (strongest_kept, kept_links) = self.strongest_kept(bench, &searched.found.pairs);
        Removals {
            settings: searched.comparison.config.result_settings(),
            input: searched.input(bench.order.corpus),
            recall: searched.recall(),
            sentences: searched.prepared.sentences.clone(),
            removed,
            weakest_removed: self.weakest_removed(bench),
            strongest_kept,
            kept_links,
            left_by_length: bench.sentences_left_by_length(),
        }
    }

    fn of_row(&self, bench: &Bench<'_>, gauge: &mut Gauge, row: u32) -> Vec<Removal> {
        let places = bench.order.places(row);
        if bench.is_dropped(row) {
            let drop = |&sentence: &u32| Removal {
                sentence,
                kept: None,
                reason: Reason::Boilerplate,
                relation: Relation::Exact,
                scores: None,
                flags: bench.flags(row),
            };
            let mine = |place: &&u32| !bench.order.is_reference(bench.order.sentence(**place));
            return places.iter().filter(mine).map(drop).collect();
        }
        let keeper = self.keeper[row as usize];
        let kept = bench.order.preferred(keeper);
        let gone = places.iter().copied().filter(|&place| bench.may_go(place, kept));
        if keeper == row {
            let exact = (bench.removable.link)(Relation::Exact, Flags::default());
            if places.len() < 2 || !exact || bench.stays(row) || !bench.may_keep(row) {
                return Vec::new();
            }
            let flags = bench.flags(row);
            let copy = |sentence| Removal {
                sentence,
                kept: Some(kept),
                reason: Reason::Repeat,
                relation: Relation::Exact,
                scores: None,
                flags,
            };
            return gone.map(copy).collect();
        }
        let JudgedLink { relation, scores, flags, .. } = bench.judged(gauge, keeper, row);
        let repeat = |sentence| Removal {
            sentence,
            kept: Some(kept),
            reason: Reason::Repeat,
            relation,
            scores: Some(scores),
            flags,
        };
        gone.map(repeat).collect()
    }

    /// Of every family of which something goes, by sentence, what is left.
    fn all_copies(&self, bench: &Bench<'_>, parts: &[Vec<Removal>]) -> Vec<Removal> {
        let mut goes = vec![false; self.keeper.len()];
        for (part, &keeper) in parts.iter().zip(&self.keeper) {
            let repeats = |removal: &Removal| removal.reason == Reason::Repeat;
            goes[keeper as usize] |= part.iter().any(repeats);
        }
        let of_row = |(row, &keeper): (u32, &u32)| {
            let gone: Vec<u32> =
                parts[row as usize].iter().map(|removal| removal.sentence).collect();
            let places = bench.order.places(row).iter().copied();
            let places = places.filter(move |place| gone.binary_search(place).is_err());
            places.filter(|_| goes[keeper as usize]).collect::<Vec<u32>>()
        };
        let left = (0u32..).zip(&self.keeper).flat_map(of_row);
        let mine = |place: &u32| {
            !bench.order.is_reference(bench.order.sentence(*place)) && !bench.place_stays(*place)
        };
        left.filter(mine).map(last_copy).collect()
    }

    /// The pairs of which one went that were the least similar.
    fn weakest_removed(&self, bench: &Bench<'_>) -> Vec<JudgedLink> {
        let rows: Vec<(u32, u32)> = (0u32..)
            .zip(self.keeper.iter().copied())
            .filter(|&(row, keeper)| row != keeper && !bench.is_dropped(row))
            .collect();
        let similarity = |&(row, keeper): &(u32, u32)| bench.comparison.similarity(row, keeper);
        let mut ranked: Vec<(Similarity, (u32, u32))> =
            rows.par_iter().map(|pair| (similarity(pair), *pair)).collect();
        ranked.par_sort_unstable();
        let mut gauge = Gauge::default();
        let shown = ranked.into_iter().take(SHOWN);
        shown.map(|(_, (row, keeper))| bench.judged(&mut gauge, keeper, row)).collect()
    }

    /// The linked pairs of which both stay: those that are the most similar, and how many there are.
    fn strongest_kept(&self, bench: &Bench<'_>, pairs: &[FoundPair]) -> (Vec<JudgedLink>, u64) {
        let is_new = |row: u32| bench.is_new(row);
        let stay = |found: &&FoundPair| {
            let (a, b) = found.pair;
            self.stays(a) && self.stays(b) && (is_new(a) || is_new(b))
        };
        let mut kept: Vec<&FoundPair> = pairs.par_iter().filter(stay).collect();
        let count = kept.len() as u64;
        kept.par_sort_by_key(|found| (std::cmp::Reverse(found.similarity), found.pair));
        let mut gauge = Gauge::default();
        let shown = kept.into_iter().take(SHOWN);
        (shown.map(|found| bench.judged(&mut gauge, found.pair.0, found.pair.1)).collect(), count)
    }
}

/// What goes since all copies do.
pub(super) fn last_copy(sentence: u32) -> Removal {
    Removal {
        sentence,
        kept: None,
        reason: Reason::AllCopies,
        relation: Relation::Exact,
        scores: None,
        flags: Flags::default(),
    }
}

/// For each sentence, by its rank, the first few of its partners that stay.
struct Beside(Vec<[u32; BESIDE]>);

impl Beside {
    fn add(&mut self, rank: u32, kept: u32) {
        let slots = &mut self.0[rank as usize];
        if let Some(free) = slots.iter_mut().find(|slot| **slot == OPEN) {
            *free = kept;
        }
    }

    fn of(&self, rank: u32) -> impl Iterator<Item = u32> {
        self.0[rank as usize].iter().copied().filter(|&kept| kept != OPEN)
    }
}
