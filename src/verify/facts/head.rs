//! The first eight bytes of a word as a number: most words are told apart by one comparison of it.

/// The bytes of a word, the first lowest, and nothing above the last.
pub(super) fn head(word: &str) -> u64 {
    match word.as_bytes().first_chunk() {
        Some(&bytes) => u64::from_le_bytes(bytes),
        None => word.bytes().rev().fold(0, |head, byte| head << 8 | u64::from(byte)),
    }
}

/// Which bits of a head the first bytes of a word fill.
pub(super) const fn head_mask(bytes: usize) -> u64 {
    if bytes < 8 { (1 << (8 * bytes)) - 1 } else { u64::MAX }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_prefix_has_the_head_of_its_word(word in "[abé漢]{0,6}", end in 0_usize..18) {
            let prefix = word.get(..end).unwrap_or_default();
            prop_assert_eq!(head(prefix), head(&word) & head_mask(prefix.len()));
        }

        #[test]
        fn short_words_of_one_length_have_one_head_if_they_are_equal(a in "[ab\0]{0,8}", b in "[ab\0]{0,8}") {
            prop_assert_eq!(a == b, a.len() == b.len() && head(&a) == head(&b));
        }
    }
}
