//! Writes the JavaScript glue (ES module) and the types of one wasm module.
//!
//! `nivella-bindgen MODULE.wasm FOLDER NAME` writes NAME.js, NAME.d.ts and NAME_bg.wasm.
//! The generator itself is wasm-bindgen's; its version is pinned to the crate's.

use std::env;
use std::process::ExitCode;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let mut next = |what: &str| arguments.next().with_context(|| format!("{what} is missing"));
    let (module, folder, name) = (next("MODULE.wasm")?, next("FOLDER")?, next("NAME")?);
    Bindgen::new()
        .input_path(&module)
        .web(true)?
        .typescript(true)
        .out_name(&name)
        // The shim says where the module lies, so that bundlers see the address in its own source.
        .omit_default_module_path(true)
        .remove_producers_section(true)
        // A module that has trapped is replaced by a fresh instance.
        .reset_state_function(true)
        .generate(&folder)
        .with_context(|| format!("no glue for {module}"))
}
