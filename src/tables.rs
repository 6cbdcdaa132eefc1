//! Flat tables: many short strings or number lists in one allocation, found by position.

/// Rows of `u32`, behind each other.
///
/// ```
/// use twicetold::tables::RowTable;
/// let mut table = RowTable::default();
/// table.push(&[1, 2, 3]);
/// table.push(&[]);
/// assert_eq!((table.len(), table.row(0), table.row(1)), (2, &[1, 2, 3][..], &[][..]));
/// ```
#[derive(Clone, Debug, Default)]
pub struct RowTable {
    ends: Vec<usize>,
    items: Vec<u32>,
}

impl RowTable {
    /// Adds a row.
    pub fn push(&mut self, row: &[u32]) {
        self.items.extend_from_slice(row);
        self.ends.push(self.items.len());
    }

    /// Puts the rows of tables behind each other; cost: one copy.
    pub fn concat(parts: Vec<Self>) -> Self {
        let (ends, items) = parts
            .iter()
            .map(|part| (part.ends.len(), part.items.len()))
            .fold((0, 0), |(ends, items), (more_ends, more_items)| {
                (ends + more_ends, items + more_items)
            });
        let mut parts = parts.into_iter();
        // The first part grows, which moves its pages instead of copying them.
        let mut whole = parts.next().unwrap_or_default();
        whole.ends.reserve_exact(ends - whole.ends.len());
        whole.items.reserve_exact(items - whole.items.len());
        for part in parts {
            let base = whole.items.len();
            whole.items.extend_from_slice(&part.items);
            whole.ends.extend(part.ends.iter().map(|end| base + end));
        }
        whole
    }

    /// The number of rows.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One row.
    pub fn row(&self, index: usize) -> &[u32] {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.items[start..self.ends[index]]
    }

    /// Lets `change` put other items in the place of those of each row.
    pub fn each_row_mut(&mut self, mut change: impl FnMut(&mut [u32])) {
        let mut start = 0;
        for &end in &self.ends {
            change(&mut self.items[start..end]);
            start = end;
        }
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|index| self.row(index))
    }

    /// The items of all rows, behind each other.
    pub fn items(&self) -> &[u32] {
        &self.items
    }
}

/// Strings, behind each other.
#[derive(Clone, Debug, Default)]
pub struct StringTable {
    ends: Vec<usize>,
    text: String,
}

impl StringTable {
    /// Adds a string.
    pub fn push(&mut self, string: &str) {
        self.text.push_str(string);
        self.ends.push(self.text.len());
    }

    /// Adds the strings of another table; cost: one copy.
    pub fn append(&mut self, other: &Self) {
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| base + end));
    }

    /// The number of strings.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no string.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// One string.
    pub fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..self.ends[index]).unwrap_or_default()
    }

    /// Every string, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_joined_tables_are_the_rows_of_the_parts() {
        let (mut first, mut second) = (RowTable::default(), RowTable::default());
        first.push(&[1]);
        first.push(&[]);
        second.push(&[2, 3]);
        let whole = RowTable::concat(vec![first, second]);
        assert_eq!(whole.rows().collect::<Vec<_>>(), [&[1][..], &[], &[2, 3]]);
    }

    #[test]
    fn strings_of_joined_tables_are_the_strings_of_the_parts() {
        let (mut first, mut second) = (StringTable::default(), StringTable::default());
        first.push("né");
        second.push("");
        second.push("b");
        first.append(&second);
        assert_eq!(first.iter().collect::<Vec<_>>(), ["né", "", "b"]);
    }
}
