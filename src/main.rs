//! The binary: three lines over the library.

fn main() -> std::process::ExitCode {
    twicetold::cli::main()
}
