//! Which files a file's `mod` declarations may name.
//!
//! Read from the text alone, and generously: a declaration in a comment, or
//! one that `cfg` leaves out, counts as well. The analysis decides what really
//! belongs to a crate; this decides which files it is shown, and which loose
//! files stand for themselves.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// `root` and all files that it declares, directly or not. `text` gives the
/// text of a file, and nothing for a path that is no file.
pub(crate) fn closure(
    root: &Path,
    mut text: impl FnMut(&Path) -> Option<Arc<str>>,
) -> BTreeSet<PathBuf> {
    let mut reached = BTreeSet::from([root.to_owned()]);
    let mut open = vec![root.to_owned()];
    while let Some(path) = open.pop() {
        let Some(content) = text(&path) else { continue };
        for candidate in declared(&path, &content) {
            if !reached.contains(&candidate) && text(&candidate).is_some() {
                reached.insert(candidate.clone());
                open.push(candidate);
            }
        }
    }
    reached
}

/// Every path at which a module that `text` declares may be found.
pub(crate) fn declared(path: &Path, text: &str) -> Vec<PathBuf> {
    let mut names = Vec::new();
    let mut blocks = Vec::new();
    let mut paths = Vec::new();
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("//") {
            continue;
        }
        if let Some(file) = path_attribute(line) {
            paths.push(file);
        }
        for (at, _) in line.match_indices("mod ") {
            if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = line[at + "mod ".len()..].trim_start();
            let rest = rest.strip_prefix("r#").unwrap_or(rest);
            let end = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            match rest[end..].trim_start().chars().next() {
                Some(';') => names.push(&rest[..end]),
                Some('{') => blocks.push(&rest[..end]),
                _ => {}
            }
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut folders = vec![folder.to_owned()];
    folders.extend(path.file_stem().map(|stem| folder.join(stem)));
    for block in blocks {
        let inner: Vec<_> = folders[..2.min(folders.len())]
            .iter()
            .map(|folder| folder.join(block))
            .collect();
        folders.extend(inner);
    }
    let mut candidates = Vec::new();
    for folder in &folders {
        for name in &names {
            candidates.push(folder.join(format!("{name}.rs")));
            candidates.push(folder.join(name).join("mod.rs"));
        }
        candidates.extend(paths.iter().map(|file| normal(&folder.join(file))));
    }
    candidates
}

/// The file that `#[path = ".."]` in a line names.
fn path_attribute(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("path")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    rest.strip_prefix('"')?
        .split_once('"')
        .map(|(file, _)| file)
}

/// The path without `.` and `..`, as cargo takes it: by its text alone.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            component => normal.push(component),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::{closure, normal};
    use std::collections::HashMap;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    #[test]
    fn what_a_file_declares_is_reached() {
        let files: HashMap<PathBuf, Arc<str>> = [
            (
                "/x/main.rs",
                "mod net;\n#[path = \"../odd.rs\"]\nmod even;\n// mod unsaid;\n",
            ),
            (
                "/x/net.rs",
                "pub(crate) mod tcp;\nmod inner { mod deep; }\n",
            ),
            ("/x/net/tcp.rs", "mod_name!(); fn f() { let model = 1; }\n"),
            ("/x/net/inner/deep.rs", ""),
            ("/odd.rs", ""),
            ("/x/unsaid.rs", ""),
        ]
        .map(|(path, text)| (path.into(), text.into()))
        .into();
        let reached = closure(Path::new("/x/main.rs"), |path| files.get(path).cloned());
        let mut wanted: Vec<PathBuf> = files.keys().cloned().collect();
        wanted.retain(|path| !path.ends_with("unsaid.rs"));
        wanted.sort();
        assert_eq!(reached.into_iter().collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn a_path_loses_its_dots() {
        assert_eq!(normal(Path::new("/a/./b/../c")), Path::new("/a/c"));
        assert_eq!(normal(Path::new("/../a")), Path::new("/../a"));
    }
}
