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
    time::{Duration, Instant},
};

use proc_macro2::fallback;
use socklint_analysis::{
    CfgOptions, CrateInput, Finding, Input, SourceFile, WinsockCall, analyze_with_calls, suppress,
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
    let Some((analyzed, number)) = analyzed(source) else {
        return Found::default();
    };
    let within = |file: u32, range: Range<usize>| file as usize == number && source.covers(&range);
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

/// What was read of a crate, and what the analysis said of it.
struct Analyzed {
    root: PathBuf,
    files: Files,
    read: Instant,
    kept: Vec<Finding>,
    notices: Vec<suppress::Notice>,
    calls: Vec<WinsockCall>,
}

/// Paths as they were found, in the order in which the analysis numbers them.
pub(crate) type Files = BTreeMap<PathBuf, Arc<str>>;

/// How long what was read of other files counts as what they are. A compiler is done before that, or reads
/// again; an editor's server lives on while files change.
const FRESH: Duration = Duration::from_secs(5);

/// The analysis of the crate around an item, and the number of the item's file.
fn analyzed(source: &Source) -> Option<(Arc<Analyzed>, usize)> {
    static LAST: Mutex<Option<Arc<Analyzed>>> = Mutex::new(None);

    let Some(path) = source
        .path
        .as_deref()
        .and_then(|path| fs::canonicalize(path).ok())
    else {
        return Some((Arc::new(alone(source)?), 0));
    };
    let root = root_of(&path);
    let number = |files: &Files| files.keys().position(|other| *other == path);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(last) = &*last
        && last.root == root
        && last
            .files
            .get(&path)
            .is_some_and(|text| **text == *source.text)
        && last.read.elapsed() < FRESH
    {
        return Some((last.clone(), number(&last.files)?));
    }
    let files = read(source, &path, &root);
    let read = Instant::now();
    let same = last
        .as_deref()
        .filter(|last| last.root == root && last.files == files);
    let (kept, notices, calls) = match same {
        Some(last) => (last.kept.clone(), last.notices.clone(), last.calls.clone()),
        None => run(&input(&files, &root))?,
    };
    let analyzed = Arc::new(Analyzed {
        root,
        files,
        read,
        kept,
        notices,
        calls,
    });
    *last = Some(analyzed.clone());
    let number = number(&analyzed.files)?;
    Some((analyzed, number))
}

/// The analysis of an item that has no file. It is nobody else's, so it is not kept.
fn alone(source: &Source) -> Option<Analyzed> {
    let root = PathBuf::from("item.rs");
    let files = Files::from([(root.clone(), source.text.as_str().into())]);
    let (kept, notices, calls) = run(&input(&files, &root))?;
    Some(Analyzed {
        root,
        files,
        read: Instant::now(),
        kept,
        notices,
        calls,
    })
}

pub(crate) type Result = (Vec<Finding>, Vec<suppress::Notice>, Vec<WinsockCall>);

pub(crate) fn run(input: &Input) -> Option<Result> {
    // Within this process the compiler's tokens are made by the compiler. The analysis lexes text of its
    // own, on another thread, where the compiler is not to be had.
    fallback::force();
    let result = thread::scope(|scope| {
        let analysis = thread::Builder::new().stack_size(STACK);
        let analysis = analysis.spawn_scoped(scope, || {
            let (report, calls) = analyze_with_calls(input);
            let applied = suppress::apply(input, &report, |_| false);
            let mut notices = applied.notices;
            notices.retain(|notice| notice.kind == suppress::NoticeKind::Wrong);
            (applied.kept, notices, calls)
        });
        analysis.ok()?.join().ok()
    });
    fallback::unforce();
    result
}

/// The texts of the crate around the item; of the item's file alone, if that seems to be no part of it.
fn read(source: &Source, path: &Path, root: &Path) -> Files {
    let mut files = Files::new();
    let is_root = path
        .file_name()
        .is_some_and(|name| name == "lib.rs" || name == "main.rs");
    if (root != path || is_root)
        && let Some(folder) = root.parent()
    {
        collect(folder, &mut files);
    }
    if files.len() > MOST_FILES || !files.contains_key(root) {
        files.clear();
    }
    files.insert(path.to_owned(), source.text.as_str().into());
    files
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
fn collect(folder: &Path, files: &mut Files) {
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
                    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
                    files.insert(path, text.into());
                }
            }
            _ => {}
        }
    }
}

pub(crate) fn input(files: &Files, root: &Path) -> Input {
    // As the analysis wants it, with `/`.
    let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let sources = files.iter().map(|(path, text)| SourceFile {
        path: shown(path),
        text: text.clone(),
    });
    Input {
        files: sources.collect(),
        contracts: Vec::new(),
        excluded: Default::default(),
        crates: vec![CrateInput {
            name: env::var("CARGO_CRATE_NAME").unwrap_or_else(|_| "item".to_owned()),
            edition: 2024,
            root: files.keys().position(|path| path == root).unwrap_or(0),
            files: (0..files.len()).collect(),
            dependencies: Vec::new(),
            cfg: CfgOptions::default(),
            report: true,
            // The compiler knows better which modules there are.
            loose: true,
        }],
    }
}
