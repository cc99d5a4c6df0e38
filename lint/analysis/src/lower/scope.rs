//! Drop scopes.
//!
//! A [`Frame`] (one body under construction) has a stack of [`Scope`]s. A scope
//! lists, in order of declaration, the locals whose storage ends with it. To
//! leave a scope is to emit the drops of its list, last first; to jump out of
//! several is to do so for each, innermost first, without removing them. So an
//! exit costs exactly the locals that are live there.
//!
//! Two scopes are singled out: `var_scope` receives the variables of `let`, and
//! `temp_scope` the temporaries. A statement pushes a scope of its own for its
//! temporaries while its variables go to the block's scope below.
//!
//! A temporary that is used whole, by value, needs no drop any more: if its
//! type is not `Copy` it was moved, and if it is there is nothing to drop. It
//! is taken off the list ([`Lowerer::assign`]), which keeps exits short.
//!
//! A return past many locals would make long functions with many exits
//! quadratic; from [`SHARE_FROM`] live locals on, returns share their drops: each
//! entry remembers the block that drops it and everything below, and returns.

use super::build::Lowerer;
use super::visit::PlaceVisitor;
use crate::mir::{
    BlockId, Const, Local, LocalDecl, Operand, Place, Rvalue, Statement, StatementKind, Terminator,
    TerminatorKind, Ty,
};
use crate::span::Span;

/// From how many live locals on returns share their drops.
const SHARE_FROM: usize = 64;

/// The locals whose storage ends together, in order of declaration.
#[derive(Default)]
pub(super) struct Scope {
    scheduled: Vec<Scheduled>,
}

struct Scheduled {
    local: Local,
    drop: bool,
    /// Drops this and everything below, then returns.
    exit: Option<BlockId>,
}

impl Scheduled {
    /// Ends the local's storage.
    fn push_end(&self, statements: &mut Vec<Statement>, span: Span) {
        if self.drop {
            statements.push(Statement {
                kind: StatementKind::Drop(Place::local(self.local)),
                span,
            });
        }
        statements.push(Statement {
            kind: StatementKind::StorageDead(self.local),
            span,
        });
    }
}

impl Scope {
    fn forget_exits(&mut self, from: usize) {
        for entry in self.scheduled.iter_mut().skip(from) {
            entry.exit = None;
        }
    }
}

