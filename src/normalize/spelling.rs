//! British spellings become American ones: `colour` is `color`, `organised` is `organized`. A rule that is off by default.
//!
//! Words and stems are listed, and each stem has the endings of its class: no ending alone makes a spelling, so `hour`, `advise` and `size` stay. Done to
//! the words of a finished key, so that a word is found in whatever way it was written, and a key stays its own key.
//!
//! Cost: a look into a table for each word; the table is made once.
//!
//! What it does not do: know names (`Labour` is `labor`, `Mr Grey` is `gray`), other words for a thing (`lift`, `lorry`), or a noun that is written like a
//! verb (`analyses`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Found;
use super::rewritten::rewrite;

/// Stems whose last `u` goes: `colour`, `favourite`.
const OUR: &str = "arbour ardour armour behaviour candour clamour colour demeanour enamour endeavour favour fervour flavour harbour honour humour \
    labour misdemeanour neighbour odour parlour rancour rigour rumour saviour savour splendour succour tumour valour vapour \
    vigour watercolour";
const OUR_ENDINGS: &str =
    "- s ed ing ings er ers less ful fully able ably al ite ites itism hood hoods ly y ist";

/// Stems whose last `s` is a `z`: `organise`, `realisation`.
const ISE: &str = "agonis analys antagonis apologis authoris bastardis brutalis burglaris cannibalis canonis capitalis catalys categoris centralis \
    characteris civilis colonis commercialis conceptualis contextualis criminalis criticis crystallis customis decentralis democratis demonis \
    demoralis digitalis digitis dramatis economis emphasis energis equalis evangelis familiaris fantasis fertilis finalis formalis galvanis \
    generalis globalis harmonis homogenis hospitalis humanis hypnotis hypothesis idealis idolis immunis incentivis individualis industrialis \
    initialis institutionalis internalis internationalis italicis itemis jeopardis legalis legitimis liberalis localis magnetis marginalis \
    materialis maximis mechanis memorialis memoris mesmeris metabolis militaris minimis mobilis modernis monetis monopolis moralis motoris \
    nationalis naturalis neutralis normalis optimis organis ostracis oxidis paralys pasteuris patronis penalis personalis plagiaris polaris \
    politicis popularis pressuris prioritis privatis publicis radicalis randomis rationalis realis recognis regularis revitalis revolutionis \
    sanitis satiris scandalis scrutinis secularis sensationalis serialis sexualis socialis specialis stabilis standardis sterilis stigmatis \
    subsidis summaris symbolis sympathis synchronis synthesis systematis tantalis terroris theoris traumatis trivialis urbanis utilis \
    vandalis vaporis verbalis victimis visualis weaponis westernis";
const ISE_ENDINGS: &str = "e ed er ers ing ingly able ation ations ational";

/// Stems whose last `l` is doubled before an ending: `travelled`, `modeller`.
const DOUBLED: &str = "bedevil bevel cancel channel chisel counsel dial drivel duel enamel equal fuel funnel grovel initial jewel label level libel \
    marvel medal model panel pedal pencil pummel quarrel ravel refuel revel rival shovel shrivel signal snorkel spiral swivel total travel trial \
    tunnel unravel unrival";
const DOUBLED_ENDINGS: &str = "ed ing ings er ers ist ists or ors ous ously";

/// Stems that end in `re`: `theatre`, `metres`.
const RE: &str = "amphitheatre calibre centimetre centilitre centre epicentre fibre kilometre litre lustre metre micrometre millilitre millimetre \
    mitre nanometre sabre sceptre sepulchre spectre theatre titre";

