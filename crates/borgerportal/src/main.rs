//! See the library beside it: this file only hands the command line over.

use borgerportal::command::Arguments;
use clap::Parser as _;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Pages are made of many short strings on a few threads: a tenth of their cost with the C library's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    borgerportal::commands::run(Arguments::parse())
}
