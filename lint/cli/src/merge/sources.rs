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
use crate::inputs::{Inputs, Origin};
use crate::outcome::{Diagnostic, Place, Severity};
use crate::problem::Problem;
use crate::read::read_all;
use crate::remarks;
use crate::report::json::NOT_CHECKED;
use crate::report::wire::{Change, Checked, Range, Source, Stop, Where};

/// The files, in the order in which a check has them.
pub(super) struct Sources {
    base: PathBuf,
    files: Vec<SourceFile>,
    ids: HashMap<String, FileId>,
    /// What people call files of packages from elsewhere.
    pub(super) names: BTreeMap<FileId, String>,
    /// The numbers of those that settings and baselines stand in.
    pub(super) settings: BTreeMap<FileId, usize>,
    /// What was checked.
    checked: BTreeSet<Checked>,
    /// What cargo says of the crate that a file belongs to.
    origins: BTreeMap<FileId, Origin>,
    /// What is wrong with the files, or with what is said of them.
    pub(super) problems: Vec<Problem>,
}

impl Sources {
    /// Reads every file that `reports` speak of; their paths start at `base`. Of files in which there is nothing, the
    /// names are enough.
    pub(super) fn read(reports: &[Read], base: PathBuf) -> Sources {
        let spoken_of: BTreeSet<&str> = reports.iter().flat_map(spoken_of).collect();
        let summaries = reports.iter().filter_map(|report| report.summary.as_ref());
        let mut stated: HashMap<&str, Vec<&Source>> = HashMap::new();
        for source in summaries.flat_map(|summary| &summary.sources) {
            stated.entry(&source.file_name).or_default().push(source);
        }
        let checked: BTreeSet<Checked> = reports.iter().flat_map(checked).collect();
        let names = checked.iter().flat_map(|checked| &checked.files);
        let names: BTreeSet<&str> = names
            .map(String::as_str)
            .chain(spoken_of.iter().copied())
            .collect();
        let number = |name: &str| stated.get(name)?.iter().find_map(|source| source.settings);
        let mut paths: Vec<(Option<usize>, PathBuf, &str)> = names
            .into_iter()
            .map(|name| (number(name), base.join(name), name))
            .collect();
        paths.sort();
        let mut sources = Sources {
            base,
            files: Vec::new(),
            ids: HashMap::new(),
            names: BTreeMap::new(),
            settings: BTreeMap::new(),
            checked: BTreeSet::new(),
            origins: BTreeMap::new(),
            problems: Vec::new(),
        };
        let read = paths.iter().filter(|(.., name)| spoken_of.contains(name));
        let absolute: Vec<PathBuf> = read.map(|(_, path, _)| path.clone()).collect();
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let mut texts: HashMap<PathBuf, _> = absolute
            .iter()
            .cloned()
            .zip(read_all(&absolute, jobs))
            .collect();
        for (number, path, name) in &paths {
            let before = stated.get(name).map_or(&[][..], Vec::as_slice);
            let text = match texts.remove(path) {
                Some(Ok(text)) => {
                    let here = Source::new(name, &text);
                    if before.iter().all(|source| source.is_as(&here)) {
                        text
                    } else {
                        sources.changed(path);
                        continue;
                    }
                }
                Some(Err(problem)) => {
                    sources.problems.push(problem);
                    continue;
                }
                None => "".into(),
            };
            let id = FileId(u32::try_from(sources.files.len()).unwrap_or(u32::MAX));
            if let Some(name) = before.iter().find_map(|source| source.name.clone()) {
                sources.names.insert(id, name);
            }
            sources.settings.extend(number.map(|number| (id, number)));
            sources.ids.insert((*name).to_owned(), id);
            sources.files.push(SourceFile {
                path: (*name).to_owned(),
                text,
            });
        }
        sources.checked = checked;
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

    /// Puts the files into `inputs`: a crate for each, with what cargo says of it, and behind these the crates that
    /// were checked.
    pub(super) fn finish(self, inputs: &mut Inputs) {
        let mut origins = self.origins;
        for (index, file) in self.files.iter().enumerate() {
            let known = origins.remove(&FileId(index as u32));
            let origin = known.unwrap_or_else(|| Origin::of_file(&self.base.join(&file.path)));
            inputs.origins.push(origin);
            inputs.input.crates.push(CrateInput {
                report: false,
                ..of_files(vec![index])
            });
        }
        inputs.shown = vec![false; self.files.len()];
        for checked in self.checked {
            let files = checked.files.iter().filter_map(|name| self.ids.get(name));
            let files: Vec<usize> = files.map(|id| id.0 as usize).collect();
            let Some(name) = checked.files.first().filter(|_| !files.is_empty()) else {
                continue;
            };
            files.iter().for_each(|&file| inputs.shown[file] = true);
            let origin = Origin::of_file(&self.base.join(name));
            inputs.input.crates.push(CrateInput {
                loose: checked.package_id.is_none(),
                ..of_files(files)
            });
            inputs.origins.push(Origin {
                package_id: checked.package_id.unwrap_or_default(),
                ..origin
            });
        }
        inputs.input.files = self.files;
        inputs.base = self.base;
        inputs.names = self.names;
        inputs.settings = self.settings;
    }
}

/// A crate of these files.
fn of_files(files: Vec<usize>) -> CrateInput {
    CrateInput {
        name: String::new(),
        edition: 0,
        root: files.first().copied().unwrap_or(0),
        files,
        dependencies: Vec::new(),
        cfg: CfgOptions::default(),
        report: true,
        loose: true,
    }
}

/// What a report says was checked. Of one without an end it is what it speaks of.
fn checked(report: &Read) -> Vec<Checked> {
    match &report.summary {
        Some(summary) => summary.checked.clone(),
        None => vec![Checked {
            package_id: None,
            files: spoken_of(report).into_iter().map(str::to_owned).collect(),
        }],
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
