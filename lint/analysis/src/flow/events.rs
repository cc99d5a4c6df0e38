//! What the interpreter saw: findings, and the fate of every socket.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::engine::{Analyzer, Frame};
use super::sock::{OriginId, Sock};
use super::state::{Mark, State};
use crate::names::DefId;
use crate::report::{Finding, SocketProof, Step, Verdict};
use crate::rules::{Rule, Text};
use crate::span::Span;

/// Where a socket comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The call that acquired it, or the parameter's function.
    pub span: Span,
    /// `socket`, `accept`, `into_raw_socket`; empty for lent ones.
    pub by: Rc<str>,
    /// The function around it.
    pub function: Rc<str>,
    /// The items around it.
    pub enclosing: Rc<Vec<Span>>,
    /// Whether analysed code acquired it.
    pub acquired: bool,
    closed: bool,
    handed_on: bool,
    escaped: Option<Rc<str>>,
    leaks: bool,
}

/// Everything that was seen.
#[derive(Default)]
pub struct Events {
    origins: Vec<Origin>,
    by_place: FxHashMap<(Span, Rc<str>), OriginId>,
    findings: Vec<Finding>,
    keys: FxHashMap<Key, usize>,
    /// Closes that may block forever, unless they turn out to be retried.
    candidates: Vec<(Span, Finding)>,
    retried: FxHashSet<Span>,
    /// Findings that hold unless the function is called by analysed code only.
    tentative: Vec<(DefId, Finding, Key)>,
    /// How sockets got lost, by origin and place.
    losses: FxHashMap<(OriginId, Span), Vec<(Span, String)>>,
    /// How many findings were at another place than in the function that met them.
    pub outside: usize,
    /// What is interpreted now does not happen: it is only asked what it would do.
    pub muted: bool,
}

