//! The state of lowering: blocks, locals and names.

use rustc_hash::FxHashMap;

use super::LowerCx;
use super::scope::Scope;
use super::visit;
use crate::mir::{
    BasicBlock, BlockId, ClosureDef, Local, LocalDecl, Name, Operand, Place, Rvalue, START,
    ScopeId, Statement, StatementKind, Terminator, TerminatorKind, Ty,
};
use crate::span::Span;

/// Lowers one body and, with frames of their own, the bodies within it.
pub(super) struct Lowerer<'cx> {
    pub(super) cx: &'cx dyn LowerCx,
    pub(super) edition: u16,
    /// The body under construction.
    pub(super) frame: Frame,
    /// The bodies around it, outermost first.
    pub(super) outer: Vec<Frame>,
    /// How many macro expansions are being lowered within each other.
    pub(super) expansion_depth: usize,
    /// How many macros were expanded.
    pub(super) expansions: usize,
}

/// One body under construction.
pub(super) struct Frame {
    pub(super) name: Name,
    pub(super) span: Span,
    pub(super) body_scope: ScopeId,
    pub(super) locals: Vec<LocalDecl>,
    /// For each local, the index of the scope that ends its storage.
    pub(super) home: Vec<Option<usize>>,
    pub(super) param_count: usize,
    /// The captured locals of the enclosing frame, and the locals here that stand for them.
    pub(super) captures: Vec<(Local, Local)>,
    capture_of: FxHashMap<Local, Local>,
    pub(super) blocks: Vec<BasicBlock>,
    pub(super) current: BlockId,
    pub(super) closures: Vec<ClosureDef>,
    pub(super) is_async: bool,
    pub(super) scopes: Vec<Scope>,
    pub(super) var_scope: usize,
    pub(super) temp_scope: usize,
    /// Set while lowering the extending part of a `let` initialiser.
    pub(super) extend: Extend,
    names: FxHashMap<Name, Vec<Place>>,
    declared: Vec<Name>,
    /// What `break` and `continue` may go to, innermost last.
    pub(super) targets: Vec<Target>,
    /// Where `?` goes to if not out of the body.
    pub(super) try_target: Option<TryTarget>,
    /// Where paths are resolved.
    pub(super) scope: ScopeId,
    /// How many guards around here are lowered more than once.
    pub(super) repeated_guards: usize,
}

/// Whether the expression about to be lowered extends the lifetimes of
/// temporaries, as `let` initialisers do.
#[derive(Copy, Clone, Default)]
pub(super) struct Extend {
    scope: Option<usize>,
    borrowed: bool,
}

impl Extend {
    /// An extending expression whose extended temporaries live as long as `scope`.
    pub(super) fn to(scope: usize) -> Extend {
        Extend {
            scope: Some(scope),
            borrowed: false,
        }
    }

    /// The operand of `&`, if `self` is of the whole borrow expression.
    pub(super) fn borrow(self) -> Extend {
        Extend {
            borrowed: true,
            ..self
        }
    }

    /// A part that is extending if `self` is, but not itself borrowed.
    pub(super) fn part(self) -> Extend {
        Extend {
            borrowed: false,
            ..self
        }
    }

    /// What a place expression is projected from: extended only under `&`.
    pub(super) fn projected(self) -> Extend {
        if self.borrowed {
            self
        } else {
            Extend::default()
        }
    }

    /// The scope of the temporary that holds the expression's value, if extended.
    pub(super) fn temp_scope(self) -> Option<usize> {
        self.scope.filter(|_| self.borrowed)
    }
}

/// A loop or labelled block.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) label: Option<Name>,
    pub(super) break_block: BlockId,
    /// `None` for a labelled block.
    pub(super) continue_block: Option<BlockId>,
    /// How many scopes are outside.
    pub(super) depth: usize,
    /// Receives the value of `break value`.
    pub(super) dest: Option<Place>,
}

/// A `try` block.
#[derive(Clone)]
pub(super) struct TryTarget {
    pub(super) dest: Place,
    pub(super) exit: BlockId,
    pub(super) depth: usize,
}

/// How far names were declared; see [`Lowerer::names_mark`].
pub(super) struct NamesMark(usize);

impl Frame {
    pub(super) fn new(name: Name, span: Span, scope: ScopeId, return_ty: Option<Ty>) -> Frame {
        Frame {
            name,
            span,
            body_scope: scope,
            locals: vec![LocalDecl {
                name: None,
                ty: return_ty,
                span,
            }],
            home: vec![None],
            param_count: 0,
            captures: Vec::new(),
            capture_of: FxHashMap::default(),
            blocks: vec![BasicBlock::default()],
            current: START,
            closures: Vec::new(),
            is_async: false,
            scopes: vec![Scope::default()],
            var_scope: 0,
            temp_scope: 0,
            extend: Extend::default(),
            names: FxHashMap::default(),
            declared: Vec::new(),
            targets: Vec::new(),
            try_target: None,
            scope,
            repeated_guards: 0,
        }
    }

    fn new_local(&mut self, name: Option<Name>, ty: Option<Ty>, span: Span) -> Local {
        let local = Local(self.locals.len() as u32);
        self.locals.push(LocalDecl { name, ty, span });
        self.home.push(None);
        local
    }

    /// The local that stands for `outer`, a local of the enclosing frame.
    fn capture(&mut self, outer: Local, decl: &LocalDecl) -> Local {
        if let Some(&local) = self.capture_of.get(&outer) {
            return local;
        }
        let local = self.new_local(decl.name.clone(), decl.ty.clone(), decl.span);
        self.captures.push((outer, local));
        self.capture_of.insert(outer, local);
        local
    }
}

