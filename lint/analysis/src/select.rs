//! Which files matter.
//!
//! One multi-pattern scan over the text: a file whose code names nothing of Winsock
//! and nothing of raw sockets is never parsed. Files that define macros are
//! kept if their crate has a file that matters, because a helper macro may
//! stand in a file of its own. Then, in rounds, files that use a name which
//! became socket-relevant.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::input::Input;
use crate::model;
use crate::suppress::scan::Scanned;

/// What was selected.
pub struct Selection {
    /// For each file whether it is worth parsing.
    pub parse: Vec<bool>,
    /// For each file whether it speaks of sockets itself: its functions are interpreted for their own sake, not only
    /// where others call them.
    pub direct: Vec<bool>,
}

/// Selects among the input's files.
pub fn select(input: &Input) -> Selection {
    let direct: Vec<bool> = match searcher(&patterns(input)) {
        Ok(direct) => input
            .files
            .iter()
            .map(|file| speaks(&direct, &file.text))
            .collect(),
        Err(_) => vec![true; input.files.len()],
    };
    let parse = worth_parsing(input, direct.clone());
    Selection { parse, direct }
}

/// Whether the code of one file names something.
pub fn speaks_of_sockets(input: &Input, file: usize) -> bool {
    let file = input.files.get(file);
    let names = searcher(&patterns(input));
    file.is_some_and(|file| names.is_ok_and(|names| speaks(&names, &file.text)))
}

/// Whether the code names something; a comment and a text may speak of anything.
fn speaks(names: &AhoCorasick, text: &str) -> bool {
    let mut found = names.find_iter(text.as_bytes()).map(|found| found.start());
    let Some(first) = found.next() else {
        return false;
    };
    let scanned = Scanned::new(text);
    scanned.names(first) || found.any(|at| scanned.names(at))
}

/// The files that name something, and those with macros in a crate that has such a file.
fn worth_parsing(input: &Input, mut selected: Vec<bool>) -> Vec<bool> {
    let Ok(macros) = searcher(&["macro_rules!"]) else {
        return selected;
    };
    for krate in &input.crates {
        if !krate.files.iter().any(|&file| selected[file]) {
            continue;
        }
        for &file in &krate.files {
            selected[file] |= macros.is_match(input.files[file].text.as_bytes());
        }
    }
    selected
}

/// The names that make a file worth parsing: the model's, and those of functions of which something is
/// stated.
fn patterns(input: &Input) -> Vec<&str> {
    let mut patterns = model::selection_patterns();
    let stated = input.contracts.iter();
    let names = stated.filter_map(|stated| stated.function.rsplit("::").next());
    patterns.extend(names.filter(|name| !name.is_empty()));
    patterns
}

fn searcher(patterns: &[&str]) -> Result<AhoCorasick, aho_corasick::BuildError> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(patterns)
}
