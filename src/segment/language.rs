//! Language codes as documents carry them, brought to the two letters the engine knows.

use super::script::Script;

/// Codes of three letters for the languages whose rules differ.
const LONG: &[(&str, &str)] = &[
    ("amh", "am"),
    ("ara", "ar"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("dut", "nl"),
    ("ell", "el"),
    ("eng", "en"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("ger", "de"),
    ("gre", "el"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hye", "hy"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kaz", "kk"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lao", "lo"),
    ("mar", "mr"),
    ("mya", "my"),
    ("nld", "nl"),
    ("nor", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("rum", "ro"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("spa", "es"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("vie", "vi"),
    ("zho", "zh"),
];

/// The code of a language as reports have it: two letters where there are two (`en-US`, `eng` and `EN` are `en`).
///
/// ```
/// use twicetold::segment::language_code;
/// assert_eq!(language_code("pt-BR").as_deref(), Some("pt"));
/// assert_eq!(language_code("deu").as_deref(), Some("de"));
/// assert_eq!(language_code("English"), None);
/// ```
pub fn language_code(tag: &str) -> Option<String> {
    Tag::new(Some(tag)).0
}

/// The language a document says it is in, if it does.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag(Option<String>);

impl Tag {
    /// Reads a code such as `en`, `pt-BR`, `zh_Hant` or `deu`.
    pub(super) fn new(language: Option<&str>) -> Self {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).map(str::trim);
        let primary = primary.filter(|code| (2..=3).contains(&code.len()) && code.is_ascii());
        Self(primary.map(|code| {
            let code = code.to_ascii_lowercase();
            let short = LONG.iter().find(|(long, _)| *long == code);
            short.map_or(code, |(_, short)| (*short).to_owned())
        }))
    }

    /// The code to go by for a line in this script.
    pub(super) fn code(&self, script: Script) -> &str {
        self.0.as_deref().unwrap_or(script.language())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_becomes_its_two_letters_and_nonsense_the_script() {
        let cases = [
            (Some("en"), "en"),
            (Some("PT-br"), "pt"),
            (Some("zh_Hant"), "zh"),
            (Some("deu"), "de"),
            (Some("English"), "ru"),
            (Some(""), "ru"),
            (None, "ru"),
        ];
        for (tag, code) in cases {
            assert_eq!(Tag::new(tag).code(Script::Cyrillic), code, "{tag:?}");
        }
    }
}
