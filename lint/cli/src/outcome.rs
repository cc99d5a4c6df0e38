//! What is reported: findings at their levels, faulty suppressions, and what could not be checked.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::path::PathBuf;

use socklint_analysis::rules::{Level, Rule};
use socklint_analysis::suppress::{self, NoticeKind, StatedLevel};
use socklint_analysis::{FileId, Finding, Fix, Report, Span, Step};

use crate::baseline::{Counted, Known, NewBaseline};
use crate::config;
use crate::config::Scope;
use crate::inputs::Inputs;
use crate::levels::Levels;
use crate::problem::Problem;
use crate::remarks::{Remark, STALE_BASELINE, SUPPRESSION_WITHOUT_REASON, UNUSED_SUPPRESSION};

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
    /// How many are in the baseline.
    pub(crate) known: usize,
    /// A baseline that is to be written.
    pub(crate) baseline: Option<NewBaseline>,
}

impl Outcome {
    /// Applies levels and suppressions to `report`.
    pub(crate) fn new(inputs: &Inputs, report: &Report, levels: &Levels) -> Self {
        let scoped = inputs.config.levels(levels);
        let levels = |file: FileId| scoped.of(inputs.scope(file));
        let forbidden =
            |finding: &Finding| levels(finding.primary.file).of(finding.rule) == Level::Forbid;
        let applied = suppress::apply(&inputs.input, report, forbidden);
        let stated = suppress::stated_levels(&inputs.input);
        let shown = |file: FileId| inputs.is_shown(file);
        let configured =
            config::suppress::apply(inputs, applied.kept, &applied.suppressed, forbidden);
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut seen = HashSet::new();
        let mut known = Counted::new(inputs);
        for finding in configured.kept {
            if !shown(finding.primary.file) || !seen.insert((finding.rule.name, finding.primary)) {
                continue;
            }
            let level = level_of(&finding, &stated, levels(finding.primary.file));
            let Some(severity) = Severity::of(level) else {
                continue;
            };
            let surplus = match known.count(&finding, level) {
                Known::Yes => continue,
                Known::No => None,
                Known::Surplus(note) => Some(note),
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
                help: Some(match surplus {
                    Some(note) => format!("{}; {note}", finding.help),
                    None => finding.help,
                }),
                fixes: finding.fixes,
                function: finding.function,
            });
        }
        let suppressed = applied
            .suppressed
            .iter()
            .filter(|finding| shown(finding.primary.file))
            .count();
        let notices = applied.notices.into_iter();
        for notice in notices.filter(|notice| shown(notice.span.file)) {
            let kind = match notice.kind {
                NoticeKind::Wrong => &UNUSED_SUPPRESSION,
                NoticeKind::WithoutReason => &SUPPRESSION_WITHOUT_REASON,
            };
            let text = (notice.message, notice.help);
            diagnostics.extend(remark(levels(notice.span.file), kind, notice.span, text));
        }
        for notice in configured.notices {
            let levels = scoped.of(notice.scope);
            let text = (notice.message, notice.help.to_owned());
            diagnostics.extend(remark(levels, &UNUSED_SUPPRESSION, notice.span, text));
        }
        let known = known.finish(|file, rule| levels(file).of(rule));
        for stale in known.stale {
            let levels = scoped.of(Scope::default());
            let text = (stale.message, stale.help);
            diagnostics.extend(remark(levels, &STALE_BASELINE, stale.span, text));
        }
        diagnostics.extend(faults(inputs));
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
        let mut outcome = Outcome {
            diagnostics,
            suppressed: suppressed + configured.suppressed,
            known: known.count,
            baseline: known.new,
        };
        outcome.add_problems(&inputs.problems);
        outcome
    }

    /// Reports what could not be read or written, too.
    pub(crate) fn add_problems(&mut self, problems: &[Problem]) {
        self.diagnostics.extend(problems.iter().map(|problem| {
            not_checked(Place::Path(problem.path.clone()), problem.message.clone())
        }));
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

/// What is reported of a suppression or a baseline, unless that is at allow.
fn remark(
    levels: &Levels,
    remark: &Remark,
    span: Span,
    (message, help): (String, String),
) -> Option<Diagnostic> {
    Some(Diagnostic {
        severity: Severity::of(levels.of_remark(remark))?,
        code: Some(remark.name),
        help: Some(help),
        ..not_checked(Place::Span(span), message)
    })
}

/// What is wrong with the settings and the baseline.
fn faults(inputs: &Inputs) -> impl Iterator<Item = Diagnostic> {
    let settings = inputs.config.faults.iter();
    let settings = settings
        .map(|(source, span, message)| (inputs.file_of_settings(*source), span.clone(), message));
    let baseline = inputs.baseline.faults.iter();
    let baseline = baseline
        .map(|(source, span, message)| (inputs.file_of_baseline(*source), span.clone(), message));
    settings.chain(baseline).map(|(file, span, message)| {
        let span = Span {
            file,
            lo: span.start as u32,
            hi: span.end as u32,
        };
        not_checked(Place::Span(span), message.clone())
    })
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
