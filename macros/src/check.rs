//! The analysis of the annotated item, and what of it is the item's.
//!
//! It runs over the crate around the item, as the command does, so that the two agree; what it found is kept
//! for the next item of the same process. The compiler's tokens and the analysis' never meet: the
//! analysis gets text, on a thread of its own with a deep stack, and returns byte ranges.

use std::{
    collections::BTreeMap,
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use proc_macro2::fallback;
use socklint_analysis::{
    CfgOptions, CrateInput, FileId, Finding, Input, SourceFile, WinsockCall, analyze_with_calls,
    suppress,
};

use super::source::Source;

/// Deeply nested source needs a deep stack.
const STACK: usize = 256 << 20;

/// A crate with more files than this is not read for one attribute: the file alone is.
const MOST_FILES: usize = 4096;

/// What was found in the item, in the order of the text.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) findings: Vec<Finding>,
    /// Suppressions in the item that suppress nothing, or are not understood.
    pub(crate) notices: Vec<suppress::Notice>,
    /// The Winsock calls.
    pub(crate) calls: Vec<WinsockCall>,
}

/// Analyses the crate around `source`, and returns what is in its range.
pub(crate) fn check(source: &Source) -> Found {
    let Some(analyzed) = analyzed(source) else {
        return Found::default();
    };
    let within =
        |file: u32, range: Range<usize>| file as usize == analyzed.file && source.covers(&range);
    let findings = analyzed.kept.iter();
    let findings = findings.filter(|found| within(found.primary.file.0, found.primary.range()));
    let notices = analyzed.notices.iter();
    let notices = notices.filter(|notice| within(notice.span.file.0, notice.span.range()));
    let calls = analyzed.calls.iter();
    let calls = calls.filter(|call| within(call.path.file.0, call.path.range()));
    Found {
        findings: findings.cloned().collect(),
        notices: notices.cloned().collect(),
        calls: calls.cloned().collect(),
    }
}

/// What the analysis said of a crate.
struct Analyzed {
    /// What was read, to know it again.
    files: Vec<(String, Arc<str>)>,
    /// Which of them the item is in.
    file: usize,
    kept: Vec<Finding>,
    notices: Vec<suppress::Notice>,
    calls: Vec<WinsockCall>,
}

fn analyzed(source: &Source) -> Option<Arc<Analyzed>> {
    static LAST: Mutex<Option<Arc<Analyzed>>> = Mutex::new(None);

    let (files, file, root) = files(source);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(last) = &*last
        && last.files == files
        && last.file == file
    {
        return Some(last.clone());
    }
    let input = input(&files, root);
    // Within this process the compiler's tokens are made by the compiler. The analysis lexes text of its
    // own, on another thread, where the compiler is not to be had.
    fallback::force();
    let result = thread::scope(|scope| {
        let analysis = thread::Builder::new().stack_size(STACK);
        let analysis = analysis.spawn_scoped(scope, || {
            let (report, calls) = analyze_with_calls(&input, FileId(file as u32));
            let applied = suppress::apply(&input, &report, |_| false);
            (applied.kept, applied.notices, calls)
        });
        analysis.ok()?.join().ok()
    });
    fallback::unforce();
    let (kept, notices, calls) = result?;
    let analyzed = Arc::new(Analyzed {
        files,
        file,
        kept,
        notices,
        calls,
    });
    *last = Some(analyzed.clone());
    Some(analyzed)
}

/// The texts of the crate around the item, which of them has it, and which is the crate's root.
fn files(source: &Source) -> (Vec<(String, Arc<str>)>, usize, usize) {
    let text: Arc<str> = source.text.as_str().into();
    let Some(path) = source
        .path
        .as_deref()
        .and_then(|path| fs::canonicalize(path).ok())
    else {
        return (vec![("item.rs".to_owned(), text)], 0, 0);
    };
    let alone = || (vec![(shown(&path), text.clone())], 0, 0);
    let root = root_of(&path);
    let mut paths = BTreeMap::new();
    if root != path
        || path
            .file_name()
            .is_some_and(|name| name == "lib.rs" || name == "main.rs")
    {
        let Some(folder) = root.parent() else {
            return alone();
        };
        collect(folder, &mut paths);
    }
    paths.insert(path.clone(), text.clone());
    if paths.len() > MOST_FILES || !paths.contains_key(&root) {
        return alone();
    }
    let index = |path: &Path| paths.keys().position(|other| other == path).unwrap_or(0);
    let (file, root) = (index(&path), index(&root));
    let files = paths.iter().map(|(path, text)| (shown(path), text.clone()));
    (files.collect(), file, root)
}

/// As the analysis wants it, with `/`.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The root of the crate that a file is part of, by cargo's conventions; the file itself where none fits.
fn root_of(path: &Path) -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let manifest = manifest.and_then(|folder| fs::canonicalize(folder).ok());
    let Some(src) = manifest.map(|folder| folder.join("src")) else {
        return path.to_owned();
    };
    if !path.starts_with(&src) || path.starts_with(src.join("bin")) {
        return path.to_owned();
    }
    let root = match env::var_os("CARGO_BIN_NAME") {
        Some(_) => src.join("main.rs"),
        None => src.join("lib.rs"),
    };
    match root.is_file() {
        true => root,
        false => path.to_owned(),
    }
}

/// Reads the Rust files below a folder; what cannot be read is the compiler's to complain about.
fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Arc<str>>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        // Not through links, which may lead in a circle.
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && files.len() <= MOST_FILES => collect(&path, files),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|ext| ext == "rs") => {
                if let Ok(text) = fs::read_to_string(&path) {
                    files.insert(path, text.into());
                }
            }
            _ => {}
        }
    }
}

fn input(files: &[(String, Arc<str>)], root: usize) -> Input {
    let sources = files.iter().map(|(path, text)| SourceFile {
        path: path.clone(),
        text: text.clone(),
    });
    Input {
        files: sources.collect(),
        crates: vec![CrateInput {
            name: env::var("CARGO_CRATE_NAME").unwrap_or_else(|_| "item".to_owned()),
            edition: 2024,
            root,
            files: (0..files.len()).collect(),
            dependencies: Vec::new(),
            cfg: CfgOptions::default(),
            report: true,
            // The compiler knows better which modules there are.
            loose: true,
        }],
    }
}
