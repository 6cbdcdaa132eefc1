//! The order of the modules, as a test: a module may use only those in rows above it.

use std::{fs, path::Path};

/// Each row may import the rows above it, and never its own neighbours.
const LAYERS: &[&[&str]] = &[
    &["error", "ids", "memory"],
    &["config", "corpus", "mix", "progress", "script", "simd", "storage", "tables", "weight"],
    &["read", "segment", "normalize", "shingle", "sketch", "candidates", "verify", "cluster"],
    &["index", "spill"],
    &["pipeline"],
    &["audit", "dedup", "eval", "synth"],
    &["report"],
    &["cli", "server"],
];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

#[test]
fn no_module_imports_its_neighbour_or_a_later_one() {
    let mut broken = Vec::new();
    let mut files = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let inside = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        let Some(rank) = layer(module) else {
            assert!(["lib", "main"].contains(&module), "{module} is in no layer");
            continue;
        };
        let text = fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                assert!(!used.starts_with('{'), "{}: one path per import", inside.display());
                let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
                if used != module && layer(used).is_some_and(|used| used >= rank) {
                    broken.push(format!("{} uses {used}", inside.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}
