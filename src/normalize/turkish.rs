//! The Turkish letters without and with a dot: small I is ı, small İ is i. A rule that is off by default, since it is wrong for any other language.
//!
//! An I that carries another mark than a dot is the letter with that mark (Í is í).

use super::buffer::Buffer;
use super::marks::combining_class;

const DOT: char = '\u{307}';

/// Puts each I into its small form.
pub(super) fn lower(source: &Buffer, out: &mut Buffer) {
    let mut copied = 0;
    for (at, c) in source.text.char_indices().filter(|(_, c)| matches!(c, 'I' | 'İ')) {
        let behind = at + c.len_utf8();
        let next = source.text.get(behind..).and_then(|rest| rest.chars().next());
        let (small, end) = match (c, next) {
            ('İ', _) => ('i', behind),
            (_, Some(DOT)) => ('i', behind + DOT.len_utf8()),
            (_, Some(mark)) if combining_class(mark) > 0 => continue,
            _ => ('ı', behind),
        };
        out.copy(source, copied..at);
        out.push(small, &source.raw(at..end));
        copied = end;
    }
    out.copy(source, copied..source.text.len());
}

/// The small form of a composed text.
pub(super) fn to_lower(text: &str) -> String {
    text.replace('I', "ı").replace('İ', "i").to_lowercase()
}
