//! The objects of long lists, laid out straight into bytes: what `serde_json` would write, without asking for each of them
//! how it is written.
//!
//! Cost: about the copying of the bytes.

use super::string::push_string;
use crate::ids::Similarity;
use crate::report::decimals::{push_decimal, push_share, push_whole};

/// A comma and the beginning of a line, as deep as anything here lies.
const BREAK: &[u8] = b",\n            ";

/// How the objects of a list are laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// Over lines instead of on one.
    pub(super) pretty: bool,
    /// Levels around what is written.
    pub(super) depth: usize,
}

impl Layout {
    /// Writes objects behind each other, as a list holds them.
    pub(super) fn objects<T>(
        self,
        items: impl IntoIterator<Item = T>,
        out: &mut Vec<u8>,
        members: impl Fn(&mut Object<'_>, T),
    ) {
        let inside = self.deeper();
        for (at, item) in items.into_iter().enumerate() {
            self.begin(at == 0, out);
            out.push(b'{');
            let mut object = Object { out, layout: inside, empty: true };
            members(&mut object, item);
            if !object.empty {
                self.break_line(out);
            }
            out.push(b'}');
        }
    }

    const fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// What stands before a thing of a list or an object.
    fn begin(self, is_first: bool, out: &mut Vec<u8>) {
        let end = if self.pretty { 2 + 2 * self.depth } else { 1 };
        debug_assert!(end <= BREAK.len(), "nothing lies so deep");
        out.extend_from_slice(BREAK.get(usize::from(is_first)..end).unwrap_or_default());
    }

    fn break_line(self, out: &mut Vec<u8>) {
        if self.pretty {
            self.begin(true, out);
        }
    }
}

/// An object that is being written, member by member.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    layout: Layout,
    empty: bool,
}

impl Object<'_> {
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.name(name);
        push_string(text, self.out);
    }

    pub(super) fn text_or_null(&mut self, name: &str, text: Option<&str>) {
        self.name(name);
        match text {
            Some(text) => push_string(text, self.out),
            None => self.out.extend_from_slice(b"null"),
        }
    }

    pub(super) fn number(&mut self, name: &str, number: u64) {
        self.name(name);
        push_whole(number, self.out);
    }

    pub(super) fn truth(&mut self, name: &str, truth: bool) {
        self.name(name);
        self.out.extend_from_slice(if truth { b"true" } else { b"false" });
    }

    /// A share with four decimals.
    pub(super) fn share(&mut self, name: &str, share: Similarity) {
        self.name(name);
        push_share(share, self.out);
    }

    /// A number with four decimals.
    pub(super) fn decimal(&mut self, name: &str, number: f64) {
        self.name(name);
        push_decimal(number, self.out);
    }

    pub(super) fn texts(&mut self, name: &str, texts: impl IntoIterator<Item: AsRef<str>>) {
        self.list(name, |inside, out| {
            for (at, text) in texts.into_iter().enumerate() {
                inside.begin(at == 0, out);
                push_string(text.as_ref(), out);
            }
        });
    }

    pub(super) fn objects<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        members: impl Fn(&mut Object<'_>, T),
    ) {
        self.list(name, |inside, out| inside.objects(items, out, members));
    }

    fn list(&mut self, name: &str, write: impl FnOnce(Layout, &mut Vec<u8>)) {
        self.name(name);
        self.out.push(b'[');
        let start = self.out.len();
        write(self.layout.deeper(), self.out);
        if self.out.len() > start {
            self.layout.break_line(self.out);
        }
        self.out.push(b']');
    }

    /// The name of a member, which needs no escaping.
    fn name(&mut self, name: &str) {
        self.layout.begin(self.empty, self.out);
        self.empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(if self.layout.pretty { b"\": " } else { b"\":" });
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};
    use serde::Serialize;

    use super::*;
    use crate::report::json::lay_out;

    /// An object with every kind of member.
    #[derive(Clone, Debug, Serialize)]
    struct Whole {
        text: String,
        maybe: Option<String>,
        number: u64,
        truth: bool,
        share: f64,
        texts: Vec<String>,
        parts: Vec<Part>,
    }

    #[derive(Clone, Debug, Serialize)]
    struct Part {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<u64>,
    }

    fn members(object: &mut Object<'_>, whole: &Whole) {
        object.text("text", &whole.text);
        object.text_or_null("maybe", whole.maybe.as_deref());
        object.number("number", whole.number);
        object.truth("truth", whole.truth);
        object.decimal("share", whole.share);
        object.texts("texts", whole.texts.iter().map(String::as_str));
        object.objects("parts", &whole.parts, |object, part| {
            if let Some(number) = part.number {
                object.number("number", number);
            }
        });
    }

    fn whole() -> impl Strategy<Value = Whole> {
        let parts =
            vec(proptest::option::of(any::<u64>()).prop_map(|number| Part { number }), 0..3);
        let texts = vec("[a\"é\u{1}]{0,3}", 0..3);
        let maybe = proptest::option::of("[a\\\\]{0,2}");
        (any::<String>(), maybe, any::<u64>(), any::<bool>(), 0_u32..=10_000, texts, parts)
            .prop_map(|(text, maybe, number, truth, share, texts, parts)| {
                let share = f64::from(share) / 10_000.0;
                Whole { text, maybe, number, truth, share, texts, parts }
            })
    }

    proptest! {
        #[test]
        fn a_list_is_laid_out_as_by_serde(items in vec(whole(), 1..4), pretty in any::<bool>()) {
            let mut expected = Vec::new();
            lay_out(&items, pretty, &mut expected).unwrap();
            let mut out = vec![b'['];
            let layout = Layout { pretty, depth: 1 };
            layout.objects(&items, &mut out, members);
            out.extend_from_slice(if pretty { b"\n]" } else { b"]" });
            prop_assert_eq!(String::from_utf8(out).unwrap(), String::from_utf8(expected).unwrap());
        }
    }
}
