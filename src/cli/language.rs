//! Codes of languages as they are typed: a mistyped one would silently mean no language.

use crate::error::{Error, Result};

/// ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu \
    ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne \
    ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su \
    sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Checks a code such as `en`, `pt-BR` or `deu`: two letters of ISO 639-1, or three, of which there are too many to list.
///
/// # Errors
/// It is none.
pub(super) fn check(setting: &'static str, code: &str) -> Result<()> {
    let mut parts = code.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match primary.len() {
        2 => CODES.split_ascii_whitespace().any(|known| known == primary),
        3 => primary.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_known && parts.all(is_part) {
        return Ok(());
    }
    let expected = format!("the code of a language (en, pt-BR, deu, …), not {code:?}");
    Err(Error::config(setting, expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_in_any_case_with_their_regions() {
        for code in ["en", "EN", "pt-BR", "zh_Hant", "deu", "sr-Latn-RS"] {
            check("lang", code).unwrap();
        }
        for code in ["", "xx", "e", "english", "en-", "-en", "d3u", "en us"] {
            assert!(check("lang", code).is_err(), "{code}");
        }
    }
}
