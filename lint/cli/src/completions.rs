//! Completion scripts.
//!
//! They are clap's, for the command `cargo-socklint`. People type `cargo socklint`, which each shell completes
//! with what is registered for `cargo`: zsh's own script for cargo looks for ours, for bash and fish a few lines
//! more pass the words on, and the others complete `cargo-socklint` only.

use std::process::ExitCode;

use clap::{CommandFactory, ValueEnum};
use clap_complete::{Generator, Shell, generate};
use clap_complete_nushell::Nushell;

use crate::args::Args;
use crate::print;

/// The shells that are served.
#[derive(Copy, Clone, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum For {
    /// Bash: completes `cargo socklint` too
    Bash,
    /// Elvish
    Elvish,
    /// Fish: completes `cargo socklint` too
    Fish,
    /// Nushell
    Nushell,
    /// PowerShell
    #[value(name = "powershell")]
    PowerShell,
    /// Zsh: completes `cargo socklint` too
    Zsh,
}

const NAME: &str = "cargo-socklint";

/// Prints the script for a shell.
pub(crate) fn script(shell: For) -> anyhow::Result<ExitCode> {
    let script = match shell {
        For::Bash => bash(),
        For::Elvish => of_clap(Shell::Elvish, NAME),
        For::Fish => of_clap(Shell::Fish, NAME) + FISH,
        For::Nushell => of_clap(Nushell, NAME),
        For::PowerShell => of_clap(Shell::PowerShell, NAME),
        For::Zsh => of_clap(Shell::Zsh, NAME),
    };
    print(script.as_bytes())
}

fn of_clap(shell: impl Generator, name: &'static str) -> String {
    let mut script = Vec::new();
    let mut command = Args::command().name(name).bin_name(name);
    generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// clap's script for bash forgets the subcommands of a command with a hyphen in its name. So it is made for
/// one without, and registered for ours.
fn bash() -> String {
    let script = of_clap(Shell::Bash, "socklint");
    script.replace(" default socklint\n", &format!(" default {NAME}\n")) + BASH
}

/// What is registered for `cargo` keeps all but our words. It is loaded first, or it would never be.
const BASH: &str = r#"
_cargo_socklint_words() {
    if [[ ${COMP_WORDS[1]} == socklint && $COMP_CWORD -gt 1 ]]; then
        COMP_LINE=cargo-${COMP_LINE#*cargo*[[:space:]]}
        COMP_POINT=${#COMP_LINE}
        COMP_WORDS=(cargo-socklint "${COMP_WORDS[@]:2}")
        COMP_CWORD=$((COMP_CWORD - 1))
        _socklint cargo-socklint "$2" "${COMP_WORDS[COMP_CWORD-1]}"
    elif [[ -n $_cargo_socklint_before ]]; then
        "$_cargo_socklint_before" "$@"
    fi
}

if ! complete -p cargo &>/dev/null; then
    _comp_load cargo &>/dev/null || _completion_loader cargo &>/dev/null
fi
if [[ $(complete -p cargo 2>/dev/null) =~ -F\ ([^ ]+) && ${BASH_REMATCH[1]} != _cargo_socklint_words ]]; then
    _cargo_socklint_before=${BASH_REMATCH[1]}
fi
complete -o bashdefault -o default -F _cargo_socklint_words cargo
"#;

/// Fish asks its own completion of `cargo-socklint` for the rest of the line.
const FISH: &str = r#"
function __cargo_socklint_words
    set -l words (commandline -opc)
    set -l before (string escape -- $words[3..-1])
    set -l current (commandline -ct)
    complete -C (string join ' ' -- cargo-socklint $before "$current")
end
complete -c cargo -n '__fish_seen_subcommand_from socklint' -a '(__cargo_socklint_words)'
"#;
