//! Scripts other than Latin: conditions 39-41, and what a record says of its language (42).

use twicetold::Profile;
use twicetold::config::{Quotes, Unit};
use twicetold::segment::Segmenter;

use super::{different, link_in, linked, same};

/// The sentences of a text.
fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    Segmenter::new(Unit::Sentence, Quotes::Inner, &[]).segment(text, 0, None, &mut pieces);
    pieces.iter().map(|piece| text.get(piece.span.range()).unwrap()).collect()
}

/// In every profile: the first two are linked, the third is linked to neither.
#[track_caller]
fn two_of_three([a, b, other]: [&str; 3]) {
    different(&[(a, b)]);
    for &profile in Profile::ALL {
        // `near` asks for more than a reworded sentence has.
        let expected = profile != Profile::Near;
        assert!(link_in(profile, a, b).is_some() || !expected, "{profile:?}: {a}");
        assert!(link_in(profile, a, other).is_none(), "{profile:?}: {a} | {other}");
        assert!(link_in(profile, b, other).is_none(), "{profile:?}: {b} | {other}");
    }
}

mod c39_reworded_without_blanks {
    use super::*;

    #[test]
    fn chinese() {
        two_of_three([
            "港口管理局星期一表示，由于暴风雨，开往北方群岛的渡轮将停航三天。",
            "港口管理局周一称，因暴风雨，开往北方群岛的渡轮将停航三天。",
            "市长昨天为一所新的厨师学校揭幕，许多居民前来参观。",
        ]);
        assert_eq!(sentences("渡轮停航了。旅客很生气！什么时候开船？").len(), 3);
    }

    #[test]
    fn japanese() {
        two_of_three([
            "港湾局は月曜日、嵐のため北の島々へのフェリーが三日間欠航すると発表した。",
            "嵐のため北の島々へのフェリーが三日間欠航すると、港湾局が月曜に発表した。",
            "市長は昨日、新しい料理学校の開校式に出席し、多くの市民が見学に訪れた。",
        ]);
        assert_eq!(sentences("フェリーは欠航した。乗客は怒った。").len(), 2);
    }

    #[test]
    fn thai() {
        two_of_three([
            "การท่าเรือแจ้งเมื่อวันจันทร์ว่าเรือข้ามฟากไปหมู่เกาะทางเหนือจะหยุดให้บริการสามวันเพราะพายุ",
            "เรือข้ามฟากไปหมู่เกาะทางเหนือจะหยุดให้บริการสามวันเพราะพายุ การท่าเรือแจ้งเมื่อวันจันทร์",
            "นายกเทศมนตรีเปิดโรงเรียนสอนทำอาหารแห่งใหม่เมื่อวานนี้และมีชาวเมืองมาชมมากมาย",
        ]);
    }

    #[test]
    fn no_sentence_is_without_tokens() {
        // Two short sentences of one script must not be one because nothing was seen in them.
        for (a, b) in [("猫", "犬"), ("แมว", "หมา"), ("ໝາ", "ແມວ"), ("ཁྱི", "བྱི་ལ"), ("ឆ្កែ", "ឆ្មា")]
        {
            different(&[(a, b)]);
            assert!(!linked(a, b), "{a} | {b}");
        }
    }
}

mod c40_arabic_persian_urdu {
    use super::*;

    #[test]
    fn points_stretching_letter_forms_and_digits_say_nothing() {
        same(&[
            ("مـــرحبا بالعالم", "مرحبا بالعالم"),
            ("كِتَابٌ", "كتاب"),
            ("أحمد إلى آخر", "احمد الى اخر"),
            ("کتاب علی", "كتاب علي"),
            ("عام ٢٠٢٤", "عام 2024"),
            ("\u{200f}مرحبا\u{200e}", "مرحبا"),
        ]);
        different(&[("كتاب", "كاتب"), ("عام ٢٠٢٤", "عام ٢٠٢٥")]);
    }

    #[test]
    fn reworded_sentences_are_found() {
        two_of_three([
            "قالت سلطة الميناء يوم الاثنين إن العبارة المتجهة إلى الجزر الشمالية ستتوقف ثلاثة أيام بسبب العاصفة.",
            "العبارة المتجهة إلى الجزر الشمالية ستتوقف ثلاثة أيام بسبب العاصفة، كما قالت سلطة الميناء الاثنين.",
            "افتتح رئيس البلدية أمس مدرسة جديدة للطهاة وجاء كثير من السكان لزيارتها.",
        ]);
    }

