//! Writes a baseline: all of it, or what was there stays.

use std::fs::{self, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A baseline that is to be written.
#[derive(Debug)]
pub(crate) struct NewBaseline {
    /// Where.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(super) text: serde_json::Result<String>,
    /// How many findings it counts.
    pub(super) findings: usize,
    /// Whether something else is there, which nobody asked to lose.
    pub(super) replaces: bool,
}

/// Writes it, and says what was done.
pub(crate) fn write(new: &NewBaseline) -> anyhow::Result<String> {
    let NewBaseline { path, findings, .. } = new;
    if new.replaces {
        bail!(
            "{} is not written, since what is there is no baseline",
            path.display()
        );
    }
    let text = new
        .text
        .as_ref()
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let unchanged = fs::read(path).is_ok_and(|old| old == text.as_bytes());
    if !unchanged {
        replace(path, text).with_context(|| format!("cannot write to {}", path.display()))?;
    }
    let findings = match findings {
        1 => "1 finding".to_owned(),
        _ => format!("{findings} findings"),
    };
    let done = if unchanged {
        "already counts"
    } else {
        "now counts"
    };
    Ok(format!("{} {done} {findings}", path.display()))
}

/// Puts a whole file in the place of another.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".socklint-baseline");
    if let Some(permissions) = permissions(&path) {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(path.parent().unwrap_or(&path))?;
    file.write_all(text.as_bytes())?;
    file.persist(&path)?;
    Ok(())
}

/// Those of the file that is replaced, or of any new file: a temporary one would be its owner's alone.
#[cfg(unix)]
fn permissions(path: &Path) -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let new = || Permissions::from_mode(0o666);
    Some(fs::metadata(path).map_or_else(|_| new(), |metadata| metadata.permissions()))
}

#[cfg(not(unix))]
fn permissions(_path: &Path) -> Option<Permissions> {
    None
}
