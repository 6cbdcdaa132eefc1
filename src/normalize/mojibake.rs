//! Mojibake: UTF-8 that was read as windows-1252 or Latin-1, once or twice. `donâ€™t` is `don’t`, `cafÃ©` is `café`.
//!
//! A text is repaired only as a whole: each of its characters beyond ASCII must be part of a sequence that was one character of UTF-8, so a single
//! accent or quotation mark that is right keeps everything as it is. One sequence at least must be nothing that people write (`â€™`; `Ã©` inside a word),
//! and none may be what they do write: a capital at the end of a word before a mark (`AMANHÃ…`). A lone `Ã©` stays: it may mean itself.
//!
//! Cost: nothing for ASCII; else the first character beyond ASCII, which hardly ever begins a sequence.
//!
//! What it does not do: repair text in which only some places are damaged, or whose bytes were lost (`â€` before a blank). The idea is that of ftfy.

use super::buffer::Buffer;

/// How often a text may have been read wrongly.
pub(super) const ROUNDS: usize = 2;

/// A run of characters that are the bytes of one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Sequence {
    character: char,
    /// Its bytes in the text.
    length: usize,
    /// Whether each of its characters is a letter or a figure.
    is_wordlike: bool,
    /// Whether people write it: a letter that words end with, and a dash or a quotation mark behind it.
    ends_word: bool,
}

/// Whether a text is UTF-8 that was read in a wrong encoding.
pub(super) fn is_damaged(text: &str) -> bool {
    let Some(first) = text.bytes().position(|byte| !byte.is_ascii()) else { return false };
    // Two characters of U+00C2 to U+00F4 and beyond ASCII, in this order.
    let begins = match text.as_bytes().get(first..first + 3) {
        Some(&[0xc3, second, third]) => (0x82..=0xb4).contains(&second) && !third.is_ascii(),
        _ => false,
    };
    begins && is_damaged_from(text, first)
}

fn is_damaged_from(text: &str, mut at: usize) -> bool {
    let (mut is_sure, mut last_end) = (false, 0);
    loop {
        let (before, rest) = text.split_at(at);
        let Some(sequence) = sequence(rest) else { return false };
        let end = at + sequence.length;
        let place = Place {
            before: before.chars().next_back().filter(|_| last_end != at),
            after: text.get(end..).and_then(|rest| rest.chars().next()),
            touches: last_end == at && at > 0,
        };
        if place.speaks_against(sequence) {
            return false;
        }
        is_sure |= place.proves(sequence);
        last_end = end;
        let rest = text.get(end..).unwrap_or_default();
        match rest.bytes().position(|byte| !byte.is_ascii()) {
            Some(ascii) => at = end + ascii,
            None => return is_sure,
        }
    }
}

/// Where a sequence stands.
struct Place {
    /// The character before it, unless that is of another sequence.
    before: Option<char>,
    after: Option<char>,
    /// Whether it directly follows another sequence.
    touches: bool,
}

impl Place {
    /// Whether people write this: a word in capitals that ends with the first character of the sequence, and a mark.
    fn speaks_against(&self, sequence: Sequence) -> bool {
        sequence.character < '\u{800}'
            && !sequence.is_wordlike
            && self.before.is_some_and(char::is_uppercase)
            && !self.after.is_some_and(char::is_alphabetic)
    }

    /// Whether people do not write this.
    fn proves(&self, sequence: Sequence) -> bool {
        let before_letter =
            self.after.is_some_and(|c| c.is_ascii_alphabetic()) && !sequence.ends_word;
        match sequence.character {
            // Signs: Â£5, 5Â°, 100Â km.
            '\u{a0}'..='¿' => {
                before_letter
                    || [self.before, self.after].iter().flatten().any(char::is_ascii_digit)
            }
            // Latin letters, of which a word has others.
            'À'..='ſ' | 'Ș'..='ț' => {
                before_letter || self.before.is_some_and(|c| c.is_ascii_lowercase())
            }
            'Ạ'..='ỹ' => before_letter && !sequence.is_wordlike,
            // Quotation marks, dashes, €, ™; a byte order mark, a replacement character; emoji.
            '\u{2010}'..='\u{203a}' | '€' | '™' | '\u{feff}' | '\u{fffd}' => true,
            '\u{1f000}'..='\u{1ffff}' => !sequence.is_wordlike,
            // Other scripts, letter by letter.
            _ => self.touches && !sequence.is_wordlike,
        }
    }
}

