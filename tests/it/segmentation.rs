//! Segmentation: a table of lines with their cuts, and the law that no text is lost or told twice.
#![expect(clippy::unwrap_used, reason = "a fixture that cannot be read fails the test")]

use std::io::Read;

use proptest::prelude::*;
use twicetold::config::{Quotes, Unit};
use twicetold::corpus::SentenceKind;
use twicetold::segment::{Piece, Segmenter};

/// A language code, or `""` for none, and a line with ` | ` or `|` where it is to be cut (a blank after the bar stands for the
/// line's own blank).
const CASES: &[(&str, &str)] = &[
    // Abbreviations, initials, numbers, times, ellipses, addresses.
    ("en", "U.S. Rep. Ann Lind, who sits on the board, said so. | Nobody else did."),
    ("en", "The U.S. has for weeks warned of it. | Its allies, the U.K. among them, have not."),
    ("en", "It closed on Saturday, Jan. 8, 2022. | It has not opened since."),
    ("en", "Dr. Smith vs. Mr. Jones Jr. cost the town a fortune. | Both appealed."),
    ("en", "The rate fell to 2.2 percent at 9 a.m. on Friday. | It rose by 5 p.m. the same day."),
    ("en", "The novel is by J. K. Rowling and the foreword by J. Smith. | Both are long."),
    ("en", "Sen. Hill asked for No. 5 and got No. 7. | See fig. 3 for the rest."),
    ("en", "Then he went... and came back! | Nobody saw him."),
    ("en", "He waited… and waited. | Nothing came… | Then it rained."),
    ("en", "Read it at http://a.example/c.html?x=1 or on www.b.example today. | It is free."),
    ("en", "Write to a.lind@mail.example.org before noon. | Answers may take a day."),
    ("en", "We ran it on Node.js and Vue.Js for approx. ten days. | It held."),
    ("en", "She works at Lind Inc. | It sells boats to Hill Inc. of Graz."),
    ("en", "She left Lind Corp. | The firm is at 3 St. James St. and in St. Paul."),
    ("en", "What now? | Nobody knows! | Not even they."),
    ("en", "1. The army left. | It came back."),
    ("", "He called it plan B. | Then he left."),
    // Missing blanks.
    ("en", "They left the channel.|The crew stayed.|Nobody asked why?|It was late."),
    ("en", "The troops left the room.|He said:\"No.\"|Then he went."),
    ("en", "It began in 2014.|The army came later."),
    // Quotations.
    (
        "en",
        "\"We will not yield. | We will fight on. | That is final,\" he said. | She left at five.",
    ),
    (
        "en",
        "The ministry spoke of wars in other countries. | 'If Antony Blinken is so into history \
         lessons, here's one that comes to mind: When Americans are in your house, it can be \
         difficult to stay alive, not being robbed or raped,' the statement said.",
    ),
    ("en", "'I dont see them doing both at once,' Green said. | 'I think it will slow them down.'"),
    ("en", "'This is deeply troubling,' she said. | 'And one day suddenly, youre not.' | He left."),
    ("en", "He said \"no. | Then he left. | She stayed at the players' house."),
    ("en", "\"Will you go?\" he asked. | \"I will not!\" | \"Why?\""),
    ("en", "He would not 'conflate these.' | She would."),
    ("en", "“Stay,” she said. | “It's late.” | ‘Is it?’ | ‘It is.’"),
    ("en", "(He left early. She did not.) | They met again."),
    ("en", "The musical Mamma Mia! is back. | Is Shall We Dance? still on?"),
    // Known misses.
    ("en", "'Who is it?' | Green asked."),
    ("en", "The film “Who? | What?” opened."),
    ("en", "The choice is up to me. Healey said so in May. Mutu did not."),
    ("en", "Two things: | 1) It is late. Nobody came. | 2) It rains. Nobody minds."),
    ("en", "He said no! then he left. | She stayed."),
    ("ru", "Это было в 2022 г. Президент уехал."),
    ("de", "Das war z. B. am 8. Januar so, u.a. bei Prof. Dr. Lind. | Danach nicht mehr."),
    ("de", "Die 3. Sitzung begann um 9 Uhr. | Der II. Senat tagte nicht."),
    ("de", "„Wir bleiben. | Wir gehen nicht“, sagte er. | »Nie«, sagte sie."),
    ("", "Die 3. Sitzung begann spät. | Alle kamen."),
    ("fr", "M. Dupont est arrivé le 3 janv. 2022 à Lyon. | Il repart demain."),
    ("fr", "« Nous restons. | Nous ne partons pas », a dit M. Martin. | Il a souri."),
    ("", "Le président a reçu M. Dupont hier. | Il repart."),
    ("es", "El Sr. López llegó a EE. UU. el lunes. | ¿Quién lo sabía? | ¡Nadie!"),
    ("it", "Il sig. Rossi abita qui. | Il dott. Bianchi è partito. | Non torna."),
    ("it", "Morì due anni fa. | Il governo non lo farà mai. | Lo dice la Rai. | Il ministro tace."),
    ("es", "Todo va bien. | La Sra. Gil vive en la Avda. del Sol. | Está en contra. | Nadie más."),
    ("pt", "O Dr. Silva chegou às 9h. | A Sra. Costa não veio. | Por quê?"),
    ("nl", "Dhr. Jansen kwam om 9 uur. | Niemand wist waarom."),
    ("pl", "Prof. Nowak mieszka przy ul. Długiej. | Nie ma go dziś."),
    ("sv", "”Vi stannar. | Vi går inte”, sade han. | Hon gick kl. nio."),
    ("tr", "Prof. Dr. Yılmaz geldi. | Kimse sormadı."),
    ("ru", "Это было 8 янв. 2022 года. | Он уехал. | А. С. Лунин остался."),
    ("ru", "«Мы остаёмся. | Мы не уйдём», — сказал он. | Она ушла."),
    ("uk", "Він живе на вул. Зеленій. | Вона ні."),
    ("el", "Πού πάει; | Δεν ξέρω. | Ο κ. Λάμπρου έφυγε."),
    ("ar", "وصل د. أحمد أمس. | هل غادر؟ | لا."),
    ("ur", "وہ آیا۔ | وہ چلا گیا۔ | کیوں؟"),
    ("he", "הוא בא אתמול. | היא לא באה. | צה\"ל הודיע."),
    ("hi", "डॉ. शर्मा कल आए। | वे चले गए। | क्यों?"),
    ("ko", "그는 어제 왔다. | 그녀는 오지 않았다.|아무도 묻지 않았다."),
    ("zh", "我们不会屈服。|我们会战斗！|他说：“我们留下。|我们不走。”|她走了。"),
    ("ja", "彼は来た。|「我々は残る。|行かない。」と述べた。|誰も聞かなかった。"),
    ("am", "እሱ መጣ። | እሷ ሄደች።"),
    ("hy", "Նա եկավ։ | Նա գնաց։"),
    ("ka", "ის მოვიდა. | ის წავიდა."),
    // Phrases.
    ("th", "เขาเดินทางมาถึงเมื่อวานนี้ตอนเย็น | เธอเดินทางกลับไปเมื่อเช้านี้แล้ว"),
    ("lo", "ລາວມາຮອດເມືອງໃນຕອນແລງມື້ວານນີ້ | ນາງກັບໄປຕັ້ງແຕ່ຕອນເຊົ້າມື້ນີ້"),
    ("km", "គាត់មកដល់ម្សិលមិញ។ | នាងទៅវិញ។"),
    ("my", "သူ မနေ့က ရောက်လာသည်။ | သူမ ပြန်သွားသည်။"),
    ("bo", "ཁོང་ཡོང་སོང་། | ཁོང་ཕྱིན་སོང་།"),
];

