//! What was found, written for people and for machines: terminal, JSON, JSON lines, CSV, a page.
//!
//! Each writer takes a [`Report`](crate::pipeline::Report) (or an [`Explanation`](crate::pipeline::Explanation)) and a
//! place to write to; none computes a score or decides a link. The same report is the same bytes. Text from outside is
//! escaped where it would act: control, bidirectional and zero-width characters on a terminal, formulas in a spreadsheet.
//!
//! Output is written in small pieces: hand in a buffered writer. Cost: linear in the output, plus the word-level diffs of
//! what is shown.
//!
//! ```
//! # use twicetold::{config::Config, pipeline::{InputSummary, RecallStatement, Report}};
//! use twicetold::report::{TextView, text};
//!
//! # let config = Config::default();
//! # let recall = RecallStatement {
//! #     engine: "prefix", bands: 0, rows: 0, threshold: config.threshold(), expected: 1.0,
//! #     contract: config.contract(), checked: None, capped: 0, met: 0, candidates: 0, reason: String::new(),
//! # };
//! # let report = Report {
//! #     settings: config.result_settings(), recall,
//! #     input: InputSummary { documents: 1, sentences: 2, distinct: 2, ..InputSummary::default() },
//! #     documents: vec![], sentences: vec![], clusters: vec![], pairs: vec![],
//! # };
//! let mut out = Vec::new();
//! text(&report, &TextView { width: 0, ..TextView::default() }, &mut out)?;
//! assert_eq!(
//!     String::from_utf8_lossy(&out),
//!     "Nothing is said twice; 2 sentences, 2 distinct, 1 document; recall: exact (prefix join)\n",
//! );
//! # Ok::<_, twicetold::error::Error>(())
//! ```

mod audit;
mod csv;
mod decimals;
mod dedup;
mod diff;
mod escape;
mod explain;
mod json;
mod jsonl;
mod marked;
pub mod page;
mod paragraph;
mod phrase;
mod plan;
mod redact;
mod review;
mod shortened;
mod text;
mod words;

pub use self::audit::{
    AUDIT_RUN_SCHEMA, AUDIT_TABLES, AuditTable, Cell, Column, Kind, audit_article_text, audit_csv,
    audit_json, audit_jsonl, audit_parquet, audit_run_json, audit_text,
};
pub use self::csv::{csv_clusters, csv_pairs};
pub use self::dedup::{SUMMARY_SCHEMA, dedup_json, dedup_text};
pub use self::diff::{Change, Segment, word_diff};
pub use self::escape::escape_for_terminal;
pub use self::explain::{EXPLANATION_SCHEMA, explanation_json, explanation_text};
pub use self::json::{JsonView, REPORT_SCHEMA, json};
pub use self::jsonl::jsonl;
pub use self::plan::{PLAN_SCHEMA, plan_json, plan_text};
pub use self::redact::redact;
pub use self::review::dedup_review;
pub use self::text::{TextView, broken_contract, text};