/// Stems with an `ae` or `oe`, and how the stem is spelled.
const DIGRAPHS: &[(&str, &str, &str)] = &[
    ("anaem", "anem", "ia ic"),
    ("anaesthe", "anesthe", "sia tic tics tist tists"),
    ("caesium", "cesium", "-"),
    ("diarrhoea", "diarrhea", "-"),
    ("encyclopaedi", "encyclopedi", "a as c"),
    ("faec", "fec", "al es"),
    ("foet", "fet", "al us uses"),
    ("gynaecolog", "gynecolog", "ical ist ists y"),
    ("haemo", "hemo", "globin philia philiac philiacs rrhage rrhaged rrhages rrhaging rrhoids"),
    ("homoeopath", "homeopath", "ic s y"),
    ("leukaemia", "leukemia", "- s"),
    ("mediaeval", "medieval", "-"),
    ("oesophag", "esophag", "eal us"),
    ("oestrogen", "estrogen", "- s"),
    ("orthopaedic", "orthopedic", "- s"),
    ("paediatric", "pediatric", "- ian ians s"),
    ("paedophil", "pedophil", "e es ia iac"),
];

/// Other words: stem, its other spelling, and what may follow both.
const OTHERS: &[(&str, &str, &str)] = &[
    ("acknowledgement", "acknowledgment", "- s"),
    ("aeroplane", "airplane", "- s"),
    ("ageing", "aging", "-"),
    ("aluminium", "aluminum", "-"),
    ("analogue", "analog", "-"),
    ("artefact", "artifact", "- s"),
    ("catalogue", "catalog", "- s"),
    ("catalogu", "catalog", "ed ing"),
    ("centr", "center", "ed"),
    ("centring", "centering", "-"),
    ("cheque", "check", "- s book books"),
    ("chequered", "checkered", "-"),
    ("councillor", "councilor", "- s"),
    ("cos", "coz", "y ier iest ily iness"),
    ("defence", "defense", "- s less"),
    ("draught", "draft", "- y"),
    ("enquir", "inquir", "e ed er ers es ies ing y"),
    ("enrol", "enroll", "- s ment ments"),
    ("fulfil", "fulfill", "- s ment"),
    ("grey", "gray", "- s er est ish ing"),
    ("instalment", "installment", "- s"),
    ("instil", "instill", "- s"),
    ("distil", "distill", "- s"),
    ("jewellery", "jewelry", "-"),
    ("judgement", "judgment", "- s al"),
    ("kerb", "curb", "- s side"),
    ("kilogramme", "kilogram", "- s"),
    ("licence", "license", "- s"),
    ("liquorice", "licorice", "-"),
    ("manoeuvr", "maneuver", "ed ing able ability"),
    ("manoeuvre", "maneuver", "- s"),
    ("meagre", "meager", "- ly"),
    ("mollusc", "mollusk", "- s"),
    ("mould", "mold", "- s ed ing y"),
    ("moustache", "mustache", "- s d"),
    ("offence", "offense", "- s"),
    ("phoney", "phony", "-"),
    ("plough", "plow", "- s ed ing man men"),
    ("practis", "practic", "e ed es ing"),
    ("pretence", "pretense", "- s"),
    ("programme", "program", "- s"),
    ("pyjama", "pajama", "- s"),
    ("sceptic", "skeptic", "- s al ally ism"),
    ("skilful", "skillful", "- ly"),
    ("smoulder", "smolder", "- s ed ing"),
    ("snowplough", "snowplow", "- s"),
    ("sombre", "somber", "- ly"),
    ("storey", "story", "-"),
    ("storeys", "stories", "-"),
    ("sulph", "sulf", "ate ates ide ides ur uric urous"),
    ("tyre", "tire", "- s"),
    ("wilful", "willful", "- ly"),
    ("woollen", "woolen", "- s"),
    ("yoghurt", "yogurt", "- s"),
];

/// What may stand before a stem of the first two classes.
const PREFIXES: [&str; 7] = ["", "de", "dis", "mis", "over", "re", "un"];