    #[test]
    fn their_own_marks_end_sentences() {
        assert_eq!(sentences("متى تبحر العبارة؟ لا أحد يعرف.").len(), 2);
        assert_eq!(sentences("جہاز کب چلے گا؟ کسی کو معلوم نہیں۔ لوگ ناراض ہیں۔").len(), 3);
    }
}

mod c41_reworded_in_other_scripts {
    use super::*;

    #[test]
    fn hebrew_korean_and_vietnamese_writings_are_one() {
        same(&[
            ("שָׁלוֹם", "שלום"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글"),
            ("ho\u{300}a bi\u{300}nh", "hòa bình"),
            ("क\u{93c}लम", "\u{958}लम"),
        ]);
        different(&[("कमल", "कलम"), ("한글", "한국")]);
    }

    #[test]
    fn russian() {
        two_of_three([
            "Администрация порта сообщила в понедельник, что паром на северные острова из-за шторма не пойдёт три дня.",
            "Паром на северные острова из-за шторма не пойдёт три дня, сообщила администрация порта.",
            "Мэр города вчера открыл новую школу поваров, и посмотреть на неё пришли многие жители.",
        ]);
    }

    #[test]
    fn hindi() {
        two_of_three([
            "बंदरगाह प्रशासन ने सोमवार को कहा कि तूफान के कारण उत्तरी द्वीपों की नौका तीन दिन तक नहीं चलेगी।",
            "तूफान के कारण उत्तरी द्वीपों की नौका तीन दिन तक नहीं चलेगी, बंदरगाह प्रशासन ने कहा।",
            "महापौर ने कल रसोइयों के लिए एक नए विद्यालय का उद्घाटन किया और बहुत लोग देखने आए।",
        ]);
        assert_eq!(sentences("नौका नहीं चली। लोग नाराज़ हैं।").len(), 2);
    }

    #[test]
    fn korean() {
        two_of_three([
            "항만 당국은 월요일 폭풍 때문에 북부 섬으로 가는 여객선이 사흘 동안 운항하지 않는다고 밝혔다.",
            "폭풍 때문에 북부 섬으로 가는 여객선이 사흘 동안 운항하지 않는다고 항만 당국이 밝혔다.",
            "시장은 어제 새로운 요리 학교의 문을 열었고 많은 주민이 구경하러 찾아왔다.",
        ]);
    }

    #[test]
    fn a_dotless_i_is_no_i() {
        different(&[("ılık", "ilik")]);
        same(&[("ışık", "ışık")]);
    }
}

mod c42_language_of_a_record {
    use serde_json::Value;

    use crate::cli::{stderr, twicetold_in};

    /// How many sentences a run finds in records.
    fn count(records: &str, words: &[&str]) -> u64 {
        let folder = tempfile::tempdir().unwrap();
        let detect = ["detect", "--input-format", "jsonl", "--format", "json"];
        let output =
            twicetold_in(folder.path(), &[&detect[..], words].concat(), records.as_bytes());
        assert!(output.status.success(), "{}", stderr(&output));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        report["input"]["sentences"].as_u64().unwrap()
    }

    fn record(field: &str, language: &str) -> String {
        let text = "Er kommt am 8. Januar nach Graz. Sie bleibt.";
        format!("{{\"text\": \"{text}\", \"{field}\": \"{language}\"}}\n")
    }

    #[test]
    fn a_record_says_where_its_sentences_end() {
        assert_eq!(count(&record("lang", "de"), &[]), 2);
        assert_eq!(count(&record("lang", "en"), &[]), 3);
        assert_eq!(count(&(record("lang", "de") + &record("lang", "en")), &[]), 5);
    }

    #[test]
    fn its_field_may_have_any_name_and_an_unknown_one_is_english_by_its_script() {
        assert_eq!(count(&record("sprache", "de"), &["--language-field", "sprache"]), 2);
        assert_eq!(count(&record("sprache", "de"), &[]), 3);
        assert_eq!(count(&record("lang", "de"), &["--language-field", "sprache"]), 3);
    }
}