fn pieces_of(text: &str, language: Option<&str>, quotes: Quotes) -> Vec<Piece> {
    let mut pieces = Vec::new();
    Segmenter::new(Unit::Sentence, quotes, &[]).segment(text, 0, language, &mut pieces);
    pieces
}

fn texts<'a>(text: &'a str, pieces: &[Piece]) -> Vec<&'a str> {
    pieces.iter().map(|piece| text.get(piece.span.range()).unwrap()).collect()
}

/// The law: in order, apart, trimmed, and every non-blank byte from `body` on in exactly one.
fn assert_lawful(text: &str, body: usize, pieces: &[Piece]) {
    let mut end = body;
    for piece in pieces {
        let range = piece.span.range();
        assert!(end <= range.start && range.start < range.end, "{text:?}: {piece:?} after {end}");
        assert!(
            text.get(end..range.start).unwrap().trim().is_empty(),
            "{text:?}: lost before {piece:?}"
        );
        let inside = text.get(range.clone()).unwrap();
        assert_eq!(inside, inside.trim(), "{text:?}");
        end = range.end;
    }
    assert!(text.get(end..).unwrap().trim().is_empty(), "{text:?}: lost after {end}");
}

fn assert_lawful_in_every_way(text: &str, body: usize, language: Option<&str>) {
    for unit in [Unit::Sentence, Unit::Line, Unit::Document] {
        for quotes in [Quotes::Inner, Quotes::Whole] {
            let mut pieces = Vec::new();
            Segmenter::new(unit, quotes, &[]).segment(text, body, language, &mut pieces);
            assert_lawful(text, body, &pieces);
        }
    }
}

