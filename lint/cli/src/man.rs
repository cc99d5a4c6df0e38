//! The man pages: the command line in the form of `man`, with what it does not say of itself.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, italic, roman};

use crate::args::Args;
use crate::print;

/// Prints the page of the command, or writes a page for it and for each subcommand into a folder.
pub(crate) fn man(folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let mut command = Args::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = folder else {
        return print(&page(command, true)?);
    };
    fs::create_dir_all(folder).with_context(|| format!("cannot write to {}", folder.display()))?;
    let subcommands: Vec<Command> = command.get_subcommands().cloned().collect();
    let pages = [(command, true)].into_iter();
    for (command, is_whole) in pages.chain(subcommands.into_iter().map(|one| (one, false))) {
        let path = folder.join(format!("{}.1", name(&command)));
        fs::write(&path, page(command, is_whole)?)
            .with_context(|| format!("cannot write to {}", path.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `cargo-socklint`, `cargo-socklint-merge`.
fn name(command: &Command) -> String {
    let name = command.get_display_name().unwrap_or(command.get_name());
    name.to_owned()
}

fn page(command: Command, is_whole: bool) -> anyhow::Result<Vec<u8>> {
    let title = name(&command).to_uppercase();
    let about = command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    // A name has one line.
    let brief = about.split(". ").next().unwrap_or(&about).to_owned();
    let command = match is_whole {
        true => command.about(brief).long_about(about),
        false => command,
    };
    let has_options = command.get_arguments().any(|option| !option.is_hide_set());
    let man = Man::new(command);
    // Without a date, so that the same version always has the same page; `roff` cannot leave one out.
    let version = env!("CARGO_PKG_VERSION");
    let mut text =
        format!(".TH {title} 1 \"\" \"socklint {version}\" \"User Commands\"\n").into_bytes();
    man.render_name_section(&mut text)?;
    match is_whole {
        true => synopsis().to_writer(&mut text)?,
        false => man.render_synopsis_section(&mut text)?,
    }
    man.render_description_section(&mut text)?;
    if has_options {
        man.render_options_section(&mut text)?;
    }
    if is_whole {
        man.render_subcommands_section(&mut text)?;
        more().to_writer(&mut text)?;
    } else {
        let mut see = Roff::new();
        see.control("SH", ["SEE ALSO"]);
        see.text([bold("cargo-socklint"), roman("(1)")]);
        see.to_writer(&mut text)?;
    }
    Ok(text)
}

/// The options are too many to be listed twice.
fn synopsis() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    let (command, ellipsis) = (|| bold("cargo socklint"), || roman("..."));
    roff.text([
        command(),
        roman(" ["),
        italic("OPTIONS"),
        roman("] ["),
        italic("PATH"),
        roman("]"),
        ellipsis(),
        roman(" [-- "),
        italic("ARGS"),
        ellipsis(),
        roman("]"),
    ]);
    roff.control("br", []);
    roff.text([command(), roman(" "), italic("COMMAND")]);
    roff
}

/// What the command line does not say of itself.
fn more() -> Roff {
    let mut roff = Roff::new();
    for (section, entries) in SECTIONS {
        roff.control("SH", [*section]);
        for (term, text) in *entries {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*text)]);
        }
    }
    roff.control("SH", ["SEE ALSO"]);
    roff.text([
        bold("cargo"),
        roman("(1), "),
        bold("cargo-check"),
        roman("(1), "),
        bold("cargo-clippy"),
        roman("(1)"),
    ]);
    roff
}

type Entries = &'static [(&'static str, &'static str)];

const SECTIONS: &[(&str, Entries)] = &[
    (
        "EXIT STATUS",
        &[
            ("0", "Nothing was found at deny."),
            ("1", "Something was found at deny."),
            (
                "2",
                "Something could not be checked, or the command line is wrong. The rest was checked and is reported.",
            ),
            ("101", "With --with: cargo failed."),
        ],
    ),
    (
        "FILES",
        &[(
            "socklint.toml",
            "At or above the folder of the check: what functions of crates that are not read do with a socket.",
        )],
    ),
    (
        "ENVIRONMENT",
        &[
            (
                "CARGO",
                "The cargo that is asked about packages, and that runs for --with.",
            ),
            (
                "CARGO_TERM_COLOR",
                "When to use colours, unless --color says so: auto, always or never.",
            ),
            (
                "CARGO_TERM_PROGRESS_WHEN",
                "Never: no progress bar. Always: also where CI is set.",
            ),
            ("NO_COLOR", "If set, no colours."),
        ],
    ),
    (
        "EXAMPLES",
        &[
            (
                "cargo socklint --workspace",
                "Check all packages of the workspace.",
            ),
            (
                "cargo socklint src/net.rs",
                "Check a file, as part of the target that declares it.",
            ),
            (
                "cargo socklint --workspace --shard 2/4 --message-format json -o 2.json",
                "Check the second of four parts, for example in one of four jobs.",
            ),
            (
                "cargo socklint merge 1.json 2.json 3.json 4.json",
                "Make one report of all four.",
            ),
            (
                "cargo socklint --with clippy --workspace --all-targets",
                "Run cargo clippy too, which builds the project.",
            ),
        ],
    ),
];
