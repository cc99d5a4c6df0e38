//! Whether the working tree may be changed: the rules of `cargo fix`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::is_fixable;
use crate::args::CheckArgs;
use crate::outcome::Place;
use crate::problem::Problem;
use crate::report::Results;

/// Why nothing is fixed, if something could be.
pub(super) fn refused(args: &CheckArgs, results: &Results) -> Option<Problem> {
    let inputs = &results.inputs;
    let folders: BTreeSet<PathBuf> = results
        .outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| is_fixable(diagnostic))
        .filter_map(|diagnostic| match diagnostic.place {
            Place::Span(place) => inputs.absolute(place.file).parent().map(Path::to_owned),
            Place::Path(_) => None,
        })
        .collect();
    let is_stdin =
        args.stdin_filename.is_some() || args.paths.iter().any(|path| path == Path::new("-"));
    if !folders.is_empty() && is_stdin {
        let why = "cannot be fixed in its place; `--diff` shows the changes";
        return Some(Problem::new(Path::new("standard input"), why));
    }
    folders.iter().find_map(|folder| {
        let why = refusal(folder, args)?;
        Some(Problem::new(folder, format!("nothing was fixed: {why}")))
    })
}

/// Why the files below `folder` must not be changed; `None` if they may.
fn refusal(folder: &Path, args: &CheckArgs) -> Option<String> {
    let (dirty, staged) = (args.allow_dirty, args.allow_staged);
    if args.allow_no_vcs || dirty && staged {
        return None;
    }
    let Some(changes) = changes(folder) else {
        return Some(
            "there is no git repository here, so a fix could not be undone; \
             pass `--allow-no-vcs` to fix nevertheless"
                .to_owned(),
        );
    };
    let refused: Vec<String> = changes
        .into_iter()
        .filter(|(_, is_staged)| !(dirty || staged && *is_staged))
        .map(|(path, staged)| format!("  * {path} ({})", if staged { "staged" } else { "dirty" }))
        .collect();
    if refused.is_empty() {
        return None;
    }
    Some(format!(
        "there are changes that are not committed; commit or stash them, or pass `--allow-dirty`, or \
         `--allow-staged` if all of them are staged:\n{}",
        refused.join("\n")
    ))
}

/// The files with changes, and whether these are all staged; `None` without a repository.
fn changes(folder: &Path) -> Option<Vec<(String, bool)>> {
    // A repository can name programs that git runs on `status`; none of them is.
    let output = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath="])
        .args(["--no-optional-locks", "status", "--porcelain", "-z"])
        .args(["--ignore-submodules=dirty", "--no-renames"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let entries = text.split('\0').filter_map(|entry| {
        let (state, path) = entry.split_at_checked(3)?;
        Some((path.to_owned(), state.as_bytes()[1] == b' '))
    });
    Some(entries.collect())
}