fn udhr() -> Vec<(String, String)> {
    let packed = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/udhr.jsonl.zst"));
    let mut text = String::new();
    let packed = packed.unwrap();
    let mut decoder = ruzstd::decoding::StreamingDecoder::new(packed.as_slice()).unwrap();
    decoder.read_to_string(&mut text).unwrap();
    let record = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| value[name].as_str().unwrap().to_owned();
        (field("lang"), field("text"))
    };
    text.lines().map(record).collect()
}

#[test]
fn every_line_of_the_table_is_cut_where_it_says() {
    let mut wrong = Vec::new();
    for (language, marked) in CASES {
        let line = marked.replace(" | ", " ").replace('|', "");
        let language = Some(*language).filter(|language| !language.is_empty());
        let pieces = pieces_of(&line, language, Quotes::Inner);
        assert_lawful(&line, 0, &pieces);
        let expected: Vec<_> = marked.split('|').map(str::trim).collect();
        if texts(&line, &pieces) != expected {
            wrong.push(format!("{language:?} {}", texts(&line, &pieces).join(" | ")));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_whole_quotation_stays_in_one_piece() {
    let cases = [
        "\"We will not yield. We will fight on,\" he said.|She left.",
        "He left.|'This is it. And that is that.'|She left.",
        "他说：“我们留下。我们不走。”|她走了。",
        "He said \"no.|Then he left.",
    ];
    for marked in cases {
        let line = marked.replace('|', " ");
        let pieces = pieces_of(&line, None, Quotes::Whole);
        assert_eq!(texts(&line, &pieces), marked.split('|').collect::<Vec<_>>(), "{marked}");
    }
}

#[test]
fn the_users_abbreviations_hold_a_sentence_together() {
    let line = "The Gebr. Lind went home. They slept.";
    let mut pieces = Vec::new();
    let words = ["Gebr.".to_owned()];
    Segmenter::new(Unit::Sentence, Quotes::Inner, &words).segment(line, 0, None, &mut pieces);
    assert_eq!(texts(line, &pieces), ["The Gebr. Lind went home.", "They slept."]);
}

#[test]
fn lines_of_an_article_are_captions_quotations_and_running_text() {
    use SentenceKind::{Body, Caption, Quote};
    let text = "head\n\nA tram stands in the rain on Monday. Nobody boards it at the square\r\n\
                'We will wait for as long as it takes,' she said. 'It rains.' He left.\n";
    let mut pieces = Vec::new();
    Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).segment(text, 5, Some("en"), &mut pieces);
    let kinds: Vec<_> = pieces.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [Caption, Caption, Quote, Quote, Body]);
    assert_eq!(texts(text, &pieces)[1], "Nobody boards it at the square");
}

#[test]
fn a_line_and_a_document_are_one_piece_each() {
    let text = "head\n one. two. \n\n three \n";
    for (unit, expected) in
        [(Unit::Line, vec!["one. two.", "three"]), (Unit::Document, vec!["one. two. \n\n three"])]
    {
        let mut pieces = Vec::new();
        Segmenter::new(unit, Quotes::Inner, &[]).segment(text, 5, None, &mut pieces);
        assert_eq!(texts(text, &pieces), expected);
    }
}

#[test]
fn a_giant_line_is_cut_and_counted_and_its_pieces_are_bounded() {
    let units =
        ["Some words stand here, and more. ", "word ", "x", "«", "1. a ", "(", "'", "ก", "「"];
    for unit in units {
        let line = unit.repeat((1 << 20) / unit.len() + 1);
        let mut pieces = Vec::new();
        let segmenter = Segmenter::new(Unit::Sentence, Quotes::Inner, &[]);
        let segmented = segmenter.segment(&line, 0, None, &mut pieces);
        assert_eq!(segmented.cut_lines, 1, "{unit}");
        assert_lawful(&line, 0, &pieces);
        assert!(pieces.iter().all(|piece| piece.span.range().len() <= 8 << 10), "{unit}");
    }
}

#[test]
fn a_long_line_is_cut_where_its_sentences_end_whatever_the_windows() {
    let sentence = "The U.S. Rep. spoke at 5 p.m. on Friday, Jan. 8, 2022, of 'it.'";
    let line = vec![sentence; 1000].join(" ");
    let pieces = pieces_of(&line, Some("en"), Quotes::Inner);
    assert_eq!(pieces.len(), 1000);
    assert!(texts(&line, &pieces).iter().all(|piece| *piece == sentence));
}

#[test]
fn no_language_loses_a_letter() {
    let texts = udhr();
    assert_eq!(texts.len(), 532);
    for (language, text) in texts {
        assert_lawful_in_every_way(&text, 0, None);
        assert_lawful_in_every_way(&text.replace('\n', " "), 0, Some(&language));
    }
}

#[test]
fn no_naughty_string_breaks_the_law() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/blns.json");
    let strings: Vec<String> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(strings.len(), 485);
    for string in &strings {
        assert_lawful_in_every_way(string, 0, None);
    }
    assert_lawful_in_every_way(&strings.join(" "), 0, None);
    assert_lawful_in_every_way(&strings.concat(), 0, Some("fr"));
}

