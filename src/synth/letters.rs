//! Text under construction, of short words that are copied whole.
//!
//! A word has at most 15 letters and lies in 16 bytes, so that writing it is one load and one store whatever its length. The buffer may be
//! longer than its text.

/// A word of at most 15 bytes, and how many it has in the last byte.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Short([u8; SLOT]);

const SLOT: usize = 16;

impl Short {
    /// The most bytes.
    pub(super) const MOST: usize = SLOT - 1;

    /// A word; what is too long loses its end.
    pub(super) fn new(word: &str) -> Self {
        word.bytes().take(Self::MOST).fold(Self::default(), Self::with)
    }

    /// The word with one more byte.
    #[inline]
    pub(super) fn with(mut self, byte: u8) -> Self {
        let length = self.len();
        if length < Self::MOST {
            self.0[length] = byte;
            self.0[Self::MOST] += 1;
        }
        self
    }

    /// The word with a capital.
    pub(super) fn capitalised(mut self) -> Self {
        self.0[0] = self.0[0].to_ascii_uppercase();
        self
    }

    /// How many bytes it has.
    #[inline]
    pub(super) fn len(self) -> usize {
        usize::from(self.0[Self::MOST])
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.get(..self.len()).unwrap_or_default()
    }
}

/// A text that grows by words.
#[derive(Clone, Debug, Default)]
pub(super) struct Letters {
    /// The text, and what is left of other texts behind it.
    bytes: Vec<u8>,
    length: usize,
}

impl Letters {
    /// With room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: vec![0; bytes], length: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    /// Makes the text end at the end of one that is shorter.
    pub(super) fn shorten(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    /// Makes the letter at a place a capital.
    pub(super) fn capitalise(&mut self, place: usize) {
        if let Some(letter) = self.bytes.get_mut(place) {
            letter.make_ascii_uppercase();
        }
    }

    #[inline]
    pub(super) fn push(&mut self, word: Short) {
        self.room(SLOT).copy_from_slice(&word.0);
        self.length += word.len();
    }

    /// The bytes behind the text, so many of them.
    #[inline]
    fn room(&mut self, bytes: usize) -> &mut [u8] {
        let end = self.length + bytes;
        if end > self.bytes.len() {
            self.bytes.resize(end.next_power_of_two(), 0);
        }
        &mut self.bytes[self.length..end]
    }

    /// Appends text of any length.
    #[inline]
    pub(super) fn extend(&mut self, text: &[u8]) {
        self.room(text.len()).copy_from_slice(text);
        self.length += text.len();
    }

    /// Appends a number.
    pub(super) fn number(&mut self, number: u64) {
        let mut digits = [0; 20];
        let (mut rest, mut start) = (number, digits.len());
        loop {
            start -= 1;
            digits[start] = digit(rest % 10);
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        self.extend(&digits[start..]);
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// The digit of a number under 10.
pub(super) fn digit(number: u64) -> u8 {
    b"0123456789"[usize::try_from(number % 10).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_stand_behind_each_other() {
        let mut letters = Letters::default();
        letters.push(Short::new("fifteen letters"));
        letters.push(Short::new(" and "));
        letters.number(0);
        letters.extend(b", ");
        letters.number(u64::MAX);
        letters.push(Short::default());
        assert_eq!(letters.as_str(), "fifteen letters and 0, 18446744073709551615");
        letters.clear();
        letters.push(Short::new("…"));
        assert_eq!(letters.as_str(), "…");
    }

    #[test]
    fn a_word_that_is_too_long_loses_its_end() {
        assert_eq!(Short::new("abcdefghijklmnopq").as_bytes(), b"abcdefghijklmno");
    }
}
