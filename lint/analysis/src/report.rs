//! What the analysis returns.

use crate::rules::Rule;
use crate::span::{FileId, Span};

/// The whole result.
#[derive(Clone, Default)]
pub struct Report {
    /// What was found, ordered by file, position and rule. Neither levels nor
    /// suppressions have been applied.
    pub findings: Vec<Finding>,
    /// Files that could not be analysed, and why.
    pub errors: Vec<FileError>,
    /// Every socket that was followed, and its fate.
    pub sockets: Vec<SocketProof>,
    /// Functions whose analysis was cut short because they grew too large, by path, and where they stand.
    pub cut_short: Vec<(String, Span)>,
    /// What was covered.
    pub coverage: Coverage,
    /// The same of each file of the input, by its index.
    pub by_file: Vec<FileCoverage>,
}

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// Where a programmer would change the code.
    pub primary: Span,
    /// One sentence, lower case, no full stop: what is wrong.
    pub message: String,
    /// What to write beside the primary span.
    pub label: String,
    /// How it comes about, in the order of execution. Each step is drawn as a numbered label.
    pub path: Vec<Step>,
    /// Other places with the same fault (the other exits on which the same socket leaks).
    pub others: Vec<Step>,
    /// What to do instead.
    pub help: String,
    /// Changes of the source that would mend it; of several, any one does.
    pub fixes: Vec<Fix>,
    /// The function (or closure) in which it was found, as `module::Type::name`.
    pub function: String,
    /// Spans of the enclosing items, innermost first (fn, impl, mod): a
    /// suppression on one of them applies.
    pub enclosing: Vec<Span>,
}

/// A step of a path, or another place, with its description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub span: Span,
    /// What happens there: ``"opened here"``, ``"`bind` fails and `?` returns"``.
    pub text: String,
}

/// A change of the source that mends a finding: all of its edits together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: ``close `s` before this return``.
    pub title: String,
    /// What to replace, by position; no two overlap, and all lie in one file.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without looking.
    pub applicability: Applicability,
}

/// A replacement of a part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty where something is only put in.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Who may apply a fix. The names are rustc's.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// A program: it does what the author meant.
    MachineApplicable,
    /// A person, who looks at it.
    MaybeIncorrect,
}

/// A file that could not be read as Rust.
#[derive(Debug, Clone)]
pub struct FileError {
    /// The file.
    pub file: FileId,
    /// Where in it, if known.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
}

/// What was proved of one place in the source that acquires a socket.
#[derive(Debug, Clone)]
pub struct SocketProof {
    /// The acquiring call.
    pub span: Span,
    /// The function in which it stands.
    pub function: String,
    /// What acquires: `socket`, `WSASocketW`, `accept`, `into_raw_socket`.
    pub acquired_by: String,
    /// Its fate over all paths.
    pub verdict: Verdict,
    /// Why, for people: "passed to `register`, which is not part of the analysed code".
    pub reason: String,
}

/// The fate of a socket over all paths of the code that was followed.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Closed on every path.
    Closed,
    /// Handed to an owner, a caller or a place that outlives the path, or closed, on every path.
    HandedOn,
    /// Passed to code that the analysis does not see on some path.
    Escaped,
    /// Never closed on some path.
    Leaks,
}

/// How much was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Files given.
    pub files: usize,
    /// Files that were parsed.
    pub parsed: usize,
    /// Functions, methods and closures that were followed.
    pub functions: usize,
    /// Functions whose analysis was cut short because they grew too large.
    pub cut_short: usize,
    /// Places that acquire a socket.
    pub sockets: usize,
    /// Of those: closed on all paths.
    pub closed: usize,
    /// Handed on.
    pub handed_on: usize,
    /// Escaped to code that is not seen.
    pub escaped: usize,
    /// Leaking.
    pub leaking: usize,
}

/// How much of a file was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileCoverage {
    /// Whether it was parsed.
    pub parsed: bool,
    /// Its functions, methods and closures that were followed.
    pub functions: usize,
    /// Those whose analysis was cut short.
    pub cut_short: usize,
}
