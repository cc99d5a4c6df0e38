//! The files that reports speak of, and their words as values again.
//!
//! Positions in a report hold only for the files as they were: a file that is missing or has changed is a
//! problem, and what is found in it stands at the file as a whole, so that it is not lost.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use socklint_analysis::{
    Applicability, CfgOptions, CrateInput, Edit, FileId, Fix, SocketProof, SourceFile, Span, Step,
    rules,
};

use super::read::{Message, Proof, Read};
use crate::inputs::Origin;
use crate::outcome::{Diagnostic, Place, Severity};
use crate::problem::Problem;
use crate::read::read_all;
use crate::remarks;
use crate::report::json::NOT_CHECKED;
use crate::report::wire::{Change, Range, Source, Stop, Where};

/// The files, in the order in which a check has them.
pub(super) struct Sources {
    base: PathBuf,
    files: Vec<SourceFile>,
    ids: HashMap<String, FileId>,
    /// What people call files of packages from elsewhere.
    pub(super) names: BTreeMap<FileId, String>,
    /// What cargo says of the crate that a file belongs to.
    origins: BTreeMap<FileId, Origin>,
    /// What is wrong with the files, or with what is said of them.
    pub(super) problems: Vec<Problem>,
}

impl Sources {
    /// Reads every file that `reports` speak of; their paths start at `base`.
    pub(super) fn read(reports: &[Read], base: &Path) -> Sources {
        let names: BTreeSet<&str> = reports.iter().flat_map(spoken_of).collect();
        let mut paths: Vec<(PathBuf, &str)> = names
            .into_iter()
            .map(|name| (base.join(name), name))
            .collect();
        paths.sort();
        let summaries = reports.iter().filter_map(|report| report.summary.as_ref());
        let mut stated: HashMap<&str, Vec<&Source>> = HashMap::new();
        for source in summaries.flat_map(|summary| &summary.sources) {
            stated.entry(&source.file_name).or_default().push(source);
        }
        let mut sources = Sources {
            base: base.to_owned(),
            files: Vec::new(),
            ids: HashMap::new(),
            names: BTreeMap::new(),
            origins: BTreeMap::new(),
            problems: Vec::new(),
        };
        let absolute: Vec<PathBuf> = paths.iter().map(|(path, _)| path.clone()).collect();
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        for ((path, name), text) in paths.iter().zip(read_all(&absolute, jobs)) {
            let text = match text {
                Ok(text) => text,
                Err(problem) => {
                    sources.problems.push(problem);
                    continue;
                }
            };
            let here = Source::new(name, &text);
            let before = stated.get(name).map_or(&[][..], Vec::as_slice);
            if !before.iter().all(|source| source.is_as(&here)) {
                sources.changed(path);
                continue;
            }
            let id = FileId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
            if let Some(name) = before.iter().find_map(|source| source.name.clone()) {
                sources.names.insert(id, name);
            }
            sources.ids.insert((*name).to_owned(), id);
            sources.files.push(SourceFile {
                path: (*name).to_owned(),
                text,
            });
        }
        sources
    }

