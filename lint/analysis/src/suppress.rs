//! Findings that the author of the code has answered for.
//!
//! Where a suppression stands says what it covers:
//!
//! - `// socklint: allow(rule) -- reason` behind code: that line;
//! - the same on a line of its own: the item, statement, match arm or field below it;
//! - `//! socklint: allow(rule)`: the file, or the block that it opens;
//! - `#[cfg_attr(any(), socklint::allow(rule, reason = ".."))]` and `#[socket_lifecycle(allow(rule))]`,
//!   which may give a reason in the same way: the item or statement that they stand on, and with `#!` the
//!   block that they open.
//!
//! `any()` is never true, so the compiler drops that attribute unread. A
//! suppression that suppresses nothing is a [`Notice`]: it would hide the next fault. So is one without a
//! reason, for those who ask for reasons.

mod place;
pub(crate) mod scan;

use std::ops::Range;

use crate::report::{FileError, Finding};
use crate::rules::{self, Group, Level, Rule};
use crate::span::{FileId, Span};
use crate::{Input, Report, select};
pub use place::{CommentPlace, comment_place};
use scan::Scanned;

/// A rule, or all rules of a group, by name.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// One rule.
    Rule(&'static Rule),
    /// The rules of a group.
    Group(Group),
}

impl Selector {
    /// Reads `unclosed_socket`, `unclosed-socket`, `socklint::unclosed_socket` or `correctness`.
    pub fn parse(name: &str) -> Option<Selector> {
        let name = name.strip_prefix("socklint::").unwrap_or(name);
        let name = name.replace('-', "_");
        rules::by_name(&name).map(Selector::Rule).or_else(|| {
            let mut groups = Group::ALL.into_iter();
            groups
                .find(|group| group.name() == name)
                .map(Selector::Group)
        })
    }

    /// Whether `rule` is meant.
    pub fn selects(self, rule: &Rule) -> bool {
        match self {
            Selector::Rule(selected) => selected == rule,
            Selector::Group(group) => rule.group == group,
        }
    }
}

/// What became of the findings.
#[derive(Debug, Default)]
pub struct Suppressed {
    /// Findings that no suppression covers, in their order.
    pub kept: Vec<Finding>,
    /// Findings that one covers.
    pub suppressed: Vec<Finding>,
    /// What is wrong with the suppressions themselves, by file and position.
    pub notices: Vec<Notice>,
}

/// What a notice is about.
#[derive(Debug, Copy, Clone, PartialEq, Eq)]
pub enum NoticeKind {
    /// The suppression does not do what it says.
    Wrong,
    /// It does not say why.
    WithoutReason,
}

/// Something wrong with a suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub kind: NoticeKind,
    /// The suppression.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// One suppression as it was written.
struct Suppression {
    span: Span,
    covers: Range<usize>,
    allows: Vec<Allow>,
}

/// One name in a suppression.
struct Allow {
    name: String,
    selector: Option<Selector>,
    /// Whether it is said why.
    reason: bool,
    used: bool,
    overruled: bool,
}

/// Sorts the findings of `report` by whether a suppression in `input` covers
/// them. Findings that are `forbidden` are always kept.
pub fn apply(input: &Input, report: &Report, forbidden: impl Fn(&Finding) -> bool) -> Suppressed {
    let mut result = Suppressed::default();
    let mut by_file: Vec<Vec<Suppression>> = Vec::with_capacity(input.files.len());
    let mut reported = vec![false; input.files.len()];
    for krate in input.crates.iter().filter(|krate| krate.report) {
        for &file in &krate.files {
            reported[file] = true;
        }
    }
    for (index, file) in input.files.iter().enumerate() {
        let id = FileId(index as u32);
        let mut malformed = Vec::new();
        by_file.push(match reported[index] {
            true => suppressions(id, &file.text, &mut malformed),
            false => Vec::new(),
        });
        result.notices.append(&mut malformed);
    }
    for finding in &report.findings {
        let covering = by_file
            .get_mut(finding.primary.file.0 as usize)
            .is_some_and(|here| covered(here, finding, &forbidden));
        let list = match covering {
            true => &mut result.suppressed,
            false => &mut result.kept,
        };
        list.push(finding.clone());
    }
    for (index, suppressions) in by_file.iter().enumerate() {
        let id = FileId(index as u32);
        let reasons = suppressions.iter().filter_map(Suppression::without_reason);
        result.notices.extend(reasons);
        // Nothing else is known about a file that could not be analysed, or that no crate declares.
        let unknown = || failed(&report.errors, id) || is_undeclared(input, report, index);
        if !suppressions.is_empty() && !unknown() {
            result
                .notices
                .extend(suppressions.iter().filter_map(Suppression::notice));
        }
    }
    result
        .notices
        .sort_by_key(|notice| (notice.span.file, notice.span.lo));
    result
}

