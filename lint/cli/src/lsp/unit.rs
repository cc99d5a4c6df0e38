//! One crate, analysed with all that it uses.
//!
//! An edit must cost no more than what it can change. So each crate is
//! analysed by itself: its own functions are followed for their own sake, those
//! of its dependencies where it calls them. A crate's report holds until a text
//! of the crate or of what it uses changes; what depends on an edited crate
//! has that crate's text among its own. A crate that speaks of no socket has no
//! unit.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use socklint_analysis::{
    CrateInput, FileId, Finding, Input, Report, SocketProof, SourceFile, Span, Step,
};

use crate::inputs::Inputs;

/// What is analysed at once.
pub(super) struct Unit {
    /// The same for the same crate after another plan.
    pub(super) key: String,
    /// The crate.
    pub(super) krate: usize,
    /// All crates: the one, and what it uses.
    crates: Vec<usize>,
    /// All files of these crates.
    files: Vec<usize>,
}

/// What came of a unit.
pub(super) struct Analysed {
    /// What the analysis was told beside the texts.
    shape: String,
    /// The texts, in the report's order.
    texts: Vec<(PathBuf, Arc<str>)>,
    /// The report; of a failed analysis it is empty.
    pub(super) report: Report,
    /// Whether it was looked for fixes.
    pub(super) is_mended: bool,
}

/// The units of a plan; `speaks`: for each file whether it speaks of sockets.
pub(super) fn units(inputs: &Inputs, speaks: &[bool]) -> Vec<Unit> {
    let crates = inputs.input.crates.iter().enumerate();
    let wanted = crates.filter(|(_, krate)| {
        let mut files = krate.files.iter();
        krate.report && files.any(|&file| speaks.get(file).copied().unwrap_or(true))
    });
    wanted
        .map(|(index, krate)| Unit::new(inputs, index, krate))
        .collect()
}

impl Unit {
    fn new(inputs: &Inputs, index: usize, krate: &CrateInput) -> Unit {
        let all = &inputs.input.crates;
        let crates = inputs.input.with_dependencies([index]);
        let files: BTreeSet<usize> = crates
            .iter()
            .filter_map(|&member| all.get(member))
            .flat_map(|member| member.files.iter().copied().chain([member.root]))
            .collect();
        let package = inputs.origins.get(index);
        let root = inputs.paths.get(krate.root);
        Unit {
            key: format!(
                "{} {} {}",
                package.map_or("", |origin| &origin.package_id),
                krate.name,
                root.map_or_else(String::new, |root| root.to_string_lossy().into_owned()),
            ),
            krate: index,
            crates: crates.into_iter().collect(),
            files: files.into_iter().collect(),
        }
    }

    /// What the analysis is given.
    pub(super) fn input(&self, inputs: &Inputs) -> Input {
        let local = |file: usize| self.files.binary_search(&file).ok();
        let file = |&file: &usize| {
            let file = inputs.input.files.get(file)?;
            Some(SourceFile {
                path: file.path.clone(),
                text: Arc::clone(&file.text),
            })
        };
        let krate = |&index: &usize| {
            let krate = inputs.input.crates.get(index)?;
            let dependencies = krate.dependencies.iter().filter_map(|(name, used)| {
                Some((name.clone(), self.crates.binary_search(used).ok()?))
            });
            Some(CrateInput {
                name: krate.name.clone(),
                edition: krate.edition,
                root: local(krate.root)?,
                files: krate.files.iter().filter_map(|&file| local(file)).collect(),
                dependencies: dependencies.collect(),
                cfg: krate.cfg.clone(),
                report: index == self.krate,
                loose: krate.loose,
            })
        };
        Input {
            files: self.files.iter().filter_map(file).collect(),
            crates: self.crates.iter().filter_map(krate).collect(),
            contracts: inputs.input.contracts.clone(),
            excluded: inputs
                .input
                .excluded
                .iter()
                .filter_map(|&file| local(file))
                .collect(),
        }
    }

    /// All that decides the report, but for the texts.
    fn shape(&self, inputs: &Inputs) -> String {
        let excluded = &inputs.input.excluded;
        let excluded: Vec<_> = self
            .files
            .iter()
            .filter(|file| excluded.contains(file))
            .filter_map(|&file| inputs.paths.get(file))
            .collect();
        let mut shape = format!("{:?} {excluded:?}", inputs.input.contracts);
        for krate in self
            .crates
            .iter()
            .filter_map(|&index| inputs.input.crates.get(index))
        {
            let CrateInput {
                name,
                edition,
                root,
                dependencies,
                cfg,
                loose,
                ..
            } = krate;
            let root = inputs.paths.get(*root);
            let uses: Vec<&String> = dependencies.iter().map(|(name, _)| name).collect();
            shape.push_str(&format!(
                "{name} {edition} {root:?} {uses:?} {cfg:?} {loose}\n"
            ));
        }
        shape
    }

