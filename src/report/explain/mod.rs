//! Why two sentences do or do not match, for people and for machines.

mod json;
mod text;
mod verdict;

pub use json::{EXPLANATION_SCHEMA, explanation_json};
pub use text::explanation_text;
