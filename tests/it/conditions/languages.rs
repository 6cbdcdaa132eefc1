//! Scripts and languages.

use serde_json::json;
use twicetold::config::{Config, InputConfig, Languages, Profile};
use twicetold::read::read_bytes;
use twicetold::{Corpus, Report, detect};

/// Whether two texts of one sentence are equal or linked.
fn linked(a: &str, b: &str, profile: Profile) -> bool {
    let config = Config { profile, ..Config::default() };
    let report = detect(&Corpus::from_texts([a, b]), &config).unwrap();
    !report.clusters.is_empty() || !report.pairs.is_empty()
}

/// A report on records of a language (or none) and a text.
fn report(records: &[(Option<&str>, &str)], config: &Config) -> Report {
    let line = |(language, text): &(Option<&str>, &str)| {
        json!({ "text": text, "lang": language }).to_string() + "\n"
    };
    let lines: String = records.iter().map(line).collect();
    let corpus = read_bytes(lines.as_bytes(), "a.jsonl", &InputConfig::default()).unwrap();
    detect(&corpus, config).unwrap()
}

fn links(records: &[(Option<&str>, &str)], languages: Languages) -> usize {
    let config = Config { languages, ..Config::default() };
    let report = report(records, &config);
    let copies = report.sentences.iter().filter(|sentence| sentence.places.len() > 1).count();
    report.pairs.len() + copies
}

/// Scripts without blanks between words are compared by their characters; nothing is empty, and so equal to everything.
mod c39_scripts_without_blanks {
    use super::*;

    #[test]
    fn copies_with_a_changed_character_are_linked() {
        for (a, b) in [
            (
                "外交部发言人周五在北京表示，港口将从下个月开始对外国船只关闭。",
                "外交部发言人周五在北京表示，港口将从下月起对外国船只关闭。",
            ),
            (
                "外務省は金曜日の声明で、港は来月から外国船に対して閉鎖されると発表した。",
                "外務省は金曜日の声明で、港は来月から外国の船に対して閉鎖されると発表した。",
            ),
            (
                "กระทรวงการต่างประเทศแถลงเมื่อวันศุกร์ว่าท่าเรือจะปิดสำหรับเรือต่างชาติตั้งแต่เดือนหน้า",
                "กระทรวงการต่างประเทศแถลงในวันศุกร์ว่าท่าเรือจะปิดสำหรับเรือต่างชาติตั้งแต่เดือนหน้า",
            ),
        ] {
            for profile in [Profile::Paraphrase, Profile::Noisy, Profile::Near] {
                assert!(linked(a, b, profile) || profile == Profile::Near, "{profile:?} {a}");
            }
        }
    }

    #[test]
    fn other_statements_are_not() {
        let ferry = "外交部发言人周五在北京表示，港口将从下个月开始对外国船只关闭。";
        for other in [
            "昨天晚上的音乐会吸引了三千多名观众前来观看。",
            "今年夏天的气温比往年高出许多，农民们十分担心收成。",
        ] {
            assert!(!linked(ferry, other, Profile::Paraphrase), "{other}");
        }
    }
}

/// Arabic letters are compared without their marks, in one form, with one kind of digits.
mod c40_arabic_letters {
    use super::*;

    const PLAIN: &str =
        "قال المتحدث باسم الوزارة يوم الجمعة إن الميناء سيغلق أمام السفن الأجنبية بعد 12 يوما";

    #[test]
    fn tatweel_marks_and_digits_change_nothing() {
        for other in [
            "قال المتحدث باسم الوزارة يوم الجمعة إن المينـــاء سيغلق أمام السفن الأجنبية بعد 12 يوما",
            "قال المتحدث باسم الوزارة يوم الجمعة إن الميناء سيغلق أمام السفن الأجنبية بعد ١٢ يوما",
            "قَالَ المتحدث باسم الوزارة يوم الجمعة إن الميناء سيغلق أمام السفن الأجنبية بعد 12 يوما",
        ] {
            assert!(linked(PLAIN, other, Profile::Near), "{other}");
        }
    }

    #[test]
    fn another_statement_is_another() {
        for other in [
            "شاهد أكثر من ثلاثة آلاف شخص الحفل الموسيقي في المدينة مساء أمس",
            "افتتح رئيس البلدية أمس مدرسة جديدة للطهاة وجاء كثير من السكان لزيارتها",
        ] {
            assert!(!linked(PLAIN, other, Profile::Paraphrase), "{other}");
        }
    }
}

/// Hindi, Korean and Russian: copies with a word changed are linked, other statements are not.
mod c41_other_scripts {
    use super::*;

    const CASES: [(&str, &str, &str); 3] = [
        (
            "मंत्रालय के प्रवक्ता ने शुक्रवार को कहा कि बंदरगाह अगले महीने से विदेशी जहाजों के लिए बंद रहेगा।",
            "मंत्रालय के प्रवक्ता ने शुक्रवार को बताया कि बंदरगाह अगले महीने से विदेशी जहाजों के लिए बंद रहेगा।",
            "कल शाम के संगीत समारोह को देखने के लिए तीन हजार से अधिक लोग शहर के चौक पर आए।",
        ),
        (
            "외교부 대변인은 금요일 성명에서 항구가 다음 달부터 외국 선박에 대해 폐쇄될 것이라고 말했다.",
            "외교부 대변인은 금요일 성명에서 항구가 다음 달부터 외국 선박에 대해 폐쇄될 것이라고 밝혔다.",
            "어젯밤 음악회에는 삼천 명이 넘는 관객이 광장에 모여 늦게까지 노래를 들었다.",
        ),
        (
            "Представитель министерства заявил в пятницу, что порт закроют для иностранных судов со следующего месяца.",
            "Представитель министерства сообщил в пятницу, что порт закроют для иностранных судов со следующего месяца.",
            "Вчера вечером на площади города собралось больше трёх тысяч слушателей концерта.",
        ),
    ];

