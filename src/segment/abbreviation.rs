//! Abbreviations that end no sentence and that the engine does not know: ours by language, and the user's.

/// In every language: they stand before a number.
const BEFORE_NUMBER: &[&str] = &[
    "abb", "abs", "art", "bd", "cap", "ch", "chap", "fig", "kap", "n", "no", "nr", "nro", "núm",
    "num", "p", "pag", "pág", "par", "pp", "ps", "s", "sec", "sect", "st", "str", "tab", "vol",
    "гл", "п", "рис", "с", "ст", "стр", "табл",
];

/// In every language: they stand before a capitalised name.
const TITLES: &[&str] = &[
    "col", "dott", "dr", "dra", "fr", "gen", "gov", "hon", "lt", "mgr", "mme", "mr", "mrs", "ms",
    "prof", "rep", "sen", "sr", "sra",
];

/// By language.
const BY_LANGUAGE: &[(&str, &[&str])] = &[
    ("ar", &["أ", "أ.د", "د", "ص", "م", "ج", "ت"]),
    ("bg", &["бул", "ул", "проф", "д-р", "лв", "млн", "млрд"]),
    ("cs", &["např", "tj", "tzv", "mil", "mld", "ing", "mgr"]),
    (
        "de",
        &[
            "apr", "aug", "bspw", "bzw", "dez", "feb", "inkl", "jan", "jul", "jun", "mind", "mrd",
            "mär", "nov", "nr", "okt", "sept", "st", "str", "tel", "zzgl",
        ],
    ),
    ("el", &["αρ", "βλ", "δηλ", "εκ", "κα", "κκ", "κος", "σελ", "τηλ", "χιλ"]),
    ("en", &["approx", "aug", "est", "gov", "inc", "jan", "messrs", "oct"]),
    (
        "es",
        &[
            "a.c", "abr", "admón", "ago", "apdo", "art", "arts", "av", "avda", "c", "cap", "cía",
            "d", "d.c", "depto", "dic", "dpto", "dra", "dña", "ee", "ej", "ene", "excma", "excmo",
            "feb", "fig", "gral", "hnos", "ing", "jul", "jun", "lcda", "lcdo", "lic", "mons",
            "mtro", "nov", "ntra", "núm", "núms", "oct", "p.ej", "pág", "págs", "pdte", "prof",
            "profa", "pza", "sept", "sr", "sra", "sras", "sres", "srta", "sta", "sto", "tel", "ud",
            "uds", "vd", "vds", "vol",
        ],
    ),
    ("fa", &["د", "ص"]),
    (
        "fr",
        &[
            "avr", "boul", "dr", "déc", "env", "févr", "hab", "janv", "juil", "juill", "m", "mgr",
            "mm", "oct", "pr", "prof", "sept", "st", "ste", "tél",
        ],
    ),
    ("hi", &["डॉ", "डा", "प्रो", "पं", "कि.मी", "रु", "सं"]),
    (
        "it",
        &[
            "a.c", "arch", "art", "artt", "avv", "cap", "cav", "col", "d.c", "dic", "dott", "dr",
            "dr.ssa", "es", "feb", "febbr", "fig", "genn", "geom", "giu", "ing", "lug", "mons",
            "nov", "on", "ott", "p.es", "p.zza", "pag", "pagg", "prof", "proff", "rag", "sen",
            "sett", "sig", "sig.na", "sig.ra", "sigg", "ss", "tel", "vol",
        ],
    ),
    ("mr", &["डॉ", "प्रा", "रु"]),
    ("nl", &["bijv", "blz", "dhr", "drs", "enz", "ir", "mevr", "mr", "nl"]),
    ("pl", &["prof", "inż", "np", "tys", "ul", "zł"]),
    ("pt", &["av", "dr", "dra", "eng", "exa", "pág", "prof", "profa", "sr", "sra", "tel"]),
    (
        "ru",
        &[
            "авг", "акад", "апр", "гр", "дек", "долл", "им", "июл", "июн", "мар", "млн", "млрд",
            "напр", "ноя", "нояб", "окт", "проф", "ред", "руб", "св", "сен", "сент", "см", "трлн",
            "ул", "фев", "февр", "янв",
        ],
    ),
    ("sv", &["bl.a", "dvs", "kl", "milj", "t.ex", "s.k"]),
    ("tr", &["av", "doç", "dr", "prof", "sn", "vb", "vs"]),
    ("uk", &["вул", "грн", "ім", "млн", "млрд", "напр", "проф", "див"]),
];

/// The abbreviations that hold a sentence together.
#[derive(Clone, Debug, Default)]
pub(super) struct Abbreviations {
    user: Vec<String>,
}

impl Abbreviations {
    /// The user's words, with or without their full stop, in any case.
    pub(super) fn new(words: &[String]) -> Self {
        let words = words.iter().map(|word| word.trim().trim_end_matches('.').to_lowercase());
        let mut user: Vec<_> = words.filter(|word| !word.is_empty()).collect();
        user.sort_unstable();
        user.dedup();
        Self { user }
    }

    /// Whether `word` (without its full stop) before `next` ends no sentence in this language.
    pub(super) fn hold(&self, word: &str, next: &str, code: &str) -> bool {
        let lower = word.to_lowercase();
        let listed = |list: &[&str]| list.contains(&lower.as_str());
        let of_language = BY_LANGUAGE.iter().find(|(language, _)| *language == code);
        self.user.binary_search(&lower).is_ok()
            || of_language.is_some_and(|(_, list)| listed(list))
            || (next.starts_with(char::is_numeric) && listed(BEFORE_NUMBER))
            || (word.starts_with(char::is_uppercase)
                && next.starts_with(char::is_uppercase)
                && listed(TITLES))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_words_hold_in_any_case_and_with_or_without_a_stop() {
        let words = ["Gebr.".to_owned(), " z.B. ".to_owned(), ".".to_owned()];
        let abbreviations = Abbreviations::new(&words);
        assert!(abbreviations.hold("gebr", "Lind", "en"));
        assert!(abbreviations.hold("z.B", "Lind", "en"));
        assert!(!abbreviations.hold("", "Lind", "en"));
        assert!(!Abbreviations::default().hold("Gebr", "Lind", "en"));
    }

    #[test]
    fn a_listed_word_holds_in_its_own_language_or_before_its_own_kind() {
        let none = Abbreviations::default();
        assert!(none.hold("янв", "2022", "ru"));
        assert!(!none.hold("см", "Он", "en"));
        assert!(none.hold("Art", "5", "en") && !none.hold("art", "Then", "en"));
        assert!(none.hold("Sen", "Lind", "pt") && !none.hold("sen", "Lind", "xx"));
    }
}
