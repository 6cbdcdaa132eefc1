//! How often general prose uses its commonest words: the background of small inputs.
//!
//! A table of the function words of seven languages with the share of sentences that hold them, in parts per million:
//! round figures for news and general prose, good to a third or so, which moves a weight by 0.3 nats. Words it does not
//! know, and scripts it has no language of, get the uniform [`UNKNOWN_PPM`].
//!
//! The table does not know the language of a text. A word of two languages has the larger share; where a function word of
//! one is a rarer word of another ("die", "war", "son"), its share is lowered, so that neither language is far off.

use std::sync::LazyLock;

/// The share of sentences, in parts per million, that hold a word the table does not know: one in 5,000.
pub const UNKNOWN_PPM: u32 = 200;

/// Words of about the same share, in parts per million; separated by blanks, as keys write them: lower case, without
/// apostrophes.
type Shares = &'static [(u32, &'static str)];

const ENGLISH: Shares = &[
    (580_000, "the"),
    (390_000, "to"),
    (340_000, "of a"),
    (310_000, "in and"),
    (150_000, "for is on that"),
    (110_000, "said it was"),
    (95_000, "with at be he as have has"),
    (80_000, "by but are from"),
    (70_000, "this not they i you will we"),
    (52_000, "an his its had or which were"),
    (44_000, "would their who been one more all"),
    (35_000, "about up her she there if out when what can after new also"),
    (28_000, "us over so no than people year two time first other into some could"),
    (22_000, "my your our them him last like just only do now years because how any then"),
    (18_000, "me against government mr many most world made before get may back says very should"),
    (15_000, "these such being make even while where those well way much three off down own"),
    (12_000, "through between still since take day week under home told good both go did each too"),
    (
        9_000,
        "around during used use work set since know see think going another during without high every come same \
         here does am however need want dont long million next end part four five per cent percent",
    ),
    (
        7_000,
        "old right must show best state public group company country already including might least great until \
         thats im never place left again few away help put called found came says old why man life city",
    ),
    (
        5_000,
        "money number report national later often days months within among though although yet against whether \
         something always once having things lot little big didnt doesnt cant isnt wasnt wont youre hes theyre \
         weve ive ill got went say ago less today police president minister news according six seven ten",
    ),
    (
        3_000,
        "couldnt wouldnt shouldnt havent hasnt arent werent theres whos lets whats youve youll",
    ),
];

const GERMAN: Shares = &[
    (400_000, "der und"),
    (300_000, "den von zu das mit"),
    (200_000, "ist des auf für im sich nicht ein eine dem es"),
    (110_000, "als auch er sie nach wie bei aus einer zum einen sind dass daß"),
    (70_000, "noch wird einem haben nur über um zur oder aber ich vor durch bis mehr"),
    (40_000, "hatte kann wurde werden wir gegen vom ihr seine sei unter wenn jahr keine sein zwei"),
    // Words of other languages too.
    (60_000, "die in an am so"),
    (20_000, "war hat man was"),
];

const FRENCH: Shares = &[
    (500_000, "de la"),
    (350_000, "le les des et"),
    (250_000, "du à"),
    (180_000, "en un une que est dans"),
    (120_000, "il au qui pour sur pas ce"),
    (70_000, "se ne par plus sont avec aux cette ses été être mais"),
    (
        40_000,
        "ont nous comme leur fait deux elle ou où vous je lui même ces si bien après entre ans sans",
    ),
    (20_000, "son"),
];

const SPANISH: Shares = &[
    (500_000, "de la"),
    (350_000, "que el y"),
    (200_000, "los del se las un por"),
    (130_000, "con una para no su al es lo"),
    (60_000, "como más sus ha pero fue este entre ya"),
    (30_000, "sobre esta hasta dos también desde muy años todo cuando porque está si me nos"),
    (20_000, "sin"),
];

const ITALIAN: Shares = &[
    (400_000, "di e"),
    (250_000, "che il la"),
    (150_000, "un per del una è le non della si i"),
    (90_000, "dei da con alla nel più al delle gli lo sono ha"),
    (40_000, "anche ma come dal nella ai degli dalla questo o se anni tra suo due stato dopo"),
];

const PORTUGUESE: Shares = &[
    (450_000, "de o"),
    (300_000, "a que e"),
    (180_000, "do da em os um para"),
    (110_000, "com uma no não na se por"),
    (60_000, "as dos mais ao é foi das como à sua seu"),
    (30_000, "ou também mas ele são pela pelo está já anos muito entre até nos ser tem ter"),
];

const RUSSIAN: Shares = &[
    (350_000, "в"),
    (280_000, "и"),
    (190_000, "на не что"),
    (120_000, "с по"),
    (70_000, "из к он как за это о от для а"),
    (40_000, "его но у же до также года был все они которые было"),
    (
        20_000,
        "со были том при только бы так она или может году была еще ещё мы уже после более лет",
    ),
];

/// Every word once, sorted, with the largest of its shares.
static TABLE: LazyLock<Vec<(&'static str, u32)>> = LazyLock::new(|| {
    let languages = [ENGLISH, GERMAN, FRENCH, SPANISH, ITALIAN, PORTUGUESE, RUSSIAN];
    let mut table: Vec<(&str, u32)> = languages
        .into_iter()
        .flatten()
        .flat_map(|&(ppm, words)| words.split_ascii_whitespace().map(move |word| (word, ppm)))
        .collect();
    table.sort_unstable_by(|(word, ppm), (other, other_ppm)| {
        word.cmp(other).then(other_ppm.cmp(ppm))
    });
    table.dedup_by_key(|&mut (word, _)| word);
    table
});

/// The share of sentences of general prose that hold a word of a key, in parts per million. A binary search.
///
/// ```
/// use twicetold::weight::{UNKNOWN_PPM, background_ppm};
/// assert!(background_ppm("the") > background_ppm("dont"));
/// assert_eq!(background_ppm("ministry"), UNKNOWN_PPM);
/// ```
pub fn background_ppm(word: &str) -> u32 {
    TABLE
        .binary_search_by_key(&word, |&(known, _)| known)
        .ok()
        .and_then(|index| TABLE.get(index))
        .map_or(UNKNOWN_PPM, |&(_, ppm)| ppm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_of_seven_languages_are_common() {
        for word in ["of", "und", "dans", "los", "della", "não", "что", "dont", "its"] {
            assert!(background_ppm(word) > 2_000, "{word}");
        }
    }

    #[test]
    fn content_words_and_other_scripts_are_unknown() {
        for word in ["lessons", "robbed", "blinken", "北京", "", "42", "λόγος"] {
            assert_eq!(background_ppm(word), UNKNOWN_PPM, "{word}");
        }
    }

    #[test]
    fn a_word_of_two_languages_has_the_larger_share() {
        assert_eq!(background_ppm("de"), 500_000);
        assert_eq!(background_ppm("a"), 340_000);
    }

    #[test]
    fn every_word_is_a_key_and_stands_once() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].0 < pair[1].0);
        }
        for &(word, ppm) in TABLE.iter() {
            assert_eq!(word, word.to_lowercase());
            assert!(word.chars().all(char::is_alphabetic), "{word}");
            assert!((UNKNOWN_PPM..1_000_000).contains(&ppm));
        }
    }
}