    #[test]
    fn a_changed_word_links_and_another_statement_does_not() {
        for (a, b, other) in CASES {
            assert!(linked(a, b, Profile::Paraphrase), "{b}");
            assert!(!linked(a, other, Profile::Paraphrase), "{other}");
        }
    }
}

/// A corpus of several languages is matched within each: what is unknown is compared with everything.
mod c42_several_languages {
    use super::*;

    const BANDS: &str = "Radiohead, Portishead, Massive Attack, Sigur Rós, Godspeed You Black Emperor, Tortoise, Mogwai";
    const AGAIN: &str = "Radiohead, Portishead, Massive Attack, Sigur Rós, Godspeed You Black Emperor, Tortoise, Slint";

    #[test]
    fn declared_languages_are_kept_apart_unless_asked() {
        let apart = [(Some("de"), BANDS), (Some("en-GB"), AGAIN)];
        assert_eq!(links(&apart, Languages::Apart), 0);
        assert_eq!(links(&apart, Languages::Together), 1);
    }

    #[test]
    fn one_language_and_none_are_not() {
        assert_eq!(links(&[(Some("en"), BANDS), (Some("en-GB"), AGAIN)], Languages::Apart), 1);
        assert_eq!(links(&[(Some("eng"), BANDS), (Some("EN"), AGAIN)], Languages::Apart), 1);
        assert_eq!(links(&[(Some("en"), BANDS), (None, AGAIN)], Languages::Apart), 1);
        assert_eq!(links(&[(None, BANDS), (None, AGAIN)], Languages::Apart), 1);
    }

    #[test]
    fn equal_keys_are_equal_in_any_language() {
        assert_eq!(links(&[(Some("de"), BANDS), (Some("en"), BANDS)], Languages::Apart), 1);
    }

    const ENGLISH: &str = "The council of the town decided on Monday that the old ferry would not be sold, since nobody had offered \
        what it was worth to the people who had paid for it. Many of them came to the hall and stayed until late in the evening, and \
        some said that they would rather see it rot in the harbour than leave for another island. The mayor promised to look for \
        money elsewhere and to come back with an answer before the winter. Nobody spoke for the company, which had been asked to come and had not done so. ";
    const GERMAN: &str = "Der Rat der Stadt hat am Montag beschlossen, dass die alte Fähre nicht verkauft wird, weil niemand geboten \
        hat, was sie den Leuten wert ist, die für sie bezahlt haben. Viele von ihnen kamen in den Saal und blieben bis spät am Abend, \
        und einige sagten, sie sähen sie lieber im Hafen verfaulen als auf eine andere Insel fahren. Der Bürgermeister versprach, \
        anderswo nach Geld zu suchen und vor dem Winter mit einer Antwort wiederzukommen. Für die Gesellschaft sprach niemand, obwohl sie gebeten worden war zu kommen. ";

    #[test]
    fn long_documents_tell_their_language_and_short_ones_do_not() {
        let english = ENGLISH.to_owned() + BANDS;
        let german = GERMAN.to_owned() + AGAIN;
        let records = [(None, english.as_str()), (None, german.as_str())];
        let of = |languages| report(&records, &Config { languages, ..Config::default() });
        assert_eq!(of(Languages::Together).pairs.len(), 1);
        let apart = of(Languages::Apart);
        assert_eq!(apart.pairs.len(), 0);
        // One document of the two is short: nothing is known of it, and so nothing is kept apart.
        assert_eq!(links(&[(None, &english), (None, AGAIN)], Languages::Apart), 1);
        // Those of one language stay together.
        assert_eq!(
            links(&[(None, &english), (None, &(ENGLISH.to_owned() + AGAIN))], Languages::Apart),
            5
        );
    }

    #[test]
    fn documents_of_other_languages_are_left_out_on_request() {
        let only = |codes: &[&str]| Config {
            only_languages: codes.iter().map(|&code| code.to_owned()).collect(),
            ..Config::default()
        };
        let records =
            [(Some("en"), BANDS), (Some("en"), AGAIN), (Some("de"), BANDS), (None, "He declined.")];
        let english = report(&records, &only(&["en"]));
        assert_eq!(english.pairs.len(), 1);
        assert_eq!(english.input.sentences, 3);
        assert!(
            english
                .input
                .warnings
                .iter()
                .any(|line| line == "1 document of another language left out")
        );
        assert_eq!(report(&records, &only(&["de", "en-US"])).input.sentences, 4);
        assert_eq!(report(&records, &only(&["fr"])).input.sentences, 1);
        let languages: Vec<Option<&str>> =
            english.documents.iter().map(|it| it.language.as_deref()).collect();
        assert_eq!(languages, [Some("en"), Some("en")]);
    }
}