/// Whether the file is worth parsing, but was not reached from the root of a crate.
fn is_undeclared(input: &Input, report: &Report, file: usize) -> bool {
    let covered = report.by_file.get(file);
    covered.is_some_and(|covered| !covered.parsed) && select::speaks_of_sockets(input, file)
}

fn failed(errors: &[FileError], file: FileId) -> bool {
    errors.iter().any(|error| error.file == file)
}

/// Marks every suppression that covers `finding`.
fn covered(
    here: &mut [Suppression],
    finding: &Finding,
    forbidden: &impl Fn(&Finding) -> bool,
) -> bool {
    let primary = finding.primary.range();
    let mut covered = false;
    for suppression in here {
        if primary.start >= suppression.covers.end || primary.end <= suppression.covers.start {
            continue;
        }
        for allow in &mut suppression.allows {
            if !allow.selector.is_some_and(|s| s.selects(finding.rule)) {
                continue;
            }
            if forbidden(finding) {
                allow.overruled = true;
            } else {
                allow.used = true;
                covered = true;
            }
        }
    }
    covered
}

impl Suppression {
    fn notice(&self) -> Option<Notice> {
        let notice = |message: String, help: &str| {
            Some(Notice {
                kind: NoticeKind::Wrong,
                span: self.span,
                message,
                help: help.to_owned(),
            })
        };
        let unknown = names(self.allows.iter().filter(|a| a.selector.is_none()));
        if !unknown.is_empty() {
            return notice(
                format!("no rule or group is called {unknown}"),
                "`cargo socklint rules` lists the names",
            );
        }
        let overruled = names(self.allows.iter().filter(|a| a.overruled && !a.used));
        if !overruled.is_empty() {
            return notice(
                format!("{overruled} is forbidden and cannot be suppressed"),
                "correct what it finds, or lower the level from forbid to deny",
            );
        }
        let unused = names(self.allows.iter().filter(|a| !a.used));
        if !unused.is_empty() {
            return notice(
                format!("this suppression of {unused} suppresses nothing"),
                "remove it: it would hide the next finding here",
            );
        }
        None
    }

    fn without_reason(&self) -> Option<Notice> {
        let unexplained = names(self.allows.iter().filter(|a| !a.reason));
        (!unexplained.is_empty()).then(|| Notice {
            kind: NoticeKind::WithoutReason,
            span: self.span,
            message: format!("this suppression of {unexplained} gives no reason"),
            help: "say why: behind `--` in a comment, as `reason = \"..\"` in an attribute"
                .to_owned(),
        })
    }
}

fn names<'a>(allows: impl Iterator<Item = &'a Allow>) -> String {
    let quoted: Vec<String> = allows.map(|allow| format!("`{}`", allow.name)).collect();
    quoted.join(", ")
}

/// All suppressions in one file.
fn suppressions(file: FileId, text: &str, malformed: &mut Vec<Notice>) -> Vec<Suppression> {
    if !text.contains("socklint") && !text.contains("socket_lifecycle") {
        return Vec::new();
    }
    let scanned = Scanned::new(text);
    let mut found = Vec::new();
    for comment in &scanned.line_comments {
        let comment = comment.clone();
        let span = span(
            file,
            &(comment.start..comment.start + text[comment.clone()].trim_end().len()),
        );
        let body = &text[comment.clone()][2..];
        let (inner, body) = match body.strip_prefix('!') {
            Some(body) => (true, body),
            None => (false, body),
        };
        let Some(directive) = body.trim().strip_prefix("socklint:") else {
            continue;
        };
        let Some(allows) = parse_directive(directive) else {
            malformed.push(Notice {
                kind: NoticeKind::Wrong,
                span,
                message: "this `socklint:` comment is not understood".to_owned(),
                help: "write `// socklint: allow(rule) -- reason`".to_owned(),
            });
            continue;
        };
        let line = scanned.line(comment.start);
        let covers = if inner {
            scanned.block_around(comment.start)
        } else if scanned.has_code(line.start..comment.start) {
            line
        } else {
            scanned.construct_after(comment.end).unwrap_or(0..0)
        };
        found.push(Suppression {
            span,
            covers,
            allows,
        });
    }
    for attribute in scanned.attributes() {
        let compact = scanned.compact(attribute.range.clone());
        let Some(allows) = parse_attribute(&compact) else {
            continue;
        };
        let covers = match attribute.inner {
            true => scanned.block_around(attribute.range.start),
            false => scanned.construct_after(attribute.range.end).unwrap_or(0..0),
        };
        found.push(Suppression {
            span: span(file, &attribute.range),
            covers,
            allows,
        });
    }
    found
}

