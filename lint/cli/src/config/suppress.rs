//! `[[allow]]`: findings that the configuration answers for.
//!
//! They count after the suppressions in the source. One that covers nothing is reported at its place, but only if all
//! that it could cover was checked: the files that its glob matches on the disk, or the crate that its function's path
//! begins with. So a run for one file or package says nothing of the others.

use socklint_analysis::{Finding, Span};

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
    let mut cover = |finding: &Finding| {
        let forbidden = forbidden(finding);
        let tried = all.iter_mut();
        tried.fold(false, |covered, tried| {
            covered | tried.cover(inputs, finding, forbidden)
        })
    };
    for finding in answered {
        cover(finding);
    }
    for finding in kept {
        match cover(&finding) {
            true => applied.suppressed += usize::from(inputs.is_shown(finding.primary.file)),
            false => applied.kept.push(finding),
        }
    }
    if all.iter().all(|tried| tried.met.iter().all(|met| met.used)) {
        return applied;
    }
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
    fn cover(&mut self, inputs: &Inputs, finding: &Finding, forbidden: bool) -> bool {
        if !self.is_place_of(inputs, finding) {
            return false;
        }
        let mut covered = false;
        for (name, met) in self.allow.rule.0.iter().zip(&mut self.met) {
            if name.0.selects(finding.rule) {
                met.overruled |= forbidden;
                met.used |= !forbidden;
                covered |= !forbidden;
            }
        }
        covered
    }

    fn is_place_of(&self, inputs: &Inputs, finding: &Finding) -> bool {
        let file = finding.primary.file;
        let mut layers = inputs.config.layers(inputs.scope(file));
        let folder = &self.layer.folder;
        layers.any(|layer| std::ptr::eq(layer, self.layer))
            && self.allow.path.as_ref().is_none_or(|glob| {
                let path = inputs.absolute(file);
                path.strip_prefix(folder)
                    .is_ok_and(|path| glob.matches(path))
            })
            && self
                .allow
                .function
                .as_ref()
                .is_none_or(|path| is_in(inputs, finding, &path.0))
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

/// Whether a finding's function is the one that is named, or lies in it. A file of two targets is reported once, so
/// the name of either is good.
fn is_in(inputs: &Inputs, finding: &Finding, named: &str) -> bool {
    let Some(((krate, named), (own, path))) = named
        .split_once("::")
        .zip(finding.function.split_once("::"))
    else {
        return false;
    };
    let file = finding.primary.file.0 as usize;
    let mut crates = inputs.input.crates.iter();
    let is_crate = krate == "crate"
        || krate == own
        || crates.any(|other| other.name == krate && other.report && other.files.contains(&file));
    let inner = path.strip_prefix(named);
    is_crate && inner.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}
