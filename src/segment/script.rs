//! The script most of a line's letters belong to: it stands in for a language that nobody named.

use std::sync::LazyLock;

/// How many letters of a line are looked at.
const SAMPLE: usize = 400;

/// A script, as far as segmentation tells them apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Thai,
    Lao,
    Tibetan,
    Burmese,
    Georgian,
    Hangul,
    Ethiopic,
    Khmer,
    Kana,
    Han,
    Other,
}

/// First code point of each run of code points that one script has to itself, in order.
const RUNS: &[(u32, Script)] = &[
    (0x0000, Script::Latin),
    (0x0370, Script::Greek),
    (0x0400, Script::Cyrillic),
    (0x0530, Script::Armenian),
    (0x0590, Script::Hebrew),
    (0x0600, Script::Arabic),
    (0x0700, Script::Other),
    (0x0750, Script::Arabic),
    (0x0780, Script::Other),
    (0x08A0, Script::Arabic),
    (0x0900, Script::Devanagari),
    (0x0980, Script::Bengali),
    (0x0A00, Script::Gurmukhi),
    (0x0A80, Script::Gujarati),
    (0x0B00, Script::Other),
    (0x0B80, Script::Tamil),
    (0x0C00, Script::Telugu),
    (0x0C80, Script::Kannada),
    (0x0D00, Script::Malayalam),
    (0x0D80, Script::Other),
    (0x0E00, Script::Thai),
    (0x0E80, Script::Lao),
    (0x0F00, Script::Tibetan),
    (0x1000, Script::Burmese),
    (0x10A0, Script::Georgian),
    (0x1100, Script::Hangul),
    (0x1200, Script::Ethiopic),
    (0x13A0, Script::Other),
    (0x1780, Script::Khmer),
    (0x1800, Script::Other),
    (0x1C90, Script::Georgian),
    (0x1CC0, Script::Other),
    (0x1E00, Script::Latin),
    (0x1F00, Script::Greek),
    (0x2000, Script::Other),
    (0x2C60, Script::Latin),
    (0x2C80, Script::Other),
    (0x2D80, Script::Ethiopic),
    (0x2DE0, Script::Cyrillic),
    (0x2E00, Script::Other),
    (0x2E80, Script::Han),
    (0x3040, Script::Kana),
    (0x3100, Script::Han),
    (0x3130, Script::Hangul),
    (0x3190, Script::Han),
    (0x31F0, Script::Kana),
    (0x3200, Script::Han),
    (0xA000, Script::Other),
    (0xA640, Script::Cyrillic),
    (0xA6A0, Script::Other),
    (0xA720, Script::Latin),
    (0xA800, Script::Other),
    (0xAA60, Script::Burmese),
    (0xAA80, Script::Other),
    (0xAC00, Script::Hangul),
    (0xD800, Script::Other),
    (0xF900, Script::Han),
    (0xFB00, Script::Latin),
    (0xFB13, Script::Armenian),
    (0xFB1D, Script::Hebrew),
    (0xFB50, Script::Arabic),
    (0xFE00, Script::Other),
    (0xFE70, Script::Arabic),
    (0xFF00, Script::Latin),
    (0xFF66, Script::Kana),
    (0xFFA0, Script::Hangul),
    (0xFFE0, Script::Other),
    (0x2_0000, Script::Han),
    (0x3_4000, Script::Other),
];

/// The alphabets and syllabaries, looked up once: the properties of a character are several searches, and texts repeat letters.
static LETTERS: LazyLock<Vec<Option<Script>>> = LazyLock::new(|| {
    (0..0x3400).map(|code| char::from_u32(code).and_then(Script::by_properties)).collect()
});

/// Whether a character is a letter.
pub(super) fn is_letter(c: char) -> bool {
    Script::of_letter(c).is_some()
}

impl Script {
    /// The script that most letters of a line belong to; `Latin` for a line without letters.
    ///
    /// Japanese mixes two: kana among a line's Han characters make it Japanese.
    pub(super) fn of(line: &str) -> Self {
        if line.is_ascii() {
            return Self::Latin;
        }
        let mut counts = [0_u32; Self::Other as usize + 1];
        for script in line.chars().filter_map(Self::of_letter).take(SAMPLE) {
            counts[script as usize] += 1;
        }
        let count = |script: Self| counts[script as usize];
        if count(Self::Kana) * 5 > count(Self::Han) && count(Self::Kana) > count(Self::Latin) / 4 {
            return Self::Kana;
        }
        let mut most = Self::Latin;
        for &(_, script) in RUNS {
            if count(script) > count(most) {
                most = script;
            }
        }
        most
    }

    /// The script of a letter; `None` for other characters.
    fn of_letter(c: char) -> Option<Self> {
        match c {
            'a'..='z' | 'A'..='Z' => Some(Self::Latin),
            '一'..='鿿' => Some(Self::Han),
            '가'..='힣' => Some(Self::Hangul),
            _ => LETTERS.get(c as usize).copied().unwrap_or_else(|| Self::by_properties(c)),
        }
    }

    fn by_properties(c: char) -> Option<Self> {
        let run = RUNS.partition_point(|(first, _)| *first <= u32::from(c));
        let script = run.checked_sub(1).map_or(Self::Other, |run| RUNS[run].1);
        c.is_alphabetic().then_some(script)
    }

    /// The language whose rules the engine should take for this script.
    pub(super) const fn language(self) -> &'static str {
        match self {
            Self::Greek => "el",
            Self::Cyrillic => "ru",
            Self::Armenian => "hy",
            Self::Hebrew => "he",
            Self::Arabic => "ar",
            Self::Devanagari => "hi",
            Self::Bengali => "bn",
            Self::Gurmukhi => "pa",
            Self::Gujarati => "gu",
            Self::Tamil => "ta",
            Self::Telugu => "te",
            Self::Kannada => "kn",
            Self::Malayalam => "ml",
            Self::Georgian => "ka",
            Self::Hangul => "ko",
            Self::Ethiopic => "am",
            Self::Burmese => "my",
            Self::Thai => "th",
            Self::Lao => "lo",
            Self::Khmer => "km",
            Self::Tibetan => "bo",
            Self::Kana => "ja",
            Self::Han => "zh",
            Self::Latin | Self::Other => "en",
        }
    }

    /// Whether its sentences may come without any mark, parted by blanks alone.
    pub(super) const fn parts_by_blanks(self) -> bool {
        matches!(self, Self::Thai | Self::Lao | Self::Khmer | Self::Burmese | Self::Tibetan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_most_letters_names_the_language() {
        let cases = [
            ("plain words", "en"),
            ("Ελληνικά λόγια", "el"),
            ("Русские слова и US", "ru"),
            ("كلمات عربية", "ar"),
            ("हिन्दी के शब्द", "hi"),
            ("中文的句子", "zh"),
            ("日本語の文です", "ja"),
            ("한국어 문장", "ko"),
            ("ภาษาไทย", "th"),
            ("ພາສາລາວ", "lo"),
            ("ភាសាខ្មែរ", "km"),
            ("မြန်မာဘာသာ", "my"),
            ("Հայերեն", "hy"),
            ("ქართული", "ka"),
            ("አማርኛ ነው", "am"),
            ("2022 – 1,5 %", "en"),
        ];
        for (line, language) in cases {
            assert_eq!(Script::of(line).language(), language, "{line}");
        }
    }

    #[test]
    fn a_letter_is_what_unicode_calls_alphabetic() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(Script::of_letter(c), Script::by_properties(c), "{c:?}");
        }
    }

    #[test]
    fn the_table_of_runs_is_in_order() {
        assert!(RUNS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