fn span(file: FileId, range: &Range<usize>) -> Span {
    Span {
        file,
        lo: range.start as u32,
        hi: range.end as u32,
    }
}

/// `allow(a, b) -- reason`, the reason being free.
fn parse_directive(text: &str) -> Option<Vec<Allow>> {
    let list = text.trim_start().strip_prefix("allow")?.trim_start();
    let (list, rest) = list.strip_prefix('(')?.split_once(')')?;
    let rest = rest.trim();
    let reason = rest.strip_prefix("--").map(str::trim);
    (rest.is_empty() || reason.is_some())
        .then(|| allows(list, reason.is_some_and(|reason| !reason.is_empty())))
        .filter(|allows| !allows.is_empty())
}

/// The names in an attribute, which is [`Scanned::compact`].
fn parse_attribute(compact: &str) -> Option<Vec<Allow>> {
    let body = compact
        .trim_start_matches(['#', '!', '['])
        .trim_end_matches(']');
    let found = if body.starts_with("cfg_attr(any(),") {
        allowed_in(body, "socklint::allow(")
    } else {
        allowed_in(lifecycle_arguments(compact)?, "allow(")
    };
    Some(found).filter(|allows| !allows.is_empty())
}

/// The names in each `word(..)` among an attribute's arguments.
fn allowed_in(arguments: &str, word: &str) -> Vec<Allow> {
    lists_in(arguments, word)
        .flat_map(|(names, reason)| allows(&names, reason))
        .collect()
}

/// The names in each `word(..)` among an attribute's arguments, and whether there is a reason for them.
fn lists_in<'a>(arguments: &'a str, word: &'a str) -> impl Iterator<Item = (String, bool)> + 'a {
    let found = arguments.match_indices(word);
    // An argument of its own, not the end of a longer name.
    let own = found.filter(move |&(at, _)| at == 0 || arguments[..at].ends_with(','));
    own.map(move |(at, word)| {
        let list = arguments[at + word.len()..].split(')').next().unwrap_or("");
        let (reasons, names): (Vec<&str>, Vec<&str>) = list
            .split(',')
            .partition(|part| part.starts_with("reason="));
        let reason = reasons.iter().any(|reason| *reason != "reason=\"\"");
        (names.join(","), reason)
    })
}

/// A level that `#[socket_lifecycle(warn(rule))]` or `deny(rule)` sets for an item.
#[derive(Clone, Debug)]
pub struct StatedLevel {
    /// The item.
    pub item: Span,
    /// The rules.
    pub selector: Selector,
    /// Their level.
    pub level: Level,
}

/// The levels that attributes set, in all files.
pub fn stated_levels(input: &Input) -> Vec<StatedLevel> {
    let mut found = Vec::new();
    for (index, file) in input.files.iter().enumerate() {
        let text = &file.text;
        if !text.contains("socket_lifecycle") {
            continue;
        }
        let scanned = Scanned::new(text);
        for attribute in scanned.attributes() {
            let compact = scanned.compact(attribute.range.clone());
            let Some(arguments) = lifecycle_arguments(&compact) else {
                continue;
            };
            let Some(covers) = scanned.construct_after(attribute.range.end) else {
                continue;
            };
            for (word, level) in [("warn(", Level::Warn), ("deny(", Level::Deny)] {
                for (list, _) in lists_in(arguments, word) {
                    found.extend(Selector::parse(&list).map(|selector| StatedLevel {
                        item: span(FileId(index as u32), &covers),
                        selector,
                        level,
                    }));
                }
            }
        }
    }
    found
}

/// What stands in the parentheses of `#[socket_lifecycle(..)]`, which is [`Scanned::compact`].
fn lifecycle_arguments(compact: &str) -> Option<&str> {
    let body = compact
        .trim_start_matches(['#', '!', '['])
        .trim_end_matches(']');
    let (path, arguments) = body.split_once('(')?;
    (path.rsplit("::").next() == Some("socket_lifecycle")).then_some(arguments)
}

fn allows(list: &str, reason: bool) -> Vec<Allow> {
    let names = list.split(',').map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(|name| Allow {
            name: name.to_owned(),
            selector: Selector::parse(name),
            reason,
            used: false,
            overruled: false,
        })
        .collect()
}

#[cfg(test)]
mod tests;
