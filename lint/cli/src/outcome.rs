//! What is reported: findings at their levels, faulty suppressions, and what could not be checked.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use socklint_analysis::rules::{Level, Rule};
use socklint_analysis::suppress::{self, StatedLevel};
use socklint_analysis::{FileId, Finding, Fix, Report, Span, Step};

use crate::inputs::Inputs;
use crate::levels::{Levels, UNUSED_SUPPRESSION};

/// How bad it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// It decides the exit status.
    Error,
    /// It does not.
    Warning,
}

impl Severity {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }

    fn of(level: Level) -> Option<Severity> {
        match level {
            Level::Allow => None,
            Level::Warn => Some(Severity::Warning),
            Level::Deny | Level::Forbid => Some(Severity::Error),
        }
    }
}

/// Where something is reported.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// In a file that was read.
    Span(Span),
    /// At a path that could not be read.
    Path(PathBuf),
}

/// One thing that is reported.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// How bad it is.
    pub(crate) severity: Severity,
    /// The rule's name; `None` for what could not be checked.
    pub(crate) code: Option<&'static str>,
    /// The rule, if it is a finding of one.
    pub(crate) rule: Option<&'static Rule>,
    /// Where.
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) message: String,
    /// What to write beside the place.
    pub(crate) label: String,
    /// How it comes about.
    pub(crate) path: Vec<Step>,
    /// Where the same happens.
    pub(crate) others: Vec<Step>,
    /// What to do.
    pub(crate) help: Option<String>,
    /// Changes that would mend it; of several, any one does.
    pub(crate) fixes: Vec<Fix>,
    /// The function in which it was found, as `module::Type::name`; empty if it lies in none.
    pub(crate) function: String,
}

/// Everything that is reported.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// By file and position; what could not be read comes last.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How many findings are suppressed.
    pub(crate) suppressed: usize,
}

impl Outcome {
    /// Applies levels and suppressions to `report`.
    pub(crate) fn new(inputs: &Inputs, report: &Report, levels: &Levels) -> Self {
        let applied = suppress::apply(&inputs.input, report, |rule| {
            levels.of(rule) == Level::Forbid
        });
        let stated = suppress::stated_levels(&inputs.input);
        let shown = |file: FileId| inputs.shown.get(file.0 as usize).copied().unwrap_or(false);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut seen = HashSet::new();
        for finding in applied.kept {
            if !shown(finding.primary.file) || !seen.insert((finding.rule.name, finding.primary)) {
                continue;
            }
            let level = level_of(&finding, &stated, levels);
            let Some(severity) = Severity::of(level) else {
                continue;
            };
            diagnostics.push(Diagnostic {
                severity,
                code: Some(finding.rule.name),
                rule: Some(finding.rule),
                place: Place::Span(finding.primary),
                message: finding.message,
                label: finding.label,
                path: finding.path,
                others: finding.others,
                help: Some(finding.help),
                fixes: finding.fixes,
                function: finding.function,
            });
        }
        let suppressed = applied
            .suppressed
            .iter()
            .filter(|finding| shown(finding.primary.file))
            .count();
        if let Some(severity) = Severity::of(levels.unused_suppression()) {
            for notice in applied
                .notices
                .into_iter()
                .filter(|notice| shown(notice.span.file))
            {
                diagnostics.push(Diagnostic {
                    severity,
                    code: Some(UNUSED_SUPPRESSION),
                    rule: None,
                    place: Place::Span(notice.span),
                    message: notice.message,
                    label: String::new(),
                    path: Vec::new(),
                    others: Vec::new(),
                    help: Some(notice.help),
                    fixes: Vec::new(),
                    function: String::new(),
                });
            }
        }
        for error in report.errors.iter().filter(|error| shown(error.file)) {
            let start = Span {
                file: error.file,
                lo: 0,
                hi: 0,
            };
            let place = Place::Span(error.span.unwrap_or(start));
            diagnostics.push(not_checked(
                place,
                format!("this file cannot be checked: {}", error.message),
            ));
        }
        sort(&mut diagnostics);
        diagnostics.extend(inputs.problems.iter().map(|problem| {
            not_checked(Place::Path(problem.path.clone()), problem.message.clone())
        }));
        Outcome {
            diagnostics,
            suppressed,
        }
    }

    /// How many findings have the severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        let found = self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.is_some());
        found
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How many files and folders could not be checked.
    pub(crate) fn not_checked(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.code.is_none())
            .count()
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match (self.not_checked(), self.count(Severity::Error)) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        }
    }
}

/// By file and position; what has none comes last.
pub(crate) fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| match diagnostic.place {
        Place::Span(span) => (span.file, span.lo, diagnostic.code),
        Place::Path(_) => (FileId(u32::MAX), 0, None),
    });
}

/// The level of a finding: what the innermost attribute around it says, unless the command line forbids.
fn level_of(finding: &Finding, stated: &[StatedLevel], levels: &Levels) -> Level {
    let general = levels.of(finding.rule);
    let here = stated.iter().filter(|stated| {
        stated.item.contains(finding.primary) && stated.selector.selects(finding.rule)
    });
    // Of several at the same item the strictest decides.
    let innermost =
        here.min_by_key(|stated| (stated.item.hi - stated.item.lo, Reverse(stated.level)));
    match (general, innermost) {
        (Level::Forbid, _) | (_, None) => general,
        (_, Some(stated)) => stated.level,
    }
}

/// What could not be checked, as it is reported.
pub(crate) fn not_checked(place: Place, message: String) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code: None,
        rule: None,
        place,
        message,
        label: String::new(),
        path: Vec::new(),
        others: Vec::new(),
        help: None,
        fixes: Vec::new(),
        function: String::new(),
    }
}
