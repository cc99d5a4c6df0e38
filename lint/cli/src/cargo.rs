//! What cargo knows of a package, without letting the package run anything.
//!
//! A project can name programs that cargo runs: a compiler and its wrappers
//! in `.cargo/config.toml`, a toolchain in `rust-toolchain.toml`. So cargo
//! runs outside the project, where it reads neither; where it must run inside
//! (to find vendored dependencies) the environment overrules both.

use std::path::Path;
use std::process::{Command, Stdio};

use cargo_metadata::{Metadata, MetadataCommand};

use crate::problem::Problem;

/// The workspace around a manifest: its members, without their dependencies.
pub(crate) fn workspace(manifest: &Path) -> Result<Metadata, Problem> {
    let mut command = command(manifest);
    command.arg("--no-deps");
    // `cargo metadata` finds the configuration from the folder that it runs in.
    command.current_dir(manifest.ancestors().last().unwrap_or(manifest));
    run(command, manifest)
}

/// The workspace and everything that it depends on, as far as it is on this machine.
pub(crate) fn with_dependencies(manifest: &Path) -> Result<Metadata, Problem> {
    let mut command = command(manifest);
    if let Some(folder) = manifest.parent() {
        command.current_dir(folder);
    }
    run(command, manifest)
}

fn command(manifest: &Path) -> Command {
    // Under `cargo socklint` this is the cargo that runs, past rustup's choice of another.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args([
            "metadata",
            "--format-version=1",
            "--offline",
            "--color=never",
        ])
        .arg("--manifest-path")
        .arg(manifest)
        .env("RUSTC", "rustc")
        .env("RUSTC_WRAPPER", "")
        .env("RUSTC_WORKSPACE_WRAPPER", "")
        .env("CARGO_ENCODED_RUSTFLAGS", "")
        .stdin(Stdio::null());
    if std::env::var_os("RUSTUP_TOOLCHAIN").is_none()
        && let Some(toolchain) = default_toolchain()
    {
        command.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    command
}

/// The toolchain that rustup uses where no project asks for another; `None` without rustup.
fn default_toolchain() -> Option<String> {
    let output = Command::new("rustup")
        .arg("default")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split_whitespace().next().map(str::to_owned)
}

fn run(mut command: Command, manifest: &Path) -> Result<Metadata, Problem> {
    let output = command
        .output()
        .map_err(|error| Problem::new(manifest, format!("cargo cannot be run: {error}")))?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        // Cargo shows paths relative to the folder that it runs in.
        let message = match manifest.strip_prefix("/") {
            Ok(relative) => message.replace(
                &format!("--> {}", relative.display()),
                &format!("--> {}", manifest.display()),
            ),
            Err(_) => message.into_owned(),
        };
        return Err(Problem::new(manifest, cargo_message(&message)));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    MetadataCommand::parse(text).map_err(|error| {
        Problem::new(
            manifest,
            format!("cargo's answer is not understood: {error}"),
        )
    })
}

/// What cargo says is wrong, without its warnings.
fn cargo_message(stderr: &str) -> String {
    let error = match stderr.find("error: ") {
        Some(at) => &stderr[at + "error: ".len()..],
        None => stderr,
    };
    match error.trim() {
        "" => "cargo cannot read it and does not say why".to_owned(),
        message => message.to_owned(),
    }
}
