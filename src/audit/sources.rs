//! Who publishes: names, aliases, families and licences of sources.
//!
//! A document's source is its field, else its address's registrable domain, else its top folder. A table of sources (`id,name,aliases,kind,family,
//! country,language,licensed_from`) makes several of these one source, and says what they are to each other. Cells of several values are parted by `;` or `|`.

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// What documents without a source are called.
pub const UNKNOWN: &str = "(unknown)";

/// What a table says of a source.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SourceRecord {
    /// Its name in the corpus, or a name of its own.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Other names in the corpus: domains, old titles.
    pub aliases: Vec<String>,
    /// `agency`, `newspaper`, `broadcaster`, `online`, `pr`, `aggregator`, or `unknown`.
    pub kind: String,
    /// The house that it belongs to.
    pub family: String,
    /// Its country.
    pub country: String,
    /// Its language.
    pub language: String,
    /// The sources whose copy it may use by contract.
    pub licensed_from: Vec<String>,
}

/// The kinds of sources.
const KINDS: [&str; 7] =
    ["agency", "newspaper", "broadcaster", "online", "pr", "aggregator", "unknown"];

/// A table of sources.
#[derive(Clone, Debug, Default)]
pub struct SourceList {
    records: Vec<SourceRecord>,
    /// By any name in small letters.
    by_name: BTreeMap<String, usize>,
}

impl SourceList {
    /// Reads a table in CSV.
    ///
    /// ```
    /// use twicetold::audit::SourceList;
    /// let list = SourceList::read("id,name,aliases\nmail,Daily Mail,dailymail.co.uk;Mail Online\n")?;
    /// assert_eq!(list.find("Dailymail.co.uk").map(|source| source.id.as_str()), Some("mail"));
    /// # Ok::<(), twicetold::Error>(())
    /// ```
    ///
    /// # Errors
    /// If it has no column `id`, a row without one, a kind that is none, or a name twice.
    pub fn read(table: &str) -> Result<Self> {
        let table = table.trim_start_matches('\u{feff}');
        let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(table.as_bytes());
        let headers = rows.headers().map_err(|_| Error::record("a table in CSV"))?.clone();
        let column = |name: &str| headers.iter().position(|header| header.trim() == name);
        let id = column("id").ok_or_else(|| {
            Error::record("the columns id,name,aliases,kind,family,country,language,licensed_from")
        })?;
        let mut list = Self::default();
        for row in rows.records() {
            let row = row.map_err(|_| Error::record("a table in CSV"))?;
            let cell = |name| column(name).and_then(|at| row.get(at)).unwrap_or_default().trim();
            let line = row.position().map_or(0, csv::Position::line);
            let several = |name| {
                let parts = cell(name).split([';', '|']).map(str::trim);
                parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
            };
            let record = SourceRecord {
                id: row.get(id).unwrap_or_default().trim().to_owned(),
                name: cell("name").to_owned(),
                aliases: several("aliases"),
                kind: cell("kind").to_owned(),
                family: cell("family").to_owned(),
                country: cell("country").to_owned(),
                language: cell("language").to_owned(),
                licensed_from: several("licensed_from"),
            };
            list.add(record, line)?;
        }
        Ok(list)
    }

    fn add(&mut self, record: SourceRecord, line: u64) -> Result<()> {
        if record.id.is_empty() {
            return Err(Error::record(format!("an id in line {line}")));
        }
        if !record.kind.is_empty() && !KINDS.contains(&record.kind.as_str()) {
            let kinds = KINDS.join(", ");
            return Err(Error::record(format!("one of {kinds} under kind in line {line}")));
        }
        let number = self.records.len();
        let names = [&record.id, &record.name].into_iter().chain(&record.aliases);
        for name in names.filter(|name| !name.is_empty()) {
            let known = self.by_name.insert(name.to_lowercase(), number);
            if known.is_some_and(|known| known != number) {
                let expected = format!("each name once: {name} of line {line} is another source's");
                return Err(Error::record(expected));
            }
        }
        self.records.push(record);
        Ok(())
    }

    /// What is known of a source of that name.
    pub fn find(&self, name: &str) -> Option<&SourceRecord> {
        self.by_name.get(&name.trim().to_lowercase()).map(|&number| &self.records[number])
    }
}

/// The sources of a corpus, in the order of first appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What is known of each.
    pub(super) records: Vec<SourceRecord>,
    by_id: BTreeMap<String, u32>,
    /// For each the first of its family, where families count as one, else itself.
    pub(super) group: Vec<u32>,
    families: BTreeMap<String, u32>,
}

impl Found {
    /// The number of a source of that name in the corpus.
    pub(super) fn number(&mut self, name: Option<&str>, list: &SourceList, merges: bool) -> u32 {
        let name = name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or(UNKNOWN);
        let known = list.find(name);
        let id = known.map_or(name, |record| record.id.as_str());
        if let Some(&number) = self.by_id.get(id) {
            return number;
        }
        let number = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        self.by_id.insert(id.to_owned(), number);
        let plain = || SourceRecord { id: id.to_owned(), ..SourceRecord::default() };
        let record = known.cloned().unwrap_or_else(plain);
        let group = match record.family.as_str() {
            "" => number,
            family if merges => *self.families.entry(family.to_owned()).or_insert(number),
            _ => number,
        };
        self.group.push(group);
        self.records.push(record);
        number
    }

    /// Every name that texts may call a source by.
    pub(super) fn names(&self, number: usize) -> impl Iterator<Item = &str> {
        let record = &self.records[number];
        let names = [record.id.as_str(), record.name.as_str()].into_iter();
        names.chain(record.aliases.iter().map(String::as_str)).filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_sources_says_what_is_wrong_with_it() {
        for (table, wrong) in [
            ("name\nMail\n", "expected the columns id,"),
            ("id,kind\nmail,blog\n", "under kind in line 2"),
            ("id,aliases\na,x\nb,X\n", "X of line 3 is another source's"),
            ("id,name\n,Mail\n", "an id in line 2"),
        ] {
            let error = SourceList::read(table).unwrap_err().to_string();
            assert!(error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn sources_of_one_family_are_one_group_where_that_is_asked_for() {
        let list = SourceList::read("id,family\na,House\nb,House\nc,\n").unwrap();
        for (merges, expected) in [(true, vec![0, 0, 2]), (false, vec![0, 1, 2])] {
            let mut found = Found::default();
            for name in ["a", "b", "c"] {
                found.number(Some(name), &list, merges);
            }
            assert_eq!(found.group, expected);
        }
    }
}
