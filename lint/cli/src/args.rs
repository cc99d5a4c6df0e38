//! The command line. Names and meanings are cargo's and clippy's.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Finds leaked, twice-closed and wrongly closed Winsock sockets. Nothing of the checked project is
/// built or executed, unless --with asks for it.
#[derive(Parser)]
#[command(
    name = "cargo-socklint",
    bin_name = "cargo socklint",
    version,
    styles = STYLES,
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 nothing found at deny, 1 something found at deny, 2 something could not be checked."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) check: CheckArgs,
}

/// What else can be asked.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print a rule's documentation
    Explain {
        /// The rule's name
        rule: String,
    },
    /// List the rules with their groups and levels
    Rules {
        /// How to write the list
        #[arg(long = "message-format", value_enum, default_value_t = ListFormat::Human, value_name = "FMT")]
        json: ListFormat,
    },
    /// Serve an editor over standard input and output
    Lsp {
        /// Accepted because editors pass it: nothing else is served
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Make one report of the JSON reports of all shards
    Merge(crate::merge::MergeArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: crate::completions::For,
    },
    /// Print the man page
    Man {
        /// Write a page for each subcommand, too, into this folder
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Print the JSON schema of `socklint.toml`
    Schema,
}

/// What to check, and how to report it.
#[derive(clap::Args)]
pub(crate) struct CheckArgs {
    /// Files, folders or packages to check; `-` is standard input [default: the package found from here]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Allow a rule or group
    #[arg(
        short = 'A',
        long = "allow",
        value_name = "RULE",
        help_heading = "Rules"
    )]
    pub(crate) allow: Vec<String>,
    /// Report a rule or group as a warning
    #[arg(
        short = 'W',
        long = "warn",
        value_name = "RULE",
        help_heading = "Rules"
    )]
    pub(crate) warn: Vec<String>,
    /// Report a rule or group as an error; `warnings` is every rule at warn
    #[arg(
        short = 'D',
        long = "deny",
        value_name = "RULE",
        help_heading = "Rules"
    )]
    pub(crate) deny: Vec<String>,
    /// Like deny, and nothing may suppress it
    #[arg(
        short = 'F',
        long = "forbid",
        value_name = "RULE",
        help_heading = "Rules"
    )]
    pub(crate) forbid: Vec<String>,

    /// Mend what can be mended without looking, and report the rest
    #[arg(long, conflicts_with_all = ["diff", "deps", "shard", "write_baseline"], help_heading = "Fixes")]
    pub(crate) fix: bool,
    /// Show what `--fix` would change; status 1 if there is anything
    #[arg(long, conflicts_with_all = ["deps", "shard", "with", "write_baseline"], help_heading = "Fixes")]
    pub(crate) diff: bool,
    /// Fix also where there are changes that are not committed
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(crate) allow_dirty: bool,
    /// Fix also where there are staged changes
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(crate) allow_staged: bool,
    /// Fix also where there is no version control
    #[arg(long, requires = "fix", help_heading = "Fixes")]
    pub(crate) allow_no_vcs: bool,
    /// Read this file in place of every other configuration
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with = "no_config",
        help_heading = "Adoption"
    )]
    pub(crate) config: Option<PathBuf>,
    /// Read no configuration
    #[arg(long, help_heading = "Adoption")]
    pub(crate) no_config: bool,
    /// Leave out as many findings of each function as this file counts
    #[arg(long, value_name = "FILE", help_heading = "Adoption")]
    pub(crate) baseline: Option<PathBuf>,
    /// Count what is found in that file [default: the baseline in use, or socklint-baseline.json]
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        conflicts_with = "shard",
        help_heading = "Adoption"
    )]
    pub(crate) write_baseline: Option<Option<PathBuf>>,
    /// Findings do not change the exit status
    #[arg(long, help_heading = "Adoption")]
    pub(crate) exit_zero: bool,

    /// How to write the findings
    #[arg(
        long,
        value_enum,
        default_value_t = MessageFormat::Human,
        value_name = "FMT",
        help_heading = "Report"
    )]
    pub(crate) message_format: MessageFormat,
    /// Write the findings to a file
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    pub(crate) output: Option<PathBuf>,
    /// Also say of every socket what becomes of it
    #[arg(long, help_heading = "Report")]
    pub(crate) proofs: bool,
    /// Also count what each rule found, and say whether all (`*`) or some (`-`) of it has a fix
    #[arg(long, help_heading = "Report")]
    pub(crate) statistics: bool,
    /// Also say where the time went
    #[arg(long, help_heading = "Report")]
    pub(crate) timings: bool,
    /// No closing line
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Report")]
    pub(crate) quiet: bool,
    /// Say what is being done
    #[arg(short, long, action = clap::ArgAction::Count, help_heading = "Report")]
    pub(crate) verbose: u8,
    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", help_heading = "Report")]
    pub(crate) color: Option<ColorChoice>,

    /// Check this package only
    #[arg(short, long, value_name = "SPEC", help_heading = "Packages")]
    pub(crate) package: Vec<String>,
    /// Check all packages of the workspace
    #[arg(long, visible_alias = "all", help_heading = "Packages")]
    pub(crate) workspace: bool,
    /// Leave a package out
    #[arg(
        long,
        value_name = "SPEC",
        requires = "workspace",
        help_heading = "Packages"
    )]
    pub(crate) exclude: Vec<String>,
    /// Check the dependencies too, and know what they do with a socket
    #[arg(long, help_heading = "Packages")]
    pub(crate) deps: bool,

    /// Check the library
    #[arg(long, help_heading = "Targets")]
    pub(crate) lib: bool,
    /// Check all binaries
    #[arg(long, help_heading = "Targets")]
    pub(crate) bins: bool,
    /// Check this binary
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    pub(crate) bin: Vec<String>,
    /// Check all examples
    #[arg(long, help_heading = "Targets")]
    pub(crate) examples: bool,
    /// Check this example
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    pub(crate) example: Vec<String>,
    /// Check all tests
    #[arg(long, help_heading = "Targets")]
    pub(crate) tests: bool,
    /// Check this test
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    pub(crate) test: Vec<String>,
    /// Check all benchmarks
    #[arg(long, help_heading = "Targets")]
    pub(crate) benches: bool,
    /// Check this benchmark
    #[arg(long, value_name = "NAME", help_heading = "Targets")]
    pub(crate) bench: Vec<String>,
    /// Check everything, and code for tests
    #[arg(long, help_heading = "Targets")]
    pub(crate) all_targets: bool,

    /// Features to turn on, separated by commas or spaces
    #[arg(long, value_name = "FEATURES", help_heading = "Compilation")]
    pub(crate) features: Vec<String>,
    /// Turn all features on
    #[arg(long, help_heading = "Compilation")]
    pub(crate) all_features: bool,
    /// Leave the default features off
    #[arg(long, help_heading = "Compilation")]
    pub(crate) no_default_features: bool,
    /// The target to check for; wherever this runs, it is Windows unless told otherwise
    /// [default: x86_64-pc-windows-msvc]
    #[arg(
        long,
        value_name = "TRIPLE",
        value_parser = crate::target::parse,
        help_heading = "Compilation"
    )]
    pub(crate) target: Option<socklint_analysis::Target>,
    /// Also run `cargo check` or `cargo clippy`, which BUILDS the project (build scripts and procedural macros
    /// run), and report both. Arguments after `--` go to cargo
    #[arg(long, value_enum, value_name = "CMD", conflicts_with_all = ["paths", "shard"], help_heading = "Compilation")]
    pub(crate) with: Option<crate::with::With>,
    /// Check one of N parts; the parts together are the whole
    #[arg(long, value_name = "K/N", value_parser = crate::shard::parse, help_heading = "Compilation")]
    pub(crate) shard: Option<crate::shard::Shard>,
    /// How many files to read at a time
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..), help_heading = "Compilation")]
    pub(crate) jobs: Option<u16>,

    /// The Cargo.toml to start from
    #[arg(long, value_name = "PATH", help_heading = "Manifest")]
    pub(crate) manifest_path: Option<PathBuf>,
    /// The name under which standard input is checked
    #[arg(long, value_name = "PATH", help_heading = "Manifest")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Cargo.lock must not change: it never does
    #[arg(long, help_heading = "Manifest")]
    pub(crate) locked: bool,
    /// No network: it is never used
    #[arg(long, help_heading = "Manifest")]
    pub(crate) offline: bool,
    /// Both of these
    #[arg(long, help_heading = "Manifest")]
    pub(crate) frozen: bool,

    /// For the cargo of `--with`: everything that can be checked here always is.
    #[arg(long, hide = true)]
    pub(crate) keep_going: bool,
    /// For the cargo of `--with`.
    #[arg(long, hide = true, value_name = "DIR")]
    pub(crate) target_dir: Option<PathBuf>,
    /// For the cargo of `--with`.
    #[arg(long, hide = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// For the cargo of `--with`.
    #[arg(short, long, hide = true)]
    pub(crate) release: bool,

    /// With --with, arguments for cargo; else more paths
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) rest: Vec<OsString>,
}

