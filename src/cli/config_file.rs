//! `--config FILE.toml`: every long option by its name; what the command line says wins.
//!
//! The file becomes words of the command line, put in front of those that were typed, so that both are checked by the same
//! rules and the later word wins.

use std::ffi::OsString;
use std::path::Path;

use clap::{ArgAction, CommandFactory};
use toml::{Table, Value};

use super::args::Cli;
use crate::error::{Error, Result};
use crate::read::read_to_string;

/// The words typed, with the file's words behind the verb.
pub(super) fn with_file(words: &[OsString], path: &Path) -> Result<Vec<OsString>> {
    let text = read_to_string(path)?;
    let bad = |cause: String| Error::record(cause).at(path, None);
    let table: Table = text.parse().map_err(|cause: toml::de::Error| {
        let line = cause.span().map(|span| line_of(&text, span.start));
        Error::record(format!("TOML: {}", cause.message())).at(path, line)
    })?;
    let mut merged: Vec<OsString> = words.iter().take(2).cloned().collect();
    let verb = words.get(1).and_then(|verb| verb.to_str()).unwrap_or_default();
    for (name, value) in &table {
        merged.extend(words_of(verb, name, value).map_err(&bad)?.into_iter().map(OsString::from));
    }
    merged.extend(words.iter().skip(2).cloned());
    Ok(merged)
}

fn line_of(text: &str, offset: usize) -> u64 {
    let before = text.as_bytes().get(..offset).unwrap_or_default();
    1 + memchr::memchr_iter(b'\n', before).count() as u64
}

/// One setting as words; an error says what was expected.
fn words_of(verb: &str, name: &str, value: &Value) -> Result<Vec<String>, String> {
    let command = Cli::command();
    let verb = command.find_subcommand(verb).ok_or("a command before --config")?;
    let argument = verb.get_arguments().find(|argument| argument.get_long() == Some(name));
    let argument = argument.filter(|_| name != "config");
    let argument = argument.ok_or_else(|| format!("the name of a setting, not {name:?}"))?;
    let is_switch = matches!(argument.get_action(), ArgAction::SetTrue);
    let word = |value: &Value| match value {
        Value::String(text) => Ok(format!("--{name}={text}")),
        Value::Integer(_) | Value::Float(_) if !is_switch => Ok(format!("--{name}={value}")),
        _ => Err(format!("a string or a number for {name}")),
    };
    match value {
        Value::Boolean(on) if is_switch => {
            Ok(if *on { vec![format!("--{name}")] } else { Vec::new() })
        }
        _ if is_switch => Err(format!("true or false for {name}")),
        Value::Array(values) => values.iter().map(word).collect(),
        value => Ok(vec![word(value)?]),
    }
}
