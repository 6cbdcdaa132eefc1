//! What turns a sentence round that otherwise says the same: the opposite of a word in its place, names that stand in each other's.
//!
//! The list of opposites is English; names change places in any language that writes them with capitals.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::beside::Beside;
use super::word_list::WordList;
use crate::verify::relation::{Flag, Flags};

/// Words that say the opposite of one another.
const OPPOSITES: &[(&str, &str)] = &[
    ("above", "below"),
    ("accept", "reject"),
    ("accepted", "rejected"),
    ("advance", "decline"),
    ("advancing", "declining"),
    ("after", "before"),
    ("against", "for"),
    ("agreed", "refused"),
    ("ahead", "behind"),
    ("all", "none"),
    ("allow", "ban"),
    ("allowed", "banned"),
    ("always", "never"),
    ("approved", "rejected"),
    ("away", "home"),
    ("backed", "opposed"),
    ("began", "ended"),
    ("begin", "end"),
    ("begins", "ends"),
    ("best", "worst"),
    ("better", "worse"),
    ("bought", "sold"),
    ("buy", "sell"),
    ("closed", "open"),
    ("closed", "opened"),
    ("confirmed", "denied"),
    ("convicted", "acquitted"),
    ("cut", "raised"),
    ("decrease", "increase"),
    ("decreased", "increased"),
    ("defeat", "victory"),
    ("down", "up"),
    ("east", "west"),
    ("eastern", "western"),
    ("failed", "succeeded"),
    ("fall", "rise"),
    ("fallen", "risen"),
    ("falling", "rising"),
    ("falls", "rises"),
    ("fell", "rose"),
    ("few", "many"),
    ("fewer", "more"),
    ("first", "last"),
    ("former", "future"),
    ("gain", "loss"),
    ("gained", "lost"),
    ("gains", "losses"),
    ("guilty", "innocent"),
    ("high", "low"),
    ("higher", "lower"),
    ("highest", "lowest"),
    ("inside", "outside"),
    ("left", "right"),
    ("less", "more"),
    ("lose", "win"),
    ("loses", "wins"),
    ("losing", "winning"),
    ("lost", "won"),
    ("negative", "positive"),
    ("north", "south"),
    ("northern", "southern"),
    ("old", "new"),
    ("profit", "loss"),
    ("strong", "weak"),
    ("stronger", "weaker"),
    ("success", "failure"),
    ("support", "oppose"),
    ("supported", "opposed"),
    ("true", "false"),
    ("with", "without"),
];

/// Words of which one does not stand for the other; but papers change "today" into "yesterday", and a pronoun tells little by itself.
const EXCHANGED: &[(&str, &str)] = &[
    ("father", "mother"),
    ("he", "she"),
    ("her", "his"),
    ("man", "woman"),
    ("men", "women"),
    ("son", "daughter"),
    ("today", "tomorrow"),
    ("today", "yesterday"),
    ("tomorrow", "yesterday"),
];

/// The words of both lists.
static LISTED: LazyLock<WordList> = LazyLock::new(|| {
    WordList::new(OPPOSITES.iter().chain(EXCHANGED).flat_map(|&(one, other)| [one, other]))
});

/// So many words stand in the place of others at most.
const PLACE: usize = 4;

/// Sentences are aligned if the product of their lengths is no more.
const MOST: usize = 1 << 16;

/// Words that join names of which the order says nothing.
const JOINING: &[&str] = &["and", "e", "et", "i", "och", "og", "oder", "or", "und", "y", "и"];

impl Beside<'_> {
    /// A word that is gone has its opposite, or what it is not exchanged for, among those that have come.
    pub(super) fn may_be_opposite(&self) -> bool {
        self.have_listed(&[OPPOSITES, EXCHANGED])
    }

    /// What is the other way round: a word that says the opposite, names in each other's places.
    pub(super) fn turns(&self) -> Flags {
        let (words, others) = (&self.one.words, &self.other.words);
        let is_opposite = self.have_listed(&[OPPOSITES])
            && says_opposite(&words.iter().collect::<Vec<_>>(), &others.iter().collect::<Vec<_>>());
        let (names, other_names) = (&self.one.names, &self.other.names);
        let is_in = |names: &[String], word: &str| {
            names.binary_search_by(|name| name.as_str().cmp(word)).is_ok()
        };
        let is_name = |word: &str| is_in(names, word) || is_in(other_names, word);
        // The first word of a sentence may be a name that only the other one shows to be one. What only one of the two says
        // stands between the names, or is one.
        let have_moved = names.len() + other_names.len() > 1
            && self.lacking().all(|word| JOINING.contains(&word))
            && names_change_places(words.iter(), others.iter(), is_name);
        Flags::default()
            .with_if(is_opposite, Flag::NegationDiffers)
            .with_if(have_moved, Flag::NamesDiffer)
    }

    /// A word that is gone stands in one of these lists with one that has come.
    fn have_listed(&self, lists: &[&[(&str, &str)]]) -> bool {
        let is_listed = |word| LISTED.contains(word);
        if !self.gone().any(is_listed) || !self.come().any(is_listed) {
            return false;
        }
        let (gone, come): (Vec<&str>, Vec<&str>) = (self.gone().collect(), self.come().collect());
        lists.iter().any(|pairs| are_listed(pairs, &gone, &come))
    }
}