/// Fragments that meet in dirty text, so that random texts are made of trouble.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop::sample::select(vec![
        "The army left",
        "he said",
        "Node.Js",
        "U.S.",
        "M.",
        "J.",
        "2.2",
        "1.",
        "in 2014",
        ". ",
        ".",
        "! ",
        "? ",
        "...",
        "… ",
        "'",
        "\"",
        "“",
        "”",
        "„",
        "«",
        "»",
        "「",
        "」",
        "。",
        "！",
        " ",
        "\n",
        "\r\n",
        "\u{2028}",
        "\u{a0}",
        "\u{feff}",
        "\u{200d}",
        "(",
        ")",
        "他走了",
        "と",
        "ภาษาไทย",
        "។",
        "မြန်မာ",
        "हिन्दी",
        "।",
        "عربي",
        "؟",
        "e\u{301}",
        "* ",
        "• ",
        "a) ",
        "http://a.b/C.d?E=f",
        ",",
    ]);
    prop::collection::vec(fragment, 0..40).prop_map(|fragments| fragments.concat())
}

proptest! {
    #[test]
    fn any_text_is_cut_by_the_law(text in prop_oneof![".*", fragments()], body in 0_usize..20) {
        let body = text.ceil_char_boundary(body);
        assert_lawful_in_every_way(&text, body, None);
        assert_lawful_in_every_way(&text, body, Some("ja"));
    }

    #[test]
    fn the_lines_of_a_text_are_cut_as_if_each_stood_alone(lines in prop::collection::vec(fragments(), 1..5)) {
        let text = lines.join("\n");
        let together = pieces_of(&text, None, Quotes::Inner);
        let mut alone = Vec::new();
        for line in &lines {
            let pieces = pieces_of(line, None, Quotes::Inner);
            alone.extend(texts(line, &pieces).into_iter().map(str::to_owned));
        }
        prop_assert_eq!(texts(&text, &together), alone);
    }
}
