//! What is reported beside the findings of rules: of suppressions, and of a baseline.
//!
//! A remark has a name and a level like a rule, and no more: no group, no reference, no fix. Everything that
//! lists the rules lists these behind them.

use socklint_analysis::rules::Level;

/// One kind of remark.
pub(crate) struct Remark {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its level unless one is set.
    pub(crate) level: Level,
    /// What it finds, in a line.
    pub(crate) summary: &'static str,
    /// What it means and what to do.
    pub(crate) text: &'static str,
}

/// Of suppressions that do not do what they say.
pub(crate) const UNUSED_SUPPRESSION: Remark = Remark {
    name: "unused_suppression",
    level: Level::Warn,
    summary: "a suppression is wrong or suppresses nothing",
    text: "A suppression that suppresses nothing, names no rule or is not understood does not do what its author \
           meant, and would hide the next fault. Take it away, or put it on the line or the item of the finding, \
           with the rule's name.",
};

/// Of suppressions that do not say why.
pub(crate) const SUPPRESSION_WITHOUT_REASON: Remark = Remark {
    name: "suppression_without_reason",
    level: Level::Allow,
    summary: "a suppression in the source gives no reason",
    text: "Whoever reads a suppression later has to know why it is right. A comment gives the reason behind `--`, \
           an attribute as `reason = \"..\"` behind the rule. In a configuration each suppression has one.",
};

/// Of baselines that count too much.
pub(crate) const STALE_BASELINE: Remark = Remark {
    name: "stale_baseline",
    level: Level::Warn,
    summary: "a baseline counts more than is found",
    text: "What a baseline counts and is not there any more was corrected, moved or renamed, and would hide the next \
           finding of the same rule in that function. `cargo socklint --write-baseline` brings it up to date.",
};

/// All of them.
pub(crate) static ALL: [Remark; 3] = [
    UNUSED_SUPPRESSION,
    SUPPRESSION_WITHOUT_REASON,
    STALE_BASELINE,
];

/// The one of that name.
pub(crate) fn by_name(name: &str) -> Option<&'static Remark> {
    ALL.iter().find(|remark| remark.name == name)
}