/// What makes two findings one.
type Key = (&'static str, Option<OriginId>, Span);

impl Events {
    /// The origin of that number.
    pub fn origin(&self, id: OriginId) -> &Origin {
        &self.origins[id.0 as usize]
    }

    /// The origin for an acquiring call, or (`by` empty) a lent socket.
    pub fn new_origin(
        &mut self,
        frame: &Frame<'_>,
        span: Span,
        by: &str,
        acquired: bool,
    ) -> OriginId {
        let by: Rc<str> = by.into();
        if let Some(found) = self.by_place.get(&(span, by.clone())) {
            return *found;
        }
        let id = OriginId(self.origins.len() as u32);
        self.origins.push(Origin {
            span,
            by: by.clone(),
            function: frame.function.clone(),
            enclosing: frame.enclosing.clone(),
            acquired,
            closed: false,
            handed_on: false,
            escaped: None,
            leaks: false,
        });
        self.by_place.insert((span, by), id);
        id
    }

    /// An origin for all lent sockets that nothing more is known of.
    pub fn lent_origin(&mut self) -> OriginId {
        let span = Span {
            file: crate::span::FileId(u32::MAX),
            lo: 0,
            hi: 0,
        };
        let by: Rc<str> = "".into();
        if let Some(found) = self.by_place.get(&(span, by.clone())) {
            return *found;
        }
        let id = OriginId(self.origins.len() as u32);
        self.origins.push(Origin {
            span,
            by: by.clone(),
            function: "".into(),
            enclosing: Rc::default(),
            acquired: false,
            closed: false,
            handed_on: false,
            escaped: None,
            leaks: false,
        });
        self.by_place.insert((span, by), id);
        id
    }

    /// A socket of that origin was closed.
    pub fn closed(&mut self, origin: OriginId) {
        self.origins[origin.0 as usize].closed = true;
    }

    /// A socket of that origin left the path in good hands.
    pub fn handed_on(&mut self, origin: OriginId) {
        self.origins[origin.0 as usize].handed_on = true;
    }

    /// A socket of that origin went where the analysis does not see.
    pub fn escaped(&mut self, origin: OriginId, to: &str) {
        let slot = &mut self.origins[origin.0 as usize].escaped;
        if slot.is_none() {
            *slot = Some(to.into());
        }
    }

    /// A socket of that origin is never closed on some path.
    pub fn leaks(&mut self, origin: OriginId) {
        self.origins[origin.0 as usize].leaks = true;
    }

    /// Records a finding; one per rule, socket and place. A leak is one per
    /// socket: further exits become labels of the first.
    pub fn report(
        &mut self,
        frame: &Frame<'_>,
        rule: &'static Rule,
        primary: Span,
        about: Option<OriginId>,
        text: Text,
        steps: Vec<(Span, String)>,
    ) {
        if self.muted {
            return;
        }
        self.outside += usize::from(!frame.body.span.contains(primary));
        let key = (rule.name, about, primary);
        let mut path: Vec<Step> = steps
            .into_iter()
            .map(|(span, text)| Step { span, text })
            .collect();
        path.dedup();
        if let Some(&known) = self.keys.get(&key) {
            if rule.name == "unclosed_socket"
                && let Some(last) = path.pop()
            {
                let finding = &mut self.findings[known];
                let seen = finding.path.contains(&last) || finding.others.contains(&last);
                if !seen && last.span != finding.primary && finding.others.len() < 8 {
                    finding.others.push(last);
                }
            }
            return;
        }
        let finding = self.finding(frame, rule, primary, about, text, path);
        self.keys.insert(key, self.findings.len());
        self.findings.push(finding);
    }

    /// A finding that holds unless `function` is called by analysed code, whose calls then decide.
    #[allow(clippy::too_many_arguments)]
    pub fn report_if(
        &mut self,
        function: Option<DefId>,
        frame: &Frame<'_>,
        rule: &'static Rule,
        primary: Span,
        about: Option<OriginId>,
        text: Text,
        steps: Vec<(Span, String)>,
    ) {
        let Some(function) = function else {
            return self.report(frame, rule, primary, about, text, steps);
        };
        let path = steps
            .into_iter()
            .map(|(span, text)| Step { span, text })
            .collect();
        let finding = self.finding(frame, rule, primary, about, text, path);
        self.tentative
            .push((function, finding, (rule.name, about, primary)));
    }

    /// Settles the findings in functions of which `called` says whether analysed code calls them.
    pub fn settle_tentative(&mut self, called: &FxHashSet<DefId>) {
        for (function, finding, key) in std::mem::take(&mut self.tentative) {
            if !called.contains(&function) && !self.keys.contains_key(&key) {
                self.keys.insert(key, self.findings.len());
                self.findings.push(finding);
            }
        }
    }

    /// Remembers how a socket got lost, until it is known what that means.
    pub fn lost(&mut self, origin: OriginId, span: Span, steps: Vec<(Span, String)>) {
        self.losses.entry((origin, span)).or_insert(steps);
    }

    /// How a socket got lost.
    pub fn loss(&self, origin: OriginId, span: Span) -> Vec<(Span, String)> {
        self.losses
            .get(&(origin, span))
            .cloned()
            .unwrap_or_default()
    }

    fn finding(
        &self,
        frame: &Frame<'_>,
        rule: &'static Rule,
        primary: Span,
        about: Option<OriginId>,
        text: Text,
        path: Vec<Step>,
    ) -> Finding {
        // The items around the primary place, which may be another function's.
        let around = about.map(|origin| self.origin(origin)).filter(|origin| {
            origin.span == primary
                && !frame
                    .enclosing
                    .first()
                    .is_some_and(|item| item.contains(primary))
        });
        let (function, enclosing) = match around {
            Some(origin) => (origin.function.to_string(), origin.enclosing.to_vec()),
            None => (frame.function.to_string(), frame.enclosing.to_vec()),
        };
        Finding {
            rule,
            primary,
            message: text.message,
            label: text.label,
            path,
            others: Vec::new(),
            help: text.help,
            fixes: Vec::new(),
            function,
            enclosing,
        }
    }

    /// A finding that holds unless the close at `site` is found to be retried.
    #[allow(clippy::too_many_arguments)]
    pub fn candidate(
        &mut self,
        frame: &Frame<'_>,
        rule: &'static Rule,
        site: Span,
        primary: Span,
        about: OriginId,
        text: Text,
        steps: Vec<(Span, String)>,
    ) {
        let path = steps
            .into_iter()
            .map(|(span, text)| Step { span, text })
            .collect();
        let finding = self.finding(frame, rule, primary, Some(about), text, path);
        self.candidates.push((site, finding));
    }

    /// The close at `site` is repeated when it would block.
    pub fn retried(&mut self, site: Span) {
        self.retried.insert(site);
    }

    /// Settles the candidates. `trusted` says of a site whether all paths were followed on which a
    /// retry might stand.
    pub fn settle(&mut self, trusted: impl Fn(Span) -> bool) {
        for (site, finding) in std::mem::take(&mut self.candidates) {
            let known = self
                .findings
                .iter()
                .any(|f| f.rule == finding.rule && f.primary == finding.primary);
            if trusted(site) && !self.retried.contains(&site) && !known {
                self.findings.push(finding);
            }
        }
    }

    /// The findings, in order of position.
    pub fn take_findings(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.findings);
        findings.sort_by(|a, b| (a.primary, a.rule.name).cmp(&(b.primary, b.rule.name)));
        findings
    }

    /// The fate of each acquired socket, in order of position.
    pub fn proofs(&self) -> Vec<SocketProof> {
        let mut proofs: Vec<SocketProof> = self
            .origins
            .iter()
            .filter(|origin| origin.acquired)
            .map(|origin| {
                let (verdict, reason) = if origin.leaks {
                    (Verdict::Leaks, "never closed on some path".to_string())
                } else if let Some(to) = &origin.escaped {
                    (Verdict::Escaped, to.to_string())
                } else if origin.handed_on {
                    (
                        Verdict::HandedOn,
                        "handed to a caller or an owner on some path, closed on the others".into(),
                    )
                } else {
                    (Verdict::Closed, "closed on every path".into())
                };
                SocketProof {
                    span: origin.span,
                    function: origin.function.to_string(),
                    acquired_by: origin.by.to_string(),
                    verdict,
                    reason,
                }
            })
            .collect();
        proofs.sort_by(|a, b| (a.span, &a.acquired_by).cmp(&(b.span, &b.acquired_by)));
        proofs
    }
}

