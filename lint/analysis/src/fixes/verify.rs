//! Tries every proposal: the changed sources are analysed again.
//!
//! First all first proposals at once, which mostly does. If something is wrong then, the proposals in whose functions
//! it is are to blame, and the others are tried once more; if that does not show, each is tried alone. What is left
//! over (a second way to mend the same) is tried in the next round.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::ControlFlow;

use super::Proposal;
use crate::input::{CrateInput, Input, SourceFile};
use crate::report::{Edit, Finding, Report, Verdict as Fate};
use crate::rules::Group;
use crate::span::{FileId, Span};
use crate::{Watch, analyze_watched};

/// How often proposals are tried together, without those that were to blame.
const TOGETHER: usize = 8;

/// Proposals that are tried alone, at most; each costs an analysis.
const ALONE: usize = 32;

/// Keeps in `report` what stood the test; `None` if `watch` ended it.
pub(super) fn keep_proved(
    input: &Input,
    report: &mut Report,
    proposals: Vec<Proposal>,
    watch: &dyn Watch,
) -> Option<()> {
    let mut trial = Trial {
        input,
        before: report,
        watch,
        alone: ALONE,
    };
    let mut kept: HashSet<usize> = HashSet::new();
    for mut round in rounds(&proposals) {
        // Another way to do the same is for when the first does not do.
        let done = |at: &usize| {
            let Proposal { finding, fix } = &proposals[*at];
            kept.iter().any(|&other| {
                proposals[other].finding == *finding && proposals[other].fix.title == fix.title
            })
        };
        round.retain(|at| !done(at));
        if round.is_empty() {
            continue;
        }
        kept.extend(trial.passed(&proposals, &round)?);
    }
    for (at, proposal) in proposals.into_iter().enumerate() {
        if kept.contains(&at) {
            report.findings[proposal.finding].fixes.push(proposal.fix);
        }
    }
    Some(())
}

/// The proposals in rounds: first the best of each finding, then the second ones, and so on; in each round at most
/// one of a finding, and none that overlap.
fn rounds(proposals: &[Proposal]) -> Vec<Vec<usize>> {
    let mut ranks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut seen: HashMap<usize, usize> = HashMap::new();
    for (at, proposal) in proposals.iter().enumerate() {
        let rank = seen.entry(proposal.finding).or_insert(0);
        ranks.entry(*rank).or_default().push(at);
        *rank += 1;
    }
    let apart = |rank| apart(proposals, rank);
    ranks.into_values().flat_map(apart).collect()
}

/// These proposals in rounds, in none of which they overlap.
fn apart(proposals: &[Proposal], mut left: Vec<usize>) -> Vec<Vec<usize>> {
    let mut rounds = Vec::new();
    while !left.is_empty() {
        let mut taken: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
        let mut findings = HashSet::new();
        let (mut round, mut rest) = (Vec::new(), Vec::new());
        for at in left {
            let Proposal { finding, fix } = &proposals[at];
            let free = fix.edits.iter().all(|Edit { span, .. }| {
                let taken = taken.get(&span.file.0).map_or(&[][..], Vec::as_slice);
                taken
                    .iter()
                    .all(|other| span.hi < other.lo || other.hi < span.lo)
            });
            if free && findings.insert(*finding) {
                for edit in &fix.edits {
                    taken.entry(edit.span.file.0).or_default().push(edit.span);
                }
                round.push(at);
            } else {
                rest.push(at);
            }
        }
        rounds.push(round);
        left = rest;
    }
    rounds
}

/// Lets a trial be ended like the analysis before it, which is all that there is to see of it.
struct Behind<'a>(&'a dyn Watch);

impl Watch for Behind<'_> {
    fn at(&self, _done: usize, _of: usize) -> ControlFlow<()> {
        self.0.again()
    }
}

/// What a trial said.
enum Verdict {
    /// All is well.
    Fine,
    /// These are to blame, or, if there are none, it does not show which.
    Wrong(HashSet<usize>),
}

struct Trial<'a> {
    input: &'a Input,
    before: &'a Report,
    watch: &'a dyn Watch,
    alone: usize,
}

