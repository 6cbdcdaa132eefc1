//! The binary: a few lines over the library.

/// So that `--memory` can hold the process to a bound.
#[global_allocator]
static ALLOCATOR: twicetold::memory::Allocator = twicetold::memory::Allocator;

fn main() -> std::process::ExitCode {
    twicetold::cli::main()
}