impl CheckArgs {
    /// What stands after `--` is for cargo, if cargo runs.
    pub(crate) fn settle(&mut self) {
        if self.with.is_none() {
            self.paths.extend(self.rest.drain(..).map(PathBuf::from));
        }
    }
}

impl CheckArgs {
    /// Whether some of the flags for targets say which are checked.
    pub(crate) fn names_targets(&self) -> bool {
        let kinds = [self.lib, self.bins, self.examples, self.tests, self.benches];
        let names = [&self.bin, &self.example, &self.test, &self.bench];
        kinds.contains(&true) || names.iter().any(|names| !names.is_empty())
    }
}

/// The command that is meant, if the first of `paths` is the name of one.
pub(crate) fn command(paths: &[PathBuf]) -> Option<String> {
    let first = paths.first()?.to_str()?;
    let command = <Args as clap::CommandFactory>::command();
    let mut commands = command.get_subcommands();
    commands
        .any(|command| command.get_name() == first)
        .then(|| first.to_owned())
}

/// How findings are written.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With the source, for people
    Human,
    /// One line each
    Short,
    /// One self-contained page, for people
    Html,
    /// Cargo's messages, one JSON object a line
    #[value(
        alias = "json-diagnostic-rendered-ansi",
        alias = "json-render-diagnostics"
    )]
    Json,
    /// SARIF 2.1.0, for code scanning and viewers
    Sarif,
    /// Commands to GitHub Actions, which annotate the code (ten errors and ten warnings a step)
    Github,
    /// GitLab's Code Quality report, which has no place for --proofs
    Gitlab,
    /// JUnit's XML, for servers that show tests
    Junit,
}

/// How the list of rules is written.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Human,
    /// One JSON object a line
    Json,
}

/// When colours are used.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