impl Analyzer<'_, '_> {
    /// The steps of a state's trail that concern a socket, oldest first.
    pub fn steps_about(&self, state: &State, origin: OriginId) -> Vec<(Span, String)> {
        let steps = state.trail.steps();
        let start = steps
            .iter()
            .rposition(|step| step.mark == Mark::Acquired && step.about == Some(origin))
            .unwrap_or(0);
        steps[start..]
            .iter()
            .filter(|step| step.about == Some(origin) && step.mark != Mark::Branch)
            .map(|step| (step.span, step.text.to_string()))
            .collect()
    }

    /// Like [`steps_about`](Self::steps_about), with the branch and exit by which the path ended.
    pub fn steps_to_exit(
        &self,
        state: &State,
        sock: &Sock,
        end: Span,
        ending: &str,
    ) -> Vec<(Span, String)> {
        let mut path = self.steps_about(state, sock.origin);
        let steps = state.trail.steps();
        let start = steps
            .iter()
            .rposition(|step| step.mark == Mark::Acquired && step.about == Some(sock.origin))
            .unwrap_or(0);
        let branches: Vec<_> = steps[start..]
            .iter()
            .filter(|step| step.mark == Mark::Branch)
            .collect();
        let last = branches.last();
        for step in branches.iter().rev().take(2).rev() {
            if step.text.ends_with("fails") || step.text.ends_with("returns") {
                path.push((step.span, step.text.to_string()));
            }
        }
        if !last.is_some_and(|step| step.text.ends_with("returns")) {
            path.push((end, ending.to_string()));
        }
        path.dedup();
        path
    }
}
