//! Makes a page of an audit: `cargo run --example audit_page < audit.json > audit.html`.

use std::io::{Read, Write};

fn main() -> twicetold::Result<()> {
    let failed = |cause| twicetold::Error::io("standard input or output".as_ref(), cause);
    let mut json = Vec::new();
    std::io::stdin().lock().read_to_end(&mut json).map_err(failed)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    twicetold::report::page::write_audit(&json, &mut out)?;
    out.flush().map_err(failed)
}
