//! The command line of `merge`.

use std::path::PathBuf;

use crate::args::{ColorChoice, MessageFormat};

/// Which reports to merge, and how to report what they say.
///
/// The sources are read again, to be shown: run it in the folder from which the paths in the reports start.
#[derive(clap::Args)]
pub(crate) struct MergeArgs {
    /// Reports that were written with `--message-format json`
    #[arg(value_name = "REPORT", required = true)]
    pub(crate) reports: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FMT")]
    pub(crate) message_format: MessageFormat,
    /// Write the findings to a file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Also say of every socket what becomes of it, if the reports do
    #[arg(long)]
    pub(crate) proofs: bool,
    /// Also count what each rule found, and say whether all (`*`) or some (`-`) of it has a fix
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Exit with 0 whatever was found; not if something could not be checked
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// No closing line
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<ColorChoice>,
}
