//! What a configuration may say: the types that it is read into, and that its schema is made from.
//!
//! Names, globs and paths are checked as they are read, so that an error has the place of the word that is wrong.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use socklint_analysis::Target;
use socklint_analysis::rules::Level;
use toml::Spanned;

use super::values::{FunctionPath, Glob, Name, OneOrMany, Reason, RuleName, Triple};

/// The settings of a project, or of one of its packages.
#[derive(Deserialize, Default)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "socklint.toml"))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct File {
    /// The level of rules and of groups of rules. A rule's own level counts for more than its group's.
    pub(crate) rules: BTreeMap<Name, Setting>,
    /// Findings that are not reported, and why.
    #[cfg_attr(test, schemars(with = "Vec<Allow>"))]
    pub(crate) allow: Vec<Spanned<Allow>>,
    /// Files whose findings are not reported: globs of paths from the folder of this file. A folder
    /// stands for all that is in it.
    pub(crate) exclude: Vec<Glob>,
    /// What functions of crates that are not read do with a socket.
    #[cfg_attr(test, schemars(with = "Vec<Contract>"))]
    pub(crate) contract: Vec<Spanned<Contract>>,
    /// The target to check for, such as `aarch64-pc-windows-msvc`.
    pub(crate) target: Option<Triple>,
    /// The features that are on.
    pub(crate) features: Option<Vec<String>>,
    /// Whether all features are on.
    pub(crate) all_features: Option<bool>,
    /// Whether the default features are off.
    pub(crate) no_default_features: Option<bool>,
    /// Whether tests, examples and benchmarks are checked too, and code for tests.
    pub(crate) all_targets: Option<bool>,
    /// Whether the dependencies are checked too. A setting of the whole workspace.
    #[cfg_attr(test, schemars(with = "Option<bool>"))]
    pub(crate) deps: Option<Spanned<bool>>,
    /// The file that counts the findings that are left out; from the folder of this file. A setting of
    /// the whole workspace.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub(crate) baseline: Option<Spanned<String>>,
}

/// A level, and perhaps why.
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub(crate) enum Setting {
    /// The level alone.
    Plain(StatedLevel),
    /// The level with a reason.
    WithReason(LevelWithReason),
}

/// A level, and why.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelWithReason {
    /// What happens when the rule finds something.
    pub(crate) level: StatedLevel,
    /// Why.
    pub(crate) reason: Option<Reason>,
}

/// What happens when a rule finds something.
#[derive(Copy, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum StatedLevel {
    /// Nothing.
    Allow,
    /// It is reported.
    Warn,
    /// It is reported and the run fails.
    Deny,
    /// Like deny, and nothing may suppress or lower it.
    Forbid,
}

/// Findings that are not reported.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(extend("anyOf" = [{"required": ["path"]}, {"required": ["function"]}])))]
#[serde(deny_unknown_fields)]
pub(crate) struct Allow {
    /// Of this rule or group, or of these.
    pub(crate) rule: OneOrMany<RuleName>,
    /// In the files that this glob matches, from the folder of this file.
    pub(crate) path: Option<Glob>,
    /// In this function and what is in it: its path from the crate's name, or from `crate`. A type or a
    /// module stands for all of its functions.
    pub(crate) function: Option<FunctionPath>,
    /// Why they are not reported.
    pub(crate) reason: Reason,
}

/// What a function that is not among the sources does with a socket.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct Contract {
    /// Its path, from the crate's name: `pool::give_back`.
    pub(crate) function: FunctionPath,
    /// How its result has the socket that it opens.
    pub(crate) opens: Option<Opens>,
    /// The parameters, from 0, whose sockets are closed when it returns.
    #[serde(default)]
    pub(crate) closes: OneOrMany<usize>,
    /// Those whose sockets stay the caller's to close.
    #[serde(default)]
    pub(crate) borrows: OneOrMany<usize>,
    /// Those whose sockets are somebody else's from then on.
    #[serde(default)]
    pub(crate) takes: OneOrMany<usize>,
}

/// How a result has a socket.
#[derive(Copy, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Opens {
    /// It is the descriptor.
    Socket,
    /// It is a `Result` of the descriptor.
    Result,
    /// It is an `Option` of the descriptor.
    Option,
}

impl fmt::Display for Allow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules: Vec<&str> = self.rule.0.iter().map(|rule| rule.1).collect();
        let path = self.path.as_ref().map(|path| path.text.as_str());
        let places = path
            .into_iter()
            .chain(self.function.as_ref().map(|path| path.0.as_str()));
        let places: Vec<&str> = places.collect();
        write!(
            out,
            "{} in {}: {}",
            rules.join(", "),
            places.join(", "),
            self.reason.0
        )
    }
}

impl Setting {
    /// The level.
    pub(crate) fn level(&self) -> Level {
        let stated = match self {
            Setting::Plain(level) => *level,
            Setting::WithReason(stated) => stated.level,
        };
        match stated {
            StatedLevel::Allow => Level::Allow,
            StatedLevel::Warn => Level::Warn,
            StatedLevel::Deny => Level::Deny,
            StatedLevel::Forbid => Level::Forbid,
        }
    }

    /// Why, if that is said.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self {
            Setting::Plain(_) => None,
            Setting::WithReason(stated) => stated.reason.as_ref().map(|reason| reason.0.as_str()),
        }
    }
}

impl File {
    /// Adds what another part of the same file says.
    pub(super) fn add(&mut self, mut part: File) {
        self.rules.append(&mut part.rules);
        self.allow.append(&mut part.allow);
        self.exclude.append(&mut part.exclude);
        self.contract.append(&mut part.contract);
        let target = &mut self.target;
        *target = part.target.or(target.take());
        self.features = part.features.or(self.features.take());
        self.all_features = part.all_features.or(self.all_features);
        self.no_default_features = part.no_default_features.or(self.no_default_features);
        self.all_targets = part.all_targets.or(self.all_targets);
        self.deps = part.deps.or(self.deps.take());
        self.baseline = part.baseline.or(self.baseline.take());
    }

    /// The target to check for.
    pub(crate) fn target(&self) -> Option<&Target> {
        self.target.as_ref().map(|triple| &triple.0)
    }
}