static SPELLINGS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let mut spellings = HashMap::new();
    let mut add = |stem: &str, other: &str, endings: &str| {
        for ending in endings.split_ascii_whitespace().map(|ending| ending.trim_start_matches('-'))
        {
            spellings.insert(format!("{stem}{ending}"), format!("{other}{ending}"));
        }
    };
    for prefix in PREFIXES {
        for stem in OUR.split_ascii_whitespace().filter_map(|stem| stem.strip_suffix("our")) {
            add(&format!("{prefix}{stem}our"), &format!("{prefix}{stem}or"), OUR_ENDINGS);
        }
        for stem in ISE.split_ascii_whitespace().filter_map(|stem| stem.strip_suffix('s')) {
            add(&format!("{prefix}{stem}s"), &format!("{prefix}{stem}z"), ISE_ENDINGS);
            // "analyses" is a noun too.
            if !stem.ends_with('y') {
                add(&format!("{prefix}{stem}s"), &format!("{prefix}{stem}z"), "es");
            }
        }
    }
    for stem in DOUBLED.split_ascii_whitespace() {
        add(&format!("{stem}l"), stem, DOUBLED_ENDINGS);
    }
    for stem in RE.split_ascii_whitespace().filter_map(|stem| stem.strip_suffix("re")) {
        add(&format!("{stem}re"), &format!("{stem}er"), "- s");
    }
    for (stem, other, endings) in DIGRAPHS.iter().chain(OTHERS) {
        add(stem, other, endings);
    }
    spellings
});

/// Puts the words of a key, from `start` on, into one spelling, and `words` where they then are.
pub(super) fn respell(key: &mut String, start: usize, words: &mut [Found]) {
    rewrite(key, start, words, push_respelled);
}

/// Appends a word in its one spelling, with the capitals that it has.
fn push_respelled(word: &str, key: &mut String) {
    let Some(spelled) = SPELLINGS.get(&word.to_ascii_lowercase()) else {
        key.push_str(word);
        return;
    };
    let begins = key.len();
    key.push_str(spelled);
    let is_capital = |byte: u8| byte.is_ascii_uppercase();
    let capitals = match word.as_bytes() {
        bytes if bytes.iter().copied().all(is_capital) => spelled.len(),
        [first, ..] if is_capital(*first) => 1,
        _ => 0,
    };
    if let Some(written) = key.get_mut(begins..begins + capitals) {
        written.make_ascii_uppercase();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn respelled(word: &str) -> String {
        let mut key = String::new();
        push_respelled(word, &mut key);
        key
    }

    #[test]
    fn british_words_are_american_ones() {
        for (british, american) in [
            ("colour", "color"),
            ("neighbourhoods", "neighborhoods"),
            ("unfavourable", "unfavorable"),
            ("organisation", "organization"),
            ("reorganised", "reorganized"),
            ("analysed", "analyzed"),
            ("emphasises", "emphasizes"),
            ("centred", "centered"),
            ("kilometres", "kilometers"),
            ("travelling", "traveling"),
            ("marvellous", "marvelous"),
            ("counsellor", "counselor"),
            ("jewellery", "jewelry"),
            ("jewellers", "jewelers"),
            ("enrolment", "enrollment"),
            ("manoeuvring", "maneuvering"),
            ("storeys", "stories"),
            ("licence", "license"),
            ("haemorrhage", "hemorrhage"),
            ("Programme", "Program"),
            ("LABOUR", "LABOR"),
        ] {
            assert_eq!(respelled(british), american);
        }
    }

    #[test]
    fn a_word_that_only_ends_like_one_stays() {
        let stay = "advise advertise analyses compromise contour detour disguise emphasis exercise expertise flour four franchise hour \
            likewise merchandise otherwise our paradise polaris pour practice premise prize promise rise size sour supervise surprise \
            televise tour velour wise your glamour acre genre massacre mediocre ogre excelled compelled controlled filled called rebelled \
            chancellor million excellent ballot fiancee aerial shoes poem coexist phoenix tonne disc lift greyhound programmed cosine";
        for word in stay.split_ascii_whitespace() {
            assert_eq!(respelled(word), word);
        }
    }

    #[test]
    fn a_spelling_is_its_own() {
        let is_own = |spelled: &str| {
            !SPELLINGS.contains_key(spelled)
                && spelled.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        assert!(SPELLINGS.values().all(|spelled| is_own(spelled)));
    }
}
