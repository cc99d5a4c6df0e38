//! The fate of every socket, by file.

use std::collections::HashMap;

use socklint_analysis::{FileId, Span, Verdict};

use super::source::Sources;
use super::text::{Html, path, plain, prose};
use crate::report::{Results, verdict};

/// The sockets that a file opens.
pub(super) struct File {
    /// Its path.
    pub(super) path: Html,
    /// The places that open one, and the functions that were not followed to the end.
    pub(super) rows: Vec<Row>,
}

/// A place that opens a socket.
pub(super) struct Row {
    /// The place.
    pub(super) line: usize,
    /// The call that opens it.
    pub(super) by: Html,
    /// The function in which that stands.
    pub(super) function: Html,
    /// What becomes of the socket.
    pub(super) fate: Fate,
    /// The same in words.
    pub(super) words: &'static str,
    /// Why, where that says more.
    pub(super) reason: Html,
    /// The finding that says so.
    pub(super) finding: Option<String>,
}

/// What becomes of a socket, as the page draws it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Fate {
    /// The class.
    pub(super) class: &'static str,
    /// The sign, so that colour does not stand alone.
    pub(super) sign: &'static str,
    /// The word.
    pub(super) word: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
}

/// All fates, the best first.
pub(super) const FATES: [(Verdict, Fate); 4] = [
    (
        Verdict::Closed,
        Fate {
            class: "closed",
            sign: "✓",
            word: "closed",
            meaning: "closed on every path",
        },
    ),
    (
        Verdict::HandedOn,
        Fate {
            class: "handed-on",
            sign: "→",
            word: "handed on",
            meaning: "given to an owner or a caller, or closed, on every path",
        },
    ),
    (
        Verdict::Escaped,
        Fate {
            class: "escaped",
            sign: "?",
            word: "escaped",
            meaning: "passed to code that was not read, so nothing more is known",
        },
    ),
    (
        Verdict::Leaks,
        Fate {
            class: "leaks",
            sign: "✕",
            word: "leaks",
            meaning: "never closed on at least one path",
        },
    ),
];

/// How many sockets have a fate.
pub(super) struct Share {
    /// Which.
    pub(super) fate: Fate,
    /// How many.
    pub(super) count: usize,
    /// Where its part of the bar begins, in thousandths.
    pub(super) start: usize,
    /// How long that is.
    pub(super) length: usize,
}

/// How many sockets have each fate.
pub(super) fn shares(results: &Results) -> Vec<Share> {
    let all = results.proofs.len().max(1);
    let mut before = 0;
    let shares = FATES.map(|(verdict, fate)| {
        let count = results
            .proofs
            .iter()
            .filter(|proof| proof.verdict == verdict)
            .count();
        let start = before * 1000 / all;
        before += count;
        Share {
            fate,
            count,
            start,
            length: before * 1000 / all - start,
        }
    });
    shares.into()
}

/// Every socket by file; `leaks` are the names of the findings by place.
pub(super) fn files(
    results: &Results,
    sources: &Sources,
    leaks: &HashMap<Span, String>,
) -> Vec<File> {
    let mut files: Vec<(FileId, File)> = Vec::new();
    for proof in &results.proofs {
        let Some(source) = sources.get(proof.span.file) else {
            continue;
        };
        let fate = FATES.iter().find(|(verdict, _)| *verdict == proof.verdict);
        let row = Row {
            line: source.lines.position(proof.span.lo as usize).line,
            by: plain(&proof.acquired_by),
            function: path(&proof.function),
            fate: fate.map_or(FATES[2].1, |(_, fate)| *fate),
            words: verdict(proof.verdict),
            reason: match proof.verdict {
                // Only here does it say more than the words.
                Verdict::Escaped => prose(&proof.reason),
                _ => Html::default(),
            },
            finding: leaks.get(&proof.span).cloned(),
        };
        match files.last_mut() {
            Some((file, last)) if *file == proof.span.file => last.rows.push(row),
            _ => files.push((
                proof.span.file,
                File {
                    path: path(source.path),
                    rows: vec![row],
                },
            )),
        }
    }
    files.into_iter().map(|(_, file)| file).collect()
}

/// A function that was too large to follow to the end.
pub(super) struct CutShort {
    /// Its path.
    pub(super) function: Html,
    /// The file.
    pub(super) path: Html,
    /// Where in it.
    pub(super) line: usize,
}

/// All functions that were too large to follow to the end.
pub(super) fn cut_short(results: &Results, sources: &Sources) -> Vec<CutShort> {
    let found = results.cut_short.iter().filter_map(|(function, span)| {
        let source = sources.get(span.file)?;
        Some(CutShort {
            function: path(function),
            path: path(source.path),
            line: source.lines.position(span.lo as usize).line,
        })
    });
    found.collect()
}
