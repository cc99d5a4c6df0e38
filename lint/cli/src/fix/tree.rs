//! Whether the working tree may be changed: the rules of `cargo fix`.

use std::path::Path;
use std::process::{Command, Stdio};

/// What the user allows.
#[derive(Copy, Clone, Default)]
pub(crate) struct Allow {
    /// Changes that are not committed.
    pub(crate) dirty: bool,
    /// Changes that are staged.
    pub(crate) staged: bool,
    /// No version control.
    pub(crate) no_vcs: bool,
}

/// Why the files below `folder` must not be changed; `None` if they may.
pub(crate) fn refusal(folder: &Path, allow: Allow) -> Option<String> {
    if allow.no_vcs || allow.dirty && allow.staged {
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
        .filter(|(_, staged)| !(allow.dirty || allow.staged && *staged))
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
