//! Source text in, socket lifecycle findings out.
//!
//! The rooms of the pipeline, in order:
//!
//! | room | from | to |
//! | --- | --- | --- |
//! | [`select`] | text | does this file matter? |
//! | [`syntax`] | text | `syn::File`, with `cfg` evaluated for the target |
//! | [`expand`] | macro invocations | what they stand for |
//! | `names` | files | an index of items |
//! | `model` | a canonical path | what the function does to sockets |
//! | [`lower`] | a function's body | [`mir`] |
//! | `flow` | bodies and the index | what happens to every socket on every path |
//! | [`rules`] | what happened | findings |
//! | `fixes` | findings and the index | what would mend them; only for who asks |
//!
//! Pure: no files, no printing, no global state.
#![deny(missing_docs)]

mod calls;
pub mod expand;
mod fixes;
mod flow;
mod input;
pub mod lower;
pub mod mir;
mod model;
mod names;
mod report;
pub mod rules;
pub mod select;
mod span;
pub mod suppress;
pub mod syntax;

use std::ops::ControlFlow;

pub use calls::{Role, WinsockCall};
pub use input::{CfgOptions, CrateInput, Input, Opens, SourceFile, StatedContract, Target};
pub use report::{
    Applicability, Coverage, Edit, FileCoverage, FileError, Finding, Fix, Report, SocketProof,
    Step, Verdict,
};
pub use span::{FileId, Span};

/// Looks on while an analysis runs.
pub trait Watch {
    /// `done` of `of` functions have been followed; `of` may still grow. The analysis ends early if
    /// this breaks.
    fn at(&self, done: usize, of: usize) -> ControlFlow<()>;

    /// A part of it is analysed once more, to try fixes; called often. The analysis ends early if this breaks.
    fn again(&self) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    /// The function of this path is followed next.
    fn enters(&self, _function: &str) {}
}

/// Looks away.
impl Watch for () {
    fn at(&self, _done: usize, _of: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

/// Analyses everything in `input`.
pub fn analyze(input: &Input) -> Report {
    analyze_watched(input, &()).unwrap_or_default()
}

/// Analyses everything in `input`; `None` if `watch` ended it early.
pub fn analyze_watched(input: &Input, watch: &dyn Watch) -> Option<Report> {
    let (names, direct) = indexed(input);
    flow::analyze(input, &names, &direct, watch)
}

/// The index of `input`, and for each file whether its functions are followed for their own sake.
fn indexed(input: &Input) -> (names::Names<'_>, Vec<bool>) {
    expand::reset_names();
    let selection = select::select(input);
    let names = names::Names::collect(input, selection.parse);
    (names, selection.direct)
}

/// Analyses everything in `input`, with the fixes of what is found; `None` if `watch` ended it early.
pub fn analyze_with_fixes(input: &Input, watch: &dyn Watch) -> Option<Report> {
    let (names, direct) = indexed(input);
    let mut report = flow::analyze(input, &names, &direct, watch)?;
    fixes::add(input, names, &mut report, watch)?;
    Some(report)
}

/// Adds the fixes of what is found to `report`, which [`analyze_watched`] made of the same `input`; `None` if
/// `watch` ended it early. For who shows findings before it is known what mends them.
pub fn add_fixes(input: &Input, report: &mut Report, watch: &dyn Watch) -> Option<()> {
    if report.findings.is_empty() {
        return Some(());
    }
    fixes::add(input, indexed(input).0, report, watch)
}

/// Analyses everything in `input`, and says which calls in it are Winsock's.
pub fn analyze_with_calls(input: &Input) -> (Report, Vec<WinsockCall>) {
    let (names, direct) = indexed(input);
    let report = flow::analyze(input, &names, &direct, &()).unwrap_or_default();
    (report, calls::collect(input, &names))
}