impl Trial<'_> {
    /// Those of `picked` that do what they should.
    fn passed(&mut self, proposals: &[Proposal], picked: &[usize]) -> Option<Vec<usize>> {
        let mut left = picked.to_vec();
        for _ in 0..TOGETHER {
            match self.tried(proposals, &left)? {
                Verdict::Fine => return Some(left),
                Verdict::Wrong(these) if !these.is_empty() => left.retain(|at| !these.contains(at)),
                Verdict::Wrong(_) if left.len() > 1 => break,
                Verdict::Wrong(_) => return Some(Vec::new()),
            }
        }
        // Whose fault it is does not show: each alone.
        let mut passed = Vec::new();
        for at in left {
            if self.alone > 0 {
                self.alone -= 1;
                if matches!(self.tried(proposals, &[at])?, Verdict::Fine) {
                    passed.push(at);
                }
            }
        }
        Some(passed)
    }

    /// Whether all of `picked` together mend their findings and nothing else changes.
    fn tried(&self, proposals: &[Proposal], picked: &[usize]) -> Option<Verdict> {
        let mut edits: BTreeMap<usize, Vec<&Edit>> = BTreeMap::new();
        for &at in picked {
            for edit in &proposals[at].fix.edits {
                edits
                    .entry(edit.span.file.0 as usize)
                    .or_default()
                    .push(edit);
            }
        }
        for edits in edits.values_mut() {
            edits.sort_by_key(|edit| edit.span.lo);
        }
        let changed = self.changed(&edits);
        // What was lexed before is not asked for any more.
        proc_macro2::extra::invalidate_current_thread_spans();
        let after = analyze_watched(&changed, &Behind(self.watch))?;
        let shift = |span: Span| shifted(&edits, span);
        let mends: HashMap<usize, usize> = picked
            .iter()
            .map(|&at| (proposals[at].finding, at))
            .collect();
        let mut old = HashSet::new();
        let mut mended = HashMap::new();
        for (index, finding) in self.before.findings.iter().enumerate() {
            let Some(primary) = shift(finding.primary) else {
                continue;
            };
            let place = (finding.rule.name, primary);
            match mends.get(&index) {
                Some(&at) => drop(mended.insert(place, at)),
                None => drop(old.insert(place)),
            }
        }
        let mut wrong = HashSet::new();
        let mut fine = true;
        let in_file = |file: FileId| {
            let here = move |at: &&usize| self.finding(&proposals[**at]).primary.file == file;
            picked.iter().filter(here)
        };
        for error in &after.errors {
            if !self
                .before
                .errors
                .iter()
                .any(|known| known.file == error.file)
            {
                fine = false;
                wrong.extend(in_file(error.file));
            }
        }
        for finding in &after.findings {
            let place = (finding.rule.name, finding.primary);
            if let Some(&at) = mended.get(&place) {
                fine = false;
                wrong.insert(at);
            } else if finding.rule.group != Group::Pedantic && !old.contains(&place) {
                fine = false;
                let known = wrong.len();
                let here =
                    |at: &&usize| self.finding(&proposals[**at]).function == finding.function;
                wrong.extend(picked.iter().filter(here));
                if wrong.len() == known {
                    wrong.extend(in_file(finding.primary.file));
                }
            }
        }
        let unproved = |at: &&usize| !self.is_proved(&proposals[**at], &after, shift);
        wrong.extend(picked.iter().filter(unproved));
        Some(match fine && wrong.is_empty() {
            true => Verdict::Fine,
            false => Verdict::Wrong(wrong),
        })
    }

    fn finding(&self, proposal: &Proposal) -> &Finding {
        &self.before.findings[proposal.finding]
    }

    /// A leak is mended if the socket is now closed or handed on, on every path, and nobody unknown has it.
    fn is_proved(
        &self,
        proposal: &Proposal,
        after: &Report,
        shift: impl Fn(Span) -> Option<Span>,
    ) -> bool {
        let finding = self.finding(proposal);
        if finding.rule.name != "unclosed_socket" {
            return true;
        }
        let Some(place) = shift(finding.primary) else {
            return false;
        };
        let mut proofs = after
            .sockets
            .iter()
            .filter(|proof| proof.span == place)
            .peekable();
        proofs.peek().is_some()
            && proofs.all(|proof| matches!(proof.verdict, Fate::Closed | Fate::HandedOn))
    }

    /// The input with the edits, without what they cannot concern: what is reported on is the crates that have
    /// the files and those that use them, and what these use is read.
    fn changed(&self, edits: &BTreeMap<usize, Vec<&Edit>>) -> Input {
        let crates = &self.input.crates;
        let edited = crates.iter().enumerate().filter_map(|(index, krate)| {
            let mut files = krate.files.iter();
            files.any(|file| edits.contains_key(file)).then_some(index)
        });
        let concerned = self.input.with_dependents(edited);
        let read = self.input.with_dependencies(concerned.iter().copied());
        let files: BTreeSet<usize> = read
            .iter()
            .flat_map(|&index| crates[index].files.iter().copied())
            .collect();
        let text = |index: usize, file: &SourceFile| match edits.get(&index) {
            Some(edits) => applied(&file.text, edits).into(),
            None if files.contains(&index) => file.text.clone(),
            None => "".into(),
        };
        let all = self.input.files.iter().enumerate();
        let changed = all.map(|(index, file)| SourceFile {
            path: file.path.clone(),
            text: text(index, file),
        });
        let crates = crates.iter().enumerate().map(|(index, krate)| CrateInput {
            name: krate.name.clone(),
            edition: krate.edition,
            root: krate.root,
            files: match read.contains(&index) {
                true => krate.files.clone(),
                false => Vec::new(),
            },
            dependencies: krate.dependencies.clone(),
            cfg: krate.cfg.clone(),
            report: krate.report && concerned.contains(&index),
            loose: krate.loose,
        });
        Input {
            files: changed.collect(),
            crates: crates.collect(),
            contracts: self.input.contracts.clone(),
            excluded: self.input.excluded.clone(),
        }
    }
}

/// The text with the edits, which are in order.
fn applied(text: &str, edits: &[&Edit]) -> String {
    let mut changed = String::with_capacity(text.len() + 256);
    let mut at = 0;
    for edit in edits {
        changed.push_str(text.get(at..edit.span.lo as usize).unwrap_or(""));
        changed.push_str(&edit.text);
        at = edit.span.hi as usize;
    }
    changed.push_str(text.get(at..).unwrap_or(""));
    changed
}

/// Where a place is after the edits; `None` if one of them reaches into it.
fn shifted(edits: &BTreeMap<usize, Vec<&Edit>>, span: Span) -> Option<Span> {
    let mut shift = 0_i64;
    for edit in edits.get(&(span.file.0 as usize)).into_iter().flatten() {
        if edit.span.hi <= span.lo {
            shift += edit.text.len() as i64 - i64::from(edit.span.hi - edit.span.lo);
        } else if edit.span.lo < span.hi {
            return None;
        }
    }
    let moved = |at: u32| u32::try_from(i64::from(at) + shift).ok();
    Some(Span {
        file: span.file,
        lo: moved(span.lo)?,
        hi: moved(span.hi)?,
    })
}