/// Repairs a text that [is damaged](is_damaged).
pub(super) fn repair(source: &Buffer, out: &mut Buffer) {
    let mut at = 0;
    while let Some(rest) = source.text.get(at..).filter(|rest| !rest.is_empty()) {
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        out.copy(source, at..at + ascii);
        at += ascii;
        let Some(found) = rest.get(ascii..).and_then(sequence) else { break };
        out.push(found.character, &source.raw(at..at + found.length));
        at += found.length;
    }
}

/// The sequence that a text begins with.
fn sequence(text: &str) -> Option<Sequence> {
    let mut characters = text.chars();
    let lead = byte(characters.next()?)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    let (mut is_wordlike, mut last) = (true, ' ');
    for place in bytes.get_mut(1..count)? {
        let c = characters.next()?;
        *place = byte(c)?;
        is_wordlike &= c.is_alphanumeric();
        last = c;
    }
    let character = std::str::from_utf8(bytes.get(..count)?).ok()?.chars().next()?;
    let is_control = character.is_control();
    let length = text.len() - characters.as_str().len();
    // "MANHÃ–" is rare, and "Ã–sterreich" is not.
    let is_mark = matches!(last, '–' | '—' | '…' | '“' | '”' | '‘' | '’' | '«' | '»' | '‹' | '›');
    let ends_word = is_mark && !text.starts_with(['Ã', 'Â']);
    (!is_control).then_some(Sequence { character, length, is_wordlike, ends_word })
}

/// The byte that a character was read from.
fn byte(c: char) -> Option<u8> {
    /// What windows-1252 has from 0x80 to 0x9f; five bytes are controls, as in Latin-1.
    const ODD: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match u8::try_from(u32::from(c)) {
        Ok(byte) => (!byte.is_ascii()).then_some(byte),
        Err(_) => (0x80..).zip(ODD).find(|&(_, odd)| odd == c).map(|(byte, _)| byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    fn misread(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    fn repaired(text: &str) -> String {
        let (mut source, mut out) = (Buffer::default(), Buffer::default());
        source.load(text, true);
        out.clear(true);
        repair(&source, &mut out);
        out.text
    }

    #[test]
    fn a_character_was_read_from_the_byte_that_windows_1252_has_for_it() {
        for expected in 0x80..=u8::MAX {
            let read = WINDOWS_1252.decode_without_bom_handling(&[expected]).0.chars().next();
            assert_eq!(read.and_then(byte), Some(expected));
            assert_eq!(byte(char::from(expected)), Some(expected));
        }
        assert_eq!((byte('a'), byte('ж')), (None, None));
    }

    #[test]
    fn texts_of_many_languages_are_damaged_once_misread_and_repaired() {
        for text in [
            "They don’t pay “much” – at all…",
            "The café and the résumé",
            "Die Bürgermeisterin eröffnete die Straße",
            "ÜBER",
            "a £5 note, 5° and 100\u{a0}km",
            "voilà à Paris",
            "Žluťoučký kůň",
            "și țara",
            "Việt Nam",
            "Ελλάδα",
            "Москва не верит",
            "日本語",
            "שלום",
            "hi 😀",
            "\u{feff}The tide",
            "5 € for it",
        ] {
            assert!(!is_damaged(text), "{text}");
            let once = misread(text);
            assert!(is_damaged(&once), "{once}");
            assert_eq!(repaired(&once), text);
        }
        let latin_1: String = "don’t".bytes().map(char::from).collect();
        assert_eq!((is_damaged(&latin_1), repaired(&latin_1).as_str()), (true, "don’t"));
    }

    #[test]
    fn what_people_write_is_not_damaged() {
        for text in [
            "NÃO",
            "Ã",
            "Ã©",
            "Ã é",
            "â€",
            "â€ alone",
            "Â",
            "AMANHÃ…",
            "AMANHÃ…\u{a0}",
            "“MAÇÔ",
            "MAÃ” disse",
            "ESPAÑ…",
            "Ç’ka ndodhi",
            "È… vero",
            "Ä… jag",
            "HÄ… was",
            "to the café”… and",
            "está»…",
            "voilà”…",
            "cafÃ© and café",
            "naïve “café”",
        ] {
            assert!(!is_damaged(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_damaged_is_what_some_text_was_misread_as(text in "[a-zA-Z .Ã©â€™¼ÂÅ¡ðŸ˜¤é“”à…]{0,12}") {
            if is_damaged(&text) {
                prop_assert_eq!(misread(&repaired(&text)), text);
            }
        }
    }
}
