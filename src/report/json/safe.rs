//! JSON that is safe to look at: what would act on a terminal, or hide in an editor, is written as `\u` escapes. A JSON
//! reader gets the same text back.

use std::io::{self, Write};

use serde_json::ser::Formatter;

use crate::report::escape::must_go;

/// A layout whose strings are written safely.
pub(super) struct Safe<F>(pub(super) F);

/// Hands the methods that lay out arrays and objects on to the layout.
macro_rules! lay_out {
    ($($method:ident($($flag:ident)?)),+ $(,)?) => {
        $(
            fn $method<W: ?Sized + Write>(&mut self, out: &mut W $(, $flag: bool)?) -> io::Result<()> {
                self.0.$method(out $(, $flag)?)
            }
        )+
    };
}

impl<F: Formatter> Formatter for Safe<F> {
    lay_out!(
        begin_array(),
        end_array(),
        begin_array_value(first),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first),
        end_object_key(),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Of ASCII only the deletion mark gets here: JSON escapes the other controls by itself.
        if fragment.bytes().all(|byte| byte.is_ascii() && byte != 0x7f) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((start, hidden)) = rest.char_indices().find(|&(_, c)| must_go(c)) {
            let (plain, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
            out.write_all(plain.as_bytes())?;
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = from.get(hidden.len_utf8()..).unwrap_or_default();
        }
        out.write_all(rest.as_bytes())
    }
}
