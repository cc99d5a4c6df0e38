//! `match`.

use super::bindings::{Binding, Leaf, Source};
use super::build::{Extend, Lowerer};
use super::condition::has_let;
use super::pattern::Variable;
use crate::mir::{BindMode, BlockId, Name, Place, Proj, TerminatorKind};

impl Lowerer<'_> {
    /// A `match`. A place expression is matched where it stands.
    pub(super) fn match_into(
        &mut self,
        dest: Option<&Place>,
        expr: &syn::ExprMatch,
        extend: Extend,
    ) {
        let place = self.place(&expr.expr);
        let span = self.expr_span(&expr.expr);
        let join = self.new_block();
        for arm in &expr.arms {
            if self.cx.cfg_active(&arm.attrs) {
                let next = self.new_block();
                self.arm(dest, arm, &place, next, join, extend);
                self.switch(next);
            }
        }
        // The arms are exhaustive.
        self.terminate(TerminatorKind::Unreachable, span);
        self.switch(join);
    }

    fn arm(
        &mut self,
        dest: Option<&Place>,
        arm: &syn::Arm,
        place: &Place,
        next: BlockId,
        join: BlockId,
        extend: Extend,
    ) {
        let (pat, guard) = match &arm.pat {
            syn::Pat::Guard(guard) => (&*guard.pat, Some(&*guard.guard)),
            pat => (pat, None),
        };
        let span = self.expr_span(&arm.body);
        let names = self.names_mark();
        let scope = self.push_scope();
        let (pattern, variables) = self.pattern(pat);
        let leaves = self.test(&pattern, place, next);
        match guard {
            None => {
                self.bind_leaves(leaves, span);
                self.declare_variables(scope, variables);
            }
            Some(guard) => {
                self.guarded(guard, leaves, variables, scope, next);
            }
        }
        self.in_temp_scope(span, |this| {
            this.frame.extend = extend;
            this.expr_into(dest, &arm.body);
        });
        self.pop_scope(span);
        self.goto(join, span);
        self.forget_names(names);
    }

    /// Evaluates a guard and makes the bindings once it holds.
    ///
    /// The guard sees references: what it does not let through stays where it
    /// is for the arms that follow. With several leaves each has a guard of its
    /// own, unless that would multiply what it contains once more.
    fn guarded(
        &mut self,
        guard: &syn::Expr,
        leaves: Vec<Leaf>,
        variables: Vec<Variable>,
        scope: usize,
        next: BlockId,
    ) {
        let span = self.expr_span(guard);
        let share = leaves.len() > 1 && (self.frame.repeated_guards > 0 || has_let(guard));
        let body = self.new_block();
        if share {
            // References made per leaf, one guard, and the values through the references.
            let shadows = self.shadows(&variables);
            let join = self.new_block();
            for leaf in &leaves {
                self.switch(leaf.block);
                self.bind_shadows(&shadows, &variables, &leaf.bindings);
                self.goto(join, span);
            }
            self.switch(join);
            let inner = self.guard(guard, &shadows, &variables, scope, next);
            let modes = leaves.first().map_or(&[][..], |leaf| &leaf.bindings[..]);
            let bindings: Vec<Binding> = variables
                .iter()
                .zip(&shadows)
                .map(|(variable, shadow)| Binding {
                    local: variable.local,
                    source: Source::Place(shadow.clone()),
                    mode: modes
                        .iter()
                        .find(|binding| binding.local == variable.local)
                        .map_or(BindMode::Value, |binding| binding.mode),
                    span,
                })
                .collect();
            self.bind(&bindings);
            self.declare_guard_names(inner);
            self.goto(body, span);
        } else {
            let repeated = leaves.len() > 1;
            self.frame.repeated_guards += usize::from(repeated);
            for leaf in &leaves {
                self.switch(leaf.block);
                let shadows = self.shadows(&variables);
                self.bind_shadows(&shadows, &variables, &leaf.bindings);
                let inner = self.guard(guard, &shadows, &variables, scope, next);
                self.bind(&leaf.bindings);
                self.declare_guard_names(inner);
                self.goto(body, span);
            }
            self.frame.repeated_guards -= usize::from(repeated);
        }
        self.switch(body);
        self.declare_variables(scope, variables);
    }

    /// What the variables mean within a guard: `*shadow`.
    fn shadows(&mut self, variables: &[Variable]) -> Vec<Place> {
        variables
            .iter()
            .map(|variable| {
                let span = self.frame.locals[variable.local.0 as usize].span;
                Place::local(self.new_temp(span)).project(Proj::Deref)
            })
            .collect()
    }

    /// Lets each shadow refer to what its variable will be bound to.
    fn bind_shadows(&mut self, shadows: &[Place], variables: &[Variable], bindings: &[Binding]) {
        let references: Vec<Binding> = bindings
            .iter()
            .filter_map(|binding| {
                let index = variables
                    .iter()
                    .position(|variable| variable.local == binding.local)?;
                Some(Binding {
                    local: shadows[index].local,
                    mode: BindMode::Ref,
                    ..binding.clone()
                })
            })
            .collect();
        self.bind_references(&references);
    }

    /// Evaluates the guard itself; where it fails, control goes to `next`.
    /// Returns the names that `if let` in the guard declared.
    fn guard(
        &mut self,
        guard: &syn::Expr,
        shadows: &[Place],
        variables: &[Variable],
        scope: usize,
        next: BlockId,
    ) -> Vec<(Name, Place)> {
        let names = self.names_mark();
        for (variable, shadow) in variables.iter().zip(shadows) {
            self.declare(variable.name.clone(), shadow.clone());
        }
        let before = self.names_mark();
        let saved = self.frame.temp_scope;
        self.frame.temp_scope = scope;
        self.condition(guard, scope, scope, next);
        self.frame.temp_scope = saved;
        let declared = self.names_since(&before);
        self.forget_names(names);
        declared
    }

    fn declare_guard_names(&mut self, names: Vec<(Name, Place)>) {
        for (name, place) in names {
            self.declare(name, place);
        }
    }
}