impl<'cx> Lowerer<'cx> {
    pub(super) fn new(cx: &'cx dyn LowerCx, edition: u16, frame: Frame) -> Lowerer<'cx> {
        Lowerer {
            cx,
            edition,
            frame,
            outer: Vec::new(),
            expansion_depth: 0,
            expansions: 0,
        }
    }

    // Locals and names.

    pub(super) fn new_local(&mut self, name: Option<Name>, ty: Option<Ty>, span: Span) -> Local {
        self.frame.new_local(name, ty, span)
    }

    pub(super) fn new_temp(&mut self, span: Span) -> Local {
        self.frame.new_local(None, None, span)
    }

    /// Lets `name` mean `place` until [`Lowerer::forget_names`].
    pub(super) fn declare(&mut self, name: Name, place: Place) {
        self.frame.declared.push(name.clone());
        self.frame.names.entry(name).or_default().push(place);
    }

    pub(super) fn names_mark(&self) -> NamesMark {
        NamesMark(self.frame.declared.len())
    }

    /// The names declared since `mark`, and what they mean.
    pub(super) fn names_since(&self, mark: &NamesMark) -> Vec<(Name, Place)> {
        self.frame.declared[mark.0..]
            .iter()
            .filter_map(|name| {
                let place = self.frame.names.get(name)?.last()?;
                Some((name.clone(), place.clone()))
            })
            .collect()
    }

    /// Takes back every name declared since `mark`.
    pub(super) fn forget_names(&mut self, mark: NamesMark) {
        while self.frame.declared.len() > mark.0 {
            let Some(name) = self.frame.declared.pop() else {
                return;
            };
            if let Some(places) = self.frame.names.get_mut(&name) {
                places.pop();
            }
        }
    }

    /// The place of the local variable `name`, captured if it belongs to an
    /// enclosing body. `None` if there is no such variable.
    pub(super) fn lookup(&mut self, name: &Name) -> Option<Place> {
        fn last(frame: &Frame, name: &Name) -> Option<Place> {
            frame
                .names
                .get(name)
                .and_then(|places| places.last())
                .cloned()
        }
        if let Some(place) = last(&self.frame, name) {
            return Some(place);
        }
        let (owner, mut place) = self
            .outer
            .iter()
            .enumerate()
            .rev()
            .find_map(|(index, frame)| Some((index, last(frame, name)?)))?;
        let mut decl = self.outer[owner].locals[place.local.0 as usize].clone();
        decl.name.get_or_insert_with(|| name.clone());
        for frame in &mut self.outer[owner + 1..] {
            place.local = frame.capture(place.local, &decl);
        }
        place.local = self.frame.capture(place.local, &decl);
        Some(place)
    }

    // Blocks.

    pub(super) fn new_block(&mut self) -> BlockId {
        let block = BlockId(self.frame.blocks.len() as u32);
        self.frame.blocks.push(BasicBlock::default());
        block
    }

    /// Continues in `block`.
    pub(super) fn switch(&mut self, block: BlockId) {
        self.frame.current = block;
    }

    pub(super) fn push(&mut self, kind: StatementKind, span: Span) {
        let current = self.frame.current.0 as usize;
        self.frame.blocks[current]
            .statements
            .push(Statement { kind, span });
    }

    /// The current block and how many statements it has.
    pub(super) fn position(&self) -> (BlockId, usize) {
        let block = self.frame.current;
        (block, self.frame.blocks[block.0 as usize].statements.len())
    }

    /// Lets `locals` come into scope at an earlier [`Lowerer::position`].
    pub(super) fn insert_storage_live(
        &mut self,
        (block, index): (BlockId, usize),
        locals: &[Local],
        span: Span,
    ) {
        let statements = locals.iter().map(|&local| Statement {
            kind: StatementKind::StorageLive(local),
            span,
        });
        self.frame.blocks[block.0 as usize]
            .statements
            .splice(index..index, statements);
    }

    /// Ends the current block and continues in a new one, which nothing
    /// reaches unless the caller switches away or jumps to it.
    pub(super) fn terminate(&mut self, mut kind: TerminatorKind, span: Span) {
        self.consume(|consumed| visit::terminator(&mut kind, consumed));
        let current = self.frame.current.0 as usize;
        self.frame.blocks[current].terminator = Some(Terminator { kind, span });
        let dead = self.new_block();
        self.switch(dead);
    }

    pub(super) fn goto(&mut self, target: BlockId, span: Span) {
        self.terminate(TerminatorKind::Goto(target), span);
    }

    /// `place = value`. Temporaries that `value` uses up are dropped no more.
    pub(super) fn assign(&mut self, place: Place, mut value: Rvalue, span: Span) {
        let consumed = self.consume(|consumed| visit::rvalue(&mut value, consumed));
        self.push(StatementKind::Assign(place, value), span);
        self.end_storage(consumed, span);
    }

    /// Evaluates `operands` for a use that is not known.
    pub(super) fn push_opaque(&mut self, operands: Vec<Operand>, span: Span) {
        let mut value = Rvalue::Opaque(operands);
        let consumed = self.consume(|consumed| visit::rvalue(&mut value, consumed));
        if let Rvalue::Opaque(operands) = value {
            self.push(StatementKind::Opaque(operands), span);
        }
        self.end_storage(consumed, span);
    }

    fn end_storage(&mut self, locals: Vec<Local>, span: Span) {
        for local in locals {
            self.push(StatementKind::StorageDead(local), span);
        }
    }

    pub(super) fn span(&self, span: proc_macro2::Span) -> Span {
        self.cx.span(span)
    }
}
