//! `--config FILE.toml`: every long option by its name; what the command line says wins.
//!
//! The file becomes words of the command line, put in front of those that were typed, so that both are checked by the same
//! rules. A setting that was typed replaces the file's, lists too. A file may serve several commands: a setting that only
//! another command has is passed over; a name that no command has is refused.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use toml::{Spanned, Value};

use super::args;
use crate::error::{Error, ErrorKind, Result};
use crate::read::read_to_string;

/// Settings of which one rules the other out: what is typed of one replaces what the file says of the other.
const RIVALS: [(&str, &str); 4] =
    [("exact", "engine"), ("engine", "exact"), ("report", "corpus"), ("corpus", "report")];

/// A settings file, checked setting by setting.
pub(super) struct SettingsFile {
    path: PathBuf,
    settings: Vec<Setting>,
}

/// One setting of the file that the command has.
struct Setting {
    name: String,
    /// Its name inside the parser.
    id: String,
    line: u64,
    words: Vec<String>,
}

impl SettingsFile {
    /// Reads what the file says for a command.
    ///
    /// # Errors
    /// The file cannot be read or is no TOML, a name is unknown, or a value is none of its setting; with the line.
    pub(super) fn read(path: &Path, verb: &str) -> Result<Self> {
        let text = read_to_string(path)?;
        let table: BTreeMap<Spanned<String>, Value> =
            toml::from_str(&text).map_err(|cause: toml::de::Error| {
                let line = cause.span().map(|span| line_of(&text, span.start));
                Error::record(format!("TOML ({})", cause.message())).at(path, line)
            })?;
        let parser = args::parser();
        let mut settings = Vec::new();
        for (key, value) in &table {
            let line = line_of(&text, key.span().start);
            let bad = |expected: String| Error::record(expected).at(path, Some(line));
            let name = key.get_ref();
            let (command, argument) = find(&parser, verb, name).map_err(bad)?;
            let words = words_of(argument, name, value).map_err(bad)?;
            try_alone(command, &words).map_err(|cause| bad(format!("{name}: {cause}")))?;
            if command.get_name() == verb {
                let id = argument.get_id().to_string();
                settings.push(Setting { name: name.clone(), id, line, words });
            }
        }
        let file = Self { path: path.to_owned(), settings };
        file.check_rivals()?;
        Ok(file)
    }

    /// One file cannot ask for both of two rivals.
    fn check_rivals(&self) -> Result<()> {
        let given = |name: &str| {
            self.settings.iter().find(|setting| setting.name == name && !setting.words.is_empty())
        };
        for (one, other) in RIVALS {
            if let (Some(first), Some(_)) = (given(one), given(other)) {
                let expected = format!("either {one} or {other}, not both");
                return Err(Error::record(expected).at(&self.path, Some(first.line)));
            }
        }
        Ok(())
    }

    /// The words typed, with the file's behind the command: those of settings that were not typed.
    pub(super) fn merged(&self, words: &[OsString], typed: &ArgMatches) -> Vec<OsString> {
        let own = self.settings.iter().filter(|setting| !is_replaced(setting, typed));
        let own = own.flat_map(|setting| setting.words.iter().map(OsString::from));
        let (start, end) = words.split_at(words.len().min(2));
        start.iter().cloned().chain(own).chain(end.iter().cloned()).collect()
    }

    /// An error about a setting that this file gave is an error of this file.
    pub(super) fn blame(&self, error: Error, typed: &ArgMatches) -> Error {
        let ErrorKind::Config { setting, .. } = error.kind() else { return error };
        let given = self.settings.iter().find(|known| known.name == *setting);
        match given.filter(|known| error.place().is_none() && !is_replaced(known, typed)) {
            Some(known) => error.at(&self.path, Some(known.line)),
            None => error,
        }
    }
}

/// Whether the command line said something else.
fn is_replaced(setting: &Setting, typed: &ArgMatches) -> bool {
    let rivals = RIVALS.iter().filter(|(_, replaced)| *replaced == setting.name);
    let is_typed = |id: &str| {
        typed.try_contains_id(id).is_ok()
            && typed.value_source(id) == Some(ValueSource::CommandLine)
    };
    is_typed(&setting.id) || rivals.into_iter().any(|(rival, _)| is_typed(rival))
}

fn line_of(text: &str, offset: usize) -> u64 {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    1 + memchr::memchr_iter(b'\n', before).count() as u64
}

/// The setting's argument, of this command if it has it, else of another one.
fn find<'a>(parser: &'a Command, verb: &str, name: &str) -> Result<(&'a Command, &'a Arg), String> {
    let own = parser.find_subcommand(verb).into_iter();
    let mut commands = own.chain(parser.get_subcommands());
    let found = commands.find_map(|command| {
        let mut arguments = command.get_arguments();
        Some((command, arguments.find(|argument| argument.get_long() == Some(name))?))
    });
    let found = found.filter(|_| !matches!(name, "config" | "help" | "version"));
    found.ok_or_else(|| format!("the name of a setting, not {name:?}"))
}

/// One setting as words; an error says what was expected.
fn words_of(argument: &Arg, name: &str, value: &Value) -> Result<Vec<String>, String> {
    let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
    let is_list = matches!(argument.get_action(), ArgAction::Append);
    let word = |value: &Value| match value {
        Value::String(text) => Ok(format!("--{name}={text}")),
        Value::Integer(_) | Value::Float(_) => Ok(format!("--{name}={value}")),
        _ => Err(format!("a string or a number for {name}")),
    };
    match value {
        Value::Boolean(on) if is_switch => {
            Ok(if *on { vec![format!("--{name}")] } else { Vec::new() })
        }
        _ if is_switch => Err(format!("true or false for {name}")),
        Value::Array(values) if is_list => values.iter().map(word).collect(),
        value => Ok(vec![word(value)?]),
    }
}

/// What the parser says of a setting by itself, in a line.
fn try_alone(command: &Command, words: &[String]) -> Result<(), String> {
    let command =
        command.clone().no_binary_name(true).mut_args(|argument| argument.required(false));
    let Err(usage) = command.try_get_matches_from(words) else { return Ok(()) };
    let message = usage.render().to_string();
    let line = message.lines().next().unwrap_or_default();
    Err(line.strip_prefix("error: ").unwrap_or(line).to_owned())
}
