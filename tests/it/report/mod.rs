//! What the report writers write, of an invented report.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod explained;
mod explanation;
mod invented;
mod json;
mod page;
mod tables;
mod text;

use std::{fs, io, path::Path};

use serde_json::Value;
use twicetold::error::Result;

/// What a writer writes.
fn written(write: impl FnOnce(&mut dyn io::Write) -> Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares with `tests/it/snapshots/report__NAME.snap`; the version is left out.
fn assert_snapshot(name: &str, text: &str) {
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = text.replace(&version, "\"version\": \"[version]\"");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("report__{name}"), text));
}

/// A published schema.
fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// What the schema has against a value.
fn complaints(schema: &jsonschema::Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Removes each key of each object in turn and hands every mutilated value to `check` with the key's path.
fn without_each_key(value: &Value, check: &mut impl FnMut(&str, &Value)) {
    for path in key_paths(value, "") {
        let mut broken = value.clone();
        let (parent, key) = path.rsplit_once('/').unwrap();
        broken.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key);
        check(&path, &broken);
    }
}

/// JSON pointers of every key of every object.
fn key_paths(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| {
                let own = format!("{path}/{key}");
                let inner = key_paths(value, &own);
                [vec![own], inner].concat()
            })
            .collect(),
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.flat_map(|(at, value)| key_paths(value, &format!("{path}/{at}"))).collect()
        }
        _ => Vec::new(),
    }
}