    fn changed(&mut self, path: &Path) {
        let problem = Problem::new(path, "it has changed since it was checked");
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The place, if its file is as it was.
    pub(super) fn span(&mut self, range: &Range) -> Option<Span> {
        let id = *self.ids.get(&range.file_name)?;
        let (lo, hi) = (range.byte_start, range.byte_end);
        let text = &self.files.get(id.0 as usize)?.text;
        // Without a summary nothing says how the file was.
        if text.get(lo as usize..hi as usize).is_none() {
            let path = self.base.join(&range.file_name);
            self.changed(&path);
            return None;
        }
        Some(Span { file: id, lo, hi })
    }

    /// What a message says.
    pub(super) fn diagnostic(&mut self, message: &Message) -> Diagnostic {
        let detail = &message.detail;
        let mut text = message.message.clone();
        let code = match message.code.as_str() {
            NOT_CHECKED => None,
            code => {
                let rule = rules::by_name(code).map(|rule| rule.name);
                let name = rule.or_else(|| Some(remarks::by_name(code)?.name));
                if name.is_none() {
                    text = format!("{text} (`{code}`, a rule that this version does not have)");
                }
                name
            }
        };
        let place = self.place(&detail.place);
        if let Place::Span(span) = place {
            self.origins.entry(span.file).or_insert_with(|| Origin {
                package_id: message.package_id.clone(),
                manifest_path: message.manifest_path.clone(),
                target: message.target.clone(),
                foreign: None,
            });
        }
        Diagnostic {
            severity: match message.level.as_str() {
                "warning" => Severity::Warning,
                _ => Severity::Error,
            },
            code,
            rule: code.and_then(rules::by_name),
            place,
            message: text,
            label: detail.label.clone(),
            path: self.steps(&detail.path),
            others: self.steps(&detail.others),
            help: detail.help.clone(),
            fixes: detail
                .fixes
                .iter()
                .filter_map(|fix| self.fix(fix))
                .collect(),
            function: detail.function.clone(),
        }
    }

    fn place(&mut self, place: &Where) -> Place {
        let name = match place {
            Where::Span(range) => match self.span(range) {
                Some(span) => return Place::Span(span),
                None => &range.file_name,
            },
            Where::Path(name) => name,
        };
        Place::Path(self.base.join(name))
    }

    fn steps(&mut self, stops: &[Stop]) -> Vec<Step> {
        let step = |stop: &Stop| {
            let span = self.span(&stop.span)?;
            let text = stop.text.clone();
            Some(Step { span, text })
        };
        stops.iter().filter_map(step).collect()
    }

    /// A fix is whole or none.
    fn fix(&mut self, change: &Change) -> Option<Fix> {
        let edit = |stop: &Stop| {
            let span = self.span(&stop.span)?;
            let text = stop.text.clone();
            Some(Edit { span, text })
        };
        let edits: Option<Vec<Edit>> = change.edits.iter().map(edit).collect();
        Some(Fix {
            title: change.title.clone(),
            edits: edits?,
            applicability: match change.machine_applicable {
                true => Applicability::MachineApplicable,
                false => Applicability::MaybeIncorrect,
            },
        })
    }

    /// The fate of a socket.
    pub(super) fn proof(&mut self, proof: &Proof) -> Option<SocketProof> {
        Some(SocketProof {
            span: self.span(&proof.span)?,
            function: proof.function.clone(),
            acquired_by: proof.acquired_by.clone(),
            verdict: proof.verdict.into(),
            reason: proof.because.clone(),
        })
    }

    /// The files, and a crate for each, with what cargo says of it.
    pub(super) fn into_crates(self) -> (Vec<SourceFile>, Vec<CrateInput>, Vec<Origin>) {
        let of_file = |index: usize| CrateInput {
            name: String::new(),
            edition: 0,
            root: index,
            files: vec![index],
            dependencies: Vec::new(),
            cfg: CfgOptions::default(),
            report: true,
            loose: true,
        };
        let crates = (0..self.files.len()).map(of_file).collect();
        let mut origins = self.origins;
        let origins = self.files.iter().enumerate().map(|(index, file)| {
            let known = origins.remove(&FileId(index as u32));
            known.unwrap_or_else(|| Origin::of_file(&self.base.join(&file.path)))
        });
        let origins = origins.collect();
        (self.files, crates, origins)
    }
}

/// The files that a report speaks of.
fn spoken_of(report: &Read) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for message in &report.messages {
        let detail = &message.detail;
        if let Where::Span(range) = &detail.place {
            names.push(&range.file_name);
        }
        let stops = detail.path.iter().chain(&detail.others);
        let stops = stops.chain(detail.fixes.iter().flat_map(|fix| &fix.edits));
        names.extend(stops.map(|stop| stop.span.file_name.as_str()));
    }
    let proofs = report.proofs.iter().map(|proof| &proof.span);
    let cut_short = report.cut_short.iter().map(|cut| &cut.span);
    names.extend(proofs.chain(cut_short).map(|span| span.file_name.as_str()));
    names
}
