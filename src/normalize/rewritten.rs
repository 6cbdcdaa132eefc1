//! Words of a key in another form.

use super::Found;

/// Writes the words of a key anew, from `start` on: `write` appends what stands for a word. `words` are where they then are.
pub(super) fn rewrite(
    key: &mut String,
    start: usize,
    words: &mut [Found],
    write: impl Fn(&str, &mut String),
) {
    let written = key.split_off(start);
    let mut copied = 0;
    for word in words {
        let place = word.key.start - start..word.key.end - start;
        key.push_str(written.get(copied..place.start).unwrap_or_default());
        copied = place.end;
        let begins = key.len();
        write(written.get(place).unwrap_or_default(), key);
        word.key = begins..key.len();
    }
    key.push_str(written.get(copied..).unwrap_or_default());
}
