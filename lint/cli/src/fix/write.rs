//! Writes what was fixed.

use std::fs;
use std::io::Write;
use std::path::Path;

use socklint_analysis::FileId;

use super::Fixed;
use crate::problem::Problem;
use crate::read;
use crate::report::Results;

/// Writes the changed files. What cannot be written is told, and the rest is written.
pub(super) fn write(fixed: &Fixed, results: &Results) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (&index, (before, _)) in &fixed.files {
        let Some(file) = results.inputs.input.files.get(index) else {
            continue;
        };
        let path = results.inputs.absolute(FileId(index as u32));
        if let Err(message) = replace(&path, before, &file.text) {
            problems.push(Problem::new(&path, message));
        }
    }
    problems
}

/// Puts `new` in the place of `old`, whole or not at all.
fn replace(path: &Path, old: &str, new: &str) -> Result<(), String> {
    let now = read::read_all(&[path.to_owned()], 1).pop();
    match now {
        Some(Ok(text)) if *text == *old => {}
        Some(Err(problem)) => return Err(problem.message),
        _ => return Err("not fixed: it was changed meanwhile".to_owned()),
    }
    let failed = |error: std::io::Error| format!("cannot be written: {error}");
    // The file that a link leads to is replaced, not the link.
    let path = path.canonicalize().map_err(failed)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    temporary.write_all(new.as_bytes()).map_err(failed)?;
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    if permissions.readonly() {
        return Err("cannot be written: it is read-only".to_owned());
    }
    fs::set_permissions(temporary.path(), permissions).map_err(failed)?;
    temporary
        .persist(&path)
        .map(drop)
        .map_err(|error| failed(error.error))
}
