//! See the library beside it: this file only hands the command line over.

use borgerportal::command::Arguments;
use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    borgerportal::commands::run(Arguments::parse())
}
