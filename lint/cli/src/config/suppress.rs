//! `[[allow]]`: findings that the configuration answers for.
//!
//! They count after the suppressions in the source. One that covers nothing is reported at its place, but only if all
//! that it could cover was checked: the files that its glob matches on the disk, or the crate that its function's path
//! begins with. So a run for one file or package says nothing of the others.

use std::collections::HashMap;
use std::path::Path;

use socklint_analysis::{FileId, Finding, Span};

use super::file::Allow;
use super::{Config, Layer, Scope};
use crate::inputs::{Extent, Inputs};

/// What became of findings.
pub(crate) struct Applied {
    /// Those that nothing covers.
    pub(crate) kept: Vec<Finding>,
    /// How many of those that were asked for are covered.
    pub(crate) suppressed: usize,
    /// What is wrong with the suppressions.
    pub(crate) notices: Vec<Notice>,
}

/// Something wrong with a suppression.
pub(crate) struct Notice {
    /// Where it stands.
    pub(crate) span: Span,
    /// Whose levels say how it is reported.
    pub(crate) scope: Scope,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do.
    pub(crate) help: &'static str,
}

/// One suppression and what it met.
struct Tried<'a> {
    layer: &'a Layer,
    allow: &'a Allow,
    span: Span,
    /// For each of its rules and groups.
    met: Vec<Met>,
}

#[derive(Copy, Clone, Default)]
struct Met {
    used: bool,
    overruled: bool,
}

/// Sorts `kept` by whether the configuration covers them; the author has answered for `answered` already.
pub(crate) fn apply(
    inputs: &Inputs,
    kept: Vec<Finding>,
    answered: &[Finding],
    forbidden: impl Fn(&Finding) -> bool,
) -> Applied {
    let config = &inputs.config;
    let mut all = tried(config, inputs);
    let mut applied = Applied {
        kept: Vec::new(),
        suppressed: 0,
        notices: Vec::new(),
    };
    if all.is_empty() {
        applied.kept = kept;
        return applied;
    }
    // A file of two targets has each finding twice, in functions of two crates.
    let mut functions: HashMap<(&str, Span), Vec<String>> = HashMap::new();
    for finding in kept.iter().chain(answered) {
        let twins = functions
            .entry((finding.rule.name, finding.primary))
            .or_default();
        twins.push(finding.function.clone());
    }
    let mut cover = |finding: &Finding| {
        let twins = functions.get(&(finding.rule.name, finding.primary));
        let twins = twins.map(Vec::as_slice).unwrap_or_default();
        let mut covered = false;
        for tried in &mut all {
            covered |= tried.cover(inputs, finding, twins, forbidden(finding));
        }
        covered
    };
    for finding in answered {
        cover(finding);
    }
    let mut counted = Vec::new();
    for finding in kept {
        let place = (finding.rule.name, finding.primary);
        if !cover(&finding) {
            applied.kept.push(finding);
        } else if inputs.is_shown(finding.primary.file) && !counted.contains(&place) {
            counted.push(place);
        }
    }
    applied.suppressed = counted.len();
    let extent = Extent::of(inputs);
    applied.notices = all
        .iter()
        .filter_map(|tried| tried.notice(inputs, &extent))
        .collect();
    applied
}

fn tried<'a>(config: &'a Config, inputs: &Inputs) -> Vec<Tried<'a>> {
    let mut all = Vec::new();
    for layer in &config.layers {
        for allow in &layer.file.allow {
            let range = allow.span();
            all.push(Tried {
                layer,
                allow: allow.get_ref(),
                span: Span {
                    file: inputs.file_of_settings(layer.source),
                    lo: range.start as u32,
                    hi: range.end as u32,
                },
                met: vec![Met::default(); allow.get_ref().rule.0.len()],
            });
        }
    }
    all
}

impl Tried<'_> {
    fn cover(
        &mut self,
        inputs: &Inputs,
        finding: &Finding,
        twins: &[String],
        forbidden: bool,
    ) -> bool {
        let mut covered = false;
        for (name, met) in self.allow.rule.0.iter().zip(&mut self.met) {
            let covers = name.0.selects(finding.rule)
                && reaches(inputs, self.layer, finding.primary.file)
                && is_in_path(inputs, self.layer, self.allow, finding.primary.file)
                && self
                    .allow
                    .function
                    .as_ref()
                    .is_none_or(|function| twins.iter().any(|twin| is_in(twin, &function.0)));
            met.overruled |= covers && forbidden;
            met.used |= covers && !forbidden;
            covered |= covers && !forbidden;
        }
        covered
    }

    fn notice(&self, inputs: &Inputs, extent: &Extent) -> Option<Notice> {
        let names = |wanted: fn(&Met) -> bool| {
            let all = self.allow.rule.0.iter().zip(&self.met);
            let names = all
                .filter(|(_, met)| wanted(met))
                .map(|(name, _)| format!("`{}`", name.1));
            Some(names.collect::<Vec<_>>().join(", ")).filter(|names| !names.is_empty())
        };
        let notice = |message: String, help| {
            Some(Notice {
                span: self.span,
                scope: self.layer.scope,
                message,
                help,
            })
        };
        if let Some(names) = names(|met| met.overruled && !met.used) {
            return notice(
                format!("{names} is forbidden and cannot be suppressed"),
                "correct what it finds, or lower the level from forbid to deny",
            );
        }
        let names = names(|met| !met.used)?;
        if !self.was_checked(inputs, extent) {
            return None;
        }
        notice(
            format!("this suppression of {names} suppresses nothing"),
            "remove it: it would hide the next finding there",
        )
    }

    /// Whether all that it could cover was checked.
    fn was_checked(&self, inputs: &Inputs, extent: &Extent) -> bool {
        match (&self.allow.path, &self.allow.function) {
            (Some(glob), _) => {
                let folder = &self.layer.folder;
                extent.all_checked(folder, |path| {
                    glob.matches(path) && !inputs.config.excludes(&folder.join(path))
                })
            }
            (None, Some(function)) => {
                extent.crate_checked(function.0.split("::").next().unwrap_or(""))
            }
            (None, None) => false,
        }
    }
}

/// Whether a layer holds for a file.
fn reaches(inputs: &Inputs, layer: &Layer, file: FileId) -> bool {
    let mut layers = inputs.config.layers(inputs.scope(file));
    layers.any(|other| std::ptr::eq(other, layer))
}

fn is_in_path(inputs: &Inputs, layer: &Layer, allow: &Allow, file: FileId) -> bool {
    let Some(glob) = &allow.path else {
        return true;
    };
    let path = inputs.absolute(file);
    let below = path.strip_prefix(&layer.folder);
    below.is_ok_and(|path: &Path| glob.matches(path))
}

/// Whether a function is the one that is named, or lies in it.
fn is_in(function: &str, named: &str) -> bool {
    let inner = match named.strip_prefix("crate::") {
        Some(named) => function
            .split_once("::")
            .and_then(|(_, path)| path.strip_prefix(named)),
        None => function.strip_prefix(named),
    };
    inner.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
