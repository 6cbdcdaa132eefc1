//! The integration tests: one binary.
#![expect(clippy::disallowed_methods, reason = "tests read their own fixtures")]

mod architecture;
