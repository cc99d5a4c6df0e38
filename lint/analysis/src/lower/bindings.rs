//! From patterns to tests and bindings: first all tests, then the bindings.
//!
//! Where all tests of a pattern have held is a [`Leaf`]; an or-pattern with
//! bindings has several, which bind different places to the same locals.

use super::build::Lowerer;
use super::pattern::{Pattern, Variable};
use crate::mir::{
    BindMode, BlockId, Local, Operand, Place, Proj, Rvalue, StatementKind, TerminatorKind,
};
use crate::span::Span;

/// Alternatives of or-patterns are multiplied out to about this many leaves
/// per pattern; past it which alternative held is forgotten ([`Source::Unknown`]).
const MAX_LEAVES: usize = 16;

/// A binding that is due once all tests have held.
#[derive(Clone)]
pub(super) struct Binding {
    pub(super) local: Local,
    pub(super) source: Source,
    pub(super) mode: BindMode,
    pub(super) span: Span,
}

/// What a variable is bound to.
#[derive(Clone)]
pub(super) enum Source {
    /// This place.
    Place(Place),
    /// One of these.
    Unknown(Vec<Place>),
}

/// Where all tests of a pattern have held, and what is bound there.
pub(super) struct Leaf {
    pub(super) block: BlockId,
    pub(super) bindings: Vec<Binding>,
}

impl Lowerer<'_> {
    /// Tests `place` against `pattern`; a test that fails goes to `fail`.
    /// Continues nowhere: switch to the leaves.
    pub(super) fn test(&mut self, pattern: &Pattern, place: &Place, fail: BlockId) -> Vec<Leaf> {
        match place.proj.is_empty() {
            true => self.test_part(pattern, place, fail),
            false => self.test_part(pattern, &place.project(Proj::Matched), fail),
        }
    }

    fn test_part(&mut self, pattern: &Pattern, place: &Place, fail: BlockId) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        self.test_all(
            vec![(pattern, place.clone())],
            Vec::new(),
            fail,
            &mut leaves,
        );
        leaves
    }

    fn test_all<'p>(
        &mut self,
        mut pending: Vec<(&'p Pattern, Place)>,
        mut bindings: Vec<Binding>,
        fail: BlockId,
        leaves: &mut Vec<Leaf>,
    ) {
        let push = |pending: &mut Vec<(&'p Pattern, Place)>,
                    parts: &'p [(Proj, Pattern)],
                    place: &Place| {
            for (step, part) in parts.iter().rev() {
                pending.push((part, place.project(step.clone())));
            }
        };
        while let Some((pattern, place)) = pending.pop() {
            match pattern {
                Pattern::Any => {}
                Pattern::Both(first, second) => {
                    pending.push((second, place.clone()));
                    pending.push((first, place));
                }
                Pattern::Bind { local, mode, span } => {
                    bindings.push(Binding {
                        local: *local,
                        source: Source::Place(place),
                        mode: *mode,
                        span: *span,
                    });
                }
                Pattern::Parts(parts) => push(&mut pending, parts, &place),
                Pattern::Test { test, span, parts } => {
                    let then = self.new_block();
                    self.terminate(
                        TerminatorKind::Test {
                            place: place.clone(),
                            test: test.clone(),
                            then,
                            otherwise: fail,
                        },
                        *span,
                    );
                    self.switch(then);
                    push(&mut pending, parts, &place);
                }
                Pattern::Or(alternatives) => {
                    let multiply = pattern.binds() && leaves.len() < MAX_LEAVES;
                    let join = self.new_block();
                    let first = bindings.len();
                    for (index, alternative) in alternatives.iter().enumerate() {
                        let next = if index + 1 == alternatives.len() {
                            fail
                        } else {
                            self.new_block()
                        };
                        if multiply {
                            let mut pending = pending.clone();
                            pending.push((alternative, place.clone()));
                            self.test_all(pending, bindings.clone(), next, leaves);
                        } else {
                            for leaf in self.test_part(alternative, &place, next) {
                                self.switch(leaf.block);
                                self.goto(join, self.frame.span);
                                forget_alternative(&mut bindings, first, leaf.bindings);
                            }
                        }
                        self.switch(next);
                    }
                    if multiply {
                        return;
                    }
                    self.switch(join);
                }
            }
        }
        leaves.push(Leaf {
            block: self.frame.current,
            bindings,
        });
    }

    /// Makes the bindings.
    pub(super) fn bind(&mut self, bindings: &[Binding]) {
        for binding in bindings {
            self.storage_live(binding.local, binding.span);
        }
        self.bind_references(bindings);
    }

    /// Makes bindings of locals that have no storage of their own to end.
    pub(super) fn bind_references(&mut self, bindings: &[Binding]) {
        for binding in bindings {
            match &binding.source {
                Source::Place(place) => self.push(
                    StatementKind::Bind {
                        local: binding.local,
                        place: place.clone(),
                        mode: binding.mode,
                    },
                    binding.span,
                ),
                Source::Unknown(places) => {
                    let places = places.iter().cloned().map(Operand::Place).collect();
                    let local = Place::local(binding.local);
                    self.assign(local, Rvalue::Opaque(places), binding.span);
                }
            }
        }
    }

    /// Makes the bindings of every leaf and continues where they join.
    pub(super) fn bind_leaves(&mut self, leaves: Vec<Leaf>, span: Span) {
        match &leaves[..] {
            [leaf] => {
                self.switch(leaf.block);
                self.bind(&leaf.bindings);
            }
            leaves => {
                let join = self.new_block();
                for leaf in leaves {
                    self.switch(leaf.block);
                    self.bind(&leaf.bindings);
                    self.goto(join, span);
                }
                self.switch(join);
            }
        }
    }

    /// Brings a pattern's variables into `scope` and makes their names known.
    pub(super) fn declare_variables(&mut self, scope: usize, variables: Vec<Variable>) {
        for variable in variables {
            self.schedule(scope, variable.local, true);
            self.declare(variable.name, Place::local(variable.local));
        }
    }
}

/// Merges the bindings of one more alternative into `bindings[first..]`.
fn forget_alternative(bindings: &mut Vec<Binding>, first: usize, more: Vec<Binding>) {
    for binding in more {
        let known = bindings[first..]
            .iter_mut()
            .find(|known| known.local == binding.local);
        match known {
            None => bindings.push(binding),
            Some(known) => {
                let mut places = known.source.places().to_vec();
                places.extend_from_slice(binding.source.places());
                known.source = Source::Unknown(places);
            }
        }
    }
}

impl Source {
    fn places(&self) -> &[Place] {
        match self {
            Source::Place(place) => std::slice::from_ref(place),
            Source::Unknown(places) => places,
        }
    }
}
