//! Tries every proposal: the changed sources are analysed again.
//!
//! First all first proposals at once, which mostly does; if something is wrong then, the crates apart, and in a
//! crate with something wrong each proposal alone. What is left over (a second way to mend the same) is tried in
//! the next round.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Proposal;
use crate::input::{CrateInput, Input, SourceFile};
use crate::report::{Edit, Finding, Report, Verdict};
use crate::rules::Group;
use crate::span::Span;
use crate::{Watch, analyze_watched};

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
    for round in rounds(&proposals) {
        kept.extend(trial.passed(&proposals, &round)?);
    }
    for (at, proposal) in proposals.into_iter().enumerate() {
        if kept.contains(&at) {
            report.findings[proposal.finding].fixes.push(proposal.fix);
        }
    }
    Some(())
}

/// The proposals in rounds: in each at most one of a finding, and none that overlap.
fn rounds(proposals: &[Proposal]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..proposals.len()).collect();
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

struct Trial<'a> {
    input: &'a Input,
    before: &'a Report,
    watch: &'a dyn Watch,
    alone: usize,
}

impl Trial<'_> {
    /// Those of `picked` that do what they should.
    fn passed(&mut self, proposals: &[Proposal], picked: &[usize]) -> Option<Vec<usize>> {
        if self.stands(proposals, picked)? {
            return Some(picked.to_vec());
        }
        let groups = self.by_crate(proposals, picked);
        let several = groups.len() > 1;
        let mut passed = Vec::new();
        for group in groups {
            if several && self.stands(proposals, &group)? {
                passed.extend(group);
                continue;
            }
            for at in group {
                // One alone has just failed, unless it was not tried alone.
                let tried = picked.len() == 1;
                if !tried && self.alone > 0 {
                    self.alone -= 1;
                    if self.stands(proposals, &[at])? {
                        passed.push(at);
                    }
                }
            }
        }
        Some(passed)
    }

    fn by_crate(&self, proposals: &[Proposal], picked: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &at in picked {
            let file = proposals[at].fix.edits[0].span.file.0 as usize;
            let mut crates = self.input.crates.iter();
            let krate = crates.position(|krate| krate.report && krate.files.contains(&file));
            groups
                .entry(krate.unwrap_or(usize::MAX))
                .or_default()
                .push(at);
        }
        groups.into_values().collect()
    }

    /// Whether all of `picked` together mend their findings and nothing else changes.
    fn stands(&self, proposals: &[Proposal], picked: &[usize]) -> Option<bool> {
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
        let after = analyze_watched(&changed, self.watch)?;
        let shift = |span: Span| shifted(&edits, span);
        let mended: HashSet<usize> = picked.iter().map(|&at| proposals[at].finding).collect();
        let mut old = HashSet::new();
        let mut gone = HashSet::new();
        for (index, finding) in self.before.findings.iter().enumerate() {
            let Some(place) = shift(finding.primary) else {
                continue;
            };
            match mended.contains(&index) {
                true => gone.insert((finding.rule.name, place)),
                false => old.insert((finding.rule.name, place)),
            };
        }
        let parse = after.errors.len() <= self.before.errors.len();
        let clean = after.findings.iter().all(|finding| {
            let key = (finding.rule.name, finding.primary);
            let pedantic = finding.rule.group == Group::Pedantic;
            !gone.contains(&key) && (pedantic || old.contains(&key))
        });
        let proved = picked
            .iter()
            .all(|&at| self.is_proved(&proposals[at], &after, shift));
        Some(parse && clean && proved)
    }

    /// A leak is mended if the socket is now closed or handed on, on every path, and nobody unknown has it.
    fn is_proved(
        &self,
        proposal: &Proposal,
        after: &Report,
        shift: impl Fn(Span) -> Option<Span>,
    ) -> bool {
        let finding: &Finding = &self.before.findings[proposal.finding];
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
            && proofs.all(|proof| matches!(proof.verdict, Verdict::Closed | Verdict::HandedOn))
    }

    /// The input with the edits, without what they cannot concern: what is reported on is the crates that have
    /// the files and those that use them, and what these use is read.
    fn changed(&self, edits: &BTreeMap<usize, Vec<&Edit>>) -> Input {
        let crates = &self.input.crates;
        let has = |krate: &CrateInput| krate.files.iter().any(|file| edits.contains_key(file));
        let uses = |krate: &CrateInput, these: &BTreeSet<usize>| {
            krate.dependencies.iter().any(|(_, on)| these.contains(on))
        };
        let concerned = closed(crates.len(), |index, these| {
            has(&crates[index]) || uses(&crates[index], these)
        });
        let read = closed(crates.len(), |index, these| {
            let used = |user: usize| crates[user].dependencies.iter().any(|(_, on)| *on == index);
            concerned.contains(&index) || these.iter().any(|&user| used(user))
        });
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

/// The smallest set of numbers below `count` that has each for which `belongs` holds of the set.
fn closed(count: usize, belongs: impl Fn(usize, &BTreeSet<usize>) -> bool) -> BTreeSet<usize> {
    let mut set = BTreeSet::new();
    loop {
        let more: Vec<usize> = (0..count)
            .filter(|&index| !set.contains(&index) && belongs(index, &set))
            .collect();
        if more.is_empty() {
            return set;
        }
        set.extend(more);
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