fn are_listed(pairs: &[(&str, &str)], gone: &[&str], come: &[&str]) -> bool {
    let replaced = |a: &str, b: &str| gone.contains(&a) && come.contains(&b);
    pairs.iter().any(|&(a, b)| replaced(a, b) || replaced(b, a))
}

/// The opposite of a word stands in its place.
fn says_opposite(one: &[&str], other: &[&str]) -> bool {
    if one.len() * other.len() > MOST {
        return false;
    }
    let is_turned = |operation: &DiffOp| {
        let (_, before, after) = operation.as_tag_tuple();
        before.len().max(after.len()) <= PLACE && are_listed(OPPOSITES, &one[before], &other[after])
    };
    capture_diff_slices(Algorithm::Myers, one, other).iter().any(is_turned)
}

/// Names stand in each other's places, and between them are the same words: who beat whom. Names that are joined by "and" are
/// one, in any order.
fn names_change_places<'a>(
    one: impl Iterator<Item = &'a str> + Clone,
    other: impl Iterator<Item = &'a str> + Clone,
    is_name: impl Fn(&str) -> bool,
) -> bool {
    let named = |word: &&str| is_name(word);
    if one.clone().filter(named).eq(other.clone().filter(named)) {
        return false;
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (one.collect(), other.collect());
    let ((names, said), (others, said_there)) = (parted(&one, &is_name), parted(&other, &is_name));
    let sorted = |names: &[BTreeSet<&'a str>]| {
        let mut sorted = names.to_vec();
        sorted.sort();
        sorted
    };
    names.len() > 1 && names != others && said == said_there && sorted(&names) == sorted(&others)
}

/// The groups of names, and what is said around them.
fn parted<'a>(
    words: &[&'a str],
    is_name: impl Fn(&str) -> bool,
) -> (Vec<BTreeSet<&'a str>>, Vec<&'a str>) {
    let (mut names, mut said) = (Vec::<BTreeSet<&str>>::new(), Vec::new());
    let mut is_open = false;
    for (at, &word) in words.iter().enumerate() {
        let is_joint = is_open
            && JOINING.contains(&word)
            && words.get(at + 1).is_some_and(|next| is_name(next));
        if is_name(word) {
            if !is_open {
                names.push(BTreeSet::new());
                said.push("");
            }
            if let Some(group) = names.last_mut() {
                group.insert(word);
            }
        } else if !is_joint {
            said.push(word);
        }
        is_open = is_name(word) || is_joint;
    }
    (names, said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<&str> {
        sentence.split(' ').collect()
    }

    #[test]
    fn an_opposite_counts_in_the_place_of_its_word() {
        let turned = |a, b| says_opposite(&words(a), &words(b));
        assert!(turned("shares rose in early trade", "shares fell in early trade"));
        assert!(turned("he was found guilty on friday", "he was found not innocent on friday"));
        assert!(!turned("the old bridge was closed", "the bridge was closed"));
        assert!(!turned(
            "he rose early and they fell silent",
            "they fell silent and he rose early"
        ));
        // Both stand there, but not in one place.
        assert!(!turned(
            "the first of the ships came into the harbour of the town at dawn",
            "the ships came into the harbour of the town at dawn and left last"
        ));
    }

    #[test]
    fn names_in_each_others_place_are_seen_and_joined_ones_are_not() {
        let swapped = |a: &str, b: &str| {
            let is_name = |word: &str| ["ann", "lee", "bo"].contains(&word);
            names_change_places(a.split(' '), b.split(' '), is_name)
        };
        assert!(swapped("ann lee beat bo in may", "bo beat ann lee in may"));
        assert!(!swapped("ann beat bo", "bo was beaten by ann"), "said in other words");
        assert!(!swapped("ann and bo met lee", "bo and ann met lee"));
        assert!(swapped("ann and bo met lee", "lee met ann and bo"));
        assert!(!swapped("ann beat bo", "ann beat bo"));
    }

    #[test]
    fn no_word_of_the_lists_is_its_own_opposite() {
        assert!(OPPOSITES.iter().chain(EXCHANGED).all(|(a, b)| a != b));
    }
}
