//! What the analysis is given. It opens no file itself.

use std::collections::BTreeSet;
use std::sync::Arc;

/// Everything that is analysed together.
#[derive(Default)]
pub struct Input {
    /// All source files; a [`FileId`](crate::FileId) is an index into this.
    pub files: Vec<SourceFile>,
    /// The crates (cargo targets, or loose files) that the files belong to.
    pub crates: Vec<CrateInput>,
    /// What is stated of functions that are not among the sources.
    pub contracts: Vec<StatedContract>,
    /// Files that are followed like all others, but do not count.
    pub excluded: BTreeSet<usize>,
}

impl Input {
    /// These crates, and all that they depend on, by index.
    pub fn with_dependencies(&self, crates: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let uses = |index: usize| {
            let krate = self.crates.get(index);
            let dependencies = krate.map_or(&[][..], |krate| &krate.dependencies);
            dependencies.iter().map(|&(_, on)| on)
        };
        reached(crates, uses)
    }

    /// These crates, and all that depend on them, by index.
    pub fn with_dependents(&self, crates: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.crates.len()];
        for (user, krate) in self.crates.iter().enumerate() {
            for &(_, on) in &krate.dependencies {
                users[on].push(user);
            }
        }
        reached(crates, |index| users[index].iter().copied())
    }
}

/// What is reached from `start` by the steps of `next`.
fn reached<I: Iterator<Item = usize>>(
    start: impl IntoIterator<Item = usize>,
    next: impl Fn(usize) -> I,
) -> BTreeSet<usize> {
    let mut reached: BTreeSet<usize> = start.into_iter().collect();
    let mut open: Vec<usize> = reached.iter().copied().collect();
    while let Some(index) = open.pop() {
        open.extend(next(index).filter(|&other| reached.insert(other)));
    }
    reached
}

/// What somebody states of a function: the same as `#[socket_lifecycle(..)]`, from outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedContract {
    /// The function's path, from the crate's name: `pool::sockets::retire`.
    pub function: String,
    /// How its result has the socket that it opens, if it opens one.
    pub opens: Option<Opens>,
    /// The parameters, from 0, whose sockets are closed when it returns.
    pub closes: Vec<usize>,
    /// Those whose sockets stay the caller's to close.
    pub borrows: Vec<usize>,
    /// Those whose sockets are somebody else's from then on.
    pub takes: Vec<usize>,
}

/// How a result has a socket.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Opens {
    /// It is the descriptor.
    Socket,
    /// It is a `Result` of the descriptor.
    Result,
    /// It is an `Option` of the descriptor.
    Option,
}

/// One source file.
pub struct SourceFile {
    /// The path that messages show; also what `mod` declarations are matched
    /// against, with `/` as separator.
    pub path: String,
    /// Its text.
    pub text: Arc<str>,
}

/// One crate: a cargo target, or a loose file.
pub struct CrateInput {
    /// The name by which other crates import it (`-` replaced by `_`).
    pub name: String,
    /// The edition: 2015, 2018, 2021, 2024.
    pub edition: u16,
    /// Index of the crate's root file.
    pub root: usize,
    /// Indices of the files below the root's folder, the root included. Files that no `mod`
    /// declaration reaches (for the target) are not part of the crate.
    pub files: Vec<usize>,
    /// The names under which this crate sees other crates of the input.
    pub dependencies: Vec<(String, usize)>,
    /// What `cfg` predicates are evaluated against.
    pub cfg: CfgOptions,
    /// Whether findings in this crate are reported (dependencies are only read).
    pub report: bool,
    /// A file without manifest: `mod` declarations that name no file are no error.
    pub loose: bool,
}

/// The configuration that `#[cfg(..)]` is evaluated against.
#[derive(Clone, Debug, Default)]
pub struct CfgOptions {
    /// The target triple's facts.
    pub target: Target,
    /// Features that are on. `None`: unknown, every feature counts as on.
    pub features: Option<BTreeSet<String>>,
    /// Whether code under `cfg(test)` is analysed too. Both `test` and `not(test)` are then active.
    pub test: bool,
}

/// What a target triple says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `x86_64`, `aarch64`, ..
    pub arch: String,
    /// `windows`, `linux`, ..
    pub os: String,
    /// `msvc`, `gnu`, or empty.
    pub env: String,
    /// `windows` or `unix`.
    pub family: String,
    /// 32 or 64.
    pub pointer_width: u8,
}

impl Default for Target {
    /// `x86_64-pc-windows-msvc`.
    fn default() -> Self {
        Target {
            arch: "x86_64".into(),
            os: "windows".into(),
            env: "msvc".into(),
            family: "windows".into(),
            pointer_width: 64,
        }
    }
}
