//! An audit, written for people and for machines: the whole as JSON, its tables as CSV, JSON lines and Parquet, a summary for a terminal.
//!
//! Each table is defined once, by its columns and its rows; the formats know nothing of audits. The same audit is the same bytes.

mod cells;
mod delimited;
mod lines;
mod origin_map;
mod parquet;
mod summary;
mod tables;
mod whole;

pub use cells::{Cell, Column, Kind};
pub use delimited::audit_csv;
pub use lines::audit_jsonl;
pub use origin_map::audit_article_text;
pub use parquet::audit_parquet;
pub use summary::audit_text;
pub use tables::{AUDIT_TABLES, AuditTable};
pub use whole::{AUDIT_RUN_SCHEMA, audit_json, audit_run_json};