impl Lowerer<'_> {
    pub(super) fn depth(&self) -> usize {
        self.frame.scopes.len()
    }

    pub(super) fn push_scope(&mut self) -> usize {
        self.frame.scopes.push(Scope::default());
        self.frame.scopes.len() - 1
    }

    /// Ends the innermost scope here.
    pub(super) fn pop_scope(&mut self, span: Span) {
        self.exit_to(self.depth() - 1, span);
        self.forget_scope();
    }

    /// Removes the innermost scope without leaving it here: every path has left it already.
    pub(super) fn forget_scope(&mut self) {
        self.frame.scopes.pop();
    }

    /// Takes the innermost scope away while something outside of it is lowered.
    pub(super) fn without_scope(&mut self, lower: impl FnOnce(&mut Self)) {
        let Some(mut scope) = self.frame.scopes.pop() else {
            return lower(self);
        };
        lower(self);
        scope.forget_exits(0);
        self.frame.scopes.push(scope);
    }

    /// Lowers with a scope of its own for temporaries; they are dropped after.
    pub(super) fn in_temp_scope<T>(&mut self, span: Span, lower: impl FnOnce(&mut Self) -> T) -> T {
        let saved = self.frame.temp_scope;
        self.frame.temp_scope = self.push_scope();
        let result = lower(self);
        self.pop_scope(span);
        self.frame.temp_scope = saved;
        result
    }

    /// Lets `scope` end the storage of `local`, after dropping it if `drop`.
    pub(super) fn schedule(&mut self, scope: usize, local: Local, drop: bool) {
        let home = &mut self.frame.home[local.0 as usize];
        if home.is_some() {
            return;
        }
        *home = Some(scope);
        self.frame.scopes[scope].scheduled.push(Scheduled {
            local,
            drop,
            exit: None,
        });
        for above in &mut self.frame.scopes[scope + 1..] {
            above.forget_exits(0);
        }
    }

    /// The locals that `scope` ends, in order of declaration.
    pub(super) fn scheduled_in(&self, scope: usize) -> impl Iterator<Item = Local> {
        self.frame.scopes[scope]
            .scheduled
            .iter()
            .map(|entry| entry.local)
    }

    /// Emits the drops of all scopes but the outermost `depth`, innermost first.
    pub(super) fn exit_to(&mut self, depth: usize, span: Span) {
        let current = self.frame.current.0 as usize;
        let statements = &mut self.frame.blocks[current].statements;
        for scope in self.frame.scopes[depth..].iter().rev() {
            for entry in scope.scheduled.iter().rev() {
                entry.push_end(statements, span);
            }
        }
    }

    /// Takes the temporaries that are used whole and by value off their
    /// scopes' lists and returns them.
    pub(super) fn consume(&mut self, visit: impl FnOnce(&mut WholeTemps<'_>)) -> Vec<Local> {
        let mut whole = WholeTemps {
            locals: &self.frame.locals,
            home: &self.frame.home,
            found: Vec::new(),
        };
        visit(&mut whole);
        let mut found = whole.found;
        found.retain(|&local| {
            let Some(home) = self.frame.home[local.0 as usize].take() else {
                return false; // The same temporary, a second time.
            };
            let Some(scope) = self.frame.scopes.get_mut(home) else {
                return false;
            };
            match scope
                .scheduled
                .iter()
                .rposition(|entry| entry.local == local)
            {
                Some(index) => {
                    scope.scheduled.remove(index);
                    scope.forget_exits(index);
                    for above in self.frame.scopes.iter_mut().skip(home + 1) {
                        above.forget_exits(0);
                    }
                    true
                }
                None => false,
            }
        });
        found
    }

    /// Stores `value` in a new temporary that `scope` ends.
    pub(super) fn temp_in(&mut self, scope: usize, value: Rvalue, span: Span) -> Local {
        let drop = may_need_drop(&value);
        let temp = self.new_temp(span);
        self.assign(Place::local(temp), value, span);
        if drop {
            self.schedule(scope, temp, true);
        }
        temp
    }

    pub(super) fn temp(&mut self, value: Rvalue, span: Span) -> Local {
        self.temp_in(self.frame.temp_scope, value, span)
    }

    /// The end of the body: what is in [`RETURN`] is returned.
    pub(super) fn push_return(&mut self, span: Span) {
        let live: usize = self
            .frame
            .scopes
            .iter()
            .map(|scope| scope.scheduled.len())
            .sum();
        if live >= SHARE_FROM {
            let exit = self.shared_exit(span);
            self.goto(exit, span);
        } else {
            self.exit_to(0, span);
            self.terminate(TerminatorKind::Return, span);
        }
    }

    /// The block that drops everything and returns.
    fn shared_exit(&mut self, span: Span) -> BlockId {
        let mut below = None;
        let mut missing = Vec::new();
        'search: for (index, scope) in self.frame.scopes.iter().enumerate().rev() {
            for (entry, scheduled) in scope.scheduled.iter().enumerate().rev() {
                if let Some(exit) = scheduled.exit {
                    below = Some(exit);
                    break 'search;
                }
                missing.push((index, entry));
            }
        }
        let terminate = |this: &mut Self, block: BlockId, kind| {
            this.frame.blocks[block.0 as usize].terminator = Some(Terminator { kind, span });
        };
        let mut exit = match below {
            Some(exit) => exit,
            None => {
                let exit = self.new_block();
                terminate(self, exit, TerminatorKind::Return);
                exit
            }
        };
        for (scope, entry) in missing.into_iter().rev() {
            let block = self.new_block();
            let scheduled = &mut self.frame.scopes[scope].scheduled[entry];
            scheduled.exit = Some(block);
            scheduled.push_end(&mut self.frame.blocks[block.0 as usize].statements, span);
            terminate(self, block, TerminatorKind::Goto(exit));
            exit = block;
        }
        exit
    }

    /// The way out of a `?` that failed.
    pub(super) fn try_exit(&mut self, span: Span) {
        match &self.frame.try_target {
            Some(target) => {
                let (depth, exit) = (target.depth, target.exit);
                self.exit_to(depth, span);
                self.goto(exit, span);
            }
            None => self.push_return(span),
        }
    }
}

/// Whether a value of this rvalue may own something.
fn may_need_drop(value: &Rvalue) -> bool {
    match value {
        Rvalue::Binary(..)
        | Rvalue::Unary(..)
        | Rvalue::Ref(..)
        | Rvalue::AddrOf(..)
        | Rvalue::Format(_)
        | Rvalue::Use(Operand::Const(_)) => false,
        Rvalue::Cast(_, ty) => match ty {
            Ty::Ptr(..) => false,
            Ty::Path(path) => !is_scalar(path.last()),
            _ => true,
        },
        Rvalue::Range(lo, hi, _) => ![lo, hi]
            .into_iter()
            .all(|end| matches!(end, None | Some(Operand::Const(Const::Int(..))))),
        _ => true,
    }
}

fn is_scalar(name: &str) -> bool {
    matches!(
        name,
        "i8" | "i16"
            | "i32"
            | "i64"
            | "i128"
            | "isize"
            | "u8"
            | "u16"
            | "u32"
            | "u64"
            | "u128"
            | "usize"
            | "f32"
            | "f64"
            | "bool"
            | "char"
    )
}

/// Finds the scheduled temporaries that are used whole and by value.
pub(super) struct WholeTemps<'a> {
    locals: &'a [LocalDecl],
    home: &'a [Option<usize>],
    found: Vec<Local>,
}

impl PlaceVisitor for WholeTemps<'_> {
    fn value(&mut self, place: &mut Place) {
        let index = place.local.0 as usize;
        if place.proj.is_empty() && self.locals[index].name.is_none() && self.home[index].is_some()
        {
            self.found.push(place.local);
        }
    }

    fn place(&mut self, _: &mut Place) {}

    fn local(&mut self, _: &mut Local) {}
}