    fn texts<'a>(
        &'a self,
        inputs: &'a Inputs,
    ) -> impl Iterator<Item = (&'a PathBuf, &'a Arc<str>)> {
        self.files.iter().filter_map(|&file| {
            Some((inputs.paths.get(file)?, &inputs.input.files.get(file)?.text))
        })
    }

    /// What is to be remembered of `report`.
    pub(super) fn analysed(&self, inputs: &Inputs, report: Report) -> Analysed {
        let texts = self.texts(inputs);
        Analysed {
            shape: self.shape(inputs),
            texts: texts
                .map(|(path, text)| (path.clone(), Arc::clone(text)))
                .collect(),
            report,
            is_mended: false,
        }
    }

    /// Whether `analysed` still holds.
    pub(super) fn holds(&self, inputs: &Inputs, analysed: &Analysed) -> bool {
        let mut texts = self.texts(inputs);
        let same = analysed.texts.iter().all(|(path, text)| {
            texts.next().is_some_and(|(new_path, new_text)| {
                path == new_path && (Arc::ptr_eq(text, new_text) || text == new_text)
            })
        });
        same && texts.next().is_none() && analysed.shape == self.shape(inputs)
    }
}

impl Analysed {
    /// Whether something that was found in one of `files` may have fixes that were not looked for.
    pub(super) fn may_be_mended(&self, files: &BTreeSet<PathBuf>) -> bool {
        let mut findings = self.report.findings.iter();
        let path = |finding: &Finding| self.texts.get(finding.primary.file.0 as usize);
        let here = |finding| path(finding).is_some_and(|(path, _)| files.contains(path));
        !self.is_mended && findings.any(here)
    }

    /// The report in terms of `inputs`, added to `all`. What lies in a text that has changed since is left out.
    pub(super) fn add_to(
        &self,
        all: &mut Report,
        inputs: &Inputs,
        indices: &HashMap<&Path, usize>,
    ) {
        let ids: Vec<Option<FileId>> = self
            .texts
            .iter()
            .map(|(path, text)| {
                let &index = indices.get(path.as_path())?;
                let now = &inputs.input.files.get(index)?.text;
                (Arc::ptr_eq(now, text) || now == text).then_some(FileId(index as u32))
            })
            .collect();
        let id = |file: FileId| ids.get(file.0 as usize).copied().flatten();
        let span = |span: Span| {
            Some(Span {
                file: id(span.file)?,
                ..span
            })
        };
        all.findings.extend(
            self.report
                .findings
                .iter()
                .filter_map(|finding| moved(finding, &span)),
        );
        for error in &self.report.errors {
            if let Some(file) = id(error.file)
                && !all.errors.iter().any(|known| known.file == file)
            {
                let mut error = error.clone();
                error.file = file;
                error.span = error.span.and_then(span);
                all.errors.push(error);
            }
        }
        let sockets = all.sockets.iter().enumerate();
        let mut known: HashMap<Span, usize> =
            sockets.map(|(index, proof)| (proof.span, index)).collect();
        for proof in &self.report.sockets {
            let Some(at) = span(proof.span) else { continue };
            let proof = SocketProof {
                span: at,
                ..proof.clone()
            };
            // What holds over all paths is the worst of what holds over some.
            match known.get(&at).and_then(|&index| all.sockets.get_mut(index)) {
                Some(before) if before.verdict >= proof.verdict => {}
                Some(before) => *before = proof,
                None => {
                    known.insert(at, all.sockets.len());
                    all.sockets.push(proof);
                }
            }
        }
    }
}

/// A finding in other terms; `None` if its place is gone, or one of a fix of it.
fn moved(finding: &Finding, span: &impl Fn(Span) -> Option<Span>) -> Option<Finding> {
    let step = |step: &Step| {
        Some(Step {
            span: span(step.span)?,
            text: step.text.clone(),
        })
    };
    let mut moved = finding.clone();
    moved.primary = span(finding.primary)?;
    moved.path = finding.path.iter().filter_map(step).collect();
    moved.others = finding.others.iter().filter_map(step).collect();
    moved.enclosing = finding.enclosing.iter().copied().filter_map(span).collect();
    moved.fixes.retain_mut(|fix| {
        fix.edits.iter_mut().all(|edit| match span(edit.span) {
            Some(at) => {
                edit.span = at;
                true
            }
            None => false,
        })
    });
    Some(moved)
}
